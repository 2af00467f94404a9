"""Whether the real model runs on this computer, how fast, and whether it says what was recorded.

In:  the packages of the group `llm`.   Out: what was found, as one value; Unable with the reason where it does not run.
Left out on purpose: the browser (benchmarks) and servers (realmodel.endpoint).
"""

from __future__ import annotations

import platform
import time
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from komainu.problem import LANGUAGES, Unable
from realmodel import laptop
from realmodel.recording import Recording
from realmodel.trouble import Trouble
from smallmachines.words import language

STORY = "The cathedral of Notre-Dame in Paris, France, is"
TOKENS = 60
ASKED = ("france", "new-zealand", "six-five")
INSTALL = "python3 run.py llm check"


@dataclass(frozen=True)
class Checked:
    """What a check found."""

    file: Path
    """The file of the model, whose digest is the one that was agreed on."""
    binding: str
    """What runs it, with its version."""
    machine: str
    """The kind of computer."""
    load_s: float
    """Processor seconds until the model could be asked, its digest included."""
    read_per_s: float
    """Tokens of a given text that are read, by second of the processor."""
    written_per_s: float
    """Tokens that are written, by second of the processor."""
    same: int
    """How many of the `asked` answers are those of the recording."""
    asked: int
    """How many questions were asked."""


def check() -> Checked:
    """The model loaded and asked, with the seconds it took."""
    before = time.process_time()
    model = ready()
    loaded = time.process_time()
    recording = Recording()
    same = sum(model.answer(ident).text == recording.answer(ident).text for ident in ASKED)
    read, written = speed(model)
    return Checked(
        laptop.examine(), f"xllamacpp {metadata.version('xllamacpp')}", f"{platform.machine()}, {platform.system()}",
        loaded - before, read, written, same, len(ASKED),
    )  # fmt: skip


def ready() -> laptop.Laptop:
    """The running model, open to any text; Unable with the reason in both languages."""
    try:
        return laptop.Laptop(free=True)
    except Trouble as trouble:
        ja, en = both(trouble)
        raise Unable(f"{ja}ので、動かせません。{INSTALL} が部品を入れます。", f"{en}, so it does not run. {INSTALL} installs its parts.") from None


def both(trouble: Trouble) -> list[str]:
    """The reason in Japanese and in English."""
    before, said = language(), []
    for lang in LANGUAGES:
        language(lang)
        said.append(trouble.why())
    language(before)
    return said


def speed(model: laptop.Laptop) -> tuple[float, float]:
    """Tokens read, and tokens written, by second of this process's processor time."""
    long = " ".join(f"{number} churches and {number} shrines stand here." for number in range(40))
    start = time.process_time()
    read = model.complete(long, 1).read
    middle = time.process_time()
    written = len(model.complete(STORY, TOKENS).tokens)
    return read / (middle - start), written / (time.process_time() - middle)

"""Runs pupils' cells where nothing can be reached: inside the component that `komainu build grader` makes.

In:  the calls of grader.wit.   Out: what was seen, as JSON in ASCII.
All that pupils may import is imported while the component is made, and is part of it; afterwards nothing can be found.
Left out on purpose: expected values, and every protection against a pupil's code that meddles with what stands here.
It can only spoil its own report, which the other side reads by a closed grammar and compares for itself.
"""

import ast
import importlib
import json
import pkgutil
import random
import sys
import time

import runner
import wit_world

import realmodel.recording
import smallmachines
from smallmachines import checking, data, observing

LIBRARY = (
    "abc", "array", "ast", "base64", "bisect", "calendar", "cmath", "collections", "collections.abc", "colorsys",
    "contextlib", "copy", "csv", "dataclasses", "datetime", "decimal", "difflib", "enum", "fractions", "functools",
    "gc", "hashlib", "heapq", "html", "html.parser", "inspect", "io", "itertools", "json", "keyword", "linecache",
    "locale", "math", "numbers", "operator", "os", "pathlib", "pprint", "random", "re", "reprlib", "secrets",
    "statistics", "string", "string.templatelib", "struct", "sys", "textwrap", "time", "timeit", "tokenize",
    "traceback", "types", "typing", "unicodedata", "warnings", "weakref",
)  # fmt: skip
"""What pupils may import besides the small machines and the recordings of the real model."""
UNSEEN = (
    "_ast_unparse", "_colorize", "_pylong", "_strptime", "_suggestions", "encodings.ascii", "encodings.cp932",
    "encodings.euc_jp", "encodings.idna", "encodings.iso2022_jp", "encodings.latin_1", "encodings.shift_jis",
    "encodings.utf_16", "encodings.utf_8_sig",
)  # fmt: skip
"""What those import themselves when it is needed, which would be too late."""
WATCHED_S = 60
"""How long a check in the notebook waits, by the clock; the limit that counts is kept outside, by the processor."""
NAMES = {"__name__": "__main__"}
MEMORY = '{"outputs": [], "error": {"name": "MemoryError", "text": "", "sentences": []}}'
_watched = observing.in_time
MEMORY_SEEN = '{"raised": "MemoryError", "says": ""}'


def _no_waiting(seconds):
    """What stands in for time.sleep: nobody is there to wait for."""


def _in_time(call, names, seconds):
    """What stands in for observing.in_time: without seconds the call is watched from outside, and no step is slowed down."""
    return eval(call, names) if seconds is None else _watched(call, names, seconds)  # noqa: S307  an exercise's expression


def _close():
    """Import all that may be imported, then leave no way to find more."""
    for name in (*LIBRARY, *UNSEEN):
        importlib.import_module(name)
    for module in pkgutil.iter_modules(smallmachines.__path__):
        importlib.import_module(f"smallmachines.{module.name}")
    realmodel.recording.ready()
    time.sleep = _no_waiting
    observing.in_time, checking.SECONDS = _in_time, WATCHED_S
    sys.path[:], sys.path_hooks[:] = [], []
    sys.meta_path[:] = [finder for finder in sys.meta_path if finder.__name__ in ("BuiltinImporter", "FrozenImporter")]
    sys.path_importer_cache.clear()
    smallmachines.language("ja")


class WitWorld(wit_world.WitWorld):
    """What grader.wit promises."""

    def begin(self, files: str) -> None:
        """Lay the tables out, and shake the dice the same way each time, so that marking twice gives the same marks."""
        random.seed(1)
        data.held.update(json.loads(files))

    def cell(self, asked: str) -> str:
        """Run one cell and say what it shows."""
        ident, source = json.loads(asked)
        try:
            outputs, error = runner.run_cell(ident, source, NAMES)
            return json.dumps({"outputs": outputs, "error": error})
        except MemoryError:
            return MEMORY
        except BaseException as problem:  # an error that is no Exception, or an output that JSON cannot hold
            return json.dumps({"outputs": [], "error": runner.as_error(problem)})

    def look(self, call: str) -> str:
        """Look at one expression."""
        try:
            return json.dumps(runner.as_text(observing.observe(json.loads(call), NAMES, seconds=None)))
        except MemoryError:
            return MEMORY_SEEN
        except BaseException as problem:
            return json.dumps(observing.raised(problem))

    def parts(self, asked: str) -> str:
        """Look how a function is written; the last cell that defines it counts."""
        name, sources = json.loads(asked)
        found = {"missing": name}
        for source in sources:
            try:
                tree = ast.parse(source)
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                continue
            for node in tree.body:
                if _defines(node, name):
                    found = {"parts": checking.parts_of(ast.Module([node], []))}
        return json.dumps(found)


def _defines(node, name):
    """Whether this statement makes the function of that name."""
    if isinstance(node, ast.FunctionDef):
        return node.name == name
    targets = node.targets if isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda) else ()
    return any(isinstance(target, ast.Name) and target.id == name for target in targets)


_close()

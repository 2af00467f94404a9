"""The rest of Python's library, which a browser fetches when a program first asks for a part of it.

In:  the names of its modules, and what fetches it.   Out: a finder of modules, asked before all others.
Standard library and smallmachines only: it runs in the browser's Python, where it is called `rest`.
Left out on purpose: how the library is cut in two (lab).
"""

import importlib
import sys
from importlib.machinery import PathFinder

from smallmachines.words import add, kindly, say

PLACE = "/lib/python_rest.zip"
AT_ONCE = (
    "abc", "array", "base64", "bisect", "calendar", "cmath", "collections", "colorsys", "contextlib", "copy", "csv", "dataclasses",
    "datetime", "decimal", "difflib", "enum", "fractions", "functools", "glob", "graphlib", "hashlib", "heapq", "html", "inspect", "io",
    "itertools", "json", "keyword", "math", "numbers", "operator", "os", "pathlib", "pprint", "queue", "random", "re", "secrets", "shutil",
    "statistics", "string", "sys", "textwrap", "time", "timeit", "tokenize", "traceback", "types", "typing", "unicodedata", "warnings",
    "_pylong", "_strptime", "encodings.ascii", "encodings.cp932", "encodings.euc_jp", "encodings.iso2022_jp", "encodings.latin_1",
    "encodings.shift_jis", "encodings.unicode_escape", "encodings.utf_16", "encodings.utf_8_sig", "realmodel", "runner",
)
"""What pupils' programs commonly import, and what reads and writes their notebooks."""

add(
    {
        "rest": {
            "ja": "Python の {name} を受け取れませんでした。通信を確かめて、もう一度実行しましょう。",
            "en": "{name} of Python could not be fetched. Check the connection and run it again.",
        }
    }
)


class Rest:
    """Finds the modules of these names in the zip at PLACE; `fetch` puts it there before the first of them is needed."""

    def __init__(self, names, fetch=None):
        self.names, self.fetch = frozenset(names), fetch

    def find_spec(self, name, path=None, target=None):
        """Where a module stands, as the import system asks for it; None if it is not one of these."""
        if name not in self.names:
            return None
        if self.fetch:
            try:
                self.fetch()
            except Exception:
                raise kindly(ModuleNotFoundError(say("rest", name=name), name=name)) from None
            self.fetch = None
        package = name.rpartition(".")[0].replace(".", "/")
        return PathFinder.find_spec(name, [f"{PLACE}/{package}".rstrip("/")])


def install(names, fetch=None):
    """Let Python find the modules of these names; without `fetch` the zip is there already."""
    sys.meta_path.insert(0, Rest(names, fetch))


def at_once():
    """The names of all modules that a browser's Python has once it has started and has imported AT_ONCE and the machines."""
    from pathlib import Path

    folder = Path(sys.modules["smallmachines"].__file__).parent
    for name in (*AT_ONCE, *(f"smallmachines.{file.stem}" for file in sorted(folder.glob("[!_]*.py")))):
        importlib.import_module(name)
    return sorted(sys.modules)

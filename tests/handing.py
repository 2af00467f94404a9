"""Notebooks as pupils hand them in, made from the real exercises; and an executor that runs harmless ones.

In:  an exercise's id, what is written in its cells.   Out: notebooks as data, files in a folder.
Left out on purpose: hostile notebooks; those are tried where there are walls (tests/attacks).
"""

import json
from functools import cache
from pathlib import Path

from conftest import ROOT
from komainu.exercise import Exercise, notebook, read_exercise
from komainu.problem import Report
from komainu.running import in_child

EXERCISES = ("i-dont-know", "capital-guesser")
EXECUTE = in_child(ROOT, limit_s=60)


@cache
def exercise(ident: str) -> Exercise:
    """A real exercise."""
    return read_exercise(ROOT, ident, Report())


def handed(ident: str, reader: str = "teacher", lang: str = "ja", **cells: str) -> dict:
    """A pupil's notebook; the teacher's answers stand in it unless `reader` is pupil. `my_threshold="…"` fills in one cell."""
    made = notebook(exercise(ident), lang, reader)
    made["metadata"]["komainu"]["reader"] = "pupil"
    known = {cell["id"].replace("-", "_"): cell for cell in made["cells"]}
    for name, source in cells.items():
        known[name]["source"] = source
    return made


def cell(made: dict, ident: str) -> dict:
    """One cell of a notebook."""
    return next(one for one in made["cells"] if one["id"] == ident)


def code(source: str, ident: str = "") -> dict:
    """A cell that a pupil made."""
    return {"cell_type": "code", "id": ident or f"new{len(source)}", "metadata": {}, "source": source, "outputs": [], "execution_count": None}


def put(folder: Path, files: dict[str, dict | bytes]) -> Path:
    """Write notebooks and other files below a folder."""
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode())
    return folder

"""What is handed out beside the pages of an exercise: its tables, and a zip that runs wherever there is Python.

In:  an Exercise and the tables beside it.   Out: path below the language's pages -> bytes, the same each time.
The zip holds the pupils' notebook, the tables and the machines side by side, so that nothing has to be installed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from komainu.exercise import Exercise, notebook_bytes
from komainu.given import PACKAGES, given
from komainu.words import say
from komainu.zips import packed

if TYPE_CHECKING:
    from komainu.executed import Done

def notebook_name(exercise: str, lang: str) -> str:
    """The pupils' notebook beside the page."""
    return f"{exercise}-{lang}.ipynb"


def zip_name(exercise: str, lang: str) -> str:
    """The file beside the page; the language in its name tells two downloads apart."""
    return f"{exercise}-{lang}.zip"


def handed_out(exercise: Exercise, lang: str, done: Done) -> dict[str, bytes]:
    """The files that belong to an exercise's page, by path below the pages of the language."""
    base = f"exercises/{exercise.id}"
    files = {f"{base}/data/{name}": data for name, data in done.tables.items()}
    files[f"{base}/{notebook_name(exercise.id, lang)}"] = notebook_bytes(exercise, lang)
    files |= {f"{base}/demo.py": exercise.demo.code.encode()} if exercise.demo else {}
    return files | {f"{base}/{zip_name(exercise.id, lang)}": packed(_contents(exercise, lang, done))}


def _contents(exercise: Exercise, lang: str, done: Done) -> dict[str, bytes]:
    top, notebook = exercise.id, f"{exercise.id}.ipynb"
    readme = say(lang, "zip_readme", title=exercise.title[lang], file=notebook)
    return {
        f"{top}/README.txt": readme.replace("\n", "\r\n").encode(),
        f"{top}/{notebook}": notebook_bytes(exercise, lang),
        **{f"{top}/data/{name}": data for name, data in done.tables.items()},
        **{f"{top}/{name}": file.read_bytes() for name, file in given(*packages(exercise, lang)).items()},
    }


def packages(exercise: Exercise, lang: str) -> list[str]:
    """What a notebook imports: always the small machines, and the real model only where a cell names it."""
    code = "\n".join(cell.pupil for cell in exercise.cells[lang] if cell.kind == "code")
    return [name for name in PACKAGES if name == PACKAGES[0] or re.search(rf"^\s*(import|from) +{name}\b", code, re.M)]

"""An exercise's notebook as a page: the teacher's version, executed, with what every cell really showed.

In:  a Here, an Exercise and what its notebooks showed.   Out: Markdown.
Left out on purpose: running anything on the page; the pupils' notebook, which is handed out in a zip (packing).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from komainu import outputs
from komainu.executed import Done
from komainu.exercise import Exercise, sources
from komainu.packing import zip_name
from komainu.parts import fence, print_button
from komainu.percent import Cell
from komainu.writing import Here, finished, front_matter, plain, with_furigana

TITLE = re.compile(r"\A# [^\n]*\n*")
QUOTED = re.compile(r"(?<=[、。！？」』）ぁ-ゖァ-ヺー一-鿿])\n> ?(?=[「『（ぁ-ゖァ-ヺ一-鿿A-Za-z0-9](?!\. ))")
"""The end of a line within a box: Japanese goes on without a gap there, as everywhere (writing.join_lines)."""


def notebook_page(here: Here, exercise: Exercise, done: Done) -> str:
    """The whole notebook from top to bottom; its title is the page's, so its other headings keep their level.

    It holds every answer, so the search leads to the page of the exercise instead.
    """
    title = here.say("notebook_title", title=exercise.title[here.lang])
    cells = "\n\n".join(part for part in _cells(here, exercise, done) if part)
    text = f"# {title}\n\n{_head(here, exercise)}\n\n{cells}"
    if here.lang == "ja" and "es-upper" in exercise.stages:
        text = with_furigana(here, text, here.curriculum.reference.stages[exercise.stages[0]].furigana)
    return front_matter(title=title, description=plain(exercise.tagline[here.lang]), unsearched="yes") + text + "\n"


def _head(here: Here, exercise: Exercise) -> str:
    back = f'[{here.say("notebook_back")}]({here.to(f"exercises/{exercise.id}/")}){{ .md-button .k-noprint }}'
    get = f'[{here.say("exercise_get")}]({zip_name(exercise.id, here.lang)}){{ .md-button .k-noprint }}'
    return f'{here.say("notebook_note")}\n\n{back} {get} {print_button(here)}'


def _cells(here: Here, exercise: Exercise, done: Done) -> Iterator[str]:
    shown = done.outputs[here.lang]
    for cell, source in sources(exercise, here.lang, "teacher"):
        if cell.kind == "markdown":
            yield prose(here, cell)
        else:
            yield _code(here, cell, source)
            yield outputs.block(here.lang, shown.get(cell.id, []))


def prose(here: Here, cell: Cell) -> str:
    """A text cell as a page shows it; the notebook's title is the page's own."""
    text = TITLE.sub("", cell.teacher) if cell.id == "title" else cell.teacher
    if cell.step:
        head, line, rest = text.partition("\n")
        text = f"{head} {{#{cell.step}}}{line}{rest}"
    return finished(here, QUOTED.sub("", text) if here.lang == "ja" else text)


def _code(here: Here, cell: Cell, source: str) -> str:
    anchor = f"cell-{cell.id}"
    if cell.check:
        return f'<details class="k-source" id="{anchor}" markdown>\n<summary>{here.say("check_code")}</summary>\n\n{fence(source)}\n\n</details>'
    label = f'<p class="k-fill" id="{anchor}">{here.say(f"fill_{cell.fill}")}</p>\n\n' if cell.fill else ""
    return label + fence(source)

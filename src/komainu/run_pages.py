"""The page on which a pupil does an exercise: the pupils' notebook as cells in the page, run by the browser's Python.

In:  a Here, an Exercise and the tables beside it.   Out: Markdown; the scripts stand in web/lab.
Without a script the page still reads from top to bottom and offers the notebook as a file.
Left out on purpose: what is hidden from pupils; it is not in the pupils' notebook either.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator

from komainu.executed import Done
from komainu.exercise import Exercise, sources
from komainu.notebook_pages import prose
from komainu.offline import notice
from komainu.packing import notebook_name, zip_name
from komainu.percent import Cell
from komainu.play import address, assets, question_dialog
from komainu.writing import Here, front_matter, plain, with_furigana

WORDS = (
    "loading", "ready", "running", "failed", "died", "begun", "found", "followed", "not_kept", "stopped", "met", "all_met", "handed", "opened", "open_large",
    "open_unreadable", "open_other", "open_language", "open_newer", "open_sure", "over_sure", "over_done", "fresh_sure", "newer", "newer_look",
    "newer_take", "newer_keep", "newer_sure", "other", "other_take", "other_keep", "state_waiting", "state_running", "state_done",
    "state_unmet", "state_stopped", "state_changed", "output", "chart", "numbers", "cut",
)
BUTTONS = ("start", "run-all", "stop", "hand", "back", "next", "leave")
MORE = ("open", "over", "fresh", "project")


def run_page(here: Here, exercise: Exercise, done: Done) -> str:
    """The whole exercise on one page."""
    title = exercise.title[here.lang]
    parts = "\n\n".join(_parts(here, exercise))
    text = f"# {title}\n\n{_bar(here, exercise, done)}\n\n{parts}\n\n{_end(here, exercise)}"
    if here.lang == "ja":
        text = with_furigana(here, text, here.curriculum.reference.stages[exercise.stages[0]].furigana)
    meta = front_matter(title=title, description=plain(exercise.tagline[here.lang]), hide=["navigation", "toc"], unsearched="yes")
    style = f'<link rel="stylesheet" href="{assets(here)}play.css">'
    script = f'<script type="module" src="{address(here)}exercise.js"></script>'
    return f'{meta}{style}\n\n<div class="k-run" markdown>\n\n{text}\n\n</div>\n\n{script}\n'


def _bar(here: Here, exercise: Exercise, done: Done) -> str:
    edition = here.edition
    tables = [name for name in done.tables if not name.endswith(".licence.yml")]
    facts = {
        "id": exercise.id, "lang": here.lang, "notebook": here.to(f"exercises/{exercise.id}/{notebook_name(exercise.id, here.lang)}"),
        "files": {name: here.to(f"exercises/{exercise.id}/data/{name}") for name in tables},
        "bytes": edition.raw_bytes, "words": {name: here.say(f"run_{name}") for name in WORDS},
    }
    size = here.say("run_size", mb=f"{edition.raw_bytes / 1e6:.1f}", packed=f"{edition.packed_bytes / 1e6:.1f}")
    zip_ = here.to(f"exercises/{exercise.id}/{zip_name(exercise.id, here.lang)}")
    return (
        f'<div class="k-bar k-noprint" data-exercise="{html.escape(json.dumps(facts, ensure_ascii=False))}" data-pagefind-ignore="all" hidden>'
        f'<p class="k-note">{size}</p><p class="k-buttons">{_buttons(here, BUTTONS)}</p>'
        f'<details class="k-more"><summary>{here.say("run_more")}</summary><div><p class="k-buttons">{_buttons(here, MORE)}</p>'
        f'<p><label for="nickname">{here.say("run_nickname")}</label> <input id="nickname" maxlength="40" autocomplete="off"></p></div></details>'
        f'<p class="k-met"></p>'
        f'<progress max="{edition.raw_bytes}" value="0" aria-label="{here.say("demo_progress")}" hidden></progress>'
        f'<p role="status" aria-live="polite"></p><p class="k-warn" role="alert" hidden></p>'
        f'<input type="file" accept=".ipynb,application/x-ipynb+json" aria-label="{here.say("run_do_open")}" hidden>'
        f"{question_dialog(here)}</div>{notice(here, exercise)}"
        f'<noscript><p>{here.say("run_noscript")} <a href="{zip_}">{here.say("exercise_get")}</a></p></noscript>'
    )


def _buttons(here: Here, names: tuple[str, ...]) -> str:
    return "".join(
        f'<button type="button" class="md-button{" md-button--primary" if name == "start" else ""}" data-do="{name}">'
        f'{here.say(f"run_do_{name}")}</button> '
        for name in names
    )


def _parts(here: Here, exercise: Exercise) -> Iterator[str]:
    """Every text with the code that follows it: what is shown at once on the big screen."""
    group: list[str] = []
    for cell, source in sources(exercise, here.lang, "pupil"):
        if cell.kind == "markdown" and group:
            yield _part(group)
            group = []
        group.append(prose(here, cell) if cell.kind == "markdown" else _code(here, cell, source))
    yield _part(group)


def _part(group: list[str]) -> str:
    return '<div class="k-part16" markdown>\n\n' + "\n\n".join(group) + "\n\n</div>"


def _code(here: Here, cell: Cell, source: str) -> str:
    """A cell as it is handed out; the script puts an editor in the place of the text."""
    kind = cell.fill or ("check" if cell.check else "given")
    check = f' data-check="{cell.check}"' if cell.check else ""
    label = here.say(f"run_label_{kind}", id=cell.id)
    text = html.escape(source).replace("\n", "&#10;").replace("*", "&#42;").replace("_", "&#95;").replace("`", "&#96;")
    edit = f'<div class="k-edit"><pre><code>{text}</code></pre></div>'
    if cell.check:  # what stands there is for machines to read; a pupil presses the button
        edit = f'<details class="k-source"><summary>{here.say("check_code")}</summary>{edit}</details>'
    return (
        f'<div class="k-codecell k-fill-{kind}" data-cell="{cell.id}" data-label="{label}"{check} id="cell-{cell.id}">'
        f'<p class="k-celllabel">{here.say(f"run_kind_{kind}")}</p>{edit}'
        f'<p class="k-cellbar"><button type="button" class="md-button" data-run hidden aria-label="{here.say("run_do_run")}: {label}">'
        f'{here.say("run_do_run")}</button> <span class="k-state" role="status"></span></p>'
        f'<div class="k-outputs" aria-live="polite"></div></div>'
    )


def _end(here: Here, exercise: Exercise) -> str:
    back = f'[{here.say("notebook_back")}]({here.to(f"exercises/{exercise.id}/")}){{ .k-noprint }}'
    lost = f'<div class="k-orphans" hidden><p>{here.say("run_orphans")}</p><pre></pre></div>'
    return f"{lost}\n\n{back}"

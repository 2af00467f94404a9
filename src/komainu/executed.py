"""What the teachers' notebooks show, for the site: run once, kept until something they came from changes.

In:  a Curriculum whose exercises have passed the check.   Out: for each exercise its outputs, and the tables beside it.
Everything an output depends on is in its name in the cache: the cells, the tables, the machines, the runner, Python.
Left out on purpose: whether the exercises keep their promises (running), how outputs look (outputs).
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from komainu import running
from komainu.curriculum import Curriculum
from komainu.drawn import drawn, name
from komainu.exercise import Exercise
from komainu.given import given
from komainu.memo import Memo, digest
from komainu.problem import LANGUAGES, Unable

CHART = "application/vnd.vegalite.v5+json"
SVG = "image/svg+xml"


@dataclass(frozen=True)
class Done:
    """One exercise after its teacher's notebooks have run."""

    outputs: dict[str, dict[str, list[dict]]]
    """Language -> cell -> what it showed, as in a notebook; charts with their picture. Besides the notebook's own cells:
    `mistake <question> <n>` and `checked <question> <n>`, what a wrong answer showed and how the checks answered it."""
    tables: dict[str, bytes]
    """What lies in data/: file name -> contents."""


def execute(curriculum: Curriculum, run: running.Execute | None = None) -> dict[str, Done]:
    """Every exercise, executed or out of the cache; `run` is how a job is run, a fresh Python unless a test says otherwise.

    Raises Unable when a cell of a teacher's notebook fails: a page never shows an error.
    """
    exercises = list(curriculum.exercises.values())
    run = run or running.in_child(curriculum.root)
    tables = {exercise.id: _tables(curriculum.root / exercise.folder) for exercise in exercises}
    memo = Memo(curriculum.root / "build" / "cache" / "executed", machines_digest())

    def one(what: tuple[Exercise, str]) -> dict[str, list[dict]] | Unable:
        exercise, lang = what
        job = _job(exercise, lang)
        parts = [json.dumps(job, ensure_ascii=False).encode(), *(p for pair in tables[exercise.id].items() for p in (pair[0].encode(), pair[1]))]
        try:
            return memo.get(parts, lambda: _run(exercise, lang, job, run))
        except Unable as failed:
            return failed

    wanted = [(exercise, lang) for exercise in exercises for lang in LANGUAGES]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        found = dict(zip([(e.id, lang) for e, lang in wanted], pool.map(one, wanted), strict=True))
    memo.save()
    _refuse([failed for failed in found.values() if isinstance(failed, Unable)])
    _draw(curriculum.root, found)
    return {e.id: Done({lang: found[e.id, lang] for lang in LANGUAGES}, tables[e.id]) for e in exercises}


def _refuse(failed: list[Unable]) -> None:
    if failed:
        raise Unable("\n".join(one.ja for one in failed), "\n".join(str(one) for one in failed))


@cache
def machines_digest() -> str:
    """A name for what runs the cells: what they may import, the runner and Python."""
    files = [*given().values(), Path(running.__file__).with_name("runner.py"), Path(__file__)]
    return digest("\n".join([platform.python_version(), *(f"{f.name} {digest(f.read_bytes())}" for f in files)]).encode())


def _tables(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted((folder / "data").glob("*")) if file.is_file()}


def _job(exercise: Exercise, lang: str) -> list[dict]:
    """The teacher's cells and pupils' mistakes with the checks they meet; nothing of what is hidden."""
    cells = running.job(exercise, lang, "teacher")
    return [{"id": c["id"], "source": c["source"]} for c in cells if not c["id"].startswith("hidden ")]


def _run(exercise: Exercise, lang: str, job: list[dict], run: running.Execute) -> dict[str, list[dict]]:
    results, stopped = run(exercise, job)
    own = {cell.id for cell in exercise.cells[lang]}
    errors = [(r["id"], " / ".join(r["error"]["sentences"])) for r in results if r["error"] and r["id"] in own]
    errors += [(results[-1]["id"] if results else "—", stopped)] if stopped else []
    if errors:
        cell, why = errors[0]
        raise Unable(
            f"演習 {exercise.id} の教師用ノートブック({lang})が、セル {cell} で止まりました: {why}\n"
            f"  komainu run {exercise.id} で確かめて、{exercise.folder}/{lang}.py を直してください。",
            f"The teacher's notebook of exercise {exercise.id} ({lang}) stopped at cell {cell}: {why}\n"
            f"  Try it with komainu run {exercise.id} and mend {exercise.folder}/{lang}.py.",
        )
    return {result["id"]: list(_shown(result)) for result in results}


def _shown(result: dict) -> Iterator[dict]:
    """The outputs of one cell; an error of a pupil's mistake becomes the kind sentences that a pupil reads."""
    yield from result["outputs"]
    if result["error"]:
        yield {"output_type": "stream", "name": "stderr", "text": "\n".join(result["error"]["sentences"])}


def _draw(root: Path, found: dict[tuple[str, str], dict[str, list[dict]]]) -> None:
    """Put a picture beside the description of every chart."""
    charts = [
        (lang, output["data"])
        for (_, lang), cells in found.items() for outputs in cells.values() for output in outputs
        if CHART in output.get("data", {})
    ]  # fmt: skip
    pictures = drawn(root, [(lang, data[CHART]) for lang, data in charts])
    for lang, data in charts:
        data[SVG] = pictures[name(lang, data[CHART])]

"""Every exercise of the repository, executed: its promises, its outputs, its time."""

from functools import cache
from pathlib import Path

import pytest

from komainu import running
from komainu.exercise import Exercise, read_exercise
from komainu.problem import LANGUAGES, Report
from komainu.running import Run, in_child, job, times

ROOT = Path(__file__).resolve().parents[2]
IDS = sorted(file.parent.name for file in ROOT.glob("notebooks/*/exercise.yml"))
every_exercise = pytest.mark.parametrize(
    "ident", [pytest.param(ident, marks=pytest.mark.xdist_group(f"exercise-{ident}")) for ident in IDS]
)
SLOWEST_CELL_S, WHOLE_NOTEBOOK_S = 2, 10
"""CPU seconds in this Python; the browser's Python takes two to four times as long (tests/pyodide)."""


@cache
def exercise(ident: str) -> Exercise:
    """One exercise, read anew."""
    found = read_exercise(ROOT, ident, Report())
    assert found, "its facts cannot be read; komainu check says why"
    return found


@cache
def examined(ident: str) -> tuple[list[Run], Report]:
    """Its four notebooks, run once for all tests, texts hashed in one order."""
    report = Report()
    return running.examine(
        [exercise(ident)], in_child(ROOT, more_env={"PYTHONHASHSEED": "0"}), report, workers=2
    ), report


def own_cells(found: Exercise, lang: str) -> list[dict]:
    """The cells of the teacher's notebook itself, without hidden checks and mistakes."""
    ids = {cell.id for cell in found.cells[lang]}
    return [cell for cell in job(found, lang, "teacher") if cell["id"] in ids]


def test_there_are_exercises():
    """The other tests of this file are about something."""
    assert IDS


@every_exercise
def test_promises_are_kept(ident):
    """Solutions meet every check, handed-out notebooks stop where pupils write, mistakes are noticed and answered."""
    assert [f"{p.path}:{p.line} {p.rule}: {p.sentence('en')}" for p in examined(ident)[1]] == []


@every_exercise
def test_every_cell_was_run(ident):
    """Nothing was left out: both languages, both readers, every code cell."""
    runs = examined(ident)[0]
    assert [(run.lang, run.reader) for run in runs] == [
        (lang, reader) for lang in LANGUAGES for reader in ("teacher", "pupil")
    ]
    for run in runs:
        ids = [cell.id for cell in run.exercise.cells[run.lang] if cell.kind == "code"]
        assert [cell["id"] for cell in run.cells][: len(ids)] == ids


@every_exercise
def test_outputs_do_not_depend_on_the_order_of_sets(ident):
    """The same numbers, texts and pictures on every computer, however Python hashes texts there."""
    for lang in LANGUAGES:
        first = next(run for run in examined(ident)[0] if (run.lang, run.reader) == (lang, "teacher"))
        again, why = in_child(ROOT, more_env={"PYTHONHASHSEED": "77"})(
            exercise(ident), own_cells(exercise(ident), lang)
        )
        assert why == ""
        for cell in again:
            assert (cell["id"], cell["outputs"]) == (cell["id"], first.of(cell["id"])["outputs"])


@pytest.mark.alone
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("ident", IDS)
def test_no_cell_keeps_a_class_waiting(ident, lang):
    """The slowest cell and the whole notebook stay within what a lesson can spare; the better of two runs counts."""
    found = exercise(ident)
    taken = []
    for _ in range(2):
        total, slowest, cell = times(
            Run(found, lang, "teacher", *in_child(ROOT)(found, own_cells(found, lang)))
        )
        taken.append((slowest, total, cell))
        if slowest < SLOWEST_CELL_S and total < WHOLE_NOTEBOOK_S:
            return
    raise AssertionError(f"slowest cell, whole notebook, which cell: {taken}")

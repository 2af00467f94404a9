"""Every exercise in the browser's Python: the same promises, and the same outputs as on a computer."""

from datetime import date
from functools import cache

import pytest
from run import ROOT

from komainu import running
from komainu.curriculum import Curriculum
from komainu.exercise import Exercise
from komainu.load import load
from komainu.problem import Report
from pyodide.engine import in_pyodide

IDS = sorted(file.parent.name for file in ROOT.glob("notebooks/*/exercise.yml"))
pytestmark = pytest.mark.xdist_group("pyodide")


@cache
def curriculum() -> Curriculum:
    """The sources of this repository, read once."""
    return load(ROOT, date.today())[0]


@cache
def runs(ident: str) -> tuple[list[running.Run], Report]:
    """The four notebooks of one exercise in Pyodide, run once for all tests."""
    report = Report()
    return running.examine([curriculum().exercises[ident]], in_pyodide(ROOT), report, workers=2), report


def shown(run: running.Run, exercise: Exercise) -> dict[str, list[str]]:
    """What each cell of the notebook itself shows, as text."""
    ids = {cell.id for cell in exercise.cells[run.lang]}
    return {
        cell["id"]: [o.get("text") or o["data"]["text/plain"] for o in cell["outputs"]] + (cell["error"] or {}).get("sentences", [])
        for cell in run.cells
        if cell["id"] in ids
    }


def test_there_are_exercises():
    """The other tests of this file are about something."""
    assert IDS


@pytest.mark.parametrize("ident", IDS)
def test_promises_are_kept_in_the_browsers_python(ident):
    """Solutions meet all checks, handed-out notebooks stop where pupils write, mistakes are answered."""
    assert list(runs(ident)[1]) == []


@pytest.mark.parametrize("ident", IDS)
def test_outputs_are_those_of_cpython(ident):
    """A pupil on a Chromebook reads what a teacher reads in Jupyter, cell for cell."""
    exercise = curriculum().exercises[ident]
    here = running.examine([exercise], running.in_child(ROOT), Report(), workers=2)
    for there, run in zip(runs(ident)[0], here, strict=True):
        assert shown(there, exercise) == shown(run, exercise), (run.lang, run.reader)


@pytest.mark.alone
@pytest.mark.parametrize("ident", IDS)
def test_no_cell_keeps_a_pupil_waiting(ident):
    """In the browser's Python no cell takes 8 seconds, and no notebook 40, when nothing else runs beside it."""
    exercise = curriculum().exercises[ident]
    cells = [cell for cell in running.job(exercise, "ja", "teacher") if " " not in cell["id"]]
    run = running.Run(exercise, "ja", "teacher", *in_pyodide(ROOT)(exercise, cells))
    total, slowest, cell = running.times(run)
    assert (slowest < 8, total < 40) == (True, True), (cell, slowest, total)


ENDLESS = {
    "a loop": "def share(dogs, pets):\n    while True:\n        pass",
    "a loop on one line": "def share(dogs, pets):\n    while True: pass",
    "a call of itself": "def share(dogs, pets):\n    return share(dogs, pets)",
}


@pytest.mark.parametrize("code", ENDLESS.values(), ids=list(ENDLESS))
def test_what_does_not_end_is_stopped_by_a_check(code):
    """Also in the browser's Python a check ends, and says what to look at."""
    tries = '[{"call": "share(1, 2)", "equals": 0.5, "say": "…"}]'
    cells = [
        {"id": "start", "source": "import smallmachines\nfrom smallmachines.checking import check\nsmallmachines.start('ja')"},
        {"id": "share", "source": code},
        {"id": "check", "source": f"check('share', 'ヒント', {tries})"},
    ]
    found, why = in_pyodide(ROOT)(curriculum().exercises[IDS[0]], cells)
    text = found[-1]["outputs"][0]["data"]["text/plain"]
    assert (why, found[-1]["error"]) == ("", None)
    assert "止まる" in text

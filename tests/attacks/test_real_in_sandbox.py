"""The real exercises inside the sandbox: the same values as in a Python that nothing confines."""

import ast
from datetime import date
from functools import cache

import pytest
from run import ROOT

from komainu import running, sandbox
from komainu.curriculum import Curriculum
from komainu.load import load
from smallmachines.checking import same

IDS = sorted(file.parent.name for file in ROOT.glob("notebooks/*/exercise.yml"))
pytestmark = [pytest.mark.xdist_group("sandbox"), pytest.mark.usefixtures("native")]
ROOM = sandbox.Limits(cell_s=60, call_s=20, job_s=240, idle_s=30, wall_s=600)
"""Authors' notebooks with all their mistakes take longer than a pupil's one."""


@cache
def curriculum() -> Curriculum:
    """The sources of this repository, read once."""
    return load(ROOT, date.today())[0]


def shown(line: dict) -> tuple:
    """What a cell showed as text, and its error without Python's own words, which differ from version to version."""
    error = line["error"] and {name: line["error"][name] for name in ("name", "sentences")}
    return [output.get("text") or output["data"]["text/plain"] for output in line["outputs"]], error


def as_seen(one: dict, other: dict) -> bool:
    """Whether two calls showed the same; from Python 3.12 on a sum is more exact in its last digit."""
    if "value" in one and "value" in other:
        return same(ast.literal_eval(one["value"]), ast.literal_eval(other["value"]))
    return one == other


def test_there_are_exercises():
    """The other test of this file is about something."""
    assert len(IDS) >= 9


@pytest.mark.parametrize("ident", IDS)
def test_a_teachers_notebook_shows_the_same_values(ident):
    """Its own cells and the hidden checks, call for call, as CPython on the computer gives them."""
    exercise = curriculum().exercises[ident]
    cells = [cell for cell in running.job(exercise, "ja", "teacher") if not cell["id"].startswith(("mistake", "checked", "restored"))]
    with sandbox.workers(ROOT, 1, ROOM) as pool:
        inside, why = pool.execute(exercise, cells)
    outside, _ = running.in_child(ROOT)(exercise, cells)
    assert (why, [line["id"] for line in inside]) == ("", [cell["id"] for cell in cells])
    for one, other in zip(inside, outside, strict=True):
        assert shown(one) == shown(other), one["id"]
        assert all(map(as_seen, one["observed"], other["observed"])), one["id"]

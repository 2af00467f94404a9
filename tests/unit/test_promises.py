"""What running an exercise proves, shown on a small exercise with one change (tests/cases/runs.yml)."""

from functools import cache

import pytest

import tables
from komainu import running
from komainu.exercise import read_exercise
from komainu.problem import Report
from tables import unmet, world_of
from world import world

CASES = tables.cases(tables.CASES / "runs.yml")
RULES = sorted(tables.rules_in(CASES))
pytestmark = pytest.mark.xdist_group("promises")  # the runs are shared by all tests of this file


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """The four runs of each case, made once: its folder, its runs and its report."""

    @cache
    def of(number: int):
        root = world_of(CASES[number], tmp_path_factory.mktemp(f"run{number}"))
        exercise, report = read_exercise(root, "pets", Report()), Report()
        return root, running.examine([exercise], running.in_child(root), report, workers=2), report

    return of


def fails(number: int, outcomes) -> bool:
    """Whether a case is unmet when its runs are judged with the promises and rules as they are now."""
    root, runs, _ = outcomes(number)
    now = Report()
    running.judge(runs, now)
    return bool(unmet(CASES[number], root, now))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_run_is_reported_exactly(case, outcomes):
    """Each case gives the problems that its row names, at their places, and no others."""
    root, _, report = outcomes(CASES.index(case))
    assert unmet(case, root, report) == []


def test_skeleton_keeps_every_promise(tmp_path):
    """What a case reports comes from its change alone."""
    root, report = world(tmp_path), Report()
    running.examine([read_exercise(root, "pets", report)], running.in_child(root), report)
    assert list(report) == []


@pytest.mark.parametrize("gone", running.PROMISES, ids=[promise.__name__ for promise in running.PROMISES])
def test_no_promise_can_be_left_out(gone, outcomes, monkeypatch):
    """Without any one of the promises at least one case fails."""
    monkeypatch.setattr(
        running, "PROMISES", tuple(promise for promise in running.PROMISES if promise is not gone)
    )
    assert any(fails(number, outcomes) for number in range(len(CASES)))


@pytest.mark.parametrize("gone", RULES)
def test_no_rule_of_runs_can_be_left_out(gone, outcomes, monkeypatch):
    """When one rule is never noted, every case that expects it fails."""
    expecting = [number for number, case in enumerate(CASES) if gone in tables.rules_in([case])]
    assert not any(fails(number, outcomes) for number in expecting)
    add = Report.add
    monkeypatch.setattr(
        Report,
        "add",
        lambda self, path, line, rule, **values: (
            None if rule == gone else add(self, path, line, rule, **values)
        ),
    )
    assert all(fails(number, outcomes) for number in expecting)

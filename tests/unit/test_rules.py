"""Every rule of the checker, shown at work on a small world with one change (tests/cases/rules/*.yml)."""

from functools import cache

import pytest

import tables
from komainu import checks
from komainu.load import load
from komainu.problem import Problem, Report, rules
from tables import unmet, world_of
from world import TODAY, world

CASES = tables.cases(*sorted((tables.CASES / "rules").glob("*.yml")))
RULES_OF_RUNS = tables.rules_in(tables.cases(tables.CASES / "runs.yml"))
RULES_ELSEWHERE = {
    "file-too-large": "test_files.py, where the file is made without writing it",
    "file-unreadable": "test_files.py, where it is a link to itself",
} | dict.fromkeys(RULES_OF_RUNS, "test_promises.py, where exercises are run")


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_change_is_reported_exactly(case, worlds):
    """Each case gives the problems that its row names, at their places, and no others."""
    root, _, report = worlds(CASES.index(case))
    assert unmet(case, root, report) == []


def test_unchanged_world_has_no_mistake(tmp_path):
    """What a case reports comes from its change alone."""
    report = load(world(tmp_path), TODAY)[1]
    assert [p for p in report if p.level != "gap"] == []


def test_every_rule_has_a_case():
    """No rule is without an example, and the table names no rule that does not exist."""
    shown = tables.rules_in(CASES)
    assert shown | set(RULES_ELSEWHERE) == set(rules())
    assert not shown & set(RULES_ELSEWHERE)


def test_case_titles_are_different():
    """A failing case can be found by its title."""
    titles = [case["id"] for case in CASES]
    assert sorted(set(titles)) == sorted(titles)


@pytest.fixture(scope="module")
def worlds(tmp_path_factory):
    """The world of each case, written and loaded once: its folder, its curriculum and its report."""

    @cache
    def of(number: int):
        root = world_of(CASES[number], tmp_path_factory.mktemp(f"case{number}"))
        return root, *load(root, TODAY)

    return of


def noted_by(table: str, rule, curriculum) -> Report:
    """What one check alone notes."""
    report = Report()
    if table == "SHARED_CHECKS":
        rule(curriculum, TODAY, report)
    else:
        for one in (curriculum.lessons if table == "LESSON_CHECKS" else curriculum.exercises).values():
            rule(curriculum, one, report)
    return report


@cache
def noted_by_others(number: int, worlds) -> tuple[Problem, ...]:
    """The problems of a case that reading and the level of the Japanese gave, not the checks."""
    _, curriculum, report = worlds(number)
    of_checks = {problem for table, rule in FUNCTIONS for problem in noted_by(table, rule, curriculum)}
    return tuple(set(report) - of_checks)


def fails(number: int, worlds) -> bool:
    """Whether a case is unmet when its world is checked with the checks as they are now."""
    root, curriculum, _ = worlds(number)
    now = Report()
    checks.check(curriculum, TODAY, now)
    return bool(unmet(CASES[number], root, Report([*noted_by_others(number, worlds), *now.problems])))


ALL = {table: getattr(checks, table) for table in ("LESSON_CHECKS", "EXERCISE_CHECKS", "SHARED_CHECKS")}
FUNCTIONS = [(table, rule) for table, rules_of_table in ALL.items() for rule in rules_of_table]


@pytest.mark.parametrize(("table", "gone"), FUNCTIONS, ids=[rule.__name__ for _, rule in FUNCTIONS])
def test_no_check_can_be_left_out(table, gone, worlds, monkeypatch):
    """Without any one of the checks at least one case fails."""
    monkeypatch.setattr(checks, table, tuple(rule for rule in getattr(checks, table) if rule is not gone))
    noticed = (number for number in range(len(CASES)) if list(noted_by(table, gone, worlds(number)[1])))
    assert any(fails(number, worlds) for number in noticed)


@pytest.mark.parametrize("gone", sorted(set(rules()) - set(RULES_ELSEWHERE)))
def test_no_rule_can_be_left_out(gone, tmp_path, monkeypatch):
    """When one rule is never noted, every case that expects it fails; one is tried."""
    add = Report.add
    monkeypatch.setattr(
        Report, "add", lambda self, path, line, rule, **values: None if rule == gone else add(self, path, line, rule, **values)
    )
    case = next(case for case in CASES if gone in tables.rules_in([case]))
    root = world_of(case, tmp_path)
    assert unmet(case, root, load(root, TODAY)[1])

"""Every rule of the checker, shown at work on a small world with one change (tests/cases/rules/*.yml)."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from komainu import checks
from komainu.load import load
from komainu.problem import Problem, Report, rules
from world import TODAY, world

TABLES = Path(__file__).parents[1] / "cases" / "rules"


def _cases() -> list[dict]:
    found = []
    for file in sorted(TABLES.glob("*.yml")):
        table = yaml.safe_load(file.read_text("utf-8"))
        assert table["format"] == 1
        found += [{**case, "id": f"{file.stem}: {case['title']}"} for case in table["cases"]]
    return found


CASES = _cases()
RULES_ELSEWHERE = {
    "file-too-large": "test_files.py, where the file is made without writing it",
    "file-unreadable": "test_files.py, where it is a link to itself",
}


def text_of(value: object) -> str:
    """A value of the table as sentences show it; YAML makes dates of days."""
    return value.isoformat() if isinstance(value, date) else str(value)


def line_of(root: Path, path: str, at: int | str) -> int:
    """The line a case means: the number, or the first line that holds the text."""
    if isinstance(at, int):
        return at
    lines = (root / path).read_text("utf-8-sig").split("\n")
    found = [number for number, line in enumerate(lines, 1) if at in line]
    assert found, f"{at!r} is not in {path}"
    return found[0]


def unmet(case: dict, root: Path, report: Report) -> list[str]:
    """What differs between the expected and the found problems; empty when nothing does."""
    left = [p for p in report if case.get("gaps") or p.level != "gap"]
    wrong = []
    for row in case["expect"]:
        line, values = line_of(root, row["path"], row["at"]), {k: text_of(v) for k, v in row.get("values", {}).items()}
        fits = [
            p for p in left
            if (p.rule, p.path, p.line) == (row["rule"], row["path"], line) and values.items() <= dict(p.values).items()
        ]
        if fits:
            left.remove(fits[0])
        else:
            wrong.append(f"not found: {row} at line {line}")
    return wrong + [f"not expected: {p}" for p in left]


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
    shown = {row["rule"] for case in CASES for row in case["expect"]}
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
        root = world(tmp_path_factory.mktemp(f"case{number}"), CASES[number]["change"])
        return root, *load(root, TODAY)

    return of


@cache
def noted_by_others(number: int, worlds) -> tuple[Problem, ...]:
    """The problems of a case that reading and the level of the Japanese gave, not the checks."""
    _, curriculum, report = worlds(number)
    of_checks = Report()
    for rule in ALL_LESSON_CHECKS:
        for lesson in curriculum.lessons.values():
            rule(curriculum, lesson, of_checks)
    for rule in ALL_SHARED_CHECKS:
        rule(curriculum, TODAY, of_checks)
    return tuple(set(report) - set(of_checks))


def fails(number: int, worlds) -> bool:
    """Whether a case is unmet when its world is checked with the checks as they are now."""
    root, curriculum, _ = worlds(number)
    now = Report()
    checks.check(curriculum, TODAY, now)
    return bool(unmet(CASES[number], root, Report([*noted_by_others(number, worlds), *now.problems])))


ALL_LESSON_CHECKS, ALL_SHARED_CHECKS = checks.LESSON_CHECKS, checks.SHARED_CHECKS
FUNCTIONS = [(table, rule) for table in ("LESSON_CHECKS", "SHARED_CHECKS") for rule in getattr(checks, table)]


@pytest.mark.parametrize(("table", "gone"), FUNCTIONS, ids=[rule.__name__ for _, rule in FUNCTIONS])
def test_no_check_can_be_left_out(table, gone, worlds, monkeypatch):
    """Without any one of the checks at least one case fails."""
    monkeypatch.setattr(checks, table, tuple(rule for rule in getattr(checks, table) if rule is not gone))
    assert any(fails(number, worlds) for number in range(len(CASES)))


@pytest.mark.parametrize("gone", sorted(set(rules()) - set(RULES_ELSEWHERE)))
def test_no_rule_can_be_left_out(gone, tmp_path, monkeypatch):
    """When one rule is never noted, every case that expects it fails; one is tried."""
    add = Report.add
    monkeypatch.setattr(
        Report, "add", lambda self, path, line, rule, **values: None if rule == gone else add(self, path, line, rule, **values)
    )
    case = next(case for case in CASES if gone in {row["rule"] for row in case["expect"]})
    root = world(tmp_path, case["change"])
    assert unmet(case, root, load(root, TODAY)[1])

"""Tables of cases: what each changes in the small world, and the problems it should give, no more and no fewer.

In:  a YAML file of tests/cases, or a folder of them; then a case with its world and its Report.
Out: the cases, each with an id; and what differs between the expected and the found problems.
"""

from datetime import date
from pathlib import Path

import yaml

from komainu.problem import Report
from world import world

CASES = Path(__file__).parent / "cases"


def cases(*files: Path) -> list[dict]:
    """The cases of some tables, in order, each with its table's name and its title as id."""
    found = []
    for file in files:
        table = yaml.safe_load(file.read_text("utf-8"))
        assert table["format"] == 1
        found += [{**case, "id": f"{file.stem}: {case['title']}"} for case in table["cases"]]
    return found


def world_of(case: dict, folder: Path) -> Path:
    """The small world with the change of a case; `fresh` asks for the notebooks that follow from the changed sources."""
    return world(folder, case["change"], fresh=case.get("fresh", False))


def rules_in(table: list[dict]) -> set[str]:
    """Every rule that some case expects."""
    return {row["rule"] for case in table for row in case["expect"]}


def unmet(case: dict, root: Path, report: Report) -> list[str]:
    """What differs between the expected and the found problems; empty when nothing does."""
    left = [p for p in report if case.get("gaps") or p.level != "gap"]
    wrong = []
    for row in case["expect"]:
        line = line_of(root, row["path"], row["at"])
        values = {name: text_of(value) for name, value in row.get("values", {}).items()}
        fits = [
            p
            for p in left
            if (p.rule, p.path, p.line) == (row["rule"], row["path"], line)
            and values.items() <= dict(p.values).items()
        ]
        if fits:
            left.remove(fits[0])
        else:
            wrong.append(f"not found: {row} at line {line}")
    return wrong + [f"not expected: {p}" for p in left]


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

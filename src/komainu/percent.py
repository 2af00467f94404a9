"""The teacher's notebook as plain text (percent format), cut into cells, for the teacher and for the pupil.

In:  the text of notebooks/<id>/<lang>.py.   Out: Cells with line numbers, or Problems.
`# %%` begins a cell: `# %% [markdown] id="title"` or `# %% id="train" fill="code"`. Between ### BEGIN SOLUTION and
### END SOLUTION stands what only the teacher gets; lines that begin with `#> ` are what the pupil gets instead.
Left out on purpose: what the cells mean (exercise), whether they suit their readers (exercise_checks).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from komainu.problem import Report

HEAD = re.compile(r'^# %%(?P<markdown> \[markdown\])?(?P<attributes>(?: [a-z]+="[^"]*")*)\s*$')
ATTRIBUTES = ("id", "step", "fill", "check", "needs")
BEGIN, END, INSTEAD = "### BEGIN SOLUTION", "### END SOLUTION", "#>"


@dataclass(frozen=True)
class Cell:
    """One cell of a notebook, in both forms."""

    id: str
    kind: str
    """markdown or code."""
    step: str
    """The step that a markdown cell opens; mostly empty."""
    fill: str
    """What the pupil fills in: predict, explain, code, or nothing."""
    check: str
    """The question whose checks stand here; mostly empty. The source of such a cell is written by `exercise`."""
    needs: tuple[str, ...]
    """The fills without which this cell cannot do its work."""
    teacher: str
    pupil: str
    solution: tuple[str, ...]
    """The lines that only the teacher gets."""
    line: int
    """The line of its `# %%`."""
    places: dict[str, tuple[int, ...]]
    """For `teacher` and `pupil`: the line in the file of each line of the form."""

    def place(self, form: str, number: int) -> int:
        """The line in the file of a line of one form, 1-based; of the cell when the form has no such line."""
        lines = self.places[form]
        return lines[number - 1] if 0 < number <= len(lines) else self.line


Lines = list[tuple[int, str]]
"""Lines of a form with their numbers in the file."""


def read_cells(path: str, text: str, report: Report) -> tuple[Cell, ...]:
    """The cells of a notebook; what cannot be read is a problem, and the rest is read all the same."""
    cells: list[Cell] = []
    for line, head, body in _parts(text):
        match = HEAD.match(head)
        if not match:
            report.add(path, line, "cell-head", found=head[:60])
            continue
        found = re.findall(r' ([a-z]+)="([^"]*)"', match["attributes"])
        attributes = dict(found)
        if len(attributes) < len(found):
            report.add(path, line, "cell-head", found=head[:60])
        for name in sorted(set(attributes) - set(ATTRIBUTES)):
            report.add(path, line, "cell-attribute", found=name, allowed=", ".join(ATTRIBUTES))
        cells.append(_cell(path, line, "markdown" if match["markdown"] else "code", attributes, body, report))
    return tuple(cells)


def _parts(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Every cell: line, head, body. What stands before the first head is a cell with a head that is none."""
    at, head, body = 1, "", []
    for number, line in enumerate(text.rstrip("\n").split("\n"), 1):
        if line.startswith("# %%"):
            if head or any(body):
                yield at, head or next(filter(None, body)), body
            at, head, body = number, line, []
        else:
            body.append(line)
    if head or any(body):
        yield at, head or next(filter(None, body)), body


def _cell(path: str, line: int, kind: str, attributes: dict[str, str], body: list[str], report: Report) -> Cell:
    lines = list(enumerate(body, line + 1))
    teacher, pupil, solution = _text(path, lines, report) if kind == "markdown" else _two_forms(path, lines, report)
    forms = {"teacher": _trimmed(teacher), "pupil": _trimmed(pupil)}
    sources = ["\n".join(text for _, text in form) for form in forms.values()]
    names = [attributes.get(name, "") for name in ("id", "step", "fill", "check")]
    needs = tuple(attributes.get("needs", "").split())
    places = {name: tuple(number for number, _ in form) for name, form in forms.items()}
    return Cell(names[0], kind, *names[1:], needs, *sources, solution, line, places)


def _trimmed(lines: Lines) -> Lines:
    """The lines without empty ones at the beginning and the end."""
    full = [at for at, (_, text) in enumerate(lines) if text]
    return lines[full[0] : full[-1] + 1] if full else []


def _text(path: str, lines: Lines, report: Report) -> tuple[Lines, Lines, tuple[str, ...]]:
    for number, text in lines:
        if text and not re.match(r"#( |$)", text):
            report.add(path, number, "cell-markdown", found=text[:40])
    plain = [(number, text[2:]) for number, text in lines]
    return plain, plain, ()


def _two_forms(path: str, lines: Lines, report: Report) -> tuple[Lines, Lines, tuple[str, ...]]:
    teacher, pupil, solution = [], [], []
    inside = 0
    for number, text in lines:
        mark = text.strip()
        if mark in (BEGIN, END):
            if (mark == BEGIN) == bool(inside):
                report.add(path, number, "solution-region", found=mark)
            inside = number if mark == BEGIN else 0
        elif inside and mark.startswith(INSTEAD):
            indent = text[: len(text) - len(text.lstrip())]
            pupil.append((number, f"{indent}{mark[len(INSTEAD) :].removeprefix(' ')}".rstrip()))
        elif inside:
            teacher.append((number, text))
            solution.append(text)
        else:
            teacher.append((number, text))
            pupil.append((number, text))
    if inside:
        report.add(path, inside, "solution-region", found=BEGIN)
    return teacher, pupil, tuple(solution)

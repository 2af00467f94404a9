"""What a class shows about an exercise: how many meet each check, where it is stuck, which wrong values are common.

In:  an exercise and the data of results.json.   Out: Items, one for each check, and Guesses, one for each prediction.
Nothing depends on the order of pupils. Left out on purpose: judging a pupil; an item tells about a question, not about people.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from komainu.exercise import Exercise
from komainu.grading.gradebook import counted

Data = dict[str, Any]
ENOUGH = 15
"""Fewer pupils than this say nothing about discrimination."""
SHARED = 2
"""A wrong value counts as common when so many gave it; one that a single pupil gave might tell who it was."""
STUCK = 0.5


@dataclass(frozen=True)
class Wrong:
    """A value that several pupils came to."""

    saw: str
    count: int
    says: str
    """What is said to it."""


@dataclass(frozen=True)
class Item:
    """One check, and how the class met it."""

    question: str
    number: int
    """The place of the check in its question, from 1."""
    hidden: bool
    n: int
    """Pupils whose submissions could be marked."""
    met: int
    empty: int
    """Of those, who had not filled in the answer."""
    discrimination: float | None
    """The correlation with the points of all other checks, -1.0 to 1.0; None for small classes and when all are alike."""
    wrong: tuple[Wrong, ...]

    @property
    def facility(self) -> float:
        """The share that meets the check, 0.0 to 1.0."""
        return self.met / self.n if self.n else 0.0

    @property
    def name(self) -> str:
        """The check by question and place."""
        return f"{self.question} {self.number}"


@dataclass(frozen=True)
class Guesses:
    """What a class predicted in one cell, and what came."""

    id: str
    ways: Counter
    """same, lower, higher, other -> how many; "" for those without a prediction."""
    numbers: tuple[float, ...]
    """The predictions that are numbers, sorted."""
    result: float | None
    """The result, when it was the same number for everybody."""


def marked(data: Data) -> list[Data]:
    """The submissions that have marks, one a pupil."""
    return [one for one in counted(data) if one["points"] is not None]


def items(exercise: Exercise, data: Data) -> list[Item]:
    """Every check in the order of the exercise."""
    ones = marked(data)
    return [
        _item(ones, at, number, question.id, check.hidden)
        for at, question in enumerate(exercise.questions) for number, check in enumerate(question.checks)
    ]  # fmt: skip


def _item(ones: list[Data], at: int, number: int, question: str, hidden: bool) -> Item:
    answers = [one["questions"][at] for one in ones]
    checks = [answer["checks"][number] for answer in answers]
    empty = sum(answer["status"] in ("untouched", "missing") for answer in answers)
    rests = [one["points"] - (check["points"] if answer["points"] is not None else 0) for one, answer, check in zip(ones, answers, checks, strict=True)]
    alike = correlation([int(check["met"]) for check in checks], rests)
    return Item(question, number + 1, hidden, len(ones), sum(c["met"] for c in checks), empty, alike, () if hidden else _wrong(checks))


def _wrong(checks: list[Data]) -> tuple[Wrong, ...]:
    found = Counter(check["saw"] for check in checks if not check["met"] and check["saw"])
    says = {check["saw"]: check["says"] for check in sorted(checks, key=lambda c: c["says"]) if check["says"]}
    common = sorted(((saw, n) for saw, n in found.items() if n >= SHARED), key=lambda one: (-one[1], one[0]))
    return tuple(Wrong(saw, n, says.get(saw, "")) for saw, n in common[:5])


def correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Pearson's r to two places, the same in every order; None for fewer than ENOUGH pairs or where all are equal.

    >>> correlation([0, 1] * 10, [3, 5] * 10)
    1.0
    """
    n = len(one)
    if n < ENOUGH:
        return None
    means = [math.fsum(values) / n for values in (one, other)]
    moves = [(a - means[0], b - means[1]) for a, b in zip(one, other, strict=True)]
    spread = math.sqrt(math.fsum(a * a for a, _ in moves) * math.fsum(b * b for _, b in moves))
    return round(math.fsum(a * b for a, b in moves) / spread, 2) + 0.0 if spread > 1e-12 else None


def stuck(found: list[Item]) -> list[Item]:
    """The checks that more than half do not meet, the hardest first."""
    return sorted((item for item in found if item.n and 1 - item.facility > STUCK), key=lambda item: (item.facility, item.name))


def centre(data: Data) -> tuple[float, float] | None:
    """Median and mean of the points; None when nobody has any."""
    points = [one["points"] for one in marked(data)]
    return (median(points), round(sum(points) / len(points), 1)) if points else None


def guesses(exercise: Exercise, data: Data) -> list[Guesses]:
    """The predictions of the class, cell by cell."""
    ids = [cell.id for cell in exercise.cells["ja"] if cell.fill == "predict"]
    return [_guesses(ident, [p for one in marked(data) for p in one["predictions"] if p["id"] == ident]) for ident in ids]


def _guesses(ident: str, made: list[Data]) -> Guesses:
    results = {p["result"] for p in made if p["result"] is not None}
    result = next(iter(results)) if len(results) == 1 else None
    numbers = sorted(p["predicted"] for p in made if isinstance(p["predicted"], int | float))
    return Guesses(ident, Counter(p["way"] for p in made), tuple(numbers), result if isinstance(result, int | float) else None)

"""What fourteen items can tell of seven viewpoints, simulated: how reliable such a form can be at best.

    .venv/bin/python benchmarks/diagnosis.py [--answerers 1000] [--draws 200] [--seed 2026] [--write]

Answerers have seven abilities that go together; items follow the two-parameter logistic model, an answer that is not the key
earns half a point's worth as often as HALF says, where there is such an answer. Form A and form B are answered by the same people
on the same day, with nothing learnt in between: whatever differs is chance. `--write` puts the numbers that the page cites
into src/komainu/data/diagnosis.yml. Nobody was asked: real pupils may do worse than this, hardly better.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
CITED = ROOT / "src" / "komainu" / "data" / "diagnosis.yml"

VIEWPOINTS, ITEMS = 7, 2
TOGETHER = 0.7
"""How closely the seven abilities go together. Short tests of AI literacy fit a single scale (Hornberger 2023, AILIT-S 2025), so high."""
SLOPE, SLOPE_SPREAD = 1.08, 0.3
"""Discrimination: median and spread (log). So chosen that twenty right-or-wrong items on one ability have an alpha of 0.80,
which is what GLAT reports for its twenty items under this model (n = 355, arXiv 2411.00283)."""
EASIEST, HARDEST = -1.75, 1.0
"""Difficulty, in spreads of the ability: easier than average, for nobody should leave without a right answer."""
APART = 0.3
"""Two items made to be alike are so unlike in difficulty (standard deviation)."""
WITH_HALF, HALF = 10, 0.4
"""So many of the fourteen items have a second-best answer, and so often it is given when the key is not."""
CLASS = 35


@dataclass(frozen=True)
class Found:
    """What one set of items gave; the means over many sets are what is reported."""

    alpha: float
    """Cronbach's alpha of the total of fourteen items."""
    kr20: float
    """The same for right or wrong alone."""
    total_parallel: float
    """Correlation of the total of form A with that of form B."""
    viewpoint_parallel: float
    """Correlation of one viewpoint's points in form A with those in form B: the reliability of two items."""
    items_needed: float
    """Spearman-Brown: items a viewpoint would need for 0.8."""
    error_of_total: float
    """Standard error of measurement of the total, in points of 28."""
    error_of_viewpoint: float
    """The same for a viewpoint, in points of 4."""
    words_changed: float
    """Viewpoints of seven whose word is another in form B."""
    words_two_steps: float
    """Viewpoints of seven that go from the lowest word to the highest, or back."""
    class_swing: float
    """In a class, the number of pupils with the highest word in a viewpoint differs by so many between the forms or more, once in twenty."""


@dataclass(frozen=True)
class Form:
    """Fourteen items: viewpoints x items."""

    slope: np.ndarray
    hard: np.ndarray
    half: np.ndarray
    """Whether there is a second-best answer."""


def two_forms(rng: np.random.Generator) -> tuple[Form, Form]:
    """A form, and one that was made to be like it."""
    shape = (VIEWPOINTS, ITEMS)
    slope, hard = SLOPE * np.exp(rng.normal(0, SLOPE_SPREAD, shape)), rng.uniform(EASIEST, HARDEST, shape)
    half = rng.permutation(VIEWPOINTS * ITEMS).reshape(shape) < WITH_HALF
    return Form(slope, hard, half), Form(slope, hard + rng.normal(0, APART, shape), half)


def answered(rng: np.random.Generator, ability: np.ndarray, form: Form) -> np.ndarray:
    """Points of one form: people x viewpoints x items, each 0, 1 or 2."""
    chance = 1 / (1 + np.exp(-form.slope * (ability[:, :, None] - form.hard)))
    second = (rng.random(chance.shape) < HALF) & form.half
    return np.where(rng.random(chance.shape) < chance, 2, np.where(second, 1, 0))


def people(rng: np.random.Generator, count: int) -> np.ndarray:
    """Seven abilities each, standard normal, any two of them correlated by TOGETHER."""
    common, own = rng.normal(size=(count, 1)), rng.normal(size=(count, VIEWPOINTS))
    return np.sqrt(TOGETHER) * common + np.sqrt(1 - TOGETHER) * own


def alpha(points: np.ndarray) -> float:
    """Cronbach's alpha of people x items; KR-20 when the points are 0 and 1."""
    n = points.shape[1]
    return n / (n - 1) * (1 - points.var(axis=0, ddof=1).sum() / points.sum(axis=1).var(ddof=1))


def spearman_brown(reliability: float, wanted: float = 0.8) -> float:
    """How many times as long a test must be for the wanted reliability."""
    return wanted * (1 - reliability) / (reliability * (1 - wanted))


def words(points: np.ndarray) -> np.ndarray:
    """0, 1 or 2 for the word of each viewpoint, as komainu.diagnosis.scoring.word."""
    total = points.sum(axis=2)
    return (total >= 2).astype(int) + (total >= 4)


def once(rng: np.random.Generator, count: int) -> Found:
    """One set of items in two forms, answered by so many people."""
    ability = people(rng, count)
    a, b = (answered(rng, ability, form) for form in two_forms(rng))
    flat, total_a, total_b = a.reshape(count, -1), a.sum(axis=(1, 2)), b.sum(axis=(1, 2))
    by_view = [np.corrcoef(a[:, v].sum(axis=1), b[:, v].sum(axis=1))[0, 1] for v in range(VIEWPOINTS)]
    reliable, of_total = float(np.mean(by_view)), float(np.corrcoef(total_a, total_b)[0, 1])
    step = np.abs(words(a) - words(b))
    best = [(words(one) == 2)[: count // CLASS * CLASS].reshape(-1, CLASS, VIEWPOINTS).sum(axis=1) for one in (a, b)]
    spread = float(np.sqrt(a.sum(axis=2).var(axis=0, ddof=1).mean()))
    return Found(
        alpha(flat), alpha((flat == 2).astype(float)), of_total, reliable, ITEMS * spearman_brown(reliable),
        float(total_a.std(ddof=1)) * np.sqrt(1 - of_total), spread * np.sqrt(1 - reliable),
        float((step > 0).sum(axis=1).mean()), float((step > 1).sum(axis=1).mean()),
        float(np.quantile(np.abs(best[0] - best[1]), 0.95)),
    )  # fmt: skip


def simulate(count: int = 1000, draws: int = 200, seed: int = 2026) -> Found:
    """The mean over many sets of items."""
    rng = np.random.default_rng(seed)
    found = [once(rng, count) for _ in range(draws)]
    return Found(*(float(np.mean([getattr(one, name.name) for one in found])) for name in fields(Found)))


def twenty_items(seed: int = 2026) -> float:
    """Alpha of twenty right-or-wrong items on one ability: what SLOPE is chosen by."""
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(50):
        ability = rng.normal(size=(1000, 1))
        slope, hard = SLOPE * np.exp(rng.normal(0, SLOPE_SPREAD, 20)), rng.uniform(EASIEST, HARDEST, 20)
        found.append(alpha((rng.random((1000, 20)) < 1 / (1 + np.exp(-slope * (ability - hard)))).astype(float)))
    return float(np.mean(found))


def cited(found: Found, count: int, seed: int) -> dict[str, float | int]:
    """The numbers that the page says, rounded as it says them."""
    return {
        "answerers": count, "seed": seed, "alpha": round(found.alpha, 2), "viewpoint": round(found.viewpoint_parallel, 2),
        "items": round(found.items_needed), "changed": round(found.words_changed, 1), "swing": round(found.class_swing),
    }  # fmt: skip


def written(numbers: dict[str, float | int]) -> str:
    """The data file."""
    head = "# Written by `python benchmarks/diagnosis.py --write`; what the numbers mean stands there. Do not edit.\n"
    return head + "".join(f"{name}: {value}\n" for name, value in numbers.items())


def main() -> None:
    """Print a table, and write the cited numbers when asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--answerers", type=int, default=1000)
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    found = simulate(asked.answerers, asked.draws, asked.seed)
    print(f"| {'number':<20} | value |\n| --- | ---: |")
    print(f"| {'alpha, 20 items, one ability':<20} | {twenty_items(asked.seed):.2f} |")
    for name in fields(Found):
        print(f"| {name.name:<20} | {getattr(found, name.name):.2f} |")
    if asked.write:
        CITED.write_text(written(cited(found, asked.answerers, asked.seed)), "utf-8")


if __name__ == "__main__":
    main()

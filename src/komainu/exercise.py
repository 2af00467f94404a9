"""An exercise: facts and checks once, notebooks in two languages, each for the teacher and for the pupil.

In:  notebooks/<id>/{exercise.yml, checks.yml, ja.py, en.py, ja.md, en.md}, perhaps demo.py and a school's own school.yml.
Out: an Exercise, or Problems.
The pupil's notebook is derived from the teacher's: no solution, no hidden check, no output, the same cell ids.
Left out on purpose: rules that look at more than one value (exercise_checks), running (running).
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from komainu.files import Plain, read_text, read_yaml
from komainu.percent import Cell, read_cells
from komainu.problem import LANGUAGES, Report

if TYPE_CHECKING:
    from komainu.lesson import Prose

PHASES = ("own-idea", "predict", "run", "investigate", "modify", "explain", "check")
PAGE_SECTIONS = ("find-out", "class", "predictions", "limits", "further")
EXPECTATIONS = ("equals", "approx", "between", "one_of", "type", "raises", "prints", "like", "has", "lacks")
NOTEBOOK_FORMAT = 1
"""The version of what stands under `komainu` in a notebook's metadata."""


@dataclass(frozen=True)
class Step:
    """A part of the class hour."""

    id: str
    phase: str
    minutes: int
    short: int
    line: int


@dataclass(frozen=True)
class Check:
    """One thing that is tried, and what should be seen."""

    call: dict[str, str]
    """Language -> the expression; empty for a rule on how something is written."""
    source: str
    """The function whose writing is looked at; empty for a call."""
    expect: dict[str, object]
    """One of EXPECTATIONS with its value (approx with `within`; has and lacks go together)."""
    hidden: bool
    draw: dict[str, dict]
    """Name -> where its value is drawn from: {from, to, step} or {choice: [...]}."""
    times: int
    points: int
    say: dict[str, str]
    known: tuple[dict, ...]
    """Misconceptions: {value, ja, en}; the first whose value was seen speaks instead of `say`."""
    path: str
    """checks.yml, or the school's own school.yml."""
    line: int

    def drawn(self, lang: str, seed: str) -> list[str]:
        """The calls of a hidden check, their inputs drawn from the seed; a call without inputs comes once."""
        if not self.draw:
            return [self.call[lang]]
        rng = random.Random(seed)  # noqa: S311  inputs of exercises, no secret
        return [self._filled(lang, rng) for _ in range(self.times)]

    def _filled(self, lang: str, rng: random.Random) -> str:
        inputs = {name: repr(_one(where, rng)) for name, where in sorted(self.draw.items())}
        return re.sub(r"\{([a-z_]+)\}", lambda m: inputs.get(m[1], m[0]), self.call[lang])


def _one(where: dict, rng: random.Random) -> object:
    if "choice" in where:
        return rng.choice(where["choice"])
    low, high, step = where["from"], where["to"], where.get("step", 1)
    most = int((high - low) / step + 1e-9)  # ten steps of 0.1 make a whole, whatever the machine's fractions say
    return round(low + step * rng.randint(0, most), 9)


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that pupils really give, and a word that must stand in the answer to it."""

    code: dict[str, str]
    says: dict[str, str]
    line: int


@dataclass(frozen=True)
class Question:
    """What one cell to be filled in asks for."""

    id: str
    skill: str
    hint: dict[str, str]
    checks: tuple[Check, ...]
    mistakes: tuple[Mistake, ...]
    line: int

    @property
    def visible(self) -> tuple[Check, ...]:
        """The checks that stand in the notebook."""
        return tuple(check for check in self.checks if not check.hidden)

    @property
    def hidden(self) -> tuple[Check, ...]:
        """The checks that only the teacher's side knows."""
        return tuple(check for check in self.checks if check.hidden)


@dataclass(frozen=True)
class OwnWords:
    """A text that pupils write in their own words; a teacher marks it, never a machine."""

    id: str
    skill: str
    points: int
    look_for: dict[str, str]
    line: int


@dataclass(frozen=True)
class Slider:
    """One dial of a demonstration."""

    name: str
    """The argument of `demo` in demo.py."""
    low: float
    high: float
    step: float
    start: float
    label: dict[str, str]


@dataclass(frozen=True)
class Demo:
    """A machine that a teacher shows: one button, three sliders, driven by notebooks/<id>/demo.py."""

    button: dict[str, str]
    sliders: tuple[Slider, ...]
    data: tuple[str, ...]
    """The files of data/ that it reads."""
    code: str
    """The text of demo.py: a function `demo` that takes the dials and how often the button was pressed."""


@dataclass(frozen=True)
class Exercise:
    """One exercise: facts once, notebooks and page twice."""

    id: str
    version: int
    title: dict[str, str]
    tagline: dict[str, str]
    stages: tuple[str, ...]
    """The first is the one whose reading rules hold."""
    device: str
    minutes: int
    short: int
    steps: tuple[Step, ...]
    skills: tuple[str, ...]
    machines: tuple[str, ...]
    sources: tuple[str, ...]
    next: tuple[str, ...]
    demo: Demo | None
    questions: tuple[Question, ...]
    own_words: tuple[OwnWords, ...]
    cells: dict[str, tuple[Cell, ...]]
    """Language -> cells."""
    prose: dict[str, Prose]
    """Language -> the words of the page."""
    facts: Plain
    asked: Plain | None
    """checks.yml with its line numbers; None when it could not be read."""

    @property
    def path(self) -> str:
        """The exercise.yml, relative to the root."""
        return self.facts.path

    @property
    def folder(self) -> str:
        """The exercise's folder, relative to the root."""
        return f"notebooks/{self.id}"

    def question(self, ident: str) -> Question | None:
        """The question of this id."""
        return next((q for q in self.questions if q.id == ident), None)


# --- reading -------------------------------------------------------------------------------------

def read_exercise(root: Path, folder: str, report: Report) -> Exercise | None:
    """The exercise in notebooks/<folder>, or None when its facts cannot be read."""
    from komainu.lesson import read_prose  # needs a reader of Markdown, which the browser's Python has not

    base = f"notebooks/{folder}"
    facts = read_yaml(root, f"{base}/exercise.yml", "exercise", report)
    asked = read_yaml(root, f"{base}/checks.yml", "checks", report)
    school = read_yaml(root, f"{base}/school.yml", "school", report) if (root / base / "school.yml").exists() else None
    texts = {lang: read_text(root, f"{base}/{lang}.py", report) for lang in LANGUAGES}
    prose = {lang: read_prose(root, f"{base}/{lang}.md", report) for lang in LANGUAGES}
    demo = read_text(root, f"{base}/demo.py", report) if facts and "demo" in facts.data else None
    if facts is None:
        return None
    if facts.data["id"] != folder:
        report.add(facts.path, facts.line("id"), "id-folder", id=facts.data["id"], folder=folder)
    cells = {lang: read_cells(f"{base}/{lang}.py", text, report) for lang, text in texts.items() if text is not None}
    return _exercise(facts, asked, _own_checks(school, asked, report), cells, {lang: p for lang, p in prose.items() if p}, demo)


def of_data(facts: dict, asked: dict, school: dict | None, texts: dict[str, str]) -> Exercise:
    """The exercise of what its files hold, read and checked before: exercise.yml, checks.yml, school.yml, and {lang}.py by language."""
    base = f"notebooks/{facts['id']}"
    held = {name: data and Plain(f"{base}/{name}.yml", data, {}) for name, data in (("exercise", facts), ("checks", asked), ("school", school))}
    report = Report()
    cells = {lang: read_cells(f"{base}/{lang}.py", text, report) for lang, text in texts.items()}
    own = _own_checks(held["school"], held["checks"], report)
    return _exercise(held["exercise"], held["checks"], own, cells, {}, None)


def _own_checks(school: Plain | None, asked: Plain | None, report: Report) -> dict[str, tuple[Check, ...]]:
    """The hidden checks that a school adds, by question; they reach neither the pupil's notebook nor the site."""
    known = [question["id"] for question in asked.data["questions"]] if asked else []
    found: dict[str, tuple[Check, ...]] = {}
    for index, entry in enumerate(school.data["questions"] if school and asked else ()):
        if entry["id"] not in known:
            report.add(school.path, school.line("questions", index), "school-question", id=entry["id"], known=", ".join(known))
        found[entry["id"]] = tuple(_check(school, c, ("questions", index, "checks", i)) for i, c in enumerate(entry["checks"]))
    return found


def _exercise(facts: Plain, asked: Plain | None, own: dict, cells: dict, prose: dict, demo: str | None) -> Exercise:
    data = facts.data
    steps = [Step(s["id"], s["phase"], s["minutes"], s["short"], facts.line("steps", i)) for i, s in enumerate(data["steps"])]
    lists = [tuple(data[name]) for name in ("skills", "machines", "sources", "next")]
    questions = [_question(asked, i, q, own.get(q["id"], ())) for i, q in enumerate(asked.data["questions"])] if asked else []
    own_words = [
        OwnWords(w["id"], w["skill"], w["points"], w["look_for"], asked.line("own_words", i))
        for i, w in enumerate(asked.data["own_words"])
    ] if asked else []
    return Exercise(
        data["id"], data["version"], data["title"], data["tagline"], tuple(data["stages"]), data["device"],
        data["minutes"], data["short"], tuple(steps), *lists, _demo(data, demo), tuple(questions), tuple(own_words), cells, prose, facts, asked,
    )


def _demo(data: dict, code: str | None) -> Demo | None:
    if code is None:
        return None
    sliders = [
        Slider(s["name"], s["from"], s["to"], s["step"], s["start"], {lang: s[lang] for lang in LANGUAGES})
        for s in data["demo"]["sliders"]
    ]
    return Demo(data["demo"]["button"], tuple(sliders), tuple(data["demo"]["data"]), code)


def _both(value: object) -> dict[str, str]:
    """A text for both languages, or the one for each."""
    return value if isinstance(value, dict) else dict.fromkeys(LANGUAGES, value)


def _question(asked: Plain, index: int, data: dict, own: tuple[Check, ...]) -> Question:
    where = ("questions", index)
    checks = [_check(asked, c, (*where, "checks", i)) for i, c in enumerate(data["checks"])]
    mistakes = [
        Mistake(_both(m["code"]), _both(m.get("says", "")), asked.line(*where, "mistakes", i))
        for i, m in enumerate(data["mistakes"])
    ]
    return Question(data["id"], data["skill"], data["hint"], (*checks, *own), tuple(mistakes), asked.line(*where))


def _check(plain: Plain, data: dict, where: tuple) -> Check:
    return Check(
        _both(data["call"]) if "call" in data else {}, data.get("source", ""), data["expect"], data.get("hidden", False),
        data.get("draw", {}), data.get("times", 1), data["points"], data["say"], tuple(data.get("if", ())),
        plain.path, plain.line(*where),
    )


# --- what stands in a check cell -----------------------------------------------------------------

def as_tried(check: Check, lang: str) -> dict[str, object]:
    """A visible check as the notebook's `check` takes it."""
    tried: dict[str, object] = {"call": check.call[lang]} if check.call else {"source": check.source}
    tried |= check.expect
    tried["say"] = check.say[lang]
    if check.known:
        tried["if"] = [{"value": known["value"], "say": known[lang]} for known in check.known]
    return tried


def check_source(question: Question, lang: str) -> str:
    """The source of a question's check cell."""
    lines = "".join(f"    {as_tried(check, lang)!r},\n" for check in question.visible)
    return f"check({question.id!r}, {question.hint[lang]!r}, [\n{lines}])"


# --- notebooks -----------------------------------------------------------------------------------

TAGS = {"predict": "predict", "explain": "own-words", "code": "fill"}


def sources(exercise: Exercise, lang: str, reader: str) -> Iterator[tuple[Cell, str]]:
    """Every cell with its source for `teacher` or `pupil`, check cells written out."""
    for cell in exercise.cells[lang]:
        question = exercise.question(cell.check) if cell.check else None
        yield cell, check_source(question, lang) if question else getattr(cell, reader)


def notebook(exercise: Exercise, lang: str, reader: str = "pupil") -> dict:
    """The notebook for `teacher` or `pupil` in nbformat 4.5, without outputs."""
    return {
        "cells": [_as_cell(cell, source) for cell, source in sources(exercise, lang, reader)],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "komainu": {
                "exercise": exercise.id, "format": NOTEBOOK_FORMAT, "language": lang, "reader": reader,
                "version": exercise.version,
            },
            "language_info": {"name": "python"},
            "title": exercise.title[lang],
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _as_cell(cell: Cell, source: str) -> dict:
    ours = {"step": cell.step, "fill": cell.fill, "check": cell.check}
    metadata: dict = {"komainu": {name: value for name, value in ours.items() if value}}
    if cell.fill in TAGS:
        metadata["tags"] = [TAGS[cell.fill]]
    if cell.kind == "markdown" or cell.check:
        metadata |= {"deletable": False, "editable": False}
    lines = source.splitlines(keepends=True)
    made: dict = {"cell_type": cell.kind, "id": cell.id, "metadata": metadata, "source": lines}
    return made | ({"execution_count": None, "outputs": []} if cell.kind == "code" else {})


def notebook_bytes(exercise: Exercise, lang: str, reader: str = "pupil") -> bytes:
    """The notebook as a file: the same sources, the same bytes."""
    text = json.dumps(notebook(exercise, lang, reader), ensure_ascii=False, indent=1, sort_keys=True)
    return (text + "\n").encode()

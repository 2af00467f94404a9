"""Marks for one submission: what was asked for is tried, what was seen is compared here, and words are left to a person.

In:  a Submission, an Exercise, a seed, what the teacher's solution showed.   Out: a result as plain data, ready for JSON.
The child gets expressions only. The exercise's own cells are run around the pupil's answers, so that nothing a pupil tried
beside them, and no check that stands in the file, has a say. Status and marks are two things: what cannot be read has no marks.
Left out on purpose: reading files (handed_in), which cell is which (matching), tables and pages (gradebook, feedback).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from komainu.exercise import Check, Exercise, Question, as_tried
from komainu.grading.guarding import reached
from komainu.grading.handed_in import Submission, clean
from komainu.grading.matching import Answer, Work, work
from komainu.grading.observed import Asking, Ran, Step, answered, observing
from komainu.grading.syntax import bound, needed, parse, said_in
from komainu.percent import Cell
from komainu.problem import LANGUAGES, Unable
from komainu.running import Execute, hidden_calls, hidden_met
from smallmachines.checking import feedback, meets, same
from smallmachines.notes import bare
from smallmachines.words import language

NOTHING = "—"
"""The prediction that is noted where a pupil made none, so that the cells behind it do their work."""
NOTED = '__import__("smallmachines.notes").notes._predictions[{name!r}]'
LONGEST_TEXT, LONGEST_VALUE = 4000, 200
Data = dict[str, Any]


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """The machines' sentences in this language, and afterwards in the one before. Not for several threads at once."""
    before = language()
    language(lang)
    try:
        yield
    finally:
        language(before)


# --- what is run ---------------------------------------------------------------------------------

@dataclass(frozen=True)
class Plan:
    """An exercise as it is run with somebody's answers."""

    exercise: Exercise
    lang: str
    seed: str
    answers: Mapping[str, Answer]
    helpers: Mapping[str, tuple[str, ...]]

    def steps(self) -> list[Step]:
        """The exercise's own cells, the answers in their places, each visible check behind its answer, hidden ones at the end."""
        code = [cell for cell in self.exercise.cells[self.lang] if cell.kind == "code"]
        imports = imported(self.exercise, self.lang)
        steps = [step for cell in code for step in self._cell(cell, imports)]
        hidden = [step for question in self.exercise.questions for step in self._hidden(question, imports)]
        return steps + hidden

    def _cell(self, cell: Cell, imports: str) -> Iterator[Step]:
        question = self.exercise.question(cell.check) if cell.check else None
        if question:
            for number, check in enumerate(question.visible):
                yield Step(f"visible {question.id} {number}", imports, (_call(check, self.lang),))
        elif cell.fill == "predict":
            yield from self._prediction(cell)
        elif cell.fill == "code":
            written = self.answers[cell.id].pieces or (cell.pupil,)
            for number, source in enumerate((*self.helpers.get(cell.id, ()), *written)):
                yield Step(f"answer {cell.id} {number}", source)
        elif not (cell.fill or cell.check):
            yield Step(f"given {cell.id}", cell.pupil, tuple({"call": call} for call in compared(cell).values()))

    def _prediction(self, cell: Cell) -> Iterator[Step]:
        name = str(next(iter(said_in(cell.teacher)), cell.id))
        look = ({"call": NOTED.format(name=name)},)
        yield Step(f"nothing {cell.id}", f"predict({name!r}, {NOTHING!r})")
        for number, source in enumerate(self.answers[cell.id].pieces):
            yield Step(f"predict {cell.id} {number}", source, look)

    def _hidden(self, question: Question, imports: str) -> Iterator[Step]:
        calls, at = hidden_calls(question, self.lang, self.seed), 0
        for number, count in enumerate(self.counts(question)):
            yield Step(f"hidden {question.id} {number}", imports, tuple(calls[at : at + count]))
            at += count

    def counts(self, question: Question) -> list[int]:
        """How many calls each hidden check makes."""
        return [
            len(check.drawn(self.lang, f"{self.seed} {question.id} {number}")) if check.call else 1
            for number, check in enumerate(question.hidden)
        ]


def _call(check: Check, lang: str) -> dict[str, str]:
    return {"call": check.call[lang]} if check.call else {"source": check.source}


def imported(exercise: Exercise, lang: str) -> str:
    """The imports of the given cells, run again before each check: a name that an answer has hidden is there again."""
    asked = {name for cell in exercise.cells[lang] if cell.fill == "code" for name in bound(parse(cell.teacher))}
    trees = [parse(cell.pupil) for cell in exercise.cells[lang] if cell.kind == "code" and not (cell.fill or cell.check)]
    found = [one for tree in trees if tree for one in tree.body if isinstance(one, ast.Import | ast.ImportFrom)]
    return "\n".join(ast.unparse(one) for one in found if not bound(ast.Module([one], [])) & asked)


def compared(cell: Cell) -> dict[str, str]:
    """What a given cell compares with predictions: the prediction's name -> the expression of the result."""
    tree = parse(cell.pupil)
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "compare"] if tree else []
    fine = [n for n in calls if len(n.args) == 2 and isinstance(n.args[0], ast.Constant)]
    return {str(n.args[0].value): ast.unparse(n.args[1]) for n in fine}


def reference(exercise: Exercise, lang: str, seed: str, execute: Execute) -> Data:
    """The result of `referring`, its cells run by `execute`."""
    return answered(referring(exercise, lang, seed), exercise, execute)


def referring(exercise: Exercise, lang: str, seed: str) -> Asking[Data]:
    """What the teacher's solution shows for the hidden checks, by question: the measure of `like: solution`."""
    fills = [cell for cell in exercise.cells[lang] if cell.fill]
    answers = {cell.id: Answer(cell.id, (cell.teacher,), "written") for cell in fills}
    plan = Plan(exercise, lang, seed, answers, {})
    ran = yield from observing(plan.steps())
    if ran.lost:
        raise Unable(
            f"{exercise.id} の解答が途中で止まります({', '.join(ran.lost)})。komainu run {exercise.id} で確かめてください。",
            f"The solution of {exercise.id} stops on its way ({', '.join(ran.lost)}). See komainu run {exercise.id}.",
        )
    return {question.id: [_hidden_seen(plan, ran, question)] for question in exercise.questions}


def references(exercise: Exercise, seed: str, execute: Execute) -> dict[str, Data]:
    """The same for each language in which there is the exercise."""
    return {lang: reference(exercise, lang, seed, execute) for lang in LANGUAGES if lang in exercise.cells}


def _hidden_seen(plan: Plan, ran: Ran, question: Question) -> list[dict]:
    """What all hidden calls of a question showed; empty where a check was lost."""
    seen = []
    for number, count in enumerate(plan.counts(question)):
        found = ran.of(f"hidden {question.id} {number}")
        seen += found if len(found) == count else [{}] * count
    return seen


# --- marks ---------------------------------------------------------------------------------------

def most(exercise: Exercise) -> int:
    """The points that a machine gives at most; own words come on top, by a person."""
    return sum(check.points for question in exercise.questions for check in question.checks)


@dataclass(frozen=True)
class Tried:
    """A submission that was run, ready to be judged."""

    submission: Submission
    plan: Plan | None
    work: Work
    ran: Ran


def tried(submission: Submission, exercise: Exercise, seed: str, execute: Execute, others: Iterable[Exercise] = ()) -> Tried:
    """The result of `trying`, its cells run by `execute`. Safe in several threads at once."""
    return answered(trying(submission, exercise, seed, others), exercise, execute)


def trying(submission: Submission, exercise: Exercise, seed: str, others: Iterable[Exercise] = ()) -> Asking[Tried]:
    """Run a submission; nothing is run that is not this exercise."""
    found = work(submission, exercise, others)
    if found.status == "other":
        return Tried(submission, None, found, Ran())
    plan = Plan(exercise, found.language, seed, found.answers, found.helpers)
    ran = Ran() if found.status == "nothing" else (yield from observing(plan.steps()))
    return Tried(submission, plan, found, ran)


def judged(one: Tried, references: Mapping[str, Data]) -> Data:
    """The result of a submission; the sentences are in the language of its notebook."""
    if one.plan is None:
        return _empty(one.work)
    with speaking(one.plan.lang):
        questions = [_question(one, q, references[one.plan.lang][q.id][0]) for q in one.plan.exercise.questions]
    status = one.work.status or _worst(one.ran.lost) or "ok"
    points = [q["points"] for q in questions if q["points"] is not None]
    nothing = status == "nothing" or not points or _all_lost(questions)
    return {
        "status": status, "language": one.plan.lang, "notes": _notes(one, questions), "questions": questions,
        "own_words": [_own_words(one, words) for words in one.plan.exercise.own_words],
        "predictions": _predictions(one), "points": None if nothing else sum(points), "of": most(one.plan.exercise),
    }  # fmt: skip


def _empty(found: Work) -> Data:
    notes = [{"note": name, "cells": list(cells)} for name, cells in found.notes]
    return {
        "status": found.status, "language": found.language, "notes": notes, "questions": [], "own_words": [], "predictions": [],
        "points": None, "of": None,
    }  # fmt: skip


def _worst(lost: Mapping[str, str]) -> str:
    return next((kind for kind in ("memory", "stopped", "timeout") if kind in lost.values()), "")


def _all_lost(questions: list[Data]) -> bool:
    """Whether of all that was answered nothing could be tried."""
    written = [q for q in questions if q["status"] not in ("untouched", "missing")]
    return bool(written) and all(q["status"] in ("memory", "stopped", "timeout") and not q["points"] for q in written)


def _notes(one: Tried, questions: list[Data]) -> list[Data]:
    notes = [*one.work.notes, ("look", tuple(q["id"] for q in questions if q["look"]))]
    notes += [("given-lost", tuple(sorted(step.split()[1] for step in one.ran.lost if step.startswith("given "))))]
    return [{"note": name, "cells": list(cells)} for name, cells in notes if cells]


# --- a question ----------------------------------------------------------------------------------

def _question(one: Tried, question: Question, right: list[dict]) -> Data:
    plan = one.plan
    cell = next((c for c in plan.exercise.cells[plan.lang] if c.fill == "code" and c.id == question.id), None)
    answer = plan.answers.get(question.id)
    status = answer.status if answer else "missing"
    lost = _worst({step: kind for step, kind in one.ran.lost.items() if step.split()[1] == question.id})
    checks = list(_checks(one, question, right, lost)) if status == "written" else [_unseen(plan, check) for check in question.checks]
    look = sorted(_look(one, cell, question)) if status == "written" else []
    points = None if look else sum(check["points"] for check in checks)
    errors = [e for step, e in one.ran.errors.items() if step.startswith(f"answer {question.id} ")] if status == "written" else []
    return {
        "id": question.id, "status": lost or status, "look": look, "points": points, "of": sum(c.points for c in question.checks),
        "error": " ".join(errors[0]) if errors else "", "checks": checks,
    }  # fmt: skip


def _unseen(plan: Plan, check: Check) -> Data:
    """A check of an answer that is not there."""
    call = check.call.get(plan.lang) or check.source
    return {"hidden": check.hidden, "call": call, "of": check.points, "points": 0, "met": False, "saw": "", "says": "", "known": False}


def _checks(one: Tried, question: Question, right: list[dict], lost: str) -> Iterator[Data]:
    """The checks in the order of checks.yml."""
    plan, numbers = one.plan, {True: 0, False: 0}
    seen = _hidden_seen(plan, one.ran, question)
    met = hidden_met(question, plan.lang, seen, right, plan.seed)
    for check in question.checks:
        number = numbers[check.hidden]
        numbers[check.hidden] += 1
        if check.hidden:
            yield _hidden_check(plan, question, number, seen, met[number])
        else:
            shown = (one.ran.of(f"visible {question.id} {number}") or [{}])[0]
            yield _visible_check(plan, check, shown, one.ran.lost.get(f"visible {question.id} {number}", lost))


def _visible_check(plan: Plan, check: Check, seen: dict, lost: str) -> Data:
    what = as_tried(check, plan.lang)
    fine = bool(seen) and meets(what, seen)
    says = "" if fine or not seen else clean(feedback(what, seen))
    return _unseen(plan, check) | {
        "points": check.points if fine else 0, "met": fine, "saw": saw(seen, lost), "says": says, "known": not fine and _known(check, seen),
    }  # fmt: skip


def _hidden_check(plan: Plan, question: Question, number: int, seen: list[dict], fine: bool) -> Data:
    """A hidden check: the pupil is told what to look at, never what was tried; the teacher sees what came."""
    check, counts = question.hidden[number], plan.counts(question)
    at = sum(counts[:number])
    calls = hidden_calls(question, plan.lang, plan.seed)[at : at + counts[number]]
    shown = seen[at : at + counts[number]]
    known = [] if fine else [known for one in shown for known in check.known if _is(one, known)]
    says = "" if fine else (known[0] if known else check.say)[plan.lang]
    return _unseen(plan, check) | {
        "call": calls[0].get("call") or calls[0]["source"], "points": check.points if fine else 0, "met": fine,
        "saw": " / ".join(saw(one, "") for one in shown)[:LONGEST_VALUE], "says": says, "known": bool(known),
    }  # fmt: skip


def _known(check: Check, seen: dict) -> bool:
    return any(_is(seen, known) for known in check.known)


def _is(seen: dict, known: Mapping) -> bool:
    return "value" in seen and same(seen["value"], known["value"])


def saw(seen: dict, lost: str) -> str:
    """What a check saw, for the teacher: a value as Python writes it, or the kind of what came instead.

    >>> saw({"value": 0.30000000000000004}, ""), saw({"raised": "KeyError", "says": "…"}, ""), saw({}, "timeout")
    ('0.3', 'KeyError', 'timeout')
    """
    if "value" in seen:
        value = seen["value"]
        shown = f"{value:.6g}" if isinstance(value, float) else repr(value)
    elif "parts" in seen:
        shown = ""
    else:
        shown = next((f"{kind}: {seen[kind]}" if kind != "raised" else seen[kind] for kind in ("raised", "missing", "endless", "strange", "large") if kind in seen), lost)
    return clean(shown)[:LONGEST_VALUE]


def _look(one: Tried, cell: Cell | None, question: Question) -> set[str]:
    """What in the pupil's code makes a mark by machine worthless, until somebody has looked."""
    plan = one.plan
    tries = [check.drawn(plan.lang, f"{plan.seed} {question.id} 0")[0] if check.call else check.source for check in question.checks]
    asked = {name for c in plan.exercise.cells[plan.lang] if c.fill == "code" for name in bound(parse(c.teacher))}
    relied = set().union(*(needed(parse(call)) for call in tries)) - asked
    code = [source for answer in plan.answers.values() if _is_code(plan, answer) for source in answer.pieces]
    code += [source for sources in plan.helpers.values() for source in sources]
    usual = reached(cell.teacher, relied) | reached(cell.pupil, relied) if cell else set()
    return set().union(*(reached(source, relied) for source in code)) - usual


def _is_code(plan: Plan, answer: Answer) -> bool:
    return any(cell.id == answer.cell and cell.fill == "code" for cell in plan.exercise.cells[plan.lang])


# --- words and predictions -----------------------------------------------------------------------

def _own_words(one: Tried, words) -> Data:
    """A text for the teacher to read: as it was meant, even where its quotation marks are broken."""
    answer = one.plan.answers.get(words.id) or Answer(words.id, (), "missing")
    texts = [_text(piece) for piece in answer.pieces]
    return {"id": words.id, "of": words.points, "status": answer.status, "text": "\n".join(filter(None, texts))[:LONGEST_TEXT]}


def _text(piece: str) -> str:
    said = said_in(piece, "explain")
    if len(said) > 1:
        return clean(str(said[1])).strip()
    rest = piece.split(",", 1)[1] if piece.lstrip().startswith("explain(") and "," in piece else piece
    return re.sub(r"""^\s*(\"{3}|'{3}|["'])?\s*|\s*(\"{3}|'{3}|["'])?\s*\)?\s*$""", "", clean(rest))


def _predictions(one: Tried) -> list[Data]:
    """Each prediction beside what happened in this pupil's own notebook."""
    plan, made = one.plan, []
    results = _results(plan, one.ran)
    for cell in plan.exercise.cells[plan.lang]:
        if cell.fill == "predict":
            name = str(next(iter(said_in(cell.teacher)), cell.id))
            guess, result = _guess(one, cell), results.get(name)
            made.append({"id": cell.id, "predicted": guess, "result": result, "way": way(guess, result)})
    return made


def _results(plan: Plan, ran: Ran) -> Data:
    found: Data = {}
    for cell in plan.exercise.cells[plan.lang]:
        for name, seen in zip(compared(cell), ran.of(f"given {cell.id}"), strict=False):
            found[name] = _noted(seen)
    return found


def _guess(one: Tried, cell: Cell) -> Any:
    """The last prediction of a cell's pieces that did not end in an error."""
    pieces = [f"predict {cell.id} {number}" for number in range(len(one.plan.answers[cell.id].pieces))]
    fine = [one.ran.of(step)[0] for step in pieces if step not in one.ran.errors and one.ran.of(step)]
    guess = _noted(fine[-1]) if fine else None
    return None if guess == NOTHING else guess


def _noted(seen: dict) -> Any:
    """A value as it goes into a table: a number or a text; None for everything else."""
    value = seen.get("value")
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return round(value, 6) if abs(value) < 1e15 else None
    return clean(value if isinstance(value, str) else repr(value))[:LONGEST_VALUE]


def way(guess: Any, result: Any) -> str:
    """How a result stands to its prediction: same, lower, higher, other; empty when one of them is not there.

    >>> way(10, 8), way("A b", "ab"), way(None, 3)
    ('lower', 'same', '')
    """
    if guess is None or result is None:
        return ""
    numbers = not isinstance(guess, str) and not isinstance(result, str)
    if guess == result or (not numbers and bare(str(guess)) == bare(str(result))):
        return "same"
    return ("lower" if result < guess else "higher") if numbers else "other"

"""Which exercise a notebook is, and which of its cells answers what: by id, then by what the cells hold.

In:  a Submission and an Exercise.   Out: Work: the pupil's code for each cell to be filled in, and what the teacher should know.
A cell may be split, merged, moved, doubled or deleted, and may come from an older edition: what is found is kept.
The check cells of a submission are never part of the work; whether they were edited is only told.
Left out on purpose: whether an answer is right (grading).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from komainu.exercise import Exercise, sources
from komainu.grading.handed_in import Part, Submission
from komainu.grading.syntax import bound, compact, needed, parse, said_in, without
from komainu.percent import Cell

ALIKE, SHARE = 0.6, 0.25
"""From where on a cell counts as another's text; from which share of its cells on a notebook counts as the exercise."""
CANDIDATES = 200
"""How many cells without a known place are looked at; an exercise has some sixty cells."""


@dataclass(frozen=True)
class Answer:
    """What a pupil wrote where something is to be filled in."""

    cell: str
    """The id of the exercise's cell."""
    pieces: tuple[str, ...]
    """The sources that belong to it, in the order of the notebook; more than one when it was split or doubled."""
    status: str
    """written, untouched or missing."""


@dataclass(frozen=True)
class Work:
    """A submission as an exercise understands it."""

    status: str
    """Empty; or other, no-language, nothing."""
    language: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """By the exercise's cell id, for each cell to be filled in."""
    helpers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Cells of the pupil's own that an answer needs, by the cell before which they are run."""
    notes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """What to tell the teacher: the name of a sentence, and the cells."""


def work(submission: Submission, exercise: Exercise, others: Iterable[Exercise] = ()) -> Work:
    """The submission's answers to this exercise; a status when it is no notebook of this exercise."""
    lang, status = recognised(submission, exercise, others)
    if status:
        return Work(status, lang, notes=(("is-exercise", (submission.exercise,)),) if submission.exercise else ())
    frame = _Frame(exercise, lang)
    code = [part for part in submission.parts if part.kind == "code" and not frame.is_check(part)]
    answers = {cell.id: _answer(cell, frame, code) for cell in frame.fills}
    helpers = _helpers(frame, code, answers)
    notes = tuple((name, cells) for name, cells in _notes(submission, frame, answers, helpers) if cells)
    nothing = all(answer.status != "written" for answer in answers.values())
    return Work("nothing" if nothing else "", lang, answers, helpers, notes)


# --- which exercise ------------------------------------------------------------------------------

def recognised(submission: Submission, exercise: Exercise, others: Iterable[Exercise] = ()) -> tuple[str, str]:
    """The language of the exercise's notebook that this is, and a status when it is none."""
    shares = {lang: share(submission, exercise, lang) for lang in sorted(exercise.cells, reverse=True)}
    best = max(shares, key=lambda lang: shares[lang])
    lang = submission.language if submission.language in shares else best
    if submission.exercise == exercise.id:
        return lang, ""
    if submission.exercise or shares[best] < SHARE:
        return lang, "other"
    better = any(share(submission, other, lang) > shares[best] for other in others if other.id != exercise.id for lang in other.cells)
    return (lang, "other") if better else (lang, "")


def share(submission: Submission, exercise: Exercise, lang: str) -> float:
    """The share of the exercise's cells, by what they hold, that stand in a notebook, 0.0 to 1.0."""
    ours = {compact(source) for _, source in sources(exercise, lang, "pupil") if len(compact(source)) > 12}
    theirs = "\n".join(compact(part.source) for part in submission.parts)
    return sum(one in theirs for one in ours) / max(len(ours), 1)


# --- which cell ----------------------------------------------------------------------------------

class _Frame:
    """The exercise's notebook as it is compared with: what is given, what is to be filled in."""

    def __init__(self, exercise: Exercise, lang: str):
        self.exercise, self.lang = exercise, lang
        self.handed = {cell.id: source for cell, source in sources(exercise, lang, "pupil")}
        self.cells = [cell for cell in exercise.cells[lang] if cell.kind == "code"]
        self.fills = [cell for cell in self.cells if cell.fill]
        self.checks = {cell.id for cell in self.cells if cell.check}
        given = [parse(self.handed[cell.id]) for cell in self.cells if not (cell.fill or cell.check)]
        self.statements = {ast.dump(one) for tree in given if tree for one in tree.body}
        self.given = set().union(*(bound(tree) for tree in given if tree))
        self.asked = {cell.id: bound(parse(cell.teacher)) - self.given for cell in self.fills}

    def is_check(self, part: Part) -> bool:
        """Whether a cell is nothing but checks, or the place of a check with nothing of the pupil's own: it is never run."""
        tree = parse(part.source)
        alone = tree is not None and tree.body and all(_is_check(one) for one in tree.body)
        return bool(alone) or (part.id in self.checks and not bound(tree))

    def own(self, source: str) -> str:
        """What a pupil added to a cell: without the statements that are given anyway, and without checks."""
        return without(source, lambda one: _is_check(one) or ast.dump(one) in self.statements)


def _is_check(statement: ast.stmt) -> bool:
    call = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "check"


def _answer(cell: Cell, frame: _Frame, code: list[Part]) -> Answer:
    """The pieces of one answer: the cell of this id, and every other that gives what is asked for."""
    asked, handed = frame.asked[cell.id], compact(frame.handed[cell.id])
    found = [part for part in code if part.id == cell.id or _answers(cell, asked, part)] or _alike(frame, handed, code)
    changed = [part for part in found if compact(part.source) != handed]
    if not changed:
        return Answer(cell.id, (), "untouched" if found else "missing")
    pieces = _joined(changed, code) if cell.fill == "code" else [part.source for part in changed]
    if cell.fill == "code":
        pieces = [piece for piece in map(frame.own, pieces) if piece.strip()]
        return Answer(cell.id, tuple(pieces), "written" if pieces else "missing")
    return Answer(cell.id, tuple(pieces), _note_status(cell, pieces))


def _answers(cell: Cell, asked: set[str], part: Part) -> bool:
    """Whether a cell binds what is asked for, or notes something under the name of this cell."""
    if cell.fill == "code":
        return bool(asked & bound(parse(part.source)))
    name = said_in(cell.teacher)[:1]
    return bool(name) and bool(re.search(rf"\b{_verb(cell)}\s*\(\s*([\"']){re.escape(name[0])}\1", part.source))


def _verb(cell: Cell) -> str:
    return "predict" if cell.fill == "predict" else "explain"


def _note_status(cell: Cell, pieces: list[str]) -> str:
    """A prediction or text is written when it is more than what was handed out."""
    texts = [text for piece in pieces for text in said_in(piece, _verb(cell))[1:]]
    if texts:
        return "written" if any(str(text).strip() for text in texts) else "untouched"
    return "untouched" if all(re.search(r",\s*\.\.\.\s*\)\s*$", piece) for piece in pieces) else "written"


def _alike(frame: _Frame, handed: str, code: list[Part]) -> list[Part]:
    """The one cell, no longer known by its id, that looks most like what was handed out."""
    found = [part for part in code if part.id not in frame.handed and len(part.source) < 3_000][:CANDIDATES]
    scored = [(_likeness(handed, compact(part.source)), -at, part) for at, part in enumerate(found)]
    best = max(scored, default=(0.0, 0, None), key=lambda one: one[:2])
    return [best[2]] if best[0] >= ALIKE else []


def _likeness(one: str, other: str) -> float:
    compared = SequenceMatcher(None, one, other, autojunk=False)
    quick = min(compared.real_quick_ratio(), compared.quick_ratio())
    return compared.ratio() if quick >= ALIKE else quick


def _joined(found: list[Part], code: list[Part]) -> list[str]:
    """The pieces; one that is no Python by itself is joined with the cell behind it when the two together are."""
    pieces = []
    for part in found:
        at = code.index(part)
        both = f"{part.source}\n{code[at + 1].source}" if at + 1 < len(code) else ""
        split = parse(part.source) is None and both and parse(both) is not None
        pieces.append(both if split else part.source)
    return pieces


def _helpers(frame: _Frame, code: list[Part], answers: Mapping[str, Answer]) -> dict[str, tuple[str, ...]]:
    """For each answer in code, the pupil's own cells that bind what it needs and the exercise does not give."""
    taken = {compact(source) for answer in answers.values() for source in answer.pieces}
    free = [frame.own(part.source) for part in code if part.id not in frame.handed][:CANDIDATES]
    free = [own for own in free if own.strip() and compact(own) not in taken]
    wanted = {cell.id: answers[cell.id].pieces for cell in frame.fills if cell.fill == "code"}
    found = {cell: _needed_of(pieces, free, frame.given) for cell, pieces in wanted.items()}
    return {cell: helpers for cell, helpers in found.items() if helpers}


def _needed_of(pieces: tuple[str, ...], free: list[str], given: set[str]) -> tuple[str, ...]:
    """Those of the free cells that bind a name which the pieces need, or which one of these cells needs, in their order."""
    trees = [parse(piece) for piece in pieces]
    wanted = set().union(*map(needed, trees)) - set().union(*map(bound, trees)) - given
    used: set[int] = set()
    while more := [at for at, own in enumerate(free) if at not in used and bound(parse(own)) & wanted]:
        used |= {*more}
        wanted |= set().union(*(needed(parse(free[at])) for at in more)) - given
    return tuple(free[at] for at in sorted(used))


# --- what to tell --------------------------------------------------------------------------------

def _notes(submission: Submission, frame: _Frame, answers: Mapping[str, Answer], helpers: Mapping) -> Iterator[tuple[str, tuple[str, ...]]]:
    version = frame.exercise.version
    yield "older", (str(submission.version),) if 0 < submission.version < version else ()
    yield "newer", (str(submission.version),) if submission.version > version else ()
    yield "teachers", ("-",) if submission.reader == "teacher" else ()
    yield "no-metadata", ("-",) if not submission.exercise else ()
    if submission.version in (0, version):
        yield "tests-edited", tuple(sorted(_edited(submission, frame)))
    yield "missing", tuple(answer.cell for answer in answers.values() if answer.status == "missing")
    yield "split", tuple(answer.cell for answer in answers.values() if len(answer.pieces) > 1)
    known = {part.id for part in submission.parts}
    yield "moved", tuple(a.cell for a in answers.values() if a.status == "written" and a.cell not in known)
    yield "helpers", tuple(helpers)


def _edited(submission: Submission, frame: _Frame) -> set[str]:
    """The check cells whose text is not the exercise's."""
    return {
        part.id for part in submission.parts
        if part.id in frame.checks and part.source.split() != frame.handed[part.id].split()
    }  # fmt: skip

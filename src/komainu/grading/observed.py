"""Runs a submission step by step through an executor that is not trusted to come back, and reads what it reports.

In:  Steps and an executor.   Out: what each step showed, and the steps at which the run ended early.
A step that ends the run costs itself: the rest is run again without it. Values are read by a closed grammar, never unpickled.
Left out on purpose: what ought to have been seen (grading), and the walls around the child (the executor's).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from komainu.exercise import Exercise
from komainu.grading.handed_in import clean
from komainu.running import Execute
from smallmachines.observing import plain

AGAIN = 5
"""How often a run is begun again without the step that ended it."""
LONGEST, LONGEST_VALUE = 300, 2_000_000
T = TypeVar("T")
Asking = Generator[list[dict], tuple[list[dict], str], T]
"""Work that asks for cells to be run, is told what came of it, and ends with a result: whoever runs them may take its time."""
KINDS = ((re.compile("memory|oom|MemoryError", re.IGNORECASE), "memory"), (re.compile(r"time|deadline|limit|\d s$", re.IGNORECASE), "timeout"))


@dataclass(frozen=True)
class Step:
    """Something to run, and what to look at afterwards."""

    id: str
    source: str
    calls: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True)
class Ran:
    """What a run showed."""

    seen: dict[str, list[dict]] = field(default_factory=dict)
    """By step: one dict for each call, as `smallmachines.observing` makes them."""
    errors: dict[str, list[str]] = field(default_factory=dict)
    """By step: the sentences of the error in which it ended."""
    lost: dict[str, str] = field(default_factory=dict)
    """By step: timeout, memory or stopped, for those that ended the run or were never reached."""

    def of(self, step: str) -> list[dict]:
        """What the calls of a step showed; nothing when it was lost."""
        return self.seen.get(step, [])


def answered(asking: Asking[T], exercise: Exercise, execute: Execute) -> T:
    """The result of such work, each of its questions answered by `execute`."""
    try:
        cells = next(asking)
        while True:
            cells = asking.send(execute(exercise, cells))
    except StopIteration as done:
        return done.value


def observing(steps: list[Step]) -> Asking[Ran]:
    """Run the steps in one process; when it ends early, again without the step at which it ended.

    A step that was out of time is tried a second time: on a busy machine it may only have been the last of many.
    """
    lost: dict[str, str] = {}
    late = ""
    while True:
        left = [step for step in steps if step.id not in lost]
        lines, why = yield [_as_cell(step) for step in left]
        lines = _in_order(left, lines)
        if len(lines) == len(left):
            return _ran(left, lines, lost)
        at, kind = left[len(lines)].id, kind_of(why)
        if kind == "timeout" and at != late and len(lost) < AGAIN:
            late = at
        elif len(lost) < AGAIN:
            lost[at] = kind
        else:
            lost |= dict.fromkeys([step.id for step in left[len(lines) :]], kind)
            return _ran(left, lines, lost)


def observed(steps: list[Step], exercise: Exercise, execute: Execute) -> Ran:
    """The same, run by `execute`."""
    return answered(observing(steps), exercise, execute)


def _ran(steps: list[Step], lines: list[dict], lost: dict[str, str]) -> Ran:
    ran = Ran(lost=lost)
    for step, line in zip(steps, lines, strict=False):
        ran.seen[step.id] = _seen(line.get("observed"), len(step.calls))
        if line.get("error"):
            ran.errors[step.id] = _sentences(line["error"])
    return ran


def kind_of(why: str) -> str:
    """Why a run ended, by one of three names."""
    return next((kind for pattern, kind in KINDS if pattern.search(why)), "stopped")


def _as_cell(step: Step) -> dict:
    return {"id": step.id, "source": step.source} | ({"calls": [dict(call) for call in step.calls]} if step.calls else {})


def _in_order(steps: list[Step], lines: list) -> list[dict]:
    """The results, as far as they are those of these steps in this order."""
    fine = []
    for step, line in zip(steps, lines, strict=False):
        if not isinstance(line, dict) or line.get("id") != step.id:
            break
        fine.append(line)
    return fine


def _sentences(error: object) -> list[str]:
    found = error.get("sentences") if isinstance(error, dict) else None
    return [text(one) for one in found if isinstance(one, str)][:4] if isinstance(found, list) else []


def text(words: str) -> str:
    """Words from a child: writable, in one line, not too long."""
    return " ".join(clean(words[: 4 * LONGEST]).split())[:LONGEST]


# --- values --------------------------------------------------------------------------------------

def _seen(found: object, count: int) -> list[dict]:
    """As many observations as there were calls; what is no observation is an empty one."""
    found = found if isinstance(found, list) else []
    return [_observation(found[at]) if at < len(found) else {} for at in range(count)]


def _observation(one: object) -> dict:
    if not isinstance(one, dict):
        return {}
    words = {name: text(one[name]) for name in ("strange", "large", "raised", "says", "missing", "printed") if isinstance(one.get(name), str)}
    if isinstance(one.get("printed"), str):
        words["printed"] = clean(one["printed"])
    if isinstance(one.get("endless"), int | float):
        return {"endless": one["endless"]} | words
    if isinstance(one.get("parts"), list):
        return {"parts": [text(part) for part in one["parts"][:1000] if isinstance(part, str)]}
    if "value" in one:
        return words | _value(one["value"])
    if "raised" in words:
        words.setdefault("says", "")
    return words if set(words) & {"strange", "large", "raised", "missing"} else {}


def _value(written: object) -> dict:
    """A value as Python writes it, read back; too large when it cannot be."""
    if not isinstance(written, str) or len(written) > LONGEST_VALUE:
        return {"large": "str"}
    try:
        return {"value": plain(ast.literal_eval(written))}
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError, OverflowError):
        return {"strange": "?"}

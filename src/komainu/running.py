"""Executes exercises and holds what came out against what an exercise promises.

In:  Exercises.   Out: a Report with every promise that was broken, and the time of each cell.
The teacher's notebook must meet every check, hidden ones too; the pupil's, as handed out, must stop exactly at the cells
to be filled in and say what to do; each mistake that pupils make must be noticed and answered.
Left out on purpose: pupils' submissions (those are untrusted and go through a sandbox).
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from komainu.exercise import Check, Exercise, Question, as_tried, sources
from komainu.percent import Cell
from komainu.problem import Report
from smallmachines.checking import DATA, meets

LIMIT_S = 180
"""Wall seconds for one notebook with its mistakes, on a busy machine."""
SEED = "check"
"""From which the hidden inputs are drawn when authors try an exercise; grading has a seed of its own."""
SRC = Path(__file__).resolve().parents[1]


@dataclass
class Run:
    """What one notebook did."""

    exercise: Exercise
    lang: str
    reader: str
    """teacher or pupil."""
    cells: list[dict] = field(default_factory=list)
    """A result for each cell that was run: id, seconds, outputs, error, observed."""
    stopped: str = ""
    """Why it went no further; empty when it ended."""
    at: str = ""
    """The cell in which it stopped; empty when it ended."""

    @property
    def path(self) -> str:
        """The notebook's source, relative to the root."""
        return f"{self.exercise.folder}/{self.lang}.py"

    def of(self, ident: str) -> dict | None:
        """The result of one cell."""
        return next((cell for cell in self.cells if cell["id"] == ident), None)

    def saw(self, ident: str) -> list[dict]:
        """What the calls of one cell showed, their values read back; nothing when it was not run."""
        seen = (self.of(ident) or {"observed": ()})["observed"]
        return [one | ({"value": ast.literal_eval(one["value"])} if "value" in one else {}) for one in seen]


Execute = Callable[[Exercise, list[dict]], tuple[list[dict], str]]
"""How a job is run: the exercise (for its folder) and the cells -> results and why it stopped."""


def in_child(root: Path, limit_s: float = LIMIT_S, more_env: Mapping[str, str] | None = None) -> Execute:
    """Runs each job in a fresh CPython, for `limit_s` wall seconds at most."""

    def execute(exercise: Exercise, cells: list[dict]) -> tuple[list[dict], str]:
        command = [sys.executable, "-s", str(Path(__file__).with_name("runner.py")), str(SRC)]
        # the same on every machine: the recordings, whatever model a teacher has set up
        own = {name: value for name, value in os.environ.items() if not name.startswith("KOMAINU_MODEL")}
        env = {**own, "PYTHONUTF8": "1", **(more_env or {})}
        env.pop("PYTHONPATH", None)
        try:
            done = subprocess.run(
                command, cwd=root / exercise.folder, env=env, input=json.dumps({"cells": cells}), timeout=limit_s,
                capture_output=True, encoding="utf-8", check=False,
            )  # fmt: skip
            out, code, why = done.stdout, done.returncode, f"exit {done.returncode}: {done.stderr[-300:]}".strip(": \n")
        except subprocess.TimeoutExpired as late:
            out = late.stdout or ""
            out, code, why = out if isinstance(out, str) else out.decode("utf-8", "replace"), None, f"{limit_s:g} s"
        found = [json.loads(line) for line in out.split("\n")[:-1]]  # what follows the last line's end was cut off
        return found, "" if code == 0 and len(found) == len(cells) else why

    return execute


# --- jobs ----------------------------------------------------------------------------------------

def job(exercise: Exercise, lang: str, reader: str) -> list[dict]:
    """The cells to run: the notebook, then the hidden checks, then (teacher) each mistake with its checks."""
    cells = [{"id": c.id, "source": source} for c, source in sources(exercise, lang, reader) if c.kind == "code"]
    cells += [{"id": f"hidden {q.id}", "source": "", "calls": hidden_calls(q, lang)} for q in exercise.questions]
    if reader == "teacher":
        cells += [cell for q in exercise.questions for cell in _mistakes(exercise, q, lang)]
    return cells


def _mistakes(exercise: Exercise, question: Question, lang: str) -> Iterable[dict]:
    found = {cell.id: (cell, source) for cell, source in sources(exercise, lang, "teacher")}
    checks = [source for cell, source in found.values() if cell.check == question.id]
    if question.id not in found or not checks:
        return
    for number, mistake in enumerate(question.mistakes, 1):
        name = f"{question.id} {number}"
        yield {"id": f"mistake {name}", "source": mistake.code[lang]}
        yield {"id": f"checked {name}", "source": checks[0], "calls": hidden_calls(question, lang)}
    yield {"id": f"restored {question.id}", "source": found[question.id][1]}


def hidden_calls(question: Question, lang: str, seed: str = SEED) -> list[dict]:
    """What the hidden checks look at, inputs drawn: one dict for each call, in order."""
    return [
        {"call": call} if check.call else {"source": check.source}
        for number, check in enumerate(question.hidden)
        for call in (check.drawn(lang, f"{seed} {question.id} {number}") if check.call else [""])
    ]


def hidden_met(question: Question, lang: str, seen: list[dict], reference: list[dict], seed: str = SEED) -> list[bool]:
    """Whether each hidden check is met; `reference` is what the teacher's solution showed for the same calls."""
    met, at = [], 0
    for number, check in enumerate(question.hidden):
        count = len(check.drawn(lang, f"{seed} {question.id} {number}")) if check.call else 1
        pairs = zip(seen[at : at + count], reference[at : at + count], strict=True)
        met.append(all(_as_expected(check, lang, right, one) for one, right in pairs))
        at += count
    return met


def _as_expected(check: Check, lang: str, right: dict, one: dict) -> bool:
    if "like" not in check.expect:
        return meets(as_tried(check, lang), one)
    if "raised" in right:
        return meets({"raises": right["raised"]}, one)
    if "value" not in right:
        return False  # a solution that does not end, or gives something strange, is no measure
    value = right["value"]
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return meets({"approx": value, "within": check.expect.get("within", 1e-6)} if number else {"equals": value}, one)


# --- promises ------------------------------------------------------------------------------------

def examine(exercises: Iterable[Exercise], execute: Execute, report: Report, workers: int | None = None) -> list[Run]:
    """Run every notebook of the exercises, several at once, and note what they do not keep."""
    wanted = [(e, lang, reader) for e in exercises for lang in sorted(e.cells, reverse=True) for reader in ("teacher", "pupil")]

    def one(what: tuple[Exercise, str, str]) -> Run:
        cells = job(*what)
        results, why = execute(what[0], cells)
        return Run(*what, results, why, cells[len(results)]["id"] if why and len(results) < len(cells) else "")

    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
        runs = list(pool.map(one, wanted))
    judge(runs, report)
    return runs


def judge(runs: list[Run], report: Report) -> None:
    """Note every promise that these runs do not keep. A run that stopped keeps none, and only that is noted."""
    teachers = {(run.exercise.id, run.lang): run for run in runs if run.reader == "teacher"}
    for run in runs:
        for promise in PROMISES:
            if not run.stopped or promise is ended:
                promise(run, teachers[run.exercise.id, run.lang], report)


def ended(run: Run, teacher: Run, report: Report) -> None:
    """Every notebook comes to its end."""
    if run.stopped:
        line = next((cell.line for cell in run.exercise.cells[run.lang] if cell.id == run.at), 1)
        report.add(run.path, line, "run-stopped", reader=run.reader, cell=run.at or "—", why=run.stopped)


def solved(run: Run, teacher: Run, report: Report) -> None:
    """In the teacher's notebook no cell fails, and every visible check is met."""
    for cell, result in _code_cells(run, "teacher"):
        if result["error"]:
            report.add(run.path, cell.line, "run-error", cell=cell.id, found=_sentences(result))
        elif cell.check and not _all_met(result):
            report.add(run.path, cell.line, "run-unmet", cell=cell.id, found=_text(result)[:300])


def handed_out(run: Run, teacher: Run, report: Report) -> None:
    """The pupils' notebook, nothing filled in, stops at the cells to be filled in and nowhere else, and gives the hints."""
    for cell, result in _code_cells(run, "pupil"):
        question = run.exercise.question(cell.check)
        if cell.fill in ("predict", "explain"):
            if not result["error"] or result["error"]["name"] != "ValueError":
                report.add(run.path, cell.line, "handed-out-fine", cell=cell.id)
        elif question:
            if result["error"] or _met(result)[0]:
                report.add(run.path, cell.line, "handed-out-fine", cell=cell.id)
            elif question.hint[run.lang] not in _text(result):
                report.add(run.path, cell.line, "handed-out-hint", cell=cell.id)
        elif result["error"] and not (cell.needs or cell.fill):
            report.add(run.path, cell.line, "handed-out-error", cell=cell.id, found=_sentences(result))


def hidden(run: Run, teacher: Run, report: Report) -> None:
    """The teacher's solution meets every hidden check; nothing filled in meets none."""
    for question in run.exercise.questions:
        reference = teacher.saw(f"hidden {question.id}")
        if not reference:
            continue  # the teacher's run did not get there, which has been noted
        met = hidden_met(question, run.lang, run.saw(f"hidden {question.id}"), reference)
        for check, fine in zip(question.hidden, met, strict=True):
            if fine != (run.reader == "teacher"):
                rule = "hidden-unmet" if run.reader == "teacher" else "hidden-free"
                report.add(check.path, check.line, rule, id=question.id, lang=run.lang)


def answered(run: Run, teacher: Run, report: Report) -> None:
    """Every mistake that pupils make fails a check, and is answered with its word."""
    for question in run.exercise.questions if run is teacher else ():
        for number, mistake in enumerate(question.mistakes, 1):
            name = f"{question.id} {number}"
            made, result = run.of(f"mistake {name}"), run.of(f"checked {name}")
            if made is None:
                continue  # the cells of this question do not fit together, which the check has noted
            values = {"id": question.id, "number": number, "lang": run.lang}
            said, wanted = " ".join(filter(None, (_text(result), _sentences(made)))), mistake.says[run.lang]
            unseen = not made["error"] and _all_met(result)  # by the visible checks, so that no card says anything
            if unseen and all(hidden_met(question, run.lang, run.saw(f"checked {name}"), run.saw(f"hidden {question.id}"))):
                report.add(run.exercise.asked.path, mistake.line, "mistake-unnoticed", **values)
            elif wanted not in said:
                report.add(run.exercise.asked.path, mistake.line, "mistake-unanswered", wanted=wanted, found=said[:300], **values)


PROMISES = (ended, solved, handed_out, hidden, answered)


def _code_cells(run: Run, reader: str) -> Iterable[tuple[Cell, dict]]:
    """The notebook's own code cells with what they did, when it is this reader's notebook."""
    return [(cell, run.of(cell.id)) for cell in run.exercise.cells[run.lang] if cell.kind == "code" and run.reader == reader]


def _sentences(result: dict) -> str:
    return " / ".join((result["error"] or {"sentences": ()})["sentences"])


def _met(result: dict) -> tuple[int, int]:
    data = next((o["data"][DATA] for o in result["outputs"] if DATA in o.get("data", {})), {"met": 0, "of": 1})
    return data["met"], data["of"]


def _all_met(result: dict) -> bool:
    met, of = _met(result)
    return not result["error"] and met == of


def _text(result: dict) -> str:
    return "\n".join(o.get("text") or o["data"].get("text/plain", "") for o in result["outputs"])


# --- time ----------------------------------------------------------------------------------------

def timetable(run: Run) -> str:
    """One line: whose notebook, seconds in all, and the milliseconds of each cell, the slowest marked."""
    total, most, slowest = times(run)
    cells = " ".join(f"{c['id']}:{c['seconds'] * 1000:.0f}" for c in _own(run) if c["seconds"] >= 0.001)
    head = f"{run.exercise.id} {run.lang} {run.reader}"
    return f"{head}: {total:.2f} s, {slowest} {most:.2f} s\n  ms: {cells or '0'}"


def as_dict(run: Run) -> dict[str, object]:
    """The run for `--format json`."""
    cells = {cell["id"]: cell["seconds"] for cell in _own(run)}
    return {"exercise": run.exercise.id, "lang": run.lang, "reader": run.reader, "stopped": run.stopped, "cpu_seconds": cells}


def times(run: Run) -> tuple[float, float, str]:
    """CPU seconds of the notebook's own cells: all of them, the slowest, and which that was."""
    own = _own(run)
    slowest = max(own, key=lambda c: c["seconds"], default={"seconds": 0.0, "id": "—"})
    return sum(c["seconds"] for c in own), slowest["seconds"], slowest["id"]


def _own(run: Run) -> list[dict]:
    """The results of the notebook's own cells, without hidden checks and mistakes."""
    ids = {cell.id for cell in run.exercise.cells[run.lang]}
    return [cell for cell in run.cells if cell["id"] in ids]

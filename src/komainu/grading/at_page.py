"""Marking in a browser: the same matching, marks and pages as the command, one step at a time.

In:  an exercise as data, files that were handed in, what a frame says that ran the cells.   Out: the next cells, and one zip.
It runs in the browser's Python, in a worker that never runs a pupil's code. What a frame says is read by a closed grammar.
Left out on purpose: the frame, its limits of time and the page (web/grading).
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from komainu import reported
from komainu.exercise import Exercise, of_data
from komainu.files import parse_yaml
from komainu.grading.gradebook import counted, label, status
from komainu.grading.handed_in import Submission, handed_in
from komainu.grading.marks import Tried, judged, most, referring, trying
from komainu.grading.observed import Asking
from komainu.grading.run import SEED, Data, results_data, written
from komainu.grading.unpacking import shown
from komainu.problem import LANGUAGES, Report, Unable
from komainu.zips import packed

REFERENCE = "solution "
"""How the jobs begin that run the teacher's solution; every other job is the digest of a submission."""


class Marking:
    """One exercise, and all that was handed in for it."""

    def __init__(self, about: str, lang: str, seed: str, more: str, folder: str):
        """Read the exercise; `more` are the texts of checks.yml and school.yml by file name, for its hidden checks."""
        self.exercise = _exercise(json.loads(about), json.loads(more))
        if seed and not SEED.fullmatch(seed):
            raise Unable(f"シード {seed!r} は、英数字40字までにしてください。", f"The seed {seed!r} should be at most 40 letters and digits.")
        self.lang, self.seed, self.folder = lang, seed or secrets.token_hex(4), Path(folder)
        self.submissions: list[Submission] = []
        self.wanted: dict[str, Submission] = {}
        self.asking: dict[str, Asking] = {}
        self.cells: dict[str, list[dict]] = {}
        self.references: dict[str, Data] = {}
        self.results: dict[str, Data] = {}
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    @property
    def hidden(self) -> int:
        """How many hidden checks there are."""
        return sum(len(question.hidden) for question in self.exercise.questions)

    def put(self, path: str, raw: bytes, when: float) -> None:
        """Take in a file that was handed in, by its path below the folder that was chosen."""
        file = self.folder / shown(path.encode("utf-8", "replace"))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(raw)
        os.utime(file, (when, when))

    def read(self) -> str:
        """The jobs to be done: the solutions first, which all else is measured by."""
        self.submissions = handed_in(self.folder, self.exercise.id)
        self.wanted = {one.digest: one for one in self.submissions if one.counts and not one.status}
        solutions = [f"{REFERENCE}{lang}" for lang in LANGUAGES if lang in self.exercise.cells] if self.wanted else []
        return json.dumps({"solutions": solutions, "jobs": list(self.wanted)})

    def ask(self, job: str) -> str:
        """The first cells of a job, begun anew; nothing when it is done without."""
        if job.startswith(REFERENCE):
            self.asking[job] = referring(self.exercise, job.removeprefix(REFERENCE), self.seed)
        else:
            self.asking[job] = trying(self.wanted[job], self.exercise, self.seed)
        return self._go_on(job, None)

    def tell(self, job: str, said: str, why: str) -> str:
        """What a frame said of the cells of a job, and why it said no more; the next cells, or nothing when the job is done."""
        return self._go_on(job, lines(self.cells[job], json.loads(said), why))

    def _go_on(self, job: str, answer: tuple[list[dict], str] | None) -> str:
        try:
            self.cells[job] = self.asking[job].send(answer)
        except StopIteration as done:
            self._done(job, done.value)
            return ""
        return json.dumps(self.cells[job])

    def _done(self, job: str, result: Data | Tried) -> None:
        del self.asking[job]
        if job.startswith(REFERENCE):
            self.references[job.removeprefix(REFERENCE)] = result
        else:
            self.results[job] = judged(result, self.references)

    def table(self) -> str:
        """Rows for the page: whose, what became of it, points; and how many points there are."""
        data = results_data(self.exercise, self.seed, self.submissions, self.results)
        rows = [[label(one), status(one, self.lang), one["points"]] for one in counted(data)]
        return json.dumps({"rows": rows, "of": most(self.exercise), "hidden": self.hidden, "seed": self.seed})

    def zip(self) -> bytes:
        """Everything that the command writes, as one file."""
        data = results_data(self.exercise, self.seed, self.submissions, self.results)
        return packed({**written(self.exercise, data, self.lang), "seed.txt": f"{self.seed}\n".encode()})


def lines(cells: Sequence[dict], said: Sequence[object], why: str) -> tuple[list[dict], str]:
    """What a frame said, as far as it is what an honest one says; the rest was lost."""
    found: list[dict] = []
    for cell, text in zip(cells, said, strict=False):
        line = _line(cell, text)
        if line is None:
            return found, "stopped"
        found.append(line)
    return found, "" if len(found) == len(cells) else why or "stopped"


def _line(cell: dict, text: object) -> dict | None:
    try:
        line = json.loads(text) if isinstance(text, str) and len(text) <= 6 * reported.LONGEST else None
    except (ValueError, RecursionError, MemoryError):
        return None
    if not isinstance(line, dict) or not isinstance(line.get("said"), str) or not isinstance(line.get("seen"), list):
        return None
    shown_ = reported.cell(line["said"])
    seen = [reported.seen(one) if isinstance(one, str) else None for one in line["seen"]]
    if shown_ is None or None in seen or len(seen) != len(cell.get("calls", ())):
        return None
    return {"id": cell["id"], "seconds": 0.0, **shown_, "observed": seen}


# --- the exercise --------------------------------------------------------------------------------

def _exercise(about: Data, more: Mapping[str, str]) -> Exercise:
    """The exercise of the site, with the hidden checks of the files that were opened."""
    asked, school = about["asked"], None
    for name, text in more.items():
        report = Report()
        plain = parse_yaml(name, text, report)
        if plain is None:
            raise Unable(f"{name} を読めません。YAML の形を確かめてください。", f"{name} cannot be read. Is it YAML?")
        if "own_words" in plain.data:
            asked = plain.data
        else:
            school = plain.data
    try:
        exercise = of_data(about["facts"], asked, school, about["sources"])
        known = {question["id"] for question in about["asked"]["questions"]}
        fits = {q.id for q in exercise.questions} == known and {q["id"] for q in (school or {"questions": ()})["questions"]} <= known
        for question in exercise.questions:
            for number, check in enumerate(question.checks):
                fits = fits and isinstance(check.points, int) and {*LANGUAGES} <= set(check.say) and bool(check.drawn("ja", f"{number}") if check.call else check.source)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        fits = False
    if not fits:
        raise Unable(
            f"{'、'.join(more)} は、この演習の検査のファイルではありません。", f"{', '.join(more)} does not hold the checks of this exercise."
        )
    return exercise

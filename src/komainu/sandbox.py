"""Pupils' code, run where it can reach nothing, by as many workers as the machine has room for.

In:  the root, and jobs: the cells of a notebook with the calls to look at.   Out: for each job, in order, what was seen.
Each job has a Python of its own, and another one after a cell that did not end; the earlier cells are run again in it, so
a mistake costs one question. A worker is a process with two pipes; it is killed when its time is over, and replaced.
What it says is taken for true only as far as it fits a closed grammar. It cannot be known whether a pupil's code wrote a
report itself; but a report holds values and no verdict, so that it gains nothing that the right answer would not.
Left out on purpose: expected values and marks (grading). A result's texts are a pupil's: never show them as HTML.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from queue import SimpleQueue

from komainu import component, reported
from komainu.exercise import Exercise
from komainu.memo import digest
from komainu.problem import Unable

STATUSES = ("ok", "timeout", "stopped", "memory", "output", "refused")
"""How a job or a cell can end. refused: it was not run, for it is no job of cells, or too much of one."""
MOST_CELLS, MOST_SIGNS, MOST_CALLS = 400, 1_000_000, 400
LONGEST_LINE = 6 * reported.LONGEST + 100_000
"""What a worker may write at once; an honest line is shorter however many signs are escaped."""
START_S, GRACE_S = 60, 10


@dataclass(frozen=True)
class Limits:
    """What a job may use."""

    cell_s: float = 15.0
    """Seconds of the processor for one cell, some three times what the slowest cell of an exercise takes."""
    call_s: float = 3
    """The same for one call that is looked at, as long as the notebook's own checks wait."""
    job_s: float = 60.0
    """The same for all, cells that are run again included."""
    idle_s: float = 3.0
    """Seconds by the clock without any work: whoever waits for something waits for ever."""
    wall_s: float = 300.0
    """Seconds by the clock in all, after which the worker is killed: for a very busy machine, or whoever dawdles."""
    memory_mib: int = 256
    signs: int = reported.LONGEST
    """What the component may say at once."""


@dataclass(frozen=True)
class Job:
    """One submission to run."""

    cells: list[dict]
    """Each {id, source}, perhaps with `calls`: a list of {call: expression} or {source: name of a function}."""
    folder: str = ""
    """The exercise's folder, relative to the root, whose tables the cells may read."""
    go_on: bool = True
    """Whether the cells after one that did not end are run, in a fresh Python and without it; else they are left out."""
    limits: Limits | None = None
    """What this job may use, if not what the pool allows: a solution's own time tells how much that need be."""


@dataclass
class Result:
    """What one submission did."""

    status: str = "ok"
    """The first of STATUSES, other than ok, that a cell ended with."""
    at: str = ""
    """The cell where that was."""
    cells: list[dict] = field(default_factory=list)
    """For each cell: id, status, ended (whether it did, whatever its calls did), seconds (of the processor), outputs,
    error, observed (one for each of its calls)."""


class Pool:
    """Workers, and the jobs they do. Made by `workers`."""

    def __init__(self, root: Path, native: Path, count: int, limits: Limits):
        self.limits = limits
        self.tables = cache(lambda folder: tables(root / folder) if folder else "{}")
        self.workers = [Worker(native) for _ in range(count)]
        self.idle: SimpleQueue[Worker] = SimpleQueue()
        self.threads = ThreadPoolExecutor(count)
        self.closed = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()
        for worker in self.workers:
            self.idle.put(worker)

    def run(self, jobs: Iterable[Job]) -> Iterator[Result]:
        """The results in the order of the jobs; only a few of either are held at a time."""
        waiting: deque[Future[Result]] = deque()
        for job in jobs:
            waiting.append(self.threads.submit(self.one, job))
            if len(waiting) > 4 * len(self.workers):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def one(self, job: Job) -> Result:
        """The result of one job."""
        if not is_job(job.cells):
            return Result("refused")
        worker = self.idle.get()
        try:
            return _Attempt(job, job.limits or self.limits, self.tables(job.folder), worker).result()
        finally:
            self.idle.put(worker)

    def execute(self, exercise: Exercise, cells: list[dict]) -> tuple[list[dict], str]:
        """One job as `komainu.running` wants it: the cells up to one that did not end, and why it did not."""
        result = self.one(Job(cells, exercise.folder, go_on=False))
        ended = [cell for cell in result.cells if cell["ended"]]
        lines = [{name: cell[name] for name in ("id", "seconds", "outputs", "error", "observed")} for cell in ended]
        return lines, "" if len(lines) == len(cells) else result.status

    def close(self) -> None:
        """End all workers, in the middle of a job or not."""
        self.closed.set()
        for worker in self.workers:
            worker.over = True
            worker.stop()
        self.threads.shutdown(cancel_futures=True)
        for worker in self.workers:
            worker.kill()

    def _watch(self) -> None:
        while not self.closed.wait(0.2):
            for worker in self.workers:
                if time.monotonic() > worker.end:
                    worker.stop()


@contextmanager
def workers(root: Path, count: int = 0, limits: Limits = Limits()) -> Iterator[Pool]:
    """A pool of `count` workers, or one for each processor; Unable when the component has not been made."""
    pool = Pool(root, component.ready(root), count or os.cpu_count() or 1, limits)
    try:
        yield pool
    finally:
        pool.close()


def tables(folder: Path) -> str:
    """The texts of the exercise's data folder by name, as JSON."""
    files = sorted((folder / "data").glob("*")) if (folder / "data").is_dir() else []
    held = {file.name: file.read_text("utf-8", "replace") for file in files if file.is_file() and not file.name.endswith(".licence.yml")}
    return json.dumps(held, ensure_ascii=False)


def is_job(cells: object) -> bool:
    """Whether these are cells that can be run: of the right kinds, and not too many or too long."""
    if not isinstance(cells, list) or len(cells) > MOST_CELLS or not all(isinstance(cell, dict) for cell in cells):
        return False
    calls = [call for cell in cells for call in cell.get("calls", ())]
    texts = [cell.get(name) for cell in cells for name in ("id", "source")] + [_looked_at(call) for call in calls]
    return len(calls) <= MOST_CALLS and all(isinstance(text, str) for text in texts) and sum(map(len, texts)) <= MOST_SIGNS


def _looked_at(call: dict) -> object:
    return call.get("source") if set(call) == {"source"} else call.get("call") if set(call) == {"call"} else None


# --- one job -------------------------------------------------------------------------------------

NOTHING = {"said": "", "seen": [], "seconds": 0.0}


class _Attempt:
    """The way of one job through as many instances as it needs."""

    def __init__(self, job: Job, limits: Limits, files: str, worker: Worker):
        self.job, self.limits, self.files, self.worker = job, limits, files, worker
        self.left_s = limits.job_s
        self.until = time.monotonic() + limits.wall_s
        self.skip: list[int] = []
        self.made = Result()

    def result(self) -> Result:
        """What all cells did."""
        while len(self.made.cells) < len(self.job.cells):
            before = len(self.made.cells)
            whole = self._run()
            if not self.job.go_on and not self.made.cells[-1]["ended"]:
                break
            if whole or self._over() or len(self.made.cells) == before:
                self._rest()
        return self.made

    def _over(self) -> bool:
        return self.left_s <= 0 or time.monotonic() >= self.until

    def _run(self) -> bool:
        """Take what a worker says about the cells that are not done yet; whether it came to its own end."""
        limits = asdict(self.limits) | {"job_s": self.left_s, "wall_s": max(self.until - time.monotonic(), 1)}
        asked = {"cells": self.job.cells, "from": len(self.made.cells), "skip": self.skip, "limits": limits, "go_on": self.job.go_on}
        for line in self.worker.run(asked, self.files):
            if line["at"] != len(self.made.cells):
                break
            self.left_s -= line["seconds"]
            self._take(line)
            if not self.made.cells[-1]["ended"]:
                self.skip.append(line["at"])
        if self.worker.whole:
            return True
        if len(self.made.cells) < len(self.job.cells):
            self.left_s -= self.limits.cell_s  # nobody knows how much it was
            self.skip.append(len(self.made.cells))
            self._take(NOTHING | {"status": "timeout" if self.worker.late else "stopped"})
        return False

    def _take(self, line: dict) -> None:
        """Note what is known of the next cell."""
        cell = self.job.cells[len(self.made.cells)]
        calls = len(cell.get("calls", ()))
        status, shown, seen = _checked(line, calls)
        missing = {"endless": self.limits.call_s} if status == "timeout" else {"raised": "SystemExit", "says": ""}
        if status != "ok" and self.made.status == "ok":
            self.made.status, self.made.at = status, cell["id"]
        known = {"id": cell["id"], "status": status, "ended": bool(line["said"]), "seconds": line["seconds"]}
        self.made.cells.append(known | shown | {"observed": seen + [missing] * (calls - len(seen))})

    def _rest(self) -> None:
        """The cells that are not run any more: there is no time, or an earlier one does not end when it is run again."""
        while len(self.made.cells) < len(self.job.cells):
            self._take(NOTHING | {"status": "timeout" if self._over() else "stopped"})


def _checked(line: dict, calls: int) -> tuple[str, dict, list[dict]]:
    """The status of a cell, what it showed, and what its calls showed, if all of it fits the grammar."""
    status, nothing = line["status"], {"outputs": [], "error": None}
    shown = reported.cell(line["said"]) if line["said"] else nothing
    seen = [reported.seen(text) for text in line["seen"]]
    whole = (line["said"] and len(seen) == calls) if status == "ok" else len(seen) <= calls
    if shown is None or None in seen or not whole:
        return "stopped", nothing, []
    raised = [(shown["error"] or {}).get("name"), *(one.get("raised") for one in seen)]
    return "memory" if status == "ok" and "MemoryError" in raised else status, shown, seen


# --- a worker ------------------------------------------------------------------------------------

class Worker:
    """A process that runs jobs, started when there is one and again after it was killed."""

    def __init__(self, native: Path):
        self.native = native
        self.process: subprocess.Popen[bytes] | None = None
        self.end = float("inf")
        """When it has to be killed, by the monotonic clock."""
        self.whole = False
        """Whether it came to the end of its last job."""
        self.late = False
        """Whether its last job ended because its time was over."""
        self.over = False
        """Whether it must not be started again."""
        self.kept: set[str] = set()

    def run(self, asked: dict, files: str) -> Iterator[dict]:
        """What it says about the cells of a job, as far as it is well formed; it is killed after anything else."""
        self.late = self.whole = False
        try:
            process = self._started()
            self.end = time.monotonic() + asked["limits"]["wall_s"] + GRACE_S
            self._write(process, asked, files)
            while (line := _line(process)) and "done" not in line:
                yield line
            self.whole = line is not None
        except OSError:  # it ended while it was written to
            self.whole = False
        finally:
            overdue, self.end = time.monotonic() > self.end, float("inf")
            if not self.whole:
                self.late = overdue or self._ended_late()
                self.kill()

    def stop(self) -> None:
        """Make the process end, whatever it does; whoever reads from it will notice."""
        process = self.process
        if process is not None:
            with contextlib.suppress(OSError):
                process.kill()

    def kill(self) -> None:
        """End the process and be rid of it."""
        self.stop()
        process, self.process = self.process, None
        if process is not None:
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    pipe.close()

    def _started(self) -> subprocess.Popen[bytes]:
        if self.over:
            raise OSError("closed")
        if self.process is None or self.process.poll() is not None:
            self.kill()
            command = [sys.executable, "-I", str(component.CAGE), "serve", str(self.native)]
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env=component.environment(), cwd=self.native.parent,
            )  # fmt: skip
            self.kept, self.end = set(), time.monotonic() + START_S
            if "ready" not in (_line(self.process) or {}):
                raise Unable("採点用の Python が動きません。komainu build grader で作り直してください。", "The grader's Python does not start. komainu build grader makes it anew.")
        return self.process

    def _write(self, process: subprocess.Popen[bytes], asked: dict, files: str) -> None:
        name = digest(files.encode())
        lines = [] if name in self.kept else [{"keep": {name: files}}]
        self.kept.add(name)
        for line in (*lines, asked | {"files": name}):
            process.stdin.write(json.dumps(line).encode("ascii") + b"\n")
        process.stdin.flush()

    def _ended_late(self) -> bool:
        """Whether it ended itself because its instance did not."""
        try:
            return self.process is not None and self.process.wait(1) == LATE
        except subprocess.TimeoutExpired:
            return False


LATE = 3
"""The exit code with which a worker says that its time was over (cage)."""
SHAPE = {"at": int, "said": str, "status": str, "seen": list, "seconds": float | int}


def _line(process: subprocess.Popen[bytes]) -> dict | None:
    """The next line of a worker; None when it ended or said what no worker says."""
    text = process.stdout.readline(LONGEST_LINE)
    try:
        line = json.loads(text) if text.endswith(b"\n") else None
    except (ValueError, RecursionError):
        return None
    if line in ({"ready": True}, {"done": True}):
        return line
    fine = isinstance(line, dict) and set(line) == set(SHAPE) and all(isinstance(line[name], SHAPE[name]) for name in SHAPE)
    return line if fine and line["status"] in STATUSES and all(isinstance(one, str) for one in line["seen"]) else None

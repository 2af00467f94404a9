"""The same marking on the machines of a Dask cluster, some hundred submissions at a time.

In:  a scheduler's address, an exercise.   Out: a Marking for `grade`: every submission with its result, each exactly once.
There and back goes JSON text and nothing else: cells there, without the pupils' names and files, and results back. Each
worker has Komainu's folder of its own, and walls of its own, inside which pupils' programs are run (sandbox).
What a machine takes with it when it breaks down is marked by another. A batch that breaks them down is halved, until it is
known which submission does it; that one is tried once more with nothing beside it, and then left to a person.
Left out on purpose: starting a cluster, its keys (the section in docs/*/developers.md says how).
"""

from __future__ import annotations

import atexit
import json
import logging
import platform
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from komainu import component
from komainu.exercise import Exercise, read_exercise
from komainu.grading.handed_in import Part, Submission
from komainu.grading.marks import judged, references, tried
from komainu.grading.pupils import Pupil
from komainu.grading.run import EMPTY, Data, Marking, Results, decides
from komainu.problem import Report, Unable
from komainu.sandbox import Limits, Pool

BATCH = 100
"""Submissions in a batch; fewer where there are too few for all machines."""
AHEAD = 4
"""Batches for each thread of the cluster, so that a fast machine can do more than a slow one."""
ANSWER_S, WORKER_S, LOOK_S = 20, 60, 10
"""Seconds to wait for the scheduler's answer, for a worker to come or to come back, and between two looks."""
CUTS = 5
"""How often in a row, without one result between, the connection may be lost."""
NOBODY = Pupil("", "", "", 0, "")


# --- on a worker ---------------------------------------------------------------------------------

def batch(text: str) -> str:
    """The results of a batch by digest, null where marking failed; or why nothing can be marked here. JSON text both ways."""
    asked = json.loads(text)
    try:
        with _ONE_AT_A_TIME:
            desk = _desk(asked["exercise"], asked["seed"], asked["decides"])
        return json.dumps({"results": {one.digest: desk.result(one) for one in map(_read, asked["submissions"])}})
    except Unable as unable:
        return json.dumps({"unable": [unable.ja, str(unable)], "machine": platform.node()})


_ONE_AT_A_TIME = Lock()
"""For what is made once in a process, and for the machines' language, which is one for all threads."""


class _Desk:
    """An exercise, ready to be marked here."""

    def __init__(self, exercise: Exercise, seed: str, pool: Pool):
        self.exercise, self.seed, self.pool = exercise, seed, pool
        self.right = references(exercise, seed, pool.execute)

    def result(self, one: Submission) -> Data | None:
        """The result of one submission; None where our own program fails at it."""
        try:
            ran = tried(one, self.exercise, self.seed, self.pool.execute)
            with _ONE_AT_A_TIME:
                return judged(ran, self.right)
        except Unable:
            raise
        except Exception:  # it must cost nobody but itself
            logging.getLogger("distributed.worker").exception("One submission could not be marked")
            return None


@cache
def _desk(ident: str, seed: str, decided: str) -> _Desk:
    exercise = read_exercise(Path.cwd(), ident, Report())
    if exercise is None or decides(exercise, Path.cwd(), seed) != decided:
        raise Unable(
            f"演習 {ident} か、Komainu か Python の版が、採点を頼んだ機械と違います。ワーカーを、同じ版の Komainu のフォルダーで始めてください。",
            f"The exercise {ident}, or the version of Komainu or Python, is not that of the machine that asks. Start the worker in a folder with the same Komainu.",
        )
    return _Desk(exercise, seed, _pool())


@cache
def _pool() -> Pool:
    """Walls for as many pupils' programs as this worker has threads; the component is made if it is not there."""
    from distributed import Lock as ClusterLock
    from distributed import get_worker

    with ClusterLock(f"komainu {platform.node()} {Path.cwd()}"):  # several workers of a machine share the folder
        native = component.build(Path.cwd())
    pool = Pool(Path.cwd(), native, get_worker().state.nthreads, Limits())
    atexit.register(pool.close)
    return pool


# --- what travels --------------------------------------------------------------------------------

def _written(one: Submission) -> Data:
    """What a worker needs of a submission: neither whose it is nor where it was."""
    cells = [[part.id, part.kind, part.source] for part in one.parts]
    return {"digest": one.digest, "exercise": one.exercise, "version": one.version, "language": one.language, "reader": one.reader, "cells": cells}


def _read(sent: Data) -> Submission:
    parts = tuple(Part(*cell) for cell in sent["cells"])
    return Submission("", NOBODY, "", (), sent["exercise"], sent["version"], sent["language"], sent["reader"], parts, sent["digest"], 0.0)


# --- here ----------------------------------------------------------------------------------------

def cluster(address: str, exercise: Exercise) -> Marking:
    """A marking by the workers of the scheduler at this address."""
    return lambda left, seed, decided: _Marked(address, left, {"exercise": exercise.id, "seed": seed, "decides": decided}).results()


class _Marked:
    """Submissions on their way; whatever breaks, what is still to be done stands in `todo`."""

    def __init__(self, address: str, left: Iterable[Submission], about: Data):
        self.address, self.about = address, about
        self.todo = {one.digest: one for one in left}
        self.suspects: list[str] = []
        """Those over which machines broke down, or that only were near when they did."""
        self.cuts = -1
        """How often the connection was lost since the last result; -1 until there was one."""

    def results(self) -> Results:
        """Every submission with its result, in the order in which they come."""
        from distributed import CancelledError

        while self.todo:
            try:
                with _client(self.address) as client:
                    self.cuts = max(self.cuts, 0)
                    yield from self._all(client)
            except (CancelledError, OSError) as error:
                if self.cuts in (-1, CUTS):
                    raise _no_answer(self.address) from error
                self.cuts += 1

    def _all(self, client) -> Results:
        threads = _threads(client)
        sure = [name for name in self.todo if name not in self.suspects]
        size = max(1, min(BATCH, -(-len(sure) // (AHEAD * threads))))
        batches = deque(sure[at : at + size] for at in range(0, len(sure), size))
        for names, found in self._round(client, batches, AHEAD * threads):
            if found is not None:
                yield from self._done(names, found)
            elif len(names) > 1:
                batches.extend((names[: len(names) // 2], names[len(names) // 2 :]))
            else:
                self.suspects += names
        for names, found in self._round(client, deque([name] for name in self.suspects if name in self.todo), 1):
            yield from self._done(names, found or dict.fromkeys(names))

    def _round(self, client, batches: deque[list[str]], most: int) -> Iterator[tuple[list[str], dict | None]]:
        """Each batch with its answer, or None when machines broke down over it; at most so many on their way at a time."""
        running: dict[Any, list[str]] = {}
        while batches or running:
            while batches and len(running) < most:
                text = json.dumps(self.about | {"submissions": [_written(self.todo[name]) for name in batches[0]]})
                running[client.submit(batch, text, pure=False)] = batches.popleft()
            for future in _ended(client, list(running)):
                names = running.pop(future)
                yield names, _answer(future, names)

    def _done(self, names: list[str], found: dict[str, Data | None]) -> Results:
        self.cuts = 0
        for name in names:
            yield self.todo.pop(name), found[name] or EMPTY | {"status": "crashed"}


@contextmanager
def _client(address: str) -> Iterator[Any]:
    """The connection; keys and certificates are those of Dask's own settings."""
    from distributed import Client

    for name in ("distributed.client", "distributed.core", "distributed.comm"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what they tell at length is said here in one sentence
    try:
        client = Client(address, timeout=ANSWER_S, set_as_default=False, direct_to_workers=False)
    except (ValueError, TypeError, RuntimeError) as error:  # no address, or no certificate for it
        raise _no_answer(address) from error
    with client:
        yield client


def _threads(client) -> int:
    """How many threads the cluster has; waits a little for the first worker, or for one to come back."""
    try:
        client.wait_for_workers(1, timeout=WORKER_S)
    except TimeoutError:
        raise Unable(
            "クラスターにワーカーがいません。dask worker を始めて、もう一度実行してください。採点の済んだ分は残っています。",
            "The cluster has no worker. Start dask worker and run this again; what was marked is kept.",
        ) from None
    return sum(client.nthreads().values()) or 1


def _ended(client, running: list) -> set:
    """Those that came to an end, as soon as there is one."""
    from distributed import wait

    while True:
        try:
            with client.as_current():
                return wait(running, timeout=LOOK_S, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            _threads(client)


def _answer(future, names: list[str]) -> dict[str, Data | None] | None:
    """The results of a batch; None when the machines that had it broke down."""
    from distributed import CancelledError, KilledWorker

    if future.status in ("cancelled", "lost"):
        raise CancelledError
    if future.status == "error":
        error = future.exception()
        if isinstance(error, KilledWorker):
            return None
        raise _no_komainu(error)
    found = json.loads(future.result())
    if "unable" in found:
        ja, en = found["unable"]
        raise Unable(f"ワーカー {found['machine']} では採点できません。{ja}", f"The worker {found['machine']} cannot mark. {en}")
    results = found["results"]
    return results if set(results) == set(names) and all(map(_is_result, results.values())) else None


def _is_result(one: object) -> bool:
    return one is None or (isinstance(one, dict) and set(one) == {*EMPTY, "status"})


def _no_answer(address: str) -> Unable:
    return Unable(
        f"{address} のスケジューラーに届きません。アドレスと接続、証明書を確かめて、もう一度実行してください。採点の済んだ分は残っています。",
        f"The scheduler at {address} does not answer. Check the address, the connection and the certificates and run this again; what was marked is kept.",
    )


def _no_komainu(error: BaseException) -> Unable:
    return Unable(
        f"ワーカーで採点を始められません({type(error).__name__})。ワーカーにも、同じ版の Komainu と komainu[cluster] を入れてください。",
        f"A worker cannot begin to mark ({type(error).__name__}). Install the same Komainu with komainu[cluster] on the workers, too.",
    )


def check_installed() -> None:
    """Unable when Dask is not there."""
    try:
        import distributed  # noqa: F401
    except ImportError:
        raise Unable(
            "--scheduler に要る distributed が入っていません。pip install 'komainu[cluster]' で入ります。",
            "distributed, which --scheduler needs, is not installed. pip install 'komainu[cluster]' brings it.",
        ) from None

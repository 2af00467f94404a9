"""Marks a class: a folder or zip in, a folder with gradebook, feedback pages and class pages out.

In:  the exercise, what was handed in, an executor or a marking (cluster).   Out: files below `out`, and the data of results.json.
Each result is kept in `out/kept` by everything that decides it, as soon as it is there: a run that was killed goes on where it
stopped, and what has not changed is not run again. The same submissions and seed give the same bytes.
Left out on purpose: printing (cli).
"""

from __future__ import annotations

import json
import platform
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from importlib import resources
from pathlib import Path
from typing import Any

from komainu.exercise import Exercise
from komainu.given import given
from komainu.grading.class_page import class_page, screen_page
from komainu.grading.feedback import feedback_page
from komainu.grading.gradebook import gradebook
from komainu.grading.handed_in import Submission, handed_in
from komainu.grading.marks import Tried, judged, most, references, tried
from komainu.grading.pupils import file_names
from komainu.memo import digest
from komainu.problem import Unable
from komainu.running import Execute

Data = dict[str, Any]
Progress = Callable[[int, int, str], None]
Results = Iterator[tuple[Submission, Data]]
Marking = Callable[[list[Submission], str, str], Results]
"""Submissions, the seed and the name of all else that decides in; each submission with its result, in any order, out."""
FORMAT = 1
"""The version of results.json."""
PASSING = ("timeout", "crashed")
"""What may be otherwise next time, for a machine was busy or broken: it is not kept."""
DECIDES = (
    "cage", "component", "exercise", "percent", "reported", "runner", "running", "sandbox",
    "grading/marks", "grading/guarding", "grading/handed_in", "grading/matching", "grading/observed", "grading/syntax",
)  # fmt: skip
"""The modules that decide a result."""
SEED = re.compile(r"[0-9A-Za-z_-]{1,40}")
KEPT = re.compile(r"[0-9a-f]{32}\.json(\.new)?")


def grade(
    exercise: Exercise, source: Path, out: Path, execute: Execute, root: Path, *, seed: str | None = None, workers: int = 2,
    lang: str = "ja", others: Iterable[Exercise] = (), progress: Progress = lambda done, total, name: None,
    marking: Marking | None = None,
) -> Data:  # fmt: skip
    """Mark everything in `source` and write the results below `out`; returns the data of results.json.

    The marking is done here, by `execute`, unless another one is given.
    """
    _check_place(source, out)
    seed = _seed(out, seed)
    submissions = handed_in(source, exercise.id)
    kept = _Kept(out / "kept", decides(exercise, root, seed))
    here = lambda left, seed, _: _marked(left, exercise, seed, execute, workers, tuple(others))  # noqa: E731
    try:
        results = _results(submissions, lambda left: (marking or here)(left, seed, kept.decides), kept, progress)
        data = results_data(exercise, seed, submissions, results)
        _write(out, written(exercise, data, lang))
        kept.tidy()
    except OSError as error:
        raise _no_place(out, error) from error
    return data


def _check_place(source: Path, out: Path) -> None:
    here, there = source.resolve(), out.resolve()
    if there == here or here in there.parents:
        raise Unable(
            f"{out} は提出物のフォルダーの中です。--out に別の場所を書いてください。",
            f"{out} is inside the folder of submissions. Give another place with --out.",
        )


def _seed(out: Path, seed: str | None) -> str:
    """The seed that was given, or that of the last run in this folder, or a new one; written down before anything is run."""
    file = out / "seed.txt"
    try:
        before = file.read_text("utf-8").strip() if file.is_file() else ""
        chosen = str(seed) if seed is not None else before if SEED.fullmatch(before) else secrets.token_hex(4)
        if not SEED.fullmatch(chosen):
            raise Unable(f"シード {chosen!r} は、英数字40字までにしてください。", f"The seed {chosen!r} should be at most 40 letters and digits.")
        _put(file, f"{chosen}\n".encode())
    except (OSError, UnicodeDecodeError) as error:
        raise _no_place(out, error) from error
    return chosen


def _no_place(out: Path, error: Exception) -> Unable:
    why = getattr(error, "strerror", None) or error
    return Unable(f"{out} に書けません({why})。--out に別の場所を書いてください。", f"{out} cannot be written ({why}). Give another place with --out.")


# --- results, kept -------------------------------------------------------------------------------

def decides(exercise: Exercise, root: Path, seed: str) -> str:
    """A name for all that decides a result besides the submission: the exercise, the machines, the code, Python, the seed."""
    folder = root / exercise.folder
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file() and p.suffix != ".ipynb"}
    own = resources.files("komainu")
    files |= {f"komainu/{name}.py": own.joinpath(f"{name}.py").read_bytes() for name in DECIDES}
    files |= {name: file.read_bytes() for name, file in given().items()}
    parts = [f"{name} {digest(raw)}" for name, raw in sorted(files.items())]
    return digest("\n".join([*parts, platform.python_version(), seed]).encode())


class _Kept:
    """The results of earlier runs, one file each; a file that is no result of ours is as good as none."""

    def __init__(self, folder: Path, decides: str):
        self.folder, self.decides = folder, decides
        self.used: set[str] = set()

    def name(self, what: str) -> str:
        """The file of a submission's result."""
        name = f"{digest(f'{self.decides} {what}'.encode())}.json"
        self.used.add(name)
        return name

    def get(self, what: str) -> Data | None:
        """The kept result, or None."""
        try:
            found = json.loads((self.folder / self.name(what)).read_bytes())
        except (OSError, ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) else None

    def put(self, what: str, result: Data) -> None:
        """Keep a result at once, whole or not at all."""
        _put(self.folder / self.name(what), _json(result))

    def tidy(self) -> None:
        """Drop what this run did not ask for."""
        for file in self.folder.iterdir() if self.folder.is_dir() else ():
            if KEPT.fullmatch(file.name) and file.name not in self.used:
                file.unlink(missing_ok=True)


def _json(data: Data) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8", "replace")


def _put(file: Path, content: bytes) -> None:
    """Write a file whole or not at all; nothing at all when it is so already."""
    if file.is_file() and file.read_bytes() == content:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f"{file.name}.new")
    new.write_bytes(content)
    new.replace(file)


def _results(submissions: list[Submission], marking: Callable[[list[Submission]], Results], kept: _Kept, progress: Progress) -> dict[str, Data]:
    """The result of every submission that counts and can be read, by digest."""
    wanted = {one.digest: one for one in submissions if one.counts and not one.status}
    results = {name: found for name in wanted if (found := kept.get(name)) is not None}
    progress(len(results), len(wanted), "")
    left = [one for name, one in wanted.items() if name not in results]
    for one, result in marking(left) if left else ():
        results[one.digest] = result
        if result["status"] not in PASSING:
            kept.put(one.digest, result)
        progress(len(results), len(wanted), one.path)
    if set(results) != set(wanted):
        raise RuntimeError(f"{len(results)} results for {len(wanted)} submissions")
    return results


def _marked(left: list[Submission], exercise: Exercise, seed: str, execute: Execute, workers: int, others: tuple[Exercise, ...]) -> Results:
    right = references(exercise, seed, execute)
    for ran in _tried(left, exercise, seed, execute, workers, others):
        yield ran.submission, judged(ran, right)


def _tried(left: list[Submission], exercise: Exercise, seed: str, execute: Execute, workers: int, others: tuple[Exercise, ...]):
    """Every submission as soon as it was run, several at once; few wait in memory, however many there are."""
    todo = iter(left)
    with ThreadPoolExecutor(max(workers, 1)) as pool:
        running: set[Future[Tried]] = set()
        while True:
            for one in todo:
                running.add(pool.submit(tried, one, exercise, seed, execute, others))
                if len(running) >= 2 * max(workers, 1):
                    break
            if not running:
                return
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()


# --- what comes out ------------------------------------------------------------------------------

EMPTY: Data = {"language": "", "notes": [], "questions": [], "own_words": [], "predictions": [], "points": None, "of": None}


def results_data(exercise: Exercise, seed: str, submissions: list[Submission], results: dict[str, Data]) -> Data:
    """The content of results.json; `results` are those of `judged`, by digest."""
    pages = iter(file_names([one.pupil.label or one.path for one in submissions if _has_page(one)]))
    entries = [_entry(one, results, f"feedback/{next(pages)}.html" if _has_page(one) else "") for one in submissions]
    return {
        "format": FORMAT, "exercise": exercise.id, "version": exercise.version, "seed": seed, "of": most(exercise),
        "submissions": entries,
    }  # fmt: skip


def _has_page(one: Submission) -> bool:
    """Every pupil gets a page, also one whose notebook cannot be read; a picture or a memo gets none."""
    return one.counts and one.status != "not-notebook"


def _entry(one: Submission, results: dict[str, Data], page: str) -> Data:
    found = results.get(one.digest) if one.counts and not one.status else None
    status = found["status"] if found else one.status or "superseded"
    notes = [{"note": name, "cells": []} for name in one.notes] + (found["notes"] if found else [])
    about = {
        "file": one.path, "name": one.pupil.name, "number": one.pupil.number, "lms": one.pupil.id, "tries": one.tries if one.counts else 1,
        "counts": one.counts, "digest": one.digest,
    }  # fmt: skip
    return {**EMPTY, **(found or {}), **about, "notes": notes, "status": status, "page": page}


def written(exercise: Exercise, data: Data, lang: str) -> dict[str, bytes]:
    """All files that come out, by path."""
    pages = {one["page"]: feedback_page(exercise, one, lang) for one in data["submissions"] if one["page"]}
    return {
        **pages, **gradebook(exercise, data, lang), "class.html": class_page(exercise, data, lang),
        "class-screen.html": screen_page(exercise, data, lang), "results.json": _json(data),
    }  # fmt: skip


def _write(out: Path, files: dict[str, bytes]) -> None:
    """Write what is new, and take away the pages of the last run that nobody belongs to any more; results.json comes last."""
    try:
        before = json.loads((out / "results.json").read_bytes())["submissions"]
        pages = {one["page"] for one in before if re.fullmatch(r"feedback/[\w\-・]+\.html", one["page"])}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        pages = set()
    for name, content in files.items():
        _put(out / name, content)
    for name in pages - set(files):
        (out / name).unlink(missing_ok=True)

"""Read everything, check everything: the one door through which commands get a Curriculum.

A lesson or an exercise that has not changed since the last run is not read again, and neither are the level of its
Japanese and the room on its papers measured again: all follow from its own files alone. The rules that look beyond one folder run every time.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from komainu.checks import check
from komainu.curriculum import Curriculum, read
from komainu.diagnosis.lint import check_diagnosis
from komainu.exercise import read_exercise
from komainu.files import LIMIT_BYTES
from komainu.handouts.fitting import check_lesson_fits
from komainu.lesson import read_lesson
from komainu.level import check_exercise_level, check_glossary_level, check_lesson_level
from komainu.memo import Memo
from komainu.policy.checks import check_policy
from komainu.problem import Problem, Report

LESSON = ("lessons", ("lesson.yml", "quiz.yml", "ja.md", "en.md"), read_lesson, (check_lesson_level, check_lesson_fits))
EXERCISE = (
    "notebooks", ("exercise.yml", "checks.yml", "ja.py", "en.py", "ja.md", "en.md"), read_exercise, (check_exercise_level,),
)
"""Where such folders stand, the files that decide everything, how one is read, and what is measured in it."""

MAYBE = ("demo.py", "school.yml")
"""What an exercise may have besides."""


def load(root: Path, today: date) -> tuple[Curriculum, Report]:
    """The curriculum below `root` and every problem it has. With errors in the report, no output may be written."""
    report = Report()
    memo = Memo(root / "build" / "cache" / "sources")
    curriculum = read(root, report, partial(_kept, memo, LESSON), partial(_kept, memo, EXERCISE))
    check(curriculum, today, report)
    check_glossary_level(curriculum, report)
    check_policy(curriculum, today, report)
    check_diagnosis(curriculum, report)
    if not report:
        memo.save()
    return curriculum, report


def _kept(memo: Memo, kind: tuple, root: Path, folder: str, report: Report) -> object:
    """One folder, out of the memo when its files are the same; files that are no files are looked at every time."""
    place, names, *_ = kind
    contents = _contents(root / place / folder, names)
    if contents:
        found, problems = memo.get([place.encode(), folder.encode(), *contents], lambda: _examine(kind, root, folder))
    else:
        found, problems = _examine(kind, root, folder)
    report.extend(problems)
    return found


def _contents(folder: Path, names: tuple[str, ...]) -> list[bytes]:
    """The folder's files, or nothing when one cannot be read; reading it will say why."""
    files = [folder / name for name in names]
    try:
        fine = all(file.is_file() and file.stat().st_size <= LIMIT_BYTES for file in files)
        return [file.read_bytes() for file in [*files, *(folder / name for name in MAYBE if (folder / name).is_file())]] if fine else []
    except OSError:
        return []


def _examine(kind: tuple, root: Path, folder: str) -> tuple[object, list[Problem]]:
    _, _, read_one, measures = kind
    report = Report()
    found = read_one(root, folder, report)
    for measure in measures if found else ():
        measure(found, report)
    return found, report.problems

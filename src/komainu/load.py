"""Read everything, check everything: the one door through which commands get a Curriculum.

A lesson that has not changed since the last run is not read again, and neither is the level of its Japanese measured
again: both follow from its four files alone. The rules that look beyond one lesson run every time.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from komainu.checks import check
from komainu.curriculum import Curriculum, read
from komainu.files import LIMIT_BYTES
from komainu.lesson import Lesson, read_lesson
from komainu.level import check_glossary_level, check_lesson_level
from komainu.memo import Memo
from komainu.problem import LANGUAGES, Problem, Report

FILES = ("lesson.yml", "quiz.yml", *(f"{lang}.md" for lang in LANGUAGES))


def load(root: Path, today: date) -> tuple[Curriculum, Report]:
    """The curriculum below `root` and every problem it has. With errors in the report, no output may be written."""
    report = Report()
    memo = Memo(root / "build" / "cache" / "lessons")
    curriculum = read(root, report, partial(_kept, memo))
    check(curriculum, today, report)
    check_glossary_level(curriculum, report)
    if not report:
        memo.save()
    return curriculum, report


def _kept(memo: Memo, root: Path, folder: str, report: Report) -> Lesson | None:
    """One lesson, out of the memo when its files are the same; files that are no files are looked at every time."""
    contents = _contents(root / "lessons" / folder)
    if contents:
        lesson, problems = memo.get([folder.encode(), *contents], lambda: _examine(root, folder))
    else:
        lesson, problems = _examine(root, folder)
    report.extend(problems)
    return lesson


def _contents(folder: Path) -> list[bytes]:
    """The lesson's files, or nothing when one cannot be read; reading the lesson will say why."""
    files = [folder / name for name in FILES]
    try:
        fine = all(file.is_file() and file.stat().st_size <= LIMIT_BYTES for file in files)
        return [file.read_bytes() for file in files] if fine else []
    except OSError:
        return []


def _examine(root: Path, folder: str) -> tuple[Lesson | None, list[Problem]]:
    report = Report()
    lesson = read_lesson(root, folder, report)
    if lesson:
        check_lesson_level(lesson, report)
    return lesson, report.problems

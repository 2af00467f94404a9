"""Read everything, check everything: the one door through which commands get a Curriculum."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from komainu.checks import check
from komainu.curriculum import Curriculum, read
from komainu.level import check_level
from komainu.problem import Report


def load(root: Path, today: date) -> tuple[Curriculum, Report]:
    """The curriculum below `root` and every problem it has. With errors in the report, no output may be written."""
    report = Report()
    curriculum = read(root, report)
    check(curriculum, today, report)
    check_level(curriculum, report)
    return curriculum, report

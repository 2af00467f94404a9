"""What every command needs: the sources read and checked, and sentences about how it goes.

In:  the options of a command.   Out: a Curriculum and its Report; lines for whoever started the command.
Left out on purpose: the commands themselves (cli, cli_policy).
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from komainu.problem import Report, Unable

FINE, PROBLEMS, UNABLE = 0, 1, 2
COUNTS = {"ja": "まちがい {} 件、注意 {} 件、授業のないところ {} 件", "en": "{} errors, {} warnings, {} gaps"}


def today() -> date:
    """The day sources are compared with: SOURCE_DATE_EPOCH when set, so that a build can be repeated."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today()
    except (ValueError, OverflowError, OSError) as error:
        raise Unable(
            f"SOURCE_DATE_EPOCH が {epoch} です。1970年からの秒数にするか、消してください。",
            f"SOURCE_DATE_EPOCH is {epoch}. Make it a number of seconds since 1970, or unset it.",
        ) from error


def load_sources(options: argparse.Namespace):
    """The sources of `--root`, read and checked as of today."""
    from komainu.load import load

    return load(options.root.resolve(), today())


def print_report(report: Report, languages) -> None:
    """Every problem with its place, and how many there are."""
    for problem in report:
        print(f"{problem.path}:{problem.line}  {problem.rule} ({problem.level})")
        for lang in languages:
            print(f"  {problem.sentence(lang)}")
    counts = [len(report.level(level)) for level in ("error", "warning", "gap")]
    for lang in languages:
        print(COUNTS[lang].format(*counts))


@contextmanager
def step(ja: str, en: str) -> Iterator[None]:
    """Say how long what was done in this block took."""
    start = time.perf_counter()
    yield
    print(f"{time.perf_counter() - start:6.1f} s  {ja} / {en}", flush=True)

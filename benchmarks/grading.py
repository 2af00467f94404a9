"""`komainu grade` against nbgrader and otter-grader on the same notebooks in one run, and how it grows with their number.

    .venv/bin/python benchmarks/grading.py [--compare 8] [--sizes 40,400] [--large] [--exercise ID] [--venvs FOLDER]

Prints Markdown tables. Everything happens in a temporary folder; --venvs keeps the other graders' environments for the next run.
CPU is user + system of a command and its children, so a busy machine changes wall time and hardly the ratios. Memory is the peak of
the sum over all processes (PSS, looked at five times a second). Marks of all graders are compared; a difference is printed.
Linux only. `komainu build grader` must have been done. Left out on purpose: hostile notebooks (tests/attacks).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from othergraders import NBGRADER, OTTER, Grader, asserts, bare, environment, installed, nbgrader, otter  # noqa: E402

from handing import EXECUTE, exercise, handed, put  # noqa: E402  the folders above come first
from komainu.grading.marks import reference  # noqa: E402
from komainu.percent import Cell  # noqa: E402

LANG, SEED = "ja", "benchmark"


@dataclass(frozen=True)
class Cost:
    """What marking once took."""

    name: str
    count: int
    cpu_s: float
    wall_s: float
    mib: float

    def row(self, against: Cost) -> str:
        """A row of the table, with the ratio to another cost."""
        each = self.cpu_s / self.count
        ratios = f"{each / (against.cpu_s / against.count):.1f} | {self.wall_s / self.count / (against.wall_s / against.count):.1f}"
        return f"| {self.name} | {self.count} | {60 * self.count / self.wall_s:.0f} | {each:.2f} | {self.mib:.0f} | {ratios} |"


def class_of(ident: str, count: int) -> dict[str, dict]:
    """Notebooks that all differ, by a number in a comment, with the teacher's answers; every fourth leaves the last question empty."""
    cells = [cell for cell in exercise(ident).cells[LANG] if cell.fill]
    words = next(cell for cell in cells if cell.fill == "explain")
    last = next(cell for cell in cells if cell.id == exercise(ident).questions[-1].id)
    return {f"p{number:05}": _handed(ident, number, words, last) for number in range(count)}


def _handed(ident: str, number: int, words: Cell, last: Cell) -> dict:
    made = handed(ident, lang=LANG)
    for cell in made["cells"]:
        if cell["id"] == words.id:
            cell["source"] = f"{words.teacher}\n# {number}"
        elif cell["id"] == last.id and number % 4 == 3:
            cell["source"] = last.pupil
    return made


def measured(name: str, count: int, commands: list[list[str]], folder: Path, python: Path | None = None) -> tuple[Cost, str]:
    """Run commands one after the other: what they took together, and what they printed."""
    cpu = peak = 0.0
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        for command in commands:
            process = subprocess.Popen(command, cwd=folder, env=environment(python), stdout=said, stderr=subprocess.DEVNULL)
            done = (0, 0, None)
            while not done[0]:
                peak = max(peak, memory(process.pid))
                time.sleep(0.2 if len(commands) == 1 else 0.1)
                done = os.wait4(process.pid, os.WNOHANG)
            process.returncode = os.waitstatus_to_exitcode(done[1])
            cpu += done[2].ru_utime + done[2].ru_stime
            if process.returncode:
                print(f"{name}: exit code {process.returncode}", flush=True)
        said.seek(0)
        return Cost(name, count, cpu, time.perf_counter() - start, peak), said.read()


def memory(pid: int) -> float:
    """MiB of a process and everything below it, shared pages shared out."""
    total, todo = 0, [pid]
    while todo:
        one = Path("/proc", str(todo.pop()))
        try:
            total += next(int(line.split()[1]) for line in (one / "smaps_rollup").read_text().splitlines() if line.startswith("Pss:"))
            todo += [int(child) for task in (one / "task").iterdir() for child in (task / "children").read_text().split()]
        except (OSError, StopIteration):
            continue
    return total / 1024


def ours(ident: str, notebooks: dict[str, dict], folder: Path) -> tuple[Cost, dict[str, float]]:
    """`komainu grade`, as a teacher starts it."""
    put(folder / "in", {f"{name}.ipynb": notebook for name, notebook in notebooks.items()})
    command = [sys.executable, "-m", "komainu", "--root", str(ROOT), "grade", str(folder / "in"), "--exercise", ident, "--seed", SEED, "--out", str(folder / "out")]
    cost, _ = measured("komainu grade", len(notebooks), [command], folder)
    data = json.loads((folder / "out/results.json").read_text("utf-8"))
    if len({one["digest"] for one in data["submissions"]}) != len(notebooks):
        sys.exit("Some notebooks are the same, and the same is not run twice.")
    return cost, {Path(one["file"]).stem: float(one["points"]) for one in data["submissions"]}


def compare(ident: str, count: int, folder: Path, venvs: Path) -> None:
    """All graders on the same notebooks."""
    notebooks = class_of(ident, count)
    tests = asserts(exercise(ident), LANG, SEED, reference(exercise(ident), LANG, SEED, EXECUTE))
    pythons = {"nbgrader": installed(venvs, "nbgrader", NBGRADER), "otter": installed(venvs, "otter", OTTER)}
    places = {name: folder / ident / name for name in ("komainu", "nbgrader", "otter", "bare")}
    for place in places.values():
        place.mkdir(parents=True)
    others: list[tuple[Grader, Path]] = [
        (nbgrader(tests, notebooks, places["nbgrader"], pythons["nbgrader"]), pythons["nbgrader"]),
        *((one, pythons["otter"]) for one in otter(tests, notebooks, places["otter"], pythons["otter"])),
        (bare(notebooks, places["bare"], pythons["nbgrader"]), pythons["nbgrader"]),
    ]
    print(f"\n### {ident}, {count} notebooks\n\n| grader | notebooks | a minute | CPU s each | peak MiB | CPU / komainu | wall / komainu |", flush=True)
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |", flush=True)
    mine, right = ours(ident, notebooks, places["komainu"])
    print(mine.row(mine), flush=True)
    notes = []
    for grader, python in others:
        cost, said = measured(grader.name, count, grader.commands, grader.folder, python)
        print(cost.row(mine), flush=True)
        marks = grader.marks(said)
        notes.append(f"{grader.name} {'gives the same marks' if marks == right else f'differs: {marks}, ours {right}' if marks else 'prints no marks'}")
    print(f"\n{'; '.join(notes)}.", flush=True)


def grow(ident: str, sizes: list[int], folder: Path) -> None:
    """More and more notebooks."""
    print(f"\n### growth, {ident}\n\n| grader | notebooks | a minute | CPU s each | peak MiB | CPU / first row | wall / first row |", flush=True)
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |", flush=True)
    first = None
    for size in sizes:
        place = folder / f"grow-{size}"
        place.mkdir()
        cost, _ = ours(ident, class_of(ident, size), place)
        first = first or cost
        print(cost.row(first), flush=True)
        shutil.rmtree(place)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compare", type=int, default=8, help="notebooks for the comparison")
    parser.add_argument("--sizes", default="40,400", help="numbers of notebooks for the growth")
    parser.add_argument("--large", action="store_true", help="5,000 notebooks as well")
    parser.add_argument("--exercise", default="capital-guesser")
    parser.add_argument("--venvs", type=Path)
    options = parser.parse_args()
    load = "/".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {platform.system()} {platform.release()}, {os.cpu_count()} cores, load {load}, Python {platform.python_version()}")
    print(f"{', '.join((*NBGRADER, *OTTER))}; {' '.join(sys.argv[1:])}", flush=True)
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        compare(options.exercise, options.compare, folder, options.venvs or folder)
        grow(options.exercise, [*map(int, options.sizes.split(",")), *([5000] if options.large else [])], folder)
    print(f"\n({(time.perf_counter() - start) / 60:.0f} minutes; load at the end {os.getloadavg()[0]:.1f})")


if __name__ == "__main__":
    main()

"""What sharing the marking out on a Dask cluster costs for each notebook, against the same marking on one machine.

    .venv/bin/python benchmarks/cluster.py [--count 200] [--exercise ID]

Marks one notebook and then `count`, both ways: the difference is what the others took, start costs left out. CPU is user + system of
the command, the scheduler and two workers with all their children. Everything is on loopback. `komainu build grader` must have been done.
"""

from __future__ import annotations

import argparse
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "benchmarks")]

from grading import class_of  # noqa: E402  the folders above come first

from handing import put  # noqa: E402

ENV = os.environ | {"PYTHONPATH": str(ROOT / "src")}


def cpu() -> float:
    """CPU seconds of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def mark(folder: Path, ident: str, out: Path, *more: str) -> None:
    """`komainu grade`, as a teacher types it."""
    command = [sys.executable, "-m", "komainu", "grade", str(folder), "--exercise", ident, "--seed", "b", "--out", str(out), *more]
    subprocess.run(command, cwd=ROOT, env=ENV, check=True, stdout=subprocess.DEVNULL)


def start(program: str, *arguments: str) -> subprocess.Popen:
    """One of Dask's programs."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{program}", "--no-dashboard", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=ENV, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def on_cluster(folder: Path, ident: str, out: Path) -> None:
    """The same on a scheduler with two workers, started and ended for it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    cluster = [start("scheduler", "--host", "127.0.0.1", "--port", address.rpartition(":")[2])]
    time.sleep(3)
    cluster += [start("worker", address, "--nthreads", "1", "--host", "127.0.0.1") for _ in range(2)]
    try:
        mark(folder, ident, out, "--scheduler", address)
    finally:
        for process in reversed(cluster):
            process.terminate()
        for process in cluster:
            process.wait(60)


def cost(way, folder: Path, ident: str, out: Path) -> tuple[float, float]:
    """CPU and wall seconds of marking a folder one way."""
    before, start_s = cpu(), time.perf_counter()
    way(folder, ident, out)
    return cpu() - before, time.perf_counter() - start_s


def main() -> None:
    """Both ways, and the row for the record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--exercise", default="capital-guesser")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        notebooks = class_of(options.exercise, options.count)
        one = put(Path(place, "one"), {f"{name}.ipynb": made for name, made in list(notebooks.items())[:1]})
        all_of = put(Path(place, "all"), {f"{name}.ipynb": made for name, made in notebooks.items()})
        print(f"{options.exercise}, {options.count} notebooks, load {os.getloadavg()[0]:.1f}\n\n| | CPU s each | a minute |\n| --- | ---: | ---: |")
        for name, way in (("one machine", mark), ("cluster, two workers", on_cluster)):
            (small, short), (large, long) = (cost(way, folder, options.exercise, Path(place, f"{way.__name__}-{folder.name}")) for folder in (one, all_of))
            print(f"| {name} | {(large - small) / (options.count - 1):.4f} | {60 * (options.count - 1) / (long - short):.0f} |")


if __name__ == "__main__":
    main()

"""Ours against plain mkdocs-material on the same Markdown: `check`, `build`, rebuilds, and what a page weighs.

    .venv/bin/python benchmarks/site.py [--sizes 100,500,1000] [--quick] [--limit-s 1500]

Prints Markdown tables. Everything happens in a temporary folder; nothing in the repository is written.
Each command is its own process; CPU is user + system of the process and its children, so a loaded machine
changes wall time and not the verdict. Ours and plain take turns, language by language.
Plain is the usual configuration: navigation.tabs and navigation.sections with the whole tree in `nav`, its own search.
"""

from __future__ import annotations

import argparse
import gzip
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from synthetic import make_world, plain_config
from weight import page_weights

REPOSITORY = Path(__file__).resolve().parent.parent
VERSIONS = ("mkdocs", "mkdocs-material", "Markdown", "pymdown-extensions", "pagefind-bin", "sudachipy")


@dataclass(frozen=True)
class Cost:
    """What one command took."""

    cpu_s: float
    wall_s: float
    rss_mib: float
    ended: str = ""
    """Empty when it went well, else one word for the table."""

    def __add__(self, other: Cost) -> Cost:
        ended = self.ended or other.ended
        return Cost(self.cpu_s + other.cpu_s, self.wall_s + other.wall_s, max(self.rss_mib, other.rss_mib), ended)


def measure(command: list[str], folder: Path, limit_s: float) -> Cost:
    """Run a command and wait for it; its children's time is counted when it waits for them, as ours and MkDocs do."""
    environment = os.environ | {
        "PYTHONPATH": str(REPOSITORY / "src"), "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": str(int(time.time())),
    }
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=said)
        ended = ""
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if time.perf_counter() - start > limit_s and not ended:
                process.kill()
                ended = "time limit"
            time.sleep(0.02)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode and not ended:
            said.seek(0)
            sys.exit(f"{' '.join(command)}\n{said.read().decode(errors='replace')[-3000:]}")
    kib = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - start, kib / 1024, ended)


# --- one size ------------------------------------------------------------------------------------

def run_size(lessons: int, folder: Path, limit_s: float) -> dict[str, object]:
    """All measurements at one size."""
    make_world(REPOSITORY, folder, lessons)
    komainu = [sys.executable, "-m", "komainu"]
    costs = {"check": measure([*komainu, "check"], folder, limit_s)}
    shutil.rmtree(folder / "build", ignore_errors=True)  # check leaves a cache, and a cold build has none
    costs["build, cold"] = measure([*komainu, "build"], folder, limit_s)
    costs["plain, cold, ja"] = plain(folder, "ja", limit_s)
    costs["build, nothing changed"] = measure([*komainu, "build"], folder, limit_s)
    costs["plain, cold, en"] = plain(folder, "en", limit_s)
    edit(folder)
    costs["build, one ja.md edited"] = measure([*komainu, "build"], folder, limit_s)
    costs["plain, cold"] = costs.pop("plain, cold, ja") + costs.pop("plain, cold, en")
    return {"lessons": lessons, "costs": costs, "ours": output(folder / "build" / "site"), "plain": output(folder / "build" / "plain")}


def plain(folder: Path, lang: str, limit_s: float) -> Cost:
    """One language by plain mkdocs-material."""
    config, out = plain_config(folder, lang), folder / "build" / "plain" / lang
    return measure([sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(config), "-d", str(out)], folder, limit_s)


def edit(folder: Path) -> None:
    """One sentence more in the Japanese words of one lesson."""
    file = sorted(folder.glob("lessons/*-0000/ja.md"))[0]
    head, rest = file.read_text("utf-8").split("\n\n", 1)
    file.write_text(f"{head}\n\nこの文を足しました。\n{rest}", "utf-8")


def output(site: Path) -> tuple[int, float, float, float]:
    """Pages, MB of the whole site, kB of HTML a page as they are and compressed (50 pages)."""
    pages = sorted(site.rglob("index.html"))
    sample = pages[:: max(1, len(pages) // 50)]
    total = sum(file.stat().st_size for file in site.rglob("*") if file.is_file())
    raw = sum(page.stat().st_size for page in pages) / max(1, len(pages))
    packed = sum(len(gzip.compress(page.read_bytes(), 6)) for page in sample) / max(1, len(sample))
    return len(pages), total / 1e6, raw / 1e3, packed / 1e3


# --- tables --------------------------------------------------------------------------------------

def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    return "\n".join("| " + " | ".join(line) + " |" for line in [head, ["---"] + ["---:"] * (len(head) - 1), *rows]) + "\n"


def report(results: list[dict]) -> None:
    """Print what was measured: costs, ratio, output, growth."""
    rows = []
    for result in results:
        base = result["costs"]["plain, cold"]
        for name, cost in result["costs"].items():
            ratio = f"{cost.cpu_s / base.cpu_s:.2f}" + (" or less" if base.ended else "")
            rows.append([
                name, str(result["lessons"]), f"{cost.cpu_s:.1f}" + (f" ({cost.ended})" if cost.ended else ""), f"{cost.wall_s:.1f}",
                f"{cost.rss_mib:.0f}", f"{cost.cpu_s / result['lessons'] * 1000:.0f}", ratio,
            ])
    rows.sort(key=lambda row: (list(results[0]["costs"]).index(row[0]), int(row[1])))
    print(table(["command", "lessons", "CPU s", "wall s", "peak MiB", "CPU ms a lesson", "CPU / plain"], rows))
    rows = []
    for result in results:
        for name in ("ours", "plain"):
            pages, total, raw, packed = result[name]
            rows.append([name, str(result["lessons"]), str(pages), f"{total:.1f}", f"{raw:.1f}", f"{packed:.1f}"])
    print(table(["site", "lessons", "pages", "MB", "HTML kB a page", "gzip kB a page"], rows))


def about() -> None:
    """Print the machine, the versions and the date."""
    load = "/".join(f"{value:.1f}" for value in os.getloadavg()) if hasattr(os, "getloadavg") else "?"
    found = ", ".join(f"{name} {metadata.version(name)}" for name in VERSIONS)
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {platform.platform()}, {os.cpu_count()} cores, load {load}")
    print(f"Python {platform.python_version()}, {found}\n")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", default="100,500,1000")
    parser.add_argument("--quick", action="store_true", help="20 lessons only: does the benchmark itself still work")
    parser.add_argument("--limit-s", type=float, default=1500, help="seconds of wall time for one command")
    options = parser.parse_args()
    sizes = [20] if options.quick else [int(size) for size in options.sizes.split(",")]
    about()
    results = []
    with tempfile.TemporaryDirectory(prefix="komainu-bench-") as temporary:
        for size in sizes:
            folder = Path(temporary) / str(size)
            results.append(run_size(size, folder, options.limit_s))
            said = "; ".join(f"{name} {cost.cpu_s:.1f}" for name, cost in results[-1]["costs"].items())
            print(f"({size} lessons, CPU s: {said})", file=sys.stderr, flush=True)
            shutil.rmtree(folder)
        report(results)
        make_world(REPOSITORY, Path(temporary) / "real", 0)
        measure([sys.executable, "-m", "komainu", "build"], Path(temporary) / "real", options.limit_s)
        head, rows, note = page_weights(Path(temporary) / "real" / "build" / "site")
        print(table(head, rows))
        print(note)
    return 0


if __name__ == "__main__":
    sys.exit(main())

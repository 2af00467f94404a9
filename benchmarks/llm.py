"""The real model on this computer: seconds to load, tokens by second of the processor, and memory.

    .venv/bin/python benchmarks/llm.py [--repeat 3]      (python3 run.py llm check installs the model)

Each row is a fresh process; the best of the repetitions. Processor seconds, for the machine may have other work.
The first row is what a notebook costs without the model, from the recordings. Left out: the browser.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
START = "import json, time, resource\nstart = time.process_time(), time.perf_counter()\n"
MEASURES = {
    "recording": "import realmodel\nmodel = realmodel.open_model('recording')\nmodel.answer('france')\n",
    "laptop": "from komainu.llm import check\nmodel = check.ready()\nmodel.answer('france')\n",
    "digest and trial alone": "from realmodel import laptop\nlaptop.examine()\n",
}
END = """
loaded = time.process_time() - start[0], time.perf_counter() - start[1]
found = {"load_cpu_s": loaded[0], "load_s": loaded[1]}
if "check" in globals():
    found["read"], found["written"] = check.speed(model)
    begin = time.process_time()
    model.answers("new-zealand")
    found["ten_answers_cpu_s"] = time.process_time() - begin
found["rss_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e3 if __import__("sys").platform != "darwin" else 1e6)
print(json.dumps(found))
"""
COLUMNS = ("load_cpu_s", "load_s", "read", "written", "ten_answers_cpu_s", "rss_mb")
HIGHER = ("read", "written")
HEAD = "| | load, CPU s | load, wall s | tokens read / CPU s | tokens written / CPU s | ten short answers, CPU s | peak MB |\n| --- " + "| ---: " * 6 + "|"


def measured(name: str) -> dict[str, float]:
    """One fresh process."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", START + MEASURES[name] + END], env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:] or done.stdout[-2000:])
    return json.loads(done.stdout.splitlines()[-1])


def best(name: str, repeat: int) -> dict[str, float]:
    """The best of the repetitions, number by number."""
    runs = [measured(name) for _ in range(repeat)]
    return {key: (max if key in HIGHER else min)(run[key] for run in runs) for key in runs[0]}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=3)
    repeat = parser.parse_args().repeat
    load = "/".join(f"{one:.1f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {platform.platform()}, {os.cpu_count()} cores, load {load}\n\n{HEAD}")
    for name in MEASURES:
        row = best(name, repeat)
        print(f"| {name} | " + " | ".join(f"{row[key]:.2f}" if key in row and row[key] < 10 else f"{row[key]:.0f}" if key in row else "" for key in COLUMNS) + " |")


if __name__ == "__main__":
    main()

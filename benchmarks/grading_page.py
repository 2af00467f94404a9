"""How long a class takes on the page that marks in the browser, and whether the page can be used meanwhile.

    .venv/bin/python benchmarks/grading_page.py [--count 40] [--exercise ID]

Takes the site in build/site (`python3 run.py build`), opens it in headless Chromium from loopback, chooses the notebooks and marks them.
The longest pause is the longest time between two frames of the page while it marks. Linux, Chromium in KOMAINU_CHROMIUM.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "benchmarks"), str(ROOT)]

from grading import class_of  # noqa: E402  the folders above come first
from tests.browser.serving import serving  # noqa: E402

from handing import put  # noqa: E402

PAUSES = """() => { window.longest = 0; let last = performance.now();
const look = (now) => { window.longest = Math.max(window.longest, now - last); last = now; requestAnimationFrame(look); }; requestAnimationFrame(look); }"""
MINUTES = 15


def main() -> None:
    """Mark a class and print the row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--exercise", default="capital-guesser")
    options = parser.parse_args()
    notebooks = {f"{name}.ipynb": made for name, made in class_of(options.exercise, options.count).items()}
    with tempfile.TemporaryDirectory() as place, serving(ROOT / "build" / "site") as server, sync_playwright() as playwright:
        folder = put(Path(place), notebooks)
        browser = playwright.chromium.launch(executable_path=os.environ.get("KOMAINU_CHROMIUM"), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{server.url}grade-here/")
        page.locator("#grading-exercise").select_option(options.exercise)
        page.locator("input[data-for=files]").set_input_files(sorted(folder.iterdir()))
        page.evaluate(PAUSES)
        start = time.perf_counter()
        page.locator("[data-do=start]").click()
        page.locator("[data-do=get]").wait_for(state="visible", timeout=MINUTES * 60_000)
        took, longest = time.perf_counter() - start, page.evaluate("window.longest")
        browser.close()
    load = os.getloadavg()[0]
    print(f"| {options.exercise} | {options.count} notebooks | {took:.0f} s | {60 * options.count / took:.0f} a minute | {longest:.0f} ms | load {load:.1f} |")


if __name__ == "__main__":
    main()

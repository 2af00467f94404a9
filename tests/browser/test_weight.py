"""What a class moves through its school's line is what the documents say: counted by the server, with gzip and a new browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from run import ROOT

from browser.serving import Handler, Server, serving
from browser.test_lab import WAIT_MS, fill_in, kept, ready

pytestmark = pytest.mark.xdist_group("lab")
PUPILS = 40
MOST_REQUESTS = 15
"Until Python stands: 7 for the page, 3 for notebook, table and editor, 5 for Python."
EXERCISE = "draw-a-shrine"
ROW = re.compile(r"^\|[^|]*\| ([\d.]+) MB \| ([\d.]+) MB \| ([\d.]+) (?:秒|s) \| ([\d.]+) (?:秒|s) \|$", re.MULTILINE)


class Counting(Handler):
    """Notes path and bytes of every answer, without heads."""

    sent: list[tuple[str, int]]

    def send_header(self, keyword: str, value: str) -> None:
        """Counts the body that this head announces."""
        if keyword == "Content-Length" and self.command == "GET":
            self.sent.append((self.path, int(value)))
        super().send_header(keyword, value)


def exercise(page: Page, server: Server) -> None:
    """Begins an exercise and waits until the page is kept."""
    page.goto(f"{server.url}exercises/{EXERCISE}/run/")
    page.locator("[data-do=start]").click()
    page.locator(".k-offline[data-state=kept]").wait_for(timeout=WAIT_MS)


def lab(page: Page, server: Server) -> None:
    """Opens the same exercise in the lab and runs a cell."""
    page.goto(f"{server.url}lab/ja/notebooks/index.html?path={EXERCISE}/{EXERCISE}-v1.ipynb")
    ready(page)
    fill_in(page, "print(6 * 7)").locator(".jp-OutputArea-output").wait_for(timeout=WAIT_MS)
    kept(page)


def test_the_documents_say_what_a_class_moves(lab_site: Path, browser: Browser) -> None:
    """The table of the page about connections, in both languages: within 5 % of what is counted, and computed from it."""
    counted = []
    for visit in (exercise, lab):
        kind = type("Counter", (Counting,), {"sent": []})
        with serving(lab_site, kind) as server:
            context = browser.new_context()
            visit(context.new_page(), server)
            counted.append(sum(size for _, size in kind.sent) / 1e6)
            context.close()
    for lang in ("ja", "en"):
        text = (ROOT / "docs" / lang / "offline.md").read_text("utf-8")
        rows = [[float(number) for number in row] for row in ROW.findall(text)]
        assert [row[0] for row in rows] == pytest.approx(counted, rel=0.05), lang
        for one, all_, fast, slow in rows:
            assert all_ == pytest.approx(one * PUPILS, rel=0.02)
            assert (fast, slow) == pytest.approx((all_ * 8 / 100, all_ * 8 / 20), abs=1)


def test_an_exercise_is_ready_after_few_requests(lab_site: Path, browser: Browser) -> None:
    """On a line with long ways every request counts; what is kept for use without a connection comes after all of them."""
    kind = type("Counter", (Counting,), {"sent": []})
    with serving(lab_site, kind) as server:
        context = browser.new_context()
        exercise(context.new_page(), server)
        context.close()
    paths = [path for path, _ in kind.sent]
    assert len(paths[: paths.index("/service-worker.js")]) <= MOST_REQUESTS, paths

"""A pupil at an exercise page: opens it, begins, writes into cells, runs them, hands in.

In:  a watched page and the address of the site.   Out: a Desk with what a pupil can do and see.
Left out on purpose: what an exercise should say; that stands in the tests and in komainu.running.
"""

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from run import ROOT

from browser.pages import LANGUAGES
from komainu.exercise import Exercise, sources
from komainu.load import load

LOADED_MS, RAN_MS = 60_000, 180_000
"How long a busy machine may take to load Python, and to run a notebook."
NOTHING_BUSY = "() => ![...document.querySelectorAll('[data-cell]')].some(c => ['waiting', 'running'].includes(c.dataset.state))"
TEXT = "e => [...e.querySelectorAll('.cm-line')].map(line => line.textContent).join('\\n')"


@cache
def exercises() -> dict[str, Exercise]:
    """The exercises of this repository, read once."""
    return load(ROOT, date.today())[0].exercises


@dataclass(frozen=True)
class Desk:
    """One exercise page in one tab."""

    page: Page
    exercise: str
    lang: str

    # --- what there is
    def do(self, name: str) -> Locator:
        """A button of the bar."""
        return self.page.locator(f".k-bar [data-do={name}]")

    def cell(self, ident: str) -> Locator:
        """A code cell."""
        return self.page.locator(f"[data-cell={ident}]")

    def outputs(self, ident: str) -> Locator:
        """What a cell shows."""
        return self.cell(ident).locator(".k-outputs")

    @property
    def status(self) -> Locator:
        """The line in which the page speaks."""
        return self.page.locator(".k-bar > [role=status]")

    @property
    def warning(self) -> Locator:
        """The line that stays for as long as nothing is kept."""
        return self.page.locator(".k-warn")

    def text(self, ident: str) -> str:
        """What stands in a cell's editor."""
        return self.cell(ident).locator(".cm-content").evaluate(TEXT)

    # --- what a pupil does
    def begin(self) -> "Desk":
        """Presses Begin and waits until Python is there."""
        self.do("start").click()
        return self.ready()

    def ready(self) -> "Desk":
        """Waits until nothing is loaded any more."""
        expect(self.page.locator(".k-run.k-begun:not(.k-busy)")).to_be_attached(timeout=LOADED_MS)
        return self

    def write(self, ident: str, text: str) -> None:
        """Types a text in place of what stands in a cell."""
        editor = self.cell(ident).locator(".cm-content")
        editor.focus()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)
        assert self.text(ident) == text

    def run(self, *idents: str) -> None:
        """Runs cells one after the other, as with their buttons."""
        for ident in idents:
            self.cell(ident).locator("[data-run]").click()
        self.rest()

    def run_all(self) -> None:
        """Runs all cells and waits for the last."""
        self.do("run-all").click()
        self.rest()

    def rest(self) -> None:
        """Waits until nothing runs."""
        self.page.wait_for_function(NOTHING_BUSY, timeout=RAN_MS)
        self.ready()

    def more(self, name: str) -> None:
        """A button of the part of the bar that is folded away."""
        if not self.do(name).is_visible():
            self.page.locator(".k-more > summary").click()
        self.do(name).click()

    def answer(self, yes: bool) -> None:
        """Answers the question on the screen."""
        self.page.locator(f".k-ask[open] button[value={'yes' if yes else 'no'}]").click()

    def hand_in(self) -> tuple[str, dict]:
        """The file that is handed in: its name, and the notebook in it."""
        with self.page.expect_download() as waiting:
            self.do("hand").click()
        return waiting.value.suggested_filename, json.loads(Path(waiting.value.path()).read_text("utf-8"))

    def open(self, file: str, content: str | bytes) -> None:
        """Opens a file that was saved before."""
        data = content if isinstance(content, bytes) else content.encode()
        self.page.locator(".k-bar input[type=file]").set_input_files({"name": file, "mimeType": "application/json", "buffer": data})


def sit_down(page: Page, base: str, exercise: str, lang: str = "ja") -> Desk:
    """The exercise page, as it is before Begin."""
    page.goto(f"{base}{LANGUAGES[lang]}exercises/{exercise}/run/")
    desk = Desk(page, exercise, lang)
    expect(page.locator(".k-run.k-live")).to_be_attached()
    return desk


def solutions(exercise: Exercise, lang: str) -> dict[str, str]:
    """What the teacher's notebook has in the cells that pupils fill in."""
    return {cell.id: source for cell, source in sources(exercise, lang, "teacher") if cell.fill}


def shown(notebook: dict) -> dict[str, list[str]]:
    """What each cell of a notebook file shows, as text, the sentences about an error last."""
    return {cell["id"]: [_text(output) for output in cell["outputs"]] for cell in notebook["cells"] if cell["cell_type"] == "code"}


def _text(output: dict) -> str:
    if output["output_type"] == "error":
        return "\n".join(output["traceback"])
    return "".join(output["text"]) if output["output_type"] == "stream" else "".join(output["data"]["text/plain"])


def seen(results: list[dict]) -> dict[str, list[str]]:
    """The same of what the runner reports."""
    return {
        cell["id"]: [o.get("text") or o["data"]["text/plain"] for o in cell["outputs"]]
        + (["\n".join(cell["error"]["sentences"])] if cell["error"] else [])
        for cell in results
    }


def words(name: str, lang: str) -> re.Pattern[str]:
    """A sentence of the page, with anything in the place of its values."""
    from komainu.words import say

    return re.compile(re.sub(r"\\\{\w+\\\}", ".*", re.escape(say(lang, name))))

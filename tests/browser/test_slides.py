"""The slides in a browser, opened as a file: keys, notes, list, furigana, paper, and no script at all."""

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from run import ROOT

from komainu.handouts.slides import slide_files
from komainu.load import load

CURRICULUM, _ = load(ROOT, date.today())
CASES = [(lesson.id, lang) for lesson in CURRICULUM.lessons.values() for lang in ("ja", "en")]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TOO_LARGE = "() => { const s = document.querySelector('section.now'); return s.scrollHeight > s.clientHeight + 1 || s.scrollWidth > s.clientWidth + 1; }"
NOW = "() => Number(document.querySelector('section.now').id.slice(1))"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The slides of every lesson, as files."""
    made = tmp_path_factory.mktemp("slides")
    for ident, lang in CASES:
        (made / f"{ident}.{lang}.html").write_bytes(slide_files(CURRICULUM, CURRICULUM.lessons[ident], lang)["slides.html"])
    return made


def opened(browser: Browser, path: Path, **settings) -> Page:
    """A page with the file open, that notes every request to anything but the file."""
    page = browser.new_context(**{"viewport": {"width": 1280, "height": 720}, **settings}).new_page()
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(path.as_uri())
    page.asked = [url for url in page.asked if not url.startswith(("file:", "data:"))]
    return page


@pytest.mark.parametrize(("ident", "lang"), CASES)
def test_every_slide_fits_and_the_keys_lead_through(ident, lang, browser, folder):
    """From the first slide to the last with one key, nothing cut off on a wall or in a hand, nothing asked of a network."""
    page = opened(browser, folder / f"{ident}.{lang}.html")
    count = page.locator("section").count()
    for width, height in ((1280, 720), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        page.keyboard.press("Home")
        for number in range(1, count + 1):
            assert page.evaluate(NOW) == number
            assert not page.evaluate(TOO_LARGE), (width, number)
            page.keyboard.press("ArrowRight")
    assert page.evaluate(NOW) == count
    assert page.asked == []
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_slide_has_a_violation(scheme, browser, folder):
    """Axe finds nothing to mend on any slide, the notes open or not."""
    page = opened(browser, folder / "missing-torii.ja.html", color_scheme=scheme)
    page.add_script_tag(path=AXE)
    for _ in range(page.locator("section").count()):
        found = page.evaluate("() => axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
        page.keyboard.press("ArrowRight")
    page.keyboard.press("n")
    found = page.evaluate("() => axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")["violations"]
    assert [one["id"] for one in found] == []
    page.context.close()


def test_notes_beside_the_slide_and_in_a_window(browser, folder):
    """N shows the teacher's notes here, s in a window that follows the slides."""
    page = opened(browser, folder / "reasonable-lies.ja.html")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert not page.locator("section.now .notes").is_visible()
    page.keyboard.press("n")
    assert page.locator("section.now .notes p").first.is_visible()
    assert not page.evaluate(TOO_LARGE)
    page.keyboard.press("n")
    with page.expect_popup() as waiting:
        page.keyboard.press("s")
    notes = waiting.value
    first = notes.locator("h1").text_content()
    page.keyboard.press("ArrowRight")
    assert notes.locator("h1").text_content() != first
    notes.keyboard.press("ArrowRight")
    assert page.evaluate(NOW) == 5
    page.context.close()


def test_list_furigana_clock_and_what_is_read_aloud(browser, folder):
    """The list jumps, furigana can be hidden, the clock is off until asked for, and a screen reader hears each slide's title."""
    page = opened(browser, folder / "missing-torii.ja.html")
    assert page.locator("#said").text_content().startswith("1 / ")
    page.keyboard.press("o")
    page.locator("dialog button").nth(6).click()
    assert page.evaluate(NOW) == 7
    assert "7 / " in page.locator("#said").text_content()
    reading = page.locator("section.now rt").first
    assert reading.is_visible()
    page.keyboard.press("f")
    assert not reading.is_visible()
    assert page.locator("#clock").is_hidden()
    page.keyboard.press("t")
    assert re.match(r"\d+:\d\d / 7:00", page.locator("#clock").text_content())
    page.context.close()


def test_a_click_and_a_hash_lead_on(browser, folder):
    """A click on the right goes on, on the left back; an address with a number opens that slide."""
    page = opened(browser, folder / "our-ai-rules.en.html")
    page.mouse.click(1200, 300)
    assert page.evaluate(NOW) == 2
    page.mouse.click(60, 300)
    assert page.evaluate(NOW) == 1
    page.goto(page.url.split("#")[0] + "#s4")
    assert page.evaluate(NOW) == 4
    page.context.close()


def test_without_script_all_slides_stand_below_one_another(browser, folder):
    """Nothing is hidden but the notes, which open by themselves."""
    page = opened(browser, folder / "reasonable-lies.en.html", java_script_enabled=False)
    sections = page.locator("section")
    assert all(sections.nth(number).is_visible() for number in range(sections.count()))
    assert page.locator("#bar").is_hidden()
    page.locator("summary").nth(1).click()
    assert page.locator("details[open] p").first.is_visible()
    page.context.close()


@pytest.mark.parametrize("notes", [False, True])
def test_on_paper_each_slide_has_its_page(notes, browser, folder):
    """One sheet for each slide, with the teacher's notes below it when they are shown."""
    page = opened(browser, folder / "zero-for-i-dont-know.ja.html")
    count = page.locator("section").count()
    if notes:
        page.keyboard.press("n")
    done = subprocess.run(["pdfinfo", "-"], input=page.pdf(prefer_css_page_size=True), capture_output=True, check=True)
    assert f"Pages:           {count}\n" in done.stdout.decode()
    page.context.close()

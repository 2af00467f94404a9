"""The demonstrations on the teacher's page: one button, three sliders, nothing before it is pressed."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.at_work import LOADED_MS, exercises, words
from browser.pages import LANGUAGES
from browser.serving import Server
from browser.test_exercise_page import violations

IDS = ("draw-a-shrine", "chain-of-words")


def opened(page: Page, server: Server, ident: str, lang: str = "ja") -> Locator:
    page.goto(f"{server.url}{LANGUAGES[lang]}exercises/{ident}/")
    demo = page.locator(".k-demo")
    expect(demo).to_be_visible()
    return demo


def press(demo: Locator) -> None:
    demo.locator("[data-go]").click()
    expect(demo.locator("[data-stop]")).to_be_hidden(timeout=LOADED_MS)
    expect(demo.locator("[data-go]")).to_be_enabled()


def test_both_demonstrations_are_tested() -> None:
    """An exercise that gets a demonstration is added here."""
    assert {ident for ident, exercise in exercises().items() if exercise.demo} == set(IDS)


@pytest.mark.parametrize(("ident", "lang"), [(ident, lang) for ident in IDS for lang in LANGUAGES])
def test_a_demonstration_runs_and_its_sliders_change_what_is_shown(ident: str, lang: str, server: Server, page: Page) -> None:
    """Nothing is loaded before the button; each press shows something; a slider moved by the keyboard changes it."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    demo = opened(page, server, ident, lang)
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if re.search(r"worker|pyodide|\.zip|demo\.py|/data/", url)]
    sliders = demo.locator("input[type=range]")
    assert sliders.count() == len(exercises()[ident].demo.sliders) == 3
    for slider in sliders.all():
        expect(slider).not_to_have_accessible_name("")
    press(demo)
    expect(demo.locator(".k-demo-out > *").first).to_be_visible()
    expect(demo.locator("[role=status]")).to_have_text("")
    assert page.locator(".k-demo iframe").count() == 0
    before = demo.locator(".k-demo-out").inner_html()
    sliders.first.focus()
    page.keyboard.press("End")
    expect(demo.locator("output").first).to_have_text(re.compile(rf"^{sliders.first.get_attribute('max')}$"))
    press(demo)
    assert demo.locator(".k-demo-out").inner_html() != before
    found = violations(page) if lang == "ja" else []
    assert not found, "\n" + "\n".join(found)


def test_a_demonstration_can_be_stopped_and_runs_again(server: Server, page: Page) -> None:
    """Stop while it loads and while it runs; the next press begins afresh."""
    demo = opened(page, server, "draw-a-shrine")
    page.route("**/worker.js", lambda route: route.fulfill(content_type="text/javascript", body="postMessage({kind: 'progress', got: 1})"))
    demo.locator("[data-go]").click()
    expect(demo.locator("[role=status]")).to_have_text(words("demo_loading", "ja"))
    demo.locator("[data-stop]").click()
    expect(demo.locator("[role=status]")).to_have_text(words("demo_stopped", "ja"))
    expect(demo.locator("progress")).to_be_hidden()
    page.unroute("**/worker.js")
    press(demo)
    expect(demo.locator(".k-demo-out > *").first).to_be_visible()
    # in one go inside the page: the machine is done sooner than a second click could come from here
    demo.evaluate("""async (demo) => {
        demo.querySelector("[data-go]").click();
        await new Promise((done) => setTimeout(done, 30));
        demo.querySelector("[data-stop]").click();
    }""")
    expect(demo.locator("[role=status]")).to_have_text(words("demo_stopped", "ja"))
    press(demo)
    expect(demo.locator(".k-demo-out > *").first).to_be_visible()


def test_a_demonstration_is_used_with_a_finger(server: Server, new_page: Callable[..., Page]) -> None:
    """On a phone nothing is too wide, and the buttons are 44 px high."""
    from browser.test_pages import PHONE, TOO_WIDE

    page = new_page(viewport=PHONE, has_touch=True)
    demo = opened(page, server, "draw-a-shrine")
    press(demo)
    assert page.evaluate(TOO_WIDE) == []
    assert demo.locator("[data-go]").bounding_box()["height"] >= 44

"""Furigana and typeface in a pupil's page: chosen by keyboard, remembered, printed as shown, harmless to all else."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.serving import Server

LESSONS = {"next-word-cards": "2", "missing-torii": "4", "reasonable-lies": "6", "zero-for-i-dont-know": "9"}
"The year whose kanji a page takes as known when nobody has chosen; 9 is no furigana at all."
PUPIL = "lessons/reasonable-lies/pupil/"
SHOWN = """() => {
    const years = {};
    for (const rt of document.querySelectorAll("ruby rt")) {
        const year = rt.parentElement.className.replace("y", "");
        (years[year] ??= new Set()).add(getComputedStyle(rt).display !== "none");
    }
    return Object.fromEntries(Object.entries(years).map(([year, seen]) => [year, [...seen]]));
}"""
NO_STORAGE = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"


def right(shown: dict[str, list[bool]], threshold: str) -> bool:
    """Whether exactly the words with a kanji above the chosen year carry a visible reading."""
    return len(shown) > 3 and all(seen == [int(year) > int(threshold)] for year, seen in shown.items())


def heading(page: Page) -> str:
    """What the browser tells a screen reader as the name of the h1."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    level1 = [n for n in tree if n["role"]["value"] == "heading" and any(p["value"]["value"] == 1 for p in n["properties"] if p["name"] == "level")]
    return level1[0]["name"]["value"]


def choice(page: Page, year: str):
    return page.locator(f"input[name=furigana][value='{year}']")


def test_each_stage_has_its_own_default(server: Server, new_page: Callable[..., Page]) -> None:
    """A first-time reader sees furigana as the lesson's stage needs them, and the switch says so."""
    page = new_page()
    for lesson, year in LESSONS.items():
        page.goto(f"{server.url}lessons/{lesson}/pupil/")
        shown = page.locator(".k-furigana").get_attribute("data-furigana")
        expect(choice(page, shown)).to_be_checked()
        assert right(page.evaluate(SHOWN), shown), lesson
        assert shown == year, lesson


def test_the_switch_works_from_the_keyboard_and_is_remembered(server: Server, page: Page) -> None:
    """Arrow keys go through the years, the page follows, and reload, another lesson and the pupils' page keep the choice."""
    page.goto(server.url + PUPIL)
    choice(page, "9").focus()
    page.keyboard.press("Space")
    for year in ("9", "2", "4", "6", "0"):
        expect(choice(page, year)).to_be_focused()
        expect(choice(page, year)).to_be_checked()
        assert right(page.evaluate(SHOWN), year), year
        page.keyboard.press("ArrowRight")
    expect(choice(page, "9")).to_be_checked()
    page.keyboard.press("ArrowRight")
    page.reload()
    assert right(page.evaluate(SHOWN), "2")
    for path in ("lessons/next-word-cards/pupil/", "pupils/"):
        page.goto(server.url + path)
        expect(choice(page, "2")).to_be_checked()
        assert page.locator(".k-furigana").get_attribute("data-furigana") == "2"


@pytest.mark.parametrize("year", ["9", "4", "0"])
def test_paper_shows_what_the_screen_showed(year: str, server: Server, page: Page) -> None:
    """The print has the readings of the chosen year, and the switch stays off it."""
    page.goto(server.url + PUPIL)
    choice(page, year).check()
    page.emulate_media(media="print")
    assert right(page.evaluate(SHOWN), year)
    expect(page.locator(".k-switch")).to_be_hidden()


@pytest.mark.parametrize("year", ["9", "6", "0"])
def test_copied_text_has_no_readings_in_it(year: str, server: Server, page: Page) -> None:
    """Whoever copies a sentence gets the sentence, whatever the switch says."""
    page.goto(server.url + PUPIL)
    choice(page, year).check()
    copied = page.evaluate("""() => {
        const article = document.querySelector("article");
        getSelection().selectAllChildren(article);
        return getSelection().toString();
    }""")
    assert "もっともらしいうそを見分ける" in copied
    assert "みわ" not in copied
    assert "（" not in re.sub(r"（[^）ぁ-ん]*[^ぁ-ん）][^）]*）", "", copied)


def test_readings_do_not_get_between_the_words_for_a_screen_reader(server: Server, page: Page) -> None:
    """The heading's name has every word once, with no reading beside it while furigana are off, and a page title without."""
    page.goto(server.url + PUPIL)
    choice(page, "9").check()
    assert heading(page) == "もっともらしいうそを見分ける"
    assert page.title().startswith("もっともらしいうそを見分ける")
    choice(page, "0").check()
    assert "（" not in heading(page)  # <rp> is for browsers that cannot show ruby
    group = page.get_by_role("group", name="ふりがな")
    assert group.get_by_role("radio").count() == 5


def test_the_switch_works_where_storage_is_refused(server: Server, page: Page) -> None:
    """A browser that keeps nothing switches all the same; after a reload the page and its switch agree."""
    page.add_init_script(NO_STORAGE)
    page.goto(server.url + PUPIL)
    choice(page, "0").check()
    assert right(page.evaluate(SHOWN), "0")
    page.locator("[data-k-typeface]").check()
    expect(page.locator("body")).to_have_class(re.compile("k-ud"))
    page.reload()
    shown = page.locator(".k-furigana").get_attribute("data-furigana")
    expect(choice(page, shown)).to_be_checked()
    assert right(page.evaluate(SHOWN), shown)


def test_the_typeface_is_loaded_only_when_it_is_chosen(server: Server, new_page: Callable[..., Page]) -> None:
    """No byte of it before; after the choice it is used, on this page, after a reload and on other Japanese pages."""
    page = new_page()
    fonts: list[str] = []
    page.on("request", lambda request: fonts.append(request.url) if request.resource_type == "font" else None)
    page.goto(server.url + PUPIL, wait_until="networkidle")
    assert not fonts
    with page.expect_request("**/ud.woff2"):
        page.locator("[data-k-typeface]").press("Space")
    loaded = "() => document.fonts.ready.then(() => document.fonts.check('16px \"Komainu UD\"', '神社'))"
    assert page.evaluate(loaded)
    for path in (PUPIL, "lessons/next-word-cards/pupil/", "teachers/"):
        page.goto(server.url + path)
        expect(page.locator("body")).to_have_class(re.compile("k-ud"))
        assert "Komainu UD" in page.locator("article").evaluate("e => getComputedStyle(e).fontFamily")
    fonts.clear()
    page.goto(server.url + "en/" + PUPIL, wait_until="networkidle")
    assert not fonts
    page.goto(server.url + PUPIL)
    page.locator("[data-k-typeface]").uncheck()
    page.reload()
    expect(page.locator("[data-k-typeface]")).not_to_be_checked()
    expect(page.locator("body")).not_to_have_class(re.compile("k-ud"))

"""The drawing page: mouse, finger and keyboard; a collection that can leave the page as text and come back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.at_work import words
from browser.pages import LANGUAGES
from browser.serving import Server
from browser.test_exercise_page import violations
from smallmachines.paper import read_collection
from smallmachines.words import language

KEPT = "komainu.drawings"
BAD_FILES = ("", "komainu drawings 1", "komainu drawings 1\n\n神社\nRRR\n", "komainu drawings 2\n\n神社\n" + "R" * 16, "hello\n", "\x00\xff" * 50)


def opened(page: Page, server: Server, lang: str = "ja") -> Page:
    page.goto(f"{server.url}{LANGUAGES[lang]}draw/")
    expect(page.locator(".k-draw [role=grid]")).to_be_visible()
    return page


def cell(page: Page, y: int, x: int) -> Locator:
    return page.locator(f".k-sheet16[role=grid] [data-y='{y}'][data-x='{x}']")


def paper(page: Page) -> list[str]:
    """The 16 rows on the paper, as the names of their colours' classes say."""
    return page.locator(".k-sheet16[role=grid]").evaluate(
        "e => [...e.children].map(row => [...row.children].map(c => c.className.split('k-cell-')[1][0].toUpperCase()).join('').replaceAll('S', '.'))"
    )


def status(page: Page) -> Locator:
    return page.locator(".k-draw > [role=status]")


def do(page: Page, name: str) -> None:
    page.locator(f".k-draw [data-{name}]").click()


def add(page: Page, word: str) -> None:
    page.locator("#draw-word").fill(word)
    page.locator(".k-word button").click()


def saved(page: Page) -> str:
    with page.expect_download() as waiting:
        do(page, "save")
    return Path(waiting.value.path()).read_text("utf-8")


def test_a_mouse_draws_on_both_sides_and_every_stroke_can_be_undone(server: Server, page: Page) -> None:
    """A stroke paints what it passes, mirrored; the colour and the mirror can be changed; Undo goes back stroke by stroke."""
    opened(page, server)
    start, end = cell(page, 2, 1).bounding_box(), cell(page, 2, 4).bounding_box()
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(end["x"] + 5, end["y"] + 5, steps=12)
    page.mouse.up()
    assert paper(page)[2] == ".RRRR......RRRR."
    page.locator("[data-mirror]").uncheck()
    page.locator("input[name=pen][value=G]").check()
    cell(page, 2, 0).click()
    assert paper(page)[2] == "GRRRR......RRRR."
    page.reload()
    assert paper(page)[2] == "GRRRR......RRRR."
    cell(page, 5, 5).click()
    do(page, "undo")
    assert paper(page)[5] == "." * 16
    expect(status(page)).to_have_text(words("draw_undone", "ja"))
    do(page, "clear")
    assert paper(page) == ["." * 16] * 16
    do(page, "undo")
    assert paper(page)[2] != "." * 16


def test_a_finger_draws_and_does_not_move_the_page(server: Server, new_page: Callable[..., Page]) -> None:
    """On a phone the paper fits, a finger's stroke paints, and the page stays where it is."""
    page = opened(new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True), server)
    box = page.locator(".k-sheet16[role=grid]").bounding_box()
    assert 320 < box["width"] <= 390
    cell(page, 8, 3).scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    client = page.context.new_cdp_session(page)
    places = [cell(page, y, 3).bounding_box() for y in (4, 5, 6)]
    for kind, place in zip(("touchStart", "touchMove", "touchMove"), places, strict=True):
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": place["x"] + 6, "y": place["y"] + 6}]})
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert [row[3] + row[12] for row in paper(page)[4:7]] == ["RR", "RR", "RR"]
    assert page.evaluate("scrollY") == before
    for button in page.locator(".k-draw button").all():
        found = button.bounding_box()
        assert found is None or found["height"] >= 44, button.inner_text()


def test_the_keyboard_draws_and_every_cell_is_named(server: Server, page: Page) -> None:
    """Arrows move, space and letters paint, M is the mirror; Tab goes in and out in one step."""
    opened(page, server)
    page.locator("[data-mirror]").focus()
    page.keyboard.press("Tab")
    expect(cell(page, 0, 0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(cell(page, 1, 1)).to_have_accessible_name(words("draw_cell", "ja"))
    expect(cell(page, 1, 1)).to_have_accessible_name("2 行 2 列、赤")
    expect(status(page)).to_have_text("2 行 2 列、赤")
    page.keyboard.press("m")
    expect(status(page)).to_have_text(words("draw_mirror_off", "ja"))
    for key in ("ArrowRight", "k", "End", "y", "Home", "ArrowUp", "w", "ArrowLeft", "g"):
        page.keyboard.press(key)
    assert paper(page)[:2] == ["W" + "." * 14 + "G", ".RK" + "." * 11 + "RY"]
    page.keyboard.press(".")
    assert paper(page)[0] == "W" + "." * 15
    page.keyboard.press("Tab")
    expect(page.locator("[data-undo]")).to_be_focused()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_collection_leaves_as_text_and_comes_back(lang: str, server: Server, new_page: Callable[..., Page]) -> None:
    """Add, change, delete, copy, save, open: the notebook's own reader reads it; a bad file changes nothing."""
    page = opened(new_page(permissions=["clipboard-read", "clipboard-write"]), server, lang)
    language(lang)
    title = page.locator("#draw-word").input_value()
    do(page, "save")
    expect(status(page)).to_have_text(words("draw_no_drawing", lang))
    add(page, title)
    expect(status(page)).to_have_text(words("draw_no_drawing", lang))
    cell(page, 3, 3).click()
    for bad in ("", "R" * 16):
        add(page, bad)
        expect(status(page)).to_have_text(words("draw_bad_word", lang))
    add(page, title)
    cell(page, 4, 4).click()
    add(page, "わたしの家" if lang == "ja" else "my house")
    drawings = page.locator(".k-drawings li")
    expect(drawings).to_have_count(2)
    drawings.nth(0).get_by_role("button").nth(0).click()
    assert paper(page)[3][3] + paper(page)[4][4] == "R."
    expect(page.locator("#draw-word")).to_have_value(title)
    do(page, "copy")
    expect(status(page)).to_have_text(words("draw_copied", lang))
    text = saved(page)
    assert page.evaluate("navigator.clipboard.readText()") == text
    found = read_collection(text)
    assert [word for word, _ in found] == [title, "わたしの家" if lang == "ja" else "my house"]
    assert found[0][1][3] == "...R........R..."
    for bad in BAD_FILES:
        page.locator(".k-draw input[type=file]").set_input_files({"name": "x.txt", "mimeType": "text/plain", "buffer": bad.encode()})
        expect(status(page)).to_have_text(words("draw_bad_file", lang))
        expect(drawings).to_have_count(2)
        do(page, "undo")  # so that the same sentence is seen to come again
    drawings.nth(0).get_by_role("button").nth(1).click()
    page.locator(".k-ask button[value=no]").click()
    expect(drawings).to_have_count(2)
    drawings.nth(0).get_by_role("button").nth(1).click()
    page.locator(".k-ask button[value=yes]").click()
    expect(drawings).to_have_count(1)
    file = text.replace("\n", "\r\n").encode("utf-8-sig")  # as an editor on Windows leaves it
    page.locator(".k-draw input[type=file]").set_input_files({"name": "x.txt", "mimeType": "text/plain", "buffer": file})
    expect(drawings).to_have_count(3)
    page.reload()
    expect(drawings).to_have_count(3)
    assert len(read_collection(saved(page))) == 3


def test_the_next_pupil_finds_an_empty_page(server: Server, page: Page, new_page: Callable[..., Page]) -> None:
    """Delete everything asks first, then nothing is left; what comes after it can be undone without harm."""
    opened(page, server)
    cell(page, 3, 3).click()
    add(page, "家")
    do(page, "forget")
    page.locator(".k-ask button[value=no]").click()
    expect(page.locator(".k-drawings li")).to_have_count(1)
    text = saved(page)
    do(page, "forget")
    page.locator(".k-ask button[value=yes]").click()
    expect(page.locator(".k-drawings li")).to_have_count(0)
    assert paper(page) == ["." * 16] * 16
    assert page.evaluate(f"localStorage.getItem('{KEPT}')") is None
    page.locator(".k-draw input[type=file]").set_input_files({"name": "x.txt", "mimeType": "text/plain", "buffer": text.encode()})
    expect(page.locator(".k-drawings li")).to_have_count(1)
    do(page, "undo")
    expect(page.locator(".k-drawings li")).to_have_count(1)


def test_two_tabs_draw_into_one_collection(server: Server, page: Page) -> None:
    """What is added in one tab is in the other, whose paper stays as it is."""
    opened(page, server)
    other = opened(page.context.new_page(), server)
    cell(other, 9, 9).click()
    cell(page, 3, 3).click()
    add(page, "家")
    expect(other.locator(".k-drawings li")).to_have_count(1)
    assert paper(other)[9][9] == "R"
    add(other, "城")
    expect(page.locator(".k-drawings li")).to_have_count(2)


def test_where_nothing_is_kept_drawings_can_be_saved(server: Server, page: Page) -> None:
    """Storage refused, clipboard refused: a sentence each, and the file is there."""
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
        "navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));"
    )
    opened(page, server)
    expect(status(page)).to_have_text(words("draw_not_saved", "ja"))
    cell(page, 3, 3).click()
    add(page, "家")
    expect(status(page)).to_have_text(words("draw_not_saved", "ja"))
    do(page, "copy")
    expect(status(page)).to_have_text(words("draw_not_copied", "ja"))
    assert len(read_collection(saved(page))) == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_drawing_page_has_no_violation(theme: str, server: Server, new_page: Callable[..., Page]) -> None:
    """Axe has nothing to mend with a drawing, a collection and a message on the page."""
    page = opened(new_page(color_scheme=theme), server)
    cell(page, 3, 3).click()
    add(page, "家")
    found = violations(page)
    assert not found, "\n" + "\n".join(found)

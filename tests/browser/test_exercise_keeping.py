"""What a pupil wrote is never lost without a question: reloads, tabs, editions, files, and browsers that keep nothing."""

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Page, expect

from browser.at_work import Desk, exercises, sit_down, words
from browser.serving import Server
from komainu.exercise import notebook

EXERCISE = "shrine-names"
KEPT = f"komainu.work.{EXERCISE}.ja"
REFUSED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"
MINE = "# わたしの考え\nprint(6 * 7)"


def first() -> str:
    """The cell of the exercise in which pupils write code."""
    return exercises()[EXERCISE].questions[0].id


def opened(page: Page, server: Server, lang: str = "ja", exercise: str = EXERCISE) -> Desk:
    """The page with its editors in place; Python is not waited for."""
    desk = sit_down(page, server.url, exercise, lang)
    if desk.do("start").is_visible():
        desk.page.route("**/worker.js", lambda route: route.fulfill(content_type="text/javascript", body=""))  # texts, not Python
        desk.do("start").click()
    expect(page.locator(".k-run.k-begun")).to_be_attached()
    return desk


def kept(desk: Desk) -> dict:
    """The entries in this browser, once what was typed has been kept."""
    desk.page.wait_for_timeout(400)
    return (json.loads(desk.page.evaluate("key => localStorage.getItem(key)", KEPT) or "{}") or {}).get("cells", {})


def handed_in(text: str = MINE, **metadata: object) -> dict:
    """A file as it is handed in, with this text in the first cell."""
    made = notebook(exercises()[EXERCISE], "ja")
    next(cell for cell in made["cells"] if cell["id"] == first())["source"] = text.splitlines(keepends=True)
    made["metadata"]["komainu"] |= metadata
    return made


# --- this browser --------------------------------------------------------------------------------

def test_a_text_outlives_reload_and_restart_of_the_browser(browser: Browser, browser_path: str, browser_flags: list[str], server: Server, tmp_path: Path) -> None:
    """Typed, closed at once, opened again days later: it is there without a press, and Python is not loaded for it."""
    for number in range(3):
        context = browser.browser_type.launch_persistent_context(tmp_path, executable_path=browser_path, args=browser_flags, locale="ja-JP")
        page = context.pages[0]
        if number == 0:
            desk = opened(page, server)
            desk.write(first(), MINE)
            page.reload()  # before the pause after which a text is kept
        else:
            asked = []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            desk = sit_down(page, server.url, EXERCISE)
            expect(desk.status).to_have_text(words("run_found", "ja"))
            assert not [url for url in asked if "worker.js" in url]
        expect(page.locator(".k-run.k-begun")).to_be_attached()
        assert desk.text(first()) == MINE
        context.close()


@pytest.mark.parametrize("event", ["pagehide", "visibilitychange", "freeze"])
def test_a_lid_that_closes_loses_nothing(event: str, server: Server, page: Page) -> None:
    """What was typed a moment ago is kept when the page is hidden or frozen."""
    desk = opened(page, server)
    desk.write(first(), MINE)
    page.evaluate("name => (name === 'pagehide' ? window : document).dispatchEvent(new Event(name))", event)
    found = json.loads(page.evaluate("key => localStorage.getItem(key)", KEPT))
    assert found["cells"][first()]["text"] == MINE


def test_the_two_languages_do_not_share_a_copy(server: Server, page: Page) -> None:
    """What was written in Japanese is not on the English page, which has not even begun."""
    desk = opened(page, server)
    desk.write(first(), MINE)
    kept(desk)
    english = sit_down(page, server.url, EXERCISE, "en")
    expect(english.do("start")).to_be_visible()
    opened(page, server, "en")
    assert english.text(first()) != MINE


def test_start_over_and_next_pupil_ask_first(server: Server, page: Page) -> None:
    """No keeps all; yes brings back what was handed out, or a page as new, with no name left on it."""
    desk = opened(page, server)
    base = desk.text(first())
    for name in ("over", "fresh"):
        desk.write(first(), MINE)
        assert first() in kept(desk)
        desk.more(name)
        desk.answer(yes=False)
        assert desk.text(first()) == MINE
        page.locator("#nickname").evaluate("e => { e.value = 'ポチ'; }")
        desk.more(name)
        desk.answer(yes=True)
        if name == "over":
            expect(desk.status).to_have_text(words("run_over_done", "ja"))
            assert desk.text(first()) == base
        else:
            expect(desk.do("start")).to_be_visible()
            expect(page.locator("#nickname")).to_have_value("")
            expect(desk.cell(first()).locator("code")).to_have_text(base)
        assert kept(desk) == {}


@pytest.mark.parametrize("script", [REFUSED, FULL], ids=["refused", "full"])
def test_where_nothing_is_kept_it_says_so_and_the_file_can_be_saved(script: str, server: Server, page: Page) -> None:
    """One sentence that stays for as long as it is true; the text is in the file all the same."""
    page.add_init_script(script)
    desk = opened(page, server)
    expect(desk.warning).to_have_text(words("run_not_kept", "ja"))
    desk.write(first(), MINE)
    page.wait_for_timeout(400)
    expect(desk.warning).to_be_visible()
    file = desk.hand_in()[1]
    assert MINE in ["".join(cell["source"]) for cell in file["cells"]]
    expect(desk.warning).to_be_visible()
    desk.open("other.ipynb", json.dumps(handed_in("x = 1")))
    desk.answer(yes=False)  # it asks here too, although nothing is kept
    assert desk.text(first()) == MINE


def test_a_browser_that_becomes_full_says_so_at_once(server: Server, page: Page) -> None:
    """The sentence comes when a text could not be kept, and goes when it can be again."""
    desk = opened(page, server)
    expect(desk.warning).to_be_hidden()
    page.evaluate(f"() => {{ window.before = Storage.prototype.setItem; {FULL} }}")
    desk.write(first(), MINE)
    expect(desk.warning).to_have_text(words("run_not_kept", "ja"))
    page.evaluate("() => { Storage.prototype.setItem = before; }")
    desk.write(first(), MINE + "\n")
    expect(desk.warning).to_be_hidden()
    assert kept(desk)[first()]["text"] == MINE + "\n"


# --- files ---------------------------------------------------------------------------------------

def test_the_file_to_hand_in_is_a_notebook_and_opens_on_a_clean_browser(server: Server, new_page: Callable[..., Page]) -> None:
    """Valid for nbformat, named by exercise and nickname, with texts and outputs; another browser reads it."""
    desk = sit_down(new_page(), server.url, EXERCISE).begin()
    desk.write(first(), MINE)
    desk.run("start", first())
    desk.page.locator(".k-more > summary").click()
    desk.page.locator("#nickname").fill("ポチ/../3")
    name, file = desk.hand_in()
    assert name == f"{EXERCISE}_ポチ3.ipynb"
    nbformat.validate(file)
    cell = next(cell for cell in file["cells"] if cell["id"] == first())
    assert ("".join(cell["source"]), cell["outputs"][0]["text"]) == (MINE, ["42\n"])
    assert {"exercise": EXERCISE, "language": "ja"}.items() <= file["metadata"]["komainu"].items()
    other = sit_down(new_page(), server.url, EXERCISE)
    other.open(name, json.dumps(file))
    expect(other.status).to_have_text(words("run_opened", "ja"))
    assert other.text(first()) == MINE
    other.page.reload()
    expect(other.status).to_have_text(words("run_found", "ja"))
    assert other.text(first()) == MINE


REFUSALS = {
    "another exercise": (lambda: json.dumps(notebook(exercises()["capital-guesser"], "ja")), "run_open_other"),
    "any notebook": (lambda: json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}), "run_open_other"),
    "the other language": (lambda: json.dumps(notebook(exercises()[EXERCISE], "en")), "run_open_language"),
    "a newer format": (lambda: json.dumps(handed_in(format=99)), "run_open_newer"),
    "cut off": (lambda: json.dumps(handed_in())[:500], "run_open_unreadable"),
    "no notebook": (lambda: "[1, 2]", "run_open_unreadable"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n\x00\xff\xfe", "run_open_unreadable"),
    "too deep": (lambda: "[" * 200_000, "run_open_unreadable"),
    "21 MB": (lambda: b" " * 21_000_000, "run_open_large"),
}


def test_a_file_that_does_not_fit_gives_a_sentence_and_loses_nothing(server: Server, page: Page) -> None:
    """Whatever is opened, what stands on the page stays, and the next file can be opened."""
    desk = opened(page, server)
    desk.write(first(), MINE)
    for name, (content, sentence) in REFUSALS.items():
        desk.open("file.ipynb", content())
        expect(desk.status).to_have_text(words(sentence, "ja"))
        assert desk.text(first()) == MINE, name
    desk.open("file.ipynb", json.dumps(handed_in("x = 1")))
    desk.answer(yes=False)
    assert desk.text(first()) == MINE
    desk.open("file.ipynb", json.dumps(handed_in("x = 1")))
    desk.answer(yes=True)
    expect(desk.status).to_have_text(words("run_opened", "ja"))
    assert desk.text(first()) == "x = 1"


def test_a_file_without_ids_is_found_by_content_and_place(server: Server, page: Page) -> None:
    """Programs that give cells new ids lose no answer; a cell that is the pupil's own is shown at the end, also later."""
    file = handed_in("shrines = 30\nprint(shrines)")
    file["cells"].append({"cell_type": "code", "metadata": {}, "source": "my_own = 1", "outputs": [], "execution_count": None})
    for cell in file["cells"]:
        cell.pop("id", None)
    del file["metadata"]["komainu"]
    file["nbformat_minor"] = 4
    desk = opened(page, server)
    desk.open("file.ipynb", json.dumps(file))
    expect(desk.status).to_have_text(words("run_opened", "ja"))
    texts = [desk.text(cell["id"]) for cell in handed_in()["cells"] if cell["cell_type"] == "code"]
    expected = [cell for cell in file["cells"] if cell["cell_type"] == "code"][:-1]
    assert texts == ["".join(cell["source"]) for cell in expected]
    expect(page.locator(".k-orphans pre")).to_contain_text("my_own = 1")
    page.reload()
    expect(page.locator(".k-orphans pre")).to_contain_text("my_own = 1")


# --- tabs ----------------------------------------------------------------------------------------

def test_a_second_tab_follows_the_first(server: Server, new_page: Callable[..., Page]) -> None:
    """What is written in one tab appears in the other, which says so; a start over does too."""
    page = new_page()
    here = opened(page, server)
    there = opened(page.context.new_page(), server)
    here.write(first(), MINE)
    expect(there.status).to_have_text(words("run_followed", "ja"))
    assert there.text(first()) == MINE
    there.write(first(), MINE + "\n# 続き")
    expect(here.cell(first()).locator(".cm-content")).to_contain_text("# 続き")
    base = here.page.evaluate(f"JSON.parse(localStorage.getItem('{KEPT}')).cells['{first()}'].base")
    here.more("over")
    here.answer(yes=True)
    expect(there.cell(first()).locator(".cm-content")).not_to_contain_text("# 続き")
    assert there.text(first()) == base


@pytest.mark.parametrize("take", [True, False], ids=["take", "keep"])
def test_two_tabs_that_disagree_lose_neither_text(take: bool, server: Server, new_page: Callable[..., Page]) -> None:
    """A tab that slept through a change does not write over it: both texts are kept, and the pupil chooses."""
    page = new_page()
    page.add_init_script("addEventListener('storage', event => event.stopImmediatePropagation(), true)")
    asleep, awake = opened(page, server), opened(page.context.new_page(), server)
    awake.write(first(), "text = 'awake'")
    kept(awake)
    asleep.write(first(), "text = 'asleep'")
    note = asleep.cell(first()).locator(".k-note-other")
    expect(note).to_contain_text(words("run_other", "ja"))
    assert awake.text(first()) == "text = 'awake'"
    assert {entry["text"] for entry in kept(asleep).values()} == {"text = 'awake'", "text = 'asleep'"}
    note.locator("button").nth(0 if take else 1).click()
    expect(note).to_be_hidden()
    chosen = "text = 'awake'" if take else "text = 'asleep'"
    assert asleep.text(first()) == chosen
    assert {entry["text"] for entry in kept(asleep).values()} == {chosen}
    expect(awake.cell(first()).locator(".cm-content")).to_have_text(chosen)


# --- editions ------------------------------------------------------------------------------------

def newer(page: Page, server: Server) -> Desk:
    """The page, come back to after its exercise changed: one cell is new, and one that was written in is gone."""
    desk = opened(page, server)
    desk.write(first(), MINE)
    kept(desk)
    page.evaluate("""([key, id]) => {
        const all = JSON.parse(localStorage.getItem(key));
        all.cells[id].base = "an older text";
        all.cells.gone = {text: "my words in a cell that is gone", base: "", at: 1};
        localStorage.setItem(key, JSON.stringify(all));
    }""", [KEPT, first()])
    made = handed_in("# the newer edition\nnew = ...")
    page.route(f"**/{EXERCISE}-ja.ipynb", lambda route: route.fulfill(json=made))
    page.reload()
    expect(page.locator(".k-run.k-begun")).to_be_attached()
    return desk


def test_a_newer_edition_is_offered_and_never_put_over_a_text(server: Server, page: Page) -> None:
    """Looked at, left undecided, written on, kept: the pupil's text stays in its place all the time."""
    desk = newer(page, server)
    note = desk.cell(first()).locator(".k-note-newer")
    assert desk.text(first()) == MINE
    expect(note).to_contain_text(words("run_newer", "ja"))
    expect(note.locator("pre")).to_be_hidden()
    note.locator("summary").click()
    expect(note.locator("pre")).to_have_text("# the newer edition\nnew = ...")
    expect(page.locator(".k-orphans pre")).to_contain_text("my words in a cell that is gone")
    desk.write(first(), MINE + "\n# more")
    kept(desk)
    page.reload()
    expect(note).to_be_visible()
    assert desk.text(first()) == MINE + "\n# more"
    note.get_by_role("button").nth(1).click()
    expect(note).to_be_hidden()
    page.reload()
    expect(page.locator(".k-run.k-begun")).to_be_attached()
    expect(note).to_be_hidden()
    assert desk.text(first()) == MINE + "\n# more"
    expect(page.locator(".k-orphans pre")).to_contain_text("my words in a cell that is gone")


def test_a_newer_edition_is_taken_over_after_a_question(server: Server, page: Page) -> None:
    """No leaves everything as it is, yes puts the new text in the place of the old one."""
    desk = newer(page, server)
    take = desk.cell(first()).locator(".k-note-newer").get_by_role("button").nth(0)
    take.click()
    desk.answer(yes=False)
    assert desk.text(first()) == MINE
    take.click()
    desk.answer(yes=True)
    expect(take).to_be_hidden()
    assert desk.text(first()) == "# the newer edition\nnew = ..."
    assert first() not in kept(desk)

"""The search as a reader uses it: what they type finds the right pages, and nothing is loaded before they ask.

In:  tests/cases/search.yml, a table of queries that a teacher can extend.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect

from browser.pages import LANGUAGES
from browser.serving import Server

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "search.yml").read_text("utf-8"))
FIRST_ANSWER_LIMIT_BYTES = 150_000
"The program (82 kB), a part of the index for each word of the query (at most 40 kB each), and the text of one page."
WITHIN = 5
SHOWN = 10


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    page.locator("[data-k=search]").click()
    expect(page.locator("#k-query")).to_be_focused()
    return page


def answers(page: Page, base: str, query: str) -> list[str]:
    """The addresses of the answers below `base`, once the status says that the search is done."""
    page.locator("#k-query").fill("x")
    page.locator("#k-query").fill("")
    expect(page.locator(".k-status")).to_have_text("")
    page.locator("#k-query").fill(query)
    expect(page.locator(".k-status")).not_to_have_text("")
    count = int((re.match(r"\d+", page.locator(".k-status").inner_text()) or ["0"])[0])
    expect(page.locator(".k-results a")).to_have_count(min(count, SHOWN))
    links = page.locator(".k-results a").evaluate_all("all => all.map(a => a.href)")
    assert all(link.startswith(base) for link in links), links
    return [link.removeprefix(base) for link in links]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_query_finds_its_pages(lang: str, server: Server, page: Page) -> None:
    """Every row of the table holds, however the word is spelt, and no answer is in the other language."""
    base = server.url + LANGUAGES[lang]
    opened(page, base + "teachers/")
    wrong = []
    for case in CASES[lang]:
        for query in case["query"]:
            found = answers(page, base, query)
            if case.get("none"):
                expect(page.locator(".k-status")).to_have_text(page.locator("#k-search").get_attribute("data-none"))
                good = not found
            else:
                first = "first" not in case or found[:1] == [case["first"]]
                good = first and set(case.get("among", [])) <= set(found[: case.get("within", WITHIN)])
            if lang == "ja" and any(link.startswith("en/") for link in found):
                good = False
            if not good:
                wrong.append(f"{query}: wanted {case}, found {found[:6]}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_the_words_found_are_shown_without_readings(server: Server, page: Page) -> None:
    """A pupil's page is found by words that carry furigana there; title and excerpt show the words alone."""
    base = opened(page, server.url).url
    assert "lessons/missing-torii/pupil/" in answers(page, base, "神社")
    row = page.locator(".k-results li", has=page.locator("a[href$='missing-torii/pupil/']"))
    assert "神社" in "".join(row.locator("mark").all_inner_texts())
    assert "（" not in row.inner_text()
    assert "じんじゃ" not in row.inner_text()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_loaded_before_the_search_is_opened(lang: str, server: Server, new_page: Callable[..., Page]) -> None:
    """A page without a search asks for nothing of it; until the first answer stands there, less than 150 kB have come."""
    page = new_page()
    sent: dict[str, int] = {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    urls: dict[str, str] = {}
    session.on("Network.responseReceived", lambda e: urls.update({e["requestId"]: e["response"]["url"]}))
    session.on("Network.loadingFinished", lambda e: sent.update({urls.get(e["requestId"], "?"): e["encodedDataLength"]}))
    page.goto(server.url + LANGUAGES[lang] + "glossary/", wait_until="networkidle")
    assert not [url for url in sent if "pagefind" in url]
    before = set(sent)
    page.locator("[data-k=search]").click()
    page.locator("#k-query").fill("言語モデル" if lang == "ja" else "language model")
    expect(page.locator(".k-results a").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    cost = {url: size for url, size in sent.items() if url not in before}
    texts = [url for url in cost if url.endswith(".pf_fragment")]
    assert texts
    for later in texts[1:]:  # the texts of the other answers come after the first one is shown
        del cost[later]
    assert sum(cost.values()) < FIRST_ANSWER_LIMIT_BYTES, cost


def test_the_search_works_below_a_path(server: Server, page: Page) -> None:
    """On a forge's page host the index is found and the answers lead below the path, in both languages."""
    for lang in LANGUAGES.values():
        base = server.sub_url + lang
        opened(page, base + "lessons/missing-torii/")
        assert "glossary/" in answers(page, base, "AI")


def test_the_search_works_with_the_keyboard_alone(server: Server, page: Page) -> None:
    """Open, type, Enter goes to the first answer, Enter follows it; Esc closes and gives the focus back."""
    page.goto(server.url + "lessons/")
    button, dialog = page.locator("[data-k=search]"), page.locator("#k-search")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#k-query")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.insert_text("ハルシネーション")
    expect(page.locator(".k-results a").first).to_be_visible()
    for _ in range(12):  # the page behind the dialog cannot be reached
        page.keyboard.press("Tab")
        inside = "() => document.activeElement === document.body || !!document.activeElement.closest('#k-search')"
        assert page.evaluate(inside)
    page.locator("#k-query").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".k-results a").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/")


def test_enter_in_a_japanese_input_method_closes_nothing(server: Server, page: Page) -> None:
    """The Enter that accepts a conversion stays in the field, both as Chrome and as Safari report it."""
    opened(page, server.url)
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "じんじゃ", "selectionStart": 4, "selectionEnd": 4})
    session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, "key": "Process"})
    session.send("Input.insertText", {"text": "神社"})
    expect(page.locator(".k-results a").first).to_be_visible()
    field = page.locator("#k-query")
    expect(field).to_have_value("神社")
    for event in ("{key: 'Enter', isComposing: true}", "{key: 'Enter', keyCode: 229}"):
        field.evaluate(f"e => e.dispatchEvent(new KeyboardEvent('keydown', {{...{event}, bubbles: true, cancelable: true}}))")
        expect(page.locator("#k-search")).to_be_visible()
        expect(field).to_be_focused()


def test_a_search_that_cannot_be_loaded_says_so(server: Server, page: Page, trouble: list[str]) -> None:
    """Without a connection there is a sentence with a remedy, and the next try works."""
    page.goto(server.url)
    page.route("**/pagefind/**", lambda route: route.abort())
    page.locator("[data-k=search]").click()
    status = page.locator(".k-status")
    expect(status).to_have_text(page.locator("#k-search").get_attribute("data-failed"))
    page.keyboard.press("Escape")
    trouble.clear()
    page.unroute("**/pagefind/**")
    page.reload()
    opened(page, server.url)
    page.keyboard.insert_text("神社")
    expect(page.locator(".k-results a").first).to_be_visible()
    trouble.clear()

"""The five-minute diagnosis: fourteen questions by keyboard or thumb, a result in words, a class picture, nothing kept or sent."""

from collections.abc import Callable, Mapping
from functools import cache

import pytest
from playwright.sync_api import Page, Route, expect
from run import ROOT

from browser.at_the_policy import tab_to
from browser.pages import LANGUAGES
from browser.serving import Server
from browser.test_exercise_page import violations
from browser.test_pages import CSP, TOO_WIDE
from komainu.diagnosis.bank import LEVELS, VIEWPOINTS, Item, read_bank
from komainu.diagnosis.pages import numbers
from komainu.diagnosis.scoring import encode
from komainu.problem import Report
from komainu.words import say

PHONE = {"width": 390, "height": 844}
A4_PX = 1009
"The height of A4 within the margins of the style sheet."
LIMIT_BYTES = 40_000
"Of the questions with the script and its style, as they come from the server."
EMPTY = "async () => [localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length]"
WORDS = {"low": "これから", "middle": "できつつある", "high": "できる"}


@cache
def items(form: str) -> list[Item]:
    """The questions of a form, in the order asked."""
    return read_bank(ROOT, Report()).form(form)


def opened(page: Page, server: Server, lang: str = "ja") -> Page:
    page.goto(f"{server.url}{LANGUAGES[lang]}diagnosis/")
    expect(page.locator(".k-diagnosis form")).to_be_visible()
    return page


def begin(page: Page, level: str, form: str = "a") -> None:
    page.locator(f"input[name=level][value={level}]").check()
    page.locator(f"input[name=form][value={form}]").check()
    page.locator(".k-begin button").click()
    expect(heading(page)).to_be_focused()


def heading(page: Page):
    return page.locator(".k-screen h2")


def pick(page: Page, *answers: str) -> None:
    for answer in answers:
        page.locator(f"[data-pick={answer}]").click()


def wrong(item: Item) -> str:
    """An answer that earns nothing."""
    return next(one for one in item.options if one != item.key and one not in item.half)


def answer_all(page: Page, form: str = "a", result: Mapping[str, str] | None = None, sure: str = "probable") -> None:
    """Answers so that each viewpoint gets its word: low is twice wrong, middle is one right, high is two."""
    for number, item in enumerate(items(form)):
        word = (result or {}).get(item.viewpoint, "high")
        right = word == "high" or (word == "middle" and item.kind == "output")
        pick(page, item.key if right else wrong(item), *([sure] if item.kind == "output" else []))
        if number < 13:
            expect(heading(page)).to_contain_text(f"{number + 2} ")
    expect(page.locator(".k-result")).to_be_visible()


def code(page: Page) -> str:
    return page.locator(".k-code").inner_text()


# --- from the first question to the result -------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("level", LEVELS)
def test_a_whole_round_by_keyboard(lang: str, level: str, server: Server, page: Page) -> None:
    """Tab, arrows, Enter and Space are enough; after each answer the heading of the next question has the focus."""
    opened(page, server, lang)
    tab_to(page, "input[name=level]", limit=80)
    page.keyboard.press("Space")
    for _ in range(LEVELS.index(level)):
        page.keyboard.press("ArrowDown")
    expect(page.locator(f"input[name=level][value={level}]")).to_be_checked()
    tab_to(page, ".k-begin button")
    page.keyboard.press("Enter")
    for number, item in enumerate(items("a"), 1):
        expect(heading(page)).to_be_focused()
        expect(heading(page)).to_contain_text(say(lang, "diagnosis_number", n=number, all=14))
        tab_to(page, f"[data-pick={item.key}]")
        page.keyboard.press("Space")
        if item.kind == "output":
            tab_to(page, "[data-pick=certain]")
            page.keyboard.press("Enter")
    expect(heading(page)).to_be_focused()
    expect(page.locator(".k-result td:nth-child(2)").first).to_be_visible()
    said = page.locator(".k-result td.k-word-high")
    assert said.count() == 7
    assert code(page).replace(" ", "").replace("-", "") == encode("a", ["high"] * 7)
    assert page.locator(".k-onward").count() == 0


@pytest.mark.parametrize("level", LEVELS)
def test_a_round_on_a_phone(level: str, server: Server, new_page: Callable[..., Page]) -> None:
    """With a thumb; the result is what was earned, on the figure and in the table, with what to learn next and why."""
    page = opened(new_page(viewport=PHONE, has_touch=True), server)
    begin(page, level, "b")
    result = dict(zip(VIEWPOINTS, ("low", "middle", "high", "middle", "low", "high", "middle"), strict=True))
    answer_all(page, "b", result)
    rows = page.locator(".k-result tbody tr")
    for viewpoint, word in result.items():
        row = rows.and_(page.locator(f"[data-viewpoint={viewpoint}]"))
        expect(row.locator(f"td.k-word-{word}")).to_be_visible()
        assert row.locator("a").count() == 0 if word == "high" else row.locator("a").count() >= 1
    told = page.locator(".k-diagnosis svg").get_attribute("aria-label")
    assert [told.count(text) for text in WORDS.values()] == [2, 3, 2]
    assert code(page).replace(" ", "").replace("-", "") == encode("b", result.values())
    assert page.evaluate(TOO_WIDE) == []
    page.locator(".k-review summary").click()
    assert page.locator(".k-review li").count() == 14
    for link in page.locator(".k-onward a").evaluate_all("all => all.map(a => a.href)"):
        assert page.request.get(link).ok, link


def test_the_result_says_what_it_cannot_tell(server: Server, page: Page) -> None:
    """Above the figure stands how many of the seven words chance alone changes."""
    opened(page, server, "en")
    begin(page, "hs")
    answer_all(page)
    caveat = page.locator(".k-diagnosis .k-caveat")
    expect(caveat).to_contain_text(str(numbers()["changed"]))
    assert caveat.bounding_box()["y"] < page.locator(".k-diagnosis svg").bounding_box()["y"]


@pytest.mark.parametrize(
    ("sure", "result", "said"),
    [("certain", "low", "sure-wrong"), ("even", "high", "unsure-right"), ("certain", "high", "fits"), ("even", "low", "fits")],
)
def test_how_sure(sure: str, result: str, said: str, server: Server, page: Page) -> None:
    """Certain and wrong, or right and unsure, is told without blame; honest doubt fits."""
    opened(page, server, "en")
    begin(page, "jhs")
    answer_all(page, result=dict.fromkeys(VIEWPOINTS, result), sure=sure)
    text = read_bank(ROOT, Report()).words.data["calibration"][said]["en"]
    expect(page.locator(".k-screen")).to_contain_text(text)


def test_a_level_must_be_chosen(server: Server, page: Page) -> None:
    """Nobody gets somebody else's wording by pressing Begin."""
    opened(page, server)
    page.locator(".k-begin button").click()
    assert page.locator(".k-begin form").evaluate("form => form.checkValidity()") is False
    expect(heading(page)).to_have_count(0)


# --- back ----------------------------------------------------------------------------------------


def test_back_and_forth(server: Server, page: Page) -> None:
    """The page's Back and the browser's lead to the question before, with its answer; nobody skips a question."""
    opened(page, server)
    begin(page, "jhs")
    first, second = items("a")[0], items("a")[1]
    pick(page, first.key, "certain")
    pick(page, second.key, "even")
    expect(heading(page)).to_contain_text("3 / 14")
    page.locator("[data-do=back]").click()
    expect(heading(page)).to_contain_text("2 / 14")
    expect(page.locator(f"[data-pick={second.key}]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-pick=even]")).to_have_attribute("aria-pressed", "true")
    page.go_back()
    expect(heading(page)).to_contain_text("1 / 14")
    pick(page, wrong(first), "probable")
    page.locator("[data-do=next]").click()
    expect(heading(page)).to_contain_text("3 / 14")
    expect(page.locator("[data-do=next]")).to_have_count(0)
    for _ in range(2):
        page.go_back()
    expect(heading(page)).to_contain_text("1 / 14")
    expect(page.locator(f"[data-pick={wrong(first)}]")).to_have_attribute("aria-pressed", "true")


def test_again(server: Server, page: Page) -> None:
    """After a round the start comes back, and the other form asks other questions with nothing answered."""
    opened(page, server)
    begin(page, "jhs")
    stem = page.locator(".k-stem").inner_text()
    answer_all(page)
    page.locator("[data-do=again]").click()
    expect(page.locator(".k-begin button")).to_be_focused()
    begin(page, "jhs", "b")
    assert page.locator(".k-stem").inner_text() != stem
    assert page.locator("[aria-pressed=true]").count() == 0


# --- nothing is kept or sent ---------------------------------------------------------------------


def test_nothing_is_kept_or_sent(server: Server, page: Page) -> None:
    """After the questions have come, the page asks for nothing more; no storage of any kind holds a thing; few bytes come."""
    sizes: dict[str, int] = {}
    page.on("response", lambda response: sizes.update({response.url: int(response.headers.get("content-length", 0))}))
    opened(page, server)
    begin(page, "es-upper")
    page.wait_for_load_state("networkidle")
    own = {url: size for url, size in sizes.items() if "/diagnosis/" in url and not url.endswith("/diagnosis/")}
    assert len(own) == 3, own
    assert sum(own.values()) <= LIMIT_BYTES, own
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answer_all(page)
    page.locator("#tally-codes").fill(code(page))
    page.locator("[data-do=tally-add]").click()
    assert asked == []
    assert page.evaluate(EMPTY) == [0, 0, "", 0]
    page.reload()
    expect(page.locator(".k-class svg")).to_have_count(0)
    expect(heading(page)).to_have_count(0)


def test_under_a_strict_content_policy(server: Server, page: Page) -> None:
    """Where a school's proxy forbids inline scripts, inline styles and other hosts, a round and a class picture work as ever."""

    def under_policy(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": CSP})

    page.route("**/*", under_policy)
    opened(page, server)
    begin(page, "jhs")
    answer_all(page)
    page.locator("#tally-codes").fill(code(page))
    page.locator("[data-do=tally-add]").click()
    expect(page.locator(".k-class svg")).to_be_visible()
    page.unroute_all(behavior="ignoreErrors")


def test_without_a_connection_nothing_is_lost(server: Server, page: Page, trouble: list[str]) -> None:
    """When the questions cannot be had the page says so, and the next press tries again."""
    opened(page, server, "en")
    page.route("**/jhs.json*", lambda route: route.abort())
    page.locator("input[name=level][value=jhs]").check()
    page.locator(".k-begin button").click()
    expect(page.locator(".k-begin [role=status]")).to_have_text(say("en", "diagnosing_failed"))
    page.unroute("**/jhs.json*")
    trouble.clear()
    begin(page, "jhs")


# --- reading and seeing --------------------------------------------------------------------------


@pytest.mark.parametrize(("level", "year"), [("es-upper", "4"), ("jhs", "6"), ("hs", "9")])
def test_furigana_suits_the_level(level: str, year: str, server: Server, page: Page) -> None:
    """The readings above the level's year are seen from the first question on; the switch shows what is chosen."""
    opened(page, server)
    begin(page, level)
    expect(page.locator(".k-furigana")).to_have_attribute("data-furigana", year)
    expect(page.locator(f".k-switch input[value='{year}']")).to_be_checked()
    answer_all(page)
    page.locator(".k-review summary").click()
    shown = page.locator(".k-review rt").evaluate_all("all => all.filter(e => e.checkVisibility()).map(e => Number(e.parentElement.className.slice(1)))")
    assert all(one > int(year) for one in shown)
    assert bool(shown) == (level != "hs")


def test_the_readers_own_furigana_stays(server: Server, page: Page) -> None:
    """Who has chosen readings for every kanji on this site keeps them."""
    opened(page, server)
    page.locator(".k-switch input[value='0']").check()
    begin(page, "jhs")
    expect(page.locator(".k-furigana")).to_have_attribute("data-furigana", "0")
    expect(page.locator(".k-stem rt").first).to_be_visible()


@pytest.mark.parametrize(("theme", "lang"), [("light", "ja"), ("dark", "en")])
def test_no_violation_on_the_way(theme: str, lang: str, server: Server, new_page: Callable[..., Page]) -> None:
    """Axe has nothing to mend at an output, at a situation, at the result with all opened, and with a class entered."""
    page = opened(new_page(color_scheme=theme, viewport=PHONE), server, lang)
    begin(page, "es-upper")
    pick(page, items("a")[0].key)
    assert violations(page) == []
    for item in items("a")[:7]:
        pick(page, item.key, "certain")
    assert violations(page) == []
    page.go_back()
    pick(page, items("a")[6].key, "certain")
    for item in items("a")[7:]:
        pick(page, wrong(item))
    page.locator(".k-review summary").click()
    page.locator("#tally-codes").fill(code(page))
    page.locator("[data-do=tally-add]").click()
    assert violations(page) == []


@pytest.mark.parametrize(("lang", "level"), [("ja", "es-upper"), ("ja", "hs"), ("en", "jhs")])
def test_the_result_is_one_sheet(lang: str, level: str, server: Server, new_page: Callable[..., Page]) -> None:
    """On paper there are figure, table and code, within one A4 page, and nothing of the site around."""
    page = opened(new_page(viewport={"width": 680, "height": A4_PX}), server, lang)
    begin(page, level)
    answer_all(page, result=dict.fromkeys(VIEWPOINTS, "low"), sure="certain")
    page.emulate_media(media="print")
    for shown in (".k-diagnosis svg", ".k-result", ".k-code"):
        expect(page.locator(shown)).to_be_visible()
    for hidden in (".k-class", ".k-begin", ".k-turn", "#limits", "#teachers", ".k-review"):
        assert not page.locator(hidden).first.is_visible(), hidden
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") == 1


def test_without_a_script_the_page_says_what_to_do(server: Server, new_page: Callable[..., Page]) -> None:
    """A sentence, and the way to the items on paper."""
    page = new_page(java_script_enabled=False)
    page.goto(f"{server.url}diagnosis/")
    expect(page.locator("noscript a")).to_be_visible()
    page.locator("noscript a").click()
    expect(page.locator("#use-a-output")).to_be_visible()


# --- the class -----------------------------------------------------------------------------------


def test_a_class_before_and_after(server: Server, page: Page) -> None:
    """Codes are counted, slips are given back, hands can be typed; bars and table show both forms; one press takes one back."""
    opened(page, server)
    low, high = encode("a", ["low"] * 7), encode("b", ["high"] * 7)
    page.locator("#tally-codes").fill(f"{low}\n{low.lower()} {high}\nA1111111Z")
    page.locator("[data-do=tally-add]").click()
    status = page.locator(".k-class [role=status]")
    expect(status).to_contain_text(say("ja", "tally_added", n=3, a=2, b=1))
    expect(status).to_contain_text("A 1111-111 Z")
    expect(page.locator("#tally-codes")).to_be_focused()
    assert counts(page)[0] == [2, 0, 0, 0, 0, 1]
    assert page.locator(".k-class rect.k-bar").count() == 3 + 14
    page.locator("[data-do=tally-undo]").click()
    assert counts(page)[6] == [2, 0, 0]
    page.locator("input[name=tally-form][value=b]").check()
    page.locator(".k-tally-grid input").nth(2).fill("12")
    assert counts(page)[0] == [2, 0, 0, 0, 0, 12]
    expect(page.locator(".k-class .k-caveat")).to_contain_text(str(numbers()["swing"]))
    page.locator("[data-do=tally-clear]").click()
    expect(page.locator(".k-class svg")).to_have_count(0)


def counts(page: Page) -> list[list[int]]:
    """The numbers of the class's table, by viewpoint."""
    rows = page.locator(".k-tally-picture tbody tr")
    return [[int(cell) for cell in rows.nth(n).locator("td").all_inner_texts()] for n in range(rows.count())]


def test_the_class_picture_on_paper(server: Server, page: Page) -> None:
    """The button prints the picture alone; afterwards the page is as it was."""
    opened(page, server)
    page.locator("#tally-codes").fill(encode("a", ["middle"] * 7))
    page.locator("[data-do=tally-add]").click()
    page.evaluate("window.print = () => { window.printed = document.documentElement.className; }")
    page.locator("[data-do=tally-print]").click()
    assert "k-paper-tally" in page.evaluate("printed")
    page.emulate_media(media="print")
    expect(page.locator(".k-class svg")).to_be_visible()
    for hidden in (".k-diagnosis form", "#tally-codes", "#limits"):
        assert not page.locator(hidden).is_visible(), hidden
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not page.locator(".k-class").is_visible()


# --- the teachers' page --------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_keys(lang: str, server: Server, new_page: Callable[..., Page]) -> None:
    """All twenty-eight items with their keys, in one wording at a time, chosen without a script; a search does not find them."""
    page = new_page(java_script_enabled=False, locale="ja-JP" if lang == "ja" else "en-GB")
    page.goto(f"{server.url}{LANGUAGES[lang]}diagnosis-key/")
    assert page.locator("h3").count() == 28
    for level in ("es-upper", "hs"):
        page.locator(f"#filter-stage-{level}").check()
        seen = page.locator("article div[data-stage]").evaluate_all("all => all.filter(e => e.checkVisibility()).map(e => e.dataset.stage)")
        assert seen == [level] * (28 + 2)  # the items, and the files of two forms
    assert page.locator("strong", has_text=say(lang, "key_key")).count() == 3 * 28
    assert page.locator("[data-pagefind-body]").count() == 0

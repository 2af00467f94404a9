"""The questions of a pupils' page are answered and checked there, by every kind of hand, and by none on paper or without script."""

import re
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from playwright.sync_api import Page, expect
from run import ROOT

from browser.at_the_quiz import (
    LESSON,
    MADE_UP,
    PUPIL,
    WRONG,
    Quiz,
    curriculum,
    open_made_up,
    open_quiz,
    right,
)
from browser.pages import LANGUAGES
from browser.serving import Server
from browser.test_axe import AXE, TWO_FRAMES, WCAG, told
from browser.test_pages import A4, NARROW, PHONE, TOO_WIDE
from komainu.words import say

by_hand = pytest.mark.parametrize("keys", [True, False], ids=["keyboard", "pointer"])
each_kind = pytest.mark.parametrize("kind", MADE_UP)
LESSONS = sorted(file.parent.name for file in ROOT.glob("lessons/*/lesson.yml"))
MOST_BYTES = 5000
"Of script and style together, as a server sends them; what the page itself grows by is about 1,100."
CONTROLS = ".k-check :is(input, select, button)"


@pytest.fixture
def quiz(page: Page, server: Server, site: Path) -> Quiz:
    """The made-up questions in Japanese, at desktop size."""
    return open_made_up(page, server.url, site)


def said(name: str, lang: str = "ja", **values: object) -> re.Pattern[str]:
    """A sentence of the page, with whatever readings stand between its signs."""
    return re.compile(r"\s*".join(map(re.escape, say(lang, f"selfcheck_{name}", **values).replace(" ", ""))))


def bare(quiz: Quiz, selector: str) -> str:
    """The text of an element without readings and spaces."""
    text = quiz.page.locator(selector).evaluate("e => { const c = e.cloneNode(true); c.querySelectorAll('rt, rp').forEach(r => r.remove()); return c.textContent; }")
    return re.sub(r"\s", "", text)


def heard(quiz: Quiz, kind: str) -> str:
    """What stands in the live region of a question, without readings."""
    return bare(quiz, f".k-question:has(#quiz-made-{kind}) [role=status]")


def has(text: str, name: str, lang: str = "ja", **values: object) -> bool:
    """Whether a sentence of the page stands in a text."""
    return bool(said(name, lang, **values).search(text))


# --- every kind, right and wrong -----------------------------------------------------------------


@by_hand
@each_kind
def test_a_right_answer_is_told(kind: str, keys: bool, quiz: Quiz) -> None:
    """Answered by keyboard alone or by pointer alone, it counts, and the page says what was answered."""
    asked = MADE_UP[kind]
    quiz.give(asked, right(asked, "ja"), keys)
    assert quiz.verdict(asked) == "right"
    assert has(heard(quiz, kind), "right")
    assert has(heard(quiz, kind), "yours")
    assert has(bare(quiz, ".k-sum"), "so_far", m=7, n=1)


@by_hand
@each_kind
def test_a_wrong_answer_is_told_and_can_be_put_right(kind: str, keys: bool, quiz: Quiz) -> None:
    """Not yet; once more puts the question back with the focus in it, and the right answer then counts."""
    asked = MADE_UP[kind]
    quiz.give(asked, WRONG[kind], keys)
    assert quiz.verdict(asked) == "wrong"
    assert has(heard(quiz, kind), "wrong")
    assert not has(heard(quiz, kind), "right")
    if keys:
        quiz.tab_to(quiz.again(asked))
        quiz.page.keyboard.press("Enter")
    else:
        quiz.again(asked).click()
    expect(quiz.status(asked)).to_be_empty()
    expect(quiz.again(asked)).to_be_hidden()
    assert quiz.block(asked).evaluate("e => e.contains(document.activeElement) && document.activeElement.matches('input, select, .k-moves button')")
    quiz.give(asked, right(asked, "ja"), keys)
    assert quiz.verdict(asked) == "right"


def test_the_reply_to_the_chosen_option_is_shown(quiz: Quiz) -> None:
    """Whoever chose wrongly reads what there is to say to that choice, and to no other."""
    quiz.give(MADE_UP["single"], ["a"])
    assert "学校の門:学校の校門に鳥居はありますか。" in heard(quiz, "single")
    assert "玄関" not in heard(quiz, "single")
    quiz.give(MADE_UP["multiple"], ["a", "b"])
    assert "校庭はどこにありますか。" in heard(quiz, "multiple")
    assert "教室では" not in heard(quiz, "multiple")


def test_what_is_partly_right_is_called_so(quiz: Quiz) -> None:
    """One of two right options, one of two right pairs: partly, and how many."""
    quiz.give(MADE_UP["multiple"], ["a"])
    assert quiz.verdict(MADE_UP["multiple"]) == "partly"
    assert has(heard(quiz, "multiple"), "some", n=1)
    quiz.give(MADE_UP["match"], {"a": "x", "b": "z"})
    assert quiz.verdict(MADE_UP["match"]) == "partly"
    assert has(heard(quiz, "match"), "pairs", n=1)


@pytest.mark.parametrize(
    ("given", "verdict", "points", "remark"),
    [
        ("false-certain", "right", 1, "certain_right"),
        ("false-probable", "right", 0.9, "probable_right"),
        ("even", "even", 0.75, "even_right"),
        ("true-probable", "wrong", 0.4, "probable_wrong"),
        ("true-certain", "wrong", 0, "certain_wrong"),
    ],
)
def test_a_judgement_is_told_its_points_and_its_sureness(given: str, verdict: str, points: float, remark: str, quiz: Quiz) -> None:
    """Sure and wrong, unsure and right: each of the five answers has its points and its own remark."""
    asked = MADE_UP["confidence"]
    quiz.give(asked, given)
    assert quiz.verdict(asked) == verdict
    text = heard(quiz, "confidence")
    assert has(text, "points", n=points)
    assert has(text, remark)


@pytest.mark.parametrize("written", ["２", " ２．０ ", "2。0", "+2"])
def test_full_width_digits_are_numbers(written: str, quiz: Quiz) -> None:
    """A number typed with a Japanese input method is that number."""
    quiz.give(MADE_UP["number"], written)
    assert quiz.verdict(MADE_UP["number"]) == "right"
    assert heard(quiz, "number").endswith("2")


def test_words_of_either_width_and_case_are_the_same(new_page: Callable[..., Page], server: Server, site: Path) -> None:
    """TORII, typed wide or small, is an accepted word on the English page; the Japanese words are those of the other page."""
    quiz = open_made_up(new_page(), server.url, site, "en")
    for written, verdict in (("ＴＯＲＩＩ ", "right"), ("Torii", "right"), ("鳥居", "wrong")):
        quiz.give(MADE_UP["short"], written)
        assert quiz.verdict(MADE_UP["short"]) == verdict


# --- nobody gets stuck ---------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "asks"), [("single", "no_one"), ("multiple", "no_some"), ("match", "no_pairs"), ("number", "no_text"), ("short", "no_text"), ("confidence", "no_one")])
def test_no_answer_is_asked_for_kindly(kind: str, asks: str, quiz: Quiz) -> None:
    """To check without an answer costs nothing: a sentence says what to do first, and the question stays open."""
    asked = MADE_UP[kind]
    quiz.check(asked).click()
    assert has(heard(quiz, kind), asks)
    assert not quiz.verdict(asked)
    assert has(bare(quiz, ".k-sum"), "so_far", m=7, n=0)
    quiz.give(asked, right(asked, "ja"))
    assert quiz.verdict(asked) == "right"


@pytest.mark.parametrize("written", ["二", "2本", "1.2.3", "1,5"])
def test_what_is_no_number_is_not_marked_wrong(written: str, quiz: Quiz) -> None:
    """A sentence says how to write a number, the field keeps the focus and is named as the place of the mistake."""
    quiz.give(MADE_UP["number"], written)
    field = quiz.block(MADE_UP["number"]).locator("input")
    assert has(heard(quiz, "number"), "no_number")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    assert has(bare(quiz, ".k-sum"), "so_far", m=7, n=0)
    quiz.give(MADE_UP["number"], 2)
    expect(field).to_have_attribute("aria-invalid", "false")


def test_a_changed_answer_takes_back_what_was_said(quiz: Quiz) -> None:
    """What was said of one answer does not stand beside another."""
    for kind, change in (("single", "label >> nth=2"), ("number", "input"), ("order", ".k-moves button >> nth=1")):
        quiz.give(MADE_UP[kind], WRONG[kind])
        part = quiz.block(MADE_UP[kind]).locator(change)
        part.fill("5") if kind == "number" else part.click()
        assert not quiz.verdict(MADE_UP[kind]), kind


@each_kind
def test_the_answer_can_be_opened_at_any_time(kind: str, quiz: Quiz) -> None:
    """Below each question the answer stays closed until somebody opens it, by keyboard too."""
    answer = quiz.block(MADE_UP[kind]).locator("details")
    expect(answer.locator("strong").first).to_be_hidden()
    quiz.tab_to(answer.locator("summary"))
    quiz.page.keyboard.press("Enter")
    expect(answer.locator("strong").first).to_be_visible()


# --- all of it together --------------------------------------------------------------------------


def test_the_summary_counts_and_speaks_of_sureness(quiz: Quiz) -> None:
    """First tries apart from later ones; an answer that was seen first counts as right, but not as known."""
    for kind, asked in MADE_UP.items():
        if kind == "number":
            quiz.block(asked).locator("summary").click()
        quiz.give(asked, WRONG[kind] if kind in ("single", "confidence") else right(asked, "ja"))
    quiz.give(MADE_UP["single"], ["b"])
    text = bare(quiz, ".k-sum")
    assert has(text, "solved", m=7, n=6)
    assert has(text, "at_once", n=4)
    assert has(text, "sure", m=1, n=0)
    assert has(text, "over", n=1)
    assert not has(text, "under", n=1)


@pytest.mark.parametrize(("given", "tells"), [("false-probable", "under"), ("even", "open"), ("false-certain", "fitting"), ("true-probable", "fitting")])
def test_the_summary_tells_each_way_of_being_sure(given: str, tells: str, page: Page, server: Server, site: Path) -> None:
    """Too little trust in oneself shows as well as too much; a fitting sureness is said to fit."""
    quiz = open_made_up(page, server.url, site, kinds=("confidence",))
    quiz.give(MADE_UP["confidence"], given)
    assert [name for name in ("over", "under", "open", "fitting") if has(bare(quiz, ".k-sum"), name, n=1)] == [tells]


# --- how it is seen, heard and reached -----------------------------------------------------------


def test_controls_have_names_and_groups(quiz: Quiz) -> None:
    """A screen reader hears at each control which question it belongs to and what it stands for."""
    block = quiz.block(MADE_UP["single"])
    group = block.get_by_role("radiogroup")
    expect(group).to_have_accessible_name(re.compile("1.*は ?何 ?の ?門 ?ですか。"))
    expect(group.get_by_role("radio", name=re.compile("神社 ?の ?門"))).to_have_count(1)
    expect(quiz.block(MADE_UP["multiple"]).get_by_role("group").get_by_role("checkbox")).to_have_count(4)
    moves = quiz.block(MADE_UP["order"]).get_by_role("group").get_by_role("button")
    assert [one.get_attribute("aria-label") for one in moves.all()][:2] == ["上へ: 手を洗う", "下へ: 手を洗う"]
    expect(quiz.block(MADE_UP["match"]).get_by_role("combobox").first).to_have_accessible_name(re.compile("一本 ?目 ?の"))
    field = quiz.block(MADE_UP["number"]).get_by_role("textbox")
    expect(field).to_have_accessible_name(re.compile("答"))
    expect(field).to_have_accessible_description(re.compile("は ?何本 ?ですか。"))
    assert quiz.block(MADE_UP["confidence"]).get_by_role("radio").count() == 5
    expect(quiz.check(MADE_UP["short"])).to_have_accessible_description(re.compile("6"))


def test_the_live_regions_are_there_before_they_speak(quiz: Quiz) -> None:
    """Each question has an empty polite region from the start, and the same element speaks later."""
    regions = quiz.page.locator(".k-question [role=status]")
    assert regions.evaluate_all("all => all.map(e => [e.getAttribute('aria-live'), e.textContent])") == [["polite", ""]] * len(MADE_UP)
    regions.first.evaluate("e => { e.dataset.known = 'yes'; }")
    quiz.give(MADE_UP["single"], ["b"])
    expect(quiz.status(MADE_UP["single"])).to_have_attribute("data-known", "yes")
    expect(quiz.check(MADE_UP["single"])).to_be_focused()


@by_hand
def test_a_move_is_announced_and_keeps_the_focus(keys: bool, quiz: Quiz) -> None:
    """After each step the page says where the row now is; the same button moves it on; at the end nothing breaks."""
    asked = MADE_UP["order"]
    down = quiz.block(asked).get_by_role("button", name="下へ: 手を洗う")
    for place in (2, 3, 3):
        if keys:
            quiz.tab_to(down)
            quiz.page.keyboard.press("Space")
        else:
            down.click()
        expect(down).to_be_focused()
        assert has(heard(quiz, "order"), "place", what="手を洗う", n=place)
    quiz.page.keyboard.press("ArrowUp")
    assert quiz.order(asked) == ["b", "a", "c"]
    expect(down).to_be_focused()


def test_a_row_can_be_drawn_to_its_place(quiz: Quiz) -> None:
    """The grip takes a row along with the pointer, and where it is let go is announced."""
    asked = MADE_UP["order"]
    grips = quiz.block(asked).locator(".k-grip")
    grips.first.scroll_into_view_if_needed()
    start, end = grips.first.bounding_box(), grips.last.bounding_box()
    quiz.page.mouse.move(start["x"] + 5, start["y"] + 5)
    quiz.page.mouse.down()
    quiz.page.mouse.move(end["x"] + 5, end["y"] + end["height"] + 5, steps=12)
    quiz.page.mouse.up()
    assert quiz.order(asked) == ["b", "c", "a"]
    assert has(heard(quiz, "order"), "place", what="手を洗う", n=3)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_answered_page_has_no_violation(lang: str, theme: str, server: Server, site: Path, new_page: Callable[..., Page]) -> None:
    """Axe finds nothing to mend when everything has been said, on a desk or in a hand."""
    page = new_page(color_scheme=theme)
    quiz = open_made_up(page, server.url, site, lang)
    for kind, asked in MADE_UP.items():
        quiz.give(asked, WRONG[kind] if kind in ("single", "order") else right(asked, lang))
    page.add_script_tag(path=AXE)
    for size in ({"width": 1280, "height": 800}, PHONE):
        page.set_viewport_size(size)
        page.evaluate(TWO_FRAMES)
        found = page.evaluate("tags => axe.run('.k-check', {runOnly: tags})", [*WCAG, "best-practice"])["violations"]
        assert not found, "\n".join(map(told, found))


@pytest.mark.parametrize("size", [PHONE, NARROW, {"width": 640, "height": 400}], ids=["phone", "narrow", "zoomed to 200 %"])
def test_controls_are_large_enough_and_fit(size: dict, server: Server, site: Path, new_page: Callable[..., Page]) -> None:
    """Nothing to press is smaller than 24 pixels either way, and the page need not be moved sideways."""
    quiz = open_made_up(new_page(viewport=size), server.url, site)
    for kind, asked in MADE_UP.items():
        quiz.give(asked, WRONG[kind])
    boxes = quiz.page.locator(CONTROLS).evaluate_all("all => all.map(e => [e.outerHTML.slice(0, 60), e.offsetWidth, e.offsetHeight])")
    assert len(boxes) > 30
    assert [box for box in boxes if min(box[1:]) < 24] == []
    assert quiz.page.evaluate(TOO_WIDE) == []


def test_the_switch_of_furigana_reaches_the_controls(quiz: Quiz) -> None:
    """Labels, buttons and what the page says carry the readings that the switch asks for."""
    quiz.give(MADE_UP["confidence"], "false-probable")
    shown = "all => [...new Set(all.map(e => getComputedStyle(e).display !== 'none'))]"
    for year, seen in (("0", [True]), ("9", [False])):
        quiz.page.locator(f"input[name=furigana][value='{year}']").check()
        for part in (".k-choices label rt", ".k-judge rt", ".k-do rt", "[role=status] rt", ".k-sum rt", ".k-field rt"):
            assert quiz.page.locator(f".k-check {part}").evaluate_all(shown) == seen, part


# --- paper, no script, nobody listening ----------------------------------------------------------


@pytest.mark.parametrize("lesson", LESSONS)
def test_paper_is_the_same_with_and_without_script(lesson: str, server: Server, new_page: Callable[..., Page]) -> None:
    """What a pupil has chosen, moved and been told stays off the paper: not one pixel of the questions differs."""
    shots = []
    for script in (False, True):
        page = new_page(java_script_enabled=script, viewport=A4)
        if script:
            quiz = open_quiz(page, server.url, lesson)
            for asked in curriculum().lessons[lesson].quiz:
                quiz.give(asked, right(asked, "ja"))
        else:
            page.goto(f"{server.url}lessons/{lesson}/pupil/")
        page.emulate_media(media="print")
        assert page.locator(f"{CONTROLS}:visible, .k-sum:visible, .k-answer:visible").count() == 0
        shots.append(page.locator(".k-check").screenshot())
    assert shots[0] == shots[1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_script_the_page_is_as_on_paper(lang: str, server: Server, new_page: Callable[..., Page]) -> None:
    """Questions and closed answers are there; nothing to press that does nothing, and no sentence that nobody said."""
    page = new_page(java_script_enabled=False)
    page.goto(server.url + LANGUAGES[lang] + PUPIL)
    assert page.locator(".k-question").count() == len(curriculum().lessons[LESSON].quiz)
    assert page.locator(CONTROLS).count() == 0
    expect(page.locator(".k-words")).to_be_hidden()
    answer = page.locator(".k-answer").first
    expect(answer.locator("strong").first).to_be_hidden()
    answer.locator("summary").click()
    expect(answer.locator("strong").first).to_be_visible()


def test_nothing_is_stored_and_nothing_is_sent(quiz: Quiz) -> None:
    """No request after the page has loaded, nothing in the browser's storage, and a reload has forgotten everything."""
    requests: list[str] = []
    quiz.page.wait_for_load_state("networkidle")
    quiz.page.on("request", lambda request: requests.append(request.url))
    for asked in MADE_UP.values():
        quiz.give(asked, right(asked, "ja"))
    assert requests == []
    assert quiz.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    quiz.page.reload()
    assert quiz.page.locator(".k-check :checked:not(option)").count() == 0
    assert has(bare(quiz, ".k-sum"), "so_far", m=7, n=0)


def test_it_weighs_little(site: Path) -> None:
    """A page with questions loads one small script and one small style, and the other pages neither."""
    files = sorted((site / "quiz").rglob("*.*"))
    assert [file.name for file in files] == ["check.css", "check.js"]
    assert sum(len(brotli.compress(file.read_bytes())) for file in files) < MOST_BYTES
    loading = {page.relative_to(site).as_posix().removeprefix("en/") for page in site.rglob("index.html") if "check.js" in page.read_text("utf-8")}
    assert loading == {f"lessons/{lesson}/pupil/index.html" for lesson in LESSONS}


# --- the quizzes of the lessons ------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("lesson", LESSONS)
def test_every_quiz_of_a_lesson_can_be_solved(lesson: str, lang: str, server: Server, page: Page) -> None:
    """The key that stands in the page is that of the quiz: all right answers are right, in both languages."""
    quiz = open_quiz(page, server.url, lesson, lang)
    questions = curriculum().lessons[lesson].quiz
    for asked in questions:
        quiz.give(asked, right(asked, lang))
        assert quiz.verdict(asked) == "right", asked.id
    assert has(bare(quiz, ".k-sum"), "solved", lang, m=len(questions), n=len(questions))
    assert has(bare(quiz, ".k-sum"), "at_once", lang, n=len(questions))


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_wrong_option_of_a_lesson_has_its_reply(lesson: str, server: Server, page: Page) -> None:
    """Whichever wrong option is chosen, the page replies with the sentence that was written for it."""
    quiz = open_quiz(page, server.url, lesson)
    for asked in curriculum().lessons[lesson].quiz:
        for option in [one for one in asked.options if asked.kind == "single" and one not in asked.key]:
            quiz.give(asked, [option])
            text = bare(quiz, f".k-question:has(#quiz-{asked.id}) [role=status]")
            why = re.sub(r"[\s*`]|\]\([^)]*\)|\[", "", asked.words["ja"]["why"][option])
            assert why in text, (asked.id, option)

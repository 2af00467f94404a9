"""What goes into the policy page and comes back: drafts, answers, the board's frame, proposals, edited Word files, hostile files."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.at_the_policy import (
    HOSTILE,
    SCHOOL,
    answers,
    as_file,
    choose,
    doc,
    downloaded,
    kept,
    open_answers,
    opened,
    press,
    question,
    replaced,
    say_yes,
    show,
    status,
    word,
)
from browser.at_work import words
from browser.pages import LANGUAGES
from browser.serving import Server
from browser.test_exercise_page import violations

# --- drafts and files ----------------------------------------------------------------------------


def test_a_draft_survives_a_reload_and_the_other_language(server: Server, page: Page) -> None:
    """What was answered is there again after a reload, also on the page in the other language, until it is cleared after asking."""
    opened(page, server)
    question(page, "school").locator("input").fill(SCHOOL["ja"])
    choose(page, "consent", "opt-in-tool")
    show(page, "pupil/jhs")
    page.reload()
    expect(page.locator("[data-start]")).to_have_text(words("policy_resume", "ja"))
    page.locator("[data-start]").click()
    expect(status(page)).to_have_text(words("policy_restored", "ja"))
    expect(question(page, "school").locator("input")).to_have_value(SCHOOL["ja"])
    expect(question(page, "consent").locator("input[value=opt-in-tool]")).to_be_checked()
    expect(page.locator(".k-choice select").first).to_have_value("pupil/jhs")
    opened(page, server, "en")
    expect(question(page, "consent").locator("input[value=opt-in-tool]")).to_be_checked()
    page.locator("[data-do=clear]").click()
    page.locator(".k-ask[open] button[value=no]").click()
    expect(question(page, "consent").locator("input[value=opt-in-tool]")).to_be_checked()
    page.locator("[data-do=clear]").click()
    say_yes(page)
    expect(question(page, "consent").locator("input[value=notify]")).to_be_checked()
    assert page.evaluate("localStorage.getItem('komainu.policy')") is None


def test_where_nothing_can_be_kept(server: Server, new_page: Callable[..., Page]) -> None:
    """One sentence says so and stays; the page works on, and the answers can be saved and opened."""
    page = new_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })")
    opened(page, server)
    choose(page, "consent", "opt-out")
    expect(page.locator(".k-policy .k-warn")).to_have_text(words("policy_not_kept", "ja"))
    name, data = downloaded(page, press(page, "save"))
    assert name == "answers.json"
    assert json.loads(data)["values"] == {"consent": "opt-out"}
    expect(question(page, "consent").locator("input[value=opt-out]")).to_be_checked()


def test_saved_answers_come_back(server: Server, page: Page) -> None:
    """A saved file opens again, after asking, with every part of it; a half-filled one leaves the rest at its default."""
    opened(page, server)
    choose(page, "stance", "pilot")
    question(page, "years").locator("select:visible").select_option("independent")
    _, data = downloaded(page, press(page, "save"))
    choose(page, "stance", "ban")
    open_answers(page, "saved.json", data)
    say_yes(page)
    expect(question(page, "stance").locator("input[value=pilot]")).to_be_checked()
    expect(question(page, "years").locator("select:visible")).to_have_value("independent")
    open_answers(page, "half.json", answers(consent="opt-in-year"))
    say_yes(page)
    expect(status(page)).to_contain_text(words("policy_opened", "ja"))
    expect(question(page, "stance").locator("input[value=permit]")).to_be_checked()
    expect(question(page, "consent").locator("input[value=opt-in-year]")).to_be_checked()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"no JSON", "bad_json"), (b"\xff\xfe\x00", "bad_json"), (b" " * 1_000_001, "bad_large"), (b"[]", "bad_other"), (b"null", "bad_other"),
        (b'{"values": 3, "komainu_policy": "1.0.0"}', "bad_other"), (b'{"values": {}, "komainu_policy": {"toString": 1}}', "bad_other"),
        ({"format": 1, "komainu_policy": "99.0.0", "values": {}}, "bad_newer"), ({"format": 2, "komainu_policy": "1.0.0", "values": {}}, "bad_newer"),
    ],
)
def test_a_file_that_holds_no_answers_is_refused(content: object, sentence: str, server: Server, page: Page) -> None:
    """One clear sentence, and the draft is as it was."""
    opened(page, server)
    choose(page, "consent", "opt-out")
    open_answers(page, "strange.json", content)
    expect(status(page)).to_have_text(words(f"policy_{sentence}", "ja"))
    expect(question(page, "consent").locator("input[value=opt-out]")).to_be_checked()


def test_a_hostile_file_is_only_text(server: Server, page: Page) -> None:
    """Scripts in names, keys that everything inherits, wrong kinds: nothing is run, what can be read is read, the rest is told."""
    opened(page, server)
    hostile = (
        '{"format": 1, "komainu_policy": "1.0.0", "__proto__": {"hacked": 1}, "constructor": {"prototype": {"hacked": 1}}, '
        '"values": {"school": %s, "__proto__": {"hacked": 1}, "stance": {"toString": 1}, "years": [1], "tasks": {"__proto__": {"jhs": "free"}}, '
        '"stages": ["jhs", "__proto__"], "contact": {"valueOf": 1}, "consent": "opt-out"}, '
        '"tools": [{"tool": "__proto__", "account": "constructor"}, 3], "own": {"__proto__": {"ja.rule": ["x"]}, "detectors": {"ja.rule": [%s]}}, '
        '"history": [{"date": {"toString": 1}, "text": "x"}]}'
    ).replace("%s", json.dumps(HOSTILE))
    open_answers(page, "hostile.json", hostile.encode())
    expect(status(page)).to_contain_text("hostile.json")
    expect(question(page, "consent").locator("input[value=opt-out]")).to_be_checked()
    expect(question(page, "school").locator("input")).to_have_value(HOSTILE)
    expect(doc(page)).to_contain_text(HOSTILE)
    page.locator("#policy-compare > summary").click()
    page.locator("#policy-compare input[type=file]").set_input_files([as_file(f"{HOSTILE[:7]}.json", hostile.encode())])
    page.evaluate("document.querySelectorAll('.k-policy .k-section').forEach(section => { section.open = true; })")
    _, data = downloaded(page, press(page, "docx"))
    assert HOSTILE in word(data)[0]
    assert page.evaluate("[window.hacked, {}.hacked, document.querySelectorAll('.k-doc script, .k-doc img').length]") == [None, None, 0]


def test_the_boards_answers_are_a_frame(server: Server, page: Page) -> None:
    """What the board chose is marked at each question; what is looser is told; the frame stays after a reload and can be removed."""
    opened(page, server)
    before = page.locator("ul.k-findings > li").count()
    open_answers(page, "board.json", answers(board="ひばり市教育委員会", stance="ban", consent="opt-in-tool", years={"jhs": "none"}), place=1)
    expect(status(page)).to_contain_text("ひばり市教育委員会")
    mark = question(page, "consent").locator(".k-option", has=page.locator("input[value=opt-in-tool]")).locator(".k-tag-board")
    expect(mark).to_be_visible()
    expect(question(page, "years").locator(".k-tag-board:visible")).to_have_count(1)
    expect(page.locator("ul.k-findings > li")).not_to_have_count(before)
    expect(question(page, "consent").locator("input[value=notify]")).to_be_checked()
    opened(page, server)
    expect(mark).to_be_visible()
    page.get_by_role("button", name="枠を外す").click()
    expect(mark).to_be_hidden()
    expect(page.locator("ul.k-findings > li")).to_have_count(before)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_proposals_side_by_side(lang: str, server: Server, page: Page) -> None:
    """Only what differs is shown, with votes; a choice is taken over into the draft; a file that is none is told and left out."""
    opened(page, server, lang)
    page.locator("#policy-compare > summary").click()
    files = [
        as_file("3-1.json", answers(consent="opt-out", homework="ban", tasks={"draft": {"jhs": "free"}})),
        as_file("3-2.json", answers(consent="opt-out", homework="log")),
        as_file("3-3.json", answers(consent="notify", homework="log", **{"time-place": ["home"]})),
        as_file("none.json", b"no"),
    ]
    page.locator("#policy-compare input[type=file]").set_input_files(files)
    expect(status(page)).to_contain_text("none.json")
    rows = page.locator(".k-compare tbody")
    expect(rows).to_have_count(4)
    consent = rows.filter(has_text=re.compile("保護者|parents|consent"))
    assert consent.locator(".k-votes").all_inner_texts() == ["1", "2"]
    expect(consent.locator("tr").nth(1)).to_contain_text("3-1")
    consent.locator("tr").nth(1).locator("button").click()
    expect(question(page, "consent").locator("input[value=opt-out]")).to_be_checked()
    expect(status(page)).to_have_text(words("policy_compare_taken", lang))
    assert kept(page)["answers"]["values"]["consent"] == "opt-out"
    assert page.evaluate("document.activeElement.closest('.k-compare') !== null")
    page.locator("#policy-compare .k-names button").last.click()
    expect(rows).to_have_count(2)


# --- documents edited in Word -----------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_document_edited_in_word_comes_back(lang: str, server: Server, page: Page) -> None:
    """What a school changed in its Word file is shown clause by clause and goes into the draft, with the answers kept in the file."""
    opened(page, server, lang)
    choose(page, "consent", "opt-out")
    question(page, "school").locator("input").fill(SCHOOL[lang])
    _, data = downloaded(page, press(page, "docx"))
    ours = page.locator("[data-shown=detectors] p").first.inner_text()
    edited = replaced(data, ours, f"{SCHOOL[lang]}<b>1</b>")
    page.locator("[data-do=clear]").click()
    say_yes(page)
    page.locator("#policy-update > summary").click()
    page.locator("#policy-update input[type=file]").set_input_files({"name": "rules.docx", "mimeType": "application/octet-stream", "buffer": edited})
    expect(status(page)).to_have_text(words("policy_update_read", lang))
    expect(page.locator("[data-row]")).to_have_count(1)
    expect(page.locator("#policy-update h3").first).to_be_focused()
    row = page.locator(f"[data-row='detectors/{lang}.rule']")
    row.locator("summary").click()
    expect(row.locator("ins").first).to_be_visible()
    page.locator("[data-do=update]").click()
    expect(question(page, "consent").locator("input[value=opt-out]")).to_be_checked()
    expect(page.locator("[data-shown=detectors]")).to_contain_text(f"{SCHOOL[lang]}<b>1</b>")
    found = violations(page)
    assert not found, "\n" + "\n".join(found)


def test_a_file_that_is_no_word_document_is_refused(server: Server, page: Page) -> None:
    """One sentence says what is the matter with it; the draft is as it was."""
    opened(page, server)
    choose(page, "consent", "opt-out")
    page.locator("#policy-update > summary").click()
    for name, content in {"x.docx": b"no zip", "y.docx": b"\xd0\xcf\x11\xe0" + b"\0" * 600, "z.docx": b""}.items():
        page.locator("#policy-update input[type=file]").set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})
        expect(status(page)).to_contain_text(name)
    expect(question(page, "consent").locator("input[value=opt-out]")).to_be_checked()

"""The policy page: a school's own policy, from the first question to the Word file, by anybody and without help.

Drafts, files of answers, proposals and edited documents stand in test_policy_files.py.
"""

import io
import json
import re
import zipfile
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
    show,
    status,
    tab_to,
    word,
)
from browser.at_work import words
from browser.pages import LANGUAGES
from browser.serving import Server
from browser.test_exercise_page import violations

LIMIT_BYTES = 150_000
"Of everything that is loaded before a Word file is asked for, as it comes from the server."
PHONE = {"width": 390, "height": 844}
SHORT = ("stages", "law", "level", "school", "starts_on", "contact", "stance", "years", "tools", "consent", "disclosure", "homework")

# --- from the first question to the file ---------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_short_path_by_keyboard_alone(lang: str, server: Server, page: Page) -> None:
    """From the address to a Word file with the school's name, a bookmark for each clause and the answers, without a mouse."""
    page.goto(f"{server.url}{LANGUAGES[lang]}policy/")
    tab_to(page, "[data-start]")
    page.keyboard.press("Enter")
    expect(page.locator("#policy-start")).to_be_focused()
    expect(status(page)).to_have_text(words("policy_begun", lang))
    tab_to(page, "#policy-q-stages input[value=hs]")
    page.keyboard.press("Space")
    tab_to(page, "#policy-q-law input")
    tab_to(page, "#policy-q-level input")
    tab_to(page, "#policy-q-school input")
    page.keyboard.insert_text(SCHOOL[lang])
    tab_to(page, "#policy-q-contact input")
    page.keyboard.insert_text("教頭" if lang == "ja" else "the deputy head")
    tab_to(page, "#policy-q-stance input")
    page.keyboard.press("ArrowUp")
    expect(question(page, "stance").locator("input[value=structured]")).to_be_checked()
    tab_to(page, "#policy-q-years select")
    tab_to(page, "#policy-q-homework input")
    expect(doc(page)).to_contain_text(SCHOOL[lang])
    tab_to(page, ".k-short a[href='#policy-preview']")
    page.keyboard.press("Enter")
    expect(page.locator("#policy-preview")).to_be_focused()
    tab_to(page, "[data-do=docx]")
    name, data = downloaded(page, lambda: page.keyboard.press("Enter"))
    assert name == "01-rules.docx"
    text, marks, own = word(data)
    assert SCHOOL[lang] in text
    shown = set(page.locator(".k-doc [data-shown]").evaluate_all("all => all.map(e => 'k_' + e.dataset.shown.replaceAll('-', '_'))"))
    assert shown <= marks
    assert len(shown) > 40
    assert own["komainu.document"] == f"rules/{lang}/"
    stored = json.loads(own["komainu.answers"])
    assert stored["values"]["school"] == SCHOOL[lang]
    assert stored["values"]["stages"] == ["jhs", "hs"]
    assert own["komainu.edition"] == stored["komainu_policy"]
    expect(status(page)).to_contain_text(name)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_twelve_questions_and_few_bytes(lang: str, server: Server, page: Page) -> None:
    """The short path asks the twelve questions in order; all that is loaded before a Word file is asked for stays small."""
    sizes: dict[str, int] = {}
    page.on("response", lambda response: sizes.update({response.url: int(response.headers.get("content-length", 0))}))
    opened(page, server, lang)
    asked = page.locator(".k-short > .k-q").evaluate_all("all => all.map(e => e.id.replace('policy-q-', ''))")
    assert tuple(asked) == SHORT
    choose(page, "consent", "opt-out")
    expect(status(page)).to_contain_text("保護者" if lang == "ja" else "consent")
    page.wait_for_load_state("networkidle")
    assert sum(sizes.values()) <= LIMIT_BYTES, sizes
    assert not [url for url in sizes if url.endswith("docx.json")]


def test_every_document_in_one_zip(server: Server, page: Page) -> None:
    """One file for each document, each body of the language and each stage's edition, all readable; Markdown of what is shown."""
    opened(page, server)
    choose(page, "stages", "es-upper")
    question(page, "school").locator("input").fill(SCHOOL["ja"])
    name, data = downloaded(page, press(page, "zip"))
    assert name == "komainu-policy-ja.zip"
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        names = file.namelist()
        documents = [word(file.read(one)) for one in names]
    assert len(names) > 10
    assert {f"pupil/ja/{stage}" for stage in ("es-upper", "jhs")} <= {own["komainu.document"] for _, _, own in documents}
    assert [one for one in names if one.endswith("parents-plain.docx")]
    assert all(len(text) > 50 for text, _, _ in documents)
    show(page, "pupil/es-upper")
    expect(doc(page).locator("ruby").first).to_be_visible()
    name, data = downloaded(page, press(page, "markdown"))
    assert name.endswith("-pupil-es-upper.md")
    assert data.decode().startswith("# ")


# --- the form ------------------------------------------------------------------------------------


def test_a_choice_changes_the_document_and_says_so_once(server: Server, page: Page) -> None:
    """What changed is marked and named; typing announces nothing before the field is left; questions that do not apply are hidden."""
    opened(page, server)
    page.evaluate("""() => {
        window.said = [];
        new MutationObserver(() => said.push(document.querySelector(".k-policy-bar [role=status]").textContent))
            .observe(document.querySelector(".k-policy-bar [role=status]"), {childList: true, characterData: true, subtree: true});
    }""")
    choose(page, "consent", "opt-out")
    expect(page.locator("[data-shown=consent]")).to_have_class("k-fresh")
    expect(page.locator(".k-fresh")).to_have_count(1)
    expect(status(page)).to_contain_text("「保護者への説明と同意」の文が変わりました。")
    page.wait_for_timeout(300)
    page.evaluate("said.length = 0")
    question(page, "school").locator("input").press_sequentially("みどり小")
    expect(doc(page)).to_contain_text("みどり小")
    page.wait_for_timeout(300)
    assert page.evaluate("said") == []
    page.keyboard.press("Tab")
    expect(status(page)).to_contain_text("変わりません")
    page.locator("#policy-s-who > summary").click()
    expect(page.locator("#policy-c-alternative")).to_be_visible()
    choose(page, "stance", "ban")
    expect(page.locator("#policy-c-alternative")).to_be_hidden()


def test_defaults_reasons_sources_and_dates(server: Server, page: Page) -> None:
    """Each choice says what it leads to; the default is marked; its reason, sources and laws with their dates open below it."""
    opened(page, server)
    for option in question(page, "consent").locator("input").all():
        described = page.locator(f"[id='{option.get_attribute('aria-describedby')}']")
        assert len(described.inner_text()) > 10
    expect(question(page, "consent").locator(".k-option", has=page.locator("input[value=notify]")).locator(".k-tag:visible")).to_have_text(words("policy_default", "ja"))
    question(page, "years").locator(".k-why > summary").click()
    why = question(page, "years").locator(".k-why")
    expect(why).to_contain_text(re.compile(r"確認日 \d{4}年\d+月\d+日"))
    page.goto(server.url + "policy/" + why.locator("a[href*='sources/#']").first.get_attribute("href"))
    expect(page.locator(":target")).to_be_visible()


def test_tasks_tools_and_years_by_stage(server: Server, page: Page) -> None:
    """The table has a column for each stage of the school; a ticked tool goes into the register with its age; unsure terms say so."""
    opened(page, server)
    page.locator("#policy-s-tasks > summary").click()
    choose(page, "stages", "es-upper")
    expect(page.locator(".k-tasks thead th:visible")).to_have_count(3)
    expect(question(page, "years").locator("select:visible")).to_have_count(2)
    draft = page.get_by_role("combobox", name="下書きを作る、小学校4–6年")
    draft.select_option("teacher")
    show(page, "tasks/")
    expect(doc(page).get_by_role("row", name=re.compile("下書きを作る")).locator("td").nth(1)).to_have_text("先生と使う")
    assert kept(page)["answers"]["values"]["tasks"] == {"draft": {"es-upper": "teacher"}}
    page.locator("#policy-s-tools > summary").click()
    expect(page.locator(".k-tools .k-unsure").first).to_be_visible()
    page.locator(".k-tools input").first.check()
    assert kept(page)["answers"]["tools"] == [{"tool": "chatgpt", "account": "consumer"}]


def test_a_clause_in_the_schools_own_words(server: Server, page: Page) -> None:
    """Own words stand in the document as text, whatever they are; one button brings back the standard text."""
    opened(page, server)
    page.locator("#policy-s-assessment > summary").click()
    clause = page.locator("#policy-c-detectors")
    clause.locator(".k-own > summary").click()
    area = clause.locator("textarea").first
    standard = area.input_value()
    assert len(standard) > 20
    area.fill(f"検出ツールは使わない。\n{HOSTILE}")
    area.press("Tab")
    expect(page.locator("[data-shown=detectors]")).to_contain_text(HOSTILE)
    expect(clause.locator("h3 [data-own]")).to_be_visible()
    assert page.evaluate("window.hacked") is None
    clause.get_by_role("button", name="標準の文にもどす").first.click()
    expect(area).to_have_value(standard)
    expect(page.locator("[data-shown=detectors]")).not_to_contain_text("script")
    assert kept(page)["answers"]["own"] == {}


def test_an_example_to_start_from(server: Server, page: Page) -> None:
    """An example brings its choices and roles; names and dates are left to the school; choices are replaced only after asking."""
    opened(page, server)
    question(page, "school").locator("input").fill(SCHOOL["ja"])
    page.locator(".k-start select").select_option("jp-private-school")
    page.locator(".k-start button").click()
    expect(question(page, "law").locator("input[value=jp-private]")).to_be_checked()
    expect(question(page, "school").locator("input")).to_have_value(SCHOOL["ja"])
    expect(question(page, "starts_on").locator("input")).to_have_value("")
    expect(page.locator("#policy-start")).to_be_focused()
    page.locator(".k-start select").select_option("jp-public-school")
    page.locator(".k-start button").click()
    page.locator(".k-ask[open] button[value=no]").click()
    expect(question(page, "law").locator("input[value=jp-private]")).to_be_checked()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_findings_lead_to_their_questions(lang: str, server: Server, page: Page) -> None:
    """The checks say in one line how much there is to do; a link opens the section and goes to the question."""
    opened(page, server, lang)
    expect(page.locator(".k-count")).to_contain_text(words("policy_level_error", lang))
    before = page.locator("ul.k-findings > li").count()
    page.locator(".k-ways a", has_text=re.compile("施行日|In force")).first.click()
    expect(question(page, "starts_on").locator("input")).to_be_focused()
    question(page, "starts_on").locator("input").fill("2027-04-01")
    question(page, "contact").locator("input").fill("x")
    question(page, "school").locator("input").fill("x")
    expect(page.locator("ul.k-findings > li")).not_to_have_count(before)
    page.locator(".k-ways a[href='#policy-c-review']").first.click()
    expect(page.locator("#policy-s-running")).to_have_attribute("open", "")
    assert page.evaluate("document.activeElement.closest('#policy-c-review') !== null")


# --- paper, other languages, accessibility -------------------------------------------------------


def test_paper_has_the_document_alone(server: Server, page: Page) -> None:
    """Printing shows the chosen document and nothing else of the page; before it begins the page prints as any other."""
    page.goto(server.url + "policy/")
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_be_visible()
    page.emulate_media(media="screen")
    opened(page, server)
    show(page, "parents/")
    page.emulate_media(media="print")
    expect(doc(page)).to_be_visible()
    box = doc(page).bounding_box()
    shown = page.evaluate("""() => [...document.querySelectorAll("body *")].filter(e => !e.closest(".k-doc") && !e.querySelector(".k-doc")
        && e.getClientRects().length && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())).map(e => e.tagName + e.className)""")
    assert shown == []
    assert box["width"] > 700
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert "生成AI" in page.title()


def test_a_letter_in_other_languages(server: Server, page: Page) -> None:
    """The letter to parents in plain Japanese and in English, from the same answers; the words of the other language are fetched then."""
    opened(page, server)
    question(page, "school").locator("input").fill(SCHOOL["ja"])
    show(page, "parents/", "ja-plain")
    expect(doc(page).locator("ruby").first).to_be_visible()
    show(page, "parents/", "en")
    expect(doc(page)).to_have_attribute("lang", "en")
    expect(doc(page)).to_contain_text("parents")
    name, data = downloaded(page, press(page, "docx"))
    assert word(data)[2]["komainu.document"] == "parents/en/"
    assert name.endswith("parents.docx")


@pytest.mark.parametrize(("theme", "lang"), [("light", "ja"), ("dark", "en")])
def test_the_page_has_no_violation_while_it_is_used(theme: str, lang: str, server: Server, new_page: Callable[..., Page]) -> None:
    """Axe has nothing to mend with every section open, a comparison and a frame; a phone never moves sideways."""
    page = opened(new_page(color_scheme=theme), server, lang)
    choose(page, "stages", "es-upper")
    for section in page.locator(".k-policy .k-section > summary").all():
        section.click()
    page.locator("#policy-compare input[type=file]").set_input_files([as_file("3-1.json", answers(consent="opt-out"))])
    open_answers(page, "board.json", answers(board="B", consent="opt-in-tool"), place=1)
    page.locator("#policy-c-detectors :is(.k-why, .k-own) > summary").first.click()
    page.locator("#policy-c-detectors .k-own > summary").click()
    expect(page.locator("#policy-c-detectors textarea").first).to_be_visible()
    choose(page, "consent", "opt-out")
    expect(page.locator(".k-fresh").first).to_be_attached()
    found = violations(page)
    assert not found, "\n" + "\n".join(found)
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_without_a_connection_nothing_is_lost(server: Server, page: Page, trouble: list[str]) -> None:
    """A document or a Word file that cannot be fetched is told in one sentence, and asked for anew the next time."""
    opened(page, server)
    choose(page, "consent", "opt-out")
    page.route("**/more.json*", lambda route: route.abort())
    page.route("**/docx.json", lambda route: route.abort())
    show(page, "staff/")
    expect(status(page)).to_have_text(words("policy_failed", "ja"))
    page.locator("[data-do=docx]").click()
    expect(status(page)).to_have_text(words("policy_failed", "ja"))
    page.unroute_all()
    page.locator(".k-choice select").first.select_option("parents/")
    expect(doc(page)).to_contain_text("保護者")
    name, _ = downloaded(page, press(page, "docx"))
    assert name.endswith("parents.docx")
    trouble.clear()

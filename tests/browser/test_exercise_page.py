"""The exercise page: from a lesson to a solved exercise, on the pupil's own device, and what happens when things go wrong.

What is kept and handed in stands in test_exercise_keeping.py.
"""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Page, Route, expect
from run import ROOT

from browser.at_work import Desk, exercises, seen, shown, sit_down, solutions, words
from browser.pages import LANGUAGES
from browser.serving import Server
from browser.test_axe import AXE, SIZES, WCAG, told
from komainu import running

IDS = sorted(file.parent.name for file in ROOT.glob("notebooks/*/exercise.yml"))
ALSO_IN_ENGLISH = ("capital-guesser", "shrine-names")
STOP_LIMIT_S = 3
PHONE = {"width": 390, "height": 844}
LARGE = re.compile(r"/engine/[0-9a-f]+/(?!exercise|demo|engine|notebook|outputs|keeping|store|screen|offline)|\.ipynb|/data/")
"Requests that are worth waiting for somebody to ask."


def begun(page: Page, server: Server, exercise: str = "shrine-names", lang: str = "ja") -> Desk:
    return sit_down(page, server.url, exercise, lang).begin()


# --- the way there -------------------------------------------------------------------------------

@pytest.mark.parametrize("lang", LANGUAGES)
def test_from_a_lesson_to_the_exercise_and_nothing_is_loaded_before_begin(lang: str, server: Server, page: Page) -> None:
    """Two links lead there; engine, editor and notebook come only when Begin is pressed, and the bytes are shown."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{server.url}{LANGUAGES[lang]}lessons/missing-torii/")
    page.locator("a[href$='exercises/draw-a-shrine/']").first.click()
    page.locator("a[href$='/run/']").first.click()
    desk = Desk(page, "draw-a-shrine", lang)
    page.wait_for_load_state("networkidle")
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(desk.cell("start").locator("code")).to_contain_text(f'smallmachines.start("{lang}")')
    assert [url for url in asked if LARGE.search(url)] == []
    page.evaluate("""() => {
        window.seen = [];
        new MutationObserver(() => seen.push([document.querySelector(".k-bar progress").value, document.querySelector(".k-bar > [role=status]").textContent]))
            .observe(document.querySelector(".k-bar"), {subtree: true, childList: true, characterData: true, attributes: true});
    }""")
    desk.begin()
    expect(desk.status).to_have_text(words("run_ready", lang))
    assert [url for url in asked if LARGE.search(url)]
    loading = [value for value, text in page.evaluate("seen") if words("run_loading", lang).fullmatch(text)]
    assert len(set(loading)) > 5
    assert loading == sorted(loading)
    assert loading[-1] > 0.9 * float(page.locator(".k-bar progress").get_attribute("max"))
    expect(page.locator(".k-bar progress")).to_be_hidden()


def test_loading_can_be_cancelled_and_begun_anew(server: Server, page: Page) -> None:
    """Stop ends the loading; what is written meanwhile stays, and Run loads what is missing."""
    slow = "postMessage({kind: 'progress', got: 1})"  # a line so slow that nothing comes after the first byte
    page.route("**/worker.js", lambda route: route.fulfill(content_type="text/javascript", body=slow))
    desk = sit_down(page, server.url, "shrine-names")
    desk.do("start").click()
    expect(desk.status).to_have_text(words("run_loading", "ja"))
    expect(desk.do("stop")).to_be_focused()
    desk.do("stop").click()
    expect(desk.status).to_have_text(words("run_stopped", "ja"))
    expect(page.locator(".k-bar progress")).to_be_hidden()
    page.unroute("**/worker.js")
    desk.run("start")
    expect(desk.cell("start")).to_have_attribute("data-state", "done")


@pytest.mark.parametrize("file", ["shrine-names-ja.ipynb", "worker.js", "python_stdlib.zip"])
def test_what_cannot_be_loaded_is_named_and_can_be_asked_for_again(file: str, server: Server, page: Page, trouble: list[str]) -> None:
    """A filter that blocks one file gives one sentence with its name; when it lets go, the same button works."""
    page.route(f"**/{file}", lambda route: route.fulfill(status=403, body="blocked"))
    desk = sit_down(page, server.url, "shrine-names")
    desk.do("start").click()
    expect(desk.status).to_contain_text(file)
    expect(desk.status).to_have_text(words("run_failed", "ja"))
    page.unroute(f"**/{file}")
    desk.run("start")
    expect(desk.cell("start")).to_have_attribute("data-state", "done")
    trouble.clear()


def test_without_the_editor_a_plain_field_does(server: Server, page: Page, trouble: list[str]) -> None:
    """Where editor.js is blocked a pupil writes and runs all the same."""
    page.route("**/editor.js", lambda route: route.fulfill(status=403, body="blocked"))
    desk = begun(page, server)
    cell = exercises()["shrine-names"].questions[0].id
    field = desk.cell(cell).locator("textarea")
    expect(field).to_have_accessible_name(desk.cell(cell).get_attribute("data-label"))
    field.fill("print(6 * 7)")
    field.press("Shift+Enter")
    expect(desk.outputs(cell)).to_have_text("42")
    trouble.clear()


# --- exercises -----------------------------------------------------------------------------------

@pytest.mark.parametrize(("ident", "lang"), [("draw-a-shrine", "ja"), ("shrine-names", "ja"), ("draw-a-shrine", "en")])
def test_an_exercise_is_solved_to_its_last_check(ident: str, lang: str, server: Server, page: Page) -> None:
    """A wrong answer gets its hint; with the teacher's all checks are met, and predictions stand beside results."""
    exercise = exercises()[ident]
    desk = begun(page, server, ident, lang)
    question, cells = exercise.questions[0], solutions(exercise, lang)
    check = f"check-{question.id}"
    for cell, source in cells.items():
        desk.write(cell, source)
    desk.write(question.id, question.mistakes[0].code[lang].rstrip())
    desk.run_all()
    expect(desk.outputs(check)).to_contain_text(question.hint[lang].replace("`", ""))
    expect(desk.outputs(check)).to_contain_text(question.mistakes[0].says[lang])
    expect(desk.cell(check)).to_have_attribute("data-state", "unmet")
    desk.write(question.id, cells[question.id])
    desk.run(question.id, check)
    of = len(exercise.questions)
    expect(desk.status).to_have_text(words("run_all_met", lang))
    expect(page.locator(".k-met")).to_have_text(re.compile(rf"{of} / {of}"))
    states = page.locator("[data-cell]").evaluate_all("all => all.map(e => [e.dataset.cell, e.dataset.state])")
    assert {state for _, state in states} == {"done"}, states
    compared = [cell.id for cell in exercise.cells[lang] if "compare(" in cell.teacher and cell.kind == "code" and cell.needs]
    assert compared
    for cell in compared:
        expect(desk.outputs(cell).locator(".k-card td").first).to_be_visible()
    if ident == "draw-a-shrine":
        pictures_and_charts(desk)


def pictures_and_charts(desk: Desk) -> None:
    """Every picture has a name, every chart is drawn and has its numbers in a table, and nothing needs a frame."""
    page = desk.page
    assert page.locator("iframe").count() == 0
    pictures = page.locator(".k-outputs svg, .k-outputs img")
    assert pictures.count() > 1
    for picture in pictures.all():
        expect(picture).to_have_role("img")
        expect(picture).not_to_have_accessible_name("")
    charts = page.locator(".k-outputs figure.k-chart")
    assert charts.count()
    for chart in charts.all():
        assert chart.locator("svg path").count() > 3
        assert chart.locator("tbody tr").count() > 1
        chart.locator("summary").click()
        expect(chart.locator("th").first).to_be_visible()


HANDED_OUT = [(ident, "ja") for ident in IDS] + [(ident, "en") for ident in ALSO_IN_ENGLISH]


@pytest.mark.parametrize(("ident", "lang"), HANDED_OUT)
def test_a_notebook_as_handed_out_shows_what_it_shows_on_a_computer(ident: str, lang: str, server: Server, page: Page) -> None:
    """Run all, nothing filled in: the same texts and kind sentences as in CPython, cell for cell."""
    exercise = exercises()[ident]
    cells = [cell for cell in running.job(exercise, lang, "pupil") if "calls" not in cell]
    with ThreadPoolExecutor(1) as beside:
        there = beside.submit(running.in_child(ROOT), exercise, cells)
        desk = begun(page, server, ident, lang)
        desk.run_all()
        results, why = there.result()
    assert why == ""
    here, expected = shown(desk.hand_in()[1]), seen(results)
    assert {ident: here[ident] for ident in expected} == expected
    assert page.locator("iframe").count() == 0
    desk.write(cells[0]["id"], WAITS)
    desk.run(cells[0]["id"])
    expect(desk.outputs(cells[0]["id"])).to_have_text("[True]")


WAITS = 'import sys\nprint([finder.fetch is not None for finder in sys.meta_path if type(finder).__name__ == "Rest"])'
"Whether the rest of Python's library has not been asked for."


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_strict_content_policy_stops_nothing(lang: str, server: Server, page: Page) -> None:
    """No inline style, no image but the site's own, no other host: editor, Python, pictures and charts are there."""
    from browser.test_pages import CSP

    def under_policy(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": CSP})

    page.context.route("**/*", under_policy)
    desk = begun(page, server, "draw-a-shrine", lang)
    for cell in ("start", "artists", "few", "beside"):
        desk.cell(cell).locator("[data-run]").click()
        expect(desk.cell(cell)).to_have_attribute("data-state", "done", timeout=60_000)
    expect(desk.outputs("artists").locator("svg")).to_be_visible()
    expect(desk.outputs("beside").locator(".k-chart svg")).to_be_visible()
    expect(desk.cell("start").locator(".cm-editor")).to_have_css("display", "flex")
    page.context.unroute_all(behavior="ignoreErrors")


# --- stopping ------------------------------------------------------------------------------------

def test_what_does_not_end_is_stopped_and_the_next_run_works(server: Server, page: Page) -> None:
    """An endless loop ends at the press of Stop, so do the cells that wait behind it; the text stays."""
    desk = begun(page, server)
    first, second = list(solutions(exercises()["shrine-names"], "ja"))[:2]
    desk.write(first, "while True:\n    pass")
    desk.cell(first).locator("[data-run]").click()
    desk.cell(second).locator("[data-run]").click()
    expect(desk.cell(first)).to_have_attribute("data-state", "running")
    expect(desk.cell(second)).to_have_attribute("data-state", "waiting")
    desk.do("stop").click()
    expect(desk.status).to_have_text(words("run_stopped", "ja"), timeout=STOP_LIMIT_S * 1000)
    expect(desk.do("stop")).to_be_hidden(timeout=STOP_LIMIT_S * 1000)
    expect(desk.cell(second)).to_have_attribute("data-state", "changed")
    assert desk.text(first) == "while True:\n    pass"
    desk.write(first, "print('again')")
    desk.run("start", first)
    expect(desk.outputs(first)).to_have_text("again")
    expect(desk.outputs(second)).to_be_empty()


TOO_MUCH = {
    "one list": ("x = [0] * 10**10", "error OverflowError"),
    "one large text": ("x = 'a' * 2 * 10**9", "error MemoryError"),
    "a list that grows": ("x = [0]\nwhile True:\n    x += x", "error MemoryError"),
    "many small things": ("x = []\nwhile True:\n    x.append([])", None),
    "a call of itself": ("def f(n):\n    return f(n + 1)\nf(0)", "error RecursionError"),
    "input()": ("name = input('?')", "no-input"),
}


def test_what_takes_too_much_gives_a_sentence_and_loses_nothing(server: Server, page: Page) -> None:
    """Memory, depth and input(): a kind sentence each; the text stays, and after it the next run works."""
    from smallmachines.words import language, say

    language("ja")
    desk = begun(page, server)
    cell = exercises()["shrine-names"].questions[0].id
    desk.run("start")
    for name, (source, sentence) in TOO_MUCH.items():
        desk.write(cell, source)
        desk.run(cell)
        said = desk.outputs(cell).inner_text() + desk.status.inner_text()
        if sentence:
            assert say(sentence)[:12] in said, (name, said)
        else:
            assert say("error MemoryError") in said or words("run_died", "ja").search(said), (name, said)
        assert desk.text(cell) == source, name
        desk.write(cell, "x = 0\nprint(6 * 7)")
        desk.run(cell)
        expect(desk.outputs(cell)).to_have_text("42")


def test_what_prints_without_end_is_cut_and_says_so(server: Server, page: Page) -> None:
    """Of 50 MB the beginning is shown, with one sentence; the page and the file stay small."""
    desk = begun(page, server)
    cell = exercises()["shrine-names"].questions[0].id
    desk.write(cell, "for n in range(500):\n    print('x' * 100_000)")
    desk.run(cell)
    expect(desk.outputs(cell)).to_contain_text(words("run_cut", "ja"))
    assert len(desk.outputs(cell).inner_text()) < 210_000
    assert len(str(desk.hand_in()[1])) < 500_000


def test_a_double_click_runs_once(server: Server, page: Page) -> None:
    """Two clicks, or Run all on top of Run, do not run a cell twice."""
    desk = begun(page, server)
    cell = exercises()["shrine-names"].questions[0].id
    desk.write("start", "times = 0")
    desk.write(cell, "times += 1\nprint(times)")
    desk.run("start")
    desk.cell(cell).locator("[data-run]").dblclick()
    desk.rest()
    expect(desk.outputs(cell)).to_have_text("1")


# --- for everyone --------------------------------------------------------------------------------

def violations(page: Page) -> list[str]:
    """What axe finds at either width, after the page's own changes of colour have come to rest."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=AXE)
    found = []
    for name, size in SIZES.items():
        page.set_viewport_size(size)
        found += [f"{name}: {told(v)}" for v in page.evaluate("tags => axe.run({runOnly: tags})", list(WCAG))["violations"]]
    return found


@pytest.mark.parametrize(("theme", "lang"), [("light", "ja"), ("dark", "en")])
def test_the_page_has_no_violation_while_it_is_used(theme: str, lang: str, server: Server, new_page: Callable[..., Page]) -> None:
    """Axe has nothing to mend after a run with errors and hints, nor on the big screen; before Begin see test_axe."""
    page = new_page(color_scheme=theme)
    desk = sit_down(page, server.url, "draw-a-shrine", lang).begin()
    desk.run("start", "must-have", "artists", "few", "compare-shrines", "beside", "instead", "check-instead")
    page.locator(".k-more > summary").click()
    found = violations(page)
    desk.do("project").click()
    found += violations(page)
    assert not found, "\n" + "\n".join(found)


def test_an_exercise_is_done_from_the_keyboard(server: Server, page: Page) -> None:
    """Tab reaches the cell and leaves it again, Shift+Enter runs it, the result is announced, dialogs keep the focus."""
    desk = sit_down(page, server.url, "shrine-names")
    desk.do("start").focus()
    page.keyboard.press("Enter")
    desk.ready()
    expect(desk.do("run-all")).to_be_focused()
    cell = exercises()["shrine-names"].questions[0].id
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('[data-cell]')?.dataset.cell") == cell:
            break
    editor = desk.cell(cell).locator(".cm-content")
    expect(editor).to_be_focused()
    expect(editor).to_have_role("textbox")
    expect(editor).to_have_accessible_name(desk.cell(cell).get_attribute("data-label"))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("print(6 * 7)")
    page.keyboard.press("Shift+Enter")
    expect(desk.outputs(cell)).to_have_text("42")
    expect(desk.outputs(cell)).to_have_attribute("aria-live", "polite")
    expect(desk.cell(cell).locator(".k-state")).to_have_text(words("run_state_done", "ja"))
    expect(editor).to_be_focused()
    page.keyboard.press("Tab")
    expect(desk.cell(cell).locator("[data-run]")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(editor).to_be_focused()
    page.locator(".k-more > summary").focus()
    page.keyboard.press("Enter")
    desk.do("over").press("Enter")
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('.k-ask')")
    page.keyboard.press("Escape")
    expect(page.locator(".k-ask")).to_be_hidden()
    assert desk.text(cell) == "print(6 * 7)"


def test_what_has_the_focus_is_not_under_the_bar(server: Server, new_page: Callable[..., Page]) -> None:
    """Going back with Shift+Tab, every button and editor is in full view on a phone."""
    page = new_page(viewport=PHONE)
    desk = begun(page, server)
    page.locator("[data-run]").last.focus()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        hidden = page.evaluate("""() => {
            const one = document.activeElement;
            if (one.closest(".k-bar, .md-header")) return "";
            const box = one.getBoundingClientRect(), bar = document.querySelector(".k-bar").getBoundingClientRect();
            return box.bottom > bar.bottom + 8 ? "" : `${one.outerHTML.slice(0, 80)} ${box.bottom} ${bar.bottom}`;
        }""")
        assert hidden == ""
    assert desk.do("run-all").is_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_buttons_are_large_enough_for_fingers_and_nothing_is_too_wide(lang: str, server: Server, new_page: Callable[..., Page]) -> None:
    """On a phone every button is 44 px high; after a run the page fits at 390 and at 320."""
    from browser.test_pages import NARROW, TOO_WIDE

    page = new_page(viewport=PHONE, has_touch=True)
    desk = begun(page, server, "draw-a-shrine", lang)
    page.locator(".k-more > summary").click()
    for button in page.locator(".k-run :is(button, .k-more > summary, .k-bar input)").all():
        box = button.bounding_box()
        assert box is None or box["height"] >= 44, button.evaluate("e => e.outerHTML")
    desk.run("start", "must-have", "artists", "few", "compare-shrines", "castles", "beside", "check-enough", "mixed")
    for size in (PHONE, NARROW):
        page.set_viewport_size(size)
        assert page.evaluate(TOO_WIDE) == []
    assert page.locator(".k-bar").bounding_box()["height"] < NARROW["height"] / 3


def test_the_big_screen_shows_one_part_at_a_time(server: Server, page: Page) -> None:
    """Keys and buttons turn, writing does not; a cell runs there; Escape and a button lead back to the same part."""
    desk = begun(page, server, "draw-a-shrine")
    desk.more("project")
    parts = page.locator(".k-part16")
    shown = "all => all.map((e, n) => e.checkVisibility() ? n : -1).filter(n => n >= 0)"
    assert parts.evaluate_all(shown) == [0]
    expect(page.locator(".md-header")).to_be_hidden()
    expect(desk.do("back")).to_be_disabled()
    for key, at in [("PageDown", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("PageUp", 0), ("PageUp", 0)]:
        page.keyboard.press(key)
        assert parts.evaluate_all(shown) == [at], key
    desk.do("next").click()
    desk.do("next").click()
    assert parts.evaluate_all(shown) == [2]
    desk.run("artists")
    editor = page.locator(".k-now .cm-content").first
    editor.click()
    page.keyboard.press("PageDown")
    page.keyboard.press("ArrowRight")
    assert parts.evaluate_all(shown) == [2]
    assert page.locator(".k-now p").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 24
    page.keyboard.press("Escape")
    expect(page.locator(".md-header")).to_be_visible()
    assert len(parts.evaluate_all(shown)) == parts.count()
    expect(parts.nth(2)).to_be_in_viewport()
    desk.more("project")
    assert parts.evaluate_all(shown) == [2]
    desk.do("leave").click()
    expect(desk.do("run-all")).to_be_visible()


def test_paper_shows_cells_with_what_was_written(server: Server, page: Page) -> None:
    """A printed exercise has its texts, code and pictures, and none of the buttons."""
    desk = begun(page, server, "draw-a-shrine")
    desk.run("start", "artists")
    page.emulate_media(media="print")
    expect(page.locator(".k-bar")).to_be_hidden()
    expect(desk.cell("artists").locator("[data-run]")).to_be_hidden()
    expect(desk.cell("artists").locator(".cm-content")).to_contain_text("grid(drawings")
    expect(desk.outputs("artists").locator("svg")).to_be_visible()


def test_paper_keeps_words_that_lead_to_a_source(server: Server, page: Page) -> None:
    """A printed page for teachers reads as the page on the screen does: a link to a source keeps its words."""
    page.goto(f"{server.url}exercises/draw-a-shrine/")
    page.emulate_media(media="print")
    expect(page.locator("#limits ~ ul a.k-source").first).to_be_visible()

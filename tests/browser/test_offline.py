"""The exercise page with the network cut, behind filters and strict servers, and out of the zip.

The network is cut by the server, which then closes every connection without a word: nothing in the browser knows of it.
Left out on purpose: what the page does with pupils' work (test_exercise.py).
"""

import json
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from run import ROOT

from browser.at_work import Desk, exercises, sit_down
from browser.serving import Handler, Server, serving
from komainu.offline import TOP, WORKER, bundle, write_edition

LESSON, EXERCISE = "lessons/zero-for-i-dont-know/", "exercises/i-dont-know/"
RUN = f"{EXERCISE}run/"
POLICY = re.search(r"^Content-Security-Policy: (.*)$", (ROOT / "docs/en/offline.md").read_text("utf-8"), re.MULTILINE)[1]
"The one that the page on servers promises to work."
STATES = ("kept", "blocked", "full", "newer", "altered", "lost")
LONG = 30_000
"Milliseconds for what starts Python, on a machine that does other things, too."
SIZES = """async () => {
    const found = {};
    for (const name of await caches.keys()) {
        const cache = await caches.open(name), answers = await Promise.all((await cache.keys()).map(key => cache.match(key)));
        found[name] = [answers.length, (await Promise.all(answers.map(a => a.blob()))).reduce((sum, blob) => sum + blob.size, 0)];
    }
    return found;
}"""


@dataclass
class Net:
    """The way between the browser and the site, for a test to spoil."""

    cut: bool = False
    delay_s: float = 0
    "Before pages are answered."
    headers: dict[str, str] = field(default_factory=dict)
    spoilt: dict[str, tuple[int, str, bytes | None]] = field(default_factory=dict)
    "End of a path -> status, type and body; without a body the file itself."
    asked: list[str] = field(default_factory=list)
    sent: int = 0
    "Bytes of all bodies."


@contextmanager
def network(folder: Path) -> Iterator[tuple[Server, Net]]:
    """The folder on loopback, behind a network that can be cut."""
    net = Net()

    class Spoilt(Handler):
        def do_GET(self) -> None:  # noqa: N802  the base class calls it by this name
            path = self.path.split("?")[0]
            net.asked.append(path)
            if net.cut:
                self.close_connection = True
                self.connection.close()
                return
            if path.endswith("/"):
                time.sleep(net.delay_s)
            self.spoilt = next((answer for end, answer in net.spoilt.items() if path.endswith(end)), None)
            super().do_GET()

        def answer(self, status: int, file: Path | None) -> None:
            if not self.spoilt:
                return super().answer(status, file)
            status, kind, body = self.spoilt
            data = file.read_bytes() if body is None else body
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
            return None

        def send_header(self, keyword: str, value: str) -> None:
            if keyword == "Content-Length":
                net.sent += int(value)
            super().send_header(keyword, net.headers.get(keyword, value))

        def end_headers(self) -> None:
            for name in net.headers.keys() - {"Cache-Control"}:
                super().send_header(name, net.headers[name])
            super().end_headers()

    with serving(folder, Spoilt) as server:
        yield server, net


@pytest.fixture
def way(site: Path) -> Iterator[tuple[Server, Net]]:
    """The built site and the way to it."""
    with network(site) as found:
        yield found


@pytest.fixture
def server(way: tuple[Server, Net]) -> Server:
    """What `new_page` watches: in this file every test has a server of its own."""
    return way[0]


@pytest.fixture
def profile(browser: Browser, browser_path: str, browser_flags: list[str], tmp_path: Path) -> Iterator[Callable[[], BrowserContext]]:
    """Opens one browser with a memory: called again, it closes the browser and starts it anew on what it remembers."""
    running: list[BrowserContext] = []

    def start() -> BrowserContext:
        for old in running:
            old.close()
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "profile", executable_path=browser_path, args=browser_flags, locale="ja-JP", reduced_motion="reduce"
        )
        context.set_default_timeout(LONG)
        running[:] = [context]
        return context

    yield start
    for context in running:
        context.close()


def begin(page: Page) -> str:
    """Presses Begin and returns what the page then says of the copy."""
    page.evaluate("document.querySelector('.k-offline').dataset.state = ''")
    page.locator("[data-do=start]").click()
    expect(page.locator(".k-offline")).to_have_attribute("data-state", re.compile("|".join(STATES)), timeout=LONG)
    return page.locator(".k-offline").get_attribute("data-state")


def runs(page: Page) -> None:
    """The first cell is run and shows what it put out."""
    page.locator("[data-run]").first.click()
    expect(page.locator("[data-cell]").first).to_have_attribute("data-state", "done", timeout=LONG)


def copy_of(site: Path, folder: Path) -> Path:
    """A site that a test may change; what is large is shared."""
    return Path(shutil.copytree(site, folder, copy_function=lambda a, b: shutil.copy2(a, b)))


# --- the network cut -----------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["", "en/"], ids=["ja", "en"])
def test_one_visit_is_enough(prefix: str, way, profile, printed_after: list[str]) -> None:
    """From the lesson to the exercise, Begin; then no network: reload, run, back to the lesson, and all again after a restart."""
    server, net = way
    page = profile().new_page()
    page.goto(server.url + prefix + LESSON)
    page.goto(server.url + prefix + RUN, referer=server.url + prefix + LESSON)
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(found => found.length)") == 0, "nothing before it is asked for"
    expect(page.locator(".k-offline")).to_be_hidden()
    assert begin(page) == "kept"
    kept = page.evaluate(SIZES)
    printed_after.append(f"kept for {prefix}{RUN}: {kept}; sent in all: {net.sent} bytes in {len(net.asked)} answers")
    net.cut, net.asked[:] = True, []
    runs(page)
    for fresh in (page, None):
        page = fresh or profile().new_page()
        start = time.monotonic()
        page.goto(server.url + prefix + RUN)
        expect(page.locator(".k-offline")).to_have_attribute("data-state", "kept")
        assert page.locator(".k-offline a").is_visible()
        assert page.locator(".k-bar").evaluate("e => getComputedStyle(e).position") != "", "styled"
        assert begin(page) == "kept"
        runs(page)
        printed_after.append(f"without network, {'same browser' if fresh else 'after a restart'}: {time.monotonic() - start:.1f} s to the first result")
        for path in (LESSON, f"{LESSON}pupil/", EXERCISE, ""):
            page.goto(server.url + prefix + path)
            expect(page.locator("h1")).to_be_visible()
            assert page.evaluate("[...document.styleSheets].some((sheet) => sheet.cssRules.length > 100)"), path


def test_stopping_python_needs_no_network(way, new_page) -> None:
    """In the very visit in which it was kept, a fresh Python comes out of the copy."""
    server, net = way
    page = new_page()
    page.goto(server.url + RUN)
    assert begin(page) == "kept"
    net.cut = True
    page.locator("[data-run]").first.click()
    page.evaluate("document.querySelector('[data-do=stop]').click()")
    runs(page)
    desk = Desk(page, RUN.split("/")[1], "ja")
    cell = exercises()[desk.exercise].questions[0].id
    desk.write(cell, "import tomllib\nprint(tomllib.loads('a = 42')['a'])")
    desk.run(cell)
    expect(desk.outputs(cell)).to_have_text("42")  # the rest of Python's library is in the copy too


def test_pages_visited_later_are_kept_and_others_are_not(way, new_page, trouble: list[str]) -> None:
    """After Begin every page that was looked at is there without the network; its address works without the slash, too."""
    server, net = way
    page = new_page()
    page.goto(server.url + RUN)
    assert begin(page) == "kept"
    page.goto(server.url + "glossary/")
    page.wait_for_function("async () => Boolean(await caches.match(location.href))")
    net.cut = True
    page.goto(server.url + "glossary")
    expect(page.locator("h1")).to_be_visible()
    assert page.url == server.url + "glossary/"
    with pytest.raises(Exception, match="ERR_"):
        page.goto(server.url + "white-paper/")
    trouble.clear()


def test_a_slow_network_is_not_waited_for(way, new_page) -> None:
    """Of a page that is kept, the copy comes when the network takes longer than three seconds."""
    server, net = way
    net.headers["Cache-Control"] = "no-cache"
    page = new_page()
    page.goto(server.url + RUN)
    assert begin(page) == "kept"
    net.delay_s = 15
    start = time.monotonic()
    page.goto(server.url + RUN, wait_until="commit")
    assert 2.5 < time.monotonic() - start < 10


def test_below_a_path_nothing_else_is_touched(way, new_page) -> None:
    """On a host with other sites the worker and its copy stay within the site's own folder."""
    server, net = way
    page = new_page()
    page.goto(server.sub_url + "en/" + RUN)
    assert begin(page) == "kept"
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(found => found.map(one => one.scope))") == [server.sub_url]
    path = server.sub_url.removeprefix(server.origin)
    assert all(name.startswith(f"komainu {path} ") for name in page.evaluate("caches.keys()"))
    net.cut = True
    page.goto(server.sub_url + "en/" + RUN)
    assert begin(page) == "kept"
    runs(page)


# --- a new edition -------------------------------------------------------------------------------

SEEN = """async () => [document.body.dataset.edition || "old", getComputedStyle(document.documentElement).getPropertyValue("--edition") || "old",
    JSON.parse(await (await fetch("../i-dont-know-ja.ipynb")).text()).metadata.edition || "old"]"""


def publish(site: Path, name: str) -> None:
    """A new edition, whose page, style and notebook say its name."""
    page, style, notebook = site / RUN / "index.html", site / "assets/play.css", site / EXERCISE / "i-dont-know-ja.ipynb"
    page.write_text(re.sub(r"<body( data-edition=\"\w+\")?", f'<body data-edition="{name}"', page.read_text("utf-8")), "utf-8")
    style.write_text(style.read_text("utf-8") + f"\n:root {{ --edition: {name} }}\n", "utf-8")
    text = json.loads(notebook.read_text("utf-8"))
    text["metadata"]["edition"] = name
    notebook.write_text(json.dumps(text), "utf-8")
    write_edition(site)


def test_a_new_edition_is_seen_at_once_and_kept_as_a_whole(site: Path, tmp_path: Path, new_page, trouble: list[str]) -> None:
    """Online its page comes with its own style and notebook; offline the old one is whole until the new one is."""
    mine = copy_of(site, tmp_path / "site")
    with network(mine) as (server, net):
        net.headers["Cache-Control"] = "no-cache"
        page = new_page()
        page.goto(server.url + RUN)
        assert begin(page) == "kept"
        first = page.evaluate("caches.keys()")
        publish(mine, "new")
        page.goto(server.url + RUN)
        assert page.evaluate(SEEN) == ["new"] * 3
        expect(page.locator(".k-offline")).to_have_attribute("data-state", "updated")
        session = page.context.new_cdp_session(page)
        for command in ("enable", "stopAllWorkers"):
            session.send(f"ServiceWorker.{command}")
        assert page.evaluate(SEEN) == ["new"] * 3, "also after the browser has put its worker to sleep"
        net.cut = True
        page.goto(server.url + RUN)
        assert page.evaluate(SEEN) == ["old"] * 3
        expect(page.locator(".k-offline")).to_have_attribute("data-state", "kept")
        net.cut = False
        page.goto(server.url + RUN)
        net.spoilt["play.css"] = (500, "text/css", b"")
        assert begin(page) in ("altered", "lost"), "a part of the new edition cannot be had"
        net.spoilt.clear()
        net.cut = True
        page.goto(server.url + RUN)
        assert page.evaluate(SEEN) == ["old"] * 3
        net.cut = False
        page.goto(server.url + RUN)
        assert begin(page) == "kept"
        net.cut = True
        page.goto(server.url + RUN)
        assert page.evaluate(SEEN) == ["new"] * 3
        assert len([name for name in page.evaluate("caches.keys()") if "strangers" not in name]) == len(first) == 2
    trouble.clear()


def test_an_edition_that_changes_while_a_page_is_open(site: Path, tmp_path: Path, new_page, trouble: list[str]) -> None:
    """A page whose engine is not the site's any more says so and asks to be loaded again; what was kept stays."""
    mine = copy_of(site, tmp_path / "site")
    with network(mine) as (server, net):
        net.headers["Cache-Control"] = "no-cache"
        page = new_page()
        page.goto(server.url + RUN)
        engine = next((mine / "engine").iterdir())
        shutil.copytree(engine, engine.with_name("0" * 16))
        text = (mine / RUN / "index.html").read_text("utf-8").replace(engine.name, "0" * 16)
        (mine / RUN / "index.html").write_text(text, "utf-8")
        kept = engine.rename(mine / engine.name)  # it still answers, but the edition does not know it
        write_edition(mine)
        (mine / "engine" / engine.name).symlink_to(kept)
        assert begin(page) == "newer"
        page.reload()
        assert begin(page) == "kept"
        runs(page)
    trouble.clear()


# --- where nothing can be kept -------------------------------------------------------------------

REFUSALS = {
    "no service workers": "Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: () => undefined })",
    "no storage": "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
    "ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('no', 'SecurityError'))",
    "no file": "",
}


@pytest.mark.parametrize("how", REFUSALS)
def test_a_browser_that_keeps_nothing_still_runs_the_exercise(how: str, way, new_page, trouble: list[str]) -> None:
    """One sentence says that a connection is needed; the cells run."""
    server, net = way
    if how == "no file":
        net.spoilt["service-worker.js"] = (403, "text/html", b"<h1>blocked</h1>")
    page = new_page()
    page.add_init_script(REFUSALS[how])
    page.goto(server.url + "en/" + RUN)
    assert begin(page) == "blocked"
    assert "only with a connection" in page.locator(".k-offline").inner_text()
    runs(page)
    trouble[:] = [line for line in trouble if "service-worker.js" not in line and "403" not in line]


def test_a_full_device_is_told(way, new_page) -> None:
    """Where the copy does not fit, a sentence says so, nothing half is left, and the cells run."""
    server, _ = way
    page = new_page()
    session = page.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": server.origin, "quotaSize": 5_000_000})
    page.goto(server.url + "en/" + RUN)
    assert begin(page) == "full"
    assert "space" in page.locator(".k-offline").inner_text()
    assert page.evaluate("caches.keys()") == []
    runs(page)


def test_a_copy_that_the_browser_threw_away_is_told(way, new_page) -> None:
    """The page says that it has gone, and keeps it again when asked."""
    server, _ = way
    page = new_page()
    page.goto(server.url + "en/" + RUN)
    assert begin(page) == "kept"
    page.evaluate("async () => { for (const name of await caches.keys()) await caches.delete(name); }")
    page.goto(server.url + "en/" + RUN)
    expect(page.locator(".k-offline")).to_have_attribute("data-state", "gone")
    assert begin(page) == "kept"


def test_files_altered_on_the_way_are_not_kept(site: Path, way, new_page) -> None:
    """A filter that writes into pages is no danger: they are shown as it sends them, and the page says why nothing is kept."""
    server, net = way
    text = (site / "en" / RUN / "index.html").read_bytes().replace(b"</body>", b"<!-- a filter was here --></body>")
    net.spoilt[f"/en/{RUN}"] = (200, "text/html; charset=utf-8", text)
    page = new_page()
    page.goto(server.url + "en/" + RUN)
    assert begin(page) == "altered"
    runs(page)


# --- servers and filters -------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["", "en/"], ids=["ja", "en"])
def test_a_strict_content_policy_lets_a_whole_exercise_run(prefix: str, way, new_page) -> None:
    """With the policy of the page on servers on every answer, all cells run and the copy is kept; any violation fails."""
    server, net = way
    net.headers["Content-Security-Policy"] = POLICY
    page = new_page()
    page.goto(server.url + prefix + RUN)
    assert begin(page) == "kept"
    page.locator("[data-do=run-all]").click()
    cells = page.locator("[data-cell]")
    expect(cells.last).to_have_attribute("data-state", re.compile("done|unmet|stopped"), timeout=LONG)
    assert not page.locator("[data-state=waiting], [data-state=running]").count()
    assert page.locator(".cm-editor").count() == cells.count()
    assert page.locator(".cm-editor").first.evaluate("e => getComputedStyle(e).display") == "flex", "the editor has its styles"
    net.cut = True
    page.goto(server.url + prefix + RUN)
    policy = page.evaluate("fetch(location.href).then(answer => answer.headers.get('content-security-policy'))")
    assert policy == POLICY, "a copy is no way around the policy"


REFUSED, NOTICE = (403, "text/plain", b"no"), (200, "text/html; charset=utf-8", b"<h1>Blocked by the school's filter</h1>")


@pytest.mark.parametrize(
    ("file", "answer"),
    [("pyodide.asm.wasm", REFUSED), ("pyodide.asm.wasm", NOTICE), ("python_stdlib.zip", NOTICE), ("machines.zip", REFUSED),
     ("pyodide.asm.js", NOTICE), ("worker.js", REFUSED)],
    ids=["wasm refused", "wasm notice", "library notice", "machines refused", "script notice", "worker refused"],
)  # fmt: skip
def test_a_blocked_file_is_named(file: str, answer: tuple[int, str, bytes], way, new_page, trouble: list[str]) -> None:
    """The page says which file did not come, and works as soon as it comes."""
    server, net = way
    net.spoilt[file] = answer
    page = new_page()
    page.goto(server.url + RUN)
    page.locator("[data-do=start]").click()
    expect(page.locator(".k-bar [role=status]")).to_contain_text(file, timeout=LONG)
    expect(page.locator(".k-bar progress")).to_be_hidden()
    net.spoilt.clear()
    runs(page)
    assert page.locator(".k-offline").get_attribute("data-state") in ("keeping", "kept")
    trouble.clear()


SELDOM = "import xml.dom.minidom, email.mime.text, encodings.cp037\nprint(xml.dom.minidom.parseString('<a>42</a>').documentElement.firstChild.data)"


def test_the_rest_of_python_comes_when_a_program_asks_for_it(way, new_page, trouble: list[str]) -> None:
    """In the middle of the program; where it is held back a sentence says so, and the same cell works when it is let through."""
    server, net = way
    page = new_page()
    net.spoilt[WORKER] = REFUSED  # what is kept for use without a connection would bring the rest too
    desk = sit_down(page, server.url, EXERCISE.split("/")[1]).begin()
    cell = exercises()[desk.exercise].questions[0].id
    desk.write(cell, SELDOM)
    for answer in (REFUSED, NOTICE):
        assert not [path for path in net.asked if path.endswith("python_rest.zip")]
        net.spoilt["python_rest.zip"] = answer
        desk.run(cell)
        expect(desk.outputs(cell)).to_contain_text("Python の xml を受け取れませんでした。通信を確かめて、もう一度実行しましょう。")
        assert [path for path in net.asked if path.endswith("python_rest.zip")]
        net.asked.clear()
    net.spoilt.pop("python_rest.zip")
    desk.run(cell)
    expect(desk.outputs(cell)).to_have_text("42")
    assert len([path for path in net.asked if path.endswith("python_rest.zip")]) == 1
    desk.write(cell, "import numpy")
    desk.run(cell)
    expect(desk.outputs(cell)).to_contain_text("numpy を import できません")
    trouble.clear()


def test_a_wrong_type_of_the_wasm_file_does_not_matter(way, new_page) -> None:
    """Servers that do not know .wasm run the exercise, and it is kept."""
    server, net = way
    net.spoilt["pyodide.asm.wasm"] = (200, "text/plain", None)
    page = new_page()
    page.goto(server.url + RUN)
    assert begin(page) == "kept"
    runs(page)


# --- the zip -------------------------------------------------------------------------------------


def test_the_zip_runs_wherever_there_is_python(site: Path, tmp_path: Path, browser: Browser) -> None:
    """Unpacked, its own small server shows the exercise, and the cells run."""
    with zipfile.ZipFile(BytesIO(bundle(site))) as archive:
        archive.extractall(tmp_path)
    server = subprocess.Popen([sys.executable, tmp_path / TOP / "serve.py", "0"], stdout=subprocess.PIPE, encoding="utf-8")
    try:
        address = server.stdout.readline().split()[0]
        page = browser.new_page()
        page.goto(f"{address}en/{RUN}")
        assert begin(page) == "kept"
        runs(page)
        page.context.close()
    finally:
        server.terminate()
        server.wait(10)
        server.stdout.close()

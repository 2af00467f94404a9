"""The notebook lab, as a pupil uses it: opened from the page of an exercise, run, stopped, reloaded.

Left out on purpose: what the exercises say (tests/notebooks), and JupyterLite's own buttons.
"""

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from run import ROOT

from browser.at_work import sit_down, words
from browser.serving import Server, serving
from komainu.exercise import notebook_bytes
from komainu.load import load
from komainu.offline import TOP

pytestmark = pytest.mark.xdist_group("lab")
WORDS = {
    "ja": {"start": "", "lab": "ノートブックの実験室", "menu": "カーネル", "met": re.compile("すべてできています")},
    "en": {"start": "en/", "lab": "Notebook lab", "menu": "Kernel", "met": re.compile(r"All \d+ are there")},
}
WITH_TABLES = "capital-guesser"
FILE_MENU, RUN_MENU, KERNEL_MENU = 0, 3, 4
WAIT_MS = 60_000


@pytest.fixture(scope="module")
def server(lab_site: Path) -> Iterator[Server]:
    """The site with the lab, on loopback."""
    with serving(lab_site) as running:
        yield running


def choose(page: Page, menu: int, command: str) -> None:
    """One entry of one of the notebook's menus."""
    page.locator(".lm-MenuBar-item").nth(menu).click()
    page.locator(f'.lm-Menu-item[data-command="{command}"]').first.click()


def ready(page: Page) -> None:
    """Waits until the notebook is there and nothing runs; Python itself may still be on its way, and what is run then waits for it."""
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for(timeout=WAIT_MS)


def kept(page: Page) -> None:
    """Waits until the lab has been kept for use without a connection."""
    page.locator("body[data-kept=kept]").wait_for(state="attached", timeout=WAIT_MS)


def opened(page: Page, server: Server, lang: str, ident: str) -> Page:
    """The notebook, by the link on the page of the exercise; below a path, as on a forge's page host."""
    page.goto(f"{server.sub_url}{WORDS[lang]['start']}exercises/{ident}/")
    page.get_by_role("link", name=WORDS[lang]["lab"], exact=True).first.click()
    ready(page)
    return page


@pytest.fixture
def solved(page: Page) -> Page:
    """A page on which each notebook comes filled in, as by a pupil who has finished."""
    exercises = load(ROOT, date.today())[0].exercises

    def answer(route: Route) -> None:
        lang, ident = re.search(r"/lab/(\w+)/files/([\w-]+)/", route.request.url).groups()
        route.fulfill(body=notebook_bytes(exercises[ident], lang, "teacher"), content_type="application/json")

    page.route("**/lab/*/files/**/*.ipynb", answer)
    return page


@pytest.mark.parametrize("lang", WORDS)
def test_a_filled_in_notebook_runs_to_its_end(lang: str, solved: Page, server: Server) -> None:
    """From the exercise's page to met checks: in the page's language, with its tables, without an error or another host."""
    page = opened(solved, server, lang, WITH_TABLES)
    expect(page.locator(".lm-MenuBar-item").nth(KERNEL_MENU)).to_have_text(WORDS[lang]["menu"])
    choose(page, RUN_MENU, "runmenu:run-all")
    questions = len(load(ROOT, date.today())[0].exercises[WITH_TABLES].questions)
    expect(page.locator(".k-card").filter(has_text=WORDS[lang]["met"])).to_have_count(questions, timeout=WAIT_MS)
    ready(page)
    assert not page.locator('.jp-OutputArea-output[data-mime-type*="err"]').count()


def fill_in(page: Page, text: str) -> Locator:
    """Replaces the text of the first cell of code, runs it, and gives the cell."""
    cell = page.locator(".jp-CodeCell").first
    cell.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)
    page.keyboard.press("Control+Enter")
    return cell


def test_a_cell_that_is_run_before_python_has_come_waits_for_it(page: Page, server: Server) -> None:
    """Whoever is faster than the connection sees that the cell waits, and gets its result."""
    held: list[Route] = []
    page.route("**/lab/python/**/kernel.pyz", lambda route: held.append(route))
    opened(page, server, "ja", "i-dont-know")
    cell = fill_in(page, "print(6 * 7)")
    expect(cell.locator(".jp-InputPrompt")).to_have_text("[*]:")
    for _ in range(WAIT_MS // 50):
        if held:
            break
        page.wait_for_timeout(50)
    expect(cell.locator(".jp-InputPrompt")).to_have_text("[*]:")
    held.pop().continue_()
    expect(cell.locator(".jp-OutputArea-output")).to_have_text("42", timeout=WAIT_MS)
    expect(cell.locator(".jp-InputPrompt")).to_have_text("[1]:")


def test_an_endless_cell_ends_with_a_new_kernel_and_the_text_stays(page: Page, server: Server) -> None:
    """What is not there is said and never fetched; the text outlives a restart and a reload."""
    opened(page, server, "ja", "i-dont-know")
    expect(fill_in(page, "import numpy").locator(".jp-OutputArea-output")).to_contain_text("numpy", timeout=WAIT_MS)
    seldom = fill_in(page, "import unittest, xml.dom.minidom; print(xml.dom.minidom.__name__)")
    expect(seldom.locator(".jp-OutputArea-output")).to_have_text("xml.dom.minidom", timeout=WAIT_MS)
    endless = "while True: 6 * 7"
    expect(fill_in(page, endless).locator(".jp-InputPrompt")).to_have_text("[*]:")
    page.keyboard.press("Control+s")
    choose(page, KERNEL_MENU, "kernelmenu:restart")
    page.locator(".jp-Dialog .jp-mod-accept").click()
    ready(page)
    page.reload()
    ready(page)
    expect(page.locator(".jp-CodeCell").first.locator(".cm-content")).to_have_text(endless)


def test_the_lab_works_without_a_connection_where_the_site_does(page: Page, server: Server, trouble: list[str]) -> None:
    """Whoever has opened a notebook once can open it again, in flight mode, and draw with its table."""
    opened(page, server, "ja", "draw-a-shrine")
    kept(page)
    assert not trouble
    page.context.set_offline(True)
    page.reload()
    drawn = fill_in(page, "import unittest\nfrom smallmachines.data import text\nprint(len(text('shrines.txt')) > 100)")
    expect(drawn.locator(".jp-OutputArea-output")).to_have_text("True", timeout=WAIT_MS)
    trouble.clear()  # what a browser says of the missing connection


def test_a_lab_that_cannot_start_says_so(page: Page, server: Server, trouble: list[str]) -> None:
    """When a filter holds back a part of Python, there is a sentence and not an endless wait."""
    page.route("**/lab/python/**/kernel.pyz", lambda route: route.abort())
    page.goto(f"{server.url}lab/en/notebooks/index.html?path=i-dont-know/i-dont-know-v1.ipynb")
    expect(page.get_by_role("alert").first).to_contain_text("could not be opened", timeout=WAIT_MS)
    trouble.clear()


@pytest.mark.parametrize("lang", WORDS)
def test_a_downloaded_notebook_opens_on_the_exercise_page(lang: str, page: Page, server: Server) -> None:
    """What a pupil wrote in the lab stands in its cell on the page of the exercise, and nothing else has changed there."""
    ident, wrote = "i-dont-know", 'print("書いたもの", 6 * 7)'
    opened(page, server, lang, ident)
    expect(fill_in(page, wrote).locator(".jp-OutputArea-output")).to_contain_text("42", timeout=WAIT_MS)
    with page.expect_download() as waiting:
        choose(page, FILE_MENU, "docmanager:download")
    notebook = Path(waiting.value.path()).read_bytes()
    desk = sit_down(page, server.sub_url, ident, lang).begin()
    ids = [cell["id"] for cell in json.loads(notebook)["cells"] if cell["cell_type"] == "code"]
    before = {one: desk.text(one) for one in ids if not page.locator(f"[data-cell={one}][data-check]").count()}
    desk.open(waiting.value.suggested_filename, notebook)
    expect(desk.status).to_have_text(words("run_opened", lang))
    assert {one: desk.text(one) for one in before} == before | {ids[0]: wrote}
    assert page.locator(".k-orphans").is_hidden()


def test_the_zip_of_the_whole_site_has_the_lab_too(lab_site: Path, lab_zip: Path, tmp_path: Path, browser: Browser) -> None:
    """`komainu build lab offline`: the same files in the zip, and its own small server shows a notebook that runs."""
    with zipfile.ZipFile(lab_zip) as archive:
        inside = {name.removeprefix(f"{TOP}/site/") for name in archive.namelist() if name.startswith(f"{TOP}/site/")}
        archive.extractall(tmp_path)
    assert inside == {file.relative_to(lab_site).as_posix() for file in lab_site.rglob("*") if file.is_file()}
    kept = json.loads((lab_site / "edition.json").read_bytes())["files"]
    assert any(name.endswith("/kernel.pyz") for name in kept), "and a browser may keep it"
    server = subprocess.Popen([sys.executable, tmp_path / TOP / "serve.py", "0"], stdout=subprocess.PIPE, encoding="utf-8")
    try:
        page = browser.new_page()
        page.goto(f"{server.stdout.readline().split()[0]}lab/ja/notebooks/index.html?path=i-dont-know/i-dont-know-v1.ipynb")
        ready(page)
        expect(fill_in(page, "print(6 * 7)").locator(".jp-OutputArea-output")).to_have_text("42", timeout=WAIT_MS)
        page.context.close()
    finally:
        server.terminate()
        server.wait(10)
        server.stdout.close()

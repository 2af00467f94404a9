"""The published site in a browser.

In:  `komainu build`, run once a session, or the folder named in KOMAINU_SITE_DIR.
Out: fixtures `site` (its folder), `server` (its addresses), `browser`, `new_page`, `page` and `trouble`.
A page fails its test on any request to another origin, any console error and any uncaught exception.
Left out on purpose: what a page should say; that stands in the tests.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import run
from filelock import FileLock
from playwright.sync_api import Browser, Page, sync_playwright

from browser.serving import Server, serving
from installed import python_with

BUILD_LIMIT_S = 300
AFTER = pytest.StashKey[list[str]]()
"Lines that are printed after the run."


def pytest_configure(config: pytest.Config) -> None:
    """Room for the tables of this layer."""
    config.stash[AFTER] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Prints the tables whether or not the tests passed."""
    for line in config.stash.get(AFTER, []):
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def printed_after(pytestconfig: pytest.Config) -> list[str]:
    """Lines added here are printed after the run; not seen when pytest runs with -n."""
    return pytestconfig.stash[AFTER]


def built(tmp_path_factory: pytest.TempPathFactory, name: str, *what: str) -> Path:
    """The folder of a site built by `komainu build WHAT`: a copy, so that another build does not change it under our feet.

    When the build also made the whole site as a zip, that stands beside the copy, under its name and `.zip`.
    """
    base = tmp_path_factory.getbasetemp()
    shared = Path(os.environ.get("KOMAINU_TEST_SHARED") or (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base))
    copy, failed = shared / name, shared / f"{name}.failed"
    with FileLock(shared / "site.lock"):
        if not copy.exists() and not failed.exists():
            done = subprocess.run(
                [python_with(shared / f"{name}.python", "author", *run.more("build", what)), "-m", "komainu", "build", *what],
                cwd=run.ROOT, capture_output=True, encoding="utf-8", errors="replace", timeout=BUILD_LIMIT_S, check=False,
            )  # fmt: skip
            if done.returncode:
                failed.write_text((done.stdout + done.stderr)[-1500:], encoding="utf-8")
            else:
                if "offline" in what:
                    shutil.copy(run.ROOT / "build" / "komainu-offline.zip", shared / f"{name}.zip")
                shutil.copytree(run.ROOT / "build" / "site", shared / f"{name}.new")
                (shared / f"{name}.new").rename(copy)
    if failed.exists():
        pytest.fail("komainu build failed:\n" + failed.read_text(encoding="utf-8"), pytrace=False)
    return copy


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site."""
    given = os.environ.get("KOMAINU_SITE_DIR")
    return (run.ROOT / given).resolve() if given else built(tmp_path_factory, "site")


@pytest.fixture(scope="session")
def lab_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site that has the notebook lab as well, and was packed into one zip in the same build."""
    given = os.environ.get("KOMAINU_LAB_SITE_DIR")
    return (run.ROOT / given).resolve() if given else built(tmp_path_factory, "lab-site", "lab", "offline")


@pytest.fixture(scope="session")
def lab_zip(lab_site: Path) -> Path:
    """The zip of that build."""
    return lab_site.with_name("komainu-offline.zip" if os.environ.get("KOMAINU_LAB_SITE_DIR") else f"{lab_site.name}.zip")


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[Server]:
    """The site on loopback: `server.url` at the root, `server.sub_url` below a path."""
    with serving(site) as running:
        yield running


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The Chromium of the tests: the one run.py chose, or one that is on this machine."""
    found = os.environ.get("KOMAINU_CHROMIUM") or run.find_browser()
    assert found, "No Chromium on this machine: `python3 run.py test` installs one or says how."
    return found


@pytest.fixture(scope="session")
def browser_flags() -> list[str]:
    """No host but this machine can be looked up, so a stray request fails here and reaches nobody."""
    return [*run.CHROMIUM_FLAGS, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]


@pytest.fixture(scope="session")
def browser(browser_path: str, browser_flags: list[str]) -> Iterator[Browser]:
    """One Chromium for the session; each page gets a context of its own."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser_path, args=browser_flags)
        yield chromium
        chromium.close()


@pytest.fixture
def trouble() -> list[str]:
    """What went wrong in the pages of this test so far; a test that provokes trouble may clear it."""
    return []


@pytest.fixture
def new_page(browser: Browser, server: Server, trouble: list[str]) -> Iterator[Callable[..., Page]]:
    """Opens watched pages; takes what `Browser.new_context` takes, such as `viewport` or `color_scheme`."""
    contexts = []

    def watch(url: str) -> None:
        if url.startswith(("http:", "https:", "ws:", "wss:")) and not url.startswith(server.origin + "/"):
            trouble.append(f"request to another host: {url}")

    def opened(page: Page) -> None:
        page.on("websocket", lambda socket: watch(socket.url))

    def open_page(**options: object) -> Page:
        context = browser.new_context(**{"locale": "ja-JP", "reduced_motion": "reduce", **options})
        contexts.append(context)
        context.set_default_timeout(20_000)
        context.on("page", opened)
        context.on("request", lambda request: watch(request.url))
        context.on("console", lambda m: m.type == "error" and trouble.append(f"console: {m.text} ({m.location['url']})"))
        context.on("weberror", lambda e: trouble.append(f"uncaught: {e.error}"))
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    if trouble:
        pytest.fail("the pages of this test had trouble:\n" + "\n".join(dict.fromkeys(trouble)), pytrace=False)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A watched page at desktop size, in the light theme."""
    return new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")

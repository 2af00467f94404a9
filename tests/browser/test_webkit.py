"""One exercise in WebKit, the engine of every browser on an iPad: begun, written in, run, stopped, kept.

Where the system has no WebKit these tests are skipped, and the last lines of the run say so and what to install.
Left out on purpose: what the exercise says, and looks; that is looked at in Chromium.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from browser.serving import serving
from browser.webkit import KEYS, Window, missing, window

pytestmark = [pytest.mark.xdist_group("webkit"), pytest.mark.skipif(bool(missing()), reason=missing())]
RUN = "exercises/shrine-names/run/"
CELL = "[data-cell=start]"
STOP_LIMIT_S = 6
"The promise is 3 seconds and is kept in Chromium; this window is drawn without a graphics card."


@pytest.fixture(scope="module")
def webkit() -> Iterator[Window]:
    """One window for these tests."""
    with window() as opened:
        yield opened


def state(name: str) -> str:
    """An expression: whether the cell is in this state."""
    return f"document.querySelector('{CELL}').dataset.state === '{name}'"


def write(webkit: Window, text: str) -> None:
    """Types a text in place of what stands in the cell."""
    webkit.click(f"{CELL} .cm-content")
    webkit.type(f"{CELL} .cm-content", f"{KEYS['control']}a")
    webkit.type(f"{CELL} .cm-content", text)


def test_an_exercise_is_begun_run_stopped_and_kept(webkit: Window, site: Path) -> None:
    """From Begin to a result, with keys; an endless loop ends; after a reload, with no server any more, all of it still works."""
    with serving(site) as server:
        webkit.go(server.url + RUN)
        webkit.until("document.querySelector('.k-run.k-live')")
        webkit.click("[data-do=start]")
        webkit.until("document.querySelector('.k-run.k-begun:not(.k-busy)')")
        webkit.click(f"{CELL} [data-run]")
        webkit.until(state("done"))
        write(webkit, "print(6 * 7)")
        webkit.type(f"{CELL} .cm-content", f"{KEYS['shift']}{KEYS['enter']}")
        webkit.until(f"document.querySelector('{CELL} .k-outputs').textContent.trim() === '42'")
        write(webkit, "while True: pass")
        webkit.click(f"{CELL} [data-run]")
        webkit.until(state("running"))
        webkit.click("[data-do=stop]")
        webkit.until(state("changed"), limit_s=STOP_LIMIT_S)
        write(webkit, "print(5 * 7)")
        webkit.click(f"{CELL} [data-run]")
        webkit.until(f"document.querySelector('{CELL} .k-outputs').textContent.trim() === '35'")
        webkit.until("document.querySelector('.k-offline').dataset.state === 'kept'")
        asked = webkit.script("return performance.getEntriesByType('resource').map(({ name }) => name)")
        assert [url for url in asked if not url.startswith((server.url, "data:", "blob:"))] == []
    webkit.go(server.url + RUN)
    webkit.until(f"document.querySelector('{CELL} .cm-content')?.textContent === 'print(5 * 7)'")
    webkit.click(f"{CELL} [data-run]")
    webkit.until(f"document.querySelector('{CELL} .k-outputs').textContent.trim() === '35'")
    write(webkit, "import tomllib; print(len(tomllib.loads('a = 1')))")
    webkit.click(f"{CELL} [data-run]")
    webkit.until(f"document.querySelector('{CELL} .k-outputs').textContent.trim() === '1'")

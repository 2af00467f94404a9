"""No page type breaks a WCAG 2.2 A or AA rule that axe can see, in either theme, on a desk or in a hand.

What axe can see is about half of the guidelines; the keyboard and screen-reader tests stand in other files.
Its best-practice rules go beyond WCAG: what they find is a warning here.
"""

import warnings
from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from run import ROOT

from browser.pages import LANGUAGES, PAGE_TYPES
from browser.serving import Server

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
SIZES = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
# A page answers a new width in the frame that paints it; axe reads the page as it stands after that.
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
BACKGROUND_IS_DARK = """() => {
    const painted = [document.body, document.documentElement].map(e => getComputedStyle(e).backgroundColor)
        .find(colour => !/, 0\\)$|transparent/.test(colour)) || "rgb(255, 255, 255)";
    const [r, g, b] = painted.match(/[\\d.]+/g).map(Number);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b < 128;
}"""


def told(violation: dict) -> str:
    """A violation as a person can act on it: rule, place, what to mend."""
    places = [
        f"    {' '.join(map(str, node['target']))}\n      {node['failureSummary']}" for node in violation["nodes"][:5]
    ]
    return f"{violation['id']} ({violation['impact']}, {len(violation['nodes'])}x): {violation['help']}\n" + "\n".join(places)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", [lang + path for lang in LANGUAGES.values() for path in PAGE_TYPES])
def test_a_page_has_no_violation(path: str, theme: str, server: Server, new_page: Callable[..., Page]) -> None:
    """Axe finds nothing to mend at either width, and the theme that was asked for is the theme that is shown."""
    page = new_page(color_scheme=theme)
    response = page.goto(server.url + path, wait_until="load")
    assert response is not None
    assert response.status == 200
    assert page.evaluate(BACKGROUND_IS_DARK) is (theme == "dark")
    page.add_script_tag(path=AXE)
    broken = []
    for name, size in SIZES.items():
        page.set_viewport_size(size)
        page.evaluate(TWO_FRAMES)
        for found in page.evaluate("tags => axe.run({runOnly: tags})", [*WCAG, "best-practice"])["violations"]:
            if set(found["tags"]) & set(WCAG):
                broken.append(f"{name}: {told(found)}")
            else:
                warnings.warn(f"axe best practice, /{path}: {found['id']}: {found['help']}", stacklevel=1)
    assert not broken, "\n" + "\n".join(broken)

"""What every page does: without JavaScript, from the keyboard, on a phone, on paper, and with nobody listening in.

The switch of furigana stands in test_reading.py, the search in test_search.py.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from browser.pages import LANGUAGES, PAGE_TYPES
from browser.serving import Server, serving

each_language = pytest.mark.parametrize("lang", LANGUAGES.values(), ids=list(LANGUAGES))
"One test looks at all page types of a language in one context: a context for each would take longer than the tests."
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
A4 = {"width": 680, "height": 1009}
"180 x 267 mm: A4 within the margins of the style sheet."
NOT_ON_PAPER = ".md-header, .md-skip, .k-nav, .k-toc, .k-footer, .k-search, .k-switch, .k-noprint, .k-pop, [data-k-print]"
CSP = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
TOO_WIDE = """(slack = 0) => {
    const room = document.documentElement.clientWidth + slack;
    const clipped = e => e.parentElement?.closest("*") && (() => {
        for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
            if (getComputedStyle(p).overflowX !== "visible") return true;
        return false;
    })();
    const wide = [...document.body.querySelectorAll("*")].filter(e => {
        const box = e.getBoundingClientRect();
        return box.width && box.right > room + 1 && getComputedStyle(e).visibility === "visible" && !clipped(e);
    });
    return document.documentElement.scrollWidth > room
        ? wide.slice(0, 4).map(e => e.outerHTML.slice(0, 120)).concat(`${document.documentElement.scrollWidth} > ${room}`) : [];
}"""
MOVED = """globalThis.moved = [];
new PerformanceObserver((list) => list.getEntries().forEach((e) => moved.push([e.value, ...e.sources.map((s) => s.node?.outerHTML?.slice(0, 90))])))
    .observe({ type: "layout-shift", buffered: true });"""
PAINTED = "performance.getEntriesByName('first-contentful-paint').length > 0"
FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100))))"
MOST_MOVED = 0.01
"Cumulative layout shift; 0.1 is what is called good."
FOCUSED = "() => document.activeElement.outerHTML.slice(0, 100)"


def scheme(page: Page) -> str | None:
    return page.locator("body").get_attribute("data-md-color-scheme")


@each_language
def test_a_page_shows_its_text_without_javascript(lang: str, server: Server, new_page: Callable[..., Page]) -> None:
    """Heading, text and a way to the other pages are there on a phone without any script, and no dead button."""
    page = new_page(java_script_enabled=False, viewport=PHONE)
    for path in PAGE_TYPES:
        page.goto(server.url + lang + path)
        assert page.locator("h1").is_visible(), path
        assert len(page.locator("article").inner_text()) > 200, path
        assert page.locator(".k-nav a").first.is_visible(), path
        assert not page.locator("button[data-k]:visible, button[data-k-print]:visible").count(), path


@each_language
def test_nothing_is_wider_than_a_small_phone(lang: str, server: Server, new_page: Callable[..., Page]) -> None:
    """No page has to be moved sideways at 390 or at 320, nor with the universal-design typeface."""
    page = new_page(viewport=PHONE)
    found = {}
    for path in PAGE_TYPES:
        page.goto(server.url + lang + path)
        for size in (PHONE, NARROW):
            page.set_viewport_size(size)
            found[path, size["width"]] = page.evaluate(TOO_WIDE)
        if not lang:
            page.evaluate("document.body.classList.add('k-ud'); document.fonts.ready.then(() => true)")
            found[path, "UD"] = page.evaluate(TOO_WIDE)
    assert not any(found.values()), {where: what for where, what in found.items() if what}


@each_language
def test_nothing_moves_when_the_scripts_come_late(lang: str, server: Server, new_page: Callable[..., Page]) -> None:
    """What a script will show has its place before it is there, so nobody's finger lands beside what it was to hit."""
    page = new_page(viewport=PHONE)
    page.add_init_script(MOVED)
    late: list[Route] = []
    page.route("**/*.js", lambda route: route.continue_() if "/theme." in route.request.url else late.append(route))
    found = {}
    for path in PAGE_TYPES:
        page.goto(server.url + lang + path, wait_until="commit")
        page.wait_for_function(PAINTED)
        page.evaluate(FRAMES)
        assert late, path
        while late or page.evaluate("document.readyState") != "complete":
            while late:
                late.pop().continue_()
            page.wait_for_timeout(20)
        page.evaluate(FRAMES)
        moved = page.evaluate("moved")
        if sum(value for value, *_ in moved) > MOST_MOVED:
            found[path] = moved
    assert not found


@each_language
def test_paper_shows_the_text_and_nothing_of_the_site_around_it(
    lang: str, server: Server, new_page: Callable[..., Page]
) -> None:
    """Header, menus, switches and buttons stay off the paper; the heading is on it and nothing is cut off."""
    page = new_page(viewport=A4)
    page.emulate_media(media="print")
    for path in PAGE_TYPES:
        page.goto(server.url + lang + path)
        assert page.locator("h1").is_visible(), path
        assert page.locator(NOT_ON_PAPER).evaluate_all("all => all.filter(e => e.checkVisibility()).length") == 0, path
        assert page.evaluate(TOO_WIDE, 8) == [], path  # 2 mm into the margin is not cut off


@pytest.mark.parametrize("path", ["", "lessons/reasonable-lies/pupil/", "en/skills/", "exercises/draw-a-shrine/notebook/", "en/exercises/i-dont-know/"])
def test_a_strict_content_policy_stops_nothing(path: str, server: Server, new_page: Callable[..., Page]) -> None:
    """A school's proxy may forbid inline scripts, inline styles and every other host: all still works, search too."""
    page = new_page()

    def under_policy(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": CSP})

    page.route("**/*", under_policy)
    page.goto(server.url + path)
    page.locator("[data-k=colours]").click()
    page.locator("[data-k=search]").click()
    page.keyboard.type("AI")
    expect(page.locator(".k-results a").first).to_be_visible()
    page.unroute_all(behavior="ignoreErrors")  # an answer that nobody waits for any more is no trouble


@each_language
def test_the_skill_filters_work_from_the_keyboard_without_javascript(
    lang: str, server: Server, new_page: Callable[..., Page]
) -> None:
    """Arrow keys choose a stage and a viewpoint; only what fits stays, and 'all' brings everything back."""
    page = new_page(java_script_enabled=False)
    page.goto(server.url + lang + "skills/")
    everything = page.locator(".k-skill:visible").count()
    page.locator("#filter-stage-all").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#filter-stage-es-lower")).to_be_checked()
    assert page.locator(".k-skill:visible").count() == everything / 4
    assert page.locator("div[data-stage]:visible").evaluate_all("e => new Set(e.map(x => x.dataset.stage)).size") == 1
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#filter-viewpoint-use")).to_be_checked()
    assert page.locator("section[data-viewpoint]:visible").count() == 1
    assert page.locator(".k-skill:visible").count() == everything / 28
    assert page.locator(".k-matrix tbody td:visible").count() == 1
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowUp")
    assert page.locator(".k-skill:visible").count() == everything


@pytest.mark.parametrize("path", ["skills/", "lessons/reasonable-lies/pupil/", "en/"])
def test_the_menu_on_a_phone_works_from_the_keyboard(path: str, server: Server, new_page: Callable[..., Page]) -> None:
    """Enter opens it and puts the focus on its first link, Tab goes on from there, Esc closes it and goes back."""
    page = new_page(viewport=PHONE)
    page.goto(server.url + path)
    button, links = page.locator("[data-k=menu]"), page.locator(".k-nav a")
    expect(links.first).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(links.first).to_be_focused()
    expect(links.first).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(links.first).to_be_hidden()
    page.keyboard.press("Space")
    links.last.focus()
    page.keyboard.press("Tab")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(links.first).to_be_hidden()
    button.click()
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("lessons/")


def test_the_closed_menu_takes_no_focus(server: Server, new_page: Callable[..., Page]) -> None:
    """Tab never stops on a link that cannot be seen; the first stop leads past the header to the text."""
    page = new_page(viewport=PHONE)
    page.goto(server.url + "teachers/")
    stops = []
    for _ in range(12):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
        assert page.evaluate("() => document.activeElement.checkVisibility({visibilityProperty: true})"), stops[-1]
    assert "k-skip" in stops[0]
    assert not any('class="k-nav' in stop for stop in stops)
    page.reload()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#k-text"
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('#k-text').contains(document.activeElement)")


def test_the_colours_can_be_chosen_and_are_remembered(server: Server, new_page: Callable[..., Page]) -> None:
    """The button goes from the device's colours to light, dark and back; the choice outlives the page."""
    page = new_page(color_scheme="dark")
    page.goto(server.url)
    button = page.locator("[data-k=colours]")
    assert scheme(page) == "slate"
    page.emulate_media(color_scheme="light")
    page.wait_for_function("document.body.dataset.mdColorScheme === 'default'")
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.body.dataset.mdColorScheme === 'slate'")
    seen = []
    for _ in range(3):
        button.press("Enter")
        seen.append((scheme(page), button.get_attribute("aria-label").split(": ")[1]))
    assert seen == [("default", "明るい"), ("slate", "暗い"), ("slate", "端末に合わせる")]
    button.click()
    page.goto(server.url + "en/glossary/")
    assert scheme(page) == "default"
    expect(button).to_have_attribute("aria-label", "Colours: Light")
    page.emulate_media(color_scheme="light")
    button.click()
    page.reload()
    assert scheme(page) == "slate"


def test_a_page_works_where_storage_is_refused(server: Server, new_page: Callable[..., Page]) -> None:
    """A browser that keeps nothing shows every page; the choice then lasts for the page."""
    page = new_page()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    page.goto(server.url + "lessons/reasonable-lies/")
    page.locator("[data-k=colours]").click()
    page.locator("[data-k=colours]").click()
    assert scheme(page) == "slate"


@each_language
def test_a_term_is_explained_in_place(lang: str, server: Server, new_page: Callable[..., Page]) -> None:
    """By pointer and by focus the note appears, is named by the term, can be reached by the pointer, and goes with Esc."""
    page = new_page()
    page.goto(server.url + lang + "lessons/reasonable-lies/pupil/")
    term, note = page.locator("a.k-term").first, page.locator("#k-pop")
    expect(note).to_be_hidden()
    term.focus()
    expect(note).to_be_visible()
    expect(note).to_have_text(term.get_attribute("data-note"))
    expect(term).to_have_attribute("aria-describedby", "k-pop")
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    assert page.evaluate("document.activeElement.classList.contains('k-term')")
    page.mouse.move(1, 1)
    term.hover()
    expect(note).to_be_visible()
    box = note.bounding_box()
    page.mouse.move(box["x"] + 10, box["y"] + box["height"] / 2, steps=8)
    expect(note).to_be_visible()
    page.mouse.move(1, 1)
    expect(note).to_be_hidden()
    term.click()
    page.wait_for_url("**/glossary/#*")


def test_the_note_of_a_term_stays_on_a_small_screen(server: Server, new_page: Callable[..., Page]) -> None:
    """Wherever the term stands in the line, its note can be read without moving the page sideways."""
    page = new_page(viewport=NARROW)
    page.goto(server.url + "lessons/reasonable-lies/pupil/")
    for term in page.locator("a.k-term").all():
        term.focus()
        box = page.locator("#k-pop").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= NARROW["width"]
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_the_language_switch_leads_to_the_same_page_and_back(server: Server, page: Page) -> None:
    """From any page one click gives the other language, also below a sub-path, and one more click comes back."""
    places = [(server.url, path) for path in PAGE_TYPES] + [(server.sub_url, path) for path in ("", "glossary/")]
    for base, path in places:
        page.goto(base + path)
        page.locator(".k-lang").click()
        page.wait_for_url(base + "en/" + path)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        page.locator(".k-lang").click()
        page.wait_for_url(base + path)
        expect(page.locator("html")).to_have_attribute("lang", "ja")


def test_the_print_button_prints(server: Server, page: Page) -> None:
    """The button is there for those whose browser runs scripts, and asks the browser to print."""
    page.add_init_script("window.print = () => { document.documentElement.dataset.printed = 'yes'; }")
    page.goto(server.url + "lessons/reasonable-lies/pupil/")
    page.locator("[data-k-print]").click()
    expect(page.locator("html")).to_have_attribute("data-printed", "yes")


@each_language
def test_the_numbers_of_a_chart_open_from_the_keyboard(lang: str, server: Server, page: Page) -> None:
    """A chart has a name and a description; Enter on the line below it shows its numbers as a table."""
    page.goto(server.url + lang + "exercises/i-dont-know/notebook/")
    chart = page.locator(".k-chart").first
    assert chart.locator("svg").get_attribute("aria-label")
    assert chart.locator("svg > desc").text_content()
    expect(chart.locator("td").first).to_be_hidden()
    chart.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(chart.locator("td").first).to_be_visible()
    assert chart.locator("tbody tr").count() > 1


def test_rows_of_pictures_are_moved_sideways_on_a_phone(server: Server, new_page: Callable[..., Page]) -> None:
    """Twenty drawings side by side stay large enough to see; the arrow keys move them, the page stays where it is."""
    page = new_page(viewport=PHONE)
    page.goto(server.url + "exercises/draw-a-shrine/notebook/")
    wide = page.locator(".k-output[tabindex='0']", has=page.locator("svg[shape-rendering]")).first
    assert wide.locator("svg").first.bounding_box()["width"] > PHONE["width"]
    wide.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_page_that_asks_another_host_is_caught(tmp_path: Path, server: Server, new_page, trouble: list[str]) -> None:
    """The fixture that watches pages sees a request elsewhere, a console error and an exception: it can be relied on."""
    (tmp_path / "index.html").write_text(
        '<!doctype html><html lang="en"><title>Bad</title><link rel="icon" href="data:,">'
        '<img alt="" src="https://example.com/pixel.png">'
        "<script>console.error('told'); setTimeout(() => { throw new Error('thrown') })</script>",
        encoding="utf-8",
    )
    with serving(tmp_path) as other:
        page = new_page()
        page.goto(other.url, wait_until="load")
        page.wait_for_timeout(100)
    assert f"request to another host: {other.url}" in trouble
    assert "request to another host: https://example.com/pixel.png" in trouble
    assert any("told" in line for line in trouble)
    assert any("thrown" in line for line in trouble)
    trouble.clear()

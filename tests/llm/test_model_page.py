"""The real model in the browser: fetched only when asked, in parts that are checked, kept, and computing what was recorded.

Not part of an ordinary run: `python3 run.py test llm`. The site is built with the model (`komainu build llm`), and Chromium
runs it. Everything that can go wrong on the way ends in one sentence and in the recording.
"""

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from run import ROOT

from browser.conftest import browser, browser_flags, browser_path, built  # noqa: F401  fixtures of the other layer
from browser.serving import Server
from browser.test_model_page import part, rows, says, violations
from browser.test_offline import POLICY, SIZES, Net, network
from komainu.llm.parts import model_parts
from realmodel import Recording, curated, laptop, prompts
from realmodel.recording import book
from realmodel.safety import shown

LOADED_MS, ANSWERED_MS = 180_000, 120_000
"How long a busy machine may take until the model runs, and for one answer."
NEAR, NEAR_MEAN = 0.05, 0.02
"How far a share may be from the recorded one, and how far shares may be on average: browsers round otherwise. Measured: 0.03 at most."
SAME = 0.6
"The part of the short answers that a browser gives word for word as recorded. Measured: 38 of 48."
RECORDED = Recording()


@pytest.fixture(scope="module")
def llm_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site that holds the model."""
    given = os.environ.get("KOMAINU_LLM_SITE_DIR")
    return (ROOT / given).resolve() if given else built(tmp_path_factory, "llm-site", "llm")


@pytest.fixture(scope="module")
def line(llm_site: Path) -> Iterator[tuple[Server, Net]]:
    """The site behind a network that can be spoilt."""
    with network(llm_site) as running:
        yield running


@pytest.fixture(autouse=True)
def _mended(line: tuple[Server, Net]) -> None:
    """What one test spoilt is whole for the next."""
    line[1].cut = False
    line[1].spoilt.clear()
    line[1].headers.clear()
    line[1].asked.clear()


class Visitor:
    """A reader with a browser of their own."""

    def __init__(self, context: BrowserContext, server: Server, lang: str = "ja"):
        self.context, self.server, self.lang = context, server, lang
        self.strangers: list[str] = []
        context.set_default_timeout(30_000)
        context.on("request", lambda request: self.note(request.url))

    def note(self, url: str) -> None:
        """Remembers what went to another host."""
        if url.startswith("http") and not url.startswith(self.server.origin):
            self.strangers.append(url)

    def open(self) -> Page:
        """The page in a new tab."""
        page = self.page = self.context.new_page()
        page.goto(f"{self.server.url}{'' if self.lang == 'ja' else 'en/'}model/")
        expect(page.locator("[data-do=load]")).to_be_visible()
        return page

    def do(self, name: str) -> None:
        """Press a button of the panel."""
        self.page.locator(f".k-model-live [data-do={name}]").click()

    def status(self, name: str, timeout: int = LOADED_MS, **values: object) -> None:
        """Wait for a sentence of the panel."""
        expect(self.page.locator(".k-model-live > [role=status]")).to_have_text(says(self.lang, name, **values), timeout=timeout)

    def load(self) -> None:
        """Load the model and wait until it runs."""
        self.do("load")
        self.status("ready")

    def ask(self, name: str, ident: str) -> None:
        """Choose a prompt of a part and wait for the running model's answer."""
        place = part(self.page, name)
        place.locator("select").select_option(ident)
        expect(place).not_to_have_attribute("aria-busy", "true", timeout=ANSWERED_MS)
        expect(place.locator(".k-by-live")).to_be_visible()

    def recorded(self) -> None:
        """The recording answers, and the page can be used."""
        place = part(self.page, "ten")
        place.locator("select").select_option("egypt" if place.locator("select").input_value() != "egypt" else "france")
        expect(place.locator(".k-by-recording")).to_be_visible()
        expect(place.locator(".k-ten li")).to_have_count(10)
        expect(self.page.locator("[data-do=load]")).to_be_visible()


@pytest.fixture
def visitor(browser: Browser, line: tuple[Server, Net]) -> Iterator[Callable[..., Visitor]]:  # noqa: F811  the fixture imported above
    """A reader whose browser has nothing of the site."""
    contexts = []

    def come(lang: str = "ja") -> Visitor:
        contexts.append(browser.new_context(locale="ja-JP"))
        return Visitor(contexts[-1], line[0], lang)

    yield come
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def regular(browser: Browser, line: tuple[Server, Net]) -> Iterator[Visitor]:  # noqa: F811  the fixture imported above
    """A reader who has loaded the model before; whoever tests with it leaves it there."""
    context = browser.new_context(locale="ja-JP")
    one = Visitor(context, line[0])
    one.open()
    one.load()
    one.page.locator(".k-offline[data-state=kept]").wait_for(timeout=LOADED_MS)
    one.page.close()
    yield one
    assert one.strangers == []
    context.close()


def parts_asked(net: Net) -> list[str]:
    return [path for path in net.asked if path.endswith(".bin")]


# --- the files -----------------------------------------------------------------------------------

def test_the_parts_are_the_agreed_file_with_its_licence(llm_site: Path) -> None:
    """Laid end to end they have the pinned digest; each is under 20 MB and named by its own; the licence lies beside them."""
    manifest, parts = model_parts(laptop.model_file())
    whole = hashlib.sha256()
    for one in manifest["parts"]:
        data = (llm_site / "model" / "parts" / one["name"]).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (one["bytes"], one["sha256"])
        assert len(data) < 20_000_000
        whole.update(data)
    assert whole.hexdigest() == laptop.SHA256
    assert set(parts) == {file.name for file in (llm_site / "model" / "parts").glob("*.bin")}
    assert "Apache License" in (llm_site / "model" / "parts" / "LICENSE.txt").read_text("utf-8")
    for licences in llm_site.glob("model/*/LICENSES.txt"):
        assert all(name in licences.read_text("utf-8") for name in ("@wllama/wllama 2.4.0", "llama.cpp", "Emscripten", "MIT License"))


def test_the_program_asks_no_other_host(llm_site: Path) -> None:
    """No address of another host stands in the worker or in the lists that it reads."""
    for file in [*llm_site.glob("model/*/worker.js"), *llm_site.glob("model/*/live.json")]:
        found = set(re.findall(r"(?:https?|wss?):/{2}[\w.-]+[^\"'`\s)]*", file.read_text("utf-8")))
        assert found == set(), file.name


def test_a_copy_of_the_site_is_not_kept_twice(llm_site: Path) -> None:
    """What a browser keeps for use without a connection names the program but no part of the model."""
    files = json.loads((llm_site / "edition.json").read_text("utf-8"))["files"]
    assert [name for name in files if name.endswith(".bin")] == []
    assert [name.split("/")[-1] for name in files if name.endswith((".wasm", "worker.js")) and name.startswith("model/")] == ["wllama.wasm", "worker.js"]


def test_the_documents_say_what_it_costs(llm_site: Path) -> None:
    """Megabytes for one device and gigabytes and times for a class of 40, on the pages that name them, computed from the files."""
    live = json.loads(next(llm_site.glob("model/*/live.json")).read_text("utf-8"))
    each = live["bytes"] + live["wasm"]["bytes"]
    once, all_ = f"{each / 1e6:.0f} MB", f"{40 * each / 1e9:.1f} GB"
    fast, slow = f"{40 * each * 8 / 100e6:.0f}", f"{40 * each * 8 / 20e6 / 60:.0f}"
    for lang, seconds, minutes in (("ja", f"{fast}秒", f"{slow}分"), ("en", f"{fast} seconds", f"{slow} minutes")):
        text = (ROOT / "docs" / lang / "offline.md").read_text("utf-8")
        assert all(said in text for said in (once, all_, seconds, minutes)), lang
        assert once in (ROOT / "docs" / lang / "schools.md").read_text("utf-8")


# --- fetching it ---------------------------------------------------------------------------------

def test_it_is_fetched_only_when_asked_and_never_again(visitor: Callable[..., Visitor], line: tuple[Server, Net]) -> None:
    """Size and storage are said first; a bar moves; Cancel stops; the next try goes on; the next visit asks for no part, even with the line cut."""
    _, net = line
    one = visitor()
    page = one.open()
    page.wait_for_load_state("networkidle")
    assert [path for path in net.asked if re.search(r"\.bin|\.wasm|worker\.js|live\.json", path)] == []
    cost = page.locator(".k-model-live > p").first.inner_text()
    assert "101 MB" in cost
    assert "98 MB" in cost
    assert violations(page) == []
    one.do("load")
    bar = page.locator(".k-model-live progress")
    expect(bar).to_be_visible()
    expect(page.locator("[data-do=cancel]")).to_be_focused()
    page.wait_for_function("() => document.querySelector('.k-model-live progress').value > 45e6", timeout=LOADED_MS)
    page.keyboard.press("Enter")
    one.status("trouble_cancelled")
    expect(page.locator("[data-do=load]")).to_be_focused()
    one.recorded()
    before = len(set(parts_asked(net)))
    assert 2 <= before < 5
    net.asked.clear()
    one.load()
    assert len(parts_asked(net)) <= 5 - before + 1
    assert violations(page) == []
    page.locator(".k-offline[data-state=kept]").wait_for(timeout=LOADED_MS)
    held = page.evaluate(SIZES)
    assert {name: size for name, (_, size) in held.items() if name.startswith("komainu-model ")}.popitem()[1] == laptop.BYTES
    assert sum(size for name, (_, size) in held.items() if name.startswith("komainu /")) < 8e6
    page.close()
    net.asked.clear()
    net.cut = True
    page = one.open()
    one.status("kept", mb=98)
    one.load()
    one.ask("next", "capital")
    assert rows(part(page, "next"))[0][0] == "Paris"
    assert parts_asked(net) == []
    assert one.strangers == []


def test_it_can_be_deleted(visitor: Callable[..., Visitor], line: tuple[Server, Net]) -> None:
    """One button, and the browser holds nothing of the model; the recording answers."""
    one = visitor("en")
    page = one.open()
    one.load()
    one.ask("next", "capital")
    one.do("delete")
    one.status("deleted")
    assert [name for name in page.evaluate("caches.keys()") if name.startswith("komainu-model")] == []
    one.recorded()
    page.reload()
    expect(page.locator("[data-do=load]")).to_be_visible()
    expect(page.locator("[data-do=delete]")).to_be_hidden()


def test_a_page_policy_need_not_be_loosened(visitor: Callable[..., Visitor], line: tuple[Server, Net]) -> None:
    """Under the strict policy that the page on servers names, the model runs, in a thread from the site's own address."""
    one = visitor()

    def under_policy(route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": POLICY})

    one.context.route(re.compile(r"/model/$|worker\.js"), under_policy)
    page = one.open()
    one.load()
    assert [worker.url for worker in page.workers if not worker.url.startswith(one.server.origin)] == []
    assert page.evaluate("crossOriginIsolated") is False


# --- what goes wrong -----------------------------------------------------------------------------

def part_name(llm_site: Path, index: int) -> str:
    live = json.loads(next(llm_site.glob("model/*/live.json")).read_text("utf-8"))
    return live["parts"][index]["name"]


@pytest.mark.parametrize(
    ("spoilt", "sentence"),
    [
        ((404, "text/plain", b""), "trouble_missing"),
        ((503, "text/html", b"<h1>busy</h1>"), "trouble_lost"),
        ((200, "text/html", b"<h1>blocked by the filter</h1>"), "trouble_corrupt"),
        ((200, "application/octet-stream", b"\0" * 19_700_000), "trouble_corrupt"),
        ((200, "application/octet-stream", b"\0" * 19_800_000), "trouble_corrupt"),
    ],
    ids=["missing", "busy", "blocked", "altered", "too-long"],
)
def test_a_bad_part_is_a_sentence(spoilt, sentence, visitor: Callable[..., Visitor], line: tuple[Server, Net], llm_site: Path) -> None:
    """A part that is missing, refused, replaced or altered is said and not kept; when the line is mended the model loads."""
    _, net = line
    one = visitor()
    page = one.open()
    net.spoilt[part_name(llm_site, 1)] = spoilt
    one.do("load")
    one.status(sentence)
    one.recorded()
    held = [size for name, (_, size) in page.evaluate(SIZES).items() if name.startswith("komainu-model")]
    assert held == [19_700_000]


@pytest.mark.parametrize(
    ("end", "spoilt", "sentence"),
    [
        ("wllama.wasm", (200, "application/wasm", b"\0asm\1\0\0\0"), "trouble_corrupt"),
        ("worker.js", (404, "text/plain", b""), "trouble_failed"),
        ("live.json", (404, "text/plain", b""), "trouble_missing"),
    ],
)
def test_a_program_that_was_altered_does_not_run(end, spoilt, sentence, visitor: Callable[..., Visitor], line: tuple[Server, Net]) -> None:
    """The WebAssembly has its digest too; no worker, or no list, is a sentence as well; and mended they run, whatever the browser's cache holds."""
    _, net = line
    one = visitor()
    one.open()
    net.spoilt[end] = spoilt
    one.do("load")
    one.status(sentence)
    one.recorded()
    net.spoilt.clear()
    one.load()


def test_a_line_that_breaks_is_a_sentence(visitor: Callable[..., Visitor], line: tuple[Server, Net]) -> None:
    """Half way the network goes: what had come whole stays, and loading goes on from there."""
    _, net = line
    one = visitor()
    page = one.open()
    one.do("load")
    page.wait_for_function("() => document.querySelector('.k-model-live progress').value > 25e6", timeout=LOADED_MS)
    net.cut = True
    one.status("trouble_lost")
    net.cut = False
    one.recorded()
    assert sum(size for name, (_, size) in page.evaluate(SIZES).items() if name.startswith("komainu-model")) >= 19_700_000
    one.load()


def test_a_kept_part_that_went_bad_is_fetched_again(visitor: Callable[..., Visitor], line: tuple[Server, Net]) -> None:
    """Bytes in the browser's storage are trusted no more than bytes from the line."""
    _, net = line
    one = visitor()
    page = one.open()
    one.load()
    page.evaluate("""async () => {
        const name = (await caches.keys()).find((one) => one.startsWith("komainu-model")), cache = await caches.open(name);
        await cache.put((await cache.keys())[2], new Response(new Uint8Array(19700000)));
    }""")
    page.close()
    net.asked.clear()
    one.open()
    one.load()
    assert len(parts_asked(net)) == 1


UNFIT = {
    "memory": "Object.defineProperty(navigator, 'deviceMemory', { get: () => 1 });",
    "browser": "WebAssembly.validate = () => false;",
    "insecure": "Object.defineProperty(window, 'isSecureContext', { get: () => false });",
}


@pytest.mark.parametrize("reason", UNFIT)
def test_a_browser_that_cannot_is_told_before_anything_is_fetched(reason: str, visitor: Callable[..., Visitor], line: tuple[Server, Net]) -> None:
    """Little memory, an old browser, an address without https."""
    _, net = line
    one = visitor()
    one.context.add_init_script(UNFIT[reason])
    one.open()
    one.do("load")
    one.status(f"trouble_{reason}", timeout=5000)
    assert [path for path in net.asked if re.search(r"\.bin|\.wasm|worker", path)] == []
    one.recorded()


IN_THE_WORKER = {
    "memory": ("WebAssembly.Memory.prototype.grow = () => { throw new RangeError('could not allocate memory'); };", "trouble_memory"),
    "no-room": ("navigator.storage.estimate = async () => ({ quota: 5e7, usage: 1e6 });", "trouble_full"),
    "full": ("Cache.prototype.put = async () => { throw new DOMException('full', 'QuotaExceededError'); };", "trouble_full"),
    "stopped": ("addEventListener('message', () => setTimeout(() => { throw new Error('gone'); }));", "trouble_failed"),
}


@pytest.mark.parametrize("what", IN_THE_WORKER)
def test_memory_and_storage_that_run_out_are_sentences(what: str, visitor: Callable[..., Visitor], line: tuple[Server, Net]) -> None:
    """Memory that cannot be had, storage that is or becomes full, a thread that dies: the sentence, the recording, and no half model left."""
    code, sentence = IN_THE_WORKER[what]
    one = visitor()

    def worse(route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=code + answer.text())

    one.context.route("**/worker.js", worse)
    page = one.open()
    one.do("load")
    one.status(sentence)
    one.recorded()
    if sentence == "trouble_full":
        assert [name for name in page.evaluate("caches.keys()") if name.startswith("komainu-model")] == []


def test_a_thread_that_died_unasked_is_told_with_the_next_question(visitor: Callable[..., Visitor], line: tuple[Server, Net]) -> None:
    """The model ran, and its thread ended while nobody asked: whoever asks next is not kept waiting."""
    one = visitor()

    def worse(route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body="new BroadcastChannel('die').onmessage = () => { throw new Error('gone'); };" + answer.text())

    one.context.route("**/worker.js", worse)
    page = one.open()
    one.load()
    page.evaluate("new BroadcastChannel('die').postMessage('')")
    page.wait_for_timeout(300)
    page.locator(".k-choice").first.click()
    one.status("trouble_failed")
    one.recorded()


# --- what it computes ----------------------------------------------------------------------------

ASK = """async ([calls, settings]) => {
    const { live } = JSON.parse(document.querySelector("[data-model]").dataset.model), folder = new URL(live, document.baseURI);
    const about = { ...await (await fetch(new URL("live.json", folder))).json(), settings };
    const worker = new Worker(new URL("worker.js", folder), { type: "module" }), waiting = new Map();
    worker.onmessage = ({ data }) => { if (data.progress === undefined) waiting.get(data.id)(data); };
    let id = 0;
    const call = (call, values) => new Promise((done) => { waiting.set((id += 1), done); worker.postMessage({ id, call, ...values }); });
    const found = [await call("open", { about, base: folder.href })];
    for (const one of calls) found.push(await call(one.call, one));
    worker.terminate();
    return found.slice(1).map(({ value }) => value);
}"""


def asked(page: Page, calls: list[dict]) -> list[dict]:
    """What the worker answers to these calls, past the page."""
    page.set_default_timeout(600_000)
    return page.evaluate(ASK, [calls, book()["made"]["settings"]])


def test_shares_and_answers_are_near_those_of_the_recording(regular: Visitor) -> None:
    """Lists of next tokens have the recorded shares but for what rounding makes of them, and more than half of the short answers are the recorded ones."""
    page = regular.open()
    texts = [prompt.text for prompt in prompts() if prompt.kind == "next"]
    questions = [prompt for prompt in prompts() if prompt.kind in ("question", "unsure")]
    answers = [{"call": "answer", "asked": {"text": curated.whole(one), "longest": curated.length(one.kind), "warmth": 0}} for one in questions]
    found = asked(page, [{"call": "next", "text": text} for text in texts] + answers)
    apart = []
    for text, list_ in zip(texts, found, strict=False):
        kept = {row.text: row.share for row in RECORDED.next_tokens(text, 20)}
        apart += [abs(share - kept[token]) for token, share in list_["rows"] if token in kept]
        assert list_["other"] == pytest.approx(1 - sum(share for _, share in list_["rows"]), abs=1e-6)
    assert max(apart) < NEAR
    assert sum(apart) / len(apart) < NEAR_MEAN
    same = {one.id for one, answer in zip(questions, found[len(texts) :], strict=True) if answer["text"] == RECORDED.answer(one.id).text}
    assert {"france", "egypt", "kenya"} <= same
    assert len(same) >= SAME * len(questions)
    page.close()


def test_only_what_is_fit_for_school_is_shown(regular: Visitor, visitor: Callable[..., Visitor]) -> None:
    """Every token of a list was looked at; an answer with a listed word is hidden, here with a list that has a harmless one."""
    page = regular.open()
    lists = asked(page, [{"call": "next", "text": "They got married in a"}, {"call": "next", "text": "My friend is"}])
    assert all(token in shown() for one in lists for token, _ in one["rows"])
    page.close()
    word = hashlib.sha256(b"shrine").hexdigest()[:16]

    def with_more(route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=json.dumps(answer.json() | {"hidden": [*answer.json()["hidden"], word]}))

    other = visitor()
    other.context.route("**/live.json", with_more)
    page = other.open()
    other.load()
    other.ask("long", "kumogaeru")
    expect(part(page, "long").locator(".k-sofar")).to_have_text(f"The Kumogaeru Shrine in Nara, Japan, is {says('ja', 'hidden')}")


def test_the_page_stays_free_and_can_stop(regular: Visitor) -> None:
    """While a long answer is computed the page answers within a second and a half, Stop ends it, ten answers come to ten, and a text goes on beyond any recording."""
    page = regular.open()
    regular.load()
    place = part(page, "long")
    place.locator("select").select_option("real-notre-dame")
    expect(place.locator(".k-grown")).not_to_be_empty(timeout=ANSWERED_MS)
    slowest = page.evaluate("""async () => {
        let most = 0, last = performance.now();
        for (let n = 0; n < 30; n += 1) {
            await new Promise((done) => setTimeout(done, 20));
            most = Math.max(most, performance.now() - last);
            last = performance.now();
        }
        return most;
    }""")
    assert slowest < 1500
    place.locator("[data-do=stop]").click()
    expect(place.locator("[role=status]")).to_have_text(says("ja", "stopped_text"), timeout=ANSWERED_MS)
    expect(place.locator("[data-do=go]")).to_be_focused()
    assert 1 < place.locator(".k-bars tbody tr").count() < 60
    regular.ask("ten", "kenya")
    expect(part(page, "ten").locator(".k-ten li")).to_have_count(10)
    expect(part(page, "ten").locator("[role=status]")).to_have_text(says("ja", "asked", times=10))
    regular.ask("next", "capital")
    token = part(page, "next").locator(".k-choice").first
    token.press("Enter")
    expect(part(page, "next").locator("mark")).to_have_count(1, timeout=ANSWERED_MS)
    for _ in range(3):  # further than any recording goes
        part(page, "next").locator(".k-choice").first.press("Enter")
        expect(part(page, "next")).not_to_have_attribute("aria-busy", "true", timeout=ANSWERED_MS)
    expect(part(page, "next").locator("mark")).to_have_count(4)
    page.get_by_label(says("ja", "who_recording"), exact=True).check()
    expect(page.locator(".k-model-desk > .k-by-recording")).to_be_visible()
    page.close()


def test_a_text_of_ones_own_needs_the_teacher(regular: Visitor) -> None:
    """The switch is shut away until the model runs, is off each time, and then one text goes to any of the three parts."""
    page = regular.open()
    switch = page.locator(".k-model-live > details")
    expect(switch).to_be_hidden()
    regular.load()
    expect(page.locator("#model-free")).to_be_hidden()
    switch.locator("summary").click()
    expect(page.locator("#model-free")).to_be_hidden()
    switch.locator("input[type=checkbox]").check()
    page.locator("#model-free").fill("The bread is")
    for name, text in (("next", "The bread is"), ("long", "The bread is")):
        switch.locator(f"button[value={name}]").click()
        expect(part(page, name).locator(".k-sofar")).to_contain_text(text, timeout=ANSWERED_MS)
        expect(part(page, name)).not_to_have_attribute("aria-busy", "true", timeout=ANSWERED_MS)
    page.locator("#model-free").fill("word " * 1200)  # the field takes 300 signs, the model more
    switch.locator("button[value=next]").click()
    expect(part(page, "next")).not_to_have_attribute("aria-busy", "true", timeout=ANSWERED_MS)
    assert violations(page) == []
    page.reload()
    regular.load()
    assert not switch.locator("input[type=checkbox]").is_checked()
    expect(page.locator("#model-free")).to_be_hidden()
    page.close()

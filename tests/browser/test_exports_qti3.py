"""QTI 3.0 packages in a player made by others (qti3-item-player), answered by hand and compared with `scoring`.

In:  the made-up quiz of tests/quiz_answers.py.   Out: what the player shows, scores and explains.
The player stands on a page of its own on loopback; the site is not built.
"""

import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import run
from playwright.sync_api import Page, expect

from browser.serving import Server, serving
from komainu.exports import qti3
from quiz_answers import GIVEN, NASTY, QUESTIONS, quiz, share

MODULES = run.ROOT / "node_modules"
SCRIPTS = ("vue/dist/vue.min.js", "qti3-item-player/dist/qti3Player.umd.min.js", "qti3-item-player/dist/qti3Player.css")
ANIMATED_MS = 450
"""The player moves what was dragged for 400 ms."""

PAGE = """<!doctype html><html lang="ja"><meta charset="utf-8"><title>player</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="qti3Player.css"><div id="app"></div>
<script src="vue.min.js"></script><script src="qti3Player.umd.min.js"></script><script>
new Vue({
  components: { Player: window.qti3Player },
  template: `<Player ref="player" suppress-alert-messages suppress-invalid-response-messages
    container-class="qti3-player-container-fluid" container-padding-class="qti3-player-container-padding-2"
    color-class="qti3-player-color-default" @notifyQti3PlayerReady="player => window.player = player"
    @notifyQti3ItemReady="window.shown = true" @notifyQti3EndAttemptCompleted="it => window.ended = it.state"/>`,
}).$mount("#app");
let times = 0; // the player does not begin anew with a text that it has already
window.load = xml => {
  window.shown = false; window.ended = null; times += 1;
  player.loadItemFromXml(xml + `<!-- ${times} -->`, { guid: "one", status: "interacting", sessionControl: { show_feedback: true, validate_responses: false } });
};
</script></html>"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The player's page instead of the site."""
    folder = tmp_path_factory.mktemp("player")
    (folder / "index.html").write_text(PAGE, "utf-8")
    for script in SCRIPTS:
        shutil.copy(MODULES / script, folder / Path(script).name)
    with serving(folder) as running:
        yield running


def items(lang: str = "ja", furigana: int = 9) -> dict[str, str]:
    """The items of the made-up quiz as files, by question."""
    with zipfile.ZipFile(io.BytesIO(qti3.write(quiz(lang, furigana)))) as package:
        return {one.id: package.read(f"items/{one.id}.xml").decode() for one in QUESTIONS}


ITEMS = items()


@pytest.fixture
def player(page: Page, server: Server) -> Page:
    """A page whose player is ready."""
    page.goto(server.url)
    page.wait_for_function("window.player")
    return page


def load(page: Page, xml: str) -> None:
    page.evaluate("xml => window.load(xml)", xml)
    page.wait_for_function("window.shown")


def answer(page: Page, given: object, kind: str) -> None:
    """Gives an answer as a pupil does: with the mouse, or by typing."""
    if kind in ("single", "multiple"):
        for name in given:
            page.locator(f"[data-identifier='o-{name}']").click()
    elif kind == "confidence":
        page.locator(f"[data-identifier='o-{given}']").click()
    elif kind == "match":
        for option, target in given.items():
            page.locator(f"[data-pair='o-{option} t-{target}']").click()
    elif kind == "order":
        arrange(page, given)
    else:
        page.locator("input.text-entry-default").fill(str(given))


def arrange(page: Page, wanted: list[str]) -> None:
    """Drags the options to their places with the mouse; the first goes away and back, so that an order is given in any case."""
    for place, name in [(3, wanted[0]), *enumerate(wanted)]:
        drag(page, name, min(place, len(wanted) - 1))
    shown = [one.get_attribute("data-identifier") for one in page.locator("li.qti-simple-choice").all()]
    assert shown == [f"o-{name}" for name in wanted]


def drag(page: Page, name: str, place: int) -> None:
    """Drags one option to a place; the others need a while to make room."""
    target = page.locator("li.qti-simple-choice").nth(place)
    if target.get_attribute("data-identifier") == f"o-{name}":
        return
    source, goal = page.locator(f"li[data-identifier='o-{name}']").bounding_box(), target.bounding_box()
    page.mouse.move(source["x"] + 20, source["y"] + source["height"] / 2)
    page.mouse.down()
    page.mouse.move(goal["x"] + 20, goal["y"] + goal["height"] / 2, steps=3)
    page.wait_for_timeout(ANIMATED_MS)
    page.mouse.up()
    page.wait_for_timeout(ANIMATED_MS)


def end(page: Page) -> dict:
    """Ends the attempt; the outcomes by name."""
    page.evaluate("window.player.endAttempt('test')")
    page.wait_for_function("window.ended")
    return {one["identifier"]: one["value"] for one in page.evaluate("window.ended.outcomeVariables")}


@pytest.mark.parametrize("item", QUESTIONS, ids=lambda item: item.id)
def test_the_player_scores_as_we_do(player: Page, item):
    """Every answer to every kind of item, right, wrong or partly right, earns in the player what scoring says."""
    for given in GIVEN[item.id]:
        load(player, ITEMS[item.id])
        answer(player, given, item.kind)
        outcomes = end(player)
        assert float(outcomes["SCORE"]) == pytest.approx(share(item, given)), given
        assert float(outcomes["MAXSCORE"]) == 1


@pytest.mark.parametrize("item", QUESTIONS, ids=lambda item: item.id)
def test_every_word_is_shown_as_it_stands(player: Page, item):
    """Signs that mean something to XML reach the reader as they are; no answer earns nothing and explains nothing.

    To the player an order as it was shown is an answer as well; it is never the right one.
    """
    load(player, ITEMS[item.id])
    body = player.locator(".qti-item-body")
    expect(body).to_contain_text(f"{item.id}を問う。 {NASTY}")
    expect(body).to_contain_text("二行目の言葉")
    for name in item.options:
        expect(body).to_contain_text(f"{name}の文 {NASTY}")
    for name in item.targets:
        expect(body).to_contain_text(f"{name}の側 {NASTY}")
    outcomes = end(player)
    assert float(outcomes["SCORE"]) == 0
    assert bool(outcomes["FEEDBACK"]) == (item.kind == "order")


@pytest.mark.parametrize("item", QUESTIONS, ids=lambda item: item.id)
def test_an_answer_is_explained(player: Page, item):
    """After an answer the player opens the explanation, with what was wrong with the chosen option before it."""
    given = GIVEN[item.id][-1]
    load(player, ITEMS[item.id])
    answer(player, given, item.kind)
    end(player)
    told = player.locator(".qti3-player-modal.show").filter(has_text="説明です。")
    expect(told).to_have_count(1)
    expect(told).to_contain_text(f"説明です。{NASTY}")
    why = [f"{name}はなぜでしょう。{NASTY}" for name in (given if item.kind == "single" else item.words["ja"]["why"])]
    for text in why:
        expect(told).to_contain_text(text)


def test_furigana_stands_over_the_words(player: Page):
    """In 3.0 the readings of an elementary quiz go along, and stand over their words."""
    load(player, items(furigana=0)["one-of-four"])
    reading = player.locator("ruby", has_text="問").first
    expect(reading.locator("rt")).to_have_text("と")

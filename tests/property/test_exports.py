"""Whatever an author writes, a quiz's texts come back from a file as they were."""

import html
import re
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from komainu.docx import CONTROL
from komainu.exports import gift, google_forms, moodle
from komainu.exports.quiz_set import Item, items, line
from komainu.quiz import Question
from quizzes import NASTY, made_form, parsed_gift, quiz

PIECES = st.sampled_from([*NASTY.split(" "), "\\", "=", "~", "#", "{", "}", ":", "->", "%", "[html]", "\n\n", "//", "::", "</text>", "]]>", "${x}", "`", "'", '"', "　"])
TEXT = st.lists(PIECES | st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=6), min_size=1, max_size=8).map("".join)
SAID = TEXT.filter(lambda text: re.sub(r"[*`\s]|!?\[[^\]]*\]\([^)]*\)|&&0", "", CONTROL.sub("", text)))
"""Texts that say something; `&&0` is what GIFT's readers put in the place of escaped signs."""


@st.composite
def questions(draw) -> Question:
    """A question with one right option of three, each with a text of its own."""
    options = {name: f"{name}{draw(SAID)}" for name in "abc"}
    words = {"stem": draw(SAID), "explain": draw(SAID), "options": options, "why": {"b": draw(SAID), "c": draw(SAID)}}
    return Question("q", "single", "skill", tuple("abc"), (), ["a"], {"ja": words, "en": words}, "quiz.yml", 1)


def as_read(text: str) -> str:
    """A text as HTML shows it: signs that XML cannot hold are gone, and blanks at the ends do not count."""
    return " ".join(re.sub(r"\s+", " ", CONTROL.sub("", text)).split())


def shown(text: str) -> str:
    return as_read(html.unescape(text.replace("<br>", "\n")))


def of(item: Item) -> list[str]:
    """All texts of an item in one row."""
    return [as_read(text) for text in (item.stem, item.explain, *item.options.values(), item.why["b"], item.why["c"])]


@given(st.lists(questions(), min_size=1, max_size=12))
@settings(max_examples=25, deadline=None)
def test_gift_gives_every_text_back(asked):
    """Read by a parser that we did not write: one category, one question each, and every text."""
    (found,) = parsed_gift([gift.write(quiz(*asked)).decode()])
    assert [one["type"] for one in found] == ["Category"] + ["MC"] * len(asked)
    for item, one in zip(items(quiz(*asked)), found[1:], strict=True):
        texts = [one["stem"], one["globalFeedback"], *(choice["text"] for choice in one["choices"]), *(choice["feedback"] for choice in one["choices"][1:])]
        assert [shown(text["text"]) for text in texts] == of(item)


@given(st.lists(questions(), min_size=1, max_size=12))
@settings(max_examples=50, deadline=None)
def test_moodle_xml_gives_every_text_back(asked):
    """The file is XML whatever the texts hold, and its HTML shows them."""
    tree = ElementTree.fromstring(moodle.write(quiz(*asked)))  # noqa: S314 (our own file)
    for item, one in zip(items(quiz(*asked)), list(tree)[1:], strict=True):
        paths = ["questiontext/text", "generalfeedback/text"]
        texts = [*(one.findtext(path) for path in paths), *(answer.findtext("text") for answer in one.findall("answer"))]
        texts += [answer.findtext("feedback/text") for answer in one.findall("answer")[1:]]
        assert [shown(text) for text in texts] == of(item)


@given(st.lists(questions(), min_size=1, max_size=12))
@settings(max_examples=25, deadline=None)
def test_the_script_for_google_gives_every_text_back(asked):
    """No text ends a string of the program, and none is run."""
    form = made_form(google_forms.write(quiz(*asked)).decode())
    for place, (item, one) in enumerate(zip(items(quiz(*asked)), form["items"], strict=True), 1):
        assert one["Title"] == CONTROL.sub("", f"問題{place}: {line(item.stem)}")
        assert [choice["text"] for choice in one["Choices"]] == [CONTROL.sub("", line(text)) for text in item.options.values()]
        assert one["FeedbackForCorrect"] == CONTROL.sub("", item.explain)

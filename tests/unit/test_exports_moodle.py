"""Quizzes as Moodle XML and GIFT, read back and marked as Moodle marks them."""

import html
import re
from itertools import combinations
from xml.etree import ElementTree

import pytest
from moodle_xml_parser.parser import parse_bytes

from komainu.exports import gift, moodle
from komainu.exports.quiz_set import items, rows
from komainu.exports.scoring import JUDGEMENTS, judgement_share, multiple_share, short_share
from quizzes import EVERY, KINDS, parsed_gift, question, quiz

ACCEPTED = {
    100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5, 11.11111, 10, 5, 0,
}  # fmt: skip
"""The fractions of a point that Moodle takes, in per cent; a negative one is one of them with a minus."""
ITEMS = {item.kind: item for item in items(quiz())}


def asked(tree: ElementTree.Element, kind: str) -> ElementTree.Element:
    """The question of one kind, by the name that we gave it."""
    return next(one for one in tree.iter("question") if (one.findtext("name/text") or "").endswith(f"a-{kind}"))


def imported(node: ElementTree.Element, path: str = "") -> str:
    """A text as Moodle's importer takes it: of the format that the element names, HTML when it names none."""
    found = node.find(path) if path else node
    text = (found.findtext("text") or "").strip()
    return text if found.get("format") == "plain_text" else html.unescape(text.replace("<br>", "\n"))


@pytest.fixture(scope="module")
def tree() -> ElementTree.Element:
    return ElementTree.fromstring(moodle.write(quiz()))  # noqa: S314 (our own file)


@pytest.fixture(scope="module")
def read() -> dict[str, dict]:
    """What the parser of GIFT sees, by kind."""
    (found,) = parsed_gift([gift.write(quiz()).decode()])
    return {one["title"].split(" a-")[1]: one for one in found if one["type"] != "Category"}


# --- Moodle XML ----------------------------------------------------------------------------------

def test_each_kind_becomes_its_own_type_in_one_category(tree):
    """All questions go below Komainu, and a slash in a title makes no further category."""
    kinds = [one.get("type") for one in tree]
    assert kinds == ["category", "multichoice", "multichoice", "ordering", "matching", "numerical", "shortanswer", "multichoice"]
    path = tree[0].findtext("category/text")
    assert path.startswith("$course$/top/Komainu/題//一 ")
    assert "/" not in path.removeprefix("$course$/top/Komainu/").replace("//", "")


@pytest.mark.parametrize("kind", KINDS)
def test_words_skill_and_number_come_through(tree, kind):
    """Question, explanation, skill and a number of its own, whatever signs the words have."""
    node = asked(tree, kind)
    assert imported(node, "questiontext").startswith(ITEMS[kind].stem)
    assert imported(node, "generalfeedback") == ITEMS[kind].explain
    assert node.findtext("tags/tag/text") == "verify-jhs-procedure"
    assert node.findtext("idnumber") == f"every-kind-ja-a-{kind}"
    assert node.findtext("defaultgrade") == "1"


def test_somebody_elses_program_reads_the_choices():
    """Options, fractions and feedback as the package moodle-xml-parser sees them."""
    found = {one.name.split(" a-")[1]: one for one in parse_bytes(moodle.write(quiz()))["multichoice"]}
    for kind in ("single", "multiple", "confidence"):
        item, seen = ITEMS[kind], found[kind]
        assert [html.unescape(one.answer) for one in seen.options] == [html.unescape(text) for text in item.options.values()]
        assert [html.unescape(one.feedback) for one in seen.options] == [html.unescape(item.why.get(option, "")) for option in item.options]
        assert (seen.single, seen.shuffle_answers, seen.default_grade) == (kind != "multiple", False, 1)


def fractions_of(node: ElementTree.Element) -> list[float]:
    return [float(one.get("fraction")) for one in node.findall("answer")]


def test_choices_earn_what_they_earn_on_the_page(tree):
    """Whatever is ticked, Moodle's sum of fractions is the share of scoring.py."""
    item, fractions = ITEMS["multiple"], fractions_of(asked(tree, "multiple"))
    for size in range(len(item.options) + 1):
        for chosen in combinations(range(len(item.options)), size):
            share = max(0.0, sum(fractions[one] for one in chosen) / 100)
            names = {list(item.options)[one] for one in chosen}
            assert share == pytest.approx(multiple_share(names, set(item.key), tuple(item.options)), abs=1e-4)
    assert fractions_of(asked(tree, "single")) == [0, 100, 0, 0]
    assert fractions_of(asked(tree, "confidence")) == [100 * judgement_share(one, False) for one in JUDGEMENTS]


@pytest.mark.parametrize("rights", range(1, 10))
def test_every_fraction_is_one_that_moodle_accepts(rights):
    """For each number of right and wrong options up to ten."""
    options = {f"o{place}": f"{place}" for place in range(10)}
    for size in range(rights + 1, 11):
        some = dict(list(options.items())[:size])
        node = asked(ElementTree.fromstring(moodle.write(quiz(question("multiple", list(some)[:rights], some)))), "multiple")  # noqa: S314
        assert {abs(one) for one in fractions_of(node)} <= ACCEPTED
        assert sum(one for one in fractions_of(node) if one > 0) == pytest.approx(100, abs=1e-3)


def test_an_order_is_all_or_nothing_and_stands_in_the_right_order(tree):
    """Moodle shuffles the answers itself and takes their order in the file for the right one."""
    node, item = asked(tree, "order"), ITEMS["order"]
    assert [imported(one) for one in node.findall("answer")] == [item.options[option] for option in item.key]
    said = {name: node.findtext(name) for name in ("gradingtype", "selecttype", "selectcount", "layouttype")}
    assert said == {"gradingtype": "ALL_OR_NOTHING", "selecttype": "ALL", "selectcount": "4", "layouttype": "VERTICAL"}


def test_pairs_come_with_the_target_that_goes_with_nothing(tree):
    """Each option with its target, and an empty question for the one left over."""
    node, item = asked(tree, "match"), ITEMS["match"]
    pairs = [(imported(one), one.findtext("answer/text")) for one in node.findall("subquestion")]
    wanted = [(text, item.targets[item.key[option]]) for option, text in item.options.items()]
    assert pairs == [*wanted, ("", "z")]
    assert node.findtext("shuffleanswers") == "true"


def test_numbers_and_words_are_exact(tree):
    """A number with its tolerance and no exponent; words in both widths, case not counting, a star no wildcard."""
    number = asked(tree, "number").find("answer")
    assert (number.get("fraction"), number.findtext("text"), number.findtext("tolerance")) == ("100", "0.3", "0.05")
    node = asked(tree, "short")
    words = [one.findtext("text") for one in node.findall("answer")]
    assert words == ["鳥居", "Torii gate", "Ｔｏｒｉｉ　ｇａｔｅ"]
    assert all(short_share(word, ["鳥居", "Torii gate"]) for word in words)
    assert node.findtext("usecase") == "0"
    english = ElementTree.fromstring(moodle.write(quiz(EVERY[5], lang="en")))  # noqa: S314
    assert any(one.startswith("gate \\* <b>") for one in (answer.findtext("text") for answer in english.iter("answer")))
    tiny = question("number", {"value": 1e-7, "tolerance": 2.50})
    assert "<text>0.0000001</text><tolerance>2.5</tolerance>" in moodle.write(quiz(tiny)).decode()


def test_readings_stand_over_the_kanji_of_later_years_only():
    """With a threshold, HTML texts carry ruby; what is plain text does not."""
    one = question("match", {"a": "x", "b": "y"}, {"a": "議論", "b": "本"}, {"x": "議論", "y": "本"}, stem="本で議論する。", explain="議論。")
    for text in (moodle.write(quiz(one, furigana=4)).decode(), gift.write(quiz(one, furigana=4)).decode()):
        assert "議論" in text
        assert "ぎろん" in text
        assert "ほん" not in text
    assert "ぎろん" not in moodle.write(quiz(one)).decode()


# --- GIFT ----------------------------------------------------------------------------------------

def shown(text: str) -> str:
    """HTML of GIFT as the reader sees it."""
    return html.unescape(text.replace("<br>", "\n"))


def unmarked(text: str) -> str:
    """A label as Moodle shows it; the parser leaves the marks that stand for escaped signs."""
    return re.sub(r"&&(\d{3});", lambda mark: chr(int(mark[1])), text)


@pytest.mark.parametrize("kind", KINDS)
def test_gift_keeps_every_letter(read, kind):
    """Question, explanation, number and skill, read by a parser that we did not write."""
    one = read[kind]
    assert shown(one["stem"]["text"]).startswith(ITEMS[kind].stem)
    assert shown(one["globalFeedback"]["text"]) == ITEMS[kind].explain
    assert (one["id"], one["tags"]) == (f"every-kind-ja-a-{kind}", ["verify-jhs-procedure"])
    assert one["stem"]["format"] == "html"


def test_gift_weighs_choices_like_moodle_xml(read):
    """One right option, several with weights, and five judgements with the shares of scoring.py."""
    for kind in ("single", "multiple", "confidence"):
        item, choices = ITEMS[kind], read[kind]["choices"]
        assert [shown(one["text"]["text"]) for one in choices] == list(item.options.values())
        earned = [100 if one["isCorrect"] else one["weight"] or 0 for one in choices]
        assert earned == [float(fraction) for fraction in moodle.fractions(item).values()]
        assert [one["feedback"] and shown(one["feedback"]["text"]) for one in choices] == [item.why.get(option) for option in item.options]


def test_gift_asks_for_places_and_pairs(read):
    """An order has a place for each row, as GIFT knows no orders; a match its targets and the one left over."""
    for kind in ("order", "match"):
        item, pairs = ITEMS[kind], read[kind]["matchPairs"]
        labels, wanted = rows(quiz(), item)
        spare = [("", label) for label in labels if label not in dict(map(reversed, wanted))]
        assert [(shown(one["subquestion"]["text"]), unmarked(one["subanswer"])) for one in pairs] == [*wanted, *spare]
    assert [one["subanswer"] for one in read["order"]["matchPairs"]] == ["3番目", "2番目", "1番目", "4番目"]


def test_gift_takes_numbers_and_words(read):
    """The tolerance, and every accepted word at full weight."""
    assert read["number"]["choices"] == {"type": "range", "number": 0.3, "range": 0.05}
    words = [(one["text"]["text"], one["weight"], one["isCorrect"]) for one in read["short"]["choices"]]
    assert words == [("鳥居", 100, True), ("Torii gate", 100, True), ("Ｔｏｒｉｉ　ｇａｔｅ", 100, True)]


def test_gift_leaves_out_what_it_cannot_say():
    """`->` in an accepted word would make another kind of question of it; the wide spelling remains."""
    arrow = question("short", {"ja": ["a -> b", "[html]b"], "en": ["a"]}, stem="?", explain="!")
    (found,) = parsed_gift([gift.write(quiz(arrow)).decode()])
    assert found[1]["type"] == "Short"
    assert [one["text"]["text"] for one in found[1]["choices"]] == ["ａ　－＞　ｂ", "［ｈｔｍｌ］ｂ"]


def test_gift_takes_no_option_for_a_weight_and_no_star_for_a_wildcard():
    """`%50%` at the head of an option is part of it; a star in an accepted word has the backslash that Moodle asks for."""
    percent = question("single", ["b"], {"a": "%50% of all", "b": "[plain] text"}, why={"a": "no"})
    words = question("short", {"ja": ["a*b"], "en": ["a*b"]})
    (found,) = parsed_gift([gift.write(quiz(percent, words)).decode()])
    assert [(shown(one["text"]["text"]), one["weight"]) for one in found[1]["choices"]] == [("%50% of all", None), ("[plain] text", None)]
    assert [one["text"]["text"] for one in found[2]["choices"]] == ["a\\*b", "ａ＊ｂ"]


def test_the_same_quiz_gives_the_same_bytes():
    """Nothing in a file depends on the day or the order of a set."""
    assert moodle.write(quiz()) == moodle.write(quiz())
    assert gift.write(quiz()) == gift.write(quiz())

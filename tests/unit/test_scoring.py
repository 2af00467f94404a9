"""What an answer to a quiz item earns, in Python and on the pupils' page."""

import sys
from dataclasses import asdict
from itertools import permutations, product
from random import Random

import pytest

from komainu.exports.scoring import (
    JUDGEMENTS,
    judgement_share,
    match_share,
    multiple_share,
    number_share,
    order_share,
    short_share,
)
from komainu.self_check import SCRIPTS
from mirror import ask


def expected(chance: float) -> str:
    """The judgement that pays best, on average, for a pupil who is right with this chance that the statement is true."""
    return max(JUDGEMENTS, key=lambda one: chance * judgement_share(one, True) + (1 - chance) * judgement_share(one, False)).id


@pytest.mark.parametrize(
    ("chance", "best"),
    [(0.95, "true-certain"), (0.75, "true-probable"), (0.65, "even"), (0.5, "even"), (0.35, "even"), (0.25, "false-probable"), (0.05, "false-certain")],
)
def test_honesty_pays_best(chance, best):
    """Whoever says how sure he really is earns most; trusting too much and too little both cost."""
    assert expected(chance) == best


def test_several_right_options():
    """Ticking everything, or nothing, earns nothing; one wrong tick takes away what a right one gave."""
    options, key = ("a", "b", "c", "d"), {"a", "b"}
    assert multiple_share({"a", "b"}, key, options) == 1
    assert multiple_share({"a"}, key, options) == 0.5
    assert multiple_share({"a", "c"}, key, options) == 0
    assert multiple_share({"c", "d"}, key, options) == 0
    assert multiple_share(set(options), key, options) == 0
    assert multiple_share(set(), key, options) == 0


def test_orders_and_pairs():
    """An order is right or not; pairs count one by one."""
    assert order_share(("a", "b"), ("a", "b")) == 1
    assert order_share(("b", "a"), ("a", "b")) == 0
    assert match_share({"a": "x", "b": "x"}, {"a": "x", "b": "y"}) == 0.5


def test_numbers_and_words():
    """The ends of a tolerance count; full-width letters and capitals are the same word."""
    assert number_share(0.3, {"value": 0.1, "tolerance": 0.2}) == 1
    assert number_share(0.31, {"value": 0.1, "tolerance": 0.2}) == 0
    assert short_share(" Ｔｏｒｉｉ ", ["torii"]) == 1
    assert short_share("gate", ["torii"]) == 0


# --- the same in the page ------------------------------------------------------------------------


def on_the_page(name: str, rows: list) -> list:
    """What the page's script makes of each row of arguments."""
    return ask([[f"scoring.{name}", *row] for row in rows], modules=("scoring",), web=SCRIPTS)


def subsets(options: str) -> list[list[str]]:
    """Every choice of some of the options, none and all included."""
    return [[one for one, taken in zip(options, pattern, strict=True) if taken] for pattern in product((0, 1), repeat=len(options))]


def test_the_page_scores_several_options_alike():
    """Every choice of five options against every key earns the same share to the last bit."""
    options = "abcde"
    rows = [[chosen, key, list(options)] for key in subsets(options) if 0 < len(key) < len(options) for chosen in subsets(options)]
    assert on_the_page("multipleShare", rows) == [multiple_share(set(chosen), set(key), tuple(options)) for chosen, key, _ in rows]


def test_the_page_scores_orders_and_pairs_alike():
    """Every order of four, and every way to pair three options with four targets or with none, earns the same."""
    orders = [[list(given), ["a", "b", "c", "d"]] for given in permutations("abcd")] + [[["a"], ["b"]], [["b"], ["b"]]]
    assert on_the_page("orderShare", orders) == [order_share(tuple(given), tuple(key)) for given, key in orders]
    key = {"a": "x", "b": "y", "c": "x"}
    pairs = [[{one: target for one, target in zip("abc", targets, strict=True) if target}, key] for targets in product(["", "x", "y", "z", "w"], repeat=3)]
    assert on_the_page("matchShare", pairs) == [match_share(given, key) for given, key in pairs]


def test_the_page_scores_numbers_alike():
    """The ends of a tolerance are the same ends, also where a decimal has no exact binary form."""
    draw = Random(6)
    keys = [{"value": 80, "tolerance": 0}, {"value": -0.6, "tolerance": 0.001}, {"value": 0.3, "tolerance": 0.1}, {"value": 1e6, "tolerance": 0.05}]
    offsets = (0, 1, -1, 1 + 1e-9, 1 - 1e-9, *(draw.uniform(-2, 2) for _ in range(50)))
    rows = [[key["value"] + offset * (key["tolerance"] or 1e-9), key] for key in keys for offset in offsets]
    found = [number_share(given, key) for given, key in rows]
    assert on_the_page("numberShare", rows) == found
    assert set(found) == {0, 1}


def test_the_page_scores_judgements_alike():
    """Each of the five judgements earns the same of a true statement and of one that is not."""
    rows = [[asdict(one), key] for one in JUDGEMENTS for key in (True, False)]
    assert on_the_page("judgementShare", rows) == [judgement_share(one, key) for one in JUDGEMENTS for key in (True, False)]


def test_the_page_takes_the_same_words_for_the_same():
    """Width, case and outer spaces of every letter, and of words where letter by letter is not enough."""
    letters = [chr(code) for code in range(sys.maxunicode) if chr(code).casefold() != chr(code)]
    words = ["ΟΔΟΣ", "οδος", "Straße", "STRASSE", "İstanbul", "ISTANBUL", "ısı", "ISI", "ﾄﾘｲ", "トリイ", "鳥居 ", "\u3000鳥居", "\x1ftorii\x85", "\ufefftorii", "ｔｏｒｉｉ", ""]
    rows = [[f"a{one}", [f"a{other}"]] for one in letters for other in (one.lower(), one.upper(), one.casefold())]
    rows += [[one, [other]] for one in words for other in words]
    assert on_the_page("shortShare", rows) == [short_share(given, accepted) for given, accepted in rows]


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (80, ["80", "８０", " 80 ", "+80", "80.", "80.0", "８０．０", "80。0", "0080"]),
        (-0.6, ["-0.6", "−0.6", "－０．６", "ー０。６", "–.6"]),
        (1234.5, ["1234.5", "1,234.5", "１，２３４．５", "1、234。5"]),
        (None, ["", "   ", "八十", "80%", "80点", "0,6", "1,23", "1.2.3", "1e3", "-", ".", "--3", "0x10", "Infinity", "1/2"]),
    ],
)
def test_a_number_is_read_as_pupils_type_it(number, written):
    """Either width, any minus, a comma for thousands, 。 for the point; what is no number is not taken for another one."""
    assert on_the_page("readNumber", [[text] for text in written]) == [number] * len(written)

"""Texts, orders and spellings as every format of quizzes takes them."""

import pytest

from komainu.exports.wording import (
    number,
    number_spellings,
    options_shown,
    short_spellings,
    targets_shown,
    visible,
)
from quiz_answers import BY_ID, QUESTIONS, question


def test_only_what_is_seen_is_left_of_a_text():
    """Marks, links and signs that no file of the web can hold are gone; all else stands."""
    assert visible("**太い**[言葉](glossary:x)と`code`\x0b\ud800、𠮟😀\n次") == "太い言葉とcode、𠮟😀\n次"


@pytest.mark.parametrize("item", [one for one in QUESTIONS if one.kind == "order"], ids=lambda one: one.id)
def test_the_order_shown_is_not_the_answer(item):
    """However the items of an order are named, they are not shown in the right one."""
    shown = options_shown(item)
    assert sorted(shown) == sorted(item.options)
    assert list(shown) != item.key


def test_no_order_of_any_size_is_shown_right():
    """Neither for many orders of many sizes, nor for pairs with their targets."""
    for size in range(2, 8):
        for first in range(12):
            names = tuple(f"n{first + place}" for place in range(size))
            assert options_shown(question(f"q{first}", "order", list(names), names)) != names
            targets = tuple(f"t{place}" for place in range(size))
            match = question(f"q{first}", "match", dict(zip(names, targets, strict=True)), names, targets)
            assert targets_shown(match) != targets


def test_other_kinds_stay_as_they_are():
    """An author's order of options stays where it says nothing."""
    assert options_shown(BY_ID["one-of-four"]) == BY_ID["one-of-four"].options


@pytest.mark.parametrize(
    ("value", "written"), [(45, "45"), (45.0, "45"), (-0.6, "-0.6"), (0.0000001, "0.0000001"), (1e21, "1" + "0" * 21), (100, "100"), (2.50, "2.5")]
)
def test_numbers_are_written_as_people_write_them(value, written):
    """No exponent, no needless zeros."""
    assert number(value) == written


def test_spellings_that_pupils_type():
    """Wide figures and letters and the other minus signs are accepted where a format compares letter by letter."""
    assert number_spellings(-0.6) == ("-0.6", "−0.6", "－0.6", "－０．６")
    assert number_spellings(45) == ("45", "４５")
    assert short_spellings(["Ｔorii ", "門"]) == ("Ｔorii", "Torii", "Ｔｏｒｉｉ", "門")

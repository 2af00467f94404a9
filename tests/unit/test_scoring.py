"""What an answer to a quiz item earns."""

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

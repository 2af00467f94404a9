"""How an answer to a quiz item is scored, the same on the page and in every format.

In:  a Question and an answer.   Out: a share of the item's point, 0.0 to 1.0.
A statement's answer says how sure the pupil is. The shares reward honesty: even chances pay best up to 70 % sure,
"probably" from 70 % to 80 %, "certain" above; whoever is always certain and whoever never is both lose.
Every share is one that Moodle accepts as a fraction of a point.
Left out on purpose: how a format writes it down (its own module).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Judgement:
    """One answer to a statement: what it is held to be, and how surely."""

    id: str
    says: bool | None
    """True or not true; None for even chances, which says neither."""
    if_right: float
    if_wrong: float


JUDGEMENTS = (
    Judgement("true-certain", True, 1.0, 0.0),
    Judgement("true-probable", True, 0.9, 0.4),
    Judgement("even", None, 0.75, 0.75),
    Judgement("false-probable", False, 0.9, 0.4),
    Judgement("false-certain", False, 1.0, 0.0),
)
"""The five answers to a confidence item, in the order shown; their words are `quiz_<id>` in data/words.yml."""


def judgement_share(judgement: Judgement, key: bool) -> float:
    """What a judgement of a statement earns when the statement is true (`key`) or not."""
    return judgement.if_right if judgement.says in (key, None) else judgement.if_wrong


def multiple_share(chosen: set[str], key: set[str], options: tuple[str, ...]) -> float:
    """What a choice of several earns: an equal part for each option of the key, less an equal part for each other one.

    Choosing all of the options earns nothing, and choosing none neither; less than nothing there is not.
    """
    others = len(options) - len(key)
    return max(0.0, len(chosen & key) / len(key) - len(chosen - key) / others)


def order_share(given: tuple[str, ...], key: tuple[str, ...]) -> float:
    """What an order earns: the whole point when all of it is right."""
    return float(given == key)


def match_share(given: dict[str, str], key: dict[str, str]) -> float:
    """What pairs earn: an equal part for each right one."""
    return sum(given.get(option) == target for option, target in key.items()) / len(key)


def number_share(given: float, key: dict[str, float]) -> float:
    """What a number earns: the whole point within the tolerance, its ends included."""
    return float(abs(given - key["value"]) <= key["tolerance"] + 1e-9)


def short_share(given: str, accepted: list[str]) -> float:
    """What a few words earn: the whole point when they are among the accepted ones; width, case and outer spaces do not count."""
    return float(_plain(given) in {_plain(one) for one in accepted})


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()

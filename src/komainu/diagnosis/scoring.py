"""What the answers to the diagnosis are worth, in points, in words and as a code to call out.

In:  keys and answers.   Out: points, words, a remark's name, a code; or from a code the words again.
web/diagnosis/score.js is the same in the browser; the tests hold one against the other.
Left out on purpose: which items there are (bank), what the words say (lessons/diagnosis/words.yml).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

RIGHT, HALF, NOTHING = 2, 1, 0
"""Points of an item: the key, the second-best answer, any other."""

WORDS = ("low", "middle", "high")
"""The results of a viewpoint, from its two items: 0 or 1 point, 2 or 3, all 4."""

SURENESS = ("even", "probable", "certain")
"""How sure a reader can be of an answer to an output, in the order shown."""

OVERCONFIDENT, UNDERCONFIDENT = 2, 3
"""So many answers that were certain and wrong, or right at even chances, are worth a remark."""

LETTERS = "ACFHKLMQRXY"
"""The last sign of a code: eleven letters that look and sound unlike, one for each remainder."""


def points(key: str, half: Iterable[str], answer: str | None) -> int:
    """What an answer earns, 0 to 2; no answer earns nothing."""
    return RIGHT if answer == key else HALF if answer in tuple(half) else NOTHING


def word(total: int) -> str:
    """The word for the points of a viewpoint's two items, 0 to 4."""
    return WORDS[(total >= 2) + (total >= 4)]


def calibration(answers: Iterable[tuple[int, str]]) -> str:
    """Which remark fits how sure a reader was: `answers` are points and sureness of the outputs.

    An answer is wrong when it is not the key. Who was often certain and wrong hears of that first.
    """
    seen = list(answers)
    if sum(earned < RIGHT and sure == "certain" for earned, sure in seen) >= OVERCONFIDENT:
        return "sure-wrong"
    if sum(earned == RIGHT and sure == "even" for earned, sure in seen) >= UNDERCONFIDENT:
        return "unsure-right"
    return "fits"


def encode(form: str, words: Iterable[str]) -> str:
    """The result of the seven viewpoints as a code: the form, a digit each from 1 to 3, a letter that shows a slip.

    >>> encode("a", ["low", "middle", "high", "middle", "middle", "low", "high"])
    'A1232213K'
    """
    digits = [WORDS.index(one) + 1 for one in words]
    return f"{form.upper()}{''.join(map(str, digits))}{_letter(form, digits)}"


def decode(code: str) -> tuple[str, tuple[str, ...]] | None:
    """The form and the seven words of a code; None when it is none, or one sign is wrong or two have changed places.

    Width, case, blanks and hyphens do not count.
    """
    signs = unicodedata.normalize("NFKC", code).upper().replace(" ", "").replace("-", "")
    form, digits, letter = signs[:1].lower(), signs[1:8], signs[8:]
    if form not in ("a", "b") or len(digits) != 7 or not set(digits) <= set("123"):
        return None
    numbers = [int(digit) for digit in digits]
    return (form, tuple(WORDS[number - 1] for number in numbers)) if letter == _letter(form, numbers) else None


def _letter(form: str, digits: list[int]) -> str:
    """Each place has a weight of its own below the prime number 11, so no slip of one sign and no exchange of two is missed."""
    weighted = sum(place * digit for place, digit in enumerate(digits, 1)) + 8 * (form == "b")
    return LETTERS[weighted % len(LETTERS)]

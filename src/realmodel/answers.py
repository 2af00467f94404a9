"""What a model gives back: tokens with their shares, and answers made of them.

In:  texts and probabilities.   Out: values that do not change.
A token is the piece in which the model reads and writes: mostly a word with the blank before it, sometimes less.
"""

import math
import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Token:
    """One piece of text and how probable the model found it there."""

    text: str
    """The piece as it is, with the blank before it."""
    share: float
    """Its probability, 0 to 1, before any warmth."""
    other: bool = False
    """Whether this row stands for all the pieces that are not shown."""


@dataclass(frozen=True)
class Answer:
    """What the model wrote, and the tokens it consists of."""

    text: str
    """The answer without blanks at its ends."""
    tokens: tuple[Token, ...] = ()
    """Its pieces in order, each with the probability it had when it was chosen; empty when the answer is hidden."""
    hidden: bool = False
    """Whether the answer held a word that is not for school, so that a note stands in its place."""

    @property
    def mean(self):
        """The mean probability of its tokens (the geometric one, so that length does not count); 0 when there are none.

        >>> Answer("a b", (Token("a", 0.9), Token(" b", 0.4))).mean
        0.6
        """
        shares = [token.share for token in self.tokens]
        if not shares or min(shares) <= 0:
            return 0.0
        return round(math.exp(sum(map(math.log, shares)) / len(shares)), 4)

    @property
    def plain(self):
        """The answer in the form in which answers are compared."""
        return plain(self.text)


def plain(text):
    """A text in small letters, without accents, marks and double blanks: two answers that differ only in these are the same.

    >>> plain(" Brasília. "), plain("11."), plain("1,920")
    ('brasilia', '11', '1 920')
    """
    letters = unicodedata.normalize("NFKD", text.lower())
    kept = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", kept))


def right(answer, accepted):
    """Whether one of the accepted answers stands in this one, as whole words.

    >>> right("It is Matsue.", ["Matsue"]), right("111", ["11"]), right("", ["11"])
    (True, False, False)
    """
    words = f" {plain(answer)} "
    return any(f" {plain(one)} " in words for one in accepted)

"""What every format needs of a quiz's words: visible text, the order of options, spellings that count as the same.

In:  a Question and a language.   Out: plain text, ids in the order shown, lists of spellings.
Left out on purpose: escaping, which each format does in its own way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from hashlib import sha256

from komainu.quiz import Question
from komainu.writing import plain

UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
"""Signs that XML cannot hold."""

FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
MINUS_SIGNS = "-−－"


def visible(markdown: str) -> str:
    """What a reader sees of a text of the quiz: no marks, no links, no sign that a file of the web cannot hold."""
    return UNSEEN.sub("", plain(markdown))


def option_id(name: str) -> str:
    """An option's identifier in a file: no target has the same, and none begins with a figure."""
    return f"o-{name}"


def target_id(name: str) -> str:
    """A target's identifier in a file."""
    return f"t-{name}"


def options_shown(question: Question) -> tuple[str, ...]:
    """The options in the order in which they are shown: never the right one where the order is asked for."""
    return _mixed(question.options, question.id, tuple(question.key)) if question.kind == "order" else question.options


def targets_shown(question: Question) -> tuple[str, ...]:
    """The targets of a match item in the order shown: never side by side with the options that they go with."""
    return _mixed(question.targets, question.id, tuple(question.key[option] for option in question.options)) if question.targets else ()


def _mixed(names: tuple[str, ...], salt: str, giveaway: tuple[str, ...]) -> tuple[str, ...]:
    """An order that looks accidental and is always the same; when it gives the answer away, its first goes last."""
    order = tuple(sorted(names, key=lambda name: sha256(f"{salt}/{name}".encode()).digest()))
    return order[1:] + order[:1] if order == giveaway[: len(order)] else order


def number(value: float) -> str:
    """A number of a key as a person would write it: no exponent, no needless zeros."""
    exact = Decimal(str(value))
    return f"{exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize():f}"


def number_spellings(value: float) -> tuple[str, ...]:
    """How pupils write a number: with either minus sign, in narrow and in wide figures."""
    written = number(value)
    signs = [written.replace("-", sign) for sign in MINUS_SIGNS] if written.startswith("-") else [written]
    return _each_once([*signs, written.translate(FULL_WIDTH)])


def short_spellings(accepted: Iterable[str]) -> tuple[str, ...]:
    """The accepted answers of a key, as `spellings` of what a reader sees of them."""
    return spellings(map(visible, accepted))


def spellings(accepted: Iterable[str]) -> tuple[str, ...]:
    """Accepted answers and their narrow and wide forms, for formats that compare letter by letter."""
    forms = []
    for text in accepted:
        narrow = unicodedata.normalize("NFKC", text).strip()
        forms += [text.strip(), narrow, narrow.translate(FULL_WIDTH)]
    return _each_once(forms)


def _each_once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))

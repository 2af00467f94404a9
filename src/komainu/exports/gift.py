"""A quiz as GIFT, the text format that Moodle and many other platforms read.

In:  a QuizSet.   Out: the bytes of a text file in UTF-8.
All texts are HTML inside, so that signs, line ends and readings come through; names, accepted words and labels of rows are plain.
Left out on purpose: the type for orders (GIFT has none: rows that take a place), and that options keep their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from komainu.docx import CONTROL
from komainu.exports.moodle import asked, fractions
from komainu.exports.quiz_set import Item, QuizSet, items, line, marked_up, rows
from komainu.exports.wording import number, spellings

SIGNS = re.compile(r"[\\~=#{}:]")
UNSAYABLE = re.compile(r"->|^\[(html|moodle|plain|markdown)\]")
"""What GIFT takes for its own in a plain text, and has no escape for."""


def write(quiz: QuizSet) -> bytes:
    """The quiz as GIFT: a category, then one question after another with a blank line between."""
    head = f"// {line(quiz.title)}\n// {line(quiz.credit)}\n$CATEGORY: $course$/top/Komainu/{quiz.id}-{quiz.lang}"
    return ("\n\n".join([head, *(_question(quiz, item, place) for place, item in enumerate(items(quiz), 1))]) + "\n").encode()


def _question(quiz: QuizSet, item: Item, place: int) -> str:
    about = f"// [id:{quiz.id}-{quiz.lang}-{item.id}] [tag:{item.skill}]"
    inner = "\n".join([*KINDS[item.kind](quiz, item), f"####{_html(quiz, item.explain)}"])
    return f"{about}\n::{place:02} {item.id}::[html]{_html(quiz, asked(quiz, item))} {{{inner}\n}}"


def escaped(text: str) -> str:
    """Plain text for GIFT, on one line."""
    return SIGNS.sub(lambda sign: f"\\{sign[0]}", CONTROL.sub("", line(text)))


def _html(quiz: QuizSet, text: str) -> str:
    """A text as HTML for GIFT; a bracket or a per cent sign at its head would be read as a format or a weight."""
    inner = marked_up(quiz, text.strip())
    first = f"&#{ord(inner[0])};{inner[1:]}" if inner[:1] in ("[", "%") else inner
    return escaped(first)


def _choices(quiz: QuizSet, item: Item) -> Iterator[str]:
    yield ""
    for option, fraction in fractions(item).items():
        weight = "=" if fraction == "100" and item.kind != "multiple" else "~" if fraction == "0" else f"~%{fraction}%"
        why = item.why.get(option)
        yield weight + _html(quiz, item.options[option]) + (f" #{_html(quiz, why)}" if why else "")


def _rows(quiz: QuizSet, item: Item) -> Iterator[str]:
    labels, pairs = rows(quiz, item)
    taken = {label for _, label in pairs}
    yield ""
    for text, label in [*pairs, *(("", label) for label in labels if label not in taken)]:
        yield f"={_html(quiz, text)} -> {escaped(label)}"


def _number(quiz: QuizSet, item: Item) -> Iterator[str]:
    yield f"#{number(item.key['value'])}:{number(item.key['tolerance'])}"


def _short(quiz: QuizSet, item: Item) -> Iterator[str]:
    """Each with its weight, so that a single T is no question of true or false; a star is a wildcard unless escaped."""
    yield ""
    for text in spellings(item.key[quiz.lang]):
        if not UNSAYABLE.search(line(text)):
            yield "=%100%" + escaped(text.replace("*", "\\*"))


KINDS = {"single": _choices, "multiple": _choices, "confidence": _choices, "order": _rows, "match": _rows, "number": _number, "short": _short}

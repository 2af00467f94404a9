"""What changed between two texts, phrase by phrase.

In:  lines before and after, and their language.   Out: lines with runs marked `ins` or `del`.
Japanese is cut into phrases by BudouX, English into words; a sentence is never marked as a whole for one phrase in it.
Left out on purpose: what the lines are (update, tracked).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import Any, TypeVar

import budoux

Data = dict[str, Any]
T = TypeVar("T")
Pair = tuple[int | None, int | None]

ALIKE = 0.4
"""From this share of common phrases on, a line is the other one changed, and not a new one."""


@cache
def _japanese() -> budoux.Parser:
    return budoux.load_default_japanese_parser()


@cache
def cut(text: str, lang: str) -> tuple[str, ...]:
    """A text in phrases; together they are the text. Punctuation stands alone, so that it can stay where it is.

    >>> cut("教員は、資料を二つ示す。", "ja")
    ('教員は', '、', '資料を', '二つ', '示す', '。')
    """
    pieces = _japanese().parse(text) if lang == "ja" else re.findall(r"\s+|\S+", text)
    return tuple(part for piece in pieces for part in re.findall(r"[、。，．「」『』（）,.;:()“”?!]|[^、。，．「」『』（）,.;:()“”?!]+", piece))


def runs_between(old: str, new: str, lang: str) -> list[Data]:
    """One line as runs: what stayed, what went (`del`), what came (`ins`)."""
    before, after = cut(old, lang), cut(new, lang)
    found: list[Data] = []
    for _, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if before[start:end] == after[first:last]:
            found.append({"t": "".join(before[start:end])})
        else:
            found += [{"t": "".join(before[start:end]), "del": 1}, {"t": "".join(after[first:last]), "ins": 1}]
    return [run for run in found if run["t"]]


def pairs(old: Sequence[T], new: Sequence[T], like: Callable[[T, T], float]) -> list[Pair]:
    """Lines of both sides in one order: each with its partner, or alone. What is equal stays together, then what is alike."""
    found: list[Pair] = []
    for kind, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found += zip(range(start, end), range(first, last), strict=True)
        else:
            inner = _alike([[like(a, b) for b in new[first:last]] for a in old[start:end]], end - start, last - first)
            found += [(None if a is None else a + start, None if b is None else b + first) for a, b in inner]
    return found


def _alike(likes: list[list[float]], high: int, wide: int) -> list[Pair]:
    """The best pairing that keeps both orders."""
    best = [[0.0] * (wide + 1) for _ in range(high + 1)]
    for a in range(high - 1, -1, -1):
        for b in range(wide - 1, -1, -1):
            best[a][b] = max(best[a + 1][b], best[a][b + 1], likes[a][b] and likes[a][b] + best[a + 1][b + 1])
    found: list[Pair] = []
    a = b = 0
    while a < high and b < wide:
        if likes[a][b] and best[a][b] == likes[a][b] + best[a + 1][b + 1]:
            found.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            found.append((a, None))
            a += 1
        else:
            found.append((None, b))
            b += 1
    return [*found, *((one, None) for one in range(a, high)), *((None, one) for one in range(b, wide))]


def likeness(a: str, b: str, lang: str) -> float:
    """The share of common phrases, 0 where it is too small for one line to be the other, changed."""
    ratio = SequenceMatcher(None, cut(a, lang), cut(b, lang), autojunk=False).ratio()
    return ratio if ratio >= ALIKE else 0.0


def marked(old: list[str], new: list[str], lang: str) -> list[list[Data]]:
    """All lines of both sides as runs."""
    return [_line(old, new, a, b, lang) for a, b in pairs(old, new, lambda one, other: likeness(one, other, lang))]


def _line(old: list[str], new: list[str], a: int | None, b: int | None, lang: str) -> list[Data]:
    if a is None:
        return [{"t": new[b], "ins": 1}]
    return [{"t": old[a], "del": 1}] if b is None else runs_between(old[a], new[b], lang)

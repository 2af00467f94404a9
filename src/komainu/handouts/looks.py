"""How large everything on a handout is: the numbers that the Word file and the printed page share.

In:  a form of handout, a table, a poster's lines, a sheet of cards.   Out: sizes in points, millimetres and shares of a width.
Text is measured in em: a kanji is one, a Latin letter a bit more than half. Left out on purpose: how Word or a browser writes it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from komainu.policy.ruling import Run

Block = dict[str, Any]
MM_PER_PT = 25.4 / 72


@dataclass(frozen=True)
class Look:
    """The sizes of one form of handout."""

    text: float
    """Points."""
    table: float
    """Points, within tables."""
    write: float = 8
    """Millimetres from one line to write on to the next."""
    lines: float = 1.5
    """Height of a line of text in its own size; furigana needs 1.8."""
    page: tuple[int, int] = (210, 297)
    """Width and height in millimetres."""
    margin: tuple[int, int] = (16, 17)
    """Above and below, left and right, in millimetres."""

    @property
    def width(self) -> float:
        """What can be written on, in millimetres."""
        return self.page[0] - 2 * self.margin[1]

    @property
    def height(self) -> float:
        """What can be written on, in millimetres, without the footer."""
        return self.page[1] - 2 * self.margin[0]


PUPIL = Look(10.5, 10, lines=1.75, margin=(14, 17))
LOOKS = {
    "plan": Look(10, 9),
    "short": Look(9, 8.5, lines=1.35, margin=(13, 15)),
    "answers": Look(10, 9.5),
    "letter": Look(11, 10, lines=1.8, margin=(22, 24)),
    "pupil": PUPIL,
    "pupil-es": replace(PUPIL, text=11.5, table=11, write=9, lines=1.85),
    "cards": replace(PUPIL, margin=(12, 12)),
    "poster": Look(28, 28, page=(297, 420), margin=(18, 20)),
}
"""By form. Lines to write on are 9 mm apart up to the end of elementary school, 8 mm after it."""


# --- text ----------------------------------------------------------------------------------------


def em(text: str) -> float:
    """How wide a text is, in em."""
    return sum(1 if unicodedata.east_asian_width(sign) in "WFA" else 0.56 for sign in text)


def em_of(runs: Sequence[Run]) -> float:
    """How wide runs are, in em; a reading longer than its word pushes the word apart."""
    return sum(max(em(run["t"]), em(run.get("r", "")) / 2) for run in runs)


WORD = re.compile(r"[!-~À-ʯ%°−–]+|.")


def lines_of(text: str, room: float) -> int:
    """How many lines a text takes when a line has room for so many em: Japanese breaks anywhere, a Latin word nowhere."""
    count, used = 1, 0.0
    for word in WORD.findall(text):
        wide = em(word)
        if used + wide > room and word.strip():
            count, used = count + 1, 0.0
        used += wide
    return count


def _longest_word(runs: Sequence[Run]) -> float:
    return max((em(word) for word in WORD.findall("".join(run["t"] for run in runs))), default=0)


# --- tables --------------------------------------------------------------------------------------

PAD = 1.2
"""Em between the text of a cell and its borders, both sides together."""
TICK, WRITE, WIDEST = 3.4, 12, 30
"""Em of a column for a tick, of one for a sentence, and the most that text asks for."""


def shares(block: Block, room: float) -> list[float]:
    """The share of the width that each column of a table gets; together 1. `room` is the width in em."""
    if "shares" in block:
        return list(block["shares"])
    columns = list(zip(block["head"], *block["rows"], strict=True))
    align = block.get("align") or [""] * len(columns)
    need = [_need(column) for column in columns]
    want = [max(n, _want(column, side)) for n, column, side in zip(need, columns, align, strict=True)]
    spare, more = room - sum(need), [w - n for w, n in zip(want, need, strict=True)]
    if spare <= 0:
        widths = need
    elif sum(more) > spare:
        widths = [n + spare * m / sum(more) for n, m in zip(need, more, strict=True)]
    else:
        widths = [w + (room - sum(want)) * w / sum(want) for w in want]
    return [width / sum(widths) for width in widths]


def _need(column: Sequence[Sequence[Run]]) -> float:
    """The width without which a word would be cut or a short Japanese one stand upright."""
    return max(max(_longest_word(cell), min(em_of(cell), 3)) for cell in column) + PAD


def _want(column: Sequence[Sequence[Run]], side: str) -> float:
    text = max(em_of(cell) for cell in column)
    empty = 0 if all(column[1:]) else TICK if side == "center" else WRITE
    return min(WIDEST, max(text + PAD, empty))


NARROW = 8
"""Tables of more columns have less room between text and border."""


def overfull(block: Block, room: float) -> bool:
    """Whether a table has more columns than there is room for."""
    return sum(_need(column) for column in zip(block["head"], *block["rows"], strict=True)) > room


def row_mm(block: Block, row: Sequence[Sequence[Run]], look: Look) -> float:
    """The least height of a row: room to write where a cell is empty, more where few rows ask for sentences. 0: as high as its text."""
    align = block.get("align") or [""] * len(row)
    empty = [side for cell, side in zip(row, align, strict=True) if not cell]
    if not empty:
        return 0
    if all(side == "center" for side in empty):
        return look.write - 1
    count = len(block["rows"])
    return look.write * (2.4 if count == 1 else 1.5 if count <= 4 and any(not cell and not side for cell, side in zip(row, align, strict=True)) else 1.05)


# --- cards and posters ---------------------------------------------------------------------------

CARD_MM = (38, 60)
"""The least and the greatest height of a card."""
CARD_PT = (30, 26, 22, 18, 16, 14, 12.5, 11.5, 10.5)
BIG_PT = 16
"""From here on the text of a card stands in its middle."""
POSTER_PT = (92, 84, 76, 70, 64, 60, 56, 52, 48, 44)
"""Sizes to choose from, the largest that fits. At 44 points a kanji is 15 mm high and can be read from 5 metres."""


def card_size(columns: int, count: int, look: Look, used: float) -> tuple[float, float]:
    """Width and height of a card in millimetres, when other things use so much of the sheet's height."""
    rows = math.ceil(count / columns)
    return look.width / columns, min(CARD_MM[1], max(CARD_MM[0], (look.height - used) / rows))


def card_points(texts: Sequence[str], size: tuple[float, float]) -> float:
    """The largest size of text at which every text fits on its card; 0 when none does."""
    return next((points for points in CARD_PT if all(_fits(text, size, points) for text in texts)), 0)


def _fits(text: str, size: tuple[float, float], points: float) -> bool:
    high = points * MM_PER_PT
    return lines_of(text, (size[0] - 8) / high) * high * 1.75 <= size[1] - 5


def poster_points(first: str, lines: Sequence[str], last: str, look: Look) -> float:
    """The largest size at which a poster holds its three parts on one page; 0 when none does."""
    return next((points for points in POSTER_PT if _poster_mm(first, lines, last, points, look) <= look.height - 12), 0)


FIRST, LAST, NUMBER = 1.15, 0.85, 1.9
"""The first and the last line against those of the list, and em that a number and its frame take."""


def _poster_mm(first: str, lines: Sequence[str], last: str, points: float, look: Look) -> float:
    parts = [(first, points * FIRST, 0.0, 1.0), *((line, points, NUMBER, 0.7) for line in lines), (last, points * LAST, 0.6, 1.0)]
    total = 0.0
    for text, size, indent, gap in parts:
        high = size * MM_PER_PT
        total += (lines_of(text, look.width / high - indent) * 1.62 + gap) * high
    return total


def poster_gap(first: str, lines: Sequence[str], last: str, points: float, look: Look) -> float:
    """Millimetres left between the parts of a poster."""
    left = look.height - 14 - _poster_mm(first, lines, last, points, look)
    return max(0.0, left / (len(lines) + 1))


# --- pictures ------------------------------------------------------------------------------------

SIZE = re.compile(rb'<svg[^>]*?\swidth="([\d.]+)"[^>]*?\sheight="([\d.]+)"')
BOX = re.compile(rb'<svg[^>]*?\sviewBox="[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+([\d.]+)"')
MM_PER_PX = 25.4 / 96
TALLEST = 0.68
"""The most of a page's height that a picture takes."""


def picture_px(svg: bytes) -> tuple[float, float]:
    """Width and height that a picture gives itself, in pixels of a screen."""
    found = SIZE.search(svg) or BOX.search(svg)
    return (float(found[1]), float(found[2])) if found else (600.0, 400.0)


def picture_mm(svg: bytes, look: Look) -> tuple[float, float]:
    """Width and height of a picture on paper: its own, made smaller where the page is; pictures of cards fill the width."""
    wide, high = (one * MM_PER_PX for one in picture_px(svg))
    fit = min(look.width / wide, look.height * (0.86 if look is LOOKS["cards"] else TALLEST) / high)
    scale = fit if look is LOOKS["cards"] else min(1, fit)
    return wide * scale, high * scale

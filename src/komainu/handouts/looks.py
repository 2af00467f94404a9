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


PUPIL = Look(10.5, 10, lines=1.55, margin=(11, 16))
LOOKS = {
    "plan": Look(10, 9, lines=1.45, margin=(14, 16)),
    "short": Look(9, 8.5, lines=1.3, margin=(11, 14)),
    "plan-en": Look(9, 8.2, lines=1.33, margin=(14, 16)),
    "short-en": Look(8.3, 7.8, lines=1.25, margin=(10, 13)),
    "answers": Look(10, 9.5),
    "letter": Look(11, 10, lines=1.8, margin=(22, 24)),
    "pupil": PUPIL,
    "pupil-es": replace(PUPIL, text=11, table=11, write=9, lines=1.7),
    "cards": replace(PUPIL, margin=(12, 12)),
    "poster": Look(28, 28, page=(297, 420), margin=(18, 20)),
}
"""By form, or form and language where they differ. Lines to write on are 9 mm apart up to the end of elementary school, 8 mm after it."""


def look_of(document: Block) -> Look:
    """The sizes of a document."""
    return LOOKS.get(f"{document['form']}-{document['lang']}") or LOOKS[document["form"]]


# --- text ----------------------------------------------------------------------------------------


def em(text: str) -> float:
    """How wide a text is, in em."""
    return sum(1 if unicodedata.east_asian_width(sign) in "WFA" else LATIN.get(sign, 0.72 if sign.isupper() else 0.6) for sign in text)


LATIN = dict.fromkeys("iljtfrI .,:;'’|!()", 0.38) | dict.fromkeys("mwMW%—", 0.92)
"""Narrow and wide letters, in em."""


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

PAD, NARROW_PAD, NARROW = 1.3, 0.5, 8
"""Em between the text of a cell and its borders, both sides together; less in tables of more than NARROW columns."""
TICK, WRITE, WIDEST = 3.4, 12, 30
"""Em of a column for a tick, of one for a sentence, and the most that text asks for."""
BOLD = 1.12
"""How much wider bold letters are."""


def shares(block: Block, room: float) -> list[float]:
    """The share of the width that each column of a table gets; together 1. `room` is the width in em."""
    if "shares" in block:
        return list(block["shares"])
    columns = list(zip(block["head"], *block["rows"], strict=True))
    align = block.get("align") or [""] * len(columns)
    pad = _pad(block)
    need = [_need(column) + pad for column in columns]
    want = [max(n, _want(column, side, pad)) for n, column, side in zip(need, columns, align, strict=True)]
    spare, more = room - sum(need), [w - n for w, n in zip(want, need, strict=True)]
    if spare <= 0:
        widths = need
    elif sum(more) > spare:
        widths = [n + spare * m / sum(more) for n, m in zip(need, more, strict=True)]
    else:
        widths = [w + (room - sum(want)) * w / sum(want) for w in want]
    return [width / sum(widths) for width in widths]


def _pad(block: Block) -> float:
    return NARROW_PAD if len(block["head"]) > NARROW else PAD


def _need(column: Sequence[Sequence[Run]]) -> float:
    """The width without which a word would be cut or a short Japanese one stand upright."""
    head, *rest = (max(_longest_word(cell), min(em_of(cell), 3)) for cell in column)
    return max(head * BOLD, *rest, 0)


def _want(column: Sequence[Sequence[Run]], side: str, pad: float) -> float:
    text = max(em_of(cell) for cell in column)
    empty = 0 if all(column[1:]) else TICK if side == "center" else WRITE
    return min(WIDEST, max(text + pad, empty))


def overfull(block: Block, room: float) -> bool:
    """Whether a table has more columns than there is room for."""
    return sum(_need(column) + _pad(block) for column in zip(block["head"], *block["rows"], strict=True)) > room


FEW = 4
"""Rows up to which there is more room in each."""


def row_mm(block: Block, row: Sequence[Sequence[Run]], look: Look) -> float:
    """The least height of a row: room to write where a cell is empty, more where few rows ask for sentences. 0: as high as its text."""
    align = block.get("align") or [""] * len(row)
    goes_on = not row[0] and any(row)  # the first cell stands in a row above
    empty = [side for cell, side in list(zip(row, align, strict=True))[goes_on:] if not cell]
    if not empty:
        return 0
    if all(side == "center" for side in empty):
        return look.write - 1.2
    count = len(block["rows"])
    return look.write * (2.2 if count == 1 else 1.15 if count <= FEW else 1.05)


# --- cards and posters ---------------------------------------------------------------------------

CARD_MM = (38, 60)
"""The least and the greatest height of a card."""
CARD_PT = (30, 26, 22, 18, 16, 14, 12.5, 11.5, 10.5)
ONE_LINE = 10
"""Up to so many em the text of a card stays on one line."""
SENTENCE_PT = 14
"""Points that are enough for sentences."""
POSTER_PT = (110, 100, 92, 84, 76, 70, 64, 60, 56, 52, 48, 44)
"""Sizes to choose from, the largest that fits. At 44 points a kanji is 15 mm high and can be read from 5 metres."""


def card_size(columns: int, count: int, look: Look, used: float) -> tuple[float, float]:
    """Width and height of a card in millimetres, when other things use so much of the sheet's height."""
    rows = math.ceil(count / columns)
    return look.width / columns, min(CARD_MM[1], max(CARD_MM[0], (look.height - 8 - used) / rows))


def in_the_middle(texts: Sequence[str]) -> bool:
    """Whether the cards carry words, which stand in their middle, and no sentences."""
    return all(em(text) <= ONE_LINE for text in texts)


def card_points(texts: Sequence[str], size: tuple[float, float]) -> float:
    """The largest size of text at which every text fits on its card; 0 when none does. Sentences are no larger than SENTENCE_PT."""
    most = CARD_PT[0] if in_the_middle(texts) else SENTENCE_PT
    return next((points for points in CARD_PT if points <= most and all(_fits(text, size, points) for text in texts)), 0)


def _fits(text: str, size: tuple[float, float], points: float) -> bool:
    high = points * MM_PER_PT
    if em(text) <= ONE_LINE and (em(text) + 1) * high > size[0] - 8:
        return False
    return lines_of(text, (size[0] - 8) / high) * high * 1.75 <= size[1] - 5


def poster_points(first: Phrases, lines: Sequence[Phrases], last: Phrases, lang: str) -> float:
    """The largest size at which a poster holds its three parts on one page; 0 when none does."""
    return next((points for points in POSTER_PT if poster_gap(first, lines, last, points, lang) >= 0), 0)


Phrases = Sequence[str]
"""A line in pieces between which it may be broken."""
FIRST, LAST, NUMBER = 1.15, 0.85, 1.9
"""The first and the last line against those of the list, and em that a number takes before a line."""
POSTER_LINE = {"ja": 1.62, "en": 1.4}
"""Height of a line in em; Japanese carries furigana."""


def poster_gap(first: Phrases, lines: Sequence[Phrases], last: Phrases, points: float, lang: str) -> float:
    """Millimetres left between the parts of a poster; below 0 when they take more than the page."""
    look, line, total = LOOKS["poster"], POSTER_LINE[lang], 0.0
    for phrases, size, indent, gap in [(first, points * FIRST, 0.0, 0.6), *((phrases, points, NUMBER, 0.25) for phrases in lines), (last, points * LAST, 0.8, 0.6)]:
        high = size * MM_PER_PT
        total += (len(broken(phrases, look.width / high - indent)) * line + gap) * high
    return (look.height - 8 - total) / (len(lines) + 1)


def poster_room(points: float) -> tuple[float, float, float]:
    """Em of width for the first line, a line of the list and the last line."""
    look, em_mm = LOOKS["poster"], points * MM_PER_PT
    return look.width / (em_mm * FIRST), look.width / em_mm - NUMBER, look.width / (em_mm * LAST) - 0.8


def broken(phrases: Phrases, room: float) -> list[int]:
    """How many phrases each line takes: as few lines as there is room for, and these about equally long."""
    counts = _filled(phrases, room)
    while len(tighter := _filled(phrases, room - 0.5)) == len(counts) and room > 1:
        counts, room = tighter, room - 0.5
    return counts


def _filled(phrases: Phrases, room: float) -> list[int]:
    counts, used = [0], 0.0
    for phrase in phrases:
        wide = em(phrase) * (BOLD if phrase.isascii() else 1)
        if counts[-1] and used + em(phrase.rstrip()) > room:
            counts.append(0)
            used = 0.0
        counts[-1], used = counts[-1] + 1, used + wide
    return counts


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

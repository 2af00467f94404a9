"""What handouts are drawn with: the typeface of the printed pages, and pictures as PNG for Word.

In:  the characters of all pages; a picture as SVG.   Out: WOFF2 by weight; PNG, the same on every machine.
Left out on purpose: how large a picture is on paper (looks).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from functools import cache
from html import unescape
from pathlib import Path

from komainu import font
from komainu.handouts.looks import picture_px
from komainu.memo import Memo

WEIGHTS = (400, 700)
DOTS = 200
"""Of a printed inch."""
FAMILY = "Komainu Drawing"
"""What the letters of pictures are called while they are drawn, so that no font of the machine comes between."""
FACE = re.compile(rb'font-family="[^"]*"')


def typeface(root: Path, pages: Iterable[str]) -> dict[int, bytes]:
    """The typeface with the characters of these pages, by weight; kept until other characters come."""
    characters = set("0123456789/ ").union(*(unescape(text) for text in pages)) - set("\n\t")
    memo = Memo(root / "build" / "cache" / "handouts-typeface")
    found = {weight: memo.get([str(weight).encode(), "".join(sorted(characters)).encode()], lambda weight=weight: font.subset(root, characters, 0, weight=weight)) for weight in WEIGHTS}
    memo.save()
    return found


def png(root: Path, svg: bytes, wide_mm: float) -> bytes:
    """A picture as PNG, as fine as a printer shows it."""
    import vl_convert

    _letters(root)
    scale = wide_mm / 25.4 * DOTS / picture_px(svg)[0]
    return vl_convert.svg_to_png(FACE.sub(f'font-family="{FAMILY}"'.encode(), svg).decode(), scale=scale)


@cache
def _letters(root: Path) -> None:
    """Let the drawing program know the typeface, under a name of its own; it reads fonts from folders, each time it draws."""
    import vl_convert
    from fontTools.ttLib import TTFont

    face = TTFont(io.BytesIO(font.subset(root, {chr(code) for code in range(0x20, 0x7F)}, 0, None)), recalcTimestamp=False)
    for name in (1, 4, 16):
        face["name"].setName(FAMILY, name, 3, 1, 0x409)
    folder = root / "build" / "cache" / "handouts-letters"
    folder.mkdir(parents=True, exist_ok=True)
    face.save(folder / "letters.ttf")
    vl_convert.register_font_directory(str(folder))

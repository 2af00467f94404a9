"""A universal-design typeface with just the characters of the site, for readers who ask for it.

In:  the slices of BIZ UDPGothic that its package ships, and the site's text.   Out: one font, mostly WOFF2.
Left out on purpose: which page uses it (the style sheet loads it only after the reader's choice).
"""

from __future__ import annotations

import io
from pathlib import Path

from komainu.problem import Unable

PACKAGE = "node_modules/@fontsource/biz-udpgothic"


def subset(root: Path, characters: set[str], seconds: int, flavor: str | None = "woff2", weight: int = 400) -> bytes:
    """One font with the glyphs of these characters; `seconds` is its date, so that a build can be repeated.

    `flavor` is woff2 for browsers, None for programs that want it unpacked; `weight` is 400 or 700. Raises Unable when the typeface's package
    is not installed.
    """
    from fontTools.merge import Merger

    slices = sorted((root / PACKAGE / "files").glob(f"biz-udpgothic-*-{weight}-normal.woff2"))
    if not slices:
        raise Unable(
            "UD書体のもとがありません。python3 run.py build で実行すると入ります。",
            "The typeface is not installed. Running python3 run.py build installs it.",
        )
    wanted = {ord(character) for character in characters}
    parts = [part for file in slices if (part := _slice(file, wanted))]
    font = Merger().merge(parts) if len(parts) > 1 else _open(parts[0])
    font["head"].created = font["head"].modified = seconds + 2082844800
    font.recalcTimestamp = False
    font.flavor = flavor
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _open(file):
    from fontTools.ttLib import TTFont

    return TTFont(file, recalcTimestamp=False)


def _slice(file: Path, wanted: set[int]) -> io.BytesIO | None:
    """The wanted glyphs of one slice as an uncompressed font, or None when it has none of them."""
    from fontTools.subset import Options, Subsetter

    font = _open(file)
    found = wanted & set(font.getBestCmap())
    if not found:
        return None
    wanted -= found
    subsetter = Subsetter(Options(layout_features=[], hinting=False, notdef_outline=True, drop_tables=["vhea", "vmtx", "BASE", "GPOS", "GSUB", "GDEF", "gasp", "fpgm", "prep", "cvt ", "DSIG"]))
    subsetter.populate(unicodes=found)
    subsetter.subset(font)
    font.flavor = None
    out = io.BytesIO()
    font.save(out)
    out.seek(0)
    return out

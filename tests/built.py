"""Built pages as values, and the environment of a build that can be repeated.

In:  an HTML file.   Out: its elements, ids, title and heading; nothing is rendered.
"""

import os
import re
import time
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

from run import ROOT

EPOCH = str(int(time.time()) // 86400 * 86400)
"Today at midnight: later than no source was checked, the same for every build of a run."
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Html(HTMLParser):
    """What the tests ask of one page."""

    text: str
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    "The contents of scripts and styles."
    title: str = ""
    _open: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes the element and its attributes."""
        self.tags.append((tag, dict(attrs)))
        self._open = tag if tag not in VOID else self._open

    def handle_endtag(self, tag: str) -> None:
        """Closes what was open."""
        self._open = ""

    def handle_data(self, data: str) -> None:
        """Notes the title and what stands inside scripts and styles."""
        if self._open in ("script", "style") and data.strip():
            self.inline.append(data.strip()[:80])
        if self._open == "title":
            self.title += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element of this name."""
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def h1(self) -> str:
        """The text of the first h1 without readings."""
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.text, re.DOTALL)
        bare = re.sub(r"<(rt|rp|a)\b[^>]*>.*?</\1>|<[^>]+>", "", found[1]) if found else ""
        return unescape(bare).strip()

    @property
    def ids(self) -> list[str]:
        """Every id, in order."""
        return [attributes["id"] for _, attributes in self.tags if attributes.get("id")]


@cache
def html(file: Path) -> Html:
    return Html(file.read_text("utf-8"))


def environment(**more: str) -> dict[str, str]:
    """The environment of a build that can be repeated."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "SOURCE_DATE_EPOCH": EPOCH, **more}

"""One sign in place of each word with furigana while a page goes through Markdown, which is slow on inline tags.

In:  the Markdown of a page; later its HTML.   Out: the same with stand-ins; later the words put back.
A matter of speed only: the bytes are those of the direct way (tests/site/test_incremental.py), and the pages in
build/pages stay as they are. A page with code is left alone, for there a tag has to become visible text.
"""

from __future__ import annotations

import re

RUBY = re.compile(r'<ruby class="y\d">(?:(?!</?ruby).)*</ruby>')
FIRST, LAST = 0xF0000, 0xFFFFD
"""Signs for private use, which no text for schools has: each stands for one word of its page."""
SIGN = re.compile(f"[{chr(FIRST)}-{chr(LAST)}]")


def shorten(pages: dict[str, bytes]) -> tuple[dict[str, bytes], dict[str, list[str]]]:
    """The pages with stand-ins, other files as they are; and what the signs of each page stand for."""
    found = {path: short(data.decode()) for path, data in pages.items() if path.endswith(".md") and b"<ruby" in data}
    return pages | {path: page.encode() for path, (page, _) in found.items()}, {path: words for path, (_, words) in found.items() if words}


def short(page: str) -> tuple[str, list[str]]:
    """The page with stand-ins, and what they stand for, in order."""
    if "`" in page or "~~~" in page or SIGN.search(page):
        return page, []
    words = list(dict.fromkeys(RUBY.findall(page)))[: LAST - FIRST]
    signs = {word: chr(FIRST + number) for number, word in enumerate(words)}
    return RUBY.sub(lambda match: signs.get(match[0], match[0]), page), words


def put_back(rendered: str, words: list[str]) -> str:
    """The HTML with every word in its place."""
    return SIGN.sub(lambda match: words[ord(match[0]) - FIRST], rendered)

"""Markdown of lessons and pages, read once into headings, links, images and a comparable shape.

In:  Markdown text.   Out: Heading tree (`split`), Outline (links, images, shape) with line numbers.
The parser is markdown-it; it reads, it does not render: pages are rendered by the site builder.
Left out on purpose: what a section means (lesson), how hard its text is (reading).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from mdit_py_plugins.admon import admon_plugin

DIRECTIVE = re.compile(r"^\{([a-z-]+)(?: (\d+))?\}$")
"""A line of its own that the site turns into something: {write 3}, {cards 3}, {choices}, {matrix}."""

FENCE = re.compile(r"^ {0,3}(`{3,}(?=[^`]*$)|~{3,})")
LIST_ITEM = re.compile(r"^\s*([-*]|\d+\.)\s")
HEADING = re.compile(r"^(#{1,6})\s+(.*?)(?:\s+\{#([A-Za-z0-9_-]+)\})?\s*$")
SCHEMES = ("glossary", "source", "lesson", "exercise", "skill", "page")


@dataclass(frozen=True)
class Heading:
    """One heading with the text below it, up to the next heading of its level or above."""

    level: int
    title: str
    ident: str
    """The explicit `{#id}`, or the empty text."""
    line: int
    text: str
    """The Markdown directly below the heading, before the first deeper heading."""
    text_line: int
    """The line on which `text` begins."""
    children: tuple[Heading, ...]
    """The deeper headings, nested."""

    def whole(self) -> str:
        """The Markdown below the heading with all deeper headings, as written."""
        return "\n\n".join([self.text, *(f"{child.source()}\n\n{child.whole()}" for child in self.children)])

    def walk(self) -> Iterator[Heading]:
        """The heading itself and all deeper ones, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def source(self) -> str:
        """The heading's own line."""
        return f"{'#' * self.level} {self.title}" + (f" {{#{self.ident}}}" if self.ident else "")


@dataclass(frozen=True)
class Link:
    """A link or an image in the text."""

    line: int
    text: str
    """The link's text or the image's alt text."""
    target: str

    @property
    def scheme(self) -> str:
        """glossary, source, lesson, exercise, skill, page, http, https, mailto or the empty text."""
        match = re.match(r"^([a-z]+):", self.target)
        return match.group(1) if match else ""

    @property
    def name(self) -> str:
        """What stands behind the scheme, without an anchor."""
        return self.target.partition(":")[2].partition("#")[0]


@dataclass(frozen=True)
class Outline:
    """What two languages of one text must share, and what has to exist elsewhere."""

    links: tuple[Link, ...]
    images: tuple[Link, ...]
    shape: tuple[tuple[str, int], ...]
    """(what, line): headings by level and id, lists by number of items, tables by rows and columns, directives, images."""


def split(text: str, first_line: int = 1) -> tuple[Heading, ...]:
    """The headings of a Markdown text as a tree. Text before the first heading is a Heading of level 0."""
    flat = _flat(text, first_line)
    roots, rest = [], flat
    while rest:
        head, rest = _nest(rest)
        roots.append(head)
    return tuple(roots)


def numbered(text: str, first_line: int = 1) -> Iterator[tuple[int, str, bool]]:
    """Every line with its number, and whether it belongs to a fenced block of code."""
    fence = ""
    for number, line in enumerate(text.split("\n"), first_line):
        mark = FENCE.match(line)
        yield number, line, bool(fence or mark)
        if not fence and mark:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and line.strip() == mark[1]:
            fence = ""


def _flat(text: str, first_line: int) -> list[tuple[int, str, str, int, list[str]]]:
    flat: list[tuple[int, str, str, int, list[str]]] = []
    for number, line, fenced in numbered(text, first_line):
        match = None if fenced else HEADING.match(line)
        if match:
            flat.append((len(match[1]), match[2], match[3] or "", number, []))
        elif flat:
            flat[-1][4].append(line)
        elif line.strip():
            flat.append((0, "", "", number, [line]))
    return flat


def _nest(flat: list) -> tuple[Heading, list]:
    level, title, ident, line, lines = flat[0]
    rest, children = flat[1:], []
    while rest and level and rest[0][0] > level:
        child, rest = _nest(rest)
        children.append(child)
    blank = next((i for i, text in enumerate(lines) if text.strip()), 0)
    text_line = line + blank + (1 if level else 0)
    return Heading(level, title, ident, line, "\n".join(lines[blank:]).rstrip(), text_line, tuple(children)), rest


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table").disable("code").use(admon_plugin)
    parser.validateLink = lambda url: True  # javascript: and file: stay links, so that the checks see them
    return parser


def outline(text: str, first_line: int = 1) -> Outline:
    """The links, images and shape of a Markdown text."""
    links: list[Link] = []
    images: list[Link] = []
    shape: list[tuple[str, int]] = []
    tokens = _parser().parse(text)
    for index, token in enumerate(tokens):
        line = first_line + (token.map[0] if token.map else 0)
        if token.type == "inline":
            _inline(token, line, links, images, shape, tokens[index - 1])
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            items = _direct(tokens, index, "list_item_open")
            shape.append((f"list of {items}", line))
        elif token.type == "table_open":
            shape.append((_table(tokens, index), line))
        elif token.type == "admonition_open":
            shape.append((f"admonition {token.meta.get('tag', '')}", line))
        elif token.type in ("blockquote_open", "fence"):
            shape.append((token.type.removesuffix("_open"), line))
    return Outline(tuple(links), tuple(images), tuple(shape))


def _inline(token, line: int, links: list, images: list, shape: list, opener) -> None:
    heading = HEADING.match(f"# {token.content}") if opener.type == "heading_open" else None
    if heading:
        shape.append((f"{opener.tag} {heading[3] or ''}".strip(), line))
    for offset, text in enumerate(token.content.split("\n")):
        if DIRECTIVE.match(text.strip()):
            shape.append((text.strip(), line + offset))
    open_link: list = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        elif child.type == "link_open":
            open_link = [line, child.attrs["href"], ""]
        elif child.type == "link_close":
            links.append(Link(open_link[0], open_link[2], str(open_link[1])))
            open_link = []
        elif child.type == "image":
            images.append(Link(line, child.content, str(child.attrs["src"])))
            shape.append((f"image {child.attrs['src']}", line))
        if open_link and child.type == "text":
            open_link[2] += child.content


def _direct(tokens: list, start: int, wanted: str) -> int:
    level, count = tokens[start].level, 0
    for token in tokens[start + 1 :]:
        if token.level == level and token.nesting == -1:
            return count
        count += token.type == wanted and token.level == level + 1
    return count


def _table(tokens: list, start: int) -> str:
    rows = columns = 0
    for token in tokens[start:]:
        rows += token.type == "tr_open"
        columns += token.type == "th_open"
        if token.type == "table_close":
            break
    return f"table of {rows} x {columns}"

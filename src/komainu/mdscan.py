"""Where the prose stands in a Markdown source, by offsets, so that prose can be read and annotated in place.

In:  Markdown text.   Out: Piece values: a line, or one cell of a table row, as spans of plain text; its sentences.
Left alone: front matter, code, comments, tags, images, link destinations, {…}, directives, openers of admonitions.
Left out on purpose: code by indentation (four spaces mean a list or an admonition here; code is fenced),
headings by underline, and the meaning of anything (markup).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

BLOCKS = r"""
    \A---[ \t]*\n (?s:.*?) ^(?:---|\.\.\.)[ \t]*$                          # front matter
  | ^[ \t>]*(?:[-*+][ \t]+)? (?P<fence>`{3,}|~{3,}) [^\n]*\n (?s:.*?) (?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)
  | <!-- (?s:.*?) (?:-->|\Z)
  | <(?P<raw>script|style|pre|code|svg|math|ruby)\b[^<>]*> (?s:.*?) (?:</(?P=raw)[ \t]*>|\Z)
  | ^[ \t>]*(?:!!!|\?\?\?\+?|===[!+]?)(?:[ \t][^\n]*)?$                   # admonition and tab openers
  | ^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$      # delimiter rows, rules
  | ^[ ]{0,3}\[(?!\^)[^\]\n]+\]:[ \t]*\S[^\n]*$                           # link definitions
  | ^\*\[[^\]\n]+\]:[^\n]*$                                               # abbreviations
  | ^\[\^[^\]\n]+\]:                                                      # the mark of a footnote
  | ^[ \t>]*\#{1,6}(?=[ \t])                                              # the mark of a heading
  | ^(?:[ \t]*>)*[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t])?     # bullets, numbers, tick-boxes
  | ^[ \t]*>[ \t>]*                                                       # the mark of a quotation
"""
INLINE = r"""
    \\[!-/:;=-@\[-`{-~]                                                   # Python-Markdown knows no \<
  | (?P<tick>`+)(?!`)(?:(?!\n[ \t]*\n)(?s:.))*?(?<!`)(?P=tick)(?!`)
  | </?[A-Za-z][^<>\s]*(?:\s[^<>]*)?>                                     # tags and autolinks
  | !\[(?:[^\[\]\n]|\[[^\[\]\n]*\])*\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\]\n]*\])?(?:\{[^{}\n]*\})?
  | \[\^[^\]\s]+\]
  | \]\((?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:[ \t]+(?:"[^"\n]*"|'[^'\n]*'))?[ \t]*\)
  | \]\[[^\]\n]*\]
  | \{\{[^{}\n]*\}\} | \{[^{}\n]*\}
  | (?:https?://|mailto:)[!-;=?-~]+
  | &(?:\#\d+|\#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);
  | \*+ | ~~ | == | \^\^ | __ | (?<![0-9A-Za-z])_|_(?![0-9A-Za-z]) | \[ | \]
"""
NOT_PROSE = re.compile(f"{BLOCKS}|{INLINE}|(?P<cut>[\\n|])", re.VERBOSE | re.MULTILINE)
HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(?P<title>[^\n]*?)[ \t]*$", re.MULTILINE)
BLANK = " \t"
SAFE = str.maketrans({'"': "&quot;", "<": "&lt;"} | dict.fromkeys("`*{}"))
"""Attributes are read as Markdown too: a mark in a label could pair with one in its heading."""
ATTRIBUTES = re.compile(r"[ \t]*\{:?[^{}\n]*\}[ \t]*$")


@dataclass(frozen=True)
class Piece:
    """What is read as one text: a line of prose, or one cell of a table row."""

    line: int
    """1-based, in the given source."""
    spans: tuple[tuple[int, int], ...]
    """Start and end of each stretch of plain text in the source; what stands between them is markup."""

    def plain(self, source: str) -> str:
        """The text of the piece without its markup."""
        return "".join(source[start:end] for start, end in self.spans)

    def offsets(self) -> list[int]:
        """For each character of the plain text its place in the source."""
        return [place for start, end in self.spans for place in range(start, end)]


def pieces(source: str) -> Iterator[Piece]:
    """Every piece of prose in the source, in order, empty ones left out."""
    line, at, spans = 1, 0, []
    for match in NOT_PROSE.finditer(source):
        if match.start() > at:
            spans.append((at, match.start()))
        at = match.end()
        ends = match["cut"] or "\n" in match[0]
        if ends and spans:
            yield Piece(line, tuple(spans))
        if ends:
            line, spans = line + match[0].count("\n"), []
    if at < len(source):
        spans.append((at, len(source)))
    if spans:
        yield Piece(line, tuple(spans))


def sentences(plain: str) -> Iterator[str]:
    """The sentences of a plain text: up to 。！？ outside 「」 and 『』, or to its end."""
    depth = start = 0
    for at, sign in enumerate(plain):
        depth = max(0, depth + (sign in "「『") - (sign in "」』"))
        if not depth and sign in "。！？" and plain[at + 1 : at + 2] not in ("！", "？"):
            yield plain[start : at + 1].strip()
            start = at + 1
    if rest := plain[start:].strip():
        yield rest


def label_headings(plain: str, marked: str) -> str:
    """The marked text, its headings labelled as the plain one has them; both have the same lines."""
    lines = marked.split("\n")
    for number, (before, after) in enumerate(zip(plain.split("\n"), lines, strict=True)):
        heading = HEADING.match(before)
        if heading and before != after and "data-toc-label" not in before:
            lines[number] = _with_label(after, _visible(heading["title"]))
    return "\n".join(lines)


def _with_label(line: str, label: str) -> str:
    attribute = f'data-toc-label="{label.translate(SAFE)}"'
    attributes = ATTRIBUTES.search(line)
    if not attributes:
        return f"{line.rstrip(BLANK)} {{{attribute}}}"
    return f"{line[: attributes.start()]} {attributes[0].strip(BLANK)[:-1].rstrip(BLANK)} {attribute}}}"


def _visible(title: str) -> str:
    """What a reader sees of a heading's source: no marks, no attributes, code and escaped signs kept."""

    def seen(match: re.Match[str]) -> str:
        token = match[0]
        if token[0] == "`":
            return token.strip("`")
        return token[1:] if token[0] == "\\" else token if token[0] in "&|0123456789" else ""

    return NOT_PROSE.sub(seen, ATTRIBUTES.sub("", title)).strip()

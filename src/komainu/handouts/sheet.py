"""A lesson's Markdown as blocks: what Word files, printed pages and slides are made of.

In:  Markdown of a lesson, its language and its furigana.   Out: blocks as docx and policy.text know them, and three more:
`cards` (columns, items: a list of lines each), `picture` (src, alt) and `quote` (blocks). A table also has `align`, and steps that go on after something else have `start`.
Left out on purpose: which part of a lesson goes where, and how a block looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from komainu.markup import DIRECTIVE
from komainu.policy.ruling import Run
from komainu.reading import ruby_markdown

Block = dict[str, Any]

NO_FURIGANA = 9
"""Above every school year: no word carries a reading."""

RUBY = re.compile(r"<ruby[^>]*>([^<]*)<rp>[^<]*</rp><rt>([^<]*)</rt><rp>[^<]*</rp></ruby>")
BOLD = re.compile(r"(?<!\\)\*\*")
START, READ, END, STRONG = "\ue000\ue001\ue002\ue003"
"""Stand for furigana and bold while the parser reads: CommonMark takes no ** between a bracket or a tag and a kana for a mark."""
MARKED = re.compile(f"({STRONG})|{START}([^{READ}]*){READ}([^{END}]*){END}|([^{STRONG}{START}]+)")


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable("table").disable("code")


def blocks(markdown: str, lang: str, keep: int = NO_FURIGANA) -> list[Block]:
    """The blocks of a Markdown text; words whose kanji are all of school year `keep` or below carry no reading."""
    text = ruby_markdown(markdown, keep) if lang == "ja" and keep < NO_FURIGANA else markdown
    text = BOLD.sub(STRONG, RUBY.sub(f"{START}\\1{READ}\\2{END}", text))
    return _Reader(_parser().parse(text), lang).read()


def line(markdown: str, lang: str, keep: int = NO_FURIGANA) -> list[Run]:
    """One line of Markdown, a title for instance, as runs."""
    found = blocks(markdown, lang, keep)
    return found[0]["runs"] if found else []


def text_of(runs: list[Run]) -> str:
    """What stands in runs, without readings."""
    return "".join(run["t"] for run in runs)


def _bare(text: str) -> str:
    return "".join(word or rest for _, word, _, rest in MARKED.findall(text))


class _Reader:
    """Walks over the tokens once; a directive waits for the list that it is about."""

    def __init__(self, tokens: list[Token], lang: str):
        self.tokens, self.lang, self.at = tokens, lang, 0
        self.waiting: tuple[str, int] | None = None

    def read(self, end: str = "") -> list[Block]:
        """The blocks up to a closing token, which is taken too."""
        found: list[Block] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.type == end:
                return found
            found += self.block(token)
        return found

    def block(self, token: Token) -> list[Block]:
        if token.type == "heading_open":
            return self.heading(token)
        if token.type == "paragraph_open":
            return self.paragraph()
        if token.type in ("bullet_list_open", "ordered_list_open"):
            return [self.listed(token)]
        if token.type == "table_open":
            return [self.table()]
        if token.type == "blockquote_open":
            return [{"k": "quote", "blocks": self.read("blockquote_close")}]
        if token.type in ("fence", "html_block"):
            return [{"k": "p", "runs": [{"t": part}]} for part in token.content.rstrip("\n").split("\n")]
        return []

    def inline(self) -> Token:
        """The line's content; its closing token is skipped."""
        token = self.tokens[self.at]
        self.at += 2
        return token

    def heading(self, token: Token) -> list[Block]:
        inline = self.inline()
        kind = "h" if token.tag in ("h1", "h2") else "sub"
        runs = runs_of(inline.children or [], self.lang)
        runs[-1:] = [runs[-1] | {"t": re.sub(r"\s*\{[^}]*\}\s*$", "", runs[-1]["t"])}] if runs else []
        return [{"k": kind, "runs": runs}]

    def paragraph(self) -> list[Block]:
        inline = self.inline()
        directive = DIRECTIVE.match(inline.content.strip())
        if directive:
            return self.directed(directive[1], int(directive[2] or 1))
        children = inline.children or []
        pictures = [{"k": "picture", "src": str(one.attrs["src"]), "alt": _bare(one.content)} for one in children if one.type == "image"]
        runs = runs_of(children, self.lang)
        return [*pictures, *([{"k": "p", "runs": runs}] if text_of(runs).strip() or not pictures else [])]

    def directed(self, name: str, number: int) -> list[Block]:
        if name == "write":
            return [{"k": "write", "n": number}]
        if name == "break":
            return [{"k": "page"}]
        self.waiting = name, number
        return []

    def listed(self, token: Token) -> Block:
        directed, self.waiting = self.waiting, None
        items = self.items(token.type.replace("open", "close"))
        if directed and directed[0] == "cards":
            return {"k": "cards", "columns": directed[1], "items": items}
        kind = "steps" if token.type == "ordered_list_open" else "tick" if directed else "list"
        start = {"start": int(token.attrs["start"])} if "start" in token.attrs else {}
        return {"k": kind, "items": items} | start

    def items(self, end: str) -> list[Block]:
        found = []
        while self.tokens[self.at].type != end:
            self.at += 1
            inner = self.read("list_item_close")
            runs = [run for number, block in enumerate(b for b in inner if b["k"] == "p") for run in ([{"t": " "}] if number else []) + block["runs"]]
            found.append({"runs": runs, "items": [item for block in inner if "items" in block for item in block["items"]]})
        self.at += 1
        return found

    def table(self) -> Block:
        rows: list[list[list[Run]]] = []
        align: list[str] = []
        while self.tokens[self.at].type != "table_close":
            token = self.tokens[self.at]
            self.at += 1
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "th_open":
                align.append(str(token.attrs.get("style", "")).removeprefix("text-align:"))
            elif token.type == "inline":
                rows[-1].append(runs_of(token.children or [], self.lang))
        self.at += 1
        return {"k": "table", "head": rows[0], "rows": rows[1:], "align": align}


def runs_of(children: list[Token], lang: str) -> list[Run]:
    """The runs of a line of tokens: bold, readings, code (`c`), the visible text of links; Japanese lines join without a gap."""
    found: list[Run] = []
    bold = False
    for token in children:
        if token.type in ("softbreak", "hardbreak") or token.content in ("<br>", "<br/>"):
            _add(found, {"t": "" if lang == "ja" and token.type == "softbreak" else " "}, bold)
        elif token.type == "code_inline":
            _add(found, {"t": token.content, "c": 1}, bold)
        elif token.type == "text":
            for mark, word, reading, rest in MARKED.findall(token.content):
                bold ^= bool(mark)
                _add(found, {"t": word, "r": reading} if word else {"t": rest}, bold)
    return found


def _add(found: list[Run], run: Run, bold: bool) -> None:
    """A run at the end, as part of the last one where nothing sets them apart."""
    run |= {"b": 1} if bold else {}
    if found and "r" not in found[-1] and "r" not in run and all(found[-1].get(one) == run.get(one) for one in "bc"):
        found[-1]["t"] += run["t"]
    elif run["t"]:
        found.append(run)


def pictures(found: list[Block]) -> Iterator[Block]:
    """The pictures among blocks, those in quotes included."""
    for block in found:
        if block["k"] == "picture":
            yield block
        elif block["k"] == "quote":
            yield from pictures(block["blocks"])

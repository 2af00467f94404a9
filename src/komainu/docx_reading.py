"""A Word file that a school edited, read back: what it remembers, and its lines in order.

In:  the bytes of a file, from anywhere.   Out: a Word; or Unable, with one sentence that says what to do.
Nothing in the file is run or fetched: no macro, no link, no outside entity, and every size is limited while reading.
Furigana stays out of the text; what somebody inserted with tracked changes counts, what they deleted does not.
web/policy/word.js reads the same lines. Left out on purpose: which clause a line belongs to (policy.placing), the look.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from komainu.docx import CONTROL
from komainu.docx_parts import Node, Parts, refusal
from komainu.policy.ruling import squeezed

SKIPPED = frozenset((
    "w:del", "w:moveFrom", "w:delText", "w:instrText", "w:delInstrText", "w:pPr", "w:rPr", "w:sectPr", "w:sdtPr", "w:sdtEndPr", "w:tblPr", "w:tblGrid", "w:trPr", "w:tcPr", "w:rt", "w:rubyPr",
))  # fmt: skip
BREAKS = {"w:tab": " ", "w:ptab": " ", "w:cr": "\n", "w:noBreakHyphen": "-", "w:softHyphen": ""}
REFERENCES = {"w:commentReference": "comment", "w:footnoteReference": "footnote", "w:endnoteReference": "endnote"}
SIDE = re.compile(r"word/(comments|footnotes|endnotes|header|footer)\d*\.xml", re.IGNORECASE)
PAGE_NUMBER = re.compile(r"[\s\d/\-–—]*")


@dataclass(frozen=True)
class Line:
    """A paragraph that is not empty, or what stands beside the text."""

    text: str
    kind: str = "p"
    """p, table, textbox, picture, comment, footnote, endnote, header or footer."""
    level: int = 0
    """Of a heading, from 1."""
    number: str = ""
    """List and level, `7/0`; empty without automatic numbering."""
    marks: tuple[str, ...] = ()
    """Names of our bookmarks that begin here."""
    rows: tuple[tuple[str, ...], ...] = ()
    """The cells of a table."""
    at: int = -1
    """For what stands beside the text: the place of the line it hangs on."""


@dataclass(frozen=True)
class Word:
    """A Word file, read."""

    edition: str
    """The edition it was made from; empty when it does not say."""
    document: str
    """`rules/ja/`: id, body, stage; empty when it does not say."""
    answers: dict | None
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    """macros, answers (damaged) or embedded (another document): the words stand in data/policy.yml."""


def read_docx(raw: bytes) -> Word:
    """The file's properties and lines. Raises Unable for what is no Word file, or one that would do harm."""
    parts = Parts(raw)
    kept = _properties(parts)
    main = parts.main()
    body = _Body(_levels(parts.xml(main.rsplit("/", 1)[0] + "/styles.xml")))
    document = parts.xml(main)
    if document is None:
        raise refusal("document")
    body.blocks(document)
    lines = [*body.lines, *_beside(parts, body)]
    answers, broken = _answers(kept.get("komainu.answers", ""))
    notes = [name for name, there in (("macros", parts.macros()), ("answers", broken), ("embedded", body.embedded)) if there]
    return Word(kept.get("komainu.edition", ""), kept.get("komainu.document", ""), answers, tuple(lines), tuple(notes))


# --- what it remembers ---------------------------------------------------------------------------


def _properties(parts: Parts) -> dict[str, str]:
    """Our properties; long ones put together from their pieces."""
    root = parts.xml("docProps/custom.xml")
    found = {one.attrs.get("name", ""): "".join(kid.text for kid in one.kids) for one in (root.kids if root else [])}
    whole = {name: value for name, value in found.items() if name.startswith("komainu.")}
    for name in {name.rpartition(".")[0] for name in whole if name.rpartition(".")[2].isdecimal()}:
        pieces = []
        while f"{name}.{len(pieces) + 1}" in whole:
            pieces.append(whole[f"{name}.{len(pieces) + 1}"])
        whole.setdefault(name, "".join(pieces))
    return whole


def _answers(text: str) -> tuple[dict | None, bool]:
    """The answers in a property, and whether there were some that cannot be used."""
    try:
        data = json.loads(text) if text else None
    except (ValueError, RecursionError):
        data = ""
    fine = isinstance(data, dict) and isinstance(data.get("values"), dict)
    return (data if fine else None), data is not None and not fine


def _levels(styles: Node | None) -> dict[str, int]:
    """Style -> level of heading. The names are English in every Word; the ids are not."""
    found, based = {}, {}
    for style in styles.kids if styles else []:
        ident, name, outline = style.attrs.get("styleId", ""), style.find("w:name"), style.find("w:pPr", "w:outlineLvl")
        heading = re.fullmatch(r"(?:heading ([1-9])|(title))", (name.attrs.get("val", "") if name else "").lower())
        if heading:
            found[ident] = int(heading[1] or 1)
        elif outline:
            found[ident] = _level(outline)
        elif parent := style.find("w:basedOn"):
            based[ident] = parent.attrs.get("val", "")
    for ident, parent in based.items():
        seen = {ident}
        while parent in based and parent not in seen:
            seen.add(parent)
            parent = based[parent]
        found[ident] = found.get(parent, 0)
    return found


def _level(outline: Node) -> int:
    value = outline.attrs.get("val", "")
    return int(value) + 1 if re.fullmatch("[0-8]", value) else 0


# --- lines ---------------------------------------------------------------------------------------


class _Body:
    """Walks through a part and writes down its lines."""

    def __init__(self, levels: dict[str, int], anchors: dict[tuple[str, str], int] | None = None):
        self.levels = levels
        self.anchors = {} if anchors is None else anchors
        self.lines: list[Line] = []
        self.marks: list[str] = []
        self.carried = ""
        """Text of a paragraph whose end somebody deleted: it goes on in the next."""
        self.boxes: list[Node | str] = []
        self.embedded = False

    def blocks(self, node: Node) -> None:
        self._inside(node)
        if self.carried:
            self._paragraph(Node("w:p", {}))

    def _inside(self, node: Node) -> None:
        for kid in node.kids:
            if kid.name == "w:tbl":
                self._table(kid)
            elif kid.name in ("w:p", "w:r", "w:hyperlink", "w:t"):
                self._paragraph(kid if kid.name == "w:p" else Node("w:p", {}, [kid]))
            elif kid.name == "w:bookmarkStart":
                self._mark(kid)
            elif kid.name == "mc:AlternateContent":
                self._inside(_chosen(kid))
            elif kid.name == "w:altChunk":
                self.embedded = True
            elif kid.name not in SKIPPED:
                self._inside(kid)

    def _mark(self, node: Node) -> None:
        if node.attrs.get("name", "").startswith("k_"):
            self.marks.append(node.attrs["name"])

    def _paragraph(self, node: Node) -> None:
        out: list[str] = [self.carried]
        self.carried = ""
        self._text(node, out, {})
        text, shape = "".join(out), node.find("w:pPr") or Node("", {})
        if shape.find("w:rPr", "w:del") or shape.find("w:rPr", "w:moveFrom"):
            self.carried = text
            return
        for piece in filter(None, map(clean, text.split("\n"))):
            self.lines.append(Line(piece, "p", self._heading(shape), _number(shape), tuple(self.marks)))
            self.marks = []
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self._beside(box)

    def _heading(self, shape: Node) -> int:
        outline, style = shape.find("w:outlineLvl"), shape.find("w:pStyle")
        if outline:
            return _level(outline)
        ident = style.attrs.get("val", "") if style else ""
        plain = re.fullmatch("Heading([1-9])", ident)
        return self.levels.get(ident, int(plain[1]) if plain else 0)

    def _beside(self, box: Node | str) -> None:
        last = len(self.lines) - 1
        if isinstance(box, str):
            self.lines.append(Line(box, "picture", at=last))
        else:
            self.lines += [Line(text, "textbox", at=last) for text in self._apart(box)]

    def _apart(self, node: Node) -> list[str]:
        """The texts inside something that is no part of the running text."""
        inner = _Body(self.levels, self.anchors)
        inner.blocks(node)
        self.embedded |= inner.embedded
        return [line.text for line in inner.lines]

    def _table(self, table: Node) -> None:
        rows = [[" ".join(self._apart(cell)) for cell in _down(row, "w:tc")] for row in _down(table, "w:tr") if not row.find("w:trPr", "w:del")]
        text = " ".join(cell for row in rows for cell in row if cell)
        if text:
            self.lines.append(Line(text, "table", rows=tuple(map(tuple, rows))))

    def _text(self, node: Node, out: list[str], starts: dict[str, tuple[str, int]]) -> None:
        for kid in node.kids:
            name = kid.name
            if name in ("w:t", "m:t"):
                out.append(kid.text.replace("\n", " "))
            elif name == "w:br":
                out.append("\n" if kid.attrs.get("type", "textWrapping") == "textWrapping" else "")
            elif name in BREAKS:
                out.append(BREAKS[name])
            elif name == "w:sym":
                out.append(_symbol(kid))
            elif name == "w:bookmarkStart":
                self._mark(kid)
                starts[kid.attrs.get("id", "")] = (kid.attrs.get("name", ""), len("".join(out)))
            elif name == "w:bookmarkEnd":
                self._collapsed(starts.get(kid.attrs.get("id", "")), out)
            elif name in REFERENCES:
                self.anchors[REFERENCES[name], kid.attrs.get("id", "")] = len(self.lines)
            elif name == "w:txbxContent":
                self.boxes.append(kid)
            elif name == "mc:AlternateContent":
                self._text(_chosen(kid), out, starts)
            elif name not in SKIPPED:
                if name in ("x:docPr", "x:imagedata"):
                    self.boxes += filter(None, [clean(kid.attrs.get("descr", "") or kid.attrs.get("title", ""))])
                self._text(kid, out, starts)

    def _collapsed(self, start: tuple[str, int] | None, out: list[str]) -> None:
        """A bookmark around nothing is what is left of a clause that somebody deleted."""
        if start and start[0] in self.marks and start[1] == len("".join(out)):
            self.marks.remove(start[0])


def clean(text: str) -> str:
    """A line as it is kept: one line, without signs that nobody sees."""
    return squeezed(re.sub("[\u200b-\u200d\u2060\ufeff\u00ad]", "", CONTROL.sub("", text)))


def _symbol(node: Node) -> str:
    code = node.attrs.get("char", "")
    return chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{1,5}", code) else ""


def _number(shape: Node) -> str:
    level, number = shape.find("w:numPr", "w:ilvl"), shape.find("w:numPr", "w:numId")
    ident = number.attrs.get("val", "") if number else ""
    return f"{ident}/{level.attrs.get('val', '0') if level else '0'}" if ident not in ("", "0") else ""


def _chosen(node: Node) -> Node:
    """What a program of today shows of alternatives."""
    return node.find("mc:Choice") or node.find("mc:Fallback") or Node("", {})


def _down(node: Node, name: str) -> Iterator[Node]:
    """The nearest elements of a name, through whatever wraps them."""
    for kid in node.kids:
        if kid.name == name:
            yield kid
        elif kid.name not in SKIPPED and kid.name != "w:tbl":
            yield from _down(kid, name)


def _beside(parts: Parts, body: _Body) -> Iterator[Line]:
    """Comments, notes, headers and footers, each with the line it hangs on."""
    for name in sorted(parts.names):
        side = SIDE.fullmatch(name)
        if not side:
            continue
        kind = side[1].lower().removesuffix("s")
        root = parts.xml(name) or Node("", {})
        for one in root.kids if kind in ("comment", "footnote", "endnote") else [root]:
            place = body.anchors.get((kind, one.attrs.get("id", "")), -1)
            texts = [text for text in body._apart(one) if kind not in ("header", "footer") or not PAGE_NUMBER.fullmatch(text)]
            yield from (Line(text, kind, at=place) for text in texts)

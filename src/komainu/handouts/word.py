"""A handout as a Word file: real styles, header rows, furigana, room to write, cards to cut out, pictures with their words.

In:  a document of blocks, and how a picture becomes a PNG.   Out: the bytes of a .docx; the same document, the same bytes.
It is the policy's pen (docx) with what only handouts have; sizes come from looks, styles from data/docx/handout_styles.xml.
Left out on purpose: the printed page (page).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import resources

from komainu.docx import BLOCKS, FONT, STEPS, Pen, files, filled, safe, zipped
from komainu.handouts.looks import (
    FIRST,
    LAST,
    MM_PER_PT,
    NARROW,
    POSTER_LINE,
    look_of,
    picture_mm,
    row_mm,
    shares,
)
from komainu.handouts.sheet import Block
from komainu.handouts.told import Document
from komainu.policy.ruling import Run

Png = Callable[[bytes, float], bytes]
"""A picture as SVG and its width in millimetres -> PNG."""
TWIPS = 1440 / 25.4
"""Twentieths of a point in a millimetre."""
EMU = 36000
"""Word's measure of pictures, in a millimetre."""
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


@cache
def _part(name: str) -> str:
    return resources.files("komainu").joinpath(f"data/docx/handout_{name}.xml").read_text("utf-8")


def word(document: Document, png: Png) -> bytes:
    """The Word file of a handout."""
    pen = _Pen(document, png)
    found = {path: text.encode() for path, text in files(document | {"title": [{"t": document["foot"]}]}, {}, "Komainu", pen=pen).items()}
    found["word/styles.xml"] = filled(_part("styles"), _values(document, pen)).encode()
    found["word/footer1.xml"] = filled(_part("footer"), _foot(document, pen)).encode()
    rows = "".join(f'<Relationship Id="rIdP{number}" Type="{IMAGE}" Target="media/{number}.png"/>' for number in range(1, len(pen.drawn) + 1))
    relations = "word/_rels/document.xml.rels"
    found[relations] = found[relations].replace(b"</Relationships>", f"{rows}</Relationships>".encode())
    types = "[Content_Types].xml"
    found[types] = found[types].replace(b"<Override", b'<Default Extension="png" ContentType="image/png"/><Override', 1)
    return zipped(found | {f"word/media/{number}.png": data for number, data in enumerate(pen.drawn, 1)})


def _values(document: Document, pen: _Pen) -> dict[str, str]:
    """What the styles leave open."""
    look, sizes = pen.look, pen.sizes
    tight, airy = document["form"] == "short", document["furigana"]
    numbers = {
        "SIZE": pen.size, "TITLESIZE": sizes["Title"], "HEADSIZE": sizes["Heading1"], "SMALL": round(look.text * 1.64), "TABLE": sizes["Cell"],
        "CARD": sizes["Card"], "FIRST": sizes["PosterTitle"], "POSTER": sizes["PosterLine"], "LAST": sizes["PosterLast"],
        "POSTERIND": round(sizes["PosterLine"] * 10 * 1.6), **{name: round(sizes[style] * 10 * (POSTER_LINE[document["lang"]] - 0.1)) for name, style in POSTER_STYLES.items()},
        "POSTERGAP": round(max((block.get("gap", 0) for block in document["blocks"]), default=0) * 0.7 * TWIPS),
        "LINE": 280 if airy else 222 if tight else 255, "CELLLINE": 260 if airy else 216 if tight else 236, "WRITE": round(look.write * TWIPS),
        "TITLEGAP": 60 if tight else 140, "HEADGAP": 80 if tight else 180,
    }
    return {f"@{name}@": str(number) for name, number in numbers.items()} | {"@FONT@": FONT, "@LANG@": "ja-JP" if document["lang"] == "ja" else "en-GB"}


POSTER_STYLES = {"FIRSTLINE": "PosterTitle", "POSTERLINE": "PosterLine", "LASTLINE": "PosterLast"}


def _foot(document: Document, pen: _Pen) -> dict[str, str]:
    width = pen.room
    return {"@FOOT@": safe(document["foot"]), "@LICENCE@": safe(document["licence"]), "@MIDDLE@": str(width // 2), "@WIDTH@": str(width)}


def _led(found: list[Block]) -> list[Block]:
    """A paragraph that leads to what stands below it stays on its page."""
    after = [*found[1:], {"k": ""}]
    return [block | {"k": "lead"} if block["k"] == "p" and follower["k"] in LED else block for block, follower in zip(found, after, strict=True)]


LED = ("table", "write", "list", "tick", "steps", "cards", "grid")


class _Pen(Pen):
    """Writes word/document.xml of a handout."""

    def __init__(self, document: Document, png: Png):
        super().__init__(document | {"blocks": _led(document["blocks"])}, {})
        self.look, self.png, self.drawn = look_of(document), png, []
        self.wide, self.high = (round(one * TWIPS) for one in self.look.page)
        self.above, self.margin = (round(one * TWIPS) for one in self.look.margin)
        self.room = self.wide - 2 * self.margin
        self.plain = ""
        self.sizes = self.half_points(document)
        self.size = self.sizes["Normal"]

    def half_points(self, document: Document) -> dict[str, int]:
        """Size of the text by style, in half-points."""
        text, cell = self.look.text, round(2 * self.look.table)
        card = next((block["points"] for block in document["blocks"] if block.get("points")), text)
        points = {"Normal": text, "Title": text * 1.5, "Heading1": text * 1.2, "PosterTitle": card * FIRST, "PosterLine": card, "PosterLast": card * LAST}
        sizes = {name: round(2 * one) for name, one in points.items()}
        return sizes | dict.fromkeys(("Cell", "CellMiddle", "CellRight", "CellHead", "CellMarked"), cell) | dict.fromkeys(("Card", "CardMiddle"), round(2 * card))

    def block(self, block: Block) -> str:
        own = OWN.get(block["k"])
        return own(self, block) if own else BLOCKS[block["k"]](self, block)

    def inner(self, found: list[Block], style: str) -> str:
        """Blocks whose plain paragraphs have a style of their own."""
        before, self.plain = self.plain, style
        text = "".join(self.block(block) for block in found)
        self.plain = before
        return text

    def para(self, style: str, runs: list[Run], number: tuple[int, int] | None = None, before: str = "", after: str = "", mark: str = "") -> str:
        """As usual; readings are half as large as the text of the style."""
        style = style or self.plain
        usual, self.size = self.size, self.sizes.get(style, self.sizes["Normal"])
        text = super().para(style, runs, number, before, after, mark)
        self.size = usual
        return text

    def items(self, items: list[Block], number: int) -> str:
        """A list; in the narrow cell of a table with signs instead of indents."""
        if self.plain != "Cell":
            return super().items(items, number)
        return "".join(self.signed("・", one["runs"]) for item in items for one in (item, *item["items"]))

    def signed(self, mark: str, runs: list[Run]) -> str:
        return self.para("CellMarked", runs, before=f"<w:r><w:rPr><w:b/></w:rPr><w:t>{safe(mark)}</w:t><w:tab/></w:r>")

    def steps(self, block: Block) -> str:
        number = self.listed(STEPS)
        if "start" in block:
            self.starts[number] = block["start"]
        return self.items(block["items"], number)

    # -- tables

    def framed(self, widths: list[int], rows: list[str], style: str = "KomainuTable", narrow: bool = False) -> str:
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        room = '<w:tblCellMar><w:left w:w="20" w:type="dxa"/><w:right w:w="20" w:type="dxa"/></w:tblCellMar>' if narrow else ""
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{room}'
            f'<w:tblLook w:val="0420" w:firstRow="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>{self.para("Gap", [])}'
        )

    def widths(self, block: Block) -> list[int]:
        return [int(self.room * share) for share in shares(block, self.room / TWIPS / (self.look.table * MM_PER_PT))]

    def head(self, cells: list[list[Run]], widths: list[int]) -> str:
        return self.line_of([self.cell(self.para("CellHead", cell), width, HEAD) for cell, width in zip(cells, widths, strict=True)], head=True)

    def cell(self, inner: str, width: int, more: str = "") -> str:
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>{inner}</w:tc>'

    def line_of(self, cells: list[str], head: bool = False, high: float = 0, split: bool = False, rule: str = "atLeast") -> str:
        """A row of a table; `high` in millimetres."""
        least = f'<w:trHeight w:val="{round(high * TWIPS)}" w:hRule="{rule}"/>' if high else ""
        return f"<w:tr><w:trPr>{'' if split else '<w:cantSplit/>'}{least}{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(cells)}</w:tr>"

    def table(self, block: Block) -> str:
        widths, align = self.widths(block), block.get("align") or [""] * len(block["head"])
        rows = [self.head(block["head"], widths)]
        for row in block["rows"]:
            cells = [self.cell(self.para(SIDES.get(side, "Cell"), cell), width, MIDDLE) for cell, side, width in zip(row, align, widths, strict=True)]
            rows.append(self.line_of(cells, high=row_mm(block, row, self.look)))
        return self.framed(widths, rows, narrow=len(widths) > NARROW)

    def grid(self, block: Block) -> str:
        widths, split = self.widths(block), self.document["form"] == "plan" and "whole" not in block
        rows = [self.head(block["head"], widths)]
        for row in block["rows"]:
            cells = [self.cell(self.within(cell, width), width) for cell, width in zip(row, widths, strict=True)]
            rows.append(self.line_of(cells, split=split))
        return self.framed(widths, rows)

    def within(self, found: list[Block], width: int) -> str:
        """Blocks in a cell; what stands there has only the cell's width."""
        whole, self.room = self.room, width - 2 * CELL
        text = self.inner(found, "Cell")
        self.room = whole
        return text or self.para("Cell", [])

    def fields(self, block: Block) -> str:
        widths = [int(self.room * share) for share in (0.14, 0.36, 0.14, 0.36)]
        high = 6 if self.document["form"] == "short" else 8
        rows = []
        for pairs in block["rows"]:
            cells = [
                self.cell(self.para(style, runs), width, more)
                for (label, value), (first, second) in zip(pairs, (widths[:2], widths[2:]), strict=True)
                for style, runs, width, more in (("CellHead", label, first, HEAD), ("Cell", value, second, MIDDLE))
            ]
            rows.append(self.line_of(cells, high=high))
        return self.framed(widths, rows).replace('w:val="0420" w:firstRow="1"', 'w:val="0480" w:firstColumn="1"')

    def cards(self, block: Block) -> str:
        count = block["columns"]
        width, high = self.room // count, block.get("mm", (0, 24))[1]
        style = "CardMiddle" if block.get("middle") else "Card"
        found = [self.cell(self.para(style, item["runs"]), width, MIDDLE) for item in block["items"]]
        found += [self.cell(self.para(style, []), width)] * (-len(found) % count)
        rows = [self.line_of(found[at : at + count], high=high) for at in range(0, len(found), count)]
        return self.framed([width] * count, rows, "KomainuCards")

    # -- the rest

    def picture(self, block: Block) -> str:
        svg = self.document["pictures"][block["src"]]
        wide, high = picture_mm(svg, self.look)
        self.drawn.append(self.png(svg, wide))
        number, size = len(self.drawn), f'cx="{round(wide * EMU)}" cy="{round(high * EMU)}"'
        about = f'id="{number}" name="{safe(block["src"])}" descr="{safe(block["alt"])}"'
        drawing = (
            f'<w:drawing><wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr {about}/>'
            f'<a:graphic xmlns:a="{DRAWING}/main"><a:graphicData uri="{DRAWING}/picture"><pic:pic xmlns:pic="{DRAWING}/picture">'
            f'<pic:nvPicPr><pic:cNvPr {about}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdP{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing>"
        )
        return self.para("Picture", [], before=f"<w:r>{drawing}</w:r>")

    def name(self, block: Block) -> str:
        """The line for the name: blanks are tabs with a line under them, so nothing is held up by spaces."""
        places = NAME_MM[self.document["lang"]]
        start = self.look.width - places[-1]
        stops = f'<w:tab w:val="left" w:pos="{round(start * TWIPS)}"/>' + "".join(
            f'<w:tab w:val="left" w:leader="underscore" w:pos="{round((start + place) * TWIPS)}"/>' for place in places
        )
        *short, last = block["labels"]
        blank, text = "<w:r><w:tab/></w:r>", '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
        pairs = [(blank + text if self.document["lang"] == "ja" else text + blank).format(f" {one} ") for one in short]
        inner = blank + "".join(pairs) + text.format(f" {last} ") + blank
        return f'<w:p><w:pPr><w:pStyle w:val="NameLine"/><w:tabs>{stops}</w:tabs></w:pPr>{inner}</w:p>'

    def box(self, block: Block) -> str:
        return self.para("BoxTitle", block["title"]) + self.inner(block["blocks"], "Box") + self.para("Gap", [])

    def poster(self, block: Block) -> str:
        numbered = enumerate(block["lines"], 1)
        lines = "".join(self.lines("PosterLine", line, f"<w:r><w:t>{number}</w:t><w:tab/></w:r>") for number, line in numbered)
        return self.lines("PosterTitle", block["first"]) + lines + self.lines("PosterLast", block["last"])

    def lines(self, style: str, lines: list[list[Run]], before: str = "") -> str:
        """A paragraph whose lines end where we say."""
        *others, last = lines
        usual, self.size = self.size, self.sizes[style]
        before += "".join(self.runs(line) + "<w:r><w:br/></w:r>" for line in others)
        self.size = usual
        return self.para(style, last, before=before)


CELL = 85
"""Room between text and border, in twips."""
HEAD = '<w:shd w:val="clear" w:color="auto" w:fill="EEEEEE"/><w:vAlign w:val="center"/>'
MIDDLE = '<w:vAlign w:val="center"/>'
SIDES = {"center": "CellMiddle", "right": "CellRight"}
NAME_MM = {"ja": (12, 30, 48, 122), "en": (22, 44, 64, 132)}
"""Where the blanks of the line for the name end."""
OWN = {
    "table": _Pen.table,
    "grid": _Pen.grid,
    "fields": _Pen.fields,
    "cards": _Pen.cards,
    "picture": _Pen.picture,
    "name": _Pen.name,
    "box": _Pen.box,
    "poster": _Pen.poster,
    "steps": _Pen.steps,
    "lead": lambda pen, block: pen.para(pen.plain or "Lead", block["runs"]),
    "quote": lambda pen, block: pen.inner(block["blocks"], "Quote"),
    "marked": lambda pen, block: "".join(pen.signed(block["mark"], item) for item in block["items"]),
    "small": lambda pen, block: "".join(pen.para("Small", [{"t": "・"}, *item]) for item in block["items"]),
    "write": lambda pen, block: pen.para("WriteLine", []) * block["n"] + pen.para("Gap", []),
    "page": lambda pen, block: '<w:p><w:pPr><w:pStyle w:val="Gap"/><w:pageBreakBefore/></w:pPr></w:p>',
}

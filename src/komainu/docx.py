"""A document as a Word file: real headings and numbering, header rows, furigana, one bookmark for each clause.

In:  a document of blocks (adapt), and properties to store.   Out: the bytes of a .docx; the same document, the same bytes.
web/policy/docx.js writes the same parts, letter for letter. What never changes stands in data/docx.
Left out on purpose: pictures (handouts.word), and reading such a file back (docx_reading).
"""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from importlib import resources
from typing import Any

from komainu.policy.ruling import Run
from komainu.policy.text import title_on_top

Data = dict[str, Any]

PARTS = ("content_types", "rels", "document_rels", "settings", "fontTable", "footer1", "styles", "numbering", "core")
PLACES = {
    "[Content_Types].xml": "content_types",
    "_rels/.rels": "rels",
    "word/_rels/document.xml.rels": "document_rels",
    "word/settings.xml": "settings",
    "word/fontTable.xml": "fontTable",
    "word/footer1.xml": "footer1",
}
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FONT = "UD デジタル 教科書体 N-R"
HALF_POINTS = {"pupil": 22, "poster": 28, "letter": 22, "labels": 24}
"""Size of the text, in half-points; 21 where nothing else is said."""

CHUNK = 200
"""Word cuts a property after 255 characters, so a long one is kept in pieces."""

MARGIN = 1020
"""Left and right, 18 mm, in twentieths of a point."""

BULLETS, STEPS, HEADINGS, TICKS = 3, 4, 5, 6
RULES = {"ja": 1, "en": 2}
ITEMS = {"ja": 7, "en": 8}
FIRST_FREE = 9
"""Numberings as data/docx/numbering.xml has them; from FIRST_FREE on, one for each list of a document that begins at 1."""

PAGE = {"poster": (16838, 23811)}
"""A3 for posters, A4 for the rest, in twentieths of a point."""

NARROWEST, WIDEST = 5, 28
"""A column of a table is as wide as its longest cell, in characters, within these limits."""

CODE = '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/>'
"""The typeface of code in a line, which handouts have."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@cache
def parts() -> dict[str, str]:
    """The parts that are the same in every file, by name."""
    folder = resources.files("komainu").joinpath("data/docx")
    return {name: folder.joinpath(f"{name}.xml").read_text("utf-8") for name in PARTS}


def docx(document: Data, properties: dict[str, str], creator: str = "", stamp: Data | None = None) -> bytes:
    """The Word file of a document. `properties` are stored as custom properties, long ones in numbered pieces.

    `stamp` names the author and the time (`{"author": …, "date": "2026-11-26T00:00:00Z"}`) of tracked changes:
    runs with `ins` or `del`. Without tracked changes it is not needed.
    """
    return zipped({path: text.encode() for path, text in files(document, properties, creator, stamp).items()})


def zipped(files: dict[str, bytes]) -> bytes:
    """The parts of a file as one zip, in their order: the content types come first."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for path, data in files.items():
            entry = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            file.writestr(entry, data)
    return out.getvalue()


def files(document: Data, properties: dict[str, str], creator: str = "", stamp: Data | None = None, pen: Pen | None = None) -> dict[str, str]:
    """The parts of the file: path -> text. `pen` writes them where it is not the usual one."""
    own, pen = parts(), pen or Pen(document, stamp or {})
    body = pen.body()
    lang = "ja-JP" if document["lang"].startswith("ja") else "en-GB"
    title = "".join(run["t"] for run in document["title"])
    changed = {
        "@FONT@": FONT, "@SIZE@": str(pen.size), "@LANG@": lang,
        "@LINE@": "300" if _airy(document) else "276", "@TITLE@": safe(title), "@CREATOR@": safe(creator), "@STEPS@": pen.numberings(),
    }
    return {
        **{path: own[name] for path, name in PLACES.items()},
        "word/document.xml": body,
        "word/styles.xml": filled(own["styles"], changed),
        "word/numbering.xml": filled(own["numbering"], changed),
        "docProps/core.xml": filled(own["core"], changed),
        "docProps/custom.xml": _custom(properties),
    }


def _airy(document: Data) -> bool:
    """Lines with furigana need room above them."""
    return document["form"] in ("pupil", "poster", "labels") or document["lang"] == "ja-plain"


def filled(text: str, values: dict[str, str]) -> str:
    """A part with its @PLACES@ filled in."""
    return re.sub("@[A-Z]+@", lambda name: values[name[0]], text)


def safe(text: str) -> str:
    """Text for XML; signs that XML cannot hold are left out."""
    return CONTROL.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _custom(properties: dict[str, str]) -> str:
    pieces = []
    for name, value in properties.items():
        if len(value) <= CHUNK:
            pieces.append((name, value))
        else:
            pieces += [(f"{name}.{at // CHUNK + 1}", value[at : at + CHUNK]) for at in range(0, len(value), CHUNK)]
    rows = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{safe(name)}"><vt:lpwstr>{safe(value)}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(pieces, 2)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        f' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{rows}</Properties>\n'
    )


def bookmark(ident: str) -> str:
    """The name of a clause's bookmark; Word takes letters, digits and the low line."""
    return "k_" + ident.replace("-", "_")


class Pen:
    """Writes word/document.xml, counting what has to be numbered: bookmarks, changes, lists."""

    def __init__(self, document: Data, stamp: Data):
        self.document, self.stamp = document, stamp
        self.lang = document["lang"][:2]
        self.size = HALF_POINTS.get(document["form"], 21)
        self.wide, self.high = PAGE.get(document["form"], (11906, 16838))
        self.margin, self.above = MARGIN, 1020
        self.lists: list[int] = list(document.get("lists", ()))
        self.starts: dict[int, int] = {}
        self.marks = self.changes = 0

    def body(self) -> str:
        """The whole of word/document.xml."""
        blocks = "".join(self.block(block) for block in self.document["blocks"])
        return (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="{NAMESPACE}" xmlns:r="{RELATIONS}"><w:body>'
            f"{self.para('Title', self.document['title']) if title_on_top(self.document) else ''}{blocks}"
            f'<w:sectPr><w:footerReference w:type="default" r:id="rId5"/><w:pgSz w:w="{self.wide}" w:h="{self.high}"/>'
            f'<w:pgMar w:top="{self.above}" w:right="{self.margin}" w:bottom="{self.above}" w:left="{self.margin}" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
            "</w:body></w:document>\n"
        )

    def block(self, block: Data) -> str:
        """One block of the document."""
        return BLOCKS[block["k"]](self, block)

    def numberings(self) -> str:
        """One numbering for each numbered list, so that each begins at 1, or where a list before it ended."""
        start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{}"/></w:lvlOverride>'
        return "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{kind}"/>{start.format(self.starts.get(number, 1))}</w:num>'
            for number, kind in enumerate(self.lists, FIRST_FREE)
        )

    def listed(self, kind: int) -> int:
        """The number of a new list of a kind."""
        self.lists.append(kind)
        return FIRST_FREE + len(self.lists) - 1

    # -- lines

    def runs(self, runs: list[Run]) -> str:
        """A line."""
        return "".join(self.run(run) for run in runs)

    def run(self, run: Run) -> str:
        """A piece of a line: bold, code, to be filled in, with a reading, or a change."""
        style = (CODE if "c" in run else "") + ("<w:b/>" if "b" in run else "") + ('<w:highlight w:val="yellow"/>' if "gap" in run else "")
        style = f"<w:rPr>{style}</w:rPr>" if style else ""
        if "del" in run:
            return self.change("del", f'<w:r>{style}<w:delText xml:space="preserve">{safe(run["t"])}</w:delText></w:r>')
        inner = self.ruby(run, style) if "r" in run else f'<w:t xml:space="preserve">{safe(run["t"])}</w:t>'
        text = f"<w:r>{style}{inner}</w:r>"
        return self.change("ins", text) if "ins" in run else text

    def change(self, kind: str, inner: str = "") -> str:
        """Something that came or went, with who did it and when."""
        self.changes += 1
        author, day = safe(self.stamp["author"]), safe(self.stamp["date"])
        start = f'<w:{kind} w:id="{9000 + self.changes}" w:author="{author}" w:date="{day}"'
        return f"{start}>{inner}</w:{kind}>" if inner else f"{start}/>"

    def ruby(self, run: Run, style: str) -> str:
        """A word with its reading, half as large."""
        small = self.size // 2
        reading = f'<w:r><w:rPr><w:sz w:val="{small}"/><w:szCs w:val="{small}"/></w:rPr><w:t>{safe(run["r"])}</w:t></w:r>'
        return (
            f'<w:ruby><w:rubyPr><w:rubyAlign w:val="distributeSpace"/><w:hps w:val="{small}"/><w:hpsRaise w:val="{self.size - 4}"/>'
            f'<w:hpsBaseText w:val="{self.size}"/><w:lid w:val="ja-JP"/></w:rubyPr><w:rt>{reading}</w:rt>'
            f'<w:rubyBase><w:r>{style}<w:t>{safe(run["t"])}</w:t></w:r></w:rubyBase></w:ruby>'
        )

    def para(self, style: str, runs: list[Run], number: tuple[int, int] | None = None, before: str = "", after: str = "", mark: str = "") -> str:
        """A paragraph: its style, its numbering as (level, list), what stands before and after its runs; `ins` or `del` as a whole."""
        named = f'<w:pStyle w:val="{style}"/>' if style else ""
        listed = f'<w:numPr><w:ilvl w:val="{number[0]}"/><w:numId w:val="{number[1]}"/></w:numPr>' if number else ""
        marked = f"<w:rPr>{self.change(mark)}</w:rPr>" if mark else ""
        shape = f"<w:pPr>{named}{listed}{marked}</w:pPr>" if named or listed or marked else ""
        return f"<w:p>{shape}{before}{self.runs([run | {mark: 1} for run in runs] if mark else runs)}{after}</w:p>"

    def items(self, items: list[Data], number: int) -> str:
        """The items of a list and of the lists below them."""
        lines = []
        for item in items:
            lines.append(self.para("ListParagraph", item["runs"], (0, number)))
            lines += [self.para("ListParagraph", one["runs"], (1, number)) for one in item["items"]]
        return "".join(lines)

    # -- blocks

    def heading(self, block: Data) -> str:
        """A heading, numbered in rules."""
        number = (0, RULES[self.lang]) if self.document["form"] == "rules" and block.get("label") else None
        return self.para("Heading1", block["runs"], number)

    def steps(self, block: Data) -> str:
        """A numbered list."""
        return self.items(block["items"], self.listed(STEPS))

    def clause(self, block: Data) -> str:
        """A clause between its bookmarks."""
        self.marks += 1
        start = f'<w:bookmarkStart w:id="{self.marks}" w:name="{bookmark(block["id"])}"/>'
        end = f'<w:bookmarkEnd w:id="{self.marks}"/>'
        rules = self.document["form"] == "rules"
        title = [{"t": "（"}, *block["title"], {"t": "）"}] if rules and self.lang == "ja" else block["title"]
        lines = [("Heading2", title, (1, RULES[self.lang]) if rules else (0, HEADINGS))]
        for para in block["paras"]:
            if rules:
                lines.append(("", para["runs"], (2, RULES[self.lang]) if para["label"] else None))
                own = self.listed(ITEMS[self.lang]) if para["items"] else 0
                lines += [("", item["runs"], (0, own)) for item in para["items"]]
            else:
                lines.append(("ListParagraph", para["runs"], (0, BULLETS)))
                lines += [("ListParagraph", item["runs"], (1, BULLETS)) for item in para["items"]]
        last = len(lines) - 1
        return "".join(
            self.para(style, runs, number, start if place == 0 else "", end if place == last else "") for place, (style, runs, number) in enumerate(lines)
        )

    def table(self, block: Data) -> str:
        """A table whose columns are as wide as their text asks for."""
        columns = zip(block["head"], *block["rows"], strict=True)
        weights = [min(WIDEST, max(NARROWEST, *(sum(len(run["t"]) for run in cell) for cell in column))) for column in columns]
        widths = [(self.wide - 2 * self.margin) * weight // sum(weights) for weight in weights]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        mark = block.get("mark", "")
        rows = "".join(self.row(row, widths, first=False, mark=mark) for row in block["rows"])
        return (
            '<w:tbl><w:tblPr><w:tblStyle w:val="KomainuTable"/><w:tblW w:w="5000" w:type="pct"/><w:tblLook w:val="0420" w:firstRow="1"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{self.row(block['head'], widths, first=True, mark=mark)}{rows}</w:tbl><w:p/>"
        )

    def row(self, cells: list[list[Run]], widths: list[int], first: bool, mark: str = "") -> str:
        """A row, kept on one page; the first is repeated on every page."""
        paras = [self.para("", cell, mark=mark) for cell in cells]
        inner = "".join(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{para}</w:tc>' for para, width in zip(paras, widths, strict=True))
        head = "<w:tblHeader/>" if first else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{head}{self.change(mark) if mark else ''}</w:trPr>{inner}</w:tr>"

    def cut(self, block: Data) -> str:
        """A line to cut along."""
        return self.para("CutLine", [{"t": "✂ "}, *block["runs"]])

    def line(self, block: Data) -> str:
        """A paragraph as `paragraphs` noted it."""
        return self.para(block["style"], block["runs"], block["number"], block["before"], block["after"], block.get("mark", ""))


BLOCKS = {
    "title": lambda pen, block: pen.para("Title", block["runs"]),
    "h": Pen.heading,
    "sub": lambda pen, block: pen.para("Heading2", block["runs"]),
    "p": lambda pen, block: pen.para("", block["runs"]),
    "right": lambda pen, block: pen.para("Right", block["runs"]),
    "fill": lambda pen, block: pen.para("WriteLine", [*block["runs"], {"t": "　"}]),
    "cut": Pen.cut,
    "list": lambda pen, block: pen.items(block["items"], BULLETS),
    "steps": Pen.steps,
    "tick": lambda pen, block: pen.items(block["items"], TICKS),
    "table": Pen.table,
    "write": lambda pen, block: pen.para("WriteLine", []) * block["n"],
    "page": lambda pen, block: '<w:p><w:r><w:br w:type="page"/></w:r></w:p>',
    "clause": Pen.clause,
    "posters": lambda pen, block: "".join(pen.para("PosterLine", one) for one in block["items"]),
    "labels": lambda pen, block: "".join(pen.para("Heading1", one["title"]) + pen.para("CutLine", one["runs"]) for one in block["items"]),
    "line": Pen.line,
}


class _Noting(Pen):
    """Notes paragraphs instead of writing them."""

    def __init__(self, document: Data):
        super().__init__(document, {})
        self.noted: list[Data] = []

    def para(self, style: str, runs: list[Run], number: tuple[int, int] | None = None, before: str = "", after: str = "", mark: str = "") -> str:
        self.noted.append({"k": "title" if style == "Title" else "line", "style": style, "runs": runs, "number": number and list(number), "before": before, "after": after})
        return ""


def paragraphs(document: Data) -> Data:
    """The same document as a plain row of paragraphs (blocks `title` and `line`) and tables, `clause` naming whose each is."""
    pen = _Noting(document)
    if title_on_top(document):
        pen.para("Title", document["title"])
    for block in document["blocks"]:
        start = len(pen.noted)
        if block["k"] in ("table", "page"):
            pen.noted.append(block)
        else:
            BLOCKS[block["k"]](pen, block)
        for line in pen.noted[start:] if block["k"] == "clause" else ():
            line["clause"] = block["id"]
    return document | {"blocks": pen.noted, "lists": pen.lists}

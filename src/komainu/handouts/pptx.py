"""A lesson's slides for PowerPoint, to be edited: real titles, real tables, the teacher's notes below each slide.

In:  Slides (deck).   Out: the bytes of a .pptx; the same slides, the same bytes.
PowerPoint knows no furigana: a reading follows its word in brackets where the word first stands on a slide.
Left out on purpose: animation, and any font that a machine may not have (theirs is named, others may stand in).
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from datetime import UTC, datetime
from typing import Any

import vl_convert
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from komainu.handouts.deck import Slide, width
from komainu.handouts.sheet import text_of
from komainu.policy.ruling import Run
from komainu.words import say

Block = dict[str, Any]

FONT = "BIZ UDPGothic"
"""On every Windows since 2018; Google Slides has it, and elsewhere another Gothic stands in."""

WIDE, HIGH, EDGE = Inches(13.333), Inches(7.5), Inches(0.8)
RED, INK, QUIET, BOARD, CHALK = (RGBColor.from_string(code) for code in ("8C2419", "1D1B1A", "5C544D", "17392F", "F4F3EA"))
COVER, CONTENT, SECTION, TITLE = 0, 1, 2, 5
"""Layouts of the empty presentation that are used; the others are taken out."""

LAYOUT = {"title": COVER, "activity": SECTION, "question": TITLE, "poster": CONTENT}
QUESTION_PT = ((28, 54), (60, 44), (110, 36), (10_000, 30))
"""Up to how many full-width signs a question is set how large, in points."""

LIST_PT, TABLE_PT = 30, 22
ROOM = Inches(2.0)
"""Where what is below the title begins."""

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
BULLET = "bullet"
"""Marks a line that carries the layout's own sign."""


def pptx(shown: list[Slide], title: str, lang: str, pictures: dict[str, bytes]) -> bytes:
    """The file. `pictures` are SVG files by the name that the lesson uses."""
    file = _empty(lang)
    for slide in shown:
        _Page(file, slide, lang, pictures).write()
    own = file.core_properties
    own.title, own.author, own.language, own.revision = title, say(lang, "site_name"), _locale(lang), 1
    own.last_modified_by, own.created, own.modified = own.author, *[datetime(1980, 1, 1, tzinfo=UTC)] * 2
    out = io.BytesIO()
    file.save(out)
    return _repacked(out.getvalue())


def _locale(lang: str) -> str:
    return {"ja": "ja-JP", "en": "en-GB"}[lang]


def _repacked(data: bytes) -> bytes:
    """The same parts with the same date on all of them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            new.writestr(entry, old.read(name))
    return out.getvalue()


def _empty(lang: str):
    """A presentation of 16:9 without slides, its four layouts laid out anew and its fonts named."""
    file = Presentation()
    file.slide_width, file.slide_height = WIDE, HIGH
    for number, layout in reversed(list(enumerate(file.slide_layouts))):
        if number not in (COVER, CONTENT, SECTION, TITLE):
            file.slide_layouts.remove(layout)
    for place, shapes in enumerate([file.slide_master, *file.slide_layouts]):
        for shape in shapes.placeholders:
            _place(shape, place)
            for style in shape._element.iter(f"{DRAWING}defRPr"):
                style.attrib.pop("cap", None)
    _fonts(file)
    return file


def _place(shape, layout: int) -> None:
    """Where a placeholder of the master (0) or of a layout (1 cover, 2 content, 3 section, 4 title only) stands."""
    kind = shape.placeholder_format.type
    wide = WIDE - 2 * EDGE
    small = {13: (WIDE - EDGE - Inches(2), Inches(2)), 16: (EDGE, Inches(3)), 15: (Inches(5), Inches(3.3))}
    if int(kind) in small:
        left, width = small[int(kind)]
        shape.left, shape.top, shape.width, shape.height = left, Inches(6.9), width, Inches(0.4)
    elif int(kind) in (1, 3):
        top, height = {1: (2.2, 1.9), 3: (2.0, 1.9), 4: (1.5, 4.9)}.get(layout, (0.6, 1.3))
        shape.left, shape.top, shape.width, shape.height = EDGE, Inches(top), wide, Inches(height)
    else:
        top, height = {1: (4.2, 2.0), 3: (4.0, 1.6)}.get(layout, (1.9, 4.9))
        shape.left, shape.top, shape.width, shape.height = EDGE, Inches(top), wide, Inches(height)


def _fonts(file) -> None:
    """Latin and East Asian fonts of the theme, in the master and for the notes."""
    for part in file.part.package.iter_parts():
        if "theme" in str(part.partname):
            text = part.blob.decode()
            text = re.sub(r'(<a:latin typeface=")[^"]*"', rf'\g<1>{FONT}"', text)
            text = re.sub(r'(<a:ea typeface=")[^"]*"', rf'\g<1>{FONT}"', text)
            part._blob = re.sub(r'(<a:font script="Jpan" typeface=")[^"]*"', rf'\g<1>{FONT}"', text).encode()


class _Page:
    """Writes one slide; remembers which readings it has given."""

    def __init__(self, file, slide: Slide, lang: str, pictures: dict[str, bytes]):
        self.file, self.slide, self.lang, self.pictures = file, slide, lang, pictures
        layouts = (COVER, CONTENT, SECTION, TITLE)
        layout = LAYOUT.get(slide.kind, CONTENT)
        self.page = file.slides.add_slide(file.slide_layouts[layouts.index(layout)])
        self.given: set[tuple[str, str]] = set()
        self.ink = CHALK if slide.kind == "board" else INK

    def text_blocks(self) -> list[Block]:
        return [block for block in self.slide.body if block["k"] not in ("table", "picture")]

    def write(self) -> None:
        if self.slide.kind == "board":
            self.page.background.fill.solid()
            self.page.background.fill.fore_color.rgb = BOARD
        self.title()
        top = self.text()
        for block in self.slide.body:
            if block["k"] in ("table", "picture"):
                (self.table if block["k"] == "table" else self.picture)(block, top)
        if self.slide.over:
            self.over()
        self.number()
        self.notes()

    def text(self) -> Emu:
        """Fills the room for text, or takes it out where there is none; returns where a table or a picture begins."""
        body = next((shape for shape in self.page.placeholders if shape.placeholder_format.idx == 1), None)
        lines = list(self.lines())
        if body is None:
            return ROOM
        if not lines:
            body._element.getparent().remove(body._element)
            return ROOM
        seen = any(block["k"] in ("table", "picture") for block in self.slide.body)
        if seen:
            body.left, body.top, body.width, body.height = EDGE, Inches(1.8), WIDE - 2 * EDGE, Inches(0.9 * len(lines))
        self.body(body.text_frame, lines)
        return Inches(1.9 + 0.9 * len(lines)) if seen else ROOM

    def title(self) -> None:
        shape = self.page.shapes.title
        frame = shape.text_frame
        frame.word_wrap = True
        size = 40
        if self.slide.kind == "question":
            size = next(points for limit, points in QUESTION_PT if width(text_of(self.slide.title)) <= limit)
        elif self.slide.kind in ("title", "activity"):
            size = 48
        elif self.slide.kind in ("picture", "table", "exit"):
            size = 30
        elif len(text_of(self.slide.title)) > 24:
            size = 34
        frame.vertical_anchor = {"question": MSO_ANCHOR.MIDDLE, "title": MSO_ANCHOR.BOTTOM, "activity": MSO_ANCHOR.BOTTOM}.get(self.slide.kind, MSO_ANCHOR.MIDDLE)
        self.paragraph(frame.paragraphs[0], self.slide.title, size, bold=True)

    def body(self, frame, lines: list[tuple[list[Run], int, str]]) -> None:
        frame.word_wrap = True
        frame.vertical_anchor = MSO_ANCHOR.TOP
        points = 36 if self.slide.kind == "exit" and len(lines) == 1 else LIST_PT if len(lines) <= 6 else 28
        for place, (runs, level, mark) in enumerate(lines):
            para = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            para.level = level
            self.paragraph(para, [{"t": mark}, *runs] if mark and mark != BULLET else runs, points)
            if mark != BULLET:
                _no_bullet(para)
            para.space_before, para.space_after = Pt(0), Pt(8 if len(lines) <= 6 else 2)

    def lines(self):
        if self.slide.kind == "activity":
            yield [{"t": say(self.lang, "minutes", n=self.slide.minutes), "b": 1}], 0, ""
        for block in self.text_blocks():
            if "runs" in block:
                yield block["runs"], 0, ""
            for place, item in enumerate(block.get("items", ()), block.get("start", 1)):
                yield item["runs"], 0, {"steps": f"{place}. ", "tick": "□ "}.get(block["k"], BULLET)
                for one in item["items"]:
                    yield one["runs"], 1, BULLET

    def paragraph(self, para, runs: list[Run], points: int, *, bold: bool = False, colour: RGBColor | None = None) -> None:
        para.alignment = PP_ALIGN.LEFT
        for run in runs:
            piece = para.add_run()
            piece.text = self.read(run)
            piece.font.size, piece.font.bold = Pt(points), bold or bool(run.get("b"))
            piece.font.color.rgb = colour or self.ink
            piece._r.get_or_add_rPr().set("lang", _locale(self.lang))

    def read(self, run: Run) -> str:
        """The word, with its reading where it first stands on the slide."""
        if "r" not in run or (run["t"], run["r"]) in self.given:
            return run["t"]
        self.given.add((run["t"], run["r"]))
        return f"{run['t']}（{run['r']}）"

    def over(self) -> None:
        top = {"title": Inches(1.5), "activity": Inches(1.4)}.get(self.slide.kind, Inches(0.6))
        frame = self.page.shapes.add_textbox(EDGE, top, WIDE - 2 * EDGE, Inches(0.6)).text_frame
        frame.word_wrap = True
        self.paragraph(frame.paragraphs[0], [{"t": self.slide.over}], 24, colour=RED)

    def table(self, block: Block, top: Emu) -> None:
        rows, columns = len(block["rows"]) + 1, len(block["head"])
        shape = self.page.shapes.add_table(rows, columns, EDGE, top, WIDE - 2 * EDGE, Inches(0.5) * rows)
        shape.table.first_row = True
        weights = [max(4, *(len(text_of(row[at])) for row in [block["head"], *block["rows"]])) for at in range(columns)]
        for at, weight in enumerate(weights):
            shape.table.columns[at].width = Emu(int((WIDE - 2 * EDGE) * weight / sum(weights)))
        self.ink, ink = INK, self.ink
        for down, row in enumerate([block["head"], *block["rows"]]):
            for across, runs in enumerate(row):
                cell = shape.table.cell(down, across)
                cell.fill.solid()
                cell.fill.fore_color.rgb = RGBColor.from_string("F6F1EA" if down == 0 else "FFFFFF")
                self.paragraph(cell.text_frame.paragraphs[0], runs, TABLE_PT, bold=down == 0)
        self.ink = ink

    def picture(self, block: Block, top: Emu) -> None:
        data = vl_convert.svg_to_png(self.pictures[block["src"]].decode(), scale=2)
        shape = self.page.shapes.add_picture(io.BytesIO(data), EDGE, top)
        share = min((WIDE - 2 * EDGE) / shape.width, (Inches(6.8) - top) / shape.height)
        shape.width, shape.height = Emu(int(shape.width * share)), Emu(int(shape.height * share))
        shape.left = Emu(int((WIDE - shape.width) / 2))
        shape._element.nvPicPr.cNvPr.set("descr", block["alt"])

    def number(self) -> None:
        """The slide's number, as the layout has it; python-pptx leaves it out."""
        for shape in self.page.slide_layout.placeholders:
            if int(shape.placeholder_format.type) == 13:
                self.page.shapes._spTree.append(copy.deepcopy(shape._element))

    def notes(self) -> None:
        if not self.slide.notes:
            return
        frame = self.page.notes_slide.notes_text_frame
        frame.text = "\n".join(self.slide.notes)
        for para in frame.paragraphs:
            for run in para.runs:
                run._r.get_or_add_rPr().set("lang", _locale(self.lang))


def _no_bullet(para) -> None:
    """A paragraph without the sign that the layout gives to lists."""
    shape = para._p.get_or_add_pPr()
    shape.set("marL", "0")
    shape.set("indent", "0")
    shape.insert(0, shape.makeelement(f"{DRAWING}buNone", {}))

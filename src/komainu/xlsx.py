"""A workbook of plain tables (Office Open XML), written by hand: the same rows make the same bytes.

In:  Sheets of rows: texts, numbers, Formulas, None.   Out: the bytes of an .xlsx.
A text is never taken for a formula: it stands in the cell as text, and is marked as such for whoever edits it.
Left out on purpose: everything else that a spreadsheet can be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from komainu.zips import packed

LONGEST = 32_000
"""A cell holds 32,767 signs at most."""
HEAD, PLAIN, TEXT = 1, 0, 2
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Formula:
    """A formula of ours, and what it gives as long as nobody has changed anything."""

    text: str
    shows: float | str = ""


Cell = str | int | float | Formula | None


@dataclass(frozen=True)
class Sheet:
    """One table; its first row holds the heads."""

    name: str
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The file."""
    files = {f"xl/worksheets/sheet{n}.xml": _sheet(sheet) for n, sheet in enumerate(sheets, 1)}
    files |= {
        "[Content_Types].xml": _kinds(len(sheets)), "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _book(sheets), "xl/styles.xml": STYLES,
        "xl/_rels/workbook.xml.rels": _relations(
            [*(("worksheet", f"worksheets/sheet{n}.xml") for n, _ in enumerate(sheets, 1)), ("styles", "styles.xml")]
        ),
    }  # fmt: skip
    return packed({name: f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'.encode() for name, text in files.items()})


def column(number: int) -> str:
    """The letters of a column, counted from 0.

    >>> column(0), column(25), column(26), column(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _sheet(sheet: Sheet) -> str:
    widths = "".join(f'<col min="{n}" max="{n}" width="{wide}" customWidth="1"/>' for n, wide in enumerate(sheet.widths, 1))
    pane = '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
    rows = "".join(f'<row r="{n}">{_cells(n, row)}</row>' for n, row in enumerate(sheet.rows, 1))
    return f'<worksheet xmlns="{SPACE}"><sheetViews>{pane}</sheetViews><cols>{widths}</cols><sheetData>{rows}</sheetData></worksheet>'


def _cells(number: int, row: Iterable[Cell]) -> str:
    return "".join(_cell(f"{column(at)}{number}", cell, HEAD if number == 1 else TEXT) for at, cell in enumerate(row))


def _cell(place: str, cell: Cell, style: int) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, Formula):
        kind = ' t="str"' if isinstance(cell.shows, str) else ""
        return f'<c r="{place}"{kind}><f>{escape(cell.text)}</f><v>{escape(str(cell.shows))}</v></c>'
    if isinstance(cell, int | float):
        return f'<c r="{place}"><v>{cell}</v></c>'
    text = escape(BAD.sub("?", cell)[:LONGEST])
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _book(sheets: Sequence[Sheet]) -> str:
    names = "".join(f'<sheet name={quoteattr(sheet.name[:31])} sheetId="{n}" r:id="rId{n}"/>' for n, sheet in enumerate(sheets, 1))
    return f'<workbook xmlns="{SPACE}" xmlns:r="{RELATIONS}"><bookViews><workbookView/></bookViews><sheets>{names}</sheets><calcPr fullCalcOnLoad="1"/></workbook>'


def _relations(targets: list[tuple[str, str]]) -> str:
    inside = "".join(f'<Relationship Id="rId{n}" Type="{RELATIONS}/{kind}" Target="{to}"/>' for n, (kind, to) in enumerate(targets, 1))
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def _kinds(count: int) -> str:
    parts = [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in range(1, count + 1)]
    parts += [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    over = "".join(f'<Override PartName="{name}" ContentType="{KINDS}.{kind}+xml"/>' for name, kind in parts)
    usual = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    return f'<Types xmlns="{PACKAGE}/content-types">{usual}{over}</Types>'


WRAPPED = '<alignment vertical="top" wrapText="1"/>'
STYLES = (
    f'<styleSheet xmlns="{SPACE}"><fonts count="2"><font><sz val="11"/><name val="Yu Gothic"/></font>'
    '<font><b/><sz val="11"/><name val="Yu Gothic"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    f'<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyFont="1" applyAlignment="1">{WRAPPED}</xf>'
    f'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyAlignment="1">{WRAPPED}</xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)

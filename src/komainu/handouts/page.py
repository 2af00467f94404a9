"""A handout as one HTML page that is made to be printed: A4 or A3, with page numbers, complete in itself.

In:  a document of blocks, and the typeface's characters as WOFF2 by weight.   Out: HTML text.
What is said in runs, lists and headings is written as for the policy's documents (policy.text); sizes come from looks.
Left out on purpose: Word (word), and printing (printing).
"""

from __future__ import annotations

import base64
from html import escape
from importlib import resources

from komainu.handouts.looks import (
    FIRST,
    LAST,
    MM_PER_PT,
    NARROW,
    Look,
    look_of,
    picture_mm,
    row_mm,
    shares,
)
from komainu.handouts.sheet import Block
from komainu.handouts.told import Document
from komainu.policy.ruling import Run
from komainu.policy.text import HTML, spans, title_on_top


def page(document: Document, typeface: dict[int, bytes]) -> str:
    """The page of a handout. `typeface` is empty where the machine's own fonts will do."""
    look = look_of(document)
    style = resources.files("komainu").joinpath("web/handouts/print.css").read_text("utf-8")
    body = "\n".join(_block(block, document, look) for block in document["blocks"])
    head = f"<h1>{spans(document['title'])}</h1>\n" if title_on_top(document) else ""
    return (
        f'<!doctype html>\n<html lang="{document["lang"]}">\n<head>\n<meta charset="utf-8">\n<title>{escape(document["foot"])}</title>\n'
        f"<style>\n{_faces(typeface)}{_sizes(document, look)}{style}</style>\n</head>\n"
        f'<body class="form-{document["form"]}{" furigana" if document["furigana"] else ""}">\n<main>\n{head}{body}\n</main>\n</body>\n</html>\n'
    )


def _faces(typeface: dict[int, bytes]) -> str:
    return "".join(
        f'@font-face {{ font-family: "Handout"; font-weight: {weight}; src: url(data:font/woff2;base64,{base64.b64encode(data).decode()}) format("woff2"); }}\n'
        for weight, data in typeface.items()
    )


def _sizes(document: Document, look: Look) -> str:
    wide, high = look.page
    above, beside = look.margin
    foot = {"left": document["foot"], "center": "", "right": document["licence"]}
    boxes = "".join(
        f"@bottom-{side} {{ content: {_quoted(text) if text else PAGES}; font: 7.5pt var(--face); color: #444; vertical-align: top; padding-top: 1mm; white-space: nowrap; }} "
        for side, text in foot.items()
    )
    return (
        f'@page {{ size: {wide}mm {high}mm; margin: {above}mm {beside}mm {above + 1}mm; {boxes}}}\n'
        f":root {{ --text: {look.text}pt; --table: {look.table}pt; --write: {look.write}mm; --lines: {look.lines}; }}\n"
    )


PAGES = 'counter(page) " / " counter(pages)'


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "").replace('"', "”").replace("<", "‹").replace("\n", " ") + '"'


def _block(block: Block, document: Document, look: Look) -> str:
    own = OWN.get(block["k"])
    return own(block, document, look) if own else HTML[block["k"]](block, document)


def _blocks(found: list[Block], document: Document, look: Look) -> str:
    return "".join(_block(block, document, look) for block in found)


# --- tables --------------------------------------------------------------------------------------


def _columns(block: Block, look: Look) -> str:
    room = look.width / (look.table * MM_PER_PT)
    return "<colgroup>" + "".join(f'<col style="width: {share:.2%}">' for share in shares(block, room)) + "</colgroup>"


def _table(block: Block, document: Document, look: Look) -> str:
    align = block.get("align") or [""] * len(block["head"])
    head = "".join(f'<th scope="col"{_side(side)}>{spans(cell)}</th>' for cell, side in zip(block["head"], align, strict=True))
    rows = ""
    for row in block["rows"]:
        high = row_mm(block, row, look)
        cells = "".join(f"<td{_side(side)}>{spans(cell)}</td>" for cell, side in zip(row, align, strict=True))
        rows += (f'<tr style="height: {high:.1f}mm">' if high else "<tr>") + cells + "</tr>"
    return _framed(block, look, head, rows)


def _side(side: str) -> str:
    return f' class="{side}"' if side in ("center", "right") else ""


def _framed(block: Block, look: Look, head: str, rows: str) -> str:
    kinds = {"narrow": len(block["head"]) > NARROW, "long": len(block["rows"]) > LONG, "whole": "whole" in block}
    found = " ".join(kind for kind, fits in kinds.items() if fits)
    kind = f' class="{found}"' if found else ""
    return f"<table{kind}>{_columns(block, look)}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


LONG = 14
"""Tables of more rows are set closer, so that they stay on their sheet."""


def _grid(block: Block, document: Document, look: Look) -> str:
    head = "".join(f'<th scope="col">{spans(cell)}</th>' for cell in block["head"])
    rows = "".join("<tr>" + "".join(f"<td>{_blocks(cell, document, look)}</td>" for cell in row) + "</tr>" for row in block["rows"])
    return _framed(block, look, head, rows)


def _fields(block: Block, document: Document, look: Look) -> str:
    rows = "".join("<tr>" + "".join(f'<th scope="row">{spans(label)}</th><td>{spans(value)}</td>' for label, value in row) + "</tr>" for row in block["rows"])
    return f'<table class="fields"><tbody>{rows}</tbody></table>'


# --- what a pupil's paper has --------------------------------------------------------------------


def _name(block: Block, document: Document, look: Look) -> str:
    *short, last = block["labels"]
    room, label = '<span class="room"></span>', "<span>{}</span>"
    before = document["lang"] == "ja"
    parts = [room + label.format(one) if before else label.format(one) + room for one in short]
    return f'<p class="name">{"".join(parts)}<span>{last}</span><span class="room long"></span></p>'


def _box(block: Block, document: Document, look: Look) -> str:
    return f"<section class=\"box\"><h2>{spans(block['title'])}</h2>{_blocks(block['blocks'], document, look)}</section>"


def _picture(block: Block, document: Document, look: Look) -> str:
    svg = document["pictures"][block["src"]]
    wide, high = picture_mm(svg, look)
    source = f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"
    return f'<p class="picture"><img src="{source}" alt="{escape(block["alt"])}" style="width: {wide:.1f}mm; height: {high:.1f}mm"></p>'


def _steps(block: Block, document: Document, look: Look) -> str:
    plain = HTML["steps"](block, document)
    return plain.replace("<ol>", f'<ol start="{block["start"]}">', 1) if "start" in block else plain


def _cards(block: Block, document: Document, look: Look) -> str:
    wide, high = block.get("mm", (0, 24))
    size = block.get("points") or look.text
    style = f"--columns: {block['columns']}; --high: {high:.1f}mm; --card: {size}pt"
    loose = "" if wide else " loose"
    side = " big" if block.get("middle") else ""
    items = "".join(f"<li><p>{spans(item['runs'])}</p></li>" for item in block["items"])
    return f'<ul class="cards{loose}{side}" style="{style}">{items}</ul>'


def _poster(block: Block, document: Document, look: Look) -> str:
    points = block["points"]
    lines = "".join(f"<li><span>{_lines(line)}</span></li>" for line in block["lines"])
    return (
        f'<div class="poster" style="--points: {points}pt; --first: {points * FIRST:.1f}pt; --last: {points * LAST:.1f}pt">'
        f"<h1>{_lines(block['first'])}</h1><ol>{lines}</ol><p>{_lines(block['last'])}</p></div>"
    )


def _lines(lines: list[list[Run]]) -> str:
    return "<br>".join(spans(line) for line in lines)


def _marked(block: Block, document: Document, look: Look) -> str:
    items = "".join(f'<li><span class="mark">{escape(block["mark"])}</span>{spans(item)}</li>' for item in block["items"])
    return f'<ul class="marked">{items}</ul>' if items else ""


OWN = {
    "table": _table,
    "grid": _grid,
    "fields": _fields,
    "name": _name,
    "box": _box,
    "picture": _picture,
    "steps": _steps,
    "cards": _cards,
    "poster": _poster,
    "marked": _marked,
    "quote": lambda block, document, look: f"<blockquote>{_blocks(block['blocks'], document, look)}</blockquote>",
    "small": lambda block, document, look: '<ul class="small">' + "".join(f"<li>{spans(item)}</li>" for item in block["items"]) + "</ul>",
    "write": lambda block, document, look: '<div class="write">' + '<p class="line"></p>' * block["n"] + "</div>",
}

"""Outputs of cells as light HTML: cards and tables as they come, pictures and charts inline, texts as they were printed.

In:  outputs as a notebook keeps them.   Out: one block of HTML that a strict content policy lets through.
The HTML in them is our own (smallmachines.cards); all other text is escaped.
Left out on purpose: errors. A page shows notebooks that ran.
"""

from __future__ import annotations

import html
import re

from komainu.executed import CHART, SVG
from komainu.words import say
from smallmachines.checking import DATA

STYLE = re.compile(r'(<[a-z][^<>]*?) style="[^"]*"')


def block(lang: str, outputs: list[dict]) -> str:
    """What a cell showed; the empty text when it showed nothing."""
    inside = "".join(_one(lang, output) for output in outputs)
    return f'<div class="k-output" role="group" aria-label="{say(lang, "output")}">{inside}</div>' if inside else ""


def failed(outputs: list[dict]) -> list[dict]:
    """Of what a cell showed, the sentences about its error."""
    return [output for output in outputs if output.get("name") == "stderr"]


def all_met(outputs: list[dict]) -> bool:
    """Whether a cell with checks found everything it looked for."""
    found = next((output["data"][DATA] for output in outputs if DATA in output.get("data", {})), {"met": 0, "of": 1})
    return found["met"] == found["of"]


def _one(lang: str, output: dict) -> str:
    if "text" in output:
        return _pre(output["text"])
    data = output["data"]
    if CHART in data:
        return _chart(lang, data)
    if "text/html" in data:
        return _light(data["text/html"])
    return _light(data[SVG]) if SVG in data else _pre(data.get("text/plain", ""))


def _pre(text: str) -> str:
    return f"<pre>{_text(text.rstrip())}</pre>" if text.strip() else ""


def _text(text: str) -> str:
    """Text as HTML; Markdown, through which it has to go, must not find a fence in it."""
    return html.escape(text, quote=False).replace("`", "&#96;").replace("~~~", "&#126;~~")


def _light(markup: str) -> str:
    """Our own HTML without styles inside tags, which a content policy forbids; and a head without a name is no head."""
    markup = markup.replace('<th scope="col"></th>', "<td></td>")
    return STYLE.sub(r"\1", markup).replace("\n", "&#10;").replace("`", "&#96;").strip()


def _chart(lang: str, data: dict) -> str:
    table = _table(data["text/plain"])
    return f'<figure class="k-chart">{data[SVG]}<details><summary>{say(lang, "chart_table")}</summary>{table}</details></figure>'


def _table(lined_up: str) -> str:
    """A table that was lined up as text, as a table; as it is when its columns cannot be told."""
    rows = [[_text(cell.strip()) for cell in line.split(" | ")] for line in lined_up.splitlines()]
    if len({len(row) for row in rows}) != 1:
        return _pre(lined_up)
    head = "".join(f'<th scope="col">{cell}</th>' for cell in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows[1:])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

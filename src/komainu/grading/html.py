"""What the pages of grading share: a whole page, tables, charts as inline SVG with the same numbers as a table.

In:  texts and numbers.   Out: HTML, complete in itself: no script, nothing fetched, every text escaped.
Left out on purpose: what the pages say (feedback, class_page).
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib import resources

WIDE, ROW, LEFT = 640, 26, 240
KIND = ' class="n"'


def page(lang: str, title: str, body: str, kind: str = "") -> bytes:
    """A page as a file."""
    web = resources.files("komainu").joinpath("web")
    style = "".join(web.joinpath(name).read_text("utf-8") for name in ("policy/document.css", "grading/grading.css"))
    return (
        f'<!doctype html>\n<html lang="{lang}"{f""" class="{kind}" """.rstrip() if kind else ""}>\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="robots" content="noindex">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n<h1>{escape(title)}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    ).encode()


def p(text: str, kind: str = "") -> str:
    """A paragraph of plain text."""
    return f"<p{f' class={chr(34)}{kind}{chr(34)}' if kind else ''}>{escape(text)}</p>"


def h(level: int, text: str) -> str:
    """A heading."""
    return f"<h{level}>{escape(text)}</h{level}>"


def items(lines: Sequence[str], kind: str = "") -> str:
    """A list of finished pieces of HTML."""
    return f"<ul{f' class={chr(34)}{kind}{chr(34)}' if kind else ''}>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"


def table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[object]], raw: bool = False) -> str:
    """A table whose first column names the rows; `raw`: the first cells are HTML already."""
    figures = [bool(rows) and all(_is_figure(row[at]) for row in rows) for at in range(len(heads))]
    head = "".join(f'<th scope="col"{KIND if at else ""}>{escape(one)}</th>' for one, at in zip(heads, figures, strict=True))
    lines = "".join(_row(row, raw) for row in rows)
    said = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f'<div class="scroll"><table>{said}<thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div>'


def _row(row: Sequence[object], raw: bool) -> str:
    first, *rest = row
    name = str(first) if raw else escape(str(first))
    return f'<tr><th scope="row">{name}</th>' + "".join(_cell(one) for one in rest) + "</tr>"


def _cell(one: object) -> str:
    return f"<td{KIND if _is_figure(one) else ''}>{escape(figure(one))}</td>"


def _is_figure(one: object) -> bool:
    """Whether a cell stands on the right: a number, a share, or nothing."""
    return one is None or isinstance(one, int | float) or (isinstance(one, str) and one[-1:] == "%" and one[:-1].isdecimal())


def figure(number: object) -> str:
    """A number as one reads it; a text as it is; a dash for None."""
    if number is None:
        return "—"
    return f"{number:.6g}" if isinstance(number, float) else str(number)


def percent(share: float) -> str:
    """A share as whole per cent."""
    return f"{100 * share:.0f}%"


def bars(title: str, rows: Sequence[tuple[str, float]]) -> str:
    """Horizontal bars of shares; the numbers stand beside them, and in the table that belongs to the chart."""
    tall = ROW * len(rows) + 4
    room = WIDE - LEFT - 60
    inside = "".join(_bar(at * ROW, name, share, room) for at, (name, share) in enumerate(rows))
    return f'<figure><svg viewBox="0 0 {WIDE} {tall}" role="img" aria-label="{escape(title)}">{inside}</svg></figure>'


def _bar(top: int, name: str, share: float, room: int) -> str:
    middle = top + 17
    return (
        f'<text x="{LEFT - 8}" y="{middle}" text-anchor="end">{escape(short(name))}</text>'
        f'<rect class="track" x="{LEFT}" y="{top + 4}" width="{room}" height="18"/>'
        f'<rect class="bar" x="{LEFT}" y="{top + 4}" width="{room * share:.1f}" height="18"/>'
        f'<text x="{LEFT + room + 8}" y="{middle}">{percent(share)}</text>'
    )


def short(name: str, most: int = 26) -> str:
    """A name that fits beside a bar."""
    return name if len(name) <= most else name[: most - 1] + "…"


def dots(title: str, values: Sequence[float], result: float | None) -> str:
    """A dot for each value, equal ones stacked, and a line at the result."""
    everything = [*values, *([] if result is None else [result])]
    low, high = min(everything), max(everything)
    span = (high - low) or 1
    stacks: dict[int, int] = {}
    marks, top = "", 0
    for value in sorted(values):
        x = round(30 + (WIDE - 60) * (value - low) / span)
        bin_ = x // 10
        stacks[bin_] = stacks.get(bin_, 0) + 1
        top = max(top, stacks[bin_])
        marks += f'<circle class="dot" cx="{bin_ * 10 + 5}" cy="{-11 * stacks[bin_] + 5}" r="4.5"/>'
    line = ""
    if result is not None:
        x = round(30 + (WIDE - 60) * (result - low) / span) // 10 * 10 + 5
        line = f'<line class="result" x1="{x}" x2="{x}" y1="{-11 * top - 8}" y2="0"/>'
    ends = f'<text x="30" y="20">{figure(low)}</text><text x="{WIDE - 30}" y="20" text-anchor="end">{figure(high)}</text>'
    axis = f'<line class="axis" x1="20" x2="{WIDE - 20}" y1="1" y2="1"/>'
    tall = 11 * top + 40
    return f'<figure><svg viewBox="0 {26 - tall} {WIDE} {tall}" role="img" aria-label="{escape(title)}">{axis}{line}{marks}{ends}</svg></figure>'

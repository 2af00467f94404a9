"""What a cell shows besides pictures: a small card of sentences, or a table.

In:  a title, sentences, rows.   Out: something a notebook shows by itself when it is the last line of a cell.
Each comes as HTML and again as plain text: for readers who listen, and for screens that cannot draw.
Left out on purpose: colours. A card has the look of the page it stands on, by day and by night.
"""

import re
import unicodedata
from html import escape


class Shown:
    """Something a notebook can show: several forms of the same thing, from which it takes the best."""

    def __init__(self, forms):
        """A thing with these forms: {kind of form: content}."""
        self.forms = forms

    def _repr_mimebundle_(self, include=None, exclude=None):
        return self.forms

    def __repr__(self):
        return self.forms["text/plain"]


def card(title, sentences=(), rows=(), more=None):
    """A card with a title, sentences, and a table whose first row holds the heads; `more` adds other forms.

    >>> card("予想", ["あとで比べます。"], [("予想", "結果"), (10, 8)])
    【予想】
    あとで比べます。
    予想 | 結果
    10   | 8
    """
    plain = "\n".join([f"【{title}】", *sentences, *([lined_up(rows)] if rows else [])])
    inside = "".join(f"<p>{_with_code(one)}</p>" for one in sentences)
    head = f"<p><strong>{escape(title)}</strong></p>"
    html = f'<div class="k-card" role="note">{head}{inside}{_table(rows) if rows else ""}</div>'
    return Shown({"text/html": html, "text/plain": plain} | (more or {}))


def _with_code(sentence):
    """A sentence as HTML; what stands between backquotes is code."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", escape(sentence))


def table(rows, title=""):
    """A table whose first row holds the heads.

    >>> table([("建物", "割合"), ("神社", 0.0512)])
    建物 | 割合
    神社 | 0.051
    """
    return Shown({"text/html": _table(rows, title), "text/plain": lined_up(rows)})


def _table(rows, title=""):
    head, *body = [[escape(figure(cell)) for cell in row] for row in rows]
    caption = f"<caption>{escape(title)}</caption>" if title else ""
    heads = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in body)
    return f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"


def figure(cell):
    """A cell as one reads it: a fraction to two or three figures, everything else as it is.

    >>> figure(0.051249), figure(12.5), figure(3), figure("神社")
    ('0.051', '12.5', '3', '神社')
    """
    if isinstance(cell, float):
        return f"{cell:.0f}" if abs(cell) >= 1000 else f"{cell:.3g}" if abs(cell) >= 0.1 else f"{cell:.2g}"
    return str(cell)


def lined_up(rows):
    """Rows as lines of text, the columns under one another, wide signs counted as two.

    >>> print(lined_up([("a", 1), ("鳥居", 0.123456)]))
    a    | 1
    鳥居 | 0.123
    """
    texts = [[figure(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*texts, strict=True)]
    lines = [
        " | ".join(cell + " " * (wide - _width(cell)) for cell, wide in zip(row, widths, strict=True))
        for row in texts
    ]
    return "\n".join(line.rstrip() for line in lines)


def _width(cell):
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in cell)

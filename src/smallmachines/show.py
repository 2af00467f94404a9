"""Things to look at: drawings as pictures, numbers as charts, and both again in words.

In:  drawings or numbers.   Out: something a notebook shows by itself when it is the last line of a cell.
A picture comes with a table of its rows in words, a chart with a table of its numbers: for readers who
listen, and for screens that cannot draw. The colours stay six for colour-blind eyes and in grey print.
Left out on purpose: every choice of style.
"""

from html import escape
from itertools import groupby

from smallmachines.cards import Shown, table
from smallmachines.charts import bars, lines, scatter
from smallmachines.inputs import expect_whole
from smallmachines.paper import expect_drawing, expect_drawings, text
from smallmachines.words import expect, say, short

__all__ = ["bars", "gallery", "grid", "in_words", "lines", "picture", "scatter", "table"]
PAINTS = {".": "#a9dcf5", "R": "#d5421e", "K": "#3b3f54", "W": "#fffaf0", "G": "#009e73", "Y": "#e8b000"}
CARD, INK = "#3b3f54", "#fffaf0"  # the frame with its label carries its own colours: readable on any page


def picture(drawing, title=None):
    """One drawing as a picture.

    >>> from smallmachines.drawings import draw
    >>> sorted(picture(draw("神社")).forms)
    ['image/svg+xml', 'text/html', 'text/plain']
    """
    title = title or say("picture")
    rows = [(y, in_words(row)) for y, row in enumerate(expect_drawing(drawing), 1)]
    svg = _svg(_cells(drawing, 0, 0), 16, 16, 12, title, say("read-on"))
    return _shown(svg, title, (say("row"), say("colours")), rows, text(drawing))


def grid(drawings, labels=None, columns=6, title=None):
    """Many drawings side by side, each with its label, or its number if there are none.

    >>> from smallmachines.drawings import draw
    >>> both = grid([draw("神社"), draw("家")], ["神社", "家"])
    >>> both.forms["image/svg+xml"].count("<text"), both.forms["text/plain"].splitlines()[0]
    (2, '神社')
    """
    names = _labels(labels, len(expect_drawings(drawings)))
    expect_whole("columns", columns, 1, 30)
    title, columns = title or say("pictures", n=len(drawings)), min(columns, len(drawings))
    places = [(18 * (i % columns), 22 * (i // columns)) for i in range(len(drawings))]
    cards = "".join(_card(*one) for one in zip(drawings, names, places, strict=True))
    svg = _svg(cards, 18 * columns, places[-1][1] + 22, 5, title, ", ".join(names))
    rows = [(i, name, _most(d)) for i, (name, d) in enumerate(zip(names, drawings, strict=True), 1)]
    plain = "\n\n".join(f"{name}\n{text(d)}" for d, name in zip(drawings, names, strict=True))
    return _shown(svg, title, (say("picture"), say("name"), say("colours")), rows, plain)


def gallery(pictures, labels=None, columns=6, title=None):
    """Pictures of round lines (the inside of an SVG of 128 x 128) side by side, each with its label.

    >>> gallery(['<circle cx="64" cy="64" r="60" fill="#d5421e"/>'], ["red"]).forms["text/plain"]
    'red'
    """
    fine = (
        isinstance(pictures, list | tuple)
        and pictures
        and all(isinstance(p, str) and "<" in p for p in pictures)
    )
    expect(fine, "gallery", found=short(pictures))
    names = _labels(labels, len(pictures))
    expect_whole("columns", columns, 1, 30)
    title, columns = title or say("pictures", n=len(pictures)), min(columns, len(pictures))
    places = [(18 * (i % columns), 22 * (i // columns)) for i in range(len(pictures))]
    cards = "".join(_framed(*one) for one in zip(pictures, names, places, strict=True))
    svg = _svg(cards, 18 * columns, places[-1][1] + 22, 6, title, ", ".join(names))
    return Shown({"image/svg+xml": svg, "text/html": f"<div>{svg}</div>", "text/plain": "\n".join(names)})


def in_words(row):
    """A row as one reads it aloud: how many cells of which colour, from the left.

    >>> in_words("..RRR.....RRR...")
    '空 2, 赤 3, 空 5, 赤 3, 空 3'
    """
    return ", ".join(f"{say('colour ' + colour)} {length}" for _, length, colour in _runs(row))


def _labels(labels, n):
    if labels is None:
        return [str(i) for i in range(1, n + 1)]
    expect(isinstance(labels, list | tuple) and len(labels) == n, "labels", n=n, found=short(labels))
    return [str(label) for label in labels]


def _most(drawing):
    """The colours of a whole drawing, the most first."""
    return in_words("".join(sorted("".join(drawing), key=lambda c: (-"".join(drawing).count(c), c))))


def _runs(row):
    x = 0
    for colour, cells in groupby(row):
        length = len(list(cells))
        yield x, length, colour
        x += length


def _card(drawing, label, place):
    frame, words = _frame(label, place)
    return frame + _cells(drawing, place[0] + 1, place[1] + 1) + words


def _framed(picture, label, place):
    frame, words = _frame(label, place)
    at = f'transform="translate({place[0] + 1} {place[1] + 1}) scale(.125)" shape-rendering="auto"'
    return f'{frame}<g {at}><rect width="128" height="128" fill="#fff"/>{picture}</g>{words}'


def _frame(label, place):
    left, top = place
    frame = f'<rect x="{left + 0.5}" y="{top + 0.5}" width="17" height="21" rx=".5" fill="{CARD}"/>'
    size = min(2.8, 15 / max(1, sum(1 if ord(sign) > 0x2E7F else 0.6 for sign in label)))
    words = f'<text x="{left + 9}" y="{top + 20}" font-size="{size:.2f}" fill="{INK}">{escape(label)}</text>'
    return frame, words


def _cells(drawing, left, top):
    """One path for every colour, made of its runs of cells, so that a grid stays light."""
    runs = [
        (c, f"M{left + x} {top + y}h{n}v1h-{n}z") for y, row in enumerate(drawing) for x, n, c in _runs(row)
    ]
    return "".join(
        f'<path fill="{PAINTS[colour]}" d="{"".join(run for _, run in same)}"/>'
        for colour, same in groupby(sorted(runs), key=lambda pair: pair[0])
    )


def _svg(inside, width, height, scale, title, description):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width * scale}" '
        f'style="max-width:100%;height:auto" shape-rendering="crispEdges" role="img" '
        f'aria-label="{escape(title)}" text-anchor="middle" font-family="sans-serif">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{inside}</svg>"
    )


def _shown(svg, title, heads, rows, plain):
    words = table([heads, *rows], title).forms["text/html"]
    html = f"<div>{svg}<details><summary>{say('in-words')}</summary>{words}</details></div>"
    return Shown({"image/svg+xml": svg, "text/html": html, "text/plain": plain})

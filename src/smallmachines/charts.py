"""Numbers as charts: bars, lines, points.

In:  names with numbers.   Out: a chart that a notebook shows by itself, and the same numbers as a table.
The chart is a description (Vega-Lite) that the notebook draws; without a drawing program the table stays.
Left out on purpose: every choice of style. The colours can be told apart by colour-blind eyes.
"""

import smallmachines.picturewords  # noqa: F401  it teaches `say` the words of a chart
from smallmachines.cards import Shown, lined_up
from smallmachines.words import expect, say, short

COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"]  # Okabe and Ito 2008
SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"]
GREY = "#777777"  # for all words: reads on a white page (4.5 : 1) and on a black one (4.7 : 1)
WORDS = {"labelColor": GREY, "titleColor": GREY}
AXIS = WORDS | {
    "domainColor": GREY,
    "tickColor": GREY,
    "gridColor": GREY,
    "gridOpacity": 0.25,
    "labelAngle": 0,
}
VEGA = "application/vnd.vegalite.v5+json"


def _chart(spec, rows):
    """The description for programs that draw, the numbers for everyone else."""
    return Shown({VEGA: spec, "text/plain": lined_up(rows)})


def bars(numbers, title="", x="", y=""):
    """A bar for every name.

    >>> print(bars({"神社": 0.1, "中国のお寺": 0.6}))
    名前       | 数
    神社       | 0.1
    中国のお寺 | 0.6
    """
    fine = isinstance(numbers, dict) and numbers and all(map(_number, numbers.values()))
    _expect_chart(fine, numbers, '{"A": 0.1, "B": 0.9}')
    x, y = x or say("name"), y or say("value")
    axes = {"x": _axis("x", x, "nominal", sort=None), "y": _axis("y", y, "quantitative")}
    rows = [{"x": str(name), "y": number} for name, number in numbers.items()]
    spec = _spec({"type": "bar", "color": COLOURS[0]}, axes, rows, title)
    return _chart(spec, [(x, y), *((row["x"], row["y"]) for row in rows)])


def lines(series, title="", x="", y=""):
    """A line for every series: {name: {x: y}}.

    >>> print(lines({"K=8": {1: 0.1, 10: 0.8}, "K=20": {1: 0.3, 10: 0.9}}, x="%"))
    系列 | %  | 数
    K=8  | 1  | 0.1
    K=8  | 10 | 0.8
    K=20 | 1  | 0.3
    K=20 | 10 | 0.9
    """
    chart = scatter(series, title, x, y)
    spec = chart.forms[VEGA]
    signs = {sign: spec["encoding"].pop(sign) for sign in ("color", "shape")}
    quiet = {"stroke": signs["color"] | {"legend": None}}  # the points' legend shows colour and shape at once
    spec["layer"] = [{"mark": "line", "encoding": quiet}, {"mark": spec.pop("mark"), "encoding": signs}]
    return chart


def scatter(series, title="", x="", y=""):
    """A cloud of points for every series: {name: [(x, y), ...]}.

    >>> print(scatter({"A": [(1, 2), (1, 3)]}, x="x", y="y"))
    系列 | x | y
    A    | 1 | 2
    A    | 1 | 3
    """
    _expect_chart(isinstance(series, dict) and series, series)
    rows = [{"x": a, "y": b, "series": str(key)} for key, points in series.items() for a, b in _pairs(points)]
    heads = (say("line"), x or say("name"), y or say("value"))
    axes = {"x": _axis("x", heads[1], "quantitative"), "y": _axis("y", heads[2], "quantitative")}
    axes["color"] = _axis("series", heads[0], "nominal", sort=None, scale={"range": COLOURS})
    axes["shape"] = axes["color"] | {"scale": {"range": SHAPES}}  # a second sign beside the colour
    spec = _spec({"type": "point", "filled": True, "size": 60, "opacity": 1}, axes, rows, title)
    return _chart(spec, [heads, *((r["series"], r["x"], r["y"]) for r in rows)])


def _pairs(points):
    fine = isinstance(points, dict | list | tuple) and points
    _expect_chart(fine, points)
    pairs = list(points.items() if isinstance(points, dict) else points)
    _expect_chart(
        all(isinstance(p, tuple | list) and len(p) == 2 and all(map(_number, p)) for p in pairs), points
    )
    return pairs


def _axis(field, title, kind, **more):
    return {"field": field, "type": kind, "title": title} | more


def _spec(mark, axes, rows, title):
    config = {"axis": AXIS, "legend": WORDS, "title": {"color": GREY}, "view": {"stroke": None}}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": None,
        "title": title,
        "description": title,
        "width": 360,
        "height": 220,
        "data": {"values": rows},
        "mark": mark | {"tooltip": True},
        "encoding": axes,
        "config": config,
    }


def _number(thing):
    return isinstance(thing, int | float) and abs(thing) < float("inf")


def _expect_chart(fine, found, example='{"K=8": {1: 0.1, 10: 0.8}}'):
    expect(fine, "chart", found=short(found), example=example)

"""Charts of notebooks as pictures: Vega-Lite descriptions drawn once at build, readable by day and by night.

In:  the descriptions that smallmachines.charts makes.   Out: SVG with a name, without styles, fonts, ids and addresses.
Text is measured with the site's own typeface, so that a chart is the same wherever the site is built.
Left out on purpose: everything that moves; the page gives the same numbers as a table (outputs).
"""

from __future__ import annotations

import html
import json
import re
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path
from xml.etree import ElementTree

from komainu import font
from komainu.memo import Memo, digest
from komainu.words import say

VERSION = "5.21"
"""The Vega-Lite that draws; the notebooks' descriptions are for Vega-Lite 5."""
GREY = "#777777"
CONFIG = {
    "font": "BIZ UDPGothic",
    "axis": {"labelFontSize": 12, "titleFontSize": 13, "titleFontWeight": "normal"},
    "legend": {"orient": "bottom", "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "symbolBaseFillColor": GREY, "symbolBaseStrokeColor": GREY},
    "title": {"fontSize": 14},
}
"""For phones: larger letters, and the legend below; and signs of a legend without a colour are not black."""
ELEMENTS = ("g", "path", "line", "rect", "circle", "text", "tspan")
ATTRIBUTES = (
    "d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "transform", "dx", "dy", "text-anchor", "font-size",
    "font-weight", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "opacity",
)
IDLE = {"opacity": "1", "fill-opacity": "1", "stroke-opacity": "1", "stroke-width": "1", "transform": "translate(0,0)", "x2": "0", "y2": "0"}
"""What says no more than its absence."""


def drawn(root: Path, wanted: Iterable[tuple[str, dict]]) -> dict[str, str]:
    """The picture of every chart, by `name(lang, spec)`; `wanted` holds languages and descriptions."""
    charts = {name(lang, spec): (lang, spec) for lang, spec in wanted}
    version = metadata.version("vl-convert-python")
    memo = Memo(root / "build" / "cache" / "charts", digest(f"{version} {_digest_of_this()}".encode()))
    pen = cache(lambda: _typeface(root, set("".join(charts))))
    pictures = {key: memo.get([key.encode()], lambda chart=chart: (pen(), _draw(*chart))[1]) for key, chart in charts.items()}
    memo.save()
    return pictures


def name(lang: str, spec: dict) -> str:
    """What a chart is known by: everything that decides how it looks."""
    return f"{lang} {json.dumps(spec, ensure_ascii=False, sort_keys=True)}"


@cache
def _digest_of_this() -> str:
    return digest(Path(__file__).read_bytes())


def _typeface(root: Path, characters: set[str]) -> None:
    """Let the drawing program measure text with the site's typeface; it reads fonts from folders only."""
    import vl_convert

    digits = set("0123456789.,-−%e+ ")  # of the axes, which no description holds
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder, "chart.ttf").write_bytes(font.subset(root, characters | digits, 0, None))
        vl_convert.register_font_directory(folder)
        vl_convert.vegalite_to_svg({"mark": "point"}, vl_version=VERSION)  # it is read now, while it is there


def _draw(lang: str, spec: dict) -> str:
    import vl_convert

    svg = vl_convert.vegalite_to_svg(spec, vl_version=VERSION, config=CONFIG, allowed_base_urls=[])
    return cleaned(svg, title(lang, spec), say(lang, "chart_desc"))


def title(lang: str, spec: dict) -> str:
    """What a chart is called: its title, or what its axes show."""
    axes = [spec.get("encoding", {}).get(axis, {}).get("title", "") for axis in ("y", "x")]
    return spec.get("title") or say(lang, "chart_axes", y=axes[0], x=axes[1])


# --- a light SVG ---------------------------------------------------------------------------------

def cleaned(svg: str, title: str, description: str) -> str:
    """The picture with only what is seen, a name and a description; nothing in it needs or breaks a content policy."""
    root = ElementTree.fromstring(svg)  # noqa: S314  our own program drew it a moment ago
    inside = "".join(_written(child) for child in root)
    return (
        f'<svg viewBox="{root.get("viewBox")}" width="{root.get("width")}" role="img" aria-label="{html.escape(title)}">'
        f"<title>{html.escape(title)}</title><desc>{html.escape(description)}</desc>{inside}</svg>"
    )


def _written(element: ElementTree.Element) -> str:
    tag = element.tag.rpartition("}")[2]
    if tag not in ELEMENTS or element.get("display") == "none" or _unseen(tag, element):
        return ""
    inside = html.escape(element.text or "", quote=False) + "".join(_written(child) for child in element)
    attributes = "".join(_attributes(element))
    if tag == "g" and not (inside and attributes):
        return inside
    return f"<{tag}{attributes}>{inside}</{tag}>" if inside else f"<{tag}{attributes}/>"


def _unseen(tag: str, element: ElementTree.Element) -> bool:
    """A shape without colour: the frames that the drawing program lays under every group."""
    return tag in ("path", "rect") and all(element.get(paint, "none") in ("none", "transparent") for paint in ("fill", "stroke"))


def _attributes(element: ElementTree.Element) -> Iterator[str]:
    for key in ATTRIBUTES:
        value = re.sub(r"-?\d+\.\d+", _short, element.get(key, ""))
        if value and IDLE.get(key) != value:
            yield f' {key}="{html.escape(value)}"'


def _short(number: re.Match[str]) -> str:
    text = f"{float(number[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text

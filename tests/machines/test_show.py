"""Pictures and charts: for eyes that see all colours, for eyes that do not, and for ears."""

import itertools
import json
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from smallmachines import words
from smallmachines.charts import COLOURS as CHART_COLOURS
from smallmachines.charts import GREY, VEGA
from smallmachines.drawings import collect, draw, names
from smallmachines.show import CARD, INK, PAINTS, bars, gallery, grid, lines, picture, scatter

# Machado, Oliveira & Fernandes 2009, severity 1.0, on linear RGB.
EYES = {
    "all cones": np.eye(3),
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def tree(text):
    return ET.fromstring(text)  # noqa: S314  our own drawing


def linear(colour):
    c = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ rgb
    t = np.clip(xyz / [0.9505, 1, 1.089], 0, None)
    f = np.where(t > 0.008856, np.cbrt(t), 7.787 * t + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(one, two):
    light = sorted(float(np.dot([0.2126, 0.7152, 0.0722], linear(c))) + 0.05 for c in (one, two))
    return light[1] / light[0]


@pytest.mark.parametrize("eye", EYES)
def test_six_colours_stay_six_for_every_eye(eye):
    """Any two colours of a drawing can be told apart, with any kind of colour blindness."""
    seen = {k: lab(np.clip(np.array(EYES[eye]) @ linear(c), 0, 1)) for k, c in PAINTS.items()}
    for one, two in itertools.combinations(PAINTS, 2):
        assert np.linalg.norm(seen[one] - seen[two]) > 18, (one, two)


def test_six_colours_are_six_greys():
    """A worksheet printed in black and white still shows six kinds of cells."""
    greys = sorted(PAINTS.values(), key=lambda colour: contrast(colour, "#000000"))
    assert min(contrast(one, other) for one, other in itertools.pairwise(greys)) > 1.3


def test_words_are_readable_on_light_and_dark_pages():
    """Labels bring their own ground; the grey of the charts reads on white and on black."""
    assert contrast(CARD, INK) > 7
    assert min(contrast(GREY, "#ffffff"), contrast(GREY, "#111111")) > 4
    for colour in CHART_COLOURS:
        assert contrast(colour, "#111111") > 2.9 or contrast(colour, "#ffffff") > 2.9


def cells_of(svg):
    """The colours of a 16 x 16 picture, read back from its paths."""
    found = {}
    for path in tree(svg).iter("{http://www.w3.org/2000/svg}path"):
        for run in path.get("d").split("M")[1:]:
            place, rest = run.split("h", 1)
            x, y = map(int, place.split())
            for i in range(int(rest.split("v")[0])):
                found[y, x + i] = path.get("fill")
    return found


@pytest.mark.parametrize("word", names())
def test_the_picture_is_the_drawing(word):
    """Every cell has its colour, once."""
    drawing = draw(word, 3)
    found = cells_of(picture(drawing).forms["image/svg+xml"])
    assert found == {(y, x): PAINTS[c] for y, row in enumerate(drawing) for x, c in enumerate(row)}


def test_pictures_speak():
    """A title, a description, and a table of 16 rows in words, in both languages."""
    for lang, sky in (("en", "sky 16"), ("ja", "空 16")):
        words.language(lang)
        forms = picture(draw("神社", 1), "A & <B>").forms
        svg = tree(forms["image/svg+xml"])
        assert svg.get("role") == "img"
        assert svg.get("aria-label") == svg[0].text == "A & <B>"
        assert svg[1].tag.endswith("desc")
        assert svg[1].text
        assert svg.get("viewBox") == "0 0 16 16"
        assert svg.get("shape-rendering") == "crispEdges"
        html = tree(forms["text/html"])
        assert len(html.findall(".//tbody/tr")) == 16
        assert sky in forms["text/html"]


def test_a_grid_has_a_card_for_every_drawing():
    """Thirty drawings, thirty labels, thirty rows in the table, and it stays light."""
    drawings = [drawing for _, drawing in collect({"神社": 30})]
    forms = grid(drawings, columns=7)._repr_mimebundle_()
    svg = tree(forms["image/svg+xml"])
    assert svg.get("viewBox") == "0 0 126 110"
    assert len(list(svg.iter("{http://www.w3.org/2000/svg}text"))) == 30
    assert len(tree(forms["text/html"]).findall(".//tbody/tr")) == 30
    assert len(forms["image/svg+xml"]) < 120_000
    assert forms["text/plain"].count("\n\n") == 29


CHARTS = {
    "bars": lambda: bars({"神社": 0.1, "中国のお寺": 0.6}, title="t"),
    "lines": lambda: lines({"K=8": {1: 0.1, 10: 0.8}, "K=20": {1: 0.3, 10: 0.9}}, title="t", x="x", y="y"),
    "scatter": lambda: scatter({"A": [(0.1, 2), (0.3, 3)], "B": [(1, 1)]}, title="t"),
}


@pytest.mark.parametrize("kind", CHARTS)
def test_charts_are_vega_lite_with_a_table(kind):
    """A description that is plain JSON, without a background, and the numbers as text."""
    bundle = CHARTS[kind]()._repr_mimebundle_()
    spec = json.loads(json.dumps(bundle[VEGA]))
    assert VEGA == "application/vnd.vegalite.v5+json"
    assert spec["$schema"].endswith("/vega-lite/v5.json")
    assert spec["background"] is None
    channels = spec["encoding"] | spec.get("layer", [spec])[-1]["encoding"]
    fields = {channel["field"] for channel in channels.values()}
    assert all(fields <= set(row) for row in spec["data"]["values"])
    assert len(bundle["text/plain"].splitlines()) == len(spec["data"]["values"]) + 1
    if kind != "bars":
        assert channels["color"]["field"] == channels["shape"]["field"]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: picture("家"),
        lambda: picture(None),
        lambda: grid([]),
        lambda: grid(draw("家")),
        lambda: grid(None, ["a"]),
        lambda: grid([draw("家")], ["a", "b"]),
        lambda: grid([draw("家")], 3),
        lambda: grid([draw("家")], columns=0),
        lambda: bars({}),
        lambda: bars([1, 2]),
        lambda: bars({"a": "1"}),
        lambda: bars({"a": float("nan")}),
        lambda: lines({}),
        lambda: lines({"a": 3}),
        lambda: lines({"a": {"x": 1}}),
        lambda: lines({"a": {}}),
        lambda: scatter([(1, 2)]),
        lambda: scatter({"a": [1, 2]}),
    ],
)
def test_wrong_input_gets_one_kind_sentence(wrong):
    """One sentence that says what to do."""
    words.language("ja")
    with pytest.raises(ValueError, match="ください"):
        wrong()


ROUND = '<circle cx="64" cy="64" r="60" fill="#d5421e"/>'


def test_a_gallery_frames_round_pictures_and_names_them():
    """Each picture stands in a frame of its own, with its label, and the labels are there in words."""
    shown = gallery([ROUND, ROUND], ["<one>", "two"])
    svg = tree(shown.forms["image/svg+xml"])
    assert len(svg.findall("{http://www.w3.org/2000/svg}g")) == 2
    assert [text.text for text in svg.iter("{http://www.w3.org/2000/svg}text")] == ["<one>", "two"]
    assert shown.forms["text/plain"] == "<one>\ntwo"


@pytest.mark.parametrize("bad", [[], "<circle/>", [1], ["no picture"], None])
def test_a_gallery_of_something_else_is_refused_kindly(bad):
    """A list of pictures is asked for, in one sentence."""
    with pytest.raises(ValueError, match="SVG") as caught:
        gallery(bad)
    assert caught.value.kind

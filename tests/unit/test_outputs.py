"""Outputs of cells on a page: light, safe under a strict content policy, and whole after Markdown has had them."""

import io
import re
import zipfile
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import markdown
import pytest
import yaml

from komainu import drawn, executed, exercise_pages, outputs, zips
from komainu.parts import fence
from komainu.words import say
from komainu.writing import as_code, literal
from smallmachines import words
from smallmachines.cards import card
from smallmachines.drawings import draw
from smallmachines.show import bars, grid, lines

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _japanese():
    words.language("ja")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with the typeface by which charts are measured."""
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules", target_is_directory=True)
    return tmp_path


def shown(thing) -> dict:
    return {"output_type": "execute_result", "data": dict(thing.forms)}


def as_page(text: str) -> str:
    """Markdown as the site's builder turns it into HTML."""
    entries = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["markdown_extensions"]
    settings = {name: given for entry in entries if isinstance(entry, dict) for name, given in entry.items()}
    names = [entry if isinstance(entry, str) else next(iter(entry)) for entry in entries]
    return markdown.markdown(text, extensions=names, extension_configs=settings)


def drawing(root: Path, chart, lang: str = "ja") -> str:
    spec = chart.forms[executed.CHART]
    return drawn.drawn(root, [(lang, spec)])[drawn.name(lang, spec)]


# --- charts --------------------------------------------------------------------------------------

def test_a_chart_is_a_light_picture_with_a_name(root):
    """Title and description for those who listen; no style, class, id, font or address in it; a few kB."""
    svg = drawing(root, lines({"K=8": {1: 0.1, 10: 0.8}, "K=20": {1: 0.3, 10: 0.9}}, title="<神社> & 家", x="枚数"))
    tree = ElementTree.fromstring(svg)  # noqa: S314  our own program drew it a moment ago
    assert tree.get("role") == "img"
    assert tree.get("aria-label") == tree[0].text == "<神社> & 家"
    assert tree[1].text == say("ja", "chart_desc")
    names = {name for element in tree.iter() for name in element.attrib}
    assert names <= {*drawn.ATTRIBUTES, "viewBox", "role", "aria-label"}
    assert "http" not in svg
    assert "black" not in svg
    assert len(svg) < 8_000
    assert svg.count(">K=8<") == svg.count(">K=20<") == 1, "one legend"


def test_a_chart_without_a_title_is_named_by_its_axes(root):
    """Nobody hears of a picture without a name."""
    chart = bars({"神社": 0.1}, x="建物", y="割合")
    assert 'aria-label="建物ごとの割合"' in drawing(root, chart)
    assert 'aria-label="割合 by 建物"' in drawing(root, chart, "en")


def test_a_chart_is_drawn_once(root, monkeypatch):
    """The second build takes it as it was."""
    chart = bars({"神社": 0.1, "家": 0.5})
    first = drawing(root, chart)
    monkeypatch.setattr(drawn, "_draw", lambda *_: pytest.fail("drawn again"))
    assert drawing(root, chart) == first


@pytest.mark.parametrize(
    ("svg", "left"),
    [
        ('<g class="a" style="x"><path d="M0,0h5.00000001" fill="red"/></g>', '<path d="M0,0h5" fill="red"/>'),
        ('<path d="M0,0h1v1h-1Z"/>', ""),
        ('<rect width="5" height="5" fill="none"/>', ""),
        ('<path d="M0,0h5" fill="red" display="none"/>', ""),
        ('<g transform="translate(1.006,-0.0001)"><line x2="3" y2="0" opacity="1"/></g>', '<g transform="translate(1.01,0)"><line x2="3"/></g>'),
        ('<script>alert(1)</script><image href="https://example.com/a.png"/>', ""),
        ('<text onclick="x" font-family="sans-serif" font-size="12px">a &lt; b</text>', '<text font-size="12px">a &lt; b</text>'),
    ],
)
def test_only_what_is_seen_stays(svg, left):
    """Frames without colour, hidden shapes, scripts and attributes that a policy forbids are gone; numbers are short."""
    cleaned = drawn.cleaned(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9">{svg}</svg>', "t", "d")
    assert cleaned.partition("</desc>")[2].removesuffix("</svg>") == left


# --- outputs -------------------------------------------------------------------------------------

def test_text_is_escaped_and_cannot_open_a_fence():
    """Signs of HTML and Markdown in what was printed are signs."""
    block = outputs.block("ja", [{"output_type": "stream", "text": "<b> & `x`\n\n```\n~~~ **y**\n"}])
    assert block == f'<div class="k-output" role="group" aria-label="出力"><pre>{"&lt;b&gt; &amp; &#96;x&#96;"}\n\n&#96;&#96;&#96;\n&#126;~~ **y**</pre></div>'


@pytest.mark.parametrize("found", [[], [{"output_type": "stream", "text": " \n"}]])
def test_a_cell_that_shows_nothing_has_no_block(found):
    """No empty box."""
    assert outputs.block("ja", found) == ""


def test_our_own_html_comes_without_styles():
    """A picture keeps its words and loses the style that a content policy forbids; a text about styles stays."""
    block = outputs.block("ja", [shown(grid([draw("神社"), draw("家")])), shown(card("t", ['x style="y"']))])
    assert "<svg" in block
    assert "<details>" in block
    assert not re.search(r"<[^>]* style=", block)
    assert "style=&quot;y&quot;" in block


def test_a_chart_has_its_numbers_as_a_table(root):
    """What the picture shows can be read: heads, rows, and nothing cut off."""
    chart = bars({"神社": 0.1, "中国のお寺": 0.6}, x="建物", y="割合")
    data = dict(chart.forms) | {executed.SVG: drawing(root, chart)}
    block = outputs.block("ja", [{"data": data}])
    assert '<th scope="col">建物</th><th scope="col">割合</th>' in block
    assert "<tr><td>中国のお寺</td><td>0.6</td></tr>" in block
    assert f"<summary>{say('ja', 'chart_table')}</summary>" in block


def test_a_table_whose_columns_cannot_be_told_stays_text():
    """Better lines as they were than cells in the wrong column."""
    assert outputs._table("a | b\nx | y | z") == "<pre>a | b\nx | y | z</pre>"


@pytest.mark.parametrize("around", ["{}", '<div class="k-furigana" markdown>\n\n{}\n\n</div>'])
def test_outputs_go_through_markdown_unharmed(around):
    """Blank lines, marks, pictures and code between them come out as they went in, also inside another block."""
    printed = {"output_type": "stream", "text": "one\n\n* two *\n    three_four_ [five](six)"}
    block = outputs.block("ja", [printed, shown(card("予想", ["1 < 2 *a* _b_"])), shown(grid([draw("神社")]))])
    html = as_page(around.format(f"text\n\n{fence('x = 1')}\n\n{block}\n\nmore"))
    assert "<pre>one\n\n* two *\n    three_four_ [five](six)</pre>" in html
    assert "1 &lt; 2 *a* _b_" in html
    assert html.count("<svg") == html.count("</svg>") == 1
    assert "<em>" not in html
    assert '<div class="highlight">' in html


# --- words of the page ---------------------------------------------------------------------------

@pytest.mark.parametrize("text", ["a*b*c", "x < y & z", "`a` | [b](c) {d} ~~e~~ \\_", "__init__"])
def test_plain_text_stays_plain(text):
    """What stands in checks.yml is no Markdown, in a sentence and in a table."""
    bare = re.sub(r"<[^>]+>", "", as_page(f"| h |\n| --- |\n| {literal(text)} {as_code(text)} |"))
    assert unescape(bare).count(text) == 2


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ({"equals": None}, "gives <code>None</code>"),
        ({"equals": "京都"}, "gives <code>'京都'</code>"),
        ({"approx": 0.5, "within": 1e-6}, "gives <code>0.5</code> (within 0.000001)"),
        ({"between": [1, 3]}, "gives something from <code>1</code> to <code>3</code>"),
        ({"one_of": [1, "b"]}, "gives one of <code>1</code>, <code>'b'</code>"),
        ({"type": "int"}, "gives something of type <code>int</code>"),
        ({"raises": "ValueError"}, "stops with <code>ValueError</code>"),
        ({"prints": "a"}, "prints <code>'a'</code>"),
        ({"has": ["Return"], "lacks": ["call:print"]}, "has <code>Return</code>, lacks <code>print</code>"),
    ],
)
def test_an_expectation_is_said_in_words(expect, said):
    """Teachers read sentences, not fields of a file."""
    here = SimpleNamespace(lang="en", say=lambda name, **values: say("en", name, **values))
    assert exercise_pages.expected(here, SimpleNamespace(expect=expect)) == said


def test_a_fence_is_longer_than_any_in_the_code():
    """A program that holds a fence of its own stays one block."""
    assert fence('"""```"""') == '````python\n"""```"""\n````'


def test_a_zip_is_the_same_whenever_it_is_made():
    """Order and day make no difference."""
    one, other = zips.packed({"b": b"2", "a": b"1"}), zips.packed({"a": b"1", "b": b"2"})
    assert one == other
    entries = zipfile.ZipFile(io.BytesIO(one)).infolist()
    assert [entry.filename for entry in entries] == ["a", "b"]
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}

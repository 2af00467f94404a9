"""Cards and tables: the same thing for those who look, those who listen, and screens that cannot draw."""

import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallmachines.cards import Shown, card, figure, lined_up, table

SIGNS = st.characters(
    exclude_categories=["Cs"], exclude_characters="\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
)
TAGS = st.sampled_from(
    ["<b>", "</td>", "<script>x</script>", "a < b", "&lt;", "&amp;amp;", "<!--", '" onclick="x"']
)
CELL = st.text(SIGNS, max_size=8) | TAGS | st.integers(-999, 999)
ROWS = st.integers(1, 4).flatmap(
    lambda wide: st.lists(st.lists(CELL, min_size=wide, max_size=wide), min_size=1, max_size=4)
)


class Page(HTMLParser):
    """Tags in order, and the text between them."""

    def __init__(self, html: str):
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):  # noqa: D102  the parser's own names
        self.open.append(tag)
        self.tags.append(tag)

    def handle_endtag(self, tag):  # noqa: D102  as above
        assert self.open.pop() == tag

    def handle_data(self, data):  # noqa: D102  as above
        self.texts.append(data)


def test_a_card_says_the_same_in_both_forms():
    """Title, sentences and table stand in the HTML and in the text."""
    shown = card("予想", ["あとで比べます。"], [("予想", "結果"), (10, 0.5)])
    assert repr(shown) == "【予想】\nあとで比べます。\n予想 | 結果\n10   | 0.5"
    page = Page(shown.forms["text/html"])
    assert page.texts == ["予想", "あとで比べます。", "予想", "結果", "10", "0.5"]
    assert page.open == []


def test_a_card_may_be_its_title_alone():
    """No sentences and no table leave no empty places."""
    assert repr(card("確認")) == "【確認】"
    assert Page(card("確認").forms["text/html"]).tags == ["div", "p", "strong"]


def test_a_card_can_carry_more_forms():
    """A program that reads along finds its form beside the two for people."""
    assert card("a", more={"x/y": 1})._repr_mimebundle_() == card("a").forms | {"x/y": 1}


def test_readers_who_listen_hear_which_head_a_cell_has():
    """The heads of a table are heads, and its title is its caption."""
    html = table([("名前", "数"), ("犬", 3)], "動物").forms["text/html"]
    assert "<caption>動物</caption>" in html
    assert html.count('<th scope="col">') == 2
    assert 'role="note"' in card("a").forms["text/html"]


def test_colours_are_the_pages_matter():
    """Nothing in a card fixes a colour or a size, so it can be read by day and by night."""
    html = card("a", ["b"], [("c",), (1,)]).forms["text/html"]
    assert "style" not in html
    assert "color" not in html


def test_a_notebook_shows_the_forms_and_a_screen_the_text():
    """Jupyter asks for all forms, a terminal prints the plain one."""
    shown = Shown({"text/plain": "x", "text/html": "<p>x</p>"})
    assert shown._repr_mimebundle_(include=None, exclude=None) == shown.forms
    assert str(shown) == repr(shown) == "x"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (0.051249, "0.051"), (0.1, "0.1"), (0.123456, "0.123"), (12.5, "12.5"), (1234.5, "1234"), (1e9, "1000000000"), (0.0, "0"),
        (-0.05, "-0.05"), (-2.25, "-2.25"), (1 / 3, "0.333"), (1e-9, "1e-09"), (float("nan"), "nan"), (float("inf"), "inf"),
        (3, "3"), (10**20, "1" + "0" * 20), (True, "True"), (None, "None"), ("神社", "神社"), ([1], "[1]"),
    ],
)  # fmt: skip
def test_figures_are_as_long_as_one_reads_them(cell, text):
    """Fractions to two or three figures; everything else as it is."""
    assert figure(cell) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_figure_is_near_its_number(number):
    """Shortening changes a number by less than a twentieth."""
    assert abs(float(figure(number)) - number) <= 0.05 * abs(number)


def width(text: str) -> int:
    """The columns that a text takes on a screen, as Unicode counts them."""
    return sum(1 + (unicodedata.east_asian_width(sign) in {"W", "F", "A"}) for sign in text)


@given(ROWS)
def test_lines_of_a_table_stand_under_one_another(rows):
    """As many lines as rows; in each a column ends where it ends in the others, wide signs counted as two."""
    lines = lined_up(rows).split("\n")
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows, strict=True):
        rest = line
        for column, cell in enumerate(row[:-1]):
            wide = max(width(str(other[column])) for other in rows)
            assert rest.startswith(str(cell).rstrip())
            rest = rest[len(str(cell)) :].removeprefix(" " * (wide - width(str(cell))))
            assert rest.startswith(" |") or not rest
            rest = rest[3:]
        assert rest == str(row[-1]).rstrip()


@given(ROWS, CELL.map(str))
def test_nothing_in_a_table_becomes_html(rows, title):
    """Whatever signs stand in a cell or a title, the page has the tags of a table and no other."""
    page = Page(table(rows, title).forms["text/html"])
    heads, cells = len(rows[0]), sum(map(len, rows[1:]))
    assert page.open == []
    assert sorted(page.tags) == sorted(
        [
            "table",
            "thead",
            "tbody",
            *["caption"] * bool(title),
            *["tr"] * len(rows),
            *["th"] * heads,
            *["td"] * cells,
        ]
    )


@given(CELL.map(str), st.lists(CELL.map(str), max_size=3))
def test_nothing_in_a_card_becomes_html(title, sentences):
    """A pupil's text is text."""
    page = Page(card(title, sentences).forms["text/html"])
    assert page.tags == ["div", "p", "strong", *["p"] * len(sentences)]
    assert "".join(page.texts) == "".join([title, *sentences])


def test_rows_of_different_lengths_are_refused():
    """A table with a hole is a mistake of the caller, noticed at once."""
    with pytest.raises(ValueError, match="argument"):
        lined_up([("a", "b"), ("c",)])

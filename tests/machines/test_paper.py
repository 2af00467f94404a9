"""Drawings and files of drawings as text: what is written is read again, what is wrong is said kindly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallmachines import paper, words
from smallmachines.drawings import draw, names
from smallmachines.paper import COLOURS, SIZE, parse, read_collection, text, write_collection

SKY = ("." * SIZE,) * SIZE
drawings = st.tuples(*[st.text(COLOURS, min_size=SIZE, max_size=SIZE)] * SIZE)
own_words = st.text("神社やしろtorii あ", min_size=1, max_size=20).filter(lambda word: word == word.strip())


@pytest.fixture(autouse=True)
def japanese():
    """Every test begins and ends in Japanese."""
    words.language("ja")
    yield
    words.language("ja")


@given(drawings)
def test_text_and_back(drawing):
    """What `text` writes, `parse` reads."""
    assert parse(text(drawing)) == drawing


def test_parse_is_patient():
    """Small letters, wide letters, blanks around and Windows line ends are no mistakes."""
    mine = text(draw("神社", 1))
    wide = mine.translate({ord(a): ord(a) + 0xFEE0 for a in ".RWYGK"})
    for typed in (
        mine.lower(),
        wide,
        mine.replace(".", "。"),
        "\n  " + mine.replace("\n", "  \r\n") + "\n\n",
        "\n" + mine[: 8 * 17] + "\n" + "\n" + mine[8 * 17 :] + "\n",  # an upper and a lower half
    ):
        assert parse(typed) == draw("神社", 1)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "16 行"),
        ("R" * 256, "16 行"),
        ("\n".join(["." * 16] * 15), "15 行"),
        ("\n".join(["." * 16] * 5 + ["." * 14] + ["." * 16] * 10), "6 行目を 16 文字"),
        ("\n".join(["." * 16] * 2 + ["....X..........."] + ["." * 16] * 13), "3 行目の 5 文字目"),
        (None, "絵を 1 枚"),
        (7, "絵を 1 枚"),
    ],
)
def test_parse_says_where_and_what_to_do(typed, told):
    """A mistake in a drawing is answered with its line, in one sentence."""
    with pytest.raises(ValueError, match=told):
        parse(typed)


@given(st.lists(st.tuples(own_words, drawings), min_size=1, max_size=4))
def test_a_file_and_back(examples):
    """What `write_collection` writes, `read_collection` reads, whatever the words."""
    assert read_collection(write_collection(examples)) == examples


def test_a_file_from_anywhere_is_read():
    """Windows, a byte order mark, many empty lines, wide letters: all the same file."""
    mine = write_collection([("神社", draw("神社", 1)), ("家", draw("家", 2))])
    for typed in (
        "\ufeff" + mine.replace("\n", "\r\n"),
        "\n\n" + mine.replace("\n\n", "\n \n\n") + "\n",
        mine.replace("komainu drawings 1", "  KOMAINU drawings １"),
    ):
        assert read_collection(typed) == [("神社", draw("神社", 1)), ("家", draw("家", 2))]


def test_buildings_are_named_in_the_language_of_the_notebook():
    """A file from an English page teaches a Japanese notebook, and the other way round."""
    file = write_collection([("shrine", SKY), ("中国のお寺", SKY), ("our school", SKY)])
    assert [word for word, _ in read_collection(file)] == ["神社", "中国のお寺", "our school"]
    words.language("en")
    assert [word for word, _ in read_collection(file)] == ["shrine", "Chinese temple", "our school"]


def file(*lines):
    return "\n".join(["komainu drawings 1", "", *lines])


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "一行目に komainu drawings 1"),
        (text(SKY), "一行目に komainu drawings 1"),
        ("komainu drawings one\n\n家\n" + text(SKY), "一行目に komainu drawings 1"),
        ("komainu drawings 2\n\n家\n" + text(SKY), "別の版"),
        ("komainu drawings 1\n家\n" + text(SKY), "空の行"),
        (file(), "一枚もありません"),
        (file(text(SKY)), "1 枚目の絵の上に"),
        (file("家", text(SKY), "", text(SKY)), "2 枚目の絵の上に"),
        (file("あ" * 21, text(SKY)), "1〜20 文字"),
        (file("家", text(SKY), "", "神社", *SKY[1:]), r"2 枚目の絵\(神社\): 絵は 16 行.*15 行"),
        (file("家", *SKY[1:], "....X..........."), r"1 枚目の絵\(家\): 16 行目の 5 文字目"),
        (None, "はり付けて"),
        (["神社"], "はり付けて"),
    ],
)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_wrong_file_is_answered_with_its_place(typed, told, lang):
    """The sentence says which drawing, which line, and what to do."""
    words.language(lang)
    told = told if lang == "ja" else r"Write|[Mm]ake|Put|Give|Update|Above"
    with pytest.raises(ValueError, match=told) as error:
        read_collection(typed)
    assert "\n" not in str(error.value)
    assert error.value.kind


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: paper.expect_drawings([]),
        lambda: paper.expect_drawings([draw("家"), "家"]),
        lambda: paper.expect_examples([draw("家")]),
        lambda: paper.expect_examples([("家", "家")]),
        lambda: paper.expect_examples(None),
        lambda: paper.expect_drawing(["." * 16] * 16),
        lambda: write_collection([]),
        lambda: write_collection([("", SKY)]),
        lambda: write_collection([("二\n行", SKY)]),
        lambda: write_collection([("." * 16, SKY)]),
        lambda: text("家"),
    ],
)
def test_wrong_input_gets_one_kind_sentence(wrong):
    """Nothing a pupil hands over ends in a traceback about the inside of the machine."""
    with pytest.raises(ValueError, match="ください") as error:
        wrong()
    assert "\n" not in str(error.value)


def test_the_artists_draw_on_this_paper():
    """Every drawing of the artists is a drawing."""
    assert all(paper.is_drawing(draw(word, seed)) for word in names() for seed in range(20))

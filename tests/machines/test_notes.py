"""A pupil's notes: predictions first, results beside them, and own words; no judgement anywhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupil import last, notebook
from smallmachines import words
from smallmachines.notes import compare, explain, predict


@pytest.fixture(autouse=True)
def japanese_again():
    yield
    words.language("ja")


@pytest.mark.parametrize("value", [10, 0.5, 0, -3, True, "神社が多い", "0.5", 10**30])
def test_a_prediction_is_a_number_or_words(value):
    """It is shown at once, with the promise that it is compared later."""
    assert str(predict("x", value)) == f"【予想】\n{value}\n結果が出たら比べます。予想はあとから変えません。"


@pytest.mark.parametrize("value", ["...", "None", "''", "'  '", "[1]", "(1, 2)", "{}", "print", "1j"])
@pytest.mark.parametrize(
    ("lang", "says"), [("ja", "まず予想を書きましょう。"), ("en", "First write your prediction")]
)
def test_what_is_no_prediction_is_told_kindly(value, lang, says):
    """Dots, nothing, or a list: one sentence that says what to write."""
    seen = last(f"predict('share', {value})", lang=lang)
    assert seen.error == "ValueError"
    assert seen.sentences[0].startswith(says)


@pytest.mark.parametrize(
    "call",
    [
        "predict(30, 'share')",
        "predict(..., 1)",
        "compare(['a'], 1)",
        "compare(3, 1)",
        "explain(None, '長い文です。')",
    ],
)
def test_a_name_comes_first(call):
    """Whoever mixes up name and value reads how it goes."""
    seen = last(call)
    assert seen.sentences[0].startswith("はじめに ")
    assert seen.sentences[1] == f"1 行目: {call}"


@pytest.mark.parametrize("call", ["predict('share')", "predict()", "compare('share')", "explain('why')"])
def test_a_forgotten_value_is_one_sentence(call):
    """Too few arguments are no traceback."""
    assert last(call).sentences[1] == f"1 行目: {call}"


@pytest.mark.parametrize(
    ("lang", "says"), [("ja", "「never」の予想がまだありません"), ("en", "no prediction “never” yet")]
)
def test_comparing_without_a_prediction(lang, says):
    """The cell above comes first, and the sentence says which."""
    assert says in last("compare('never', 3)", lang=lang).sentences[0]


@pytest.mark.parametrize(
    ("guess", "result", "remark", "row"),
    [
        (10, 8, "結果は予想より小さくなりました。 なぜでしょう。", ["10", "8", "-2"]),
        (10, 12.5, "結果は予想より大きくなりました。 なぜでしょう。", ["10", "12.5", "2.5"]),
        (0.1, 0.3, "結果は予想より大きくなりました。 なぜでしょう。", ["0.1", "0.3", "0.2"]),
        (10, 10, "予想と結果は同じです。", ["10", "10", "0"]),
        (10, 10.0, "予想と結果は同じです。", ["10", "10", "0"]),
        ("神社", "神社", "予想と結果は同じです。", ["神社", "神社"]),
        ("神社", "寺", "結果は予想とちがいました。 なぜでしょう。", ["神社", "寺"]),
        ("10", 10, "結果は予想とちがいました。 なぜでしょう。", ["10", "10"]),
        (10, "10", "結果は予想とちがいました。 なぜでしょう。", ["10", "10"]),
        (10, None, "結果は予想とちがいました。 なぜでしょう。", ["10", "None"]),
        (True, False, "結果は予想とちがいました。 なぜでしょう。", ["True", "False"]),
        (1, float("nan"), "結果は予想より大きくなりました。 なぜでしょう。", ["1", "nan", "nan"]),
    ],
)  # fmt: skip
def test_prediction_and_result_stand_side_by_side(guess, result, remark, row):
    """With their difference when both are numbers, and a question instead of a judgement."""
    predict("x", guess)
    lines = str(compare("x", result)).split("\n")
    assert lines[:2] == ["【予想 / 結果】", remark]
    assert [cell.strip() for cell in lines[3].split("|")] == row
    assert len(lines[2].split("|")) == len(row)


def test_a_prediction_can_be_compared_again_and_again():
    """It stays what it was, whatever comes out."""
    cells = ["predict('x', 3)", "compare('x', 1)", "compare('x', 5)"]
    assert [seen.text.split("\n")[1][:10] for seen in notebook(*cells)[1:]] == [
        "結果は予想より小さく",
        "結果は予想より大きく",
    ]


def test_the_notes_of_different_names_do_not_meet():
    """Two predictions in one notebook are two."""
    predict("a", 1)
    predict("b", 2)
    assert "| 0" in str(compare("a", 1)).replace("| 0 ", "| 0")
    assert "結果は予想より小さくなりました。" in str(compare("b", 1))


@given(st.integers(-(10**12), 10**12), st.integers(-(10**12), 10**12))
def test_the_remark_fits_the_difference(guess, result):
    """Smaller, larger or the same: the words and the number say one thing."""
    predict("p", guess)
    text = str(compare("p", result))
    assert ("小さく" in text, "大きく" in text, "同じ" in text) == (
        result < guess,
        result > guess,
        result == guess,
    )
    assert text.endswith(str(result - guess))


@pytest.mark.parametrize(
    "call",
    [
        "compare('x', 10 ** 400)",
        "compare('x', 2.5e300)",
        "compare('x', object())",
        "compare('x', [1] * 1000)",
    ],
)
def test_odd_results_are_no_traceback(call):
    """A result of any size or kind gives a card, or one sentence."""
    seen = notebook("predict('x', 0.5)", call)[-1]
    assert seen.text.startswith("【予想 / 結果】") or len(seen.sentences) == 2


def test_own_words_are_kept_line_by_line():
    """Empty lines fall away; the teacher reads the rest."""
    text = str(explain("why", "\n  見た目が似ているからです。\n\n  それに、数が少ないからです。\n"))
    assert (
        text == "【自分のことば】\n見た目が似ているからです。\nそれに、数が少ないからです。\n先生が読みます。"
    )


@pytest.mark.parametrize(
    "text", ["'''\n\n'''", "''", "'  '", "'。'", "'あ'", "...", "None", "3", "['文です。']"]
)
@pytest.mark.parametrize(
    ("lang", "says"), [("ja", "の間に、自分のことばで書きましょう"), ("en", "Write in your own words")]
)
def test_no_words_are_told_kindly(text, lang, says):
    """Nothing, a sign or something that is no text: one sentence that says where to write."""
    seen = last(f"explain('why', {text})", lang=lang)
    assert seen.error == "ValueError"
    assert says in seen.sentences[0]


@pytest.mark.parametrize("text", ["数です。", "多いから", "I think so", "Why not"])
def test_a_few_words_are_words(text):
    """Short answers are answers; how good they are a teacher says."""
    assert text in str(explain("why", text))


def test_cards_do_not_carry_html_of_a_pupil():
    """What pupils write is text on the page, whatever signs are in it."""
    for shown in (predict("h", "<script>x</script>"), explain("h", "<b>太字</b>です。"), compare("h", "<i>")):
        html = shown.forms["text/html"]
        assert "<script" not in html
        assert "<b>" not in html
        assert "<i>" not in html

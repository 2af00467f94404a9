"""A lesson's slides: what is on them, what is in the notes, and that nothing is lost or drawn by chance."""

import io
import re
import zipfile
from datetime import date

import pytest
from pptx import Presentation
from run import ROOT

from komainu.handouts.deck import deck
from komainu.handouts.sheet import text_of
from komainu.handouts.slides import slide_files, slides_html
from komainu.lesson import LABELS
from komainu.load import load
from komainu.writing import plain

CURRICULUM, _ = load(ROOT, date.today())
CASES = [(lesson, lang) for lesson in CURRICULUM.lessons.values() for lang in ("ja", "en")]
each_lesson = pytest.mark.parametrize(("lesson", "lang"), CASES, ids=[f"{lesson.id}-{lang}" for lesson, lang in CASES])


def squeezed(text: str) -> str:
    """Text without blanks."""
    return re.sub(r"\s", "", text)


def points(lesson, lang: str, label: str) -> list[str]:
    """The points that all activities have below one of their headings, as plain text."""
    wanted = LABELS[lang][label]
    parts = [part for activity in lesson.prose[lang].sections["timeline"].children for part in activity.children if part.title == wanted]
    return [squeezed(plain(point)) for part in parts for point in re.split(r"^- ", part.text, flags=re.MULTILINE)[1:]]


@each_lesson
def test_each_key_question_has_its_slide(lesson, lang):
    """Every question of the plan is on exactly one slide, in the order of the hour, and fills it alone."""
    asked = [squeezed(text_of(slide.title)) for slide in deck(CURRICULUM, lesson, lang) if slide.kind == "question"]
    assert asked == points(lesson, lang, "ask")


@each_lesson
def test_the_notes_hold_what_the_teacher_does(lesson, lang):
    """No likely answer, no move and no way of assessing is missing from the notes, and none is shown to the class."""
    slides = deck(CURRICULUM, lesson, lang)
    notes = squeezed("".join(line for slide in slides for line in slide.notes))
    shown = squeezed("".join(text_of(slide.title) + str(slide.body) for slide in slides))
    for label in ("answers", "moves", "assess"):
        for point in points(lesson, lang, label):
            assert point in notes
            assert point not in shown


@each_lesson
def test_minutes_add_up(lesson, lang):
    """The activities' slides carry the lesson's minutes."""
    assert sum(slide.minutes for slide in deck(CURRICULUM, lesson, lang) if slide.kind == "activity") == lesson.full_minutes


@each_lesson
def test_the_powerpoint_file_says_the_same(lesson, lang):
    """Titles, notes, tables, alternative texts and languages are real ones, slide by slide."""
    slides = deck(CURRICULUM, lesson, lang)
    file = Presentation(io.BytesIO(slide_files(CURRICULUM, lesson, lang)["slides.pptx"]))
    assert len(file.slides) == len(slides)
    for page, slide in zip(file.slides, slides, strict=True):
        title = re.sub(r"（[ぁ-ゖー]+）", "", page.shapes.title.text_frame.text)
        assert squeezed(re.sub(r"（[ぁ-ゖー]+）", "", text_of(slide.title))) == squeezed(title)
        assert (page.notes_slide.notes_text_frame.text.split("\n") if page.has_notes_slide else []) == list(slide.notes)
        assert sum(shape.has_table for shape in page.shapes if shape.has_table) == sum(block["k"] == "table" for block in slide.body)
        drawn = [shape for shape in page.shapes if shape.shape_type == 13]
        assert [shape._element.nvPicPr.cNvPr.get("descr") for shape in drawn] == [block["alt"] for block in slide.body if block["k"] == "picture"]
        for run in page._element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}rPr"):
            assert run.get("lang") in ({"ja": "ja-JP", "en": "en-GB"}[lang], "en-US")


@each_lesson
def test_the_same_lesson_gives_the_same_bytes(lesson, lang):
    """Neither the day nor the order of chance is in a file."""
    files = slide_files(CURRICULUM, lesson, lang)
    assert files == slide_files(CURRICULUM, lesson, lang)
    with zipfile.ZipFile(io.BytesIO(files["slides.pptx"])) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_readings_stand_once_on_a_slide():
    """PowerPoint has no furigana: the reading follows its word in brackets where the word first stands."""
    lesson = CURRICULUM.lessons["missing-torii"]
    slides = deck(CURRICULUM, lesson, "ja")
    file = Presentation(io.BytesIO(slide_files(CURRICULUM, lesson, "ja")["slides.pptx"]))
    for page, slide in zip(file.slides, slides, strict=True):
        text = "".join(shape.text_frame.text for shape in page.shapes if shape.has_text_frame)
        for run in slide.title:
            if "r" in run:
                assert text.count(f"{run['t']}（{run['r']}）") == 1


def test_nothing_in_a_text_becomes_a_tag():
    """Signs that HTML would take for marks stay signs, in titles, lists, tables and notes."""
    from komainu.handouts.deck import Slide

    nasty = "<script>alert(1)</script> & \"'"
    row = [[{"t": nasty}]]
    body = [{"k": "p", "runs": row[0]}, {"k": "list", "items": [{"runs": row[0], "items": []}]}, {"k": "table", "head": row, "rows": [row], "align": [""]}]
    text = slides_html([Slide("question", row[0], body, (nasty,), nasty)], nasty, "en", {})
    assert text.count("<script>") == 1
    assert text.count("&lt;script&gt;") == 8

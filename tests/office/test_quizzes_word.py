"""The Word files of the lessons' quizzes: what LibreOffice, which we did not write, sees in them."""

import re
import zipfile
from datetime import date
from functools import cache
from xml.etree import ElementTree

import pytest

from conftest import ROOT
from komainu.exports import ms_forms, paper
from komainu.exports.formats import quiz_files
from komainu.exports.quiz_set import items, line, of_lesson
from komainu.load import load
from quizzes import quiz

MOST_PAGES = 2
"""What a pupil can be asked to hold, in pages of A4."""


@cache
def curriculum():
    return load(ROOT, date(2026, 11, 26))[0]


@cache
def files() -> dict[str, bytes]:
    """Every Word file of the lessons, by name."""
    return {path.split("/")[1]: data for path, data in quiz_files(curriculum()).items() if path.endswith(".docx")}


@pytest.fixture(scope="module")
def pdfs(converted):
    return converted({name: data for name, data in files().items() if ".paper" in name}, "pdf")


@pytest.fixture(scope="module")
def texts(converted):
    return {name: path.read_text("utf-8-sig") for name, path in converted({name: data for name, data in files().items() if ".paper-key" not in name}, "txt").items()}


def test_a_sheet_and_its_key_fit_on_two_pages_of_a4(pdfs):
    """So that a quiz is one sheet of paper, printed on both sides."""
    made = {name: path.read_bytes() for name, path in pdfs.items()}
    counts = {name: len(re.findall(rb"/Type\s*/Page[^s]", content)) for name, content in made.items()}
    assert {name: count for name, count in counts.items() if not 1 <= count <= MOST_PAGES} == {}
    assert {size for content in made.values() for size in re.findall(rb"/MediaBox\s*\[0 0 (\d+)[.\d]* (\d+)", content)} == {(b"595", b"841")}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_question_and_option_is_there(texts, lang):
    """On the sheet, and in the file for Microsoft Forms."""
    for lesson in curriculum().lessons.values():
        for item in items(of_lesson(curriculum(), lesson, lang)):
            for name in ("paper", "ms-forms"):
                seen = squeezed(texts[f"{lesson.id}.{lang}.{name}.docx"])
                wanted = [item.stem] if item.kind == "confidence" else [item.stem, *item.options.values()]
                assert [text for text in wanted if squeezed(line(text)) not in seen] == [], (lesson.id, name, item.id)


def squeezed(text: str) -> str:
    """A text without blanks; no program agrees on where lines end."""
    return "".join(text.split())


def test_signs_that_no_format_likes_are_only_signs(converted):
    """A file with them opens, and shows them."""
    made = converted({"sheet.docx": paper.write(quiz()), "import.docx": ms_forms.write(quiz())}, "txt")
    for path in made.values():
        seen = squeezed(path.read_text("utf-8-sig"))
        assert [item.kind for item in items(quiz()) if squeezed(item.stem) not in seen] == []


def test_furigana_survive_in_libreoffice(converted):
    """As ruby, over the kanji of later years, for elementary school."""
    (name,) = (name for name in files() if name == "next-word-cards.ja.paper.docx")
    with zipfile.ZipFile(converted({name: files()[name]}, "odt")[name]) as file:
        root = ElementTree.fromstring(file.read("content.xml"))  # noqa: S314 (LibreOffice's file of our own)
    ruby = [(one[0].text or "".join(one[0].itertext()), "".join(one[1].itertext())) for one in root.iter("{urn:oasis:names:tc:opendocument:xmlns:text:1.0}ruby")]
    assert ("言葉", "ことば") in ruby

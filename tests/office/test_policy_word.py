"""The classroom policy in Word and PDF: what another program sees in our files."""

import json
import re
import zipfile
from datetime import date
from functools import cache
from io import BytesIO
from xml.etree import ElementTree

import docx as word
import pytest

from conftest import ROOT
from komainu.docx import bookmark
from komainu.load import load
from komainu.policy.adapt import adapt, documents
from komainu.policy.data import prepared
from komainu.policy.files import rendered
from komainu.printing import browser, pdf

LANGUAGES = ("ja", "en")
PROFILES = ("jp-board", "jp-public-school", "teacher", "uk-school")
MOST_PAGES = {"pupil": 3, "poster": 1, "parents": 3, "tasks": 2, "labels": 2, "misuse": 3, "deepfake": 3, "appeal": 2, "opt-out": 2, "rules": 20}
"""What a reader can be asked to hold, by document, in sheets of one side."""


@cache
def sources():
    curriculum, _ = load(ROOT, date(2026, 11, 26))
    return curriculum.policy, {lang: prepared(curriculum.policy, curriculum.reference, lang) for lang in LANGUAGES}


@cache
def files() -> dict[str, bytes]:
    """Every Word file of the profiles: `jp-board--ja--01-rules.docx`."""
    policy, data = sources()
    made = {}
    for name in PROFILES:
        for path, content in rendered(data, policy.profiles[name].data, ["docx"]):
            made[f"{name}--{path.replace('/', '--')}"] = content
    return made


def document_of(name: str) -> dict:
    """The document that a file was made from."""
    policy, data = sources()
    profile, lang, rest = name.removesuffix(".docx").split("--")
    answers = policy.profiles[profile].data
    for number, one in enumerate(documents(data[lang], answers), 1):
        for body in one["bodies"]:
            if rest == f"{number:02}-{one['id']}" + (f"-{one['stage']}" if one["stage"] else "") + ("-plain" if body == "ja-plain" else ""):
                return adapt(data[lang], answers, one["id"], body, one["stage"])
    raise AssertionError(name)


def squeezed(text: str) -> str:
    """A text without blanks, as no program agrees on where lines end."""
    return re.sub(r"\s|✂", "", text)


def texts(value) -> list[str]:
    """Every line of a document: the text of its runs."""
    if isinstance(value, list) and value and all(isinstance(one, dict) and "t" in one for one in value):
        return ["".join(run["t"] for run in value)]
    if isinstance(value, dict):
        value = [one for key, one in value.items() if key not in ("title", "for") or "blocks" not in value]
    return [text for one in value for text in texts(one)] if isinstance(value, list) else []


@pytest.fixture(scope="module")
def as_text(converted):
    """What LibreOffice reads in each file, numbers of lists included."""
    return {name: path.read_text("utf-8-sig") for name, path in converted(files(), "txt").items()}


@pytest.fixture(scope="module")
def as_pdf(converted):
    """Each file as LibreOffice prints it."""
    return {name: path.read_bytes() for name, path in converted(files(), "pdf").items()}


def test_no_line_is_lost(as_text):
    """Every line of every document is there when another program opens it."""
    assert len(as_text) > 100
    for name, text in as_text.items():
        found = squeezed(text)
        without_ruby = squeezed("".join(plain(files()[name])))
        for line in texts(document_of(name)):
            assert squeezed(line) in found or squeezed(line) in without_ruby, (name, line)


def plain(content: bytes) -> list[str]:
    """The text of word/document.xml without the readings."""
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    tree = ElementTree.fromstring(zipfile.ZipFile(BytesIO(content)).read("word/document.xml"))  # noqa: S314 - our own file
    readings = {id(text) for reading in tree.iter(f"{space}rt") for text in reading.iter(f"{space}t")}
    return [text.text or "" for text in tree.iter(f"{space}t") if id(text) not in readings]


def test_numbers_are_words_own(as_text):
    """Chapters, clauses, paragraphs and items are numbered by the program, as rules are in Japan, and each list starts at 1."""
    text = as_text["jp-public-school--ja--01-rules.docx"]
    assert re.search(r"第1章.*基本事項", text)
    assert re.search(r"第1条\s*（目的と基本の立場）", text)
    third = text[text.index("（適用の範囲）") : text.index("（用語の意味）")]
    assert re.search(r"\(1\)\s*児童生徒\s", third)
    assert re.findall(r"(?m)^\s*２\s*この定めは、次に掲げる利用に適用する。", third)
    assert len(re.findall(r"\(1\)", third)) == 3
    english = as_text["uk-school--en--01-rules.docx"]
    assert "Part 1 — " in english
    assert re.search(r"(?m)^\s*\(a\)", english)


def test_pages_are_few(as_pdf):
    """A poster is one sheet; what pupils and parents get stays short."""
    for name, content in as_pdf.items():
        ident = re.sub(r"-(es-lower|es-upper|jhs|hs|plain)$", "", name.removesuffix(".docx").split("--")[2][3:])
        pages = len(re.findall(rb"/Type\s*/Page[^s]", content))
        assert 1 <= pages <= MOST_PAGES.get(ident, 40), (name, pages)


def test_furigana_survives(converted):
    """LibreOffice reads the readings as readings, for pupils and in the plain Japanese letter."""
    names = [name for name in files() if "--ja--" in name and ("pupil" in name or name.endswith("plain.docx")) and "-hs" not in name]
    for name, path in converted({name: files()[name] for name in names}, "odt").items():
        content = zipfile.ZipFile(path).read("content.xml").decode()
        assert content.count("<text:ruby ") == json.dumps(document_of(name)["blocks"]).count('"r": ') > 4, name


def test_word_file_has_what_word_needs():
    """python-docx finds title, headings, header rows, language, fonts, bookmarks and properties."""
    for name, content in files().items():
        found, document = word.Document(BytesIO(content)), document_of(name)
        styles = {paragraph.style.name for paragraph in found.paragraphs}
        assert "Title" in styles, name
        assert found.core_properties.title == "".join(run["t"] for run in document["title"])
        tables = [block for block in document["blocks"] if block["k"] == "table"]
        assert len(found.tables) == len(tables), name
        assert all("tblHeader" in table.rows[0]._tr.xml for table in found.tables), name
        marks = re.findall(r'w:bookmarkStart w:id="\d+" w:name="([^"]+)"', zipfile.ZipFile(BytesIO(content)).read("word/document.xml").decode())
        assert marks == [bookmark(block["id"]) for block in document["blocks"] if block["k"] == "clause"], name
        assert all(len(mark) <= 40 for mark in marks)
        parts = zipfile.ZipFile(BytesIO(content))
        assert 'w:eastAsia="ja-JP"' in parts.read("word/styles.xml").decode()
        custom = parts.read("docProps/custom.xml").decode()
        assert 'name="komainu.edition"' in custom
        assert 'name="komainu.answers.1"' in custom


def test_same_answers_give_the_same_bytes():
    """A file made twice is the same file."""
    policy, data = sources()
    again = dict(rendered(data, policy.profiles["teacher"].data, ["docx"]))
    for path, content in again.items():
        assert files()[f"teacher--{path.replace('/', '--')}"] == content


def test_pdf_of_the_browser_is_tagged_and_has_its_fonts():
    """The rules as PDF: tagged, fonts inside, the same twice."""
    policy, data = sources()
    made = [dict(rendered({"ja": data["ja"]}, policy.profiles["teacher"].data, ["pdf"], lambda page: pdf(page, browser()), ("pupil",))) for _ in range(2)]
    (content,) = made[0].values()
    assert content.startswith(b"%PDF-")
    assert b"/MarkInfo" in content
    fonts = re.findall(rb"/Subtype /(\w+)\n?[^>]*?/BaseFont|/Subtype /(Type3)", content)
    assert fonts
    assert b"/FontFile" in content or {kind for pair in fonts for kind in pair if kind} == {b"Type3"}
    assert made[0] == made[1]

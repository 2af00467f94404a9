"""The handouts of all lessons in Word and PDF: what other programs see in our files."""

import re
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from functools import cache, partial
from html import unescape
from io import BytesIO

import docx as python_docx
import pytest
from run import ROOT

from komainu.handouts.build import documents, handouts
from komainu.handouts.drawing import png, typeface
from komainu.handouts.page import page
from komainu.handouts.told import Told
from komainu.handouts.word import word
from komainu.lesson import LABELS
from komainu.load import load
from komainu.printing import browser, pdf

CURRICULUM, _ = load(ROOT, date.today())
LANGUAGES = ("ja", "en")
MOST_PAGES = {"plan": 6, "plan-short": 2, "answers": 3, "cards": 2, "poster": 1, "home": 1}
TASK_PAGES = 3
"""Sheets of one side for tasks and exit ticket; a sheet that follows a break adds one."""
PRINTED = ("missing-torii", "reasonable-lies")
WHERE = dict.fromkeys(("timeline", "criteria", "materials", "unit", "board"), ("plan",)) | {
    "pupil": ("worksheet",), "worksheet": ("worksheet", "cards"), "exit": ("worksheet",), "answers": ("answers",), "poster": ("poster",), "home": ("home",),
}  # fmt: skip
"""The sections of a lesson, and the papers on which their words have to stand."""
VIEWPOINT = re.compile(r"^(知識・技能|思考・判断・表現|主体的に学習に取り組む態度|[A-Z][a-z, ]+(?:skills|expression|learning))[:： ]*")
WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">')
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)


@cache
def papers() -> dict[str, dict]:
    """Every document of every lesson: `ja--missing-torii--plan`."""
    found = {}
    for lang in LANGUAGES:
        for lesson in CURRICULUM.lessons.values():
            found |= {f"{lang}--{lesson.id}--{ident}": document for ident, document in documents(CURRICULUM, lesson, lang).items()}
    return found


@cache
def files() -> dict[str, bytes]:
    """Every Word file."""
    return {f"{name}.docx": word(document, partial(png, ROOT)) for name, document in papers().items()}


def squeezed(text: str) -> str:
    """A text without blanks, as no program agrees on where lines end."""
    return re.sub(r"\s", "", text)


def lines(value) -> list[str]:
    """Every line of a document: the text of its runs."""
    if isinstance(value, list) and value and all(isinstance(one, dict) and "t" in one for one in value):
        return ["".join(run["t"] for run in value)]
    if isinstance(value, dict):
        return [text for one in value.values() for text in lines(one)]
    return [text for one in value for text in lines(one)] if isinstance(value, (list, tuple)) else []


def readings(value) -> int:
    """How many words of a document carry a reading."""
    if isinstance(value, dict):
        return ("r" in value and "t" in value) + sum(readings(one) for one in value.values())
    return sum(readings(one) for one in value) if isinstance(value, (list, tuple)) else 0


def xml(content: bytes, part: str = "word/document.xml") -> str:
    return zipfile.ZipFile(BytesIO(content)).read(part).decode()


def without_readings(content: bytes) -> str:
    """The text of a Word file, the readings left out."""
    bare = re.sub(r"<w:rt>.*?</w:rt>", "", xml(content))
    return unescape("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", bare)))


def shown(path) -> list[tuple[float, float, list[tuple[float, float, float, float]], str]]:
    """The pages of a PDF: width, height, where words stand, and the text."""
    out = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, check=True).stdout.decode()
    pages = []
    for wide, high, inner in PAGE.findall(out):
        places = [tuple(map(float, place)) for place in WORD.findall(inner)]
        pages.append((float(wide), float(high), places, re.sub(r"<[^>]*>", "", inner)))
    return pages


@pytest.fixture(scope="module")
def as_pdf(converted):
    """Each Word file as LibreOffice prints it: name -> pages."""
    return {name.removesuffix(".docx"): shown(path) for name, path in converted(files(), "pdf").items()}


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """The papers of two lessons as the browser prints them: name -> path."""
    root = tmp_path_factory.mktemp("world")
    for name in ("lessons", "node_modules"):
        (root / name).symlink_to(ROOT / name, target_is_directory=True)
    two = replace(CURRICULUM, root=root, lessons={ident: CURRICULUM.lessons[ident] for ident in PRINTED})
    found = {}
    for lang, made in handouts(two, browser()).items():
        for path, content in made.items():
            if path.endswith(".pdf"):
                file = root / f"{lang}--{path.replace('/', '--')}"
                file.write_bytes(content)
                found[file.stem] = file
    return found


def most_pages(name: str) -> int:
    ident = name.split("--")[2]
    sheets = sum(block["k"] == "page" for block in papers()[name]["blocks"])
    return TASK_PAGES + sheets if ident == "worksheet" else MOST_PAGES[ident]


def test_every_lesson_has_its_papers():
    """Plans, worksheet, answers, poster and letter in both languages; cards where the worksheet has some."""
    always = {"plan", "plan-short", "worksheet", "answers", "poster", "home"}
    for lang in LANGUAGES:
        for lesson in CURRICULUM.lessons:
            found = {name.split("--")[2] for name in papers() if name.startswith(f"{lang}--{lesson}--")}
            assert found - {"cards"} == always, lesson
            assert ("cards" in found) == (lesson != "zero-for-i-dont-know"), lesson


def test_no_line_is_lost_in_word():
    """Every line of every document stands in its Word file."""
    for name, document in papers().items():
        text = squeezed(without_readings(files()[f"{name}.docx"]))
        for line in lines(document["blocks"]):
            assert squeezed(line) in text, (name, line)


def test_no_line_of_a_lesson_is_lost():
    """What pupils, families and whoever marks are to read stands on some paper, word by word."""
    for lang in LANGUAGES:
        for lesson in CURRICULUM.lessons.values():
            told = Told(CURRICULUM, lesson, lang)
            for section, names in WHERE.items():
                own = [papers().get(f"{lang}--{lesson.id}--{name}", {}).get("blocks", []) for name in names]
                text = squeezed("".join(lines(own)))
                for line in lines(told.of(section)):
                    assert line in LABELS[lang].values() or squeezed(VIEWPOINT.sub("", line)) in text, (lang, lesson.id, section, line)


def test_pages_are_few(as_pdf, printed):
    """A teacher can tell beforehand how much paper it takes, whichever program prints."""
    for name, pages in as_pdf.items():
        assert 1 <= len(pages) <= most_pages(name), (name, len(pages))
    for name, path in printed.items():
        assert 1 <= len(shown(path)) <= most_pages(name), (name, len(shown(path)))


def test_no_page_is_empty(as_pdf, printed):
    """No sheet comes out of the printer with a footer and nothing else; a sheet may be a picture."""
    for name, pages in [*as_pdf.items(), *((name, shown(path)) for name, path in printed.items())]:
        for number, (_, _, places, _) in enumerate(pages, 1):
            assert len(places) > 12 or name.endswith("cards"), (name, number)


def test_nothing_runs_over_the_edge(as_pdf, printed):
    """Every word stands inside its page, at least 6 mm from the edges, where every printer prints."""
    edge = 6 / 25.4 * 72
    for name, pages in [*as_pdf.items(), *((name, shown(path)) for name, path in printed.items())]:
        a3 = name.endswith("poster")
        for wide, high, places, _ in pages:
            assert (round(wide), round(high)) == ((842, 1191) if a3 else (595, 842)), name
            for left, top, right, bottom in places:
                assert left >= edge, name
                assert top >= edge, name
                assert right <= wide - edge, (name, right, wide)
                assert bottom <= high - edge, (name, bottom, high)


def test_furigana_survives(converted):
    """Pupils' papers have a reading in Word for each that the document has, and LibreOffice reads them as readings; teachers' have none."""
    pupils = {name for name in papers() if name.startswith("ja--") and name.split("--")[2] in ("worksheet", "cards", "poster")}
    for name, document in papers().items():
        titled = 0 if name.endswith(("poster", "home")) else readings(document["title"])
        assert xml(files()[f"{name}.docx"]).count("<w:ruby>") == readings(document["blocks"]) + titled, name
        assert name in pupils or readings(document["blocks"]) == 0, name
    chosen = {f"{name}.docx": files()[f"{name}.docx"] for name in sorted(pupils) if name.endswith("worksheet")}
    for name, path in converted(chosen, "odt").items():
        content = zipfile.ZipFile(path).read("content.xml").decode()
        assert content.count("<text:ruby ") == xml(files()[name]).count("<w:ruby>"), name


def test_word_file_has_what_word_needs():
    """Real headings, header rows repeated, language, alternative texts, a title, and pages that count themselves."""
    for name, document in papers().items():
        content = files()[f"{name}.docx"]
        found = python_docx.Document(BytesIO(content))
        text, styles = xml(content), xml(content, "word/styles.xml")
        assert found.core_properties.title == document["foot"], name
        kinds = [block["k"] for block in document["blocks"]]
        if "h" in kinds:
            assert any(paragraph.style.name == "Heading 1" for paragraph in found.paragraphs), name
        heads = sum(kind in ("table", "grid") for kind in kinds)
        assert text.count("<w:tblHeader/>") >= heads, name
        assert text.count(" descr=") == 2 * len(re.findall("<w:drawing>", text)) == 2 * kinds.count("picture"), name
        assert all(alt.strip() for alt in re.findall(r'descr="([^"]*)"', text)), name
        assert f'<w:lang w:val="{"ja-JP" if name.startswith("ja") else "en-GB"}" w:eastAsia="ja-JP"' in styles, name
        assert "NUMPAGES" in xml(content, "word/footer1.xml"), name
        assert "@" not in re.sub(r"[\w.]+@[\w.]+", "", styles), name


def test_same_lesson_gives_the_same_bytes():
    """A Word file made twice is the same file, pictures included."""
    for name, document in papers().items():
        assert word(document, partial(png, ROOT)) == files()[f"{name}.docx"], name


def test_printed_page_is_tagged_and_has_its_fonts(printed):
    """Each PDF says its title and language, is tagged for reading aloud, and carries the fonts it is set in."""
    assert len(printed) == 2 * 7 * len(LANGUAGES)
    for name, path in printed.items():
        about = subprocess.run(["pdfinfo", path], capture_output=True, check=True).stdout.decode()
        assert re.search(r"Tagged:\s+yes", about), name
        assert re.search(r"Title:\s+(.*)", about)[1] == papers()[name]["foot"], name
        content = path.read_bytes()
        assert b"/StructTreeRoot" in content, name
        assert f"/Lang ({name[:2]})".encode() in content, name
        fonts = subprocess.run(["pdffonts", path], capture_output=True, check=True).stdout.decode().splitlines()[2:]
        assert fonts, name
        assert all(re.search(r" yes (yes|no) ", line) for line in fonts), (name, fonts)
        assert any("BIZUDPGothic" in line for line in fonts), name


def test_printed_page_says_every_line(printed):
    """Whoever copies from a PDF gets the words; on pupils' papers the readings are there, too."""
    for name, path in printed.items():
        text = squeezed(subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True).stdout.decode())
        bare = re.sub("[ぁ-ゖー]", "", text)
        said = [re.sub("[ぁ-ゖー]", "", squeezed(line)) for line in lines(papers()[name]["blocks"])]
        signs = sum(map(len, said))
        assert len(bare) >= 0.98 * signs, (name, len(bare), signs)
    worksheet = subprocess.run(["pdftotext", "-raw", printed["ja--missing-torii--worksheet"], "-"], capture_output=True, check=True).stdout.decode()
    assert "とりい" in squeezed(worksheet)


def test_printed_twice_is_the_same_file():
    """The day and the hour of printing are not in the PDF."""
    document = papers()["ja--missing-torii--poster"]
    text = page(document, typeface(ROOT, [page(document, {})]))
    assert pdf(text, browser()) == pdf(text, browser())

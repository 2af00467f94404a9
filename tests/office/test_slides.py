"""The slides for PowerPoint, opened by LibreOffice: every slide is there, and nothing runs over its edge."""

import re
import subprocess
from datetime import date

import pytest
from run import ROOT

from komainu.handouts.deck import deck
from komainu.handouts.sheet import text_of
from komainu.handouts.slides import slide_files
from komainu.load import load

CURRICULUM, _ = load(ROOT, date.today())
CASES = [(lesson.id, lang) for lesson in CURRICULUM.lessons.values() for lang in ("ja", "en")]
WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">')
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)


@pytest.fixture(scope="module")
def pages(converted) -> dict[str, list[tuple[float, float, str]]]:
    """Lesson and language -> the pages of its slides: width, height, and what stands where."""
    files = {f"{ident}.{lang}.pptx": slide_files(CURRICULUM, CURRICULUM.lessons[ident], lang)["slides.pptx"] for ident, lang in CASES}
    found = {}
    for name, path in converted(files, "pdf").items():
        text = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, check=True).stdout.decode()
        found[name.removesuffix(".pptx")] = [(float(wide), float(high), inner) for wide, high, inner in PAGE.findall(text)]
    return found


@pytest.mark.parametrize(("ident", "lang"), CASES)
def test_every_slide_is_shown_whole(ident, lang, pages):
    """One page for each slide, its title's beginning on it, and no word outside it."""
    slides = deck(CURRICULUM, CURRICULUM.lessons[ident], lang)
    shown = pages[f"{ident}.{lang}"]
    assert len(shown) == len(slides)
    for number, ((wide, high, inner), slide) in enumerate(zip(shown, slides, strict=True), 1):
        text = re.sub(r"（[ぁ-ゖー]+）", "", re.sub(r"\s", "", re.sub(r"<[^>]*>", "", inner)))
        first = re.sub(r"\s", "", text_of(slide.title))[:3].translate({ord("&"): "&amp;", ord("<"): "&lt;", ord('"'): "&quot;"})
        assert first in text, number
        for left, top, right, bottom in (map(float, place) for place in WORD.findall(inner)):
            assert left >= 0, number
            assert right <= wide, number
            assert top >= 0, number
            assert bottom <= high, (number, bottom, high)

"""The quizzes as files of the published site."""

from datetime import date
from html.parser import HTMLParser

import pytest

from conftest import ROOT
from komainu.exports.formats import FORMATS, file_name, quiz_files
from komainu.load import load

PREFIX = {"ja": "", "en": "en/"}


class Links(HTMLParser):
    """The addresses on a page that lead to a file of a quiz."""

    def __init__(self, text: str):
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Note the address of a link."""
        href = dict(attrs).get("href") or ""
        if tag == "a" and "quizzes/" in href:
            self.found.append(href)


@pytest.mark.parametrize("lang", PREFIX)
def test_a_lesson_hands_out_its_quiz_in_every_format(site, lang):
    """Each link of the teacher's page leads to the very bytes that `build quizzes` writes."""
    curriculum, _ = load(ROOT, date(2026, 11, 26))
    files = quiz_files(curriculum, (lang,))
    for lesson in curriculum.lessons.values():
        page = site / PREFIX[lang] / "lessons" / lesson.id / "index.html"
        links = Links(page.read_text("utf-8")).found
        for one in FORMATS:
            path = f"{lesson.id}/{file_name(lesson.id, lang, one)}"
            (link,) = (link for link in links if link.endswith(path))
            assert (page.parent / link).resolve().read_bytes() == files[path]


@pytest.mark.parametrize("lang", PREFIX)
def test_pupils_pages_hand_out_no_answers(site, lang):
    """The files hold the answers, so only the teacher's page leads to them."""
    for page in (site / PREFIX[lang] / "lessons").glob("*/pupil/index.html"):
        assert [link for link in Links(page.read_text("utf-8")).found if link.rstrip("/").rsplit("/", 1)[-1] != "quizzes"] == []

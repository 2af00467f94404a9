"""The handouts of every lesson as files: Word always, PDF where a browser prints them.

In:  a Curriculum.   Out: language -> path below the site's handouts (`<lesson>/plan.docx`) -> bytes; the same sources, the same bytes.
What a lesson's files came from is in their name in the cache, so a lesson that nobody changed is not written again.
Left out on purpose: where they stand on a page (buttons).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from komainu.curriculum import Curriculum
from komainu.handouts import papers, plan
from komainu.handouts.drawing import png, typeface
from komainu.handouts.page import page
from komainu.handouts.slides import slide_files
from komainu.handouts.told import Document, Told
from komainu.handouts.word import word
from komainu.lesson import Lesson
from komainu.memo import Memo
from komainu.printing import pdf
from komainu.problem import LANGUAGES

Files = dict[str, bytes]


@dataclass(frozen=True)
class Paper:
    """One kind of handout."""

    id: str
    """The name of its files."""
    title: str
    """The name of its title among the words."""
    document: Callable[[Told], Document | None]
    """None where a lesson has no such paper."""


PAPERS = (
    Paper("plan", "hand_plan", plan.full),
    Paper("plan-short", "hand_short", plan.short),
    Paper("worksheet", "hand_worksheet", papers.worksheet),
    Paper("answers", "hand_answers", papers.answers),
    Paper("cards", "hand_cards", papers.cards),
    Paper("poster", "hand_poster", papers.poster),
    Paper("home", "hand_home", papers.home),
)
OTHERS: tuple[Callable[[Curriculum, Lesson, str], Files], ...] = (slide_files,)
"""What else a lesson is given, by file name."""


def documents(curriculum: Curriculum, lesson: Lesson, lang: str) -> dict[str, Document]:
    """The papers of a lesson, by id."""
    told = Told(curriculum, lesson, lang)
    found = {paper.id: paper.document(told) for paper in PAPERS}
    return {ident: document for ident, document in found.items() if document}


def handouts(curriculum: Curriculum, program: str = "") -> dict[str, Files]:
    """The files of all lessons, by language and path. `program` is the browser that prints; without it there are no PDFs."""
    root = curriculum.root
    memo = Memo(root / "build" / "cache" / "handouts")
    lessons = [lesson for lesson in curriculum.lessons.values() if set(lesson.prose) == set(LANGUAGES)]
    made: dict[str, Files] = {}
    for lang in LANGUAGES:
        made[lang] = {}
        for lesson in lessons:
            found = memo.get(_sources(curriculum, lesson, lang), partial(_files, curriculum, lesson, lang))
            made[lang] |= {f"{lesson.id}/{name}": data for name, data in found.items()}
    memo.save()
    if program:
        for lang, found in _printed(curriculum, lessons, program).items():
            made[lang] |= found
    return made


def _files(curriculum: Curriculum, lesson: Lesson, lang: str) -> Files:
    """Every file of a lesson that takes no browser."""
    draw = partial(png, curriculum.root)
    found = {f"{ident}.docx": word(document, draw) for ident, document in documents(curriculum, lesson, lang).items()}
    for write in OTHERS:
        found |= write(curriculum, lesson, lang)
    return found


def _sources(curriculum: Curriculum, lesson: Lesson, lang: str) -> list[bytes]:
    """Everything a lesson's handouts come from, besides this code."""
    reference, folder = curriculum.reference, curriculum.root / "lessons" / lesson.id
    terms = [term.words[lang] for term in reference.terms.values()] if lesson.prose[lang].outline.links else []
    facts = [
        lang, lesson.facts.data, reference.stages[lesson.stage], [reference.skills[ident] for ident in lesson.skills],
        [reference.sources[ident] for ident in lesson.sources], terms, lesson.quiz, lesson.prose[lang].sections,
    ]
    return [repr(facts).encode(), *((folder / image.file).read_bytes() for image in lesson.images)]


# --- PDF -----------------------------------------------------------------------------------------


def _printed(curriculum: Curriculum, lessons: list[Lesson], program: str) -> dict[str, Files]:
    """Every paper as PDF, as many at a time as the machine has processors."""
    jobs = [(lang, f"{lesson.id}/{ident}.pdf", document) for lang in LANGUAGES for lesson in lessons for ident, document in documents(curriculum, lesson, lang).items()]
    faces = typeface(curriculum.root, (page(document, {}) for _, _, document in jobs))
    memo = Memo(curriculum.root / "build" / "cache" / "handouts-pdf")
    stat = Path(program).stat()
    browser = f"{program} {stat.st_size} {stat.st_mtime_ns}".encode()

    def one(job: tuple[str, str, Document]) -> bytes:
        text = page(job[2], faces)
        return memo.get([browser, text.encode()], lambda: pdf(text, program))

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        printed = list(pool.map(one, jobs))
    memo.save()
    made: dict[str, Files] = {lang: {} for lang in LANGUAGES}
    for (lang, path, _), data in zip(jobs, printed, strict=True):
        made[lang][path] = data
    return made

"""Every format that a quiz is handed out in, and the files of all lessons.

In:  a Curriculum.   Out: path below a folder -> bytes, the same each time.
A new format is one module with `write`, and one row here; its words are `export_<id>` (name) in data/words.yml.
Left out on purpose: where the files go (site, cli), and which platform takes which (docs/*/quizzes.md).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from komainu.curriculum import Curriculum
from komainu.exports import cartridge, gift, google_forms, moodle, ms_forms, paper, qti3, qti21, scorm
from komainu.exports.quiz_set import QuizSet, of_lesson
from komainu.memo import Memo
from komainu.problem import LANGUAGES


@dataclass(frozen=True)
class Format:
    """One format."""

    id: str
    suffix: str
    """How its files end, after the quiz's id and language."""
    write: Callable[[QuizSet], bytes]


FORMATS = (
    Format("moodle", "moodle.xml", moodle.write),
    Format("gift", "gift.txt", gift.write),
    Format("google-forms", "google-forms.gs.txt", google_forms.write),
    Format("scorm12", "scorm12.zip", scorm.write),
    Format("qti3", "qti3.zip", qti3.write),
    Format("qti21", "qti21.zip", qti21.write),
    Format("cartridge", "imscc", cartridge.write),
    Format("ms-forms", "ms-forms.docx", ms_forms.write),
    Format("paper", "paper.docx", paper.write),
    Format("paper-key", "paper-key.docx", paper.write_key),
)
"""In the order in which a page lists them."""


def file_name(quiz: str, lang: str, one: Format) -> str:
    """The name of a quiz in a format: `reasonable-lies.ja.moodle.xml`."""
    return f"{quiz}.{lang}.{one.suffix}"


def written(quiz: QuizSet) -> dict[str, bytes]:
    """One quiz in every format, by file name."""
    return {file_name(quiz.id, quiz.lang, one): one.write(quiz) for one in FORMATS}


def quiz_files(curriculum: Curriculum, languages: tuple[str, ...] = LANGUAGES, memo: Memo | None = None) -> dict[str, bytes]:
    """The quizzes of all lessons: `<lesson>/<file name>` -> bytes. A memo gives back those that have not changed."""
    files = {}
    for lesson in curriculum.lessons.values():
        for lang in languages if lesson.quiz else ():
            quiz = of_lesson(curriculum, lesson, lang)
            made = memo.get([repr(quiz).encode()], lambda quiz=quiz: written(quiz)) if memo else written(quiz)
            files |= {f"{lesson.id}/{name}": data for name, data in made.items()}
    return files

"""Everything the outputs may see: the shared facts, the lessons and the hand-written pages, read and checked.

In:  a root folder.   Out: an immutable Curriculum and a Report with every problem at once.
Left out on purpose: the single rules (checks), outputs (site).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from komainu.exercise import Exercise, read_exercise
from komainu.files import read_text
from komainu.lesson import Lesson, read_lesson
from komainu.markup import Heading, Outline, outline, split
from komainu.policy.data import Policy, read_policy
from komainu.problem import LANGUAGES, Report, Unable
from komainu.reference import Reference, read_reference


@dataclass(frozen=True)
class Page:
    """One hand-written page in one language."""

    name: str
    """File name without `.md`; the same in both languages, and the page's address."""
    lang: str
    path: str
    text: str
    headings: tuple[Heading, ...]
    outline: Outline

    @property
    def title(self) -> str:
        """The page's H1."""
        return next((h.title for h in self.headings if h.level == 1), self.name)


@dataclass(frozen=True)
class Curriculum:
    """The sources as values: the only thing an output may see."""

    root: Path
    """Where pictures are copied from and notebooks are run; outputs read nothing else there."""
    reference: Reference
    lessons: dict[str, Lesson]
    """By id, in stage order and then by id."""
    pages: dict[str, dict[str, Page]]
    """Language -> name -> page."""
    exercises: dict[str, Exercise]
    """By id, in the order of their first stage and then by id."""
    policy: Policy | None = None
    """The classroom policy; None where the sources have none."""
    unread: frozenset[str] = frozenset()
    """Folders of lessons and exercises whose facts could not be read, or whose id is another; links to them are no second mistake."""

    def taught_by(self, skill: str) -> list[Lesson]:
        """The lessons with an activity that teaches or assesses a skill, or a quiz item for it."""
        return [lesson for lesson in self.lessons.values() if skill in covered(lesson)]


def covered(lesson: Lesson) -> set[str]:
    """The skills that a lesson really teaches or assesses."""
    in_class = {s for a in lesson.activities for s in (*a.teaches, *a.assesses)}
    return in_class | {question.skill for question in lesson.quiz}


def read(
    root: Path,
    report: Report,
    read_lesson: Callable[[Path, str, Report], Lesson | None] = read_lesson,
    read_exercise: Callable[[Path, str, Report], Exercise | None] = read_exercise,
) -> Curriculum:
    """The sources below `root`, with the problems of reading noted in the report; no cross-checks.

    `read_lesson` and `read_exercise` are how one folder is read: anew each time, unless the caller knows a faster way.
    """
    if not (root / "lessons").is_dir():
        raise Unable(
            f"{root} に lessons フォルダーがありません。Komainu のフォルダーで実行してください。",
            f"There is no lessons folder in {root}. Run the command in a Komainu folder.",
        )
    reference = read_reference(root, report)
    folders = sorted(p.name for p in (root / "lessons").iterdir() if p.is_dir() and _may_be_lesson(p.name))
    lessons = [lesson for folder in folders if (lesson := read_lesson(root, folder, report))]
    order = {stage: number for number, stage in enumerate(reference.stages)}
    lessons.sort(key=lambda lesson: (order.get(lesson.stage, 9), lesson.id))
    practice = sorted({p.parent.name for p in root.glob("notebooks/*/*.yml")})
    exercises = [exercise for folder in practice if (exercise := read_exercise(root, folder, report))]
    exercises.sort(key=lambda exercise: (order.get(exercise.stages[0], 9), exercise.id))
    return Curriculum(
        root=root,
        reference=reference,
        lessons={lesson.id: lesson for lesson in lessons},
        pages={lang: _pages(root, lang, report) for lang in LANGUAGES},
        exercises={exercise.id: exercise for exercise in exercises},
        policy=read_policy(root, report),
        unread=frozenset([*folders, *practice]) - {one.id for one in (*lessons, *exercises)},
    )


def _may_be_lesson(name: str) -> bool:
    """A folder that stands where a shared file should be has been noted as such."""
    return not name.startswith((".", "_")) and not name.endswith(".yml") and name != "diagnosis"


def page_path(lang: str, name: str) -> str:
    """Where a hand-written page stands, relative to the root."""
    return f"docs/{lang}/{name}.md"


def _pages(root: Path, lang: str, report: Report) -> dict[str, Page]:
    pages = {}
    for file in sorted((root / "docs" / lang).glob("*.md")):
        path = page_path(lang, file.stem)
        text = read_text(root, path, report)
        if text is not None:
            pages[file.stem] = Page(file.stem, lang, path, text, split(text), outline(text))
    return pages

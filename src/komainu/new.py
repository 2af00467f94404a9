"""What Komainu writes among the sources: the skeleton of a lesson or an exercise, and the pupils' notebooks.

In:  an id and a stage, or Exercises.   Out: lessons/<id>/ or notebooks/<id>/, files that pass the check, with a hint in every
place to be filled in; or notebooks/<id>/{ja,en}.ipynb, derived from what stands beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import resources
from pathlib import Path

from komainu.exercise import Exercise, notebook_bytes, read_exercise
from komainu.lesson import HOUR
from komainu.problem import Report, Unable
from komainu.reference import read_reference

LESSON = ("lesson.yml", "ja.md", "en.md", "quiz.yml")
EXERCISE = ("exercise.yml", "checks.yml", "ja.py", "en.py", "ja.md", "en.md")


def new_lesson(root: Path, ident: str, stage: str) -> Path:
    """Write the skeleton of a lesson and return its folder; nothing that exists is touched."""
    return _skeleton(root, "lessons", ident, LESSON, stage)


def new_exercise(root: Path, ident: str, stage: str) -> Path:
    """Write the skeleton of an exercise, with its pupils' notebooks, and return its folder; nothing that exists is touched."""
    if stage == "es-lower":
        raise Unable(
            "小1〜3(es-lower)は端末なしの授業だけです。--stage に es-upper、jhs、hs のどれかを書いてください。",
            "Years 1 to 3 (es-lower) have lessons without devices only. Choose --stage es-upper, jhs or hs.",
        )
    folder = _skeleton(root, "notebooks", ident, EXERCISE, stage)
    exercise = read_exercise(root, ident, Report())
    new_notebooks(root, [exercise] if exercise else [])
    return folder


def new_notebooks(root: Path, exercises: Iterable[Exercise]) -> list[Path]:
    """Write the pupils' notebooks of these exercises and return the files that changed."""
    written = []
    for exercise in exercises:
        for lang in exercise.cells:
            file, data = root / exercise.folder / f"{lang}.ipynb", notebook_bytes(exercise, lang)
            if not file.is_file() or file.read_bytes() != data:
                file.write_bytes(data)
                written.append(file)
    return written


def _skeleton(root: Path, place: str, ident: str, names: tuple[str, ...], stage: str) -> Path:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", ident):
        raise Unable(
            f"id「{ident}」は使えません。英小文字と数字をハイフンでつないでください(例: my-lesson)。",
            f"The id “{ident}” cannot be used. Join lower-case letters and digits with hyphens, as in my-lesson.",
        )
    folder = root / place / ident
    if folder.exists():
        raise Unable(f"{folder} はもうあります。別の id にしてください。", f"{folder} exists already. Choose another id.")
    facts = _facts(root, ident, stage)
    folder.mkdir(parents=True)
    for name in names:
        text = resources.files("komainu").joinpath(f"data/skeleton/{place}/{name}").read_text("utf-8")
        (folder / name).write_text(re.sub(r"\{\{([a-z-]+)\}\}", lambda m: facts[m[1]], text), "utf-8", newline="\n")
    return folder


def _facts(root: Path, ident: str, stage: str) -> dict[str, str]:
    skills = [s.id for s in read_reference(root, Report()).skills.values() if s.stage == stage and s.viewpoint in ("how", "verify")]
    if len(skills) < 2:
        raise Unable(
            f"lessons/skillset.yml に段階 {stage} のスキルがありません。komainu check で直してから使ってください。",
            f"lessons/skillset.yml has no skills of stage {stage}. Mend it with komainu check first.",
        )
    minutes = HOUR[stage]
    return {
        "id": ident, "stage": stage, "skill-a": skills[0], "skill-b": skills[-1],
        "full": str(minutes), "middle": str(minutes - 20),
    }

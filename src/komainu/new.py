"""The skeleton of a lesson: files that pass the check, with a hint in every place to be filled in.

In:  an id and a stage.   Out: lessons/<id>/ with lesson.yml, ja.md, en.md, quiz.yml.
"""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

from komainu.lesson import HOUR
from komainu.problem import Report, Unable
from komainu.reference import read_reference

FILES = ("lesson.yml", "ja.md", "en.md", "quiz.yml")


def new_lesson(root: Path, ident: str, stage: str) -> Path:
    """Write the skeleton and return its folder; nothing that exists is touched."""
    folder = root / "lessons" / ident
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", ident):
        raise Unable(
            f"id「{ident}」は使えません。英小文字と数字をハイフンでつないでください(例: my-lesson)。",
            f"The id “{ident}” cannot be used. Join lower-case letters and digits with hyphens, as in my-lesson.",
        )
    if folder.exists():
        raise Unable(f"{folder} はもうあります。別の id にしてください。", f"{folder} exists already. Choose another id.")
    facts = _facts(root, ident, stage)
    folder.mkdir(parents=True)
    for name in FILES:
        text = resources.files("komainu").joinpath(f"data/skeleton/{name}").read_text("utf-8")
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

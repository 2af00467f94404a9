"""A small world: the smallest sources that have no mistake, and one change to them.

In:  a folder, and changes by path.   Out: the folder with the sources in it, ready for `komainu check`.
The files stand in tests/cases/world; the skillset, the second lesson and the bank of the diagnosis are made from a pattern, and the exercise
`pets` is the skeleton that `komainu new exercise` writes.
A change is the new text or bytes, None (delete), {find, replace} or {append}, or a list of these last two.
Left out on purpose: lessons for most skills, so the world has gaps, which are no mistakes.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from diagnosis_world import bank
from komainu.exercise import read_exercise
from komainu.new import new_exercise, new_notebooks
from komainu.problem import Report

BASE = Path(__file__).parent / "cases" / "world"
TODAY = date(2026, 11, 23)
STAGES = ("es-lower", "es-upper", "jhs", "hs")
VIEWPOINTS = ("use", "how", "verify", "bias", "think", "society", "protect")

STAGE = """\
  - id: {id}
    ja: {{name: "段階", short: "段", note: "説明です。"}}
    en: {{name: "Stage", short: "S", note: "A note."}}
    furigana: 4
"""
VIEWPOINT = """\
  - id: {id}
    ja: {{name: "観点", question: "何ですか。"}}
    en: {{name: "Viewpoint", question: "What is it?"}}
"""
SKILL = """\
  - id: {viewpoint}-{stage}-{letter}
    viewpoint: {viewpoint}
    stage: {stage}
    ja: {{can: "できる。", evidence: "している。"}}
    en: {{can: "Can do it.", evidence: "Does it."}}
    frameworks: [frame:know]
"""


def skillset() -> str:
    """A skillset with two skills in each of the 7 x 4 cells."""
    stages = "".join(STAGE.format(id=stage) for stage in STAGES)
    viewpoints = "".join(VIEWPOINT.format(id=viewpoint) for viewpoint in VIEWPOINTS)
    skills = "".join(
        SKILL.format(viewpoint=viewpoint, stage=stage, letter=letter)
        for stage in STAGES for viewpoint in VIEWPOINTS for letter in "ab"
    )
    return f"format: 1\nstages:\n{stages}viewpoints:\n{viewpoints}skills:\n{skills}"


def second(text: str) -> str:
    """A file of the lesson `cards`, rewritten for the lesson `votes`: junior high school, no picture."""
    for old, new in (
        ("id: cards", "id: votes"), ("es-lower", "jhs"), ("full: 45", "full: 50"), ("minutes: 25", "minutes: 30"),
        ("next: [votes]\n", ""), ("lesson:votes", "lesson:cards"), ("images:\n", "images: []\n"),
    ):
        text = text.replace(old, new)
    return "".join(line for line in text.splitlines(keepends=True) if "images/" not in line)


@cache
def base() -> dict[str, bytes]:
    """Every file of the unchanged world: path -> content."""
    files = {p.relative_to(BASE).as_posix(): p.read_bytes() for p in sorted(BASE.rglob("*")) if p.is_file()}
    files["lessons/skillset.yml"] = skillset().encode()
    for name in ("lesson.yml", "ja.md", "en.md", "quiz.yml"):
        files[f"lessons/votes/{name}"] = second(files[f"lessons/cards/{name}"].decode()).encode()
    return files | skeleton(files) | bank()


def skeleton(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a new exercise for junior high school."""
    with TemporaryDirectory() as folder:
        root = write(Path(folder), files)
        made = new_exercise(root, "pets", "jhs")
        return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(made.iterdir())}


def edited(text: str, edit: Mapping[str, str]) -> str:
    """The text after one edit; what is to be found must stand there exactly once."""
    if "append" in edit:
        return text + edit["append"]
    assert text.count(edit["find"]) == 1, f"{edit['find']!r} stands there {text.count(edit['find'])} times"
    return text.replace(edit["find"], edit["replace"])


def world(tmp_path: Path, changes: Mapping[str, object] | None = None, fresh: bool = False) -> Path:
    """Write the small world with some changes and return its folder; `fresh`: derive the pupils' notebooks anew."""
    files = dict(base())
    for path, change in (changes or {}).items():
        if change is None:
            gone = [name for name in files if name == path or name.startswith(f"{path}/")]
            assert gone, f"{path} is not in the world"
            for name in gone:
                del files[name]
        elif isinstance(change, str | bytes):
            files[path] = change if isinstance(change, bytes) else change.encode()
        else:
            text = files[path].decode()
            for edit in [change] if isinstance(change, Mapping) else change:
                text = edited(text, edit)
            files[path] = text.encode()
    write(tmp_path, files)
    if fresh:
        exercise = read_exercise(tmp_path, "pets", Report())
        new_notebooks(tmp_path, [exercise] if exercise else [])
    return tmp_path


def write(root: Path, files: Mapping[str, bytes]) -> Path:
    """Write files below a folder and return it."""
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return root

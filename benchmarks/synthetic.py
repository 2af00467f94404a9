"""A Komainu folder with any number of lessons, each its own text, made from the real ones.

In:  the repository, a number.   Out: a folder that `komainu build` takes, and plain MkDocs configurations for its pages.
The real lessons stay; every other one is a copy with a new id in which almost every sentence carries
the number of the copy, so that nothing is answered out of a cache of sentences or of files.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import yaml

from komainu.new import new_exercise

SHARED = ("skillset", "frameworks", "sources", "glossary", "trace")
PUPILS = ("pupil", "worksheet", "exit")
FIXED_ENDINGS = ("criteria", "unit", "poster")
"""Sections whose sentences end as custom has it, or are as long as they may be."""

ROOM = {"es-lower": 40, "es-upper": 40, "jhs": 60, "hs": 60}
"""Characters in a sentence for pupils; a longer one would be a mistake, and mistakes are not built."""


def make_world(repository: Path, folder: Path, lessons: int) -> None:
    """The sources of a site with this many lessons in a new folder."""
    (folder / "lessons").mkdir(parents=True)
    for name in ("docs", "classroom_policy", "lessons/diagnosis"):
        shutil.copytree(repository / name, folder / name)
    for name in ("mkdocs.yml", "package-lock.json"):
        shutil.copy2(repository / name, folder)
    (folder / "node_modules").symlink_to(repository / "node_modules")
    linked = {ident for page in (folder / "docs").rglob("*.md") for ident in re.findall(r"\]\(exercise:([a-z0-9-]+)\)", page.read_text("utf-8"))}
    for name in SHARED:
        shutil.copy2(repository / "lessons" / f"{name}.yml", folder / "lessons")
    real = sorted(path.parent for path in (repository / "lessons").glob("*/lesson.yml"))
    for source in real:
        shutil.copytree(source, folder / "lessons" / source.name)
    for ident in sorted(linked):  # pages lead to them; a skeleton runs in no time, and running is not what is measured
        new_exercise(folder, ident, "es-upper")
    for number in range(lessons - len(real)):
        copy_lesson(real[number % len(real)], folder / "lessons", number)


def copy_lesson(source: Path, lessons: Path, number: int) -> None:
    """One more lesson: the same facts, other words."""
    target = lessons / f"{source.name}-{number:04}"
    shutil.copytree(source, target)
    facts = (source / "lesson.yml").read_text("utf-8")
    stage = re.search(r"^stage: (\S+)", facts, re.M)[1]
    facts = facts.replace(f"id: {source.name}\n", f"id: {target.name}\n", 1)
    facts = re.sub(r'^title: \{ja: "(.*?)", en: "(.*?)"\}', rf'title: {{ja: "\1 {number}", en: "\2 {number}"}}', facts, flags=re.M)
    (target / "lesson.yml").write_text(facts, "utf-8")
    (target / "ja.md").write_text(vary_ja((source / "ja.md").read_text("utf-8"), ROOM[stage], number), "utf-8")
    (target / "en.md").write_text(vary_en((source / "en.md").read_text("utf-8"), number), "utf-8")
    (target / "quiz.yml").write_text(vary_quiz((source / "quiz.yml").read_text("utf-8"), ROOM[stage], number), "utf-8")


def vary_ja(text: str, room: int, number: int) -> str:
    """The text with the number in every sentence that has room for it, and else in front of it."""
    lines, section = [], ""
    for line in text.split("\n"):
        if head := re.match(r"## .*\{#([a-z-]+)\}", line):
            section = head[1]
        limit = room if section in PUPILS else 80
        if section in FIXED_ENDINGS:
            line = re.sub(r"^(- \*\*.*?\*\*) ", rf"\1 {number}の", line) if section != "poster" else line
        elif line.endswith("。") and not line.startswith(("#", "|")):
            longest = max(map(len, line.split("。")))
            line = f"{line[:-1]}({number})。" if longest + 8 <= limit else f"{line[:-1]}。{number}です。"
        lines.append(line)
    return "\n".join(lines)


def vary_en(text: str, number: int) -> str:
    """The text with the number at the end of every line that ends a sentence."""
    return re.sub(r"(?m)^((?![#|]).*[a-z])\.$", rf"\1 ({number}).", text)


def vary_quiz(text: str, room: int, number: int) -> str:
    """The quiz with the number in explanations and stems, in both languages."""
    ja = re.compile(r'^( +(?:stem|explain): ".*?)。"$', re.M)
    text = ja.sub(lambda m: f'{m[1]}。{number}です。"', text)
    return re.sub(r'(?m)^( +(?:stem|explain): ".*[a-z])\."$', rf'\1 ({number})."', text)


def plain_config(folder: Path, lang: str) -> Path:
    """The usual configuration of mkdocs-material for the pages that were built: tabs, sections, the whole tree, its own search."""
    own = yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8"))
    sections: dict[str, list] = {}
    for lesson in sorted((folder / "lessons").glob("*/lesson.yml")):
        stage = re.search(r"^stage: (\S+)", lesson.read_text("utf-8"), re.M)[1]
        name = lesson.parent.name
        sections.setdefault(stage, []).extend([f"lessons/{name}/index.md", f"lessons/{name}/pupil.md"])
    config = {
        "site_name": "Komainu",
        "site_url": "http://127.0.0.1:8000/",
        "docs_dir": f"pages/{lang}",
        "theme": {"name": "material", "font": False, "language": lang, "features": ["navigation.tabs", "navigation.sections"]},
        "plugins": [{"search": {"lang": lang}}],
        "markdown_extensions": own["markdown_extensions"],
        "validation": own["validation"],
        "nav": [*own["nav"], {"Lessons": [{stage: pages} for stage, pages in sorted(sections.items())]}],
    }
    file = folder / "build" / f"plain.{lang}.yml"
    file.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), "utf-8")
    return file

"""Lesson facts and words, read from one folder.

In:  lessons/<id>/{lesson.yml, ja.md, en.md, quiz.yml}.   Out: a Lesson, or Problems with line numbers.
Left out on purpose: rules that look beyond one value (checks), rendering (site).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from komainu.files import Plain, read_text, read_yaml
from komainu.markup import Heading, Outline, outline, split
from komainu.problem import LANGUAGES, Report
from komainu.quiz import Question, read_quiz

SECTIONS = {
    "summary": "teacher",
    "criteria": "teacher",
    "materials": "teacher",
    "timeline": "teacher",
    "short": "teacher",
    "board": "teacher",
    "pupil": "pupil",
    "worksheet": "pupil",
    "exit": "pupil",
    "answers": "teacher",
    "support": "teacher",
    "stretch": "teacher",
    "misconceptions": "teacher",
    "home": "family",
    "background": "teacher",
    "unit": "plan",
    "poster": "poster",
}
"""Every section of a lesson in its order, and who reads it."""
OFF_PAGE = ("plan", "poster")
"""Readers whose sections stand in files to print, not on the lesson's pages."""

UNIT = ("unit-name", "unit-material", "unit-pupils", "unit-teaching", "unit-goals", "unit-criteria", "unit-plan")
"""The headings of the section `unit`, in their order."""
PILLARS = {
    "ja": {
        "unit-goals": ("知識及び技能", "思考力、判断力、表現力等", "学びに向かう力、人間性等"),
        "unit-criteria": ("知識・技能", "思考・判断・表現", "主体的に学習に取り組む態度"),
    },
    "en": {
        "unit-goals": ("Knowledge and skills", "Thinking, judgement and expression", "Motivation and character"),
        "unit-criteria": ("Knowledge and skills", "Thinking, judgement and expression", "Attitude to learning"),
    },
}
"""What begins the three bullets of a unit's goals (the Course of Study's names) and of its criteria (the records' names)."""
THIS_HOUR = {"ja": "本時", "en": "this lesson"}
"""What marks this lesson's hour in the unit's plan."""

LABELS = {
    "ja": {
        "ask": "発問", "answers": "予想される反応", "moves": "手だて", "assess": "評価",
        "probe": "確かめる問い", "refute": "ときほぐし",
    },
    "en": {
        "ask": "Key questions", "answers": "Likely answers", "moves": "Teacher moves", "assess": "Assessment",
        "probe": "Probe", "refute": "Refutation",
    },
}
"""The H4 headings of activities and misconceptions: the only ones allowed there."""

PHASES = ("own-idea", "predict", "run", "investigate", "modify", "share", "look-back")
HOUR = {"es-lower": 45, "es-upper": 45, "jhs": 50, "hs": 50}
"""Minutes of one lesson hour by stage."""


@dataclass(frozen=True)
class Activity:
    """One step of the lesson."""

    id: str
    phase: str
    minutes: int
    short: int
    """Minutes in the short cut; 0 when it is left out there."""
    form: str
    teaches: tuple[str, ...]
    assesses: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Image:
    """A picture of the lesson, with who made it and how it may be used."""

    file: str
    credit: str
    licence: str
    line: int


@dataclass(frozen=True)
class Prose:
    """The words of a lesson in one language."""

    path: str
    sections: dict[str, Heading]
    """By section id, in the order of the file."""
    order: tuple[tuple[str, int], ...]
    """The section ids as they stand in the file, repeated and unknown ones included, with their lines."""
    outline: Outline


@dataclass(frozen=True)
class Lesson:
    """One lesson hour: facts once, words twice."""

    id: str
    stage: str
    title: dict[str, str]
    tagline: dict[str, str]
    full_minutes: int
    short_minutes: int
    subjects: tuple[str, ...]
    device: str
    skills: tuple[str, ...]
    activities: tuple[Activity, ...]
    misconceptions: tuple[str, ...]
    images: tuple[Image, ...]
    sources: tuple[str, ...]
    exercise: str
    """The computer exercise that deepens the lesson, whether or not it exists yet; may be empty."""
    next: tuple[str, ...]
    prose: dict[str, Prose]
    quiz: tuple[Question, ...]
    facts: Plain
    """lesson.yml with its line numbers, for messages."""

    @property
    def path(self) -> str:
        """The lesson.yml, relative to the root."""
        return self.facts.path


def read_lesson(root: Path, folder: str, report: Report) -> Lesson | None:
    """The lesson in lessons/<folder>, or None when its facts cannot be read."""
    base = f"lessons/{folder}"
    facts = read_yaml(root, f"{base}/lesson.yml", "lesson", report)
    prose = {lang: read_prose(root, f"{base}/{lang}.md", report) for lang in LANGUAGES}
    quiz = read_quiz(root, f"{base}/quiz.yml", report)
    if facts is None:
        return None
    if facts.data["id"] != folder:
        report.add(facts.path, facts.line("id"), "id-folder", id=facts.data["id"], folder=folder)
    return _lesson(facts, {lang: p for lang, p in prose.items() if p}, quiz)


def read_prose(root: Path, path: str, report: Report) -> Prose | None:
    """The sections of one prose file."""
    text = read_text(root, path, report)
    if text is None:
        return None
    headings = [heading for top in split(text) for heading in _opened(top)]
    order = tuple((_name(h), h.line) for h in headings)
    return Prose(path, {h.ident: h for h in headings if h.level == 2 and h.ident}, order, outline(text))


def _opened(top: Heading) -> tuple[Heading, ...]:
    """The sections below a # heading as well as itself: a stray title must not hide them."""
    return (top, *top.children) if top.level == 1 else (top,)


def _name(heading: Heading) -> str:
    own = heading.ident if heading.level == 2 else ""
    return own or heading.title or heading.text.partition("\n")[0]


def _lesson(facts: Plain, prose: dict[str, Prose], quiz: tuple[Question, ...]) -> Lesson:
    data = facts.data
    return Lesson(
        id=data["id"],
        stage=data["stage"],
        title=data["title"],
        tagline=data["tagline"],
        full_minutes=data["minutes"]["full"],
        short_minutes=data["minutes"]["short"],
        subjects=tuple(data["subjects"]),
        device=data["device"],
        skills=tuple(data["skills"]),
        activities=tuple(_activity(a, facts.line("activities", i)) for i, a in enumerate(data["activities"])),
        misconceptions=tuple(data["misconceptions"]),
        images=tuple(
            Image(image["file"], image["credit"], image["licence"], facts.line("images", i))
            for i, image in enumerate(data["images"])
        ),
        sources=tuple(data["sources"]),
        exercise=data.get("exercise", ""),
        next=tuple(data.get("next", ())),
        prose=prose,
        quiz=quiz,
        facts=facts,
    )


def _activity(data: dict, line: int) -> Activity:
    lists = tuple(data.get("teaches", ())), tuple(data.get("assesses", ()))
    return Activity(data["id"], data["phase"], data["minutes"], data["short"], data["form"], *lists, line)

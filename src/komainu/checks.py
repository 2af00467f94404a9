"""The rules that look beyond one value: what a lesson promises against what it holds.

In:  a Curriculum and today's date.   Out: Problems, all at once.
Each function checks one thing and is listed in a table at the end.
Left out on purpose: what two texts must share (crosschecks), reading level (level).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from komainu.crosschecks import (
    gaps,
    images,
    lesson_directives,
    lesson_links,
    lesson_parity,
    pages,
    skillset,
    sources,
    terms,
    trace,
)
from komainu.curriculum import Curriculum, covered
from komainu.exercise_checks import EXERCISE_CHECKS
from komainu.lesson import HOUR, LABELS, PHASES, PILLARS, SECTIONS, THIS_HOUR, UNIT, Lesson, Prose
from komainu.markup import Heading, outline
from komainu.problem import Report

ENDINGS = {"unit-goals": ("ようにする。", "ようにする。", "態度を養う。"), "unit-criteria": ("ている。", "ている。", "うとしている。")}
"""How the three bullets end in Japanese: goals say what teaching brings about, criteria what pupils are seen to do."""
MARKS = ("", "○", "◎")
"""What may stand in the unit's plan under a viewpoint: nothing, an assessment to teach by, one for the record."""
POSTER_LINE = {"ja": 22, "en": 44}
"""Characters in a line of the poster: what can be read from the back of a classroom."""

# --- facts of a lesson ---------------------------------------------------------------------------

def minutes(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """The minutes of the activities add up, for the hour and for the short cut."""
    full, short = sum(a.minutes for a in lesson.activities), sum(a.short for a in lesson.activities)
    at = lesson.facts.line
    if full != lesson.full_minutes:
        report.add(lesson.path, at("minutes", "full"), "minutes-sum", sum=full, minutes=lesson.full_minutes)
    if short != lesson.short_minutes:
        report.add(lesson.path, at("minutes", "short"), "minutes-short", sum=short, minutes=lesson.short_minutes)
    if lesson.full_minutes != HOUR[lesson.stage]:
        report.add(lesson.path, at("minutes", "full"), "minutes-hour", hour=HOUR[lesson.stage], minutes=lesson.full_minutes)
    for activity in lesson.activities:
        if activity.short > activity.minutes:
            report.add(lesson.path, activity.line, "minutes-longer", id=activity.id, short=activity.short, minutes=activity.minutes)


def phases(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """Own idea first, look back last, never backwards between; ids appear once."""
    steps = lesson.activities
    first, last = steps[0].phase, steps[-1].phase
    if (first, last) != ("own-idea", "look-back"):
        report.add(lesson.path, steps[0].line, "phase-ends", first=first, last=last)
    for before, after in pairwise(steps):
        if PHASES.index(after.phase) < PHASES.index(before.phase):
            report.add(lesson.path, after.line, "phase-order", id=after.id, phase=after.phase)
    for number, step in enumerate(steps):
        if step.id in [other.id for other in steps[:number]]:
            report.add(lesson.path, step.line, "id-duplicate", id=step.id)


def skills(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """Claimed skills exist, are of the stage, and are taught or assessed; nothing else is."""
    for number, skill in enumerate(lesson.skills):
        line = lesson.facts.line("skills", number)
        known = c.reference.skills.get(skill)
        if c.reference.lacks("skills", skill):
            report.add(lesson.path, line, "skill-unknown", id=skill)
        elif known and known.stage != lesson.stage:
            report.add(lesson.path, line, "skill-stage", id=skill, stage=known.stage, lesson=lesson.stage)
        elif lesson.quiz and skill not in covered(lesson):
            report.add(lesson.path, line, "skill-idle", id=skill)
    used = [(lesson.path, a.line, s) for a in lesson.activities for s in (*a.teaches, *a.assesses)]
    used += [(question.path, question.line, question.skill) for question in lesson.quiz]
    for path, line, skill in used:
        if skill not in lesson.skills:
            report.add(path, line, "skill-not-claimed", id=skill)


def neighbours(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """The lessons that follow exist."""
    for number, other in enumerate(lesson.next):
        if other not in c.lessons and other not in c.unread:
            report.add(lesson.path, lesson.facts.line("next", number), "lesson-unknown", id=other)


def quiz_kinds(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """A quiz mixes kinds and asks at least once how sure the pupil is."""
    kinds = sorted({question.kind for question in lesson.quiz})
    if lesson.quiz and (len(kinds) < 3 or "confidence" not in kinds):
        report.add(lesson.quiz[0].path, 1, "quiz-kinds", kinds=", ".join(kinds))


# --- words of a lesson ---------------------------------------------------------------------------

def sections(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """Each language has the fixed sections, once, in order, each with text."""
    wanted = list(SECTIONS)
    for prose in lesson.prose.values():
        found = [ident for ident, _ in prose.order]
        for ident in wanted:
            if ident not in found:
                report.add(prose.path, 1, "section-missing", id=ident)
            elif not prose.sections[ident].text and not prose.sections[ident].children:
                report.add(prose.path, prose.sections[ident].line, "section-empty", id=ident)
        for number in _astray(found, wanted):
            ident, line = prose.order[number]
            if ident in wanted:
                report.add(prose.path, line, "section-order", id=ident, order=", ".join(wanted))
            else:
                report.add(prose.path, line, "section-extra", id=ident)


def timeline(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """Each activity has its heading, key questions, likely answers and teacher's moves."""
    for lang, prose in lesson.prose.items():
        labels = LABELS[lang]
        activities = {a.id: a for a in lesson.activities}
        headings = _children(prose, "timeline")
        _in_order(prose, "timeline", headings, list(activities), "activity-missing", "activity-extra", report)
        for heading in headings:
            if heading.ident in activities:
                parts = ["ask", "answers", "moves"] + (["assess"] if activities[heading.ident].assesses else [])
                _labelled(prose, heading, [labels[part] for part in parts], report)


def misconceptions(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """Each misconception has its heading, a probe and a refutation."""
    for lang, prose in lesson.prose.items():
        headings = _children(prose, "misconceptions")
        wanted = list(lesson.misconceptions)
        _in_order(prose, "misconceptions", headings, wanted, "misconception-missing", "misconception-extra", report)
        for heading in headings:
            if heading.ident in wanted:
                _labelled(prose, heading, [LABELS[lang]["probe"], LABELS[lang]["refute"]], report)


def _children(prose: Prose, section: str) -> tuple[Heading, ...]:
    return prose.sections[section].children if section in prose.sections else ()


def _astray(found: list[str], wanted: list[str]) -> Iterator[int]:
    """The numbers of what is not wanted at all, comes after something it belongs before, or comes again."""
    last = -1
    for number, ident in enumerate(found):
        place = wanted.index(ident) if ident in wanted else -1
        if place <= last:
            yield number
        last = max(last, place)


def _in_order(prose: Prose, section: str, headings, wanted: list[str], missing: str, extra: str, report: Report) -> None:
    if section not in prose.sections:
        return
    found = [heading.ident for heading in headings]
    for ident in wanted:
        if ident not in found:
            report.add(prose.path, prose.sections[section].line, missing, id=ident)
    for number in _astray(found, wanted):
        heading = headings[number]
        report.add(prose.path, heading.line, extra, id=heading.ident or heading.title)


def _labelled(prose: Prose, heading: Heading, wanted: list[str], report: Report) -> None:
    parts = {child.title: child for child in heading.children}
    for label in wanted:
        if label not in parts or not re.search(r"^\s*[-*] ", parts[label].text, re.M):
            report.add(prose.path, heading.line, "part-missing", where=heading.title, label=label)
    for number in _astray([child.title for child in heading.children], wanted):
        child = heading.children[number]
        report.add(prose.path, child.line, "part-extra", where=heading.title, label=child.title)


def criteria_and_board(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """Three criteria; two to four panels on the board; an answer to every task."""
    for prose in lesson.prose.values():
        if "criteria" in prose.sections:
            heading = prose.sections["criteria"]
            count = next((int(what[8:]) for what, _ in outline(heading.text).shape if what.startswith("list of ")), 0)
            if count != 3:
                report.add(prose.path, heading.line, "criteria-three", count=count)
        if "board" in prose.sections:
            panels = [h.ident for h in _children(prose, "board")]
            if panels != [f"board-{n}" for n in range(1, len(panels) + 1)] or not 2 <= len(panels) <= 4:
                report.add(prose.path, prose.sections["board"].line, "board-panels", count=len(panels))
        answers = {heading.ident for heading in _children(prose, "answers")}
        tasks = [h.ident for h in _children(prose, "worksheet") if h.ident.startswith("task-")] + ["task-exit"]
        for task in tasks:
            answer = task.replace("task-", "answer-", 1)
            if answer not in answers and "answers" in prose.sections:
                shown = "exit" if task == "task-exit" else task
                report.add(prose.path, prose.sections["answers"].line, "answer-missing", task=shown, answer=answer)


# --- the unit's plan and the poster --------------------------------------------------------------

def unit(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """The unit has its headings in order, each with text."""
    for prose in lesson.prose.values():
        headings = _children(prose, "unit")
        _in_order(prose, "unit", headings, list(UNIT), "unit-missing", "unit-extra", report)
        for heading in headings:
            if heading.ident in UNIT and not heading.text:
                report.add(prose.path, heading.line, "section-empty", id=heading.ident)


def pillars(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """Goals and criteria are three bullets under their names; in Japanese they end as goals and criteria do."""
    for lang, prose in lesson.prose.items():
        for heading in _children(prose, "unit"):
            wanted = PILLARS[lang].get(heading.ident)
            if wanted and heading.text:
                _pillars(prose, lang, heading, wanted, report)


def _pillars(prose: Prose, lang: str, heading: Heading, wanted: tuple[str, ...], report: Report) -> None:
    bullets = _bullets(heading)
    names = [re.match(r"- (?:\*\*(.+?)\*\*)?", line)[1] or "—" for _, line in bullets]
    if names != list(wanted):
        report.add(prose.path, heading.line, "unit-names", where=heading.title, found=", ".join(names) or "—", wanted=", ".join(wanted))
        return
    for (number, line), name, ending in zip(bullets, names, ENDINGS[heading.ident], strict=True):
        if lang == "ja" and not line.endswith(ending):
            report.add(prose.path, number, "unit-ending", name=name, found=line[-12:], wanted=ending)


def _bullets(heading: Heading) -> list[tuple[int, str]]:
    """The bullets below a heading, each with its first line's number; its further lines are joined to it."""
    found: list[tuple[int, str]] = []
    for number, line in enumerate(heading.text.split("\n"), heading.text_line):
        if line.startswith("- "):
            found.append((number, line.rstrip()))
        elif line.startswith("  ") and found:
            found[-1] = (found[-1][0], found[-1][1] + line.strip())
    return found


def unit_plan(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """The unit's plan is a table of four to six hours, one of them this lesson, with no other marks than ○ and ◎."""
    for lang, prose in lesson.prose.items():
        for heading in _children(prose, "unit"):
            if heading.ident == "unit-plan" and heading.text:
                _plan(prose, heading, THIS_HOUR[lang], report)


def _plan(prose: Prose, heading: Heading, mark: str, report: Report) -> None:
    table = list(_rows(heading))
    hours = [cells[0] for _, cells in table[1:]]
    plain = [str(n) for n in range(1, len(hours) + 1)]
    marked = [[*plain[:n], f"{hour} ({mark})", *plain[n + 1 :]] for n, hour in enumerate(plain)]
    if not 4 <= len(hours) <= 6 or hours not in marked or any(len(cells) != 6 for _, cells in table):
        report.add(prose.path, heading.line, "unit-plan", found=", ".join(hours) or "—", mark=mark)
    for number, cells in table[1:]:
        for cell in cells[2:5]:
            if cell not in MARKS:
                report.add(prose.path, number, "unit-mark", found=cell)


def _rows(heading: Heading) -> Iterator[tuple[int, list[str]]]:
    """The rows of the table below a heading, its head first: line and cells."""
    for number, line in enumerate(heading.text.split("\n"), heading.text_line):
        if line.startswith("|") and set(line) - set("|-: "):
            yield number, [cell.strip() for cell in line.strip()[1:-1].split("|")]


def poster(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """The poster is a sentence, two to five short lines and a last sentence."""
    for lang, prose in lesson.prose.items():
        heading = prose.sections.get("poster")
        if heading and (heading.text or heading.children):
            lines = [(n, line) for n, line in enumerate(heading.text.split("\n"), heading.text_line) if line.strip()]
            shape = "".join("-" if line.startswith("- ") else "s" for _, line in lines)
            if heading.children or not re.fullmatch("s-{2,5}s", shape):
                report.add(prose.path, heading.line, "poster-form", count=shape.count("-"))
            for number, line in lines:
                if line.startswith("- ") and len(line[2:]) > POSTER_LINE[lang]:
                    report.add(prose.path, number, "poster-long", found=len(line[2:]), limit=POSTER_LINE[lang])


LESSON_CHECKS = (
    minutes, phases, skills, neighbours, quiz_kinds, sections, timeline, misconceptions, criteria_and_board,
    unit, pillars, unit_plan, poster,
    lesson_links, images, terms, lesson_parity, lesson_directives,
)
SHARED_CHECKS = (pages, skillset, gaps, sources, trace)


def check(c: Curriculum, today: date, report: Report) -> None:
    """Run every rule over the curriculum."""
    for lesson in c.lessons.values():
        for rule in LESSON_CHECKS:
            rule(c, lesson, report)
    for exercise in c.exercises.values():
        for rule in EXERCISE_CHECKS:
            rule(c, exercise, report)
    for rule in SHARED_CHECKS:
        rule(c, today, report)

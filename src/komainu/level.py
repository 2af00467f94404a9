"""Whether the Japanese of a lesson suits its stage: kanji, sentences, readings.

In:  a Curriculum, or a text and its limits.   Out: Problems, or Findings.
Left out on purpose: how a word is read and in which year its kanji are learnt (reading).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from komainu.curriculum import Curriculum
from komainu.exercise import Exercise
from komainu.lesson import SECTIONS, Lesson
from komainu.mdscan import pieces, sentences
from komainu.problem import Report
from komainu.reading import OTHER_JOYO, Run, runs

MAX_YEAR = {"es-lower": 3, "es-upper": 6, "jhs": OTHER_JOYO, "hs": OTHER_JOYO}
"""The highest school year of kanji in pupils' text; words above the furigana threshold carry furigana besides."""
MAX_SENTENCE = {"es-lower": 40, "es-upper": 40, "jhs": 60, "hs": 60}
"""Characters in a sentence for pupils."""
MAX_SENTENCE_TEACHER = 80
RULE = {"too-long": "reading-long", "kanji-above-stage": "reading-kanji", "no-reading": "reading-none"}


@dataclass(frozen=True)
class Finding:
    """One place where a text is too hard for its readers."""

    kind: str
    """too-long (a sentence), kanji-above-stage or no-reading (a word)."""
    line: int
    """1-based, in the given text."""
    found: str
    """The sentence or the word."""
    limit: int
    """Characters allowed for too-long, the highest year for kanji-above-stage, 0 for no-reading."""


def level_findings(text: str, *, max_year: int | None, max_sentence: int, first_line: int = 1) -> list[Finding]:
    """Sentences too long and words too hard for a reader of `max_year`, in the order of the text.

    A sentence ends at 。！？ outside 「」 and 『』, or with its line or table cell; markup and link targets do not count.
    A word is found once a line. With `max_year` None only the sentences are looked at, which is far cheaper.
    """
    found: dict[Finding, None] = {}
    for piece in pieces(text):
        line, plain = piece.line + first_line - 1, piece.plain(text)
        found.update((Finding("too-long", line, long, max_sentence), None) for long in sentences(plain) if len(long) > max_sentence)
        if max_year is not None:
            found.update((finding, None) for run in runs(plain) for finding in _hard(run, line, max_year))
    return list(found)


def _hard(run: Run, line: int, max_year: int) -> Iterator[Finding]:
    if run.year > max_year:
        yield Finding("kanji-above-stage", line, run.base, max_year)
    if run.year and not run.reading:
        yield Finding("no-reading", line, run.base, 0)


def check_level(c: Curriculum, report: Report) -> None:
    """Note every Japanese text above its readers."""
    for lesson in c.lessons.values():
        check_lesson_level(lesson, report)
    check_glossary_level(c, report)


def check_lesson_level(lesson: Lesson, report: Report) -> None:
    """Note every Japanese text of one lesson above its readers; it depends on this lesson alone."""
    _prose(lesson, report)
    _quiz(lesson, report)
    _text(lesson.path, lesson.facts.line("title", "ja"), lesson.title["ja"], lesson.stage, report)


def check_glossary_level(c: Curriculum, report: Report) -> None:
    """Note every Japanese explanation above the readers of the glossary."""
    for term in c.reference.terms.values():
        explain = term.words["ja"]["explain"]
        note("lessons/glossary.yml", term.line, level_findings(explain, max_year=6, max_sentence=60), report)


def check_exercise_level(exercise: Exercise, report: Report) -> None:
    """Note every Japanese text of one exercise above its readers; it depends on this exercise alone."""
    stage, notebook = exercise.stages[0], f"{exercise.folder}/ja.py"
    _text(exercise.path, exercise.facts.line("title", "ja"), exercise.title["ja"], stage, report)
    for cell in exercise.cells.get("ja", ()):
        if cell.kind == "markdown":
            _text(notebook, cell.place("pupil", 1), cell.pupil, stage, report)
    for question in exercise.questions:
        said = [(check.line, text) for check in question.checks for text in (check.say, *check.known)]
        for line, text in [(question.line, question.hint), *said]:
            _text(exercise.asked.path, line, text["ja"], stage, report)
    if "ja" in exercise.prose:
        for section in exercise.prose["ja"].sections.values():
            for heading in section.walk():
                found = level_findings(heading.text, max_year=None, max_sentence=MAX_SENTENCE_TEACHER)
                note(exercise.prose["ja"].path, heading.text_line, found, report)


def _prose(lesson: Lesson, report: Report) -> None:
    if "ja" not in lesson.prose:
        return
    prose = lesson.prose["ja"]
    for ident, section in prose.sections.items():
        reader = SECTIONS.get(ident)
        for heading in section.walk():
            if reader == "pupil":  # a poster is shown without its heading
                _text(prose.path, heading.line, heading.title, lesson.stage, report)
            if reader in ("pupil", "poster"):
                _text(prose.path, heading.text_line, heading.text, lesson.stage, report)
            else:
                found = level_findings(heading.text, max_year=None, max_sentence=MAX_SENTENCE_TEACHER)
                note(prose.path, heading.text_line, found, report)


def _quiz(lesson: Lesson, report: Report) -> None:
    for question in lesson.quiz:
        words = question.words["ja"]
        texts = [words["stem"], words["explain"]]
        texts += [text for part in ("options", "targets", "why") for text in words.get(part, {}).values()]
        for text in texts:
            _text(question.path, question.line, text, lesson.stage, report)


def _text(path: str, line: int, text: str, stage: str, report: Report) -> None:
    found = level_findings(text, max_year=MAX_YEAR[stage], max_sentence=MAX_SENTENCE[stage])
    note(path, line, found, report)


def note(path: str, line: int, findings, report: Report) -> None:
    """Findings as Problems; `line` is where the text begins."""
    for finding in findings:
        found = len(finding.found) if finding.kind == "too-long" else finding.found
        rule = "reading-joyo" if finding.kind == "kanji-above-stage" and finding.limit == OTHER_JOYO else RULE[finding.kind]
        report.add(path, line + finding.line - 1, rule, found=found, limit=finding.limit)

"""Quiz items: facts and keys once, words in two languages.

In:  lessons/<id>/quiz.yml.   Out: Questions, or Problems with line numbers.
Left out on purpose: the formats of learning platforms, and showing items on a page (site).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from komainu.files import Plain, read_yaml
from komainu.problem import LANGUAGES, Report

CHOOSING = ("single", "multiple", "order", "match")
"""The kinds with options."""


@dataclass(frozen=True)
class Question:
    """One quiz item."""

    id: str
    kind: str
    """single, multiple, order, match, number, short or confidence."""
    skill: str
    options: tuple[str, ...]
    targets: tuple[str, ...]
    """What the options of a match item go with."""
    key: object
    """single, multiple, order: list of option ids; match: option -> target; number: value and tolerance;
    short: language -> accepted answers; confidence: whether the statement is true."""
    words: dict
    """Language -> stem, options, targets, why (feedback by option), explain."""
    path: str
    line: int


def read_quiz(root: Path, path: str, report: Report) -> tuple[Question, ...]:
    """The items of one quiz; one with a problem stays in, so that its skill does not seem to be left out."""
    plain = read_yaml(root, path, "quiz", report)
    if plain is None:
        return ()
    questions, seen = [], set()
    for index, entry in enumerate(plain.data["items"]):
        if entry["id"] in seen:
            report.add(path, plain.line("items", index, "id"), "id-duplicate", id=entry["id"])
        seen.add(entry["id"])
        question = _question(entry, path, plain.line("items", index))
        questions.append(question)
        _check_item(question, plain, index, report)
    return tuple(questions)


def _question(entry: dict, path: str, line: int) -> Question:
    words = {lang: entry[lang] for lang in LANGUAGES}
    lists = tuple(entry.get("options", ())), tuple(entry.get("targets", ()))
    return Question(entry["id"], entry["kind"], entry["skill"], *lists, entry["key"], words, path, line)


def _check_item(question: Question, plain: Plain, index: int, report: Report) -> None:
    if not _key_fits(question):
        report.add(question.path, plain.line("items", index, "key"), "quiz-key", id=question.id, kind=question.kind)
    for lang in LANGUAGES:
        _check_words(question, lang, plain, index, report)


def _key_fits(question: Question) -> bool:
    key, options = question.key, set(question.options)
    if bool(options) != (question.kind in CHOOSING) or bool(question.targets) != (question.kind == "match"):
        return False
    if question.kind == "confidence":
        return isinstance(key, bool)
    if question.kind == "number":
        return isinstance(key, dict) and set(key) == {"value", "tolerance"} and all(_is_number(v) for v in key.values())
    if question.kind == "short":
        return isinstance(key, dict) and set(key) == set(LANGUAGES) and all(_is_texts(v) for v in key.values())
    if question.kind == "match":
        return isinstance(key, dict) and set(key) == options and all(value in question.targets for value in key.values())
    if not isinstance(key, list) or not all(value in question.options for value in key) or len(set(key)) != len(key):
        return False
    size = {"single": len(key) == 1, "multiple": 1 <= len(key) < len(options), "order": len(key) == len(options)}
    return size[question.kind]


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(text, str) and text for text in value)


def _check_words(question: Question, lang: str, plain: Plain, index: int, report: Report) -> None:
    words = question.words[lang]
    for part, wanted in (("options", question.options), ("targets", question.targets)):
        given = words.get(part, {})
        line = plain.line("items", index, lang, part)
        if set(given) != set(wanted):
            named = ", ".join(sorted(set(given) ^ set(wanted)))
            report.add(question.path, line, "quiz-words", id=question.id, lang=lang, part=part, named=named)
        texts = ["".join(text.split()).casefold() for text in given.values()]
        if len(set(texts)) < len(texts):
            report.add(question.path, line, "quiz-repeat", id=question.id, lang=lang, part=part)
    wrong = [o for o in question.options if o not in question.key] if question.kind in ("single", "multiple") and _key_fits(question) else []
    missing = [option for option in wrong if option not in words.get("why", {})]
    if missing:
        line = plain.line("items", index, lang, "why")
        report.add(question.path, line, "quiz-why", id=question.id, lang=lang, options=", ".join(missing))
    stray = [option for option in words.get("why", {}) if option not in question.options]
    if stray:
        line = plain.line("items", index, lang, "why", stray[0])
        report.add(question.path, line, "quiz-words", id=question.id, lang=lang, part="why", named=", ".join(stray))

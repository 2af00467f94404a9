"""Quiz items: facts and keys once, words in two languages.

In:  lessons/<id>/quiz.yml.   Out: Questions, or Problems with line numbers.
Left out on purpose: the formats of learning platforms, and showing items on a page (site).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from komainu.files import Plain, read_yaml
from komainu.problem import LANGUAGES, Report


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
    """The items of one quiz; an item with a problem is left out after the problem has been noted."""
    plain = read_yaml(root, path, "quiz", report)
    if plain is None:
        return ()
    questions, seen = [], set()
    for index, entry in enumerate(plain.data["items"]):
        if entry["id"] in seen:
            report.add(path, plain.line("items", index, "id"), "id-duplicate", id=entry["id"])
        seen.add(entry["id"])
        question = _question(entry, path, plain.line("items", index))
        if _sound(question, plain, index, report):
            questions.append(question)
    return tuple(questions)


def _question(entry: dict, path: str, line: int) -> Question:
    words = {lang: entry[lang] for lang in LANGUAGES}
    lists = tuple(entry.get("options", ())), tuple(entry.get("targets", ()))
    return Question(entry["id"], entry["kind"], entry["skill"], *lists, entry["key"], words, path, line)


def _sound(question: Question, plain: Plain, index: int, report: Report) -> bool:
    before = len(report.problems)
    if not _key_fits(question):
        report.add(question.path, plain.line("items", index, "key"), "quiz-key", id=question.id, kind=question.kind)
    for lang in LANGUAGES:
        _check_words(question, lang, plain, index, report)
    return len(report.problems) == before


def _key_fits(question: Question) -> bool:
    key, options = question.key, set(question.options)
    if question.kind == "confidence":
        return isinstance(key, bool) and not options
    if question.kind == "number":
        return isinstance(key, dict) and set(key) == {"value", "tolerance"} and all(_is_number(v) for v in key.values())
    if question.kind == "short":
        return isinstance(key, dict) and set(key) == set(LANGUAGES) and all(_is_texts(v) for v in key.values())
    if question.kind == "match":
        return isinstance(key, dict) and set(key) == options and set(key.values()) <= set(question.targets)
    if not isinstance(key, list) or not set(key) <= options or len(set(key)) != len(key):
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
    wrong = set(question.options) - set(question.key) if question.kind in ("single", "multiple") and isinstance(question.key, list) else set()
    missing = wrong - set(words.get("why", {}))
    if missing:
        line = plain.line("items", index, lang, "why")
        report.add(question.path, line, "quiz-why", id=question.id, lang=lang, options=", ".join(sorted(missing)))

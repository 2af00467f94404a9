"""The diagnosis as quizzes, for the formats of learning platforms: one for each form and reading level.

In:  a Bank and a language.   Out: id, title, language and Questions.
Left out on purpose: half points and how sure a pupil is, which the formats have no room for; the page asks for both.
"""

from __future__ import annotations

from itertools import product

from komainu.diagnosis.bank import FORMS, LEVELS, Bank, Item
from komainu.problem import LANGUAGES
from komainu.quiz import Question
from komainu.words import say

QUOTED = {"ja": "「{}」", "en": "“{}”"}


def quiz_sets(bank: Bank, lang: str) -> list[tuple[str, str, str, tuple[Question, ...]]]:
    """Id, title, language and the fourteen questions of each form and level: `diagnosis-a-jhs`."""
    return [
        (f"diagnosis-{form}-{level}", _title(form, level, lang), lang, tuple(_question(one, level) for one in bank.form(form)))
        for form, level in product(FORMS, LEVELS)
    ]


def _title(form: str, level: str, lang: str) -> str:
    return say(lang, "diagnosing_title", form=form.upper(), level=say(lang, f"diagnosing_level_{level}"))


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

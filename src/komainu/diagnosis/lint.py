"""Whether the diagnosis's items are fair: complete, balanced, without cues, within the reader's level.

In:  a Curriculum.   Out: Problems.   Each function checks one thing and is listed in the table at the end.
Left out on purpose: the form of each file (schemas), whether pupils understand the items, which only pupils can show.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from komainu.curriculum import Curriculum
from komainu.diagnosis.bank import ANSWERS, FORMS, KINDS, LEVELS, Bank, Item
from komainu.level import MAX_SENTENCE, MAX_YEAR, level_findings, note
from komainu.problem import LANGUAGES, Report

LONGEST_KEY = 1.15
"""The key may be so many times as long as the longest other option; a longer one gives itself away."""

MOST = {"es-upper": {"shown": 70, "explain": 90}, "jhs": {"shown": 110, "explain": 90}, "hs": {"shown": 110, "explain": 90}}
"""Japanese characters, so that an item takes about twenty seconds."""

ANSWERS_A_FORM = range(2, 4)
"""So often each of the three answers is the key among the seven outputs of a form."""

PLACES_A_FORM = range(1, 3)
"""So often each of the four places holds the key among the seven situations of a form."""


def complete(c: Curriculum, bank: Bank, report: Report) -> None:
    """Each file holds the four items of the viewpoint it is named after, in their order."""
    for name, plain in bank.plains.items():
        if plain.data["viewpoint"] != name:
            report.add(plain.path, plain.line("viewpoint"), "diagnosis-viewpoint", found=plain.data["viewpoint"], wanted=name)
        wanted = [f"{name}-{form}-{kind}" for form, kind in product(FORMS, KINDS)]
        found = [one["id"] for one in plain.data["items"]]
        if found != wanted:
            report.add(plain.path, plain.line("items"), "diagnosis-items", found=", ".join(found), wanted=", ".join(wanted))
    for item in bank.items:
        if not item.id.endswith(f"-{item.form}-{item.kind}"):
            _add(bank, item, report, ("id",), "diagnosis-id", form=item.form, kind=item.kind)


def keys(c: Curriculum, bank: Bank, report: Report) -> None:
    """The key is one of the options, and so is the second-best answer, which is another one."""
    for item in bank.items:
        if item.key not in item.options:
            _add(bank, item, report, ("key",), "diagnosis-key", key=item.key, options=", ".join(item.options))
        for other in item.half:
            if other not in item.options or other == item.key:
                _add(bank, item, report, ("half",), "diagnosis-half", half=other, options=", ".join(set_apart(item)))


def balance(c: Curriculum, bank: Bank, report: Report) -> None:
    """No answer and no place is the key so often that guessing it pays."""
    for form, kind in product(FORMS, KINDS) if bank.whole else ():
        own = [one for one in bank.form(form) if one.kind == kind and one.key in one.options]
        counts, fine = _answers(own) if kind == "output" else _places(own)
        if len(own) == 7 and not all(count in fine for count in counts.values()):
            told = ", ".join(f"{name} {count}" for name, count in counts.items())
            _add(bank, own[0], report, ("key",), "diagnosis-balance", form=form, kind=kind, counts=told, least=fine[0], most=fine[-1])


def _answers(items: list[Item]) -> tuple[dict, range]:
    return {answer: sum(one.key == answer for one in items) for answer in ANSWERS}, ANSWERS_A_FORM


def _places(items: list[Item]) -> tuple[dict, range]:
    return {place + 1: sum(one.options[place] == one.key for one in items) for place in range(4)}, PLACES_A_FORM


def references(c: Curriculum, bank: Bank, report: Report) -> None:
    """Skills exist and are of the item's viewpoint and of the level's stage; sources exist."""
    for item in bank.items:
        for level, skill in item.skills.items():
            known = c.reference.skills.get(skill)
            if c.reference.lacks("skills", skill):
                _add(bank, item, report, ("skills", level), "skill-unknown", id=skill)
            elif known and (known.viewpoint, known.stage) != (item.viewpoint, level):
                _add(bank, item, report, ("skills", level), "diagnosis-skill", skill=skill, viewpoint=item.viewpoint, stage=level)
        for source in item.sources:
            if c.reference.lacks("sources", source):
                _add(bank, item, report, ("sources",), "source-unknown", id=source)


def options(c: Curriculum, bank: Bank, report: Report) -> None:
    """Every language of every level words each option once and differently, and says of each wrong one why."""
    for item, level, lang, words in _words(bank):
        if item.kind == "output" or item.key not in item.options:
            continue
        named = {"options": set(item.options), "why": set(set_apart(item))}
        for part, wanted in named.items():
            if set(words[part]) != wanted:
                odd = ", ".join(sorted(set(words[part]) ^ wanted))
                _add(bank, item, report, ("levels", level, lang, part), "quiz-words", lang=f"{level}.{lang}", part=part, named=odd)
        texts = {"".join(text.split()).casefold() for text in words["options"].values()}
        if len(texts) < len(words["options"]):
            _add(bank, item, report, ("levels", level, lang, "options"), "quiz-repeat", lang=f"{level}.{lang}", part="options")


def cues(c: Curriculum, bank: Bank, report: Report) -> None:
    """The key of a situation is not the one that is longest by far."""
    for item, level, lang, words in _words(bank):
        others = [len(words["options"][one]) for one in set_apart(item) if one in words["options"]] if item.kind == "situation" else []
        own = len(words["options"].get(item.key, "")) if others else 0
        if others and own > LONGEST_KEY * max(others):
            _add(bank, item, report, ("levels", level, lang, "options", item.key), "diagnosis-cue", lang=f"{level}.{lang}", found=own, other=max(others))


def lengths(c: Curriculum, bank: Bank, report: Report) -> None:
    """What is to be read in Japanese takes about twenty seconds."""
    for item, level, lang, words in _words(bank):
        for part, most in MOST[level].items() if lang == "ja" else ():
            if len(words.get(part, "")) > most:
                _add(bank, item, report, ("levels", level, lang, part), "diagnosis-long", part=f"{level}.{part}", found=len(words[part]), limit=most)


def reading(c: Curriculum, bank: Bank, report: Report) -> None:
    """The Japanese of items and remarks suits the level: length of sentences, kanji, readings."""
    for item, level, lang, words in _words(bank):
        for where, text in _texts(words) if lang == "ja" else ():
            line = bank.plains[item.viewpoint].line(*item.place, "levels", level, lang, *where)
            note(item.path, line, level_findings(text, max_year=MAX_YEAR[level], max_sentence=MAX_SENTENCE[level]), report)
    for where, text in _remarks(bank):
        found = level_findings(text, max_year=MAX_YEAR["es-upper"], max_sentence=MAX_SENTENCE["es-upper"])
        note(bank.words.path, bank.words.line(*where), found, report)


def _words(bank: Bank) -> Iterator[tuple[Item, str, str, dict]]:
    for item in bank.items:
        for level, lang in product(LEVELS, LANGUAGES):
            yield item, level, lang, item.words[level][lang]


def _texts(words: dict) -> Iterator[tuple[tuple, str]]:
    """Every text of one level and language with its place."""
    for name, value in words.items():
        if isinstance(value, str):
            yield (name,), value
        else:
            yield from (((name, option), text) for option, text in value.items())


def _remarks(bank: Bank) -> Iterator[tuple[tuple, str]]:
    data = bank.words.data if bank.words else {"viewpoints": {}, "calibration": {}}
    for viewpoint, one in data["viewpoints"].items():
        yield from ((("viewpoints", viewpoint, "remark", name, "ja"), text["ja"]) for name, text in one["remark"].items())
    yield from ((("calibration", name, "ja"), text["ja"]) for name, text in data["calibration"].items())


def set_apart(item: Item) -> tuple[str, ...]:
    """The options that are not the key."""
    return tuple(one for one in item.options if one != item.key)


def _add(bank: Bank, item: Item, report: Report, where: tuple, rule: str, **values: object) -> None:
    line = bank.plains[item.viewpoint].line(*item.place, *where)
    report.add(item.path, line, rule, **{"id": item.id, **values})


DIAGNOSIS_CHECKS = (complete, keys, balance, references, options, cues, lengths, reading)


def check_diagnosis(c: Curriculum, report: Report) -> None:
    """Run every rule over the bank, if there is one."""
    for rule in DIAGNOSIS_CHECKS if c.diagnosis else ():
        rule(c, c.diagnosis, report)

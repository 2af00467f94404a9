"""The page for the teacher of a class, and the same without names for the screen in the classroom.

In:  an exercise and the data of results.json.   Out: HTML, complete in itself.
Every chart stands beside its table. On the screen there are no names, no files, and no answer that only one pupil gave.
Left out on purpose: the numbers themselves (item_analysis).
"""

from __future__ import annotations

from html import escape
from typing import Any
from urllib.parse import quote

from komainu.exercise import Exercise
from komainu.grading.gradebook import counted, label, notes, status
from komainu.grading.html import bars, dots, h, page, percent, short, table
from komainu.grading.html import items as listed
from komainu.grading.html import p as para
from komainu.grading.item_analysis import ENOUGH, Guesses, Item, Wrong, centre, guesses, items, marked, stuck
from komainu.grading.words import say
from komainu.problem import LANGUAGES

Data = dict[str, Any]
QUIET = ("no-metadata", "cp932", "utf-16", "older")
"""Notes for which nobody needs to look at a submission."""


def class_page(exercise: Exercise, data: Data, lang: str) -> bytes:
    """The page for the teacher, with names."""
    found = items(exercise, data)
    body = [
        para(say(lang, "class_private")), *_summary(data, lang), *_look(data, lang), *_stuck(exercise, found, lang),
        *_items(found, lang), *_wrong(exercise, found, lang, False), *_predictions(exercise, data, lang, False), *_words(exercise, data, lang),
        *_pages(data, lang), para(say(lang, "class_seed", seed=data["seed"])),
    ]  # fmt: skip
    return page(lang, say(lang, "class_title", title=exercise.title[lang]), "\n".join(body), "class")


def screen_page(exercise: Exercise, data: Data, lang: str) -> bytes:
    """The page for the screen, without names."""
    found = items(exercise, data)
    body = [
        para(say(lang, "class_no_names")), *_chart(found, lang), *_stuck(exercise, found, lang), *_wrong(exercise, found, lang, True),
        *_predictions(exercise, data, lang, True),
    ]  # fmt: skip
    return page(lang, say(lang, "class_screen_title", title=exercise.title[lang]), "\n".join(body), "class screen")


def needs_look(one: Data) -> bool:
    """Whether a person should look at a submission before its mark is used."""
    return one["status"] != "ok" or any(n["note"] not in QUIET for n in one["notes"])


def _summary(data: Data, lang: str) -> list[str]:
    ones, has = counted(data), marked(data)
    look = sum(one["points"] is None for one in ones)
    parts = [para(say(lang, "class_summary", files=len(data["submissions"]), pupils=len(ones), marked=len(has), look=look))]
    middle = centre(data)
    return [*parts, *([para(say(lang, "class_mean", median=f"{middle[0]:g}", mean=f"{middle[1]:g}", of=data["of"]))] if middle else [])]


def _look(data: Data, lang: str) -> list[str]:
    rows = [(label(one), status(one, lang), notes(one, lang), one["file"]) for one in counted(data) if needs_look(one)]
    heads = [say(lang, f"c_{name}") for name in ("name", "status", "notes", "file")]
    return [h(2, say(lang, "class_status")), table("", heads, rows)] if rows else []


def _stuck(exercise: Exercise, found: list[Item], lang: str) -> list[str]:
    lines, hints = [], []
    for item in stuck(found):
        lines.append(escape(say(lang, "class_stuck_line", question=item.question, check=item.number, n=item.n, missed=item.n - item.met, empty=item.empty)))
        hint = exercise.question(item.question).hint[lang]
        hints += [hint] if hint not in hints else []
    said = [listed(lines), *(para(say(lang, "class_stuck_try", hint=hint)) for hint in hints)] if lines else [para(say(lang, "class_stuck_none"))]
    return [h(2, say(lang, "class_stuck")), *said]


def _chart(found: list[Item], lang: str) -> list[str]:
    if not found or not found[0].n:
        return []
    title = say(lang, "class_chart_title")
    heads = [say(lang, f"class_{name}") for name in ("check", "facility", "n")]
    rows = [(item.name, percent(item.facility), item.n) for item in found]
    more = f"<details><summary>{escape(say(lang, 'class_more'))}</summary>{table(title, heads, rows)}</details>"
    return [h(2, title), bars(title, [(item.name, item.facility) for item in found]), more]


def _items(found: list[Item], lang: str) -> list[str]:
    if not found or not found[0].n:
        return []
    title = say(lang, "class_chart_title")
    heads = [say(lang, f"class_{name}") for name in ("check", "kind", "facility", "empty", "discrimination", "n")]
    rows = [
        (item.name, say(lang, "class_hidden" if item.hidden else "class_visible"), percent(item.facility), item.empty,
         item.discrimination, item.n) for item in found
    ]  # fmt: skip
    return [
        h(2, say(lang, "class_items")), bars(title, [(item.name, item.facility) for item in found]), table(title, heads, rows),
        para(say(lang, "class_items_how")), para(say(lang, "class_discrimination_how", n=ENOUGH)),
    ]  # fmt: skip


def _wrong(exercise: Exercise, found: list[Item], lang: str, screen: bool) -> list[str]:
    """Values that several came to; on the screen long ones are cut, and what is said holds nothing that a pupil wrote."""
    rows = [
        (item.name, short(wrong.saw, 40) if screen else wrong.saw, wrong.count, _advice(exercise, item, wrong, lang))
        for item in found for wrong in item.wrong
    ]  # fmt: skip
    heads = [say(lang, f"class_{name}") for name in ("check", "saw", "count", "known")]
    return [h(2, say(lang, "class_wrong")), table("", heads, rows) if rows else para(say(lang, "class_wrong_none"))]


def _advice(exercise: Exercise, item: Item, wrong: Wrong, lang: str) -> str:
    """The sentence of checks.yml for this value."""
    check = exercise.question(item.question).checks[item.number - 1]
    return next((known[lang] for known in check.known if any(known[one] in wrong.says for one in LANGUAGES)), check.say[lang])


def _predictions(exercise: Exercise, data: Data, lang: str, screen: bool) -> list[str]:
    found = [one for one in guesses(exercise, data) if sum(one.ways.values()) - one.ways[""] > 0]
    if not found:
        return []
    ways = ("higher", "lower", "same", "other")
    heads = [say(lang, "c_guess", id="").strip(), *(say(lang, f"pupil_{way}") for way in ways), say(lang, "pupil_none"), say(lang, "pupil_result")]
    rows = [(one.id, *(one.ways[way] for way in ways), one.ways[""], one.result) for one in found]
    return [h(2, say(lang, "class_predictions")), table("", heads, rows), *(part for one in found for part in _dots(one, lang, screen))]


def _dots(one: Guesses, lang: str, screen: bool) -> list[str]:
    """A dot for each pupil; on the screen only where there are enough of them to hide in."""
    if len(one.numbers) < (5 if screen else 2):
        return []
    title = say(lang, "class_prediction_chart", id=one.id)
    return [h(3, title), dots(title, one.numbers, one.result)]


def _words(exercise: Exercise, data: Data, lang: str) -> list[str]:
    """How many wrote in their own words, and what to look for; the texts stand in the gradebook."""
    if not exercise.own_words:
        return []
    parts = [h(2, say(lang, "class_words"))]
    for words in exercise.own_words:
        written = sum(w["id"] == words.id and bool(w["text"]) for one in counted(data) for w in one["own_words"])
        parts += [h(3, words.id), para(f"{say(lang, 'class_words_line', written=written)} {words.look_for[lang]}")]
    return parts


def _pages(data: Data, lang: str) -> list[str]:
    links = [f'<a href="{quote(one["page"])}">{escape(label(one))}</a>' for one in counted(data) if one["page"]]
    rows = [(link, status(one, lang), one["points"]) for link, one in zip(links, [o for o in counted(data) if o["page"]], strict=True)]
    heads = [say(lang, f"c_{name}") for name in ("name", "status", "points")]
    return [h(2, say(lang, "class_pages")), table("", heads, rows, raw=True)] if rows else []

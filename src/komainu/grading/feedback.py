"""One page for a pupil: what is done, what to look at next, the own words and the predictions; nobody else's name.

In:  an exercise and one submission of results.json.   Out: HTML in the language of the pupil's notebook.
What hidden checks tried is not shown, only what to look at. Whether checks were edited is between pupil and teacher.
Left out on purpose: marks for own words; there is a line for the teacher to write on.
"""

from __future__ import annotations

from html import escape
from typing import Any

from komainu.exercise import Exercise, Question
from komainu.grading.html import h, items, p, page, table
from komainu.grading.words import say

Data = dict[str, Any]
ENDED = ("timeout", "memory", "stopped")


def feedback_page(exercise: Exercise, one: Data, lang: str) -> bytes:
    """The page; `lang` is for a submission that does not say its own language."""
    lang = one["language"] or lang
    title = say(lang, "pupil_title", title=exercise.title[lang])
    hello = [p(say(lang, "pupil_hello", name=one["name"]))] if one["name"] else []
    return page(lang, title, "\n".join([*hello, *_body(exercise, one, lang)]))


def _body(exercise: Exercise, one: Data, lang: str) -> list[str]:
    if not one["questions"]:
        return [p(say(lang, "pupil_other" if one["status"] == "other" else "pupil_unread"), "lead")]
    parts = _summary(one, lang)
    parts += [h(2, say(lang, "pupil_checks"))]
    parts += [_question(exercise.question(q["id"]), q, number, lang) for number, q in enumerate(one["questions"], 1)]
    return [*parts, *_predictions(one, lang), *_words(one, lang), *_next(one, lang)]


def _summary(one: Data, lang: str) -> list[str]:
    checks = [check | {"met": check["met"] and not question["look"]} for question in one["questions"] for check in question["checks"]]
    met = sum(check["met"] for check in checks)
    if one["status"] == "nothing":
        return [p(say(lang, "pupil_nothing"), "lead")]
    head = say(lang, "pupil_met_all" if met == len(checks) else "pupil_met", met=met, of=len(checks))
    parts = [p(head, "lead")]
    if one["points"] is not None:
        parts += [p(say(lang, "pupil_points", points=one["points"], of=one["of"]))]
        parts += [p(say(lang, "pupil_points_later"))] if one["own_words"] else []
    return [*parts, *([p(say(lang, "pupil_ended"))] if one["status"] in ENDED else [])]


def _question(question: Question, found: Data, number: int, lang: str) -> str:
    fine = all(check["met"] for check in found["checks"]) and not found["look"]
    sign, key = _state(found, fine)
    mark = f'<span class="mark {"fine" if fine else "open"}">{sign} {escape(say(lang, f"pupil_{key}"))}</span>'
    head = f"<h3>{escape(say(lang, 'pupil_question', n=number))} {_id(question.id)} {mark}</h3>"
    inside = [p(say(lang, f"pupil_{found['status']}"))] if found["status"] in ("untouched", "missing", *ENDED) else []
    inside += [p(say(lang, "pupil_look"))] if found["look"] else []
    inside += [p(say(lang, "pupil_error", error=found["error"]))] if found["error"] and not fine else []
    if found["status"] not in ("untouched", "missing") and not found["look"]:
        inside.append(items([_check(check, lang) for check in found["checks"]], "checks"))
    hint = [] if fine or found["look"] else [p(f"{say(lang, 'pupil_hint')}: {question.hint[lang]}")]
    return f'<section class="card">{head}{"".join([*inside, *hint])}</section>'


def _state(found: Data, fine: bool) -> tuple[str, str]:
    """The sign of a question, and the name of the words beside it."""
    if found["look"]:
        return "・", "teacher_looks"
    if found["status"] in ("untouched", "missing"):
        return "・", "to_do"
    return ("○", "done") if fine else ("△", "not_yet")


def _check(check: Data, lang: str) -> str:
    if check["met"]:
        return f"{_sign('○')} {escape(say(lang, 'pupil_fine'))}"
    says = check["says"] or say(lang, "pupil_not_yet")
    return f"{_sign('△')} " + escape(say(lang, "pupil_also", says=says) if check["hidden"] else says)


def _sign(sign: str) -> str:
    return f'<span class="sign">{sign}</span>'


def _id(ident: str) -> str:
    """The name by which a pupil finds a cell in the notebook."""
    return f"<code>{escape(ident)}</code>"


def _predictions(one: Data, lang: str) -> list[str]:
    made = [guess for guess in one["predictions"] if guess["predicted"] is not None]
    if not made:
        return []
    heads = [say(lang, f"pupil_{name}") for name in ("which", "predicted", "result", "compare")]
    rows = [(_id(g["id"]), g["predicted"], g["result"], say(lang, f"pupil_{g['way'] or 'none'}")) for g in made]
    why = [p(say(lang, "pupil_why"))] if any(g["way"] not in ("", "same") for g in made) else []
    return [h(2, say(lang, "pupil_predictions")), table("", heads, rows, raw=True), *why]


def _words(one: Data, lang: str) -> list[str]:
    parts = []
    for words in one["own_words"]:
        quote = f"<blockquote>{escape(words['text'])}</blockquote>" if words["text"] else p(say(lang, "pupil_words_none"))
        lines = f'<div class="write"><p>{escape(say(lang, "pupil_teacher_reads"))}</p><p class="line"></p></div>'
        parts.append(f'<section class="card"><h3>{_id(words["id"])}</h3>{quote}{lines}</section>')
    return [h(2, say(lang, "pupil_words")), *parts] if parts else []


def _next(one: Data, lang: str) -> list[str]:
    fine = all(check["met"] for question in one["questions"] for check in question["checks"] if not question["look"])
    key = "done" if fine else "begin" if one["status"] == "nothing" else "open"
    return [h(2, say(lang, "pupil_next")), p(say(lang, f"pupil_next_{key}"))]

"""A quiz as a script that makes a Google Form, as Google Forms opens no file of questions.

In:  a QuizSet.   Out: the bytes of a text for script.google.com: what to do, the quiz as data, and the program of data/google_forms.js.
A form knows only right and wrong, whole points, and no order. So order and match become one list a row, a point each;
a statement's certainty is asked for, and not scored; a script can set no key for a text, so its answers stand in the feedback.
Left out on purpose: readings (a form shows plain text), and publishing the form, which a teacher does after looking at it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib import resources

from komainu.docx import CONTROL
from komainu.exports.quiz_set import Item, QuizSet, items, line, right, rows
from komainu.exports.wording import number
from komainu.words import say

Entry = dict[str, object]


def write(quiz: QuizSet) -> bytes:
    """The whole script."""
    data = {
        "title": line(quiz.title),
        "description": "\n".join(part for part in (quiz.instructions, quiz.credit) if part),
        "done": say(quiz.lang, "export_google_done"),
        "entries": [entry for place, item in enumerate(items(quiz), 1) for entry in _entries(quiz, item, place)],
    }
    head = "\n".join(f"// {one}".rstrip() for one in say(quiz.lang, "export_google_head", title=data["title"]).strip().split("\n"))
    return f"{head}\n\nconst QUIZ = {_literal(data)};\n\n{_program()}".encode()


@cache
def _program() -> str:
    return resources.files("komainu").joinpath("data/google_forms.js").read_text("utf-8")


def _literal(data: Entry) -> str:
    """Data as JavaScript, of which JSON is a part."""
    return CONTROL.sub("", json.dumps(data, ensure_ascii=False, indent=1))


def _entries(quiz: QuizSet, item: Item, place: int) -> Iterator[Entry]:
    """What a question becomes in the form."""
    title = f"{say(quiz.lang, 'quiz_item', n=place)}: {line(item.stem)}"
    if item.kind in ("order", "match"):
        yield _entry("heading", title, say(quiz.lang, "export_google_rows"))
        labels, pairs = rows(quiz, item)
        for text, label in pairs:
            yield _entry("list", line(text), "", [(one, one == label) for one in labels], f"{line(text)} → {line(label)}", item.explain)
    elif item.kind in ("number", "short"):
        kind = "number" if item.kind == "number" else "text"
        yield _entry(kind, title, say(quiz.lang, f"export_google_{kind}"), right=_written(quiz, item))
    else:
        kind = "several" if item.kind == "multiple" else "choice"
        keys = right(item)
        help_ = say(quiz.lang, "export_google_sure" if item.kind == "confidence" else f"quiz_kind_{item.kind}")
        yield _entry(kind, title, help_, [(text, option in keys) for option, text in item.options.items()], item.explain, _wrong(item))


def _entry(kind: str, title: str, help_: str, choices: list[tuple[str, bool]] = (), right: str = "", wrong: str = "") -> Entry:
    made = [{"text": line(text), "right": is_right} for text, is_right in choices]
    return {"type": kind, "title": title, "help": help_, "points": 0 if kind == "heading" else 1, "choices": made, "right": right, "wrong": wrong or right}


def _wrong(item: Item) -> str:
    """A form has one feedback for every wrong answer: what each option should make think of, and the explanation."""
    return "\n".join([*(f"{line(item.options[option])}: {text}" for option, text in item.why.items() if option in item.options), item.explain])


def _written(quiz: QuizSet, item: Item) -> str:
    """The accepted answers in words, before the explanation."""
    if item.kind == "number":
        value, tolerance = number(item.key["value"]), number(item.key["tolerance"])
        accepted = value if tolerance == "0" else say(quiz.lang, "quiz_within", value=value, tolerance=tolerance)
    else:
        accepted = " / ".join(item.key[quiz.lang])
    return f"{say(quiz.lang, 'quiz_answer')}: {accepted}\n{item.explain}"

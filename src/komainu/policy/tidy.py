"""Answers that the renderers can take, made of whatever JSON value came in; and what had to be dropped or mended for it.

In:  prepared data of one language, any JSON value.   Out: answers with every known part in its own type, and notes.
web/policy/tidy.js is the same in JavaScript. What can be understood is kept ("jhs" is a list of one stage, "2027/4/1" a date);
unknown keys stay as they are and are never looked into.
Left out on purpose: whether the answers are sensible, or options exist at all (facts and the rules of findings.yml).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from komainu.policy.ruling import runs, squeezed

Data = dict[str, Any]

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Signs that no document can hold."""

DATE = re.compile(r"([1-9][0-9]{3}) ?[-/.年] ?([0-9]{1,2}) ?[-/.月] ?([0-9]{1,2}) ?日?(?:T.*)?")
ERA = re.compile(r"令和(元|[0-9]{1,2})年([0-9]{1,2})月([0-9]{1,2})日")
EIGHT = re.compile(r"([1-9][0-9]{3})([0-9]{2})([0-9]{2})")
DIGITS = re.compile(r"[0-9]+-[0-9]+-[0-9]+")
COUNT = re.compile(r"[^0-9.+-]{0,20}([0-9]{1,6})[^0-9.]{0,20}")
WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
JOIN = {"ja": "、", "en": ", "}

LONGEST_DATE = 40
SMALLEST, LARGEST = 1e-4, 1e15
"""Numbers between these are written alike in Python and JavaScript."""

REGISTERS = ("rule", "staff", "pupil.elementary", "pupil.secondary")

NOTHING = object()
"""Stands for an answer that was not given, or could not be understood."""


class Notes:
    """What was dropped and what was mended, each with its words and its clause."""

    def __init__(self) -> None:
        self.found: dict[str, list[tuple[str, str]]] = {"unreadable": [], "dropped": [], "mended": []}

    def add(self, kind: str, words: str, clause: str = "") -> None:
        """Note once that something was dropped, mended or unreadable."""
        if (words, clause) not in self.found[kind]:
            self.found[kind].append((words, clause))


def tidy(prepared: Data, raw: object) -> tuple[Data, Notes]:
    """The answers, and the notes. Neither the value nor anything inside it is changed."""
    notes = Notes()
    if not isinstance(raw, dict):
        notes.add("unreadable", "answers")
        return {"values": {}}, notes
    found = dict(raw)
    for name, read in READERS.items():
        value = read(prepared, raw.get(name), notes)
        found.pop(name, None)
        if value is not NOTHING:
            found[name] = value
    found["values"] = _values(prepared, _given(prepared, raw, notes), notes)
    return found, notes


def plain(text: str) -> str:
    """A prepared text without its readings.

    >>> plain("{学校|がっこう|1}の**きまり**")
    '学校のきまり'
    """
    return "".join(run["t"] for run in runs(text, lambda name: []))


def labels_of(prepared: Data) -> dict[str, tuple[str, str]]:
    """Every question: its name for a reader, and the id of its clause ("" for blanks and setup)."""
    found = {one["id"]: (prepared["labels"].get(f"ask-{one['id']}", one["ask"]), "") for one in prepared["setup"]}
    found |= {one["id"]: (one["label"], "") for one in prepared["blanks"]}
    return found | {one["id"]: (plain(clause["title"]), clause["id"]) for clause in prepared["clauses"] for one in clause["decisions"]}


def decisions(prepared: Data) -> list[Data]:
    """The questions with options: those of the setup, then those of the clauses."""
    return [*prepared["setup"], *(one for clause in prepared["clauses"] for one in clause["decisions"])]


def is_number(value: object) -> bool:
    """Whether a value is a number that both languages write alike (true and false are none)."""
    return type(value) in (int, float) and (value == 0 or SMALLEST <= abs(value) < LARGEST)


def day_of(value: object) -> str:
    """The day in what was typed, as an ISO date; "" when there is none.

    >>> day_of("２０２７年４月１日"), day_of("令和9年4月1日"), day_of("2027/4/1"), day_of("2027-02-30")
    ('2027-04-01', '2027-04-01', '2027-04-01', '')
    """
    text = squeezed(value)[: 2 * LONGEST_DATE].translate(WIDE)
    era = ERA.fullmatch(text)
    if era:
        return _day(2018 + int(era[1].replace("元", "1")), int(era[2]), int(era[3]))
    found = DATE.fullmatch(text) or EIGHT.fullmatch(text)
    return _day(*map(int, found.groups())) if found else ""


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


# --- one answer: the value to take, and whether it was mended ------------------------------------


def clean(text: str) -> str:
    """A text without the signs that no document can hold."""
    return CONTROL.sub(" ", text)


def _option(value: object, options: list[str]) -> object:
    """The text of one option; it need not exist."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if value is False and "no" in options:
        return "no"
    return squeezed(clean(value)) or NOTHING if isinstance(value, str) else NOTHING


def _several(value: object, options: list[str]) -> tuple[object, bool]:
    """A list of options, and whether something in it was lost."""
    if isinstance(value, str):
        text = squeezed(clean(value))
        value = [text] if text in options else re.split("[ ,、，]+", text)
    elif isinstance(value, dict):
        value = [one for one in options if value.get(one) is True] or NOTHING
    if not isinstance(value, list):
        return NOTHING, True
    texts = [squeezed(clean(one)) for one in value if isinstance(one, str)]
    kept, lost = list(dict.fromkeys(text for text in texts if text)), len(texts) < len(value)
    return (NOTHING if lost and not kept else kept), lost


def _text(value: object, join: str) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        texts = [squeezed(_text(one, join)) for one in value if _scalar(one)]
        return join.join(text for text in texts if text) or NOTHING
    return value if is_number(value) else NOTHING


def _scalar(value: object) -> bool:
    return isinstance(value, str) or is_number(value)


def _number(value: object) -> object:
    if not isinstance(value, str):
        return value if is_number(value) else NOTHING
    found = COUNT.fullmatch(squeezed(value).translate(WIDE))
    return int(found[1]) if found else clean(value)


def _date(value: object) -> object:
    """An ISO date where there is one; other words stay, unless they look like a date and are none that can be written."""
    day = day_of(value)
    if day or not isinstance(value, str):
        return day or NOTHING
    text = squeezed(clean(value))
    unwritable = DIGITS.fullmatch(text) and len(text) > len("2027-04-01")
    return text if text and not unwritable else NOTHING


BLANKS = {"text": _text, "number": lambda value, join: _number(value), "date": lambda value, join: _date(value)}


# --- the values ----------------------------------------------------------------------------------


def _given(prepared: Data, raw: Data, notes: Notes) -> Data:
    """What stands under `values`; or, where the answers stand one level too high, those."""
    given = raw.get("values")
    if isinstance(given, dict):
        return given
    if given is not None:
        notes.add("dropped", "values")
    high = {name: raw[name] for name in labels_of(prepared) if name in raw and name not in READERS}
    if high:
        notes.add("mended", "values")
    return high


def _values(prepared: Data, given: Data, notes: Notes) -> Data:
    names, found = labels_of(prepared), dict(given)
    for question in [*decisions(prepared), *prepared["blanks"]]:
        ident = question["id"]
        if ident in found:
            value = _value(prepared, question, found.pop(ident), names[ident], notes)
            if value is not NOTHING:
                found[ident] = value
    return found


def _value(prepared: Data, question: Data, value: object, name: tuple[str, str], notes: Notes) -> object:
    """One answer in its own type; NOTHING for none, and a note where it is another than the one given."""
    if value in (None, "", {}):
        return NOTHING
    taken, lost = _taken(prepared, question, value)
    if taken is NOTHING or lost:
        notes.add("dropped", *name)
    elif not _alike(taken, value):
        notes.add("mended", *name)
    return taken


def _alike(taken: object, value: object) -> bool:
    """Whether a reader would see no difference."""
    if isinstance(taken, (dict, list)):
        return type(taken) is type(value) and taken == value
    return squeezed(taken) == squeezed(value)


def _taken(prepared: Data, question: Data, value: object) -> tuple[object, bool]:
    choice = question.get("choice", "blank")
    options = [one["id"] for one in question.get("options", ())]
    if choice == "blank":
        return BLANKS[question["kind"]](value, JOIN[prepared["lang"]]), isinstance(value, list) and not all(map(_scalar, value))
    if choice == "one":
        return _option(value, options), False
    if choice == "many":
        return _several(value, options)
    if choice == "stages":
        return _by_stage(prepared, value, options)
    return _by_task(prepared, value)


def _by_stage(prepared: Data, value: object, options: list[str]) -> tuple[object, bool]:
    """One option a stage; a single option is meant for all of them."""
    stages = [one["id"] for one in prepared["stages"]]
    single = NOTHING if isinstance(value, dict) else _option(value, options)
    if single in options:
        return dict.fromkeys(stages, single), False
    if not isinstance(value, dict):
        return NOTHING, True
    found, lost = dict(value), False
    for stage in stages:
        if stage in found:
            own = found.pop(stage)
            taken = _option(own, options)
            lost = lost or (taken is NOTHING and own not in (None, ""))
            found |= {} if taken is NOTHING else {stage: taken}
    return found or NOTHING, lost


def _by_task(prepared: Data, value: object) -> tuple[object, bool]:
    if not isinstance(value, dict):
        return NOTHING, True
    levels, found, lost = [one["id"] for one in prepared["tasks"]["levels"]], dict(value), False
    for task in prepared["tasks"]["tasks"]:
        if task["id"] in found:
            own = found.pop(task["id"])
            taken, gone = _by_stage(prepared, own, levels)
            lost = lost or (gone and own not in (None, ""))
            found |= {} if taken is NOTHING else {task["id"]: taken}
    return found or NOTHING, lost


# --- beside the values ---------------------------------------------------------------------------


def _number_or_none(name: str):
    def read(prepared: Data, value: object, notes: Notes) -> object:
        taken = NOTHING if value is None else _number(value)
        if value is not None and not is_number(taken):
            notes.add("dropped", name)
            return NOTHING
        return taken

    return read


def _word(name: str, allowed: tuple[str, ...] = ()):
    def read(prepared: Data, value: object, notes: Notes) -> object:
        text = squeezed(clean(value)) if isinstance(value, str) else ""
        if (value is not None and not text) or (text and allowed and text not in allowed):
            notes.add("dropped", name)
            return NOTHING
        return text or NOTHING

    return read


def _tools(prepared: Data, value: object, notes: Notes) -> object:
    """The chosen tools; a name alone gets the one kind of account that it has."""
    if value is None:
        return NOTHING
    if isinstance(value, str | dict):
        notes.add("mended", "tools")
    found = [_tool(prepared, one, notes) for one in (value if isinstance(value, list) else [value])]
    if any(one is NOTHING for one in found):
        notes.add("dropped", "tools")
    return [one for one in found if one is not NOTHING]


def _tool(prepared: Data, one: object, notes: Notes) -> object:
    entry = one if isinstance(one, dict) else {"tool": one}
    tool, account = (_option(entry.get(name), []) for name in ("tool", "account"))
    if tool is NOTHING:
        return NOTHING
    kinds = [kind["id"] for known in prepared["tools"] if known["id"] == tool for kind in known["accounts"]]
    if account is NOTHING:
        account = kinds[0] if len(kinds) == 1 else ""
    if entry.get("account") != account:
        notes.add("mended", "tools")
    return entry | {"tool": tool, "account": account}


def _own(prepared: Data, value: object, notes: Notes) -> object:
    """The school's own texts: clause -> language and register -> lines. Unknown clauses stay, for they may hold work."""
    if not isinstance(value, dict):
        if value is not None:
            notes.add("dropped", "own")
        return NOTHING
    found = dict(value)
    for clause in prepared["clauses"]:
        if clause["id"] in found:
            found[clause["id"]] = _texts(found[clause["id"]], plain(clause["title"]), clause["id"], notes)
    return found


def _texts(texts: object, title: str, clause: str, notes: Notes) -> Data:
    if not isinstance(texts, dict):
        if texts is not None:
            notes.add("dropped", title, clause)
        return {}
    found = dict(texts)
    for register in [f"{lang}.{name}" for lang in JOIN for name in REGISTERS]:
        if register in found:
            lines = _lines(found.pop(register), title, clause, notes)
            found |= {} if lines is NOTHING else {register: lines}
    return found


def _lines(value: object, title: str, clause: str, notes: Notes) -> object:
    """Lines of text; one text is cut at its line breaks."""
    if isinstance(value, str):
        notes.add("mended", title, clause)
        value = value.split("\n")
    if not isinstance(value, list):
        if value is not None:
            notes.add("dropped", title, clause)
        return NOTHING
    kept = [_text(one, "") for one in value if not isinstance(one, list)]
    if len(kept) < len(value) or NOTHING in kept:
        notes.add("dropped", title, clause)
    return [squeezed(one) if is_number(one) else one for one in kept if one is not NOTHING]


def _history(prepared: Data, value: object, notes: Notes) -> object:
    """The school's own changes: a date and a text each."""
    if value is None:
        return NOTHING
    found = [_change(one) for one in (value if isinstance(value, list) else [value])]
    if NOTHING in found:
        notes.add("dropped", "history")
    return [one for one in found if one is not NOTHING]


def _change(one: object) -> object:
    entry = one if isinstance(one, dict) else {"text": one}
    text, day = squeezed(_text(entry.get("text"), "")), _date(entry.get("date"))
    if not text:
        return NOTHING
    return entry | {"date": "" if day is NOTHING else _basic(day)[:LONGEST_DATE], "text": text}


def _basic(text: str) -> str:
    """A text whose signs are sorted alike in Python and JavaScript."""
    return re.sub("[\U00010000-\U0010ffff]", "\ufffd", text)


READERS = {
    "format": _number_or_none("format"),
    "komainu_policy": _word("komainu_policy"),
    "profile": _word("profile"),
    "lang": _word("lang", ("ja", "en")),
    "tools": _tools,
    "own": _own,
    "history": _history,
}

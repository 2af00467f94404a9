"""The classroom policy's two small grammars: a rule that is true or false, and a text with blanks.

In:  answers, as values that can be looked up by a path; rules and texts as plain data.   Out: truth; runs of text.
web/policy/ruling.js is the same in JavaScript; tests/cases/policy/ruling.yml holds both to the same rows.
Left out on purpose: what the names mean (policy), and where the runs go (adapt and the writers).

A rule is a mapping with one key:

    is: [path, value]        the answer is the value, or a list that contains it
    in: [path, [value, …]]   it is one of the values
    set: path                there is an answer, and it is not empty
    below: [path, number]    it is a number, and smaller
    all: [rule, …]   any: [rule, …]   not: rule

A path is a name, or names with dots between them; `*` stands for any name: `tasks.*.jhs`.

A text holds `{{name}}` (a blank), `{漢字|かんじ|3}` (a word, its reading, its school year) and `**bold**`. Nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

Rule = dict[str, Any]
Run = dict[str, Any]
"""A piece of a line: `t` the text, `r` its reading, `b` 1 when bold, `gap` the name of a blank that was left empty."""

Lookup = Callable[[str], list]
"""A path -> the answers that stand there; none when there is no answer, several only where the path has a `*`."""

SPACE = re.compile(r"[\s\ufeff]+")
TOKEN = re.compile(r"\{\{([a-z][a-z0-9_.-]*)\}\}|\{([^{}|]+)\|([^{}|]+)\|([1-9])\}|(\*\*)")


def true(rule: Rule | None, lookup: Lookup) -> bool:
    """Whether a rule holds; no rule always does.

    >>> true({"is": ["stages", "jhs"]}, {"stages": [["jhs", "hs"]]}.get)
    True

    Raises KeyError when the rule has another key than the seven (a checked policy has none).
    """
    if rule is None:
        return True
    (kind, value), = rule.items()
    return TESTS[kind](value, lookup)


def at(values: object, path: str) -> list:
    """Everything that stands at a path inside nested mappings.

    >>> at({"tasks": {"draft": {"jhs": "no"}, "code": {"jhs": "free"}}}, "tasks.*.jhs")
    ['no', 'free']
    """
    found = [values]
    for name in path.split("."):
        inner = [one for one in found if isinstance(one, dict)]
        found = [value for one in inner for key, value in one.items() if name in ("*", key)]
    return [one for one in found if one is not None]


def _is(value: list, lookup: Lookup) -> bool:
    path, wanted = value
    return any(wanted in found if isinstance(found, list) else found == wanted for found in lookup(path) or ())


def _in(value: list, lookup: Lookup) -> bool:
    path, wanted = value
    return any(_is([path, one], lookup) for one in wanted)


def _set(path: str, lookup: Lookup) -> bool:
    return any(found not in ("", [], {}) for found in lookup(path) or ())


def _below(value: list, lookup: Lookup) -> bool:
    path, limit = value
    return any(type(found) in (int, float) and found < limit for found in lookup(path) or ())


TESTS: dict[str, Callable[[Any, Lookup], bool]] = {
    "is": _is,
    "in": _in,
    "set": _set,
    "below": _below,
    "all": lambda rules, lookup: all(true(rule, lookup) for rule in rules),
    "any": lambda rules, lookup: any(true(rule, lookup) for rule in rules),
    "not": lambda rule, lookup: not true(rule, lookup),
}


def named(rule: Rule | None) -> Iterator[tuple[str, object]]:
    """Every path that a rule looks at, with each value it compares (None when there is none)."""
    for kind, value in (rule or {}).items():
        if kind in ("all", "any"):
            for one in value:
                yield from named(one)
        elif kind == "not":
            yield from named(value)
        elif kind == "in":
            yield from ((value[0], one) for one in value[1])
        elif kind == "is":
            yield value[0], value[1]
        else:
            yield (value if kind == "set" else value[0]), None


def names(text: str) -> list[str]:
    """The names of the blanks in a text, in order."""
    return [found[1] for found in TOKEN.finditer(text) if found[1]]


def runs(text: str, fill: Callable[[str], list[Run]], keep: int = 9) -> list[Run]:
    """A text as runs, its blanks filled; words of school year `keep` or below carry no reading.

    >>> runs("**{学校|がっこう|1}**は{{school}}です", lambda name: [{"t": "みどり小"}], keep=0)
    [{'t': '学校', 'r': 'がっこう', 'b': 1}, {'t': 'はみどり小です'}]
    """
    found: list[Run] = []
    bold, end = False, 0
    for token in TOKEN.finditer(text):
        _add(found, {"t": text[end : token.start()]}, bold)
        end = token.end()
        name, base, reading, year, mark = token.groups()
        if mark:
            bold = not bold
        elif name:
            for run in fill(name):
                _add(found, run, bold)
        else:
            _add(found, {"t": base, "r": reading} if int(year) > keep else {"t": base}, bold)
    _add(found, {"t": text[end:]}, bold)
    return found


def squeezed(value: object) -> str:
    """What was typed, on one line, without blanks at its ends; the empty text for what is neither text nor a number.

    >>> squeezed(" みどり  小 "), squeezed(14.0), squeezed(["a"])
    ('みどり 小', '14', '')
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return SPACE.sub(" ", str(value)).strip(" ")


def _add(found: list[Run], run: Run, bold: bool) -> None:
    """Put a run at the end; plain text that meets its like becomes one run with it."""
    run = run | ({"b": 1} if bold else {})
    if not run["t"]:
        return
    if found and _plain(found[-1]) and _plain(run) and found[-1].get("b") == run.get("b"):
        found[-1] = found[-1] | {"t": found[-1]["t"] + run["t"]}
    else:
        found.append(run)


def _plain(run: Run) -> bool:
    return "r" not in run and "gap" not in run

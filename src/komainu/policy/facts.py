"""What follows from a school's answers, as named lists that the rules of findings.yml look at.

In:  prepared data, answers that tidy has been over, and the day.
Out: for each name of FACTS the words it stands for, each with the clause it stands in.
web/policy/facts.js is the same in JavaScript.
Left out on purpose: the policy above (above), what is the matter about a fact (the rules), and its sentences (lint).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from komainu.policy.adapt import STAGES, merged
from komainu.policy.ruling import at, squeezed, true
from komainu.policy.tidy import REGISTERS, clean, day_of, decisions, is_number, labels_of, plain

Data = dict[str, Any]
Fact = Iterable[tuple[str, str]]
"""Words, each with the clause that they stand in ("" for none)."""

AGES = dict(zip(STAGES, (6, 9, 12, 15), strict=True))
"""The age of the youngest pupils of a stage."""

ALONE = ("supervised", "independent")
"""Ways in which pupils use a tool themselves."""

STALE_DAYS = 180
SOON_DAYS = 14
REVIEW_MONTHS = 13
FORMAT = 1

LONGEST = 40
"""Signs of a school's own words that a finding repeats."""

OPEN = re.compile("＿{2,}|_{3,}|[○〇◯●]{2,}")
"""What stands where something is still to be written."""

TENANT = "board-tenant"


@dataclass(frozen=True)
class View:
    """Answers from which facts are taken."""

    prepared: Data
    answers: Data
    values: Data
    """The answers with the defaults."""
    given: Data
    """The answers without them, to questions that exist."""
    today: str
    """An ISO date."""

    def applies(self, clause: Data) -> bool:
        """Whether a clause is part of this school's policy."""
        return true(clause.get("applies_if"), lambda path: at(self.values, path))

    def clauses(self) -> list[Data]:
        """The clauses that are part of it."""
        return [one for one in self.prepared["clauses"] if self.applies(one)]

    def stages(self) -> list[str]:
        """The stages of the school that exist."""
        return [one for one in STAGES if one in self.values["stages"]]

    def stage_name(self, stage: str) -> str:
        """What a stage is called."""
        return next((one["name"] for one in self.prepared["stages"] if one["id"] == stage), stage)

    def open(self) -> bool:
        """Whether pupils' use is part of the policy at all."""
        return self.values.get("stance") != "ban" and self.values.get("tools") != "none"

    def ways(self, *ways: str) -> list[str]:
        """The school's stages with one of these ways of use."""
        return [one for one in self.stages() if self.open() and self.values.get("years", {}).get(one) in ways]

    def youngest(self) -> int:
        """The age of the youngest pupils who use tools themselves; 99 when there are none."""
        return min((AGES[one] for one in self.ways(*ALONE)), default=99)

    def beside(self, words: str, more: str) -> str:
        """Words with more in brackets."""
        return re.sub("[#@]", lambda sign: words if sign[0] == "#" else more, self.prepared["labels"]["beside"])

    def day(self, name: str) -> str:
        """The date in a blank, or ""."""
        return day_of(self.values.get(name, ""))


def view(prepared: Data, answers: Data, today: date | str) -> View:
    """Answers that tidy has been over, ready to be looked at."""
    known = labels_of(prepared)
    given = {name: value for name, value in answers["values"].items() if name in known}
    return View(prepared, answers, merged(prepared, answers), given, str(today))


def short(text: object) -> str:
    """A school's own words, cut to what a finding can repeat."""
    text = squeezed(clean(text) if isinstance(text, str) else text)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def bare(words: Iterable[str]) -> Fact:
    """Words that stand in no clause."""
    return [(one, "") for one in words]


# --- the file, and what is open ------------------------------------------------------------------


def _edition(mine: View) -> Fact:
    ours, theirs = (_numbers(one) for one in (mine.prepared["version"], mine.answers.get("komainu_policy", "")))
    if not theirs:
        return bare(["unknown"])
    return bare(["older"] if theirs < ours else ["newer"] if theirs > ours else [])


def _numbers(edition: str) -> list[int]:
    found = re.fullmatch(r"([0-9]{1,6})\.([0-9]{1,6})\.([0-9]{1,6})", edition)
    return [int(one) for one in found.groups()] if found else []


def _wrong_options(mine: View) -> Fact:
    names = labels_of(mine.prepared)
    for one in decisions(mine.prepared):
        if one["id"] in mine.given:
            options = {option["id"] for option in one["options"]} or {level["id"] for level in mine.prepared["tasks"]["levels"]}
            label, clause = names[one["id"]]
            for value in _chosen(mine.prepared, one, mine.given[one["id"]]):
                if value not in options:
                    yield mine.beside(label, short(value)), clause


def _chosen(prepared: Data, decision: Data, value: object) -> list[str]:
    """Every option named in an answer."""
    if decision["choice"] == "matrix":
        rows = [value[one["id"]] for one in prepared["tasks"]["tasks"] if one["id"] in value]
        return [row[stage] for row in rows for stage in STAGES if stage in row]
    if decision["choice"] == "stages":
        return [value[stage] for stage in STAGES if stage in value]
    return value if decision["choice"] == "many" else [value]


def _unknown(mine: View) -> Fact:
    """Names that stand for nothing: questions, stages and tasks."""
    found = set(mine.answers["values"]) - set(labels_of(mine.prepared))
    found |= {f"years.{one}" for one in set(mine.given.get("years", ())) - set(STAGES)}
    tasks = mine.given.get("tasks", {})
    known = {one["id"] for one in mine.prepared["tasks"]["tasks"]}
    found |= {f"tasks.{one}" for one in set(tasks) - known}
    found |= {f"tasks.{task}.{one}" for task in set(tasks) & known for one in set(tasks[task]) - set(STAGES)}
    return bare(short(one) for one in sorted(found))


def _asked(mine: View) -> list[Data]:
    return [one for one in mine.prepared["blanks"] if true(one.get("if"), lambda path: at(mine.values, path))]


def _empty(required: bool):
    return lambda mine: bare(one["label"] for one in _asked(mine) if one["required"] == required and one["id"] not in mine.values)


def _example(mine: View) -> Fact:
    return bare(one["label"] for one in mine.prepared["blanks"] if OPEN.search(squeezed(mine.values.get(one["id"], ""))))


def _short_open(mine: View) -> Fact:
    names, hidden = labels_of(mine.prepared), {one["id"] for one in mine.prepared["clauses"] if not mine.applies(one)}
    return [names[one] for one in mine.prepared["short"] if one in names and one not in mine.given and names[one][1] not in hidden]


def _undecided(mine: View) -> Fact:
    for clause in mine.clauses():
        if any(one["id"] not in mine.given for one in clause["decisions"]):
            yield plain(clause["title"]), clause["id"]


def _blanks_not(mine: View, kind: str, right) -> Fact:
    asked = [one for one in mine.prepared["blanks"] if one["kind"] == kind and one["id"] in mine.values]
    return bare(mine.beside(one["label"], short(mine.values[one["id"]])) for one in asked if not right(mine.values[one["id"]]))


# --- dates ---------------------------------------------------------------------------------------


def _dates_order(mine: View) -> Fact:
    names = labels_of(mine.prepared)
    dated = [(names[one][0], mine.day(one)) for one in ("decided_on", "starts_on", "review_on") if one in names and mine.day(one)]
    for (before, first), (after, second) in pairwise(dated):
        if first > second:
            yield f"{before} {first} > {after} {second}", ""


def _review_far(mine: View) -> Fact:
    start, review = mine.day("starts_on") or mine.today, mine.day("review_on")
    return bare([review] if review and _month(review, 0) > _month(start, REVIEW_MONTHS) else [])


def _month(day: str, more: int) -> tuple[int, str]:
    return int(day[:4]) * 12 + int(day[5:7]) + more, day[8:]


def _days(first: str, second: str) -> int:
    return (date.fromisoformat(second) - date.fromisoformat(first)).days


def _starts_soon(mine: View) -> Fact:
    decided, start = mine.day("decided_on"), mine.day("starts_on")
    return bare([start] if decided and start and 0 <= _days(decided, start) < SOON_DAYS else [])


# --- years and tasks -----------------------------------------------------------------------------


def _open_tasks(mine: View, way: str, levels: tuple[str, ...]) -> Fact:
    """Tasks with one of these levels, at the stages with this way of use."""
    for stage in mine.ways(way):
        for task in mine.prepared["tasks"]["tasks"]:
            if mine.values.get("tasks", {}).get(task["id"], {}).get(stage) in levels:
                yield mine.beside(plain(task["name"]), mine.stage_name(stage)), ""


def _levels(mine: View, stage: str) -> list[str]:
    return [row[stage] for row in mine.values.get("tasks", {}).values() if stage in row]


def _given_uses(mine: View) -> Fact:
    return bare(one for one in mine.stages() if mine.given.get("years", {}).get(one) in ALONE)


def _given_tasks(mine: View) -> Fact:
    for task in mine.prepared["tasks"]["tasks"]:
        row = mine.given.get("tasks", {}).get(task["id"], {})
        if any(row.get(stage, "no") != "no" for stage in mine.stages()):
            yield plain(task["name"]), ""


def _ideas_no(mine: View) -> Fact:
    row = mine.values.get("tasks", {}).get("ideas", {})
    return bare(one for one in mine.ways(*ALONE) if row.get(one) == "no")


# --- tools and laws ------------------------------------------------------------------------------


def _accounts(mine: View) -> list[tuple[Data, Data]]:
    known = {(tool["id"], one["id"]): (tool, one) for tool in mine.prepared["tools"] for one in tool["accounts"]}
    chosen = [(one["tool"], one["account"]) for one in mine.answers.get("tools", ())]
    return [known[one] for one in chosen if one in known]


def _tools_unknown(mine: View) -> Fact:
    known = {(tool["id"], one["id"]) for tool in mine.prepared["tools"] for one in tool["accounts"]}
    for one in mine.answers.get("tools", ()):
        if (one["tool"], one["account"]) not in known:
            yield short(mine.beside(one["tool"], one["account"]) if one["account"] else one["tool"]), ""


def _tools(wrong):
    """The chosen tools about which `wrong` is true."""
    return lambda mine: bare(mine.beside(tool["name"], one["name"]) for tool, one in _accounts(mine) if wrong(mine, tool, one))


def _aged(name: str, label: str):
    """The chosen tools whose terms have an age above the youngest pupils who use tools themselves, with that age."""

    def fact(mine: View) -> Fact:
        for tool, one in _accounts(mine):
            if one[name] is not None and one[name] > mine.youngest():
                age = mine.prepared["labels"][label].replace("#", str(one[name]))
                yield mine.beside(f"{tool['name']} / {one['name']}", age), ""

    return fact


def _stale(mine: View, checked: str) -> bool:
    return _days(checked, mine.today) > STALE_DAYS


def _laws_missing(mine: View) -> Fact:
    here = {one["id"] for one in mine.prepared["laws"] if mine.values.get("law") in one["law"]}
    for clause in mine.clauses():
        if mine.values.get("law") != "neutral" and clause["laws"] and not here & set(clause["laws"]):
            yield plain(clause["title"]), clause["id"]


def _laws(wrong):
    """The laws for this kind of school, named by clauses that apply, about which `wrong` is true."""

    def fact(mine: View) -> Fact:
        laws = {one["id"]: one for one in mine.prepared["laws"] if mine.values.get("law") in one["law"] and wrong(mine, one)}
        return [(laws[law]["name"], clause["id"]) for clause in mine.clauses() for law in clause["laws"] if law in laws]

    return fact


# --- a school's own words ------------------------------------------------------------------------


def _own(mine: View) -> list[tuple[Data, str, list[str]]]:
    """Clause, register and lines of every own text that has its place."""
    own, keys = mine.answers.get("own", {}), [f"{lang}.{name}" for lang in ("ja", "en") for name in REGISTERS]
    clauses = [one for one in mine.prepared["clauses"] if one["id"] in own]
    return [(one, key, own[one["id"]][key]) for one in clauses for key in keys if key in own[one["id"]]]


def _own_with(wrong):
    return lambda mine: [(plain(clause["title"]), clause["id"]) for clause, key, lines in _own(mine) if wrong(mine, clause, key, lines)]


def _own_unknown(mine: View) -> Fact:
    own, clauses = mine.answers.get("own", {}), {one["id"] for one in mine.prepared["clauses"]}
    keys = {f"{lang}.{name}" for lang in ("ja", "en") for name in REGISTERS}
    found = set(own) - clauses | {f"{one} {key}" for one in set(own) & clauses for key in set(own[one]) - keys}
    return bare(short(one) for one in sorted(found))


def _own_one_language(mine: View, clause: Data, key: str, lines: list[str]) -> bool:
    other = {"ja": "en", "en": "ja"}[key[:2]] + key[2:]
    return other not in mine.answers["own"][clause["id"]]


FACTS = {
    "edition": _edition,
    "format": lambda mine: bare(["newer"] if mine.answers.get("format", FORMAT) > FORMAT else []),
    "answered": lambda mine: bare(one for one in labels_of(mine.prepared) if one in mine.given),
    "wrong_options": _wrong_options,
    "unknown": _unknown,
    "numbers_wrong": lambda mine: _blanks_not(mine, "number", lambda value: is_number(value) and value > 0),
    "dates_wrong": lambda mine: _blanks_not(mine, "date", day_of),
    "blanks_missing": _empty(True),
    "blanks_open": _empty(False),
    "blanks_example": _example,
    "short_open": _short_open,
    "undecided": _undecided,
    "dates_order": _dates_order,
    "review_far": _review_far,
    "review_past": lambda mine: bare(one for one in [mine.day("review_on")] if one and one < mine.today),
    "starts_soon": _starts_soon,
    "stages": lambda mine: bare(mine.stages()),
    "uses": lambda mine: bare(mine.ways(*ALONE)),
    "supervised": lambda mine: bare(mine.ways("supervised")),
    "independent": lambda mine: bare(mine.ways("independent")),
    "shown": lambda mine: bare(mine.ways("demo")),
    "given_uses": _given_uses,
    "given_tasks": _given_tasks,
    "levels": lambda mine: bare(level for stage in mine.ways(*ALONE) for level in _levels(mine, stage)),
    "tasks_despite": lambda mine: _open_tasks(mine, "none", ("teacher", "disclose", "free")),
    "tasks_beyond": lambda mine: _open_tasks(mine, "demo", ("disclose", "free")),
    "tasks_idle": lambda mine: bare(one for one in mine.ways(*ALONE) if set(_levels(mine, one)) == {"no"}),
    "ideas_no": _ideas_no,
    "tool_ids": lambda mine: bare(tool["id"] for tool, _ in _accounts(mine)),
    "tools_unknown": _tools_unknown,
    "tools_young": _aged("min_age", "age"),
    "tools_consent": _aged("consent_below", "below"),
    "tools_age_unknown": _tools(lambda mine, tool, one: one["min_age"] is None),
    "tools_on": _tools(lambda mine, tool, one: one["on_by_default"] is True),
    "tools_unsure": _tools(lambda mine, tool, one: one.get("unsure") is True),
    "tools_stale": _tools(lambda mine, tool, one: _stale(mine, one["checked"])),
    "tools_consumer": _tools(lambda mine, tool, one: one["id"] == "consumer"),
    "tools_outside": _tools(lambda mine, tool, one: tool["id"] != TENANT),
    "laws_missing": _laws_missing,
    "laws_unsure": _laws(lambda mine, one: one.get("unsure") is True),
    "laws_stale": _laws(lambda mine, one: _stale(mine, one["checked"])),
    "own_unknown": _own_unknown,
    "own_gaps": _own_with(lambda mine, clause, key, lines: any(OPEN.search(one) for one in lines)),
    "own_names": _own_with(lambda mine, clause, key, lines: any("{{" in one for one in lines)),
    "own_empty": _own_with(lambda mine, clause, key, lines: mine.applies(clause) and not any(squeezed(one) for one in lines)),
    "own_idle": _own_with(lambda mine, clause, key, lines: not mine.applies(clause)),
    "own_one_language": _own_with(_own_one_language),
}

"""Whether the parts of the classroom policy fit together: names, rules, options, languages, sources, dates.

In:  a Curriculum.   Out: Problems.   Left out on purpose: the form of each file (schemas), a school's answers (lint).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from komainu.curriculum import Curriculum
from komainu.files import Plain
from komainu.level import level_findings, note
from komainu.policy.above import BOARD
from komainu.policy.adapt import adapt, documents
from komainu.policy.data import FOLDER, Policy, prepared
from komainu.policy.facts import FACTS
from komainu.policy.ruling import TOKEN, named, names
from komainu.problem import LANGUAGES, Report

STALE_DAYS = 180
"""Terms of tools and laws move in months; older entries want another look."""

CLAUSES = f"{FOLDER}/clauses/"
STRAY = re.compile(r"[{}|]|\*\*")
LIMITS = {"elementary": (6, 40), "secondary": (None, 60)}
"""Highest school year of kanji, and characters in a sentence, in the pupils' two forms."""


@dataclass(frozen=True)
class _Known:
    """What texts and rules may name."""

    blanks: frozenset[str]
    options: dict[str, frozenset[str]]
    """Decision or setup question -> what can be answered."""
    deep: frozenset[str]
    """Decisions with one answer a stage, or a task and a stage."""


def _known(policy: Policy) -> _Known:
    questions, tasks = policy.shared["questions"].data, policy.shared["tasks"].data
    decisions = [one for plain in policy.clauses.values() for one in plain.data["decisions"]]
    options = {one["id"]: frozenset(option["id"] for option in one.get("options", ())) for one in [*questions["setup"], *decisions]}
    options |= {one["id"]: frozenset(level["id"] for level in tasks["levels"]) for one in decisions if one["choice"] == "matrix"}
    deep = frozenset(one["id"] for one in decisions if one["choice"] in ("stages", "matrix"))
    return _Known(frozenset(blank["id"] for blank in questions["blanks"]), options, deep)


# --- references ----------------------------------------------------------------------------------


def references(c: Curriculum, today: date, report: Report) -> None:
    """Clauses name sections, laws, skills, lessons, sources and editions that exist, and stand in files named after them."""
    policy, reference = c.policy, c.reference
    sections = {one["id"] for one in policy.shared["questions"].data["groups"]}
    laws = {one["id"] for one in policy.shared["lawrefs"].data["laws"]}
    versions = {one["version"] for one in policy.shared["changelog"].data["versions"]}
    for plain in policy.clauses.values():
        data, path = plain.data, plain.path
        if Path(path).stem != f"{data['number']:02}-{data['id']}":
            report.add(path, plain.line("id"), "policy-file-name", wanted=f"{data['number']:02}-{data['id']}.yml")
        if data["section"] not in sections:
            report.add(path, plain.line("section"), "policy-unknown", kind="section", id=data["section"])
        for place, change in enumerate(data["changes"]):
            if change["version"] not in versions:
                report.add(path, plain.line("changes", place), "policy-unknown", kind="version", id=change["version"])
        if "removed" in data and data["removed"]["version"] not in versions:
            report.add(path, plain.line("removed"), "policy-unknown", kind="version", id=data["removed"]["version"])
        for law in data["laws"]:
            if law not in laws:
                report.add(path, plain.line("laws"), "policy-unknown", kind="law", id=law)
        for skill in data["skills"]:
            if reference.lacks("skills", skill):
                report.add(path, plain.line("skills"), "skill-unknown", id=skill)
        for lesson in data["lessons"]:
            if lesson not in c.lessons and lesson not in c.unread:
                report.add(path, plain.line("lessons"), "lesson-unknown", id=lesson)
    for plain, place, source in _cited(policy):
        if reference.lacks("sources", source):
            report.add(plain.path, plain.line(*place), "source-unknown", id=source)


def _cited(policy: Policy) -> Iterator[tuple[Plain, tuple, str]]:
    for plain in policy.clauses.values():
        for place, one in enumerate(plain.data["decisions"]):
            yield from ((plain, ("decisions", place, "sources"), source) for source in one["sources"])
        for place, one in enumerate(plain.data["changes"]):
            yield from ((plain, ("changes", place), source) for source in one.get("sources", ()))
        yield from ((plain, ("removed",), source) for source in plain.data.get("removed", {}).get("sources", ()))
    laws, tools = policy.shared["lawrefs"], policy.shared["tools"]
    yield from ((laws, ("laws", place), one["source"]) for place, one in enumerate(laws.data["laws"]))
    for place, tool in enumerate(tools.data["tools"]):
        yield from ((tools, ("tools", place, "accounts", at), one["source"]) for at, one in enumerate(tool["accounts"]))


def path_of_questions(c: Curriculum, today: date, report: Report) -> None:
    """The short path asks questions that exist."""
    known, questions = _known(c.policy), c.policy.shared["questions"]
    for place, ident in enumerate(questions.data["short"]):
        if ident not in known.blanks and ident not in known.options:
            report.add(questions.path, questions.line("short", place), "policy-unknown", kind="question", id=ident)


# --- texts and rules -----------------------------------------------------------------------------


def words(c: Curriculum, today: date, report: Report) -> None:
    """Every text fills blanks that exist, every rule looks at answers that exist, and no brace is left open."""
    known = _known(c.policy)
    for plain in [*c.policy.clauses.values(), *c.policy.documents.values(), c.policy.shared["questions"]]:
        for place, rule in _rules(plain.data, ()):
            _rule(known, plain, place, rule, report)
        for place, text in _texts(plain.data, ()):
            for name in names(text):
                if name not in known.options and name.removesuffix("_era") not in known.blanks:
                    report.add(plain.path, plain.line(*place), "policy-name", name=name)
            left = STRAY.search(TOKEN.sub(lambda found: "" if found[1] or found[2] else found[0], text).replace("**", "", 2 * (text.count("**") // 2)))
            if left:
                report.add(plain.path, plain.line(*place), "policy-stray", found=left[0])


def _texts(value: object, place: tuple) -> Iterator[tuple[tuple, str]]:
    """Every text inside data, with its place; names and rules are no texts."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _texts(one, (*place, number))
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in ("if", "applies_if", "id", "url", "changes", "clauses", "sections", "sources"):
                yield from _texts(one, (*place, key))


def _rules(value: object, place: tuple) -> Iterator[tuple[tuple, dict]]:
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from _rules(one, (*place, number))
    elif isinstance(value, dict):
        for key, one in value.items():
            if key in ("if", "applies_if"):
                yield (*place, key), one
            elif key != "changes":  # old words may ask what nobody asks any more
                yield from _rules(one, (*place, key))


def _rule(known: _Known, plain: Plain, place: tuple, rule: dict, report: Report) -> None:
    for path, value in named(rule):
        _path(known, plain, place, path, value, report)


def _path(known: _Known, plain: Plain, place: tuple, path: str, value: object, report: Report) -> None:
    name, *inner = path.split(".")
    if name in known.blanks and not inner:
        return
    if name not in known.options or bool(inner) != (name in known.deep):
        report.add(plain.path, plain.line(*place), "policy-path", answer=path)
    elif value is not None and value not in known.options[name]:
        report.add(plain.path, plain.line(*place), "policy-value", answer=path, value=value)


# --- decisions -----------------------------------------------------------------------------------


def decisions(c: Curriculum, today: date, report: Report) -> None:
    """Defaults are options, no two decisions share an id, and every option changes what is said."""
    known, seen = _known(c.policy), {one["id"] for one in c.policy.shared["questions"].data["setup"]}
    for plain in c.policy.clauses.values():
        for place, one in enumerate(plain.data["decisions"]):
            if one["id"] in seen:
                report.add(plain.path, plain.line("decisions", place, "id"), "id-duplicate", id=one["id"])
            seen.add(one["id"])
            for wrong in _wrong_defaults(c, one, known.options[one["id"]]):
                report.add(plain.path, plain.line("decisions", place, "default"), "policy-default", id=one["id"], found=wrong)
            for lang in LANGUAGES:
                for register in ("rule", "staff"):
                    idle = _idle(one, plain.data["text"][lang][register])
                    if idle:
                        where = plain.line("text", lang, register)
                        report.add(plain.path, where, "policy-idle", id=one["id"], options=", ".join(idle), register=f"{lang}.{register}")
    tasks = c.policy.shared["tasks"]
    for place, task in enumerate(tasks.data["tasks"]):
        allowed, found = {level["id"] for level in tasks.data["levels"]}, task["default"]
        for wrong in _by_stage(c, found, allowed):
            report.add(tasks.path, tasks.line("tasks", place, "default"), "policy-default", id=task["id"], found=wrong)


def _wrong_defaults(c: Curriculum, one: dict, options: frozenset[str]) -> list[str]:
    default = one["default"]
    if one["choice"] == "matrix":
        return []
    if one["choice"] == "stages":
        return _by_stage(c, default, options) if isinstance(default, dict) else [str(default)]
    many = one["choice"] == "many"
    if many != isinstance(default, list) or isinstance(default, dict):
        return [str(default)]
    return [found for found in (default if many else [default]) if found not in options]


def _by_stage(c: Curriculum, default: dict, options) -> list[str]:
    """What is wrong with one answer for each stage: stages that are missing or unknown, and answers that are none."""
    stages = set(c.reference.stages)
    return sorted(stages ^ set(default)) + [found for found in default.values() if found not in options]


def _idle(one: dict, parts: list) -> list[str]:
    """The options that leave a register as it is. One of a single choice may: it is then what the others differ from."""
    if one["choice"] in ("stages", "matrix") or any(one["id"] in names(text) for _, text in _texts(parts, ())):
        return []
    used = {value for _, rule in _rules(parts, ()) for path, value in named(rule) if path == one["id"]}
    idle = [option["id"] for option in one["options"] if option["id"] not in used]
    return idle if len(idle) > (one["choice"] == "one") else []


# --- what is looked for in a school's answers ----------------------------------------------------


def findings(c: Curriculum, today: date, report: Report) -> None:
    """Every finding looks at answers, facts and clauses that exist, and no two share an id; an order of options names each once."""
    known, facts, plain = _known(c.policy), _fact_values(c), c.policy.shared["findings"]
    seen: set[str] = set()
    for place, one in enumerate(plain.data["findings"]):
        line = plain.line("findings", place)
        if one["id"] in seen:
            report.add(plain.path, line, "id-duplicate", id=one["id"])
        seen.add(one["id"])
        unknown = [("clause", clause) for clause in one["clauses"] if clause not in c.policy.clauses]
        unknown += [("fact", one["where"])] if one.get("where", "weaker") not in facts else []
        for kind, ident in unknown:
            report.add(plain.path, line, "policy-unknown", kind=kind, id=ident)
        for path, value in named(one["if"]):
            _fact_or_answer(known, facts, plain, ("findings", place, "if"), path, value, report)
        for name in {name for lang in LANGUAGES for text in one[lang].values() for name in names(text)}:
            if name not in known.options and name not in known.blanks and name.removeprefix("facts.") not in facts:
                report.add(plain.path, line, "policy-name", name=name)
    _orders(c, known, report)


def _fact_values(c: Curriculum) -> dict[str, frozenset[str]]:
    """Every fact, with the ids it can hold; none where it holds words for readers."""
    known, stages = _known(c.policy), frozenset(c.reference.stages)
    found = dict.fromkeys([*FACTS, *BOARD, "unreadable", "dropped", "mended"], frozenset())
    found |= dict.fromkeys(("stages", "uses", "supervised", "independent", "shown", "given_uses", "ideas_no", "tasks_idle", "board_stages"), stages)
    tools = frozenset(tool["id"] for tool in c.policy.shared["tools"].data["tools"])
    levels = frozenset(level["id"] for level in c.policy.shared["tasks"].data["levels"])
    found |= {"tool_ids": tools, "levels": levels, "answered": known.blanks | set(known.options), "board_law": frozenset(["other"])}
    precedence = known.options.get("precedence", frozenset())
    return found | {"edition": frozenset(["older", "newer", "unknown"]), "format": frozenset(["newer"]), "board_precedence": precedence}


def _fact_or_answer(known: _Known, facts: dict, plain: Plain, place: tuple, path: str, value: object, report: Report) -> None:
    if not path.startswith("facts."):
        _path(known, plain, place, path, value, report)
    elif path.removeprefix("facts.") not in facts:
        report.add(plain.path, plain.line(*place), "policy-path", answer=path)
    elif value is not None and value not in facts[path.removeprefix("facts.")]:
        report.add(plain.path, plain.line(*place), "policy-value", answer=path, value=value)


def _orders(c: Curriculum, known: _Known, report: Report) -> None:
    plain = c.policy.shared["findings"]
    choices = {one["id"]: one["choice"] for clause in c.policy.clauses.values() for one in clause.data["decisions"]}
    for ident, order in plain.data["strictness"].items():
        where = plain.line("strictness", ident)
        if ident not in choices:
            report.add(plain.path, where, "policy-unknown", kind="decision", id=ident)
        elif isinstance(order, str) != (choices[ident] == "many") or (isinstance(order, list) and set(order) != known.options[ident]):
            report.add(plain.path, where, "policy-order", id=ident)


# --- languages -----------------------------------------------------------------------------------


def parity(c: Curriculum, today: date, report: Report) -> None:
    """Both languages have the same parts under the same conditions: structure cannot be translated."""
    for plain in c.policy.clauses.values():
        ja, en = plain.data["text"]["ja"], plain.data["text"]["en"]
        pairs = [(("rule",), ja["rule"], en["rule"]), (("staff",), ja["staff"], en["staff"])]
        pairs += [(("pupil", form), ja["pupil"][form], en["pupil"][form]) for form in ("elementary", "secondary")]
        pairs.append((("poster",), [ja["poster"]] if "poster" in ja else [], [en["poster"]] if "poster" in en else []))
        for place, ours, theirs in pairs:
            if _shape(ours) != _shape(theirs):
                report.add(plain.path, plain.line("text", "en", *place), "policy-parity", part=".".join(place))
    for plain in c.policy.documents.values():
        body = plain.data["body"]
        for place, (ours, theirs) in enumerate(zip(body["ja"], body["en"], strict=False)):
            if _shape(ours) != _shape(theirs):
                report.add(plain.path, plain.line("body", "en", place), "policy-parity", part=f"body.{place}")
        if len(body["ja"]) != len(body["en"]):
            report.add(plain.path, plain.line("body", "en"), "policy-parity", part="body")
        if set(plain.data["bodies"]) != set(body):
            report.add(plain.path, plain.line("bodies"), "policy-bodies", found=", ".join(body))


def _shape(value: object) -> object:
    """Data with its texts taken out."""
    if isinstance(value, str):
        return ""
    if isinstance(value, list):
        return [_shape(one) for one in value]
    if isinstance(value, dict):
        inner = {key: one if key in ("if", "clauses", "sections", "write") else _shape(one) for key, one in value.items()}
        return "" if set(inner) == {"say"} else inner
    return value


def levels(c: Curriculum, today: date, report: Report) -> None:
    """What pupils read in Japanese has sentences and kanji for their years."""
    for plain in c.policy.clauses.values():
        texts = plain.data["text"]["ja"]
        for form, (year, longest) in LIMITS.items():
            for place, text in _texts(texts["pupil"][form], ("text", "ja", "pupil", form)):
                found = level_findings(TOKEN.sub("", text), max_year=year, max_sentence=longest)
                note(plain.path, plain.line(*place), found, report)


# --- dates and profiles --------------------------------------------------------------------------


def dates(c: Curriculum, today: date, report: Report) -> None:
    """Laws and terms were looked at lately, and not in the future."""
    laws, tools = c.policy.shared["lawrefs"], c.policy.shared["tools"]
    entries = [(laws, ("laws", place), one["id"], one["checked"]) for place, one in enumerate(laws.data["laws"])]
    for place, tool in enumerate(tools.data["tools"]):
        entries += [(tools, ("tools", place, "accounts", at), f"{tool['id']}/{one['id']}", one["checked"]) for at, one in enumerate(tool["accounts"])]
    for plain, place, ident, checked in entries:
        days = (today - date.fromisoformat(checked)).days
        if days > STALE_DAYS:
            report.add(plain.path, plain.line(*place), "policy-stale", id=ident, checked=checked, days=days)
        elif days < 0:
            report.add(plain.path, plain.line(*place), "source-future", id=ident, checked=checked)


def profiles(c: Curriculum, today: date, report: Report) -> None:
    """Each profile answers questions that exist, and its documents have no gap."""
    known, data = _known(c.policy), {lang: prepared(c.policy, c.reference, lang) for lang in LANGUAGES}
    for plain in c.policy.profiles.values():
        for name in plain.data["values"]:
            if name not in known.blanks and name not in known.options:
                report.add(plain.path, plain.line("values", name), "policy-unknown", kind="question", id=name)
        if plain.data["komainu_policy"] != c.policy.version:
            report.add(plain.path, plain.line("komainu_policy"), "policy-edition", found=plain.data["komainu_policy"], wanted=c.policy.version)
        for name in sorted({gap for lang in LANGUAGES for gap in gaps(data[lang], plain.data)}):
            report.add(plain.path, plain.line("values"), "policy-gap", name=name)


def gaps(data: dict, answers: dict) -> set[str]:
    """The blanks that stand empty in some document of these answers."""
    made = [adapt(data, answers, one["id"], body, one["stage"]) for one in documents(data, answers) for body in one["bodies"]]
    return set(_gaps(made))


def _gaps(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if "gap" in value:
            yield value["gap"]
        for one in value.values():
            yield from _gaps(one)
    elif isinstance(value, list):
        for one in value:
            yield from _gaps(one)


CHECKS = (references, path_of_questions, words, decisions, findings, parity, levels, dates, profiles)


def check_policy(c: Curriculum, today: date, report: Report) -> None:
    """Run every rule over the policy, when it and the stages could be read; profiles only when the rest is right."""
    if c.policy is None or not c.policy.whole or "stages" in c.reference.unread:
        return
    for rule in CHECKS[:-1]:
        rule(c, today, report)
    if not any(problem.level == "error" and problem.path.startswith(FOLDER) for problem in report.problems):
        profiles(c, today, report)

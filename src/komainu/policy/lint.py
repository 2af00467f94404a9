"""What is the matter with a school's answers: contradictions, gaps, old facts, and what is weaker than the policy above.

In:  prepared data of one language, answers of any kind, the day, perhaps the answers of the policy above.
Out: findings, worst first. The rules and their sentences are data (classroom_policy/findings.yml).
web/policy/lint.js is the same in JavaScript.
Left out on purpose: how findings are shown (cli, the policy page); whether the policy's own data fits (checks).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from komainu.policy.above import BOARD
from komainu.policy.adapt import written_date
from komainu.policy.facts import FACTS, view
from komainu.policy.ruling import at, runs, squeezed, true
from komainu.policy.tidy import JOIN, Notes, plain, tidy

Data = dict[str, Any]

LEVELS = ("error", "warning", "note")
FORM = ("answers-unreadable", "answers-dropped", "answers-mended")
"""The rules about the form of the answers, which `usable` applies alone."""

MOST = 6
"""Words that a sentence lists before it says how many more there are."""


def findings(prepared: Data, answers: object, today: date | str, board: object = None) -> list[Data]:
    """`{id, level, clauses, what, why, do}` for every rule that holds, errors first, then in the order of the data."""
    taken, notes = tidy(prepared, answers)
    known = _facts(prepared, taken, notes, today, board)
    return _raised(prepared, prepared["findings"], view(prepared, taken, today).values | {"facts": known})


def facts(prepared: Data, answers: object, today: date | str, board: object = None) -> Data:
    """The facts by name, each a list of words, and `where`, the clauses of each."""
    taken, notes = tidy(prepared, answers)
    return _facts(prepared, taken, notes, today, board)


def usable(prepared: Data, answers: object) -> tuple[Data, list[Data]]:
    """Answers that the renderers can take, whatever came in; and findings about what had to be dropped or mended."""
    taken, notes = tidy(prepared, answers)
    rules = [rule for rule in prepared["findings"] if rule["id"] in FORM]
    return taken, _raised(prepared, rules, {"facts": _worded(notes.found)})


def _facts(prepared: Data, taken: Data, notes: Notes, today: date | str, board: object) -> Data:
    mine = view(prepared, taken, today)
    above = None if board is None else view(prepared, tidy(prepared, board)[0], today)
    found = notes.found | {name: fact(mine) for name, fact in FACTS.items()}
    return _worded(found | {name: fact(mine, above) if above else [] for name, fact in BOARD.items()})


def _worded(found: Data) -> Data:
    """Lists of words, and the clauses under `where`; nothing is said twice."""
    pairs = {name: list(dict.fromkeys(one)) for name, one in found.items()}
    words = {name: list(dict.fromkeys(text for text, _ in one)) for name, one in pairs.items()}
    return words | {"where": {name: list(dict.fromkeys(clause for _, clause in one if clause)) for name, one in pairs.items()}}


def _raised(prepared: Data, rules: list[Data], values: Data) -> list[Data]:
    found = [_said(prepared, rule, values) for rule in rules if true(rule["if"], lambda path: at(values, path))]
    return sorted(found, key=lambda one: LEVELS.index(one["level"]))


def _said(prepared: Data, rule: Data, values: Data) -> Data:
    there = {one["id"] for one in prepared["clauses"]}
    named = [*rule["clauses"], *values["facts"]["where"].get(rule.get("where"), ())]
    what = "".join(run["t"] for run in runs(rule["what"], lambda name: [{"t": _words(prepared, name, values)}]))
    clauses = [one for one in dict.fromkeys(named) if one in there]
    return {"id": rule["id"], "level": rule["level"], "clauses": clauses, "what": what, "why": rule["why"], "do": rule["do"]}


def _words(prepared: Data, name: str, values: Data) -> str:
    """What stands for a name in a sentence: a fact, the chosen options of a decision, or what is in a blank."""
    if name.startswith("facts."):
        stages = {one["id"]: one["name"] for one in prepared["stages"]}
        return _listed(prepared, [stages.get(one, one) for one in values["facts"][name.removeprefix("facts.")]])
    value = values.get(name, "")
    for one in [decision for clause in prepared["clauses"] for decision in clause["decisions"]]:
        if one["id"] == name:
            picked = value if isinstance(value, list) else [value]
            return _listed(prepared, [plain(option["name"]) for option in one["options"] if option["id"] in picked])
    return written_date(squeezed(value), prepared["lang"])


def _listed(prepared: Data, words: list[str]) -> str:
    more = prepared["labels"]["more"].replace("#", str(len(words) - MOST)) if len(words) > MOST else ""
    return JOIN[prepared["lang"]].join(words[:MOST]) + more

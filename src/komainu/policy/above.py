"""Where a school's answers are weaker than the policy above: its board's, or for a teacher the school's.

In:  two views of answers.   Out: facts, as in facts.   web/policy/above.js is the same in JavaScript.
Which option is weaker is data (`strictness` in findings.yml). Left out on purpose: whether that is allowed (the rules).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from komainu.policy.facts import Fact, View, bare
from komainu.policy.tidy import plain

Data = dict[str, Any]


def _weaker(decided_by: tuple[str, ...]):
    """Answers weaker than the board's, in clauses that these decide and that apply in both."""

    def fact(mine: View, board: View) -> Fact:
        for clause in mine.clauses():
            if clause["decided_by"] in decided_by and board.applies(clause):
                for one in clause["decisions"]:
                    yield from ((words, clause["id"]) for words in _compared(mine, board, clause, one))

    return fact


def _compared(mine: View, board: View, clause: Data, decision: Data) -> Iterable[str]:
    order, title = mine.prepared["strictness"].get(decision["id"]), plain(clause["title"])
    if order in ("more", "fewer"):
        options = [one for one in decision["options"] if one["id"] in _extra(mine, board, decision["id"], order)]
        if options:
            yield mine.beside(title, ("+ " if order == "more" else "- ") + " / ".join(plain(one["name"]) for one in options))
    elif order:
        names = {one["id"]: plain(one["name"]) for one in decision["options"] or mine.prepared["tasks"]["levels"]}
        for place, ours, theirs in _pairs(mine, board, decision):
            if ours in order and theirs in order and order.index(ours) > order.index(theirs):
                yield mine.beside(" / ".join([title, *place]), f"{names[theirs]} → {names[ours]}")


def _extra(mine: View, board: View, ident: str, order: str) -> set[str]:
    """The options that only the weaker side could have."""
    ours, theirs = set(mine.values[ident]), set(board.values[ident])
    return ours - theirs if order == "more" else theirs - ours


def _pairs(mine: View, board: View, decision: Data) -> list[tuple[list[str], str, str]]:
    """Where the two answers meet: the place, ours, theirs; a stage only where both have it."""
    ours, theirs = mine.values[decision["id"]], board.values[decision["id"]]
    shared = [one for one in mine.stages() if one in board.stages()]
    if decision["choice"] == "stages":
        return [([mine.stage_name(one)], ours.get(one), theirs.get(one)) for one in shared]
    if decision["choice"] == "matrix":
        tasks = mine.prepared["tasks"]["tasks"]
        return [
            ([plain(task["name"]), mine.stage_name(one)], ours[task["id"]].get(one), theirs[task["id"]].get(one))
            for task in tasks for one in shared
        ]  # fmt: skip
    return [([], ours, theirs)]


BOARD = {
    "board_precedence": lambda mine, board: bare([board.values["precedence"]] if "precedence" in board.values else []),
    "board_law": lambda mine, board: bare(["other"] if mine.values.get("law") != board.values.get("law") else []),
    "board_stages": lambda mine, board: bare(one for one in mine.stages() if one not in board.stages()),
    "weaker": _weaker(("board",)),
    "weaker_standard": _weaker(("school", "teacher")),
}

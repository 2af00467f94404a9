"""What an update found, as a document that every writer takes: first what waits for a decision, last what stays the same.

In:  the prepared policy of today and an Update.   Out: blocks, for text (HTML, Markdown) and docx.
Left out on purpose: the comparing (update), the Word file with tracked changes (tracked).
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from komainu.policy.adapt import written_date
from komainu.policy.phrases import likeness, pairs
from komainu.policy.update import Row, Update, undecided

Data = dict[str, Any]
Runs = list[Data]

ORDER = ("both", "removed", "added", "new", "kept")


def report(prepared: Data, found: Update, choices: Mapping[str, object] | None = None) -> Data:
    """The report in the language of the prepared data; rows of every language that was compared."""
    words = prepared["labels"]
    versions = words["report-versions"].replace("#", found.answers["komainu_policy"]).replace("@", found.edition)
    waiting = {row.name for row in undecided(found, choices)}
    blocks = [
        *(_say("p", text) for text in (versions, words["report-about"], words["report-signs"])),
        _counts(words, found),
        *_notes(words, found),
        *(block for state in ORDER for block in _state(prepared, state, [row for row in found.rows if row.state == state], waiting)),
        *_unplaced(prepared, found),
    ]
    title, reader = [{"t": words["report"]}], [{"t": words["report-for"]}]
    return {"id": "update", "title": title, "for": reader, "form": "table", "lang": prepared["lang"], "stage": None, "blocks": blocks}


def _say(kind: str, text: str) -> Data:
    return {"k": kind, "runs": [{"t": text}]}


def _list(lines: list[Runs]) -> Data:
    return {"k": "list", "items": [{"runs": runs, "items": []} for runs in lines]}


def _cells(*texts: str) -> list[Runs]:
    return [[{"t": text}] for text in texts]


def _counts(words: Data, found: Update) -> Data:
    counts = {state: len({row.id for row in found.rows if row.state == state}) for state in ORDER}
    rows = [_cells(words[f"state-{state}"], str(count)) for state, count in counts.items()]
    touched = {row.id for row in found.rows if row.state != "same"}
    rows.append(_cells(words["state-same"], str(len({row.id for row in found.rows} - touched))))
    return {"k": "table", "head": _cells(words["report-state"], words["report-count"]), "rows": rows}


def _notes(words: Data, found: Update) -> list[Data]:
    lines = [words[f"note-{name}"] for file in found.files for name in file.word.notes]
    lines += [words["report-dropped"].replace("#", ", ".join(found.dropped))] if found.dropped else []
    return [_say("h", words["report-notes"]), _list([[{"t": line}] for line in lines])] if lines else []


def _state(prepared: Data, state: str, rows: list[Row], waiting: set[str]) -> list[Data]:
    words = prepared["labels"]
    if not rows:
        return []
    made = [_say("h", words[f"state-{state}"])]
    for _, group in groupby(rows, lambda row: row.id):
        inside = list(group)
        made += [_say("sub", inside[0].title), *_reasons(prepared, inside[0])]
        for row in inside:
            name = words[f"register-{row.key[3:]}"] + (f" ({row.key[:2]})" if row.key[:2] != prepared["lang"] else "")
            made += _row(words, state, row, name + (f" — {words['report-decide']}" if row.name in waiting else ""))
    return made


def _reasons(prepared: Data, row: Row) -> list[Data]:
    words = prepared["labels"]
    lines = []
    for one in row.reasons:
        cited = [f"{words['report-source']}: {source['title']} {source['url']}" for source in one["sources"]]
        lines.append(" ".join([f"{one['version']} ({written_date(one['date'], prepared['lang'])}) {one['text']}", *cited]))
    lines += [f"{words['report-decide']}: {one['ask']} ({words['report-default']}: {', '.join(one['default'])})" for one in row.decisions]
    return [_list([[{"t": line}] for line in lines])] if lines else []


def _row(words: Data, state: str, row: Row, name: str) -> list[Data]:
    named = {"k": "p", "runs": [{"t": name, "b": 1}]}
    if state == "both":
        return [named, _three(words, row)]
    if state == "removed":
        return [named, _list(row.marked["yours"])]
    return [named, _list(row.marked["yours" if state == "kept" else "fresh"] or _cells(words["report-empty"]))]


def _three(words: Data, row: Row) -> Data:
    """Yours, ours before and ours today, line beside line."""
    lang = row.key[:2]
    columns = [_beside(row.old, other, row.marked[name], lang) for name, other in (("yours", row.yours), ("fresh", row.fresh))]
    rows: list[list[Runs]] = []
    for place in range(-1, len(row.old)):
        old = row.old[place] if place >= 0 else ""
        sides = [column.get(place, []) for column in columns]
        for at in range(max(map(len, sides), default=0)):
            yours, fresh = (side[at] if at < len(side) else [] for side in sides)
            rows.append([[{"t": str(len(rows) + 1)}], yours, [{"t": old}] if at == 0 and old else [], fresh])
    return {"k": "table", "head": _cells(*(words[f"report-{name}"] for name in ("line", "yours", "old", "fresh"))), "rows": rows}


def _beside(old: list[str], other: list[str], lines: list[Runs], lang: str) -> dict[int, list[Runs]]:
    """The lines of a side by the old line that they stand at: first its own, then those that follow it."""
    found: dict[int, list[Runs]] = {}
    here = -1
    for (place, _), runs in zip(pairs(old, other, lambda one, two: likeness(one, two, lang)), lines, strict=True):
        if place is not None:
            here = place
        found.setdefault(here, []).append(runs)
    return found


def _unplaced(prepared: Data, found: Update) -> list[Data]:
    words = prepared["labels"]
    made = [_say("h", words["report-unplaced"])]
    if not found.unplaced:
        return [*made, _say("p", words["report-none"])]
    rows = [
        _cells(words[f"kind-{one.kind}"], words["report-after"].replace("#", one.after) if one.after else words["report-top"], one.text)
        for one in found.unplaced
    ]
    head = _cells(words["report-kind"], words["report-where"], words["report-text"])
    return [*made, _say("p", words["report-unplaced-about"]), {"k": "table", "head": head, "rows": rows}]

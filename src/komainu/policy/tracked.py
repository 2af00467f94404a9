"""A school's Word file with tracked changes: accept them for the new edition, reject them for the file as it was.

In:  the prepared policy of today, a file and where its lines belong (update), the new answers.   Out: the bytes of a .docx.
Paragraphs, headings and tables that belong to no clause stay where they are in both, and so does a heading that the school
changed. Left out on purpose: comments, notes, text boxes and pictures (the report names them), the school's own layout.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from komainu.docx import docx, paragraphs
from komainu.docx_reading import Line
from komainu.policy.adapt import adapt
from komainu.policy.files import properties
from komainu.policy.phrases import likeness, pairs, runs_between
from komainu.policy.placing import cells_of, key, said
from komainu.policy.report import report
from komainu.policy.text import html, markdown
from komainu.policy.update import File, Update, answers_after, in_form

Data = dict[str, Any]
Unit = tuple[str, str]
"""Whose a paragraph is (a clause, `frame` or a stray of its own), and its text as it is compared."""

BODY = ("p", "table")
HEADINGS = {1: "Heading1", 2: "Heading2"}


def updated(data: Mapping[str, Data], found: Update, names: list[str], today: str, choices: Mapping[str, object]) -> Iterator[tuple[str, bytes]]:
    """All that an update gives, by file name: the new answers, a report in each language, and each Word file with its changes."""
    answers = answers_after(found, today, choices)
    yield "answers.json", (json.dumps(answers, ensure_ascii=False, indent=1) + "\n").encode()
    for lang, prepared in data.items():
        told = report(prepared, found, choices)
        yield f"report-{lang}.html", html(told).encode()
        yield f"report-{lang}.md", markdown(told).encode()
    for name, file in zip(names, found.files, strict=True):
        yield f"{name}.docx", tracked_docx(data[file.lang], file, answers, today)


def tracked_docx(prepared: Data, file: File, answers: Data, today: str, creator: str = "") -> bytes:
    """The file with tracked changes by `Komainu <edition>`; it carries the new answers."""
    document = tracked(prepared, file, answers)
    stamp = {"author": f"Komainu {prepared['version']}", "date": f"{today}T00:00:00Z"}
    return docx(document, properties(answers, prepared["version"], document), creator, stamp)


def tracked(prepared: Data, file: File, answers: Data) -> Data:
    """The new document as a row of paragraphs, with what the school's file has and it has not."""
    sound, _ = in_form(prepared, answers)
    new = paragraphs(adapt(prepared, sound, file.document["id"], file.document["lang"], file.document["stage"]))
    lines = [(line, role, clause) for line, (role, clause) in zip(file.word.lines, file.placed.roles, strict=True) if line.kind in BODY]
    blocks = [block for block in new["blocks"] if block["k"] != "page"]
    before = [_unit_of_line(place, *one) for place, one in enumerate(lines)]
    after = [_unit_of_block(block) for block in blocks]
    numbers = [block["number"] for block in blocks if block.get("style") == "Heading2"]
    made = []
    for a, b in pairs(before, after, lambda one, other: _like(one, other, file.lang)):
        line, role, _ = lines[a] if a is not None else (None, "", "")
        block = blocks[b] if b is not None else None
        made.append(_both(line, role, block, file.lang) if line and block else _came(block) if block else _went(line, role, numbers))
    return new | {"blocks": made}


def _unit_of_line(place: int, line: Line, role: str, clause: str) -> Unit:
    owner = {"title": f"title {clause}", "text": clause, "frame": "frame"}.get(role, f"stray {place}")
    return owner, key(line.text)


def _unit_of_block(block: Data) -> Unit:
    clause = block.get("clause", "")
    owner = f"title {clause}" if block.get("style") == "Heading2" and clause else clause or "frame"
    return owner, key(" ".join(filter(None, cells_of(block))))


def _like(one: Unit, other: Unit, lang: str) -> float:
    if one[0] != other[0]:
        return 0.0
    return 1.0 if one[0].startswith("title ") else likeness(one[1], other[1], lang)


def _both(line: Line, role: str, block: Data, lang: str) -> Data:
    """A paragraph that both have: as it is where it is the same, with its changed phrases where it is not."""
    if block["k"] == "table" or key(line.text) == key(said(block["runs"])):
        return block
    if role == "title":
        return block | {"runs": [{"t": line.text}]}
    return block | {"runs": runs_between(line.text, said(block["runs"]), lang)}


def _came(block: Data) -> Data:
    """A paragraph that only the new document has."""
    return block | {"runs": [run | {"ins": 1} for run in block["runs"]]} if block["k"] == "title" else block | {"mark": "ins"}


def _went(line: Line, role: str, numbers: list) -> Data:
    """A paragraph that only the file has: ours goes, a stray stays."""
    mark = {} if role == "stray" else {"mark": "del"}
    if line.kind == "table":
        wide = max(map(len, line.rows))
        head, *rows = [[[{"t": cell}] for cell in [*row, *[""] * (wide - len(row))]] for row in line.rows]
        return {"k": "table", "head": head, "rows": rows, **mark}
    numbered = numbers[0] if role == "stray" and line.level == 2 and line.number and numbers else None
    return {"k": "line", "style": HEADINGS.get(line.level, ""), "runs": [{"t": line.text}], "number": numbered, "before": "", "after": "", **mark}

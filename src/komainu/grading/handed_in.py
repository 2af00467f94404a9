"""Notebooks that were handed in, read into cells: whatever the file is, it becomes a Submission and never an error.

In:  a folder, a zip or a file.   Out: Submissions, each with a status; for several tries of one pupil the newest counts.
Outputs are thrown away while reading: marks come from what was written, never from what a file claims to have shown.
Left out on purpose: which exercise it is and which cell is which (matching); running (grading).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path

from komainu.grading.pupils import Pupil, plain, pupil
from komainu.grading.unpacking import Found, unpacked
from komainu.memo import digest

CELLS, BRACKETS = 2_000, 500_000
"""Cells of a notebook, and opening brackets of its file; an exercise has some sixty cells."""
LONGEST_CELL = 100_000


@dataclass(frozen=True)
class Part:
    """One cell of a notebook that was handed in."""

    id: str
    kind: str
    """markdown, code or raw."""
    source: str


@dataclass(frozen=True)
class Submission:
    """One file that was handed in."""

    path: str
    """Where it stood, as shown to the teacher."""
    pupil: Pupil
    status: str
    """Empty when it is a notebook; else why it cannot be graded, by the name of a sentence in data/grading.yml."""
    notes: tuple[str, ...]
    """What else the teacher should know, by name: cp932, utf-16."""
    exercise: str
    """The exercise named in the notebook's metadata; mostly there."""
    version: int
    """The edition of the exercise in the metadata; 0 for unknown."""
    language: str
    """ja, en or empty."""
    reader: str
    """pupil, teacher or empty."""
    parts: tuple[Part, ...]
    digest: str
    """A name for everything that decides the marks."""
    when: float
    tries: int = 1
    """How many files of this pupil there are."""
    counts: bool = True
    """False for all but one of them."""


def handed_in(source: Path, exercise: str) -> list[Submission]:
    """Every file below `source`, in the order of pupils; `exercise` is the one whose name is no part of a pupil's."""
    found = [_read(one, exercise) for one in unpacked(source, _wanted)]
    return sorted(_tries(found), key=lambda one: (_in_order(one.pupil), one.path, one.digest))


def _in_order(who: Pupil) -> tuple:
    numbers = tuple(int(number) for number in re.findall(r"\d+", who.number))
    return (not numbers, numbers, who.name, who.key)


def _wanted(path: str) -> bool:
    return bool(re.search(r"\.ipynb|\.json$", path.rsplit("/", 1)[-1], re.IGNORECASE))


def _tries(found: list[Submission]) -> list[Submission]:
    """The same with `counts`: of one pupil's files the newest that can be read."""
    by_pupil: dict[str, list[Submission]] = {}
    for one in found:
        by_pupil.setdefault(one.pupil.key, []).append(one)
    made = []
    for tries in by_pupil.values():
        notebooks = [one for one in tries if one.status != "not-notebook"] or tries
        best = max(notebooks, key=lambda one: (not one.status, one.when, one.pupil.tries, one.path, one.digest))
        made += [replace(one, tries=len(tries), counts=one is best) for one in tries]
    return made


# --- one file ------------------------------------------------------------------------------------

def _read(found: Found, exercise: str) -> Submission:
    """The submission in one file, its status said when it is none."""
    if found.status:
        return _without(found, exercise, found.status)
    text, notes, status = decoded(found.raw)
    notebook, status = (None, status) if status else parsed(text)
    if notebook is None:
        return _without(found, exercise, status, notes)
    ours = notebook.get("metadata")
    ours = ours.get("komainu") if isinstance(ours, dict) else None
    ours = ours if isinstance(ours, dict) else {}
    parts = tuple(_part(cell) for cell in notebook["cells"] if isinstance(cell, dict))
    named = {name: _word(ours.get(name)) for name in ("exercise", "language", "reader")}
    version = ours.get("version") if type(ours.get("version")) is int and 0 < ours["version"] < 10_000 else 0
    language = named["language"] if named["language"] in ("ja", "en") else ""
    content = json.dumps([named, version, [(p.id, p.kind, p.source) for p in parts]]).encode()
    return Submission(
        found.path, pupil(found.path, exercise, plain(_word(ours.get("nickname")))), "", notes, named["exercise"], version,
        language, named["reader"], parts, digest(content), found.when,
    )


def _without(found: Found, exercise: str, status: str, notes: tuple[str, ...] = ()) -> Submission:
    who = pupil(found.path, exercise)
    return Submission(found.path, who, status, notes, "", 0, "", "", (), digest(found.raw), found.when)


def decoded(raw: bytes) -> tuple[str, tuple[str, ...], str]:
    """The text of a file, notes on how it was read, and why it could not be."""
    if not raw.strip(b" \t\r\n\0\xef\xbb\xbf"):
        return "", (), "empty"
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in raw[:2]:
        codings = (("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-16-le" if raw[1] == 0 else "utf-16-be", "utf-16"),)
    else:
        codings = (("utf-8-sig", ""), ("cp932", "cp932"))
    for coding, note in codings:
        try:
            return raw.decode(coding), (note,) if note else (), ""
        except UnicodeDecodeError as error:
            if coding == "utf-8-sig" and error.reason == "unexpected end of data":  # cut off within a sign
                return raw.decode(coding, "ignore"), (), ""
    return "", (), "encoding"


def parsed(text: str) -> tuple[dict | None, str]:
    """The notebook in a text, or None and why."""
    if text.count("[") + text.count("{") > BRACKETS:
        return None, "too-large"
    try:
        found = json.loads(text)
    except (ValueError, RecursionError, MemoryError):
        return None, "not-json" if text.lstrip()[:1] == "{" else "not-notebook"
    if not isinstance(found, dict) or not isinstance(found.get("cells"), list):
        return None, "old-notebook" if isinstance(found, dict) and "worksheets" in found else "not-notebook"
    if type(found.get("nbformat")) is not int:
        return None, "not-notebook"
    if found["nbformat"] != 4:
        return None, "old-notebook"
    return (None, "too-large") if len(found["cells"]) > CELLS else (found, "")


def _part(cell: dict) -> Part:
    source = cell.get("source")
    lines = source if isinstance(source, list) else [source]
    text = "".join(line for line in lines if isinstance(line, str))
    kind = cell.get("cell_type")
    return Part(_word(cell.get("id")), kind if kind in ("code", "markdown") else "raw", clean(text)[:LONGEST_CELL])


def _word(value: object) -> str:
    return clean(value)[:64] if isinstance(value, str) else ""


def clean(text: str) -> str:
    r"""A text that can be written to any file: no halves of signs, one kind of line end.

    >>> clean("a\ud800\r\nb")
    'a?\nb'
    """
    return text.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n").replace("\0", "?")

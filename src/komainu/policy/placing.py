"""Which clause each line of a school's Word file belongs to, and what could not be placed.

In:  the lines of a file (docx_reading), the document it was made from as a row of paragraphs, the clauses' titles.
Out: the texts of each clause, and every other line with where it stood.
A clause begins at its bookmark, else at its heading, else at its title as plain text. It goes on to the next heading.
web/policy/placing.js does the same. Left out on purpose: what the changes mean (update).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from komainu.docx import bookmark, paragraphs
from komainu.docx_reading import Line, clean
from komainu.policy.adapt import own_paras

Data = dict[str, Any]

DIGITS = "[0-9０-９一二三四五六七八九十百〇]+"
ARTICLE = f"第{DIGITS}条(?:の{DIGITS})*"
NUMBERED = re.compile(f"((?:{ARTICLE}|[0-9０-９]{{1,3}}[.．]) ?)?(.*)")
CHAPTER = re.compile(f"^(?:第{DIGITS}[章節編]|Part [0-9]+(?: [—–-])?) ?")
BRACKETS = {"（": "）", "(": ")"}
HEADLIKE = re.compile(f"{ARTICLE} ?[（(].{{1,60}}[)）]|第{DIGITS}[章節編] .{{1,60}}|附則")
LABEL = re.compile(f"^(?:({ARTICLE} |[0-9０-９]{{1,2}}[.．)]? )|([（(][0-9０-９a-z一二三四五六七八九十]{{1,2}}[)）] ?|[①-⑳] ?)|([・•●○■□◦] ?|- ))")
"""What typed numbering leaves at the beginning of a line: a paragraph's, an item's, a bullet."""
DOT = "・"
SHOWN = 60
CLAUSE_LEVEL = 2
"""Headings below this level are part of a clause."""


@dataclass(frozen=True)
class Stray:
    """Something in the file that belongs to no clause."""

    kind: str
    """As a line's, or heading (not ours), or title (of a clause, changed)."""
    text: str
    clause: str
    """The clause in or after which it stood; empty before the first."""
    after: str
    """The beginning of the line above it."""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Placed:
    """A file's lines, sorted."""

    texts: dict[str, list[str]]
    """Clause -> its paragraphs; one that begins with a dot is an item of the one above it."""
    unplaced: list[Stray]
    roles: list[tuple[str, str]]
    """For each line of the file: title, text, frame or stray, and the clause."""


def key(text: str) -> str:
    """A text as it is compared: what looks the same is the same."""
    return unicodedata.normalize("NFC", clean(text))


def said(runs: list[Data]) -> str:
    """The text of runs, on one line."""
    return clean("".join(run["t"] for run in runs))


def lines_of(block: Data) -> list[str]:
    """A clause's paragraphs and items in the form of a school's own words."""
    found = []
    for para in block["paras"]:
        found += [said(para["runs"]), *(DOT + text for text in _items(para["items"]))]
    return found


def shaped(texts: list[str]) -> list[str]:
    """A school's own words in the same form."""
    return lines_of({"paras": own_paras(texts)})


def _items(items: list[Data]) -> list[str]:
    return [text for item in items for text in (said(item["runs"]), *_items(item["items"]))]


# --- where the clauses begin ---------------------------------------------------------------------


@dataclass(frozen=True)
class _Start:
    """The first line of a clause."""

    clause: str
    typed: bool
    """Whether its number stands there as plain text."""
    title: str
    """The title as it stands there; empty where the heading is gone."""
    rest: str
    """Text that follows the title on the same line."""


def _read_title(text: str, titles: dict[str, str]) -> _Start | None:
    """A line as the title of a clause that we know."""
    number, body = NUMBERED.fullmatch(text).groups()
    close = BRACKETS.get(body[:1])
    title, found, rest = body[1:].partition(close) if close else (body, "", "")
    clause = titles.get(key(title))
    return _Start(clause, bool(number), title, rest.strip(" ")) if clause and (found or not close) else None


def _starts(lines: tuple[Line, ...], titles: dict[str, str], names: dict[str, str]) -> dict[int, _Start]:
    """Where each clause begins, by the surest sign there is."""
    ids = {bookmark(clause): clause for clause in names}
    read = [_read_title(line.text, titles) if line.kind == "p" else None for line in lines]
    found: dict[int, _Start] = {}
    taken: set[str] = set()

    def take(place: int, start: _Start) -> None:
        if place not in found and start.clause not in taken:
            found[place] = start
            taken.add(start.clause)

    marked = [(place, ids[mark]) for place, line in enumerate(lines) for mark in reversed(line.marks) if mark in ids]
    for place, clause in marked:
        if read[place] and read[place].clause == clause:
            take(place, read[place])
    for place, clause in marked:
        if not read[place]:
            take(place, _renamed(lines[place], clause, names[clause]))
    for sure in (lambda line, start: line.level, lambda line, start: start.typed or start.title != line.text, lambda line, start: True):
        for place, start in enumerate(read):
            if start and sure(lines[place], start):
                take(place, start)
    return found


def _by_content(lines: tuple[Line, ...], starts: dict[int, _Start], ours: dict[str, list[str]], names: dict[str, str]) -> dict[int, _Start]:
    """Clauses that lost their bookmark and their title: a heading that nobody knows, above a line that is ours."""
    taken = {start.clause for start in starts.values()}
    owners = {key(text): clause for clause, texts in ours.items() if clause not in taken for text in texts if not text.startswith(DOT)}
    found: dict[int, _Start] = {}
    for place, line in enumerate(lines[1:]):
        clause = owners.get(key(LABEL.sub("", line.text, count=1)), owners.get(key(line.text)))
        above = lines[place]
        if clause and clause not in taken and place not in starts and above.kind == "p" and (above.level == CLAUSE_LEVEL or HEADLIKE.fullmatch(above.text)):
            found[place] = _renamed(above, clause, names[clause])
            taken.add(clause)
    return found


def _renamed(line: Line, clause: str, ours: str) -> _Start:
    """The first line of a bookmarked clause whose title is not ours any more, or has grown together with its text."""
    number, body = NUMBERED.fullmatch(line.text).groups()
    if body.startswith(ours):
        return _Start(clause, bool(number), ours, body[len(ours) :].strip(" "))
    heading = line.level or HEADLIKE.fullmatch(line.text)
    return _Start(clause, bool(number), body.strip("（）()") if heading else "", "" if heading else line.text)


# --- line by line --------------------------------------------------------------------------------


@dataclass
class _Entry:
    text: str
    number: str


@dataclass
class _Walk:
    """Goes down the lines and remembers where it is."""

    lines: tuple[Line, ...]
    starts: dict[int, _Start]
    ours: dict[str, list[str]]
    frame: Counter[str]
    entries: dict[str, list[_Entry]] = field(default_factory=dict)
    typed: dict[str, bool] = field(default_factory=dict)
    unplaced: list[Stray] = field(default_factory=list)
    roles: list[tuple[str, str]] = field(default_factory=list)
    current: str = ""
    last: str = ""

    def walk(self) -> None:
        for place, line in enumerate(self.lines):
            self.roles.append((self._start(place, line) if place in self.starts else self._line(place, line), self.current))

    def _start(self, place: int, line: Line) -> str:
        start = self.starts[place]
        self.current = self.last = start.clause
        self.entries[start.clause], self.typed[start.clause] = [], start.typed
        if start.rest:
            self.entries[start.clause].append(_Entry(start.rest, ""))
        return "title" if start.title else "text"

    def _line(self, place: int, line: Line) -> str:
        own = {key(one.removeprefix(DOT)) for one in self.ours.get(self.current, ())}
        if line.kind not in ("p", "table"):
            return self._stray(place, line, line.kind)
        bare = (line.text, CHAPTER.sub("", line.text, count=1), LABEL.sub("", line.text, count=1))
        known = next((one for one in map(key, bare) if self.frame[one] > 0), None)
        if known and not (self.current and known in own):
            self.frame[known] -= 1
            self.current = ""
            return "frame"
        if line.kind == "table":
            return self._stray(place, line, "table")
        if (0 < line.level <= CLAUSE_LEVEL or HEADLIKE.fullmatch(line.text)) and key(line.text) not in own:
            self.current = ""
            return self._stray(place, line, "heading")
        if not self.current:
            return self._stray(place, line, "p")
        self.entries[self.current].append(_Entry(line.text, line.number))
        return "text"

    def _stray(self, place: int, line: Line, kind: str) -> str:
        beside = line.at >= 0
        above = line.at if beside else place - 1
        clause = self.roles[above][1] if beside and above < len(self.roles) else self.last
        self.unplaced.append(Stray(kind, line.text, clause, self.lines[above].text[:SHOWN] if above >= 0 else "", line.rows))
        return "stray"


def placed(lines: tuple[Line, ...], document: Data, prepared: Data) -> Placed:
    """The lines sorted by clause. `document` is what the file was made from, as adapt gives it."""
    names = {clause["id"]: key(plain(clause["title"])) for clause in prepared["clauses"]}
    shown = {block["id"]: key(said(block["title"])) for block in document["blocks"] if block["k"] == "clause"}
    titles = {title: clause for named in (names, shown) for clause, title in named.items()}
    names |= shown
    ours, frame = _ours(document)
    starts = _starts(lines, titles, names)
    starts |= _by_content(lines, starts, ours, names)
    walk = _Walk(lines, starts, ours, frame)
    walk.walk()
    changed = [
        Stray("title", start.title, start.clause, names[start.clause])
        for _, start in sorted(starts.items())
        if start.title and key(start.title) != names[start.clause]
    ]
    texts = {clause: _texts(entries, ours.get(clause, []), walk.typed[clause]) for clause, entries in walk.entries.items()}
    return Placed(texts, [*changed, *walk.unplaced], walk.roles)


def plain(text: str) -> str:
    """A text without readings."""
    return re.sub(r"\{([^{}|]+)\|[^{}|]+\|[1-9]\}", r"\1", text)


def _ours(document: Data) -> tuple[dict[str, list[str]], Counter[str]]:
    """The clauses' lines of our own document, and how often each other line stands in it."""
    clauses = {block["id"]: lines_of(block) for block in document["blocks"] if block["k"] == "clause"}
    others = [block for block in paragraphs(document)["blocks"] if "clause" not in block and block["k"] != "page"]
    return clauses, Counter(key(" ".join(filter(None, cells_of(block)))) for block in others)


def cells_of(block: Data) -> list[str]:
    """The texts of a table, cell by cell; of a paragraph, its one."""
    return [said(cell) for row in [block["head"], *block["rows"]] for cell in row] if block["k"] == "table" else [said(block["runs"])]


def _texts(entries: list[_Entry], ours: list[str], typed: bool) -> list[str]:
    """A clause's lines, each as a paragraph or an item: as in our text, else as the lines that are numbered like it."""
    known = {key(one.removeprefix(DOT)): one.startswith(DOT) for one in ours}
    read = [_unlabelled(entry, known, typed) for entry in entries]
    votes: dict[str, Counter[bool]] = {}
    for entry in read:
        if key(entry.text) in known:
            for number in _numbers(entry):
                votes.setdefault(number, Counter())[known[key(entry.text)]] += 1
    return [(DOT if place and _is_item(entry, known, votes) else "") + entry.text for place, entry in enumerate(read)]


def _is_item(entry: _Entry, known: dict[str, bool], votes: dict[str, Counter[bool]]) -> bool:
    if key(entry.text) in known:
        return known[key(entry.text)]
    if not entry.number:
        return False
    for number in _numbers(entry):
        if number in votes:
            return votes[number][True] > votes[number][False]
    return entry.number == "typed/item"


def _numbers(entry: _Entry) -> tuple[str, str]:
    """List and level, and the level alone: programs split one list into several."""
    return entry.number, "/" + entry.number.rpartition("/")[2]


def _unlabelled(entry: _Entry, known: dict[str, bool], typed: bool) -> _Entry:
    """A line without the number that somebody's program typed in front of it."""
    label = LABEL.match(entry.text)
    if entry.number or not label or key(entry.text) in known:
        return entry
    rest = entry.text[label.end() :]
    if rest and (typed or key(rest) in known):
        kind = next(name for name, found in zip(("para", "item", "bullet"), label.groups(), strict=True) if found)
        return _Entry(rest, f"typed/{kind}")
    return entry

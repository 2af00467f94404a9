"""A school's answers in, a document in one voice out: blocks of text, numbered and filled.

In:  prepared data of one language (policy.prepared), an answers file as data, the name of a document.
Out: a mapping with the title and a list of blocks, ready for any writer (Markdown, HTML, Word).
web/policy/adapt.js is the same in JavaScript; both give the same blocks for the same answers.
Left out on purpose: whether the answers are sensible (lint), fonts and files (the writers).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from komainu.policy.ruling import Run, at, runs, squeezed, true

Data = dict[str, Any]
Block = dict[str, Any]

STAGES = ("es-lower", "es-upper", "jhs", "hs")
NO_FURIGANA = 9

GAP = {"ja": "＿＿＿＿＿＿", "en": "__________"}
JOIN = {"ja": "、", "en": ", "}
ERAS = ((2019, 5, 1, "令和"), (1989, 1, 8, "平成"))
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


DOT = re.compile(r"(?:[・•]|- ) *(?=.)")
"""What begins an item in a school's own words."""


def merged(prepared: Data, answers: Data) -> Data:
    """The answers with the default of everything that was not answered."""
    given = answers.get("values", {})
    found = {one["id"]: given.get(one["id"], one["default"]) for one in prepared["setup"]}
    for clause in prepared["clauses"]:
        for decision in clause["decisions"]:
            ident, default = decision["id"], decision["default"]
            if decision["choice"] in ("stages", "matrix"):
                own = given.get(ident) if isinstance(given.get(ident), dict) else {}
                found[ident] = _filled(default, own, decision["choice"] == "matrix")
            else:
                found[ident] = given.get(ident, default)
    blanks = {blank["id"]: given[blank["id"]] for blank in prepared["blanks"] if squeezed(given.get(blank["id"]))}
    return found | blanks


def _filled(default: Data, own: Data, deep: bool) -> Data:
    if not deep:
        return default | own
    return {key: value | (own.get(key) if isinstance(own.get(key), dict) else {}) for key, value in default.items()}


@dataclass(frozen=True)
class _Pen:
    """What every part of one document needs to be written."""

    prepared: Data
    answers: Data
    values: Data
    lang: str
    """ja or en: how dates and lists are written."""
    keep: int
    form: str
    pupil: str
    """elementary or secondary."""

    def holds(self, thing: Data) -> bool:
        return true(thing.get("if"), lambda path: at(self.values, path))

    def runs(self, text: str) -> list[Run]:
        """A text as runs. An English sentence that begins with a blank begins with a capital all the same."""
        found = runs(text, self.fill, self.keep)
        if self.lang == "en" and text.startswith("{{") and found:
            found[0] = found[0] | {"t": re.sub("^[a-z]", lambda letter: letter[0].upper(), found[0]["t"])}
        return found

    def fill(self, name: str) -> list[Run]:
        """What stands in for `{{name}}`: a date, a number, a text, or the names of the chosen options."""
        decision = _decisions(self.prepared).get(name)
        if decision:
            return self.chosen(decision)
        era = name.endswith("_era")
        blank = name.removesuffix("_era")
        value = squeezed(self.values.get(blank))
        if not value:
            return [{"t": GAP[self.lang], "gap": blank}]
        if any(one["id"] == blank and one["kind"] == "date" for one in self.prepared["blanks"]):
            return [{"t": written_date(value, self.lang, era)}]
        return [{"t": value}]

    def chosen(self, decision: Data) -> list[Run]:
        """The names of the options chosen for a decision, in the order of the options."""
        value = self.values[decision["id"]]
        if decision["choice"] == "matrix":
            return []
        if decision["choice"] == "stages":
            return self._by_stage(decision, value)
        picked = value if isinstance(value, list) else [value]
        return self.listed([option["name"] for option in decision["options"] if option["id"] in picked])

    def _by_stage(self, decision: Data, value: Data) -> list[Run]:
        names = {option["id"]: option["name"] for option in decision["options"]}
        own = [one for one in self.stages() if value.get(one["id"]) in names]
        return self.listed([f"{one['name']}: {names[value[one['id']]]}" for one in own])

    def listed(self, texts: list[str]) -> list[Run]:
        """Texts with commas between them."""
        return runs(JOIN[self.lang].join(texts), self.fill, self.keep)

    def stages(self) -> list[Data]:
        """The stages that the school has, with their names."""
        return [one for one in self.prepared["stages"] if one["id"] in self.values["stages"]]

    def parts(self, parts: list) -> list[Data]:
        """The parts of a text that apply: each its runs and its items."""
        found = []
        for part in parts:
            part = {"say": part} if isinstance(part, str) else part
            if self.holds(part):
                found.append({"runs": self.runs(part["say"]), "items": self.parts(part.get("items", []))})
        return found


def documents(prepared: Data, answers: Data) -> list[Data]:
    """The documents this school needs: id, title, and for the pupils' ones the stage of each edition."""
    values = merged(prepared, answers)
    found = []
    for one in prepared["documents"]:
        if true(one.get("applies_if"), lambda path: at(values, path)):
            stages = [stage for stage in STAGES if stage in values["stages"]] if one["form"] == "pupil" else [None]
            found += [{"id": one["id"], "title": one["title"], "stage": stage, "bodies": list(one["body"])} for stage in stages]
    return found


def adapt(prepared: Data, answers: Data, document: str, body: str = "ja", stage: str | None = None) -> Data:
    """One document of a policy: `title`, `for`, `form`, `lang` and `blocks`.

    `body` is ja, ja-plain or en; `prepared` has to be of the same language. `stage` decides the pupils' words and furigana.
    Raises KeyError for a document or a body that does not exist.
    """
    source = next((one for one in prepared["documents"] if one["id"] == document), None)
    if source is None:
        raise KeyError(document)
    values, lang = merged(prepared, answers), body[:2]
    oldest = stage or _oldest(values["stages"])
    pen = _Pen(
        prepared, answers, values, lang,
        keep=_keep(prepared, source["form"], body, oldest),
        form=source["form"],
        pupil="elementary" if oldest in ("es-lower", "es-upper") else "secondary",
    )
    blocks = [made for block in source["body"][body] if pen.holds(block) for made in _block(pen, block)]
    if source["form"] == "letter":
        blocks = _titled(blocks)
    return {"id": document, "title": pen.runs(source["title"]), "for": pen.runs(source["for"]), "form": source["form"], "lang": body,
            "stage": stage, "blocks": blocks}


def _titled(blocks: list[Block]) -> list[Block]:
    """A letter's first heading is its title: it stands below the date and the names."""
    first = next((place for place, block in enumerate(blocks) if block["k"] == "h"), None)
    return [block | {"k": "title"} if place == first else block for place, block in enumerate(blocks)]


def _oldest(stages: list[str]) -> str:
    """The youngest readers decide, where one document is for all."""
    return next((stage for stage in STAGES if stage in stages), "jhs")


def _keep(prepared: Data, form: str, body: str, stage: str) -> int:
    """The school year up to which words carry no furigana: by the stage in what pupils read, always where Japanese is plain."""
    if body == "ja-plain":
        return 0
    if form not in ("pupil", "poster", "labels"):
        return NO_FURIGANA
    return next(one["furigana"] for one in prepared["stages"] if one["id"] == stage)


def _decisions(prepared: Data) -> dict[str, Data]:
    return {one["id"]: one for clause in prepared["clauses"] for one in clause["decisions"]}


def _block(pen: _Pen, block: Block) -> list[Block]:
    kind = next(key for key in block if key not in ("if", "sections", "key"))
    return MAKERS[kind](pen, block[kind], block)


def _text(kind: str) -> Callable[[_Pen, Any, Block], list[Block]]:
    return lambda pen, value, block: [{"k": kind, "runs": pen.runs(value)}]


def _items(kind: str) -> Callable[[_Pen, Any, Block], list[Block]]:
    def make(pen: _Pen, value: list, block: Block) -> list[Block]:
        items = pen.parts(value)
        return [{"k": kind, "items": items}] if items else []

    return make


def _table(pen: _Pen, value: Data, block: Block) -> list[Block]:
    rows = [row if isinstance(row, dict) else {"row": row} for row in value["rows"]]
    cells = [[pen.runs(cell) for cell in row["row"]] for row in rows if pen.holds(row)]
    return [{"k": "table", "head": [pen.runs(cell) for cell in value["head"]], "rows": cells}]


def _grid(pen: _Pen, head: list[str], rows: list[list[list[Run]]]) -> list[Block]:
    return [{"k": "table", "head": [pen.runs(cell) for cell in head], "rows": rows}]


# --- what is made from the policy itself ---------------------------------------------------------


def _clauses(pen: _Pen, register: str, block: Block) -> list[Block]:
    """The clauses in a register, section by section; with `key`, only those that have a line on the poster, under that line."""
    made: list[Block] = []
    number = chapter = 0
    titles = {clause["id"]: clause["text"]["poster"] for clause in pen.prepared["clauses"] if "poster" in clause["text"]}
    for group in pen.prepared["groups"]:
        if group["id"] not in block.get("sections", [group["id"]]):
            continue
        wanted = [clause for clause in _of(pen, group["id"]) if "key" not in block or "poster" in clause["text"]]
        inside = [one for clause in wanted if (one := _clause(pen, clause, register))]
        if not inside:
            continue
        chapter += 1
        if "key" not in block:
            made.append({"k": "h", "label": _label(pen, "chapter", chapter), "runs": pen.runs(group["name"])})
        for one in inside:
            number += 1
            title = {"title": pen.runs(titles[one["id"]])} if "key" in block else {}
            made.append(one | title | {"label": _label(pen, "article", number)})
    return made


def _of(pen: _Pen, section: str) -> list[Data]:
    """The clauses of a section that apply; one that was removed does so only where the school keeps words of its own for it."""
    kept = pen.answers.get("own", {})
    there = [one for one in pen.prepared["clauses"] if one["section"] == section and ("removed" not in one or one["id"] in kept)]
    return [one for one in there if true(one.get("applies_if"), lambda path: at(pen.values, path))]


def _clause(pen: _Pen, clause: Data, register: str) -> Block | None:
    """One clause in a register, or None when it says nothing there. A school's own words take the place of ours."""
    name = f"pupil.{pen.pupil}" if register == "pupil" else register
    own = pen.answers.get("own", {}).get(clause["id"], {}).get(f"{pen.lang}.{name}")
    paras = pen.parts(clause["text"][name]) if own is None else own_paras(own)
    if not paras:
        return None
    for place, para in enumerate(paras, 1):
        para["label"] = _label(pen, "paragraph", place) if place > 1 else ""
        for order, item in enumerate(para["items"], 1):
            item["label"] = _label(pen, "item", order)
    return {"k": "clause", "id": clause["id"], "register": name, "title": pen.runs(clause["title"]), "paras": paras} | ({"own": 1} if own is not None else {})


def own_paras(texts: list[str]) -> list[Data]:
    """A school's own lines as paragraphs; a line that begins with a dot or a hyphen is an item of the paragraph above it."""
    paras: list[Data] = []
    for line in filter(None, map(squeezed, texts)):
        dot = DOT.match(line)
        if dot and paras:
            paras[-1]["items"].append({"runs": [{"t": line[dot.end() :]}], "items": []})
        else:
            paras.append({"runs": [{"t": line}], "items": []})
    return paras


def _label(pen: _Pen, kind: str, number: int) -> str:
    """The number in front of a chapter, clause, paragraph or item; only rules number all four."""
    pattern = pen.prepared["labels"].get(kind if pen.form == "rules" else f"{kind}-plain", "")
    letter = "abcdefghijklmnopqrstuvwxyz"[(number - 1) % 26]
    return pattern.replace("#", str(number)).replace("@", letter)


def _posters(pen: _Pen, value: object, block: Block) -> list[Block]:
    """A line for each clause that has one and says something to these pupils."""
    spoken = [clause for group in pen.prepared["groups"] for clause in _of(pen, group["id"]) if _clause(pen, clause, "pupil")]
    return [{"k": "posters", "items": [pen.runs(clause["text"]["poster"]) for clause in spoken if "poster" in clause["text"]]}]


def _tasks(pen: _Pen, value: object, block: Block) -> list[Block]:
    levels = {one["id"]: one["name"] for one in pen.prepared["tasks"]["levels"]}
    own = pen.values["tasks"]
    stages = [one["id"] for one in pen.stages()]
    rows = [
        [pen.runs(task["name"]), pen.runs(task["example"]), *(pen.runs(levels.get(own[task["id"]].get(stage), "")) for stage in stages)]
        for task in pen.prepared["tasks"]["tasks"]
    ]
    words = pen.prepared["labels"]
    return _grid(pen, [words["task"], words["example"], *(one["name"] for one in pen.stages())], rows)


def _labels(pen: _Pen, value: object, block: Block) -> list[Block]:
    levels = pen.prepared["tasks"]["levels"]
    return [{"k": "labels", "items": [{"title": pen.runs(one["name"]), "runs": pen.runs(one["label"])} for one in levels]}]


def _tools(pen: _Pen, value: object, block: Block) -> list[Block]:
    words, rows = pen.prepared["labels"], []
    known = {(tool["id"], account["id"]): (tool, account) for tool in pen.prepared["tools"] for account in tool["accounts"]}
    for chosen in pen.answers.get("tools", []):
        tool, account = known.get((chosen.get("tool"), chosen.get("account")), (None, None))
        if tool:
            age = _age(words, account["min_age"], "age", words["unknown"])
            consent = _age(words, account["consent_below"], "below", words["unknown" if account.get("unsure") else "none"])
            day = words["before-use"] if account.get("unsure") else written_date(account["checked"], pen.lang)
            cells = [tool["name"], tool["maker"], account["name"], age, consent, day]
            rows.append([[{"t": cell}] for cell in cells])
    if not rows:
        return [{"k": "p", "runs": pen.runs(words["no-tools"])}]
    return _grid(pen, [words[name] for name in ("tool", "maker", "account", "min-age", "consent", "checked")], rows)


def _age(words: Data, years: int | None, label: str, missing: str) -> str:
    """An age in the register of tools; 0 is everybody."""
    if years is None:
        return missing
    return words["all-ages"] if years == 0 else words[label].replace("#", str(years))


def _changes(pen: _Pen, value: object, block: Block) -> list[Block]:
    words = pen.prepared["labels"]
    own = [(one["date"], words["own-change"], one["text"]) for one in pen.answers.get("history", [])]
    ours = [(one["date"], one["version"], one["text"]) for one in pen.prepared["versions"]]
    lines = sorted(own + ours, key=lambda line: line[0], reverse=True)
    rows = [[[{"t": written_date(day, pen.lang)}], [{"t": version}], [{"t": text}]] for day, version, text in lines]
    return _grid(pen, [words["date"], words["version"], words["change"]], rows)


def _choices(pen: _Pen, value: object, block: Block) -> list[Block]:
    words, rows = pen.prepared["labels"], []
    for group in pen.prepared["groups"]:
        for clause in _of(pen, group["id"]):
            for decision in clause["decisions"]:
                chosen = pen.runs(words["task-table"]) if decision["choice"] == "matrix" else pen.chosen(decision)
                rows.append([pen.runs(clause["title"]), pen.runs(decision["ask"]), chosen or [{"t": words["none"]}], pen.runs(words[clause["decided_by"]])])
    return _grid(pen, [words["clause"], words["question"], words["choice"], words["decides"]], rows)


MAKERS: dict[str, Callable[[_Pen, Any, Block], list[Block]]] = {
    "h": _text("h"),
    "p": _text("p"),
    "right": _text("right"),
    "fill": _text("fill"),
    "cut": _text("cut"),
    "list": _items("list"),
    "steps": _items("steps"),
    "tick": _items("tick"),
    "table": _table,
    "write": lambda pen, value, block: [{"k": "write", "n": value}],
    "page": lambda pen, value, block: [{"k": "page"}],
    "clauses": _clauses,
    "posters": _posters,
    "tasks": _tasks,
    "labels": _labels,
    "tools": _tools,
    "changes": _changes,
    "choices": _choices,
}


def written_date(text: str, lang: str, era: bool = False) -> str:
    """An ISO date as a reader writes it; what is no date stays as it is.

    >>> written_date("2026-12-01", "ja", era=True), written_date("2019-05-01", "ja", era=True), written_date("2026-12-01", "en")
    ('令和8年12月1日', '令和元年5月1日', '1 December 2026')
    """
    numbers = text.split("-")
    if len(numbers) != 3 or not all(number.isascii() and number.isdigit() for number in numbers):
        return text
    year, month, day = map(int, numbers)
    if not 1 <= month <= 12:
        return text
    if lang == "en":
        return f"{day} {MONTHS[month - 1]} {year}"
    if era:
        for first, from_month, from_day, name in ERAS:
            if (year, month, day) >= (first, from_month, from_day):
                return f"{name}{'元' if year == first else year - first + 1}年{month}月{day}日"
    return f"{year}年{month}月{day}日"

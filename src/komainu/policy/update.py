"""Takes a school's policy to a new edition, clause by clause, and drops nothing that the school wrote.

In:  the prepared policy, a school's answers, and Word files that it edited.   Out: rows to decide on, and new answers.
Three texts meet in each row: `old`, ours of the edition that the school started from; `fresh`, ours of today; `yours`.

    same     nothing to do                                new      ours changed, yours did not: ours is taken
    kept     yours changed, ours did not: yours stays     both     both changed: yours stays until somebody decides
    added    a clause that is new in this edition         removed  ours says no more here; yours stays until somebody decides

web/policy/update.js gives the same rows and the same answers. Left out on purpose: reports (report, tracked).
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from komainu.docx import paragraphs
from komainu.docx_reading import Word
from komainu.policy.adapt import adapt, documents
from komainu.policy.data import as_of, edition, labels
from komainu.policy.phrases import marked
from komainu.policy.placing import Placed, Stray, cells_of, key, lines_of, placed, plain, shaped
from komainu.problem import Unable

Data = dict[str, Any]
Place = tuple[str, str]
"""A clause and a register of a language: ("detectors", "ja.rule")."""

STAYS = ("kept", "both", "removed")
"""States in which the school's text stays until somebody says otherwise."""
YOUNG, OLD = ("es-lower", "es-upper"), ("jhs", "hs")
LEAST = 3
"""A file without its properties has at least so many lines of the document that it is taken for."""


@dataclass(frozen=True)
class Row:
    """One clause in one register."""

    id: str
    key: str
    """Language and register: `ja.rule`."""
    title: str
    state: str
    yours: list[str]
    old: list[str]
    fresh: list[str]
    reasons: list[Data]
    """Changes since the school's edition: version, date, text, sources."""
    decisions: list[Data]
    """Of a clause that is new: what there is to decide, with the default."""
    marked: dict[str, list[list[Data]]]
    """`yours` and `fresh` against `old`, as lines of runs with `ins` and `del`."""

    @property
    def name(self) -> str:
        """What choices call it."""
        return f"{self.id}/{self.key}"


@dataclass(frozen=True)
class File:
    """A Word file, and where its lines belong."""

    word: Word
    lang: str
    document: Data
    """The document that it was made from, as blocks."""
    placed: Placed


@dataclass(frozen=True)
class Update:
    """What an update found."""

    edition: str
    answers: Data
    """As they were given, in good form."""
    dropped: list[str]
    """Answers that had another form than their question."""
    rows: list[Row] = field(default_factory=list)
    files: list[File] = field(default_factory=list)

    @property
    def unplaced(self) -> list[Stray]:
        """What stands in the files and belongs to no clause."""
        return [stray for file in self.files for stray in file.placed.unplaced]


def update(data: Mapping[str, Data], answers: Data | None, words: list[Word] = ()) -> Update:
    """Compare a school's policy with today's edition.

    `data` is the prepared policy by language. Without `answers`, those that a file carries are taken.
    Raises Unable when there are none, when they are of a newer edition, or when a file is no document of ours.
    """
    given = answers or next((word.answers for word in words if word.answers), None)
    if given is None:
        raise stopped("none")
    prepared = next(iter(data.values()))
    sound, dropped = in_form(prepared, given)
    known_edition(prepared, sound["komainu_policy"])
    files = [_file(data, sound, word) for word in words]
    rows = [row for lang, one in data.items() for row in _rows(one, sound, [file for file in files if file.lang == lang])]
    return Update(prepared["version"], sound, dropped, rows, files)


def known_edition(prepared: Data, version: object) -> str:
    """The edition, when it is one up to today's; else Unable."""
    try:
        if edition(str(version)) <= edition(prepared["version"]):
            return str(version)
    except ValueError as error:
        raise stopped("edition", str(version)) from error
    raise stopped("newer", str(version))


def stopped(why: str, found: str = "") -> Unable:
    """The exception with the sentences of what stops an update: none, edition, newer or document."""
    words = labels()[f"stopped-{why}"]
    return Unable(*(words[lang].replace("#", found[:40]) for lang in ("ja", "en")))


def as_it_was(prepared: Data, version: str) -> Data:
    """The prepared policy with the clauses of an older edition."""
    there = [(clause, as_of(clause, version)) for clause in prepared["clauses"]]
    clauses = [{**{name: one for name, one in clause.items() if name != "removed"}, "text": text} for clause, text in there if text is not None]
    return prepared | {"version": version, "clauses": clauses}


# --- answers of unknown origin -------------------------------------------------------------------


def in_form(prepared: Data, answers: Data) -> tuple[Data, list[str]]:
    """Answers in which every value has the form of its question, and the names of what had another."""
    kinds = {one["id"]: one["choice"] for one in [*prepared["setup"], *(one for clause in prepared["clauses"] for one in clause["decisions"])]}
    kinds |= {one["id"]: "blank" for one in prepared["blanks"]}
    values = answers.get("values") if isinstance(answers.get("values"), dict) else {}
    wrong = sorted(name for name, value in values.items() if name in kinds and not FORMS[kinds[name]](value))
    found = {
        **{name: one for name, one in answers.items() if name not in ("values", "own", "tools", "history")},
        "komainu_policy": str(answers.get("komainu_policy", "")),
        "values": {name: value for name, value in values.items() if name not in wrong},
        "tools": [one for one in _list(answers.get("tools")) if isinstance(one, dict) and _texts(list(one.values()))],
        "own": {ident: _own(one) for ident, one in _dict(answers.get("own")).items() if _own(one)},
    }
    history = [one for one in _list(answers.get("history")) if isinstance(one, dict) and isinstance(one.get("date"), str) and isinstance(one.get("text"), str)]
    return found | ({"history": history} if history else {}), wrong


def _own(value: object) -> dict[str, list[str]]:
    return {name: lines for name, lines in _dict(value).items() if _texts(lines)}


def _dict(value: object) -> dict:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list:
    return value if isinstance(value, list) else []


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _names(value: object) -> bool:
    return isinstance(value, dict) and _texts(list(value.values()))


FORMS = {
    "one": lambda value: isinstance(value, str),
    "many": _texts,
    "stages": _names,
    "matrix": lambda value: isinstance(value, dict) and all(map(_names, value.values())),
    "blank": lambda value: isinstance(value, (str, int, float)) and not isinstance(value, bool),
}
"""Whether a value has the form that a kind of question asks for."""


# --- files ---------------------------------------------------------------------------------------


def _file(data: Mapping[str, Data], answers: Data, word: Word) -> File:
    version = known_edition(next(iter(data.values())), word.edition or answers["komainu_policy"])
    old = {lang: as_it_was(one, version) for lang, one in data.items()}
    found = _named(old, answers, word) or _likest(old, answers, word)
    if found is None:
        raise stopped("document")
    lang, document = found
    return File(word, lang, document, placed(word.lines, document, data[lang]))


def _named(old: Mapping[str, Data], answers: Data, word: Word) -> tuple[str, Data] | None:
    """The document that the file says it is."""
    ident, body, stage = [*word.document.split("/"), "", "", ""][:3]
    prepared = old.get(body[:2])
    if prepared is None or not any(one["id"] == ident and body in one["body"] for one in prepared["documents"]):
        return None
    known = not stage or any(one["id"] == stage for one in prepared["stages"])
    return (body[:2], adapt(prepared, answers, ident, body, stage or None)) if known else None


def _likest(old: Mapping[str, Data], answers: Data, word: Word) -> tuple[str, Data] | None:
    """The document with the most lines in common."""
    lines = {key(line.text) for line in word.lines}
    best, most = None, LEAST - 1
    for lang, prepared in old.items():
        for one in documents(prepared, answers):
            for body in one["bodies"]:
                document = adapt(prepared, answers, one["id"], body, one["stage"])
                count = len(lines & {key(text) for block in paragraphs(document)["blocks"] if block["k"] != "page" for text in cells_of(block)})
                if count > most:
                    best, most = (lang, document), count
    return best


# --- rows ----------------------------------------------------------------------------------------


def texts(prepared: Data, answers: Data) -> dict[Place, list[str]]:
    """Every clause that applies, in every register that this school has."""
    lang, stages = prepared["lang"], answers["values"].get("stages") or next(one["default"] for one in prepared["setup"] if one["id"] == "stages")
    forms = [next((stage for stage in group if stage in stages), None) for group in (YOUNG, OLD)]
    found: dict[Place, list[str]] = {}
    for register, stage in [("rule", None), ("staff", None), *(("pupil", stage) for stage in forms if stage)]:
        alone = {"id": "alone", "form": "sheet", "title": "", "for": "", "body": {lang: [{"clauses": register}]}}
        blocks = adapt(prepared | {"documents": [alone]}, answers, "alone", lang, stage)["blocks"]
        found |= {(block["id"], f"{lang}.{block['register']}"): lines_of(block) for block in blocks if block["k"] == "clause"}
    return found


def _rows(prepared: Data, answers: Data, files: list[File]) -> list[Row]:
    """The rows of one language, in the order of the clauses."""
    bare, version = answers | {"own": {}}, answers["komainu_policy"]
    order = {clause["id"]: clause for clause in prepared["clauses"]}
    fresh = texts(prepared, bare)
    yours = _owned(prepared, answers) | texts(as_it_was(prepared, version), answers)
    bases: dict[str, dict[Place, list[str]]] = {version: texts(as_it_was(prepared, version), bare)}
    since = dict.fromkeys([*fresh, *yours, *bases[version]], version)
    for file in files:
        own = file.word.edition or version
        bases[own] = bases.get(own) or texts(as_it_was(prepared, own), bare)
        written = _written(file)
        yours |= written
        since |= dict.fromkeys(written, own)
    places = [place for ident in order for place in since if place[0] == ident]
    return [_row(order[one[0]], one, since[one], bases[since[one]].get(one), fresh.get(one, []), yours.get(one, [])) for one in places]


def _owned(prepared: Data, answers: Data) -> dict[Place, list[str]]:
    """The school's own words as they stand in its answers, wherever they are shown."""
    known = {clause["id"] for clause in prepared["clauses"]}
    texts = [((ident, name), lines) for ident, one in answers["own"].items() if ident in known for name, lines in one.items()]
    return {place: shaped(lines) for place, lines in texts if place[1].startswith(f"{prepared['lang']}.")}


def _written(file: File) -> dict[Place, list[str]]:
    """What the file says in each clause that it had or has; nothing where the school took a clause out."""
    blocks = [block for block in file.document["blocks"] if block["k"] == "clause"]
    if not blocks:
        return {}
    register = f"{file.lang}.{blocks[0]['register']}"
    clauses = dict.fromkeys([*(block["id"] for block in blocks), *file.placed.texts])
    return {(clause, register): file.placed.texts.get(clause, []) for clause in clauses}


def _row(clause: Data, place: Place, version: str, old: list[str] | None, fresh: list[str], yours: list[str]) -> Row:
    reasons = [one for one in [*clause["changes"], *([clause["removed"]] if "removed" in clause else [])] if edition(one["version"]) > edition(version)]
    reasons = [{name: value for name, value in one.items() if name != "was"} for one in reasons]
    new = as_of(clause, version) is None
    lang = place[1][:2]
    return Row(
        place[0], place[1], plain(clause["title"]), state(None if new else old or [], fresh, yours), yours, old or [], fresh, reasons,
        [_to_decide(one) for one in clause["decisions"]] if new else [],
        {"yours": marked(old or [], yours, lang), "fresh": marked(old or [], fresh, lang)},
    )  # fmt: skip


def _to_decide(decision: Data) -> Data:
    names = {option["id"]: plain(option["name"]) for option in decision["options"]}
    default = decision["default"] if isinstance(decision["default"], list) else [decision["default"]]
    return {"id": decision["id"], "ask": decision["ask"], "default": [names[one] for one in default if isinstance(one, str) and one in names]}


def state(old: list[str] | None, fresh: list[str], yours: list[str]) -> str:
    """The state of three texts; `old` is None where the clause is new."""
    before, after, own = ([key(line) for line in lines or []] for lines in (old, fresh, yours))
    if old is None and not own:
        return "added"
    if own == after:
        return "same"
    if before and not after:
        return "removed"
    if own == before:
        return "new"
    return "kept" if before == after else "both"


# --- new answers ---------------------------------------------------------------------------------


def undecided(found: Update, choices: Mapping[str, object] | None = None) -> list[Row]:
    """The rows that wait for somebody's word: both sides changed, or ours went."""
    return [row for row in found.rows if row.state in ("both", "removed") and row.name not in (choices or {})]


def answers_after(found: Update, today: str, choices: Mapping[str, object] | None = None) -> Data:
    """The answers of today's edition. `choices` says by a row's name: yours, fresh, or lines of a text of its own."""
    answers = deepcopy(found.answers)
    own: dict[str, dict[str, list[str]]] = answers["own"]
    for row in found.rows:
        chosen = (choices or {}).get(row.name, "yours" if row.state in STAYS else "fresh")
        if chosen == "fresh":
            own.get(row.id, {}).pop(row.key, None)
        else:
            own.setdefault(row.id, {})[row.key] = list(row.yours if chosen == "yours" else chosen)
    answers["own"] = {ident: texts for ident, texts in own.items() if texts}
    answers["history"] = [*answers.get("history", []), {"date": today, "text": _told(found, choices)}]
    return answers | {"komainu_policy": found.edition}


def _told(found: Update, choices: Mapping[str, object] | None) -> str:
    """One line for the change log."""
    counts = {name: len({row.id for row in found.rows if row.state == name}) for name in ("new", "added", "kept")}
    waiting = list({row.id: row.title for row in reversed(undecided(found, choices))}.values())[::-1]
    before, after = found.answers["komainu_policy"], found.edition
    if found.answers.get("lang") == "en":
        line = f"From edition {before} to {after}: {counts['new']} clauses taken over, {counts['added']} added, {counts['kept']} kept in our own words."
        return line + (f" Still to decide: {', '.join(waiting)}." if waiting else "")
    line = f"{before} 版から {after} 版へ。取り入れた条項 {counts['new']}、加わった条項 {counts['added']}、学校の文を残した条項 {counts['kept']}。"
    return line + (f"検討中: {'、'.join(waiting)}。" if waiting else "")

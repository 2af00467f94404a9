"""The classroom policy as data: clauses, documents, questions, laws, tools, tasks; read, and prepared for the renderers.

In:  classroom_policy/.   Out: a Policy, or Problems with line numbers; `prepared`, the data of one language as the
renderers in Python and JavaScript both take it, with the furigana already in it.
Left out on purpose: whether the parts fit together (checks), what a school answered (lint), the text itself (adapt).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path

import yaml

from komainu.files import Plain, read_yaml
from komainu.policy.ruling import TOKEN
from komainu.problem import Report
from komainu.reading import runs as read_aloud
from komainu.reference import Reference

FOLDER = "classroom_policy"
SHARED = {
    "tasks": "policy-tasks", "questions": "policy-questions", "lawrefs": "policy-laws", "tools": "policy-tools",
    "findings": "policy-findings", "changelog": "policy-versions",
}  # fmt: skip
"""The single files, and the form of each."""

LISTS = {"clauses": "policy-clause", "documents": "policy-document", "profiles": "policy-answers"}
"""The folders of files that are alike, and the form of each file."""

FOR_PUPILS = ("pupil", "poster", "labels")
"""Documents whose words carry furigana."""


@dataclass(frozen=True)
class Policy:
    """The classroom policy, each part as it stands in its file, with the line of every value."""

    shared: dict[str, Plain] = field(default_factory=dict)
    """tasks, questions, lawrefs, tools, findings and changelog."""
    clauses: dict[str, Plain] = field(default_factory=dict)
    """By id, in the order of their numbers."""
    documents: dict[str, Plain] = field(default_factory=dict)
    """By id, in their order."""
    profiles: dict[str, Plain] = field(default_factory=dict)
    """Answers files to start from, by name."""

    @property
    def whole(self) -> bool:
        """Whether every part was read, so that documents can be made."""
        return set(self.shared) == set(SHARED) and bool(self.clauses and self.documents)

    @property
    def version(self) -> str:
        """The newest edition in the change log."""
        return self.shared["changelog"].data["versions"][0]["version"]


def read_policy(root: Path, report: Report) -> Policy | None:
    """The policy below root/classroom_policy; None where there is no such folder. What cannot be read is a problem and left out."""
    if not (root / FOLDER).is_dir():
        return None
    shared = {name: plain for name, form in SHARED.items() if (plain := read_yaml(root, f"{FOLDER}/{name}.yml", form, report))}
    lists = {name: _files(root, name, form, report) for name, form in LISTS.items()}
    clauses = _by_id(lists["clauses"], report)
    documents = _by_id(lists["documents"], report)
    return Policy(
        shared,
        dict(sorted(clauses.items(), key=lambda one: one[1].data["number"])),
        dict(sorted(documents.items(), key=lambda one: (one[1].data["order"], one[0]))),
        {Path(plain.path).stem: plain for plain in lists["profiles"]},
    )


def _files(root: Path, name: str, form: str, report: Report) -> list[Plain]:
    paths = sorted(path.name for path in (root / FOLDER / name).glob("*.yml"))
    return [plain for path in paths if (plain := read_yaml(root, f"{FOLDER}/{name}/{path}", form, report))]


def _by_id(files: list[Plain], report: Report) -> dict[str, Plain]:
    found: dict[str, Plain] = {}
    for plain in files:
        ident = plain.data["id"]
        if ident in found:
            report.add(plain.path, plain.line("id"), "id-duplicate", id=ident)
        else:
            found[ident] = plain
    return found


# --- prepared for the renderers ------------------------------------------------------------------


@cache
def labels() -> dict[str, dict[str, str]]:
    """The words that renderers put around the texts: name -> ja and en. `#` stands for a number, `@` for a letter."""
    return yaml.safe_load(resources.files("komainu").joinpath("data/policy.yml").read_text("utf-8"))


def prepared(policy: Policy, reference: Reference, lang: str) -> dict:
    """Everything the renderers need in one language, as plain data; Japanese for pupils with its furigana."""
    ruby = annotated if lang == "ja" else str
    questions, shared = policy.shared["questions"].data, policy.shared
    return {
        "version": policy.version,
        "lang": lang,
        "labels": {name: words[lang] for name, words in labels().items()},
        "stages": [{"id": one.id, "name": one.words[lang]["name"], "furigana": one.furigana} for one in reference.stages.values()],
        "groups": [{"id": one["id"], "name": ruby(one[lang]["name"]), "about": one[lang]["about"]} for one in questions["groups"]],
        "short": questions["short"],
        "setup": [_decision(one, lang, str) for one in questions["setup"]],
        "blanks": [_flat(one, lang, ("id", "kind", "required", "if")) for one in questions["blanks"]],
        "clauses": [_clause(plain.data, lang, ruby, shared["tasks"].data) | _story(plain.data, lang, ruby, reference) for plain in policy.clauses.values()],
        "tasks": {
            "levels": [_ruby(_flat(one, lang, ("id",)), ruby, "name", "label") for one in shared["tasks"].data["levels"]],
            "tasks": [_ruby(_flat(one, lang, ("id", "default")), ruby, "name", "example") for one in shared["tasks"].data["tasks"]],
        },
        "laws": [_flat(one, lang, ("id", "law", "url", "checked", "checked_how", "unsure")) for one in shared["lawrefs"].data["laws"]],
        "tools": [
            {"id": tool["id"], "name": tool["name"], "maker": tool["maker"], "accounts": [_account(one, lang) for one in tool["accounts"]]}
            for tool in shared["tools"].data["tools"]
        ],
        "findings": [_flat(one, lang, ("id", "level", "clauses", "where", "if")) for one in shared["findings"].data["findings"]],
        "strictness": shared["findings"].data["strictness"],
        "documents": [_document(plain.data, lang) for plain in policy.documents.values()],
        "versions": [{"version": one["version"], "date": one["date"], "text": one[lang]} for one in shared["changelog"].data["versions"]],
    }


def _flat(entry: dict, lang: str, facts: tuple[str, ...]) -> dict:
    """An entry with the words of one language beside its facts."""
    return {name: entry[name] for name in facts if name in entry} | entry[lang]


def _ruby(entry: dict, ruby: Callable[[str], str], *names: str) -> dict:
    return entry | {name: ruby(entry[name]) for name in names}


def _account(one: dict, lang: str) -> dict:
    facts = ("id", "min_age", "consent_below", "on_by_default", "source", "checked", "unsure")
    return _flat(one, lang, facts) | {"note": one[f"{lang}_note"]}


def _decision(one: dict, lang: str, ruby: Callable[[str], str]) -> dict:
    options = [_ruby({"id": option["id"], **option[lang]}, ruby, "name") for option in one["options"]]
    return {"id": one["id"], "choice": one["choice"], "ask": one[lang]["ask"], "options": options, "default": one["default"]}


def _clause(data: dict, lang: str, ruby: Callable[[str], str], tasks: dict) -> dict:
    decisions = []
    for one in data["decisions"]:
        one = {"options": [], **one}
        if one["choice"] == "matrix":
            one["default"] = {task["id"]: task["default"] for task in tasks["tasks"]}
        decisions.append(_decision(one, lang, ruby) | {"why": one[f"{lang}_why"], "sources": one["sources"]})
    kept = {name: data[name] for name in ("id", "section", "decided_by", "applies_if", "laws", "skills", "lessons") if name in data}
    return kept | {"title": ruby(data[lang]["title"]), "decisions": decisions, "text": _voices(data["text"][lang], ruby)}


def _story(data: dict, lang: str, ruby: Callable[[str], str], reference: Reference) -> dict:
    """What happened to a clause, newest first: `changes`, each with the words it replaced, and `removed` where it applies no more."""

    def told(one: dict) -> dict:
        cited = [reference.sources[ident] for ident in one.get("sources", ()) if ident in reference.sources]
        sources = [{"id": source.id, "title": source.title, "url": source.url} for source in cited]
        return {"version": one["version"], "date": one["date"], "text": one[lang], "sources": sources}

    changes = sorted(data["changes"], key=lambda one: edition(one["version"]), reverse=True)
    found = {"changes": [told(one) | ({"was": _voices(one["was"][lang], ruby)} if "was" in one else {}) for one in changes]}
    return found | ({"removed": told(data["removed"])} if "removed" in data else {})


def edition(version: str) -> tuple[int, ...]:
    """An edition as numbers that compare. Raises ValueError when it is none.

    >>> edition("1.10.0") > edition("1.9.3")
    True
    """
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6}){2}", version):
        raise ValueError(version)
    return tuple(int(number) for number in version.split("."))


def as_of(clause: dict, version: str) -> dict | None:
    """The texts of a prepared clause in an edition, by register; None where it did not exist yet or applied no more."""
    wanted, changes = edition(version), clause["changes"]
    removed = clause.get("removed")
    if edition(changes[-1]["version"]) > wanted or (removed and edition(removed["version"]) <= wanted):
        return None
    newer = [one["was"] for one in changes if edition(one["version"]) > wanted and "was" in one]
    return newer[-1] if newer else clause["text"]


def _voices(text: dict, ruby: Callable[[str], str]) -> dict:
    """The registers by name, the pupils' two as `pupil.elementary` and `pupil.secondary`."""
    found = {"rule": text["rule"], "staff": text["staff"]}
    found |= {f"pupil.{form}": _everywhere(text["pupil"][form], ruby) for form in ("elementary", "secondary")}
    return found | ({"poster": ruby(text["poster"])} if "poster" in text else {})


def _document(data: dict, lang: str) -> dict:
    bodies = {name: blocks for name, blocks in data["body"].items() if name[:2] == lang}
    pupils = data["form"] in FOR_PUPILS
    body = {name: _everywhere(blocks, annotated) if name == "ja-plain" or (pupils and name == "ja") else blocks for name, blocks in bodies.items()}
    kept = {name: data[name] for name in ("id", "form", "applies_if") if name in data}
    return kept | {"title": data[lang]["title"], "for": data[lang]["for"], "body": body}


UNREAD = ("if", "clauses", "sections", "key")
"""Keys of a block whose values are names, not words."""


def _everywhere(value: object, change: Callable[[str], str]) -> object:
    """Every text inside parts or blocks changed; rules and names stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_everywhere(one, change) for one in value]
    if isinstance(value, dict):
        return {key: one if key in UNREAD else _everywhere(one, change) for key, one in value.items()}
    return value


@cache
def annotated(text: str) -> str:
    """A text with the reading and school year of every kanji word: `{学校|がっこう|1}`; blanks and marks stay as they are.

    >>> annotated("**AI**を使う{{school}}")
    '**AI**を{使|つか|3}う{{school}}'
    """
    found, end = [], 0
    for token in TOKEN.finditer(text):
        found += _read(text[end : token.start()]), token[0]
        end = token.end()
    return "".join([*found, _read(text[end:])])


def _read(text: str) -> str:
    return "".join(f"{{{run.base}|{run.reading}|{run.year}}}" if run.reading else run.base for run in read_aloud(text))

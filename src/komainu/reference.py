"""What lessons refer to: the skillset, framework codes, sources, glossary and the White Paper's points.

In:  lessons/{skillset,frameworks,sources,glossary,trace}.yml.   Out: a Reference, or Problems with line numbers.
Left out on purpose: whether lessons use them well (checks).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from komainu.files import Plain, read_yaml
from komainu.problem import Report

PARTS = {
    "skillset": ("stages", "viewpoints", "skills"),
    "frameworks": ("frameworks",),
    "sources": ("sources",),
    "glossary": ("terms",),
    "trace": ("points",),
}
"""The files, and what each holds."""

Words = dict
"""Language -> text, or language -> {name: text}: `skill.words["ja"]["can"]`."""


@dataclass(frozen=True)
class Stage:
    """One of the four stages of school."""

    id: str
    furigana: int
    """Words with a kanji above this school year carry furigana unless the reader chooses otherwise; 9: none."""
    words: Words


@dataclass(frozen=True)
class Viewpoint:
    """One of the seven viewpoints of AI literacy."""

    id: str
    words: Words


@dataclass(frozen=True)
class Skill:
    """A can-do statement that a teacher can observe, with the evidence that shows it."""

    id: str
    viewpoint: str
    stage: str
    frameworks: tuple[str, ...]
    """Codes such as `mext:katsuyo`, each listed in frameworks.yml."""
    words: Words
    line: int


@dataclass(frozen=True)
class Framework:
    """A public framework, by codes and short names only."""

    id: str
    source: str
    codes: dict[str, Words]
    words: Words
    line: int


@dataclass(frozen=True)
class Source:
    """A cited source and the day on which it was last checked."""

    id: str
    title: str
    by: str
    year: int | None
    """Of publication; None where the page carries no date."""
    url: str
    licence: str
    last_checked: date
    checked_how: str
    """live, stored-copy, second-hand or computed."""
    note: Words
    line: int


@dataclass(frozen=True)
class Term:
    """A glossary term with the forms in which it appears in text."""

    id: str
    words: Words
    line: int

    def forms(self, lang: str) -> tuple[str, ...]:
        """Every surface form of the term in one language, longest first."""
        own = self.words[lang]
        return tuple(sorted({own["term"], *own["forms"]}, key=lambda form: (-len(form), form)))


@dataclass(frozen=True)
class Point:
    """A point of the White Paper and what answers it here."""

    id: str
    kind: str
    skills: tuple[str, ...]
    lessons: tuple[str, ...]
    exercises: tuple[str, ...]
    clauses: tuple[str, ...]
    words: Words
    line: int


@dataclass(frozen=True)
class Reference:
    """All shared facts, each by id, in the order of the files."""

    stages: dict[str, Stage] = field(default_factory=dict)
    viewpoints: dict[str, Viewpoint] = field(default_factory=dict)
    skills: dict[str, Skill] = field(default_factory=dict)
    frameworks: dict[str, Framework] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)
    points: dict[str, Point] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    """Parts whose file could not be read: `skills`, `sources` and so on."""

    def lacks(self, part: str, ident: str) -> bool:
        """Whether a part was read and does not list an id; what could not be read is one mistake, not one for each use."""
        return part not in self.unread and ident not in getattr(self, part)

    def codes(self) -> dict[str, Words]:
        """Every framework code, written as skills name it: `mext:katsuyo`."""
        return {f"{f.id}:{code}": words for f in self.frameworks.values() for code, words in f.codes.items()}


def read_reference(root: Path, report: Report) -> Reference:
    """The shared facts below root/lessons; a file that cannot be read leaves its part empty."""
    plain = {
        name: read_yaml(root, f"lessons/{name}.yml", name, report)
        for name in PARTS
    }
    return Reference(
        unread=frozenset(part for name, parts in PARTS.items() if plain[name] is None for part in parts),
        stages=_by_id(plain["skillset"], "stages", _stage, report),
        viewpoints=_by_id(plain["skillset"], "viewpoints", _viewpoint, report),
        skills=_by_id(plain["skillset"], "skills", _skill, report),
        frameworks=_by_id(plain["frameworks"], "frameworks", _framework, report),
        sources=_by_id(plain["sources"], "sources", _source, report),
        terms=_by_id(plain["glossary"], "terms", _term, report),
        points=_by_id(plain["trace"], "points", _point, report),
    )


def _by_id(plain: Plain | None, key: str, make, report: Report) -> dict:
    found: dict = {}
    for index, entry in enumerate(plain.data[key] if plain else ()):
        line = plain.line(key, index)
        if entry["id"] in found:
            report.add(plain.path, plain.line(key, index, "id"), "id-duplicate", id=entry["id"])
            continue
        found[entry["id"]] = make(entry, line)
    return found


def _words(entry: dict) -> Words:
    return {"ja": entry["ja"], "en": entry["en"]}


def _stage(entry: dict, line: int) -> Stage:
    return Stage(entry["id"], entry["furigana"], _words(entry))


def _viewpoint(entry: dict, line: int) -> Viewpoint:
    return Viewpoint(entry["id"], _words(entry))


def _skill(entry: dict, line: int) -> Skill:
    codes = tuple(entry["frameworks"])
    return Skill(entry["id"], entry["viewpoint"], entry["stage"], codes, _words(entry), line)


def _framework(entry: dict, line: int) -> Framework:
    codes = {code["code"]: _words(code) for code in entry["codes"]}
    words = {lang: {"title": entry["title"][lang], "note": entry["note"][lang]} for lang in ("ja", "en")}
    return Framework(entry["id"], entry["source"], codes, words, line)


def _source(entry: dict, line: int) -> Source:
    checked = date.fromisoformat(entry["last_checked"])
    plain = [entry[name] for name in ("id", "title", "by", "year", "url", "licence")]
    return Source(*plain, checked, entry["checked_how"], entry["note"], line)


def _term(entry: dict, line: int) -> Term:
    return Term(entry["id"], _words(entry), line)


def _point(entry: dict, line: int) -> Point:
    lists = [tuple(entry[name]) for name in ("skills", "lessons", "exercises", "clauses")]
    return Point(entry["id"], entry["kind"], *lists, _words(entry), line)

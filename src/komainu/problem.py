"""What can be wrong with the sources, as values, and the one exception for "we cannot go on".

In:  rule ids and the values found.   Out: Problem (sortable, printable in ja and en) and Report.
The sentences live in data/rules.yml, one entry a rule, so that a translator sees them side by side.
Left out on purpose: printing (cli) and deciding what is wrong (checks).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

import yaml

LANGUAGES = ("ja", "en")


class Unable(Exception):
    """The command cannot go on; both sentences say what to do. The only exception that Komainu raises on purpose."""

    def __init__(self, ja: str, en: str):
        super().__init__(en)
        self.ja = ja
        self.en = en


@cache
def rules() -> dict[str, dict[str, str]]:
    """Every rule: id -> level (error, warning or gap), ja and en sentence, and a note to the translator."""
    text = resources.files("komainu").joinpath("data/rules.yml").read_text("utf-8")
    return yaml.safe_load(text)


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake of an author, at one place."""

    path: str
    """The file, relative to the root of the sources, with forward slashes."""
    line: int
    """The line, 1-based; 1 when the whole file is meant."""
    rule: str
    """The id of the rule in data/rules.yml."""
    values: tuple[tuple[str, str], ...] = ()
    """What was found and what was expected, by the names the sentences use."""

    @property
    def level(self) -> str:
        """error, warning or gap; only errors fail a check."""
        return rules()[self.rule]["level"]

    def sentence(self, lang: str) -> str:
        """The problem in one sentence or two, in `ja` or `en`."""
        return rules()[self.rule][lang].format(**dict(self.values))

    def as_dict(self) -> dict[str, object]:
        """The problem for `--format json`."""
        return {
            "path": self.path,
            "line": self.line,
            "rule": self.rule,
            "level": self.level,
            "values": dict(self.values),
            "ja": self.sentence("ja"),
            "en": self.sentence("en"),
        }


@dataclass
class Report:
    """All problems of one reading, collected while it goes on."""

    problems: list[Problem] = field(default_factory=list)
    """In the order of discovery; `sorted()` gives the order of print."""

    def add(self, path: str, line: int, rule: str, **values: object) -> None:
        """Note one problem. A rule that the catalogue lacks is a bug and raises KeyError at once."""
        rules()[rule]
        self.problems.append(Problem(path, line, rule, tuple((k, str(v)) for k, v in values.items())))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Take over the problems of another reading."""
        self.problems.extend(problems)

    def level(self, level: str) -> list[Problem]:
        """The problems of one level, sorted by place, without repetitions."""
        return [p for p in self if p.level == level]

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(set(self.problems)))

    def __bool__(self) -> bool:
        """True when there is an error."""
        return any(p.level == "error" for p in self.problems)

"""The items of the five-minute diagnosis: facts and keys once, words in two languages and three reading levels.

In:  lessons/diagnosis/{<viewpoint>.yml, words.yml}.   Out: a Bank, or Problems with line numbers.
Left out on purpose: whether the items are good ones (lint), what answers are worth (scoring), how a reader meets them (pages).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from komainu.files import Plain, read_yaml
from komainu.problem import Report

FOLDER = "lessons/diagnosis"
NAME = "diagnosis"
"""The folder among the lessons that is no lesson."""

VIEWPOINTS = ("use", "how", "verify", "bias", "think", "society", "protect")
FORMS = ("a", "b")
"""Before and after: the same viewpoints, other items."""

KINDS = ("output", "situation")
"""An output to accept, fix or reject, with how sure; a situation with four things to do. All outputs are asked first."""

LEVELS = ("es-upper", "jhs", "hs")
"""Reading levels, named by the stages; grown-ups read hs."""

ANSWERS = ("accept", "fix", "reject")
"""What an output may be answered with, in the order shown."""


@dataclass(frozen=True)
class Item:
    """One item of the bank."""

    id: str
    viewpoint: str
    """The name of its file."""
    form: str
    kind: str
    options: tuple[str, ...]
    """In the order shown; ANSWERS for an output."""
    key: str
    half: tuple[str, ...]
    """The second-best answer, if there is one."""
    skills: dict[str, str]
    """Reading level -> skill."""
    sources: tuple[str, ...]
    rationale: dict[str, str]
    """Language -> what the item finds out, for teachers."""
    exposure: dict
    """Since when it is public, and what a trial with pupils gave."""
    words: dict
    """Reading level -> language -> stem, shown or options and why, explain."""
    path: str
    place: tuple
    """Where it stands in its file: the path of `Plain.line`."""


@dataclass(frozen=True)
class Bank:
    """The items as they were read, and the words around a result."""

    items: tuple[Item, ...] = ()
    """In the order of the viewpoints and of their files."""
    plains: dict[str, Plain] = field(default_factory=dict)
    """Viewpoint -> its file, with the line of every value."""
    words: Plain | None = None
    """Remarks by viewpoint, and about how sure the reader was."""

    @property
    def whole(self) -> bool:
        """Whether both forms can be asked and the result told."""
        return set(self.plains) == set(VIEWPOINTS) and self.words is not None and [len(self.form(one)) for one in FORMS] == [14, 14]

    def form(self, form: str) -> list[Item]:
        """The items of a form in the order asked: the outputs by viewpoint, then the situations."""
        order = {pair: number for number, pair in enumerate(product(KINDS, VIEWPOINTS))}
        return sorted((one for one in self.items if one.form == form), key=lambda one: order[one.kind, one.viewpoint])


def read_bank(root: Path, report: Report) -> Bank | None:
    """The bank below the root, with what is wrong in its files noted; None where there is none."""
    if not (root / FOLDER).is_dir():
        return None
    read = {name: read_yaml(root, f"{FOLDER}/{name}.yml", NAME, report) for name in VIEWPOINTS}
    plains = {name: plain for name, plain in read.items() if plain}
    items = tuple(_item(name, plain, place) for name, plain in plains.items() for place in range(len(plain.data["items"])))
    return Bank(items, plains, read_yaml(root, f"{FOLDER}/words.yml", f"{NAME}-words", report))


def _item(viewpoint: str, plain: Plain, place: int) -> Item:
    one = plain.data["items"][place]
    options = ANSWERS if one["kind"] == "output" else tuple(one["options"])
    facts = (one["id"], viewpoint, one["form"], one["kind"], options, one["key"], tuple(one["half"]))
    told = (one["skills"], tuple(one["sources"]), one["rationale"], one["exposure"], one["levels"])
    return Item(*facts, *told, plain.path, ("items", place))

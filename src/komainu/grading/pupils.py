"""Whose file it is: the name and the number that stand in a path, by simple rules; and names that do no harm in a table.

In:  a path as shown, the exercise's id, the nickname in the notebook.   Out: a Pupil.
The rules are those of what schools use to collect files: Moodle, Canvas, Teams, Google Classroom, a shared folder.
Left out on purpose: a list of the class. No name is asked for, and none leaves this machine.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MOODLE = re.compile(r"^(?P<name>.+?)_(?P<id>\d{1,12})_assignsubmission_(?:file|onlinetext)_?")
CANVAS = re.compile(r"^(?P<name>[^_\d][^_]*)_(?:LATE_)?(?P<id>\d{2,12})_\d{2,12}_")
CLASS = re.compile(r"(\d)年 ?(\d{1,2}|[A-Z])組 ?(\d{1,2})番?")
TEAMS = re.compile(r"(?:^|/)(?P<name>[^/]+)/[^/]+/Version (?P<version>\d+)/[^/]+$", re.IGNORECASE)
NUMBERED = re.compile(r"^(?P<number>\d{1,4}(?:-\d{1,3}){0,2}|\d{1,8})(?:番)?(?:[ _.-]+|(?=[^\d.]))(?P<name>.*)$")
TRY = re.compile(r"[ _]*[(（](?P<n>\d{1,3})[)）]$")
COPY = re.compile(r"(?:[ _-]*(?:のコピー|コピー|copy|提出用?|最終版?|final))+(?: *\d{0,2})$", re.IGNORECASE)
COPY_OF = re.compile(r"^(?:コピー *[~〜] *|copy of )", re.IGNORECASE)
SUFFIX = re.compile(r"(?:\.(?:ipynb|json|txt))+$", re.IGNORECASE)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
LONGEST = 60


@dataclass(frozen=True)
class Pupil:
    """Whoever handed something in, as far as the file tells."""

    name: str
    """A name or a nickname; empty when there is none."""
    number: str
    """The number in class, or whatever number stands before the name; mostly empty."""
    id: str
    """The number by which Moodle or Canvas knows the pupil; mostly empty."""
    tries: int
    """The number behind the name when a file was saved or handed in again; 0 for none."""
    key: str
    """What two files of one pupil share."""

    @property
    def label(self) -> str:
        """Number and name, or the path when there is neither."""
        return " ".join(filter(None, (self.number, self.name)))


def pupil(path: str, exercise: str, nickname: str = "") -> Pupil:
    """Who handed in the file of this path.

    >>> pupil("1-2-05_山田　花.ipynb", "pets").label, pupil("pets_はな (2).ipynb", "pets").tries
    ('1-2-05 山田 花', 2)
    >>> pupil("山田 花_1234_assignsubmission_file_/pets.ipynb", "pets").id
    '1234'
    """
    *folders, file = path.split("/")
    stem = SUFFIX.sub("", file)
    teams = TEAMS.search(path)
    for rule in (MOODLE, CANVAS):
        for part in (f"{stem}_", *(f"{folder}_" for folder in reversed(folders))):
            found = rule.match(part)
            if found and folded(found["name"]) != folded(exercise):
                name = plain(found["name"])
                return Pupil(name, "", found["id"], _tries(stem), f"id {found['id']} {folded(name)}")
    if teams:
        name = plain(teams["name"])
        return Pupil(name, "", "", int(teams["version"]), f"teams {folded(name)}")
    return _by_name(folders, stem, exercise, nickname, path)


def _by_name(folders: list[str], stem: str, exercise: str, nickname: str, path: str) -> Pupil:
    tries, rest = _tries(stem), _rest(stem, exercise)
    rest = rest or next((r for r in (_rest(f, exercise) for f in reversed(folders) if not f.lower().endswith(".zip")) if r), "")
    numbered = NUMBERED.match(rest)
    number = numbered["number"] if numbered else ""
    name = plain(numbered["name"] if numbered else rest)
    name = name or plain(nickname)
    key = f"name {number} {folded(name)}" if number or name else f"path {path}"
    return Pupil(name, number, "", tries, key)


def _tries(stem: str) -> int:
    found = TRY.search(unicodedata.normalize("NFKC", stem).rstrip())
    return int(found["n"]) if found else 0


def _rest(stem: str, exercise: str) -> str:
    """What is left of a file's name without the exercise, the language and the marks of a copy."""
    text = unicodedata.normalize("NFKC", stem).strip()
    for _ in range(3):
        text = COPY.sub("", TRY.sub("", COPY_OF.sub("", text))).strip(" _-")
    text = re.sub(rf"(?:^|(?<=[ _-])){re.escape(exercise)}(?=$|[ _-])", "", text, flags=re.IGNORECASE).strip(" _-")
    text = re.sub(r"(?:^|(?<=[ _-]))(?:ja|en)$", "", text, flags=re.IGNORECASE)
    return CLASS.sub(r"\1-\2-\3 ", COPY.sub("", TRY.sub("", text))).strip(" _-")


def plain(text: str) -> str:
    """A name in one line, without control signs, of at most LONGEST signs."""
    text = unicodedata.normalize("NFKC", text)
    text = "".join(sign if unicodedata.category(sign)[0] not in "CZ" else " " for sign in text)
    return re.sub(" +", " ", text).strip(" _")[:LONGEST].strip()


def folded(name: str) -> str:
    """A name as it is compared: no spaces, no size of letters."""
    return re.sub(r"[\s_]", "", unicodedata.normalize("NFKC", name).casefold())


def defused(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    >>> defused("=1+1"), defused("山田")
    ("'=1+1", '山田')
    """
    return f"'{text}" if text.lstrip(" \u3000").startswith(FORMULA) or text.startswith(FORMULA) else text


def file_names(labels: list[str]) -> list[str]:
    """Names of files for these labels, different for every one, and such that every system takes them."""
    used: set[str] = set()
    return [_unused(_safe(label), used) for label in labels]


def _safe(label: str) -> str:
    text = re.sub(r"[^\w\-ー・]+", "_", unicodedata.normalize("NFC", label)).strip("_.")[:LONGEST] or "pupil"
    return f"_{text}" if re.fullmatch(r"(?i)con|prn|aux|nul|com\d|lpt\d|index", text) else text


def _unused(name: str, used: set[str]) -> str:
    found, number = name, 1
    while folded(found) in used:
        number += 1
        found = f"{name}-{number}"
    used.add(folded(found))
    return found

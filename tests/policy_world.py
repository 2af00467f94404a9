"""The real policy and Word files made from it, for the tests of updates.

In:  names of profiles and documents.   Out: prepared data, answers, files, the second edition; each made once.
"""

import json
from datetime import date
from functools import cache

from conftest import ROOT
from komainu.docx import docx
from komainu.load import load
from komainu.policy.adapt import adapt, documents
from komainu.policy.data import prepared
from komainu.policy.files import properties
from second_edition import second

LANGUAGES = ("ja", "en")
SCHOOL = "jp-public-school"


@cache
def sources():
    """The real policy and reference."""
    curriculum, _ = load(ROOT, date(2026, 11, 26))
    return curriculum.policy, curriculum.reference


@cache
def first() -> dict[str, dict]:
    """The real edition by language, as it comes out of its JSON."""
    return {lang: json.loads(json.dumps(prepared(*sources(), lang))) for lang in LANGUAGES}


@cache
def later() -> dict[str, dict]:
    """The second edition by language."""
    return {lang: second(one) for lang, one in first().items()}


def profiles() -> list[str]:
    """Every profile."""
    return sorted(path.stem for path in (ROOT / "classroom_policy" / "profiles").glob("*.yml"))


def answers(profile: str = SCHOOL) -> dict:
    """A profile's answers."""
    return json.loads(json.dumps(sources()[0].profiles[profile].data))


def made(ident: str, body: str = "ja", stage: str | None = None, given: dict | None = None) -> bytes:
    """The Word file of a document of the first edition."""
    given = given or answers()
    document = adapt(first()[body[:2]], given, ident, body, stage)
    return docx(document, properties(given, first()[body[:2]]["version"], document))


def all_made(profile: str) -> dict[str, bytes]:
    """Every Word file of a profile, by name."""
    given = answers(profile)
    needed = [(lang, one) for lang in LANGUAGES for one in documents(first()[lang], given)]
    return {f"{one['id']}-{body}-{one['stage']}": made(one["id"], body, one["stage"], given) for _, one in needed for body in one["bodies"]}

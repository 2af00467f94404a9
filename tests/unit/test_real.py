"""The sources of this repository, as they are now."""

import re
from pathlib import Path

import pytest

from komainu.files import schema_format
from komainu.load import load
from komainu.telling import today

ROOT = Path(__file__).resolve().parents[2]
DOCS = [ROOT / "docs" / lang / "contribute.md" for lang in ("ja", "en")]


def test_sources_have_no_mistake():
    """Nothing is wrong with what is published; only a source may have grown old since."""
    problems = [p for p in load(ROOT, today())[1] if p.level != "gap" and p.rule != "source-stale"]
    assert [f"{p.path}:{p.line} {p.rule}: {p.sentence('en')}" for p in problems] == []


@pytest.mark.parametrize("page", DOCS, ids=["ja", "en"])
@pytest.mark.parametrize("name", ["lesson", "quiz", "skillset", "frameworks", "sources", "glossary", "trace"])
def test_documents_show_the_format_that_is_read(page, name):
    """The version that contributors are told to write is the one that every schema asks for."""
    told = {int(number) for number in re.findall(r"^format: (\d+)$", page.read_text("utf-8"), re.M)}
    assert told == {schema_format(name)}

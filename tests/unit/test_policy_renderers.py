"""The classroom policy's renderers: the grammars by rows, and Python and JavaScript to the same letter."""

import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from conftest import ROOT
from komainu import docx
from komainu.load import load
from komainu.policy.adapt import adapt, documents
from komainu.policy.data import prepared
from komainu.policy.ruling import at, runs, true
from komainu.policy.text import html, markdown
from mirror import ask

ROWS = yaml.safe_load((Path(__file__).parents[1] / "cases" / "policy" / "ruling.yml").read_text("utf-8"))
LANGUAGES = ("ja", "en")


@cache
def sources():
    """The real policy and reference."""
    curriculum, _ = load(ROOT, date(2026, 11, 26))
    return curriculum.policy, curriculum.reference


@cache
def data(lang: str) -> dict:
    """The prepared data of one language, as it comes out of its JSON."""
    return json.loads(json.dumps(prepared(*sources(), lang)))


def profiles() -> dict[str, dict]:
    """Every profile, one answered with nothing, and one that somebody filled in badly on purpose."""
    found = {name: plain.data for name, plain in sources()[0].profiles.items()}
    hostile = {
        "school": "<script>alert(1)</script> & **A** {{head}} `x` [y](z) | #1",
        "head": "1. 校長\n- 名前\u3000\u3000", "starts_on": "2026-13-45", "appeal_days": 3.0, "tool_checker": True, "review_on": "来年",
        "stages": ["jhs", "es-lower", "kindergarten"], "years": {"jhs": "nonsense"}, "tasks": {"draft": "no", "code": {"jhs": "nonsense"}},
        "time-place": [], "vetting": "ages",
    }
    own = {"detectors": {"ja.rule": ["わが校は **使わない**。", " ", "1. <b>"], "en.rule": []}, "nothing": {"ja.rule": ["x"]}}
    history = [{"date": "2027-01-05", "text": "案を直した | <i>"}]
    tools = [{"tool": "nothing", "account": "school"}]
    found["empty"] = {"format": 1, "komainu_policy": "1.0.0", "values": {}}
    found["hostile"] = {"format": 1, "komainu_policy": "1.0.0", "values": hostile, "own": own, "history": history, "tools": tools}
    return found


@pytest.mark.parametrize("row", ROWS["rules"], ids=lambda row: json.dumps(row["rule"]))
def test_rule(row):
    """A rule holds for the answers of its row, or not."""
    assert true(row["rule"], lambda path: at(row["values"], path)) is row["holds"]


@pytest.mark.parametrize("row", ROWS["texts"], ids=lambda row: row["text"] or "nothing")
def test_text(row):
    """A text gives the runs of its row."""
    assert runs(row["text"], lambda name: [{"t": row.get("blanks", {}).get(name, "?")}], row["keep"]) == row["runs"]


def test_grammars_are_the_same_in_javascript():
    """Every row, asked of the other half."""
    calls = [["holds", row["rule"], row["values"]] for row in ROWS["rules"]]
    calls += [["runs", row["text"], row.get("blanks", {}), row["keep"]] for row in ROWS["texts"]]
    assert ask(calls) == [row["holds"] for row in ROWS["rules"]] + [row["runs"] for row in ROWS["texts"]]


def wanted(lang: str):
    """Every document of every profile in a language: name of the profile, and what adapt is asked."""
    for name, answers in profiles().items():
        for one in documents(data(lang), answers):
            for body in one["bodies"]:
                yield name, answers, one["id"], body, one["stage"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_documents_are_the_same_in_javascript(lang):
    """Blocks, Markdown and the parts of the Word file are equal to the letter, whatever was answered."""
    cases = list(wanted(lang))
    assert len(cases) > 100
    kept = {"data": data(lang), "parts": docx.parts()} | profiles()
    calls = [["written", {"$kept": "data"}, {"$kept": name}, document, body, stage] for name, _, document, body, stage in cases]
    calls += [["adapt.documents", {"$kept": "data"}, {"$kept": name}] for name in profiles()]
    found = ask(calls, kept)
    for case, theirs in zip(cases, found, strict=False):
        _, answers, document, body, stage = case
        ours = adapt(data(lang), answers, document, body, stage)
        assert theirs["document"] == ours, case[0::2]
        assert theirs["markdown"] == markdown(ours), case[0::2]
        assert theirs["files"] == docx.files(ours, {"komainu.test": "値" * 300}, "学校 & <co>"), case[0::2]
    assert found[len(cases) :] == [documents(data(lang), answers) for answers in profiles().values()]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_school_typed_stays_text(lang):
    """No sign of a school's name becomes a tag, a mark or a blank."""
    answers = profiles()["hostile"]
    document = adapt(data(lang), answers, "rules", lang)
    assert "<script" not in html(document, answers["values"]["school"])
    assert "<script" not in markdown(document)
    assert "\\*\\*A\\*\\*" in markdown(document)
    assert "{{head}}" in html(document)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_profiles_have_no_gap(lang):
    """A profile's documents are complete: nothing is left to fill in, no clause is empty."""
    for name, plain in sources()[0].profiles.items():
        for one in documents(data(lang), plain.data):
            for body in one["bodies"]:
                assert '"gap"' not in json.dumps(adapt(data(lang), plain.data, one["id"], body, one["stage"])), (name, one["id"])


def test_every_voice_is_there():
    """The documents of the plan, in Japanese and English; the letter in plain Japanese too."""
    made = {(one["id"], body) for lang in LANGUAGES for one in documents(data(lang), profiles()["jp-public-school"]) for body in one["bodies"]}
    named = {"rules", "staff", "pupil", "pupil-booklet", "poster", "parents", "tasks", "labels", "misuse", "appeal", "deepfake", "leak"}
    named |= {"opt-out", "tool-form", "register", "mext", "choices", "changes"}
    assert {(name, lang) for name in named for lang in LANGUAGES} <= made
    assert ("parents", "ja-plain") in made

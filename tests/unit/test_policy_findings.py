"""The linter of a school's answers: a case and a near miss for every rule, and Python and JavaScript of one mind."""

import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from conftest import ROOT
from komainu.files import read_yaml
from komainu.policy.data import Policy, prepared, read_policy
from komainu.policy.lint import facts, findings, usable
from komainu.problem import LANGUAGES, Report
from komainu.reference import read_reference
from mirror import ask

TABLE = yaml.safe_load((Path(__file__).parents[1] / "cases" / "policy" / "findings.yml").read_text("utf-8"))
MODULES = ("ruling", "adapt", "lint")


@cache
def policy() -> Policy:
    """The real one."""
    found = read_policy(ROOT, Report())
    assert found is not None
    assert found.whole
    return found


@cache
def data(lang: str) -> dict:
    """The prepared data of one language, as it comes out of its JSON."""
    return json.loads(json.dumps(prepared(policy(), read_reference(ROOT, Report()), lang)))


def answers(change: dict) -> object:
    """The base with the change of a case."""
    if "whole" in change:
        return change["whole"]
    found = TABLE["base"] | {name: value for name, value in change.items() if name not in ("values", "today", "board", "defaults")}
    if change.get("defaults"):
        found["values"] = {one["id"]: one["default"] for clause in data("ja")["clauses"] for one in clause["decisions"]} | found["values"]
    values = found["values"] | change.get("values", {})
    return {name: value for name, value in found.items() if value is not None} | {
        "values": {name: value for name, value in values.items() if value is not None}
    }


def asked(change: dict) -> list:
    """What findings is asked about a change, without the prepared data."""
    return [answers(change), change.get("today", TABLE["today"]), change.get("board")]


CASES = [(case["rule"], case[way], way == "raises") for case in TABLE["cases"] for way in ("raises", "near")]


@pytest.mark.parametrize(("rule", "change", "raised"), CASES, ids=[f"{rule} {'raised' if raised else 'near'} {place // 2}" for place, (rule, _, raised) in enumerate(CASES)])
def test_rule(rule, change, raised):
    """The answers of a case raise its rule, the near miss does not."""
    found = [one["id"] for one in findings(data("ja"), *asked(change))]
    assert (rule in found) is raised


def test_every_rule_has_a_case():
    """No rule is without an example, and no case is for a rule that does not exist."""
    assert {case["rule"] for case in TABLE["cases"]} == {one["id"] for one in data("ja")["findings"]}


def test_findings_are_the_same_in_javascript():
    """Every case in both languages: the same findings with the same words, the same facts, the same usable answers."""
    kept = {lang: data(lang) for lang in LANGUAGES}
    rows = [(lang, asked(change)) for lang in LANGUAGES for _, change, _ in CASES]
    calls = [[f"lint.{name}", {"$kept": lang}, *row] for lang, row in rows for name in ("findings", "facts")]
    calls += [["lint.usable", {"$kept": lang}, row[0]] for lang, row in rows]
    ours = [each for lang, row in rows for each in (findings(data(lang), *row), facts(data(lang), *row))]
    ours += [list(usable(data(lang), row[0])) for lang, row in rows]
    for call, mine, theirs in zip(calls, ours, ask(calls, kept, MODULES), strict=True):
        assert mine == theirs, call[2:]


@pytest.mark.parametrize("name", sorted(policy().profiles))
def test_profiles_have_no_error(name):
    """What we hand out as an example does not contradict itself."""
    given = policy().profiles[name].data
    found = findings(data(given["lang"]), given, date(2026, 11, 27))
    assert [one for one in found if one["level"] == "error"] == []


def test_no_name_is_left_in_a_sentence():
    """Every name in a sentence was filled, in both languages."""
    for lang in LANGUAGES:
        for rule, change, raised in CASES:
            for one in findings(data(lang), *asked(change)):
                assert "{" not in one["what"] or not raised or rule == "own-names", one


def test_order_is_errors_first():
    """Errors stand before warnings, warnings before notes, and within a level the order of the data holds."""
    order = [one["id"] for one in data("ja")["findings"]]
    found = findings(data("ja"), {"values": {"stance": "ban", "years": {"jhs": "supervised"}, "weather": "rain"}}, "2026-11-27")
    assert found == sorted(found, key=lambda one: (("error", "warning", "note").index(one["level"]), order.index(one["id"])))
    assert {one["level"] for one in found} == {"error", "warning", "note"}


def test_clauses_of_a_fact_are_named():
    """A finding leads to the clauses that its fact was found in."""
    found = {one["id"]: one for one in findings(data("en"), answers({"values": {"consent": "maybe", "detectors": "always"}}), "2026-11-27")}
    assert found["wrong-options"]["clauses"] == ["consent", "detectors"]


def test_facts_cut_long_words():
    """A name of a thousand signs does not fill the page."""
    assert facts(data("ja"), {"values": {"雨" * 1000: 1}}, "2026-11-27")["unknown"] == ["雨" * 39 + "…"]


def test_answers_are_not_changed():
    """What was handed in is afterwards as it was."""
    given = {"values": {"stages": "jhs", "tasks": {"draft": "no"}, "starts_on": "2027/4/8"}, "tools": ["claude"], "own": {"detectors": {"ja.rule": "a\nb"}}}
    before = json.dumps(given)
    taken, _ = usable(data("ja"), given)
    assert json.dumps(given) == before
    assert taken["own"] == {"detectors": {"ja.rule": ["a", "b"]}}
    assert taken["values"]["stages"] == ["jhs"]


def test_findings_file_is_read_strictly():
    """The data keeps to its form."""
    report = Report()
    assert read_yaml(ROOT, "classroom_policy/findings.yml", "policy-findings", report)
    assert list(report) == []

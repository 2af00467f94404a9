"""Whatever JSON value stands where a school's answers should: the linter and the renderers take it, in Python and in JavaScript."""

import json
import random
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import ROOT
from komainu import docx
from komainu.policy.adapt import adapt, documents
from komainu.policy.data import prepared, read_policy
from komainu.policy.lint import facts, findings, usable
from komainu.policy.text import html, markdown
from komainu.problem import Report
from komainu.reference import read_reference
from mirror import ask

TODAY = "2026-11-27"
WORDS = ["", "jhs", "es-lower, jhs", "no", "none", "supervised", "permit", "ban", "teacher", "free", "2027/4/1", "令和9年4月1日", "2027-02-30", "99999999999-1-1", "10日", "-3",
         "**A** {{head}} | <b>", "\x00\ud800\ufffe", "𠮷野家", "a\nb", "＿＿＿", "gemini", "school", "雨" * 3000, "9" * 5000]  # fmt: skip
NAMES = ["__proto__", "constructor", "toString", "0", "jhs", "es-lower", "draft", "ideas", "ja.rule", "en.pupil.secondary", "ja.poster", "tool", "account", "date", "text", "𠮷", "\ud800x", "\uffee"]
TOP = ["values", "tools", "own", "history", "lang", "format", "komainu_policy", "profile"]


@cache
def data(lang: str) -> dict:
    """The prepared data of the real policy."""
    policy = read_policy(ROOT, Report())
    assert policy is not None
    return json.loads(json.dumps(prepared(policy, read_reference(ROOT, Report()), lang)))


@cache
def questions() -> list[str]:
    """The id of every question."""
    ja = data("ja")
    return [one["id"] for one in [*ja["setup"], *ja["blanks"], *(one for clause in ja["clauses"] for one in clause["decisions"])]]


def all_keys() -> list[str]:
    """Keys that mean something somewhere, and some that are traps."""
    clauses = [clause["id"] for clause in data("ja")["clauses"]]
    return [*NAMES, *TOP, *questions(), *clauses[:9]]


ATOMS = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=6) | st.sampled_from(WORDS)
KEYS = st.deferred(lambda: st.sampled_from(all_keys()) | st.text(max_size=3))
JSON = st.recursive(ATOMS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6), max_leaves=12)
VALUES = st.deferred(lambda: st.dictionaries(st.sampled_from(questions()), JSON, max_size=8))
ANSWERS = JSON | st.fixed_dictionaries({"values": VALUES | JSON}, optional=dict.fromkeys(TOP[1:], JSON))


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(ANSWERS, st.none() | ANSWERS, st.sampled_from(["ja", "en"]), st.integers(0, 99))
def test_any_value_is_taken(value, board, lang, number):
    """Findings, and a document with its Markdown and page, come of any value; what is usable stays as it is the second time."""
    taken, first = usable(data(lang), value)
    assert usable(data(lang), taken) == (taken, [])
    assert all(one in findings(data(lang), value, TODAY, board) for one in first)
    facts(data(lang), value, TODAY, board)
    made = documents(data(lang), taken)
    chosen = made[number % len(made)]
    document = adapt(data(lang), taken, chosen["id"], chosen["bodies"][0], chosen["stage"])
    (markdown(document) + html(document)).encode()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.text(min_size=1, max_size=4), JSON, max_size=4))
def test_unknown_keys_stay(extra):
    """What we do not know is neither changed nor lost."""
    unknown = {f"x {name}": value for name, value in extra.items()}
    taken, _ = usable(data("ja"), {"values": {"stages": ["jhs"], **unknown}, **unknown})
    assert {**taken, "values": None} == {"values": None, **unknown}
    assert taken["values"] == {"stages": ["jhs"], **unknown}


def test_a_very_deep_value_is_taken():
    """Depth is no danger, because nothing unknown is looked into."""
    deep: object = "jhs"
    for _ in range(50_000):
        deep = [deep]
    for name in ("stages", "years", "tasks", "consent", "school", "starts_on", "appeal_days"):
        taken, found = usable(data("ja"), {"values": {name: deep}, "own": {"detectors": {"ja.rule": [deep]}}})
        assert name not in taken["values"]
        assert [one["id"] for one in found] == ["answers-dropped"]


def thing(chance: random.Random, depth: int = 0) -> object:
    """A JSON value by chance."""
    kind = chance.randrange(9)
    if kind < 2 and depth < 4:
        return [thing(chance, depth + 1) for _ in range(chance.randrange(4))]
    if kind < 5 and depth < 4:
        return {chance.choice(all_keys()): thing(chance, depth + 1) for _ in range(chance.randrange(6))}
    return chance.choice([None, True, False, 0, -1, 7, 2.5, 1e-7, 1e21, 20270401, *WORDS])


def sheet(chance: random.Random) -> object:
    """Answers by chance, half of them nearly right."""
    if chance.random() < 0.2:
        return thing(chance)
    options = {one["id"]: [option["id"] for option in one.get("options", ())] for one in [*data("ja")["setup"], *(one for clause in data("ja")["clauses"] for one in clause["decisions"])]}
    values = {name: chance.choice([*options.get(name, []), thing(chance)]) for name in chance.sample(questions(), 12)}
    own = {chance.choice(all_keys()): {chance.choice(NAMES): thing(chance)} for _ in range(3)}
    tools = [{"tool": tool["id"], "account": tool["accounts"][0]["id"]} for tool in chance.sample(data("ja")["tools"], 2)]
    extra = {name: thing(chance) for name in chance.sample(TOP[1:], 3)}
    return {"values": values, "own": own, "tools": [*tools, thing(chance)]} | extra


def test_javascript_takes_the_same():
    """A batch of values: the same usable answers, the same findings, the same documents as in Python."""
    chance = random.Random(20261127)
    sheets = [sheet(chance) for _ in range(240)]
    rows = [(chance.choice(["ja", "en"]), value, chance.choice([None, *sheets])) for value in sheets]
    calls, ours = [], []
    for lang, value, board in rows:
        taken, found = usable(data(lang), value)
        chosen = chance.choice(documents(data(lang), taken))
        asked = (chosen["id"], chosen["bodies"][0], chosen["stage"])
        document = adapt(data(lang), taken, *asked)
        calls += [["lint.usable", {"$kept": lang}, value], ["lint.findings", {"$kept": lang}, value, TODAY, board], ["written", {"$kept": lang}, taken, *asked]]
        ours += [[taken, found], findings(data(lang), value, TODAY, board), {"document": document, "markdown": markdown(document)}]
    theirs = ask(calls, {"ja": data("ja"), "en": data("en"), "parts": docx.parts()}, ("ruling", "adapt", "text", "docx", "lint"))
    for call, mine, other in zip(calls, ours, theirs, strict=True):
        other = {name: other[name] for name in ("document", "markdown")} if call[0] == "written" and "error" not in other else other
        assert json.loads(json.dumps(mine)) == other, call

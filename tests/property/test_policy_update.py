"""Whatever a school did to its Word file, every sentence of it is in the result or in the report; damaged files stop with a sentence."""

import base64
import dataclasses
import json
import random
import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import word
from komainu.docx import docx
from komainu.docx_reading import Word, read_docx
from komainu.policy.adapt import adapt
from komainu.policy.files import properties
from komainu.policy.placing import LABEL, key
from komainu.policy.report import report
from komainu.policy.tracked import tracked_docx
from komainu.policy.update import answers_after, update
from komainu.problem import Unable
from mirror import ask
from policy_world import answers, first, later

CLAUSES = ("stance", "scope", "verify", "tasks", "exams", "detectors", "never-type", "reliance", "smartwatches")
TODAY = "2027-06-01"
LETTERS = "あいうのを、。生成使用児童校長AIx 0123（）()第条章2.・-"


@cache
def small(new: bool) -> dict:
    """The Japanese policy with a few of its clauses: quick to compare again and again."""
    prepared = (later() if new else first())["ja"]
    return prepared | {"clauses": [one for one in prepared["clauses"] if one["id"] in CLAUSES]}


@cache
def file(ident: str, stage: str | None) -> bytes:
    """A Word file of the small policy."""
    document = adapt(small(new=False), answers(), ident, "ja", stage)
    return docx(document, properties(answers(), "1.0.0", document))


texts = st.text(LETTERS, min_size=1, max_size=30)
edits = st.lists(
    st.tuples(
        st.sampled_from(["insert", "delete", "move", "rewrite", "split", "merge", "unmark", "clause", "table", "heading", "swap title"]),
        st.integers(0, 10_000), st.integers(0, 10_000), texts,
    ),
    max_size=12,
)  # fmt: skip


def edit(body, name: str, a: int, b: int, text: str) -> None:
    """One thing that a person does to a document."""
    paras = [one for one in body if one.tag == f"{word.W}p"]
    here, there = paras[a % len(paras)], b % len(paras)
    at = list(body).index(here)
    if name == "insert":
        body.insert(at, word.para(text))
    elif name == "heading":
        body.insert(at, word.para(text, "Heading2"))
    elif name == "table":
        body.insert(at, word.table([text, "欄"], ["値", text]))
    elif name == "rewrite":
        word.rewrite(here, text)
    elif name == "swap title":
        word.rewrite(here, f"第{a % 60 + 1}条（{text}）")
    elif name == "split":
        whole = word.text_of(here)
        word.rewrite(here, whole[: len(whole) // 2])
        body.insert(at + 1, word.para(whole[len(whole) // 2 :]))
    elif name == "merge" and here is not paras[-1]:
        after = paras[paras.index(here) + 1]
        word.rewrite(here, word.text_of(here) + word.text_of(after))
        body.remove(after)
    elif name == "delete" and len(paras) > 1:
        body.remove(here)
    elif name == "move":
        body.remove(here)
        body.insert(there, here)
    elif name == "clause":
        moved = paras[a % len(paras) : a % len(paras) + 4]
        for one in moved:
            body.remove(one)
        for one in reversed(moved):
            body.insert(min(there, len(body) - 1), one)
    elif name == "unmark":
        for mark in [one for one in here if "bookmark" in one.tag]:
            here.remove(mark)


def edited(raw: bytes, changes: list) -> bytes:
    """A file after all that."""
    def all_of_it(body):
        for change in changes:
            edit(body, *change)

    return word.edited(raw, all_of_it)


def runs_in(value) -> list[list[dict]]:
    """Every row of runs in a document."""
    if isinstance(value, dict):
        return [runs for one in value.values() for runs in runs_in(one)]
    if isinstance(value, list) and value and all(isinstance(one, dict) and "t" in one for one in value):
        return [value]
    return [runs for one in value for runs in runs_in(one)] if isinstance(value, list) else []


def everything(found, after: dict) -> str:
    """All that a school can read after the update: its documents, its answers, the report before and after each change."""
    lines = [text.removeprefix("・") for one in after["own"].values() for texts in one.values() for text in texts]
    lines += word.texts(docx(adapt(small(new=True), after, found.files[0].document["id"], "ja", found.files[0].document["stage"]), {}))
    for runs in runs_in(report(small(new=True), found)["blocks"]):
        lines += ["".join(run["t"] for run in runs if gone not in run) for gone in ("ins", "del")]
    return "\n".join(key(line) for line in lines)


def there(text: str, everywhere: str, titles: list[str]) -> bool:
    """Whether a sentence is somewhere; our title may have been taken off its front, or a typed number."""
    text = text.removeprefix(next((title for title in titles if text.startswith(title)), ""))
    if key(text) in everywhere or key(LABEL.sub("", text)) in everywhere:
        return True
    return all(key(piece) in everywhere for piece in re.split(r"[（）()]|第[0-9]+条|^[0-9]+\.", text))


@pytest.mark.parametrize(("ident", "stage"), [("rules", None), ("pupil", "jhs")])
@settings(max_examples=30, deadline=None)
@given(changes=edits)
def test_nothing_is_lost(ident, stage, changes):
    """Every sentence of the school's file is in its new documents, in its answers or in the report; rejecting gives its file back."""
    raw = edited(file(ident, stage), changes)
    found = update({"ja": small(new=True)}, None, [read_docx(raw)])
    after = answers_after(found, TODAY)
    everywhere = everything(found, after)
    titles = [line.text for line in read_docx(file(ident, stage)).lines if line.level]  # ours, and gone with the last text below them
    assert [text for text in word.texts(raw) if not there(text, everywhere, titles)] == []
    tracked = tracked_docx(small(new=True), found.files[0], after, TODAY)
    assert word.texts(word.rejected(tracked)) == word.texts(raw)
    assert read_docx(tracked).answers == after


@settings(max_examples=150, deadline=None)
@given(places=st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 255)), min_size=1, max_size=20), cut=st.integers(0, 100_000))
def test_a_damaged_file_stops_with_a_sentence(places, cut):
    """A file with any bytes changed, or cut off, is read or refused; nothing else happens."""
    raw = bytearray(file("pupil", "jhs"))
    for place, value in places:
        raw[place % len(raw)] = value
    read_or_refused(bytes(raw[: cut % len(raw)] if cut % 3 == 0 else raw))


@settings(max_examples=150, deadline=None)
@given(
    name=st.sampled_from(["word/document.xml", "word/styles.xml", "docProps/custom.xml", "_rels/.rels", "word/footer1.xml"]),
    places=st.lists(st.tuples(st.integers(0, 1_000_000), st.sampled_from([b"<", b">", b"&", b'"', b"/", b"\x00", b"\xff", b"w:", b"<!DOCTYPE", b"", b"9"])), max_size=8),
)
def test_damaged_xml_stops_with_a_sentence(name, places):
    """The same for damage within the XML, where a zip's checksum does not notice it; an update of it ends the same way."""
    parts = word.parts(file("pupil", "jhs"))
    raw = bytearray(parts[name])
    for place, piece in places:
        at = place % (len(raw) + 1)
        raw[at : at + len(piece) // 2 + 1] = piece
    found = read_or_refused(word.packed(parts | {name: bytes(raw)}))
    if found:
        in_one_sentence(lambda: answers_after(update({"ja": small(new=True)}, None, [found]), TODAY))


def read_or_refused(raw: bytes) -> Word | None:
    """The file read, or None after a sentence."""
    return in_one_sentence(lambda: read_docx(raw))


def in_one_sentence(work):
    """What the work gives, or None when it stopped with a sentence; anything else is a failure."""
    try:
        return work()
    except Unable as error:
        sentences = error.ja, error.en
    assert all(sentences)
    return None


json_values = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3), max_leaves=8)
names = st.sampled_from(["stages", "years", "tasks", "tools", "school", "scope-tools", "starts_on", "law", "level", "detectors", "exams"])


@settings(max_examples=60, deadline=None)
@given(values=st.dictionaries(names, json_values, max_size=6), own=st.dictionaries(names, json_values, max_size=3), rest=st.dictionaries(st.sampled_from(["tools", "history", "lang", "profile"]), json_values))
def test_answers_of_any_kind(values, own, rest):
    """Answers with anything in them are compared like others."""
    found = update({"ja": small(new=True)}, {"komainu_policy": "1.0.0", "values": values, "own": own, **rest})
    assert answers_after(found, TODAY)["komainu_policy"] == "1.1.0"


def test_javascript_agrees_after_any_work():
    """The browser comes to the same states, unplaced texts and answers for files that were worked on at random."""
    draw = random.Random(20261126)
    kinds = ["insert", "delete", "move", "rewrite", "split", "merge", "unmark", "clause", "table", "heading", "swap title"]

    def change():
        return draw.choice(kinds), draw.randrange(10_000), draw.randrange(10_000), "".join(draw.choices(LETTERS, k=draw.randint(1, 20)))

    files = [edited(file(*draw.choice([("rules", None), ("pupil", "jhs")])), [change() for _ in range(draw.randint(1, 12))]) for _ in range(40)]
    data = {"ja": small(new=True)}
    for raw, js in zip(files, ask([["updated", {"$kept": "data"}, None, [base64.b64encode(raw).decode()], {}] for raw in files], {"data": data}, ("update",)), strict=True):
        found = update(data, None, [read_docx(raw)])
        assert [(row["name"], row["state"], row["yours"]) for row in js["rows"]] == [(row.name, row.state, row.yours) for row in found.rows]
        assert js["unplaced"] == json.loads(json.dumps([dataclasses.asdict(one) for one in found.unplaced]))
        assert js["after"] == answers_after(found, TODAY)

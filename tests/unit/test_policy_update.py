"""A school takes its policy to a new edition: nothing that it wrote is lost, and nothing is decided for it."""

import base64
import dataclasses
import json
from copy import deepcopy
from pathlib import Path

import pytest
import yaml

import word
from komainu.docx import docx
from komainu.docx_reading import read_docx
from komainu.policy.adapt import adapt
from komainu.policy.data import as_of, labels
from komainu.policy.phrases import marked
from komainu.policy.report import report
from komainu.policy.text import html, markdown
from komainu.policy.tracked import tracked_docx
from komainu.policy.update import answers_after, as_it_was, state, undecided, update
from komainu.problem import Unable
from mirror import ask
from policy_world import all_made, answers, first, later, made, profiles
from second_edition import VERSION, clause_of

TABLE = yaml.safe_load((Path(__file__).parents[1] / "cases" / "policy" / "update.yml").read_text("utf-8"))
TODAY = "2027-06-01"
DETECTORS = "教員は、児童生徒の提出物の評価及び指導に"
OURS = "本校の教員は、児童生徒の提出物の評価及び指導に、生成AI検出ツールを一切用いない。"


@pytest.mark.parametrize("row", TABLE["rows"], ids=lambda row: row["title"])
def test_state(row):
    """Three texts have one state."""
    assert state(row["old"], row["fresh"], row["yours"]) == row["state"]


@pytest.mark.parametrize("row", TABLE["phrases"], ids=lambda row: row["title"])
def test_phrases(row):
    """Where a phrase changed, only the phrase is marked, and both sentences can be read from the marks."""
    (runs,) = marked([row["old"]], [row["new"]], row["lang"])
    assert "".join(run["t"] for run in runs if "ins" not in run) == row["old"]
    assert "".join(run["t"] for run in runs if "del" not in run) == row["new"]
    plain = "|".join(run["t"] for run in runs if not {"ins", "del"} & set(run))
    assert all(text in plain for text in row["stays"])


# --- editions ------------------------------------------------------------------------------------


def test_a_clause_as_it_was():
    """The oldest words newer than an edition are those of that edition; a clause has none before it came and after it went."""
    text = [{"rule": [word]} for word in ("一", "二", "三")]
    changes = [{"version": "1.10.0", "was": text[1]}, {"version": "1.9.0", "was": text[0]}, {"version": "1.2.0"}]
    clause = {"text": text[2], "changes": changes, "removed": {"version": "2.0.0"}}
    found = {version: as_of(clause, version) for version in ("1.1.9", "1.2.0", "1.8.0", "1.9.0", "1.10.0", "1.99.0", "2.0.0")}
    assert found == {"1.1.9": None, "1.2.0": text[0], "1.8.0": text[0], "1.9.0": text[1], "1.10.0": text[2], "1.99.0": text[2], "2.0.0": None}


def test_the_first_edition_comes_back():
    """The second edition, as it was in the first, is the first."""
    for lang, prepared in later().items():
        then = as_it_was(prepared, "1.0.0")
        assert [one["id"] for one in then["clauses"]] == [one["id"] for one in first()[lang]["clauses"]]
        assert [one["text"] for one in then["clauses"]] == [one["text"] for one in first()[lang]["clauses"]]


def test_changes_are_prepared():
    """The prepared data carry every change of a clause, newest first, and what it replaced."""
    for clause in first()["ja"]["clauses"]:
        assert clause["changes"]
        assert all(set(one) <= {"version", "date", "text", "sources", "was"} for one in clause["changes"])


# --- answers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", profiles())
def test_the_same_edition_changes_nothing(profile):
    """With untouched files of today's edition there is nothing to do: every clause is the same, every line has its place."""
    found = update(first(), answers(profile), [read_docx(raw) for raw in all_made(profile).values()])
    assert {row.state for row in found.rows} == {"same"}
    assert found.unplaced == []
    after = answers_after(found, TODAY)
    assert {name: value for name, value in after.items() if name != "history"} == {"tools": [], "own": {}} | answers(profile)


@pytest.mark.parametrize("profile", profiles())
def test_an_untouched_policy_takes_what_is_new(profile):
    """Where the school changed nothing, ours of today is taken, a new clause is named with what there is to decide."""
    found = update(later(), answers(profile))
    states = {(row.id, row.state) for row in found.rows if row.state != "same"}
    assert states <= {("detectors", "new"), ("verify", "new"), ("smartwatches", "added"), ("reliance", "removed")}
    added = [row for row in found.rows if row.state == "added"]
    assert all(one["default"] for row in added for one in row.decisions)
    after = answers_after(found, TODAY)
    assert after["komainu_policy"] == VERSION
    assert set(after["own"]) <= {"reliance"}


def test_words_of_the_school_stay():
    """Its own words are kept, in a conflict too; a choice takes ours or a third text; the change log says what waits."""
    given = answers() | {"own": {"detectors": {"ja.rule": [OURS]}, "exams": {"ja.staff": ["本校の試験。", "・持ち物"]}, "unknown": {"ja.rule": ["遠い昔。"]}}}
    found = update(later(), given)
    states = {row.name: row.state for row in found.rows}
    assert (states["detectors/ja.rule"], states["detectors/en.rule"], states["exams/ja.staff"]) == ("both", "new", "kept")
    after = answers_after(found, TODAY)
    assert {name: after["own"][name] for name in given["own"]} == given["own"]
    assert "検討中: 生成AI検出ツール" in after["history"][-1]["text"]
    decided = {"detectors/ja.rule": "fresh", "exams/ja.staff": ["三つめの文。"], **{row.name: "fresh" for row in undecided(found)}}
    after = answers_after(found, TODAY, decided)
    assert after["own"] == {"exams": {"ja.staff": ["三つめの文。"]}, "unknown": {"ja.rule": ["遠い昔。"]}}
    assert "検討中" not in after["history"][-1]["text"]


def test_a_clause_that_went_stays_until_somebody_decides():
    """A removed clause stands in the documents as long as the school keeps it, and is gone when it lets it go."""
    found = update(later(), answers())
    kept = answers_after(found, TODAY)
    gone = answers_after(found, TODAY, {row.name: "fresh" for row in found.rows if row.state == "removed"})
    shown = [{block.get("id") for block in adapt(later()["ja"], one, "rules", "ja")["blocks"]} for one in (kept, gone)]
    assert ["reliance" in one for one in shown] == [True, False]


def test_words_for_a_clause_that_is_new():
    """A school that had words for a clause before we did keeps them."""
    given = answers() | {"own": {"smartwatches": {"ja.rule": ["腕時計は外す。"]}}}
    assert answers_after(update(later(), given), TODAY)["own"]["smartwatches"] == {"ja.rule": ["腕時計は外す。"]}


def test_answers_that_are_none():
    """Answers in a wrong form are left out by name, and the rest is used; nothing of it breaks."""
    given = {
        "komainu_policy": "1.0.0", "values": {"stages": 5, "tools": ["x"], "years": {"jhs": []}, "tasks": {"draft": 3}, "school": True, "scope-tools": "x", "gone": 1},
        "own": {"detectors": {"ja.rule": "x", "en.rule": [1]}, "exams": []}, "tools": ["x", {"tool": 1}], "history": [{"date": 1}, "x"],
    }  # fmt: skip
    found = update(later(), given)
    assert found.dropped == ["school", "scope-tools", "stages", "tasks", "tools", "years"]
    assert found.answers == {"komainu_policy": "1.0.0", "values": {"gone": 1}, "own": {}, "tools": []}


@pytest.mark.parametrize(
    ("why", "given", "files"),
    [
        ("none", None, lambda: [word.without(made("rules"), "docProps/custom.xml")]),
        ("edition", {"komainu_policy": "一", "values": {}}, lambda: []),
        ("edition", {"values": {}}, lambda: []),
        ("newer", {"komainu_policy": "9.0.0", "values": {}}, lambda: []),
        ("document", {"komainu_policy": "1.0.0", "values": {}}, lambda: [word.packed({"word/document.xml": b"<a/>"})]),
    ],
)
def test_what_stops_an_update(why, given, files):
    """Without answers, with an edition that is none or too new, or with a file of something else, it stops with a sentence."""
    with pytest.raises(Unable) as caught:
        update(later(), given, [read_docx(raw) for raw in files()])
    words = labels()[f"stopped-{why}"]
    assert caught.value.ja.startswith(words["ja"].split("#")[0])
    assert caught.value.en.startswith(words["en"].split("#")[0])
    sent = [base64.b64encode(raw).decode() for raw in files()]
    assert ask([["updated", later(), given, sent]], modules=("update",)) == [{"why": why}]


# --- Word files ----------------------------------------------------------------------------------


def at_work(body) -> None:
    """What a school may do to its rules in one afternoon."""
    word.rewrite(word.paragraph(body, DETECTORS), OURS)
    after = list(body).index(word.paragraph(body, "児童生徒は、生成AIの出力に含まれる事実を"))
    body.insert(after + 1, word.para("本校では図書館の資料を一つ含める。"))
    renamed = word.paragraph(body, "（この定めの位置付け）")
    word.rewrite(renamed, "（規程の位置付け）")
    at = list(body).index(renamed)
    body.insert(at, word.para("第61条（スマートフォン）", "Heading2"))
    body.insert(at + 1, word.para("校内では、電源を切る。"))
    body.insert(5, word.table(["係", "人"], ["長", "佐藤"]))


def as_typed(body) -> None:
    """What is left when numbering, styles and bookmarks were lost on the way: everything is plain text."""
    article = paragraph = item = 0
    for one in list(body):
        if one.tag != f"{word.W}p":
            continue
        shape, text = one.find(f"{word.W}pPr"), word.text_of(one)
        level = shape.find(f"{word.W}numPr/{word.W}ilvl") if shape is not None else None
        heading = shape is not None and shape.find(f"{word.W}pStyle") is not None and shape.find(f"{word.W}pStyle").get(f"{word.W}val")
        number = level.get(f"{word.W}val") if level is not None else ""
        if heading == "Heading2" and number == "1":
            article, paragraph, text = article + 1, 1, f"第{article + 1}条{text}"
        elif number == "2":
            paragraph, item, text = paragraph + 1, 0, f"{'０１２３４５６７８９'[(paragraph + 1) % 10]}　{text}"
        elif number == "0" and heading != "Heading1":
            item, text = item + 1, f"({item + 1})　{text}"
        elif article and not number:
            item = 0
        one.clear()
        one.append(word.run(text))


VARIANTS = {
    "as saved by Word": lambda raw: raw,
    "without bookmarks": lambda raw: word.edited(raw, lambda body: [one.remove(mark) for one in body.iter() for mark in list(one) if "bookmark" in mark.tag]),
    "without properties": lambda raw: word.without(raw, "docProps/custom.xml"),
    "without styles": lambda raw: word.without(raw, "word/styles.xml", "word/numbering.xml"),
    "as plain text": lambda raw: word.edited(raw, as_typed),
}


DOCUMENTS = [("rules", "ja", None), ("rules", "en", None), ("staff", "ja", None), ("pupil", "ja", "jhs"), ("guideline", "en", None)]
WAYS = [*((name, *one) for name in VARIANTS for one in DOCUMENTS if name != "as plain text"), ("as plain text", *DOCUMENTS[0])]


@pytest.mark.parametrize(("name", "ident", "body", "stage"), WAYS)
def test_untouched_on_any_way(name, ident, body, stage):
    """A file that lost its marks on its way through other programs is still the same to us."""
    word_file = read_docx(VARIANTS[name](made(ident, body, stage)))
    found = update(first(), answers(), [word_file])
    assert [(row.name, row.yours, row.old) for row in found.rows if row.state != "same"] == []
    assert found.unplaced == []


@pytest.mark.parametrize("name", VARIANTS)
def test_edited_on_any_way(name):
    """What the school did is found again, and each sentence of it is in the answers or named as unplaced."""
    raw = VARIANTS[name](word.edited(made("rules"), at_work))
    found = update(later(), answers(), [read_docx(raw)])
    states = {row.name: row.state for row in found.rows if row.key == "ja.rule" and row.state != "same"}
    assert states == {"detectors/ja.rule": "both", "verify/ja.rule": "kept", "smartwatches/ja.rule": "added", "reliance/ja.rule": "removed"}
    own = answers_after(found, TODAY)["own"]
    assert own["detectors"]["ja.rule"][0] == OURS
    assert own["verify"]["ja.rule"][1] == "本校では図書館の資料を一つ含める。"
    unplaced = " ".join(one.text for one in found.unplaced)
    assert all(text in unplaced for text in ("規程の位置付け", "第61条（スマートフォン）", "校内では、電源を切る。", "係 人 長 佐藤"))


def test_a_clause_taken_out():
    """A clause that the school took out of its file is not written again."""
    def cut(body):
        start = list(body).index(word.paragraph(body, "（生成AI検出ツール）"))
        for one in list(body)[start : start + 3]:
            body.remove(one)

    found = update(first(), answers(), [read_docx(word.edited(made("rules"), cut))])
    assert [(row.name, row.yours) for row in found.rows if row.state != "same"] == [("detectors/ja.rule", [])]
    shown = adapt(first()["ja"], answers_after(found, TODAY), "rules", "ja")["blocks"]
    assert "detectors" not in {block.get("id") for block in shown}


def test_items_stay_items():
    """An item that the school put into a list is an item in its own words, and in the next document."""
    def more(body):
        at = list(body).index(word.paragraph(body, "教職員")) + 1
        new = word.copy_of(list(body)[at - 1])
        word.rewrite(new, "学校図書館の職員")
        body.insert(at, new)

    found = update(first(), answers(), [read_docx(word.edited(made("rules"), more))])
    after = answers_after(found, TODAY)
    assert "・学校図書館の職員" in after["own"]["scope"]["ja.rule"]
    scope = next(block for block in adapt(first()["ja"], after, "rules", "ja")["blocks"] if block.get("id") == "scope")
    assert "学校図書館の職員" in [item["runs"][0]["t"] for para in scope["paras"] for item in para["items"]]


def test_several_files_at_once():
    """Two files of one school each speak for their own register."""
    staff = word.edited(made("staff"), lambda body: word.rewrite(list(body)[-2], "最後の行。"))
    rules = word.edited(made("rules"), at_work)
    found = update(first(), None, [read_docx(rules), read_docx(staff)])
    changed = {row.key for row in found.rows if row.state == "kept"}
    assert changed == {"ja.rule", "ja.staff"}


# --- reports and tracked changes -----------------------------------------------------------------


def after_work() -> tuple:
    """A school's file, what the update found in it, and the new answers."""
    raw = word.edited(made("rules"), at_work)
    found = update(later(), None, [read_docx(raw)])
    return raw, found, answers_after(found, TODAY)


def expected(found, given) -> list[str]:
    """The new document with what stays of the school's file, sorted: order is looked at elsewhere."""
    new = word.texts(docx(adapt(later()["ja"], given, "rules", "ja"), {}))
    new[new.index("（この定めの位置付け）")] = "（規程の位置付け）"
    return sorted([*new, "第61条（スマートフォン）", "校内では、電源を切る。", "係", "人", "長", "佐藤"])


@pytest.mark.parametrize("choice", ["yours", "fresh"])
def test_tracked_changes(choice):
    """Accepting all gives the new document and what could not be placed; rejecting all gives the school's file back."""
    raw, found, _ = after_work()
    after = answers_after(found, TODAY, {row.name: choice for row in undecided(found)})
    tracked = tracked_docx(later()["ja"], found.files[0], after, TODAY)
    assert word.texts(word.rejected(tracked)) == word.texts(raw)
    assert sorted(word.texts(word.accepted(tracked))) == expected(found, after)
    assert f'w:author="Komainu {VERSION}"' in word.parts(tracked)["word/document.xml"].decode()
    assert read_docx(tracked).answers == after
    again = read_docx(tracked)
    cells = {cell for line in again.lines for row in line.rows for cell in row}
    assert [line.text for line in again.lines if line.kind == "p"] == [text for text in word.texts(word.accepted(tracked)) if text not in cells]


def test_a_phrase_is_tracked_and_not_its_sentence():
    """In the Word file, too, only the phrase that changed is marked."""
    found = update(later(), None, [read_docx(made("rules"))])
    tracked = tracked_docx(later()["ja"], found.files[0], answers_after(found, TODAY), TODAY)
    assert '<w:t xml:space="preserve">(第二版)</w:t></w:r></w:ins>' in word.parts(tracked)["word/document.xml"].decode()
    assert "<w:delText" not in word.parts(tracked)["word/document.xml"].decode()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_report(lang):
    """The report shows both sides of a conflict with the reason and its source, marks phrases, and lists what is unplaced."""
    _, found, _ = after_work()
    page, text = html(report(later()[lang], found)), markdown(report(later()[lang], found))
    for word_ in ("<ins>本校の</ins>", "<ins>(第二版)</ins>", "https://example.org/made-up", "校内では、電源を切る。", "係 人 長 佐藤", "規程の位置付け"):
        assert word_ in page
    assert "<ins>本校の</ins>教員は" in text
    assert "<script" not in page
    assert page.count("<h1") == 1


def test_a_report_shows_text_as_text():
    """Whatever a school typed stays text in the report."""
    given = answers() | {"own": {"detectors": {"ja.rule": ["<script>alert(1)</script> **x** | y"]}}}
    found = update(later(), given)
    assert "<script>alert" not in html(report(later()["ja"], found))
    assert r"\*\*x\*\* \| y" in markdown(report(later()["ja"], found))


# --- the browser's half --------------------------------------------------------------------------


def plain(found, after) -> dict:
    """What both halves have to agree on."""
    rows = [{name: value for name, value in dataclasses.asdict(row).items() if name != "marked"} | {"name": row.name} for row in found.rows]
    whole = {"rows": rows, "unplaced": [dataclasses.asdict(one) for one in found.unplaced], "answers": found.answers, "dropped": found.dropped, "after": after}
    return json.loads(json.dumps(whole))


def test_javascript_comes_to_the_same():
    """The browser finds the same states, unplaced texts and answers, for every way a file may have gone."""
    edited = word.edited(made("rules"), at_work)
    files = [[variant(edited)] for variant in VARIANTS.values()]
    files += [[made("pupil", stage="jhs"), made("staff")], [made("parents", "ja-plain")], [word.edited(made("rules"), as_typed)], []]
    own = answers() | {"own": {"detectors": {"ja.rule": [OURS, "・甲", "乙"]}, "smartwatches": {"en.rule": ["Off."]}, "gone": {"ja.rule": ["x"]}}, "lang": "en"}
    strange = {"komainu_policy": "1.0.0", "values": {"stages": 5, "tasks": {"draft": 3}, "gone": 1}, "own": {"exams": []}, "tools": ["x"], "history": ["x"]}
    jobs = [(answers(), one, {}) for one in files] + [(own, [edited], {"detectors/ja.rule": "fresh", "exams/ja.rule": ["甲"]}), (strange, [], {})]
    calls = [["updated", {"$kept": "data"}, given, [base64.b64encode(raw).decode() for raw in raws], choices] for given, raws, choices in jobs]
    for (given, raws, choices), js in zip(jobs, ask(calls, {"data": later()}, ("update",)), strict=True):
        found = update(later(), deepcopy(given), [read_docx(raw) for raw in raws])
        wanted = plain(found, answers_after(found, TODAY, choices))
        assert {name: js.get(name, js) for name in wanted} | {"rows": [{k: v for k, v in row.items() if k != "marked"} for row in js["rows"]]} == wanted
        for row in js["rows"]:
            for side in ("yours", "fresh"):
                assert ["".join(run["t"] for run in line if "del" not in run) for line in row["marked"][side] if not all("del" in run for run in line)] == row[side]


def test_javascript_states():
    """The browser has the same state for every row of the table, and marks phrases, not sentences."""
    calls = [["update.state", row["old"], row["fresh"], row["yours"]] for row in TABLE["rows"]]
    assert ask(calls, modules=("update",)) == [row["state"] for row in TABLE["rows"]]
    for row, (runs,) in zip(TABLE["phrases"], ask([["phrases.marked", [row["old"]], [row["new"]], row["lang"]] for row in TABLE["phrases"]], modules=("phrases",)), strict=True):
        assert "".join(run["t"] for run in runs if "ins" not in run) == row["old"]
        assert "".join(run["t"] for run in runs if "del" not in run) == row["new"]
        assert any(not {"ins", "del"} & set(run) for run in runs)


def test_the_made_up_edition_is_one():
    """The second edition of these tests has a change, a new clause and a removed one."""
    clause = clause_of(later()["ja"], "detectors")
    assert clause["changes"][0]["was"] != clause["text"]
    assert "removed" in clause_of(later()["ja"], "reliance")

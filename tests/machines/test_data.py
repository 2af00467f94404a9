"""The tables of facts beside the exercises: complete, checked in two sources each, and judged true.

In:  notebooks/*/data as they stand in the repository.
Out: nothing; a table that lost a row, a source or a licence fails here.
Left out on purpose: what the sources say on the web today; checked.csv keeps what their stored copies said.
"""

import csv
import json
import math
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from smallmachines.truth import Judge

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
FILES = sorted(
    path
    for exercise in ("capital-guesser", "shrine-names", "chain-of-words", "word-tax", "unequal-errors")
    for path in (NOTEBOOKS / exercise / "data").glob("*")
    if not path.name.endswith(".licence.yml")
)
SAME = str.maketrans("嚴氣國彌冨ケ", "厳気国弥富ヶ")


def rows(name: str, delimiter: str = ",") -> list[dict[str, str]]:
    """The rows of a table under notebooks/."""
    with (NOTEBOOKS / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter=delimiter, strict=True))


CAPITALS = rows("capital-guesser/data/capitals.csv")
SHRINES = rows("shrine-names/data/shrines.csv")
SOURCES = {row["key"]: row for row in rows("shrine-names/data/sources.csv")}
CHECKED = {(row["name"], row["source"]): row for row in rows("shrine-names/data/checked.csv")}
FACTS = json.loads((NOTEBOOKS / "chain-of-words/data/facts.json").read_text(encoding="utf-8"))


def test_there_are_files() -> None:
    assert len(FILES) == 12


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_is_clean_text_with_a_licence(path: Path) -> None:
    raw = path.read_bytes()
    assert raw.decode("utf-8")
    assert b"\r" not in raw
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\n")
    assert not raw.endswith(b"\n\n")
    licence = yaml.safe_load(path.with_name(path.name + ".licence.yml").read_text(encoding="utf-8"))
    assert licence["file"] == path.name
    assert licence["licence"] == "CC0-1.0"
    assert licence["made_by"] == "Komainu"
    assert str(licence["date"]) == "2026-11-23"
    assert licence["checked"]["ja"]
    assert licence["checked"]["en"]


def test_all_47_prefectures_once_with_their_seats() -> None:
    assert len(CAPITALS) == 47
    for column in ("prefecture", "prefecture_en", "stem", "capital", "capital_en"):
        assert len({row[column] for row in CAPITALS}) == 47
    assert Counter(row["prefecture"][-1] for row in CAPITALS) == {"県": 43, "府": 2, "都": 1, "道": 1}


def test_same_stem_is_computed_and_true_for_28() -> None:
    for row in CAPITALS:
        assert row["stem"] == row["prefecture"][:-1]
        assert (row["same_stem"] == "true") == (row["capital"] == row["stem"] + "市")
        assert (row["same_name_en"] == "true") == (row["capital_en"] == row["prefecture_en"])
    assert Counter(row["same_stem"] for row in CAPITALS) == {"true": 28, "false": 19}
    assert {row["prefecture"]: row["capital"] for row in CAPITALS}["東京都"] == "新宿区"


def test_shrines_stand_in_every_prefecture_and_no_name_comes_twice() -> None:
    assert 120 <= len(SHRINES) <= 134
    for column in ("name", "name_en"):
        assert len({row[column] for row in SHRINES}) == len(SHRINES)
    count = Counter(row["prefecture"] for row in SHRINES)
    assert set(count) == {row["prefecture"] for row in CAPITALS}
    assert min(count.values()) >= 2
    for row in SHRINES:
        assert re.fullmatch(r"[ぁ-ん]+", row["reading"])
        assert re.fullmatch(r"[A-Za-z ]+", row["name_en"])
        assert re.fullmatch(r"\w+[市区町村]", row["city"])


def test_the_confusing_shrines_are_in_the_table() -> None:
    place = {row["name"]: (row["prefecture"], row["city"]) for row in SHRINES}
    assert place["出雲大神宮"] == ("京都府", "亀岡市")
    assert place["熊野大社"] == ("島根県", "松江市")
    assert place["諏訪神社"] == ("長崎県", "長崎市")
    assert place["久能山東照宮"] == ("静岡県", "静岡市")
    assert place["川越氷川神社"] == ("埼玉県", "川越市")


@pytest.mark.parametrize("row", SHRINES, ids=lambda row: row["name_en"])
def test_two_sources_of_different_origin_say_where_a_shrine_stands(row: dict[str, str]) -> None:
    keys = (row["source_a"], row["source_b"])
    assert len({SOURCES[key]["origin"] for key in keys}) == 2
    says = [CHECKED[row["name"], key] for key in keys]
    places = [entry["says"].translate(SAME) for entry in says]
    points = [(float(entry["lat"]), float(entry["lon"])) for entry in says if entry["lat"]]
    assert any(row["prefecture"] in place and row["city"] in place for place in places)
    for place, entry in zip(places, says, strict=True):
        assert row["city"] in place or (not place and entry["lat"] and len(points) == 2)
    if len(points) == 2:
        (a, b), (c, d) = points
        assert math.hypot((a - c) * 111.2, (b - d) * 111.2 * math.cos(math.radians(a))) < 1.5


def test_every_source_is_named_dated_and_used() -> None:
    used = {key for row in SHRINES for key in (row["source_a"], row["source_b"])}
    assert used == set(SOURCES)
    assert set(CHECKED) == {
        (row["name"], row[column]) for row in SHRINES for column in ("source_a", "source_b")
    }
    for row in SOURCES.values():
        assert row["title"]
        assert row["where"]
        assert row["date"] == "2026-11-23"
        assert row["how"] == "stored-copy"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_sentence_is_judged_true(lang: str) -> None:
    folder = NOTEBOOKS / "chain-of-words/data"
    words = [
        line.split(" ")
        for line in (folder / f"sentences.{lang}.words").read_text(encoding="utf-8").splitlines()
    ]
    text = (folder / f"sentences.{lang}.txt").read_text(encoding="utf-8").splitlines()
    facts = FACTS["languages"][lang]
    judge = Judge(facts)
    assert 300 <= len(text) <= 500
    assert len(set(text)) == len(text)
    for sentence, parts in zip(text, words, strict=True):
        joined = facts["joins"].join(parts).replace("_", " ")
        assert re.sub(r" ([.,])", r"\1", joined) == sentence
        assert judge(" ".join(parts)) is True


def test_the_judge_tells_false_and_ill_formed_from_true() -> None:
    judge = Judge(FACTS["languages"]["ja"])
    assert judge("出雲大神宮 の 所在地 は 京都府 です 。") is True
    assert judge("出雲大神宮 の 所在地 は 島根県 です 。") is False
    assert judge("愛知県 の 県庁 は 津市 に あります 。") is False
    assert judge("愛知県 の 府庁 は 名古屋市 に あります 。") is False
    assert judge("出雲大神宮 は 京都府 です 。") is None
    judge = Judge(FACTS["languages"]["en"])
    assert judge("In Kameoka you can visit Izumo_Daijingu .") is True
    assert judge("In Izumo you can visit Izumo_Daijingu .") is False
    assert judge("In Izumo you can visit .") is None


def test_the_facts_of_the_judge_are_those_of_the_tables() -> None:
    ja, en = (FACTS["languages"][lang]["facts"] for lang in ("ja", "en"))
    assert ja["shrine_prefecture"] == {row["name"]: [row["prefecture"]] for row in SHRINES}
    assert ja["shrine_place"] == {row["name"]: [row["city"]] for row in SHRINES}
    assert ja["capital"] == {row["prefecture"]: [row["capital"]] for row in CAPITALS}
    assert en["shrine_place"] == {
        row["name_en"].replace(" ", "_"): [row["city_en"].replace(" ", "_")] for row in SHRINES
    }
    assert [seat for seats in en["capital"].values() for seat in seats] == [
        row["capital_en"] for row in CAPITALS
    ]


def test_pairs_are_200_short_sentences_in_both_languages() -> None:
    pairs = rows("word-tax/data/pairs.tsv", "\t")
    assert len(pairs) == 200
    for lang in ("ja", "en"):
        assert len({pair[lang] for pair in pairs}) == 200
    for pair in pairs:
        assert 8 <= len(pair["ja"]) <= 40
        assert pair["ja"].endswith("。")
        assert re.search(r"[ぁ-ん]", pair["ja"])
        assert re.fullmatch(r"[A-Z][A-Za-z ,'-]+[.?]", pair["en"])


def test_published_premiums_follow_from_their_counts() -> None:
    table = {row["tokenizer"]: row for row in rows("word-tax/data/published-premiums.csv")}
    for row in table.values():
        assert row["ratio"] == f"{int(row['ja_tokens']) / int(row['en_tokens']):.2f}"
    expected = {"GPT-2": "3.00", "cl100k_base": "2.30", "mT5": "0.90", "Characters": "0.44"}
    assert {name: table[name]["ratio"] for name in expected} == expected


def test_gender_shades_has_three_systems_and_four_groups() -> None:
    table = rows("unequal-errors/data/gender-shades.csv")
    assert [row["system"] for row in table] == ["Microsoft", "Face++", "IBM"]
    groups = ("darker_male", "darker_female", "lighter_male", "lighter_female")
    for row in table:
        assert max(groups, key=lambda group: float(row[group])) == "darker_female"
        assert all(0 <= float(row[group]) < 40 for group in groups)

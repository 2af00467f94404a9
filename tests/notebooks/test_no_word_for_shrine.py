"""What the exercise "no-word-for-shrine" promises about its data, and every figure its words state.

What the packages give cannot be made again here: the scripts in notebooks/no-word-for-shrine/make do that, with --check.
Here the files are held against one another, against the words, and against what can be computed from them alone.
"""

import ast
import csv
import importlib.util
import json
import os
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml

from smallmachines import wordmap

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "notebooks" / "no-word-for-shrine"
DATA = FOLDER / "data"
FILES = sorted(path for path in DATA.iterdir() if not path.name.endswith(".licence.yml"))
GAP = "(left out)"
ASKED = ["church", "shrine", "torii", "temple", "mosque", "pagoda", "castle", "geta", "jinja", "kimono", "sushi", "pizza", "umbrella", "school"]


def lines(name):
    return (DATA / name).read_text("utf-8").splitlines()


@cache
def rows(name):
    return list(csv.DictReader(lines(name)))


IMAGENET, QUICKDRAW, COCO = ([name.lower() for name in lines(f"{name}.txt")] for name in ("imagenet", "quickdraw", "coco"))
EMOJI = [row["name"].lower() for row in rows("emoji.csv")]
LISTS = {"ImageNet": IMAGENET, "Quick, Draw!": QUICKDRAW, "COCO": COCO, "emoji": EMOJI}
WORDS = wordmap.read_map(lines("words.txt"))


def on(word, names):
    """Whether a whole word of some name is this one, as the solution of the notebook finds it."""
    return any(word in name.split() for name in names)


def five(group, picture):
    return [row for row in rows("answers.csv") if (row["group"], row["picture"]) == (group, picture)]


def pictures(*groups):
    """The pictures of these groups whose right name is on the list."""
    return {(row["group"], row["picture"]): row["right"] for row in rows("answers.csv") if row["group"] in groups and row["right"]}


def hits(*groups, upto):
    """How many of them came out among the first answers."""
    right = {
        (row["group"], row["picture"])
        for row in rows("answers.csv")
        if row["group"] in groups and row["right"] and row["answer"].lower() == row["right"].lower() and int(row["rank"]) <= upto
    }
    return len(right)


def dishes(name, home=None):
    return [row for row in rows("kinds.csv") if row["list"] == name and row["kind"] == "dish" and home in (None, row["home"])]


def total(lang, column):
    return next(int(row[column]) for row in rows("tokens.csv") if (row["text"], row["language"]) == ("200 sentences", lang))


# --- the files ---


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_says_whose_it_is(path):
    """Clean text, with a licence that allows what is done here; a file from a package names it with its sha256."""
    raw = path.read_bytes()
    assert raw.decode("utf-8").endswith("\n")
    assert b"\r" not in raw
    licence = yaml.safe_load(path.with_name(f"{path.name}.licence.yml").read_text("utf-8"))
    assert licence["file"] == path.name
    assert licence["licence"] in ("MIT", "Apache-2.0", "PDDL-1.0", "CC0-1.0")
    assert licence["checked"]["ja"]
    assert licence["checked"]["en"]
    if licence["licence"] in ("MIT", "Apache-2.0"):
        assert licence["copyright"]
        assert licence["licence_text"]
    known = packages().PACKAGES
    for package in licence.get("packages", ()):
        assert (known[package["name"]].version, known[package["name"]].sha256) == (package["version"], package["sha256"])
    assert path.name == "kinds.csv" or licence["packages"]


def test_all_the_data_stays_small():
    """A school with a slow line loads it too: under 400 kB together, the map of words under 200 kB."""
    assert sum(path.stat().st_size for path in FILES) < 400_000
    assert (DATA / "words.txt").stat().st_size < 200_000


@cache
def packages():
    """The module of the scripts that names the packages; it needs nothing but Python."""
    sys.dont_write_bytecode = True
    spec = importlib.util.spec_from_file_location("made_from", FOLDER / "make" / "packages.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["made_from"] = module
    spec.loader.exec_module(module)
    return module


def test_without_the_packages_the_scripts_say_what_did_not_run(tmp_path):
    """With an empty folder nothing is written, nothing passes for checked, and each part says what it wants."""
    before = {path.name: path.read_bytes() for path in FILES}
    command = [sys.executable, "-B", str(FOLDER / "make"), "--packages", str(tmp_path), "--check"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env={**os.environ, "PYTHONUTF8": "1"})
    assert done.returncode == 2, done.stderr
    said = done.stdout.splitlines()
    assert [line.partition(":")[0] for line in said] == ["lists", "pictures", "vectors", "counts"]
    assert all("did not run, for want of" in line for line in said)
    assert {path.name: path.read_bytes() for path in FILES} == before


def test_a_package_that_was_altered_is_refused(tmp_path):
    """The sha256 is compared before anything is read."""
    module = packages()
    (tmp_path / module.PACKAGES["quickdraw"].file).write_bytes(b"something else")
    with pytest.raises(SystemExit, match="sha256"):
        module.Shelf(tmp_path).read("quickdraw", "names.py")


# --- the lists ---


def test_the_lists_are_as_long_as_they_are_said_to_be():
    """1000, 345 and 80 names; what was withheld keeps its line, six times and once."""
    assert [len(names) for names in LISTS.values()] == [1000, 345, 80, 861]
    assert [names.count(GAP) for names in LISTS.values()] == [6, 1, 0, 3]


@pytest.mark.parametrize("word", ["shrine", "torii", "temple", "pagoda", "synagogue", "cathedral", "sushi", "chopsticks"])
def test_the_machines_lists_have_no_word_for_it(word):
    """Not even as a part of a name, on any of the three lists."""
    assert not any(word in name for names in (IMAGENET, QUICKDRAW, COCO) for name in names)


def test_the_trap_of_letters_inside_a_word():
    """Rice is found in triceratops and oden in wooden spoon, and by whole words neither is."""
    assert [name for name in IMAGENET if "rice" in name or "oden" in name] == ["triceratops", "wooden spoon"]
    assert not on("rice", IMAGENET)
    assert not on("oden", IMAGENET)


def test_the_first_emoji_are_those_of_the_phone_companies():
    """Version 0.6 and being in a company's set are the same; the shrine is of 0.7 and in none, the mosque of 1.0."""
    for row in rows("emoji.csv"):
        assert (row["since"] == "0.6") == bool(row["carriers"]), row
    by_name = {row["name"]: row for row in rows("emoji.csv")}
    assert [(by_name[name]["since"], bool(by_name[name]["carriers"])) for name in ("church", "shinto shrine", "mosque")] == [
        ("0.6", True), ("0.7", False), ("1.0", False)
    ]  # fmt: skip


def test_our_own_sorting_is_of_names_that_are_on_the_lists():
    """Each row of kinds.csv names something of its list, once; the emoji dishes are all of three subgroups."""
    seen = Counter((row["list"], row["name"]) for row in rows("kinds.csv"))
    assert set(seen.values()) == {1}
    for name, word in seen:
        assert word in LISTS[name], (name, word)
    groups = ("food-prepared", "food-asian", "food-sweet")
    assert {row["name"] for row in dishes("emoji")} == {row["name"] for row in rows("emoji.csv") if row["kind"] in groups}
    assert {row["home"] for row in rows("kinds.csv") if row["kind"] == "dish"} <= {"japan", "elsewhere", "unclear"}


def test_the_printed_lists_are_the_data():
    """What is printed for the paper activity is the whole of three lists, in both languages."""
    asian = {row["name"] for row in rows("emoji.csv") if row["kind"] == "food-asian"}
    wanted = [dishes("ImageNet"), [row for row in dishes("emoji") if row["name"] in asian], dishes("Quick, Draw!")]
    for lang, column in (("ja", "ja"), ("en", "name")):
        printed = (FOLDER / f"{lang}.md").read_text("utf-8").split("{#class-print}")[1].split("{break}")[0].split("\n#### ")[1:]
        for part, found in zip(printed, [*wanted, None], strict=True):
            cells = [cell.strip() for line in part.splitlines() if line.startswith("|") for cell in line.split("|")[1:-1]]
            cells = [cell for cell in cells if cell and not set(cell) <= set("-: ")]
            if found is not None:
                assert cells[4:] == [row[column] for row in found]
            else:
                homes = [row[column] for row in rows("kinds.csv") if row["kind"] == "worship"]
                assert sorted(cells[3:]) == sorted(homes if lang == "en" else [_said(name) for name in homes])


def _said(name):
    return {"修道院・僧院": "修道院・僧院", "仏とう(ストゥーパ)": "仏とう"}.get(name, name)


# --- the real machine ---


def test_every_answer_is_a_name_of_the_list():
    """Five answers for each picture, each from ImageNet or a gap, the more probable first."""
    found = {}
    for row in rows("answers.csv"):
        assert row["answer"].lower() in {*IMAGENET, "missile", GAP}
        found.setdefault((row["group"], row["picture"]), []).append((int(row["rank"]), float(row["probability"])))
    assert len(found) == 144
    for answers in found.values():
        assert [rank for rank, _ in answers] == [1, 2, 3, 4, 5]
        chances = [chance for _, chance in answers]
        assert chances == sorted(chances, reverse=True)
        assert sum(chances) <= 1.01


def test_the_right_names_are_given_only_where_the_list_has_them():
    """A control is a picture whose name is on the list; all emoji with such a name are there."""
    for (group, picture), right in pictures("photo", "drawing", "worship", "cells").items():
        assert right.lower() in IMAGENET, (group, picture)
    shared = {row["name"] for row in rows("emoji.csv") if row["name"].lower() in IMAGENET and row["name"] != GAP}
    assert shared - {"church", "mosque"} == {picture for _, picture in pictures("drawing")}
    assert not on("rocket", IMAGENET)
    assert not on("motorcycle", IMAGENET)


def test_the_pictures_shown_are_among_those_that_were_tried():
    """Six drawings, and for each the machine's answers are known; none loads anything."""
    shown = json.loads((DATA / "pictures.json").read_text("utf-8"))
    tried = {row["picture"] for row in rows("answers.csv")}
    assert [name.replace("-", " ") for name in shown] == ["teapot", "umbrella", "strawberry", "banana", "church", "shinto shrine"]
    assert {name.replace("-", " ") for name in shown} <= tried
    for body in shown.values():
        assert not re.search(r"href|url\(|<script|on\w+=|id=", body)


# --- the map of words ---


def test_the_map_can_be_read_and_is_in_order():
    """50 numbers from -45 to 45 for each word, the most frequent first, none twice."""
    ranks = wordmap.ranks(lines("words.txt"))
    assert list(ranks.values()) == sorted(ranks.values())
    assert len(WORDS) == len(lines("words.txt"))
    for numbers in WORDS.values():
        assert len(numbers) == 50
        assert max(map(abs, numbers)) == 45


def test_the_words_asked_about_are_those_of_the_scripts():
    """For fourteen words the scripts put in the twenty nearest of all 400,000."""
    tree = ast.parse((FOLDER / "make" / "vectors.py").read_text("utf-8"))
    set_here = {t.id: ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign) for t in node.targets if isinstance(t, ast.Name) and t.id == "ASKED"}
    assert set_here["ASKED"] == ASKED
    assert len(ASKED) == 14


def test_near_and_far():
    """Shrine is next to mosque, church to catholic, torii to no word for anything that stands at a shrine."""
    assert wordmap.nearest("shrine", WORDS, 3) == ["mosque", "shrines", "temple"]
    assert wordmap.nearest("church", WORDS, 3) == ["catholic", "churches", "chapel"]
    assert wordmap.nearest("torii", WORDS, 3) == ["ausmus", "glaus", "shinjo"]
    assert not {"shrine", "shrines", "shinto", "temple", "japanese"} & set(wordmap.nearest("torii", WORDS, 20))


def test_a_machine_with_only_a_list_always_answers():
    """The album of the notebook: four of twelve are on the list, and every other word gets another name."""
    album = ["shrine", "torii", "temple", "sushi", "noodle", "chopsticks", "futon", "lantern", "kimono", "church", "castle", "umbrella"]
    before = {word: wordmap.answer(word, IMAGENET, WORDS) for word in album}
    assert [word for word in album if before[word] == word] == ["kimono", "church", "castle", "umbrella"]
    assert set(before.values()) <= set(IMAGENET)
    after = {word: wordmap.answer(word, [*IMAGENET, "shrine"], WORDS) for word in album}
    assert {word: after[word] for word in album if after[word] != before[word]} == {"shrine": "shrine", "temple": "shrine"}


@pytest.mark.parametrize(("bad", "sentence"), [("神社", "言葉の地図にありません"), (3, "言葉の地図にありません"), (None, "言葉の地図にありません")])
def test_a_word_that_is_not_on_the_map_gets_one_kind_sentence(bad, sentence):
    """A pupil who types Japanese, a number or nothing is told what to do."""
    with pytest.raises(ValueError, match=sentence) as caught:
        wordmap.answer(bad, IMAGENET, WORDS)
    assert caught.value.kind


# --- the counts of tokens ---


def test_the_counts_are_of_the_sentences_that_are_there():
    """Characters and bytes, which need no vocabulary, are counted again: nobody changed a sentence since."""
    with (ROOT / "notebooks/word-tax/data/pairs.tsv").open(encoding="utf-8", newline="") as table:
        pairs = list(csv.DictReader(table, delimiter="\t"))
    texts = {("200 sentences", lang): [pair[lang] for pair in pairs] for lang in ("ja", "en")}
    for row in rows("tokens.csv"):
        own = texts.get((row["text"], row["language"]), [row["text"]])
        assert int(row["characters"]) == sum(map(len, own))
        assert int(row["bytes"]) == sum(len(text.encode()) for text in own)
        assert all(int(row[name]) <= int(row["bytes"]) for name in row if name not in ("text", "language"))


# --- the figures in the words: file, phrase ja, phrase en, the check ---


def shrine_first():
    return five("worship", "shinto shrine")[0]["answer"]


FIGURES = [
    ("py", "英語の名前が1000あります", "It has a thousand names", lambda: len(IMAGENET) == 1000),
    ("py", "でも、米でもおでんでもありません", "It found two, but neither is food", lambda: [n for n in IMAGENET if "rice" in n or "oden" in n] == ["triceratops", "wooden spoon"]),
    ("py", "三つの機械の一覧には、神社も寺もすしもありません", "None of the three machines' lists has a shrine, a temple or sushi", lambda: not any(on(w, names) for w in ("shrine", "temple", "sushi") for names in (IMAGENET, QUICKDRAW, COCO))),
    ("py", "kimono(着物)はあります", "ImageNet has the kimono", lambda: on("kimono", IMAGENET)),
    ("py", "絵文字の temple は「ヒンドゥー教の寺院」", "Their temple is a Hindu temple", lambda: [n for n in EMOJI if "temple" in n.split()] == ["hindu temple"]),
    ("py", "犬の種類は118もあります", "it has 118 kinds of dog", lambda: (IMAGENET[151], IMAGENET[268][:7], len(IMAGENET[151:269]), IMAGENET[269]) == ("chihuahua", "mexican", 118, "grey wolf")),
    ("py", "ImageNetには、日本の料理が一つもありません", "ImageNet has not a single Japanese dish", lambda: not dishes("ImageNet", "japan")),
    ("py", "三番目までに正しい名前が出ました", "it came out among the first three", lambda: hits("photo", upto=3) == len(pictures("photo")) == 3),
    ("py", "ロケットの写真では、missile(ミサイル)と出ました", "For the rocket it put out “missile”", lambda: five("photo", "rocket")[0]["answer"] == "missile"),
    ("py", "バイクの写真では、moped(小さなバイク)と出ました", "For the motorcycle it put out “moped”", lambda: five("photo", "motorcycle_left")[0]["answer"] == "moped"),
    ("py", "きゅうすとかさは合いましたが、いちごとバナナは外れました", "It got the teapot and the umbrella right, and the strawberry and the banana wrong", lambda: [five("drawing", n)[0]["answer"] == n for n in ("teapot", "umbrella", "strawberry", "banana")] == [True, True, False, False]),
    ("py", "教会では、二番目に church が出ました", "For the church, “church” came second", lambda: five("worship", "church")[1]["answer"] == "church"),
    ("py", "piggy bank は貯金箱、pill bottle は薬のびんです", "They came out as a piggy bank and a pill bottle", lambda: [five("drawing", n)[0]["answer"] for n in ("strawberry", "banana")] == ["piggy bank", "pill bottle"]),
    ("py", "ねこの写真の Egyptian Mau も、ねこの種類です", "The Egyptian Mau that came first", lambda: five("photo", "chelsea")[0]["answer"] == "Egyptian Mau"),
    ("py", "ptarmigan は鳥", "A ptarmigan is a bird", lambda: wordmap.answer("torii", IMAGENET, WORDS) == "ptarmigan"),
    ("py", "pedestal は、像などをのせる台です", "A pedestal is what a statue stands on", lambda: shrine_first() == "pedestal"),
    ("py", "半分より多くの絵が一番目で外れました", "more than half of them went wrong at once", lambda: hits("drawing", "worship", upto=1) < len(pictures("drawing", "worship")) / 2),
    ("py", "shrine をたすと、temple の答えも変わります", "When shrine goes in, the answer for temple changes too", lambda: wordmap.answer("temple", [*IMAGENET, "shrine"], WORDS) == "shrine" != wordmap.answer("temple", IMAGENET, WORDS)),
    ("py", "40万語のうちの1900語ほど", "about 1,900 of its 400,000 words", lambda: 1850 < len(WORDS) < 1950),
    ("py", "shrine の近くには mosque が出ました", "Next to shrine is mosque", lambda: wordmap.nearest("shrine", WORDS, 1) == ["mosque"]),
    ("py", "umbrella(かさ)の近くは、団体を表す言葉です", "next to umbrella are words for organisations", lambda: {"organization", "alliance", "groups"} <= set(wordmap.nearest("umbrella", WORDS, 6))),
    ("py", "これらの14語については、40万語の中で近い20語", "For fourteen words, all of the twenty closest among the 400,000", lambda: len(ASKED) == 14),
    ("py", "church が1でも、「神社」は1とは限りません", "Where church is 1, 神社 (shrine) need not be", lambda: {row["o200k_base"] for row in rows("tokens.csv") if row["text"] == "church"} == {"1"} and {row["o200k_base"] for row in rows("tokens.csv") if row["text"] == "神社"} == {"2"}),
    ("py", "武器や下着など六つは「(left out)」に変えました", "Six names on the lists, of weapons and underwear, were replaced", lambda: IMAGENET.count(GAP) == 6),
    ("md", "ImageNetの料理と飲み物22のうち、日本の物は0です。犬の種類は118あります", "Of ImageNet's 22 names of food and drink, none is Japanese. Of its names, 118 are kinds of dog", lambda: len(dishes("ImageNet")) == 22 and not dishes("ImageNet", "japan")),
    ("md", "絵文字の料理65のうち、少なくとも8は日本の料理です", "Of the 65 dishes among the emoji, at least 8 are Japanese", lambda: (len(dishes("emoji")), len(dishes("emoji", "japan"))) == (65, 8)),
    ("md", "名前が一覧にある絵113枚でも、一番目で合うのは36枚だけです", "Of 113 drawings whose names are on the list, only 36 were right at once", lambda: (len(pictures("drawing", "worship")), hits("drawing", "worship", upto=1)) == (113, 36)),
    ("md", "3という結果は", "the result, 3, fits neither", lambda: sum(on(w, IMAGENET) for w in ("church", "mosque", "castle", "temple", "shrine", "sushi")) == 3),
    ("md", "教会と城の10枚でも、五番目までに一枚も当たりませんでした", "10 drawings of 16 by 16 cells whose names are on the list, not one came out among the first five", lambda: (len(pictures("cells")), hits("cells", upto=5)) == (10, 0)),
    ("md", "モスクも仏とうも着物もあります", "it has the mosque, the stupa and the kimono", lambda: all(on(w, IMAGENET) for w in ("mosque", "stupa", "kimono"))),
    ("md", "Bの多くは、日本の電話会社が先に作っていた絵です", "Most of B are pictures that Japanese phone companies had drawn before", lambda: sum(bool(row["carriers"]) for row in rows("emoji.csv") if row["kind"] == "food-asian") > 17 / 2),
]  # fmt: skip


@pytest.mark.parametrize("row", FIGURES, ids=[row[2][:50] for row in FIGURES])
def test_a_stated_result_is_what_the_data_gives(row):
    """The phrase stands in both languages, and what it says is so."""
    ending, ja, en, holds = row
    assert ja in (FOLDER / f"ja.{ending}").read_text("utf-8")
    assert en in (FOLDER / f"en.{ending}").read_text("utf-8")
    assert holds()


def test_the_tax_differs_from_tokenizer_to_tokenizer():
    """The ratios that pupils see: three times as many for one, nearly the same for another."""
    ratios = {name: total("ja", name) / total("en", name) for name in rows("tokens.csv")[0] if name not in ("text", "language")}
    assert ratios["characters"] < 0.5
    assert ratios["smollm2"] > 3
    assert 1 < ratios["gemma3"] < 1.1
    assert ratios["r50k_base"] > ratios["cl100k_base"] > ratios["o200k_base"] > 1


def test_no_place_of_worship_stands_beside_a_wrong_word_but_the_churches_and_ours():
    """The answers to other places of worship were not asked for, and none is in the data."""
    assert {row["picture"] for row in rows("answers.csv") if row["group"] == "worship"} == {"church", "shinto shrine"}
    assert not {"mosque", "synagogue", "kaaba", "hindu temple"} & {row["picture"] for row in rows("answers.csv")}


def test_the_words_blame_nobody():
    """No machine hates or knows in what is said to pupils, but for the claim they answer and the ban on such words."""
    for lang, word, allowed in (("ja", "きらい", 2), ("en", "hates", 2)):
        assert (FOLDER / f"{lang}.py").read_text("utf-8").count(word) == allowed

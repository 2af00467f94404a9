"""What the lesson "missing-torii" says in numbers, computed again from its pictures, its table and its rule."""

import re
from collections import Counter
from fractions import Fraction
from itertools import product
from math import comb

import pytest

from lesson_text import (
    LANGUAGES,
    LESSONS,
    facts,
    minutes,
    nearest,
    numbers,
    page,
    percent,
    quiz,
    section,
    tables,
)

LESSON = "missing-torii"
IMAGES = LESSONS / LESSON / "images"
SEATS = 6
SIXTH = Fraction(1, 6)

both = pytest.mark.parametrize("lang", LANGUAGES)


# --- the collection and the rule ---


def collection():
    """The letters of the cards in images/collection.svg, each with its place on the sheet."""
    drawn = (IMAGES / "collection.svg").read_text("utf-8")
    return [
        (letter, float(x), float(y))
        for letter, x, y in re.findall(r'<use href="#([A-E])" x="([\d.]+)" y="([\d.]+)"/>', drawn)
    ]


def counts():
    """How many cards of each letter the picture shows."""
    return Counter(letter for letter, _, _ in collection())


def likeness(lang):
    """The table of points in the answer key: letter -> its ticks and crosses, from top to bottom."""
    head, *rows = tables(section(LESSON, lang, "answer-rule"))[0]
    return {name[0]: [row[column] for row in rows[:-1]] for column, name in enumerate(head) if column}


def alike(lang, one, other):
    """On how many of the four points the two pictures agree."""
    points = likeness(lang)
    return sum(mine == yours for mine, yours in zip(points[one], points[other], strict=True))


def seats(lang, word, cards, own_drawings=0):
    """The six seats by the worksheet's rule: the word's own cards, added drawings (e), then what is most alike."""
    row = word * cards[word] + "e" * own_drawings
    for letter in sorted(
        (other for other in cards if other != word), key=lambda other: -alike(lang, word, other)
    ):
        row += letter * cards[letter]
    return row[:SEATS]


def share(row, wanted):
    """The share of the 216 ways of rolling three times that give such a picture."""
    ways = [wanted("".join(parts)) for parts in product(row, repeat=3)]
    return Fraction(sum(ways), len(ways))


def torii_share(row):
    """How often the bottom part is a shrine card's (E, or an added drawing with a torii there: e)."""
    return share(row, lambda picture: picture[2] in "Ee")


def fraction(lang, top, bottom):
    """A fraction as the page of that language writes it."""
    return f"{bottom}分の{top}" if lang == "ja" else f"{top}/{bottom}"


def about(lang, number):
    """The number with the word that says it is rounded."""
    return f"約{number}" if lang == "ja" else f"about {number}"


def rounded_percent(lang, exact):
    """Per cent as the answer key writes it, "about" only where it is rounded."""
    whole = exact * 100
    return f"{whole}%" if whole.denominator == 1 else about(lang, f"{percent(exact)}%")


# --- the collection ---


def test_picture_shows_six_rows_of_six():
    """The collection's picture has 36 cards in 6 rows and 6 columns, as its description says."""
    assert len(collection()) == 36
    assert (len({x for _, x, _ in collection()}), len({y for _, _, y in collection()})) == (6, 6)
    assert "6行6列に並んだ36枚" in page(LESSON, "ja")
    assert "36 picture cards in 6 rows and 6 columns" in page(LESSON, "en")


@both
def test_answer_table_counts_the_picture(lang):
    """Number, fraction and percentage of each letter in the answer key are those of the picture."""
    total = sum(counts().values())
    for name, number, part, per_cent in tables(section(LESSON, lang, "answer-count"))[0][1:]:
        found = counts()[name[0]]
        assert int(number) == found
        assert part == fraction(lang, found, total)
        assert per_cent == rounded_percent(lang, Fraction(found, total))


@both
def test_board_and_questions_count_the_picture(lang):
    """The counts on the board and in the questions of the rule are those of the picture."""
    line = next(line for line in section(LESSON, lang, "board-1").splitlines() if line.startswith("A "))
    assert numbers(line) == [counts()[letter] for letter in "ABCDE"] + [36]
    said = {
        "ja": (f"「城」のカードは{counts()['B']}枚", f"「神社」のカードは{counts()['E']}枚"),
        "en": (f"{counts()['B']} castle cards", f"{counts()['E']} shrine card."),
    }
    for sentence in said[lang]:
        assert sentence in section(LESSON, lang, "rule")
    assert about(lang, f"{percent(Fraction(counts()['E'], 36))}%") in section(LESSON, lang, "count")


@both
def test_graph_has_room_for_the_longest_bar(lang):
    """The graph has a row for each letter and as many squares as the most common letter needs."""
    graph = next(table for table in tables(section(LESSON, lang, "task-count")) if "12" in table[0])
    assert [int(head) for head in graph[0] if head.isdigit()] == list(range(1, max(counts().values()) + 1))
    assert [row[0][0] for row in graph[1:]] == sorted(counts())


# --- the rule ---


@both
def test_likeness_row_counts_the_marks(lang):
    """The last row of the table of points counts the marks that agree with the shrine's."""
    head, *rows = tables(section(LESSON, lang, "answer-rule"))[0]
    assert [int(cell) for cell in rows[-1][1:]] == [alike(lang, "E", name[0]) for name in head[1:]]
    in_words = {letter: alike(lang, "E", letter) for letter in "DABC"}
    said = {
        "ja": "、".join(f"{letter}が{count}" for letter, count in in_words.items()),
        "en": ", ".join(f"{letter} {count}" for letter, count in in_words.items()),
    }
    assert said[lang] in section(LESSON, lang, "answer-rule")


@both
def test_worksheet_prints_the_shrine_column(lang):
    """The worksheet's table of points has the same rows as the answer key, and the shrine's marks printed in it."""
    asked = tables(section(LESSON, lang, "task-rule"))[0]
    answered = tables(section(LESSON, lang, "answer-rule"))[0]
    assert asked[0] == answered[0]
    assert [row[1] for row in asked] == [row[1] for row in answered]
    assert all(not any(row[2:]) for row in asked[1:])


def test_both_languages_have_the_same_marks():
    """The two tables of points agree mark by mark."""
    assert likeness("ja") == likeness("en")


@both
def test_seats(lang):
    """Seats for shrine, for castle, without D, without A and with a hundred more houses are as the pages have them."""
    shrine, without_d = seats(lang, "E", counts()), seats(lang, "E", counts() | {"D": 0})
    assert shrine == "EDDDDD"
    assert without_d == "EAAAAA"
    assert seats(lang, "B", counts()) == "BBBBBB"
    assert seats(lang, "E", counts() | {"A": 0}) == shrine
    assert seats(lang, "E", counts() | {"A": counts()["A"] + 100}) == shrine
    board = section(LESSON, lang, "board-2")
    for row in ("BBBBBB", shrine, without_d):
        assert " ".join(row) in board
    comma = {"ja": ("・", "・"), "en": (", ", ", ")}[lang][0]
    assert comma.join(shrine) in section(LESSON, lang, "answer-rule")
    assert comma.join(without_d) in section(LESSON, lang, "answer-why")
    assert {"ja": "、".join, "en": ", ".join}[lang]("EAAAAA") in section(LESSON, lang, "why").replace(
        "・", "、"
    )
    assert torii_share(shrine) == torii_share(without_d) == SIXTH


@both
def test_torii_share_before_the_repair(lang):
    """One in six, as the summary, the board and the background say it."""
    assert torii_share(seats(lang, "E", counts())) == SIXTH
    said = {
        "ja": ("平均6枚に1枚", "6分の1のまま", "鳥居が出る割合は6分の1、4人分の鳥居の絵を足すと6分の5"),
        "en": (
            "one picture out of six on average",
            "still one in six",
            "in 1/6 of the pictures, and in 5/6 once four drawings with a torii are added",
        ),
    }[lang]
    for sentence, place in zip(said, ("summary", "board-2", "background"), strict=True):
        assert sentence in section(LESSON, lang, place)


# --- the chances ---


@both
def test_table_of_chances(lang):
    """1/6, 1/216, 125/216, 90/216 and the two chances of no torii follow from the six seats."""
    row = seats(lang, "E", counts())
    torii = torii_share(row)
    exact = [
        torii,
        share(row, lambda picture: picture == "EEE"),
        share(row, lambda picture: picture == "DDD"),
        share(row, lambda picture: set(picture) == {"D", "E"}),
        (1 - torii) ** 6,
        (1 - torii) ** 4,
    ]
    assert sum(exact[1:4]) == 1
    printed = [line[1] for line in tables(section(LESSON, lang, "answer-draw"))[0][1:]]
    first, each, others, mixed = exact[:4]
    way = {"ja": "{}({})", "en": "{} ({})"}[lang]
    assert printed == [
        way.format(fraction(lang, 1, 6), about(lang, f"{percent(first)}%")),
        way.format(fraction(lang, each * 216, 216), about(lang, f"{percent(each, 1)}%")),
        way.format(fraction(lang, others * 216, 216), about(lang, f"{percent(others)}%")),
        way.format(fraction(lang, mixed * 216, 216), about(lang, f"{percent(mixed)}%")),
        about(lang, f"{percent(exact[4])}%"),
        about(lang, f"{percent(exact[5])}%"),
    ]


@both
def test_chances_of_the_whole_class(lang):
    """Of 48 pictures 8 have a torii on average, and 3 to 13 with about the certainty that the page states."""
    chance = sum(comb(48, n) * SIXTH**n * (1 - SIXTH) ** (48 - n) for n in range(3, 14))
    said = {
        "ja": f"8班で48枚出すと、鳥居は平均{48 * SIXTH}枚で、約{percent(chance)}%の確からしさで3〜13枚",
        "en": f"When 8 groups make 48 pictures, {48 * SIXTH} have a torii on average, and with a certainty of about {percent(chance)}% between 3 and 13",
    }
    assert said[lang] in section(LESSON, lang, "answer-draw")


@both
def test_group_without_torii_is_one_in_three(lang):
    """A group with no torii in six pictures is about one group in three."""
    assert nearest(1 / (1 - SIXTH) ** 6) == 3
    assert {"ja": "約3班に1班", "en": "about one group in three"}[lang] in section(LESSON, lang, "draw")


@both
def test_groups_of_a_class_of_thirty(lang):
    """Six groups of four and two of three are 30 pupils in 8 groups."""
    assert (6 * 4 + 2 * 3, 6 + 2) == (30, 8)
    said = {
        "ja": ("30人なら、4人の班を六つと3人の班を二つ", "8班分"),
        "en": ("With 30 pupils, make six groups of four and two groups of three", "for 8 groups"),
    }
    for sentence in said[lang]:
        assert sentence in section(LESSON, lang, "materials")


@both
def test_repair_table(lang):
    """With t added drawings that have a torii below, its share is (1+t)/6, and the class average follows."""
    rows = tables(section(LESSON, lang, "answer-repair"))[0][1:]
    assert [numbers(row[0])[0] for row in rows] == [0, 1, 2, 3, 4]
    for added, (_, chance, average) in enumerate(rows):
        row = seats(lang, "E", counts(), own_drawings=added) if added < 4 else "EeeeeD"
        exact = torii_share(row)
        assert exact == Fraction(1 + added, 6)
        rounded = rounded_percent(lang, exact)
        assert (
            chance
            == {
                "ja": f"{fraction(lang, 1 + added, 6)}({rounded})",
                "en": f"{fraction(lang, 1 + added, 6)} ({rounded})",
            }[lang]
        )
        mean = 32 * exact
        unit = {"ja": "枚", "en": ""}[lang]
        assert average == (f"{mean}" if mean.denominator == 1 else about(lang, nearest(mean))) + unit
    assert {"ja": "6分の(1+t)", "en": "(1+t)/6"}[lang] in section(LESSON, lang, "answer-repair")


@both
def test_repair_by_four_pupils(lang):
    """Four drawings leave one D, and the share of all-shrine pictures and of shrines in the collection rises as stated."""
    four, three = seats(lang, "E", counts(), own_drawings=4), seats(lang, "E", counts(), own_drawings=3)
    assert (four, three) == ("EeeeeD", "EeeeDD")
    before = share(seats(lang, "E", counts()), lambda picture: set(picture) <= set("Ee"))
    after = share(four, lambda picture: set(picture) <= set("Ee"))
    assert (before, after) == (Fraction(1, 216), Fraction(125, 216))
    small, large = Fraction(1, 36), Fraction(1 + 4, 36 + 4)
    said = {
        "ja": (
            f"216分の1から216分の125(約{percent(after)}%)",
            f"36枚のうち1枚(約{percent(small)}%)から、40枚のうち5枚({percent(large, 1)}%)",
        ),
        "en": (
            f"from 1/216 to 125/216 (about {percent(after)}%)",
            f"1 card in 36 (about {percent(small)}%) to 5 cards in 40 ({percent(large, 1)}%)",
        ),
    }
    for sentence in said[lang]:
        assert sentence in section(LESSON, lang, "answer-repair")


@both
def test_stretch(lang):
    """Six copies of one shrine give one picture only; six that differ in all bands give 216."""
    assert len(set(product("EEEEEE", repeat=3))) == 1
    combinations = len(set(product("abcdef", repeat=3)))
    said = {"ja": f"6×6×6で{combinations}通り", "en": f"6 × 6 × 6 = {combinations}"}
    assert said[lang] in section(LESSON, lang, "stretch")


# --- the other pictures ---


def grid(letter):
    """The 16 by 16 squares of a card in collection.svg: place -> colour."""
    drawn = (IMAGES / "collection.svg").read_text("utf-8")
    card = re.search(rf'<g id="{letter}">(.*?)</g>', drawn)[1]
    squares = {}
    for attributes, path in re.findall(r'<path([^>]*?) ?d="([^"]*)"/>', card):
        if 'fill="none"' in attributes:
            continue
        colour = re.search(r'fill="([^"]+)"', attributes)
        for x, y, width, height in re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)h-\d+z", path):
            for across, down in product(range(int(width)), range(int(height))):
                squares[int(x) + across, int(y) + down] = colour[1] if colour else "black"
    return squares


@both
def test_equal_squares(lang):
    """House 92, church 70, castle 63, Chinese temple 54 of 256 squares equal the shrine's, counted in the picture."""
    everywhere = list(product(range(16), repeat=2))
    assert len(everywhere) == 256
    shrine = grid("E")
    equal = {
        letter: sum(grid(letter).get(place) == shrine.get(place) for place in everywhere) for letter in "ACBD"
    }
    said = {
        "ja": "家{A}、教会{C}、城{B}、中国のお寺{D}",
        "en": "house {A}, church {C}, castle {B}, Chinese temple {D}",
    }
    assert said[lang].format(**equal) in section(LESSON, lang, "background")
    assert max(equal, key=equal.get) == "A"


@both
def test_part_sheet_has_fifteen_parts(lang):
    """The sheet of parts shows each of the five buildings in three parts."""
    drawn = re.findall(r">([A-E][▲■▼])</text>", (IMAGES / "parts.svg").read_text("utf-8"))
    assert sorted(drawn) == sorted(letter + part for letter, part in product("ABCDE", "▲■▼"))
    assert {"ja": "「部品カード」(15枚)", "en": "part cards (15 parts)"}[lang] in section(
        LESSON, lang, "materials"
    )


def outputs():
    """The letters of the three parts of each picture on the exit card, from left to right."""
    drawn = (IMAGES / "outputs.svg").read_text("utf-8")
    parts = re.findall(r'<use href="#([A-E])(\d)" x="([\d.]+)"', drawn)
    places = sorted({float(x) for _, _, x in parts})
    return [
        "".join(letter for letter, _, x in sorted(parts, key=lambda part: part[1]) if float(x) == place)
        for place in places
    ]


@both
def test_exit_pictures_can_come_from_the_rule(lang):
    """Each of the four pictures can come out for the word beside it, and half of them fit it."""
    words = [row[1] for row in tables(section(LESSON, lang, "exit"))[0][1:]]
    letters = {"城": "B", "神社": "E", "教会": "C", "castle": "B", "shrine": "E", "church": "C"}
    assert outputs() == ["BBB", "DDD", "DDE", "CCC"]
    for word, picture in zip(words, outputs(), strict=True):
        assert set(picture) <= set(seats(lang, letters[word], counts()))
    fitting = [set(picture) == {letters[word]} for word, picture in zip(words, outputs(), strict=True)]
    assert fitting == [True, False, False, True]
    said = {
        "ja": ("4枚のうち2枚は合っている", "1と4は「合う」、2は「合わない」が正解"),
        "en": ("Two of the four fit", "1 and 4 fit; 2 does not fit"),
    }
    assert said[lang][0] in section(LESSON, lang, "look-back")
    assert said[lang][1] in section(LESSON, lang, "answer-exit")


# --- the quiz and the clock ---


def test_quiz_rabbit_share():
    """2 rabbits of 40 animals are 5%."""
    item = quiz(LESSON)["rabbit-share"]
    for lang in LANGUAGES:
        total, dogs, cats, rabbits = numbers(item[lang]["stem"])
        assert dogs + cats + rabbits == total
        assert item["key"]["value"] == Fraction(rabbits, total) * 100 == 5
        assert f"{rabbits / total}" in item[lang]["explain"]


def test_quiz_graph():
    """There are 12 times as many houses as shrines, in the quiz as in the collection."""
    item = quiz(LESSON)["what-graph-says"]
    assert item["key"] == ["c"]
    for lang in LANGUAGES:
        assert numbers(item[lang]["stem"]) == [36, counts()["A"], counts()["E"]]
        assert numbers(item[lang]["options"]["c"]) == [counts()["A"] // counts()["E"]]


def test_quiz_seats_and_torii():
    """One, three and six torii cards in six seats give one in six, one in two and every time."""
    item = quiz(LESSON)["seats-and-torii"]
    chances = {"x": Fraction(1), "y": Fraction(1, 6), "z": Fraction(1, 2)}
    for lang in LANGUAGES:
        for option, target in item["key"].items():
            assert Fraction(numbers(item[lang]["options"][option])[0], SEATS) == chances[target]
        for target in "yz":
            assert sorted(numbers(item[lang]["targets"][target])) == sorted([1, chances[target].denominator])


def test_quiz_pear():
    """The pear gets one of six seats and apples, most alike and enough, get the other five."""
    item = quiz(LESSON)["word-pear"]
    for lang in LANGUAGES:
        peaches, apples, pears, *_ = numbers(item[lang]["stem"])
        row = ("p" * pears + "a" * apples + "m" * peaches)[:SEATS]
        assert Counter(row) == {"p": 1, "a": 5}
    assert item["key"] == ["a"]


def test_quiz_true_or_false():
    """Taking the temples out leaves the share as it is; "castle" gives castle parts only."""
    items = quiz(LESSON)
    assert items["take-out-temples"]["key"] == (torii_share(seats("ja", "E", counts() | {"D": 0})) > SIXTH)
    assert items["castle-always-right"]["key"] == (set(seats("ja", "B", counts())) == {"B"})
    assert numbers(items["castle-always-right"]["en"]["explain"]) == [counts()["B"]]


@both
def test_minutes_named_in_the_text(lang):
    """The minutes named inside the activities and in the short cut are those of lesson.yml."""
    full, short = minutes(LESSON), minutes(LESSON, "short")
    unit = {"ja": r"(\d+)分", "en": r"(\d+) minutes"}[lang]

    def named(place):
        return [int(found) for found in re.findall(unit, section(LESSON, lang, place))]

    assert sum(named("own-idea")) == full["own-idea"]
    assert sum(named("rule")) == full["rule"]
    parts = [short[activity] for activity in ("own-idea", "count", "rule", "draw", "why", "look-back")]
    assert named("short")[: len(parts)] == parts
    assert sum(short.values()) == sum(parts) == facts(LESSON)["minutes"]["short"] == 23
    assert sum(full.values()) == facts(LESSON)["minutes"]["full"] == 45


# --- the same number wherever it stands ---


@both
def test_size_of_the_collection_is_the_same_everywhere(lang):
    """Wherever the page counts the whole collection it says 36."""
    patterns = {
        "ja": r"(\d+)枚の絵カード|(\d+)枚のうち|(\d+)枚の一覧|の(\d+)枚を記号|合計が(\d+)|材料は(\d+)枚",
        "en": r"(\d+) picture cards|out of (\d+)|[Oo]nly one of the (\d+)|\((\d+) cards|the (\d+) cards|total is (\d+)|these (\d+) cards",
    }
    found = ["".join(groups) for groups in re.findall(patterns[lang], page(LESSON, lang))]
    others = {"4", "40"}  # pictures on the exit card and after the repair; the collection after the repair
    assert found.count("36") >= 9
    assert set(found) - others == {"36"}


@both
def test_one_in_six_is_the_same_everywhere(lang):
    """Outside the tables of chances the only shares of sixths are 1/6 and, after the repair, 5/6."""
    places = ("why", "board-2", "answer-why", "bad-luck-with-dice", "background")
    pattern = {"ja": r"(?<!\d)6分の\d|(?<!\d)\d+分の1", "en": r"\d/\d|one in \w+"}[lang]
    found = {share for place in places for share in re.findall(pattern, section(LESSON, lang, place))}
    assert found <= {"ja": {"6分の1", "6分の5"}, "en": {"1/6", "5/6", "one in six"}}[lang]


@both
def test_record_has_six_before_and_four_after(lang):
    """The record has room for six pictures before the repair and four after it, as both tasks ask."""
    found = tables(section(LESSON, lang, "task-draw"))[0][0][1:]
    drawn = Counter(re.sub(r"\s*\d+", "", head) for head in found)
    assert list(drawn.values()) == [6, 4]
    assert [numbers(head)[0] for head in found] == [*range(1, 7), *range(1, 5)]
    said = {
        "ja": (
            ("task-draw", "絵を6枚出し"),
            ("draw", "絵を6枚出し"),
            ("task-repair", "絵を4枚出し"),
            ("repair", "絵を4枚出し"),
        ),
        "en": (
            ("task-draw", "six pictures"),
            ("draw", "six pictures"),
            ("task-repair", "four pictures"),
            ("repair", "four pictures"),
        ),
    }
    for place, words in said[lang]:
        assert words in section(LESSON, lang, place)


@both
def test_repair_average_is_for_eight_groups_of_four_pictures(lang):
    """The average column is for 8 groups with four pictures each, 32 in all; three pupils can add three at most."""
    assert numbers(tables(section(LESSON, lang, "answer-repair"))[0][0][2]) == [8 * 4]
    said = {
        "ja": ("8班がみな同じ枚数を足し、4枚ずつ", "3人の班では3枚まで"),
        "en": (
            "all 8 groups add the same number and make four pictures each",
            "a group of three has 3 at most",
        ),
    }
    for words in said[lang]:
        assert words in section(LESSON, lang, "answer-repair")


@both
def test_pictures_are_described_with_their_numbers(lang):
    """The descriptions of the pictures and of the squares name 15 parts, 4 outputs and 256 squares."""
    said = {
        "ja": ("15枚の部品カード", "番号のついた4枚の絵", "256個のます"),
        "en": ("15 part cards", "Four numbered pictures", "256 squares"),
    }
    for words in said[lang]:
        assert words in page(LESSON, lang)


@both
def test_judging_all_alike_misses_two(lang):
    """All right and all wrong both misjudge two of the four pictures."""
    fitting = [len(set(picture)) == 1 and picture != "DDD" for picture in outputs()]
    assert (sum(fitting), len(fitting) - sum(fitting)) == (2, 2)
    assert {
        "ja": "全部×にしても、全部○にしても、2枚を見誤る",
        "en": "marking all wrong misjudges two, and marking all right misjudges two",
    }[lang] in section(LESSON, lang, "look-back")


@both
def test_steps_named_by_number(lang):
    """There are five numbered steps; step 2 is the one that fills the seats that are left."""
    rule = re.findall(
        r"^(\d)\. (.*)$", section(LESSON, lang, "task-rule") + section(LESSON, lang, "task-repair"), re.M
    )
    steps = [(int(number), text) for number, text in rule][:5]
    assert [number for number, _ in steps] == [1, 2, 3, 4, 5]
    assert {"ja": "席が余ったら", "en": "If seats are left"}[lang] in steps[1][1]
    assert {"ja": "手順の2番", "en": "step 2"}[lang] in section(LESSON, lang, "rule")
    assert {"ja": "きまりの2番", "en": "step 2"}[lang] in section(LESSON, lang, "task-repair")
    assert {"ja": "1番から5番", "en": "steps 1 to 5"}[lang] in section(LESSON, lang, "ai-dislikes-japan")

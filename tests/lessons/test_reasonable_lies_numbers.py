"""What the lesson "reasonable-lies" says in numbers: its points, its eight outputs and its twenty cards."""

import calendar
import re
from fractions import Fraction

import pytest
import yaml

from lesson_text import (
    LANGUAGES,
    LESSONS,
    bullets,
    facts,
    minus,
    minutes,
    numbers,
    quiz,
    raw_section,
    section,
    tables,
)

LESSON = "reasonable-lies"
LEVELS = (50, 60, 70, 80, 90, 100)
RIGHT = {"ja": "○", "en": "✓"}
LETTERS = {"ja": "アイウエ", "en": "ABCD"}
MADE_UP = {(4, 0), (4, 1), (5, 2)}  # number and place of the letter: 4-A, 4-B, 5-C
OUTDATED = (7, 0)

both = pytest.mark.parametrize("lang", LANGUAGES)


def points(level, hit):
    """The points by the rule of the stretch task, with the confidence given in per cent."""
    q = Fraction(level, 100)
    return 25 - 100 * ((1 - q) ** 2 if hit else q**2)


def average(level, true_share):
    """Average points a question for one who writes `level` and is right in `true_share` of the cases."""
    return true_share * points(level, hit=True) + (1 - true_share) * points(level, hit=False)


def verdicts(lang):
    """Which of the eight outputs are right, by number, as the answer key has it."""
    return {
        int(row[0]): row[1] == RIGHT[lang] for row in tables(section(LESSON, lang, "answer-judge"))[0][1:]
    }


def cards(lang):
    """The source cards: (number, place of the letter) -> text."""
    found = {}
    for item in bullets(section(LESSON, lang, "task-cards")):
        label = re.match(rf"(\d)-([{LETTERS[lang]}]) (.*)", item)
        found[int(label[1]), LETTERS[lang].index(label[2])] = label[3]
    return found


def pairs(lang):
    """The two independent cards for each number, as the answer key names them."""
    key = section(LESSON, lang, "answer-look-up")
    between = {"ja": "と", "en": " and "}[lang]
    label = rf"(\d)-([{LETTERS[lang]}])"
    good = {}
    for number in range(1, 9):
        begin = {"ja": rf"{number}は{label}{between}{label}", "en": rf"{number}: {label}{between}{label}"}[
            lang
        ]
        one, first, two, second = re.search(begin, key).groups()
        assert int(one) == int(two) == number
        good[number] = {(number, LETTERS[lang].index(first)), (number, LETTERS[lang].index(second))}
    return good


# --- the points ---


@both
def test_points_table_follows_the_rule(lang):
    """The worksheet's points and the board's are those of the rule given in the stretch task."""
    hits, misses = ([int(points(level, hit)) for level in LEVELS] for hit in (True, False))
    levels, right, wrong = tables(section(LESSON, lang, "task-judge"))[0]
    assert numbers(" ".join(levels[1:])) == list(LEVELS)
    assert numbers(" ".join(right[1:])) == hits
    assert numbers(" ".join(wrong[1:])) == misses
    board = [numbers(line) for line in bullets(section(LESSON, lang, "board-1"))[1:]]
    assert board == [list(LEVELS), hits, misses]
    said = {
        "ja": ("25−100(1−q)の2乗", "25−100qの2乗"),
        "en": ("25 − 100(1 − q) squared", "25 − 100q squared"),
    }
    for formula in said[lang]:
        assert formula in section(LESSON, lang, "stretch")


def test_honesty_pays_at_every_confidence():
    """Whoever is right in 50 to 100 per cent of the cases earns most with the level nearest to that."""
    for true_percent in range(50, 101):
        true_share = Fraction(true_percent, 100)
        best = max(average(level, true_share) for level in LEVELS)
        earn_most = {level for level in LEVELS if average(level, true_share) == best}
        closest = min(abs(level - true_percent) for level in LEVELS)
        assert earn_most == {level for level in LEVELS if abs(level - true_percent) == closest}


@both
def test_averages_in_the_background(lang):
    """The averages stated for 70% and for 90% are those of the points table."""
    seven, nine = Fraction(7, 10), Fraction(9, 10)
    a = {level: minus(average(level, seven)) for level in LEVELS}
    b = {level: minus(average(level, nine)) for level in LEVELS}
    assert a[60] == a[80]
    assert a[90] == a[50]
    said = {
        "ja": (
            f"70%と書けば{a[70]}点、60%か80%なら{a[60]}点、90%か50%なら{a[90]}点、100%なら{a[100]}点",
            f"50%と書けば{b[50]}点ですが、90%と書けば{b[90]}点",
        ),
        "en": (
            f"Writing 70% earns {a[70]} points a question on average, 60% or 80% earns {a[60]}, 90% or 50% earns {a[90]}, and 100% loses {a[100][1:]}",
            f"writing 50% earns {b[50]} but writing 90% earns {b[90]}",
        ),
    }
    for sentence in said[lang]:
        assert sentence in section(LESSON, lang, "background")
    in_class = {"ja": f"平均で{a[70]}点の得", "en": f"writing 70% earns {a[70]} points a question on average"}
    assert in_class[lang] in section(LESSON, lang, "score")


# --- the eight outputs ---


@both
def test_half_of_the_outputs_are_right(lang):
    """Four of the eight outputs are right; the board and the short cut agree with the answer key."""
    key = verdicts(lang)
    asked = tables(section(LESSON, lang, "task-judge"))[1][1:]
    assert [int(row[0]) for row in asked] == sorted(key) == list(range(1, 9))
    assert sum(key.values()) == 4
    first = bullets(section(LESSON, lang, "board-2"))[0]
    assert {int(number): mark in "○✓" for number, mark in re.findall(r"(\d) ?([○×✓✗])", first)} == key
    assert sum(key[number] for number in range(1, 5)) == 2
    said = {
        "ja": ("二つが正しく、二つがまちがい", "八つのうち四つは正しかった"),
        "en": ("Two are right, two are wrong", "four of the eight were right"),
    }
    assert said[lang][0] in section(LESSON, lang, "short")
    assert said[lang][1] in section(LESSON, lang, "own-draft")


@both
def test_believing_all_and_doubting_all_cost_the_same(lang):
    """All ticks and all crosses at 100% both give -200 points, and -100 in the short cut."""
    for chosen, total in ((range(1, 9), -200), (range(1, 5), -100)):
        right = sum(verdicts(lang)[number] for number in chosen)
        for hits in (right, len(chosen) - right):
            assert hits * points(100, hit=True) + (len(chosen) - hits) * points(100, hit=False) == total
    for place, total in (
        ("score", "−200"),
        ("board-2", "−200"),
        ("doubt-everything", "−200"),
        ("short", "−100"),
    ):
        assert total in section(LESSON, lang, place)
    assert {"ja": "100%なら4問当たって4問はずれ", "en": "four hits and four misses"}[lang] in section(
        LESSON, lang, "score"
    )


def test_outputs_that_can_be_computed():
    """1900 was no leap year, and by the formula water is densest near 4 degrees: numbers 5 and 2 of the key."""
    assert (
        verdicts("ja")[5] == calendar.isleap(1900) == (1900 % 4 == 0 and (1900 % 100 != 0 or 1900 % 400 == 0))
    )
    densest = max(range(4001), key=lambda hundredth: water_density(hundredth / 100)) / 100
    assert verdicts("ja")[2] == (abs(densest - 4) < 0.1)


# --- the cards ---


@both
def test_twenty_cards_in_two_bundles_of_ten(lang):
    """The set has 20 cards: 10 for numbers 1 to 4 and 10 for numbers 5 to 8."""
    numbered = [number for number, _ in cards(lang)]
    assert len(numbered) == len(bullets(section(LESSON, lang, "task-cards"))) == 20
    assert sum(number <= 4 for number in numbered) == sum(number >= 5 for number in numbered) == 10
    said = {
        "ja": ("資料カードは20枚で1組", "番号1〜4の10枚と、5〜8の10枚"),
        "en": ("Source cards, 20 to a set", "the 10 cards numbered 1 to 4 and the 10 numbered 5 to 8"),
    }
    for sentence in said[lang]:
        assert sentence in section(LESSON, lang, "materials")


def test_both_languages_have_the_same_cards():
    """The Japanese and the English set have the same labels in the same order."""
    assert list(cards("ja")) == list(cards("en"))


@both
def test_every_output_has_two_independent_sources(lang):
    """Each of the eight answers links two sources, all different, no two of one answer by the same publisher."""
    known = {
        source["id"]: source
        for source in yaml.safe_load((LESSONS / "sources.yml").read_text("utf-8"))["sources"]
    }
    used = []
    for row in tables(raw_section(LESSON, lang, "answer-judge"))[0][1:]:
        linked = re.findall(r"\(source:([a-z0-9-]+)\)", row[3])
        assert len(linked) == 2
        assert known[linked[0]]["by"] != known[linked[1]]["by"]
        used += linked
    assert len(set(used)) == 16


@both
def test_every_output_has_two_cards_to_go_by(lang):
    """The key names two cards for each number, none of them made up or outdated, and they are on the sheet."""
    for pair in pairs(lang).values():
        assert len(pair) == 2
        assert pair <= set(cards(lang))
        assert not pair & (MADE_UP | {OUTDATED})


@both
def test_real_and_made_up_cards_add_up(lang):
    """Three made-up cards, one outdated and the sixteen retold are the twenty on the sheet."""
    sheet = set(cards(lang))
    retold = sheet - MADE_UP - {OUTDATED}
    assert MADE_UP | {OUTDATED} <= sheet
    assert len(retold) == 16
    assert retold == set().union(*pairs(lang).values())
    said = {
        "ja": ("4-ア、4-イ、5-ウの3枚", "ほかの16枚"),
        "en": ("The three cards 4-A, 4-B and 5-C", "The other 16 cards"),
    }
    for sentence in said[lang]:
        assert sentence in section(LESSON, lang, "answer-cards")


def test_both_languages_name_the_same_pairs():
    """The two answer keys send pupils to the same cards."""
    assert pairs("ja") == pairs("en")


def water_density(celsius):
    """Kilograms per cubic metre, the same as grams per litre.

    Source: Tanaka and others 2001, equation 1, valid from 0 to 40 degrees.
    """
    a1, a2, a3, a4, a5 = -3.983035, 301.797, 522528.9, 69.34881, 999.974950
    return a5 * (1 - (celsius + a1) ** 2 * (celsius + a2) / (a3 * (celsius + a4)))


@both
def test_water_card_is_computed(lang):
    """The grams of a litre of water at 0, 4 and 10 degrees come out of the paper's formula."""
    mass = {celsius: f"{water_density(celsius):.2f}" for celsius in (0, 4, 10)}
    said = {"ja": "0℃で{0}g、4℃で{4}g、10℃で{10}g", "en": "{0} g at 0 °C, {4} g at 4 °C and {10} g at 10 °C"}[
        lang
    ]
    expected = re.sub(r"\{(\d+)\}", lambda place: mass[int(place[1])], said)
    assert expected in cards(lang)[2, 1]


@both
def test_leap_year_cards_decide_1900(lang):
    """By the cards' rule 1900 is an ordinary year; the rough card alone would make it a leap year."""
    assert numbers(cards(lang)[5, 0]) == [4, 100, 400]
    assert (1900 % 100, 1900 % 4) == (0, 0)
    assert 1900 % 400
    assert {
        "ja": "1900は100で割り切れ、400では割り切れません",
        "en": "1900 can be divided by 100 and cannot be divided by 400",
    }[lang] in section(LESSON, lang, "answer-look-up")


# --- groups and the clock ---


@both
def test_groups(lang):
    """35 pupils make seven groups of five, 280 judgements, and two groups for three steps and one for the last."""
    steps = [row[0] for row in tables(section(LESSON, lang, "task-procedure"))[0][1:]]
    assert (35 // 5, 35 * 8) == (7, 280)
    assert (2 + 3, 2 * (len(steps) - 1) + 1) == (5, 7)
    said = {
        "ja": (
            ("materials", "5人の班に1組なので、35人なら7組"),
            ("score", "35人なら280個の判断"),
            ("look-up", "2人か3人ずつ"),
            ("class-procedure", "二班ずつで三つの段階、残りの一班"),
        ),
        "en": (
            ("materials", "each group of five: seven sets for 35 pupils"),
            ("score", "280 judgements for 35 pupils"),
            ("look-up", "a two and a three"),
            ("class-procedure", "two each take three of the steps and the last takes"),
        ),
    }
    for place, sentence in said[lang]:
        assert sentence in section(LESSON, lang, place)


@both
def test_board_has_the_worksheet_steps(lang):
    """The class's procedure on the board has the steps of the worksheet, in the same words."""
    steps = [row[0] for row in tables(section(LESSON, lang, "task-procedure"))[0][1:]]
    assert [line.removesuffix(" →") for line in bullets(section(LESSON, lang, "board-3"))] == steps


@both
def test_minutes_inside_the_activities(lang):
    """The minutes named inside an activity add up to its minutes in lesson.yml."""
    full = minutes(LESSON)
    said = {
        "ja": {
            "judge": "説明に3分、一つに40秒ほどで6分",
            "look-up": "説明が1分、カードを読むのが8分、班の仲間に伝え合うのが3分",
            "score": "答えに2分、計算に3分、集計に2分、話し合いに3分",
            "own-draft": "一人で3分、班で3分",
        },
        "en": {
            "judge": "Explaining takes 3 minutes; at about 40 seconds each, the eight take 6",
            "look-up": "Explaining takes 1 minute, reading the cards 8, and telling the rest of the group 3",
            "score": "Answers take 2 minutes, points 3, totals 2 and discussion 3",
            "own-draft": "Three minutes alone, three in the group",
        },
    }[lang]
    parts = {"judge": (3, 6), "look-up": (1, 8, 3), "score": (2, 3, 2, 3), "own-draft": (3, 3)}
    for activity, sentence in said.items():
        assert sentence in section(LESSON, lang, activity)
        assert sum(parts[activity]) == full[activity]
        assert set(numbers(sentence)) - {40} <= set(parts[activity])
    assert 8 * 40 <= 6 * 60


def test_lesson_time():
    """The activities fill the hour and the short cut."""
    lesson = facts(LESSON)
    assert sum(minutes(LESSON).values()) == lesson["minutes"]["full"] == 50
    assert sum(minutes(LESSON, "short").values()) == lesson["minutes"]["short"] == 25


# --- the quiz ---


def test_quiz_points_total():
    """Two hits and a miss at 80% give the total of the key, with the lesson's own points."""
    item = quiz(LESSON)["points-total"]
    total = 2 * points(80, hit=True) + points(80, hit=False)
    assert item["key"]["value"] == total == 3
    for lang in LANGUAGES:
        assert {80, 21, -39} <= set(numbers(item[lang]["stem"]))
        assert minus(int(points(80, hit=False))) in item[lang]["stem"]
    assert "21×2−39＝3" in item["ja"]["explain"]
    assert "21 × 2 − 39 = 3" in item["en"]["explain"]


def test_quiz_too_sure():
    """60 hits among 100 judgements at 90% are fewer than the 90 that the confidence promises."""
    item = quiz(LESSON)["too-sure"]
    for lang in LANGUAGES:
        level, written, hits = sorted(numbers(item[lang]["stem"]), key=[90, 100, 60].index)
        assert Fraction(hits, written) < Fraction(level, 100)
    assert item["key"] == ["too-sure"]


def test_quiz_order_is_the_order_of_the_worksheet():
    """The steps in the quiz stand in the order in which the worksheet has them."""
    item = quiz(LESSON)["order-of-steps"]
    assert item["key"] == ["stop", "origin", "second", "decide"]
    for lang, comma in (("ja", "、"), ("en", ", ")):
        steps = [row[0].rstrip("?") for row in tables(section(LESSON, lang, "task-procedure"))[0][1:]]
        assert comma.join(steps).lower() in item[lang]["explain"].lower()


# --- the same label wherever it stands ---


@both
def test_levels_and_bands_are_those_of_the_table(lang):
    """The levels to choose from and the bands to count by are those of the points table."""
    sheet = section(LESSON, lang, "task-judge")
    line = next(line for line in sheet.splitlines() if set(LEVELS) <= set(numbers(line)))
    assert numbers(line) == list(LEVELS)
    bands = [numbers(row[0]) for row in tables(section(LESSON, lang, "task-score"))[0][1:]]
    assert bands == [[50, 60], [70, 80], [90, 100]]
    assert {"ja": "50%から100%", "en": "from 50% to 100%"}[lang] in section(LESSON, lang, "summary")
    assert {
        "ja": "どちらとも言えなければ50、絶対の自信があれば100",
        "en": "write 50; if you are absolutely certain, write 100",
    }[lang] in sheet


@both
def test_record_of_the_search_has_a_row_for_each_number(lang):
    """The four rows serve numbers 1 to 4 or 5 to 8."""
    rows = [numbers(row[0]) for row in tables(section(LESSON, lang, "task-look-up"))[0][1:]]
    assert rows == [[number, number + 4] for number in range(1, 5)]


@both
def test_every_card_named_in_the_lesson_is_on_the_sheet(lang):
    """A label such as 4-A in the teacher's text is that of a card, and the revealed ones are the made-up ones."""
    letters = LETTERS[lang]

    def named(text):
        return {
            (int(number), letters.index(letter))
            for number, letter in re.findall(rf"(\d)-([{letters}])(?![A-Za-z])", text)
        }

    places = ("score", "own-draft", "answer-look-up", "answer-cards", "official-so-true", "two-alike-so-true")
    for place in places:
        assert named(section(LESSON, lang, place)) <= set(cards(lang))
    assert named(section(LESSON, lang, "score")) == MADE_UP | {OUTDATED}
    assert named(section(LESSON, lang, "official-so-true")) == {OUTDATED}
    assert named(section(LESSON, lang, "two-alike-so-true")) == {(4, 0), (4, 1)}


@both
def test_pupils_called_results_exist(lang):
    """The points that pupils are expected to call out, 100% with -75 and 50% with 0, are in the table."""
    assert (points(100, hit=False), points(50, hit=True), points(50, hit=False)) == (-75, 0, 0)
    said = {
        "ja": ("「100%にしたのに−75点」", "「全部50%にしたから0点で"),
        "en": ('"I put 100% and got −75."', '"I put 50% everywhere and got 0'),
    }
    for words in said[lang]:
        assert words in section(LESSON, lang, "score")


"""What the lesson "zero-for-i-dont-know" says in numbers: its drawn tables, its scores and its thresholds."""

import datetime
import random
import re
from fractions import Fraction
from functools import cache
from math import comb, prod

import pytest

from lesson_text import (
    LANGUAGES,
    bullets,
    facts,
    minus,
    minutes,
    nearest,
    numbers,
    page,
    percent,
    quiz,
    section,
    tables,
)

LESSON = "zero-for-i-dont-know"
LETTERS = {"ja": "アイウエ", "en": "ABCD"}
PENALTIES = {0: 0, 1: 1, 3: 3}  # rule -> what a wrong answer costs
MACHINES = (0, 50, 75)  # each answers above this confidence, in per cent: All, Over-50, Over-75

both = pytest.mark.parametrize("lang", LANGUAGES)


def expected(confidence, penalty):
    """The expected score of answering: p × 1 + (1 − p) × (−k)."""
    return confidence - (1 - confidence) * penalty


def threshold(penalty):
    """The confidence at which answering and a blank are worth the same."""
    return Fraction(penalty, penalty + 1)


def decimal(number):
    """The number as the pages print it: no needless zeros, a real minus sign."""
    return minus(f"{float(number):g}")


def spaced(lang, formula):
    """A formula as the page of that language sets it: with spaces around its signs in English."""
    return (
        re.sub(r"(?<=[\d)])([−÷×+=])", r" \1 ", formula.replace("=−", "=~")).replace("= ~", "= −")
        if lang == "en"
        else formula
    )


# --- the three machines ---


def printed_table(lang):
    """The twenty questions on the worksheet: confidences in per cent, and whether each came out right."""
    rows = tables(section(LESSON, lang, "task-machines"))[0]
    asked, sure, outcome = ([cell for row in rows[start::3] for cell in row[1:]] for start in range(3))
    assert [int(cell) for cell in asked] == list(range(1, 21))
    return [int(cell) for cell in sure], [cell == "○" for cell in outcome]


def drawn(seed, confidences):
    """A question with confidence p is right when the next random number falls below p."""
    source = random.Random(seed)
    return [source.random() < sure / 100 for sure in confidences]


def tally(above, confidences, outcomes):
    """How many answers of a machine are right, how many wrong, and how many questions it leaves."""
    answered = [right for sure, right in zip(confidences, outcomes, strict=True) if sure > above]
    return sum(answered), len(answered) - sum(answered), len(confidences) - len(answered)


def scores(confidences, outcomes):
    """Rule -> the scores of the three machines."""
    return {
        rule: [
            right - penalty * wrong
            for right, wrong, _ in (tally(above, confidences, outcomes) for above in MACHINES)
        ]
        for rule, penalty in PENALTIES.items()
    }


@both
def test_printed_table_is_the_one_of_seed_ten(lang):
    """Seed 10 gives the table on the worksheet, ticks and crosses, question by question."""
    sure, outcomes = printed_table(lang)
    assert drawn(10, sure) == outcomes


@both
def test_seed_ten_is_the_first_that_fits(lang):
    """Tried from 1 upwards, 10 is the first seed whose three counts lie within 0.5 of what is expected."""
    sure, _ = printed_table(lang)
    wanted = [Fraction(sum(one for one in sure if one > above), 100) for above in MACHINES]

    def fits(seed):
        counts = [tally(above, sure, drawn(seed, sure))[0] for above in MACHINES]
        return all(abs(count - mean) <= Fraction(1, 2) for count, mean in zip(counts, wanted, strict=True))

    assert next(seed for seed in range(1, 100) if fits(seed)) == 10
    assert {
        "ja": "種を1から試し、三つの正解数がどれも期待値から0.5以内になった最初の種10",
        "en": "Seeds were tried from 1 upwards, and seed 10 is the first whose three counts of right answers all lie within 0.5",
    }[lang] in section(LESSON, lang, "answer-machines")


@both
def test_tallies_and_scores_in_the_answer_key(lang):
    """Right, wrong, unanswered and the three scores of each machine are counted from the printed table."""
    sure, outcomes = printed_table(lang)
    by_rule = scores(sure, outcomes)
    lines = bullets(section(LESSON, lang, "answer-machines"))
    for place, above in enumerate(MACHINES):
        right, wrong, left = tally(above, sure, outcomes)
        marks = [minus(by_rule[rule][place]) for rule in PENALTIES]
        said = {
            "ja": (f"正解{right}、誤答{wrong}、答えない{left}", f"{marks[0]}点、{marks[1]}点、{marks[2]}点"),
            "en": (
                f"{right} right, {wrong} wrong, {left} unanswered",
                f"{marks[0]}, {marks[1]} and {marks[2]}",
            ),
        }
        for part in said[lang]:
            assert part in lines[place]
    winners = [by_rule[rule].index(max(by_rule[rule])) for rule in PENALTIES]
    assert winners == [0, 1, 2]
    assert all(ranking.count(max(ranking)) == 1 for ranking in by_rule.values())


@both
def test_expected_scores_of_the_machines(lang):
    """The expected scores under the three rules are the sums over the printed confidences."""
    sure, _ = printed_table(lang)
    rows = [
        [sum(expected(Fraction(one, 100), penalty) for one in sure if one > above) for above in MACHINES]
        for penalty in PENALTIES.values()
    ]
    first, second, third = (["、".join, ", ".join][lang == "en"](decimal(one) for one in row) for row in rows)
    said = {
        "ja": f"規則0が{first}、規則1が{second}、規則3が{third}です",
        "en": f"rule 0 gives {first}; rule 1 gives {second}; rule 3 gives {third}.",
    }
    assert said[lang] in section(LESSON, lang, "answer-machines")


@cache
def ten_thousand(confidences):
    """Over seeds 1 to 10,000: how often All is unbeaten under rule 0, and how often each machine wins its own rule alone."""
    unbeaten = each_alone = 0
    for seed in range(1, 10_001):
        by_rule = scores(confidences, drawn(seed, confidences))
        unbeaten += by_rule[0][0] == max(by_rule[0])
        each_alone += all(
            ranking[place] > max(other for at, other in enumerate(ranking) if at != place)
            for place, ranking in enumerate(by_rule.values())
        )
    return unbeaten, each_alone


@both
def test_ten_thousand_seeds(lang):
    """All is never beaten under rule 0, and each machine wins its own rule alone in just as many seeds as stated."""
    unbeaten, each_alone = ten_thousand(tuple(printed_table(lang)[0]))
    assert unbeaten == 10_000
    said = {
        "ja": (
            "種を1万通り変えて計算すると、規則0で全部答える機械が負けることは一度もありませんでした",
            f"単独1位になったのは{each_alone:,}通りだけ",
        ),
        "en": ("Over 10,000 seeds, All was never beaten under rule 0", f"In only {each_alone:,} of them"),
    }
    for part in said[lang]:
        assert part in section(LESSON, lang, "answer-machines")


@both
def test_confidence_bands(lang):
    """Right answers above 75%, between 50% and 75% and below 50% are counted from the printed table."""
    sure, outcomes = printed_table(lang)
    bands = [
        [right for one, right in zip(sure, outcomes, strict=True) if low < one <= high]
        for low, high in ((75, 100), (50, 75), (0, 50))
    ]
    assert 50 not in sure
    counted = [(sum(band), len(band)) for band in bands]
    shares = [percent(Fraction(right, asked)) for right, asked in counted]
    if lang == "ja":
        names = ("確信度75%超", "50〜75%", "50%未満")
        parts = [f"{name}は{asked}問中{right}問" for name, (right, asked) in zip(names, counted, strict=True)]
        parts.append(f"約{shares[0]}%、{shares[1]}%、{shares[2]}%")
    else:
        names = (
            "Above 75% confidence {} of {} are right",
            "between 50% and 75% {} of {}",
            "below 50% {} of {}",
        )
        parts = [name.format(right, asked) for name, (right, asked) in zip(names, counted, strict=True)]
        parts.append(f"about {shares[0]}%, {shares[1]}% and {shares[2]}%")
    for part in parts:
        assert part in section(LESSON, lang, "answer-machines")


@both
def test_price_of_silence_and_of_guessing(lang):
    """Over-75 leaves 13 questions of which All gets 6, and its 1 wrong answer becomes 8."""
    sure, outcomes = printed_table(lang)
    everything, _, careful = (tally(above, sure, outcomes) for above in MACHINES)
    lost = everything[0] - careful[0]
    assert (careful[2], lost, careful[1], everything[1]) == (13, 6, 1, 8)
    assert scores(sure, outcomes)[1][1] > scores(sure, outcomes)[1][2]
    said = {
        "ja": (
            ("silence-is-safe", "答えなかった13問"),
            ("silence-is-safe", "13問中6問は正解"),
            ("change-the-rule", "13問も答えていない"),
            ("answer-machines", "75超え機械の1から8に増えます"),
        ),
        "en": (
            ("silence-is-safe", "Of the 13 questions that Over-75 left open"),
            ("silence-is-safe", "Six of the 13"),
            ("change-the-rule", "left 13 questions unanswered"),
            ("answer-machines", "from Over-75's 1 to 8"),
        ),
    }
    for place, sentence in said[lang]:
        assert sentence in section(LESSON, lang, place)


def test_both_languages_print_the_same_table():
    """Confidences and outcomes are the same on both worksheets."""
    assert printed_table("ja") == printed_table("en")


# --- the two real models ---


@both
def test_scores_of_the_real_models(lang):
    """Per 100 questions the counts add up, and the two scores and the reversed order follow from them."""
    rows = tables(section(LESSON, lang, "task-machines"))[2][1:]
    counts = [[int(cell) for cell in row[1:4]] for row in rows]
    assert [sum(row) for row in counts] == [100, 100]
    rule_0, rule_1 = [row[0] for row in counts], [row[0] - row[1] for row in counts]
    assert rule_0 == [22, 24]
    assert (rule_0[0] < rule_0[1], rule_1[0] < rule_1[1]) == (True, False)
    assert max(rule_1) < 0
    a, b, c, d = (minus(score) for score in rule_0 + rule_1)
    said = {
        "ja": f"規則0が{a}と{b}、規則1が{c}と{d}です",
        "en": f"score {a} and {b} under rule 0, {c} and {d} under rule 1",
    }
    assert said[lang] in section(LESSON, lang, "answer-machines")


# --- the test of ten questions ---


@both
def test_sealed_table_is_the_one_of_the_seed(lang):
    """The sealed letters are what the printed line of Python gives."""
    key = section(LESSON, lang, "answer-test")
    seed, letters, count = re.search(r'random\.Random\((\d+)\)\.choices\("(.{4})", k=(\d)\)', key).groups()
    assert (int(seed), letters, int(count)) == (2026, LETTERS[lang], 5)
    sealed = {"ja": "、", "en": ", "}[lang].join(random.Random(int(seed)).choices(letters, k=int(count)))
    assert {"ja": f"順に{sealed}です", "en": f"from row 1: {sealed}."}[lang] in key


def test_letters_stand_in_the_same_places():
    """The sealed letters are at the same places in both alphabets."""
    places = [
        [LETTERS[lang].index(letter) for letter in random.Random(2026).choices(LETTERS[lang], k=5)]
        for lang in LANGUAGES
    ]
    assert places[0] == places[1]


def choices(lang, number):
    """The four choices of a question of the test: letter -> what it says."""
    asked = {row[0]: row[1] for row in tables(section(LESSON, lang, "task-test"))[0][1:]}[str(number)]
    found = re.findall(rf"([{LETTERS[lang]}]) (.+?)(?=,? [{LETTERS[lang]}] |$)", asked)
    return {LETTERS[lang].index(letter): text for letter, text in found}


def birthday():
    """The chance that two of 23 people share a birthday, 365 days being equally likely."""
    return 1 - prod(Fraction(365 - before, 365) for before in range(23))


ANSWERS = {
    6: int("FF", 16),
    7: len(str(2**100)),
    8: 10**100 // 7 % 10,
    9: nearest(birthday() * 100),
}
WEEKDAYS = {
    "ja": "月火水木金土日",
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


@both
@pytest.mark.parametrize("number", ANSWERS)
def test_computed_answers_of_the_test(lang, number):
    """Questions 6 to 9 have exactly one right choice, the one that the answer key names."""
    right = [place for place, text in choices(lang, number).items() if numbers(text) == [ANSWERS[number]]]
    assert len(choices(lang, number)) == 4
    assert len(right) == 1
    letter = LETTERS[lang][right[0]]
    key = section(LESSON, lang, "answer-test")
    assert re.search(
        {"ja": rf"問{number}は{letter}", "en": rf"(Question )?\b{number} is {letter}\b"}[lang], key
    )


@both
def test_weekday_of_new_year_2100(lang):
    """1 January 2100 is the weekday that the key names, and no other choice is."""
    weekday = WEEKDAYS[lang][datetime.date(2100, 1, 1).weekday()]
    right = [place for place, text in choices(lang, 10).items() if text == weekday]
    letter = LETTERS[lang][right[0]]
    assert len(right) == 1
    said = {"ja": f"問10は{letter}({weekday}曜日)", "en": f"Question 10 is {letter} ({weekday})"}
    assert said[lang] in section(LESSON, lang, "answer-test")


@both
def test_reasons_in_the_answer_key(lang):
    """Digits, repeating decimals, remainder, pairs and the chance of a shared birthday are as computed."""
    repeats = str(10**6 // 7)
    assert repeats * 3 == str(10**18 // 7)
    assert int(repeats[100 % len(repeats) - 1]) == ANSWERS[8] == 8
    chance = percent(birthday(), 1)
    said = {
        "ja": (
            f"問6はア({ANSWERS[6]})",
            f"イ({ANSWERS[7]}桁)",
            f"エ({ANSWERS[8]})",
            f"{repeats}の6桁を繰り返し、100を6で割った余りが{100 % 6}",
            f"約{chance}%",
            f"{comb(23, 2)}通り",
        ),
        "en": (
            f"Question 6 is A ({ANSWERS[6]})",
            f"B ({ANSWERS[7]} digits)",
            f"D ({ANSWERS[8]})",
            f"the six digits {repeats}, and 100 leaves the remainder {100 % 6}",
            f"about {chance}%",
            f"{comb(23, 2)} pairs",
        ),
    }
    for part in said[lang]:
        assert part in section(LESSON, lang, "answer-test")


@both
def test_pure_guessing(lang):
    """Ten four-choice guesses are worth 2.5 under rule 0 and -5 under rule 1; a hundred are worth -50."""
    quarter = Fraction(1, 4)
    free, strict = (10 * expected(quarter, penalty) for penalty in (0, 1))
    hundred = 100 * expected(quarter, 1)
    assert Fraction(3, 4) / quarter == 3
    said = {
        "ja": (
            (
                "answer-predict",
                f"規則0で{decimal(free)}点、規則1で{decimal(free)}−{decimal(7.5)}={decimal(strict)}点",
            ),
            ("answer-predict", "誤答が3倍多い"),
            ("blank-is-waste", f"正解25、誤答75なので{decimal(hundred)}点"),
        ),
        "en": (
            (
                "answer-predict",
                f"{decimal(free)} under rule 0, and {decimal(free)} − {decimal(7.5)} = {decimal(strict)} under rule 1",
            ),
            ("answer-predict", "wrong three times as often as right"),
            ("blank-is-waste", f"25 right and 75 wrong, so {decimal(hundred)}"),
        ),
    }
    assert free - Fraction(15, 2) == strict
    for place, sentence in said[lang]:
        assert sentence in section(LESSON, lang, place)


# --- expected values and thresholds ---


@both
def test_expected_values_of_the_worksheet(lang):
    """The printed row for 25% and the answer rows for 60% and 80% are p − k(1 − p), worked out."""
    rows = tables(section(LESSON, lang, "task-expected"))[0][1:]
    assert [row[0] for row in rows] == ["25%", "60%", "80%"]
    sums = {}
    for sure in (25, 60, 80):
        p = Fraction(sure, 100)
        sums[sure] = [decimal(p)] + [
            spaced(lang, f"{decimal(p)}−{decimal((1 - p) * k)}={decimal(expected(p, k))}") for k in (1, 3)
        ]
    assert rows[0][1:] == sums[25]
    for sure in (60, 80):
        free, one, three = sums[sure]
        said = {
            "ja": f"{sure}%の行は、規則0が{free}、規則1が{one}、規則3が{three}です",
            "en": f"Row {sure}%: rule 0 gives {free}, rule 1 gives {one}, rule 3 gives {three}.",
        }
        assert said[lang] in section(LESSON, lang, "answer-expected")


@both
def test_thresholds_and_penalties(lang):
    """Penalties 0, 1, 3, 9 belong to thresholds 0, 50, 75, 90%, on the board, in the key and back again."""
    penalties = [int(cell) for cell in tables(section(LESSON, lang, "task-expected"))[1][0][1:]]
    assert penalties == [0, 1, 3, 9]
    limits = [threshold(penalty) for penalty in penalties]
    assert [limit / (1 - limit) for limit in limits] == penalties
    assert all(expected(limit, penalty) == 0 for limit, penalty in zip(limits, penalties, strict=True))
    comma = {"ja": "、", "en": ", "}[lang]
    in_percent = comma.join(decimal(limit * 100) for limit in limits)
    as_decimals = comma.join(decimal(limit) for limit in limits)
    given = comma.join(str(penalty) for penalty in penalties)
    board = {
        "ja": f"減点{given} → しきい値{in_percent}(%)",
        "en": f"Penalty {given} → threshold {in_percent} (%)",
    }
    assert board[lang] in section(LESSON, lang, "board-3")
    assert as_decimals in section(LESSON, lang, "answer-expected")
    last = {"ja": "、", "en": " and "}[lang]
    paper = {
        "ja": f"tが{as_decimals}なら、減点は{given}",
        "en": f"For t = {last.join(as_decimals.rsplit(comma, 1))} the penalties are {last.join(given.rsplit(comma, 1))}",
    }
    assert paper[lang] in section(LESSON, lang, "background")


@both
def test_exit_question(lang):
    """A penalty of 4 has the threshold 80%; at 40% the expected value is below zero."""
    limit = threshold(4)
    assert expected(Fraction(40, 100), 4) < 0
    said = {
        "ja": f"4÷(4+1)={decimal(limit)}で、{decimal(limit * 100)}%",
        "en": f"4 ÷ (4 + 1) = {decimal(limit)}, so answer above {decimal(limit * 100)}%",
    }
    assert said[lang] in section(LESSON, lang, "answer-exit")
    assert minus(-4) in section(LESSON, lang, "exit")


@both
def test_hundred_times_sixty_per_cent(lang):
    """At 60%, a hundred answers bring 60 times +1 and 40 times -1; 25% under penalty 3 brings -2."""
    assert (60 - 40) / Fraction(100) == expected(Fraction(60, 100), 1)
    assert expected(Fraction(1, 4), 3) == -2
    said = {
        "ja": ("60回の+1と40回の−1", "p=0.25を式に入れて−2"),
        "en": ("60 times +1 and 40 times −1", "p = 0.25 into the formula and see that it gives −2"),
    }
    for sentence in said[lang]:
        assert sentence in section(LESSON, lang, "find-threshold")


@both
def test_stretch(lang):
    """The old SAT rule has the threshold 20% and makes a five-choice guess worth 0; t = 0.75 needs a penalty of 3."""
    limit = threshold(Fraction(1, 4))
    guess = expected(Fraction(1, 5), Fraction(1, 4))
    t = Fraction(3, 4)
    said = {
        "ja": (f"しきい値{decimal(limit * 100)}%、期待値{decimal(guess)}", f"計算では{decimal(t / (1 - t))}"),
        "en": (
            f"threshold {decimal(limit * 100)}%, expected value {decimal(guess)}",
            f"the formula gives {decimal(t / (1 - t))}",
        ),
    }
    for sentence in said[lang]:
        assert sentence in section(LESSON, lang, "stretch")


# --- the clock ---


@both
def test_minutes_inside_the_activities(lang):
    """The minutes named inside an activity add up to its minutes in lesson.yml, and 20 seconds each fit."""
    full = minutes(LESSON)
    said = {
        "ja": {
            "take-test": "説明1分、問1〜5が1分、問6〜10が2分、規則1の選択1分、発表1分、採点2分、班の集計と話し合い3分",
            "find-threshold": "例題2分、表3分、不等式3分、しきい値の表2分",
            "change-the-rule": "数える2分、得点2分、話し合い2分、実在の例2分、まとめ1分",
        },
        "en": {
            "take-test": "instructions 1 minute, questions 1 to 5 1 minute, 6 to 10 2 minutes, choosing for rule 1 1 minute, key 1 minute, marking 2 minutes, group counts and talk 3 minutes",
            "find-threshold": "example 2, table 3, inequality 3, table of thresholds 2",
            "change-the-rule": "counting 2, scores 2, talk 2, real models 2, summing up 1",
        },
    }[lang]
    for activity, sentence in said.items():
        assert sentence in section(LESSON, lang, activity)
        lengths = (
            re.findall(r"(\d)分", sentence) if lang == "ja" else re.findall(r"(\d)(?= minute|,|$)", sentence)
        )
        assert sum(map(int, lengths)) == full[activity]
    assert 5 * 20 <= 2 * 60
    assert {"ja": "3分で書きます。\n続く3分で", "en": "three minutes to write"}[lang] in section(
        LESSON, lang, "where-to-abstain"
    )
    assert full["where-to-abstain"] == 3 + 3


def test_lesson_time():
    """The activities fill the hour and the short cut."""
    lesson = facts(LESSON)
    assert sum(minutes(LESSON).values()) == lesson["minutes"]["full"] == 50
    assert sum(minutes(LESSON, "short").values()) == lesson["minutes"]["short"] == 23


# --- the quiz ---


def test_quiz_threshold_four():
    """The key of "threshold-four" is the threshold of penalty 4."""
    item = quiz(LESSON)["threshold-four"]
    assert item["key"] == {"value": threshold(4) * 100, "tolerance": 0}
    for lang in LANGUAGES:
        assert -4 in numbers(item[lang]["stem"])
        assert spaced(lang, "4÷(4+1)=80%").replace("(4 + 1)", "(4 + 1)") in item[lang]["explain"]


def test_quiz_value_sixty():
    """The key of "value-sixty" is the expected value at 60% with penalty 3."""
    item = quiz(LESSON)["value-sixty"]
    assert abs(item["key"]["value"] - float(expected(Fraction(60, 100), 3))) <= item["key"]["tolerance"]
    for lang in LANGUAGES:
        assert numbers(item[lang]["stem"]) in ([60, 1, -3], [60, 1, -3, 0])
        assert spaced(lang, "0.6−1.2=−0.6") in item[lang]["explain"]


def test_quiz_penalty_pairs():
    """Each threshold of the quiz is matched with its penalty t ÷ (1 − t)."""
    item = quiz(LESSON)["penalty-pairs"]
    for lang in LANGUAGES:
        for option, target in item["key"].items():
            t = Fraction(numbers(item[lang]["options"][option])[0], 100)
            assert numbers(item[lang]["targets"][target]) == [t / (1 - t)]
            assert (
                spaced(lang, f"{decimal(t)}÷{decimal(1 - t)}={decimal(t / (1 - t))}") in item[lang]["explain"]
            )


def test_quiz_eighty_claimed():
    """120 of 200 are 60%, 40 short of the 160 that 80% promises."""
    item = quiz(LESSON)["eighty-claimed"]
    assert item["key"] == ["overconfident"]
    for lang in LANGUAGES:
        given = numbers(item[lang]["stem"])
        assert sorted(given) == [80, 120, 200]
        due = 200 * Fraction(80, 100)
        assert {due, 120, Fraction(120, 200) * 100} <= set(numbers(item[lang]["explain"]))
        assert {200, due - 120} <= set(numbers(item[lang]["why"]["unlucky"]))


def test_quiz_true_or_false():
    """Without a penalty answering is never worse than a blank; with one, silence is not always better."""
    items = quiz(LESSON)
    assert items["no-penalty-guess"]["key"] == all(
        expected(Fraction(sure, 100), 0) >= 0 for sure in range(101)
    )
    assert items["silence-best"]["key"] is False
    assert items["board-winner"]["key"] == ["all"]


@both
def test_rules_are_stated_alike_everywhere(lang):
    """Rule 0, 1 and 3 take 0, 1 and 3 points, on the board and on the worksheet."""
    board = section(LESSON, lang, "board-1")
    sheet = section(LESSON, lang, "task-predict")
    for rule, penalty in PENALTIES.items():
        mark = minus(-penalty) if penalty else "0"
        assert {
            "ja": f"規則{rule}: 正解 +1、空欄 0、誤答 {mark}",
            "en": f"Rule {rule}: right +1, blank 0, wrong {mark}",
        }[lang] in board
        assert {"ja": f"規則{rule}は{mark}点", "en": f"rule {rule} gives {mark}"}[lang] in sheet
    assert {"ja": "約10班", "en": "about ten groups"}[lang] in page(LESSON, lang)


# --- the same number wherever it stands ---


@both
def test_questions_ask_what_was_computed(lang):
    """The test asks for FF, 2 to the 100th, the 100th decimal of 1/7, 23 people, 365 days and 1 January 2100."""
    asked = {row[0]: row[1] for row in tables(section(LESSON, lang, "task-test"))[0][1:]}
    assert list(asked) == [str(number) for number in range(1, 11)]
    assert [numbers(asked[str(number)])[:1] for number in range(1, 6)] == [[number] for number in range(1, 6)]
    assert "FF" in asked["6"]
    assert numbers(asked["7"])[:2] == [2, 100]
    assert sorted(numbers(asked["8"])[:3]) == [1, 7, 100]
    assert numbers(asked["9"])[:2] == [23, 365]
    assert set(numbers(asked["10"])) == {1, 2100}


@both
def test_confidences_to_choose_from(lang):
    """The confidences used in the talk and the counts, 25, 40, 80 and 99, are among those to choose from."""
    line = next(
        line for line in section(LESSON, lang, "task-test").splitlines() if {25, 99} <= set(numbers(line))
    )
    chosen = [number for number in numbers(line) if number != 1]
    assert chosen == [25, 40, 60, 80, 99]
    counted = [numbers(row[0]) for row in tables(section(LESSON, lang, "task-test"))[2][1:]]
    assert counted == [[25], [80, 99]]
    board = section(LESSON, lang, "board-2")
    assert {"ja": ("25 →", "80・99 →"), "en": ("25 →", "80 and 99 →")}[lang][0] in board
    assert {"ja": ("25 →", "80・99 →"), "en": ("25 →", "80 and 99 →")}[lang][1] in board
    assert {"ja": "80と書いたら、10回に8回", "en": "If you write 80, are you right 8 times in 10"}[
        lang
    ] in board
    assert Fraction(1, 4) * 100 == 25
    assert {"ja": "25%が正直な値", "en": "the honest value is 25%"}[lang] in section(
        LESSON, lang, "take-test"
    )
    assert {"ja": "問1〜5の確信度は25が正直な値", "en": "The honest confidence for questions 1 to 5 is 25"}[
        lang
    ] in section(LESSON, lang, "answer-test")


@both
def test_wrong_thresholds_are_really_wrong(lang):
    """40% and 25%, which pupils offer for penalty 4, lie below the threshold: answering there loses."""
    assert all(expected(Fraction(sure, 100), 4) < 0 for sure in (40, 25))
    for sure in ("40%", "25%"):
        assert sure in section(LESSON, lang, "answer-exit")
    assert "40%" in section(LESSON, lang, "look-back")


@both
def test_sign_changes_for_the_supported_pupils(lang):
    """At 50, 60, 70, 80 the expected value changes its sign for k = 3 and starts at zero for k = 1."""
    steps = (50, 60, 70, 80)
    one, three = ([expected(Fraction(sure, 100), k) for sure in steps] for k in (1, 3))
    assert one[0] == 0
    assert min(one[1:]) > 0
    assert [value > 0 for value in three] == [False, False, False, True]
    assert {"ja": "確信度50、60、70、80", "en": "50, 60, 70 and 80 for k = 1 and k = 3"}[lang] in section(
        LESSON, lang, "support"
    )


@both
def test_machine_names_are_their_thresholds(lang):
    """Over-50 and Over-75 answer above 50% and above 75%, and penalties 1 and 3 have just those thresholds."""
    assert [threshold(penalty) * 100 for penalty in (1, 3)] == list(MACHINES[1:])
    names = [row[0] for row in tables(section(LESSON, lang, "task-machines"))[1][1:]]
    assert [numbers(name.replace("-", " ")) for name in names] == [[], [50], [75]]
    assert {"ja": "確信度が50%、75%を超えたときだけ", "en": "above 50% or 75%"}[lang] in section(
        LESSON, lang, "task-predict"
    )
    line = bullets(section(LESSON, lang, "answer-machines"))[3]
    assert numbers(line.replace("-", " ")) == {"ja": [0, 1, 3, 50, 75], "en": [0, 1, 50, 3, 75]}[lang]


@both
def test_twenty_and_a_hundred_questions(lang):
    """The machines' table has 20 questions and the real results are per 100, wherever the page says so."""
    assert len(printed_table(lang)[0]) == 20
    said = {
        "ja": (
            ("change-the-rule", "20問の表"),
            ("machine-wants-points", "20問の表"),
            ("answer-machines", "20問では運が残ります"),
            ("task-machines", "100問あたり"),
            ("answer-machines", "100問すべて"),
        ),
        "en": (
            ("change-the-rule", "a table of 20 questions"),
            ("machine-wants-points", "the table of 20 questions"),
            ("answer-machines", "With 20 questions"),
            ("task-machines", "per 100 questions"),
            ("answer-machines", "all 100 questions scores 0"),
        ),
    }
    for place, words in said[lang]:
        assert words in section(LESSON, lang, place)


@both
def test_rows_and_columns_of_the_rules(lang):
    """The tables name rules 0, 1 and 3 with k = 0, 1 and 3, and the made question is right as often as its confidence."""
    heads = tables(section(LESSON, lang, "task-expected"))[0][0][1:]
    assert [numbers(head) for head in heads] == [[rule, penalty] for rule, penalty in PENALTIES.items()]
    assert [numbers(head) for head in tables(section(LESSON, lang, "task-machines"))[1][0][4:]] == [
        [0],
        [1],
        [3],
    ]
    assert [numbers(head) for head in tables(section(LESSON, lang, "task-machines"))[2][0][4:]] == [[0], [1]]
    line = next(
        line for line in section(LESSON, lang, "task-machines").splitlines() if line.count("80%") == 2
    )
    assert numbers(line) == [80, 80]


@both
def test_procedure_on_the_board_has_the_steps_that_the_class_reads(lang):
    """The class closes by reading steps 1 to 4, and four numbered steps stand on the board."""
    steps = bullets(section(LESSON, lang, "board-4"))
    assert [numbers(step)[0] for step in steps] == [1, 2, 3, 4]
    assert {"ja": "手順1〜4", "en": "steps 1 to 4"}[lang] in section(LESSON, lang, "look-back")

"""What the exercise "unequal-errors" promises about its machine (E10), and every figure its words state."""

import csv
import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from smallmachines.drawings import mix
from smallmachines.groups import Sorter, average, errors, heavier, overall, photos

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "notebooks" / "unequal-errors"
YES = ["神社", "教会"]
OTHERS = ["教会", "城", "家"]
GROUPS = ["神社", *OTHERS]
RARE = mix(400, "神社", 4, others=OTHERS)
EQUAL = dict.fromkeys(GROUPS, 100)
TEST = photos(EQUAL, YES, seed=1001)
OWN = (1, 2, 3, 4, 5)  # the notebook's own seeds
MORE = (11, 12, 13, 14, 15, 16)  # and others: what the words say must not hang on the notebook's luck


def trial(amounts, seed, times=1, copies=0):
    """As the notebook does it."""
    examples = photos(amounts, YES, seed=seed)
    examples += [one for one in examples if one[0] == "神社"] * copies
    sorter = Sorter()
    sorter.learn(examples, heavier(examples, "神社", times), seed=seed)
    return errors(sorter, TEST)


@cache
def means(total, n, others, seeds, times=1, copies=0):
    amounts = mix(total, "神社", n, others=others) if others else EQUAL
    return average([trial(amounts, seed, times, copies) for seed in seeds])


def rare(seeds, **how):
    return means(400, 4, tuple(OTHERS), seeds, **how)


def without(group, seeds):
    return means(400, 4, tuple(other for other in OTHERS if other != group), seeds)


@cache
def first():
    """The machine of the cell `learn`."""
    sorter = Sorter()
    sorter.learn(photos(RARE, YES, seed=1), seed=1)
    return sorter


@pytest.fixture(params=[OWN, MORE], ids=["own seeds", "other seeds"])
def seeds(request):
    return request.param


# --- the machine ---------------------------------------------------------------------------------


def test_99_percent_right_and_a_third_wrong_for_one_group(seeds):
    """With 1 % shrines: errors overall below 1 %, on shrines above a third, more than ten times as many."""
    mean = rare(seeds)
    assert overall(mean, RARE) < 0.01
    assert mean["神社"] > 1 / 3
    assert mean["神社"] > 10 * overall(mean, RARE)
    assert max(mean[group] for group in OTHERS) < 0.02


def test_one_result_is_not_enough():
    """From one set of photos to the next the error on shrines moves by 5 points and more."""
    found = [trial(RARE, seed)["神社"] for seed in OWN]
    assert max(found) - min(found) > 0.05


def test_the_first_machine_shows_it_too():
    """The cell `learn` prints 99 % or more, and nearly all mistakes are on shrines."""
    by_group = errors(first(), TEST)
    assert 1 - overall(by_group, RARE) > 0.99
    assert by_group["神社"] > 0.25
    assert by_group["神社"] > 5 * sum(by_group[group] for group in OTHERS)


def test_the_answers_to_judge_are_mixed():
    """Among the twelve answers shown some are right and some wrong."""
    right = [first().answer(photo) == true for _, photo, true in TEST[:12]]
    assert 1 <= right.count(False) <= 6


def test_control_with_equally_many_examples(seeds):
    """With 100 of each group hardly a shrine is wrong: it was the number of examples."""
    mean = means(400, 100, None, seeds[:3])
    assert mean["神社"] < 0.05
    assert max(mean.values()) < 0.06


def test_counterfactual_without_houses(seeds):
    """Without houses no shrine is wrong and every house is; a test that lacks houses does not see it."""
    mean = without("家", seeds[:3])
    assert mean["神社"] < 0.05
    assert mean["家"] > 0.9
    assert overall(mean, mix(400, "神社", 4, others=["教会", "城"])) < 0.01


def test_counterfactual_without_castles_or_churches(seeds):
    """Other groups left out, other mistakes: castles, or churches and still more shrines."""
    assert without("城", seeds[:3])["城"] > 0.5
    no_churches = without("教会", seeds[:3])
    assert no_churches["教会"] > 0.9
    assert no_churches["神社"] > rare(seeds)["神社"] + 0.1


def test_a_similar_group_helps():
    """Chinese temples among the yes-photos: the four shrines are recognised, although they are still 1 %."""
    sorter = Sorter()
    sorter.learn(photos(mix(400, "神社", 4), [*YES, "中国のお寺"], seed=1), seed=1)
    assert errors(sorter, TEST)["神社"] < 0.1


def test_weights_help_and_can_fail_on_both_sides(seeds):
    """Weight 5 mends a part, 100 most; 2500 mends all and makes others, and the whole, worse than without weights."""
    plain, little, good, much = (rare(seeds[:3], times=times) for times in (1, 5, 100, 2500))
    assert good["神社"] + 0.05 < little["神社"] < plain["神社"] - 0.05
    assert good["神社"] < 0.15
    assert overall(good, RARE) < 0.01
    assert much["神社"] < 0.02
    assert much["家"] > plain["家"] + 0.02
    assert overall(much, RARE) > overall(plain, RARE) + 0.005


@pytest.mark.parametrize("seed", range(10, 70, 10))
def test_the_solution_meets_its_hidden_checks_whatever_is_drawn(seed):
    """The hidden checks of `heavy` leave room for the weight of the teacher's notebook."""
    found = trial(RARE, seed, times=100)
    assert found["神社"] < 0.25
    assert overall(found, RARE) < 0.012


def test_copies_leave_mistakes_and_collecting_hardly_any(seeds):
    """Copies halve the error and leave some; forty real shrines leave next to none."""
    copied, collected = rare(seeds, copies=24), means(400, 40, tuple(OTHERS), seeds[:3])
    assert copied["神社"] < rare(seeds)["神社"] / 2
    assert copied["神社"] > collected["神社"] + 0.02
    assert collected["神社"] < 0.03


def test_the_share_alone_does_not_decide(seeds):
    """At the same 1 %, twice as many photos bring the error down by a quarter and more."""
    doubled = means(800, 8, tuple(OTHERS), seeds[:3])
    assert doubled["神社"] < rare(seeds)["神社"] * 0.75


def test_two_machines_with_nearly_the_same_overall_figure(seeds):
    """A and B are more than 98 % right, A a little more; but the shrines suffer in A, the houses in B."""
    a, b = rare(seeds), rare(seeds, times=1000)
    assert max(overall(a, RARE), overall(b, RARE)) < 0.02
    assert 0 < overall(b, RARE) - overall(a, RARE) < 0.012
    assert a["神社"] > b["神社"] + 0.3
    assert b["家"] > a["家"]
    assert overall(a, EQUAL) > 5 * overall(a, RARE)


# --- the study -----------------------------------------------------------------------------------

PEOPLE = {"darker_male": 25.0, "darker_female": 21.3, "lighter_male": 30.3, "lighter_female": 23.3}
PRINTED = {"Microsoft": 6.3, "Face++": 10.0, "IBM": 12.1}


def shades():
    with (FOLDER / "data" / "gender-shades.csv").open(encoding="utf-8", newline="") as table:
        return {row["system"]: {key: float(row[key]) for key in PEOPLE} for row in csv.DictReader(table)}


def whole(row):
    return sum(row[key] * PEOPLE[key] for key in PEOPLE) / sum(PEOPLE.values())


def test_the_published_overall_figures_follow_from_the_parts_except_one():
    """Microsoft and IBM agree to 0.1; Face++ is off by more than 0.5, and with 9.8 it would nearly fit."""
    table = shades()
    for system in ("Microsoft", "IBM"):
        assert whole(table[system]) == pytest.approx(PRINTED[system], abs=0.06)
    assert table["Face++"]["lighter_female"] == 6.0
    assert round(whole(table["Face++"]), 1) == 9.2
    assert PRINTED["Face++"] - whole(table["Face++"]) > 0.5
    assert round(whole(table["Face++"] | {"lighter_female": 9.8}), 1) == 10.1


@pytest.mark.parametrize("lighter_female", [6.0, 9.8])
def test_the_group_with_the_most_mistakes_is_the_same_either_way(lighter_female):
    """Whichever figure is right, darker females have the most mistakes in all three services."""
    table = shades()
    table["Face++"]["lighter_female"] = lighter_female
    assert {max(row, key=row.get) for row in table.values()} == {"darker_female"}


def test_the_four_claims_are_marked_as_the_table_says():
    """Two of the four sentences follow from the table and two do not."""
    ibm, face = shades()["IBM"], shades()["Face++"]
    assert sum(abs(error - 12) < 2 for error in ibm.values()) == 1
    assert face["darker_male"] < face["lighter_male"]
    asked = yaml.safe_load((FOLDER / "checks.yml").read_text("utf-8"))["questions"]
    claims = next(question for question in asked if question["id"] == "claims")
    assert [check["expect"]["one_of"][0] for check in claims["checks"][:4]] == [False, True, False, True]


def test_about_one_in_ten_overall_and_one_in_three_in_a_group():
    """For Face++ and IBM: 8 to 13 % overall, more than a third of the darker females."""
    for system in ("Face++", "IBM"):
        assert 8 < PRINTED[system] < 13
        assert shades()[system]["darker_female"] > 100 / 3


# --- what the words say --------------------------------------------------------------------------


@cache
def words(lang):
    """The notebook's and the page's words, the marks of the percent format taken out."""
    notebook = re.sub(r"^#>? ?", "", (FOLDER / f"{lang}.py").read_text("utf-8"), flags=re.MULTILINE)
    return notebook + (FOLDER / f"{lang}.md").read_text("utf-8")


# the sentence in Japanese, in English, and that it is true of the notebook's own runs
FIGURES = [
    (
        "99%以上の正解率です",
        "99% or more of all answers are right, as in the advertisement",
        lambda: overall(errors(first(), TEST), RARE) < 0.01,
    ),
    (
        "神社の3枚に1枚以上が誤りでした",
        "more than one shrine in three was wrong",
        lambda: rare(OWN)["神社"] > 1 / 3,
    ),
    (
        "全体では99%以上が正解でも、神社の写真は3枚に1枚以上が誤りになります",
        "99% or more of all answers are right, and yet more than one shrine in three is wrong",
        lambda: overall(rare(OWN), RARE) < 0.01 and rare(OWN)["神社"] > 1 / 3,
    ),
    (
        "誤りのほとんどは、神社の写真で出ています",
        "nearly all the mistakes are made on photos of shrines",
        lambda: sum(errors(first(), TEST).values()) < 1.2 * errors(first(), TEST)["神社"],
    ),
    (
        "もともと見分けられないのではなく、学んだ例の少なさが効いていました",
        "So shrines can be told apart. What mattered was how few examples there were",
        lambda: rare(OWN)["神社"] > 1 / 3 > 0.05 > means(400, 100, None, OWN[:3])["神社"],
    ),
    (
        "教会か城をぬけば、また別の誤り方になります",
        "Leave out churches or castles, and it goes wrong in another way again",
        lambda: without("城", OWN[:3])["城"] > 0.5 and without("教会", OWN[:3])["教会"] > 0.9,
    ),
    (
        "重すぎると家の誤りが増え、全体も悪くなります",
        "if they are too heavy houses go wrong, and the overall figure gets worse",
        lambda: (
            rare(OWN[:3], times=2500)["家"] > 0.02
            and overall(rare(OWN[:3], times=2500), RARE) > overall(rare(OWN[:3]), RARE) + 0.005
        ),
    ),
    (
        "同じ1%でも、全体を2倍にすると誤りは減ります",
        "At the same 1%, doubling everything brings the mistakes down",
        lambda: means(800, 8, tuple(OTHERS), OWN[:3])["神社"] < rare(OWN)["神社"] * 0.75,
    ),
    (
        "ほかの列では、どちらがよく見えますか",
        "Which looks better in the other columns?",
        lambda: overall(rare(OWN, times=1000), EQUAL) < overall(rare(OWN), EQUAL) - 0.05,
    ),
    (
        "どのグループにも誤りがほとんどない",
        "hardly any group has mistakes",
        lambda: max(means(400, 100, None, OWN[:3]).values()) < 0.06,
    ),
    (
        "例が同じ枚数あれば、神社の誤りはほとんど出ません",
        "With equally many examples there are hardly any mistakes on shrines",
        lambda: means(400, 100, None, OWN[:3])["神社"] < 0.05,
    ),
    (
        "家をぬくと、神社の誤りはほとんど消え、家は全部が空振りになります",
        "Without houses the mistakes on shrines all but vanish, and every house is a false alarm",
        lambda: without("家", OWN[:3])["神社"] < 0.05 and without("家", OWN[:3])["家"] == 1,
    ),
    (
        "どちらも98%以上が正解で",
        "both are right for more than 98%",
        lambda: max(overall(rare(OWN), RARE), overall(rare(OWN, times=1000), RARE)) < 0.02,
    ),
    (
        "神社が1%のときは、どちらも98%以上が正解で、Aのほうが少しよく見えます",
        "With 1% shrines both are right for more than 98% of the photos, and A looks slightly better",
        lambda: 0 < overall(rare(OWN, times=1000), RARE) - overall(rare(OWN), RARE) < 0.012,
    ),
    (
        "神社を半分ほど見逃す",
        "may miss about half of the shrines",
        lambda: 0.4 < rare(OWN)["神社"] < 0.7,
    ),
    (
        "写真を集めるとほぼ直り、コピーでは誤りが残ります",
        "Collecting photos mends nearly everything; with copies some mistakes remain",
        lambda: means(400, 40, tuple(OTHERS), OWN[:3])["神社"] < 0.03 < rare(OWN[:3], copies=24)["神社"],
    ),
    (
        "ほどよい重みだと全体の誤りも減ります",
        "With a moderate weight this machine's error overall falls as well",
        lambda: overall(rare(OWN[:3], times=100), RARE) < overall(rare(OWN), RARE),
    ),
    (
        "神社の誤りを0.2以下、全体の誤りを0.01以下にする重み",
        "errors on shrines to 0.2 or less, and the errors overall to 0.01 or less",
        lambda: rare(OWN[:3], times=100)["神社"] < 0.15 and overall(rare(OWN[:3], times=100), RARE) < 0.008,
    ),
    (
        "計算した全体と発表された全体が、0.5以上ちがいます",
        "more than 0.5 apart",
        lambda: PRINTED["Face++"] - whole(shades()["Face++"]) > 0.5,
    ),
    (
        "6.0で計算すると全体は9.2%、9.8なら10.1%",
        "With 6.0 the error overall comes to 9.2%, with 9.8 to 10.1%",
        lambda: round(whole(shades()["Face++"]), 1) == 9.2,
    ),
    (
        "全体の誤りは1割ほどでも、3人に1人が誤って判定されたグループ",
        "one person in three was classified wrongly",
        lambda: PRINTED["IBM"] < 13 and shades()["IBM"]["darker_female"] > 100 / 3,
    ),
]


@pytest.mark.parametrize("figure", FIGURES, ids=[row[1][:40] for row in FIGURES])
def test_a_figure_in_the_words_is_what_comes_out(figure):
    """The sentence stands in both languages, and its figure is true of the notebook's own runs."""
    ja, en, true = figure
    assert ja in words("ja")
    assert en in words("en")
    assert true()


CITED = [
    ("buolamwini-gebru-2018", "国会議員1,270人", "1,270 members", ("1,270人", "1,270 members")),
    (
        "buolamwini-gebru-2018",
        '"darker_female": 21.3',
        '"darker_female": 21.3',
        ("濃い女性21.3%", "darker female 21.3%"),
    ),
    (
        "buolamwini-gebru-2018",
        '"darker_male": 25.0',
        '"darker_male": 25.0',
        ("濃い男性25.0%", "darker male 25.0%"),
    ),
    (
        "buolamwini-gebru-2018",
        '"lighter_male": 30.3',
        '"lighter_male": 30.3',
        ("明るい男性30.3%", "lighter male 30.3%"),
    ),
    (
        "buolamwini-gebru-2018",
        '"lighter_female": 23.3',
        '"lighter_female": 23.3',
        ("明るい女性23.3%", "lighter female 23.3%"),
    ),
    ("buolamwini-gebru-2018", '"Microsoft": 6.3', '"Microsoft": 6.3', ("Microsoft 6.3%", "Microsoft 6.3%")),
    ("buolamwini-gebru-2018", '"Face++": 10.0', '"Face++": 10.0', ("Face++ 10.0%", "Face++ 10.0%")),
    ("buolamwini-gebru-2018", '"IBM": 12.1', '"IBM": 12.1', ("IBM 12.1%", "IBM 12.1%")),
    ("buolamwini-gebru-2018", "6.0と9.8に分かれます", "6.0 or 9.8", ("6.0%と9.8%", "6.0% or 9.8%")),
    (
        "raji-buolamwini-2019",
        "17.7〜30.4ポイント",
        "17.7 to 30.4 points",
        ("17.7〜30.4ポイント", "17.7 to 30.4 points"),
    ),
    ("raji-buolamwini-2019", "31.37%と22.50%", "31.37% and 22.50%", ("31.37%と22.50%", "31.37% and 22.50%")),
    (
        "raji-buolamwini-2019",
        "7か月のうちに3社すべて",
        "within 7 months",
        ("7か月のうちに", "Within 7 months"),
    ),
]


@pytest.mark.parametrize("cited", CITED, ids=[f"{row[0]} {row[2][:24]}" for row in CITED])
def test_a_figure_about_the_world_stands_in_the_note_of_its_source(cited):
    """The figure is in both languages, both pages link the source, and its note holds the same figure."""
    source, ja, en, note = cited
    entries = yaml.safe_load((ROOT / "lessons" / "sources.yml").read_text("utf-8"))["sources"]
    noted = next(one["note"] for one in entries if one["id"] == source)
    for lang, figure, in_note in zip(("ja", "en"), (ja, en), note, strict=True):
        assert figure in words(lang)
        assert f"(source:{source})" in words(lang)
        assert in_note in noted[lang]

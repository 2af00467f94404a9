"""What the exercise "seen-once" says happens, and its figures, measured again on the machine itself.

In:  the machines, with the notebook's own settings, and the words of the exercise as they stand.
Out: nothing; a promise that no longer holds fails.
Left out on purpose: running the notebooks (`komainu run`).
"""

from functools import cache
from math import log, sqrt
from pathlib import Path
from statistics import mean

import pytest
import yaml

from smallmachines.facts import Listener, make_world, seen_once, talk, wrong_share

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "notebooks" / "seen-once"
LANGUAGES = ("ja", "en")
TOWNS = 47
SEEDS = (1, 2, 3)
CORPORA = [(zipf, n) for zipf in (0, 1) for n in (500, 1000, 2000, 4000)]
THIRD = 3 / 0.05 / 46  # what the theorem takes off for few wrong towns


def text(lang):
    """Everything the exercise says in one language (checks.yml holds both)."""
    return "".join((FOLDER / name).read_text("utf-8") for name in (f"{lang}.py", f"{lang}.md", "checks.yml"))


def heard_by(talked):
    listener = Listener()
    listener.hear(talked)
    return listener


def leading_term(talked):
    return seen_once(talked) * (TOWNS - 1) / TOWNS


def slack(n, delta=0.05):
    return sqrt(6 * log(6 / delta) / n)


@cache
def island(seed, n, zipf=1.0, like_family=0.0, people=500):
    """World, talk, listener and 1,000 questions, seeded as in the notebook."""
    world = make_world(people=people, like_family=like_family, seed=seed)
    talked = talk(world, n, seed=seed + 10, zipf=zipf)
    return world, talked, heard_by(talked), talk(world, 1000, seed=seed + 20, zipf=zipf)


def wrong(seed, n, **settings):
    _, _, listener, questions = island(seed, n, **settings)
    return wrong_share(listener, questions)


@cache
def exact(seed, n, zipf):
    """(share heard once, share of talk about people never heard of, share wrong), without drawing questions."""
    world = make_world(people=500, seed=seed)
    talked = talk(world, n, seed=seed + 100, zipf=zipf)
    listener, known = heard_by(talked), {sentence.name for sentence in talked}
    weights = [1 / rank**zipf for rank in range(1, len(world) + 1)]
    unheard = [
        (weight, person) for weight, person in zip(weights, world, strict=True) if person.name not in known
    ]
    missing = sum(weight for weight, _ in unheard) / sum(weights)
    missed = sum(weight for weight, person in unheard if listener.guess(person)[0] != person.home)
    return seen_once(talked), missing, missed / sum(weights)


def correlation(xs, ys):
    mx, my = mean(xs), mean(ys)
    up = sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True))
    return up / (sum((x - mx) ** 2 for x in xs) * sum((y - my) ** 2 for y in ys)) ** 0.5


# --- the clue ------------------------------------------------------------------------------------


def test_wrong_answers_follow_the_share_heard_once():
    """Over 3 seeds the share wrong lies within 0.06 of the leading term in each of the eight corpora (n >= 500)."""
    for zipf, n in CORPORA:
        terms = [leading_term(island(seed, n, zipf=zipf)[1]) for seed in SEEDS]
        assert abs(mean(wrong(seed, n, zipf=zipf) for seed in SEEDS) - mean(terms)) <= 0.06, (zipf, n)


@pytest.mark.parametrize("seed", SEEDS)
def test_they_go_together_over_the_eight_corpora(seed):
    """On every island the correlation over the eight corpora is 0.95 or more."""
    terms = [leading_term(island(seed, n, zipf=zipf)[1]) for zipf, n in CORPORA]
    assert correlation(terms, [wrong(seed, n, zipf=zipf) for zipf, n in CORPORA]) >= 0.95


def test_the_clue_misses_by_no_more_than_theory_allows():
    """Over 30 islands the root mean square miss of the share heard once is below √(0.6179/n) (Rajaraman 2017).

    The theorem is about the mean over all islands; 30 of them may exceed it by chance, so a tenth is added.
    """
    for zipf, n in ((0, 500), (1, 500), (1, 1000)):
        misses = [exact(seed, n, zipf)[:2] for seed in range(30)]
        assert mean((once - missing) ** 2 for once, missing in misses) ** 0.5 <= 1.1 * sqrt(0.6179 / n)


def test_one_island_may_miss_by_more_than_six_points():
    """Why the assertions above take means: among 40 single islands at least one is further off than 0.06."""
    runs = [exact(seed, 500, 0) for seed in range(40)]
    assert max(abs(missed - once * (TOWNS - 1) / TOWNS) for once, _, missed in runs) > 0.06


def test_the_hidden_sentence_gives_exactly_the_share_heard_once():
    """Hiding each sentence in turn: the share that is news is the share heard once, to the last digit."""
    for seed in SEEDS:
        talked = island(seed, 500)[1]
        news = [one not in talked[:at] + talked[at + 1 :] for at, one in enumerate(talked)]
        assert sum(news) / len(talked) == seen_once(talked)


@pytest.mark.parametrize("seed", SEEDS)
def test_control_whoever_was_heard_of_is_right(seed):
    """Heard once or many times: nothing wrong. Never heard: more than nine in ten wrong, some lucky."""
    _, talked, listener, questions = island(seed, 500)
    for times, low, high in (((0,), 0.9, 1), ((1,), 0, 0), (range(2, 500), 0, 0)):
        asked = [person for person in questions if talked.count(person) in times]
        assert low <= wrong_share(listener, asked) <= high


# --- counterfactuals and mending -----------------------------------------------------------------


def test_twice_the_talk_does_not_halve_the_wrong_answers():
    """From 500 to 1,000 sentences the share wrong falls (3 seeds), but not to half."""
    before, after = (mean(wrong(seed, n) for seed in SEEDS) for n in (500, 1000))
    assert 0.5 * before < after < 0.8 * before


def test_five_per_cent_can_be_reached_below_4000_sentences_and_not_with_1000():
    """The question "enough" has answers in its range, and the least of them pass the hidden check on other islands."""
    assert wrong(1, 1000) > 0.05 >= wrong(1, 2300)
    assert wrong(1, 3000) < 0.045
    assert max(wrong(seed, 2300) for seed in range(2, 10)) <= 0.075


def test_most_of_the_new_sentences_are_about_people_already_heard_of():
    """Why twice the talk is not half the mistakes, on each of 3 islands; and even then not everybody has come up."""
    for seed in SEEDS:
        talked = island(seed, 1000)[1]
        assert talked[:500] == island(seed, 500)[1]
        assert mean(one in talked[:500] for one in talked[500:]) > 0.6
        assert len(set(talked)) < 400


def test_where_the_family_predicts_the_home_the_clue_is_too_high():
    """Backing off to the family guesses right more often: wrong answers fall with like_family, far below the clue."""
    means = [mean(wrong(seed, 500, like_family=share) for seed in SEEDS) for share in (0, 0.3, 0.6, 0.9)]
    assert means == sorted(means, reverse=True)
    assert means[-1] < 0.5 * means[0]
    assert means[-1] < 0.5 * mean(leading_term(island(seed, 500)[1]) for seed in SEEDS)


@pytest.mark.parametrize("seed", SEEDS)
def test_more_about_the_famous_changes_the_figure_and_not_the_machine(seed):
    """The mitigation that fails: the share heard once falls by a third or more, the share wrong by under 2 points."""
    world, talked, listener, questions = island(seed, 500)
    more = talked + talk(world[:20], 500, seed=seed + 30)
    assert seen_once(more) <= 2 / 3 * seen_once(talked)
    assert abs(wrong_share(heard_by(more), questions) - wrong_share(listener, questions)) < 0.02


@pytest.mark.parametrize("seed", SEEDS)
def test_more_about_the_others_helps(seed):
    """As many sentences about everybody else leave less than half of the wrong answers."""
    world, talked, listener, questions = island(seed, 500)
    more = talked + talk(world[20:], 500, seed=seed + 30, zipf=0)
    assert wrong_share(heard_by(more), questions) < 0.5 * wrong_share(listener, questions)


@pytest.mark.parametrize("seed", SEEDS)
def test_i_do_not_know_removes_wrong_answers_and_costs_right_ones(seed):
    """Silent about people never heard of, nothing is wrong; on the island of families most guesses were right."""
    _, talked, listener, questions = island(seed, 500)
    known = {sentence.name for sentence in talked}
    assert wrong_share(listener, [person for person in questions if person.name in known]) == 0
    unheard = [person for person in questions if person.name not in known]
    assert 0.1 < len(unheard) / len(questions) < 0.35
    assert 0 < 1 - wrong_share(listener, unheard) < 0.1
    _, talked, listener, questions = island(seed, 500, like_family=0.9)
    known = {sentence.name for sentence in talked}
    assert wrong_share(listener, [person for person in questions if person.name in known]) == 0
    assert (
        0.65 < 1 - wrong_share(listener, [person for person in questions if person.name not in known]) < 0.9
    )


# --- high school: the slack ----------------------------------------------------------------------


def test_the_machine_stays_above_the_leading_term_less_the_slack():
    """On 12 big islands, from 1,000 to 8,000 sentences, the share wrong is never below the lower line."""
    for seed in range(12):
        world = make_world(people=5000, seed=seed)
        questions = talk(world, 500, seed=seed + 20)
        for n in (1000, 8000):
            talked = talk(world, n, seed=seed + 10)
            assert leading_term(talked) - slack(n) > 0
            assert wrong_share(heard_by(talked), questions) >= leading_term(talked) - slack(n)


def test_the_chart_shows_the_machine_near_the_leading_term():
    """In the notebook's chart of the big island the two never lie more than 0.05 apart."""
    for n in (1000, 2000, 4000, 8000):
        assert abs(wrong(1, n, people=5000) - leading_term(island(1, n, people=5000)[1])) < 0.05


def test_the_theorems_themselves_promise_nothing_here():
    """With all its terms the 2024 bound is below 0 on the island, and so is the 2025 one at 4,000 sentences."""
    assert THIRD > 1
    assert leading_term(island(1, 500)[1]) - slack(500) - THIRD < 0
    assert (35 + 6 * log(4000)) / sqrt(4000) == pytest.approx(1.34, abs=0.005)


def test_the_slack_fits_both_quoted_forms():
    """√(6 ln(6/δ)/n) and 3/δ round up to the 7/√n and 300 that another text quotes for 99%."""
    assert 6 < slack(1, delta=0.01) <= 7
    assert round(3 / 0.01) == 300


# --- the words -----------------------------------------------------------------------------------

STATED = [
    ("20%ほどになったのは", "It came to about 20%", lambda: 0.17 < mean(wrong(s, 500) for s in SEEDS) < 0.24),
    ("20%ほどになったのは", "It came to about 20%", lambda: 0.17 < wrong(1, 500) < 0.24),
    (
        "まちがいの割合は、一度だけの割合に近い数でした",
        "The share of wrong answers came close to the share heard once",
        lambda: abs(wrong(1, 500) - seen_once(island(1, 500)[1])) < 0.05,
    ),
    (
        "「23」「一度だけの割合と同じ」",
        '"23. The same as the share heard once."',
        lambda: seen_once(island(1, 500)[1]) == 0.23,
    ),
    (
        "`heard` の一度だけの割合は0.23です",
        "For `heard` the share heard once is 0.23",
        lambda: abs(leading_term(island(1, 500)[1]) - 0.225106) < 1e-6,
    ),
    (
        "半分より多くが一度も出てこない",
        "more than half of the 500 are never mentioned",
        lambda: all(len(set(island(s, 500)[1])) < 250 for s in SEEDS),
    ),
    (
        "結果は半分までは減りません",
        "does not come down as far as half",
        lambda: wrong(1, 1000) > 0.5 * wrong(1, 500),
    ),
    (
        "新しい500文の多くも、よく話題になる人の文",
        "Most of the 500 new sentences are about well-known people",
        lambda: mean(one in island(1, 500)[1] for one in island(1, 1000)[1][500:]) > 0.6,
    ),
    (
        "1回の組が0%だった",
        "the group heard once was at 0%",
        lambda: wrong_share(island(1, 500)[2], list(dict.fromkeys(island(1, 500)[1]))) == 0,
    ),
    (
        "1回でも聞いた人については、正しい町を出力しました",
        "For anyone it had heard about even once, the machine put out the right town",
        lambda: wrong_share(island(1, 500)[2], [p for p in island(1, 500)[3] if p in island(1, 500)[1]]) == 0,
    ),
    (
        "一度だけの割合は小さくなったのに、まちがいの割合はほとんど変わりません",
        "The share heard once went down, yet the share of wrong answers hardly changed",
        lambda: (
            abs(wrong_share(heard_by(more_famous()), island(1, 500)[3]) - wrong(1, 500)) < 0.01
            and seen_once(more_famous()) < 0.15
        ),
    ),
    ("4回に3回ほど", "about three times in four", lambda: 0.7 < 1 - wrong_share(*unheard_of(0.9)) < 0.82),
    (
        "機械の点は主な項の近くにあり、ゆるみを引いた線より上にあります",
        "The machine stays near the leading term and above the line with the slack taken off",
        lambda: all(
            -0.05 < leading_term(island(1, n, people=5000)[1]) - wrong(1, n, people=5000) < slack(n)
            for n in (1000, 2000, 4000, 8000)
        ),
    ),
    (
        "大きくても3.5ポイントほど",
        "about 3.5 points at most",
        lambda: abs(sqrt(0.6179 / 500) - 0.035) < 0.0005,
    ),
    (
        "N=4,000で約1.34",
        "about 1.34 for N = 4,000",
        lambda: abs((35 + 6 * log(4000)) / sqrt(4000) - 1.34) < 0.005,
    ),
    ("これだけで1を超えます", "which alone is more than 1", lambda: THIRD > 1),
    (
        "正しい答えと、まちがった答えが混ざっています",
        "Right and wrong answers are mixed",
        lambda: 3 <= sum(island(1, 500)[2].guess(p)[0] == p.home for p in island(1, 500)[3][80:88]) <= 5,
    ),
]


def more_famous():
    world, talked, _, _ = island(1, 500)
    return talked + talk(world[:20], 500, seed=31)


def unheard_of(like_family):
    """The listener and the questions about people it never heard of."""
    _, talked, listener, questions = island(1, 500, like_family=like_family)
    return listener, [person for person in questions if person not in talked]


@pytest.mark.parametrize(("ja", "en", "holds"), STATED)
def test_what_is_stated_is_so(ja, en, holds):
    """Every sentence that states a result stands in both languages, and the result is as it says."""
    assert ja in text("ja")
    assert en in text("en")
    assert holds()


CITED = [
    ("kalai-vempala-2024-bound", "√(6 ln(6/δ)", "√(6 ln(6/δ)"),
    ("kalai-2025-bound", "(35 + 6 ln N)", "(35 + 6 ln N)"),
    ("rajaraman-2017", "0.6179", "0.6179"),
    ("miao-kearns-2025", "誤りが最大40%減", "as little as 5% of the training examples cut them by up to 40%"),
]


@pytest.mark.parametrize(("source", "ja", "en"), CITED)
def test_figures_about_the_world_stand_in_their_source(source, ja, en):
    """A figure that is not measured here stands on the page and in the note of the source it links to."""
    notes = {
        one["id"]: one["note"]
        for one in yaml.safe_load((ROOT / "lessons/sources.yml").read_text("utf-8"))["sources"]
    }
    for lang, figure in (("ja", ja), ("en", en)):
        assert figure in text(lang)
        assert figure in notes[source][lang]
        assert f"(source:{source})" in (FOLDER / f"{lang}.md").read_text("utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_claimed_that_the_theory_does_not_say(lang):
    """The theory is called the leading term, the 20% are said to be this island's, and silence is a way out."""
    for phrase in {
        "ja": (
            "「定理」ではなく「主な項」",
            "この島からは言えません",
            "誤りは避けられない、という話でもありません",
        ),
        "en": (
            "and not “the theorem”",
            "cannot be said from this island",
            "Nor does it say that wrong statements cannot be avoided",
        ),
    }[lang]:
        assert phrase in text(lang)

"""What the exercise "ask-ten-times" says happens, and its figures, measured again on the machine itself.

In:  the machines, with the notebook's own settings, and the words of the exercise as they stand.
Out: nothing; a promise that no longer holds fails.
Left out on purpose: running the notebooks (`komainu run`).
"""

import random
import re
from functools import cache
from pathlib import Path
from statistics import mean

import pytest
import yaml

from smallmachines.asking import agreement, ask_all, auroc
from smallmachines.facts import Listener, make_world, rumours, talk

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "notebooks" / "ask-ten-times"
LANGUAGES = ("ja", "en")
SEEDS = (1, 2, 3)


def text(lang):
    """Everything the exercise says in one language."""
    return "".join((FOLDER / f"{lang}.{kind}").read_text("utf-8") for kind in ("py", "md"))


def shuffled(scores):
    """The same scores dealt out to other people."""
    return random.Random(1).sample(scores, len(scores))


def right_share(scores, right, low, high):
    """How many answers are right where this many of the nine others were the same."""
    return mean(fine for score, fine in zip(scores, right, strict=True) if low <= round(9 * score) <= high)


def sources():
    return yaml.safe_load((ROOT / "lessons/sources.yml").read_text("utf-8"))["sources"]


def heard_by(talked):
    listener = Listener()
    listener.hear(talked)
    return listener


def interview(listener, people, seed=1, times=10):
    """The agreements and whether each first answer is right, as the notebook's own function gives them."""
    asked = ask_all(listener.answer, people, times=times, seed=seed)
    right = [answers[0] == person.home for answers, person in zip(asked, people, strict=True)]
    return [agreement(answers) for answers in asked], right


@cache
def island(seed):
    """World, talk, listener and 300 questions, seeded as in the notebook."""
    world = make_world(people=1000, like_family=0.6, seed=seed)
    talked = talk(world, 1000, seed=seed + 10)
    return world, talked, heard_by(talked), talk(world, 300, seed=seed + 20)


@cache
def asked(seed):
    """Agreements and rights for the 300 questions."""
    _, _, listener, questions = island(seed)
    return interview(listener, questions)


@cache
def rumour(seed, times=6):
    """The listener that heard the rumour, and the 60 people it is about."""
    world, talked, _, _ = island(seed)
    false = rumours(world, people=60, times=6, seed=seed)
    names = {sentence.name for sentence in false}
    heard = talked + rumours(world, people=60, times=times, seed=seed) if times else talked
    return heard_by(heard), [person for person in world if person.name in names], false


@cache
def about_rumoured(seed, times=6, asks=10):
    """(mean agreement, share wrong, how often the game is won) for the 60 people."""
    listener, people, _ = rumour(seed, times)
    agreements, right = interview(listener, people, times=asks)
    return mean(agreements), 1 - mean(right), auroc(agreements, right)


def over_seeds(number, **settings):
    return mean(about_rumoured(seed, **settings)[number] for seed in SEEDS)


def trusted_wrong(agreements, right, limit):
    trusted = [fine for score, fine in zip(agreements, right, strict=True) if score >= limit]
    return 1 - mean(trusted)


def thrown_right(agreements, right, limit):
    return mean(score < limit for score, fine in zip(agreements, right, strict=True) if fine)


@cache
def two_machines(seed):
    """(machine with rumour, people it gets wrong, separate machine, separate machine with the same rumour)."""
    world, *_ = island(seed)
    rumoured, people, false = rumour(seed)
    mistaken = [person for person in people if rumoured.guess(person)[0] != person.home]
    other = talk(world, 1000, seed=seed + 30)
    return rumoured, mistaken, heard_by(other), heard_by(other + false)


def same_answer(one, two, people):
    return mean(one.guess(person)[0] == two.guess(person)[0] for person in people)


# --- agreement -----------------------------------------------------------------------------------


def test_agreement_exposes_guesses():
    """Over 20 islands the one with more agreement is the right one at least 85 times in 100, each time."""
    found = [auroc(*asked(seed)) for seed in range(1, 21)]
    assert min(found) >= 0.85
    assert 0.88 <= mean(found) <= 0.94


def test_control_agreement_dealt_out_again_tells_nothing():
    """The same agreements given to other people hit like drawing lots (mean of ten islands)."""
    found = []
    for seed in range(1, 11):
        agreements, right = asked(seed)
        found.append(auroc(shuffled(agreements), right))
    assert mean(found) == pytest.approx(0.5, abs=0.06)


GROUPS = ((0, 5), (6, 8), (9, 9))


@pytest.mark.parametrize("seed", SEEDS)
def test_more_agreement_is_right_more_often_and_dealt_out_again_it_is_not(seed):
    """The table: the three groups rise from under a half to over nine tenths; the control column stays near all answers."""
    agreements, right = asked(seed)
    shares = [right_share(agreements, right, *group) for group in GROUPS]
    assert shares == sorted(shares)
    assert 0 < shares[0] < 0.5
    assert 0.9 < shares[-1] < 1
    for group in GROUPS:
        assert right_share(shuffled(agreements), right, *group) == pytest.approx(mean(right), abs=0.1)


def test_no_limit_makes_both_errors_nothing():
    """Whatever the limit, on each of 3 islands some trusted answer is wrong or some right one thrown away."""
    for seed in SEEDS:
        for ninths in range(10):
            limit = ninths / 9 - 0.01
            assert trusted_wrong(*asked(seed), limit) + thrown_right(*asked(seed), limit) > 0
        assert trusted_wrong(*asked(seed), 0.99) > 0


def test_the_limit_that_is_asked_for_exists():
    """From 0.6 to 0.75 meets both, 0.5 trusts too much, 1 doubts too much; other questions stay within the hidden check."""
    for limit in (0.6, 0.65, 0.7, 0.75):
        assert trusted_wrong(*asked(1), limit) <= 0.06
        assert thrown_right(*asked(1), limit) <= 0.15
    assert trusted_wrong(*asked(1), 0.5) > 0.06
    assert thrown_right(*asked(1), 1) > 0.15
    world, _, listener, _ = island(1)
    for other in range(41, 53):
        for limit in (0.6, 0.7):
            assert trusted_wrong(*interview(listener, talk(world, 300, seed=other)), limit) <= 0.11


def test_a_larger_limit_trades_trust_for_doubt():
    """What the hint says, in steps of a tenth from 0.5: too much trust never rises and too much doubt never falls."""
    tenths = [tenth / 10 for tenth in range(5, 11)]
    trust, doubt = ([error(*asked(1), limit) for limit in tenths] for error in (trusted_wrong, thrown_right))
    assert trust == sorted(trust, reverse=True)
    assert doubt == sorted(doubt)


# --- the rumour ----------------------------------------------------------------------------------


def test_a_shared_rumour_passes_the_test():
    """Over 3 islands: mean agreement above 0.6 while more than 0.3 of the answers are wrong."""
    assert over_seeds(0) > 0.6
    assert over_seeds(1) > 0.3


def test_among_the_rumoured_agreement_points_the_wrong_way():
    """The game is won less often than by lot, on each of 3 islands."""
    assert max(about_rumoured(seed)[2] for seed in SEEDS) < 0.4


def test_counterfactual_the_oftener_the_rumour_the_more_agreement_and_the_more_wrong():
    """From 1 to 12 times both rise; once only clashes with the truth and lowers agreement (mean of 3)."""
    for number in (0, 1):
        rising = [over_seeds(number, times=times) for times in (1, 3, 6, 12)]
        assert rising == sorted(rising)
    assert over_seeds(0, times=1) < over_seeds(0, times=0) < over_seeds(0)
    assert over_seeds(1, times=0) > 0.3  # hardly anyone talks about these people


def test_asking_a_hundred_times_does_not_help():
    """The mitigation that fails: agreement stays as it was, within 3 points (mean of 3)."""
    assert over_seeds(0, asks=100) == pytest.approx(over_seeds(0), abs=0.03)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_second_machine_helps_only_if_it_heard_something_else(seed):
    """On people whom the rumour got wrong: the separate machine differs, the one with the same rumour does not."""
    rumoured, mistaken, apart, together = two_machines(seed)
    assert same_answer(rumoured, apart, mistaken) < 0.1
    assert same_answer(rumoured, together, mistaken) > 0.9


@pytest.mark.parametrize("seed", SEEDS)
def test_everyone_the_rumoured_machine_gets_wrong_is_the_rumour_s(seed):
    """Why the notebook may say "because of the rumour": the wrong town is the rumour's, for all but a few."""
    rumoured, mistaken, *_ = two_machines(seed)
    said = {sentence.name: sentence.home for sentence in rumour(seed)[2]}
    assert mean(rumoured.guess(person)[0] == said[person.name] for person in mistaken) > 0.95


def test_the_separate_machine_is_not_always_right():
    """Different does not mean right: on those people about a third of its own answers are wrong (mean of 3 islands)."""
    wrong = []
    for seed in SEEDS:
        _, mistaken, apart, _ = two_machines(seed)
        wrong.append(mean(apart.guess(person)[0] != person.home for person in mistaken))
    assert 0.25 < mean(wrong) < 0.45


def test_machines_built_alike_share_short_cuts():
    """Two that heard separate talk agree on a third or more of the wrong answers, and not on all right ones."""
    wrong, fine = [], []
    for seed in SEEDS:
        world, _, listener, questions = island(seed)
        second = heard_by(talk(world, 1000, seed=seed + 30))
        right = [listener.guess(person)[0] == person.home for person in questions]
        for kept, into in ((False, wrong), (True, fine)):
            people = [person for person, is_right in zip(questions, right, strict=True) if is_right == kept]
            into.append(same_answer(listener, second, people))
    assert mean(wrong) > 1 / 3
    assert 0.8 < mean(fine) < 0.99


# --- the words -----------------------------------------------------------------------------------


@cache
def eight():
    """{letter: (ten answers, is the first one right)} for the eight of the notebook."""
    world, _, listener, _ = island(1)
    people = talk(world, 8, seed=1, zipf=0.7)
    ten = ask_all(listener.answer, people, times=10, seed=1)
    rows = [(answers, answers[0] == person.home) for answers, person in zip(ten, people, strict=True)]
    return dict(zip("ABCDEFGH", rows, strict=True))


STATED = [
    ("正しい答えが半分ある", "half are right", lambda: sum(right for _, right in eight().values()) == 4),
    (
        "Cはそろっているのに、まちがい",
        "C agrees and is wrong",
        lambda: agreement(eight()["C"][0]) > 0.8 and not eight()["C"][1],
    ),
    ("Gは正しい答えです", "G is right", lambda: agreement(eight()["G"][0]) < 0.6 and eight()["G"][1]),
    (
        "Eの10個を見せ",
        "Show the ten answers for E",
        lambda: max(set(eight()["E"][0]), key=eight()["E"][0].count) != eight()["E"][0][0],
    ),
    (
        "一致が高いのにまちがいの答えと、一致が低めなのに正しい答え",
        "answers with high agreement that are wrong, and answers with lower agreement that are right",
        lambda: not eight()["C"][1] and eight()["G"][1],
    ),
    (
        "一致が高い組ほど、正しい答えの割合も高くなっています",
        "The groups with more agreement have a larger share of right answers",
        lambda: (
            right_share(*asked(1), 0, 5) + 0.2
            < right_share(*asked(1), 6, 8)
            < right_share(*asked(1), 9, 9) - 0.05
        ),
    ),
    (
        "そろった答えにまちがいがあり、ばらばらの答えに正しいものがあります",
        "some answers that agree are wrong, and some that do not agree are right",
        lambda: right_share(*asked(1), 9, 9) < 1 and right_share(*asked(1), 0, 5) > 0.2,
    ),
    ("ほとんどが正しかった", "nearly all were right", lambda: 0.95 < right_share(*asked(1), 9, 9) < 1),
    ("両方を0にはできません", "cannot both be 0", lambda: trusted_wrong(*asked(1), 1) > 0),
    (
        "「100回に90回ほど」",
        '"about 90 in 100"',
        lambda: 0.87 <= mean(auroc(*asked(s)) for s in range(1, 21)) <= 0.94,
    ),
    ("「100回に90回ほど」", '"about 90 in 100"', lambda: 0.87 <= auroc(*asked(1)) <= 0.94),
    (
        "くじよりずっと悪くなりました",
        "went far worse than drawing lots",
        lambda: about_rumoured(1)[2] < 0.3 < 0.42 < auroc(shuffled(asked(1)[0]), asked(1)[1]),
    ),
    (
        "答えはよくそろっているのに、ほとんどがまちがいでした",
        "The answers agree well, and yet most of them are wrong",
        lambda: about_rumoured(1)[0] > 0.7 and about_rumoured(1)[1] > 0.8,
    ),
    (
        "うわさがなくても、この60人についての答えには、まちがいが多くあります",
        "Even without a rumour, many answers about these 60 people are wrong",
        lambda: about_rumoured(1, times=0)[1] > 0.4,
    ),
    (
        "そのときの一致は低めです",
        "then agreement is rather low",
        lambda: about_rumoured(1, times=0)[0] < min(0.65, mean(asked(1)[0]) - 0.15),
    ),
    (
        "うわさが1回だけなら、一致はさらに下がります",
        "A rumour heard only once brings agreement down further",
        lambda: about_rumoured(1, times=1)[0] < about_rumoured(1, times=0)[0],
    ),
    (
        "うわさが1回のときは、そのとおり一致が下がります",
        "With a rumour heard once that is just what happens",
        lambda: over_seeds(0, times=1) < over_seeds(0, times=0),
    ),
    (
        "回数が増えると、まちがいも一致も高くなります",
        "the higher both wrong answers and agreement become",
        lambda: all(
            about_rumoured(1, times=less)[at] < about_rumoured(1, times=more)[at]
            for less, more in ((1, 3), (3, 6), (6, 12))
            for at in (0, 1)
        ),
    ),
    (
        "この60人の多くは、正しい文に一度も出ていない人",
        "about most of these 60 people no true sentence ever came up",
        lambda: mean(p.name not in {s.name for s in island(1)[1]} for p in rumour(1)[1]) > 0.5,
    ),
    (
        "100回たずねても、一致は下がりませんでした",
        "Asking 100 times did not bring agreement down",
        lambda: about_rumoured(1, asks=100)[0] > about_rumoured(1)[0] - 0.03,
    ),
    (
        "ほとんどの人について、一台目と同じまちがいを出力しました",
        "For most of the people, the second machine that had also heard the rumour put out the same wrong answer",
        lambda: same_answer(two_machines(1)[0], two_machines(1)[3], two_machines(1)[1]) > 0.9,
    ),
    (
        "ほとんどの人について、一台目とちがう答えを出力しました",
        "For most of them, the one that had not heard it put out a different answer",
        lambda: same_answer(two_machines(1)[0], two_machines(1)[2], two_machines(1)[1]) < 0.1,
    ),
    (
        "二台目の答えも、3分の1ほどはまちがい",
        "about a third are wrong too",
        lambda: 0.27 < mean(two_machines(1)[2].guess(p)[0] != p.home for p in two_machines(1)[1]) < 0.42,
    ),
    (
        "まちがいの答えの3分の1以上で、二台の答えがそろいました",
        "the two agreed on more than a third of the wrong answers",
        lambda: (
            same_answer(
                island(1)[2],
                two_machines(1)[2],
                [p for p in island(1)[3] if island(1)[2].guess(p)[0] != p.home],
            )
            > 1 / 3
        ),
    ),
]


@pytest.mark.parametrize(("ja", "en", "holds"), STATED)
def test_what_is_stated_is_so(ja, en, holds):
    """Every sentence that states a result stands in both languages, and the result is as it says."""
    assert ja in text("ja")
    assert en in text("en")
    assert holds()


@pytest.mark.parametrize("figure", ["238", "72.96", "83.21", "85.63", "92.50", "93.42"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_figures_of_selfcheckgpt_stand_in_its_note(lang, figure):
    """The figures of Manakul 2023 stand on the page, beside their source, and are those of the source's note."""
    notes = {one["id"]: one["note"] for one in sources()}
    page = (FOLDER / f"{lang}.md").read_text("utf-8")
    assert "(source:manakul-2023)" in page
    assert figure in notes["manakul-2023"][lang]
    assert figure in page


def test_the_notebook_s_comparison_is_the_source_s():
    """Counting words scored higher than the model's own probabilities, as the notebook says without figures."""
    assert "モデルの確率を使う方法より高い点" in text("ja")
    assert "scored higher than using the model's own probabilities" in text("en")
    note = next(one for one in sources() if one["id"] == "manakul-2023")["note"]["en"]
    by_lot, by_probability, by_words, *_ = map(float, re.findall(r"\d\d\.\d\d", note))
    assert by_lot < by_probability < by_words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_agreement_is_never_called_truth(lang):
    """The exercise says on the notebook and on the page that agreement is a clue and what semantic entropy leaves out."""
    for phrase in {
        "ja": (
            "一致は手がかりですが、正しさそのものではない",
            "一致は、正しさではありません",
            "いつも同じように誤る場合は別だ",
        ),
        "en": (
            "Agreement is a clue; it is not the truth",
            "Agreement is not truth",
            "errors that are always the same because the data were wrong",
        ),
    }[lang]:
        assert phrase in text(lang)

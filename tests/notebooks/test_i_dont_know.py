"""What the exercise "i-dont-know" promises about its machines (E6), and every figure its words state."""

from functools import cache
from pathlib import Path
from statistics import mean

import pytest
import yaml

from smallmachines.facts import Listener, make_world, talk
from smallmachines.people import moved
from smallmachines.scoring import (
    best_threshold,
    calibration,
    expected,
    mean_points,
    penalty_for,
    take_test,
)

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "notebooks" / "i-dont-know"
SEEDS = range(10)
OWN = 14  # the notebook's own world


def island(seed):
    return make_world(people=1000, like_family=0.6, seed=seed)


def machine_of(world, heard):
    machine = Listener(m=1)
    machine.hear(heard)
    return machine


@cache
def own():
    """The notebook's machine, its 1,000 questions, its 1,000 new ones, and its answers after the moves."""
    world = island(OWN)
    machine = machine_of(world, talk(world, 500, seed=1))
    later = moved(world, share=0.5, seed=4)
    tests = [talk(world, 1000, seed=2), talk(world, 1000, seed=3), talk(later, 1000, seed=5)]
    return [take_test(machine, questions) for questions in tests]


@cache
def other(seed):
    """The same in another world, with other talk, questions and moves: guesses, new guesses, guesses after the moves."""
    world = island(seed)
    machine = machine_of(world, talk(world, 500, seed=seed + 100))
    later = moved(world, share=0.5, seed=seed + 300)
    tests = [
        talk(world, 1000, seed=seed + 200),
        talk(world, 1000, seed=seed + 400),
        talk(later, 1000, seed=seed + 500),
    ]
    return [take_test(machine, questions) for questions in tests]


def taught_again(world, seed, n, share=0.5):
    """Points at penalty 3 and threshold 0.75 of a machine that heard n sentences from after the moves."""
    later = moved(world, share, seed=seed + 300)
    machine = machine_of(world, talk(world, 500, seed=seed + 100) + talk(later, n, seed=seed + 600))
    return mean_points(take_test(machine, talk(later, 1000, seed=seed + 500)), 0.75, 3)


def overconfidence(guesses):
    return mean(confidence for confidence, _ in guesses) - mean(right for _, right in guesses)


# --- the science ---


def test_without_a_penalty_always_answering_is_best():
    """Penalty 0: the best threshold is 0, in the notebook's world and in each of ten others."""
    for guesses in [own()[0], *(other(seed)[0] for seed in SEEDS)]:
        assert best_threshold(guesses, penalty=0) == 0


def test_with_a_penalty_the_threshold_beats_always_answering():
    """Penalty 3: keeping to 0.75 beats always answering in each of ten worlds, on old and on new questions."""
    gains = []
    for seed in SEEDS:
        for guesses in other(seed)[:2]:
            gains.append(mean_points(guesses, 0.75, penalty_for(0.75)) - mean_points(guesses, 0, 3))
    assert min(gains) > 0
    assert mean(gains) > 0.1


def test_a_higher_penalty_brings_more_i_dont_know():
    """Counterfactual: only the penalty changes, and the share of “I don't know” grows with it (mean of ten worlds)."""
    shares = []
    for penalty in (0, 1, 3, 9):
        thresholds = [(other(seed)[0], best_threshold(other(seed)[0], penalty)) for seed in SEEDS]
        shares.append(mean(mean(c < t for c, _ in guesses) for guesses, t in thresholds))
    assert shares[0] == 0
    assert shares == sorted(shares)
    assert shares[3] > shares[2] + 0.05 > shares[1] + 0.1


def test_caution_costs_right_answers():
    """Both sides lose: from 0.75 to 0.99 errors become fewer, but so do the points, in each of ten worlds."""
    for seed in SEEDS:
        guesses = other(seed)[0]
        assert mean_points(guesses, 0.99, 3) < mean_points(guesses, 0.75, 3)
        assert mean_points(guesses, 1, 3) == 0
        assert any(right for confidence, right in guesses if confidence < 0.75)


def test_the_confidences_are_near_the_diagonal():
    """Calibration: in groups of at least 100 answers the share right is near the confidence (ten worlds together)."""
    guesses = [guess for seed in SEEDS for guess in other(seed)[0]]
    rows = [row for row in calibration(guesses, bins=10) if row[2] >= 100]
    assert len(rows) >= 5
    for low, high, _, right in rows:
        assert abs(right - (low + high) / 2) < 0.15
    assert abs(mean(overconfidence(other(seed)[0]) for seed in SEEDS)) < 0.05
    assert abs(overconfidence(own()[0])) < 0.05
    for low, high, n, right in calibration(own()[0], bins=5):
        assert n < 100 or abs(right - (low + high) / 2) < 0.12


def test_control_the_rule_fails_when_the_confidences_are_wrong():
    """Control arm: after the moves the same rule scores below silence, although the confidences have not changed."""
    points = [mean_points(other(seed)[2], 0.75, 3) for seed in SEEDS]
    assert mean(points) < -0.5
    assert sum(point < 0 for point in points) >= 9
    before, after = (mean(c for seed in SEEDS for c, _ in other(seed)[i]) for i in (1, 2))
    assert abs(before - after) < 0.05
    assert mean(overconfidence(other(seed)[2]) for seed in SEEDS) > 0.25


def test_a_higher_threshold_does_not_mend_it():
    """Mitigation that fails: even at 0.9 the out-of-date machine stays below 0 (mean of ten worlds, and the notebook's)."""
    assert mean(mean_points(other(seed)[2], 0.9, 3) for seed in SEEDS) < -0.2
    assert mean_points(own()[2], 0.9, 3) < -0.2


def test_a_little_teaching_does_not_mend_it_enough_does():
    """Mitigation: 100 new sentences leave the points below 0, 2,000 bring them above 0.5 (mean of five worlds)."""
    little, some, much = (
        mean(taught_again(island(seed), seed, n) for seed in range(5)) for n in (100, 500, 2000)
    )
    assert little < -0.2
    assert little < some < much
    assert much > 0.5


# --- the figures in the words: phrase ja, phrase en, the check ---


def eight():
    return [(round(confidence, 2), right) for confidence, right in own()[0][:8]]


def between_is_above_half():
    points = {t: mean_points(own()[0], t, 3) for t in (0.5, 0.55, 0.6, 0.75, 0.9, 0.95)}
    return all(points[t] > 0.5 for t in (0.55, 0.6, 0.75, 0.9)) and points[0.5] < 0.5 and points[0.95] < 0.5


def higher_means_fewer_of_both():
    rows = [
        [sum(c >= t and right == wanted for c, right in own()[1]) for t in (0, 0.55, 0.75, 0.9, 1)]
        for wanted in (True, False)
    ]
    return all(row == sorted(row, reverse=True) and row[0] > row[-1] == 0 for row in rows)


def silence_grows():
    best = [best_threshold(own()[0], k) for k in (0, 1, 3, 9)]
    silent = [sum(confidence < threshold for confidence, _ in own()[0]) for threshold in best]
    return silent[0] == 0 and silent == sorted(set(silent))


def only_right_answers_fell():
    (sure, right), (still_sure, fewer_right) = (
        (mean(c for c, _ in guesses), mean(r for _, r in guesses)) for guesses in own()[1:]
    )
    return abs(sure - still_sure) < 0.05 and right - fewer_right > 0.25


@cache
def own_taught_again(n):
    world = island(OWN)
    later = moved(world, share=0.5, seed=4)
    machine = machine_of(world, talk(world, 500, seed=1) + talk(later, n, seed=6))
    return mean_points(take_test(machine, talk(later, 1000, seed=5)), 0.75, 3)


def the_ranking_turns():
    """The cautious one is behind without a penalty and ahead with 1 and with 3: on the island and in the article."""
    island_points = [[mean_points(own()[1], t, k) for t in (0.75, 0)] for k in (0, 1, 3)]
    article = [[right - k * wrong for right, wrong in ((22, 26), (24, 75))] for k in (0, 1, 3)]
    return all([a > b for a, b in points] == [False, True, True] for points in (island_points, article))


def in_its_range():
    """Every group of at least 100 answers lies within its range before the moves, and hardly one does after them."""
    fine = [
        [low <= right <= high for low, high, n, right in calibration(guesses, bins=5) if n >= 100]
        for guesses in own()[1:]
    ]
    return len(fine[0]) >= 3 and all(fine[0]) and not any(fine[1])


def old_best_can_lose():
    found = []
    for seed in SEEDS:
        old, new, _ = other(seed)
        found.append(mean_points(new, 0.75, 3) > mean_points(new, best_threshold(old, 3), 3) + 0.01)
    return any(found)


def another_island_can_be_won():
    """Where names help little, 0.75 still beats always answering."""
    for seed in range(1, 4):
        world = make_world(people=1000, like_family=0.2, seed=seed)
        guesses = take_test(machine_of(world, talk(world, 500, seed=1)), talk(world, 1000, seed=2))
        if mean_points(guesses, 0.75, 3) < mean_points(guesses, 0, 3) + 0.2:
            return False
    return True


def falls_below_zero_on_the_way():
    """Nobody moved: above 0; half moved: below 0."""
    world = island(OWN)
    machine = machine_of(world, talk(world, 500, seed=1))
    points = [
        mean_points(take_test(machine, talk(moved(world, share, seed=4), 1000, seed=5)), 0.75, 3)
        for share in (0, 0.5)
    ]
    return points[0] > 0.3 and points[1] < -0.3


FIGURES = [
    # file, phrase ja, phrase en, check
    ("py", "当て推量(よりどころの弱い推測)まで全部出す機械が、点では負けません", "nothing scores more than a machine that puts out its guesses (answers on weak grounds) as well", lambda: all(best_threshold(other(s)[0], 0) == 0 for s in SEEDS)),
    ("py", "減点3の合計がちょうど0になるのは、確信度がいくつのときですか", "At which confidence is the total for penalty 3 exactly 0?", lambda: 75 - 25 * 3 == 0 and expected(0.75, 3) == 0),
    ("py", "0.5点より上を目指します", "try to get above 0.5", between_is_above_half),
    ("py", "しきい値を上げると誤答は減りますが、出せたはずの正解も減ります", "fewer wrong answers, but right ones stay unsaid as well", higher_means_fewer_of_both),
    ("py", "出さなかった正解が156問", "156 right answers stayed unsaid", lambda: sum(right for c, right in own()[1] if c < 0.75) == 156),
    ("py", "「わかりません」の数はどう変わりますか", "What happens to the number of “I don't know”?", silence_grows),
    ("py", "点は0より小さくなりました", "The points are below 0", lambda: mean_points(own()[2], 0.75, 3) < -0.3),
    ("py", "確信度の平均はほとんど同じなのに、正解の割合だけが下がりました", "The mean confidence is almost the same, and only the share of right answers has fallen", only_right_answers_fell),
    ("py", "点が0より上にもどるのは、どれでしょう", "Which of them brings the points back above 0?", lambda: own_taught_again(100) < -0.2 and own_taught_again(2000) > 0.4 and mean_points(own()[2], 0.9, 3) < -0.2),
    ("py", "減点を変えると順位が入れかわるかを、表の上の2行と下の2行で見ましょう", "whether the ranking changes with the penalty", the_ranking_turns),
    ("py", "正解の割合が左の範囲に入る組では", "Where the share of right answers lies within the range on the left", in_its_range),
    ("py", "正しい答えと、まちがった答えが混ざっています", "Right and wrong answers are mixed", lambda: {right for _, right in eight()} == {True, False}),
    ("py", "確信度が高いのに誤答のもの、低めなのに正解のもの", "a wrong one with a high confidence and a right one with a fairly low confidence", lambda: any(c > 0.75 and not right for c, right in eight()) and any(c < 0.75 and right for c, right in eight())),
    ("md", "しきい値](glossary:threshold)0、つまり「いつも答える」がいちばん高い点", "of 0, that is “always answer”, brings the most points", lambda: best_threshold(own()[0], 0) == 0),
    ("md", "k÷(k+1)より高い答えだけを出すのが得です。減点3なら0.75", "above k ÷ (k + 1): with a penalty of 3, above 0.75", lambda: all(abs(expected(k / (k + 1), k)) < 1e-9 for k in (1, 3, 9)) and penalty_for(0.75) == 3),
    ("md", "同じしきい値でも点が0を下回ります", "with the same threshold the points fall below 0", lambda: mean_points(own()[2], 0.75, 3) < -0.3),
    ("md", "しきい値を0.9に上げても、少し学び直しても直りません。十分に学ばせると", "Neither a threshold of 0.9 nor a little more teaching mends this. Enough teaching", lambda: mean_points(own()[2], 0.9, 3) < -0.2 and taught_again(island(0), 0, 100) < 0 < taught_again(island(0), 0, 2000)),
    ("md", "しきい値がおよそ0.55から0.9のとき", "thresholds from about 0.55 to 0.9", between_is_above_half),
    ("md", "島を変えたときは、いつも答える機械に勝つことを目標に", "On another one the aim is to beat the machine that always answers", another_island_can_be_won),
    ("md", "「前の最高」が自分のしきい値に負けることがあります", "“best so far” may lose against a pupil's own threshold", old_best_can_lose),
    ("md", "確信度の低い答えがほとんどない", "hardly any answer has a confidence that low", lambda: mean(c < 0.15 for c, _ in own()[0]) < 0.05),
    ("md", "減点1のときの正しい値です", "is the right value for a penalty of 1", lambda: penalty_for(0.5) == 1),
    ("md", "「確信度0.84で誤答なのは", "“0.84 and wrong", lambda: (0.84, False) in eight()),
    ("md", "「0.56で当たったのは", "“0.56 and right", lambda: (0.56, True) in eight()),
    ("md", "五択の勘で100回答えたつもりで合計を求め、ちょうど0点", "the total of 100 guesses among five choices and see that it comes to exactly 0", lambda: 20 - 80 * 0.25 == 0 and abs(expected(0.2, 0.25)) < 1e-9),
    ("md", "この島では0.9でも0を下回ります", "On this island even 0.9 stays below 0", lambda: mean_points(own()[2], 0.9, 3) < -0.2),
    ("md", "新しい100文では足りません", "With the old 500 still there, 100 new ones are not", lambda: own_taught_again(100) < -0.2),
    ("md", "しきい値0.75の点が0を下回るのはどこからか", "the points at threshold 0.75 fall below 0", falls_below_zero_on_the_way),
]  # fmt: skip


@pytest.mark.parametrize("row", FIGURES, ids=[row[2] for row in FIGURES])
def test_a_stated_result_is_what_the_machines_do(row):
    """The phrase stands in both languages, and what it says is so."""
    ending, ja, en, holds = row
    assert ja in (FOLDER / f"ja.{ending}").read_text("utf-8")
    assert en in (FOLDER / f"en.{ending}").read_text("utf-8")
    assert holds()


SOURCES = [
    # source, phrase ja, phrase en, in the note ja, in the note en
    ("openai-2025-hallucinate", "gpt-5-thinking-mini は正解22%、誤答26%、「わかりません」など答えなかったもの52%", "gpt-5-thinking-mini: 22% right, 26% wrong, 52% not answered", "gpt-5-thinking-miniは正解22%・誤答26%・答えない52%", "gpt-5-thinking-mini 22% right, 26% wrong, 52% no answer"),
    ("openai-2025-hallucinate", "o4-mini は正解24%、誤答75%、答えなかったもの1%", "o4-mini: 24% right, 75% wrong, 1% not answered", "o4-miniは正解24%・誤答75%・答えない1%", "o4-mini 24% right, 75% wrong, 1% no answer"),
    ("openai-2025-hallucinate", '{"gpt-5-thinking-mini": (22, 26), "o4-mini": (24, 75)}', '{"gpt-5-thinking-mini": (22, 26), "o4-mini": (24, 75)}', "22%", "22%"),
    ("kalai-2025", "調べた評価10種のうち9種が正誤だけの採点", "nine of ten evaluations they examined", "評価10種のうち9種は正誤だけの採点", "Of ten evaluations examined, nine mark right or wrong only"),
    ("wei-2024-simpleqa", "どのモデルでも実際の正答率より高めだった", "consistently overstated the confidence they gave in words", "どれも実際の正答率より高めだった", "consistently overstated the confidence they gave in words"),
    ("openai-2023-gpt4", "その後の訓練で合わなくなった", "less well after further training", "その後の訓練で合わなくなった", "further training made the match worse"),
    ("hickey-2014-sat", "4分の1点", "quarter of a point", "4分の1点", "quarter of a point"),
]  # fmt: skip


@pytest.mark.parametrize("row", SOURCES, ids=[f"{row[0]} {row[2][:20]}" for row in SOURCES])
def test_a_figure_about_the_world_stands_in_its_sources_note(row):
    """The figure is in the notebook or the page of both languages, the page links the source, and its note holds it."""
    source, ja, en, note_ja, note_en = row
    notes = {
        one["id"]: one["note"]
        for one in yaml.safe_load((ROOT / "lessons" / "sources.yml").read_text("utf-8"))["sources"]
    }
    for lang, phrase, note in (("ja", ja, note_ja), ("en", en, note_en)):
        page = (FOLDER / f"{lang}.md").read_text("utf-8")
        assert phrase in page + (FOLDER / f"{lang}.py").read_text("utf-8")
        assert f"(source:{source})" in page
        assert note in notes[source][lang]


def test_the_settings_here_are_those_of_the_notebook():
    """World, talk, questions and moves are set in the notebooks as they are in this file."""
    for lang in ("ja", "en"):
        text = (FOLDER / f"{lang}.py").read_text("utf-8")
        for setting in (
            f"make_world(people=1000, like_family=0.6, seed={OWN})",
            "Listener(m=1)",
            "talk(world, 500, seed=1)",
            "talk(world, 1000, seed=2)",
            "talk(world, 1000, seed=3)",
            "moved(world, share=0.5, seed=4)",
            "talk(later, 1000, seed=5)",
            "talk(later, n, seed=6)",
            "for step in range(21)",
        ):
            assert setting in text


def test_moved_moves_the_share_and_nobody_else():
    """Half of the people live in another town afterwards, the others where they did, and no name changes."""
    world = island(1)
    later = moved(world, share=0.5, seed=1)
    assert [one.name for one in later] == [one.name for one in world]
    assert 0.45 < mean(a.home != b.home for a, b in zip(world, later, strict=True)) < 0.55
    assert moved(world, share=0) == world
    assert all(a.home != b.home for a, b in zip(world, moved(world, share=1), strict=True))
    with pytest.raises(ValueError, match="share は 0 から 1"):
        moved(world, share=50)

"""Asking ten times (E5): agreement exposes guesses, and a shared rumour passes the test."""

import random

import pytest

from smallmachines.asking import agreement, ask, ask_all, auroc
from smallmachines.facts import Listener, make_world, rumours, talk


def interview(listener, questions, seed):
    answers = ask_all(listener.answer, questions, times=10, seed=seed)
    right = [given[0] == question.home for given, question in zip(answers, questions, strict=True)]
    return [agreement(given) for given in answers], right


def test_auroc_is_scikit_learns():
    """On 20 random tables with many ties the number is that of roc_auc_score."""
    from sklearn import metrics as metrics
    for seed in range(20):
        rng = random.Random(seed)
        right = [True, False] + [rng.random() < 0.6 for _ in range(60)]
        scores = [rng.randint(0, 9) / 9 for _ in right]
        assert auroc(scores, right) == pytest.approx(metrics.roc_auc_score(right, scores))


def test_agreement_tells_right_answers_from_guesses():
    """E5: AUROC is 0.85 or more, for each of three seeds."""
    for seed in range(3):
        world = make_world(people=1000, like_family=0.6, seed=seed)
        listener = Listener()
        listener.hear(talk(world, 1000, seed=seed + 100))
        assert auroc(*interview(listener, talk(world, 500, seed=seed + 200), seed)) >= 0.85


def test_shuffled_agreement_tells_nothing():
    """Control: the same agreements dealt out by lot give an AUROC near one half (mean of three)."""
    found = []
    for seed in range(3):
        world = make_world(people=1000, like_family=0.6, seed=seed)
        listener = Listener()
        listener.hear(talk(world, 1000, seed=seed + 100))
        agreements, right = interview(listener, talk(world, 500, seed=seed + 200), seed)
        random.Random(seed).shuffle(agreements)
        found.append(auroc(agreements, right))
    assert sum(found) / 3 == pytest.approx(0.5, abs=0.08)


def test_a_rumour_passes_the_test():
    """E5: asked about rumoured people the machine agrees with itself by more than 0.6 and is wrong in over 0.3."""
    agreements, wrong = [], []
    for seed in range(3):
        world = make_world(people=1000, like_family=0.6, seed=seed)
        false = rumours(world, people=60, times=6, seed=seed)
        listener = Listener()
        listener.hear(talk(world, 1000, seed=seed + 100) + false)
        names = {sentence.name for sentence in false}
        given, right = interview(listener, [person for person in world if person.name in names], seed)
        agreements += given
        wrong += [not fine for fine in right]
    assert sum(agreements) / len(agreements) > 0.6
    assert sum(wrong) / len(wrong) > 0.3


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: ask("Kyoto", "where?"), "関数"),
        (lambda: ask(lambda question, rng: 1, "where?", times=1), "2 から"),
        (lambda: agreement(["once"]), "リスト"),
        (lambda: agreement("Kyoto"), "リスト"),
        (lambda: auroc([0.5, 0.6], [True, True]), "どちらも"),
        (lambda: auroc([0.5], [True, False]), "同じ長さ"),
    ],
)
def test_wrong_input_is_told_in_one_sentence(act, words):
    """A pupil's mistake gets a sentence that says what to do."""
    with pytest.raises((TypeError, ValueError), match=words):
        act()

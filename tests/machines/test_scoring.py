"""Points for "I do not know" (E6)."""

import random

import pytest

from smallmachines.facts import Listener, make_world, talk
from smallmachines.scoring import best_threshold, calibration, expected, mean_points, penalty_for, points


def guesses(seed):
    """1,000 guesses of a listener about people of a world: (confidence, right)."""
    world = make_world(people=1000, like_family=0.6, seed=seed)
    listener = Listener()
    listener.hear(talk(world, 1000, seed=seed + 100))
    asked = talk(world, 1000, seed=seed + 200)
    return [(confidence, home == q.home) for q in asked for home, confidence in [listener.guess(q)]]


@pytest.mark.parametrize("threshold", [0, 0.25, 0.5, 0.75, 0.9])
def test_at_the_threshold_answering_is_worth_nothing(threshold):
    """The penalty t/(1-t) makes the expected points change sign exactly at t."""
    penalty = penalty_for(threshold)
    assert expected(threshold, penalty) == pytest.approx(0, abs=1e-6)
    assert expected(min(1, threshold + 0.05), penalty) > 0


def test_expected_points_are_the_mean_of_many_answers():
    """20,000 answers at confidence 0.7 with penalty 2 bring the expected points each."""
    rng = random.Random(1)
    given = [points(rng.random() < 0.7, True, penalty=2) for _ in range(20000)]
    assert sum(given) / len(given) == pytest.approx(expected(0.7, 2), abs=0.04)


def test_best_threshold_is_the_best_of_all():
    """On random guesses no other threshold of the grid does better, and none as good is lower."""
    for seed in range(20):
        rng = random.Random(seed)
        some = [(rng.random(), rng.random() < 0.6) for _ in range(40)]
        best = best_threshold(some, penalty=1)
        for step in range(21):
            other = mean_points(some, step / 20, 1)
            assert other < mean_points(some, best, 1) or (
                other == mean_points(some, best, 1) and best <= step / 20
            )


def test_without_a_penalty_guessing_always_wins():
    """E6: at penalty 0 the best threshold is 0; at t=0.75 keeping to t beats always answering; each of 5 seeds."""
    for seed in range(5):
        some = guesses(seed)
        assert best_threshold(some, penalty=0) == 0
        assert mean_points(some, 0.75, penalty_for(0.75)) > mean_points(some, 0, penalty_for(0.75))


def test_the_listener_is_roughly_calibrated():
    """Of the guesses it is nearly sure of, nearly all are right, and of unsure ones fewer (mean of 3 seeds)."""
    rows = calibration([guess for seed in range(3) for guess in guesses(seed)])
    unsure = [right * n for low, _, n, right in rows if low < 0.6]
    assert rows[-1][3] > 0.9
    assert rows[-1][3] > sum(unsure) / sum(n for low, _, n, _ in rows if low < 0.6) + 0.2
    assert all(abs(right - (low + high) / 2) < 0.2 for low, high, n, right in rows if n >= 100)


def test_calibration_is_scikit_learns():
    """The table is that of calibration_curve."""
    from sklearn import calibration as sklearn
    rng = random.Random(1)
    some = [(p, rng.random() < p) for p in (rng.random() for _ in range(500))]
    want, _ = sklearn.calibration_curve([right for _, right in some], [p for p, _ in some], n_bins=10)
    assert [row[3] for row in calibration(some)] == pytest.approx(list(want))


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: penalty_for(1), "threshold は 0 から"),
        (lambda: expected(80), "confidence は 0 から 1"),
        (lambda: expected(0.8, -1), "penalty は 0 以上"),
        (lambda: mean_points([]), "確信度"),
        (lambda: mean_points([0.5, 0.6]), "確信度"),
        (lambda: mean_points([("high", True)]), "確信度"),
        (lambda: mean_points([(0.5, True)], threshold=75), "threshold は 0 から 1"),
        (lambda: points("Nara", "Kyoto", penalty="big"), "penalty は 0 以上"),
        (lambda: calibration([(0.5, True)], bins=0), "bins は 1 から"),
        (lambda: best_threshold([(0.5, True)], steps=0), "steps は 1 から"),
    ],
)
def test_wrong_input_is_told_in_one_sentence(act, words):
    """A pupil's mistake gets a sentence that says what to do."""
    with pytest.raises((TypeError, ValueError), match=words):
        act()

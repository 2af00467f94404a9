"""Points for "I do not know": +1 for right, 0 for no answer, minus a penalty for wrong.

In:  guesses (how sure a machine is, and whether it was right).   Out: points, and the best rule for answering.
A rule is a threshold: answer only if you are at least this sure.
Left out on purpose: how to become surer. Scoring changes only when a machine speaks, not what it knows.
"""

from smallmachines.inputs import between, expect_whole, not_negative
from smallmachines.words import expect, short


def points(answer, truth, penalty=0):
    """The points for one answer; None is "I do not know".

    >>> points("Kyoto", "Kyoto", penalty=3), points(None, "Kyoto", penalty=3), points("Nara", "Kyoto", penalty=3)
    (1, 0, -3)
    """
    if answer is None:
        return 0
    return 1 if answer == truth else -not_negative("penalty", penalty)


def take_test(machine, questions):
    """What a machine that always answers does with the questions: for each (how sure it was, whether it was right).

    >>> from smallmachines.facts import Listener, make_world, talk
    >>> world = make_world(people=3, families=3, seed=1)
    >>> machine = Listener(m=1)
    >>> machine.hear(world)
    >>> [(round(confidence, 2), right) for confidence, right in take_test(machine, talk(world, 2, seed=1))]
    [(0.83, True), (0.83, True)]
    """
    guesses = []
    for question in questions:
        answer, confidence = machine.guess(question)
        guesses.append((confidence, answer == question.home))
    return guesses


def expected(confidence, penalty=0):
    """The points that answering brings on average when you are this sure.

    >>> expected(0.75, penalty=1), expected(0.75, penalty=3), expected(0.25, penalty=0)
    (0.5, 0.0, 0.25)
    """
    between("confidence", confidence)
    return confidence - (1 - confidence) * not_negative("penalty", penalty)


def penalty_for(threshold):
    """The penalty that makes answering worth it exactly from this threshold on.

    >>> penalty_for(0.5), penalty_for(0.75), penalty_for(0.9)
    (1.0, 3.0, 9.0)
    """
    between("threshold", threshold, high=0.99)
    return round(threshold / (1 - threshold), 6)


def mean_points(guesses, threshold=0, penalty=0):
    """The points per question for answering only from the threshold on; guesses are (confidence, right).

    >>> guesses = [(0.9, True), (0.8, True), (0.6, False), (0.2, False)]
    >>> mean_points(guesses, threshold=0, penalty=3), mean_points(guesses, threshold=0.75, penalty=3)
    (-1.0, 0.5)
    """
    expect_guesses(guesses)
    between("threshold", threshold)
    cost = not_negative("penalty", penalty)
    given = [1 if right else -cost for confidence, right in guesses if confidence >= threshold]
    return sum(given) / len(guesses)


def best_threshold(guesses, penalty=0, steps=20):
    """The threshold with the most points, out of 0, 1/20, 2/20 … 1; of equally good ones the lowest.

    >>> guesses = [(0.9, True), (0.8, True), (0.6, False), (0.2, False)]
    >>> best_threshold(guesses, penalty=0), best_threshold(guesses, penalty=3)
    (0.0, 0.65)
    """
    expect_whole("steps", steps, low=1, high=1000)
    thresholds = [step / steps for step in range(steps + 1)]
    return max(thresholds, key=lambda threshold: mean_points(guesses, threshold, penalty))


def calibration(guesses, bins=10):
    """For each step of confidence: (from, to, how many guesses, what share of them was right).

    >>> calibration([(0.9, True), (0.8, True), (0.6, False), (0.2, False)], bins=2)
    [(0.0, 0.5, 1, 0.0), (0.5, 1.0, 3, 0.6666666666666666)]
    """
    expect_guesses(guesses)
    expect_whole("bins", bins, low=1, high=100)
    rows = [[] for _ in range(bins)]
    for confidence, right in guesses:
        rows[min(int(confidence * bins), bins - 1)].append(bool(right))
    return [(i / bins, (i + 1) / bins, len(row), sum(row) / len(row)) for i, row in enumerate(rows) if row]


def expect_guesses(guesses):
    """Nothing when this is a list of (confidence, right); otherwise a kind error.

    >>> expect_guesses([(0.9, True), (0.4, False)])
    """
    fine = isinstance(guesses, list | tuple) and all(
        isinstance(guess, list | tuple)
        and len(guess) == 2
        and isinstance(guess[0], int | float)
        and 0 <= guess[0] <= 1
        for guess in guesses
    )
    expect(fine and guesses, "guesses", found=short(guesses))

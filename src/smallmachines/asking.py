"""Ask the same thing ten times: a machine that guesses contradicts itself.

In:  a function that answers, and questions.   Out: how far the machine agrees with itself.
An answer is trusted more, the more of the other answers are the same (after SelfCheckGPT, Manakul 2023).
Left out on purpose: the truth. Agreement never looks at it, so a rumour that the machine
has heard from everyone passes this test with full marks.
"""

import random

from smallmachines.inputs import expect_whole
from smallmachines.words import expect, short


def ask(answer, question, times=10, seed=0):
    """The answers to one question asked several times; `answer(question, rng)` gives one.

    >>> def dice(question, rng): return rng.randint(1, 6)
    >>> ask(dice, "Which side is up?", times=5, seed=1)
    [2, 5, 1, 3, 1]
    """
    expect(callable(answer), "function", name="answer", found=short(answer))
    expect_whole("times", times, low=2, high=1000)
    rng = random.Random(seed)
    return [answer(question, rng) for _ in range(times)]


def ask_all(answer, questions, times=10, seed=0):
    """The answers to each of the questions, all drawn from one seed.

    >>> def dice(question, rng): return rng.randint(1, 6)
    >>> ask_all(dice, ["first throw", "second throw"], times=3, seed=1)
    [[2, 5, 1], [3, 5, 1]]
    """
    rng = random.Random(seed)
    # whole numbers: a fraction as seed means another seed in the browser, where Python has 32 bits
    return [ask(answer, question, times, rng.getrandbits(32)) for question in questions]


def agreement(answers):
    """The share of the other answers that are the same as the first one, 0 to 1.

    >>> agreement(["Kyoto", "Kyoto", "Nara", "Kyoto", "Kyoto"])
    0.75
    """
    expect(isinstance(answers, list | tuple) and len(answers) > 1, "answers", found=short(answers))
    first, *others = answers
    return others.count(first) / len(others)


def auroc(scores, right):
    """How often a right answer has a higher score than a wrong one: 1 always, 0.5 no better than a coin.

    Every right answer is compared with every wrong one; a tie counts half.

    >>> auroc([0.9, 0.8, 0.8, 0.1], [True, True, False, False])
    0.875
    """
    expect(len(scores) == len(right), "same-length", one=len(scores), two=len(right))
    good = [score for score, fine in zip(scores, right, strict=True) if fine]
    bad = [score for score, fine in zip(scores, right, strict=True) if not fine]
    expect(good and bad, "both-kinds")
    wins = sum((high > low) + (high == low) / 2 for high in good for low in bad)
    return wins / (len(good) * len(bad))

"""The engine against exact fractions and against NLTK."""

import random
from collections import Counter
from fractions import Fraction

import pytest

from smallmachines.counting import Counting


def exact(examples, contexts, m):
    """Interpolation m/(n+m) from the formula, in fractions: the reference."""
    p = None
    for context in contexts:
        seen = [outcome for clues, outcome in examples if context in clues]
        if seen:
            n, back = len(seen), Fraction(m) if p else Fraction(0)
            outcomes = sorted({*seen, *(p or {})})
            p = {o: (seen.count(o) + back * (p or {}).get(o, 0)) / (n + back) for o in outcomes}
    return p


@pytest.mark.parametrize("m", [0, 0.5, 1, 3])
def test_chances_are_the_formula(m):
    """Every chance equals (marks + m x coarser chance) / (n + m), on 30 random tables."""
    for seed in range(30):
        rng = random.Random(seed)
        examples = [
            (["all", ("b", rng.randrange(3)), ("c", rng.randrange(9))], rng.choice("pqrst"))
            for _ in range(25)
        ]
        counting = Counting(m)
        for clues, outcome in examples:
            counting.learn(clues, outcome)
        asked = ["all", ("b", rng.randrange(4)), ("c", rng.randrange(12))]
        want = {o: p for o, p in exact(examples, asked, m).items() if p}
        got = counting.chances(asked)
        assert sorted(got) == sorted(want)
        assert all(abs(got[o] - want[o]) < 1e-12 for o in want)
        assert abs(sum(got.values()) - 1) < 1e-12


def test_without_stepping_back_it_is_nltks_maximum_likelihood():
    """With m=0 the chances are those of an n-gram model of NLTK."""
    from nltk import lm as lm
    from nltk.util import bigrams

    text = ["the", "dog", "saw", "the", "cat", "and", "the", "dog", "saw", "the", "bird"]
    model = lm.MLE(2)
    model.fit([list(bigrams(text)) + [(word,) for word in text]], vocabulary_text=text)
    counting = Counting(m=0)
    for before, word in bigrams(text):
        counting.learn([(), (before,)], word)
    for before in sorted(set(text[:-1])):
        for word, chance in counting.chances([(), (before,)]).items():
            assert chance == pytest.approx(model.score(word, [before]))


def test_best_breaks_ties_in_dictionary_order():
    """Equal chances give the same answer whatever was seen first."""
    for order in (["b", "a"], ["a", "b"]):
        counting = Counting()
        for outcome in order:
            counting.learn(["all"], outcome)
        assert counting.best(["all"]) == "a"


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_pick_follows_the_chances_at_every_temperature(temperature):
    """20,000 draws lie within 0.02 of p^(1/T), made to add up to 1."""
    counting = Counting()
    for outcome, times in (("a", 6), ("b", 3), ("c", 1)):
        for _ in range(times):
            counting.learn(["all"], outcome)
    sizes = {o: p ** (1 / temperature) for o, p in counting.chances(["all"]).items()}
    rng = random.Random(1)
    drawn = Counter(counting.pick(["all"], rng, temperature) for _ in range(20000))
    for outcome, size in sizes.items():
        assert drawn[outcome] / 20000 == pytest.approx(size / sum(sizes.values()), abs=0.02)


def test_temperature_zero_always_takes_the_best():
    """T=0 is the end of the road that low temperatures lead down; a very low one is no error."""
    counting = Counting()
    for outcome in ("a", "a", "b"):
        counting.learn(["all"], outcome)
    rng = random.Random(1)
    assert {counting.pick(["all"], rng, cold) for cold in (0, 1e-3, 1e-300, 5e-324) for _ in range(20)} == {
        "a"
    }


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda c: c.learn("all", "x"), "リスト"),
        (lambda c: c.chances("all"), "リスト"),
        (lambda c: c.chances(["never"]), "まだ何も学んでいません"),
        (lambda c: c.chances([]), "まだ何も学んでいません"),
        (lambda c: c.pick(["all"], random.Random(1), -1), "temperature は 0 以上"),
        (lambda c: c.pick(["all"], random.Random(1), "hot"), "temperature は 0 以上"),
        (lambda c: c.pick(["all"], 1), "random.Random"),
        (lambda c: Counting(m=-1), "m は 0 以上"),
        (lambda c: Counting(m=float("nan")), "m は 0 以上"),
    ],
)
def test_wrong_input_is_told_in_one_sentence(act, words):
    """A pupil's mistake gets a sentence that says what to do."""
    with pytest.raises((TypeError, ValueError), match=words):
        act(Counting())

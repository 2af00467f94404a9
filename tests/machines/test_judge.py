"""The judge against scikit-learn, the torii detector against drawings made to fool it."""

import math
from functools import cache

import numpy as np
import pytest
from sklearn.naive_bayes import CategoricalNB

from smallmachines.drawings import COLOURS, collect, draw, names, parse, text
from smallmachines.groups import smudge
from smallmachines.judge import LENT, Judge, copied, distinct, torii, torii_share

FAIR = dict.fromkeys(names(), 60)


@pytest.fixture(scope="module")
def judge():
    """A judge who has seen 60 of each."""
    return Judge(collect(FAIR, seed=77))


def array(drawings):
    return np.array([[COLOURS.index(c) for row in drawing for c in row] for drawing in drawings])


@cache
def trained(seed):
    """A judge and the grown-up one with other smoothings, trained on 100 of each; what each says to 1,000 fresh ones."""
    train = collect(dict.fromkeys(names(), 100), seed=100 + seed)
    fresh = collect(dict.fromkeys(names(), 200), seed=200 + seed)
    ours = Judge(train)
    said = {"ours": [ours.name(drawing) for _, drawing in fresh]}
    for alpha in (0.1, 1):
        said[alpha] = grown_up(train, alpha).predict(array([drawing for _, drawing in fresh]))
    truth = np.array([word for word, _ in fresh])
    return {who: np.mean(np.array(answers) == truth) for who, answers in said.items()}


def grown_up(train, alpha):
    model = CategoricalNB(alpha=alpha, min_categories=len(COLOURS))
    return model.fit(array([drawing for _, drawing in train]), [word for word, _ in train])


@pytest.mark.parametrize("seed", range(3))
def test_right_on_fresh_drawings(seed):
    """Trained on 100 of each, the judge is right on every one of 1,000 fresh drawings, for three judges."""
    assert trained(seed)["ours"] >= 0.999


def test_lending_little_is_right():
    """A thirtieth of a mark for every colour: with a tenth or a whole mark the judge would be wrong more often."""
    means = {who: sum(trained(seed)[who] for seed in range(3)) for who in ("ours", 0.1, 1)}
    assert means["ours"] >= max(means[0.1], means[1])


@pytest.mark.parametrize("share", [0, 0.3, 0.6])
def test_as_good_as_grown_up_naive_bayes(judge, share):
    """The judge says what scikit-learn's says, on clear drawings and on smudged ones, where mistakes happen.

    Both lend every colour the same part of a mark. How much that is decides what a colour that a word never had
    is worth, and so nearly everything on smudged drawings: two grown-up ones that lend 0.01 and 0.1 marks
    agree on nine of ten only. So the lending is the same here, and its size is tested on its own (above).
    """
    model = grown_up(collect(FAIR, seed=77), alpha=LENT / len(COLOURS))
    test = [(word, smudge(drawing, share, i)) for i, (word, drawing) in enumerate(collect(FAIR, seed=78))]
    theirs = model.predict(array([drawing for _, drawing in test]))
    ours = np.array([judge.name(drawing) for _, drawing in test])
    truth = np.array([word for word, _ in test])
    assert np.mean(theirs == ours) >= 0.99
    assert abs(np.mean(theirs == truth) - np.mean(ours == truth)) < 0.01


def test_looks_are_the_counts_by_hand(judge):
    """The chance of a colour in a cell: the word's own marks, and a thirtieth of a mark for every colour."""
    train = collect(FAIR, seed=77)
    x = array([drawing for word, drawing in train if word == "城"])
    for cell, colour in ((9 * 16 + 5, "K"), (3, "W"), (255, "R")):
        marks = np.sum(x[:, cell] == COLOURS.index(colour))
        by_hand = (marks + 1 / 30) / (len(x) + 6 / 30)
        assert judge.looks["城", (cell // 16, cell % 16)][colour] == pytest.approx(math.log(by_hand))
    assert sum(map(math.exp, judge.looks["家", (0, 0)].values())) == pytest.approx(1)


def test_torii_detector_on_the_artists():
    """All shrines have a torii, no other building has one."""
    for word in names():
        found = torii_share([draw(word, seed) for seed in range(300)])
        assert found == (1 if word == "神社" else 0)


PUPIL = """
................
................
.RRRRRRRRRRRRR..
................
..RRRRRRRRRRR...
...R.......R....
...R.......R....
...R.......R....
...R.......R....
...R.......R....
...R.......R....
...R.......R....
...R.......R....
...R.......R....
...R.......R....
GGGGGGGGGGGGGGGG
""".replace("................\n..RRR", "...R.......R....\n..RRR")


@pytest.mark.parametrize(
    ("change", "has"),
    [
        (lambda rows: rows, True),
        (lambda rows: [*rows[:2], "................", *rows[3:]], False),  # one beam
        (lambda rows: [*rows[:3], rows[2], *rows[4:]], False),  # no gap: one thick beam
        (lambda rows: [*rows[:9], "...RWWWWWWWR....", *rows[10:]], False),  # a wall between
        (lambda rows: [*rows[:12], *["................"] * 3, rows[15]], False),  # it hangs in the air
        (lambda rows: [row.replace("R", "K") for row in rows], False),  # another colour
        (lambda rows: [*rows[:8], "...R............", *rows[9:]], False),  # a broken pillar
        (lambda rows: [*rows[:14], "...K.......K....", rows[15]], True),  # dark feet
    ],
)
def test_torii_detector_is_strict(change, has):
    """A gate is a torii only with both beams, the gap, both pillars to the ground, and sky between."""
    assert torii(parse("\n".join(change(PUPIL.split())))) is has


def test_shares(judge):
    """Shares add up, distinct and copied are counted, the judge's list begins with the largest."""
    drawings = [draw("家", 1), draw("家", 1), draw("城", 1), draw("家", 2)]
    tally = judge.tally(drawings)
    assert sum(tally.values()) == pytest.approx(1)
    assert list(tally)[:2] == ["家", "城"]
    assert distinct(drawings) == 0.75
    assert copied(drawings, [("x", draw("家", 1))]) == 0.5


@pytest.mark.parametrize(
    "wrong",
    [
        lambda judge: Judge().name(draw("家")),
        lambda judge: judge.name("家"),
        lambda judge: judge.name([draw("家")]),
        lambda judge: judge.tally([]),
        lambda judge: judge.tally(draw("家")),
        lambda judge: judge.tally(None),
        lambda judge: Judge([]),
        lambda judge: judge.right([draw("家")]),
        lambda judge: torii(text(draw("家"))),
        lambda judge: torii_share([]),
        lambda judge: distinct([]),
        lambda judge: copied([draw("家")], []),
    ],
)
def test_wrong_input_gets_one_kind_sentence(wrong, judge):
    """One sentence that says what to do."""
    with pytest.raises(ValueError, match=r"ください|学んでいません"):
        wrong(judge)

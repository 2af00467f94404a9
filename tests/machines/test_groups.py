"""The sorter against numpy and scikit-learn, and the laws of its tables; what a class sees is in tests/notebooks."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from smallmachines.drawings import draw, mix
from smallmachines.groups import Sorter, average, errors, heavier, marks, overall, photos, smudge
from smallmachines.paper import COLOURS

YES = ["神社", "教会"]
OTHERS = ["教会", "城", "家"]


def hot(examples):
    x = [[COLOURS.index(c) for row in drawing for c in row] for _, drawing, _ in examples]
    return np.eye(6)[np.array(x)].reshape(len(x), -1)


def test_one_step_goes_down_the_slope():
    """A single step is the gradient of the log-loss, checked by finite differences."""
    examples = photos({"神社": 3}, YES, seed=1)
    sorter = Sorter(step=0.5, epochs=1)
    sorter.learn(examples)
    before, x = np.array(sorter.weights), hot(examples)[0]

    def loss(w):
        return np.log1p(np.exp(-(x @ w)))

    sorter._improve(marks(examples[0][1]), True)
    moved = np.array(sorter.weights) - before
    for i in [*np.flatnonzero(x)[:5], *np.flatnonzero(x == 0)[:5]]:
        h = np.zeros_like(before)
        h[i] = 1e-5
        slope = (loss(before + h) - loss(before - h)) / 2e-5
        assert moved[i] == pytest.approx(-0.5 / 256 * slope, abs=1e-9)


def test_answers_agree_with_scikit_learn():
    """On balanced groups the small sorter and the grown-up one say the same."""
    train, test = (photos(dict.fromkeys(["神社", *OTHERS], 60), YES, 0.3, seed) for seed in (1, 2))
    model = LogisticRegression(max_iter=500).fit(hot(train), [true for *_, true in train])
    sorter = Sorter()
    sorter.learn(train)
    ours = [sorter.answer(drawing) for _, drawing, _ in test]
    assert np.mean(model.predict(hot(test)) == ours) > 0.97


RARE = mix(400, "神社", 4, OTHERS)
FRESH = photos(dict.fromkeys(["神社", *OTHERS], 100), YES, seed=1000)


def grown_up(examples, counts=None):
    """What scikit-learn gets wrong, trained to the end on the same examples."""
    model = LogisticRegression(max_iter=3000).fit(
        hot(examples), [t for *_, t in examples], sample_weight=counts
    )
    said = model.predict(hot(FRESH))
    groups = [group for group, _, _ in FRESH]
    wrong = [a != true for a, (*_, true) in zip(said, FRESH, strict=True)]
    return {
        g: np.mean([w for w, h in zip(wrong, groups, strict=True) if h == g]) for g in sorted(set(groups))
    }


def ours(examples, counts=None, seed=1):
    sorter = Sorter()
    sorter.learn(examples, counts, seed=seed)
    return errors(sorter, FRESH)


def test_the_rare_group_suffers_in_the_grown_up_machine_too():
    """Not a matter of stopping early: trained to the end, with 1 % shrines, the errors are about the same."""
    both = [(ours(one, seed=i), grown_up(one)) for i in range(4) for one in [photos(RARE, YES, seed=i)]]
    for machine in zip(*both, strict=True):
        assert average(machine)["神社"] > 1 / 4
        assert overall(average(machine), RARE) < 0.015
    assert abs(average([a for a, _ in both])["神社"] - average([b for _, b in both])["神社"]) < 0.2


def test_a_weight_does_what_it_does_in_the_grown_up_machine():
    """Weighing the four shrines more helps, and about as much as there."""
    ones = [photos(RARE, YES, seed=i) for i in range(4)]
    plain = average([ours(one, seed=i) for i, one in enumerate(ones)])["神社"]
    small = average([ours(one, heavier(one, "神社", 25), seed=i) for i, one in enumerate(ones)])["神社"]
    large = average([grown_up(one, heavier(one, "神社", 25)) for one in ones])["神社"]
    assert small < plain / 2
    assert abs(small - large) < 0.2


def test_equal_weights_change_nothing_but_the_order():
    """With weights that are all the same the machine learns as well as with none."""
    even = photos(dict.fromkeys(["神社", *OTHERS], 60), YES, seed=5)
    assert max(ours(even, [3.5] * len(even)).values()) < 0.1


def test_a_weight_of_nought_is_as_if_the_example_were_not_there():
    """What is never drawn teaches nothing: the machine has no weight for what only such a drawing has."""
    even = photos({"神社": 20, "家": 20}, YES, seed=5)
    sorter = Sorter()
    sorter.learn(even, heavier(even, "神社", 0), seed=1)
    assert not any(sorter.answer(photo) for _, photo, _ in FRESH)


def test_average_by_hand():
    """The mean of each group, group by group, in the order of the first table."""
    assert average([{"城": 0.1, "家": 0}, {"城": 0.3, "家": 1}]) == pytest.approx({"城": 0.2, "家": 0.5})


def test_smudge_repaints_the_share_that_it_says():
    """A repainted cell gets its old colour back one time in six."""
    clear = draw("城")
    changed = [
        sum(
            a != b
            for one, two in zip(clear, smudge(clear, 0.3, i), strict=True)
            for a, b in zip(one, two, strict=True)
        )
        for i in range(200)
    ]
    assert np.mean(changed) / 256 == pytest.approx(0.3 * 5 / 6, abs=0.01)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda s: Sorter().answer(draw("家")),
        lambda s: s.answer("家"),
        lambda s: s.learn([]),
        lambda s: s.learn([("家", draw("家"))]),
        lambda s: s.learn([("家", draw("家"), "yes")]),
        lambda s: s.learn(photos({"家": 2}, YES), weights=[1]),
        lambda s: s.learn(photos({"家": 2}, YES), weights=[1, -1]),
        lambda s: s.learn(photos({"家": 2}, YES), weights=3),
        lambda s: errors(s, []),
        lambda s: overall({"家": 0.5}, {"城": 3}),
        lambda s: overall({"家": 0.5}, {"家": 0}),
        lambda s: overall({"家": 0.5}, {"家": 3, "城": 3}),
        lambda s: overall(0.5, None),
        lambda s: average([]),
        lambda s: average([{"家": 0.5}, {"城": 0.5}]),
        lambda s: average({"家": 0.5}),
        lambda s: heavier(photos({"家": 2}, YES), "城", 5),
        lambda s: heavier(photos({"家": 2}, YES), "家", ...),
        lambda s: heavier(photos({"家": 2}, YES), "家", -1),
        lambda s: s.learn(photos({"家": 2}, YES), weights=[0, 0]),
        lambda s: smudge(draw("家"), 2),
        lambda s: photos({"家": 1}, "家"),
    ],
)
def test_wrong_input_gets_one_kind_sentence(wrong):
    """One sentence that says what to do."""
    sorter = Sorter()
    sorter.learn(photos({"家": 1, "神社": 1}, YES))
    with pytest.raises(ValueError, match=r"ください|学んでいません"):
        wrong(sorter)

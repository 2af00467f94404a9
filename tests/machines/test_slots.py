"""The small memory, step by step against numpy."""

import random

import numpy as np
import pytest

from smallmachines.drawings import collect, draw, mix, names
from smallmachines.slots import LENT, SMOOTH, Slots, blurred, differences, mark, thumbnail


def data(n=120, seed=0):
    examples = collect(mix(n, "神社", n // 10, names()), seed=seed)
    return [thumbnail(drawing) for _, drawing in examples], [word for word, _ in examples]


def one_round(thumbs, words, homes, k):
    """One round of EM in numpy: (new homes, colour tables, word weights)."""
    colours = sorted(set("".join(thumbs)))
    x = np.array([[colours.index(c) for c in thumb] for thumb in thumbs])
    hot = np.eye(len(colours))[x]  # picture x cell x colour
    z = np.eye(k)[homes]
    counts = np.einsum("ns,nxc->sxc", z, hot)
    size = z.sum(0)
    tables = np.log((counts + SMOOTH) / (size[:, None, None] + SMOOTH * len(colours)))
    share = (size + 1) / (len(thumbs) + k)
    kinds = sorted(set(words))
    w = np.eye(len(kinds))[[kinds.index(word) for word in words]]
    weights = (w.T @ z + LENT * share) / (w.sum(0)[:, None] + LENT)
    fits = np.einsum("sxc,nxc->ns", tables, hot) + np.log(weights)[[kinds.index(word) for word in words]]
    return fits.round(6).argmax(1).tolist(), tables, dict(zip(kinds, weights, strict=True))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("k", [1, 3, 8])
def test_every_round_is_a_round_of_em(k, seed):
    """Each round counts and moves exactly as the textbook's formula says, until nothing moves."""
    thumbs, words = data(seed=seed)
    expected = Slots(k, seed).first_homes(thumbs)
    for rounds in range(1, 11):
        before = expected
        expected, _, _ = one_round(thumbs, words, before, k)
        memory = Slots(k, seed, rounds=rounds)
        assert memory.learn(thumbs, words) == expected
        if expected == before:
            break
    _, tables, weights = one_round(thumbs, words, expected, k)
    colours = memory.colours
    ours = [[[table[mark(x, c)] for c in colours] for x in range(64)] for table in memory.tables]
    assert np.allclose(ours, tables)
    assert all(np.allclose(memory.weights[word], weights[word]) for word in weights)


def test_weights_of_every_word_add_up_to_one():
    """A word uses all slots a little, and together one whole."""
    thumbs, words = data()
    memory = Slots(8)
    memory.learn(thumbs, words)
    assert all(abs(sum(weights) - 1) < 1e-9 and min(weights) > 0 for weights in memory.weights.values())


def test_first_homes_are_the_nearest_starts():
    """Of the drawings that begin a slot, every drawing joins a nearest one."""
    thumbs, _ = data()
    for seed in range(5):
        homes = Slots(8, seed).first_homes(thumbs)
        rng = random.Random(seed)
        starts = [rng.choice(thumbs)]
        while len(starts) < 8:
            away = [min(differences(thumb, start) for start in starts) ** 2 for thumb in thumbs]
            starts.append(rng.choices(thumbs, away)[0])
        for thumb, home in zip(thumbs, homes, strict=True):
            assert differences(thumb, starts[home]) == min(differences(thumb, start) for start in starts)


def test_differences_is_the_hamming_distance():
    """Against numpy."""
    thumbs, _ = data(40)
    array = np.array([list(thumb) for thumb in thumbs])
    for i in range(0, 40, 7):
        assert [differences(thumbs[i], other) for other in thumbs] == (array != array[i]).sum(1).tolist()


def test_fewer_drawings_than_slots():
    """One drawing, or many equal ones, need one slot and leave the others empty."""
    memory = Slots(8)
    assert memory.learn(["R" * 64] * 3, ["a", "a", "b"]) == [0, 0, 0]


@pytest.mark.parametrize("k", [0, -1, 2.5, "8", None, 1000])
def test_the_number_of_slots_is_checked(k):
    """K must be a whole number from 1 to 100, and the sentence says so."""
    with pytest.raises(ValueError, match="k は 1 から 100 までの整数"):
        Slots(k)


def test_learning_nothing_is_answered_kindly():
    """An empty collection teaches nothing."""
    with pytest.raises(ValueError, match="まだ何も学んでいません"):
        Slots().learn([], [])


def test_what_lies_beside_a_word():
    """Every drawing in the slots of the word is counted, no other one, and the most first."""
    thumbs, words = data()
    memory = Slots(8, seed=1)
    homes = memory.learn(thumbs, words)
    mine = {home for home, word in zip(homes, words, strict=True) if word == "神社"}
    expected = [word for home, word in zip(homes, words, strict=True) if home in mine]
    beside = memory.beside("神社")
    assert beside == {word: expected.count(word) for word in beside}
    assert sum(beside.values()) == len(expected)
    assert list(beside.values()) == sorted(beside.values(), reverse=True)
    with pytest.raises(ValueError, match="まだ学んでいません"):
        memory.beside("学校")


def test_a_blurred_drawing_is_its_thumbnail():
    """What is shown as the machine's view holds nothing but the thumbnail, and looks the same to the machine."""
    for word in names():
        drawing = draw(word, 3)
        assert thumbnail(blurred(drawing)) == thumbnail(drawing)
        assert blurred(drawing)[::2] == blurred(drawing)[1::2]

"""Guess the prefecture from a shrine's name alone.

In:  examples (name, place).   Out: for any name, how likely each place is.
The machine cuts a name into pieces of one to three signs. Every piece has one weight for every place.
To guess, it adds up the weights of the pieces and turns the sums into chances (softmax).
To learn, it guesses at each example, then raises the weights of the true place a little and lowers
those of the places it wrongly believed in. That is all a neural network does too, with more layers.
Left out on purpose: a map, and the answer "I have never heard of this shrine".
"""

import math
import random

from smallmachines.inputs import expect_pairs, expect_whole
from smallmachines.words import expect, short


def pieces(name):
    """The pieces of a name: all runs of 1, 2 and 3 signs, with ^ and $ for its ends, and the whole name.

    >>> pieces("出雲")
    ['^', '出', '雲', '$', '^出', '出雲', '雲$', '^出雲', '出雲$', '^出雲$']
    """
    expect(isinstance(name, str) and name, "text", found=short(name))
    marked = f"^{name}$"
    runs = [marked[at : at + size] for size in (1, 2, 3) for at in range(len(marked) - size + 1)]
    return list(dict.fromkeys([*runs, marked]))


def softmax(sums):
    """Chances that add up to 1, larger for larger sums.

    >>> softmax([1.0, 1.0]), [round(p, 2) for p in softmax([0.0, 1.0, 2.0])]
    ([0.5, 0.5], [0.09, 0.24, 0.67])
    """
    top = max(sums)
    sizes = [math.exp(one - top) for one in sums]
    total = sum(sizes)
    return [size / total for size in sizes]


class NameMachine:
    """A machine that connects pieces of names with places."""

    def __init__(self, step=0.5, forget=0.001):
        """An empty machine; `step` is how fast it learns, `forget` how fast unused weights fade (L2)."""
        self.step = step
        self.forget = forget
        self.places = []
        self.weights = {}  # piece -> one weight for every place

    def learn(self, examples, epochs=25, seed=0):
        """Go through all the examples again and again, each time in a new order.

        >>> machine = NameMachine()
        >>> machine.learn([("出雲大社", "島根県"), ("熊野本宮大社", "和歌山県"), ("諏訪大社", "長野県")])
        >>> machine.guess("出雲大神宮")
        '島根県'
        """
        expect_pairs(examples)
        expect_whole("epochs", epochs, low=0, high=1000)
        self.places = sorted({place for _, place in examples})
        cut = [(pieces(name), self.places.index(place)) for name, place in examples]
        self.weights = {piece: [0.0] * len(self.places) for parts, _ in cut for piece in parts}
        rng = random.Random(seed)
        for _ in range(epochs):
            rng.shuffle(cut)
            for parts, true in cut:
                self._improve(parts, true)

    def _improve(self, parts, true):
        error = self.believe(parts)
        error[true] -= 1  # what it believes minus what it should believe
        step = self.step / math.sqrt(len(parts))
        for piece in parts:
            row = self.weights[piece]
            self.weights[piece] = [w - step * (e + self.forget * w) for w, e in zip(row, error, strict=True)]

    def believe(self, parts):
        """The chance of every place, in the order of `places`, given these pieces.

        >>> machine = NameMachine()
        >>> machine.learn([("白山", "石川県"), ("八坂", "京都府")], epochs=0)
        >>> machine.believe(pieces("白山"))
        [0.5, 0.5]
        """
        expect(self.places, "learn-first")
        rows = [self.weights[piece] for piece in parts if piece in self.weights]
        return softmax([sum(column) for column in zip(*rows, strict=True)] or [0.0] * len(self.places))

    def chances(self, name):
        """Every place and its chance, the likeliest first.

        >>> machine = NameMachine()
        >>> machine.learn([("白山", "石川県"), ("八坂", "京都府")])
        >>> list(machine.chances("津島八坂"))
        ['京都府', '石川県']
        """
        believed = zip(self.places, self.believe(pieces(name)), strict=True)
        return dict(sorted(believed, key=lambda pair: (-round(pair[1], 9), pair[0])))

    def guess(self, name):
        """The likeliest place; the machine always has one.

        >>> machine = NameMachine()
        >>> machine.learn([("白山", "石川県"), ("八坂", "京都府")])
        >>> machine.guess("どこにもない神社")
        '石川県'
        """
        return next(iter(self.chances(name)))

    def because(self, name, place, n=3):
        """The n pieces of the name that speak most for this place.

        >>> machine = NameMachine()
        >>> machine.learn([("出雲大社", "島根県"), ("諏訪大社", "長野県")])
        >>> machine.because("出雲大神宮", "島根県", n=2)
        ['^出', '^出雲']
        """
        expect(place in self.places, "place", found=short(place))
        known = [piece for piece in pieces(name) if piece in self.weights]
        at = self.places.index(place)
        return sorted(known, key=lambda piece: (-round(self.weights[piece][at], 9), piece))[:n]

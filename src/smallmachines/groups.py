"""A machine that answers yes or no about a drawing, and the table of its errors, group by group.

In:  examples (group, drawing, True or False).   Out: answers, and how often they are wrong in each group.
Every colour in every cell has one weight. To answer, the machine adds up the weights of the drawing and
turns the sum into a chance (logistic regression). To learn, it answers each example, then moves its
weights towards the truth: further, the surer it was of the wrong answer. Its time is limited: it looks as
often as there are examples, eight times over, whatever their weights.
Left out on purpose: the group. The machine never sees it; only the table of errors does.
"""

import math
import random

from smallmachines.drawings import collect
from smallmachines.inputs import between, not_negative
from smallmachines.paper import COLOURS, SIZE, expect_drawing, is_drawing
from smallmachines.words import add, expect, short

add(
    {
        "tables": {
            "ja": "errors で作った表を、同じグループのものだけ並べたリストで渡してください({found} が来ました)。",
            "en": "Give a list of tables made by errors, all with the same groups (got {found}).",
        },
        "no-group": {
            "ja": "{found} というグループは、例の中にありません。つづりを見てください。",
            "en": "There is no group {found} among the examples. Check the spelling.",
        },
    }
)


def smudge(drawing, share=0.3, seed=0):
    """The drawing with this share of its cells repainted by lot, like a photo in bad light.

    >>> from smallmachines.drawings import draw
    >>> clear = draw("家")
    >>> smudge(clear, share=0) == clear, smudge(clear) == clear
    (True, False)
    """
    between("share", share)
    rng = random.Random(seed)
    cells = [
        [rng.choice(COLOURS) if rng.random() < share else c for c in row] for row in expect_drawing(drawing)
    ]
    return tuple("".join(row) for row in cells)


def photos(amounts, yes, share=0.3, seed=0):
    """Examples (group, smudged drawing, is the word among `yes`?), this many for each word.

    >>> [(group, true) for group, photo, true in photos({"神社": 2, "家": 1}, yes=["神社"])]
    [('神社', True), ('家', False), ('神社', True)]
    """
    expect(isinstance(yes, list | tuple | set), "yes", found=short(yes))
    examples = enumerate(collect(amounts, seed))
    return [(word, smudge(drawing, share, f"{seed} {i}"), word in yes) for i, (word, drawing) in examples]


class Sorter:
    """A machine that learns yes or no from examples."""

    def __init__(self, step=4, epochs=8):
        """A machine that has seen nothing; `step` is how far a weight moves, `epochs` how often it looks at all."""
        self.step = step
        self.epochs = epochs
        self.weights = []

    def learn(self, examples, weights=None, seed=0):
        """Look at all examples again and again, each time in a new order.

        With weights it draws by lot instead, each time as many as there are: what has twice the weight is drawn
        twice as often, and the others come less often in return.

        >>> sorter = Sorter()
        >>> sorter.learn(photos({"神社": 30, "家": 30}, yes=["神社"], seed=1))
        >>> [sorter.answer(photo) for _, photo, _ in photos({"神社": 3}, yes=["神社"], seed=2)]
        [True, True, True]
        """
        _expect_weights(weights, expect_grouped(examples))
        self.weights = [0.0] * (SIZE * SIZE * len(COLOURS))
        deck = [(marks(drawing), true) for _, drawing, true in examples]
        rng = random.Random(seed)
        for _ in range(self.epochs):
            for cells, true in _round(deck, weights, rng):
                self._improve(cells, true)

    def _improve(self, cells, true):
        move = self.step / len(cells) * (true - self._chance(cells))
        for cell in cells:
            self.weights[cell] += move

    def _chance(self, cells):
        return 1 / (1 + math.exp(-max(-30, min(30, sum(map(self.weights.__getitem__, cells))))))

    def chance(self, drawing):
        """How likely "yes" is, from 0 to 1.

        >>> sorter = Sorter()
        >>> sorter.learn(photos({"神社": 1, "家": 1}, yes=["神社"]))
        >>> 0 < sorter.chance(photos({"神社": 1}, yes=[])[0][1]) < 1
        True
        """
        expect(self.weights, "learn-first")
        return self._chance(marks(expect_drawing(drawing)))

    def answer(self, drawing):
        """True for yes, False for no: whichever is likelier."""
        return self.chance(drawing) > 0.5


def marks(drawing):
    """What the machine sees: for every cell the number of its colour; each cell has six numbers of its own.

    >>> marks([".R", "R."])
    [0, 7, 13, 18]
    """
    colours = map(COLOURS.index, "".join(drawing))
    return [len(COLOURS) * cell + colour for cell, colour in enumerate(colours)]


def errors(sorter, examples):
    """What share of the answers is wrong, group by group, the groups in the order of the alphabet.

    >>> class Yes:
    ...     def answer(self, drawing): return True
    >>> errors(Yes(), photos({"神社": 2, "家": 2}, yes=["神社"]))
    {'家': 1.0, '神社': 0.0}
    """
    wrong = {}
    for group, drawing, true in expect_grouped(examples):
        wrong.setdefault(group, []).append(sorter.answer(drawing) != true)
    return {group: sum(wrong[group]) / len(wrong[group]) for group in sorted(wrong)}


def overall(by_group, amounts):
    """One figure for all: the errors of the groups, each counted as often as the group comes.

    >>> round(overall({"家": 0.0, "神社": 0.5}, {"家": 99, "神社": 1}), 6)
    0.005
    """
    fine = isinstance(by_group, dict) and isinstance(amounts, dict)
    fine = (
        fine
        and all(n == 0 or group in by_group for group, n in amounts.items())
        and sum(amounts.values()) > 0
    )
    expect(fine, "shares", found=short(amounts))
    return sum(by_group[group] * n for group, n in amounts.items() if n) / sum(amounts.values())


def average(tables):
    """The mean of several tables of errors, group by group.

    >>> average([{"家": 0.0, "神社": 0.25}, {"家": 0.0, "神社": 0.75}])
    {'家': 0.0, '神社': 0.5}
    """
    fine = isinstance(tables, list | tuple) and tables and all(isinstance(table, dict) for table in tables)
    expect(fine and all(table.keys() == tables[0].keys() for table in tables), "tables", found=short(tables))
    return {group: sum(table[group] for table in tables) / len(tables) for group in tables[0]}


def heavier(examples, group, times):
    """Weights for `learn`: an example of this group counts this many times, every other one once.

    >>> heavier(photos({"神社": 1, "家": 3}, yes=["神社"], seed=1), "神社", 25)
    [1, 25, 1, 1]
    """
    expect(group in {name for name, _, _ in expect_grouped(examples)}, "no-group", found=short(group))
    return [not_negative("times", times) if name == group else 1 for name, _, _ in examples]


def _round(deck, weights, rng):
    """Every example once in a new order, or as many draws by lot."""
    return rng.choices(deck, weights, k=len(deck)) if weights else rng.sample(deck, len(deck))


def expect_grouped(examples):
    """The examples, if they are (group, drawing, True or False); otherwise a kind error."""
    fine = (
        isinstance(examples, list | tuple)
        and examples
        and all(
            isinstance(one, list | tuple)
            and len(one) == 3
            and isinstance(one[0], str)
            and is_drawing(one[1])
            and isinstance(one[2], bool)
            for one in examples
        )
    )
    expect(fine, "grouped", found=short(examples))
    return examples


def _expect_weights(weights, examples):
    fine = isinstance(weights, list | tuple) and len(weights) == len(examples) and any(weights)
    fine = fine and all(isinstance(weight, int | float) and weight >= 0 for weight in weights)
    expect(weights is None or fine, "weights", found=short(weights))

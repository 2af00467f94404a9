"""A judge that names drawings, and a stricter one that only looks for a torii.

In:  drawings.   Out: what the judge takes each for, and shares: torii, distinct, copied.
The judge learns from a fair collection, as many drawings of each word: for every word and cell it counts
which colours came there (`counting`), and multiplies the chances of all cells (naive Bayes).
Before it counts, every colour gets a thirtieth of a mark: what it has not seen yet may still come.
Report with every figure how often the judge is right on fresh drawings by the artists.
Left out on purpose: the answer "none of these". Of a half-and-half drawing the judge names the likelier half.
"""

import math
from itertools import pairwise

from smallmachines.counting import Counting
from smallmachines.paper import COLOURS, expect_drawing, expect_drawings, expect_examples
from smallmachines.words import expect

BEAM = "R" * 7
ANY = "any cell"  # the page that is filled before the first drawing: every colour is as likely as another
LENT = 0.2  # what that page is worth, in marks. More forgives smudges, but takes steep houses for churches


class Judge:
    """A judge; show it a fair collection first."""

    def __init__(self, examples=None):
        """A judge who has seen these examples."""
        self.words = []
        self.looks = {}  # (word, cell) -> how likely each colour is, as logarithms
        if examples is not None:
            self.learn(examples)

    def learn(self, examples):
        """Count the colours of every cell, for every word.

        >>> from smallmachines.drawings import collect
        >>> judge = Judge()
        >>> judge.learn(collect({"神社": 20, "家": 20}))
        >>> judge.words
        ['家', '神社']
        """
        self.words = sorted({word for word, _ in expect_examples(examples)})
        counting = Counting(m=LENT)
        for colour in COLOURS:
            counting.learn([ANY], colour)
        for word, drawing in examples:
            for cell, colour in _cells(drawing):
                counting.learn([(word, cell)], colour)
        looks = {page: counting.chances([ANY, page]) for page in counting.pages if page != ANY}
        self.looks = {page: {c: math.log(p) for c, p in look.items()} for page, look in looks.items()}

    def name(self, drawing):
        """The word whose drawings look most like this one; of equal ones the first in dictionary order.

        >>> from smallmachines.drawings import collect, draw
        >>> Judge(collect({"神社": 20, "家": 20})).name(draw("神社", seed=7))
        '神社'
        """
        expect(self.words, "learn-first")
        cells = _cells(expect_drawing(drawing))
        fits = [round(sum(self.looks[word, cell][c] for cell, c in cells), 6) for word in self.words]
        return self.words[fits.index(max(fits))]

    def tally(self, drawings):
        """What share of the drawings the judge takes for each word, the largest share first.

        >>> from smallmachines.drawings import collect, draw
        >>> Judge(collect({"神社": 20, "家": 20})).tally([draw("神社"), draw("神社", 1), draw("家"), draw("神社", 2)])
        {'神社': 0.75, '家': 0.25}
        """
        names = [self.name(drawing) for drawing in expect_drawings(drawings)]
        order = sorted(self.words, key=lambda word: (-names.count(word), word))
        return {word: names.count(word) / len(names) for word in order}

    def right(self, examples):
        """How often the judge names a drawing as its collection does: show this beside every figure.

        >>> from smallmachines.drawings import collect
        >>> fair = {"神社": 20, "家": 20}
        >>> Judge(collect(fair, seed=1)).right(collect(fair, seed=2))
        1.0
        """
        return sum(self.name(drawing) == word for word, drawing in expect_examples(examples)) / len(examples)


def torii(drawing):
    """True if there is a torii: two red beams with a gap, on two red pillars with sky between, down to the ground.

    >>> from smallmachines.drawings import draw
    >>> torii(draw("神社")), torii(draw("中国のお寺"))
    (True, False)
    """
    rows = expect_drawing(drawing)
    ground = len(rows)  # the rows from here down, with neither sky nor red in them, are the ground
    while ground and not {".", "R"} & {*rows[ground - 1]}:
        ground -= 1
    beams = [y for y, row in enumerate(rows) if BEAM in row]
    pairs = [(upper, lower) for upper, lower in pairwise(beams) if lower - upper > 1]
    return any(_open_gate(rows[upper:ground], lower - upper) for upper, lower in pairs)


def _open_gate(rows, lower):
    """Two pillars red to the ground, or to a dark foot, with nothing but sky between them below the lower beam."""
    red = [x for x in range(len(rows[0])) if all(row[x] == "R" for row in rows[:-1]) and rows[-1][x] in "RK"]
    gates = [(left, right) for left, right in pairwise(red) if right - left > 3]
    below = rows[lower + 1 :]
    open_ones = [all(not row[left + 1 : right].strip(".") for row in below) for left, right in gates]
    return len(below) > 2 and any(open_ones)


def torii_share(drawings):
    """What share of the drawings has a torii.

    >>> from smallmachines.drawings import draw
    >>> torii_share([draw("神社"), draw("家")])
    0.5
    """
    return sum(map(torii, expect_drawings(drawings))) / len(drawings)


def distinct(drawings):
    """How many different drawings there are, as a share of all.

    >>> from smallmachines.drawings import draw
    >>> distinct([draw("家", 1), draw("家", 1), draw("家", 2), draw("家", 1)])
    0.5
    """
    return len(set(expect_drawings(drawings))) / len(drawings)


def copied(drawings, examples):
    """What share of the drawings stands in the collection already, cell for cell.

    >>> from smallmachines.drawings import collect, draw
    >>> copied([draw("家", 1), draw("城", 1)], [("家", draw("家", 1))])
    0.5
    """
    known = {drawing for _, drawing in expect_examples(examples)}
    return sum(drawing in known for drawing in expect_drawings(drawings)) / len(drawings)


def _cells(drawing):
    return [((y, x), colour) for y, row in enumerate(drawing) for x, colour in enumerate(row)]

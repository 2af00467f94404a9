"""The picture machine: it looks at drawings with words, and then draws what you ask for, row by row.

In:  a collection of (word, drawing).   Out: new drawings for a word.
It shrinks every drawing and puts it into one of its few slots (`slots`). In its notebook (`counting`) a
drawing is a sentence of 16 rows: which row comes next, at this height, in this slot, below these rows?
To draw, it takes a slot by lot, as the word uses them, and then 16 rows by lot, from the top down.
Left out on purpose: any idea of what a shrine is. The word is a name on slots, nothing more.
"""

import random

from smallmachines.counting import Counting
from smallmachines.inputs import expect_whole
from smallmachines.paper import SIZE, expect_examples
from smallmachines.slots import Slots, thumbnail
from smallmachines.words import expect, short

EDGE = ""  # stands above the first row: no row of a drawing is empty


class PictureMachine:
    """A machine with a memory of `k` slots; `seed` decides with which drawings the slots begin."""

    def __init__(self, k=8, seed=0):
        """A machine that has seen nothing yet."""
        self.memory = Slots(k, seed)
        self.rows = Counting()

    def train(self, examples):
        """Look at a whole collection: sort it into the slots, and count which row follows which.

        >>> from smallmachines.drawings import draw
        >>> machine = PictureMachine(k=1)
        >>> machine.train([("城", draw("城")), ("家", draw("家"))])
        >>> sorted(machine.rows.pages[9])  # which rows it has seen at height 9
        ['...WWWWWWWWWWW..', '.KKKKKKKKKKKKKKK']
        """
        words = [word for word, _ in expect_examples(examples)]
        self.rows = Counting(self.rows.m)
        homes = self.memory.learn([thumbnail(drawing) for _, drawing in examples], words)
        for (_, drawing), slot in zip(examples, homes, strict=True):
            for y, row in enumerate(drawing):
                self.rows.learn(self.clues(drawing[:y], slot), row)

    def clues(self, above, slot):
        """What the machine knows when it draws the next row, from coarse to fine.

        >>> PictureMachine().clues(["RRR", "KKK"], slot=5)
        [2, (2, 5), (2, 'KKK'), (2, 'KKK', 5), (2, 'RRR', 'KKK', 5)]
        """
        y = len(above)
        second, last = (EDGE, EDGE, *above)[-2:]
        return [y, (y, slot), (y, last), (y, last, slot), (y, second, last, slot)]

    def draw(self, word, n=1, seed=0, temperature=1.0):
        """New drawings for the word, `n` of them in a list; the same seed makes the same ones.

        >>> from smallmachines.drawings import collect
        >>> machine = PictureMachine(k=2)
        >>> machine.train(collect({"城": 30, "家": 30}))
        >>> for row in machine.draw("城", seed=3)[0]: print(f"|{row}|")
        |................|
        |................|
        |................|
        |.RR.........RR..|
        |..K.........K...|
        |.KKK...WWW.KKK..|
        |KKKKK.....KKKKK.|
        |KKYKK.....KKYKK.|
        |KKYKK.....KKYKK.|
        |KYKKK.K.K.KKKYK.|
        |KKKKKKKKKKKKKKK.|
        |KKKKKKKKKKKKKKK.|
        |KKKKKKWWWKKKKKK.|
        |KKKKKWWWWWKKKKK.|
        |KKKKKWWWWWKKKKK.|
        |GGGGGGGGGGGGGGGG|
        """
        expect(self.memory.weights, "learn-first")
        known = self.memory.weights
        fine = isinstance(word, str) and word in known
        expect(fine, "unknown-word", found=short(word), known=", ".join(known))
        expect_whole("n", n, 1, 1000)
        rng = random.Random(seed)
        return [self._draw(word, rng, temperature) for _ in range(n)]

    def _draw(self, word, rng, temperature):
        slot = rng.choices(range(self.memory.k), self.memory.weights[word])[0]
        drawing = ()
        while len(drawing) < SIZE:
            drawing += (self.rows.pick(self.clues(drawing, slot), rng, temperature),)
        return drawing

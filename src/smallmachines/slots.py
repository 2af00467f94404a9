"""A small memory: many drawings, only K slots to keep them in.

In:  thumbnails (64 letters each) and their words.   Out: the slot of each, and how much each word uses each slot.
The machine cannot keep every drawing. It puts those that look alike into one slot, and keeps for a slot
only which colours came in each cell. Then it takes every drawing in hand again and moves it to the slot
that fits look and word best, until nothing moves (EM with hard choices).
Left out on purpose: a slot reserved for each word. A rare word has to share one with what looks like it.
"""

import math
import random
from collections import Counter
from functools import cache
from operator import ne

from smallmachines.inputs import expect_whole
from smallmachines.paper import SIZE, SKY, expect_drawing
from smallmachines.words import expect, short

SMOOTH = 0.5  # marks that every colour gets in every cell before the first look
LENT = 2  # drawings' worth of each word that is spread over all slots: what it has seen too little of, it borrows


def thumbnail(drawing):
    """The drawing at half its size: of each 2 x 2 cells the colour that comes most often.

    >>> thumbnail(["RR..", "R..K", "KKGY", "KKGY"])
    'R.KG'
    """
    pairs = zip(drawing[::2], drawing[1::2], strict=True)
    return "".join(_most(up[x : x + 2] + low[x : x + 2]) for up, low in pairs for x in range(0, len(up), 2))


@cache
def _most(cells):
    # At a tie the order of the letters decides, the sky last: thin lines stay visible.
    return min(cells, key=lambda cell: (-cells.count(cell), cell == SKY, cell))


def blurred(drawing):
    """A drawing as the machine sees it: its thumbnail, as large as the drawing again.

    >>> from smallmachines.drawings import draw
    >>> for row in blurred(draw("神社", seed=1))[5:11]: print(f"|{row}|")
    |................|
    |..KKKKKKKKKKRR..|
    |..KKKKKKKKKKRR..|
    |..RRRRRRRRRR....|
    |..RRRRRRRRRR....|
    |..RRRR....RR....|
    """
    small, half = thumbnail(expect_drawing(drawing)), SIZE // 2
    rows = ["".join(cell * 2 for cell in small[y * half : (y + 1) * half]) for y in range(half)]
    return tuple(row for row in rows for _ in range(2))


def differences(one, other):
    """In how many cells two thumbnails differ (Hamming distance).

    >>> differences("R.KG", "R.KW")
    1
    """
    return sum(map(ne, one, other))


@cache
def mark(cell, colour):
    """The name of a colour in a cell; each name is made once, for machines find such short words fastest.

    >>> mark(12, "R")
    '12R'
    """
    return f"{cell}{colour}"


class Slots:
    """A memory of `k` slots."""

    def __init__(self, k=8, seed=0, rounds=10):
        """An empty memory; it moves drawings for at most this many rounds."""
        expect_whole("k", k, 1, 100)
        self.k, self.seed, self.rounds = k, seed, rounds
        self.homes = []  # the slot of each drawing
        self.weights = {}  # word -> how much it uses each slot; adds up to 1

    def learn(self, thumbnails, words):
        """Put every thumbnail into a slot and move them until none moves; the slot of each.

        >>> memory = Slots(k=2)
        >>> memory.learn(["RR..", "RR.G", "..KK", "W.KK"], ["神社", "神社", "家", "家"])
        [1, 1, 0, 0]
        """
        expect(thumbnails, "learn-first")
        self.marks = [[mark(*cell) for cell in enumerate(thumb)] for thumb in thumbnails]
        self.colours = sorted(set("".join(thumbnails)))
        self.words, self.weights = list(words), {}
        self.homes = self.first_homes(thumbnails)
        for _ in range(self.rounds):
            self._count()
            before = self.homes
            self.homes = [self._fit(*pair) for pair in zip(self.marks, self.words, strict=True)]
            if self.homes == before:
                break
        self._count()
        return self.homes

    def first_homes(self, thumbnails):
        """A first try: K drawings that differ a lot begin a slot each, the others join the nearest (k-means++).

        >>> Slots(k=2).first_homes(["RR..", "RR.G", "..KK", "W.KK"])
        [1, 1, 0, 0]
        """
        rng = random.Random(self.seed)
        first = rng.choice(thumbnails)
        away = [differences(thumb, first) for thumb in thumbnails]
        homes = [0] * len(thumbnails)
        for slot in range(1, self.k if any(away) else 1):
            start = rng.choices(thumbnails, [d * d for d in away])[0]
            new = [differences(thumb, start) for thumb in thumbnails]
            homes = [slot if d < old else home for d, old, home in zip(new, away, homes, strict=True)]
            away = list(map(min, new, away))
            if not any(away):
                break
        return homes

    def beside(self, word):
        """What lies in the slots in which this word's drawings lie: how many of each word, the most first.

        >>> memory = Slots(k=2)
        >>> homes = memory.learn(["RR..", "RR.G", "RRGG", "..KK"], ["中国のお寺", "神社", "中国のお寺", "家"])
        >>> memory.beside("神社")
        {'中国のお寺': 2, '神社': 1}
        """
        expect(word in self.weights, "unknown-word", found=short(word), known=", ".join(self.weights))
        places = list(zip(self.words, self.homes, strict=True))
        mine = {slot for other, slot in places if other == word}
        return dict(Counter(other for other, slot in places if slot in mine).most_common())

    def _count(self):
        self.tables = [self._table(slot) for slot in range(self.k)]
        in_slot, of_word = Counter(self.homes), Counter(self.words)
        both = Counter(zip(self.words, self.homes, strict=True))
        share = [(in_slot[slot] + 1) / (len(self.homes) + self.k) for slot in range(self.k)]
        for word, n in of_word.items():
            self.weights[word] = [(both[word, s] + LENT * share[s]) / (n + LENT) for s in range(self.k)]

    def _table(self, slot):
        """How likely each mark is in this slot, as logarithms."""
        inside = [marks for marks, home in zip(self.marks, self.homes, strict=True) if home == slot]
        seen = Counter(one for marks in inside for one in marks)
        size = len(inside) + SMOOTH * len(self.colours)
        every = [mark(cell, colour) for cell in range(len(self.marks[0])) for colour in self.colours]
        return {one: math.log((seen[one] + SMOOTH) / size) for one in every}

    def _fit(self, marks, word):
        """The slot in which this thumbnail with this word is likeliest; of equal ones the first."""
        pairs = zip(self.tables, self.weights[word], strict=True)
        fits = [round(sum(map(table.__getitem__, marks)) + math.log(share), 6) for table, share in pairs]
        return fits.index(max(fits))

"""Drawings of 16 x 16 cells in six colours, by five artists and by you.

In:  a word and a seed, or what you typed (`paper`).   Out: a drawing: 16 rows, each a word of 16 letters.
A collection is a list of pairs (word, drawing). What is in it, and how much of each, is your choice.
Left out on purpose: shades, round lines, and everything that five artists do not know about buildings.
"""

import random

from smallmachines.artists import BUILDINGS, paint
from smallmachines.inputs import expect_whole
from smallmachines.paper import (
    COLOURS,
    expect_drawing,
    is_drawing,
    parse,
    read_collection,
    text,
    write_collection,
)
from smallmachines.picturewords import TITLES
from smallmachines.words import expect, say, short

__all__ = ["collect", "draw", "mix", "names", "parse", "read_collection", "text", "write_collection"]
__all__ += ["COLOURS", "expect_drawing", "is_drawing"]
MOST = 5000  # drawings of one word; more would keep a class waiting


def names():
    """The five buildings that the artists can draw, in the language of the notebook.

    >>> names()
    ['神社', '中国のお寺', '教会', '城', '家']
    """
    return [say(kind) for kind in BUILDINGS]


def draw(word, seed=0):
    """One drawing of this building; another seed gives another drawing.

    >>> for row in draw("神社", seed=1): print(f"|{row}|")
    |................|
    |................|
    |................|
    |................|
    |................|
    |.K...........K..|
    |.RKKKKKKKKKKKR..|
    |..RRRRRRRRRRR...|
    |...RR..Y..RR....|
    |..RRRRRRRRRRR...|
    |...RR.....RR....|
    |...RR.....RR....|
    |...RR.....RR..GG|
    |...RR.....RR.GGG|
    |...RR.....RR.GGG|
    |YYYYYYYYYYYYYYYY|
    """
    return paint(_kind(word), random.Random(f"{_kind(word)} {seed}"))


def collect(amounts, seed=0):
    """A collection with this many drawings for each word, well shuffled.

    >>> collection = collect({"神社": 1, "家": 3}, seed=1)
    >>> [word for word, drawing in collection]
    ['家', '神社', '家', '家']
    """
    fine = isinstance(amounts, dict) and all(isinstance(n, int) and 0 <= n <= MOST for n in amounts.values())
    expect(fine, "amounts", found=short(amounts))
    found = []
    for word, n in amounts.items():
        rng = random.Random(f"{_kind(word)} of collection {seed}")
        found += [(word, paint(_kind(word), rng)) for _ in range(n)]
    random.Random(seed).shuffle(found)
    return found


def mix(total, word, n, others=None):
    """How many of each: `n` of this word, and the other words share the rest of the total equally.

    >>> mix(300, "神社", 3)
    {'神社': 3, '中国のお寺': 75, '教会': 74, '城': 74, '家': 74}
    >>> mix(300, "神社", 3, others=["教会", "城", "家"])
    {'神社': 3, '教会': 99, '城': 99, '家': 99}
    """
    expect_whole("total", total, 1, 10_000)
    expect_whole("n", n, 0, total)
    others = names() if others is None else others
    others = [other for other in dict.fromkeys(others) if _kind(other) != _kind(word)]
    each, left = divmod(total - n, len(others) or 1)
    return {word: n} | {other: each + (i < left) for i, other in enumerate(others)}


def _kind(word):
    known = [kind for kind in BUILDINGS if word in TITLES[kind].values()]
    expect(known, "artist", found=short(word), known=", ".join(names()))
    return known[0]

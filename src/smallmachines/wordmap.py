"""A map of words: each word is a list of numbers, and words that stand in similar company have similar numbers.

In:  lines of a map, and words.   Out: how close two words are, the nearest words, an answer out of a list of names.
The numbers were made by GloVe, a real machine, from many English texts: nobody told it what a word means, it counted
which words stand near which.
Left out on purpose: how it counts. Here the finished map is read, each number written as one sign.
"""

import math

from smallmachines.inputs import expect_texts, expect_whole
from smallmachines.words import add, expect, short

add(
    {
        "word-unknown": {
            "ja": "{found} は、この言葉の地図にありません。英語の小文字で書いた、別の言葉をためしましょう。",
            "en": "{found} is not on this map of words. Try another English word in small letters.",
        },
        "map-line": {
            "ja": "言葉の地図の行ではありません({found})。",
            "en": "This is no line of a map of words ({found}).",
        },
    }
)
ZERO = ord("P")  # the sign for 0; the letters after it are 1, 2, 3 … and those before it -1, -2, -3 …


def read_map(lines):
    """The words of a map, each with its numbers, the most frequent first.

    >>> read_map(["church 513 PQR", "shrine 6081 PRN"])
    {'church': [0, 1, 2], 'shrine': [0, 2, -2]}
    """
    return {word: [ord(sign) - ZERO for sign in signs] for word, _, signs in map(_parts, lines)}


def ranks(lines):
    """The place of each word when all words are put in order, the most frequent first.

    >>> ranks(["church 513 PQR", "shrine 6081 PRN"])
    {'church': 513, 'shrine': 6081}
    """
    return {word: int(rank) for word, rank, _ in map(_parts, lines)}


def _parts(line):
    parts = line.split(" ") if isinstance(line, str) else []
    expect(len(parts) == 3 and parts[1].isdecimal(), "map-line", found=short(line))
    return parts


def dot(a, b):
    """The sum of the products, number by number.

    >>> dot([1, 2], [3, 4])
    11
    """
    return sum(x * y for x, y in zip(a, b, strict=True))


def length(a):
    """How long the list of numbers is as an arrow.

    >>> length([3, 4])
    5.0
    """
    return math.sqrt(dot(a, a))


def similarity(a, b):
    """How much two lists of numbers point the same way: 1 for the same way, 0 for nothing in common.

    >>> similarity([1, 0], [2, 0]), similarity([1, 0], [0, 3])
    (1.0, 0.0)
    """
    both = length(a) * length(b)
    return dot(a, b) / both if both else 0.0


def nearest(word, words, n=5):
    """The n words of a map whose numbers are most like those of the word, the nearest first.

    >>> nearest("cat", {"cat": [1, 2], "dog": [1, 1], "car": [-2, 1]}, n=1)
    ['dog']
    """
    expect_word(word, words)
    expect_whole("n", n, low=1, high=1000)
    others = [other for other in words if other != word]
    return sorted(others, key=lambda other: -similarity(words[other], words[word]))[:n]


def answer(word, names, words):
    """The answer of a machine that has only these names: the word itself if it is one, else the nearest name.

    >>> answer("cat", ["dog", "car"], {"cat": [1, 2], "dog": [1, 1], "car": [-2, 1]})
    'dog'
    """
    expect_texts(names)
    expect_word(word, words)
    if word in names:
        return word
    known = {name: words[name] for name in names if name in words} | {word: words[word]}
    expect(len(known) > 1, "texts", found=short(names))
    return nearest(word, known, n=1)[0]


def expect_word(word, words):
    """Nothing when the word is on the map; otherwise a kind error.

    >>> expect_word("cat", {"cat": [1, 2]})
    """
    expect(isinstance(word, str) and word in words, "word-unknown", found=short(word))

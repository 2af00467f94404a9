"""How a language model cuts text into tokens, and why some languages pay more.

In:  texts to learn from, then any text.   Out: a table of merges, and the text in tokens.
A computer stores text as bytes: an English letter takes one, a Japanese sign mostly three.
The cutter starts from single bytes. Again and again it looks for the two neighbours that stand together
most often and joins them into one token (byte-pair encoding). What it often read becomes short.
Left out on purpose: how the tokens are used. A word is cut off before its space; nothing is joined across it.
"""

import re
from collections import Counter
from itertools import pairwise

from smallmachines.inputs import expect_pairs, expect_texts, expect_whole
from smallmachines.words import expect, short


def single_bytes(text):
    r"""The words of a text, each as a tuple of single bytes, with the space before it.

    >>> single_bytes("I am")
    [(b'I',), (b' ', b'a', b'm')]
    >>> single_bytes("犬")
    [(b'\xe7', b'\x8a', b'\xac')]
    """
    words = re.findall(r" *[^ ]+| +$", text)
    return [tuple(bytes([byte]) for byte in word.encode()) for word in words]


def join(word, pair):
    """The word with every such pair of neighbours joined into one token.

    >>> join((b'a', b'n', b'a', b'n'), (b'a', b'n'))
    (b'an', b'an')
    """
    joined, at = [], 0
    while at < len(word):
        here = word[at : at + 2] == pair
        joined.append(b"".join(pair) if here else word[at])
        at += 2 if here else 1
    return tuple(joined)


def train(texts, merges=300):
    """The table of merges learned from the texts: each pair of neighbours and its rank, the first is 0.

    >>> list(train(["banana", "bandana"], merges=2))
    [(b'a', b'n'), (b'an', b'a')]
    """
    expect_texts(texts)
    expect_whole("merges", merges, low=0, high=5000)
    words = Counter(word for text in texts for word in single_bytes(text))
    table = {}
    while len(table) < merges:
        pair = most_common_pair(words)
        if pair is None:
            break
        table[pair] = len(table)
        words = merged(words, pair)
    return table


def most_common_pair(words):
    """The two neighbours that stand together most often; None if nothing is left to join.

    >>> most_common_pair({(b'a', b'n', b'a'): 2, (b'n', b'a'): 1})
    (b'n', b'a')
    """
    pairs = Counter()
    for word, times in words.items():
        for pair in pairwise(word):
            pairs[pair] += times
    return min(pairs, key=lambda pair: (-pairs[pair], pair), default=None)


def merged(words, pair):
    """All words with this pair joined; a word may have been read several times.

    >>> merged({(b'a', b'n'): 2, (b'n',): 1}, (b'a', b'n'))
    {(b'an',): 2, (b'n',): 1}
    """
    first = pair[0]
    return {join(word, pair) if first in word else word: times for word, times in words.items()}


def encode(text, table):
    """The tokens of a text: the neighbours that were learned earliest are joined first.

    >>> encode("banana", train(["banana", "bandana"], merges=2))
    [b'b', b'an', b'ana']
    """
    expect(isinstance(text, str), "text", found=short(text))
    expect(isinstance(table, dict), "table", found=short(table))
    tokens = []
    for word in single_bytes(text):
        while pairs := [pair for pair in pairwise(word) if pair in table]:
            word = join(word, min(pairs, key=table.get))
        tokens.extend(word)
    return tokens


def readable(token):
    r"""A token for reading: its text, or its bytes when it is only a part of a sign.

    >>> readable(b'an'), readable('犬'.encode()), readable(b'\xe7\x8a')
    ('an', '犬', '<E7 8A>')
    """
    try:
        return token.decode()
    except UnicodeDecodeError:
        return f"<{token.hex(' ').upper()}>"


def premium(pairs, table):
    """How many tokens the first language needs for each token of the second, over pairs with one meaning.

    >>> premium([("犬", "dog")], train([], merges=0)), premium([("犬", "dog")], train(["dog", "dog"], merges=9))
    (1.0, 3.0)
    """
    expect_pairs(pairs)
    expect(all(two for _, two in pairs), "pairs", found=short(pairs))
    return sum(len(encode(one, table)) for one, _ in pairs) / sum(len(encode(two, table)) for _, two in pairs)

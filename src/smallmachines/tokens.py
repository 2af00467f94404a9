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
    pairs = neighbours(words)
    table = {}
    while len(table) < merges and (pair := most_common(pairs)):
        table[pair] = len(table)
        join_everywhere(words, pairs, pair)
    return table


def neighbours(words):
    """How often each two tokens stand side by side; a word may have been read several times.

    >>> neighbours({(b'a', b'n', b'a'): 2, (b'n', b'a'): 1})
    Counter({(b'n', b'a'): 3, (b'a', b'n'): 2})
    """
    pairs = Counter()
    for word, times in words.items():
        count(word, times, pairs)
    return pairs


def count(word, times, pairs):
    """Add the neighbours of a word to the counts, this many times; a negative number takes them out again.

    >>> pairs = Counter()
    >>> count((b'd', b'o', b'g'), 2, pairs)
    >>> pairs
    Counter({(b'd', b'o'): 2, (b'o', b'g'): 2})
    """
    for pair in pairwise(word):
        pairs[pair] += times


def most_common(pairs):
    """The neighbours counted most often, of equals the first in byte order; None if nothing is left to join.

    >>> most_common(Counter({(b'n', b'a'): 3, (b'a', b'n'): 3, (b'b', b'a'): 1}))
    (b'a', b'n')
    """
    top = max(pairs.values(), default=0)
    return min(pair for pair, times in pairs.items() if times == top) if top > 0 else None


def join_everywhere(words, pairs, pair):
    """Join this pair in every word, and count anew only the neighbours of the words that changed.

    >>> words = Counter({(b'a', b'n'): 2, (b'n',): 1})
    >>> join_everywhere(words, neighbours(words), (b'a', b'n'))
    >>> words
    Counter({(b'an',): 2, (b'n',): 1})
    """
    for word in [word for word in words if pair[0] in word]:
        joined = join(word, pair)
        if joined != word:
            times = words.pop(word)
            words[joined] += times
            count(word, -times, pairs)
            count(joined, times, pairs)


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

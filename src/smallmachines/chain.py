"""A chain of words: the next word is one that came next before.

In:  a book of sentences, words separated by spaces.   Out: new sentences.
The machine remembers only the last few words. It looks them up in its notebook (`counting`),
draws one of the words that followed them in the book, and goes on until a sentence ends.
Where its last words were never in the book, it forgets the oldest of them and looks again.
Left out on purpose: what a word means, and whether a sentence is true. No part of the machine knows.
"""

import random

from smallmachines.counting import Counting
from smallmachines.inputs import expect_texts, expect_whole
from smallmachines.words import expect, short

EDGE = ""  # stands before the first word and after the last: a sentence never holds an empty word


class Chain:
    """A machine that remembers the last `memory` words, 1 to 5."""

    def __init__(self, memory=2, longest=40):
        """An empty machine; after `longest` words it stops even in the middle of a sentence."""
        expect_whole("memory", memory, low=1, high=5)
        self.memory = memory
        self.longest = longest
        self.counting = Counting(m=0)  # 0: only the longest memory that the book knows counts

    def learn(self, sentences):
        """Read a book: for every word, note which words it came after.

        >>> chain = Chain(memory=1)
        >>> chain.learn(["犬 が 走る", "犬 が 寝る", "猫 が 寝る"])
        >>> sorted(chain.counting.pages[("が",)].items())
        [('寝る', 2), ('走る', 1)]
        """
        expect_texts(sentences)
        for sentence in sentences:
            words = sentence.split()
            for place, word in enumerate([*words, EDGE]):
                self.counting.learn(self.last_words(words[:place]), word)

    def last_words(self, words):
        """The clues for the next word: no word, the last word, the last two … up to the memory.

        >>> Chain(memory=2).last_words(["猫", "が"])
        [(), ('が',), ('猫', 'が')]
        """
        words = [EDGE] * self.memory + list(words)
        return [tuple(words[len(words) - size :]) for size in range(self.memory + 1)]

    def chances(self, start=""):
        """How likely each next word is after this beginning; '' is the end of the sentence.

        >>> chain = Chain(memory=1)
        >>> chain.learn(["犬 が 走る", "犬 が 寝る"])
        >>> chain.chances("猫 が")
        {'走る': 0.5, '寝る': 0.5}
        """
        expect(isinstance(start, str), "text", found=short(start))
        expect(self.counting.pages, "learn-first")
        return self.counting.chances(self.last_words(start.split()))

    def go_on(self, start="", seed=0, temperature=1.0):
        """A sentence that begins as you say and goes on as the machine draws it.

        >>> chain = Chain(memory=1)
        >>> chain.learn(["犬 が 走る", "猫 が 寝る"])
        >>> chain.go_on("犬", seed=3)
        '犬 が 寝る'
        >>> chain.go_on("犬", seed=4)
        '犬 が 走る'
        """
        return self._draw(start, random.Random(seed), temperature)

    def make(self, n, seed=0, temperature=1.0):
        """A list of n sentences from the first word on; the same seed makes the same ones.

        >>> chain = Chain(memory=1)
        >>> chain.learn(["犬 が 走る", "猫 が 寝る"])
        >>> chain.make(3, seed=0)
        ['猫 が 走る', '猫 が 寝る', '犬 が 寝る']
        """
        expect_whole("n", n, low=1, high=10000)
        rng = random.Random(seed)
        return [self._draw("", rng, temperature) for _ in range(n)]

    def _draw(self, start, rng, temperature):
        expect(isinstance(start, str), "text", found=short(start))
        expect(self.counting.pages, "learn-first")
        words = start.split()
        while len(words) < self.longest:
            word = self.counting.pick(self.last_words(words), rng, temperature)
            if word == EDGE:
                break
            words.append(word)
        return " ".join(words)


def shares(sentences, judge, book):
    """What share of the sentences is copied from the book, new and true, false, or no sentence at all.

    `judge` is a function that looks at one sentence: True (true), False (false), None (no sentence).

    >>> judge = {"犬 が 走る": True, "猫 が 走る": True, "犬 が 寝る": False}.get
    >>> shares(["犬 が 走る", "猫 が 走る", "犬 が 寝る", "が が 犬"], judge, book=["犬 が 走る"])
    {'copied': 0.25, 'new and true': 0.25, 'false': 0.25, 'no sentence': 0.25}
    """
    expect_texts(sentences)
    expect(sentences, "texts", found="[]")
    expect(callable(judge), "function", name="judge", found=short(judge))
    found = {"copied": 0, "new and true": 0, "false": 0, "no sentence": 0}
    known = set(book)
    kinds = {True: "new and true", False: "false", None: "no sentence"}
    for sentence in sentences:
        verdict = judge(sentence)
        expect(verdict in (True, False, None), "verdict", found=short(verdict))
        found["copied" if sentence in known else kinds[verdict]] += 1
    return {kind: count / len(sentences) for kind, count in found.items()}

"""Look it up first: find the page that fits the question, then read the answer from the page.

In:  a library of short pages, a name, and the answers to look for.   Out: an answer, or None.
A page fits better the more two-sign pieces it shares with the question; rare pieces count more,
and a long page needs more of them (this is BM25, which real search engines use).
The best page is only the best there is. With `check` the machine answers only if the page
really names the thing asked about, and otherwise says that it does not know (None).
Left out on purpose: whether the page is right.
"""

import math
from collections import Counter

from smallmachines.inputs import expect_texts, expect_whole
from smallmachines.words import expect, short

K1, B = 1.5, 0.75  # how soon repeating a piece stops helping; how much a long page is held back


def bigrams(text):
    """All pieces of two signs, spaces left out.

    >>> bigrams("出雲 大社")
    ['出雲', '雲大', '大社']
    """
    text = "".join(text.split())
    return [text[at : at + 2] for at in range(len(text) - 1)]


class Library:
    """A shelf of short pages that can be searched."""

    def __init__(self, pages):
        """Put the pages on the shelf and count their pieces."""
        expect_texts(pages)
        expect(pages, "texts", found=short(pages))
        self.pages = list(pages)
        self.counts = [Counter(bigrams(page)) for page in self.pages]
        self.lengths = [count.total() for count in self.counts]
        self.mean_length = sum(self.lengths) / len(self.lengths) or 1
        self.pages_with = Counter(piece for count in self.counts for piece in count)

    def rarity(self, piece):
        """How much it says that a page has this piece: little if nearly every page has it.

        >>> library = Library(["八坂神社は京都府", "白山神社は石川県", "日枝神社は東京都"])
        >>> round(library.rarity("神社"), 2), round(library.rarity("八坂"), 2)
        (0.13, 0.98)
        """
        having = self.pages_with[piece]
        return math.log(1 + (len(self.pages) - having + 0.5) / (having + 0.5))

    def scores(self, question):
        """How well each page fits the question, in the order of the shelf.

        >>> library = Library(["八坂神社は京都府", "白山神社は石川県"])
        >>> [round(score, 2) for score in library.scores("白山")]
        [0.0, 0.69]
        """
        expect(isinstance(question, str) and question, "text", found=short(question))
        asked = bigrams(question)
        return [
            sum(self._fit(piece, count, length) for piece in asked)
            for count, length in zip(self.counts, self.lengths, strict=True)
        ]

    def _fit(self, piece, count, length):
        times = count[piece]
        if not times:
            return 0.0
        return self.rarity(piece) * times * (K1 + 1) / (times + K1 * (1 - B + B * length / self.mean_length))

    def find(self, question, n=1):
        """The n pages that fit best, the best first; there is always a best page, however bad.

        >>> library = Library(["八坂神社は京都府", "白山神社は石川県"])
        >>> library.find("諏訪神社")
        ['八坂神社は京都府']
        """
        expect_whole("n", n, low=1, high=len(self.pages))
        scores = self.scores(question)
        order = sorted(range(len(scores)), key=lambda at: (-round(scores[at], 9), at))
        return [self.pages[at] for at in order[:n]]

    def answer(self, name, answers, check=False):
        """The first of the answers that stands on the best page; with `check`, None unless it names the thing.

        >>> library = Library(["八坂神社は京都府", "白山神社は石川県"])
        >>> places = ["石川県", "京都府", "長野県"]
        >>> library.answer("諏訪神社", places), library.answer("諏訪神社", places, check=True)
        ('京都府', None)
        """
        expect_texts(answers)
        page = self.find(name)[0]
        if check and not names_it(page, name):
            return None
        standing = [(page.find(answer), answer) for answer in answers if answer in page]
        return min(standing)[1] if standing else None


def names_it(page, name):
    """Whether the page names this very thing, and not another whose name only contains it.

    >>> names_it("八坂神社は京都府にあります。", "八坂神社"), names_it("津島八坂神社は遠い。", "八坂神社")
    (True, False)
    """
    expect(isinstance(name, str) and name, "text", found=short(name))
    page = f" {page} "
    starts = [at for at in range(len(page)) if page.startswith(name, at)]
    return any(not (goes_on(page[at - 1]) or goes_on(page[at + len(name)])) for at in starts)


def goes_on(sign):
    """Whether a name would go on with this sign: kanji and letters yes, kana, marks and spaces no.

    >>> goes_on("社"), goes_on("s"), goes_on("は"), goes_on("。")
    (True, True, False, False)
    """
    return "\u4e00" <= sign <= "\u9fff" or sign == "々" or (sign.isascii() and sign.isalnum())

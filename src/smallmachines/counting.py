"""Count, and step back when you have not seen it: the one engine inside every small machine.

In:  examples, each an outcome and the clues (contexts) it came under, from coarse to fine.
Out: for new clues, how likely each outcome is.
Think of a notebook with one page for each clue. To learn is to make a tally mark on every page that fits.
To guess is to read the coarse page first, then let each finer page correct it. A page with many marks
corrects a lot; a page with few marks a little; a page that does not exist, not at all.
Left out on purpose: meaning. The machine has no part that knows whether an outcome is true.
"""

from collections import Counter

from smallmachines.inputs import clues, not_negative
from smallmachines.words import expect, short


class Counting:
    """A notebook of tally marks; `m` says how many marks the coarser pages are worth."""

    def __init__(self, m=0.5):
        """An empty notebook."""
        self.m = not_negative("m", m)
        self.pages = {}

    def learn(self, contexts, outcome):
        """Make one tally mark for the outcome on the page of every clue.

        >>> pets = Counting()
        >>> pets.learn(["any child", "child with a garden"], "dog")
        >>> pets.pages["any child"]
        Counter({'dog': 1})
        """
        for context in clues(contexts):
            if context not in self.pages:
                self.pages[context] = Counter()
            self.pages[context][outcome] += 1

    def chances(self, contexts):
        """How likely each outcome is under these clues; the chances add up to 1.

        >>> pets = Counting(m=1)
        >>> pets.learn(["all"], "cat")
        >>> pets.learn(["all", "garden"], "dog")
        >>> pets.chances(["all"])
        {'cat': 0.5, 'dog': 0.5}
        >>> pets.chances(["all", "garden"])
        {'cat': 0.25, 'dog': 0.75}
        >>> pets.chances(["all", "never seen"])
        {'cat': 0.5, 'dog': 0.5}
        """
        chances = {}
        for context in clues(contexts):
            if context in self.pages:
                chances = self._corrected(chances, self.pages[context])
        expect(chances, "unseen", contexts=short(list(contexts)))
        return chances

    def _corrected(self, coarse, page):
        n = page.total()
        m = self.m if coarse else 0  # below the coarsest page there is nothing to step back to
        chances = {outcome: p * m / (n + m) for outcome, p in coarse.items()} if m else {}
        for outcome, marks in page.items():
            chances[outcome] = chances.get(outcome, 0) + marks / (n + m)
        return chances

    def best(self, contexts):
        """The likeliest outcome; of equally likely ones, the first in dictionary order.

        >>> pets = Counting()
        >>> pets.learn(["all"], "dog"); pets.learn(["all"], "cat")
        >>> pets.best(["all"])
        'cat'
        """
        chances = self.chances(contexts)
        top = max(chances.values())
        return min((outcome for outcome in chances if chances[outcome] == top), key=str)

    def pick(self, contexts, rng, temperature=1.0):
        """One outcome by lot: 1 follows the chances, lower is more careful, 0 always takes the best.

        >>> import random
        >>> pets = Counting()
        >>> for pet in ["dog", "dog", "dog", "cat"]: pets.learn(["all"], pet)
        >>> rng = random.Random(1)
        >>> [pets.pick(["all"], rng) for _ in range(8)]
        ['dog', 'cat', 'cat', 'dog', 'dog', 'dog', 'dog', 'cat']
        """
        if not_negative("temperature", temperature) == 0:
            return self.best(contexts)
        expect(hasattr(rng, "choices"), "rng", found=short(rng))
        chances = self.chances(contexts)
        top = max(chances.values())
        weights = [(p / top) ** (1 / temperature) for p in chances.values()]
        return rng.choices(list(chances), weights)[0]

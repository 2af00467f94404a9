"""A machine that listens to what is said about people, and then answers questions about anyone.

In:  sentences from a little world (`people`).   Out: answers, and the share of wrong ones.
The listener counts (`counting`) under everyone, under the family and under the person.
Asked about a person it never heard of, it steps back to the family, and then to everyone.
So it is wrong about as often as people turn up whom nobody mentioned before, and the share of
sentences about people heard of only once tells beforehand how often that will be (Good and Turing).
Left out on purpose: the answer "I do not know" (see `scoring`). This listener always answers.
"""

import random
from collections import Counter

from smallmachines.counting import Counting
from smallmachines.people import Sentence, expect_sentences, make_world, rumours, talk

__all__ = ["Listener", "Sentence", "make_world", "rumours", "seen_once", "talk", "wrong_share"]


def seen_once(sentences):
    """The share of all sentences that are about something heard exactly once.

    It is also a good estimate (Good 1953) of how often the next sentence is about something new.

    >>> a, b, c = make_world(people=3)
    >>> seen_once([a, a, b, c])
    0.5
    """
    expect_sentences(sentences)
    return sum(times == 1 for times in Counter(sentences).values()) / len(sentences)


class Listener:
    """A machine that hears sentences and then answers where a person lives, always."""

    def __init__(self, m=0.5):
        """A listener who has heard nothing; `m` as in Counting."""
        self.counting = Counting(m)

    def hear(self, sentences):
        """Count the town of each sentence under everyone, under the family and under the person.

        >>> listener = Listener()
        >>> listener.hear(make_world(people=100, seed=1))
        """
        expect_sentences(sentences)
        for sentence in sentences:
            self.counting.learn(self.clues(sentence), sentence.home)

    def clues(self, question):
        """What the listener may look at, from coarse to fine; never the true town.

        >>> Listener().clues(Sentence("ソラノヤ ソラタ", "ソラノヤ", 22))
        ['everyone', ('family', 'ソラノヤ'), ('person', 'ソラノヤ ソラタ')]
        """
        expect_sentences([question])
        return ["everyone", ("family", question.family), ("person", question.name)]

    def answer(self, question, rng, temperature=1.0):
        """A town by lot; temperature 0 always takes the likeliest.

        >>> listener = Listener()
        >>> listener.hear([Sentence("ミナノヤ ソラタ", "ミナノヤ", 7)])
        >>> listener.answer(Sentence("ミナノヤ ミナタ", "ミナノヤ", 30), random.Random(1))
        7
        """
        return self.counting.pick(self.clues(question), rng, temperature)

    def guess(self, question):
        """The likeliest town and how likely it is: the answer and the confidence.

        >>> listener = Listener(m=1)
        >>> listener.hear([Sentence("ミナノヤ ソラタ", "ミナノヤ", 7), Sentence("ミナノヤ ミナタ", "ミナノヤ", 9)])
        >>> listener.guess(Sentence("ミナノヤ ソラタ", "ミナノヤ", 7))
        (7, 0.75)
        """
        home = self.counting.best(self.clues(question))
        return home, self.counting.chances(self.clues(question))[home]


def wrong_share(listener, questions, temperature=0, seed=0):
    """The share of the questions that the listener answers wrong.

    >>> world = make_world(people=100, seed=1)
    >>> listener = Listener()
    >>> listener.hear(world)
    >>> wrong_share(listener, talk(world, 50))
    0.0
    """
    expect_sentences(questions)
    rng = random.Random(seed)
    answers = [listener.answer(question, rng, temperature) for question in questions]
    return sum(answer != question.home for answer, question in zip(answers, questions, strict=True)) / len(
        questions
    )

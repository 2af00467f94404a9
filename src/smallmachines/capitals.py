"""Find a rule in examples: from the name of a prefecture to the name of its capital city.

In:  examples (prefecture, capital).   Out: a capital for any prefecture, seen or not.
Each example becomes a change: how many signs go away at the end, and what is written there instead
(青森県 -> 青森市: one sign goes, 市 comes). The machine counts (`counting`) which change came with
which ending, short endings first. A whole name it has seen is an ending too, so it remembers that one.
Left out on purpose: a map. Where a city has a name of its own, a rule cannot know it.
"""

from smallmachines.counting import Counting
from smallmachines.inputs import expect_pairs
from smallmachines.words import expect, short


def change(name, capital):
    """What turns the first into the second: (how many signs go away at the end, what comes there).

    >>> change("青森県", "青森市"), change("愛知県", "名古屋市")
    ((1, '市'), (3, '名古屋市'))
    """
    same = 0
    while same < min(len(name), len(capital)) and name[same] == capital[same]:
        same += 1
    return len(name) - same, capital[same:]


def apply(rule, name):
    """The name after the change.

    >>> apply((1, "市"), "愛知県")
    '愛知市'
    """
    gone, new = rule
    return name[: max(len(name) - gone, 0)] + new


def endings(name):
    """The endings of a name, from none to the whole name.

    >>> endings("青森県")
    ['', '県', '森県', '青森県']
    """
    return [name[len(name) - size :] for size in range(len(name) + 1)]


class RuleMachine:
    """A machine that makes rules out of examples."""

    def __init__(self, m=0.5):
        """A machine without rules; `m` as in Counting."""
        self.counting = Counting(m)

    def learn(self, examples):
        """Count the change of each example under every ending of the prefecture's name.

        >>> machine = RuleMachine()
        >>> machine.learn([("青森県", "青森市"), ("秋田県", "秋田市"), ("愛知県", "名古屋市")])
        >>> machine.counting.pages["県"]
        Counter({(1, '市'): 2, (3, '名古屋市'): 1})
        """
        expect_pairs(examples)
        for name, capital in examples:
            self.counting.learn(endings(name), change(name, capital))

    def guess(self, name):
        """The capital that the likeliest rule gives; there is always one.

        >>> machine = RuleMachine()
        >>> machine.learn([("青森県", "青森市"), ("秋田県", "秋田市"), ("愛知県", "名古屋市")])
        >>> machine.guess("愛知県"), machine.guess("山形県"), machine.guess("兵庫県")
        ('名古屋市', '山形市', '兵庫市')
        """
        expect(isinstance(name, str) and name, "text", found=short(name))
        expect(self.counting.pages, "learn-first")
        return apply(self.counting.best(endings(name)), name)

    def right_share(self, examples):
        """The share of these examples that the machine gets right.

        >>> machine = RuleMachine()
        >>> machine.learn([("青森県", "青森市")])
        >>> machine.right_share([("秋田県", "秋田市"), ("愛知県", "名古屋市")])
        0.5
        """
        expect_pairs(examples)
        return sum(self.guess(name) == capital for name, capital in examples) / len(examples)

"""Find a rule in examples: from the name of a prefecture to the name of its capital city.

In:  examples (prefecture, capital).   Out: a capital for any prefecture, seen or not.
Each example becomes a change: how many signs go away at the end, and what is written there instead
(青森県 -> 青森市: one sign goes, 市 comes). The machine counts (`counting`) which change came with
which ending, short endings first. A whole name it has seen is an ending too, so it remembers that one.
A Japanese name is taken sign by sign, a name in Roman letters word by word (Aomori -> Aomori: nothing changes):
single Roman letters stand for sounds, and rules about them make names that nobody would write.
Left out on purpose: a map. Where a city has a name of its own, a rule cannot know it.
"""

from smallmachines.counting import Counting
from smallmachines.inputs import expect_pairs
from smallmachines.words import expect, short


def pieces(name):
    """What the machine sees of a name: the signs of a Japanese one, the words of one in Roman letters.

    >>> pieces("青森県"), pieces("Aomori"), pieces("New York")
    (['青', '森', '県'], ['Aomori'], ['New', 'York'])
    """
    return name.split() if name.isascii() else list(name)


def joined(parts):
    """The name made of these pieces.

    >>> joined(["青", "森", "市"]), joined(["New", "York"])
    ('青森市', 'New York')
    """
    return (" " if "".join(parts).isascii() else "").join(parts)


def change(name, capital):
    """What turns the first into the second: (how many pieces go away at the end, what comes there).

    >>> change("青森県", "青森市"), change("愛知県", "名古屋市")
    ((1, '市'), (3, '名古屋市'))
    >>> change("Aomori", "Aomori"), change("Aichi", "Nagoya")
    ((0, ''), (1, 'Nagoya'))
    """
    before, after = pieces(name), pieces(capital)
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    return len(before) - same, joined(after[same:])


def apply(rule, name):
    """The name after the change.

    >>> apply((1, "市"), "愛知県"), apply((0, ""), "Aichi")
    ('愛知市', 'Aichi')
    """
    gone, new = rule
    parts = pieces(name)
    return joined([*parts[: max(len(parts) - gone, 0)], *pieces(new)])


def endings(name):
    """The endings of a name, from none to the whole name.

    >>> endings("青森県"), endings("Aomori")
    (['', '県', '森県', '青森県'], ['', 'Aomori'])
    """
    parts = pieces(name)
    return [joined(parts[len(parts) - size :]) for size in range(len(parts) + 1)]


class RuleMachine:
    """A machine that makes rules out of examples."""

    def __init__(self, m=0.5):
        """A machine without rules; `m` as in Counting."""
        self.counting = Counting(m)
        self.first = {}  # each change and the first example of it, to show it by

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
            self.first.setdefault(change(name, capital), f"{name} → {capital}")

    def rules(self, ending="", most=5):
        """The rules found under an ending, the most used first: an example of each, and how many are like it.

        >>> machine = RuleMachine()
        >>> machine.learn([("青森県", "青森市"), ("秋田県", "秋田市"), ("愛知県", "名古屋市")])
        >>> machine.rules()
        {'青森県 → 青森市': 2, '愛知県 → 名古屋市': 1}
        """
        expect(self.counting.pages, "learn-first")
        expect(ending in self.counting.pages, "unseen", contexts=short(ending))
        return {self.first[rule]: n for rule, n in self.counting.pages[ending].most_common(most)}

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

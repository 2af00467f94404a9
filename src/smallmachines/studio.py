"""A studio: a few picture machines try out the same amounts, and a judge looks at what they draw.

In:  a word, and how many drawings of each building to collect.   Out: a Trial: 100 drawings and what is to be seen in them.
One machine may be lucky. So five learn, each from a collection of its own, and each draws 20.
How often the judge is right itself, on fresh drawings, stands on the same card as its answers.
Left out on purpose: people. What a drawing shows is judged by a machine here; look for yourself as well.
"""

from dataclasses import dataclass
from functools import cache

from smallmachines.cards import Shown, card
from smallmachines.drawings import collect, names
from smallmachines.inputs import expect_whole
from smallmachines.judge import Judge, torii
from smallmachines.painter import PictureMachine
from smallmachines.paper import expect_examples
from smallmachines.show import grid
from smallmachines.words import expect, say, short

MACHINES, EACH = 5, 20


@dataclass(frozen=True)
class Trial:
    """What the machines drew for a word."""

    word: str
    drawings: list
    """The drawings, those of the first machine first."""
    judged: list
    """What the judge takes each of them for."""
    counts: dict
    """How many the judge takes for each word, in the order of the artists."""
    distinct: int
    """How many different drawings came: what one machine drew twice counts once."""
    copied: int
    """How many stand in their machine's collection, cell for cell."""

    @property
    def with_torii(self):
        """How many drawings have a whole torii."""
        return sum(map(torii, self.drawings))

    def _repr_mimebundle_(self, include=None, exclude=None):
        """A notebook shows four drawings of each machine, and what the judge says to all."""
        answers = _answers({say("trial-of", n=len(self.drawings)): self})
        return _together(grid(self.drawings[:: EACH // 4], columns=10), answers)

    def __repr__(self):
        return self._repr_mimebundle_()["text/plain"]


def try_out(word, amounts, k=8, more=(), copies=1, machines=MACHINES, seed=0):
    """Let machines with `k` slots learn these amounts, and draw the word.

    `more` is a collection that every machine gets as well: the drawings that you made yourselves.
    `copies` says how often each drawing of the word stands in the collection.

    >>> few = try_out("神社", {"神社": 3, "中国のお寺": 75, "教会": 74, "城": 74, "家": 74})
    >>> many = try_out("神社", {"神社": 60, "中国のお寺": 60, "教会": 60, "城": 60, "家": 60})
    >>> few.counts["神社"] < 30 < 60 < many.counts["神社"]
    True
    """
    expect_whole("machines", machines, 1, 20)
    expect_whole("copies", copies, 1, 100)
    _expect_numbers(amounts)
    made = [_one(word, amounts, k, more, copies, start) for start in range(seed, seed + machines)]
    drawings = [drawing for new, _ in made for drawing in new]
    judged = [fair_judge().name(drawing) for drawing in drawings]
    counts = {name: judged.count(name) for name in dict.fromkeys([*names(), word])}
    distinct = sum(len({*new}) for new, _ in made)
    copied = sum(drawing in known for new, known in made for drawing in new)
    return Trial(word, drawings, judged, counts, distinct, copied)


def side_by_side(trials, variety=False):
    """Several trials, {name: trial}: ten drawings of each in a row, and the judge's answers in one table.

    `variety` adds a second table: how many different drawings there are, and how many stand in the collection.

    >>> trials = {f"{n} 枚": try_out("家", {"家": n}, machines=1) for n in (1, 50)}
    >>> print(*repr(side_by_side(trials, variety=True)).splitlines()[-3:], sep=chr(10))
                                   | 1 枚 | 50 枚
    ちがう絵                       | 1    | 20
    集まりにある絵とまったく同じ絵 | 20   | 4
    """
    fine = isinstance(trials, dict) and trials and all(isinstance(one, Trial) for one in trials.values())
    expect(fine, "trials", found=short(trials).partition("\n")[0])
    drawings = [drawing for trial in trials.values() for drawing in trial.drawings[:10]]
    names = [name for name in trials for _ in range(10)]
    cards = [_answers(trials), *([_variety(trials)] if variety else [])]
    return Shown(_together(grid(drawings, names, columns=10), *cards))


def _answers(trials):
    """What the judge says, the asked word first, and how often it is right itself."""
    right, _, fresh = accuracy()
    words = dict.fromkeys(word for one in trials.values() for word in (one.word, *one.counts))
    rows = [(word, *(one.counts.get(word, 0) for one in trials.values())) for word in words]
    sure = say("trial-tested", right=right, n=fresh)
    return card(say("trial-judge"), [sure], [(say("trial-word"), *trials), *rows])


def _variety(trials):
    """How far the drawings differ: that is counted, and needs no judge."""
    distinct, copied = ([getattr(one, what) for one in trials.values()] for what in ("distinct", "copied"))
    rows = [("", *trials), (say("trial-distinct"), *distinct), (say("trial-copied"), *copied)]
    return card(say("trial-variety"), [say("trial-once")], rows)


def _together(pictures, *cards):
    html = "".join(one.forms["text/html"] for one in (pictures, *cards))
    return {"text/html": html, "text/plain": "\n".join(one.forms["text/plain"] for one in cards)}


def _expect_numbers(amounts):
    """What pupils write for an amount by mistake is answered with its word; `collect` looks at the rest."""
    for word, n in amounts.items() if isinstance(amounts, dict) else ():
        expect(n is not ..., "amount-dots", word=word)
        expect(not isinstance(n, str), "amount-text", word=word, found=short(n))


def _one(word, amounts, k, more, copies, seed):
    """What one machine draws, and the drawings that it had learned from."""
    examples = collect(amounts, seed) + list(expect_examples(more) if more else ())
    examples += [one for one in examples if one[0] == word] * (copies - 1)
    machine = PictureMachine(k, seed)
    machine.train(examples)
    return machine.draw(word, EACH, seed), {drawing for _, drawing in examples}


def fair_judge():
    """The judge of this studio, who has seen 100 drawings of each building.

    >>> from smallmachines.drawings import draw
    >>> fair_judge().name(draw("城", seed=9))
    '城'
    """
    return _judge(*names())


def accuracy():
    """On fresh drawings by the artists: how often the judge is right, how often the torii detector, of how many.

    >>> accuracy()
    (100, 100, 100)
    """
    return _accuracy(*names())


@cache
def _judge(*words):
    return Judge(collect(dict.fromkeys(words, 100), seed=1000))


@cache
def _accuracy(*words):
    fresh = collect(dict.fromkeys(words, EACH), seed=2000)
    named = sum(_judge(*words).name(drawing) == word for word, drawing in fresh)
    found = sum(torii(drawing) == (word == words[0]) for word, drawing in fresh)
    return named, found, len(fresh)

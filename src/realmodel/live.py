"""What a running model has in common, wherever it runs: prompts are checked, lists and answers are made fit for school.

In:  something that completes a text (`complete`).   Out: the same methods as those of a recording.
When the model fails on the way, one sentence says so, and from then on the recording answers.
Left out on purpose: how the text is completed (laptop, endpoint).
"""

import hashlib
from dataclasses import dataclass

from realmodel import curated
from realmodel.answers import Answer, Token
from realmodel.curated import prompts, refuse
from realmodel.recording import WARMTH, Recording
from realmodel.safety import listed, shielded, shown
from realmodel.trouble import Trouble, tell
from smallmachines.inputs import expect_whole, not_negative
from smallmachines.words import expect, short

DEEPEST = 12
"""How many tokens a pupil may choose one after the other."""
WIDE = 200
"""How many of the most probable tokens a running model is asked for, so that ten of them may be shown."""


@dataclass(frozen=True)
class Completion:
    """What a model wrote after a text."""

    text: str
    """The whole of it."""
    tokens: tuple[tuple[str, float], ...]
    """Its tokens and their probabilities."""
    first: tuple[tuple[str, float], ...] = ()
    """The most probable tokens for the first place, when they were asked for."""
    read: int = 0
    """How many tokens the given text had."""


class Live:
    """A model that runs; `complete` is given by the kinds of it."""

    kind = ""

    def __init__(self, name, free=False):
        self._name = name
        self.free = free
        self._instead = None

    def __repr__(self):
        return f"<{self.kind}: {self.name}>"

    @property
    def name(self):
        """The name of the model that really answers."""
        return self._instead.name if self._instead else self._name

    @property
    def notice(self):
        """Why the recording answers instead; empty as long as the model does."""
        return self._instead.notice if self._instead else ""

    def prompts(self, kind=None):
        """The prompts that may be passed: all of them, or those of one kind."""
        return [prompt for prompt in prompts() if kind in (None, prompt.kind)]

    def next_tokens(self, prompt, top=10):
        """The most probable tokens after this text, and a last row for all the others."""
        expect_whole("top", top, low=1, high=20)
        text = self._continued(prompt)
        return self._try(
            lambda: listed(self.complete(text, 1, first=WIDE).first, top), "next_tokens", prompt, top
        )

    def share(self, prompt, word):
        """How probable this one word is after this text; None where the model does not say."""
        text = self._continued(prompt)
        return self._try(lambda: self._share(text, word), "share", prompt, word)

    def answer(self, question, seed=0, warmth=0.0):
        """The answer to a question; the most probable one at warmth 0, whatever the seed."""
        not_negative("warmth", warmth)
        prompt = self._asked(question)
        text, longest = curated.whole(prompt), curated.length(prompt.kind)
        drawn = lot(seed, text) if warmth else 0
        return self._try(
            lambda: _as_answer(self.complete(text, longest, warmth, drawn)), "answer", question, seed, warmth
        )

    def answers(self, question, times=10):
        """The answers to one question asked several times, each drawn anew."""
        expect_whole("times", times, low=1, high=100)
        return [self.answer(question, seed, WARMTH) for seed in range(1, times + 1)]

    def count(self, text):
        """In how many tokens the model reads this text."""
        expect(isinstance(text, str) and text, "text", found=short(text))
        return self._try(lambda: self._count(text), "count", text)

    def complete(self, text, longest, warmth=0.0, seed=0, first=0):
        """What the model writes after any text, as it is: nothing is checked and nothing left out."""
        raise NotImplementedError

    def _share(self, text, word):
        return dict(self.complete(text, 1, first=WIDE).first).get(word)

    def _count(self, text):
        return self.complete(text, 1).read

    def _try(self, ask, method, *given):
        """What the model says; when it fails, the sentence once, and the recording from now on."""
        if self._instead is None:
            try:
                return ask()
            except Trouble as trouble:
                tell(trouble)
                self._instead, self.kind = Recording(free=self.free, notice=str(trouble)), Recording.kind
        return getattr(self._instead, method)(*given)

    def _continued(self, wanted):
        """The text whose next tokens are asked for: prepared, or prepared and gone on with by shown tokens."""
        prompt = curated.find(wanted)
        if prompt or self.free or goes_on(wanted):
            return curated.whole(prompt) if prompt else wanted
        raise refuse(wanted)

    def _asked(self, wanted):
        prompt = curated.find(wanted)
        if prompt or self.free:
            return prompt or curated.Prompt("free", "question", wanted, "", {})
        raise refuse(wanted)


def _as_answer(done):
    tokens = tuple(Token(text, round(share, 4)) for text, share in done.tokens)
    return shielded(Answer(done.text.rstrip("\ufffd").strip(), tokens))


def goes_on(text):
    """Whether a text is a prepared one and then shown tokens only, as when a pupil chooses one after the other.

    >>> goes_on("I drank a cup of coffee"), goes_on("Write anything")
    (True, False)
    """
    starts = [p.text for p in prompts() if p.kind == "next" and text.startswith(p.text)]
    return any(_made_of_shown(text[len(start) :], DEEPEST) for start in starts)


def _made_of_shown(rest, steps):
    if not rest:
        return True
    return steps > 0 and any(
        _made_of_shown(rest[len(token) :], steps - 1) for token in shown() if token and rest.startswith(token)
    )


def lot(seed, text):
    """The seed that is really drawn with: another one for each text, or all questions would share their luck.

    >>> lot(1, "a") == lot(1, "a"), lot(1, "a") == lot(1, "b")
    (True, False)
    """
    return int.from_bytes(hashlib.sha256(f"{seed} {text}".encode()).digest()[:4], "big") >> 1

"""A model that was asked once and whose answers were kept: the same answers everywhere, without the model.

In:  data/recordings.json, made by `komainu llm record`.   Out: lists of tokens and answers, as the model gave them that day.
Left out on purpose: anything that was not asked then. A recording says so instead of guessing.
"""

import hashlib
import json
from functools import cache

from realmodel import curated
from realmodel.answers import Answer, Token
from realmodel.curated import DATA, NotCurated, prompts, refuse
from realmodel.safety import listed, shown
from smallmachines.inputs import expect_whole
from smallmachines.words import add, expect, kindly, say, short

FORMAT = 1
WARMTH = 0.8
"""The warmth of the ten answers."""
SEEDS = range(1, 11)

add(
    {
        "recording-label": {
            "ja": "{date} に記録した {name} の答えです。今このコンピューターで動いているのではありません。",
            "en": "Answers of {name}, recorded on {date}. Nothing is running on this computer.",
        },
        "count-unknown": {
            "ja": "{found} のトークンの数は、記録にありません。",
            "en": "The recording does not say how many tokens {found} has.",
        },
    }
)


@cache
def book():
    """The whole file, read once."""
    return json.loads((DATA / "recordings.json").read_text("utf-8"))


def ready():
    """Read all files now: afterwards the recordings answer even where no file can be opened."""
    book(), prompts(), shown()


class Recording:
    """The kept answers of a model.

    >>> Recording().next_tokens("The capital of France is", top=1)[0].text
    ' Paris'
    """

    kind = "recording"

    def __init__(self, free=False, notice=""):
        self.free = free
        self.notice = notice
        """Why this recording stands in for a running model; empty when it was asked for."""

    def __repr__(self):
        return f"<{self.kind}: {self.name}>"

    @property
    def name(self):
        """The name of the recorded model."""
        return book()["made"]["model"]

    def label(self):
        """One sentence to put beside whatever is shown."""
        return say("recording-label", date=book()["made"]["date"], name=self.name)

    def prompts(self, kind=None):
        """The prompts that may be passed: all of them, or those of one kind."""
        return [prompt for prompt in prompts() if kind in (None, prompt.kind)]

    def next_tokens(self, prompt, top=10):
        """The most probable tokens after this text, and a last row for all the others."""
        expect_whole("top", top, low=1, high=20)
        return listed(self._list(prompt)["tokens"], top)

    def share(self, prompt, word):
        """How probable this one word is after this text; None where that was not recorded."""
        found = self._list(prompt)
        return {**dict(found["tokens"]), **found.get("watched", {})}.get(word)

    def answer(self, question, seed=0, warmth=0.0):
        """The answer to a question; the most probable one at warmth 0, whatever the seed."""
        kept = self._answers(question)
        wanted = (seed if warmth else 0, float(warmth))
        found = [one for one in kept if (one["seed"], one["warmth"]) == wanted]
        expect(found, "not-recorded")
        tokens = tuple(Token(text, share) for text, share in zip(found[0]["tokens"], found[0]["shares"], strict=True))
        if found[0].get("hidden"):
            return Answer(say("hidden-answer"), (), hidden=True)
        return Answer(found[0].get("text", "".join(found[0]["tokens"])).strip(), tokens)

    def answers(self, question, times=10):
        """The answers to one question asked several times, each drawn anew."""
        expect_whole("times", times, low=1, high=len(SEEDS))
        return [self.answer(question, seed, WARMTH) for seed in range(1, times + 1)]

    def count(self, text):
        """In how many tokens the model reads this text."""
        expect(isinstance(text, str) and text, "text", found=short(text))
        found = book()["counts"].get(mark(text))
        if found is None:
            raise kindly(NotCurated(say("count-unknown", found=short(text))))
        return found

    def _list(self, wanted):
        prompt = curated.find(wanted)
        found = book()["next"].get(prompt.text if prompt else wanted)
        if found is None:
            raise refuse(wanted, self.free)
        return found

    def _answers(self, wanted):
        prompt = curated.find(wanted)
        if not prompt or prompt.id not in book()["answers"]:
            raise refuse(wanted, self.free)
        return book()["answers"][prompt.id]


def mark(text):
    """The name under which the length of a text is kept.

    >>> mark("鳥居")
    '5e6c4fc7a8a9'
    """
    return hashlib.sha256(text.encode()).hexdigest()[:12]

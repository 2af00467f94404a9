"""The prompts that somebody has looked at: what a pupil may hand to the model.

In:  data/prompts.json, written by hand.   Out: prompts, and the whole text that the model is given for each.
A model continues whatever it gets, and an unlooked-at prompt can bring up what is not for school. So pupils choose from
this list; a teacher may switch that off (`free`).
Left out on purpose: what the model answered (recording).
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from smallmachines.words import add, expect, kindly, say, short

DATA = Path(__file__).with_name("data")
UNSURE = " If you are not certain, say I don't know."
"""What turns a question into one that invites the model to pass."""

add(
    {
        "not-curated": {
            "ja": "{found} は、用意した文の中にありません。model.prompts() の一覧から選んでください。",
            "en": "{found} is not among the prepared texts. Choose one from the list in model.prompts().",
        },
        "not-curated-free": {
            "ja": "{found} の答えは記録にありません。自由な文は、動いているモデルにだけ渡せます。",
            "en": "There is no recording of {found}. Only a running model can be given a text of your own.",
        },
        "not-recorded": {
            "ja": "記録にあるのは、warmth=0 の答えと、warmth=0.8 で seed が 1 から 10 までの答えだけです。",
            "en": "The recording holds the answer at warmth=0, and those at warmth=0.8 with the seeds 1 to 10.",
        },
        "prompt-text": {
            "ja": "用意した文か、その id を渡してください({found} が来ました)。",
            "en": "Give a prepared text or its id (got {found}).",
        },
    }
)


class NotCurated(ValueError):
    """A prompt that is not on the list; the sentence says where the list is."""


@dataclass(frozen=True)
class Prompt:
    """One prompt: what the model is asked, and what that is good for."""

    id: str
    """A name that never changes."""
    kind: str
    """next, question, unsure (a question with an invitation to pass), invented, real or japanese."""
    text: str
    """What a pupil sees, and may pass."""
    ja: str
    """What it says, in Japanese."""
    why: dict
    """What it is there for, in ja and en."""
    accepts: tuple[str, ...] = ()
    """Right answers, where there are any."""
    source: str = ""
    """Where the right answer comes from: an id of lessons/sources.yml, a table with its row, or arithmetic."""
    deep: int = 0
    """How many tokens a pupil may go on choosing, from the lists of the recording."""


@cache
def contents():
    """The file of prompts as it is, read once."""
    return json.loads((DATA / "prompts.json").read_text("utf-8"))


@cache
def prompts():
    """Every prompt, in the order of the file; each question is there twice, once with the invitation to pass.

    >>> [prompt.text for prompt in prompts() if prompt.id == "france"]
    ['What is the capital of France?']
    """
    kinds = contents()["kinds"]
    found = [_prompt(one, kinds) for one in contents()["prompts"]]
    unsure = [
        Prompt(f"{p.id}-unsure", "unsure", p.text + UNSURE, p.ja + kinds["unsure"]["ending"], _why(kinds, "unsure"), p.accepts, p.source)
        for p in found if p.kind == "question"
    ]  # fmt: skip
    return (*found, *unsure)


def _prompt(one, kinds):
    return Prompt(
        one["id"], one["kind"], one["text"], one["ja"], one.get("why") or _why(kinds, one["kind"]),
        tuple(one.get("accepts", ())), one.get("source", ""), one.get("deep", 0),
    )  # fmt: skip


def _why(kinds, kind):
    return {lang: kinds[kind][lang] for lang in ("ja", "en")}


def find(wanted):
    """The prompt with this text or id, or None.

    >>> find("france").accepts, find("Tell me everything")
    (('Paris',), None)
    """
    expect(isinstance(wanted, str) and wanted.strip(), "prompt-text", found=short(wanted))
    return _by_name().get(wanted) or _by_name().get(" ".join(wanted.split()))


@cache
def _by_name():
    return {name: prompt for prompt in prompts() for name in (prompt.text, prompt.id)}


def refuse(wanted, free=False):
    """The kind error for a prompt that is not on the list."""
    return kindly(NotCurated(say("not-curated-free" if free else "not-curated", found=short(wanted))))


def whole(prompt):
    """What the model is really given for this prompt: the examples before it, the prompt, and where the answer begins.

    >>> whole(find("france")).splitlines()[-2:]
    ['Q: What is the capital of France?', 'A:']
    """
    return dressed(prompt.text, prompt.kind)


def dressed(text, kind):
    """The same for any text that is used like a prompt of this kind."""
    form = contents()["forms"][contents()["kinds"][kind]["form"]]
    return f"{form['before']}{form['open']}{text}{form['close']}"


def length(kind):
    """At most how many tokens an answer to a prompt of this kind has."""
    return contents()["forms"][contents()["kinds"][kind]["form"]]["tokens"]

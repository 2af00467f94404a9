"""What is shown in class: tokens that somebody has looked at, and answers without words that are not for school.

In:  tokens or an answer.   Out: the same, with the rest in one row, or with a note in place of the answer.
The list of tokens is data/shown.json, read through by people. The words that hide an answer are kept as digests only,
so that the list itself is nothing to look at.
Left out on purpose: meaning. A bad sentence made of harmless words passes, which is why the prompts are chosen too.
"""

import hashlib
import json
import re
from functools import cache

from realmodel.answers import Answer, Token
from realmodel.curated import DATA
from smallmachines.words import add, say

add(
    {
        "other-tokens": {"ja": "ほかの語", "en": "other"},
        "hidden-answer": {"ja": "(伏せました)", "en": "(hidden)"},
    }
)


@cache
def shown():
    """The tokens that may be shown."""
    return frozenset(json.loads((DATA / "shown.json").read_text("utf-8")))


@cache
def _not_for_school():
    return frozenset((DATA / "hidden.txt").read_text("utf-8").split())


def listed(tokens, top):
    """The first `top` of these (text, share) that may be shown, and one row for everything else.

    >>> listed([(" church", 0.5), (" qqqq", 0.3)], 10)[-1].share
    0.5
    """
    rows = [Token(text, round(share, 4)) for text, share in tokens if text in shown()][:top]
    rest = max(0.0, 1 - sum(row.share for row in rows))
    return [*rows, Token(say("other-tokens"), round(rest, 4), other=True)]


def digest(word):
    """How a word stands in the list of what is not for school."""
    return hashlib.sha256(word.encode()).hexdigest()[:16]


def for_school(text):
    """Whether a text holds none of the listed words, alone or as a plural."""
    words = re.findall(r"[a-z]+", text.lower())
    forms = {form for word in words for form in (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ing"))}
    return not any(digest(form) in _not_for_school() for form in forms)


def shielded(answer):
    """The answer, or a note that it is hidden."""
    return answer if for_school(answer.text) else Answer(say("hidden-answer"), (), hidden=True)

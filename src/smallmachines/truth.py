"""Is this sentence true? Look it up in a list of facts.

In:  a sentence, words separated by spaces, and the facts beside the notebook (facts.json).
Out: True (true), False (false), or None (the words have none of the forms that the judge knows).
The judge holds the words against each wording in turn, reads off the names that stand in the gaps,
and looks them up. A machine that makes sentences never sees it: people made it, for checking afterwards.
Left out on purpose: meaning, and the rest of the world. The judge knows a few wordings, not a language, and
calls false whatever is not in its list, even where the world has more in it than the list.
"""

from smallmachines.words import add, expect, short

add(
    {
        "judge-facts": {
            "ja": '事実の表を渡してください({found} が来ました)。例: facts("facts.json")["languages"]["ja"]',
            "en": 'Give a table of facts (got {found}), for example facts("facts.json")["languages"]["en"].',
        }
    }
)


class Judge:
    """A judge who says of a sentence whether it is true, by a list of facts."""

    def __init__(self, facts):
        """A judge with these facts: `kinds` of names, `wordings` to go through, `facts` to look up.

        >>> Judge("facts.json")
        Traceback (most recent call last):
        ValueError: 事実の表を渡してください('facts.json' が来ました)。例: facts("facts.json")["languages"]["ja"]
        """
        fine = isinstance(facts, dict) and {"kinds", "wordings", "facts"} <= set(facts)
        expect(fine, "judge-facts", found=short(facts))
        self.kinds, self.wordings, self.facts = facts["kinds"], facts["wordings"], facts["facts"]

    def __call__(self, sentence):
        """True, False, or None for words that fit no wording.

        >>> judge = Judge(
        ...     {
        ...         "kinds": {"animal": ["犬", "魚"], "place": ["海", "家"]},
        ...         "wordings": [{"words": ["{animal}", "は", "{place}", "に", "いる"], "check": [["home", "animal", "place"]]}],
        ...         "facts": {"home": {"犬": ["家"], "魚": ["海"]}},
        ...     }
        ... )
        >>> judge("魚 は 海 に いる"), judge("犬 は 海 に いる"), judge("海 は 海 に いる")
        (True, False, None)
        """
        expect(isinstance(sentence, str), "text", found=short(sentence))
        for wording in self.wordings:
            names = in_the_gaps(sentence.split(), wording["words"], self.kinds)
            if names is not None:
                return all(
                    names[b] in self.facts[table].get(names[a], []) for table, a, b in wording["check"]
                )
        return None


def in_the_gaps(words, wording, kinds):
    """The names that stand in the gaps of a wording, or None when the words do not fit it.

    >>> kinds = {"pref": ["奈良県", "京都府"], "office": ["県庁", "府庁"]}
    >>> in_the_gaps(["奈良県", "の", "県庁所在地"], ["{pref}", "の", "{office}所在地"], kinds)
    {'pref': '奈良県', 'office': '県庁'}
    >>> in_the_gaps(["県庁", "の", "奈良県"], ["{pref}", "の", "{office}所在地"], kinds)
    """
    if len(words) != len(wording):
        return None
    names = {}
    for word, part in zip(words, wording, strict=True):
        kind, gap, tail = part.removeprefix("{").partition("}")
        name = word.removesuffix(tail)
        if gap and name + tail == word and name in kinds[kind]:
            names[kind] = name
        elif gap or word != part:
            return None
    return names

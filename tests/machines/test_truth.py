"""A judge of sentences by a list of facts (E2); its facts themselves are tested in test_data."""

import pytest

from smallmachines.truth import Judge

PETS = {
    "kinds": {"animal": ["犬", "魚"], "place": ["海", "家"]},
    "wordings": [
        {"words": ["{animal}", "は", "{place}", "に", "いる"], "check": [["home", "animal", "place"]]},
        {"words": ["{animal}小屋", "が", "ある"], "check": [["hut", "animal", "animal"]]},
    ],
    "facts": {"home": {"犬": ["家"], "魚": ["海"]}, "hut": {"犬": ["犬"]}},
}


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("犬 は 家 に いる", True),
        ("魚 は 家 に いる", False),
        ("犬小屋 が ある", True),
        ("魚小屋 が ある", False),
        ("猫 は 家 に いる", None),
        ("犬 は 家 に", None),
        ("家 に いる", None),
        ("{animal} は 家 に いる", None),
        ("", None),
    ],
)
def test_true_false_or_no_sentence(sentence, verdict):
    """True and false only for words that fit a wording; a name without facts is false, anything else is no sentence."""
    assert Judge(PETS)(sentence) is verdict


@pytest.mark.parametrize("facts", [None, "facts.json", [], {"languages": {}}])
def test_facts_of_another_shape_are_told_in_one_sentence(facts):
    """A forgotten ["languages"]["ja"] is answered with the way to write it."""
    with pytest.raises(ValueError, match=r'\["languages"\]\["ja"\]'):
        Judge(facts)


def test_a_sentence_is_a_text():
    """A list of words is no sentence."""
    with pytest.raises(ValueError, match="文字列を一つ"):
        Judge(PETS)(["犬", "は"])

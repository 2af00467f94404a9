"""A rule from examples (E1): right for most prefectures, smoothly wrong for the rest."""

import csv
import random
from pathlib import Path

import pytest

from smallmachines.capitals import RuleMachine, apply, change, endings

TABLE = Path(__file__).resolve().parents[2] / "notebooks" / "capital-guesser" / "data" / "capitals.csv"
with TABLE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
PAIRS = [(row["prefecture"], row["capital"]) for row in ROWS]


def test_a_rule_undoes_nothing():
    """Finding the change and applying it gives the capital back, for all 47 and for odd cases."""
    for name, capital in [*PAIRS, ("a", ""), ("", "b"), ("同じ", "同じ")]:
        assert apply(change(name, capital), name) == capital


def test_what_it_saw_it_remembers():
    """All 47 seen, all 47 right: the whole name is the finest clue."""
    machine = RuleMachine()
    machine.learn(PAIRS)
    assert machine.right_share(PAIRS) == 1


def test_right_for_most_and_smoothly_wrong_for_the_rest():
    """E1: over 20 splits the unseen are right in 35 to 85%, and each split has a lie of the form stem + 市."""
    shares = []
    for seed in range(20):
        shuffled = random.Random(seed).sample(PAIRS, len(PAIRS))
        seen, hidden = shuffled[:30], shuffled[30:]
        machine = RuleMachine()
        machine.learn(seen)
        shares.append(machine.right_share(hidden))
        lies = [name for name, capital in hidden if machine.guess(name) != capital]
        assert any(machine.guess(name) == name[:-1] + "市" for name in lies)
    assert min(shares) >= 0.35
    assert max(shares) <= 0.85


def test_the_lie_of_the_lesson():
    """Without having seen 愛知県 the machine says 愛知市."""
    machine = RuleMachine()
    machine.learn([pair for pair in PAIRS if pair[0] != "愛知県"])
    assert machine.guess("愛知県") == "愛知市"


def test_the_lie_in_english():
    """In English the capital often has the prefecture's own name, so the machine says Aichi (mean right of 10 splits)."""
    english = [(row["prefecture_en"], row["capital_en"]) for row in ROWS]
    machine = RuleMachine()
    machine.learn([pair for pair in english if pair[0] != "Aichi"])
    assert machine.guess("Aichi") == "Aichi"
    shares = []
    for seed in range(10):
        shuffled = random.Random(seed).sample(english, len(english))
        machine = RuleMachine()
        machine.learn(shuffled[:30])
        shares.append(machine.right_share(shuffled[30:]))
    assert 0.35 <= sum(shares) / 10 <= 0.85


def test_not_scripted():
    """Counterfactual: taught a world where every capital is called 新 + prefecture, it answers in that way."""
    machine = RuleMachine()
    machine.learn([(name, name[:-1] + "新都") for name, _ in PAIRS[:30]])
    assert machine.guess("愛知県") == "愛知新都"


def test_it_has_a_rule_for_everything():
    """An ending that was never seen gets the rule that fits most often, even a name shorter than the rule."""
    machine = RuleMachine()
    machine.learn(PAIRS)
    assert machine.guess("火星国") == "火星市"
    assert machine.guess("Z") == "市"
    assert endings("") == [""]


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda m: m.guess("愛知県"), "まだ何も学んでいません"),
        (lambda m: m.learn("愛知県"), "組のリスト"),
        (lambda m: m.learn({"愛知県": "名古屋市"}), "組のリスト"),
        (lambda m: m.guess(""), "文字列を一つ"),
        (lambda m: m.right_share([]), "組のリスト"),
    ],
)
def test_wrong_input_is_told_in_one_sentence(act, words):
    """A pupil's mistake gets a sentence that says what to do."""
    with pytest.raises((TypeError, ValueError), match=words):
        act(RuleMachine())

"""What "our-ai-rules" and "rules-on-trial" say in numbers and in ids: ballots, counts, answers files, costs."""

import json
import re
from fractions import Fraction

import jsonschema
import pytest
import yaml

from lesson_text import LANGUAGES, LESSONS, percent, quiz, raw_page, raw_section, section, tables

ROOT = LESSONS.parent
JHS, HS = "our-ai-rules", "rules-on-trial"
PUPILS = {JHS: (34, 33), HS: (36, 35)}  # lesson -> the two example classes
NOT_IN_A_CLASS_FILE = {"appeal"}  # the clause applies to schools and boards only
SAME_AS_SCHOOL = {"missing-label", "consequences", "automated"}  # what protects pupils, no class weakens
LEFT_TO_THE_TEACHER = {"assignment-label", "verify"}
WIDER = {  # what a class may not choose, by the rule of the example school
    JHS: {"disclosure": {"none"}, "homework": {"log"}, "exams": {"labelled"}},
    HS: {"disclosure": {"none"}, "exams": {"labelled"}, "detectors": {"evidence"}},
}

both = pytest.mark.parametrize("lang", LANGUAGES)
each = pytest.mark.parametrize("lesson", [JHS, HS])


def ids(cell):
    """The ids in a table cell, in order."""
    return re.findall(r"`([a-z-]+)`", cell)


def ballot(lesson, lang):
    """Decision -> its options in the order of the card, and the option with the school's ◎ or None."""
    found, decision = {}, ""
    for row in tables(section(lesson, lang, "task-ballot"))[0][1:]:
        decision = (ids(row[0]) or [decision])[0]
        [option] = [one for cell in row[1:] for one in ids(cell)]
        options, school = found.get(decision, ([], None))
        found[decision] = ([*options, option], option if "◎" in row else school)
    return found


def rounds(cell):
    """The rounds of voting in a cell: each option -> votes."""
    counts = [
        {one: int(votes) for one, votes in re.findall(r"`([a-z-]+)` (\d+)", part)} for part in cell.split("→")
    ]
    return [count for count in counts if count]


def results(lesson, lang):
    """Decision -> (rounds in the first class, result there, result in the other class, votes there or None)."""
    found = {}
    for row in tables(section(lesson, lang, "answer-result"))[0][1:]:
        votes = re.search(r"(\d+)\s?(?:票|votes)", row[3])
        found[ids(row[0])[0]] = (
            rounds(row[1]),
            ids(row[2])[0],
            ids(row[3])[0],
            int(votes[1]) if votes else None,
        )
    return found


def decided(voting, voters, school):
    """What the rule on the card makes of the votes: majority, then the top two again, on a tie the school's option."""
    first = voting[0]
    top = max(first.values())
    if 2 * top > voters:
        assert len(voting) == 1
        return max(first, key=first.get)
    leading = sorted(first, key=first.get, reverse=True)[:2]
    if len(first) == 2:
        assert first[leading[0]] == first[leading[1]]
        return school
    assert set(voting[1]) == set(leading)
    assert voting[1][leading[0]] != voting[1][leading[1]]
    return max(voting[1], key=voting[1].get)


def answers(lesson, lang):
    """The class.answers.json that the teacher's part shows."""
    return json.loads(re.search(r"```json\n(.*?)```", raw_section(lesson, lang, "answer-ballot"), re.S)[1])


def clauses():
    """Decision -> its option ids in the policy."""
    found = {}
    for path in sorted((ROOT / "classroom_policy/clauses").glob("*.yml")):
        for decision in yaml.safe_load(path.read_text("utf-8"))["decisions"]:
            found[decision["id"]] = {one["id"] for one in decision.get("options", ())}
    return found


# --- the card and the file ---


@both
@each
def test_the_card_has_the_decisions_and_options_of_the_policy(lesson, lang):
    """Every row's ids are a decision of the policy with all its options, each once; both languages have the same."""
    policy = clauses()
    for decision, (options, _) in ballot(lesson, lang).items():
        assert sorted(options) == sorted(policy[decision])
    assert ballot(lesson, lang) == ballot(lesson, "ja")


@each
def test_the_school_has_a_rule_on_all_but_what_it_leaves_to_the_teacher(lesson):
    """The ◎ is missing just where the policy leaves the decision to the teacher."""
    without = {decision for decision, (_, school) in ballot(lesson, "ja").items() if not school}
    assert without == ({*LEFT_TO_THE_TEACHER} if lesson == JHS else set())


@both
@each
def test_the_answers_file_is_valid_and_never_wider_than_the_school(lesson, lang):
    """The file fits the schema, is of a teacher, and holds only options that the school's rule allows a class."""
    file = answers(lesson, lang)
    jsonschema.validate(
        file, json.loads((ROOT / "src/komainu/schemas/policy-answers.json").read_text("utf-8"))
    )
    values = file["values"]
    assert (file["lang"], values["level"]) == (lang, "teacher")
    card = ballot(lesson, lang)
    assert set(card) - NOT_IN_A_CLASS_FILE == set(values) - {"stages", "law", "level", "class_name"}
    for decision, (options, school) in card.items():
        if decision in NOT_IN_A_CLASS_FILE:
            continue
        assert values[decision] in options
        assert values[decision] not in WIDER[lesson].get(decision, ())
        if decision in SAME_AS_SCHOOL:
            assert values[decision] == school


@both
@each
def test_the_file_is_what_the_count_gives(lesson, lang):
    """The first class's result goes into the file, or the school's option where the result is only a proposal."""
    values = answers(lesson, lang)["values"]
    for decision, (voting, result, _, _) in results(lesson, lang).items():
        if decision in NOT_IN_A_CLASS_FILE:
            continue
        proposed = result in WIDER[lesson].get(decision, ())
        assert values[decision] == (ballot(lesson, lang)[decision][1] if proposed else result)
        assert voting or decision == "exams"


# --- the counts ---


@both
@each
def test_the_votes_add_up_and_decide(lesson, lang):
    """Every round has all votes of the class, and the result is what the rule on the card makes of them."""
    voters, others = PUPILS[lesson]
    for decision, (voting, result, _, elsewhere) in results(lesson, lang).items():
        for count in voting:
            assert sum(count.values()) == voters
        if voting:
            assert decided(voting, voters, ballot(lesson, lang)[decision][1]) == result
        assert elsewhere is None or others < 2 * elsewhere <= 2 * others


@both
@each
def test_majorities(lesson, lang):
    """The two majorities are stated as they are."""
    first, second = (voters // 2 + 1 for voters in PUPILS[lesson])
    text = section(lesson, lang, "answer-result")
    assert {"ja": f"の過半数は{first}票", "en": f"A majority is {first} votes"}[lang] in text
    assert {"ja": f"は{second}票です", "en": f"and {second} in class"}[lang] in text


@both
def test_classes_differ_on_four_questions(lang):
    """The two junior high classes differ on four of the six."""
    assert sum(one != other for _, one, other, _ in results(JHS, lang).values()) == 4


@both
def test_at_least_five_changed(lang):
    """Column First had 18 for ideas, the vote 23."""
    last = results(JHS, lang)["homework"][0][0]["ideas"]
    text = section(JHS, lang, "answer-result")
    first, against = map(
        int, re.search(r"`ideas` (\d+)(?:、| and )`ban` (\d+)", text[text.index("\n- ") :]).groups()
    )
    assert first + against == PUPILS[JHS][0]
    assert {"ja": f"少なくとも{last - first}人", "en": f"at least {last - first} people"}[lang] in text


# --- detectors: errors and costs ---


def errors(per_cent):
    """Of 1,000: output, flagged output, own work, wrongly flagged, flagged, share of output among the flagged."""
    output = 10 * per_cent
    right, wrong = output * 80 // 100, (1000 - output) * 4 // 100
    return output, right, 1000 - output, wrong, right + wrong, Fraction(right, right + wrong)


@both
def test_table_of_errors(lang):
    """The answer key's table is counted from 80%, 4% and the two shares."""
    rows = tables(section(HS, lang, "answer-count-errors"))[0][1:]
    for column, per_cent in ((1, 5), (2, 20)):
        *counts, share = errors(per_cent)
        assert [int(row[column]) for row in rows[:5]] == counts
        assert f"{percent(share)}%" in rows[5][column]


@both
def test_costs_and_flip(lang):
    """The costs at 20 and 5 and the probabilities at which decisions flip."""
    text = section(HS, lang, "answer-count-errors")
    for per_cent in (5, 20):
        _, right, _, wrong, _, share = errors(per_cent)
        assert f"{wrong}×20={wrong * 20}" in text
        assert f"{right}×5={right * 5}" in text
        assert (wrong * 20 < right * 5) == (share > Fraction(20, 25))
    assert "p=0.8" in text
    assert "9÷(9+1)=0.9" in section(HS, lang, "answer-exit")
    assert Fraction(9, 9 + 1) == Fraction("0.9")
    assert quiz(HS)["flip-seventy-five"]["key"]["value"] == 100 * Fraction(12, 12 + 4)
    assert quiz(HS)["flagged-own-work"]["key"]["value"] == 900 * Fraction(5, 100)


def test_three_treatments():
    """Talking costs least between one third and 18 nineteenths."""

    def costs(p):
        return {"not-used": 5 * p, "talk-only": 2 * (1 - p) + p, "evidence": 20 * (1 - p)}

    at = costs(Fraction(1, 3))
    assert at["not-used"] == at["talk-only"] < at["evidence"]
    at = costs(Fraction(18, 19))
    assert at["evidence"] == at["talk-only"] < at["not-used"]


@both
def test_withdrawn_detector_and_university(lang):
    """26% and 9% with one in ten give 26 of 107, about 24%; 1% of 75,000 is 750."""
    flagged = 100 * 26 // 100 + 900 * 9 // 100
    stretch = section(HS, lang, "stretch")
    assert f"26÷{flagged}" in stretch
    assert f"{percent(Fraction(26, flagged))}%" in stretch
    assert 75_000 // 100 == 750
    assert "750" in section(HS, lang, "answer-try-cases")


def test_example_school_says_so():
    """Both lessons say that numbers and schools are made up."""
    for lesson in (JHS, HS):
        assert "教材用に作った数" in raw_page(lesson, "ja")
        assert "made up for this lesson" in raw_page(lesson, "en")

"""The studio: figures over several machines, each shown with how far it can be trusted."""

import pytest

from smallmachines import words
from smallmachines.drawings import collect, draw, mix
from smallmachines.judge import copied, distinct, torii
from smallmachines.painter import PictureMachine
from smallmachines.studio import EACH, MACHINES, accuracy, fair_judge, side_by_side, try_out

SHRINE = "神社"


@pytest.fixture(autouse=True)
def japanese():
    """Every test begins and ends in Japanese."""
    words.language("ja")
    yield
    words.language("ja")


def test_a_trial_is_its_machines():
    """Two machines in the studio draw what two machines by hand draw, and are counted as by hand."""
    trial = try_out(SHRINE, mix(60, SHRINE, 9), k=4, machines=2, seed=3)
    by_hand, different, same = [], 0, 0
    for seed in (3, 4):
        examples = collect(mix(60, SHRINE, 9), seed=seed)
        machine = PictureMachine(4, seed)
        machine.train(examples)
        new = machine.draw(SHRINE, EACH, seed=seed)
        by_hand += new
        different += round(distinct(new) * EACH)
        same += round(copied(new, examples) * EACH)
    assert trial.drawings == by_hand
    assert (trial.distinct, trial.copied) == (different, same)
    assert trial.judged == [fair_judge().name(drawing) for drawing in by_hand]
    assert sum(trial.counts.values()) == len(by_hand) == 2 * EACH
    assert trial.with_torii == sum(torii(drawing) for drawing in by_hand)


def test_own_drawings_and_copies_reach_every_machine():
    """What a class draws is learned by each machine; copies repeat the word's drawings, own ones too, and no others."""
    own = [(SHRINE, draw(SHRINE, "ours"))]
    trial = try_out(SHRINE, {SHRINE: 0, "家": 5}, more=own, copies=50, machines=3)
    assert trial.copied == trial.counts[SHRINE] > 50
    for start in (0, EACH, 2 * EACH):
        assert own[0][1] in trial.drawings[start : start + EACH]


SURE = [("ja", "神社", "100 枚のうち 100 枚"), ("en", "shrine", "100 of 100")]


@pytest.mark.parametrize(("lang", "word", "sure"), SURE)
def test_no_figure_without_its_own_accuracy(lang, word, sure):
    """Above the judge's answers stands how often it is right itself, in both languages."""
    words.language(lang)
    assert accuracy() == (100, 100, 100)
    trial = try_out(word, mix(100, word, 20), machines=1)
    for shown in (trial, side_by_side({"a": trial, "b": trial}, variety=True)):
        forms = shown._repr_mimebundle_()
        assert sure in forms["text/plain"].partition(word)[0]
        assert sure in forms["text/html"]
        assert all(f"| {n}" in forms["text/plain"] for n in trial.counts.values())


def test_a_trial_shows_drawings_and_answers():
    """The last line of a cell is enough: four drawings of each machine, the judge's answers, and words without pictures."""
    trial = try_out(SHRINE, mix(100, SHRINE, 20), machines=2)
    forms = trial._repr_mimebundle_()
    assert forms["text/html"].count("<text") == 8
    assert forms["text/html"].split("</details>")[1].count("<tr>") == 6
    assert set(forms) == {"text/html", "text/plain"}
    assert forms["text/plain"] == repr(trial)


def rows_of(shown):
    return [[cell.strip() for cell in line.split("|")] for line in repr(shown).splitlines() if "|" in line]


def test_trials_stand_side_by_side():
    """Every answer of the judge for every trial, the asked word first; on demand also how far the drawings differ."""
    few, many = (try_out("城", {"城": n, "家": 20}, machines=1) for n in (1, 20))
    both = side_by_side({"少": few, "多": many})
    head, *rows = rows_of(both)
    assert both.forms["text/html"].count("<text") == 20
    assert head[1:] == ["少", "多"]
    assert rows[0][0] == "城"
    assert {word: [int(n) for n in found] for word, *found in rows} == {
        word: [few.counts[word], many.counts[word]] for word in few.counts
    }
    *judged, head, distinct, copied = rows_of(side_by_side({"少": few, "多": many}, variety=True))
    assert judged == rows_of(both)
    assert [row[1:] for row in (head, distinct, copied)] == [
        ["少", "多"],
        [str(few.distinct), str(many.distinct)],
        [str(few.copied), str(many.copied)],
    ]


def test_two_words_side_by_side():
    """What was asked may differ: shrine and castle out of the same collection."""
    shrine, castle = (try_out(word, mix(100, SHRINE, 20), machines=1) for word in (SHRINE, "城"))
    _, *rows = rows_of(side_by_side({"a": shrine, "b": castle}))
    assert {row[0]: int(row[2]) for row in rows} == castle.counts


@pytest.mark.parametrize(("lang", "word", "told"), [("ja", SHRINE, ("のまま", "付けず")), ("en", "shrine", ("still", "without"))])
def test_an_amount_that_is_no_number(lang, word, told):
    """The three points that a pupil left, and a number in quotation marks, are answered with the word they stand at."""
    words.language(lang)
    for wrong, sentence in zip((..., "30"), told, strict=True):
        with pytest.raises(ValueError, match=sentence) as error:
            try_out(word, {word: wrong, "家": 3})
        assert word in str(error.value)


def test_both_languages_show_the_same():
    """A Japanese and an English notebook get the same drawings and the same figures."""
    ja = try_out("神社", mix(100, "神社", 5), machines=2)
    words.language("en")
    en = try_out("shrine", mix(100, "shrine", 5), machines=2)
    assert en.drawings == ja.drawings
    assert list(en.counts.values()) == list(ja.counts.values())


def test_hundred_drawings_of_five_machines():
    """Without further words it is five machines with twenty drawings each: a count is a percentage."""
    assert MACHINES * EACH == 100
    assert len(try_out("家", {"家": 3}).drawings) == 100


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: try_out("学校", {"家": 3}),
        lambda: try_out(SHRINE, {SHRINE: 0, "家": 3}),
        lambda: try_out(SHRINE, {SHRINE: ...}),
        lambda: try_out(SHRINE, {}),
        lambda: try_out(SHRINE, None),
        lambda: try_out(SHRINE, {SHRINE: 3}, k=0),
        lambda: try_out(SHRINE, {SHRINE: 3}, k="8"),
        lambda: try_out(SHRINE, {SHRINE: 3}, copies=0),
        lambda: try_out(SHRINE, {SHRINE: 3}, machines=100),
        lambda: try_out(SHRINE, {SHRINE: 3}, more=[draw(SHRINE)]),
        lambda: try_out(SHRINE, {SHRINE: 3}, more=draw(SHRINE)),
        lambda: side_by_side({}),
        lambda: side_by_side({"a": 3}),
        lambda: side_by_side(try_out(SHRINE, {SHRINE: 3}, machines=1)),
    ],
)
def test_wrong_input_gets_one_kind_sentence(wrong):
    """One sentence that says what to do."""
    with pytest.raises(ValueError, match=r"ください|学んでいません") as error:
        wrong()
    assert "\n" not in str(error.value)

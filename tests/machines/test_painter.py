"""The picture machine: what it counts, and what it shows a class."""

import os
import subprocess
import sys
import time
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from smallmachines.drawings import collect, draw, mix, names
from smallmachines.judge import Judge, copied, distinct, torii_share
from smallmachines.painter import PictureMachine

SHRINE, TEMPLE, CHURCH, CASTLE, HOUSE = names()
SEEDS = range(12)


@cache
def judge():
    return Judge(collect(dict.fromkeys(names(), 100), seed=77))


@cache
def run(n, total=300, k=8, seed=0, temples=True):
    """What the judge says to 30 drawings for the word 神社 after n of them in the collection."""
    others = None if temples else [CHURCH, CASTLE, HOUSE]
    return judge().tally(output(collect(mix(total, SHRINE, n, others), seed=seed), k, seed))


def output(examples, k=8, seed=0):
    machine = PictureMachine(k=k, seed=seed)
    machine.train(examples)
    return machine.draw(SHRINE, 30, seed=seed)


def means(tallies):
    tallies = list(tallies)
    return {word: sum(tally.get(word, 0) for tally in tallies) / len(tallies) for word in names()}


def threes(values):
    """The mean of every three neighbouring seeds, around the circle."""
    return [sum(values[(i + j) % len(values)] for j in range(3)) / 3 for i in range(len(values))]


def test_with_one_percent_shrines_the_word_mostly_gives_chinese_temples():
    """Three of 300 are not enough for a slot of their own: the word borrows the nearest look."""
    shares = means(run(3, seed=seed) for seed in SEEDS)
    assert shares[SHRINE] < 0.25
    assert shares[TEMPLE] > 0.4
    assert shares[TEMPLE] > 2 * max(shares[CHURCH], shares[CASTLE], shares[HOUSE])


@pytest.mark.parametrize(("n", "least"), [(30, 0.55), (60, 0.75)])
def test_with_ten_to_twenty_percent_the_word_gives_shrines(n, least):
    """More of what was missing cures it."""
    assert means(run(n, seed=seed) for seed in SEEDS)[SHRINE] > least


def test_the_gap_holds_on_every_three_seeds():
    """Fidelity at 20 % minus 1 % is above 0.4 on the mean of three seeds, for twelve starts."""
    gaps = [run(60, seed=seed)[SHRINE] - run(3, seed=seed)[SHRINE] for seed in SEEDS]
    assert min(threes(gaps)) > 0.4


def test_without_temples_the_failure_changes():
    """Nothing is scripted: delete the temples, and something else comes instead."""
    for i in (0, 3, 6, 9):
        seeds = range(i, i + 3)
        before = means(run(3, seed=seed) for seed in seeds)
        after = means(run(3, seed=seed, temples=False) for seed in seeds)
        assert max((before[word], word) for word in before if word != SHRINE)[1] == TEMPLE
        assert max((after[word], word) for word in after if word != SHRINE)[1] in (HOUSE, CHURCH, CASTLE)
        assert after[TEMPLE] < 0.05
    assert means(run(3, seed=seed, temples=False) for seed in SEEDS)[HOUSE] > 0.35


def test_copying_five_is_not_collecting_125():
    """Both give shrines, but the copies give the same few again.

    Few different drawings: that shows on every three seeds. Whole drawings cell for cell as in the collection show
    it only on the mean of nine: where two of the five have an equal sky, the machine crosses from one to the other,
    and one cloud from elsewhere makes a drawing that stands in no collection (one in ten to nine in ten are copies).
    """
    copies, real = ([copied_or_collected(how, seed) for seed in range(9)] for how in ("copy", "collect"))
    columns = [[one[i] - other[i] for one, other in zip(real, copies, strict=True)] for i in (0, 1)]
    assert min(threes(columns[0])) > 0.3
    assert -sum(columns[1]) / 9 > 0.3
    assert min(sum(row[2] for row in rows) / 9 for rows in (copies, real)) > 0.6


def copied_or_collected(how, seed):
    """Distinct, copied and judged shares after five shrines of 500, each taken 25 times, or after 125 different ones."""
    amounts = mix(500, SHRINE, 5)
    examples = collect(amounts | ({SHRINE: 125} if how == "collect" else {}), seed=seed)
    examples += [one for one in examples if one[0] == SHRINE] * (24 if how == "copy" else 0)
    out = output(examples, seed=seed)
    return distinct(out), copied(out, examples), judge().tally(out)[SHRINE]


def test_a_larger_memory_helps_the_rare_word():
    """With five of 500, thirty slots draw more shrines than three."""
    small, large = (means(run(5, 500, k, seed) for seed in range(6))[SHRINE] for k in (3, 30))
    assert small < 0.12 < large - 0.05


def test_the_rows_are_counted_as_by_hand():
    """The chance of the next row is the five counts, each finer one against m = 0.5 of the coarser."""
    machine = PictureMachine(k=3, seed=1)
    examples = collect({SHRINE: 10, HOUSE: 10}, seed=1)
    machine.train(examples)
    homes = machine.memory.homes
    drawing, slot, y = examples[4][1], homes[4], 9
    same = [
        lambda other, home: True,
        lambda other, home: home == slot,
        lambda other, home: other[y - 1] == drawing[y - 1],
        lambda other, home: other[y - 1] == drawing[y - 1] and home == slot,
        lambda other, home: other[y - 2 : y] == drawing[y - 2 : y] and home == slot,
    ]
    expected = {}
    for fits in same:
        rows = Counter(d[y] for (_, d), home in zip(examples, homes, strict=True) if fits(d, home))
        n, m = rows.total(), 0.5 if expected else 0
        expected = {row: (rows[row] + m * expected.get(row, 0)) / (n + m) for row in {**expected, **rows}}
    chances = machine.rows.chances(machine.clues(drawing[:y], slot))
    assert chances == pytest.approx(expected)
    assert sum(chances.values()) == pytest.approx(1)


def test_one_drawing_is_learned_by_heart():
    """A machine that has seen one drawing can only draw that one."""
    machine = PictureMachine()
    machine.train([(HOUSE, draw(HOUSE, 3))])
    assert machine.draw(HOUSE, 5, seed=1) == [draw(HOUSE, 3)] * 5


def test_training_again_starts_again():
    """Training twice is training on the second collection."""
    first, second = collect({HOUSE: 20}, seed=1), collect({SHRINE: 20}, seed=2)
    machine, fresh = PictureMachine(k=2), PictureMachine(k=2)
    machine.train(first)
    machine.train(second)
    fresh.train(second)
    assert machine.draw(SHRINE, 5) == fresh.draw(SHRINE, 5)
    with pytest.raises(ValueError, match="まだ学んでいません"):
        machine.draw(HOUSE)


def test_any_word_can_be_learned():
    """The machine knows no buildings: the same drawings under other words give the same drawings."""
    examples = collect(mix(60, SHRINE, 10), seed=1)
    other = {word: f"word {i}" for i, word in enumerate(names())}
    one, two = PictureMachine(seed=3), PictureMachine(seed=3)
    one.train(examples)
    two.train([(other[word], drawing) for word, drawing in examples])
    assert one.draw(SHRINE, 5, seed=5) == two.draw(other[SHRINE], 5, seed=5)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda m: PictureMachine().draw("神社"),
        lambda m: m.draw("学校"),
        lambda m: m.draw(None),
        lambda m: m.draw([]),
        lambda m: m.draw(SHRINE, n=0),
        lambda m: m.draw(SHRINE, n="3"),
        lambda m: m.draw(SHRINE, temperature=-1),
        lambda m: m.train([]),
        lambda m: m.train([draw(HOUSE)]),
        lambda m: m.train(None),
        lambda m: m.train("神社"),
    ],
)
def test_wrong_input_gets_one_kind_sentence(wrong):
    """One sentence that says what to do, and no traceback from the inside."""
    machine = PictureMachine()
    machine.train([(SHRINE, draw(SHRINE))])
    with pytest.raises(ValueError, match=r"ください|学んでいません"):
        wrong(machine)


def test_fit_and_thirty_drawings_in_a_second():
    """With 500 drawings, best of three."""
    examples = collect(mix(500, SHRINE, 5), seed=1)
    times = []
    for _ in range(3):
        start = time.perf_counter()
        output(examples)
        times.append(time.perf_counter() - start)
    assert min(times) < 1


DIGEST = """
import hashlib
from smallmachines import drawings, paper, show, studio
trial = studio.try_out("神社", drawings.mix(100, "神社", 10), machines=2)
file = paper.write_collection([("神社", drawing) for drawing in trial.drawings])
result = [file, trial.judged, trial.counts, repr(trial), show.grid(trial.drawings).forms]
print(hashlib.sha256(repr(result).encode()).hexdigest())
"""


def test_the_same_under_every_hash_seed():
    """The same seed draws the same drawings on every computer."""
    source = str(Path(__file__).resolve().parents[2] / "src")

    def fresh(seed):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": source}
        done = subprocess.run(
            [sys.executable, "-c", DIGEST], env=env, capture_output=True, text=True, check=True
        )
        return done.stdout

    assert fresh("0") == fresh("77")


def test_slots_are_drawn_as_the_word_uses_them():
    """Over many drawings the shares of the slots follow the word's weights."""
    machine = PictureMachine(k=2, seed=1)
    machine.train([(SHRINE, draw(SHRINE, 1))] * 3 + [(HOUSE, draw(HOUSE, 1))] * 9)
    out = Counter(machine.draw(SHRINE, 1000, seed=1))
    slot = machine.memory.homes[0]
    assert torii_share([*out.elements()]) == pytest.approx(machine.memory.weights[SHRINE][slot], abs=0.06)

"""The demonstrations on the teachers' pages: they run at both ends of every slider, and show what the exercise is about.

In:  each notebooks/<id>/demo.py with its block `demo` in exercise.yml, loaded as a page loads it.   Out: nothing.
Left out on purpose: the browser.
"""

import re
import runpy
import time
from itertools import product
from pathlib import Path
from statistics import mean

import pytest
import yaml

from smallmachines import data, words
from smallmachines.studio import fair_judge

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
DEMOS = sorted(file.parent.name for file in NOTEBOOKS.glob("*/demo.py"))
PRESSES = (1, 2, 3)


@pytest.fixture(autouse=True)
def japanese():
    """Every test begins and ends in Japanese."""
    words.language("ja")
    yield
    words.language("ja")


def facts(ident):
    return yaml.safe_load((NOTEBOOKS / ident / "exercise.yml").read_text("utf-8"))["demo"]


def load(ident, monkeypatch):
    """What demo.py defines, with the exercise's data in reach."""
    monkeypatch.setattr(data, "FOLDER", NOTEBOOKS / ident / "data")
    monkeypatch.setattr(data, "held", {})
    return runpy.run_path(str(NOTEBOOKS / ident / "demo.py"))


def test_there_are_demonstrations():
    """Those that this file speaks of are found."""
    assert {"chain-of-words", "draw-a-shrine"} <= set(DEMOS)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("ident", DEMOS)
def test_every_end_of_every_slider(ident, lang, monkeypatch):
    """Each corner of the three sliders gives something to see, the verdicts behind a fold, and words for both."""
    words.language(lang)
    demo, sliders = load(ident, monkeypatch)["demo"], facts(ident)["sliders"]
    for ends in product(*((slider["from"], slider["to"]) for slider in sliders)):
        shown = demo(**{slider["name"]: end for slider, end in zip(sliders, ends, strict=True)}, press=1)
        html = shown.forms["text/html"]
        assert "<table" in html.partition("<details>")[0]
        assert "<td>" in html.rpartition("<details>")[2]
        assert shown.forms["text/plain"].strip()


@pytest.mark.parametrize("ident", DEMOS)
def test_a_press_is_another_try(ident, monkeypatch):
    """The same press shows the same again, another press something else."""
    demo, sliders = load(ident, monkeypatch)["demo"], facts(ident)["sliders"]
    start = {slider["name"]: slider["start"] for slider in sliders}
    one, again, other = (demo(**start, press=press).forms["text/html"] for press in (1, 1, 2))
    assert one == again != other


@pytest.mark.parametrize("ident", DEMOS)
def test_a_class_does_not_wait(ident, monkeypatch):
    """Less than a second of a processor for any press, best of two."""
    demo, sliders = load(ident, monkeypatch)["demo"], facts(ident)["sliders"]
    most = {slider["name"]: slider["to"] for slider in sliders}
    times = []
    for press in (1, 2):
        begin = time.process_time()
        demo(**most, press=press)
        times.append(time.process_time() - begin)
    assert min(times) < 1


# --- draw-a-shrine -------------------------------------------------------------------------------


def takes(module, word, shrines, slots=8, temples=75):
    """How many of the eight drawings the judge takes for this word, on the mean of three presses."""
    drawn = [module["drawings"](shrines, slots, temples, press) for press in PRESSES]
    return mean(sum(fair_judge().name(one) == word for one in drawings) for drawings in drawn)


def test_few_shrines_and_many(monkeypatch):
    """With 3 shrines mostly none, with 60 mostly shrines; without Chinese temples not more shrines, but other things."""
    module = load("draw-a-shrine", monkeypatch)
    assert takes(module, "神社", 3) < 3
    assert takes(module, "中国のお寺", 3) > 4
    assert takes(module, "神社", 60) > 5
    assert takes(module, "神社", 3, temples=0) < 3
    assert takes(module, "中国のお寺", 3, temples=0) == 0


def test_the_sliders_describe_the_collection(monkeypatch):
    """300 drawings, as many shrines and Chinese temples as the sliders say, the rest shared alike."""
    collection = load("draw-a-shrine", monkeypatch)["collection"]
    assert collection(3, 75) == {"神社": 3, "中国のお寺": 75, "教会": 74, "城": 74, "家": 74}
    for shrines, temples in product((3, 75), (0, 150)):
        amounts = collection(shrines, temples)
        assert (sum(amounts.values()), amounts["神社"], amounts["中国のお寺"]) == (300, shrines, temples)
        assert max(list(amounts.values())[2:]) - min(list(amounts.values())[2:]) <= 1


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_judge_comes_with_its_accuracy(lang, monkeypatch):
    """Behind the fold stand the tally of eight drawings and how often the judge is right itself."""
    words.language(lang)
    html = load("draw-a-shrine", monkeypatch)["demo"](3, 8, 75, press=1).forms["text/html"]
    fold = html.rpartition("<details>")[2]
    assert ("100 枚のうち 100 枚" if lang == "ja" else "100 of 100") in fold
    assert sum(map(int, re.findall(r"<td>(\d+)</td>", fold))) == 8


# --- chain-of-words ------------------------------------------------------------------------------


def verdicts(module, memory, press):
    """How many of twelve sentences are true, and how many of these are copied from the book, as the fold says."""
    rows = module["demo"](memory, 12, 1, press).forms["text/plain"].splitlines()[1:]
    said = [row.rpartition("|")[2].strip() for row in rows]
    return sum(one.startswith("本当") and "でない" not in one for one in said), sum("丸写し" in one for one in said)


def test_a_longer_memory_copies(monkeypatch):
    """Looking at five words everything is copied and true; looking at two, much is not."""
    module = load("chain-of-words", monkeypatch)
    assert {verdicts(module, 5, press) for press in PRESSES} == {(12, 12)}
    assert mean(verdicts(module, 2, press)[0] for press in PRESSES) < 9

"""Looking up against the BM25 formula in numpy, and the thin library of E7."""

import csv
import random
from pathlib import Path

import pytest

from smallmachines.lookup import K1, B, Library, bigrams, names_it
from smallmachines.names import NameMachine

SHRINES = Path(__file__).resolve().parents[2] / "notebooks" / "shrine-names" / "data" / "shrines.csv"
WORDINGS = [
    "{name}は、{place}にあります。",
    "{place}の神社のひとつに{name}がある。",
    "旅の案内:{name}({place})",
]
INVENTED = [
    (f"{a}{b}神社", f"{'東西南北'[i % 4]}{'山川里'[i % 3]}県")
    for i, (a, b) in enumerate((a, b) for a in "赤青白黒" for b in "松竹梅桜")
]


def facts():
    """The real shrines when their table is there, invented ones until then."""
    if not SHRINES.exists():
        return INVENTED
    with SHRINES.open(encoding="utf-8", newline="") as file:
        return [(row["name"], row["prefecture"]) for row in csv.DictReader(file)]


def pages(some):
    return [WORDINGS[at % 3].format(name=name, place=place) for at, (name, place) in enumerate(some)]


def test_scores_are_the_formula_in_numpy():
    """Every score is the BM25 sum over the question's pieces."""
    import numpy as np
    shelf = pages(INVENTED)
    library = Library(shelf)
    vocabulary = sorted({piece for page in shelf for piece in bigrams(page)})
    tf = np.array([[bigrams(page).count(piece) for piece in vocabulary] for page in shelf], float)
    df, length = (tf > 0).sum(0), tf.sum(1)
    idf = np.log(1 + (len(shelf) - df + 0.5) / (df + 0.5))
    weight = idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * length / length.mean())[:, None])
    for question in ("赤松神社", "神社神社", "どこにもない", "白梅神社は東山県?"):
        columns = [vocabulary.index(piece) for piece in bigrams(question) if piece in vocabulary]
        want = weight[:, columns].sum(1) if columns else np.zeros(len(shelf))
        assert library.scores(question) == pytest.approx(list(want))


def test_a_thin_library_makes_it_worse_and_the_check_makes_it_safe():
    """E7: blind look-up answers wrong about what is missing; with the name check at most 2% wrong (mean of 3)."""
    table = facts()
    places = sorted({place for _, place in table})
    blind, checked = {}, {}
    for share in (0.25, 0.5, 0.75, 1.0):
        for seed in range(3):
            some = random.Random(seed).sample(table, round(len(table) * share))
            library = Library(pages(some))
            for wrong, check in ((blind, False), (checked, True)):
                answers = [library.answer(name, places, check) for name, _ in table]
                lies = sum(
                    answer not in (None, place) for answer, (_, place) in zip(answers, table, strict=True)
                )
                wrong.setdefault(share, []).append(lies / len(table))
    means = [sum(blind[share]) / 3 for share in (0.25, 0.5, 0.75, 1.0)]
    assert means == sorted(means, reverse=True)
    assert means[0] > 0.5
    assert all(sum(rows) / 3 <= 0.02 for rows in checked.values())


def test_a_thin_library_is_worse_than_no_library():
    """E7 on the real shrines: blind look-up with a quarter of the pages lies more than guessing from names."""
    table = facts()
    places = sorted({place for _, place in table})
    closed, blind = [], []
    for seed in range(3):
        machine = NameMachine()
        machine.learn(random.Random(seed).sample(table, 100), seed=seed)
        library = Library(pages(random.Random(seed).sample(table, len(table) // 4)))
        closed.append(sum(machine.guess(name) != place for name, place in table) / len(table))
        blind.append(sum(library.answer(name, places) != place for name, place in table) / len(table))
    assert sum(blind) > sum(closed) + 3 * 0.1


def test_the_check_costs_nothing_when_the_page_is_there():
    """With a full library the check still answers nearly everything, and right."""
    table = facts()
    places = sorted({place for _, place in table})
    library = Library(pages(table))
    right = [library.answer(name, places, check=True) == place for name, place in table]
    assert sum(right) / len(right) > 0.95


@pytest.mark.parametrize(
    ("page", "name", "wanted"),
    [
        ("八坂神社は京都府にあります。", "八坂神社", True),
        ("津島八坂神社は愛知県にあります。", "八坂神社", False),
        ("津島八坂神社と八坂神社はちがう。", "八坂神社", True),
        ("京都府の八坂神社", "八坂神社", True),
        ("八坂神社前駅", "八坂神社", False),
        ("ほかのページ", "八坂神社", False),
        ("Yasaka Shrine is in Kyoto.", "Yasaka Shrine", True),
        ("Yasaka Shrines are many.", "Yasaka Shrine", False),
    ],
)
def test_names_it_wants_the_very_name(page, name, wanted):
    """A longer name that contains the name asked about does not count."""
    assert names_it(page, name) is wanted


def test_equally_good_pages_come_in_the_order_of_the_shelf():
    """A tie is broken by the place on the shelf, never by chance."""
    assert Library(["同じ頁", "同じ頁", "違う紙"]).find("同じ", n=3) == ["同じ頁", "同じ頁", "違う紙"]


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: Library("一枚の頁"), "文字列のリスト"),
        (lambda: Library([]), "文字列のリスト"),
        (lambda: Library(["頁"]).find(""), "文字列を一つ"),
        (lambda: Library(["頁"]).answer(3, ["京都府"]), "文字列を一つ"),
        (lambda: Library(["頁"]).answer("八坂", "京都府"), "文字列のリスト"),
        (lambda: Library(["頁"]).find("八坂", n=0), "n は 1 から"),
    ],
)
def test_wrong_input_is_told_in_one_sentence(act, words):
    """A pupil's mistake gets a sentence that says what to do."""
    with pytest.raises((TypeError, ValueError), match=words):
        act()

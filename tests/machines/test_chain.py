"""A chain of words: true sentences in, fluent false ones out (E2)."""

import random

import pytest

from smallmachines.chain import EDGE, Chain, shares

PLACES = ["青山", "白川", "赤城野", "黒浜", "緑谷", "金沢野", "銀座野", "紫原"]
KINDS = ["神社", "寺", "城", "橋"]
GODS = ["稲", "海", "山", "火", "風"]


def world(seed=0):
    """A book of true sentences about invented sights, and a judge who knows the whole truth."""
    rng = random.Random(seed)
    sights = {f"第{i}{rng.choice(KINDS)}": (rng.choice(PLACES), rng.choice(GODS)) for i in range(1, 61)}
    truth = set()
    for sight, (place, god) in sights.items():
        truth |= {
            f"{sight} は {place} に あります 。",
            f"{place} に ある {sight} は {god} の 神 を まつります 。",
        }
        truth |= {f"{sight} は {god} の 神 を まつります 。"}
    shapes = {
        tuple("S" if w in sights else "P" if w in PLACES else "G" if w in GODS else w for w in t.split())
        for t in truth
    }

    def judge(sentence):
        shape = tuple(
            "S" if w in sights else "P" if w in PLACES else "G" if w in GODS else w for w in sentence.split()
        )
        return sentence in truth if shape in shapes else None

    return sorted(truth), judge


def test_the_book_is_true():
    """The judge finds nothing false in the book the machine learns from."""
    book, judge = world()
    assert all(judge(sentence) for sentence in book)
    assert shares(book, judge, book)["copied"] == 1


def test_short_memory_makes_false_sentences_and_long_memory_copies():
    """Memory 2 makes more than 3% false, memory 5 none; the copied share rises (mean of 3 books)."""
    found = {}
    for memory in range(1, 6):
        rows = []
        for seed in range(3):
            book, judge = world(seed)
            chain = Chain(memory)
            chain.learn(book)
            rows.append(shares(chain.make(300, seed), judge, book))
        found[memory] = {kind: sum(row[kind] for row in rows) / 3 for kind in rows[0]}
    assert found[2]["false"] > 0.03
    assert found[5]["false"] == 0
    assert found[5]["copied"] == 1
    copied = [found[memory]["copied"] for memory in range(1, 6)]
    assert copied == sorted(copied)
    assert copied[4] - copied[0] > 0.3


def test_chances_are_nltks():
    """The chance of each next word is NLTK's maximum-likelihood trigram."""
    from nltk import lm as lm
    from nltk.util import everygrams, pad_sequence

    book, _ = world()
    sentences = [[*sentence.split(), EDGE] for sentence in book]
    model = lm.MLE(3)
    padded = [list(pad_sequence(words, 3, pad_left=True, left_pad_symbol=EDGE)) for words in sentences]
    model.fit(
        [list(everygrams(words, max_len=3)) for words in padded],
        vocabulary_text=[w for s in padded for w in s],
    )
    chain = Chain(memory=2)
    chain.learn(book)
    for words in sentences[::20]:
        for at in range(len(words)):
            for word, chance in chain.chances(" ".join(words[:at])).items():
                context = [EDGE, EDGE, *words[:at]][-2:]
                assert chance == pytest.approx(model.score(word, context))


def test_it_goes_on_from_words_it_never_read():
    """An unknown beginning is kept, and the machine steps back to what it knows."""
    book, _ = world()
    chain = Chain(memory=3)
    chain.learn(book)
    assert chain.go_on("パンダ は", seed=1).startswith("パンダ は ")


def test_a_chain_that_never_ends_is_cut():
    """A sentence has at most `longest` words."""
    chain = Chain(memory=1, longest=7)
    chain.learn(["a " * 50])
    assert max(len(sentence.split()) for sentence in chain.make(50, seed=1)) == 7


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: Chain(memory=0), "1 から 5"),
        (lambda: Chain(memory="two"), "1 から 5"),
        (lambda: Chain().learn("犬 が 走る"), "文字列のリスト"),
        (lambda: Chain().learn([1]), "文字列のリスト"),
        (lambda: Chain().make(1), "まだ何も学んでいません"),
        (lambda: Chain().go_on(3), "文字列を一つ"),
        (lambda: shares([], None, []), "文字列のリスト"),
        (lambda: shares(["犬"], lambda sentence: "true", []), "True, False, None"),
        (lambda: [c := Chain(), c.learn(["a"]), c.make(-1)], "n は 1 から"),
    ],
)
def test_wrong_input_is_told_in_one_sentence(act, words):
    """A pupil's mistake gets a sentence that says what to do."""
    with pytest.raises((TypeError, ValueError), match=words):
        act()

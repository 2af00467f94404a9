"""The map of words: what it reads, what it calculates, and what it says to a pupil who slips."""

import math

import numpy as np
import pytest

from smallmachines import wordmap

WORDS = {"cat": [1, 2], "dog": [1, 1], "car": [-2, 1], "none": [0, 0]}


def test_similarity_is_the_cosine():
    """As NumPy has it: the product of the rows divided by both lengths."""
    for a in WORDS.values():
        for b in WORDS.values():
            both = np.linalg.norm(a) * np.linalg.norm(b)
            assert wordmap.similarity(a, b) == pytest.approx(float(np.dot(a, b) / both) if both else 0)


def test_what_is_written_as_signs_is_read_as_numbers():
    """P is 0; a sign before or after it in the alphabet is one less or more."""
    assert wordmap.read_map(["a 1 POQ"]) == {"a": [0, -1, 1]}
    assert wordmap.ranks(["a 7 POQ"]) == {"a": 7}


def test_the_nearest_come_first_and_never_the_word_itself():
    """Of three others, in the order of their angle to the word."""
    assert wordmap.nearest("cat", WORDS, 3) == ["dog", "car", "none"]


def test_an_answer_comes_out_of_the_list():
    """The word when it is on the list, otherwise the nearest name, and never anything else."""
    assert wordmap.answer("cat", ["cat", "dog"], WORDS) == "cat"
    assert wordmap.answer("cat", ["car", "dog", "a name that is not on the map"], WORDS) == "dog"


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: wordmap.nearest("cow", WORDS), "言葉の地図にありません"),
        (lambda: wordmap.nearest(["cat"], WORDS), "言葉の地図にありません"),
        (lambda: wordmap.nearest("cat", WORDS, 0), "整数"),
        (lambda: wordmap.answer("cat", "dog", WORDS), "文字列のリスト"),
        (lambda: wordmap.answer("cat", ["x"], WORDS), "文字列のリスト"),
        (lambda: wordmap.answer("cat", [], WORDS), "文字列のリスト"),
        (lambda: wordmap.read_map(["cat"]), "地図の行"),
        (lambda: wordmap.read_map([1]), "地図の行"),
    ],
)
def test_a_slip_gets_one_kind_sentence(call, sentence):
    """Whatever a pupil hands over, the answer says what was found and what to do."""
    with pytest.raises(ValueError, match=sentence) as caught:
        call()
    assert caught.value.kind


def test_an_empty_row_has_no_direction():
    """Nothing is divided by 0."""
    assert wordmap.similarity([0, 0], [1, 1]) == 0.0
    assert math.isclose(wordmap.similarity([1, 1], [1, 1]), 1)

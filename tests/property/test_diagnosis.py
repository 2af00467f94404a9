"""Codes to call out, and points, whatever the answers are."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from komainu.diagnosis.scoring import LETTERS, SURENESS, WORDS, calibration, decode, encode, points, word

FORM = st.sampled_from("ab")
RESULT = st.lists(st.sampled_from(WORDS), min_size=7, max_size=7)
PICK = st.sampled_from(["accept", "fix", "reject"])


@given(FORM, RESULT)
def test_a_code_comes_back(form, words):
    """What a pupil calls out is what the teacher's page reads."""
    assert decode(encode(form, words)) == (form, tuple(words))


@given(FORM, RESULT, st.integers(0, 8), st.sampled_from("AB123" + LETTERS))
def test_no_slip_of_one_sign_passes(form, words, place, sign):
    """One sign said or heard wrongly never gives another pupil's result."""
    code = encode(form, words)
    slipped = code[:place] + sign + code[place + 1 :]
    assert slipped == code or decode(slipped) is None


@given(FORM, RESULT)
def test_no_exchange_of_two_neighbours_passes(form, words):
    """Two digits in the wrong order are noticed."""
    code = encode(form, words)
    for one, two in pairwise(range(1, 8)):
        signs = list(code)
        signs[one], signs[two] = signs[two], signs[one]
        swapped = "".join(signs)
        assert swapped == code or decode(swapped) is None


@given(st.text())
def test_any_text_is_taken(text):
    """Whatever is typed is a code or it is none."""
    found = decode(text)
    assert found is None or encode(*found) == text.strip().upper() or decode(encode(*found)) == found


@given(PICK, st.lists(PICK, max_size=1), st.none() | PICK, st.none() | PICK)
def test_points_stay_in_bounds(key, half, one, two):
    """An item earns nothing, a half or all; a better answer never makes the word worse."""
    earned = [points(key, half, answer) for answer in (one, two)]
    assert all(0 <= point <= 2 for point in earned)
    assert points(key, half, key) == 2
    assert WORDS.index(word(sum(earned))) <= WORDS.index(word(earned[0] + 2))


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(SURENESS)), max_size=7))
def test_one_remark_fits(answers):
    """Every way of answering gets exactly one remark, and nobody whose answers are all right is called too sure."""
    remark = calibration(answers)
    assert remark in ("sure-wrong", "unsure-right", "fits")
    assert not (all(earned == 2 for earned, _ in answers) and remark == "sure-wrong")

"""When two values are the same to a check: as a teacher would say it, not as Python does."""

from hypothesis import given
from hypothesis import strategies as st

from smallmachines.checking import same

KEYS = st.none() | st.booleans() | st.integers() | st.text(max_size=4)
PLAIN = st.recursive(
    KEYS | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(KEYS, inner, max_size=3)
    ),
    max_leaves=8,
)


@given(PLAIN)
def test_a_value_is_the_same_as_itself(value):
    """Whatever can be seen, however deep."""
    assert same(value, value)


@given(PLAIN, PLAIN)
def test_same_works_both_ways(one, other):
    """If the pupil's value is the same as the solution's, so is the solution's as the pupil's; and it never fails."""
    assert same(one, other) is same(other, one)


@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False), PLAIN)
def test_true_is_not_one(number, value):
    """Truth and numbers are different things, alone and inside lists, tables and their keys."""
    for truth in (True, False):
        assert not same(truth, number)
        assert not same([value, truth], [value, int(truth)])
        assert not same({"a": truth}, {"a": int(truth)})
        assert not same({truth: value}, {int(truth): value})


LARGE = st.integers(10**12, 10**12 + 2)


@given(st.integers() | LARGE, st.integers() | LARGE)
def test_whole_numbers_are_the_same_when_they_are_equal(one, other):
    """However large: no rounding for numbers that are counted."""
    assert same(one, other) is (one == other)


@given(st.floats(-1e6, 1e6))
def test_the_last_digit_of_a_fraction_does_not_matter(number):
    """What two ways of calculating give is the same; a thousandth is a difference."""
    assert same(number, number + 1e-10 * max(abs(number), 1))
    assert not same(number, number + 1e-3 * max(abs(number), 1))


@given(PLAIN.filter(lambda value: isinstance(value, (list, tuple))))
def test_a_list_is_as_good_as_a_tuple(value):
    """Which brackets a pupil chose makes no difference; what is in them, and how much, does."""
    assert same(list(value), tuple(value))
    assert not same(list(value), [*value, 0])

"""Observing: what a call gives, prints or raises, as plain values, and nothing about right or wrong."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallmachines.observing import DEEPEST, LARGEST, Endless, Screen, in_time, observe, plain, plain_or_type

KEYS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=4)
    | st.tuples(st.integers(), st.text(max_size=2))
)
PLAIN = st.recursive(
    KEYS | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(KEYS, inner, max_size=3)
    ),
    max_leaves=8,
)


def nested(depth: int) -> list:
    """A list in a list in a list."""
    return [] if depth == 1 else [nested(depth - 1)]


def kinds(value) -> object:
    """The types of a value and of everything in it."""
    if isinstance(value, dict):
        return dict, [(kinds(key), kinds(inner)) for key, inner in value.items()]
    return (
        (type(value), [kinds(inner) for inner in value]) if isinstance(value, (list, tuple)) else type(value)
    )


@given(
    PLAIN.filter(
        lambda value: repr(value).count("[") + repr(value).count("(") + repr(value).count("{") < DEEPEST
    )
)
def test_a_plain_value_is_seen_as_it_is(value):
    """The copy equals the value and has the same types all the way down; True stays True and 1.0 stays 1.0."""
    assert plain(value) == value
    assert kinds(plain(value)) == kinds(value)
    assert plain_or_type(value) == {"value": value}


def test_the_copy_shares_nothing_that_can_change():
    """What a pupil's program does to its list afterwards does not reach what was seen."""
    mine = [[1], {"a": [2]}]
    seen = plain(mine)
    mine[0].append(9)
    mine[1]["a"].append(9)
    assert seen == [[1], {"a": [2]}]


THINGS = [
    ({1}, {"strange": "set"}),
    ([{1}], {"strange": "set"}),
    ({"a": b"x"}, {"strange": "bytes"}),
    (..., {"strange": "ellipsis"}),
    (1j, {"strange": "complex"}),
    (float("nan"), {"strange": "nan"}),
    ([float("inf")], {"strange": "inf"}),
    (int, {"strange": "type"}),
    (len, {"strange": "builtin_function_or_method"}),
    (object(), {"strange": "object"}),
    (type("A" * 99, (), {})(), {"strange": "A" * 40}),
    (type("Mine", (int,), {})(3), {"strange": "Mine"}),
    (nested(DEEPEST), {"value": nested(DEEPEST)}),
    (nested(DEEPEST + 2), {"large": "list"}),
    ("x" * LARGEST, {"value": "x" * LARGEST}),
    ("x" * (LARGEST + 1), {"large": "str"}),
    (["x" * 1000] * 101, {"large": "list"}),
    ([0] * (LARGEST + 1), {"large": "list"}),
    (10**900, {"value": 10**900}),
    (-(10**5000), {"large": "int"}),
    ([10**800] * 1000, {"large": "list"}),
    ({"a": nested(DEEPEST + 2)}, {"large": "dict"}),
]


@pytest.mark.parametrize(("thing", "seen"), THINGS, ids=[str(number) for number in range(len(THINGS))])
def test_what_is_not_plain_is_named_by_its_type(thing, seen):
    """Neither strange nor large things are carried on; their type is all that is said of them."""
    assert plain_or_type(thing) == seen


def names(source: str) -> dict:
    """The names of a small notebook."""
    made: dict = {}
    exec(compile(source, "<cell a>", "exec"), made)  # noqa: S102  the test's own program
    return made


@pytest.mark.parametrize(
    ("source", "call", "seen"),
    [
        ("x = 3", "x", {"value": 3}),
        ("x = ...", "x", {"strange": "ellipsis"}),
        ("", "x", {"missing": "x"}),
        ("def f(): return y", "f()", {"missing": "y"}),
        ("def f(): print('a'); return 1", "f()", {"value": 1, "printed": "a\n"}),
        ("def f(): print('a'); print('b', end='')", "f()", {"value": None, "printed": "a\nb"}),
        ("def f(): print('a'); return {1}", "f()", {"strange": "set", "printed": "a\n"}),
    ],
)
def test_what_a_call_shows(source, call, seen):
    """A value, something strange, a missing name; and what was printed on the way."""
    assert observe(call, names(source)) == seen


@pytest.mark.parametrize(
    ("body", "raised"),
    [
        ("1 / 0", "ZeroDivisionError"), ("x = x + 1", "UnboundLocalError"), ("exit()", "SystemExit"), ("raise NameError('x')", "NameError"),
        ("raise NameError('x', name=3)", "NameError"), ("return f()", "RecursionError"), ("raise type('Mine', (Exception,), {})", "Mine"),
        ("raise ExceptionGroup('g', [ValueError()])", "ExceptionGroup"), ("raise StopIteration", "StopIteration"),
    ],
)  # fmt: skip
def test_what_a_call_raises_is_named_and_explained(body, raised):
    """The error's type, and the sentence that a pupil reads."""
    seen = observe("f()", names(f"def f():\n    print('before')\n    {body}"))
    assert (seen["raised"], seen["printed"][:7]) == (raised, "before\n")
    assert seen["says"]
    assert set(seen) == {"raised", "says", "printed"}


def test_a_call_that_does_not_end():
    """It is stopped after its time; what it printed is kept, as far as there is room."""
    seen = observe("f()", names("def f():\n    while True: print('x' * 1000)"), seconds=0.3)
    assert seen["endless"] == 0.3
    assert len(seen["printed"]) == LARGEST


def test_a_slow_machine_is_stopped_too():
    """The time also runs inside a machine that a pupil's function calls again and again."""
    made = names(
        "from smallmachines.counting import Counting\ndef f():\n    while True: Counting().learn(['a'], 'b')"
    )
    assert observe("f()", made, seconds=0.2) == {"endless": 0.2}


def test_quick_calls_are_not_stopped():
    """What ends in time ends with its value, also when it takes many steps."""
    assert in_time("sum(n for n in range(20_000))", names(""), seconds=30) == sum(range(20_000))


@pytest.mark.parametrize("call", ["1", "1 / 0", "f()"])
def test_whoever_watched_before_watches_again(call):
    """A debugger or a measurement of coverage is put back, whether the call ends, fails or is stopped."""
    made = names("def f():\n    while True: pass")

    def watch(frame, event, thing):
        return None

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        observe(call, made, seconds=0.1)
        assert sys.gettrace() is watch
    finally:
        sys.settrace(before)


def test_endless_is_no_error_that_a_pupil_catches():
    """`except Exception` inside a loop does not keep it alive."""
    assert not issubclass(Endless, Exception)


def test_a_screen_keeps_the_first_signs():
    """The rest goes by, and whoever prints does not notice."""
    screen = Screen(5)
    assert [print("abc", file=screen), screen.write("defg"), screen.write("h")] == [None, 4, 1]
    assert screen.getvalue() == "abc\nd"


@given(st.lists(st.text(max_size=30), max_size=20), st.integers(0, 50))
def test_a_screen_is_the_beginning_of_what_was_written(texts, most):
    """Whatever the pieces, what is kept is a beginning of the whole, as long as there is room for."""
    screen = Screen(most)
    for text in texts:
        screen.write(text)
    assert screen.getvalue() == "".join(texts)[:most]

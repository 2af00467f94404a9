"""Try something a pupil wrote, and report what could be seen. Whether it is right is not decided here.

In:  an expression and the pupil's names.   Out: what it gave, printed or raised, as plain values.
A call that does not end is stopped. What is not a plain value (number, text, list, …) is only named by its type:
a thing that claims to be equal to everything never gets as far as a comparison.
Left out on purpose: the expected answer. Whoever observes does not know it. And two loops cannot be stopped from here:
one inside Python itself, such as sum(iter(int, 1)), and one that catches every error; whoever runs the notebook can.
"""

import contextlib
import io
import math
import sys
import time

from smallmachines.kind import explained

SECONDS = 3
DEEPEST, LARGEST = 6, 100_000
"""Lists within lists, and signs and things in all: no exercise asks for more."""
IN_ONE_LINE = sys.version_info < (3, 12)
"""Whether a loop that stands in one line, `while True: pass`, is watched step by step because it has no next line."""


class Endless(BaseException):
    """Raised inside a call that does not end."""


class Screen(io.StringIO):
    """A screen that keeps the first signs and lets the rest go by."""

    def __init__(self, most=LARGEST):
        """An empty screen that keeps `most` signs."""
        super().__init__()
        self.most = most

    def write(self, text):
        """Take in a text, as far as there is room for it."""
        super().write(text[: max(self.most - self.tell(), 0)])
        return len(text)


def observe(call, names, seconds=SECONDS):
    r"""What the expression shows: {"value": …}, {"strange": type}, {"raised": …}, {"missing": …} or {"endless": …}.

    >>> observe("double(4)", {"double": lambda n: 2 * n})
    {'value': 8}
    >>> observe("double(4)", {})
    {'missing': 'double'}
    >>> observe("print(4)", {})
    {'value': None, 'printed': '4\n'}
    """
    screen = Screen()
    try:
        with contextlib.redirect_stdout(screen):
            seen = plain_or_type(in_time(call, names, seconds))
    except Endless:
        seen = {"endless": seconds}
    except NameError as error:
        seen = {"missing": error.name} if isinstance(error.name, str) else raised(error)
    except (Exception, SystemExit) as error:  # whatever a pupil's function raises is something to show
        seen = raised(error)
    return seen | ({"printed": screen.getvalue()} if screen.tell() else {})


def raised(error):
    """An error as something seen.

    >>> raised(ZeroDivisionError("division by zero"))["raised"]
    'ZeroDivisionError'
    """
    return {"raised": type(error).__name__, "says": explained(error)}


def in_time(call, names, seconds):
    """The value of the expression; Endless when the pupil's own lines run on for longer.

    >>> in_time("1 + n", {"n": 2}, seconds=5)
    3
    """
    before = sys.gettrace()
    sys.settrace(_watch(names, time.monotonic() + seconds))
    try:
        return eval(call, names)  # noqa: S307  the exercise's expression; what it calls is the pupil's own work
    finally:
        sys.settrace(before)


def _watch(names, end):
    """What Python calls at every step of the pupil's own lines, and at the beginning of every function."""

    def _step(frame, event, thing):
        if time.monotonic() > end:
            raise Endless
        if frame.f_globals is not names:
            return None
        frame.f_trace_opcodes = IN_ONE_LINE
        return _step

    return _step


def plain_or_type(thing):
    """The thing as a plain value, or the name of its type when it is none, or is too large or too deep.

    >>> plain_or_type([1, (2.5, "a")]), plain_or_type({1, 2}), plain_or_type(...), plain_or_type("a" * 10**6)
    ({'value': [1, (2.5, 'a')]}, {'strange': 'set'}, {'strange': 'ellipsis'}, {'large': 'str'})
    """
    try:
        return {"value": plain(thing)}
    except TypeError as error:
        return {"strange": str(error)}
    except OverflowError:
        return {"large": _name(type(thing))}


def plain(thing):
    """A copy made of None, True, False, numbers, texts, lists, tuples and dicts only.

    Raises TypeError with the type of what is none of these (or nan, or inf), OverflowError when it is too large or deep.

    >>> plain({"a": [1, 2]})
    {'a': [1, 2]}
    """
    return _copy(thing, DEEPEST, [LARGEST])


def _copy(thing, depth, room):
    kind = type(thing)
    if thing is None or kind is bool or (kind is float and math.isfinite(thing)):
        return thing
    if kind not in (int, str, list, tuple, dict):
        raise TypeError(str(thing) if kind is float else _name(kind)[:40])
    room[0] -= thing.bit_length() // 3 if kind is int else len(thing)
    if room[0] < 0 or depth < 0 or (kind is int and thing.bit_length() > 3000):
        raise OverflowError(_name(kind))
    if kind is dict:
        return {_copy(key, depth - 1, room): _copy(value, depth - 1, room) for key, value in thing.items()}
    return thing if kind in (int, str) else kind([_copy(one, depth - 1, room) for one in thing])


_name = type.__dict__["__name__"].__get__  # a class can lie about its __name__, not to this

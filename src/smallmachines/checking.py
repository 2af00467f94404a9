"""Checks of what a pupil wrote: try it, compare, and say what was seen and what to look at.

In:  the checks that stand in the notebook.   Out: a card.
`meets` compares what was seen (`observing`) with what was expected; nothing of the pupil's runs during it.
Left out on purpose: marks. They are given later, from a list of checks that no notebook can change.
"""

import ast
import inspect
import math
import sys
import textwrap

from smallmachines.cards import card
from smallmachines.observing import SECONDS, observe
from smallmachines.words import add, say, short

add(
    {
        "check-title": {"ja": "確認", "en": "Check"},
        "check-met": {"ja": "{of} 個のうち {met} 個ができています。", "en": "{met} of {of} are there."},
        "check-all": {"ja": "{of} 個すべてできています。", "en": "All {of} are there."},
        "check-hint": {"ja": "ヒント: {hint}", "en": "Hint: {hint}"},
        "seen-this": {"ja": "ここで調べた値", "en": "What was checked here"},
        "seen-value": {"ja": "{call} は {found} になりました。", "en": "{call} gave {found}."},
        "seen-nothing": {
            "ja": "{call} は何も返しませんでした(None)。",
            "en": "{call} returned nothing (None).",
        },
        "seen-printed": {
            "ja": "画面には {found} と出ました。print は見せるだけです。return で返しましょう。",
            "en": "It printed {found}. print only shows; hand the value back with return.",
        },
        "seen-dots": {"ja": "{call} は、まだ ... のままです。", "en": "{call} is still ... ."},
        "seen-strange": {
            "ja": "{call} は、数やことばやリストではないもの({found})になりました。",
            "en": "{call} gave something that is no number, text or list ({found}).",
        },
        "seen-large": {
            "ja": "{call} は、長すぎるか、大きすぎて、くらべられません({found})。",
            "en": "{call} is too long or too large to compare ({found}).",
        },
        "seen-raised": {
            "ja": "{call} の途中で止まりました。{found}",
            "en": "{call} stopped on the way. {found}",
        },
        "seen-missing": {
            "ja": "{found} がまだありません。{found} を作るセルを先に実行しましょう。",
            "en": "There is no {found} yet. First run the cell that makes {found}.",
        },
        "seen-endless": {
            "ja": "{call} が {found} 秒たっても終わりません。くり返しが止まるところを見直しましょう。",
            "en": "{call} did not end within {found} seconds. Look at what should stop the loop.",
        },
        "seen-source": {"ja": "{call} の書き方を見ました。", "en": "Looked at how {call} is written."},
    }
)
LONGEST_CALL = 36  # a longer expression is the checks' own affair and no help to a pupil
DATA = "application/vnd.komainu.check+json"


def check(question, hint, tries):
    """Try each of the checks and show what was seen.

    >>> double = lambda n: n + n
    >>> check("double", "二つ足します。", [{"call": "double(4)", "equals": 8, "say": ""}])
    【確認】
    1 個すべてできています。
    """
    seen = _look_at(tries, sys._getframe(1).f_globals)
    met = [meets(one, what) for one, what in zip(tries, seen, strict=True)]
    head = say("check-all" if all(met) else "check-met", met=sum(met), of=len(met))
    sentences = [head] if all(met) else [head, say("check-hint", hint=hint)]
    for one, what, fine in zip(tries, seen, met, strict=True):
        sentences += [] if fine else [f"△ {feedback(one, what)}"]
    data = {"question": question, "met": sum(met), "of": len(met)}
    return card(say("check-title"), sentences, more={DATA: data})


def _look_at(tries, names):
    """What each check sees; after one that did not end the others get less time, for somebody is waiting."""
    seen = []
    for one in tries:
        again = any("endless" in what for what in seen)
        seen.append(look(one, names, seconds=min(1, SECONDS) if again else SECONDS))
    return seen


def look(one, names, seconds=SECONDS):
    """What one check sees: the value of its call, or how a function is written.

    >>> look({"call": "1 + 1"}, {})
    {'value': 2}
    """
    if "source" in one:
        return parts(names.get(one["source"]), one["source"])
    return observe(one["call"], names, seconds)


def parts(function, name):
    """What a function is made of: the kinds of its pieces, and what it calls."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (TypeError, OSError, SyntaxError):
        return {"missing": name}
    return {"parts": parts_of(tree)}


def parts_of(tree):
    """The kinds of all pieces of a program, and call:NAME for what it calls, in order.

    >>> parts_of(ast.parse("print(1)"))
    ['Call', 'Constant', 'Expr', 'Load', 'Module', 'Name', 'call:print']
    """
    nodes = list(ast.walk(tree))
    calls = {f"call:{ast.unparse(node.func)}" for node in nodes if isinstance(node, ast.Call)}
    return sorted({type(node).__name__ for node in nodes} | calls)


def meets(one, seen):
    """Whether what was seen is what the check expects.

    >>> meets({"equals": 8}, {"value": 8}), meets({"between": [0, 1]}, {"value": 1.5}), meets({"equals": 1}, {"value": True})
    (True, False, False)
    """
    if "raises" in one:
        return seen.get("raised") == one["raises"]
    if "prints" in one:
        return "value" in seen and seen.get("printed", "").strip() == one["prints"].strip()
    if "source" in one:
        found = seen.get("parts", ())
        return bool(found) and {*one.get("has", ())} <= {*found} and not {*one.get("lacks", ())} & {*found}
    return "value" in seen and _value_meets(one, seen["value"])


def _value_meets(one, value):
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if "approx" in one:
        return number and _near(value, one["approx"], abs_tol=one["within"])
    if "between" in one:
        return number and one["between"][0] <= value <= one["between"][1]
    if "one_of" in one:
        return any(same(value, fine) for fine in one["one_of"])
    if "type" in one:
        return type(value).__name__ == one["type"]
    return same(value, one["equals"])


def same(one, other):
    """Whether two plain values are the same; a list and a tuple of the same things are, True and 1 are not.

    >>> same([1, 2.0], (1, 2)), same(True, 1), same(0.1 + 0.2, 0.3), same("1", 1)
    (True, False, True, False)
    """
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return _keys(one) == _keys(other) and all(same(one[key], other[key]) for key in one)
    if bool in (type(one), type(other)) or not all(isinstance(x, int | float) for x in (one, other)):
        return type(one) is type(other) and one == other
    return one == other or (
        float in (type(one), type(other)) and _near(one, other, rel_tol=1e-9, abs_tol=1e-9)
    )


def _keys(things):
    return {(type(key) is bool, key) for key in things}


def _near(one, other, rel_tol=0.0, abs_tol=0.0):
    """Whether two numbers are near enough; one that is too large for a fraction is near to nothing."""
    try:
        return math.isclose(one, other, rel_tol=rel_tol, abs_tol=abs_tol)
    except OverflowError:
        return False


def feedback(one, seen):
    """What was seen, and what to look at.

    >>> print(feedback({"call": "double(4)", "equals": 8, "say": "4 が二つです。"}, {"value": 4}))
    double(4) は 4 になりました。 4 が二つです。
    """
    if "missing" in seen or seen.get("strange") == "ellipsis":
        return _what_was_seen(one, seen)  # nothing is there yet; what to look at comes later
    known = [
        other["say"] for other in one.get("if", ()) if "value" in seen and same(seen["value"], other["value"])
    ]
    return " ".join(filter(None, [_what_was_seen(one, seen), (known or [one["say"]])[0]]))


def _what_was_seen(one, seen):
    call = one.get("call") or one["source"]
    call = call if len(call) <= LONGEST_CALL else say("seen-this")
    for kind in ("missing", "endless", "strange", "large"):
        if kind in seen:
            key = "dots" if seen.get("strange") == "ellipsis" else kind
            return say(f"seen-{key}", call=call, found=seen[kind])
    if "raised" in seen:
        return say("seen-raised", call=call, found=seen["says"])
    if "parts" in seen:
        return say("seen-source", call=call)
    if seen["value"] is not None:
        return say("seen-value", call=call, found=_in_short(seen["value"]))
    printed = say("seen-printed", found=short(seen["printed"].strip())) if "printed" in seen else ""
    return " ".join(filter(None, [say("seen-nothing", call=call), printed]))


def _in_short(value):
    return f"{value:.6g}" if isinstance(value, float) else short(value)

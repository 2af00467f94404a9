"""Checks in a notebook: they say what was seen and what to look at, whatever a pupil wrote."""

import re
import time

import pytest

from pupil import last, notebook
from smallmachines import checking, words
from smallmachines.checking import DATA, feedback, meets, parts_of

HALF = 'check("half", "二で割ります。", [{"call": "half(6)", "equals": 3, "say": "6 の半分です。", "if": [{"value": 12, "say": "二倍になっています。"}]}, {"call": "half(1)", "equals": 0.5, "say": "1 の半分です。"}])'
HALF_EN = 'check("half", "Divide by two.", [{"call": "half(6)", "equals": 3, "say": "Half of 6."}])'


@pytest.fixture(autouse=True)
def japanese_again():
    yield
    words.language("ja")


@pytest.fixture
def hurry(monkeypatch):
    """A call that does not end is stopped sooner than in class."""
    monkeypatch.setattr(checking, "SECONDS", 0.3)


def card(*cells: str, check: str = HALF) -> str:
    """The card of a check after these cells."""
    seen = last(*cells, check)
    assert (seen.error, seen.sentences) == ("", [])
    return seen.text


# --- what a card says ----------------------------------------------------------------------------


def test_all_met():
    """A solution gets one sentence, and no hint."""
    assert card("def half(n):\n    return n / 2") == "【確認】\n2 個すべてできています。"


def test_nothing_met_says_what_was_seen_and_what_to_look_at():
    """How many, the hint, and for each check the call, its value and where to look."""
    assert card("def half(n):\n    return n") == (
        "【確認】\n2 個のうち 0 個ができています。\nヒント: 二で割ります。\n"
        "△ half(6) は 6 になりました。 6 の半分です。\n△ half(1) は 1 になりました。 1 の半分です。"
    )


def test_some_met_names_only_the_others():
    """What is right is counted and needs no words."""
    text = card("def half(n):\n    return n // 2")
    assert "2 個のうち 1 個" in text
    assert "half(6)" not in text
    assert "half(1) は 0 になりました" in text


def test_a_known_mistake_has_its_own_answer():
    """The first misconception whose value was seen speaks instead of the general sentence."""
    text = card("def half(n):\n    return n * 2")
    assert "half(6) は 12 になりました。 二倍になっています。" in text
    assert "6 の半分です。" not in text


def test_in_english():
    """The card speaks the language of the notebook."""
    text = last("def half(n):\n    return n", HALF_EN, lang="en").text
    assert text == "【Check】\n0 of 1 are there.\nHint: Divide by two.\n△ half(6) gave 6. Half of 6."


def test_the_expected_answer_is_never_shown():
    """A card tells what was seen, not what it waits for."""
    check = 'check("half", "ヒント", [{"call": "half(1)", "equals": 123456, "say": "…"}, {"call": "half(2)", "between": [654321, 654322], "say": "…"}])'
    text = card("def half(n):\n    return 0", check=check)
    assert "123456" not in text
    assert "65432" not in text


def test_a_card_carries_its_count_for_programs():
    """Besides the sentences there is the question with the number of checks met; no marks."""
    seen = last("def half(n):\n    return n // 2", HALF)
    assert seen.data[DATA] == {"question": "half", "met": 1, "of": 2}
    assert set(seen.data) == {"text/html", "text/plain", DATA}


def test_signs_of_html_in_a_value_stay_signs():
    """A text that a function gives back cannot put anything else on the page."""
    html = last("def half(n):\n    return '<b>' + str(n)", HALF).data["text/html"]
    assert "<b>" not in html
    assert "&lt;b&gt;6" in html


# --- what pupils write ---------------------------------------------------------------------------


WRITTEN = [
    ("1", "half がまだありません。half を作るセルを先に実行しましょう。"),
    ("half = 3", "half(6) の途中で止まりました。ここでは使えない種類のものがあります"),
    ("half = ...", "half(6) の途中で止まりました。ここでは使えない種類"),
    ("def half(n):\n    return ...", "half(6) は、まだ ... のままです。"),
    ("def half(n):\n    pass", "half(6) は何も返しませんでした(None)。"),
    ("def half(n):\n    print(n / 2)", "half(6) は何も返しませんでした(None)。 画面には '3.0' と出ました。print は見せるだけです。return で返しましょう。"),
    ("def half(n):\n    return print(n / 2)", "画面には '3.0' と出ました"),
    ("def half(n):\n    return str(n / 2)", "half(6) は '3.0' になりました。"),
    ("def half(n):\n    return [n / 2]", "half(6) は [3.0] になりました。"),
    ("def half(n):\n    return n > 2", "half(6) は True になりました。"),
    ("def half(n):\n    return {n / 2}", "half(6) は、数やことばやリストではないもの(set)になりました。"),
    ("def half(n):\n    return half", "数やことばやリストではないもの(function)"),
    ("def half(n):\n    return range(n)", "数やことばやリストではないもの(range)"),
    ("def half(n):\n    return n / 2 + 1j", "数やことばやリストではないもの(complex)"),
    ("def half(n):\n    return float('nan')", "数やことばやリストではないもの(nan)"),
    ("def half(n):\n    return float('-inf')", "数やことばやリストではないもの(-inf)"),
    ("def half(n):\n    yield n", "数やことばやリストではないもの(generator)"),
    ("async def half(n):\n    return n / 2", "数やことばやリストではないもの(coroutine)"),
    ("def half():\n    return 3", "half(6) の途中で止まりました。ここでは使えない種類のものがあります"),
    ("def half(n):\n    return m / 2", "m がまだありません。m を作るセルを先に実行しましょう。"),
    ("def half(n):\n    total += n\n    return total", "half(6) の途中で止まりました。関数の中の total に、まだ何も入っていません"),
    ("def half(n):\n    return n / 0", "half(6) の途中で止まりました。0 で割ろうとしています"),
    ("def half(n):\n    raise ValueError('半分')", "half(6) の途中で止まりました。ここで止まりました(ValueError: 半分)"),
    ("def half(n):\n    return half(n)", "half(6) の途中で止まりました。関数が自分を呼び続けて終わりません。"),
    ("def half(n):\n    exit()", "half(6) の途中で止まりました。"),
    ("def half(n):\n    predict('x', ...)", "half(6) の途中で止まりました。まず予想を書きましょう。"),
    ("half = lambda n: n", "half(6) は 6 になりました。"),
    ("class half:\n    def __init__(self, n):\n        pass", "数やことばやリストではないもの(half)"),
    ("def half(n):\n    return 10 ** 5000", "half(6) は、長すぎるか、大きすぎて、くらべられません(int)。"),
    ("def half(n):\n    return -10 ** 5000", "くらべられません(int)。"),
    ("def half(n):\n    return 'あ' * 10 ** 6", "half(6) は、長すぎるか、大きすぎて、くらべられません(str)。"),
    ("def half(n):\n    return [0] * 10 ** 6", "くらべられません(list)。"),
    ("def half(n):\n    a = []\n    for _ in range(10 ** 5):\n        a = [a]\n    return a", "くらべられません(list)。"),
    ("def half(n):\n    a = [0] * 999\n    return [[a] * 999] * 999", "くらべられません(list)。"),
    ("def half(n):\n    a = []\n    a.append(a)\n    return a", "くらべられません(list)。"),
    ("def half(n):\n    a = {}\n    a[1] = a\n    return a", "くらべられません(dict)。"),
    ("def half(n):\n    print('x' * 10 ** 7)", "画面には 'xxxxx"),
    ("def half(n):\n    return 'x' * 300", "half(6) は 'xxxxxx"),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "says"), WRITTEN, ids=[cell for cell, _ in WRITTEN])
@pytest.mark.filterwarnings("ignore:coroutine")
def test_what_pupils_write_is_answered(cell, says):
    """Whatever a function gives or does, the card has a short sentence on it and no check is met by it."""
    seen = last(cell, HALF)
    assert (seen.error, seen.data[DATA]["met"]) == ("", 0)
    assert says in seen.text
    assert all(len(line) < 160 for line in seen.text.split("\n"))


@pytest.mark.parametrize("cell", [cell for cell, _ in WRITTEN])
@pytest.mark.filterwarnings("ignore:coroutine")
def test_what_pupils_write_is_answered_in_english(cell):
    """The same in an English notebook: one line for the check, and no Japanese but the pupil's own."""
    seen = last(cell, HALF_EN, lang="en")
    assert (seen.error, seen.data[DATA]["met"]) == ("", 0)
    lines = seen.text.split("\n")
    assert lines[1:3] == ["0 of 1 are there.", "Hint: Divide by two."]
    assert len(lines) == 4
    assert not re.search(r"[ぁ-んァ-ヶ一-龠。、]", lines[3].replace("半分", "").replace("あ", ""))


def test_a_cell_that_a_pupil_deleted():
    """The check names what is missing; the cells that use it fail with one sentence each."""
    checked, used = notebook(HALF, "half(3)")
    assert "half がまだありません" in checked.text
    assert used.sentences == [
        'half という名前がまだありません。half を作るセルを先に実行しましょう。ことばとして使うなら、"half" と書きます。',
        "1 行目: half(3)",
    ]


def test_a_deleted_first_cell():
    """Without the import there is no check, and the sentence says what to run."""
    seen = notebook("del check", HALF)[-1]
    assert seen.sentences[0].startswith("check という名前がまだありません")


ENDLESS = {
    "a loop": "def half(n):\n    while True:\n        n = n / 2",
    "a loop in one line": "def half(n):\n    while True: pass",
    "a loop that counts in one line": "def half(n):\n    while n > 0: n = n + 1",
    "a function in one line": "def half(n): return [x for x in iter(int, 1)]",
    "a lambda": "half = lambda n: [x for x in iter(int, 1)]",
    "two functions": "def double(n):\n    return half(n)\ndef half(n):\n    for _ in iter(int, 1):\n        n = n / 2",
    "a generator": "def for_ever():\n    while True: yield 1\ndef half(n):\n    return sum(for_ever())",
    "a loop that prints": "def half(n):\n    while True:\n        print('半分' * 1000)",
    "a loop that catches errors": "def half(n):\n    while True:\n        try:\n            n = n / 0\n        except Exception:\n            pass",
    "a machine asked for ever": "from smallmachines.counting import Counting\npets = Counting()\ndef half(n):\n    while True: pets.learn(['a'], 'b')",
    "a class": "class Half:\n    def __call__(self, n):\n        while True: pass\nhalf = Half()",
}  # fmt: skip


@pytest.mark.usefixtures("hurry")
@pytest.mark.parametrize("cell", ENDLESS.values(), ids=list(ENDLESS))
def test_what_does_not_end_is_stopped(cell):
    """Every kind of loop a pupil writes ends after the time for it, and the card says what to look at."""
    begin = time.monotonic()
    checked, after = notebook(cell, HALF, "1 + 1")[1:]
    assert time.monotonic() - begin < 8
    assert "half(6) が 0.3 秒たっても終わりません。くり返しが止まるところを見直しましょう。" in checked.text
    assert checked.data[DATA]["met"] == 0
    assert after.text == "2"


def test_the_first_loop_makes_the_others_shorter(monkeypatch):
    """A pupil does not wait the full time for every check of a function that loops."""
    monkeypatch.setattr(checking, "SECONDS", 1.5)
    check = 'check("half", "h", [{"call": "half(%d)" % n, "equals": 1, "say": "x"} for n in range(3)])'
    begin = time.process_time()
    text = card("def half(n):\n    while True: pass", check=check)
    assert time.process_time() - begin < 4.4
    assert [seconds in text for seconds in ("half(0) が 1.5 秒", "half(1) が 1 秒", "half(2) が 1 秒")] == [
        True
    ] * 3


def test_stopping_the_notebook_stops_the_check():
    """Whoever presses stop while a check runs does not get a card instead."""
    seen = last("def half(n):\n    raise KeyboardInterrupt", HALF)
    assert seen.error == "KeyboardInterrupt"


LIARS = {
    "an object equal to everything": "class Any:\n    def __eq__(self, other): return True\n    def __hash__(self): return 0\n    def __le__(self, other): return True\n    __ge__ = __lt__ = __gt__ = __le__\n    def __sub__(self, other): return 0\n    __rsub__ = __sub__\n    def __abs__(self): return 0\n    def __bool__(self): return True\nmade = Any()",
    "a number that is equal to everything": "class Any(int):\n    def __eq__(self, other): return True\n    __hash__ = int.__hash__\nmade = Any(7)",
    "a fraction that is near to everything": "class Any(float):\n    def __eq__(self, other): return True\n    __hash__ = float.__hash__\n    def __sub__(self, other): return 0.0\n    __rsub__ = __sub__\nmade = Any(7)",
    "a text that is equal to everything": "class Any(str):\n    def __eq__(self, other): return True\n    __hash__ = str.__hash__\nmade = Any('x')",
    "a list that is equal to everything": "class Any(list):\n    def __eq__(self, other): return True\n    def __len__(self): return 2\n    def __iter__(self): return iter([3, 3])\nmade = Any()",
    "a table that is equal to everything": "class Any(dict):\n    def __eq__(self, other): return True\n    def items(self): return [(1, 2)]\nmade = Any()",
    "a class called int": "made = type('int', (), {'__eq__': lambda self, other: True})()",
    "a class of a class that lies about its name": "class Kind(type):\n    __name__ = property(lambda kind: 'int')\n    def __eq__(self, other): return True\n    __hash__ = type.__hash__\nclass Any(metaclass=Kind):\n    def __eq__(self, other): return True\nmade = Any()",
    "everything in a list": "from unittest.mock import ANY\nmade = [ANY, ANY]",
    "everything in a table": "from unittest.mock import ANY\nmade = {1: ANY}",
    "everything": "from unittest.mock import ANY\nmade = ANY",
    "the class of a number": "made = int",
}  # fmt: skip
EXPECTATIONS = [
    {"equals": 3}, {"equals": "x"}, {"equals": [3, 3]}, {"equals": {1: 2}}, {"equals": None}, {"equals": True},
    {"approx": 3.0, "within": 1000.0}, {"between": [-1000, 1000]}, {"one_of": [1, 2, "x", [3, 3]]},
    {"type": "int"}, {"type": "float"}, {"type": "str"}, {"type": "list"}, {"type": "dict"}, {"type": "bool"},
    {"raises": "ValueError"}, {"prints": "3"},
]  # fmt: skip


@pytest.mark.parametrize("cell", LIARS.values(), ids=list(LIARS))
def test_what_claims_to_be_right_is_not(cell):
    """An object that says it equals everything meets no check of any kind; only its type is named."""
    tries = [{"call": "made", "say": "見直しましょう。", **one} for one in EXPECTATIONS]
    seen = last(cell, f"check('made', 'ヒント', {tries!r})")
    assert (seen.error, seen.data[DATA]["met"]) == ("", 0)
    assert seen.text.count("数やことばやリストではないもの") == len(tries)


def test_nothing_of_the_pupils_runs_while_values_are_compared():
    """Methods that a pupil wrote, in a class or in the class of a class, are not called after the call has ended."""
    cell = """
ran = []
class Kind(type):
    __name__ = property(lambda kind: ran.append("name") or "int")
class Any(list, metaclass=Kind):
    def __getattribute__(self, name):
        ran.append(name)
        return list.__getattribute__(self, name)
    def __eq__(self, other): ran.append("eq")
    def __len__(self): ran.append("len")
    def __iter__(self): ran.append("iter")
    def __repr__(self): ran.append("repr")
made = Any()
ran.clear()
"""
    tries = [{"call": "made", "say": "", **one} for one in EXPECTATIONS]
    assert notebook(cell, f"check('made', 'h', {tries!r})", "ran")[-1].text == "[]"


@pytest.mark.usefixtures("hurry")
def test_a_check_leaves_no_trace():
    """After a check, also one that was stopped, the notebook runs as fast as before and prints where it did."""
    cells = notebook("def half(n):\n    while True: pass", HALF, "import sys\nprint(sys.gettrace())")
    assert cells[-1].text == "None\n"


def test_what_a_function_prints_does_not_fill_the_card():
    """The screen of a check cell shows the card and nothing else."""
    assert card("def half(n):\n    print('やあ')\n    return n / 2") == "【確認】\n2 個すべてできています。"


# --- expectations --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "seen", "met"),
    [
        ({"equals": 8}, {"value": 8}, True),
        ({"equals": 8}, {"value": 8.0}, True),
        ({"equals": 8}, {"value": "8"}, False),
        ({"equals": 1}, {"value": True}, False),
        ({"equals": None}, {"value": None}, True),
        ({"equals": None}, {"strange": "set"}, False),
        ({"equals": None}, {"missing": "f"}, False),
        ({"equals": None}, {"endless": 3}, False),
        ({"equals": None}, {"large": "list"}, False),
        ({"equals": None}, {"raised": "ValueError", "says": ""}, False),
        ({"equals": [1, 2]}, {"value": (1, 2)}, True),
        ({"equals": 8}, {"value": 10**400}, False),
        ({"equals": 0.5}, {"value": 10**400}, False),
        ({"equals": 10**10}, {"value": 10**10 + 1}, False),
        ({"approx": 0.5, "within": 0.1}, {"value": 0.55}, True),
        ({"approx": 0.5, "within": 0.1}, {"value": 0.61}, False),
        ({"approx": 1, "within": 0.1}, {"value": True}, False),
        ({"approx": 0.5, "within": 0.1}, {"value": "0.5"}, False),
        ({"approx": 0.5, "within": 0.1}, {"value": 10**400}, False),
        ({"between": [0, 1]}, {"value": 0}, True),
        ({"between": [0, 1]}, {"value": 1}, True),
        ({"between": [0, 1]}, {"value": 1.01}, False),
        ({"between": [0, 1]}, {"value": True}, False),
        ({"between": [0, 1]}, {"value": "0"}, False),
        ({"between": [0.5, 1]}, {"value": 10**400}, False),
        ({"one_of": [1, "a"]}, {"value": "a"}, True),
        ({"one_of": [1, "a"]}, {"value": True}, False),
        ({"type": "int"}, {"value": 3}, True),
        ({"type": "int"}, {"value": True}, False),
        ({"type": "bool"}, {"value": True}, True),
        ({"type": "float"}, {"value": 3}, False),
        ({"type": "list"}, {"value": (1,)}, False),
        ({"type": "tuple"}, {"value": (1,)}, True),
        ({"type": "set"}, {"strange": "set"}, False),
        ({"raises": "ValueError"}, {"raised": "ValueError", "says": ""}, True),
        ({"raises": "ValueError"}, {"raised": "KeyError", "says": ""}, False),
        ({"raises": "ValueError"}, {"value": "ValueError"}, False),
        ({"prints": "3"}, {"value": None, "printed": " 3\n"}, True),
        ({"prints": "3"}, {"value": None, "printed": "3 4\n"}, False),
        ({"prints": "3"}, {"value": 3}, False),
        ({"prints": "3"}, {"endless": 3, "printed": "3\n"}, False),
        ({"prints": "3"}, {"raised": "ValueError", "says": "", "printed": "3\n"}, False),
        ({"source": "f", "has": ["Return"]}, {"parts": ["Return", "call:print"]}, True),
        ({"source": "f", "has": ["Return"], "lacks": ["call:print"]}, {"parts": ["Return", "call:print"]}, False),
        ({"source": "f", "lacks": ["call:print"]}, {"parts": ["Return"]}, True),
        ({"source": "f", "lacks": ["call:print"]}, {"missing": "f"}, False),
        ({"source": "f", "lacks": ["call:print"]}, {}, False),
    ],
)  # fmt: skip
def test_what_meets_what(one, seen, met):
    """One kind of expectation a row, with what meets it and what only looks as if."""
    assert meets(one, seen) is met


SOURCE = 'check("half", "h", [{"source": "half", "has": ["Return"], "lacks": ["call:print", "For"], "say": "return を使います。"}])'


def test_how_something_is_written_can_be_asked():
    """A rule looks at the pupil's own lines: what must be in them, and what must not."""
    assert "1 個すべて" in card("def half(n):\n    return n / 2", check=SOURCE)
    for cell in (
        "def half(n):\n    print(n)\n    return n",
        "def half(n):\n    pass",
        "def half(n):\n    for x in [n]:\n        return x",
    ):
        assert "△ half の書き方を見ました。 return を使います。" in card(cell, check=SOURCE)


@pytest.mark.parametrize(
    "cell",
    ["1", "half = 3", "half = len", "half = 'def half(n): return n'", "class half: pass\nhalf = half()"],
)
def test_what_has_no_lines_of_its_own_is_missing(cell):
    """A number, or a function that the pupil did not write, is not the function that was asked for."""
    assert "half がまだありません" in card(cell, check=SOURCE)


def test_the_last_writing_counts():
    """A pupil may write a function again; the rule looks at the lines of the newest."""
    assert "1 個すべて" in card("def half(n):\n    print(n)", "def half(n):\n    return n / 2", check=SOURCE)


def test_parts_of_a_program_name_what_it_calls():
    """Functions by name, methods with what stands before the dot."""
    import ast

    found = parts_of(ast.parse("for x in a.b():\n    print(len(x))"))
    assert {"For", "call:a.b", "call:print", "call:len"} <= set(found)
    assert found == sorted(found)


def test_a_value_is_shown_as_a_person_would_write_it():
    """A fraction to six figures, a long list cut short."""
    assert feedback({"call": "f()", "say": ""}, {"value": 1 / 3}) == "f() は 0.333333 になりました。"
    assert (
        feedback({"call": "f()", "say": ""}, {"value": list(range(100))})
        == "f() は [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, … になりました。"
    )

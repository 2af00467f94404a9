"""Errors in kind sentences: what happened, in the pupil's own line, and what to do."""

import re

import pytest

from pupil import last, notebook
from smallmachines import kind, words
from smallmachines.kind import sentences, where


@pytest.fixture(autouse=True)
def japanese_again():
    yield
    words.language("ja")


SLIPS = [
    # what a pupil wrote, its line with the slip, words of the sentence in Japanese and in English
    ("x = 1\npets.learn(['a'], 'b')", 2, "pets という名前がまだありません", "There is no pets yet"),
    ("print(dgos)", 1, "dgos という名前がまだありません", "There is no dgos yet"),
    (
        "def f():\n    total = total + 1\nf()",
        2,
        "関数の中の total に、まだ何も入っていません",
        "nothing in total yet",
    ),
    ("print('a)", 1, "Python の文として読めません", "not readable as Python"),
    ("x = （1）", 1, "Python の文として読めません", "not readable as Python"),
    ("a = 1\nb = = 2", 2, "Python の文として読めません", "not readable as Python"),
    ("if True:\nx = 1", 2, "行のはじめの空白がそろっていません", "spaces at the beginning of the line"),
    ("x = 1\n  y = 2", 2, "行のはじめの空白がそろっていません", "spaces at the beginning of the line"),
    ("1 + 'a'", 1, "ここでは使えない種類のものがあります", "is of the wrong kind"),
    ("... * 2", 1, "ここでは使えない種類のものがあります", "is of the wrong kind"),
    ("def f(a):\n    return a\nf()", 3, "ここでは使えない種類のものがあります", "is of the wrong kind"),
    ("[1, 2][2]", 1, "リストにその番号のものはありません", "nothing at that number"),
    ("{'犬': 1}['猫']", 1, "'猫' は、この表の中にありません", "'猫' is not in this table"),
    ("{}[None]", 1, "None は、この表の中にありません", "None is not in this table"),
    ("1 / 0", 1, "0 で割ろうとしています", "divides by 0"),
    ("[].push(1)", 1, "このものに push はありません", "has no push"),
    ("import math\nmath.squareroot(2)", 2, "このものに squareroot はありません", "has no squareroot"),
    ("import smallmachine", 1, "smallmachine を import できません", "smallmachine cannot be imported"),
    (
        "from smallmachines.counting import Countin",
        1,
        "Countin を import できません",
        "Countin cannot be imported",
    ),
    ("def f():\n    return f()\nf()", 2, "関数が自分を呼び続けて終わりません", "calls itself without end"),
    ("2.0 ** 10000", 1, "数が大きくなりすぎました", "A number grew too large"),
    ("int('三')", 1, "ここで止まりました(ValueError", "It stopped here (ValueError"),
    ("raise SystemExit(1)", 1, "ここで止まりました(SystemExit", "It stopped here (SystemExit"),
    ("raise KeyboardInterrupt", 1, "実行を止めました", "Stopped."),
    ("raise MemoryError", 1, "メモリーが足りません", "not enough memory"),
    ("predict('guess', ...)", 1, "まず予想を書きましょう", "First write your prediction"),
    (
        "from smallmachines.counting import Counting\nc = Counting()\nc.chances(['x'])",
        3,
        "まだ何も学んでいません",
        "Nothing has been learned",
    ),
]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(("source", "line", "ja", "en"), SLIPS, ids=[source for source, *_ in SLIPS])
def test_a_slip_gives_one_sentence_and_the_pupils_own_line(lang, source, line, ja, en):
    """Never more than two lines: what to do, and which of the pupil's lines it was."""
    seen = last(source, lang=lang)
    assert len(seen.sentences) == 2
    assert {"ja": ja, "en": en}[lang] in seen.sentences[0]
    told = re.fullmatch(r"(\d+) 行目: (.*)" if lang == "ja" else r"Line (\d+): (.*)", seen.sentences[1])
    assert int(told[1]) == line
    assert told[2].strip() == source.split("\n")[line - 1].strip()


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("source", [source for source, *_ in SLIPS])
def test_nothing_is_said_of_the_inside_of_the_machines(lang, source):
    """A pupil reads no path, no file and no Traceback."""
    text = " ".join(last(source, lang=lang).sentences)
    assert not re.search(r"Traceback|File \"|\.py\b|site-packages|<cell", text)
    assert "\n" not in text


def test_an_error_deep_inside_a_machine_shows_the_line_that_called_it():
    """The pupil's line is the last one of the notebook, not the first and none of the machine."""
    cells = "def ask(name):\n    return compare(name, 1)\n", "x = 1\nask('never')"
    assert notebook(*cells)[-1].sentences[1] == "2 行目: return compare(name, 1)"


def test_code_that_python_writes_itself_is_no_line_of_a_pupil():
    """The methods of a dataclass are made of text that nobody wrote."""
    source = "from dataclasses import dataclass\n@dataclass(frozen=True)\nclass A:\n    x: int = 1\na = A()\na.x = 2"
    assert last(source).sentences[1] == "6 行目: a.x = 2"


def test_an_error_of_another_text_shows_the_pupils_line():
    """What eval cannot read stands in no line of the cell; the call of eval does."""
    assert last("x = 1\neval('1 +')").sentences[1] == "2 行目: eval('1 +')"


@pytest.mark.parametrize(
    "source",
    [
        "class Odd(Exception):\n    def __str__(self):\n        return 1 / 0\nraise Odd",
        "class other(Exception): pass\nraise other('x')",
        "class line(Exception): pass\nraise line('x')",
        "raise NameError",
        "raise NameError('{name} %s')",
        "raise KeyError",
        "raise KeyError('{found}')",
        "raise KeyError('x' * 10**6)",
        "raise AttributeError('x')",
        "raise SyntaxError",
        "raise Exception('{0} {name}', 2)",
        "raise ValueError('y' * 10**6)",
        "10 ** 5000",
    ],
)  # fmt: skip
def test_odd_errors_get_a_sentence_too(source):
    """An error without words, with odd words or with a million of them is explained in two short lines."""
    seen = last(source)
    assert seen.error
    assert 1 <= len(seen.sentences) <= 2
    assert all(len(sentence) < 200 for sentence in seen.sentences)


def test_a_kind_error_speaks_for_itself():
    """A sentence that was written for pupils is not explained again."""
    assert sentences(words.kindly(ValueError("16 行で書いてください。"))) == ["16 行で書いてください。"]


def test_a_line_that_is_gone_is_left_out():
    """An error without any line of a cell has its sentence alone."""
    with pytest.raises(ZeroDivisionError) as caught:
        1 / 0  # noqa: B018  this test is no cell
    assert where(caught.value) is None
    assert len(sentences(caught.value)) == 1


@pytest.mark.parametrize(
    "file",
    ["<cell train>", "<ipython-input-3-0123456789ab>", "/T/ipykernel_31/1234.py", "C:\\T\\ipykernel_4\\56.py", "/T/xpython_42/7.py", "<stdin>"],
)  # fmt: skip
def test_cells_of_every_jupyter_are_known(file):
    """In a classroom's Jupyter, in JupyterLite and in the browser the pupil's line is found by the name of its file."""
    assert kind._is_cell(file)


@pytest.mark.parametrize(
    "file",
    ["/usr/lib/python3/random.py", "/x/site-packages/ipykernel_launcher.py", "<string>", "<frozen importlib>", "/x/smallmachines/cells.py", "<doctest a>"],
)  # fmt: skip
def test_files_of_python_are_no_cells(file):
    """Neither Python's own files nor the machines' count as what the pupil wrote."""
    assert not kind._is_cell(file)


def test_start_refuses_a_third_language_kindly():
    """There are two, and the sentence names them."""
    seen = last("smallmachines.start('fr')")
    assert '"ja" か "en"' in seen.sentences[0]
    assert seen.sentences[1] == "1 行目: smallmachines.start('fr')"


def test_start_outside_jupyter_changes_nothing_but_the_language():
    """In the browser and in a test there is no Jupyter to be told."""
    assert kind.start("en") is None
    assert words.language() == "en"

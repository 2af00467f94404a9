"""Errors, explained in one sentence: what happened, where, and what to do.

In:  an error.   Out: a sentence in the language of the notebook, and the pupil's own line.
The machines raise errors whose sentence is already written for pupils; Python's own get one here.
Left out on purpose: the way through the inside of a machine. It says nothing about the pupil's line.
"""

import re
import sys
import traceback

from smallmachines.words import add, kindly, knows, language, say, short

add(
    {
        "error NameError": {
            "ja": "{name} という名前がまだありません。{name} を作るセルを先に実行しましょう。ことばとして使うなら、\"{name}\" と書きます。",
            "en": "There is no {name} yet. First run the cell that makes {name}. If it is meant as a word, write \"{name}\".",
        },
        "error SyntaxError": {
            "ja": 'Python の文として読めません。かっこや " の閉じ忘れ、全角の記号がないか見ましょう。',
            "en": "This is not readable as Python. Look for an open bracket or quotation mark.",
        },
        "error IndentationError": {
            "ja": "行のはじめの空白がそろっていません。前の行と見比べましょう。",
            "en": "The spaces at the beginning of the line do not fit. Compare it with the lines before.",
        },
        "error TypeError": {
            "ja": "ここでは使えない種類のものがあります。数か、ことばか、... のままではないか見ましょう。",
            "en": "Something here is of the wrong kind. Is it a number, a text, or still ... ?",
        },
        "error UnboundLocalError": {
            "ja": "関数の中の {name} に、まだ何も入っていません。使う前に、関数の中で値を入れましょう。",
            "en": "Inside the function there is nothing in {name} yet. Put a value in it there before you use it.",
        },
        "error ImportError": {
            "ja": "{name} を import できません。つづりを見ましょう。",
            "en": "{name} cannot be imported. Check the spelling.",
        },
        "error IndexError": {
            "ja": "リストにその番号のものはありません。番号は 0 から始まります。",
            "en": "The list has nothing at that number. Numbers begin at 0.",
        },
        "error KeyError": {
            "ja": "{name} は、この表の中にありません。つづりを見ましょう。",
            "en": "{name} is not in this table. Check the spelling.",
        },
        "error ZeroDivisionError": {
            "ja": "0 で割ろうとしています。割る数がなぜ 0 になったかを見ましょう。",
            "en": "This divides by 0. Look why that number became 0.",
        },
        "error OverflowError": {
            "ja": "数が大きくなりすぎました。もっと小さい数で、もう一度実行しましょう。",
            "en": "A number grew too large. Run it again with smaller numbers.",
        },
        "error AttributeError": {
            "ja": "このものに {name} はありません。つづりと、何が入っているかを見ましょう。",
            "en": "This thing has no {name}. Check the spelling, and what is in it.",
        },
        "error RecursionError": {
            "ja": "関数が自分を呼び続けて終わりません。止まる条件を見直しましょう。",
            "en": "The function calls itself without end. Look at the condition that stops it.",
        },
        "error KeyboardInterrupt": {"ja": "実行を止めました。", "en": "Stopped."},
        "error MemoryError": {
            "ja": "メモリーが足りません。数を小さくして、もう一度実行しましょう。",
            "en": "There is not enough memory. Make the numbers smaller and run it again.",
        },
        "error other": {
            "ja": "ここで止まりました({found})。書きかえたところを、元の形と見比べましょう。",
            "en": "It stopped here ({found}). Compare what you changed with what stood there before.",
        },
        "no-input": {
            "ja": "ここでは input() は使えません。かわりに answer = \"…\" のように、セルに書きましょう。",
            "en": "input() does not work here. Write it in the cell instead, as in answer = \"…\".",
        },
        "error line": {"ja": "{line} 行目: {text}", "en": "Line {line}: {text}"},
    }
)


def explained(error):
    """One sentence about an error: its own if it is a kind one, otherwise one for its type.

    >>> explained(NameError("name 'machine' is not defined", name="machine"))
    'machine という名前がまだありません。machine を作るセルを先に実行しましょう。ことばとして使うなら、"machine" と書きます。'
    >>> explained(OSError("disk"))
    'ここで止まりました(OSError: disk)。書きかえたところを、元の形と見比べましょう。'
    """
    if getattr(error, "kind", False):
        return words_of(error)
    for kind in type(error).__mro__:
        if getattr(kind, "__module__", "") == "builtins" and knows(f"error {kind.__name__}"):
            return say(f"error {kind.__name__}", name=_name(error))
    return say("error other", found=f"{type(error).__name__}: {words_of(error)}"[:80])


def _name(error):
    """What was not there: the key, the name, or what Python's own sentence puts in quotation marks."""
    if isinstance(error, KeyError):
        return short(*error.args[:1] or [None])
    quoted = re.search(r"'([^']+)'", words_of(error))
    if isinstance(error, AttributeError) or not quoted:
        return getattr(error, "name", None) or words_of(error)[:40]
    return quoted[1]


def words_of(error):
    """An error's own words; a class that a pupil wrote may fail even at that.

    >>> words_of(ValueError("16 行で書いてください。"))
    '16 行で書いてください。'
    """
    try:
        return str(error)
    except Exception:
        return ""


def where(error):
    """The pupil's own line in which it happened: (number, text), or None when there is none.

    >>> where(ValueError("never raised"))
    """
    own = [step for step in traceback.extract_tb(error.__traceback__) if _is_cell(step.filename)]
    if own:
        return own[-1].lineno, own[-1].line or ""
    if isinstance(error, SyntaxError) and error.lineno:
        return error.lineno, (error.text or "").strip()
    return None


def _is_cell(file):
    """Whether code stands in a cell, and not in a file of Python or of the machines."""
    return bool(
        re.match(r"<(cell|ipython-input|stdin)", file)
        or re.search(r"[\\/](ipykernel|xpython)_\d+[\\/]", file)
    )


def sentences(error):
    """What to show for an error: the sentence, and the line if there is one.

    >>> sentences(ZeroDivisionError("division by zero"))
    ['0 で割ろうとしています。割る数がなぜ 0 になったかを見ましょう。']
    """
    place = where(error)
    return [explained(error), *([say("error line", line=place[0], text=place[1])] if place else [])]


def no_input(prompt=""):
    """What stands in for input() where nobody can be asked: a kind error instead of an endless wait.

    >>> no_input("name?")
    Traceback (most recent call last):
    ValueError: ここでは input() は使えません。かわりに answer = "…" のように、セルに書きましょう。
    """
    raise kindly(ValueError(say("no-input")))


def start(lang):
    """Begin a notebook: the machines speak this language, and errors come as one kind sentence.

    >>> start("ja")
    """
    language(lang)
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None:
        shell.set_custom_exc((BaseException,), _in_jupyter)


def _in_jupyter(shell, kind, error, tb, tb_offset=None):
    """What Jupyter calls when a cell fails; it shows the list of lines that comes back."""
    own = [] if getattr(error, "kind", False) else [f"({kind.__name__}: {words_of(error)})"]
    lines = [*sentences(error), *own]
    shell._showtraceback(kind, words_of(error), lines)
    return lines

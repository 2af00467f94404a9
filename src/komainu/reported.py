"""What a sandbox says, read by a closed grammar: what does not fit it was not said.

In:  texts that may have been written by a pupil's code.   Out: plain values made anew, or None.
The grammar is that of smallmachines.observing and runner: outputs of a cell, and what a call showed.
A value stands there as Python writes it, and is read back only when it is exactly that.
Left out on purpose: what ought to have been said (grading).
"""

from __future__ import annotations

import ast
import json
import re

from smallmachines.observing import DEEPEST, LARGEST, plain

LONGEST = 2_000_000
"""Signs in all that one cell may say."""
LONGEST_VALUE = 1_200_000
"""A text of LARGEST signs, each written as an escape of ten and more."""
STRING = r"'(?:[^'\\\n]|\\.)*+'|\"(?:[^\"\\\n]|\\.)*+\""
TOKENS = re.compile(rf"(?:None|True|False|-?\d++(?:\.\d++)?+(?:e[+-]?\d++)?+|{STRING}|[\[\](){{}},: ])*+")
KINDS = {"value": str, "strange": str, "large": str, "raised": str, "missing": str, "endless": int | float, "parts": list}


def cell(text: str) -> dict | None:
    """What one cell showed: its outputs, and its error or None."""
    said = _json(text)
    if not isinstance(said, dict) or set(said) != {"outputs", "error"} or not isinstance(said["outputs"], list):
        return None
    outputs = [_output(one) for one in said["outputs"]]
    error = said["error"] if said["error"] is None else _error(said["error"])
    wrong = None in outputs or len(outputs) > 2 or (error is None and said["error"] is not None)
    return None if wrong else {"outputs": outputs, "error": error}


def seen(text: str) -> dict | None:
    """What one call showed, by the names of smallmachines.observing; a value stays as Python writes it."""
    said = _json(text)
    if not isinstance(said, dict):
        return None
    kinds = [name for name in KINDS if name in said]
    known = {*kinds, "printed", *(("says",) if kinds == ["raised"] else ())}
    fine = len(kinds) == 1 and set(said) <= known and isinstance(said[kinds[0]], KINDS[kinds[0]])
    texts = [said.get(name, "") for name in ("printed", "says")] + list(said.get("parts", ()) if fine else ())
    if not fine or not all(isinstance(one, str) for one in texts) or ("raised" in said and "says" not in said):
        return None
    return said if "value" not in said or is_literal(said["value"]) else None


def is_literal(text: str) -> bool:
    """Whether this is a plain value just as Python writes it.

    >>> is_literal("[1, ('a', 2.5), {True: None}]"), is_literal("{1, 2}"), is_literal("1+1"), is_literal("[1,2]")
    (True, False, False, False)
    """
    if len(text) > LONGEST_VALUE or not TOKENS.fullmatch(text) or not _shallow(text):
        return False
    try:
        value = ast.literal_eval(text)
        return repr(plain(value)) == text
    except (ValueError, TypeError, SyntaxError, OverflowError, MemoryError, RecursionError):
        return False


def _shallow(text: str) -> bool:
    """Whether no bracket stands deeper than a plain value goes, and there are no more things in it."""
    marks = re.sub(STRING, "", text)
    depth = 0
    for mark in re.findall(r"[\[({\])}]", marks):
        depth += 1 if mark in "[({" else -1
        if depth > DEEPEST + 1:
            return False
    return marks.count(",") <= LARGEST


def _output(said: object) -> dict | None:
    """An output as Jupyter's format has it, of the two kinds that cells show here."""
    if not isinstance(said, dict):
        return None
    if said.get("output_type") == "stream" and isinstance(said.get("text"), str):
        return {"output_type": "stream", "name": "stdout", "text": said["text"]}
    data = said.get("data")
    if said.get("output_type") != "execute_result" or not isinstance(data, dict) or not isinstance(data.get("text/plain", ""), str):
        return None
    return {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": None}


def _error(said: object) -> dict | None:
    if not isinstance(said, dict) or set(said) != {"name", "text", "sentences"} or not isinstance(said["sentences"], list):
        return None
    texts = (said["name"], said["text"], *said["sentences"])
    return said if all(isinstance(one, str) for one in texts) and len(texts) <= 6 else None


def _json(text: str) -> object:
    """What the text says in JSON; None when it says nothing, too much, or something endless."""
    if len(text) > LONGEST:
        return None
    try:
        return json.loads(text, parse_constant=_refused)
    except (ValueError, RecursionError, MemoryError):
        return None


def _refused(name: str) -> None:
    raise ValueError(name)

"""Runs pupils' cells in the browser, inside a frame that can reach nothing (web/grading/inside.js).

In:  cells with calls, as JSON.   Out: for each, what was seen, as JSON in ASCII, in the grammar of reported.py.
Left out on purpose: expected values, and every protection against a pupil's code that meddles with what stands here.
It can only spoil its own report, which the page reads by a closed grammar and compares for itself.
"""

import json
import random
import sys
import time

import runner

import smallmachines
from smallmachines import checking, data, observing

NAMES = {"__name__": "__main__"}
BROWSER = ("js", "pyodide", "pyodide_js", "_pyodide", "_pyodide_core")
"""What leads from Python to the browser. The command's Python has none of it, and the frame's policy lets nothing out anyway."""


def begin(files):
    """Lay the tables out, and shake the dice the same way each time, so that marking twice gives the same marks."""
    time.sleep = _no_waiting
    sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__name__ != "JsFinder"]
    sys.modules.update(dict.fromkeys(BROWSER))
    smallmachines.language("ja")
    random.seed(1)
    data.held.update(json.loads(files))


def _no_waiting(seconds):
    """What stands in for time.sleep: nobody is there to wait for."""


def cell(asked):
    """Run one cell, look at what is to be looked at, and say what was seen."""
    one = json.loads(asked)
    error = None
    try:
        _, error = runner.run_cell(one["id"], one["source"], NAMES)
    except BaseException as problem:  # an error that is no Exception
        error = runner.as_error(problem)
    return json.dumps({"said": json.dumps({"outputs": [], "error": error}), "seen": [_look(call) for call in one.get("calls", ())]})


def _look(call):
    try:
        return json.dumps(runner.as_text(checking.look(call, NAMES)))
    except BaseException as problem:
        return json.dumps(observing.raised(problem))

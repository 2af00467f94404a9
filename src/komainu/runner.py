"""Runs the cells of a notebook, one after the other, in this interpreter, and reports each as it ends.

In:  a job in JSON (a list of cells: id, source, perhaps calls to look at afterwards).   Out: a line of JSON a cell.
A value that was looked at goes out as Python writes it, for JSON has no tuples and only texts as keys.
Standard library and smallmachines only: the same file runs in a child process and in the browser's Python.
Left out on purpose: what ought to come out (running), and every protection; it runs exercises that authors wrote.
"""

import ast
import contextlib
import json
import linecache
import os
import sys
import time

LARGEST = 200_000


def run(cells, emit, names=None):
    """Run the cells in one namespace; `emit` gets a dict for each: id, seconds, outputs, error, observed."""
    names = {"__name__": "__main__"} if names is None else names
    for cell in cells:
        start = time.process_time()
        outputs, error = run_cell(cell["id"], cell["source"], names)
        seconds = time.process_time() - start
        observed = observe_all(cell.get("calls", ()), names)
        emit({"id": cell["id"], "seconds": round(seconds, 4), "outputs": outputs, "error": error, "observed": observed})


def run_cell(ident, source, names):
    """What one cell shows, as Jupyter's outputs, and its error or None."""
    from smallmachines.observing import Screen

    file = f"<cell {ident}>"
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    screen, shown, error = Screen(LARGEST), [], None
    try:
        with contextlib.redirect_stdout(screen):
            shown = show(execute(source, file, names))
    except (Exception, KeyboardInterrupt, SystemExit) as problem:
        error = as_error(problem)
    printed = screen.getvalue()
    streams = [{"output_type": "stream", "name": "stdout", "text": printed}] if printed else []
    return streams + shown, error


def execute(source, file, names):
    """The value of the cell's last line if that is an expression, else None."""
    tree = ast.parse(source, file)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, file, "exec"), names)  # noqa: S102  running exercises is what this is for
    return None if last is None else eval(compile(ast.Expression(last.value), file, "eval"), names)  # noqa: S307


def show(thing):
    """A thing as a notebook shows it: its own forms, or its repr; nothing for None."""
    if thing is None:
        return []
    has_own = hasattr(thing, "_repr_mimebundle_") and not isinstance(thing, type)
    forms = thing._repr_mimebundle_() if has_own else {"text/plain": repr(thing)[:LARGEST]}
    return [{"output_type": "execute_result", "data": forms, "metadata": {}, "execution_count": None}]


def as_error(problem):
    """An error as data: its type, the kind sentences, and whether they are more than Python's own."""
    from smallmachines.kind import sentences, words_of

    return {"name": type(problem).__name__, "text": words_of(problem)[:500], "sentences": sentences(problem)}


def observe_all(calls, names):
    """What each of these checks sees: expressions, or functions whose writing is looked at."""
    if not calls:
        return []
    from smallmachines.checking import look

    return [as_text(look(call, names)) for call in calls]


def as_text(seen):
    """What was seen, its value as Python writes it."""
    return seen | ({"value": repr(seen["value"])} if "value" in seen else {})


def main(src):
    """Read a job from standard input and write a line for each cell to standard output."""
    sys.path.insert(0, src)
    channel = os.fdopen(os.dup(1), "w", encoding="ascii", newline="\n")
    os.dup2(2, 1)  # what a cell writes outside its own screen must not be taken for a report

    def emit(result):
        channel.write(json.dumps(result) + "\n")
        channel.flush()

    run(json.load(sys.stdin)["cells"], emit)


if __name__ == "__main__":
    sys.stdin.reconfigure(encoding="utf-8")
    main(sys.argv[1])

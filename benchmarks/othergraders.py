"""The graders that benchmarks/grading.py compares with: one exercise as an assignment of nbgrader and of otter-grader.

In:  an exercise, notebooks that were handed in, a folder.   Out: Graders, each with the command that marks those notebooks.
The checks are the exercise's own, visible and hidden, as asserts; points are the same, so that marks can be compared.
Each is installed by pip in an environment of its own, in the versions below.
Left out on purpose: measuring (grading).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from komainu.exercise import Check, Exercise, Question
from komainu.running import hidden_calls
from komainu.sandbox import tables

SRC = Path(__file__).resolve().parent.parent / "src"
NBGRADER = ("nbgrader==0.9.6",)
OTTER = ("otter-grader[grading]==7.0.0",)
ONE_BY_ONE = """
import sys
from otter.api import grade_submission
for name in sys.argv[2:]:
    result = grade_submission(name, sys.argv[1], quiet=True)
    print(name, result.total)
"""
MARKS = """
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as book:
    for one in book.assignment_submissions("ex"):
        print(one.student.id, one.score)
"""
BARE = """
import sys, nbformat
from nbclient import NotebookClient
for name in sys.argv[1:]:
    NotebookClient(nbformat.read(name, 4), kernel_name="python3", allow_errors=True, timeout=60).execute()
"""


@dataclass(frozen=True)
class Grader:
    """A way of marking the notebooks."""

    name: str
    commands: list[list[str]]
    """Run one after the other; together they mark everything once."""
    folder: Path
    marks: Callable[[str], dict[str, float]]
    """The marks by pupil, from what the last command printed; empty for a grader that gives none."""


def environment(python: Path | None = None) -> dict[str, str]:
    """What a command sees: the small machines can be imported, and the programs beside its Python are found."""
    path = f"{python.parent}{os.pathsep}{os.environ['PATH']}" if python else os.environ["PATH"]
    return os.environ | {"PYTHONPATH": str(SRC), "PATH": path, "PYTHONWARNINGS": "ignore"}


def installed(folder: Path, name: str, wanted: tuple[str, ...]) -> Path:
    """The Python of an environment with these packages."""
    python = folder / name / "bin" / "python"
    if not python.exists():
        venv.create(folder / name, with_pip=True)
        run([str(python), "-m", "pip", "install", "--quiet", *wanted], folder)
    return python


def run(command: list[str], folder: Path, python: Path | None = None) -> str:
    """What a command prints; its own words when it fails."""
    done = subprocess.run(command, cwd=folder, env=environment(python), capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr[-3000:]}")
    return done.stdout


# --- checks as asserts ---------------------------------------------------------------------------

def asserts(exercise: Exercise, lang: str, seed: str, right: dict) -> dict[str, list[tuple[str, int, bool]]]:
    """By question: an assert for each check, its points, and whether it is hidden; `right` is what the solution showed."""
    return {question.id: list(_asserts(question, lang, seed, right[question.id][0])) for question in exercise.questions}


def _asserts(question: Question, lang: str, seed: str, right: list[dict]) -> Iterator[tuple[str, int, bool]]:
    for check in question.visible:
        yield _assert(check, check.call[lang], None), check.points, False
    calls, at = hidden_calls(question, lang, seed), 0
    for number, check in enumerate(question.hidden):
        count = len(check.drawn(lang, f"{seed} {question.id} {number}"))
        pairs = zip(calls[at : at + count], right[at : at + count], strict=True)
        yield "\n".join(_assert(check, call["call"], seen.get("value")) for call, seen in pairs), check.points, True
        at += count


def _assert(check: Check, call: str, value: object) -> str:
    expect = check.expect
    if "between" in expect:
        low, high = expect["between"]
        return f"assert {low} <= ({call}) <= {high}"
    if "approx" in expect:
        return f"assert abs(({call}) - {expect['approx']}) <= {expect['within']}"
    if "equals" in expect:
        return f"assert ({call}) == {expect['equals']!r}"
    if "like" in expect:
        return f"assert abs(({call}) - {value!r}) < 1e-6"
    sys.exit(f"{call}: no assert for {expect}")


# --- notebooks -----------------------------------------------------------------------------------

def _cell(source: str, kind: str = "code", **about: object) -> dict:
    made = {"cell_type": kind, "metadata": about, "source": source}
    return made | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def _notebook(cells: list[dict]) -> str:
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return json.dumps({"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 4})


def _sources(notebook: dict) -> Iterator[tuple[str, str, str, dict]]:
    """Its cells as id, kind, source and our metadata, behind one that holds the exercise's tables, so that no files are needed."""
    held = tables(SRC.parent / "notebooks" / notebook["metadata"]["komainu"]["exercise"])
    yield "tables", "code", f"import json\nfrom smallmachines import data\ndata.held.update(json.loads({held!r}))", {}
    for cell in notebook["cells"]:
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        yield cell["id"], cell["cell_type"], source, cell["metadata"].get("komainu", {})


def nbgrader(tests: dict, notebooks: dict[str, dict], folder: Path, python: Path) -> Grader:
    """A course of nbgrader in which everything is handed in."""
    def grading(ident: str, points: int = 0, *, solution: bool = False) -> dict:
        about = {"schema_version": 3, "grade_id": ident, "grade": not solution, "solution": solution, "locked": not solution, "task": False}
        return {"nbgrader": about | ({} if solution else {"points": points})}

    def checks(question: str, *, hidden: bool) -> Iterator[dict]:
        for number, (text, points, secret) in enumerate(tests[question]):
            if secret == hidden:
                inside = f"### BEGIN HIDDEN TESTS\n{text}\n### END HIDDEN TESTS" if hidden else text
                yield _cell(inside, **grading(f"test-{question}-{number}", points))

    def cells(notebook: dict) -> Iterator[dict]:
        for ident, kind, source, about in _sources(notebook):
            if about.get("check"):
                yield from checks(about["check"], hidden=False)
            elif about.get("fill") == "code":
                yield _cell(f"### BEGIN SOLUTION\n{source}\n### END SOLUTION", **grading(ident, solution=True))
            else:
                yield _cell(source, kind)
        for question in tests:  # at the end, as ours are run
            yield from checks(question, hidden=True)

    (folder / "source/ex").mkdir(parents=True)
    (folder / "source/ex/ex.ipynb").write_text(_notebook(list(cells(next(iter(notebooks.values()))))), "utf-8")
    (folder / "nbgrader_config.py").write_text(f"c = get_config()\nc.CourseDirectory.root = {str(folder)!r}\n", "utf-8")
    program = str(python.parent / "nbgrader")
    run([program, "generate_assignment", "ex"], folder, python)
    released = json.loads((folder / "release/ex/ex.ipynb").read_text("utf-8"))
    for name, notebook in notebooks.items():
        own, answers = deepcopy(released), {ident: source for ident, _, source, _ in _sources(notebook)}
        for cell in own["cells"]:
            about = cell["metadata"].get("nbgrader", {})
            cell["source"] = answers[about["grade_id"]] if about.get("solution") else cell["source"]
        (folder / f"submitted/{name}/ex").mkdir(parents=True)
        (folder / f"submitted/{name}/ex/ex.ipynb").write_text(json.dumps(own), "utf-8")

    def marks(_: str) -> dict[str, float]:
        lines = run([str(python), "-c", MARKS], folder, python).splitlines()
        return {name: float(score) for name, score in map(str.split, lines)}

    return Grader("nbgrader autograde", [[program, "autograde", "ex"]], folder, marks)


def otter(tests: dict, notebooks: dict[str, dict], folder: Path, python: Path) -> list[Grader]:
    """The same for otter-grader: its command, once for each notebook, and its function, in one process."""
    def cells(notebook: dict) -> Iterator[dict]:
        yield _cell("# ASSIGNMENT CONFIG\ninit_cell: false\nexport_cell: false\ncheck_all_cell: false\n", "raw")
        yield from (one for cell in _sources(notebook) for one in question(*cell))

    def question(ident: str, kind: str, source: str, about: dict) -> Iterator[dict]:
        if about.get("fill") == "code":
            name = ident.replace("-", "_")
            points = "\n".join(f"  - {points}" for _, points, _ in tests[ident])
            yield _cell(f"# BEGIN QUESTION\nname: {name}\npoints:\n{points}", "raw")
            yield _cell("# BEGIN SOLUTION", "raw")
            yield _cell(f"# cell {ident}\n# BEGIN SOLUTION NO PROMPT\n{source}\n# END SOLUTION\n", "code")
            yield _cell("# END SOLUTION", "raw")
            yield _cell("# BEGIN TESTS", "raw")
            for text, _, hidden in tests[ident]:
                yield _cell(f"# HIDDEN\n{text}" if hidden else text)
            yield _cell("# END TESTS", "raw")
            yield _cell("# END QUESTION", "raw")
        elif not about.get("check"):
            yield _cell(source, kind)

    (folder / "master.ipynb").write_text(_notebook(list(cells(next(iter(notebooks.values()))))), "utf-8")
    program = str(python.parent / "otter")
    run([program, "assign", "master.ipynb", "dist", "--no-run-tests"], folder, python)
    archive = next((folder / "dist/autograder").glob("*.zip"))
    handed_out = json.loads((folder / "dist/student/master.ipynb").read_text("utf-8"))
    for name, notebook in notebooks.items():
        own, answers = deepcopy(handed_out), {ident: source for ident, _, source, _ in _sources(notebook)}
        for cell in own["cells"]:
            first = "".join(cell["source"]).split("\n")[0]
            cell["source"] = answers[first.removeprefix("# cell ")] if first.startswith("# cell ") else cell["source"]
        (folder / f"{name}.ipynb").write_text(json.dumps(own), "utf-8")

    def printed(text: str) -> dict[str, float]:
        lines = [line.split() for line in text.splitlines() if ".ipynb " in line]
        return {line[0].removesuffix(".ipynb"): float(line[1]) for line in lines}

    files = [f"{name}.ipynb" for name in notebooks]
    (folder / "out").mkdir()
    each = [[program, "run", "-a", str(archive), "-o", "out", file] for file in files]
    together = [[str(python), "-c", ONE_BY_ONE, str(archive), *files]]
    return [Grader("otter run", each, folder, lambda _: {}), Grader("otter.api", together, folder, printed)]


def bare(notebooks: dict[str, dict], folder: Path, python: Path) -> Grader:
    """Nothing but running the notebooks in kernels, with no marks: what any grader on kernels takes at least."""
    for name, notebook in notebooks.items():
        cells = [_cell(source, kind) for _, kind, source, _ in _sources(notebook)]
        (folder / f"{name}.ipynb").write_text(_notebook(cells), "utf-8")
    return Grader("bare nbclient", [[str(python), "-c", BARE, *(f"{name}.ipynb" for name in notebooks)]], folder, lambda _: {})

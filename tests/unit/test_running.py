"""How exercises are executed: a fresh Python for each notebook, which may loop, flood or end without harm."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from komainu import running
from komainu.exercise import Check, Exercise, Question, read_exercise
from komainu.problem import Report
from komainu.runner import LARGEST
from komainu.running import Run, as_dict, hidden_calls, hidden_met, in_child, job, times, timetable
from world import world


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    """The small world, with a table beside its exercise."""
    table = {
        "notebooks/pets/data/pets.csv": "name,kind\nポチ,犬\n",
        "notebooks/pets/data/pets.csv.licence.yml": "x: y\n",
    }
    return world(tmp_path_factory.mktemp("running"), table)


@pytest.fixture(scope="module")
def exercise(root) -> Exercise:
    """The exercise of the small world."""
    return read_exercise(root, "pets", Report())


@pytest.fixture
def ran(root, exercise):
    """Runs cells, `ran("x = 1", "x")`, and returns their results and why they stopped."""

    def of(*sources: str, **options):
        cells = [{"id": f"cell-{number}", "source": source} for number, source in enumerate(sources)]
        return in_child(root, **options)(exercise, cells)

    return of


def texts(result: dict) -> list[str]:
    """What a cell showed, as text."""
    return [output.get("text") or output["data"]["text/plain"] for output in result["outputs"]]


# --- a cell --------------------------------------------------------------------------------------


def test_cells_share_their_names_and_show_their_last_line(ran):
    """As in a notebook: what is printed, then the value of the last line; None shows nothing."""
    results, why = ran(
        "x = 2\nprint(x)\nx + 1", "x = x + 1; None", "x", "", "def f():\n    return 1", "if True:\n    x"
    )
    assert [texts(result) for result in results] == [["2\n", "3"], [], ["3"], [], [], []]
    assert why == ""


def test_an_error_keeps_what_was_shown_before_and_the_next_cell_runs(ran):
    """A notebook goes on after an error, so that a pupil can see what works."""
    (failed, after), why = ran("print('before')\n1 / 0\nprint('after')", "2")
    assert texts(failed) == ["before\n"]
    assert failed["error"]["name"] == "ZeroDivisionError"
    assert failed["error"]["text"] == "division by zero"
    assert len(failed["error"]["sentences"]) == 2
    assert failed["error"]["sentences"][1].endswith("1 / 0")
    assert (texts(after), why) == (["2"], "")


@pytest.mark.parametrize(
    ("source", "name"),
    [("def f(:\n    1", "SyntaxError"), ("  x = 1", "IndentationError"), ("raise SystemExit(3)", "SystemExit"), ("exit()", "SystemExit")],
)  # fmt: skip
def test_what_is_no_python_or_wants_to_leave_is_an_error(ran, source, name):
    """Neither a slip nor a call of exit ends the run."""
    (failed, after), why = ran(source, "2")
    assert (failed["error"]["name"], texts(after), why) == (name, ["2"], "")


def test_a_thing_shows_its_own_forms_and_its_class_does_not(ran):
    """The last line may be a card; naming the class Shown alone is no card and no error."""
    card, kind = ran("from smallmachines.cards import Shown, card\ncard('題')", "Shown")[0]
    assert set(card["outputs"][0]["data"]) == {"text/html", "text/plain"}
    assert (kind["error"], list(kind["outputs"][0]["data"])) == (None, ["text/plain"])


def test_tables_are_found_beside_the_notebook(ran):
    """A cell runs in the exercise's own folder."""
    assert texts(ran("from smallmachines.data import rows\nrows('pets.csv')[0]['name']")[0][0]) == ["'ポチ'"]


def test_the_environment_of_a_run_can_be_chosen(ran):
    """Whether outputs depend on the order of sets can be tried; the caller's PYTHONPATH is not taken over."""
    source = "import os\n[os.environ.get(n) for n in ('PYTHONHASHSEED', 'PYTHONPATH')]"
    assert texts(ran(source, more_env={"PYTHONHASHSEED": "77", "PYTHONPATH": "/nowhere"})[0][0]) == [
        "['77', None]"
    ]


def test_asking_for_input_is_an_error_at_once(ran):
    """Nobody sits before a child process, and what stands in its input is not for the cells."""
    (failed, _), why = ran("input()", "2")
    assert (failed["error"]["name"], why) == ("EOFError", "")


# --- a run that goes wrong -----------------------------------------------------------------------


def test_a_flood_is_cut(ran):
    """A hundred million signs on the screen neither fill the memory nor the report."""
    printed, shown = ran("for _ in range(100):\n    print('x' * 1_000_000)", "'y' * 5_000_000")[0]
    assert [len(text) for text in texts(printed) + texts(shown)] == [LARGEST, LARGEST]


def test_a_loop_is_stopped_and_what_ended_before_it_is_kept(ran):
    """After the limit the run ends, with the results so far."""
    results, why = ran("1", "while True: pass", "2", limit_s=3)
    assert ([result["id"] for result in results], why) == (["cell-0"], "3 s")


def test_a_notebook_that_loops_is_named_with_its_cell(root, exercise):
    """The author reads which cell of which notebook did not end."""
    cells = tuple(
        replace(c, teacher="while True:\n    pass", pupil="0") if c.id == "train" else c
        for c in exercise.cells["ja"]
    )
    report = Report()
    running.examine([replace(exercise, cells={"ja": cells})], in_child(root, limit_s=4), report)
    stopped = [p for p in report if p.rule == "run-stopped"]
    line = next(cell.line for cell in cells if cell.id == "train")
    assert [(p.path, p.line, dict(p.values)) for p in stopped] == [
        ("notebooks/pets/ja.py", line, {"reader": "teacher", "cell": "train", "why": "4 s"})
    ]


def test_a_child_that_exits_says_how(ran):
    """The number with which it ended, and what it said last."""
    results, why = ran(
        "1", "import os, sys\nprint('x' * 1000 + 'the end', file=sys.stderr, flush=True)\nos._exit(7)", "2"
    )
    assert [result["id"] for result in results] == ["cell-0"]
    assert why.startswith("exit 7: xxx")
    assert why.endswith("the end")
    assert len(why) < 400


def test_a_child_that_exits_as_if_all_were_well_is_noticed(ran):
    """Ending without an error before the last cell is no end."""
    assert ran("import os\nos._exit(0)", "2") == ([], "exit 0")


def test_an_error_that_is_no_exception_ends_the_run_with_its_name(ran):
    """What not even a notebook would survive is told to the author."""
    results, why = ran("class Deep(BaseException): pass", "raise Deep", "2")
    assert [result["id"] for result in results] == ["cell-0"]
    assert why.startswith("exit 1: ")
    assert "Deep" in why


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals to be killed by")
def test_a_child_that_is_killed_is_noticed(ran):
    """As when the memory runs out."""
    assert ran("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")[1].startswith("exit -9")


def test_what_is_written_past_the_screen_is_no_report(ran):
    """A cell cannot report for another cell, and a line cut in two breaks nothing."""
    source = "import os, sys\nos.write(1, b'{\"id\": \"cell-1\"}\\n')\nos.write(1, b'{')\nprint('x', file=sys.__stdout__)\n1"
    results, why = ran(source, "2")
    assert ([texts(result) for result in results], why) == ([["1"], ["2"]], "")


def test_a_report_that_was_cut_off_is_left_out(ran):
    """A child that ends in the middle of a line leaves what it had reported before."""
    source = 'import os\nfor place in range(3, 20):\n    try:\n        os.write(place, b\'{"id": "cut"}\')\n    except OSError:\n        pass\nos._exit(9)'
    results, why = ran("1", source)
    assert ([result["id"] for result in results], why) == (["cell-0"], "exit 9")


def test_signs_of_every_kind_come_through(ran):
    """Line separators, half signs, NUL and emoji in a text are just text."""
    source = "'\\u2028\\u2029\\x85\\x0b\\x0c\\x00犬🐕' + chr(0xd800)"
    result = ran(f"print({source})")[0][0]
    assert texts(result) == ["\u2028\u2029\x85\x0b\x0c\x00犬🐕\ud800\n"]


# --- what is run ---------------------------------------------------------------------------------


def test_a_job_is_the_notebook_then_the_hidden_checks_then_the_mistakes(exercise):
    """Mistakes come last and one after the other, each followed by its check; then the solution is back."""
    ids = [cell["id"] for cell in job(exercise, "ja", "teacher")]
    own = [cell.id for cell in exercise.cells["ja"] if cell.kind == "code"]
    assert ids == [
        *own, "hidden share", "mistake share 1", "checked share 1", "mistake share 2", "checked share 2", "restored share",
    ]  # fmt: skip
    assert [cell["id"] for cell in job(exercise, "ja", "pupil")] == [*own, "hidden share"]


def test_hidden_checks_never_stand_in_a_cell(exercise):
    """They are looked at from outside, so no program in the notebook meets them."""
    for cell in job(exercise, "ja", "teacher"):
        assert not (cell["source"] and "hidden" in cell["source"])
        assert ("calls" in cell) == cell["id"].startswith(("hidden", "checked"))


def test_examine_runs_every_language_for_both_readers(exercise):
    """Whatever executes the cells; Japanese first, the teacher before the pupil."""
    asked = []

    def execute(exercise, cells):
        asked.append(len(cells))
        return [], "not today"

    report = Report()
    runs = running.examine([exercise], execute, report, workers=1)
    assert [(run.lang, run.reader, run.stopped, run.at) for run in runs] == [
        (lang, reader, "not today", "start") for lang in ("ja", "en") for reader in ("teacher", "pupil")
    ]
    assert {p.rule for p in report} == {"run-stopped"}
    assert len(list(report)) == 4


def test_no_exercises_are_no_mistake(root):
    """An empty list gives no runs and no problems."""
    report = Report()
    assert running.examine([], in_child(root), report) == []
    assert list(report) == []


# --- hidden checks -------------------------------------------------------------------------------


def hidden(expect: dict, **more) -> Question:
    """A question with one hidden check."""
    call = more.pop("call", {"ja": "f()", "en": "f()"})
    check = Check(
        call,
        more.pop("source", ""),
        expect,
        True,
        more.pop("draw", {}),
        more.pop("times", 1),
        1,
        {"ja": "", "en": ""},
        (),
        "checks.yml",
        1,
    )
    return Question("q", "s", {}, (check,), (), 1)


@pytest.mark.parametrize(
    ("expect", "right", "seen", "met"),
    [
        ({"like": "solution"}, {"value": 0.5}, {"value": 0.5000001}, True),
        ({"like": "solution"}, {"value": 0.5}, {"value": 0.50001}, False),
        ({"like": "solution", "within": 0.01}, {"value": 0.5}, {"value": 0.505}, True),
        ({"like": "solution"}, {"value": 1}, {"value": 1.0}, True),
        ({"like": "solution"}, {"value": 1}, {"value": True}, False),
        ({"like": "solution"}, {"value": True}, {"value": 1}, False),
        ({"like": "solution"}, {"value": "a"}, {"value": "a"}, True),
        ({"like": "solution"}, {"value": [1, "a"]}, {"value": [1, "a"]}, True),
        ({"like": "solution"}, {"value": {1: 2}}, {"value": {"1": 2}}, False),
        ({"like": "solution"}, {"value": None}, {"value": None}, True),
        ({"like": "solution"}, {"value": None}, {"strange": "set"}, False),
        ({"like": "solution"}, {"raised": "ValueError", "says": ""}, {"raised": "ValueError", "says": "x"}, True),
        ({"like": "solution"}, {"raised": "ValueError", "says": ""}, {"value": None}, False),
        ({"like": "solution"}, {"strange": "set"}, {"value": None}, False),
        ({"like": "solution"}, {"strange": "set"}, {"strange": "set"}, False),
        ({"like": "solution"}, {"endless": 3}, {"value": None}, False),
        ({"like": "solution"}, {"missing": "f"}, {"value": None}, False),
        ({"equals": 1}, {"value": 2}, {"value": 1}, True),
        ({"type": "tuple"}, {"value": (1,)}, {"value": (2,)}, True),
        ({"type": "tuple"}, {"value": (1,)}, {"value": [2]}, False),
    ],
)  # fmt: skip
def test_a_hidden_check_is_met(expect, right, seen, met):
    """As the reference solution does it, or as the check says; a solution without a plain value is no measure for anyone."""
    assert hidden_met(hidden(expect), "ja", [seen], [right]) == [met]


def test_every_drawn_call_must_be_met():
    """One wrong answer among several inputs and the check is not met."""
    question = hidden(
        {"like": "solution"}, call={"ja": "f({n})", "en": "f({n})"}, draw={"n": {"from": 1, "to": 9}}, times=3
    )
    right = [{"value": 1}, {"value": 2}, {"value": 3}]
    assert len(hidden_calls(question, "ja")) == 3
    assert hidden_met(question, "ja", right, right) == [True]
    assert hidden_met(question, "ja", [*right[:2], {"value": 4}], right) == [False]


def test_each_check_looks_at_its_own_calls():
    """With several checks none takes an answer of another."""
    one, other = hidden({"equals": 1}), hidden({"has": ["Return"]}, call={}, source="f")
    question = Question("q", "s", {}, one.checks + other.checks, (), 1)
    assert hidden_calls(question, "ja") == [{"call": "f()"}, {"source": "f"}]
    seen = [{"value": 2}, {"parts": ["Return"]}]
    assert hidden_met(question, "ja", seen, seen) == [False, True]


def test_values_are_read_back_as_they_were(root, exercise):
    """A pair is a pair and a number as key a number, though reports travel as JSON."""
    calls = [
        {"call": call}
        for call in (
            "(1, [2.5, None])",
            "{1: (2,), (3, 4): 'a'}",
            "True",
            "'\\ud800\\n'",
            "{1}",
            "1 / 0",
            "g",
        )
    ]
    results, _ = in_child(root)(exercise, [{"id": "hidden q", "source": "", "calls": calls}])
    assert Run(exercise, "ja", "teacher", results).saw("hidden q") == [
        {"value": (1, [2.5, None])}, {"value": {1: (2,), (3, 4): "a"}}, {"value": True}, {"value": "\ud800\n"},
        {"strange": "set"}, {"raised": "ZeroDivisionError", "says": "0 で割ろうとしています。割る数がなぜ 0 になったかを見ましょう。"},
        {"missing": "g"},
    ]  # fmt: skip
    assert Run(exercise, "ja", "teacher", results).saw("hidden other") == []


# --- time ----------------------------------------------------------------------------------------


def timed(exercise: Exercise, **seconds: float) -> Run:
    """A run whose cells took these seconds; underscores in names stand for hyphens."""
    cells = [{"id": name.replace("_", "-"), "seconds": taken} for name, taken in seconds.items()]
    return Run(exercise, "ja", "teacher", cells)


def test_time_counts_the_notebooks_own_cells(exercise):
    """Hidden checks and mistakes cost no pupil's time."""
    run = timed(exercise, start=0.5, train=1.25, hidden_share=9.0)
    assert times(run) == (1.75, 1.25, "train")


def test_the_timetable_says_whose_notebook_and_which_cell_is_slowest(exercise):
    """One line for people, and below it the milliseconds of every cell that took one."""
    run = timed(exercise, start=0.5, train=1.25, compare_guess=0.0004)
    assert timetable(run) == "pets ja teacher: 1.75 s, train 1.25 s\n  ms: start:500 train:1250"
    assert timetable(Run(exercise, "en", "pupil")) == "pets en pupil: 0.00 s, — 0.00 s\n  ms: 0"


def test_a_run_as_data(exercise):
    """What a program gets has the same numbers."""
    assert as_dict(timed(exercise, start=0.5, hidden_share=9.0)) == {
        "exercise": "pets", "lang": "ja", "reader": "teacher", "stopped": "", "cpu_seconds": {"start": 0.5},
    }  # fmt: skip

"""An exercise's notebooks: valid, the same every time, and nothing in them that a pupil should not have."""

import ast
import json
import random
from functools import cache
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from komainu.exercise import (
    Check,
    Exercise,
    Question,
    as_tried,
    check_source,
    notebook,
    notebook_bytes,
    read_exercise,
)
from komainu.new import new_exercise
from komainu.problem import LANGUAGES, Report, Unable
from komainu.running import hidden_calls
from world import world

ROOT = Path(__file__).resolve().parents[2]
STAGES = ("es-upper", "jhs", "hs")
REAL = sorted(file.parent.name for file in ROOT.glob("notebooks/*/exercise.yml"))
EXERCISES = [*(f"skeleton-{stage}" for stage in STAGES), *REAL]
every_exercise = pytest.mark.parametrize("ident", EXERCISES)


@pytest.fixture(scope="module")
def skeletons(tmp_path_factory) -> Path:
    """The small world with the skeleton of an exercise for each stage."""
    root = world(tmp_path_factory.mktemp("skeletons"))
    for stage in STAGES:
        new_exercise(root, f"skeleton-{stage}", stage)
    return root


@pytest.fixture
def exercise(ident, skeletons) -> Exercise:
    """The exercise of this name, a real one or a skeleton."""
    found = _read(ROOT if ident in REAL else skeletons, ident)
    assert found, "its facts cannot be read; komainu check says why"
    return found


@cache
def _read(root: Path, ident: str) -> Exercise | None:
    return read_exercise(root, ident, Report())


def notebooks(exercise: Exercise) -> list[tuple[str, str, dict]]:
    """Every notebook of an exercise: language, reader, notebook."""
    return [
        (lang, reader, notebook(exercise, lang, reader))
        for lang in exercise.cells
        for reader in ("teacher", "pupil")
    ]


def source(cell: dict) -> str:
    return "".join(cell["source"])


def arguments(check_cell: str) -> tuple[str, str, list[dict]]:
    """What a check cell hands over, read back from its source: question, hint, checks."""
    call = ast.parse(check_cell).body[0].value
    assert call.func.id == "check"
    return tuple(ast.literal_eval(argument) for argument in call.args)


# --- form ----------------------------------------------------------------------------------------


@every_exercise
def test_notebooks_are_valid(exercise):
    """Any Jupyter opens them: they fit the format 4.5 to the letter."""
    for _, _, made in notebooks(exercise):
        nbformat.validate(nbformat.from_dict(made))
        assert (made["nbformat"], made["nbformat_minor"]) == (4, 5)


@every_exercise
def test_cells_keep_their_ids(exercise):
    """Teacher and pupil, Japanese and English share the ids of the source, each once, in its order."""
    for lang, _, made in notebooks(exercise):
        ids = [cell["id"] for cell in made["cells"]]
        assert ids == [cell.id for cell in exercise.cells[lang]]
        assert len(set(ids)) == len(ids)


@every_exercise
def test_same_sources_give_the_same_bytes(exercise, ident, skeletons):
    """A notebook made anew is no change, and a person can read what is in it."""
    again = read_exercise(ROOT if ident in REAL else skeletons, ident, Report())
    for lang in exercise.cells:
        for reader in ("teacher", "pupil"):
            data = notebook_bytes(exercise, lang, reader)
            assert data == notebook_bytes(again, lang, reader)
            assert json.loads(data) == notebook(exercise, lang, reader)
            assert data.endswith(b"}\n")
            assert b"\\u" not in data.replace(b"\\\\u", b"")
            assert b"\r" not in data


@every_exercise
def test_metadata_says_what_it_is(exercise):
    """From a notebook alone one can tell the exercise, its version, the language and the reader."""
    for lang, reader, made in notebooks(exercise):
        assert made["metadata"]["komainu"] == {
            "exercise": exercise.id, "format": 1, "language": lang, "reader": reader, "version": exercise.version,
        }  # fmt: skip
        assert made["metadata"]["title"] == exercise.title[lang]
        assert made["metadata"]["kernelspec"]["name"] == "python3"


@every_exercise
def test_only_what_pupils_may_change_can_be_changed(exercise):
    """Texts and checks are fixed; cells to be filled in are open and say by a tag what they are for."""
    tags = {"predict": ["predict"], "explain": ["own-words"], "code": ["fill"], "": []}
    for lang, _, made in notebooks(exercise):
        for cell, own in zip(made["cells"], exercise.cells[lang], strict=True):
            fixed = own.kind == "markdown" or bool(own.check)
            assert (cell["metadata"].get("editable", True), cell["metadata"].get("deletable", True)) == (
                not fixed,
                not fixed,
            )
            assert cell["metadata"].get("tags", []) == tags[own.fill]
            ours = {"step": own.step, "fill": own.fill, "check": own.check}
            assert cell["metadata"]["komainu"] == {name: value for name, value in ours.items() if value}


# --- what pupils get -----------------------------------------------------------------------------


@every_exercise
def test_pupils_get_no_output_and_no_mark_of_a_solution(exercise):
    """A notebook as handed out was never run, and shows nowhere that there is another form of it."""
    for _, _, made in notebooks(exercise):
        for cell in made["cells"]:
            assert "SOLUTION" not in source(cell)
            assert not any(line.lstrip().startswith("#>") for line in source(cell).split("\n"))
            if cell["cell_type"] == "code":
                assert (cell["outputs"], cell["execution_count"]) == ([], None)


@every_exercise
def test_pupils_get_the_same_but_for_what_they_fill_in(exercise):
    """Teacher and pupil differ in the cells to be filled in, in every one of them, and nowhere else."""
    for lang, cells in exercise.cells.items():
        both = zip(
            notebook(exercise, lang, "teacher")["cells"], notebook(exercise, lang)["cells"], strict=True
        )
        differing = [own["id"] for own, given in both if own != given]
        assert differing == [cell.id for cell in cells if cell.fill]


@every_exercise
def test_hidden_checks_reach_no_notebook(exercise):
    """A check cell holds the visible checks of its question and nothing else, for pupils and teachers."""
    for lang, _, made in notebooks(exercise):
        for cell in made["cells"]:
            question = exercise.question(cell["metadata"]["komainu"].get("check", ""))
            if question:
                assert arguments(source(cell)) == (
                    question.id, question.hint[lang], [as_tried(check, lang) for check in question.visible],
                )  # fmt: skip


def test_no_word_of_a_hidden_check_is_in_the_file(skeletons):
    """Who opens the pupil's notebook as a text finds nothing to copy."""
    exercise = _read(skeletons, "skeleton-jhs")
    for lang in LANGUAGES:
        data = (skeletons / exercise.folder / f"{lang}.ipynb").read_text("utf-8")
        for check in exercise.questions[0].hidden:
            assert check.say[lang] not in data
            assert check.call[lang] not in data
        assert "hidden" not in data
        assert exercise.questions[0].mistakes[0].code[lang] not in data


# --- checks as written in a notebook -------------------------------------------------------------


def make_check(**changes) -> Check:
    """A check, with some of its parts changed."""
    parts = {
        "call": {"ja": "f(1)", "en": "f(1)"}, "source": "", "expect": {"equals": 1}, "hidden": False, "draw": {},
        "times": 1, "points": 1, "say": {"ja": "一", "en": "one"}, "known": (), "path": "checks.yml", "line": 1,
    }  # fmt: skip
    return Check(**(parts | changes))


def written(check: Check, hint: str = "h") -> tuple[str, str, list[dict]]:
    """What the check cell of this check hands over."""
    question = Question("q", "s", {"ja": hint, "en": hint}, (check, make_check(hidden=True)), (), 1)
    return arguments(check_source(question, "ja"))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(VALUES, st.text(), st.text())
def test_a_check_cell_says_exactly_what_the_check_is(value, say, hint):
    """Quotation marks, backslashes and line ends in texts and values come back as they were."""
    check = make_check(
        expect={"equals": value}, say={"ja": say, "en": ""}, known=({"value": value, "ja": hint, "en": ""},)
    )
    wanted = {"call": "f(1)", "equals": value, "say": say, "if": [{"value": value, "say": hint}]}
    assert written(check, hint) == ("q", hint, [wanted])
    assert as_tried(check, "ja") == wanted


def test_a_rule_on_writing_names_the_function():
    """A check without a call looks at how a function is written."""
    check = make_check(call={}, source="f", expect={"has": ["Return"], "lacks": ["call:print"]})
    assert written(check)[2] == [{"source": "f", "has": ["Return"], "lacks": ["call:print"], "say": "一"}]


def test_each_language_gets_its_own_call():
    """A call may name what is called otherwise in the other language."""
    check = make_check(call={"ja": "f('犬')", "en": "f('dog')"})
    assert [as_tried(check, lang)["call"] for lang in LANGUAGES] == ["f('犬')", "f('dog')"]


# --- drawn inputs --------------------------------------------------------------------------------

SPANS = st.tuples(st.integers(-50, 50), st.integers(0, 100), st.integers(1, 12)).map(
    lambda t: {"from": t[0], "to": t[0] + t[1], "step": t[2]}
)


@given(SPANS, st.text(max_size=5), st.integers(1, 9))
def test_drawn_numbers_stay_in_their_span(span, seed, times):
    """From `from` to `to`, both of them possible, in whole steps; never outside."""
    check = make_check(call=dict.fromkeys(LANGUAGES, "f({n})"), draw={"n": span}, times=times, hidden=True)
    calls = check.drawn("ja", seed)
    assert len(calls) == times
    assert set(calls) <= {f"f({n})" for n in range(span["from"], span["to"] + 1, span["step"])}


def test_both_ends_of_a_span_are_drawn():
    """Nothing that an author wrote is left out by chance for ever."""
    check = make_check(call={"ja": "{n}", "en": "{n}"}, draw={"n": {"from": 2, "to": 5}}, times=20)
    assert {call for seed in range(20) for call in check.drawn("ja", str(seed))} == {"2", "3", "4", "5"}


def test_drawn_fractions_are_written_as_people_write_them():
    """Three steps of 0.1 are 0.3 and not 0.30000000000000004."""
    check = make_check(
        call={"ja": "{x}", "en": "{x}"}, draw={"x": {"from": 0, "to": 1, "step": 0.1}}, times=20
    )
    drawn = {call for seed in range(30) for call in check.drawn("ja", str(seed))}
    assert drawn == {str(n / 10) for n in range(11)}


def test_drawn_texts_are_quoted():
    """A text that is drawn comes into the call as a text, quotation marks and all."""
    choice = ["京都", "it's", 'say "x"', None, 3, [1, "a"]]
    check = make_check(call={"ja": "f({a}, {{}})", "en": ""}, draw={"a": {"choice": choice}}, times=20)
    found = {ast.dump(ast.parse(call)) for seed in range(20) for call in check.drawn("ja", str(seed))}
    assert found == {ast.dump(ast.parse(f"f({value!r}, {{{{}}}})")) for value in choice}


@given(st.text(), st.text())
def test_the_same_seed_draws_the_same(one, other):
    """A mark can be found again: inputs depend on the seed and on nothing else, not on what was drawn before."""
    check = make_check(
        call={"ja": "{a} {b}", "en": "{a} {b}"},
        draw={"b": {"from": 0, "to": 999}, "a": {"from": 0, "to": 999}},
        times=3,
    )
    first = check.drawn("ja", one)
    random.random()
    check.drawn("ja", other)
    assert check.drawn("ja", one) == check.drawn("en", one) == first
    reordered = make_check(call=check.call, draw={"a": check.draw["a"], "b": check.draw["b"]}, times=3)
    assert reordered.drawn("ja", one) == first


def test_another_seed_draws_otherwise():
    """Whoever knows the inputs of one class does not know those of the next."""
    check = make_check(call={"ja": "{a}", "en": "{a}"}, draw={"a": {"from": 0, "to": 10**9}}, times=3)
    assert len({tuple(check.drawn("ja", str(seed))) for seed in range(10)}) == 10


@every_exercise
def test_hidden_calls_are_python_and_the_same_in_both_languages(exercise):
    """Every drawn call can be read; Japanese and English ask for the same numbers the same number of times."""
    for question in exercise.questions:
        found = {lang: hidden_calls(question, lang, "seed") for lang in LANGUAGES}
        assert found["ja"] == hidden_calls(question, "ja", "seed")
        assert len(found["ja"]) == len(found["en"])
        for one in (*found["ja"], *found["en"]):
            ast.parse(one.get("call", "0"), mode="eval")
            assert "{}" not in one.get("call", "")


# --- new -----------------------------------------------------------------------------------------


def test_there_is_no_exercise_for_the_lowest_stage(skeletons):
    """Years 1 to 3 have no devices, and the sentence says which stages there are."""
    with pytest.raises(Unable, match="es-upper, jhs or hs"):
        new_exercise(skeletons, "small", "es-lower")
    assert not (skeletons / "notebooks/small").exists()


@pytest.mark.parametrize("ident", ["My-Exercise", "a b", "", "-a", "a--b", "../a", "犬"])
def test_an_id_that_is_none_is_refused(ident, skeletons):
    """Nothing is written under a name that could not be kept."""
    before = sorted((skeletons / "notebooks").iterdir())
    with pytest.raises(Unable):
        new_exercise(skeletons, ident, "jhs")
    assert sorted((skeletons / "notebooks").iterdir()) == before

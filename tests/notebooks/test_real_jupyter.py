"""The notebooks in real Jupyter: what a teacher sees there is what the site and the browser show.

Left out on purpose: exit(), for which Jupyter has words of its own.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from komainu.exercise import Exercise, notebook, read_exercise, sources
from komainu.percent import Cell
from komainu.problem import LANGUAGES, Report
from komainu.running import in_child
from notebooks.jupyter import error, in_jupyter, text
from world import world

ROOT = Path(__file__).resolve().parents[2]
IDS = sorted(file.parent.name for file in ROOT.glob("notebooks/*/exercise.yml"))


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Where Jupyter leaves its own files during these tests."""
    folder = tmp_path_factory.mktemp("jupyter")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_RUNTIME_DIR", str(folder))
        patch.setenv("JUPYTER_DATA_DIR", str(folder))
        yield folder


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> tuple[Path, Exercise]:
    """The small world and its exercise."""
    root = world(tmp_path_factory.mktemp("small"))
    return root, read_exercise(root, "pets", Report())


def both(
    root: Path, exercise: Exercise, lang: str, reader: str, home: Path
) -> dict[str, tuple[list[dict], dict]]:
    """For each code cell what Jupyter shows, and what our runner reports."""
    there = in_jupyter(notebook(exercise, lang, reader), root / exercise.folder, home)
    cells = [
        {"id": cell.id, "source": source}
        for cell, source in sources(exercise, lang, reader)
        if cell.kind == "code"
    ]
    here, why = in_child(root)(exercise, cells)
    assert why == ""
    return {result["id"]: (there[result["id"]], result) for result in here}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_new_exercise_shows_in_jupyter_what_it_shows_here(small, home, lang):
    """Cell for cell the same text, and no error."""
    for ident, (there, here) in both(*small, lang, "teacher", home).items():
        assert (ident, error(there), here["error"]) == (ident, None, None)
        assert text(there) == text(here["outputs"])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("ident", IDS)
def test_an_exercise_shows_in_jupyter_what_it_shows_here(ident, home, lang):
    """A teacher who opens the notebook reads what the site shows, cell for cell."""
    exercise = read_exercise(ROOT, ident, Report())
    for cell, (there, here) in both(ROOT, exercise, lang, "teacher", home).items():
        assert (cell, error(there), here["error"]) == (cell, None, None)
        assert text(there) == text(here["outputs"])


SLIPS = {
    "an unknown name": "dgos",
    "a deleted cell": "share_of_everything(3)",
    "a quotation mark that is left open": "print('a)",
    "a text that is left open": 'x = 1\nprint("""a)',
    "a bracket that is left open": "x = (1,\ny = 2",
    "full-width brackets": "x = 1\nprint（x）",
    "blanks that do not fit": "if True:\nx = 1",
    "dots that are calculated with": "x = ...\nx * 2",
    "an error inside a machine": "pets.chances([])\nCounting().chances(['犬'])",
    "an error inside Python": "import random\nrandom.choice([])",
    "a function that calls itself": "def again(n):\n    return again(n)\nagain(1)",
    "a stop": "raise KeyboardInterrupt",
    "an own error": "class Odd(Exception):\n    def __str__(self):\n        return 1 / 0\nraise Odd",
    "a check that was stopped": "def share(dogs, pets):\n    while True: pass\ncheck('share', 'h', [{'call': 'share(1, 2)', 'equals': 1, 'say': 'x'}])",
    "a check of writing": "def share(dogs, pets):\n    return print(1)\ncheck('share', 'h', [{'source': 'share', 'lacks': ['call:print'], 'say': 'x'}])",
    "everything goes on": "print(1 + 1)",
}  # fmt: skip


@pytest.fixture(scope="module", params=LANGUAGES)
def handed_out(request, small, home) -> tuple[str, Exercise, dict]:
    """The pupils' notebook of a new exercise with slips in cells at its end, in Jupyter and here."""
    root, exercise = small
    lang = request.param
    extra = tuple(
        Cell(f"slip-{n}", "code", "", "", "", (), source, source, (), 1, {})
        for n, source in enumerate(SLIPS.values())
    )
    exercise = replace(exercise, cells={lang: exercise.cells[lang] + extra})
    return lang, exercise, both(root, exercise, lang, "pupil", home)


def test_errors_come_as_kind_sentences(handed_out):
    """Where our runner reports an error so does Jupyter, in the same sentences; Python's own words come last, in brackets."""
    _, _, cells = handed_out
    assert sum(bool(here["error"]) for _, here in cells.values()) > len(SLIPS) / 2
    for ident, (there, here) in cells.items():
        shown = error(there)
        assert (ident, shown is None) == (ident, here["error"] is None)
        if shown:
            lines = shown["traceback"]
            wanted = here["error"]["sentences"]
            assert (ident, lines[: len(wanted)]) == (ident, wanted)
            assert [line[0] + line[-1] for line in lines[len(wanted) :]] in ([], ["()"])


def test_no_error_shows_the_inside_of_a_machine(handed_out):
    """Neither a file of the machines nor one of Python nor a Traceback is on the screen."""
    for there, _ in handed_out[2].values():
        screen = "\n".join([*(error(there) or {"traceback": []})["traceback"], text(there)])
        for inside in (
            "Traceback",
            "site-packages",
            "smallmachines/",
            "smallmachines\\",
            "ipykernel",
            'File "',
            "\x1b[",
        ):
            assert inside not in screen


def test_cells_to_be_filled_in_say_what_to_do(handed_out):
    """Predictions and own words that are not there yet are asked for, in the language of the notebook."""
    lang, exercise, cells = handed_out
    words = {
        "ja": ("まず予想を書きましょう", "自分のことばで"),
        "en": ("First write your prediction", "in your own words"),
    }[lang]
    for cell in exercise.cells[lang]:
        if cell.fill in ("predict", "explain"):
            assert words[cell.fill == "explain"] in error(cells[cell.id][0])["traceback"][0]


def test_the_other_cells_show_the_same(handed_out):
    """Checks, hints and everything after an error: the same text in Jupyter and here."""
    for there, here in handed_out[2].values():
        assert text(there) == text(here["outputs"])

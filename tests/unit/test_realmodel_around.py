"""Where the real model travels: beside a notebook, into the browser, behind the wall; and the commands about it."""

import json
from dataclasses import replace

import pytest
import run
from run import ROOT

from komainu.cli import main
from komainu.exercise import read_exercise
from komainu.given import PACKAGES, given
from komainu.llm import check
from komainu.packing import packages
from komainu.problem import LANGUAGES, Report
from komainu.running import in_child
from realmodel import laptop
from realmodel.trouble import Trouble
from smallmachines import words


@pytest.fixture(scope="module")
def exercise():
    return read_exercise(ROOT, "i-dont-know", Report())


def test_what_pupils_may_import_is_program_and_data():
    """Both packages with all their modules, and the recordings; nothing that an interpreter left beside them."""
    names = list(given())
    assert {"smallmachines/counting.py", "realmodel/__init__.py", "realmodel/data/recordings.json", "realmodel/data/hidden.txt"} <= set(names)
    assert names == sorted(names)
    assert not any("__pycache__" in name for name in names)
    assert set(given(*PACKAGES[:1])) == {name for name in names if name.startswith("smallmachines/")}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_zip_of_an_exercise_holds_the_model_only_where_it_is_used(exercise, lang):
    """A notebook that names the model takes it along; one that merely writes about it does not."""
    assert packages(exercise, lang) == ["smallmachines"]
    cells = exercise.cells[lang]
    code = next(index for index, cell in enumerate(cells) if cell.kind == "code")
    for line, wanted in (("import realmodel", 2), ("from realmodel.answers import right", 2), ("# import realmodel", 1), ("import realmodels", 1)):
        changed = (*cells[:code], replace(cells[code], pupil=f"{cells[code].pupil}\n{line}"), *cells[code + 1 :])
        assert len(packages(replace(exercise, cells={lang: changed}), lang)) == wanted, line


def test_exercises_run_with_the_recording_whatever_is_set(exercise, monkeypatch):
    """The site is the same on every machine, and no cell of an exercise ever sees a teacher's key."""
    for name, value in (("MODEL", "endpoint"), ("MODEL_URL", "http://127.0.0.1:9/v1"), ("MODEL_KEY", "secret"), ("MODEL_FREE", "1")):
        monkeypatch.setenv(f"KOMAINU_{name}", value)
    source = "import os, realmodel\n[name for name in os.environ if 'KOMAINU_MODEL' in name], realmodel.open_model().kind"
    results, stopped = in_child(ROOT)(exercise, [{"id": "a", "source": source}])
    assert stopped == ""
    assert results[0]["outputs"][0]["data"]["text/plain"] == "([], 'recording')"


def test_the_command_says_in_both_languages_why_it_cannot(monkeypatch, capsys):
    """Without the model `llm check` ends with 2, the reason and what to do; the language of the machines stays what it was."""
    monkeypatch.setattr(laptop.importlib.util, "find_spec", lambda name: None)
    laptop.server.cache_clear()
    for command in ("check", "record"):
        assert main(["--root", str(ROOT), "llm", command]) == 2
        said = capsys.readouterr().err
        assert "xllamacpp)がここにないので、動かせません。python3 run.py llm check が部品を入れます。" in said
        assert "(xllamacpp) is not installed here, so it does not run. python3 run.py llm check installs its parts." in said
    assert words.language() == "ja"


def test_every_reason_reads_well_before_what_happens():
    """A reason is half a sentence in Japanese and a clause in English: no full stop within."""
    reasons = [key.removeprefix("trouble-") for key in words._TABLE if key.startswith("trouble-")]
    assert len(reasons) >= 14
    for reason in reasons:
        ja, en = check.both(Trouble(reason, seconds=3, status=500))
        assert not ja.endswith(("。", "ので"))
        assert not en.endswith(".")
        assert en[0].isupper() or en.startswith("KOMAINU")


def test_an_ordinary_run_of_the_tests_leaves_the_model_out():
    """Pytest does not walk into tests/llm, and the line at the end of a whole run says so and names the command."""
    settings = (ROOT / "pyproject.toml").read_text("utf-8")
    assert '"llm"] # tests/llm needs the real model' in settings
    assert "python3 run.py test llm" in run.NO_MODEL


def test_the_model_is_pinned_by_its_lock():
    """The lock names exactly the two packages of the group, with digests, and none that they ask for."""
    lines = (ROOT / "requirements-llm.lock").read_text("utf-8").splitlines()
    named = [line.split(" ")[0] for line in lines if "==" in line]
    settings = (ROOT / "pyproject.toml").read_text("utf-8")
    assert len(named) == 2
    assert all(f'"{name}"' in settings for name in named)
    assert sum("--hash=sha256:" in line for line in lines) > 2
    assert json.loads((ROOT / "src/realmodel/data/recordings.json").read_text("utf-8"))["made"]["binding"] in [name.replace("==", " ") for name in named]

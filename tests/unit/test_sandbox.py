"""What surrounds the sandbox: the grammar of its reports, workers that misbehave, and what may be loaded."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from komainu import component, reported, sandbox
from komainu.problem import Unable
from komainu.sandbox import Job, Limits
from smallmachines.observing import LARGEST, plain

# --- the grammar ---------------------------------------------------------------------------------

WHOLE = st.none() | st.booleans() | st.integers(-(10**40), 10**40) | st.floats(allow_nan=False, allow_infinity=False) | st.text()
PLAIN = st.recursive(
    WHOLE, lambda inside: st.lists(inside) | st.dictionaries(st.text() | st.integers(), inside) | st.tuples(inside, inside), max_leaves=20
)


@given(PLAIN)
def test_every_plain_value_can_be_reported(value):
    """Whatever observing takes for plain stands in the grammar as Python writes it."""
    try:
        plain(value)
    except OverflowError:
        return
    assert reported.seen(json.dumps({"value": repr(value)})) == {"value": repr(value)}


@given(st.text() | st.text("[](){}'\"\\,:0123456789-eTrueNon. ", max_size=60))
def test_what_is_read_back_is_plain(text):
    """No text gets through that is not exactly a plain value as Python writes it."""
    assert not reported.is_literal(text) or repr(plain(eval(text, {"__builtins__": {}}))) == text  # noqa: S307  a literal


@pytest.mark.parametrize(
    "text",
    ["", " 1", "1 ", "01", "1+1j", "{1}", "b'a'", "...", "f'{1}'", "'a' 'b'", "[1,2]", "-1-1", "--1", "1e5", "0x10", "(1)", "None()", "a",
     "[" * 9 + "]" * 9, "[" + "0, " * (LARGEST + 1) + "0]", "'\n'", "'a", "inf", "1e999", "9" * 5000, "{[]: 1}"],
    ids=range(26),
)  # fmt: skip
def test_what_is_no_plain_value_was_not_said(text):
    """Neither another spelling, nor a program, nor something too deep or too large."""
    assert reported.seen(json.dumps({"value": text})) is None


@pytest.mark.parametrize(
    "text",
    ["", "null", "[]", "{}", '{"value": 1}', '{"value": "1", "missing": "x"}', '{"value": "1", "met": true}', '{"raised": "E"}',
     '{"endless": "3"}', '{"endless": NaN}', '{"parts": [1]}', '{"missing": "x", "says": "y"}', '{"printed": "x"}', "[" * 100_000, "9" * 9999,
     '{"value": "1", "printed": 1}', '"' + "x" * 2_100_000 + '"'],
    ids=range(17),
)  # fmt: skip
def test_a_call_shows_one_thing_of_a_known_kind(text):
    """Anything else, or more than that, is no report."""
    assert reported.seen(text) is None


@pytest.mark.parametrize(
    "said",
    [[], {"outputs": []}, {"outputs": {}, "error": None}, {"outputs": [1], "error": None}, {"outputs": [], "error": 1},
     {"outputs": [], "error": {"name": "E", "text": "", "sentences": [1]}}, {"outputs": [], "error": {"name": "E"}},
     {"outputs": [{"output_type": "display_data", "data": {}}], "error": None},
     {"outputs": [{"output_type": "execute_result", "data": {"text/plain": 1}}], "error": None},
     {"outputs": [{"output_type": "stream", "text": "x"}] * 3, "error": None}, {"outputs": [], "error": None, "marks": 100}],
    ids=range(11),
)  # fmt: skip
def test_a_cell_shows_outputs_of_known_kinds(said):
    """Anything else is no report."""
    assert reported.cell(json.dumps(said)) is None


# --- workers that misbehave ----------------------------------------------------------------------

CELL = json.dumps({"outputs": [], "error": None})
LINES = {
    "it ends": "sys.exit(3)",
    "it ends late": "sys.exit(0)",
    "it says nothing known": "say({'marks': 100})",
    "it says no JSON": "print('passed', flush=True)",
    "it says half a line": "print('{\"at\": 0', end='', flush=True); sys.exit(0)",
    "it says too much": "print('x' * 20_000_000, flush=True)",
    "it says another cell": f"say({{'at': 5, 'said': {CELL!r}, 'status': 'ok', 'seen': [], 'seconds': 0}})",
    "it says another status": f"say({{'at': 0, 'said': {CELL!r}, 'status': 'passed', 'seen': [], 'seconds': 0}})",
    "it says too many values": f"say({{'at': 0, 'said': {CELL!r}, 'status': 'ok', 'seen': ['{{}}'] * 9, 'seconds': 0}})",
    "it says it is done": "say({'done': True})",
    "it says it for ever": f"while True: say({{'at': 0, 'said': {CELL!r}, 'status': 'ok', 'seen': [], 'seconds': 0}})",
    "it waits for ever": "import time; time.sleep(1000)",
}


@pytest.mark.parametrize("does", LINES.values(), ids=list(LINES))
def test_a_worker_that_misbehaves_stops_the_job_and_no_more(does, tmp_path, monkeypatch):
    """Whatever comes through the pipe, the job has a status, every cell is there, and no call has a value."""
    script = f"import sys, json\ndef say(line): print(json.dumps(line), flush=True)\nsay({{'ready': True}})\nfor line in sys.stdin:\n    if 'cells' in line:\n        {does}\n"
    (tmp_path / "cage.py").write_text(script, "utf-8")
    monkeypatch.setattr(component, "CAGE", tmp_path / "cage.py")
    monkeypatch.setattr(sandbox, "GRACE_S", 1)
    pool = sandbox.Pool(tmp_path, tmp_path / "native", 1, Limits(wall_s=1, job_s=10))
    try:
        result = pool.one(Job([{"id": "a", "source": "1", "calls": [{"call": "2"}]}, {"id": "b", "source": "", "calls": [{"call": "3"}]}]))
    finally:
        pool.close()
    assert result.status in ("stopped", "timeout")
    assert [cell["id"] for cell in result.cells] == ["a", "b"]
    assert all(len(cell["observed"]) == 1 and "value" not in cell["observed"][0] for cell in result.cells)


@pytest.mark.parametrize(
    "cells",
    [None, "cells", [1], [{"id": "a"}], [{"id": 1, "source": ""}], [{"id": "a", "source": "x" * 2_000_000}], [{"id": "a", "source": ""}] * 500,
     [{"id": "a", "source": "", "calls": [{"run": "1"}]}], [{"id": "a", "source": "", "calls": [{"call": "1", "source": "f"}]}],
     [{"id": "a", "source": "", "calls": [{"call": 1}]}]],
    ids=range(10),
)  # fmt: skip
def test_what_is_no_job_is_refused(cells, tmp_path):
    """No worker is started for it."""
    pool = sandbox.Pool(tmp_path, tmp_path / "native", 1, Limits())
    try:
        assert pool.one(Job(cells)).status == "refused"
    finally:
        pool.close()


def test_only_tables_are_handed_in(tmp_path):
    """Licences stay outside, and so does a folder that is not there."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "pets.csv").write_text("name\nポチ\n", "utf-8")
    (tmp_path / "data" / "pets.csv.licence.yml").write_text("x: y\n", "utf-8")
    assert json.loads(sandbox.tables(tmp_path)) == {"pets.csv": "name\nポチ\n"}
    assert json.loads(sandbox.tables(tmp_path / "none")) == {}


# --- what may be loaded --------------------------------------------------------------------------


@pytest.fixture
def made(tmp_path, monkeypatch) -> Path:
    """A component that was made here, as far as the folder can tell; it is not a real one."""
    monkeypatch.setattr(component, "_run", lambda command, more_env: _write(command))
    monkeypatch.setattr(component, "_version", lambda name: "1")
    return component.build(tmp_path)


def _write(command: list[str]) -> None:
    Path(command[-1]).write_bytes(b"native" if command[-1].endswith(".cwasm") else b"component")


def test_what_was_made_here_is_found_again(made, tmp_path):
    """It is made once; another edition of its sources has another name."""
    said = []
    assert component.build(tmp_path, lambda ja, en: said.append(en)) == component.ready(tmp_path) == made
    assert said == []
    assert sorted(file.suffix for file in made.parent.iterdir()) == [".cwasm", ".json", ".wasm"]


def test_what_was_altered_is_not_loaded(made, tmp_path):
    """One byte is enough, in the program or in its mark."""
    made.write_bytes(b"nativf")
    with pytest.raises(Unable):
        component.ready(tmp_path)


def test_what_came_from_elsewhere_is_not_loaded(made, tmp_path):
    """A folder that was copied, mark and all, is made anew instead."""
    shutil.copytree(tmp_path / "build", tmp_path / "other" / "build")
    with pytest.raises(Unable):
        component.ready(tmp_path / "other")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in another way")
def test_what_others_can_write_to_is_not_loaded(made, tmp_path):
    """Native code is nobody else's business."""
    made.parent.chmod(0o777)
    with pytest.raises(Unable):
        component.ready(tmp_path)

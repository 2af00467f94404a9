"""Hostile cells: each can only lose its own marks, and the next pupil's work is run as if nothing had been.

The cells stand in tests/cases/attacks; each stands between one that defines double(n) and one where double(21) is looked at.
"""

import json
import socket
from functools import cache
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from run import ROOT

from komainu import sandbox
from komainu.sandbox import Job, Limits, Result
from tables import CASES, cases

pytestmark = [pytest.mark.xdist_group("sandbox"), pytest.mark.usefixtures("native")]
ATTACKS = cases(*sorted((CASES / "attacks").glob("*.yml")))
SHORT = Limits(cell_s=1, call_s=1, job_s=8)
ANSWER = "86028121"
"""The expected value of a hidden check, which never leaves this process."""
CANARY = "the teacher's own file"
FIRST = {"id": "first", "source": "def double(n):\n    return 2 * n"}
LAST = {"id": "last", "source": "", "calls": [{"call": "double(21)"}]}


def around(source: str) -> Job:
    """A submission with this cell in its middle."""
    return Job([FIRST, {"id": "hostile", "source": source}, LAST])


@cache
def batch() -> tuple[dict[str, Result], dict[str, Result], list[str]]:
    """All attacks in one batch, an honest submission after each; and what was left of the world around it."""
    with TemporaryDirectory() as place, socket.socket() as listener, pytest.MonkeyPatch.context() as patch:
        patch.setenv("KOMAINU_SECRET", "secret-of-the-teacher")
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)
        canary = f"{place}/canary.txt"
        write(canary, CANARY)
        facts = {"canary": canary, "port": listener.getsockname()[1], "answer": "-".join(ANSWER)}
        jobs = [job for case in ATTACKS for job in (around(case["source"].format(**facts)), around("1"))]
        with sandbox.workers(ROOT, 2, SHORT) as pool:
            results = list(pool.run(jobs))
        harm = [] if read(canary) == CANARY else ["the file was changed"]
        with pytest.raises(BlockingIOError):
            listener.accept()
    ids = [case["id"] for case in ATTACKS]
    return dict(zip(ids, results[::2], strict=True)), dict(zip(ids, results[1::2], strict=True)), harm


def write(path: str, text: str) -> None:
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123  as the attacks spell it
        file.write(text)


def read(path: str) -> str:
    with open(path, encoding="utf-8") as file:  # noqa: PTH123  as the attacks spell it
        return file.read()


def seen(result: Result) -> dict:
    """What double(21) showed."""
    return result.cells[-1]["observed"][0]


def text_of(cell: dict) -> str:
    """All that a cell printed and showed."""
    return "".join(output.get("text") or output["data"].get("text/plain", "") for output in cell["outputs"])


def test_there_are_attacks():
    """The other tests of this file are about something."""
    assert len(ATTACKS) >= 35
    assert len({case["id"] for case in ATTACKS}) == len(ATTACKS)


def test_nothing_outside_was_touched():
    """The teacher's file is as it was, and nobody called at the listener."""
    assert batch()[2] == []


@pytest.mark.parametrize("case", ATTACKS, ids=lambda case: case["id"])
def test_an_attack_has_the_status_it_should_have(case):
    """Out of the closed list; all three cells are there, whatever happened."""
    result = batch()[0][case["id"]]
    wanted = case["status"] if isinstance(case["status"], list) else [case["status"]]
    assert result.status in wanted, result
    assert [cell["id"] for cell in result.cells] == ["first", "hostile", "last"]
    assert all(cell["status"] in sandbox.STATUSES for cell in result.cells)


@pytest.mark.parametrize("case", ATTACKS, ids=lambda case: case["id"])
def test_an_attack_is_refused_in_its_own_cell(case):
    """With the error that a pupil can read, and without anything that it must not have seen."""
    result = batch()[0][case["id"]]
    hostile = result.cells[1]
    name = (hostile["error"] or {"name": None})["name"]
    assert name == case["error"] if "error" in case else name is None or "fails" in case or isinstance(case["status"], list), hostile
    if "shows" in case:
        assert text_of(hostile) == case["shows"].format()
    if "longest" in case:
        assert len(text_of(hostile)) <= case["longest"]
    said = json.dumps([result.cells, text_of(hostile)])
    assert ANSWER not in said
    assert "secret-of-the-teacher" not in said
    assert CANARY not in said
    assert case.get("never", "\0") not in text_of(hostile)


@pytest.mark.parametrize("case", ATTACKS, ids=lambda case: case["id"])
def test_an_attack_spoils_no_more_than_itself(case):
    """The question after it is looked at, and an attack on it can make it worse but not better."""
    result = batch()[0][case["id"]]
    wanted = case.get("after", "42")
    if wanted == "any":
        assert seen(result)
    elif "after" in case:
        assert wanted in seen(result).values()
        assert "value" not in seen(result)
        assert "kind" not in case or case["kind"] in seen(result)
    else:
        assert seen(result) == {"value": "42"}, result


@pytest.mark.parametrize("case", ATTACKS, ids=lambda case: case["id"])
def test_the_next_pupil_does_not_notice(case):
    """An honest submission, run by the same workers right after it, is run to its end."""
    result = batch()[1][case["id"]]
    assert (result.status, seen(result), text_of(result.cells[1])) == ("ok", {"value": "42"}, "1")


# --- order and number of workers -----------------------------------------------------------------

WORK = [
    around(source)
    for source in (
        "1", "double(4)", "def double(n): return n", "1 / 0", "import os\nos._exit(0)", "double = None", "random_one",
        "import random\nrandom.random()", "print('x' * 300_000)", "hash('dog')", "[*{'a', 'b', 'c', 'd'}]",
    )
]  # fmt: skip


def told(result: Result) -> Result:
    """A result without its times."""
    return Result(result.status, result.at, [cell | {"seconds": 0} for cell in result.cells])


@cache
def alone() -> list[Result]:
    """What each piece of work gives when it is the only one."""
    found = []
    for job in WORK:
        with sandbox.workers(ROOT, 1, SHORT) as pool:
            found.append(told(pool.one(job)))
    return found


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.lists(st.integers(0, len(WORK) - 1), max_size=25), count=st.integers(1, 3))
def test_order_and_number_of_workers_change_nothing(order, count):
    """A pupil's result depends on the pupil's work only."""
    with sandbox.workers(ROOT, count, SHORT) as pool:
        results = [told(result) for result in pool.run(WORK[number] for number in order)]
    assert results == [alone()[number] for number in order]

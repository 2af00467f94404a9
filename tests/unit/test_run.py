"""The one door: what it installs for which command, and that its lock files agree."""

import pytest
import run

from installed import named


@pytest.mark.parametrize(
    ("command", "args", "wanted"),
    [
        ("llm", ["check"], ["llm"]), ("build", ["llm"], ["llm"]), ("serve", ["lab", "llm"], ["llm"]), ("test", ["tests/llm"], ["llm"]),
        ("test", ["tests/llm/test_laptop.py::test_a"], ["llm"]), ("build", ["lab"], []), ("test", [], []),
        ("test", ["tests/unit/test_realmodel.py"], []), ("grade", ["llm", "--exercise", "x"], ["grade"]),
        ("build", ["grader"], ["grade"]), ("build", ["grade"], []), ("build", [], []), ("check", ["grader"], []),
        ("build", ["llm", "grader"], ["llm", "grade"]),
        ("grade", ["f", "--exercise", "x", "--seed", "s"], ["grade"]), ("grade", ["f", "--scheduler", "tcp://a"], ["cluster"]),
        ("grade", ["f", "--scheduler=tcp://a"], ["cluster"]), ("grade", ["f", "--sched", "tcp://a"], ["cluster"]),
    ],
)  # fmt: skip
def test_what_few_commands_need_comes_for_those_alone(command, args, wanted):
    """The grader's tools, a cluster's and the model's 130 MB come for those who ask for them, and for nobody else."""
    assert run.more(command, args) == wanted


@pytest.mark.parametrize("lock", ["author", "grade", "cluster"])
def test_the_testers_lock_holds_the_others(lock):
    """What is tested is what a school gets: the same versions; so nothing has to be taken out to put another one in."""
    ours = named(lock)
    assert ours
    assert ours.items() <= named("test").items()


def test_every_lock_has_its_room_and_its_name():
    """Each lock file that a command may ask for is there."""
    assert set(run.MORE) | {"author", "test"} == set(run.SPACE_GB)
    for lock in run.SPACE_GB:
        assert named(lock), lock

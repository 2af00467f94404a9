"""Marking on a cluster: a real scheduler and real workers over TCP, and what can break while they are at work.

The same bytes come out as on one machine, whoever dies on the way; every file is accounted for exactly once.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from distributed import Client
from run import ROOT

from handing import exercise, handed, put
from installed import python_with
from komainu import cli, sandbox
from komainu.grading import cluster as board
from komainu.grading.handed_in import handed_in
from komainu.grading.run import grade
from komainu.problem import Unable

pytestmark = [
    pytest.mark.xdist_group("sandbox"), pytest.mark.usefixtures("native"),
    pytest.mark.filterwarnings("ignore:Mismatched versions found"),  # numpy, which only these tests have
]  # fmt: skip
IDENT, SEED, ALLOWED = "i-dont-know", "7", "1"
WORST = "THE-MACHINE-BREAKS-DOWN"
BREAKS = f"""
import os
from komainu.grading import cluster, marks
def tried(one, *rest):
    if any({WORST!r} in part.source for part in one.parts):
        os._exit(1)
    return marks.tried(one, *rest)
cluster.tried = tried
"""
"""What a worker loads first: no pupil's program breaks a machine, so that the tests have to."""
ANSWERS = ("my_threshold = 0.75", "my_threshold = 0.5", "my_threshold = 1 / 0", "my_threshold = 'no'", "import os\nos._exit(0)", "my_threshold = [0.75] * 3")


def start(program: str, place: Path, *arguments: str) -> subprocess.Popen:
    """One of Dask's programs, in the folder of this repository, with what marking on a cluster is said to need."""
    env = os.environ | {"PYTHONPATH": str(ROOT / "src"), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": ALLOWED}
    command = [python_with(place / "installed", "author", "cluster"), "-m", f"distributed.cli.dask_{program}", "--no-dashboard", *arguments]
    with (place / f"{program}.log").open("ab") as log:
        return subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)


@contextmanager
def scheduler(place: Path):
    """The address of a scheduler without workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = start("scheduler", place, "--host", "127.0.0.1", "--port", str(port))
    try:
        yield f"tcp://127.0.0.1:{port}"
    finally:
        end(process)


def end(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def address(tmp_path_factory, native):
    """A scheduler with two workers of one thread each, which come back when they die."""
    place = tmp_path_factory.mktemp("cluster")
    (place / "breaks.py").write_text(BREAKS, "utf-8")
    with ExitStack() as stack:
        where = stack.enter_context(scheduler(place))
        for name in ("one", "two"):
            worker = start(
                "worker", place, where, "--nthreads", "1", "--name", name, "--local-directory", str(place), "--preload", str(place / "breaks.py")
            )
            stack.callback(end, worker)
        with Client(where, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=120)
        yield where


@pytest.fixture(scope="module")
def classroom(tmp_path_factory) -> Path:
    """Thirty notebooks, some hostile; and a file that cannot be read, a second try, a memo."""
    files = {f"1-2-{n:02}_生徒{n}.ipynb": handed(IDENT, "pupil", ("ja", "en")[n % 2], my_threshold=f"{ANSWERS[n % 6]}\n# {n}") for n in range(1, 31)}
    more = {"1-2-31_生徒31.ipynb": b"{", "1-2-01_生徒1 (1).ipynb": handed(IDENT, my_threshold="my_threshold = 0.7"), "memo.txt": b"memo"}
    folder = put(tmp_path_factory.mktemp("in"), files | more)
    for file in folder.iterdir():
        os.utime(file, (1_700_000_000, 1_700_000_000))
    return folder


@pytest.fixture(scope="module")
def here(classroom, native, tmp_path_factory) -> dict[str, bytes]:
    """What this machine alone makes of them."""
    out = tmp_path_factory.mktemp("here")
    with sandbox.workers(ROOT, 2) as pool:
        grade(exercise(IDENT), classroom, out, pool.execute, ROOT, seed=SEED)
    return files_of(out)


@pytest.fixture
def few(classroom, here, tmp_path) -> tuple[Path, list[dict]]:
    """Twelve of the notebooks, and what this machine alone said of them."""
    names = [f"1-2-{n:02}_生徒{n}.ipynb" for n in range(2, 14)]
    alone = {one["file"]: one for one in json.loads(here["results.json"])["submissions"]}
    return put(tmp_path / "in", {name: (classroom / name).read_bytes() for name in names}), [alone[name] for name in names]


def files_of(out: Path) -> dict[str, bytes]:
    return {file.relative_to(out).as_posix(): file.read_bytes() for file in out.rglob("*") if file.is_file()}


def there(source: Path, out: Path, address: str, progress=lambda done, total, name: None) -> dict:
    """Marked on the cluster."""
    return grade(exercise(IDENT), source, out, None, ROOT, seed=SEED, progress=progress, marking=board.cluster(address, exercise(IDENT)))


def pids(address: str) -> list[int]:
    with Client(address, timeout=60, set_as_default=False) as client:
        return list(client.run(os.getpid).values())


# --- the same bytes ------------------------------------------------------------------------------


def test_a_worker_that_dies_changes_nothing(classroom, here, address, tmp_path):
    """One of two is killed in the middle: all files as on one machine, results.json to the last byte, each told once."""
    victim, told = pids(address)[0], []

    def progress(done, total, name):
        told.append(name)
        if done == 8:
            os.kill(victim, signal.SIGKILL)

    data = there(classroom, tmp_path, address, progress)
    assert victim not in pids(address)
    assert files_of(tmp_path) == here
    assert sorted(told[1:]) == sorted(one["file"] for one in data["submissions"] if one["counts"] and one["status"] not in ("not-json", "not-notebook"))
    assert sorted(one["file"] for one in data["submissions"]) == sorted(file.name for file in classroom.iterdir())
    assert {"ok", "stopped", "not-json", "not-notebook", "superseded"} <= {one["status"] for one in data["submissions"]}


def test_what_breaks_the_machines_costs_nobody_else(few, address, tmp_path):
    """It is tried again alone, then left to a person: no marks, nothing kept; its neighbours are marked as ever."""
    folder, alone = few
    put(folder, {"1-2-40_別.ipynb": handed(IDENT, my_threshold=f"my_threshold = 1  # {WORST}")})
    data = there(folder, tmp_path / "out", address)
    *others, worst = data["submissions"]
    assert (worst["file"], worst["status"], worst["points"], worst["questions"]) == ("1-2-40_別.ipynb", "crashed", None, [])
    assert others == alone
    assert len(list((tmp_path / "out" / "kept").iterdir())) == len(alone)
    assert "何度も止まりました" in (tmp_path / "out" / "class.html").read_text("utf-8")


class Line:
    """A line to the scheduler that can be cut."""

    def __init__(self, address: str):
        self.to = ("127.0.0.1", int(address.rsplit(":", 1)[1]))
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp://127.0.0.1:{self.listener.getsockname()[1]}"
        self.ends: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            far = socket.create_connection(self.to)
            self.ends += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
        self._end(other)

    def _end(self, one: socket.socket) -> None:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)

    def cut(self) -> None:
        """End all connections; new ones are taken."""
        for one in self.ends:
            self._end(one)
        self.ends = []

    def close(self) -> None:
        """The same for good."""
        self._end(self.listener)
        self.listener.close()
        self.cut()


def test_a_line_that_is_cut_is_taken_up_again(few, address, tmp_path):
    """What was on its way is asked for once more, and nothing comes twice."""
    line, done_so_far = Line(address), []

    def progress(done, total, name):
        done_so_far.append(done)
        if done in (3, 7):
            line.cut()

    data = there(few[0], tmp_path / "out", line.address, progress)
    line.close()
    assert done_so_far == list(range(13))
    assert data["submissions"] == few[1]


def test_a_line_that_stays_cut_is_said_and_what_was_marked_is_kept(few, address, tmp_path, monkeypatch):
    """Started again, the run goes on where it stopped, to the same marks."""
    line = Line(address)

    def progress(done, total, name):
        if done == 6:
            monkeypatch.setattr(board, "ANSWER_S", 1)
            line.close()

    with pytest.raises(Unable) as told:
        there(few[0], tmp_path / "out", line.address, progress)
    one_sentence(told.value, "does not answer")
    assert len(list((tmp_path / "out" / "kept").iterdir())) >= 6
    first = []
    data = there(few[0], tmp_path / "out", address, lambda done, total, name: first.append(done))
    assert first[0] >= 6
    assert data["submissions"] == few[1]


# --- what is said --------------------------------------------------------------------------------


def one_sentence(unable: Unable, words: str) -> None:
    assert words in str(unable)
    assert "\n" not in unable.ja + str(unable)
    assert unable.ja != str(unable)


@pytest.mark.parametrize("wrong", ["tcp://127.0.0.1:9", "no-address://x", "tls://127.0.0.1:9"])
def test_a_scheduler_that_does_not_answer(classroom, tmp_path, monkeypatch, capsys, wrong):
    """One sentence in each language, exit code 2, no results."""
    monkeypatch.setattr(board, "ANSWER_S", 1)
    code = cli.main(["--root", str(ROOT), "grade", str(classroom), "--exercise", IDENT, "--out", str(tmp_path), "--scheduler", wrong])
    said = capsys.readouterr().err.splitlines()
    assert code == cli.UNABLE
    assert [wrong in line for line in said] == [True, True]
    assert not (tmp_path / "results.json").exists()


def test_a_cluster_without_workers(classroom, tmp_path, monkeypatch):
    """Nobody waits for ever for a machine that does not come."""
    monkeypatch.setattr(board, "WORKER_S", 1)
    with scheduler(tmp_path) as empty, pytest.raises(Unable) as told:
        there(classroom, tmp_path / "out", empty)
    one_sentence(told.value, "no worker")


def test_a_worker_with_another_edition_marks_nothing(classroom, address):
    """Another exercise, Komainu or Python gives other marks; the machine is named."""
    left = handed_in(classroom, IDENT)[:3]
    with pytest.raises(Unable) as told:
        list(board.cluster(address, exercise(IDENT))(left, SEED, "another"))
    one_sentence(told.value, "is not that of the machine that asks")
    assert socket.gethostname() in str(told.value)


def test_answers_that_are_none():
    """A machine without Komainu is told from one that broke down; what is no result is not taken for one."""
    missing = SimpleNamespace(status="error", exception=lambda: ModuleNotFoundError("komainu"))
    with pytest.raises(Unable) as told:
        board._answer(missing, ["a"])
    one_sentence(told.value, "ModuleNotFoundError")
    for results in ({}, {"b": None}, {"a": {"status": "ok"}}, {"a": 3}):
        assert board._answer(SimpleNamespace(status="finished", result=lambda r=results: json.dumps({"results": r})), ["a"]) is None


def test_no_name_and_no_path_travels(classroom):
    """A worker gets cells; whose they are stays here."""
    for one in handed_in(classroom, IDENT):
        text = json.dumps(board._written(one), ensure_ascii=False)
        assert "生徒" not in text
        assert board._read(json.loads(text)).parts == one.parts


def test_dask_is_asked_for(monkeypatch):
    """Without it there is a sentence with the command that brings it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(Unable, match="komainu\\[cluster\\]"):
        board.check_installed()

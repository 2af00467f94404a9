"""One worker of the sandbox: a process that runs pupils' cells inside the component, job after job, until it is killed.

In:  lines of JSON: tables to keep, and jobs.   Out: a line of JSON a cell: what the component said, and how it ended.
A job gets a fresh instance, to which nothing is granted: no folder, no network, no variable, no screen, no input.
Time is that of the processor, so a busy computer takes nothing from a pupil; an instance that neither works nor ends,
and one that outlives its seconds by the clock, ends with the whole process.
Run by its path with `python -I`; standard library and wasmtime only.
Left out on purpose: belief in what the component says. Whoever reads these lines checks them (reported).
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
import time
from pathlib import Path

from wasmtime import Config, Engine, ExitTrap, Store, Trap, WasiConfig, WasmtimeError
from wasmtime.component import Component, Linker

TICK_S = 0.1
"""Seconds of the processor between two ticks of the engine's clock, which is how exactly a limit is kept."""
LATE = 3
"""The exit code of a worker whose instance did not end by itself."""
IDLE_CPU_S = 0.02
ENDS = ("timeout", "stopped")
"""After these an instance is of no more use."""


def engine() -> Engine:
    """The machine for which components are compiled, and on which they run."""
    config = Config()
    config.epoch_interruption = True
    return Engine(config)


class Watch:
    """The clock beside a running instance: ticks for the engine, and an end for what ticks cannot stop."""

    def __init__(self, running: Engine):
        self.engine = running
        self.busy = threading.Event()
        self.worked = self.idle = 0.0
        """Seconds of the processor when work was last seen, and looks since then as seconds: a starved process looks less often."""
        self.end = self.idle_s = float("inf")
        self.ticked = 0.0
        threading.Thread(target=self._tick, daemon=True).start()

    def start(self, wall_s: float, idle_s: float) -> None:
        """A job begins, with this many seconds by the clock in all, and without work."""
        self.end, self.idle_s = time.monotonic() + wall_s, idle_s
        self.worked, self.idle, self.ticked = 0.0, 0.0, time.process_time()
        self.busy.set()

    def stop(self) -> None:
        """The job has ended."""
        self.busy.clear()

    def _tick(self) -> None:
        while self.busy.wait():
            time.sleep(TICK_S / 2)
            while time.process_time() - self.ticked > TICK_S:
                self.ticked += TICK_S
                self.engine.increment_epoch()
            if self.busy.is_set() and self._late(time.process_time() - time.thread_time()):
                os._exit(LATE)

    def _late(self, worked: float) -> bool:
        self.idle += TICK_S / 2
        if worked - self.worked >= IDLE_CPU_S:
            self.worked, self.idle = worked, 0.0
        return time.monotonic() > self.end or self.idle > self.idle_s


class Cage:
    """The component, ready to give fresh instances."""

    def __init__(self, native: str):
        self.engine = engine()
        self.component = Component.deserialize_file(self.engine, native)
        self.linker = Linker(self.engine)
        self.linker.add_wasip2()
        self.exports = {name: self.component.get_export_index(name) for name in ("begin", "cell", "look", "parts")}

    def instance(self, memory_mib: int) -> Instance:
        """A Python in which nothing has happened yet."""
        store = Store(self.engine)
        store.set_limits(memory_size=memory_mib << 20)
        store.set_epoch_deadline(int(60 / TICK_S))
        store.set_wasi(WasiConfig())
        return Instance(self, store, self.linker.instantiate(store, self.component))


class Instance:
    """One Python inside the component."""

    def __init__(self, cage: Cage, store: Store, inside):
        self.cage = cage
        self.store = store
        self.inside = inside

    def call(self, name: str, asked: str, limit_s: float) -> tuple[str, str]:
        """What an export says, and `ok` or why there is none: after that the instance is of no use."""
        self.store.set_epoch_deadline(max(int(limit_s / TICK_S), 1) + 1)
        try:
            return self.inside.get_func(self.store, self.cage.exports[name])(self.store, asked) or "", "ok"
        except (WasmtimeError, Trap, ExitTrap) as end:
            return "", "timeout" if str(end).rstrip().endswith("wasm trap: interrupt") else "stopped"
        except (UnicodeError, MemoryError):
            return "", "output"


class Job:
    """One run through the cells of a notebook, in as many instances as it takes."""

    def __init__(self, cage: Cage, asked: dict, files: str):
        self.cage, self.asked, self.limits, self.files = cage, asked, asked["limits"], files
        self.left_s = self.limits["job_s"]
        self.ran: list[tuple[str, str]] = []
        """The id and the source of each cell that came to its end."""
        self.alive = self._begin()

    def lines(self):
        """A line for each cell that was asked for; fewer when the time is over or a cell does not end a second time."""
        for at, cell in enumerate(self.asked["cells"]):
            if at in self.asked["skip"]:
                continue
            said, status, seconds = self._cell(cell["id"], cell["source"])
            if status in ENDS:
                self.alive = self.asked["go_on"] and self._again()
            else:
                self.ran.append((cell["id"], cell["source"]))
            seen = []
            if status == "ok" and at >= self.asked["from"]:
                seen, status = self._look_at_all(cell.get("calls", ()))
            if at >= self.asked["from"]:
                yield {"at": at, "said": said, "status": status, "seen": seen, "seconds": round(seconds, 4)}
            if not self.alive:
                return

    def _begin(self) -> bool:
        self.python = self.cage.instance(self.limits["memory_mib"])
        return self._timed(self.python, "begin", self.files, 10)[1] == "ok"

    def _again(self) -> bool:
        """Whether a fresh instance could be brought to where the last one was."""
        return self._begin() and all(self._cell(ident, source)[1] not in ENDS for ident, source in self.ran)

    def _cell(self, ident: str, source: str) -> tuple[str, str, float]:
        return self._timed(self.python, "cell", json.dumps([ident, source]), self.limits["cell_s"])

    def _look_at_all(self, calls) -> tuple[list[str], str]:
        """What each call showed, and the first status that was not ok; a call that did not end costs an instance."""
        seen, first = [], "ok"
        for call in calls:
            said, status, _ = self._look(call)
            first = first if first != "ok" else status
            seen.append(said if status == "ok" else json.dumps(self._instead(status)))
            if status in ENDS:
                self.alive = self._again()
            if not self.alive:
                break
        return (seen, first) if sum(map(len, seen)) <= self.limits["signs"] else ([], "output")

    def _look(self, call: dict) -> tuple[str, str, float]:
        if "call" in call:
            return self._timed(self.python, "look", json.dumps(call["call"]), self.limits["call_s"])
        apart = self.cage.instance(self.limits["memory_mib"])  # one that the pupil's code has never been in
        sources = [source for _, source in self.ran]
        return self._timed(apart, "parts", json.dumps([call["source"], sources]), self.limits["call_s"])

    def _instead(self, status: str) -> dict:
        return {"endless": self.limits["call_s"]} if status == "timeout" else {"raised": "SystemExit", "says": ""}

    def _timed(self, python: Instance, name: str, asked: str, limit_s: float) -> tuple[str, str, float]:
        """What an instance says, its status, and the seconds of the processor."""
        if self.left_s <= 0:
            return "", "timeout", 0.0
        start = time.process_time()
        said, status = python.call(name, asked, min(limit_s, self.left_s))
        seconds = time.process_time() - start
        self.left_s -= seconds
        return (said, status, seconds) if len(said) <= self.limits["signs"] else ("", "output", seconds)


def serve(native: str) -> None:
    """Do the jobs that come in, one after the other, until no more can come."""
    out, cage, files = sys.stdout.buffer, Cage(native), {}
    watch = Watch(cage.engine)

    def write(line: dict) -> None:
        out.write(json.dumps(line).encode("ascii") + b"\n")
        out.flush()

    write({"ready": True})
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        if "keep" in asked:
            files |= asked["keep"]
            continue
        watch.start(asked["limits"]["wall_s"], asked["limits"]["idle_s"])
        for said in Job(cage, asked, files[asked["files"]]).lines():
            write(said)
        watch.stop()
        write({"done": True})


def compiled(wasm: str, native: str) -> None:
    """Write the component in this machine's own instructions."""
    Path(native).write_bytes(Component(engine(), Path(wasm).read_bytes()).serialize())


def _narrow() -> None:
    """Take from this process what it does not need, where the system can."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    if sys.argv[1] == "compile":
        compiled(*sys.argv[2:])
    else:
        _narrow()
        serve(sys.argv[2])

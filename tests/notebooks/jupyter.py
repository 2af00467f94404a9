"""A notebook in real Jupyter: a kernel of its own, as on a teacher's computer.

In:  a notebook as nbformat has it, and its folder.   Out: what each code cell showed, by id.
Left out on purpose: the page around it. How outputs look is Jupyter's own matter.
"""

import json
import os
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from komainu.running import SRC

LIMIT_S = 120


def in_jupyter(notebook: dict, folder: Path, home: Path, machines: Path | None = SRC) -> dict[str, list[dict]]:
    """Runs a notebook to its end, errors and all; `home` is where Jupyter may leave its own files.

    `machines` is the folder from which smallmachines are imported; with None, those beside the notebook.
    """
    env = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        **({"PYTHONPATH": str(machines)} if machines else {}),
        "PYTHONUTF8": "1",
        "IPYTHONDIR": str(home),
        "JUPYTER_CONFIG_DIR": str(home),
    }
    made = nbformat.reads(json.dumps(notebook), as_version=4)
    client = NotebookClient(
        made, timeout=LIMIT_S, kernel_name="python3", allow_errors=True, store_widget_state=False
    )
    client.execute(cwd=str(folder), env=env)
    return {
        cell.id: [dict(output) for output in cell.outputs] for cell in made.cells if cell.cell_type == "code"
    }


def text(outputs: list[dict]) -> str:
    """What a cell showed, as text without regard to how lines are broken: Jupyter breaks long lists, Python does not."""
    shown = [output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs]
    return "".join("".join(shown).split())


def error(outputs: list[dict]) -> dict | None:
    """The error that a cell showed, or None."""
    return next((output for output in outputs if output["output_type"] == "error"), None)

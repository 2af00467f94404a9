"""The zip of an exercise in a Jupyter of one's own: unpacked, opened, run, with nothing installed but Jupyter."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from run import ROOT

from komainu.executed import Done
from komainu.exercise import read_exercise, sources
from komainu.packing import handed_out, zip_name
from komainu.problem import LANGUAGES, Report
from notebooks.jupyter import error, in_jupyter

WITH_TABLES = "capital-guesser"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_zip_runs_in_its_folder(lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Filled in as by a pupil, every cell runs: machines and tables come from the folder, and the checks are met."""
    for name in ("JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    exercise = read_exercise(ROOT, WITH_TABLES, Report())
    tables = {file.name: file.read_bytes() for file in (ROOT / exercise.folder / "data").iterdir()}
    handed = handed_out(exercise, lang, Done({}, tables))[f"exercises/{exercise.id}/{zip_name(exercise.id, lang)}"]
    zipfile.ZipFile(io.BytesIO(handed)).extractall(tmp_path)
    folder = tmp_path / exercise.id
    notebook = json.loads((folder / f"{exercise.id}.ipynb").read_text("utf-8"))
    filled = {cell.id: source for cell, source in sources(exercise, lang, "teacher")}
    for cell in notebook["cells"]:
        cell["source"] = filled[cell["id"]]
    notebook["cells"].append({"cell_type": "code", "id": "where", "metadata": {}, "execution_count": None, "outputs": [], "source": "print(smallmachines.__file__)"})
    shown = in_jupyter(notebook, folder, tmp_path / "home", machines=None)
    assert {cell: found["evalue"] for cell, outputs in shown.items() if (found := error(outputs))} == {}
    assert Path(shown["where"][0]["text"].strip()).is_relative_to(folder)
    checks = [o["data"]["application/vnd.komainu.check+json"] for outputs in shown.values() for o in outputs if "application/vnd.komainu.check+json" in o.get("data", {})]
    assert [check["met"] for check in checks] == [check["of"] for check in checks]
    assert len(checks) == len(exercise.questions)

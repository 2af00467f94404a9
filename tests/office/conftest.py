"""Opens Word files in an office program that we did not write.

In:  .docx and .pptx files.   Out: the same as PDF, as text and as ODT, converted once for a whole run of tests.
LibreOffice comes from KOMAINU_SOFFICE, which `python3 run.py test` sets; without it these tests fail and say so.
"""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Converted = Callable[[dict[str, bytes], str], dict[str, Path]]
LIMIT_S = 600
FILTERS = {"pdf": "pdf:writer_pdf_Export", "txt": "txt:Text (encoded):UTF8", "odt": "odt", "docx": "docx:Office Open XML Text"}
SLIDES = {"pdf": "pdf:impress_pdf_Export"}


@pytest.fixture(scope="session")
def office() -> str:
    """The program of LibreOffice."""
    named = os.environ.get("KOMAINU_SOFFICE")
    assert named, "KOMAINU_SOFFICE names no LibreOffice: run `python3 run.py test tests/office`"
    return named


@pytest.fixture(scope="session")
def converted(tmp_path_factory, office) -> Converted:
    """`converted({"a.docx": bytes}, "pdf")` gives {"a.docx": the path of a.pdf}; all files in one start of LibreOffice."""
    profile = tmp_path_factory.mktemp("profile")

    def convert(files: dict[str, bytes], kind: str) -> dict[str, Path]:
        folder, out = tmp_path_factory.mktemp("word"), tmp_path_factory.mktemp(kind)
        for name, content in files.items():
            (folder / name).write_bytes(content)
        command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to"]
        command.append((SLIDES if all(name.endswith(".pptx") for name in files) else FILTERS)[kind])
        done = subprocess.run([*command, "--outdir", out, *sorted(folder.iterdir())], capture_output=True, text=True, timeout=LIMIT_S)
        made = {name: out / Path(name).with_suffix(f".{kind}").name for name in files}
        missing = [name for name, path in made.items() if not path.is_file()]
        assert not missing, (missing, done.stdout[-500:], done.stderr[-500:])
        return made

    return convert

"""The notebook lab as files: there on demand and only then, complete, light, and silent towards every other host."""

import json
import re
import subprocess
import sys
import zipfile
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from run import ROOT

from browser.conftest import lab_site  # noqa: F401  # the same fixture: one build serves both layers
from built import html
from komainu import lite
from komainu.curriculum import Curriculum
from komainu.exercise import notebook_bytes
from komainu.load import load
from komainu.problem import Unable

LANGUAGES = {"ja": "", "en": "en/"}
LIMIT_BYTES = 20_500_000
"Of all files of the lab."
IN_LAB = re.compile(r"(?:\.\./)+(lab/\w+)/notebooks/index\.html\?path=(.*)")
HOSTS = re.compile(rb"pypi\.org|pythonhosted|npmjs|unpkg|jsdelivr|cdnjs|esm\.sh|googleapis|gstatic")

pytestmark = pytest.mark.xdist_group("lab")


@cache
def curriculum() -> Curriculum:
    return load(ROOT, date.today())[0]


def test_a_site_without_the_lab_does_not_speak_of_it(site: Path) -> None:
    """No link leads there, and the page about it says that this site has none."""
    assert [p.name for p in (site / "lab").iterdir()] == ["index.html"]
    for file in site.rglob("*.html"):
        assert not [a for a in html(file).all("a") if IN_LAB.match(a.get("href") or "")], file
    assert "ノートブックの実験室が入っていません" in (site / "lab" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_lead_to_notebooks_that_are_there(lang: str, lab_site: Path) -> None:  # noqa: F811  the fixture imported above
    """The page of each exercise and the list of notebooks; what opens is the pupils' notebook in that language, with its tables."""
    pages = {e.id: lab_site / LANGUAGES[lang] / "exercises" / e.id / "index.html" for e in curriculum().exercises.values()}
    links = {ident: [m for a in html(file).all("a") if (m := IN_LAB.match(a.get("href") or ""))] for ident, file in pages.items()}
    listed = [m[2] for a in html(lab_site / LANGUAGES[lang] / "lab" / "index.html").all("a") if (m := IN_LAB.match(a.get("href") or ""))]
    for ident, found in links.items():
        exercise = curriculum().exercises[ident]
        assert [m[1] for m in found] == [f"lab/{lang}"], ident
        assert found[0][2] in listed
        assert f"-v{exercise.version}." in found[0][2]
        files = lab_site / "lab" / lang / "files"
        assert (files / found[0][2]).read_bytes() == notebook_bytes(exercise, lang)
        tables = sorted(p.name for p in (ROOT / exercise.folder / "data").glob("*"))
        assert sorted(p.name for p in (files / ident / "data").glob("*")) == tables


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_folder_lists_what_is_in_it(lang: str, lab_site: Path) -> None:  # noqa: F811  as above
    """JupyterLite knows the files by these lists alone."""
    files, lists = lab_site / "lab" / lang / "files", lab_site / "lab" / lang / "api" / "contents"
    folders = [files, *(p for p in files.rglob("*") if p.is_dir())]
    assert len(list(lists.rglob("all.json"))) == len(folders)
    for folder in folders:
        listing = json.loads((lists / folder.relative_to(files) / "all.json").read_text("utf-8"))
        assert [entry["name"] for entry in listing["content"]] == sorted(p.name for p in folder.iterdir())


def test_the_lab_is_light_and_names_no_other_host(lab_site: Path) -> None:  # noqa: F811  as above
    """No maps, no old fonts, no service worker beside that of the site; no address of a registry or of a distribution network."""
    files = [p for p in (lab_site / "lab").rglob("*") if p.is_file()]
    assert sum(p.stat().st_size for p in files) < LIMIT_BYTES
    assert not [p for p in files if re.search(r"\.map$|\.(eot|ttf)$|service-worker", p.name)]
    for file in files:
        if file.name not in ("LICENSES.txt", "third-party-licenses.json"):
            assert not HOSTS.search(file.read_bytes()), file
    with zipfile.ZipFile(next((lab_site / "lab" / "python").rglob("kernel.pyz"))) as archive:
        assert not [name for name in archive.namelist() if name.endswith(".py")], "bytecode only: source would be compiled at each start"


def test_the_site_keeps_the_lab_with_the_rest(lab_site: Path) -> None:  # noqa: F811  as above
    """The list by which a browser keeps an edition names the lab's files, and the map of the site only its pages."""
    edition = json.loads((lab_site / "edition.json").read_text("utf-8"))["files"]
    lab = {p.relative_to(lab_site).as_posix() for p in (lab_site / "lab").rglob("*") if p.is_file()}
    assert lab <= set(edition)
    assert "/lab/ja/" not in (lab_site / "sitemap.xml").read_text("utf-8")


def test_parts_that_cannot_be_fetched_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 2 with one sentence in each language, and nothing half-fetched is taken for whole the next time."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    (tmp_path / lite.LOCK).write_text("nowhere==1.0 --hash=sha256:" + "0" * 64 + "\n", "utf-8")
    for _ in range(2):
        with pytest.raises(Unable, match="could not be fetched") as raised:
            lite.parts(tmp_path)
        assert "受け取れませんでした" in raised.value.ja


def test_a_kernel_of_another_make_is_refused() -> None:
    """What is changed in the kernel is found exactly once, or the build says that it knows no such kernel."""
    changes = ((rb"use_jedi = True", b"use_jedi = False"),)
    assert lite._changed({"a": b"use_jedi = True\n", "b": b""}, changes)["a"] == b"use_jedi = False\n"
    for strange in ({"a": b""}, {"a": b"use_jedi = True", "b": b"use_jedi = True"}):
        with pytest.raises(Unable, match="not as they were known"):
            lite._changed(strange, changes)


def test_the_wheel_brings_the_machines(tmp_path: Path) -> None:
    """What `pip install .` installs: `import smallmachines` works with nothing else on the path."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (wheel,) = tmp_path.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    code = "import sys; sys.path.insert(0, 'installed'); import smallmachines; smallmachines.start('en'); print(smallmachines.__file__)"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert Path(tmp_path, done.stdout.strip()).is_relative_to(tmp_path)

"""The built site as files, and small worlds in which it is built again.

In:  the sources of this repository.   Out: fixtures `site` (as in tests/browser), `world` and `build`.
Left out on purpose: how pages look and behave (tests/browser).
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from run import ROOT

from browser.conftest import site  # noqa: F401  # the same fixture: one build serves both layers
from built import environment
from installed import python_with
from komainu.new import new_exercise

Build = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def site_packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages from npm that a build may use: those of the tests, which a school does not install, are not among them."""
    folder = tmp_path_factory.mktemp("npm") / "node_modules"
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    wanted = [path for path, facts in packages.items() if path and not facts.get("dev") and not (facts.get("optional") and not (ROOT / path).is_dir())]
    for path in wanted:
        for file in (ROOT / path).rglob("*"):
            inside = file.relative_to(ROOT / path)
            if file.is_file() and "node_modules" not in inside.parts:
                new = folder.parent / path / inside
                new.parent.mkdir(parents=True, exist_ok=True)
                _link(file, new)
    return folder


def _link(file: Path, new: Path) -> None:
    try:
        os.link(file, new)
    except OSError:  # another disk
        shutil.copy(file, new)


@pytest.fixture
def world(tmp_path: Path, site_packages: Path) -> Path:
    """A copy of the sources, and the installed packages by a link: what a build reads and nothing else.

    Instead of the exercises, which take their time to run, it has skeletons: `pets`, with a table beside it, and one
    for each exercise to which a page or a lesson leads.
    """
    root = tmp_path / "world"
    root.mkdir()
    for folder in ("lessons", "docs", "classroom_policy"):
        shutil.copytree(ROOT / folder, root / folder)
    for file in ("mkdocs.yml", "package-lock.json"):
        shutil.copy(ROOT / file, root)
    texts = [file.read_text("utf-8") for folder in ("lessons", "docs") for file in (root / folder).rglob("*.md")]
    linked = {ident for text in texts for ident in re.findall(r"\]\(exercise:([a-z0-9-]+)\)", text)}
    for ident in sorted({"pets", *linked}):
        new_exercise(root, ident, "es-upper")
    folder = root / "notebooks" / "pets"
    (folder / "data").mkdir()
    (folder / "data" / "pets.csv").write_text("name,kind\nポチ,犬\n", "utf-8")
    (folder / "data" / "pets.csv.licence.yml").write_text("format: 1\nfile: pets.csv\nlicence: CC0-1.0\n", "utf-8")
    (root / "node_modules").symlink_to(site_packages, target_is_directory=True)
    return root


@pytest.fixture(scope="session")
def author_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of whoever installed what a build needs and no more."""
    return python_with(tmp_path_factory.mktemp("installed"), "author")


@pytest.fixture
def build(author_python: Path) -> Build:
    """Runs `komainu build` on a world; `env` adds to the environment, `code` is the exit code that is expected."""

    def run(root: Path, code: int = 0, **env: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [author_python, "-m", "komainu", "--root", root, "build"],
            cwd=root, env=environment(**env), capture_output=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stdout[-3000:] + done.stderr[-3000:]
        return done

    return run

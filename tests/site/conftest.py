"""The built site as files, and small worlds in which it is built again.

In:  the sources of this repository.   Out: fixtures `site` (as in tests/browser), `world` and `build`.
Left out on purpose: how pages look and behave (tests/browser).
"""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from run import ROOT

from browser.conftest import site  # noqa: F401  # the same fixture: one build serves both layers
from built import environment

Build = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A copy of the sources, and the installed typeface by a link: what a build reads and nothing else."""
    root = tmp_path / "world"
    root.mkdir()
    for folder in ("lessons", "docs"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "node_modules").symlink_to(ROOT / "node_modules", target_is_directory=True)
    return root


@pytest.fixture
def build() -> Build:
    """Runs `komainu build` on a world; `env` adds to the environment, `code` is the exit code that is expected."""

    def run(root: Path, code: int = 0, **env: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "komainu", "--root", root, "build"],
            cwd=root, env=environment(**env), capture_output=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stdout[-3000:] + done.stderr[-3000:]
        return done

    return run

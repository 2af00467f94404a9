"""An environment that holds what some lock files name and nothing else: the tests' own holds more than any school's.

In:  names of lock files.   Out: the Python of a new environment, its packages links to those that are installed here.
Left out on purpose: installing anything; what the locks name is here already, so this takes no network and no time.
"""

import re
import sys
import venv
from importlib import metadata
from pathlib import Path

from run import ROOT, WINDOWS

NAMED = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)


def named(lock: str) -> dict[str, str]:
    """The packages of requirements-LOCK.lock with their versions."""
    return dict(NAMED.findall((ROOT / f"requirements-{lock}.lock").read_text("utf-8")))


def python_with(folder: Path, *locks: str) -> Path:
    """The Python of an environment made in `folder` with the packages of requirements-LOCK.lock for each of `locks`."""
    venv.create(folder, symlinks=not WINDOWS)
    packages = next(folder.glob("lib/python3*/site-packages"), folder / "Lib" / "site-packages")
    for name in ("pip", *(name for lock in locks for name in named(lock))):  # an environment that run.py makes has pip as well
        try:
            held = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # for another Python or another system
        for top in {file.parts[0] for file in held.files or ()} - {"..", "__pycache__"}:
            place = packages / top
            if not place.exists():
                place.symlink_to(Path(str(held.locate_file(top))))
    (packages / "komainu-src.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    return folder / ("Scripts/python.exe" if WINDOWS else Path("bin") / Path(sys.executable).name)

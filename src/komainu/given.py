"""What pupils' programs may import besides Python: the small machines, and the real model with its recordings.

In:  the installed packages.   Out: their files by path, as they are laid beside a notebook, into the browser and behind the wall.
Left out on purpose: which exercise needs which of them (packing).
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

PACKAGES = ("smallmachines", "realmodel")


@cache
def given(*packages: str) -> dict[str, Path]:
    """Every file of these packages, or of all: path as it is imported -> where it stands."""
    found = {}
    for name in packages or PACKAGES:
        folder = Path(str(resources.files(name)))
        files = [*folder.glob("*.py"), *folder.glob("data/*")]
        found |= {f"{name}/{file.relative_to(folder).as_posix()}": file for file in files}
    return dict(sorted(found.items()))

"""Results kept between runs, each named by everything that it came from: other input or other software, other name.

In:  a folder below build/cache, a name's parts, and how to make the result.   Out: the result, kept or made.
A file that is cut short or altered does not fit the digest at its head, and its result is made anew. Left out on purpose: results for the world outside; only this program reads these files.
"""

from __future__ import annotations

import hashlib
import pickle
import platform
from collections.abc import Callable
from functools import cache
from importlib import metadata, resources
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")
SOFTWARE = (
    "mkdocs", "mkdocs-material", "Markdown", "pymdown-extensions", "Pygments", "Jinja2", "pagefind", "pagefind-bin",
    "sudachipy", "sudachidict-core", "markdown-it-py", "mdit-py-plugins", "pyyaml", "jsonschema-rs",
    "budoux", "fonttools", "python-pptx", "vl-convert-python",
)
"""Packages that decide what comes out."""
SIZE = 16


def digest(data: bytes) -> str:
    """A short name for these bytes."""
    return hashlib.blake2b(data, digest_size=SIZE).hexdigest()


@cache
def code_digest() -> str:
    """A name for this code, its data, its theme and the software below it; web/assets is copied and read by nothing here."""
    package = Path(str(resources.files("komainu")))
    files = sorted(p for p in package.rglob("*") if p.is_file() and not {"__pycache__", "assets"} & set(p.parts))
    found = [f"{p.relative_to(package).as_posix()} {digest(p.read_bytes())}" for p in files]
    found += [platform.python_version(), *(f"{name} {_version(name)}" for name in SOFTWARE)]
    return digest("\n".join(found).encode())


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "none"


class Memo:
    """The kept results of one kind; nothing is written before `save`.

    `code` names the programs that decide what comes out: all of this one, unless the caller knows that fewer do.
    """

    def __init__(self, folder: Path, code: str = ""):
        self.folder = folder
        self.code = code or code_digest()
        self.used: set[str] = set()
        self.new: dict[str, bytes] = {}

    def get(self, parts: list[bytes], make: Callable[[], Result]) -> Result:
        """The result that came from these parts before, or a new one."""
        name = digest(b"".join([self.code.encode(), *(digest(part).encode() for part in parts)]))
        self.used.add(name)
        file = self.folder / name
        kept = file.read_bytes() if file.is_file() else b""
        if _mark(kept[SIZE:]) == kept[:SIZE]:
            return pickle.loads(kept[SIZE:])  # noqa: S301  our own file, unaltered since we wrote it
        result = make()
        body = pickle.dumps(result, protocol=5)
        self.new[name] = _mark(body) + body
        return result

    def save(self) -> None:
        """Keep what is new and drop what this run did not ask for; a disk that refuses costs time later, no more."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for name, data in self.new.items():
                new = self.folder / f"{name}.new"
                new.write_bytes(data)
                new.replace(self.folder / name)
            for file in self.folder.iterdir():
                if file.name not in self.used:
                    file.unlink(missing_ok=True)
        except OSError:
            return


def _mark(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=SIZE).digest()

"""What the last good site already has, so that a rebuild renders only the pages whose Markdown changed.

In:  the Markdown just written, the site of the last build and its manifest in build/cache.
Out: pages taken over by hard link; the bytes are those of a full build (tests/site/test_incremental.py).
It can be trusted because a page holds nothing of another one except the titles in the navigation: those, the
configuration, the theme, this code and the versions of the builder make one key, and another key means a full build.
Left out on purpose: the search index, which is made from all pages as soon as one of them changed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from komainu.memo import code_digest, digest

FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.S)


@dataclass(frozen=True)
class Site:
    """A finished site as the manifest remembers it; the empty one when there is none to build upon."""

    key: str = ""
    sources: dict[str, str] = field(default_factory=dict)
    """Language and path below build/pages -> digest."""
    files: dict[str, list[int]] = field(default_factory=dict)
    """Path below build/site -> size and time of change; a file that somebody touched is not taken over."""
    whole: bool = False
    """Whether nothing was added to the site, taken from it or touched."""


def site_key(settings: object, titles: list[str]) -> str:
    """A name for all that a page shows beside its own text: code, configuration, titles in the navigation."""
    return digest(json.dumps([code_digest(), settings, titles], sort_keys=True).encode())


def head(page: bytes) -> bytes:
    """The front matter of a page, which is all that other pages see of it."""
    match = FRONT_MATTER.match(page.decode())
    return match[0].encode() if match else b""


def out_path(source: str) -> str:
    """Where MkDocs writes a page: `a/b.md` -> `a/b/index.html`, below the language's folder."""
    stem = source.removesuffix(".md")
    return f"{stem}.html" if stem.rpartition("/")[2] == "index" else f"{stem}/index.html"


# --- the manifest --------------------------------------------------------------------------------

def last_site(build: Path, key: str) -> Site:
    """What stands in build/site, as far as it is untouched; the empty Site when the key is another or nothing is known."""
    try:
        known = Site(**json.loads((build / "cache" / "site.json").read_text("utf-8")))
        if known.key != key:
            return Site()
        files = _stamps(build / "site")
        untouched = {path: stamp for path, stamp in known.files.items() if files.get(path) == stamp}
        return Site(key, dict(known.sources), untouched, whole=files == known.files)
    except (OSError, ValueError, TypeError, AttributeError):
        return Site()


def remember(build: Path, key: str, sources: dict[str, str]) -> None:
    """Write the manifest of the site that has just taken its place."""
    file = build / "cache" / "site.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(".new")
    new.write_text(json.dumps({"key": key, "sources": sources, "files": _stamps(build / "site")}), "utf-8")
    new.replace(file)


def _stamps(site: Path) -> dict[str, list[int]]:
    """Size and time of change of every file of a site."""
    found = {}
    for folder, _, names in os.walk(site):
        for name in names:
            file = Path(folder, name)
            stat = file.stat()
            found[file.relative_to(site).as_posix()] = [stat.st_size, stat.st_mtime_ns]
    return found


# --- one language --------------------------------------------------------------------------------

def kept_pages(known: Site, lang: str, prefix: str, pages: dict[str, bytes], sources: dict[str, str]) -> dict[str, str]:
    """The pages whose HTML can be taken over: source -> path below build/site."""
    same = (path for path in pages if path.endswith(".md") and known.sources.get(f"{lang}/{path}") == sources[f"{lang}/{path}"])
    return {path: prefix + out_path(path) for path in same if prefix + out_path(path) in known.files}


def without(pages: dict[str, bytes], kept: dict[str, str], nav: list[str]) -> dict[str, bytes]:
    """What MkDocs has to render or copy; of a kept page in the navigation only its front matter, for its title."""
    rest = {path: data for path, data in pages.items() if path not in kept}
    return rest | {path: head(pages[path]) for path in nav if path in kept}


def take_over(site: Path, new: Path, paths: list[str]) -> None:
    """Put files of the old site into the new one, by hard link where the disk can."""
    for path in paths:
        target = new / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        try:
            os.link(site / path, target)
        except OSError:
            shutil.copy2(site / path, target)

"""What was handed in, as bytes: a folder or a zip, zips within them too, read within limits and never unpacked to disk.

In:  the path of a folder, a zip or one file, from anywhere.   Out: a Found for every file, in the order of their paths.
A path inside a zip is only ever a name. Links are not followed. What cannot be read is a Found with a status.
Left out on purpose: what the files mean (handed_in).
"""

from __future__ import annotations

import io
import os
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from komainu.problem import Unable

LARGEST = 20_000_000
"""Bytes of one notebook; the exercise's page refuses to open a larger one too."""
LARGEST_ZIP, UNPACKED = 500_000_000, 1_000_000_000
"""Bytes of one zip, and of all that is unpacked from zips in one run."""
FILES, DEEPEST = 20_000, 3
"""Files in all, and zips within zips."""
IGNORED = re.compile(r"^(__MACOSX|\..*|~\$.*|Thumbs\.db|desktop\.ini|Icon\r)$", re.IGNORECASE)
CHUNK = 1 << 20


@dataclass(frozen=True)
class Found:
    """One file, or something in the place of a file."""

    path: str
    """Where it stands, from the top of what was handed in; a zip is a folder of its own. Never absolute, never `..`."""
    raw: bytes
    """Its content; empty when there is a status."""
    status: str
    """Why there is no content: too-large, link, unreadable, zip-broken, zip-locked, zip-deep, zip-bomb, too-many; else empty."""
    when: float
    """When it was last changed, in seconds, by the clock of whoever saved it."""


@dataclass
class _Room:
    """What may still be taken in."""

    bytes: int = UNPACKED
    files: int = FILES


def unpacked(source: Path, wanted: Callable[[str], bool]) -> Iterator[Found]:
    """Everything below `source`; the content only of files whose names are wanted, and of zips."""
    room = _Room()
    if not source.exists():
        raise Unable(f"{source} がありません。", f"{source} is not there.")
    for path, file in sorted(_files(source)):
        room.files -= 1
        if room.files < 0:
            yield Found(path, b"", "too-many", 0.0)
            return
        yield from _file(path, file, wanted, room)


def _files(source: Path) -> Iterator[tuple[str, Path]]:
    """Every file below a folder by its shown path; links count as files, and system files not at all."""
    if not source.is_dir():
        yield shown(os.fsencode(source.name)), source
        return
    for folder, names, files in os.walk(source):
        here = Path(folder)
        links = [name for name in names if (here / name).is_symlink()]
        names[:] = sorted(name for name in names if not IGNORED.match(name) and name not in links)
        for name in (*files, *links):
            if not IGNORED.match(name):
                yield shown(os.fsencode((here / name).relative_to(source))), here / name


def shown(raw: bytes) -> str:
    r"""A path as text to show, whatever it was written in; without steps upwards, drive letters and control signs.

    >>> shown("../a\\\\提出.ipynb".encode("cp932")), shown(b"C:/x//y")
    ('a/提出.ipynb', 'x/y')
    """
    text = _decoded(raw).replace("\\", "/")
    text = "".join(sign if unicodedata.category(sign)[0] != "C" else "?" for sign in unicodedata.normalize("NFC", text))
    parts = [part for part in text.split("/") if part not in ("", ".", "..") and not re.fullmatch("[A-Za-z]:", part)]
    return "/".join(part[:200] for part in parts[-12:]) or "?"


def _decoded(raw: bytes) -> str:
    for coding in ("utf-8", "cp932"):
        try:
            return raw.decode(coding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def _file(path: str, file: Path, wanted: Callable[[str], bool], room: _Room) -> Iterator[Found]:
    try:
        status = file.lstat()
        when = status.st_mtime
        if not stat.S_ISREG(status.st_mode):
            yield Found(path, b"", "link" if stat.S_ISLNK(status.st_mode) else "unreadable", when)
        elif _is_zip(path):
            yield from _zip_file(path, file, status.st_size, wanted, room)
        elif not wanted(path):
            yield Found(path, b"", "not-notebook", when)
        elif status.st_size > LARGEST:
            yield Found(path, b"", "too-large", when)
        else:
            yield Found(path, file.read_bytes(), "", when)
    except OSError:
        yield Found(path, b"", "unreadable", 0.0)


def _is_zip(path: str) -> bool:
    return path.lower().endswith(".zip")


def _zip_file(path: str, file: Path, size: int, wanted: Callable[[str], bool], room: _Room) -> Iterator[Found]:
    if size > LARGEST_ZIP:
        yield Found(path, b"", "too-large", 0.0)
        return
    with file.open("rb") as stream:
        yield from _zip(path, stream, wanted, room, 1)


def _zip(path: str, stream, wanted: Callable[[str], bool], room: _Room, depth: int) -> Iterator[Found]:
    """The members of a zip in the order of their names."""
    if depth > DEEPEST:
        yield Found(path, b"", "zip-deep", 0.0)
        return
    try:
        with zipfile.ZipFile(stream) as archive:
            members = sorted((f"{path}/{_name(info)}", at) for at, info in enumerate(archive.infolist()))
            for inside, at in members:
                yield from _member(inside, archive, archive.infolist()[at], wanted, room, depth)
    except _BROKEN:
        yield Found(path, b"", "zip-broken", 0.0)


_BROKEN = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, IndexError, OverflowError, RuntimeError,
    UnicodeError, MemoryError,
)  # fmt: skip
"""What the reader of zips raises at one that is none: it has no single exception of its own."""


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name: Windows writes Japanese ones in cp932 and says nothing, a Mac writes UTF-8 and says nothing."""
    raw = info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437", "replace")
    return shown(raw)


def _member(path: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, wanted, room: _Room, depth: int) -> Iterator[Found]:
    if info.is_dir() or info.orig_filename.endswith("\\") or any(IGNORED.match(part) for part in path.split("/")):
        return
    when = _when(info)
    room.files -= 1
    status = _refusal(path, info, wanted, room)
    if status:
        if status != "too-many" or room.files == -1:  # said once, not for each of a million names
            yield Found(path, b"", status, when)
        return
    try:
        raw = _limited(archive, info, LARGEST if not _is_zip(path) else LARGEST_ZIP, room)
    except _BROKEN:
        yield Found(path, b"", "zip-broken", when)
        return
    if raw is None:
        yield Found(path, b"", "zip-bomb" if room.bytes < 0 else "too-large", when)
    elif _is_zip(path):
        yield from _zip(path, io.BytesIO(raw), wanted, room, depth + 1)
    else:
        yield Found(path, raw, "", when)


def _refusal(path: str, info: zipfile.ZipInfo, wanted: Callable[[str], bool], room: _Room) -> str:
    """Why a member is not read; empty when it is."""
    if room.files < 0:
        return "too-many"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "link"
    if not _is_zip(path) and not wanted(path):
        return "not-notebook"
    if info.flag_bits & 1:
        return "zip-locked"
    if room.bytes < 0:
        return "zip-bomb"
    return ""


def _limited(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int, room: _Room) -> bytes | None:
    """The bytes of a member, or None as soon as they are too many, whatever its entry says about its size."""
    parts, size = [], 0
    with archive.open(info) as stream:
        while part := stream.read(CHUNK):
            size += len(part)
            room.bytes -= len(part)
            if size > most or room.bytes < 0:
                return None
            parts.append(part)
    return b"".join(parts)


def _when(info: zipfile.ZipInfo) -> float:
    try:
        return datetime(*info.date_time).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0

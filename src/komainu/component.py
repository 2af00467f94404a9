"""The component in which pupils' code runs: made once from pinned packages, and found again.

In:  the root; the guest's files, the runner, what pupils may import.   Out: the path of the component in this machine's instructions.
Everything lies in one private folder below build/cache, named by all that it was made from. The native form is program
code that nothing confines, so it is made here and used here only: a file that was altered, or came with the folder from
another place, does not fit the mark beside it and is not loaded.
Left out on purpose: running it (cage, sandbox).
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

from komainu.given import given
from komainu.problem import Unable

FOLDER = Path("build") / "cache" / "grader"
PACKAGES = ("componentize-py", "wasmtime")
LIMIT_S = 900
CAGE = Path(__file__).with_name("cage.py")
GUEST = Path(__file__).with_name("guest")
KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "HOME", "USERPROFILE", "LANG")
"""What a process started here learns of the environment."""
SCRIPT = "import sys, componentize_py; sys.argv[0] = 'componentize-py'; sys.exit(componentize_py.script())"
Say = Callable[[str, str], None]


def ready(root: Path) -> Path:
    """The native component, made before and unaltered; Unable when there is none."""
    native = root / FOLDER / f"{made_from()}.cwasm"
    if not native.is_file() or not _is_private(native.parent) or not _fits(native):
        raise Unable(
            "採点用の Python がまだありません。komainu build grader で作れます(1 分ほど、最初の一回だけです)。",
            "The grader's Python is not there yet. komainu build grader makes it (about a minute, the first time only).",
        )
    return native


def build(root: Path, say: Say = lambda ja, en: None) -> Path:
    """The native component, made now if it is not there; `say` hears what is being done."""
    try:
        return ready(root)
    except Unable:
        _make(_private(root / FOLDER), made_from(), say)
        return ready(root)


def made_from() -> str:
    """A name for everything that decides what the component is: its sources, its tools, this kind of machine."""
    texts = [f"{name} {file.read_bytes().hex()}" for name, file in sorted(_sources().items())]
    texts += [f"{CAGE.read_bytes().hex()}", *(f"{name} {_version(name)}" for name in PACKAGES), platform.machine(), sys.platform]
    return _digest("\n".join(texts).encode())


def environment() -> dict[str, str]:
    """The little that a process started here learns of the environment."""
    return {name: os.environ[name] for name in KEPT if name in os.environ}


def _sources() -> dict[str, Path]:
    """What the component holds: path inside -> file."""
    return given() | {"runner.py": CAGE.with_name("runner.py"), "app.py": GUEST / "app.py", "grader.wit": GUEST / "grader.wit"}


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        raise Unable(
            f"採点に要る {name} が入っていません。pip install 'komainu[grade]' で入ります。",
            f"{name}, which grading needs, is not installed. pip install 'komainu[grade]' brings it.",
        ) from None


# --- making it -----------------------------------------------------------------------------------

def _make(folder: Path, name: str, say: Say) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as place:
        wasm, native = Path(place, "grader.wasm"), Path(place, "grader.cwasm")
        say("採点用の Python をまとめています", "Putting the grader's Python together")
        _run([sys.executable, "-I", "-c", SCRIPT, *_arguments(Path(place), wasm)], {"VIRTUAL_ENV": _empty(Path(place))})
        say("この機械の命令に直しています", "Translating it into this machine's instructions")
        _run([sys.executable, "-I", str(CAGE), "compile", str(wasm), str(native)], {})
        marks = json.dumps({"native": _mark(native, folder), "wasm": _digest(wasm.read_bytes())})
        Path(place, "marks").write_text(marks, "ascii")
        _tidy(folder, Path(place))
        for file, kind in ((wasm, "wasm"), (Path(place, "marks"), "json"), (native, "cwasm")):
            file.replace(folder / f"{name}.{kind}")


def _arguments(place: Path, wasm: Path) -> list[str]:
    """The sources laid out below `place`, and how the packer is asked to make one component of them."""
    for name, file in _sources().items():
        target = place / "app" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    return ["-d", str(place / "app" / "grader.wit"), "-w", "grader", "componentize", "-p", str(place / "app"), "app", "-o", str(wasm)]


def _empty(place: Path) -> str:
    """An environment without packages, so that none of this machine's gets into the component."""
    (place / "none" / "site-packages").mkdir(parents=True)
    return str(place / "none")


def _run(command: list[str], more_env: dict[str, str]) -> None:
    done = subprocess.run(
        command, env=environment() | more_env, timeout=LIMIT_S, check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
    )  # fmt: skip
    if done.returncode:
        said = done.stdout[-800:]
        raise Unable(f"採点用の Python を作れませんでした。\n{said}", f"The grader's Python could not be made.\n{said}")


def _tidy(folder: Path, place: Path) -> None:
    """Drop earlier editions; one that is still in use may stay."""
    for file in folder.iterdir():
        if file != place and file.is_file():
            try:
                file.unlink()
            except OSError:
                continue


# --- what may be loaded --------------------------------------------------------------------------

def _private(folder: Path) -> Path:
    """The folder, for this user alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "posix" and folder.stat().st_uid == os.getuid():
        folder.chmod(0o700)
    if not _is_private(folder):
        raise Unable(f"{folder} は、ほかの人も書けるフォルダーです。消してから、もう一度実行してください。", f"Others can write to {folder}. Delete it and run this again.")
    return folder


def _is_private(folder: Path) -> bool:
    """Whether nobody else can put files there; on Windows the home folder's own rights say so."""
    if os.name != "posix":
        return True
    about = folder.stat()
    return about.st_uid == os.getuid() and not about.st_mode & 0o022


def _fits(native: Path) -> bool:
    """Whether this is the file that was made here."""
    try:
        marks = json.loads(native.with_suffix(".json").read_text("ascii"))
    except (OSError, ValueError):
        return False
    return isinstance(marks, dict) and marks.get("native") == _mark(native, native.parent)


def _mark(native: Path, folder: Path) -> str:
    """A digest of the file, for this folder on this machine only: a copy elsewhere has another."""
    here = f"{folder.stat().st_ino} {platform.node()} {folder.resolve()}".encode()
    return _digest(native.read_bytes(), hashlib.blake2b(here, digest_size=32).digest())


def _digest(data: bytes, key: bytes = b"") -> str:
    return hashlib.blake2b(data, digest_size=16, key=key).hexdigest()

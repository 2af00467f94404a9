"""The notebook lab as files of the site: JupyterLite's notebook view, on the same Python as the exercise pages.

In:  the exercises, the engine's edition and the packages that requirements-lab.lock names.   Out: path below lab/ -> content.
JupyterLite is taken as finished files and put together here. Its own build tool would bring sixty packages into the
environment of every author, and would copy what the site already has.
Left out on purpose: its service worker (it takes itself for the only one of a host, and unregisters all others), the
file browser and the other views, packages that are fetched while a notebook runs.
"""

from __future__ import annotations

import html
import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from importlib import resources
from pathlib import Path

from komainu.curriculum import Curriculum
from komainu.executed import Done
from komainu.exercise import Exercise, notebook_bytes
from komainu.lab import SCRIPTS as LAB
from komainu.lab import Edition, bytecode
from komainu.memo import Memo, digest
from komainu.problem import LANGUAGES, Unable
from komainu.words import say
from komainu.writing import Here
from komainu.zips import packed

SCRIPTS = resources.files("komainu").joinpath("web/lite")
LOCK = "requirements-lab.lock"
EXTENSION = "@jupyterlite/pyodide-kernel-extension"
WHEELS = f"share/jupyter/labextensions/{EXTENSION}/"
UNUSED = re.compile(
    r"\.map$|^build/(lab|consoles|edit|repl|tree)/|^build/service-worker|^build/fa-.*\.(svg|eot|ttf|woff)$|^build/schemas/@"
)
"""Of JupyterLite: maps for its developers, other views, fonts in old formats, settings that stand together in one file as well."""
UNREAD = re.compile(
    r"/tests?/|^[^/]+\.data/|\.(pyi|typed|exe)$|\.dist-info/(?!METADATA$)|^pygments/lexers/(?!__init__|_mapping|python\.|special\.)"
)
"""Of the kernel's Python packages: what no notebook in Python asks for."""
CHANGES = {
    "python": (
        (rb"self\.Completer\.use_jedi = True", b"self.Completer.use_jedi = False"),  # names are completed without it; it weighs 1.6 MB
        (rb"builtins\.input = lambda .*", b"from smallmachines.kind import no_input; builtins.input = no_input"),
    ),
    "kernel": (
        (rb'name:"python",display_name:"Python \(Pyodide\)"', b'name:"python3",display_name:"Python 3"'),  # a saved notebook opens in any Jupyter
        (rb'\|\|"https:[^"]*/pyodide\.mjs"', b'||""'),  # there is no other host to fall back on
    ),
    "view": (
        # a cell that is run before Python has come waits for it; JupyterLab drops it without a word
        (rb"if\(a\.hasNoKernel&&await a\.startKernel\(\)", b'if(a.isReady||(n.model.executionState="running",await a.ready),a.hasNoKernel&&await a.startKernel()'),
    ),
}
"""What is changed in the kernel's Python packages, in its scripts and in JupyterLite; an edition without one of these places is refused."""
NO_PLUGINS = (
    "@jupyterlite/application-extension:service-worker-manager",
    "@jupyter-notebook/application-extension:pages",  # views that are not here
    "@jupyter-notebook/notebook-extension:tab-icon",  # asks for pictures that are not here
    "@jupyter-notebook/notebook-extension:checkpoints",  # would count the years since 1980
    "@jupyter-notebook/notebook-extension:trusted",
    "@jupyterlab/help-extension:resources",  # links to other hosts
    "@jupyterlab/help-extension:jupyter-forum",
)
VIEWS = ("tree", "lab", "edit", "consoles")
"""Views of JupyterLite that are not here; whoever asks for one comes to the list of notebooks."""
NAMES = {"ja": "ja_JP", "en": "en"}
"""The interface's languages as JupyterLab names them."""
LONG_AGO = "1980-01-01T00:00:00Z"


def notebook_path(exercise: Exercise) -> str:
    """The notebook below the contents of its language; a new version never hides what a pupil wrote in an older one."""
    return f"{exercise.id}/{exercise.id}-v{exercise.version}.ipynb"


def link(here: Here, exercise: Exercise) -> str:
    """The address from a page to its notebook in the lab; the empty text when this site has no lab."""
    if not (here.edition and here.edition.notebooks):
        return ""
    return ("" if here.lang == "ja" else "../") + here.to(f"lab/{here.lang}/notebooks/index.html?path={notebook_path(exercise)}")


def files(curriculum: Curriculum, done: dict[str, Done], engine: Edition) -> dict[str, bytes]:
    """Every file of the lab, by path below lab/."""
    wheels = parts(curriculum.root)
    extension = _extension(wheels["jupyterlite_pyodide_kernel"])
    load = json.loads(extension.pop("package.json"))["jupyterlab"]["_build"]
    python = _python(curriculum.root, wheels, [extension.pop(name) for name in list(extension) if name.endswith(".whl")])
    folder = f"python/{digest(b''.join(python.values()))[:16]}/"
    found = _app(wheels["jupyterlite_core"]) | {f"extensions/{EXTENSION}/{name}": data for name, data in extension.items()}
    found |= {folder + name: data for name, data in python.items()}
    found |= {file.name: file.read_bytes() for file in (SCRIPTS.joinpath("start.js"), LAB.joinpath("offline.js"))}
    found |= {"LICENSES.txt": _licences(wheels)}
    for lang in LANGUAGES:
        contents = _contents(curriculum, lang, done)
        found |= {f"{lang}/files/{name}": data for name, data in contents.items()}
        found |= {f"{lang}/api/contents/{name}": data for name, data in _listings(contents).items()}
        found |= {f"{lang}/api/translations/{name}": data for name, data in _translations(wheels["jupyterlab_language_pack_ja_jp"]).items()}
        found |= {f"{lang}/{view}/index.html": _elsewhere(lang) for view in VIEWS}
        found[f"{lang}/notebooks/index.html"] = _page(lang, _config(curriculum, lang, done, engine, load, folder))
    return found


# --- what comes from elsewhere -------------------------------------------------------------------

def parts(root: Path) -> dict[str, Path]:
    """The wheels that the lab is made of, by name; fetched once, and kept below build/cache until the lock changes."""
    lock = root / LOCK
    folder = root / "build" / "cache" / "lab" / digest(lock.read_bytes())
    if not folder.is_dir():
        new = folder.with_suffix(".new")
        shutil.rmtree(folder.parent, ignore_errors=True)
        command = [
            sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps", "--require-hashes",
            "--only-binary", ":all:", "--python-version", "3.14", "--implementation", "py", "--abi", "none", "--platform", "any",
            "--dest", str(new), "-r", str(lock),
        ]
        fetched = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", timeout=900)
        if fetched.returncode:
            raise Unable(
                f"ノートブックの実験室の部品を受け取れませんでした。ネットワークを確かめて、もう一度実行してください。\n{fetched.stderr[-800:]}",
                f"The parts of the notebook lab could not be fetched. Check the network and run this again.\n{fetched.stderr[-800:]}",
            )
        new.rename(folder)
    return {file.name.partition("-")[0].lower(): file for file in sorted(folder.glob("*.whl"))}


def _wheel(source: Path | bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as archive:
        return {name: archive.read(name) for name in sorted(archive.namelist()) if not name.endswith("/")}


def _app(wheel: Path) -> dict[str, bytes]:
    """JupyterLite's notebook view."""
    archive = next(data for name, data in _wheel(wheel).items() if name.endswith(".tgz"))
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        members = {m.name.removeprefix("package/"): m for m in tar if m.isfile() and m.name.startswith("package/build/")}
        found = {name: tar.extractfile(member).read() for name, member in sorted(members.items()) if not UNUSED.search(name)}
    return _changed(found, CHANGES["view"]) | {"build/schemas/all_federated.json": b"[]"}


def _extension(wheel: Path) -> dict[str, bytes]:
    """What connects it with Python: scripts for the browser, and Python packages."""
    found = {name.partition(WHEELS)[2]: data for name, data in _wheel(wheel).items() if WHEELS in name}
    kept = re.compile(r"package\.json$|static/(?!pypi/|schema/).*(?<!\.map)$|/(ipykernel|piplite|pyodide_kernel)-[^/]*\.whl$")
    return _changed({name: data for name, data in found.items() if kept.search(name)}, CHANGES["kernel"])


def _changed(files: dict[str, bytes], changes: tuple[tuple[bytes, bytes], ...]) -> dict[str, bytes]:
    for old, new in changes:
        places = [name for name, data in files.items() if not name.endswith(".whl") and len(re.findall(old, data)) == 1]
        if len(places) != 1:
            raise Unable(f"実験室の部品が、知っている形ではありません({old.decode()})。", f"The lab's parts are not as they were known ({old.decode()}).")
        files[places[0]] = re.sub(old, lambda _: new, files[places[0]])  # noqa: B023  used at once
    return files


def _python(root: Path, wheels: dict[str, Path], inner: list[bytes]) -> dict[str, bytes]:
    """The kernel's packages in one zip of bytecode, which Python reads as it is, and the script that puts it in place."""
    outer = [file for name, file in wheels.items() if not name.startswith("jupyterl")]
    found = {name: data for wheel in (*outer, *inner) for name, data in _wheel(wheel).items() if not UNREAD.search(name)}
    found = _changed(found, CHANGES["python"])
    pyodide, source = root / "node_modules" / "pyodide", packed(found)
    compiler = Path(str(resources.files("komainu")), "web/lab/compile.mjs").read_bytes()
    memo = Memo(root / "build" / "cache" / "kernel", digest(compiler + Path(__file__).read_bytes()))
    made = memo.get([source, (pyodide / "pyodide.asm.wasm").read_bytes()], lambda: bytecode(pyodide, source))
    memo.save()
    return {"kernel.pyz": made, "pyodide.js": SCRIPTS.joinpath("pyodide.js").read_bytes()}  # not .zip: those are for people, and no browser keeps them


def _translations(wheel: Path) -> dict[str, bytes]:
    """The interface's sentences, as JupyterLab asks for them."""
    packs = {Path(name).stem: json.loads(data) for name, data in _wheel(wheel).items() if name.endswith(".json")}
    names = {"en": {"displayName": "English", "nativeName": "English"}, "ja_JP": {"displayName": "Japanese", "nativeName": "日本語"}}
    filled = {name: pack for name, pack in packs.items() if len(pack) > 1 and name in ("jupyterlab", "notebook")}
    known = {"all.json": {"data": names, "message": ""}, "en.json": {"data": {}, "message": ""}, "ja_JP.json": {"data": filled, "message": ""}}
    return {name: json.dumps(value, ensure_ascii=False, sort_keys=True).encode() for name, value in known.items()}


def _licences(wheels: dict[str, Path]) -> bytes:
    """The licences of all packages in one file."""
    found = []
    for file in wheels.values():
        texts = [data.decode("utf-8", "replace").strip() for name, data in _wheel(file).items() if re.search(r"\.dist-info/(.*/)?LICEN[SC]E", name)]
        found.append("\n\n".join([" ".join(file.name.split("-")[:2]), *texts]))
    return "\n\n".join(found).encode()


# --- what is ours --------------------------------------------------------------------------------

def _contents(curriculum: Curriculum, lang: str, done: dict[str, Done]) -> dict[str, bytes]:
    """The pupils' notebooks of one language with their tables."""
    found = {}
    for exercise in curriculum.exercises.values():
        found[notebook_path(exercise)] = notebook_bytes(exercise, lang)
        found |= {f"{exercise.id}/data/{name}": data for name, data in done[exercise.id].tables.items()}
    return found


def _listings(contents: dict[str, bytes]) -> dict[str, bytes]:
    """What stands in each folder, as a Jupyter server would answer."""
    entries: dict[str, dict[str, dict]] = {"": {}}
    for path, data in sorted(contents.items()):
        kind = "notebook" if path.endswith(".ipynb") else "file"
        entry = _entry(path, kind, len(data))
        while path:
            folder, _, name = path.rpartition("/")
            entries.setdefault(folder, {})[name] = entry
            path, entry = folder, _entry(folder, "directory", 0)
    made = {folder: {**_entry(folder, "directory", 0), "content": [inside[name] for name in sorted(inside)]} for folder, inside in entries.items()}
    return {f"{folder}/all.json".lstrip("/"): json.dumps(listing, sort_keys=True).encode() for folder, listing in made.items()}


def _entry(path: str, kind: str, size: int) -> dict:
    return {
        "name": path.rpartition("/")[2], "path": path, "type": kind, "size": size, "created": LONG_AGO, "last_modified": LONG_AGO,
        "content": None, "format": None, "mimetype": None, "writable": True,
    }


def _config(curriculum: Curriculum, lang: str, done: dict[str, Done], engine: Edition, load: dict, folder: str) -> dict:
    """The settings of one language; addresses are relative to lab/<lang>/ and made whole by start.js."""
    return {
        "appName": say(lang, "lab_title"), "appUrl": "/notebooks", "notebookPage": "notebooks", "baseUrl": "./", "fullStaticUrl": "../build",
        "fullLabextensionsUrl": "../extensions", "settingsUrl": "../build/schemas", "themesUrl": "../build/themes", "contentsAllJsonFile": "all.json",
        "defaultKernelName": "python3", "federated_extensions": [{"name": EXTENSION, "load": load["load"], "extension": load["extension"]}],
        "disabledExtensions": list(NO_PLUGINS),
        "litePluginSettings": {f"{EXTENSION}:kernel": {
            "pyodideUrl": f"../{folder}pyodide.js", "disablePyPIFallback": True,
            "loadPyodideOptions": {
                "engineURL": f"../../{engine.folder}", "packages": ["micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython"],
            },
        }},
        "settingsOverrides": {
            "@jupyterlab/translation-extension:plugin": {"locale": NAMES[lang]},
            "@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 10},
            "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
            # Python in a browser cannot be interrupted; what would do nothing is not shown.
            "@jupyterlab/notebook-extension:panel": {"toolbar": [{"name": "interrupt", "disabled": True}]},
            "@jupyterlab/mainmenu-extension:plugin": {"menus": [{"id": "jp-mainmenu-kernel", "items": [{"command": "kernelmenu:interrupt", "disabled": True}]}]},
        },
        "bundle": "../build/notebooks/bundle.js",
        "tables": {exercise.id: [name for name in sorted(done[exercise.id].tables) if not name.endswith(".licence.yml")] for exercise in curriculum.exercises.values()},
    }


def _page(lang: str, config: dict) -> bytes:
    words = {name: html.escape(say(lang, f"lab_{name}")) for name in ("title", "waiting", "failed", "noscript")}
    text = SCRIPTS.joinpath("page.html").read_text("utf-8")
    data = json.dumps(config, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    for name, value in {"lang": lang, "icon": "../../../assets/logo.svg", **words, "config": data}.items():
        text = text.replace(f"{{{name}}}", value, 1)
    return text.encode()


def _elsewhere(lang: str) -> bytes:
    """A page that leads to the list of notebooks."""
    there, title = "../../" if lang == "ja" else "../../../en/lab/", html.escape(say(lang, "lab_title"))
    return f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={there}"><title>{title}</title><a href="{there}">{title}</a></html>\n'.encode()

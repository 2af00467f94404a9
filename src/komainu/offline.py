"""The site without a connection: the list by which a browser keeps an edition, and the whole site as one zip.

In:  the folder of a finished site.   Out: edition.json in it; the bytes of a zip.
Left out on purpose: the keeping itself (web/offline/service-worker.js) and what a page says of it (web/lab/offline.js).
"""

from __future__ import annotations

import hashlib
import html
import json
from collections.abc import Iterable
from importlib import resources
from pathlib import Path

from komainu.exercise import Exercise
from komainu.words import say
from komainu.writing import Here
from komainu.zips import packed

HERE = resources.files("komainu").joinpath("web/offline")
WORKER = "service-worker.js"
WORDS = ("keeping", "kept", "blocked", "full", "newer", "updated", "altered", "lost", "gone")
NOT_KEPT = ("404.html", "edition.json", "sitemap.xml", ".nojekyll", WORKER)
HANDED_OUT = (".zip", ".docx", ".pptx", ".pdf")
TOP = "komainu-offline"


def notice(here: Here, exercise: Exercise) -> str:
    """The line on a page with Python in it that says whether it works without a connection."""
    lessons = [lesson.id for lesson in here.curriculum.lessons.values() if lesson.exercise == exercise.id]
    ways = ["", "exercises/", f"exercises/{exercise.id}/", "draw/", "offline/"]
    return keeping(here, [*ways, *(f"lessons/{ident}/{page}" for ident in lessons for page in ("", "pupil/"))])


def keeping(here: Here, pages: Iterable[str]) -> str:
    """The same line on any page, which keeps these pages beside itself."""
    facts = {
        "worker": ("" if here.lang == "ja" else "../") + here.to(WORKER),
        "pages": [here.to(url) for url in pages],
        "words": {name: here.say(f"offline_{name}") for name in WORDS},
    }
    return (
        f'<p class="k-offline k-note" aria-live="polite" data-offline="{html.escape(json.dumps(facts, ensure_ascii=False))}" hidden>'
        f'<span></span> <a href="{here.to("offline/")}#check" hidden>{here.say("offline_check")}</a></p>'
    )


def write_edition(site: Path) -> None:
    """Name every file that a page may need, with the digest of its bytes and its size, and give the whole a name.

    Left out are the search index, what is handed out as zip, Word, PowerPoint or PDF, and the quizzes for other tools, which are
    of no use to a copy; folders with a worker of their own; and the parts of the real model, which its page keeps by itself.
    """
    apart = [file.parent for file in site.rglob(WORKER) if file.parent != site] + [site / "pagefind", site / "model" / "parts"]
    files = {}
    for file in sorted(path for path in site.rglob("*") if path.is_file()):
        name = file.relative_to(site).as_posix()
        handed_out = (file.suffix in HANDED_OUT and not name.startswith("engine/")) or file.parents[1].name == "quizzes"
        if name not in NOT_KEPT and not handed_out and not any(folder in file.parents for folder in apart):
            data = file.read_bytes()
            files[name] = [hashlib.sha256(data).hexdigest()[:16], len(data)]
    text = json.dumps(files, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    edition = hashlib.sha256(text.encode()).hexdigest()[:16]
    (site / "edition.json").write_text(f'{{"format":1,"edition":"{edition}","files":{text}}}', "utf-8")


def bundle(site: Path) -> bytes:
    """The whole site, how to serve it, and a small server for where there is Python; the same bytes each time."""
    files = {f"{TOP}/site/{file.relative_to(site).as_posix()}": file.read_bytes() for file in site.rglob("*") if file.is_file()}
    readme = "\n".join(say(lang, "offline_readme") for lang in ("ja", "en"))
    files[f"{TOP}/README.txt"] = b"\xef\xbb\xbf" + readme.replace("\n", "\r\n").encode()  # an old Windows editor asks for the mark
    return packed(files | {f"{TOP}/serve.py": HERE.joinpath("serve.py").read_bytes()})

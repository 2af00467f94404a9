"""The page that marks in the browser: a teacher drops notebooks there, and nothing leaves the computer.

In:  a Here or a Curriculum.   Out: the block of the page; the scripts, the Python and the exercises it loads, as files of the site.
The Python is that of `grading`, as it stands; pupils' code runs in a frame of its own (web/grading).
Left out on purpose: hidden checks, which no site holds; a teacher opens checks.yml or school.yml on the page.
"""

from __future__ import annotations

import html
import json
from functools import cache
from importlib import metadata, resources
from pathlib import Path

from komainu.curriculum import Curriculum
from komainu.exercise import Exercise
from komainu.lab import bundle
from komainu.memo import Memo, digest
from komainu.play import address
from komainu.problem import LANGUAGES
from komainu.sandbox import tables
from komainu.words import starting_with
from komainu.writing import Here
from komainu.zips import packed

OWN = resources.files("komainu")
SCRIPTS = OWN.joinpath("web/grading")
ENTRIES = ("page.js", "marker.js", "frame.js", "inside.js")
STYLE = "page.css"
PAGE = "grade-here"
"""The page that holds the form."""
MODULES = ("__init__", "exercise", "files", "given", "memo", "percent", "problem", "reported", "running", "words", "xlsx", "zips")
"""What marking needs besides `grading` itself; everything else of Komainu stays at home."""
HELD = ("data/grading.yml", "data/rules.yml", "web/policy/document.css", "web/grading/grading.css")


def grading_form(here: Here) -> str:
    """The place where files are dropped; a sentence where the site has no browser's Python."""
    exercises = here.curriculum.exercises.values()
    if not (here.edition and exercises):
        return here.say("grading_none")
    words = starting_with(here.lang, "grading_")
    facts = {"lang": here.lang, "engine": address(here), "words": {name: text for name, text in words.items() if not name.startswith("do_")}}
    folder = f'{("" if here.lang == "ja" else "../") + here.to("")}{script_folder(here.curriculum)}'.removeprefix("./")
    options = "".join(f'<option value="{one.id}">{html.escape(one.title[here.lang])}</option>' for one in exercises)
    ways = (("files", 'multiple accept=".ipynb,.json,.zip"'), ("folder", "webkitdirectory multiple"), ("hidden", 'multiple accept=".yml,.yaml"'))
    inputs = {name: f'{_button(here, name)}<input type="file" data-for="{name}" aria-label="{here.say(f"grading_do_{name}")}" {how} hidden>' for name, how in ways}
    return (
        f'<link rel="stylesheet" href="{folder}{STYLE}">'
        f'<section class="k-grading k-noprint" data-grading="{html.escape(json.dumps(facts, ensure_ascii=False))}" data-pagefind-ignore="all" hidden>'
        f'<p><label for="grading-exercise">{here.say("grading_exercise")}</label> <select id="grading-exercise">{options}</select></p>'
        f'<div class="k-drop"><p>{here.say("grading_drop")}</p><p class="k-choose">{inputs["files"]}{inputs["folder"]}</p><p class="k-given" aria-live="polite">{here.say("grading_given", n=0)}</p></div>'
        f'<p class="k-choose">{inputs["hidden"]}</p><p class="k-hidden k-note" aria-live="polite">{here.say("grading_no_hidden")}</p>'
        f'<details><summary>{here.say("grading_more")}</summary><p><label for="grading-seed">{here.say("grading_seed")}</label> '
        f'<input id="grading-seed" maxlength="40" autocomplete="off" spellcheck="false"></p></details>'
        f'<p class="k-steer">{"".join(_button(here, name, hidden=True) for name in ("start", "stop", "go-on", "get", "forget"))}</p>'
        f'<progress aria-label="{here.say("grading_progress")}" hidden></progress><p role="status" aria-live="polite"></p><div class="k-marks"></div></section>'
        f'<noscript><p>{here.say("grading_noscript")}</p></noscript>'
        f'<script type="module" src="{folder}page.js"></script>'
    )


def _button(here: Here, name: str, hidden: bool = False) -> str:
    primary = " md-button--primary" if name in ("start", "get") else ""
    return f'<button type="button" class="md-button{primary}" data-do="{name}"{" hidden" if hidden else ""}>{here.say(f"grading_do_{name}")}</button> '


# --- its files -----------------------------------------------------------------------------------

def grading_files(curriculum: Curriculum, lang: str) -> dict[str, bytes]:
    """What the page loads, by path; it stands once, beside the Japanese page."""
    if lang != "ja" or PAGE not in curriculum.pages["ja"]:
        return {}
    folder = script_folder(curriculum)
    return {folder + name: data for name, data in {**scripts(curriculum.root), **_rest(curriculum)}.items()}


def script_folder(curriculum: Curriculum) -> str:
    """The folder of the files, named by what they are made from, so that two editions never mix."""
    parts = [*_sources(curriculum.root), *(part for name, data in sorted(_rest(curriculum).items()) for part in (name.encode(), data))]
    return f"{PAGE}/{digest(b''.join(parts))[:16]}/"


def scripts(root: Path) -> dict[str, bytes]:
    """The scripts of the page, small."""
    memo = Memo(root / "build" / "cache" / "grading")
    sources = {file.name: file.read_bytes() for file in SCRIPTS.iterdir() if file.name.endswith(".js")}
    made = memo.get(_sources(root), lambda: bundle(root, sources, list(ENTRIES)))
    memo.save()
    return {name: data for name, data in made.items() if name in ENTRIES}


def _sources(root: Path) -> list[bytes]:
    files = sorted((file for file in SCRIPTS.iterdir() if file.name.endswith(".js")), key=lambda file: file.name)
    return [(root / "package-lock.json").read_bytes(), *(part for file in files for part in (file.name.encode(), file.read_bytes()))]


def _rest(curriculum: Curriculum) -> dict[str, bytes]:
    exercises = {f"{one.id}.json": about(curriculum.root, one) for one in curriculum.exercises.values()}
    own = {STYLE: SCRIPTS.joinpath(STYLE).read_bytes(), "frame.py": OWN.joinpath("guest/frame.py").read_bytes()}
    return {**exercises, **own, "marking.zip": marking()}


def about(root: Path, exercise: Exercise) -> bytes:
    """An exercise for the page: its facts, both notebooks and its visible checks; hidden checks are left out."""
    asked = exercise.asked.data
    questions = [q | {"checks": [c for c in q["checks"] if not c.get("hidden")], "mistakes": []} for q in asked["questions"]]
    facts = {name: value for name, value in exercise.facts.data.items() if name != "demo"}
    texts = {lang: (root / exercise.folder / f"{lang}.py").read_text("utf-8") for lang in LANGUAGES}
    data = {"facts": facts, "asked": asked | {"questions": questions}, "sources": texts}
    return json.dumps({"about": data, "tables": tables(root / exercise.folder)}, ensure_ascii=False, separators=(",", ":"), default=str).encode()


@cache
def marking() -> bytes:
    """Komainu's own marking as a zip of Python, with a reader of YAML in Python alone."""
    own = {f"{name}.py": OWN.joinpath(f"{name}.py") for name in MODULES}
    own |= {f"grading/{file.name}": file for file in OWN.joinpath("grading").iterdir() if file.name.endswith(".py")}
    own |= {name: OWN.joinpath(name) for name in HELD}
    yaml = {f"yaml/{file.name}": file for file in resources.files("yaml").iterdir() if file.name.endswith(".py") and file.name != "cyaml.py"}
    files = {f"komainu/{name}": file.read_bytes() for name, file in own.items()} | {name: file.read_bytes() for name, file in yaml.items()}
    return packed(files | {"yaml/LICENSE": (metadata.distribution("pyyaml").read_text("licenses/LICENSE") or "").encode()})

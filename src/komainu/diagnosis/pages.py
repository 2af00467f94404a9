"""The page of the five-minute diagnosis, the class picture below it, and the data and scripts that they load.

In:  a Here or a Curriculum.   Out: blocks of pages; files of the site, one for each language and reading level.
Nothing but the page itself is loaded before the reader begins; answers stay in the memory of the page's script.
Left out on purpose: asking and telling (web/diagnosis), the teachers' page with the keys (key_page).
"""

from __future__ import annotations

import html
import json
from functools import cache
from importlib import resources
from pathlib import Path

import yaml

from komainu.curriculum import Curriculum
from komainu.diagnosis.bank import FORMS, LEVELS, Item
from komainu.diagnosis.scoring import WORDS
from komainu.lab import bundle
from komainu.memo import Memo, digest
from komainu.policy.data import annotated
from komainu.reading import ruby_html
from komainu.words import starting_with
from komainu.writing import Here

WEB = resources.files("komainu").joinpath("web")
ENTRY, STYLE, PAGE = "page.js", "diagnosis.css", "diagnosis"
SHARED = ("dom.js", "ruling.js")
"""Scripts of web/policy that this page uses as well."""

WRITTEN = 9
"""A furigana threshold above all school years: no readings."""


@cache
def numbers() -> dict[str, float]:
    """What the simulation gave (benchmarks/diagnosis.py writes it), for the sentences that say how little fourteen items tell."""
    return yaml.safe_load(resources.files("komainu").joinpath("data/diagnosis.yml").read_text("utf-8"))


# --- the page ------------------------------------------------------------------------------------


def diagnosis_form(here: Here) -> str:
    """The choice of reader and form, and the place of the questions; a sentence where the site has no items."""
    bank = here.curriculum.diagnosis
    if not (bank and bank.whole and here.edition):
        return here.say("diagnosing_none")
    facts = {"data": {level: f"{_to(here)}{level}.json?{_stamp(here.curriculum, here.lang, level)}" for level in LEVELS}}
    facts |= {name: here.say(f"diagnosing_{name}") for name in ("loading", "failed")}
    folder = f"{_to(here, 'ja')}{script_folder(here.curriculum.root)}"
    paper = f'<a href="{here.to("diagnosis-key/")}">{_say(here, "diagnosing_paper")}</a>'
    return (
        f'<link rel="stylesheet" href="{folder}{STYLE}">'
        f'<section class="k-diagnosis" data-diagnosis="{_attribute(facts)}" data-pagefind-ignore="all" hidden>'
        f'<div class="k-begin"><form autocomplete="off">{_choice(here, "level", LEVELS, None)}{_choice(here, "form", FORMS, "a")}'
        f'<p>{_say(here, "diagnosing_promise")}</p>'
        f'<p><button type="submit" class="md-button md-button--primary">{_say(here, "diagnosing_start")}</button></p></form>'
        '<p role="status" aria-live="polite"></p></div><div class="k-screen"></div></section>'
        f'<noscript><p>{_say(here, "diagnosing_noscript")} {paper}</p></noscript>'
        f'<script type="module" src="{folder}{ENTRY}"></script>'
    )


def class_tally(here: Here) -> str:
    """The place of the class picture; the empty text where the site has no items."""
    bank = here.curriculum.diagnosis
    if not (bank and bank.whole and here.edition):
        return ""
    names = [one.words[here.lang]["name"] for one in here.curriculum.reference.viewpoints.values()]
    words = [here.say(f"diagnosis_{word}") for word in WORDS]
    said = {name: text.replace("{swing}", str(numbers()["swing"])) for name, text in starting_with(here.lang, "tally_").items()}
    facts = {"viewpoints": names, "words": words, "tally": said}
    return f'<section class="k-class" data-tally="{_attribute(facts)}" data-pagefind-ignore="all" hidden></section>'


def _choice(here: Here, name: str, values: tuple[str, ...], chosen: str | None) -> str:
    buttons = "".join(
        f'<label><input type="radio" name="{name}" value="{value}" required{" checked" if value == chosen else ""}> '
        f'<span>{_say(here, f"diagnosing_{name}_{value}")}</span></label>'
        for value in values
    )
    return f'<fieldset><legend>{_say(here, f"diagnosing_{name}")}</legend>{buttons}</fieldset>'


def _say(here: Here, name: str) -> str:
    return ruby_html(here.say(name)) if here.lang == "ja" else here.say(name)


def _attribute(facts: dict) -> str:
    return html.escape(json.dumps(facts, ensure_ascii=False))


def _to(here: Here, lang: str | None = None) -> str:
    """The address of a language's folder from a page of either language; scripts stand in the Japanese one."""
    up = here.to("") if (lang or here.lang) == here.lang else "../" + here.to("")
    return f"{up.removeprefix('./')}{PAGE}/"


# --- its data ------------------------------------------------------------------------------------


def diagnosis_files(curriculum: Curriculum, lang: str) -> dict[str, bytes]:
    """What the page loads in one language, by path; the scripts stand once, beside the Japanese page."""
    if not (curriculum.diagnosis and curriculum.diagnosis.whole):
        return {}
    files = {f"{PAGE}/{level}.json": _json(level_data(curriculum, lang, level)) for level in LEVELS}
    if lang == "ja":
        files |= {f"{PAGE}/{script_folder(curriculum.root)}{name}": data for name, data in scripts(curriculum.root).items()}
    return files


def level_data(curriculum: Curriculum, lang: str, level: str) -> dict:
    """Both forms, and all that the page says at one reading level; Japanese with its readings."""
    ruby = annotated if lang == "ja" else str
    bank, stage = curriculum.diagnosis, curriculum.reference.stages.get(level)
    said = bank.words.data
    return {
        "furigana": stage.furigana if stage else WRITTEN,
        "numbers": numbers(),
        "words": {name: ruby(text) for name, text in starting_with(lang, "diagnosis_").items()},
        "items": {form: [_item(one, level, lang, ruby) for one in bank.form(form)] for form in FORMS},
        "viewpoints": [
            {
                "id": ident,
                "name": ruby(one.words[lang]["name"]),
                "remark": {word: ruby(text[lang]) for word, text in said["viewpoints"][ident]["remark"].items()},
                "next": [[url, ruby(title)] for url, title in onward(curriculum, lang, ident, level)],
            }
            for ident, one in curriculum.reference.viewpoints.items()
        ],
        "calibration": {name: ruby(text[lang]) for name, text in said["calibration"].items()},
    }


def _item(item: Item, level: str, lang: str, ruby) -> dict:
    words = item.words[level][lang]
    facts = {"id": item.id, "viewpoint": item.viewpoint, "kind": item.kind, "key": item.key, "half": list(item.half)}
    told = {name: ruby(words[name]) for name in ("stem", "shown", "explain") if name in words}
    if item.kind == "situation":
        told["options"] = [[one, ruby(words["options"][one])] for one in item.options]
        told["why"] = {one: ruby(text) for one, text in words["why"].items()}
    return facts | told


def onward(curriculum: Curriculum, lang: str, viewpoint: str, level: str) -> list[tuple[str, str]]:
    """Address and title of what to learn next: lessons of the stage for the viewpoint, else of the nearest stage below, else its skills."""
    stages = list(curriculum.reference.stages)
    for stage in reversed(stages[: stages.index(level) + 1]):
        fitting = [one for one in curriculum.lessons.values() if one.stage == stage and _about(curriculum, one.skills, viewpoint)]
        if fitting:
            return [(f"../lessons/{one.id}/pupil/", one.title[lang]) for one in fitting]
    name = curriculum.reference.viewpoints[viewpoint].words[lang]["name"]
    return [(f"../skills/#{viewpoint}-{level}", starting_with(lang, "diagnosis_")["skills"].format(viewpoint=name))]


def _about(curriculum: Curriculum, skills: tuple[str, ...], viewpoint: str) -> bool:
    return any(curriculum.reference.skills[one].viewpoint == viewpoint for one in skills)


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _stamp(curriculum: Curriculum, lang: str, level: str) -> str:
    """A name for this state of the data, so that a browser takes no other for it."""
    return digest(_json(level_data(curriculum, lang, level)))[:16]


# --- its scripts ---------------------------------------------------------------------------------


def script_folder(root: Path) -> str:
    """The folder of the scripts, named by what they are made from, so that two editions never mix."""
    return digest(b"".join(_parts(root)))[:16] + "/"


def scripts(root: Path) -> dict[str, bytes]:
    """The script of the page in one small file, and its style."""
    memo = Memo(root / "build" / "cache" / "diagnosis")
    made = memo.get(_parts(root), lambda: bundle(root, {name: data for name, data in _sources().items() if name.endswith(".js")}, [ENTRY]))
    memo.save()
    return {ENTRY: made[ENTRY], STYLE: _sources()[STYLE]}


def _sources() -> dict[str, bytes]:
    own = [file for file in WEB.joinpath("diagnosis").iterdir() if file.name.endswith((".js", ".css"))]
    shared = [WEB.joinpath("policy", name) for name in SHARED]
    return {file.name: file.read_bytes() for file in sorted([*own, *shared], key=lambda file: file.name)}


def _parts(root: Path) -> list[bytes]:
    return [(root / "package-lock.json").read_bytes(), *(part for name, data in _sources().items() for part in (name.encode(), data))]

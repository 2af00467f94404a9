"""The policy page: where a school answers questions and gets its own policy in every voice.

In:  a Here or a Curriculum.   Out: the block of the page; the data and scripts it loads, as files of the site.
Nothing but the page itself is loaded before the reader begins. What is typed stays in the browser.
Left out on purpose: the form and the documents themselves, which web/policy makes from the data.
"""

from __future__ import annotations

import gzip
import html
import json
from importlib import resources
from pathlib import Path

from komainu.curriculum import Curriculum
from komainu.docx import parts
from komainu.lab import bundle
from komainu.memo import Memo, digest
from komainu.play import question_dialog
from komainu.policy.data import Policy, prepared
from komainu.problem import LANGUAGES
from komainu.words import starting_with
from komainu.writing import Here

SCRIPTS = resources.files("komainu").joinpath("web/policy")
ENTRY = "page.js"
STYLE = "policy.css"

FIRST_FORMS = ("rules", "plain")
FIRST_TEXTS = ("rule",)
"""What the first file has: enough for the questions and for the rules. Everything else comes when a reader asks to see it."""

LATER = ("skills", "changes")
"""Of a clause, what only later parts of the page look at."""

WORDS = ("failed", "loading", "start", "resume")
"""What the page says before its data is there."""


# --- the page ------------------------------------------------------------------------------------


def policy_form(here: Here) -> str:
    """The place of the form on the page, with the button that loads it; a sentence where the site has no policy."""
    policy = here.curriculum.policy
    if not (policy and policy.whole and here.edition):
        return here.say("policy_none")
    stamp = _stamp(policy)
    facts = {
        "lang": here.lang,
        "data": {lang: [f"{_to(here, lang)}{name}.json?{stamp}" for name in ("data", "more")] for lang in LANGUAGES},
        "why": f"{_to(here, here.lang)}why.json?{stamp}",
        "sources": here.to("sources/"),
        "lessons": here.to("lessons/"),
        "words": {name: here.say(f"policy_{name}") for name in WORDS},
    }
    first = len(gzip.compress(json_bytes(first_data(here.curriculum, here.lang)), 6, mtime=0))
    folder = f"{_to(here, 'ja')}{script_folder(here.curriculum.root)}"
    return (
        f'<link rel="stylesheet" href="{folder}{STYLE}">'
        f'<section class="k-policy" data-policy="{html.escape(json.dumps(facts, ensure_ascii=False))}" data-pagefind-ignore="all" hidden>'
        f'<div class="k-policy-begin"><p><button type="button" class="md-button md-button--primary" data-start>{here.say("policy_start")}</button></p>'
        f'<p class="k-note">{here.say("policy_size", kb=round(first / 1000))}</p><p role="status" aria-live="polite"></p></div>'
        f"{question_dialog(here)}</section>"
        f'<noscript><p>{here.say("policy_noscript")}</p></noscript>'
        f'<script type="module" src="{folder}{ENTRY}"></script>'
    )


def _to(here: Here, lang: str) -> str:
    """The address of a language's policy folder from a page of either language; scripts stand in the Japanese one."""
    root = here.to("") if here.lang == "ja" else "../" + here.to("")
    return root.removeprefix("./") + ("" if lang == "ja" else f"{lang}/") + "policy/"


def _stamp(policy: Policy) -> str:
    """A name for this state of the policy, so that a browser takes no data of another for it."""
    groups = (policy.shared, policy.clauses, policy.documents, policy.profiles)
    words = [starting_with(lang, "policy_") for lang in LANGUAGES]
    return digest(json_bytes([[plain.data for plain in group.values()] for group in groups] + words))[:16]


# --- its data ------------------------------------------------------------------------------------


def policy_files(curriculum: Curriculum, lang: str) -> dict[str, bytes]:
    """What the page loads in one language, by path; the scripts stand once, beside the Japanese page."""
    if not (curriculum.policy and curriculum.policy.whole):
        return {}
    made = {"data": first_data(curriculum, lang), "more": more_data(curriculum, lang), "why": why_data(curriculum, lang)}
    files = {f"policy/{name}.json": json_bytes(data) for name, data in made.items()}
    if lang == "ja":
        files |= {f"policy/{script_folder(curriculum.root)}{name}": data for name, data in scripts(curriculum.root).items()}
    return files


def first_data(curriculum: Curriculum, lang: str) -> dict:
    """The questions, the text of the rules, and what the form says: enough to begin.

    A document whose text comes later has None in the place of its blocks.
    """
    data = prepared(curriculum.policy, curriculum.reference, lang)
    return {
        "prepared": data
        | {
            "clauses": [_first_clause(one) for one in data["clauses"]],
            "documents": [one if one["form"] in FIRST_FORMS else one | {"body": dict.fromkeys(one["body"])} for one in data["documents"]],
            "laws": [_without(one, ("about",)) for one in data["laws"]],
        },
        "profiles": [plain.data | {"id": name} for name, plain in curriculum.policy.profiles.items()],
        "words": starting_with(lang, "policy_"),
    }


def _first_clause(clause: dict) -> dict:
    decisions = [_without(one, ("why", "sources")) for one in clause["decisions"]]
    text = {name: text for name, text in clause["text"].items() if name in FIRST_TEXTS}
    return _without(clause, LATER) | {"decisions": decisions, "text": text}


def _without(thing: dict, names: tuple[str, ...]) -> dict:
    return {name: value for name, value in thing.items() if name not in names}


def more_data(curriculum: Curriculum, lang: str) -> dict:
    """The other voices and documents: `clauses` by id, each what the first file left out of it, and `documents` by id."""
    data = prepared(curriculum.policy, curriculum.reference, lang)
    rest = {one["id"]: {name: one[name] for name in LATER if name in one} | {"text": _without(one["text"], FIRST_TEXTS)} for one in data["clauses"]}
    return {"clauses": rest, "documents": {one["id"]: one["body"] for one in data["documents"] if one["form"] not in FIRST_FORMS}}


def why_data(curriculum: Curriculum, lang: str) -> dict:
    """Why our defaults are what they are, by decision, and the titles of sources, laws and lessons behind them."""
    data = prepared(curriculum.policy, curriculum.reference, lang)
    decisions = [one for clause in data["clauses"] for one in clause["decisions"]]
    cited = {source for one in decisions for source in one["sources"]}
    taught = {ident for clause in data["clauses"] for ident in clause["lessons"]}
    return {
        "decisions": {one["id"]: {"why": one["why"], "sources": one["sources"]} for one in decisions},
        "sources": {ident: [one.title, str(one.last_checked)] for ident, one in curriculum.reference.sources.items() if ident in cited},
        "laws": {one["id"]: one["about"] for one in data["laws"]},
        "lessons": {ident: one.title[lang] for ident, one in curriculum.lessons.items() if ident in taught},
    }


def json_bytes(data: object) -> bytes:
    """Data as JSON without blanks; dates as text, as the sources have them."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str).encode()


# --- its scripts ---------------------------------------------------------------------------------


def script_folder(root: Path) -> str:
    """The folder of the scripts, named by what they are made from, so that two editions never mix."""
    return digest(b"".join(_parts(root)))[:16] + "/"


def scripts(root: Path) -> dict[str, bytes]:
    """The scripts with the zip code, small and in pieces: what only a download needs is fetched with the first one."""
    memo = Memo(root / "build" / "cache" / "policy")
    sources = {file.name: file.read_bytes() for file in SCRIPTS.iterdir() if file.name.endswith(".js")}
    made = memo.get(_parts(root), lambda: bundle(root, sources, [ENTRY], "--splitting", packages=("fflate",)))
    memo.save()
    return made | {STYLE: SCRIPTS.joinpath(STYLE).read_bytes(), "docx.json": json_bytes(parts())}


def _parts(root: Path) -> list[bytes]:
    files = [file for file in sorted(SCRIPTS.iterdir(), key=lambda file: file.name) if file.name.endswith(".js") or file.name == STYLE]
    found = [part for file in files for part in (file.name.encode(), file.read_bytes())]
    return [(root / "package-lock.json").read_bytes(), json_bytes(parts()), *found]

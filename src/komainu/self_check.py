"""The questions of a quiz on a page: to read and write on, and with script to answer and have checked there.

In:  a Here and Questions.   Out: Markdown; the script and the style it loads, as files of the site.
The page is whole without script and on paper. The script (web/quiz) makes the lists that stand there answerable, and takes
what it says from the page too, so that all of it has furigana. Nothing is stored and nothing is sent.
Left out on purpose: what an answer earns (exports.scoring), where the questions stand (pages).
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from dataclasses import asdict
from importlib import resources
from pathlib import Path

from komainu.curriculum import Curriculum
from komainu.exports.scoring import JUDGEMENTS
from komainu.lab import bundle
from komainu.memo import Memo, digest
from komainu.quiz import Question
from komainu.words import starting_with
from komainu.writing import Here

SCRIPTS = resources.files("komainu").joinpath("web/quiz")
ENTRY, STYLE = "check.js", "check.css"
SLOTS = {"n": '<span data-slot="n">2</span>', "m": '<span data-slot="m">2</span>', "what": '<span data-slot="what"></span>'}
"""Where the script writes a number or a name into a sentence; the number that stands there makes 問 read もん."""


# --- a question as text --------------------------------------------------------------------------


def asked(here: Here, number: int, question: Question) -> str:
    """A question with its number, its kind and what there is to choose from."""
    words = question.words[here.lang]
    parts = [
        f'### {here.say("quiz_item", n=number)} {{#quiz-{question.id}}}',
        f'*{here.say(f"quiz_kind_{question.kind}")}*',
        words["stem"],
    ]
    if question.options:
        parts.append("{choices}\n" + "\n".join(f"- {words['options'][option]}" for option in _shown(question)))
    if question.targets:
        parts.append(f'{here.say("quiz_choices")}\n\n' + "\n".join(f"- {words['targets'][t]}" for t in question.targets))
    return "\n\n".join(parts)


def _shown(question: Question) -> tuple[str, ...]:
    """The options in the order in which they stand on a page; what has to be put in order is not in order there."""
    return tuple(sorted(question.options)) if question.kind == "order" else question.options


def answer(here: Here, question: Question) -> str:
    """The right answer, in words."""
    words, key = question.words[here.lang], question.key
    if question.kind == "confidence":
        return here.say("quiz_true" if key else "quiz_false")
    if question.kind == "number":
        return str(key["value"]) if not key["tolerance"] else here.say("quiz_within", **key)
    if question.kind == "short":
        return " / ".join(key[here.lang])
    if question.kind == "match":
        return "; ".join(f"{words['options'][a]} → {words['targets'][b]}" for a, b in key.items())
    joint = " → " if question.kind == "order" else " / "
    return joint.join(words["options"][option] for option in key)


def explained(here: Here, question: Question) -> str:
    """Why that is the answer, and what to say to each option that is not."""
    words = question.words[here.lang]
    why = [f"- {words['options'][option]}: {words['why'][option]}" for option in _with_why(here, question)]
    return words["explain"] + ("\n\n" + "\n".join(why) if why else "")


def _with_why(here: Here, question: Question) -> list[str]:
    words = question.words[here.lang]
    return [option for option in words.get("why", {}) if option in words.get("options", {})]


# --- questions to answer in the page -------------------------------------------------------------


def self_check(here: Here, questions: Iterable[Question]) -> str:
    """Questions with their answers closed, which a script makes answerable. Ids of questions must differ on one page."""
    items = "\n\n".join(_item(here, number, question) for number, question in enumerate(questions, 1))
    if not here.edition:
        return items
    judgements = _json([asdict(one) for one in JUDGEMENTS])
    folder = f'{("" if here.lang == "ja" else "../") + here.to("")}{script_folder(here.curriculum.root)}'.removeprefix("./")
    return (
        f'<link rel="stylesheet" href="{folder}{STYLE}">\n\n'
        f'<div class="k-check" data-judgements="{judgements}" markdown>\n\n{items}\n\n{_words(here)}\n\n</div>\n\n'
        f'<script type="module" src="{folder}{ENTRY}"></script>'
    )


def _item(here: Here, number: int, question: Question) -> str:
    # Only paper has a line to write on; on the screen the script puts something to type into.
    room = '<div class="k-write k-paper"><span></span></div>\n\n' if question.kind in ("number", "short", "confidence") else ""
    return (
        f'<div class="k-question k-kind-{question.kind}" data-item="{_json(facts(here, question))}" markdown>\n\n'
        f"{asked(here, number, question)}\n\n{room}"
        f'<details class="k-answer" markdown>\n<summary>{here.say("quiz_show")}</summary>\n\n'
        f"**{answer(here, question)}**\n\n{explained(here, question)}\n\n</details>\n\n</div>"
    )


def facts(here: Here, question: Question) -> dict:
    """What the script knows of a question: its key, and which options have a `why`; options and targets by their place on the page."""
    shown, key = _shown(question), question.key
    if question.kind == "match":
        key = [question.targets.index(key[option]) for option in shown]
    elif question.options:
        key = [shown.index(option) for option in key]
    elif question.kind == "short":
        key = key[here.lang]
    return {"kind": question.kind, "key": key, "why": [shown.index(option) for option in _with_why(here, question)]}


def _words(here: Here) -> str:
    """All that the script says, as hidden text of the page."""
    sure = {one.id: here.say(f"quiz_{one.id}") for one in JUDGEMENTS}
    said = {name: text.format(**SLOTS) for name, text in starting_with(here.lang, "selfcheck_").items()}
    words = {**said, **sure, "answer": here.say("quiz_answer")}
    spans = "".join(f'<p data-word="{name}">{text}</p>' for name, text in words.items())
    return f'<div class="k-words" data-pagefind-ignore="all" hidden>{spans}</div>'


def _json(data: object) -> str:
    return html.escape(json.dumps(data, ensure_ascii=False, separators=(",", ":")))


# --- its files -----------------------------------------------------------------------------------


def check_files(curriculum: Curriculum, lang: str) -> dict[str, bytes]:
    """What these pages load, by path; it stands once, beside the Japanese pages."""
    if lang != "ja":
        return {}
    folder = script_folder(curriculum.root)
    return {folder + ENTRY: _script(curriculum.root), folder + STYLE: SCRIPTS.joinpath(STYLE).read_bytes()}


def script_folder(root: Path) -> str:
    """The folder of the script, named by what it is made from, so that two editions never mix."""
    return f"quiz/{digest(b''.join(_parts(root)))[:16]}/"


def _script(root: Path) -> bytes:
    memo = Memo(root / "build" / "cache" / "quiz")
    sources = {file.name: file.read_bytes() for file in SCRIPTS.iterdir() if file.name.endswith(".js")}
    made = memo.get(_parts(root), lambda: bundle(root, sources, [ENTRY])[ENTRY])
    memo.save()
    return made


def _parts(root: Path) -> list[bytes]:
    files = sorted((file for file in SCRIPTS.iterdir() if file.name.endswith((".js", ".css"))), key=lambda file: file.name)
    return [(root / "package-lock.json").read_bytes(), *(part for file in files for part in (file.name.encode(), file.read_bytes()))]

"""The page that looks into a real language model: recordings in the page itself, and the running model where the site has it.

In:  a Here or a Curriculum, the recordings of `realmodel`.   Out: the blocks of the page; the data and scripts it loads, as files of the site.
The first view of each part is written at build, so that it can be read without scripts and before anything is loaded.
Left out on purpose: the running model's own files (llm.live), and what is done with a choice (web/model).
"""

from __future__ import annotations

import html
import json
from functools import cache
from importlib import resources
from pathlib import Path

from komainu.curriculum import Curriculum
from komainu.lab import SCRIPTS as LAB
from komainu.lab import bundle
from komainu.memo import Memo, digest
from komainu.offline import keeping
from komainu.words import starting_with
from komainu.writing import Here
from realmodel import Prompt, Recording, plain, prompts
from realmodel.answers import right
from realmodel.recording import book

SCRIPTS = resources.files("komainu").joinpath("web/model")
ENTRY, STYLE = "page.js", "page.css"
PAGE = "model"
"""The page that holds the parts."""
FIRST = {"next": "sunday", "ten": "meiji-jingu", "long": "kumogaeru"}
"""What each part shows before anything is chosen."""
TOP, TIMES, UNSURE = 10, 10, 0.3
"""Rows of a list; how often a question is asked; below which probability a token counts as unsure."""
TABLES = {"capitals.csv": ("capitals", "capital-guesser"), "shrines.csv": ("shrines", "shrine-names"), "arithmetic": ("arithmetic", "")}
"""Where a right answer comes from, when it is no entry of lessons/sources.yml: a word and the exercise that holds the table."""
MB = 1_000_000


# --- the blocks ----------------------------------------------------------------------------------

def model_desk(here: Here) -> str:
    """Who answers: the recording with its facts, and where the site has it the panel of the running model; and the script."""
    made, running = book()["made"], here.edition.model if here.edition else None
    root = (("" if here.lang == "ja" else "../") + here.to("")).removeprefix("./")
    folder = root + script_folder(here.curriculum)
    facts = {
        "lang": here.lang, "data": f"{folder}data.json", "root": here.to(""), "sources": sources(here), "words": starting_with(here.lang, "model_"),
        **({"live": root + running["at"], "kept": running} if running else {}),
    }
    details = "".join(f"<dt>{here.say(f'model_about_{name}')}</dt><dd>{html.escape(text)}</dd>" for name, text in _about(here, made).items())
    return (
        f'<link rel="stylesheet" href="{folder}{STYLE}">'
        f'<section class="k-model k-model-desk" data-model="{html.escape(json.dumps(facts, ensure_ascii=False))}" data-pagefind-ignore="all">'
        f'<p class="k-model-made k-by-recording">{here.say("model_by_recording", model=made["model"], date=made["date"])}</p>'
        f'<details><summary>{here.say("model_about")}</summary><dl>{details}</dl></details>'
        f'{_panel(here, running) if running else ""}</section>'
        f'<script type="module" src="{folder}{ENTRY}"></script>'
    )


def _about(here: Here, made: dict) -> dict[str, str]:
    count = f"{made['parameters']:,}"
    return {
        "model": f"{made['model']} ({made['licence']})", "size": here.say("model_size_of", parameters=count, mb=round(made["bytes"] / MB)),
        "file": f"{made['file']}, sha256 {made['sha256']}", "run": f"{made['binding']}, {made['machine']}", "date": made["date"],
    }


def _panel(here: Here, about: dict) -> str:
    load, room = round((about["bytes"] + about["wasm"]["bytes"]) / MB), round(about["bytes"] / MB)
    radio = "".join(
        f'<label><input type="radio" name="model-who" value="{who}"{" checked" if who == "recording" else ""}> {here.say(f"model_who_{who}")}</label> '
        for who in ("recording", "live")
    )
    free = "".join(f'<button class="md-button" value="{name}">{here.say(f"model_free_{name}")}</button> ' for name in FIRST)
    return (
        f'<div class="k-model-live k-noprint" hidden><p>{here.say("model_cost", mb=load, room=room)}</p>'
        f'<p class="k-model-steer">{_button(here, "load", primary=True)}{_button(here, "cancel", hidden=True)}{_button(here, "delete", hidden=True)}</p>'
        f'<progress aria-label="{here.say("model_progress")}" hidden></progress><p role="status" aria-live="polite"></p>'
        f'<fieldset hidden><legend>{here.say("model_who")}</legend>{radio}</fieldset>'
        f'<details hidden><summary>{here.say("model_teacher")}</summary><p>{here.say("model_teacher_note")}</p>'
        f'<p><label><input type="checkbox" autocomplete="off"> {here.say("model_free")}</label></p>'
        f'<form hidden autocomplete="off"><label for="model-free">{here.say("model_free_text")}</label> '
        f'<input id="model-free" maxlength="300" lang="en" spellcheck="false"><p class="k-model-steer">{free}</p></form></details>'
        f'{keeping(here, ("", f"{PAGE}/", "offline/"))}</div>'
    )


def _button(here: Here, name: str, primary: bool = False, hidden: bool = False, label: str = "") -> str:
    return f'<button type="button" class="md-button{" md-button--primary" if primary else ""}" data-do="{name}"{" hidden" if hidden else ""}>{here.say(f"model_do_{label or name}")}</button> '


def model_next(here: Here) -> str:
    """Part one: a text, and the tokens that may come next."""
    prompt = _first("next")
    rows = Recording().next_tokens(prompt.text, TOP)
    lines = [(_other(here) if row.other else _token(row.text, prompt.text + row.text in book()["next"]), row.share, _percent(here, row.share)) for row in rows]
    result = _sofar(here, prompt, html.escape(prompt.text) + '<span class="k-gap" aria-hidden="true"> ＿</span>') + _bars(here, "bars", ("token", "bar", "share"), lines)
    steer = f'<p class="k-model-steer" hidden>{_button(here, "back")}{_button(here, "again")}</p>'
    return _part(here, "next", _choice(here, "next", "next"), result, steer)


def model_ten(here: Here) -> str:
    """Part two: one question, asked ten times."""
    prompt = _first("ten")
    model = Recording()
    texts = [answer.text for answer in model.answers(prompt.text, TIMES)]
    counts = _counted(texts)
    listed = "".join(f"<li>{html.escape(text)}</li>" for text in texts)
    rows = [(f'<span lang="en">{html.escape(text)}</span>', count / TIMES, here.say("model_times", n=count)) for text, count in counts]
    agree = here.say("model_agree" if counts[0][1] > 1 else "model_no_agree", answer=html.escape(counts[0][0]), n=counts[0][1], times=TIMES)
    first = model.answer(prompt.text)
    good = sum(right(text, prompt.accepts) for text in texts)
    title, url = sources(here)[prompt.source]
    where = f'<a href="{here.to("")}{url}">{title}</a>' if url else title
    truth = here.say("model_truth", truth=prompt.accepts[0], n=good, times=TIMES) + here.say("model_greedy_right" if right(first.text, prompt.accepts) else "model_greedy_wrong")
    result = (
        _sofar(here, prompt, html.escape(prompt.text)) + f'<ol class="k-ten" lang="en">{listed}</ol>'
        + _bars(here, "answers", ("answer", "bar", "often"), rows) + f'<p>{agree}</p><p>{here.say("model_greedy", answer=html.escape(first.text))}</p>'
        f'<details><summary>{here.say("model_show_truth")}</summary><p>{truth}</p><p class="k-note">{here.say("model_source")}{where}</p></details>'
    )
    unsure = f' <label class="k-check"><input type="checkbox"> {here.say("model_unsure")}</label>'
    return _part(here, "ten", _choice(here, "ten", "question") + unsure, result, asks=True)


def model_long(here: Here) -> str:
    """Part three: what it writes about something that does not exist, and about something that does."""
    prompt = _first("long")
    answer = Recording().answer(prompt.text)
    words = "".join(f'<span class="k-unsure">{html.escape(t.text)}</span>' if t.share < UNSURE else html.escape(t.text) for t in answer.tokens)
    result = (
        _sofar(here, prompt, html.escape(prompt.text) + words) + f'<p class="k-note">{here.say("model_legend")}</p><p>{html.escape(prompt.why[here.lang])}</p>'
    )
    return _part(here, "long", _choice(here, "long", "invented", "real", "japanese"), result, asks=True)


def _part(here: Here, name: str, choice: str, result: str, steer: str = "", asks: bool = False) -> str:
    made = book()["made"]
    does = _button(here, "go", primary=True, label=f"go_{name}") + _button(here, "stop", hidden=True) if asks else ""
    return (
        f'<section class="k-model" data-model-part="{name}" data-pagefind-ignore="all" aria-label="{here.say(f"model_part_{name}")}">'
        f'<form class="k-noprint" autocomplete="off" hidden>{choice}{f"<p class=k-model-steer>{does}</p>" if does else ""}</form>'
        f'<p role="status" aria-live="polite"></p><div class="k-model-out">'
        f'<p class="k-model-made k-by-recording">{here.say("model_by_recording", model=made["model"], date=made["date"])}</p>{result}</div>{steer}</section>'
    )


def _choice(here: Here, name: str, *kinds: str) -> str:
    """The list to choose from; several kinds stand under their own headings."""
    def options(kind: str) -> str:
        return "".join(f'<option value="{one.id}"{" selected" if one.id == FIRST[name] else ""}>{html.escape(_title(here, one))}</option>' for one in prompts_of(kind))

    inside = options(kinds[0]) if len(kinds) == 1 else "".join(f'<optgroup label="{here.say(f"model_kind_{kind}")}">{options(kind)}</optgroup>' for kind in kinds)
    return f'<label for="model-{name}">{here.say(f"model_choose_{name}")}</label> <select id="model-{name}">{inside}</select>'


def _title(here: Here, prompt: Prompt) -> str:
    return prompt.ja if here.lang == "ja" else prompt.text


def _sofar(here: Here, prompt: Prompt, text: str) -> str:
    """The text itself, and in Japanese what it says."""
    ja = f'<p class="k-model-ja">{here.say("model_ja", text=html.escape(prompt.ja))}</p>' if here.lang == "ja" and prompt.ja != prompt.text else ""
    return f'<p class="k-sofar" lang="en">{text}</p>{ja}'


def _bars(here: Here, caption: str, head: tuple[str, ...], rows: list[tuple[str, float, str]]) -> str:
    top = "".join(f'<th scope="col">{here.say(f"model_{name}")}</th>' for name in head)
    lines = "".join(f'<tr><th scope="row">{first}</th><td>{_bar(share)}</td><td>{text}</td></tr>' for first, share, text in rows)
    return f'<table class="k-bars"><caption>{here.say(f"model_{caption}")}</caption><thead><tr>{top}</tr></thead><tbody>{lines}</tbody></table>'


def _bar(share: float) -> str:
    """A bar by attributes alone: a strict page policy allows no inline style."""
    return f'<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect width="{100 * share:.2f}" height="8"></rect></svg>'


def _token(text: str, may_choose: bool = False) -> str:
    blank = f'<span aria-hidden="true" class="k-space">{"⏎" if text.startswith(chr(10)) else "␣"}</span>' if text[:1].isspace() else ""
    choice = f' data-token="{html.escape(text)}"' if may_choose else ""
    return f'<span lang="en" class="k-token"{choice}>{blank}{html.escape(text.strip())}</span>'


def _other(here: Here) -> str:
    return here.say("model_other")


def _percent(here: Here, share: float) -> str:
    return here.say("model_tiny") if share < 0.001 else f"{100 * share:.1f}%"


def _counted(texts: list[str]) -> list[tuple[str, int]]:
    found: dict[str, list] = {}
    for text in texts:
        found.setdefault(plain(text), [text, 0])[1] += 1
    return sorted(((text, count) for text, count in found.values()), key=lambda row: -row[1])


@cache
def prompts_of(kind: str) -> list[Prompt]:
    """The prompts of one kind, in the order of their file."""
    return [one for one in prompts() if one.kind == kind]


def _first(name: str) -> Prompt:
    return next(one for one in prompts() if one.id == FIRST[name])


# --- its files -----------------------------------------------------------------------------------

def sources(here: Here) -> dict[str, tuple[str, str]]:
    """Where right answers come from: id -> title and address below the language's pages."""
    return {ident: _source(here, ident) for ident in sorted({one.source for one in prompts() if one.source})}


def _source(here: Here, ident: str) -> tuple[str, str]:
    known = here.curriculum.reference.sources.get(ident)
    if known:
        return known.title, f"sources/#{ident}"
    word, exercise = TABLES.get(ident, (None, ""))
    return here.say(f"model_from_{word}") if word else ident, f"exercises/{exercise}/" if exercise in here.curriculum.exercises else ""


def model_files(curriculum: Curriculum, lang: str) -> dict[str, bytes]:
    """What the page loads, by path; it stands once, beside the Japanese page."""
    if lang != "ja" or PAGE not in curriculum.pages["ja"]:
        return {}
    folder = script_folder(curriculum)
    return {folder + name: data for name, data in _files(curriculum).items()}


def script_folder(curriculum: Curriculum) -> str:
    """The folder of the files, named by what is in them, so that two editions never mix."""
    return f"{PAGE}/{digest(b''.join(name.encode() + data for name, data in sorted(_files(curriculum).items())))[:16]}/"


def _files(curriculum: Curriculum) -> dict[str, bytes]:
    return {ENTRY: scripts(curriculum.root)[ENTRY], STYLE: SCRIPTS.joinpath(STYLE).read_bytes(), "data.json": data()}


@cache
def data() -> bytes:
    """The recordings and the prompts, without what the page does not show."""
    kept = book()
    lists = {text: one["tokens"][:TOP] for text, one in kept["next"].items()}
    listed = [{name: getattr(one, name) for name in ("id", "kind", "text", "ja", "why", "accepts", "source")} for one in prompts()]
    made = {"made": kept["made"], "next": lists, "answers": kept["answers"], "prompts": listed}
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()


def scripts(root: Path) -> dict[str, bytes]:
    """The script of the page in one file."""
    names = {file.name: file for file in SCRIPTS.iterdir() if file.name.endswith(".js")} | {"offline.js": LAB.joinpath("offline.js")}
    texts = {name: file.read_bytes() for name, file in sorted(names.items())}
    memo = Memo(root / "build" / "cache" / "model")
    made = memo.get([part for name, text in texts.items() for part in (name.encode(), text)], lambda: bundle(root, texts, [ENTRY]))
    memo.save()
    return made

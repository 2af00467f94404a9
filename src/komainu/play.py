"""What runs on a page of the site: the demonstration of a machine, and the page on which a class draws.

In:  a Here, an Exercise with a demo.   Out: HTML for the page; the scripts stand in web/lab.
Nothing is loaded before a button is pressed, and nothing is ever sent. Left out on purpose: the exercise itself.
"""

from __future__ import annotations

import html
import json

from komainu.exercise import Exercise, Slider
from komainu.offline import notice
from komainu.writing import Here
from smallmachines.paper import COLOURS, SIZE
from smallmachines.picturewords import TITLES
from smallmachines.words import language
from smallmachines.words import say as machine_says


def address(here: Here) -> str:
    """The address of the engine's folder from a page; it stands once, beside the Japanese pages."""
    return ("" if here.lang == "ja" else "../") + here.to(here.edition.folder)


def demo(here: Here, exercise: Exercise) -> str:
    """The demonstration of an exercise as a section of a page; the empty text when it has none."""
    if not (exercise.demo and here.edition):
        return ""
    edition, up = here.edition, here.to(f"exercises/{exercise.id}/")
    facts = {
        "lang": here.lang, "code": f"{up}demo.py", "files": {name: f"{up}data/{name}" for name in exercise.demo.data},
        "bytes": edition.raw_bytes, "words": {name: here.say(f"demo_{name}") for name in ("loading", "running", "stopped", "failed")}
        | {name: here.say(f"run_{name}") for name in ("output", "chart", "numbers", "cut")},
    }
    size = here.say("demo_size", mb=f"{edition.raw_bytes / 1e6:.1f}", packed=f"{edition.packed_bytes / 1e6:.1f}")
    dials = "".join(_dial(exercise.id, slider, here.lang) for slider in exercise.demo.sliders)
    title = here.say("demo_title")
    return (
        f'<link rel="stylesheet" href="{assets(here)}play.css">'
        f'<section class="k-demo k-noprint" aria-label="{title}" data-demo="{html.escape(json.dumps(facts, ensure_ascii=False))}" '
        f'data-pagefind-ignore="all" hidden><form>{dials}'
        f'<button type="submit" class="md-button md-button--primary" data-go>{html.escape(exercise.demo.button[here.lang])}</button> '
        f'<button type="button" class="md-button" data-stop hidden>{here.say("demo_stop")}</button></form>'
        f'<progress max="{edition.raw_bytes}" value="0" aria-label="{here.say("demo_progress")}" hidden></progress>'
        f'<p role="status"></p><div class="k-demo-out" tabindex="-1"></div><p class="k-note">{size}</p>{notice(here, exercise)}</section>'
        f'<noscript><p>{here.say("demo_noscript")}</p></noscript>'
        f'<script type="module" src="{address(here)}demo.js"></script>'
    )


def _dial(ident: str, slider: Slider, lang: str) -> str:
    name = f"dial-{ident}-{slider.name}"
    return (
        f'<p class="k-dial"><label for="{name}">{html.escape(slider.label[lang])}</label> '
        f'<input type="range" id="{name}" name="{slider.name}" min="{slider.low}" max="{slider.high}" step="{slider.step}" '
        f'value="{slider.start}"> <output for="{name}">{slider.start}</output></p>'
    )


# --- the drawing page ----------------------------------------------------------------------------

DRAW_WORDS = (
    "cell", "saved", "not_saved", "copied", "not_copied", "cleared", "added", "removed", "undone", "opened", "bad_file",
    "bad_word", "no_drawing", "edit", "remove", "sure", "mirror_on", "mirror_off",
)


def draw(here: Here) -> str:
    """Paper with 16 x 16 cells, colours, a collection, and ways to take it into the notebook."""
    language(here.lang)
    colours = {letter: machine_says(f"colour {letter}") for letter in COLOURS}
    words = {name: here.say(f"draw_{name}") for name in DRAW_WORDS}
    facts = {"lang": here.lang, "size": SIZE, "colours": colours, "words": words}
    pens = "".join(
        f'<label class="k-pen"><input type="radio" name="pen" value="{letter}"{" checked" if letter == "R" else ""}>'
        f'<span class="k-cell k-cell-{_class(letter)}" aria-hidden="true"></span> {name} <kbd>{letter}</kbd></label>'
        for letter, name in colours.items()
    )
    options = "".join(f'<option value="{titles[here.lang]}"></option>' for titles in TITLES.values())
    buttons = "".join(
        f'<button type="button" class="md-button" data-{name}>{here.say(f"draw_{name}_button")}</button> '
        for name in ("undo", "clear")
    )
    out = "".join(
        f'<button type="button" class="md-button" data-{name}>{here.say(f"draw_{name}_button")}</button> '
        for name in ("copy", "save", "open", "forget")
    )
    return (
        f'<link rel="stylesheet" href="{assets(here)}play.css">'
        f'<section class="k-draw" data-draw="{html.escape(json.dumps(facts, ensure_ascii=False))}" data-pagefind-ignore="all" hidden>'
        f'<fieldset class="k-pens"><legend>{here.say("draw_pens")}</legend>{pens}'
        f'<label class="k-pen"><input type="checkbox" data-mirror checked> {here.say("draw_mirror")} <kbd>M</kbd></label></fieldset>'
        f'<div class="k-sheet16" role="grid" aria-label="{here.say("draw_paper")}" aria-describedby="draw-how"></div>'
        f'<p class="k-note" id="draw-how">{here.say("draw_how")}</p><p>{buttons}</p>'
        f'<form class="k-word"><label for="draw-word">{here.say("draw_word")}</label> '
        f'<input id="draw-word" list="draw-words" maxlength="20" autocomplete="off" value="{TITLES["shrine"][here.lang]}">'
        f'<datalist id="draw-words">{options}</datalist> '
        f'<button type="submit" class="md-button md-button--primary">{here.say("draw_add_button")}</button></form>'
        f'<p role="status" aria-live="polite"></p><h2 id="collection">{here.say("draw_collection")}</h2>'
        f'<ul class="k-drawings"></ul><p>{out}<input type="file" accept=".txt,text/plain" hidden></p>'
        f"{question_dialog(here)}</section>"
        f'<noscript><p>{here.say("draw_noscript")}</p></noscript>'
        f'<script type="module" src="{address(here)}draw.js"></script>'
    )


def assets(here: Here) -> str:
    """The address of the folder of styles."""
    return here.to("assets/")


def question_dialog(here: Here) -> str:
    """The dialog that asks before anything is deleted; the script writes its question."""
    return (
        f'<dialog class="k-ask"><p></p><form method="dialog"><button value="yes" class="md-button md-button--primary">{here.say("draw_yes")}</button> '
        f'<button value="no" class="md-button">{here.say("draw_no")}</button></form></dialog>'
    )


def _class(letter: str) -> str:
    return {".": "sky"}.get(letter, letter.lower())

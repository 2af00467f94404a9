"""A lesson's slides as one HTML file that works without a network, in any browser, and on paper.

In:  Slides (deck).   Out: HTML text with its style, its script and its pictures inside.
Without the script the slides stand below one another. Left out on purpose: PowerPoint (pptx).
"""

from __future__ import annotations

import base64
from html import escape
from importlib import resources
from typing import Any

from komainu.curriculum import Curriculum
from komainu.handouts.deck import Slide, deck, width
from komainu.handouts.pptx import pptx
from komainu.handouts.sheet import text_of
from komainu.lesson import Lesson
from komainu.policy.text import spans
from komainu.words import say

Block = dict[str, Any]

SIZES = ((28, "xl"), (60, "l"), (110, "m"))
"""Up to how many full-width signs a question is set how large; anything longer is set at the size of a list."""

BUTTONS = (("back", "←"), ("next", "→"), ("list", "o"), ("notes", "n"), ("window", "s"), ("clock", "t"), ("ruby", "f"), ("print", "p"))


def slide_files(curriculum: Curriculum, lesson: Lesson, lang: str) -> dict[str, bytes]:
    """The slides of a lesson by file name: for the browser and for PowerPoint."""
    shown = deck(curriculum, lesson, lang)
    folder = curriculum.root / "lessons" / lesson.id
    pictures = {image.file: folder.joinpath(image.file).read_bytes() for image in lesson.images}
    title = lesson.title[lang]
    return {"slides.html": slides_html(shown, title, lang, pictures).encode(), "slides.pptx": pptx(shown, title, lang, pictures)}


def slides_html(shown: list[Slide], title: str, lang: str, pictures: dict[str, bytes]) -> str:
    """The whole file. `pictures` are SVG files by the name that the lesson uses."""
    web = resources.files("komainu").joinpath("web/slides")
    style, script = (web.joinpath(name).read_text("utf-8") for name in ("slides.css", "slides.js"))
    body = "\n".join(_slide(number, len(shown), slide, lang, pictures) for number, slide in enumerate(shown, 1))
    ruby = "<rt>" in body
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)} - {say(lang, 'slides')}</title>\n<style>\n{style}</style>\n</head>\n"
        f'<body>\n<main>\n{body}\n</main>\n{_bar(lang, ruby)}\n'
        f'<dialog id="list" aria-labelledby="list-title"><h2 id="list-title">{say(lang, "slides_list")}</h2><ol></ol></dialog>\n'
        f'<p id="said" role="status" aria-live="polite" data-of="{say(lang, "slides_of")}" data-blocked="{say(lang, "slides_blocked")}"></p>\n'
        f"<script>\n{script}</script>\n</body>\n</html>\n"
    )


def _bar(lang: str, ruby: bool) -> str:
    """The buttons below the slides, each with its key; only the script shows them."""
    shown = [
        f'<button type="button" data-do="{name}" title="{escape(say(lang, f"slides_{name}"))} ({key})"'
        f'{" aria-pressed=false" if name in ("notes", "clock", "ruby") else ""}>{say(lang, f"slides_{name}")}</button>'
        for name, key in BUTTONS
        if ruby or name != "ruby"
    ]
    shown.insert(1, '<output id="place"></output>')
    return f'<nav id="bar" aria-label="{say(lang, "slides_bar")}" hidden>{"".join(shown)}<output id="clock" hidden></output></nav>'


def _slide(number: int, count: int, slide: Slide, lang: str, pictures: dict[str, bytes]) -> str:
    size = f" {_size(text_of(slide.title))}" if slide.kind == "question" else ""
    over = f'<p class="over">{escape(slide.over)}</p>' if slide.over else ""
    body = "".join(_block(block, pictures) for block in slide.body)
    if slide.kind == "activity":
        body = f'<p class="minutes">{escape(say(lang, "minutes", n=slide.minutes))}</p>{body}'
    notes = "".join(f"<p>{escape(text)}</p>" for text in slide.notes)
    notes = f'<details class="notes"><summary>{say(lang, "slides_notes")}</summary>{notes}</details>' if notes else ""
    return (
        f'<section class="{slide.kind}{size}" id="s{number}" tabindex="-1" aria-labelledby="t{number}" data-minutes="{slide.minutes}">'
        f'<div class="face">{over}<h2 id="t{number}">{spans(slide.title)}</h2>{body}</div>{notes}'
        f'<p class="number" aria-hidden="true">{number} / {count}</p></section>'
    )


def _size(text: str) -> str:
    """How large a question is set."""
    return next((name for limit, name in SIZES if width(text) <= limit), "s")


def _block(block: Block, pictures: dict[str, bytes]) -> str:
    kind = block["k"]
    if kind in ("list", "steps", "tick"):
        return _items(block)
    if kind == "table":
        head = "".join(f'<th scope="col">{spans(cell)}</th>' for cell in block["head"])
        rows = "".join("<tr>" + "".join(f"<td>{spans(cell)}</td>" for cell in row) + "</tr>" for row in block["rows"])
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    if kind == "picture":
        data = base64.b64encode(pictures[block["src"]]).decode()
        return f'<img alt="{escape(block["alt"])}" src="data:image/svg+xml;base64,{data}">'
    if kind == "quote":
        return "<blockquote>" + "".join(_block(one, pictures) for one in block["blocks"]) + "</blockquote>"
    return f"<h3>{spans(block['runs'])}</h3>" if kind == "sub" else f"<p>{spans(block['runs'])}</p>"


def _items(block: Block) -> str:
    tag = "ol" if block["k"] == "steps" else "ul"
    start = f' start="{block["start"]}"' if "start" in block else ""
    inner = "".join(f"<li>{spans(item['runs'])}{_items({'k': 'list', 'items': item['items']}) if item['items'] else ''}</li>" for item in block["items"])
    return f'<{tag} class="{block["k"]}"{start}>{inner}</{tag}>'

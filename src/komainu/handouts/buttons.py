"""The handouts of a lesson on its page: a table of what there is, each file with its size.

In:  a Here, a lesson, its files by name with their sizes.   Out: Markdown.
The links are HTML, for the files come to the site after its pages. Left out on purpose: the files themselves (build).
"""

from __future__ import annotations

from collections.abc import Mapping

from komainu.handouts.build import PAPERS
from komainu.lesson import Lesson
from komainu.writing import Here, table

FOLDER = "handouts"
"""Below the pages of a language."""
COLUMNS = {"edit": ("docx", "pptx"), "use": ("pdf", "html")}
"""The kinds of file to change before use, and those to use as they are."""


def buttons(here: Here, lesson: Lesson, sizes: Mapping[str, int]) -> str:
    """The section on the lesson's page; nothing where there are no files. `sizes` are in bytes, by file name."""
    if not sizes:
        return ""
    titles = {paper.id: here.say(paper.title) for paper in PAPERS} | {"slides": here.say("handouts_slides")}
    rows = [[title, *(_links(here, lesson, ident, title, kinds, sizes) for kinds in COLUMNS.values())] for ident, title in titles.items()]
    printed = any(name.endswith(".pdf") for name in sizes)
    notes = [here.say("handouts_note"), *([] if printed else [here.say("handouts_no_pdf")])]
    found = table([here.say("handouts_what"), *(here.say(f"handouts_{name}") for name in COLUMNS)], [row for row in rows if any(row[1:])])
    return (
        f'## {here.say("handouts")} {{#handouts .k-noprint}}\n\n<div class="k-handouts k-noprint" data-pagefind-ignore="all" markdown>\n\n'
        f"{('' if here.lang == 'ja' else ' ').join(notes)}\n\n{found}\n\n</div>"
    )


def _links(here: Here, lesson: Lesson, ident: str, title: str, kinds: tuple[str, ...], sizes: Mapping[str, int]) -> str:
    return " ".join(_link(here, lesson, f"{ident}.{kind}", kind, title, sizes[f"{ident}.{kind}"]) for kind in kinds if f"{ident}.{kind}" in sizes)


def _link(here: Here, lesson: Lesson, name: str, kind: str, title: str, size: int) -> str:
    """A link that says what it is when it is read alone, too."""
    word = f'{here.say(f"handouts_{kind}")} ({max(1, round(size / 1000))} kB)'
    save = "" if kind == "html" else f' download="{lesson.id}-{here.lang}-{name}"'
    return f'<a href="{here.to(f"{FOLDER}/{lesson.id}/{name}")}"{save} aria-label="{word}: {title}">{word}</a>'

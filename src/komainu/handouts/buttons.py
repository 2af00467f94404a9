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
KINDS = ("docx", "pdf", "pptx", "html")


def buttons(here: Here, lesson: Lesson, sizes: Mapping[str, int]) -> str:
    """The section on the lesson's page; nothing where there are no files. `sizes` are in bytes, by file name."""
    if not sizes:
        return ""
    kinds = [kind for kind in KINDS if any(name.endswith(f".{kind}") for name in sizes)]
    titles = {paper.id: here.say(paper.title) for paper in PAPERS} | {"slides": here.say("handouts_slides")}
    rows = [
        [title, *(_link(here, lesson, f"{ident}.{kind}", kind, title, sizes) for kind in kinds)]
        for ident, title in titles.items() if any(f"{ident}.{kind}" in sizes for kind in kinds)
    ]
    note = here.say("handouts_note") + ("" if "pdf" in kinds else " " * (here.lang == "en") + here.say("handouts_no_pdf"))
    head = [here.say("handouts_what"), *(here.say(f"handouts_{kind}") for kind in kinds)]
    return f'## {here.say("handouts")} {{#handouts .k-noprint}}\n\n{note}\n{{ .k-noprint }}\n\n<div class="k-handouts k-noprint" markdown>\n\n{table(head, rows)}\n\n</div>'


def _link(here: Here, lesson: Lesson, name: str, kind: str, title: str, sizes: Mapping[str, int]) -> str:
    """A link that says what it is when it is read alone, too."""
    if name not in sizes:
        return ""
    word = here.say("handouts_open") if kind == "html" else here.say(f"handouts_{kind}")
    size = f"{max(1, round(sizes[name] / 1000))} kB"
    save = "" if kind == "html" else f' download="{lesson.id}-{here.lang}-{name}"'
    return f'<a href="{here.to(f"{FOLDER}/{lesson.id}/{name}")}"{save} aria-label="{word} ({size}): {title}">{word} ({size})</a>'

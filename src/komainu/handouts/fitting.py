"""What would not fit on its paper or slide: a poster or a question that could not be read from the back, a card too small, a table too wide.

In:  a Lesson.   Out: Problems with line numbers; they depend on this lesson alone.
Left out on purpose: pictures, of which others check that they exist and are described (crosschecks).
"""

from __future__ import annotations

from collections.abc import Iterator

from komainu.handouts.deck import LONGEST_QUESTION, width
from komainu.handouts.looks import LOOKS, MM_PER_PT, card_points, card_size, overfull, poster_points
from komainu.handouts.papers import poster_parts, poster_pieces, written_on
from komainu.handouts.sheet import Block, blocks, text_of
from komainu.lesson import LABELS, Lesson, Prose
from komainu.markup import DIRECTIVE, Heading, numbered, outline
from komainu.problem import Report

WRITTEN_ON = ("worksheet", "exit")


def check_lesson_fits(lesson: Lesson, report: Report) -> None:
    """Note everything in a lesson that is too large for its paper, in both languages."""
    for lang, prose in lesson.prose.items():
        _poster(lang, prose, report)
        _questions(lang, prose, report)
        for ident in WRITTEN_ON:
            for heading in prose.sections[ident].walk() if ident in prose.sections else ():
                _tables(lesson, lang, prose, heading, report)
                _cards(lang, prose, heading, report)


def _poster(lang: str, prose: Prose, report: Report) -> None:
    section = prose.sections.get("poster")
    parts = poster_parts(blocks(section.whole(), lang)) if section else None
    if section and parts and not poster_points(*poster_pieces(parts, lang), lang):
        report.add(prose.path, section.line, "poster-too-long")


def _questions(lang: str, prose: Prose, report: Report) -> None:
    """Each key question has a slide to itself."""
    for heading in prose.sections["timeline"].walk() if "timeline" in prose.sections else ():
        if heading.title == LABELS[lang]["ask"]:
            lines = [number for number, line, _ in numbered(heading.text, heading.text_line) if line.startswith("- ")]
            items = [item for block in blocks(heading.text, lang) for item in block.get("items", ())]
            for line, item in zip(lines, items, strict=False):
                if width(text := text_of(item["runs"])) > LONGEST_QUESTION:
                    report.add(prose.path, line, "question-too-long", text=text[:20], limit=LONGEST_QUESTION)


def _tables(lesson: Lesson, lang: str, prose: Prose, heading: Heading, report: Report) -> None:
    lines = [line for what, line in outline(heading.text, heading.text_line).shape if what.startswith("table of ")]
    if not lines:
        return
    look = LOOKS[written_on(lesson)]
    tables = [block for block in blocks(heading.text, lang) if block["k"] == "table"]
    for line, table in zip(lines, tables, strict=False):
        if overfull(table, look.width / (look.table * MM_PER_PT)):
            report.add(prose.path, line, "table-too-wide", count=len(table["head"]))


def _cards(lang: str, prose: Prose, heading: Heading, report: Report) -> None:
    if "{cards" not in heading.text:
        return
    found = [block for block in blocks(heading.text, lang) if block["k"] == "cards"]
    items = [(block, item) for block in found for item in block["items"]]
    for line, (block, item) in zip(_lines_of_cards(heading), items, strict=False):
        text = text_of(item["runs"])
        if not card_points([text], _size(block)):
            report.add(prose.path, line, "card-too-long", text=text[:20])


def _size(block: Block) -> tuple[float, float]:
    """A card of a sheet that carries nothing else."""
    return card_size(block["columns"], len(block["items"]), LOOKS["cards"], 0)


def _lines_of_cards(heading: Heading) -> Iterator[int]:
    """The lines on which cards begin."""
    inside = False
    for number, line, fenced in numbered(heading.text, heading.text_line):
        match = None if fenced else DIRECTIVE.match(line.strip())
        if match or line.startswith("|"):
            inside = bool(match) and match[1] == "cards"
        elif inside and line.startswith(("- ", "* ")):
            yield number

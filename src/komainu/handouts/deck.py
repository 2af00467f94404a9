"""The slides of a lesson, from what the lesson already says: one idea each, with what the teacher does in the notes.

In:  a Lesson and a language.   Out: Slides in the order of the hour.
Text is split, never shrunk. Left out on purpose: how a slide looks (slides, pptx).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from math import ceil
from typing import Any

from komainu.curriculum import Curriculum
from komainu.handouts.sheet import NO_FURIGANA, blocks, line, text_of
from komainu.lesson import LABELS, Activity, Lesson
from komainu.markup import Heading
from komainu.policy.ruling import Run
from komainu.words import say
from komainu.writing import plain

Block = dict[str, Any]

MOST_LINES = {"list": 6, "steps": 6, "tick": 6, "table": 8}
"""Items or rows that one slide shows; the rest goes to a next one."""

LINE, ROOM = 28, 9
"""Full-width signs on one line of a slide's text, and lines that one slide has room for."""

LONGEST_QUESTION = 160
"""Full-width signs of a key question that can be read from the back of a room; nobody would remember a longer one."""

WIDEST_TABLE = 6
"""Columns that can be read from the back of a room; a wider table stays on paper."""


@dataclass(frozen=True)
class Slide:
    """What the class sees at one moment."""

    kind: str
    """title, steps, activity, question, board, picture, table, exit or poster."""
    title: list[Run]
    body: list[Block]
    notes: tuple[str, ...] = ()
    """What the teacher says and does: paragraphs, never shown to the class."""
    over: str = ""
    """The small line above the title: where in the hour we are."""
    minutes: int = 0
    """Of the activity that the slide belongs to; 0 where it belongs to none."""


def deck(curriculum: Curriculum, lesson: Lesson, lang: str) -> list[Slide]:
    """All slides of a lesson; its pupils read them, so they carry the stage's furigana."""
    keep = curriculum.reference.stages[lesson.stage].furigana if lang == "ja" else NO_FURIGANA
    return list(_Maker(curriculum, lesson, lang, keep).slides())


class _Maker:
    """One lesson in one language, and how its texts become runs and blocks."""

    def __init__(self, curriculum: Curriculum, lesson: Lesson, lang: str, keep: int):
        self.curriculum, self.lesson, self.lang, self.keep = curriculum, lesson, lang, keep
        self.sections = lesson.prose[lang].sections

    def slides(self) -> Iterator[Slide]:
        yield self.first()
        yield from self.steps()
        headings = {heading.ident: heading for heading in self.sections["timeline"].children}
        for number, activity in enumerate(self.lesson.activities, 1):
            yield from self.activity(number, activity, headings[activity.id])
        yield from self.shown()
        yield from self.board()
        yield from self.ticket()
        yield from self.poster()

    # -- texts

    def runs(self, text: str) -> list[Run]:
        return line(text, self.lang, self.keep)

    def blocks(self, text: str) -> list[Block]:
        return blocks(text, self.lang, self.keep)

    def said(self, name: str, **values: object) -> list[Run]:
        return self.runs(say(self.lang, name, **values))

    def part(self, heading: Heading, name: str) -> list[str]:
        """The points below one of an activity's fixed headings, as plain lines."""
        found = next((child for child in heading.children if child.title == LABELS[self.lang][name]), None)
        return [text for block in blocks(found.text, self.lang) for text in _lines(block)] if found else []

    # -- slides

    def first(self) -> Slide:
        stage = self.curriculum.reference.stages[self.lesson.stage].words[self.lang]["name"]
        aim = self.sections["pupil"]
        body = [block for block in self.blocks(aim.text) if block["k"] == "p"][:1]
        return Slide("title", self.runs(self.lesson.title[self.lang]), _sentences(body, 2), (plain(self.lesson.tagline[self.lang]),), stage)

    def steps(self) -> Iterator[Slide]:
        headings = {heading.ident: heading.title for heading in self.sections["timeline"].children}
        items = [
            {"runs": [*self.runs(headings[one.id]), {"t": f"　{self.minutes(one)}" if self.lang == "ja" else f" ({self.minutes(one)})"}], "items": []}
            for one in self.lesson.activities
        ]
        notes = [say(self.lang, "minutes_or", full=self.lesson.full_minutes, short=self.lesson.short_minutes)]
        yield from _split(Slide("steps", self.said("slides_steps"), [{"k": "steps", "items": items}], tuple(notes)), 8)

    def minutes(self, activity: Activity) -> str:
        return say(self.lang, "minutes", n=activity.minutes)

    def activity(self, number: int, activity: Activity, heading: Heading) -> Iterator[Slide]:
        over = f"{number}/{len(self.lesson.activities)}"
        timing = [self.minutes(activity), say(self.lang, f"phase_{activity.phase}"), say(self.lang, f"form_{activity.form}")]
        if activity.short != activity.minutes:
            timing.append(say(self.lang, "minutes_short", n=activity.short) if activity.short else say(self.lang, "slides_left_out"))
        does = [" / ".join(timing), *(text for block in blocks(heading.text, self.lang) for text in _lines(block))]
        form = [{"k": "p", "runs": self.said(f"form_{activity.form}")}]
        yield Slide("activity", self.runs(heading.title), form, (*does, *self.labelled(heading, "assess")), over, activity.minutes)
        asked = next((child for child in heading.children if child.title == LABELS[self.lang]["ask"]), None)
        notes = (*self.labelled(heading, "answers"), *self.labelled(heading, "moves"))
        for block in self.blocks(asked.text) if asked else []:
            for item in block.get("items", ()):
                yield Slide("question", item["runs"], [{"k": "list", "items": item["items"]}] if item["items"] else [], notes, text_of(self.runs(heading.title)), activity.minutes)

    def labelled(self, heading: Heading, name: str) -> list[str]:
        lines = self.part(heading, name)
        return [f"【{LABELS[self.lang][name]}】" if self.lang == "ja" else f"{LABELS[self.lang][name]}:", *lines] if lines else []

    def shown(self) -> Iterator[Slide]:
        """What stands on the pupils' paper to be looked at together: pictures, and tables without a cell to write in."""
        for task in self.sections["worksheet"].children:
            title = self.runs(task.title)
            for block in self.blocks(task.whole()):
                if block["k"] == "p" and block["runs"] and "b" in block["runs"][0]:
                    title = [{name: run[name] for name in run if name != "b"} for run in takewhile(lambda run: "b" in run, block["runs"])]
                if block["k"] == "picture":
                    yield Slide("picture", title, [block])
                elif block["k"] == "table" and len(block["head"]) <= WIDEST_TABLE and all(text_of(cell).strip() for row in block["rows"] for cell in row):
                    yield from _split(Slide("table", title, [block]))

    def board(self) -> Iterator[Slide]:
        for panel in self.sections["board"].children:
            yield from _split(Slide("board", self.runs(panel.title), self.blocks(panel.text), (say(self.lang, "slides_board_note"),)))

    def ticket(self) -> Iterator[Slide]:
        section = self.sections["exit"]
        asked = [block for block in self.blocks(section.whole()) if block["k"] in ("p", "steps", "list", "tick", "sub", "picture")]
        for group in _questions(asked):
            yield Slide("exit", self.runs(section.title), group)

    def poster(self) -> Iterator[Slide]:
        section = self.sections.get("poster")
        if section:
            first, *rest = self.blocks(section.text)
            yield Slide("poster", first["runs"], rest)


def _lines(block: Block) -> Iterator[str]:
    """The text of a block, a line for each point."""
    if "runs" in block:
        yield text_of(block["runs"])
    for item in block.get("items", ()):
        yield "・" + text_of(item["runs"])
        yield from (f"　・{text_of(one['runs'])}" for one in item["items"])
    for row in [block["head"], *block["rows"]] if block["k"] == "table" else ():
        yield " | ".join(text_of(cell) for cell in row)


def _sentences(found: list[Block], most: int) -> list[Block]:
    """The first sentences of a paragraph."""
    short = []
    for block in found:
        runs, count = [], 0
        for run in block["runs"]:
            runs.append(run)
            count += sum(run["t"].count(sign) for sign in ("。", ". "))
            if count >= most:
                end = _end_of_sentence(run["t"], count - most)
                runs[-1] = run | {"t": run["t"][:end]}
                break
        short.append(block | {"runs": runs})
    return short


def _end_of_sentence(text: str, over: int) -> int:
    """Where the sentence ends that is `over` sentences before the last one of the text."""
    ends = [place + 1 for place, sign in enumerate(text) if sign == "。" or text.startswith(". ", place)]
    return ends[-1 - over]


def _split(slide: Slide, most: int = 0) -> Iterator[Slide]:
    """The slide, or several with the same title where it holds more lines than can be read."""
    room, body = 0, []
    for block in slide.body:
        for piece in _pieces(block, most):
            size = _height(piece)
            if body and room + size > (most or (ROOM if piece["k"] != "table" else MOST_LINES["table"])):
                yield Slide(slide.kind, slide.title, body, slide.notes, slide.over, slide.minutes)
                room, body = 0, []
            room, body = room + size, [*body, piece]
    yield Slide(slide.kind, slide.title, body, slide.notes, slide.over, slide.minutes)


def width(text: str) -> float:
    """How wide a text is, in full-width signs; two letters of the alphabet are as wide as one other sign."""
    return sum(0.5 if sign.isascii() else 1 for sign in text)


def _height(block: Block) -> int:
    """How many lines of a slide a block takes."""
    if block["k"] == "table":
        return len(block["rows"])
    return sum(max(1, ceil(width(text) / LINE)) for text in _lines(block))


def _pieces(block: Block, most: int) -> Iterator[Block]:
    """A long list or table in parts that one slide can show."""
    name = "rows" if block["k"] == "table" else "items"
    size = most or MOST_LINES.get(block["k"], 0)
    if not size or (len(block[name]) <= size and _height(block) <= max(most, ROOM)):
        yield block
        return
    start, taken = 0, 1
    while start < len(block[name]):
        while taken < size and start + taken < len(block[name]) and _height(block | {name: block[name][start : start + taken + 1]}) <= max(most, ROOM):
            taken += 1
        yield block | {name: block[name][start : start + taken]} | ({"start": start + 1} if block["k"] == "steps" else {})
        start, taken = start + taken, 1


def _questions(found: list[Block]) -> Iterator[list[Block]]:
    """Questions of the exit ticket, one a slide; a line that ends in a colon or a picture belongs to what follows."""
    group: list[Block] = []
    for block in found:
        if block["k"] != "tick" and any(one["k"] in ("p", "steps", "list") for one in group) and not _leads(group[-1]):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _leads(block: Block) -> bool:
    return block["k"] == "sub" or text_of(block.get("runs", [])).endswith(("：", ":"))

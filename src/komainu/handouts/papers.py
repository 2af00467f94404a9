"""What is handed out and put up: worksheet, answer key, cards, poster, a note for the family.

In:  a lesson told in one language.   Out: documents of blocks; None where a lesson has nothing for a paper.
Sheets follow a {break} of the worksheet: those to cut up become the cards, the others are further pages of the worksheet.
Left out on purpose: the quiz, and the plans (plan).
"""

from __future__ import annotations

import re

from komainu.handouts.looks import LOOKS, card_points, card_size, poster_points
from komainu.handouts.sheet import Block, pictures, text_of
from komainu.handouts.told import Document, Told, paragraph

BREAK = re.compile(r"^\{break\}$", re.M)
TO_CUT = re.compile(r"切(って|り)|\bcut\b", re.I)
"""What the text beside a picture of cards says."""
HEADING_MM = 9
"""What a line above the cards takes of the sheet."""


def worksheet(told: Told) -> Document:
    """What a pupil reads and writes on: aim, tasks, exit ticket, then the sheets that are not for cutting up."""
    told = told.for_pupils()
    tasks, sheets = _sheets(told)
    found = [{"k": "name", "labels": told.say("hand_name").split("|")}, *_aim(told), *_tasks(tasks), *_exit(told)]
    for sheet in sheets:
        if not _to_cut(sheet):
            found += [{"k": "page"}, *_tasks(sheet)]
    return told.document(_form(told), found, told.say("hand_worksheet"))


def _form(told: Told) -> str:
    return "pupil-es" if told.lesson.stage.startswith("es") else "pupil"


def _sheets(told: Told) -> tuple[list[Block], list[list[Block]]]:
    """The tasks, and the sheets that follow them."""
    section = told.section("worksheet")
    first, *rest = (told.blocks(part) for part in BREAK.split(section.whole() if section else ""))
    return first, rest


def _to_cut(sheet: list[Block]) -> bool:
    """Whether a sheet is cards, or a picture that its text says to cut up."""
    if any(block["k"] == "cards" for block in sheet):
        return True
    return any(pictures(sheet)) and any(TO_CUT.search(text_of(block["runs"])) for block in sheet if block["k"] in ("p", "h", "sub"))


def _aim(told: Told) -> list[Block]:
    section = told.section("pupil")
    return [{"k": "box", "title": told.line(section.title), "blocks": told.of("pupil")}] if section else []


def _exit(told: Told) -> list[Block]:
    section = told.section("exit")
    return [{"k": "h", "runs": told.line(section.title)}, *told.of("exit")] if section else []


def _tasks(found: list[Block]) -> list[Block]:
    """A task's heading stands right below the paper's title."""
    return [block | {"k": "h"} if block["k"] == "sub" else block for block in found]


def answers(told: Told) -> Document:
    """The answer key."""
    return told.document("answers", _tasks(told.of("answers")), told.say("hand_answers"), told.say("hand_answers_title", title=told.title))


# --- cards ---------------------------------------------------------------------------------------


def cards(told: Told) -> Document | None:
    """The sheets to cut up; None where a lesson has none."""
    told = told.for_pupils()
    sheets = [_tasks(sheet) for sheet in _sheets(told)[1] if _to_cut(sheet)]
    if not sheets:
        return None
    found = [block for number, sheet in enumerate(sheets) for block in ([{"k": "page"}] if number else []) + [sized(one, sheet) for one in sheet]]
    return told.document("cards", found, told.say("hand_cards"))


def sized(block: Block, sheet: list[Block]) -> Block:
    """A block of cards with the size of a card and of its text; 0 points where a text is too long for its card."""
    if block["k"] != "cards":
        return block
    used = HEADING_MM * sum(1 + text_of(one["runs"]).count("。") // 2 for one in sheet if "runs" in one)
    size = card_size(block["columns"], len(block["items"]), LOOKS["cards"], used)
    texts = [text_of(item["runs"]) for item in block["items"]]
    return block | {"mm": size, "points": card_points(texts, size)}


# --- poster --------------------------------------------------------------------------------------


def poster(told: Told) -> Document | None:
    """The lesson's message for the wall, as large as it goes; None where a lesson has none."""
    told = told.for_pupils()
    parts = poster_parts(told.of("poster"))
    if not parts:
        return None
    first, lines, last = parts
    plain = [text_of(first), [text_of(line) for line in lines], text_of(last)]
    points = poster_points(*plain, LOOKS["poster"])
    block = {"k": "poster", "first": first, "lines": lines, "last": last, "points": points}
    return told.document("poster", [block], told.say("hand_poster"))


def poster_parts(found: list[Block]) -> tuple | None:
    """The first line, the list and the last line of a poster; None where it is not made of these three."""
    if [block["k"] for block in found] != ["p", "list", "p"]:
        return None
    return found[0]["runs"], [item["runs"] for item in found[1]["items"]], found[2]["runs"]


# --- home ----------------------------------------------------------------------------------------


def home(told: Told) -> Document | None:
    """A note for the family, with blanks for school, class and date; None where a lesson has none."""
    if not told.section("home"):
        return None
    found = [
        paragraph(told.say("hand_home_date"), "right"), paragraph(told.say("hand_home_to")), paragraph(told.say("hand_home_from"), "right"),
        {"k": "title", "runs": told.line(told.say("hand_home_title", title=told.title))}, *told.of("home"),
    ]
    return told.document("letter", found, told.say("hand_home"), told.say("hand_home_title", title=told.title))

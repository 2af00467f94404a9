"""What is handed out and put up: worksheet, answer key, cards, poster, a note for the family.

In:  a lesson told in one language.   Out: documents of blocks; None where a lesson has nothing for a paper.
Sheets follow a {break} of the worksheet: those to cut up become the cards, the others are further pages of the worksheet.
Left out on purpose: the quiz, and the plans (plan).
"""

from __future__ import annotations

import re

from komainu.handouts.looks import (
    CARD_PT,
    LOOKS,
    POSTER_PT,
    broken,
    card_points,
    card_size,
    in_the_middle,
    lines_of,
    poster_gap,
    poster_points,
    poster_room,
)
from komainu.handouts.sheet import Block, pictures, text_of
from komainu.handouts.told import Document, Told, paragraph
from komainu.lesson import Lesson
from komainu.policy.phrases import cut
from komainu.policy.ruling import Run

BREAK = re.compile(r"^\{break\}$", re.M)
TO_CUT = re.compile(r"切(って|り)|\bcut\b", re.I)
"""What the text beside a picture of cards says."""
TITLE_MM, HEADING_MM = 22, 9
"""What the paper's title, and what a line above the cards takes of the sheet."""


def worksheet(told: Told) -> Document:
    """What a pupil reads and writes on: aim, tasks, exit ticket, then the sheets that are not for cutting up."""
    told = told.for_pupils()
    tasks, sheets = _sheets(told)
    found = [{"k": "name", "labels": told.say("hand_name").split("|")}, *_aim(told), *_tasks(tasks), *_ticket(told)]
    for sheet in sheets:
        if not _to_cut(sheet):
            found += [{"k": "page"}, *_tasks(sheet)]
    return told.document(written_on(told.lesson), found, told.say("hand_worksheet"))


def written_on(lesson: Lesson) -> str:
    """The form of a paper that pupils write on."""
    return "pupil-es" if lesson.stage.startswith("es") else "pupil"


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


def _ticket(told: Told) -> list[Block]:
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
    found = [[sized(block, sheet, first=not number) for block in sheet] for number, sheet in enumerate(sheets)]
    least = min((block["points"] for sheet in found for block in sheet if block["k"] == "cards"), default=0)
    alike = [[block | {"points": least or min(CARD_PT)} if block["k"] == "cards" else block for block in sheet] for sheet in found]
    return told.document("cards", [block for number, sheet in enumerate(alike) for block in [*([{"k": "page"}] if number else []), *sheet]], told.say("hand_cards"))


def sized(block: Block, sheet: list[Block], first: bool) -> Block:
    """A block of cards with the size of a card and of its text; 0 points where a text is too long for its card."""
    if block["k"] != "cards":
        return block
    used = TITLE_MM * first + HEADING_MM * sum(lines_of(text_of(one["runs"]), 48) for one in sheet if "runs" in one)
    size = card_size(block["columns"], len(block["items"]), LOOKS["cards"], used)
    texts = [text_of(item["runs"]) for item in block["items"]]
    return block | {"mm": size, "points": card_points(texts, size), "middle": in_the_middle(texts)}


# --- poster --------------------------------------------------------------------------------------


def poster(told: Told) -> Document | None:
    """The lesson's message for the wall, as large as it goes; None where a lesson has none."""
    told = told.for_pupils()
    parts = poster_parts(told.of("poster"))
    if not parts:
        return None
    pieces = poster_pieces(parts, told.lang)
    points = poster_points(*pieces, told.lang) or min(POSTER_PT)
    room = poster_room(points)
    block = {
        "k": "poster", "points": points, "gap": max(0.0, poster_gap(*pieces, points, told.lang)),
        "first": _broken(parts[0], pieces[0], room[0]), "last": _broken(parts[2], pieces[2], room[2]),
        "lines": [_broken(runs, phrases, room[1]) for runs, phrases in zip(parts[1], pieces[1], strict=True)],
    }
    return told.document("poster", [block], told.say("hand_poster"))


def poster_pieces(parts: tuple, lang: str) -> tuple:
    """The three parts of a poster, each line in phrases."""
    first, lines, last = parts
    return _phrases(first, lang), [_phrases(line, lang) for line in lines], _phrases(last, lang)


def _phrases(runs: list[Run], lang: str) -> list[str]:
    """A line in pieces between which it may be broken: no mark begins a line, and no word with a reading is cut."""
    inside, at = set(), 0
    for run in runs:
        inside |= set(range(at + 1, at + len(run["t"]))) if "r" in run else set()
        at += len(run["t"])
    found, at = [""], 0
    for piece in cut(text_of(runs), lang):
        stays = at in inside or CLINGS.match(piece) or (found[-1] and found[-1][-1] in OPENS)
        found[-1:] = [found[-1] + piece] if stays or not found[-1] else [found[-1], piece]
        at += len(piece)
    return found


CLINGS = re.compile(r"[、。，．」』）)：:?？!！,.;”\s]")
OPENS = "「『（(“"


def _broken(runs: list[Run], phrases: list[str], room: float) -> list[list[Run]]:
    """Runs as lines that end between phrases."""
    ends, at, found = [], 0, []
    for count in broken(phrases, room):
        ends.append(at + count)
        at += count
    lengths = [len("".join(phrases[start:end])) for start, end in zip([0, *ends], ends, strict=False)]
    rest = list(runs)
    for length in lengths:
        line: list[Run] = []
        while length > 0 and rest:
            run = rest.pop(0)
            if len(run["t"]) > length:
                rest.insert(0, run | {"t": run["t"][length:]})
                run = run | {"t": run["t"][:length]}
            line.append(run)
            length -= len(run["t"])
        found.append(line)
    return found


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

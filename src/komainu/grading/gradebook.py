"""The gradebook: one row a pupil, as CSV and as a workbook, and CSV files for learning platforms.

In:  an exercise and the data of results.json.   Out: file names -> bytes.
Only what a machine can say is filled in. Points for own words are for the teacher, who finds an empty column beside each text.
Left out on purpose: writing to a platform. Nothing leaves this machine.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from komainu.exercise import Exercise
from komainu.grading.pupils import defused
from komainu.grading.words import note, say
from komainu.xlsx import Cell, Formula, Sheet, column, workbook

Data = dict[str, Any]
ENDED = ("timeout", "memory", "stopped")
"""How a run can end before its end."""


def gradebook(exercise: Exercise, data: Data, lang: str) -> dict[str, bytes]:
    """gradebook.csv, gradebook.xlsx and the files of exports/."""
    made = {"gradebook.csv": table(_marks(exercise, data, lang)), "gradebook.xlsx": workbook(_sheets(exercise, data, lang))}
    return made | {f"exports/{name}.csv": table(rows(exercise, data, lang)) for name, rows in EXPORTS.items()}


def table(rows: Sequence[Sequence[Cell]]) -> bytes:
    """Rows as CSV that a spreadsheet opens as it is: UTF-8 with its mark, texts that are no formulas."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(
        [[defused(cell) if isinstance(cell, str) else "" if cell is None else cell for cell in row] for row in rows]
    )
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def counted(data: Data) -> list[Data]:
    """The submissions that count, one a pupil."""
    return [one for one in data["submissions"] if one["counts"]]


def status(one: Data, lang: str) -> str:
    """The status of a submission as a sentence."""
    said = say(lang, f"s_{one['status']}")
    if one["status"] in ENDED:
        return f"{said}{'' if lang == 'ja' else ' '}{say(lang, 'ended_rest' if one['points'] is not None else 'unmarked')}"
    return say(lang, "unmarked") if one["status"] == "ok" and one["points"] is None else said


def notes(one: Data, lang: str) -> str:
    """All that the teacher should know about a submission."""
    found = [note(lang, n["note"], n["cells"]) for n in one["notes"]]
    return " ".join([*found, *([say(lang, "n_tries", n=one["tries"])] if one["tries"] > 1 else [])])


def label(one: Data) -> str:
    """Number and name, or the file when there is neither."""
    return " ".join(filter(None, (one["number"], one["name"]))) or one["file"]


# --- the tables ----------------------------------------------------------------------------------

def _marks(exercise: Exercise, data: Data, lang: str) -> list[list[Cell]]:
    words = exercise.own_words
    heads = [
        *(say(lang, f"c_{name}") for name in ("number", "name", "status")), *(q.id for q in exercise.questions),
        say(lang, "c_points"), say(lang, "c_of"), *(say(lang, "c_words", id=w.id) for w in words),
        *(say(lang, "c_words_points", id=w.id, of=w.points) for w in words), *_prediction_heads(exercise, lang),
        *(say(lang, f"c_{name}") for name in ("language", "notes", "file", "page")),
    ]  # fmt: skip
    return [heads, *(_mark_row(exercise, one, lang) for one in counted(data))]


def _mark_row(exercise: Exercise, one: Data, lang: str) -> list[Cell]:
    texts = {w["id"]: w["text"] for w in one["own_words"]}
    guesses = {p["id"]: (p["predicted"], p["result"]) for p in one["predictions"]}
    return [
        one["number"], one["name"] or one["file"], status(one, lang), *_points(exercise, one), one["points"], one["of"],
        *(texts.get(w.id, "") for w in exercise.own_words), *(None for _ in exercise.own_words),
        *(cell for ident in _predictions(exercise) for cell in guesses.get(ident, (None, None))),
        one["language"], notes(one, lang), one["file"], one["page"],
    ]  # fmt: skip


def _points(exercise: Exercise, one: Data) -> list[int | None]:
    found = {q["id"]: q["points"] for q in one["questions"]} if one["points"] is not None else {}
    return [found.get(question.id) for question in exercise.questions]


def _predictions(exercise: Exercise) -> list[str]:
    return [cell.id for cell in exercise.cells["ja"] if cell.fill == "predict"]


def _prediction_heads(exercise: Exercise, lang: str) -> list[str]:
    return [say(lang, name, id=ident) for ident in _predictions(exercise) for name in ("c_guess", "c_result")]


def _sheets(exercise: Exercise, data: Data, lang: str) -> list[Sheet]:
    words, places = _words(exercise, data, lang)
    heads = [
        *(say(lang, f"c_{name}") for name in ("number", "name", "status")), *(q.id for q in exercise.questions), say(lang, "c_points"),
        *(say(lang, "c_words_points", id=w.id, of=w.points) for w in exercise.own_words), say(lang, "c_total"),
        *(say(lang, f"c_{name}") for name in ("of", "notes", "page")),
    ]  # fmt: skip
    marks = [heads, *(_sheet_row(exercise, one, at + 2, places, lang) for at, one in enumerate(counted(data)))]
    widths = [8, 20, 30, *[12] * len(exercise.questions), 12, *[14] * len(exercise.own_words), 10, 10, 50, 24]
    return [
        Sheet(say(lang, "sheet_marks"), marks, widths), Sheet(say(lang, "sheet_words"), words, [8, 20, 16, 60, 40, 12, 40]),
        Sheet(say(lang, "sheet_files"), _files(data, lang), [50, 24, 50, 50]),
    ]  # fmt: skip


def _sheet_row(exercise: Exercise, one: Data, number: int, places: dict, lang: str) -> list[Cell]:
    """A row whose total grows as soon as the teacher marks the own words on their sheet."""
    sheet, first = say(lang, "sheet_words"), 3 + len(exercise.questions)
    cells = [f"'{sheet}'!F{places[one['file'], w.id]}" if (one["file"], w.id) in places else "" for w in exercise.own_words]
    marks: list[Cell] = [Formula(f'IF({cell}="","",{cell})') if cell else None for cell in cells]
    last = first + len(exercise.own_words)
    total = Formula(f"SUM({column(first)}{number}:{column(last)}{number})", one["points"]) if one["points"] is not None else None
    return [one["number"], one["name"] or one["file"], status(one, lang), *_points(exercise, one), one["points"], *marks, total,
            one["of"], notes(one, lang), one["page"]]  # fmt: skip


def _words(exercise: Exercise, data: Data, lang: str) -> tuple[list[list[Cell]], dict[tuple[str, str], int]]:
    """The texts in pupils' own words, question by question, and in which row each stands."""
    names = ("number", "name", "question", "text", "look_for", "points", "comment")
    rows: list[list[Cell]] = [[say(lang, f"c_{name}") if name != "points" else say(lang, "pupil_teacher_reads") for name in names]]
    places = {}
    for words in exercise.own_words:
        for one in counted(data):
            text = next((w["text"] for w in one["own_words"] if w["id"] == words.id), "")
            if text:
                rows.append([one["number"], one["name"] or one["file"], words.id, text, words.look_for[lang], None, None])
                places[one["file"], words.id] = len(rows)
    return rows, places


def _files(data: Data, lang: str) -> list[list[Cell]]:
    """Every file that was handed in, and what became of it."""
    heads = [say(lang, f"c_{name}") for name in ("file", "name", "status", "notes")]
    return [heads, *([one["file"], label(one), status(one, lang), notes(one, lang)] for one in data["submissions"])]


# --- learning platforms --------------------------------------------------------------------------

def _comment(one: Data, lang: str) -> str:
    said = "" if one["status"] == "ok" else status(one, lang)
    return " ".join(filter(None, [said, say(lang, "comment", points=one["points"], of=one["of"]) if one["points"] is not None else ""]))


def _moodle(exercise: Exercise, data: Data, lang: str) -> list[list[Cell]]:
    """The offline grading worksheet of an assignment; the identifier is the number in the names of downloaded files."""
    heads: list[Cell] = ["Identifier", "Full name", "Grade", "Maximum Grade", "Feedback comments"]
    rows = [[f"Participant {one['lms']}" if one["lms"] else "", one["name"], one["points"], one["of"], _comment(one, lang)] for one in counted(data)]
    return [heads, *rows]


def _canvas(exercise: Exercise, data: Data, lang: str) -> list[list[Cell]]:
    """The gradebook's own import; the ID is the number in the names of downloaded files."""
    heads: list[Cell] = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", exercise.title[lang]]
    possible: list[Cell] = ["    Points Possible", "", "", "", "", data["of"]]
    return [heads, possible, *([one["name"], one["lms"], "", "", "", one["points"]] for one in counted(data))]


def _classroom(exercise: Exercise, data: Data, lang: str) -> list[list[Cell]]:
    """For Google Classroom, which imports no file: the columns of its export to Sheets, to be pasted."""
    return [["Student", "Email Address", exercise.title[lang], "Points"], *([label(one), "", one["points"], one["of"]] for one in counted(data))]


def _teams(exercise: Exercise, data: Data, lang: str) -> list[list[Cell]]:
    """For Teams, which imports no file: the columns of its own export, to be pasted."""
    heads: list[Cell] = ["First Name", "Last Name", "Email Address", exercise.title[lang], "Points", "Feedback"]
    return [heads, *(["", label(one), "", one["points"], one["of"], _comment(one, lang)] for one in counted(data))]


def _plain(exercise: Exercise, data: Data, lang: str) -> list[list[Cell]]:
    """Number, name, points: for school systems that take a plain list."""
    heads: list[Cell] = [say(lang, f"c_{name}") for name in ("number", "name", "points", "of", "comment")]
    return [heads, *([one["number"], one["name"] or one["file"], one["points"], one["of"], _comment(one, lang)] for one in counted(data))]


EXPORTS = {"moodle": _moodle, "canvas": _canvas, "google-classroom": _classroom, "teams": _teams, "plain": _plain}

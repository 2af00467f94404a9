"""The rules for exercises: two languages, what pupils get, how code may look, what questions need.

In:  a Curriculum and one Exercise of it.   Out: Problems.
Each function checks one thing and is listed in the table at the end. Left out on purpose: what a run shows (running).
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from importlib import resources
from itertools import pairwise, zip_longest

from komainu.crosschecks import nested_lists, parity, prose_links
from komainu.curriculum import Curriculum
from komainu.exercise import PAGE_SECTIONS, PHASES, Check, Exercise, notebook_bytes, sources
from komainu.given import PACKAGES
from komainu.lesson import HOUR
from komainu.percent import Cell
from komainu.problem import LANGUAGES, Report

LONGEST = 10
"""Lines of a code cell that pupils can take in at a look."""
LONGEST_ID = 64
"""Signs of a cell's id: notebooks allow no more."""
NEEDED = ("title", "left-out", "procedure")
SHORTEST_LEAK = 12
"""Shorter lines of a solution, such as `return 0`, may well stand elsewhere."""


# --- facts ---------------------------------------------------------------------------------------

def hour(c: Curriculum, exercise: Exercise, report: Report) -> None:
    """The minutes add up; the steps go from an own idea to the checking procedure and leave out no phase."""
    at, steps = exercise.facts.line, exercise.steps
    for name, total in (("minutes", sum(s.minutes for s in steps)), ("short", sum(s.short for s in steps))):
        if total != getattr(exercise, name):
            report.add(exercise.path, at(name), "steps-sum", name=name, sum=total, minutes=getattr(exercise, name))
    if exercise.minutes != HOUR[exercise.stages[0]]:
        report.add(exercise.path, at("minutes"), "minutes-hour", hour=HOUR[exercise.stages[0]], minutes=exercise.minutes)
    phases = [step.phase for step in steps]
    missing = [phase for phase in PHASES if phase not in phases]
    if missing or phases[0] != PHASES[0] or phases[-1] != PHASES[-1]:
        report.add(exercise.path, at("steps"), "steps-phases", order=", ".join(PHASES), missing=", ".join(missing) or "—")
    _once(exercise.path, [(step.id, step.line) for step in steps], report)


def _once(path: str, named: list[tuple[str, int]], report: Report) -> None:
    seen: set[str] = set()
    for ident, line in named:
        if ident in seen:
            report.add(path, line, "id-duplicate", id=ident)
        seen.add(ident)


def named(c: Curriculum, exercise: Exercise, report: Report) -> None:
    """Skills, machines and exercises that are named exist; the skills are of the exercise's stages and are asked for."""
    at = exercise.facts.line
    asked = {q.skill for q in exercise.questions} | {w.skill for w in exercise.own_words}
    for number, skill in enumerate(exercise.skills):
        known = c.reference.skills.get(skill)
        if c.reference.lacks("skills", skill):
            report.add(exercise.path, at("skills", number), "skill-unknown", id=skill)
        elif known and known.stage not in exercise.stages:
            report.add(exercise.path, at("skills", number), "exercise-stage", id=skill, stage=known.stage)
        elif exercise.asked and skill not in asked:
            report.add(exercise.path, at("skills", number), "exercise-idle", id=skill)
    for entry in (*exercise.questions, *exercise.own_words):
        if entry.skill not in exercise.skills:
            report.add(exercise.asked.path, entry.line, "exercise-skill", id=entry.skill)
    for number, machine in enumerate(exercise.machines):
        if not resources.files("smallmachines").joinpath(f"{machine}.py").is_file():
            report.add(exercise.path, at("machines", number), "machine-unknown", id=machine)
    for number, other in enumerate(exercise.next):
        if other not in c.exercises and other not in c.unread:
            report.add(exercise.path, at("next", number), "exercise-unknown", id=other)


# --- cells ---------------------------------------------------------------------------------------

def cells(c: Curriculum, exercise: Exercise, report: Report) -> None:
    """Every cell has an id of its own; the title, the box and the procedure are there; the steps come in their order."""
    for lang, own in exercise.cells.items():
        path = f"{exercise.folder}/{lang}.py"
        for cell in own:
            if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", cell.id) or len(cell.id) > LONGEST_ID:
                report.add(path, cell.line, "cell-id", found=cell.id or "—")
        _once(path, [(cell.id, cell.line) for cell in own if cell.id], report)
        texts = {cell.id for cell in own if cell.kind == "markdown"}
        for ident in NEEDED:
            if ident not in texts:
                report.add(path, 1, "cell-missing", id=ident)
        found = [cell.step for cell in own if cell.step]
        if found != [step.id for step in exercise.steps]:
            report.add(path, 1, "cell-steps", found=", ".join(found) or "—", wanted=", ".join(s.id for s in exercise.steps))


def twins(c: Curriculum, exercise: Exercise, report: Report) -> None:
    """Japanese and English have the same cells, and the same code once texts and comments are left out."""
    if len(exercise.cells) < len(LANGUAGES):
        return
    ja, en = (exercise.cells[lang] for lang in LANGUAGES)
    path = f"{exercise.folder}/en.py"
    if [_frame(cell) for cell in ja] != [_frame(cell) for cell in en]:
        one, other = next((a, b) for a, b in zip_longest(ja, en) if not (a and b and _frame(a) == _frame(b)))
        line = (other or en[-1] if en else ja[0]).line
        report.add(path, line, "cell-twins", id=(other or one).id or "—")
        return
    for one, other in zip(ja, en, strict=True):
        if one.kind == "code" and any(_shape(getattr(one, r)) != _shape(getattr(other, r)) for r in ("teacher", "pupil")):
            report.add(path, other.line, "code-twins", id=other.id)


def _frame(cell: Cell) -> tuple:
    return cell.id, cell.kind, cell.step, cell.fill, cell.check, cell.needs, bool(cell.solution)


def _shape(source: str) -> str:
    """The syntax tree with every text blanked; code that cannot be read has a problem of its own."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
        if isinstance(node, ast.JoinedStr):
            node.values = [value for value in node.values if isinstance(value, ast.FormattedValue)]
    return ast.dump(tree)


def code(c: Curriculum, exercise: Exercise, report: Report) -> None:
    """Code is Python, short, explained by the text before it, and needs nothing but Python and the small machines."""
    for lang, own in exercise.cells.items():
        path = f"{exercise.folder}/{lang}.py"
        for before, cell in pairwise([None, *own]):
            if cell.kind == "code":
                _code(path, cell, report)
                if before is None or (before.kind == "code" and not _follows(before, cell)):
                    report.add(path, cell.line, "code-prose", id=cell.id)
        if not any(f'start("{lang}")' in cell.teacher for cell in own):
            report.add(path, 1, "code-start", lang=lang)


def _follows(before: Cell, cell: Cell) -> bool:
    """A check, or a use of what was filled in, may follow at once; every other cell has its own text."""
    return bool(before.fill) and bool(cell.check or cell.needs)


def _code(path: str, cell: Cell, report: Report) -> None:
    for source, form in {cell.pupil: "pupil", cell.teacher: "teacher"}.items():
        try:
            tree = ast.parse(source)
        except SyntaxError as error:
            report.add(path, cell.place(form, error.lineno or 1), "code-syntax", id=cell.id, why=error.msg)
            continue
        for module in _imported(tree):
            if module not in sys.stdlib_module_names and module not in PACKAGES:
                report.add(path, cell.line, "code-import", id=cell.id, found=module)
        if source.count("\n") >= LONGEST:
            report.add(path, cell.line, "code-long", id=cell.id, found=source.count("\n") + 1, limit=LONGEST)


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "?").partition(".")[0]


def fills(c: Curriculum, exercise: Exercise, report: Report) -> None:
    """What a pupil fills in has a solution; questions, own words and checks belong to cells that exist, and the other way round."""
    for lang, own in exercise.cells.items():
        path = f"{exercise.folder}/{lang}.py"
        by_fill = {fill: [cell.id for cell in own if cell.fill == fill] for fill in ("predict", "explain", "code")}
        for cell in own:
            if cell.fill and (cell.kind != "code" or cell.fill not in by_fill or cell.teacher == cell.pupil):
                report.add(path, cell.line, "fill-solution", id=cell.id)
            elif cell.solution and not cell.fill:
                report.add(path, cell.line, "fill-unmarked", id=cell.id)
            if cell.check and (cell.kind != "code" or cell.teacher):
                report.add(path, cell.line, "check-body", id=cell.id)
            for need in cell.needs:
                if need not in {fill for ids in by_fill.values() for fill in ids}:
                    report.add(path, cell.line, "needs-unknown", id=cell.id, need=need)
        if exercise.asked:
            questions, words = [q.id for q in exercise.questions], [w.id for w in exercise.own_words]
            _same(path, "fill=\"code\"", by_fill["code"], questions, report)
            _same(path, "check", [cell.check for cell in own if cell.check], questions, report)
            _same(path, "fill=\"explain\"", by_fill["explain"], words, report)


def _same(path: str, what: str, found: list[str], wanted: list[str], report: Report) -> None:
    if sorted(found) != sorted(wanted):
        named = ", ".join(sorted(set(found) ^ set(wanted)) or sorted(found))
        report.add(path, 1, "fill-asked", what=what, named=named)


def leaks(c: Curriculum, exercise: Exercise, report: Report) -> None:
    """No line of a solution stands in another cell of what the pupil gets, and not the whole of it in its own."""
    for lang, own in exercise.cells.items():
        given = [(cell.id, source) for cell, source in sources(exercise, lang, "pupil")]
        for cell in own:
            elsewhere = "\n".join(source for ident, source in given if ident != cell.id)
            lines = [line.strip() for line in cell.solution if line.strip()]
            found = [line for line in lines if len(line) >= SHORTEST_LEAK and line in elsewhere]
            found += lines[:1] if lines and all(line in cell.pupil for line in lines) else []
            if found:
                report.add(f"{exercise.folder}/{lang}.py", cell.line, "solution-leak", id=cell.id, found=found[0][:60])


# --- questions -----------------------------------------------------------------------------------

def questions(c: Curriculum, exercise: Exercise, report: Report) -> None:
    """Each question has visible and hidden checks, and each check one thing to expect."""
    if not exercise.asked:
        return
    path = exercise.asked.path
    _once(path, [(q.id, q.line) for q in (*exercise.questions, *exercise.own_words)], report)
    for question in exercise.questions:
        if not question.visible or not question.hidden:
            report.add(path, question.line, "question-kinds", id=question.id)
        for check in question.checks:
            why = _off(check)
            if why:
                report.add(check.path, check.line, "check-form", id=question.id, why=why)


def _off(check: Check) -> str:
    """What is wrong with a check, in the words of the file; nothing when it is fine."""
    return _off_expect(check) or _off_draw(check)


def _off_expect(check: Check) -> str:
    kinds = set(check.expect) - {"within"}
    if kinds != {"has", "lacks"} and len(kinds) != 1:
        return "expect: " + ", ".join(sorted(kinds))
    if bool(check.source) != bool(kinds & {"has", "lacks"}):
        return "source / has, lacks"
    if ("within" in check.expect) != ("approx" in kinds) and not ("like" in kinds and "within" in check.expect):
        return "within"
    return "like: solution, hidden: false" if "like" in kinds and not check.hidden else ""


def _off_draw(check: Check) -> str:
    if (check.draw or check.times > 1) and not (check.draw and check.hidden):
        return "draw, times, hidden"
    if any(where.get("from", 0) > where.get("to", 0) for where in check.draw.values()):
        return "draw: from > to"
    gaps = [set(re.findall(r"\{([a-z_]+)\}", check.call.get(lang, ""))) for lang in LANGUAGES]
    return "" if not check.draw or gaps == [set(check.draw)] * 2 else "draw: " + ", ".join(sorted(check.draw))


# --- the page ------------------------------------------------------------------------------------

def page(c: Curriculum, exercise: Exercise, report: Report) -> None:
    """The page has its sections in both languages, built alike, and its links lead somewhere."""
    for lang, prose in exercise.prose.items():
        found = [ident for ident, _ in prose.order]
        if found != list(PAGE_SECTIONS):
            report.add(prose.path, 1, "exercise-sections", found=", ".join(found), wanted=", ".join(PAGE_SECTIONS))
        for heading in prose.sections.values():
            if not heading.whole().strip():
                report.add(prose.path, heading.line, "section-empty", id=heading.ident)
            for part in heading.walk():
                nested_lists(prose.path, part.text, part.text_line, report)
        prose_links(c, lang, prose, exercise.sources, exercise.facts, report)
    if len(exercise.prose) == len(LANGUAGES):
        ja, en = (exercise.prose[lang] for lang in LANGUAGES)
        parity(ja.outline, en.outline, en.path, report)


def derived(c: Curriculum, exercise: Exercise, report: Report) -> None:
    """The pupils' notebooks that lie beside the sources are the ones that the sources give."""
    for lang in exercise.cells:
        path = f"{exercise.folder}/{lang}.ipynb"
        file = c.root / path
        if not file.is_file() or file.read_bytes() != notebook_bytes(exercise, lang):
            report.add(path, 1, "notebook-stale", id=exercise.id)


def licences(c: Curriculum, exercise: Exercise, report: Report) -> None:
    """Beside every table lies its source and licence."""
    for file in sorted((c.root / exercise.folder / "data").glob("*")):
        if not file.name.endswith(".licence.yml") and not file.with_name(f"{file.name}.licence.yml").is_file():
            report.add(f"{exercise.folder}/data/{file.name}", 1, "data-licence", file=file.name)


EXERCISE_CHECKS = (hour, named, cells, twins, code, fills, leaks, questions, page, derived, licences)

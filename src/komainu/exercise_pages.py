"""The page of an exercise, for the teacher: the hour, how to run it, questions with answers, the machines.

In:  a Here, an Exercise and what its notebooks showed.   Out: Markdown.
Left out on purpose: hidden checks, which never leave the sources; the notebook itself (notebook_pages).
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from functools import cache
from importlib import resources

from komainu import lite, outputs
from komainu.executed import Done
from komainu.exercise import Check, Exercise, Question
from komainu.packing import zip_name
from komainu.parts import as_section, cited, facts_line, fence, framework_codes, print_button
from komainu.play import demo
from komainu.writing import Here, as_code, finished, front_matter, literal, plain, table


def exercise_page(here: Here, exercise: Exercise, done: Done) -> str:
    """Everything a teacher needs, in the order of need."""
    sections = {name: finished(here, as_section(section)) for name, section in exercise.prose[here.lang].sections.items()}
    parts = [
        f"# {exercise.title[here.lang]}",
        _facts(here, exercise),
        exercise.tagline[here.lang],
        _buttons(here, exercise),
        demo(here, exercise),
        sections["find-out"],
        unsearched(
            finished(here, _targets(here, exercise)),
            _glance(here, exercise),
            _how_to_run(here, exercise, done),
            sections["class"],
            sections["predictions"],
            *_answers(here, exercise, done),
            _own_words(here, exercise),
            sections["limits"],
            *_machines(here, exercise),
            _tables(here, done),
            sections["further"],
            *(finished(here, part) for part in _connections(here, exercise)),
        ),
    ]
    meta = front_matter(title=exercise.title[here.lang], description=plain(exercise.tagline[here.lang]))
    return meta + "\n\n".join(part for part in parts if part) + "\n"


def unsearched(*parts: str) -> str:
    """What the search leaves out: answers, and details that would hide a lesson on the same thing behind its exercise."""
    text = "\n\n".join(part for part in parts if part)
    return f'<div data-pagefind-ignore="all" markdown>\n\n{text}\n\n</div>'


def _facts(here: Here, exercise: Exercise) -> str:
    stages = [here.curriculum.reference.stages[stage].words[here.lang]["name"] for stage in exercise.stages]
    minutes = here.say("minutes_or", full=exercise.minutes, short=exercise.short)
    return facts_line([*stages, minutes, here.say(f"device_{exercise.device}")])


def _notebook(here: Here, exercise: Exercise, anchor: str = "") -> str:
    return here.to(f"exercises/{exercise.id}/notebook/") + (f"#{anchor}" if anchor else "")


def _buttons(here: Here, exercise: Exercise) -> str:
    return (
        f'[{here.say("run_open_page")}]({here.to(f"exercises/{exercise.id}/run/")}){{ .md-button .md-button--primary .k-noprint }} '
        f'[{here.say("exercise_see")}]({_notebook(here, exercise)}){{ .md-button .k-noprint }} '
        f'[{here.say("exercise_get")}]({zip_name(exercise.id, here.lang)}){{ .md-button .k-noprint }} {print_button(here)}'
    )


def _targets(here: Here, exercise: Exercise) -> str:
    asked = [(q.id, q.skill) for q in exercise.questions] + [(w.id, w.skill) for w in exercise.own_words]
    rows = []
    for ident in exercise.skills:
        words = here.curriculum.reference.skills[ident].words[here.lang]
        where = ", ".join(_cell_link(here, exercise, name) for name, skill in asked if skill == ident)
        rows.append([f"[{words['can']}](skill:{ident})", words["evidence"], where])
    head = [here.say("targets_can"), here.say("targets_evidence"), here.say("targets_where")]
    return f'## {here.say("targets")} {{#targets}}\n\n' + table(head, rows)


def _cell_link(here: Here, exercise: Exercise, cell: str) -> str:
    return f"[{cell}]({_notebook(here, exercise, f'cell-{cell}')})"


def _glance(here: Here, exercise: Exercise) -> str:
    names = {cell.step: cell.teacher.partition("\n")[0].lstrip("# ") for cell in exercise.cells[here.lang] if cell.step}
    rows = [
        [f"[{literal(names[s.id])}]({_notebook(here, exercise, s.id)})", here.say(f"phase_{s.phase}"), str(s.minutes), str(s.short) if s.short else here.say("left_out")]
        for s in exercise.steps
    ]
    rows.append([f'**{here.say("total")}**', "", f"**{exercise.minutes}**", f"**{exercise.short}**"])
    head = [here.say(f"glance_{name}") for name in ("activity", "phase", "minutes", "short")]
    return f'## {here.say("glance")} {{#glance}}\n\n' + table(head, rows)


def _how_to_run(here: Here, exercise: Exercise, done: Done) -> str:
    archive = f'[{here.say("exercise_zip")}]({zip_name(exercise.id, here.lang)})'
    get = here.say("exercise_run_get_tables" if done.tables else "exercise_run_get", zip=archive)
    notebook = f'[{here.say("exercise_notebook")}]({_notebook(here, exercise)})'
    page = f'[{here.say("exercise_page_link")}]({here.to(f"exercises/{exercise.id}/run/")})'
    steps = [get, here.say("exercise_run_open"), here.say("exercise_run_cells")]
    lines = "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))
    more = here.say("exercise_run_more", page=f'[{here.say("jupyter_title")}]({here.to("jupyter/")})')
    parts = [here.say("exercise_run_here", page=page, notebook=notebook), _in_lab(here, exercise), lines, more]
    return f'## {here.say("exercise_run")} {{#run}}\n\n' + "\n\n".join(part for part in parts if part)


def _in_lab(here: Here, exercise: Exercise) -> str:
    """The way into the notebook lab, where this site has one."""
    if not (address := lite.link(here, exercise)):
        return ""
    there = f'<a href="{address}">{here.say("lab_title")}</a>'
    return here.say("exercise_run_lab", there=there, page=f'[{here.say("lab_about")}]({here.to("lab/")})')


# --- questions -----------------------------------------------------------------------------------

def _answers(here: Here, exercise: Exercise, done: Done) -> Iterator[str]:
    if exercise.questions:
        yield f'## {here.say("exercise_answers")} {{#answers}}'
    for number, question in enumerate(exercise.questions, 1):
        yield f'### {here.say("quiz_item", n=number)}: {as_code(question.id)} {{#answer-{question.id}}}'
        yield finished(here, f'{here.say("exercise_skill")}: {_skill(here, question.skill)}')
        yield f'**{here.say("exercise_solution")}** ([{here.say("exercise_cell")}]({_notebook(here, exercise, f"cell-{question.id}")}))'
        yield fence(next(cell.teacher for cell in exercise.cells[here.lang] if cell.id == question.id))
        yield f'**{here.say("exercise_hint")}**: {literal(question.hint[here.lang])}'
        yield f'**{here.say("exercise_checks")}**'
        yield "\n".join(_check(here, check) for check in question.visible)
        if question.hidden:
            yield here.say("exercise_hidden", n=len(question.hidden), points=sum(check.points for check in question.hidden))
        yield from _mistakes(here, question, done)


def _skill(here: Here, ident: str) -> str:
    return f"[{here.curriculum.reference.skills[ident].words[here.lang]['can']}](skill:{ident})"


def _check(here: Here, check: Check) -> str:
    tried = as_code(check.call[here.lang]) if check.call else here.say("expect_source", what=as_code(check.source))
    says = [literal(check.say[here.lang])]
    says += [here.say("check_known", value=as_code(repr(known["value"])), say=literal(known[here.lang])) for known in check.known]
    return "- " + "<br>".join([here.say("check_line", tried=tried, expected=expected(here, check), points=check.points), *says])


def expected(here: Here, check: Check) -> str:
    """What a check expects, in words."""
    found = dict(check.expect)
    if "approx" in found:
        within = f"{found['within']:.9f}".rstrip("0").rstrip(".")
        return here.say("expect_approx", value=as_code(repr(found["approx"])), within=within)
    if "between" in found:
        low, high = (as_code(repr(bound)) for bound in found["between"])
        return here.say("expect_between", low=low, high=high)
    if "one_of" in found:
        return here.say("expect_one_of", values=", ".join(as_code(repr(value)) for value in found["one_of"]))
    parts = []
    for kind, value in found.items():
        many = ", ".join(as_code(part.removeprefix("call:")) for part in value) if kind in ("has", "lacks") else ""
        shown = as_code(repr(value) if kind in ("equals", "prints") else str(value))
        parts.append(here.say(f"expect_{kind}", values=many) if many else here.say(f"expect_{kind}", value=shown))
    return (", " if here.lang == "en" else "、").join(parts)


def _mistakes(here: Here, question: Question, done: Done) -> Iterator[str]:
    if question.mistakes:
        yield f'**{here.say("exercise_mistakes")}**'
    shown = done.outputs[here.lang]
    for number, mistake in enumerate(question.mistakes, 1):
        name = f"{question.id} {number}"
        yield fence(mistake.code[here.lang].strip("\n"))
        if outputs.all_met(shown.get(f"checked {name}", [])):
            yield here.say("mistake_passes")
        else:
            yield outputs.block(here.lang, [*outputs.failed(shown.get(f"mistake {name}", [])), *shown.get(f"checked {name}", [])])


def _own_words(here: Here, exercise: Exercise) -> str:
    head = [here.say("words_where"), here.say("exercise_skill"), here.say("words_look"), here.say("exercise_points")]
    rows = [
        [_cell_link(here, exercise, words.id), _skill(here, words.skill), literal(words.look_for[here.lang]), str(words.points)]
        for words in exercise.own_words
    ]
    if not rows:
        return ""
    return finished(here, f'## {here.say("exercise_words")} {{#words}}\n\n{here.say("exercise_words_note")}\n\n{table(head, rows)}')


# --- machines, tables, connections ---------------------------------------------------------------

@cache
def _source(machine: str) -> str:
    return resources.files("smallmachines").joinpath(f"{machine}.py").read_text("utf-8").strip("\n")


def _machines(here: Here, exercise: Exercise) -> Iterator[str]:
    """The code is the lesson: every machine is here to be read."""
    if exercise.machines:
        yield f'## {here.say("exercise_machines")} {{#machines}}\n\n{here.say("exercise_machines_note")}'
    for machine in exercise.machines:
        first = _source(machine).removeprefix('"""').partition("\n")[0].removesuffix('"""')
        about = f'<code>{machine}.py</code> <span lang="en">{html.escape(first)}</span>'
        yield f'<details class="k-source" markdown>\n<summary>{about}</summary>\n\n{fence(_source(machine))}\n\n</details>'


def _tables(here: Here, done: Done) -> str:
    """The files beside the notebook, each with what says whose it is."""
    lines = [
        f"- [{name}](data/{name})" + (f' ([{here.say("table_licence")}](data/{name}.licence.yml))' if f"{name}.licence.yml" in done.tables else "")
        for name in done.tables if not name.endswith(".licence.yml")
    ]
    return f'## {here.say("exercise_tables")} {{#tables}}\n\n' + "\n".join(lines) if lines else ""


def _connections(here: Here, exercise: Exercise) -> Iterator[str]:
    yield cited(here, exercise.sources)
    yield framework_codes(here, exercise.skills)
    lessons = [lesson for lesson in here.curriculum.lessons.values() if lesson.exercise == exercise.id]
    if lessons:
        lines = "\n".join(f"- [{lesson.title[here.lang]}](lesson:{lesson.id})" for lesson in lessons)
        yield f'## {here.say("exercise_lessons")} {{#lessons}}\n\n{lines}'
    if exercise.next:
        lines = "\n".join(f"- [{here.curriculum.exercises[ident].title[here.lang]}](exercise:{ident})" for ident in exercise.next)
        yield f'## {here.say("exercise_next")} {{#next}}\n\n{lines}'

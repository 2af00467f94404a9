"""The Markdown pages of the site in one language, from the curriculum.

In:  a Curriculum, its executed exercises and a language.   Out: path below build/pages/<lang> -> Markdown text.
Left out on purpose: turning Markdown into HTML, writing files, the search index (site).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from komainu.blocks import expand
from komainu.curriculum import Curriculum, Page
from komainu.executed import Done
from komainu.exercise_pages import exercise_page
from komainu.exports.formats import FORMATS, file_name
from komainu.handouts.buttons import buttons
from komainu.lab import Edition
from komainu.lesson import LABELS, OFF_PAGE, SECTIONS, Lesson
from komainu.markup import DIRECTIVE, Heading, outline
from komainu.notebook_pages import notebook_page
from komainu.parts import as_section, cited, facts_line, framework_codes, print_button
from komainu.reading import ruby_markdown
from komainu.run_pages import run_page
from komainu.self_check import answer, asked, explained, self_check
from komainu.writing import Here, finished, front_matter, plain, table, with_furigana

UNSEARCHED = ("contribute", "developers", "decisions", "diagnosis-key", "draw", "grade-here", "lab")
"""Pages that nobody who searches for a lesson is looking for; each word less in the index is a byte less for every search."""
BY_BEGINNING = ("grade", "jupyter", "model", "offline")
"""Pages found by what stands before their first part only: the rest says the words of lessons so often that they would be found first."""

FOR_PUPILS = ("pupils", "diagnosis")
"""Hand-written pages that carry furigana."""


def build_pages(
    curriculum: Curriculum, lang: str, done: Mapping[str, Done], edition: Edition, ruby: Callable[[str], str] = ruby_markdown,
    sizes: Mapping[str, int] | None = None,
) -> dict[str, str]:
    """Every page of one language: path -> Markdown.

    `done` are the executed exercises, `edition` is the browser's Python; `ruby` gives Japanese Markdown its furigana.
    `sizes` are the bytes of the handouts, by lesson and file name.
    """
    def at(url: str) -> Here:
        return Here(curriculum, lang, url, ruby, edition)

    pages = {}
    for name, page in curriculum.pages[lang].items():
        pages[f"{name}.md"] = _hand_written(at("" if name == "index" else f"{name}/"), page)
    for lesson in curriculum.lessons.values():
        if set(lesson.prose) == {"ja", "en"}:
            pages[f"lessons/{lesson.id}/index.md"] = teacher_page(at(f"lessons/{lesson.id}/"), lesson, handed_out(sizes or {}, lesson))
            pages[f"lessons/{lesson.id}/pupil.md"] = pupil_page(at(f"lessons/{lesson.id}/pupil/"), lesson)
    for exercise in curriculum.exercises.values():
        base, own = f"exercises/{exercise.id}", done[exercise.id]
        pages[f"{base}/index.md"] = exercise_page(at(f"{base}/"), exercise, own)
        pages[f"{base}/run.md"] = run_page(at(f"{base}/run/"), exercise, own)
        pages[f"{base}/notebook.md"] = notebook_page(at(f"{base}/notebook/"), exercise, own)
    return pages


def _hand_written(here: Here, page: Page) -> str:
    first = next((line for top in page.headings for line in top.text.split("\n") if line and not DIRECTIVE.match(line)), "")
    hide = ["navigation", "toc"] if page.name in ("index", "pupils", "policy", "diagnosis") else []
    meta = {"title": page.title, "description": plain(first)} | ({"hide": hide} if hide else {})
    meta |= {"unsearched": "yes"} if page.name in UNSEARCHED else {}
    text = finished(here, expand(here, page.text))
    if page.name in BY_BEGINNING:
        text = text.replace("\n## ", '\n<div data-pagefind-ignore="all" markdown>\n\n## ', 1) + "\n\n</div>"
    if page.name in FOR_PUPILS and here.lang == "ja":
        text = with_furigana(here, text, 4)
    return front_matter(**meta) + text + "\n"


# --- a lesson, for the teacher -------------------------------------------------------------------

def handed_out(sizes: Mapping[str, int], lesson: Lesson) -> dict[str, int]:
    """The handouts of one lesson, by file name."""
    return {path.partition("/")[2]: size for path, size in sizes.items() if path.startswith(f"{lesson.id}/")}


def teacher_page(here: Here, lesson: Lesson, sizes: Mapping[str, int]) -> str:
    """The lesson plan: everything a teacher needs, in the order of need."""
    sections = lesson.prose[here.lang].sections
    parts = [
        f"# {lesson.title[here.lang]}",
        facts(here, lesson),
        f'[{here.say("for_pupils")}]({here.to(f"lessons/{lesson.id}/pupil/")}){{ .md-button .md-button--primary .k-noprint }} '
        + print_button(here),
        buttons(here, lesson, sizes),
        as_section(sections["summary"]),
        _targets(here, lesson),
        as_section(sections["criteria"]),
        as_section(sections["materials"]),
        _glance(here, lesson),
        _timeline(here, lesson),
        as_section(sections["short"]),
        _board(here, sections["board"]),
        *(as_section(sections[name]) for name in ("answers", "support", "stretch")),
        _labelled(here, sections["misconceptions"]),
        _quiz_key(here, lesson),
        *(as_section(sections[name]) for name in ("home", "background")),
        _connections(here, lesson),
    ]
    text = finished(here, "\n\n".join(part for part in parts if part))
    return front_matter(title=lesson.title[here.lang], description=lesson.tagline[here.lang]) + text + "\n"


def facts(here: Here, lesson: Lesson) -> str:
    """The line of facts below a lesson's title."""
    stage = here.curriculum.reference.stages[lesson.stage].words[here.lang]["name"]
    items = [
        stage,
        here.say("minutes_or", full=lesson.full_minutes, short=lesson.short_minutes),
        here.say(f"device_{lesson.device}"),
        *(here.say(f"subject_{subject}") for subject in lesson.subjects),
    ]
    return facts_line(items)


def _targets(here: Here, lesson: Lesson) -> str:
    rows = []
    for ident in lesson.skills:
        words = here.curriculum.reference.skills[ident].words[here.lang]
        where = [str(n) for n, a in enumerate(lesson.activities, 1) if ident in (*a.teaches, *a.assesses)]
        where += [here.say("quiz_item", n=n) for n, q in enumerate(lesson.quiz, 1) if q.skill == ident]
        rows.append([f"[{words['can']}](skill:{ident})", words["evidence"], ", ".join(where)])
    head = [here.say("targets_can"), here.say("targets_evidence"), here.say("targets_where")]
    return f'## {here.say("targets")} {{#targets}}\n\n' + table(head, rows)


def _glance(here: Here, lesson: Lesson) -> str:
    names = {h.ident: h.title for h in lesson.prose[here.lang].sections["timeline"].children}
    rows = [
        [
            f"{n}. [{names[a.id]}](#{a.id})", here.say(f"phase_{a.phase}"), here.say(f"form_{a.form}"),
            str(a.minutes), str(a.short) if a.short else here.say("left_out"),
        ]
        for n, a in enumerate(lesson.activities, 1)
    ]
    rows.append([f'**{here.say("total")}**', "", "", f"**{lesson.full_minutes}**", f"**{lesson.short_minutes}**"])
    head = [here.say(f"glance_{name}") for name in ("activity", "phase", "form", "minutes", "short")]
    return f'## {here.say("glance")} {{#glance}}\n\n' + table(head, rows)


def _timeline(here: Here, lesson: Lesson) -> str:
    section = lesson.prose[here.lang].sections["timeline"]
    parts = [f"## {section.title} {{#timeline}}", section.text]
    activities = {a.id: (n, a) for n, a in enumerate(lesson.activities, 1)}
    for heading in section.children:
        number, activity = activities[heading.ident]
        minutes = here.say("minutes", n=activity.minutes)
        chips = [minutes, here.say(f"phase_{activity.phase}"), here.say(f"form_{activity.form}")]
        if activity.short and activity.short != activity.minutes:
            chips.insert(1, here.say("minutes_short", n=activity.short))
        parts += [
            f"### {number}. {heading.title} {{#{heading.ident}}}",
            facts_line(chips),
            heading.text, *(_part(here, child) for child in heading.children),
        ]
    return "\n\n".join(parts)


def _part(here: Here, heading: Heading) -> str:
    kind = next((kind for kind, label in LABELS[here.lang].items() if label == heading.title), "part")
    return f"#### {heading.title} {{ .k-part .k-{kind} }}\n\n{heading.text}"


def _labelled(here: Here, section: Heading) -> str:
    parts = [f"## {section.title} {{#{section.ident}}}", section.text]
    for heading in section.children:
        parts += [f"### {heading.title} {{#{heading.ident}}}", heading.text, *(_part(here, child) for child in heading.children)]
    return "\n\n".join(parts)


def _board(here: Here, section: Heading) -> str:
    panels = "".join(
        f'<div class="k-panel" id="{panel.ident}" markdown>\n\n**{panel.title}**{{ .k-panel-title }}\n\n{panel.text}\n\n</div>\n\n'
        for panel in section.children
    )
    figure = f'<div class="k-board" role="group" aria-label="{here.say("board_label")}" markdown>\n\n{panels}</div>'
    return f"## {section.title} {{#board}}\n\n{section.text}\n\n{figure}"


# --- quiz ----------------------------------------------------------------------------------------

def _quiz_key(here: Here, lesson: Lesson) -> str:
    parts = [f'## {here.say("quiz")} {{#quiz}}']
    for number, question in enumerate(lesson.quiz, 1):
        parts += [asked(here, number, question), f'**{here.say("quiz_answer")}**: {answer(here, question)}', explained(here, question)]
    return "\n\n".join([*parts, _handed_out(here, lesson)])


def _handed_out(here: Here, lesson: Lesson) -> str:
    """The quiz as files for other tools, which join the site after MkDocs, and the page that says which tool takes which."""
    base = here.to(f"quizzes/{lesson.id}/")
    links = [f'- <a href="{base}{file_name(lesson.id, here.lang, one)}">{here.say(f"export_{one.id}")}</a>' for one in FORMATS]
    how = f'[{here.say("export_how")}]({here.to("quizzes/")})' if "quizzes" in here.curriculum.pages[here.lang] else ""
    inner = "\n\n".join(part for part in ("\n".join(links), how) if part)
    title = f'### {here.say("export_title")} {{#quiz-files}}'
    return f'<div class="k-noprint" data-pagefind-ignore="all" markdown>\n\n{title}\n\n{inner}\n\n</div>' if lesson.quiz else ""


# --- connections ---------------------------------------------------------------------------------

def _connections(here: Here, lesson: Lesson) -> str:
    parts = [cited(here, _on_page(here, lesson)), framework_codes(here, lesson.skills)]
    exercise = here.curriculum.exercises.get(lesson.exercise)
    if exercise:
        parts += [f'## {here.say("lesson_exercise")} {{#exercise}}', f"[{exercise.title[here.lang]}](exercise:{exercise.id})\n\n{exercise.tagline[here.lang]}"]
    if lesson.next:
        titles = [f"- [{here.curriculum.lessons[ident].title[here.lang]}](lesson:{ident})" for ident in lesson.next]
        parts += [f'## {here.say("lesson_next")} {{#next}}', "\n".join(titles)]
    if lesson.images:
        makers = sorted({f"{image.credit} ({image.licence})" for image in lesson.images})
        parts.append(f'*{here.say("images_by")}: {", ".join(makers)}*')
    return "\n\n".join(parts)


def _on_page(here: Here, lesson: Lesson) -> list[str]:
    """The sources that the lesson's pages cite, in the order of lesson.yml; those of its unit stand in the plan."""
    sections = lesson.prose[here.lang].sections
    shown = [heading for name, heading in sections.items() if SECTIONS[name] not in OFF_PAGE]
    links = {link.target for heading in shown for link in outline(heading.whole()).links}
    return [ident for ident in lesson.sources if f"source:{ident}" in links]


# --- a lesson, for the pupil ---------------------------------------------------------------------

def pupil_page(here: Here, lesson: Lesson) -> str:
    """What a pupil reads and writes on: aim, worksheet, exit ticket, self-check."""
    sections = lesson.prose[here.lang].sections
    pupil = {name: as_section(sections[name]) for name, reader in SECTIONS.items() if reader == "pupil"}
    pupil["worksheet"], sheets = _apart(here, pupil["worksheet"])
    quiz = f'## {here.say("quiz_pupil")} {{#quiz .k-quiz}}\n\n{self_check(here, lesson.quiz)}'
    parts = [f"# {lesson.title[here.lang]}", print_button(here), _name_line(here), *pupil.values(), sheets, quiz]
    text = finished(here, "\n\n".join(part for part in parts if part))
    if here.lang == "ja":
        text = with_furigana(here, text, here.curriculum.reference.stages[lesson.stage].furigana)
    back = f'[{here.say("for_teacher")}]({here.to(f"lessons/{lesson.id}/")}){{ .k-noprint }}'
    meta = front_matter(title=lesson.title[here.lang], description=lesson.tagline[here.lang], hide=["navigation", "toc"])
    if lesson.exercise in here.curriculum.exercises:
        back = f'[{here.say("run_open_page")}]({here.to(f"exercises/{lesson.exercise}/run/")}){{ .md-button .k-noprint }}\n\n{back}'
    return f'{meta}<div class="k-sheet k-stage-{lesson.stage}" markdown>\n\n{text}\n\n</div>\n\n{back}\n'


def _apart(here: Here, worksheet: str) -> tuple[str, str]:
    """The tasks, and the sheets handed out beside them: whatever follows the first {break}.

    The sheets come after the exit ticket, so that tasks and exit ticket share their pages.
    """
    tasks, line, sheets = worksheet.partition("\n{break}\n")
    return tasks, f'## {here.say("sheets")} {{#sheets}}\n\n{{break}}\n{sheets}' if line else ""


def _name_line(here: Here) -> str:
    blank = dict.fromkeys(("year", "class", "number"), "<span></span>")
    return f'<p class="k-name">{here.say("name_line", **blank)}<span class="k-long"></span></p>'

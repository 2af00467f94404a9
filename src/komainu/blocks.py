"""The generated parts of hand-written pages: lists of lessons and exercises, the skill matrix, glossary, sources, the White Paper's trace.

In:  a Here and a page's Markdown.   Out: the Markdown with each directive line replaced.
Every count on these pages is computed here from the curriculum; none is typed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from komainu import lite
from komainu.curriculum import Curriculum, covered
from komainu.diagnosis.key_page import diagnosis_key
from komainu.diagnosis.pages import class_tally, diagnosis_form
from komainu.exercise import Exercise
from komainu.grading_page import grading_form
from komainu.lesson import Lesson
from komainu.markup import DIRECTIVE
from komainu.model_page import model_desk, model_long, model_next, model_ten
from komainu.play import draw
from komainu.policy.pages import policy_form
from komainu.reference import Point, Skill
from komainu.words import say
from komainu.writing import Here, table


def expand(here: Here, text: str) -> str:
    """Markdown with every page directive replaced by what it stands for."""
    lines = []
    for line in text.split("\n"):
        match = DIRECTIVE.match(line.strip())
        block = BLOCKS.get(match[1]) if match else None
        lines += ["", block(here), ""] if block else [line]
    return _readers("\n".join(lines))


def _readers(text: str) -> str:
    """The three reader cards: the directive wraps the list that follows it."""
    return re.sub(
        r"^\{readers\}\n+((?:[-*] .*\n?(?:  .*\n?)*)+)",
        lambda m: f'<div class="k-readers" markdown>\n\n{m[1].strip()}\n\n</div>\n',
        text,
        flags=re.M,
    )


# --- lists of lessons ----------------------------------------------------------------------------

def _card(here: Here, lesson: Lesson, url: str) -> str:
    stage = here.curriculum.reference.stages[lesson.stage].words[here.lang]["name"]
    minutes = here.say("minutes_or", full=lesson.full_minutes, short=lesson.short_minutes)
    return (
        f'- **[{lesson.title[here.lang]}]({here.to(url)})**<br>'
        f'<span class="k-meta">{stage}・{minutes}・{here.say(f"device_{lesson.device}")}</span><br>{lesson.tagline[here.lang]}'
    ).replace("・", "・" if here.lang == "ja" else " · ")


def lessons(here: Here) -> str:
    """A card for each lesson."""
    cards = [_card(here, lesson, f"lessons/{lesson.id}/") for lesson in here.curriculum.lessons.values()]
    return '<div class="k-cardlist" markdown>\n\n' + "\n".join(cards) + "\n\n</div>"


def exercises(here: Here) -> str:
    """The exercises by stage; one for several stages stands under each of them."""
    parts = []
    for stage, words in here.curriculum.reference.stages.items():
        own = [exercise for exercise in here.curriculum.exercises.values() if stage in exercise.stages]
        cards = "\n".join(_exercise_card(here, exercise) for exercise in own)
        body = f'<div class="k-cardlist" markdown>\n\n{cards}\n\n</div>' if cards else here.say("exercises_none")
        if stage != UNPLUGGED:
            parts += [f"## {words.words[here.lang]['name']} {{#{stage}}}", body]
    return "\n\n".join(parts)


def notebook_lab(here: Here) -> str:
    """The notebooks that the lab opens, or the sentence that this site has no lab."""
    exercises = here.curriculum.exercises.values()
    links = [f'- <a href="{there}">{exercise.title[here.lang]}</a>' for exercise in exercises if (there := lite.link(here, exercise))]
    return "\n".join(links) or here.say("lab_none")


UNPLUGGED = "es-lower"
"""The stage that has lessons without devices only."""


def _exercise_card(here: Here, exercise: Exercise) -> str:
    minutes = here.say("minutes_or", full=exercise.minutes, short=exercise.short)
    meta = ("・" if here.lang == "ja" else " · ").join([minutes, here.say(f"device_{exercise.device}")])
    return f'- **[{exercise.title[here.lang]}](exercise:{exercise.id})**<br><span class="k-meta">{meta}</span><br>{exercise.tagline[here.lang]}'


def pupil_lessons(here: Here) -> str:
    """The pupils' pages by stage."""
    parts = []
    for stage, words in here.curriculum.reference.stages.items():
        own = [lesson for lesson in here.curriculum.lessons.values() if lesson.stage == stage]
        links = [f'- [{lesson.title[here.lang]}]({here.to(f"lessons/{lesson.id}/pupil/")})' for lesson in own]
        parts += [f'## {words.words[here.lang]["name"]} {{#{stage}}}', "\n".join(links) or here.say("index_none")]
    return "\n\n".join(parts)


def lesson_index(here: Here) -> str:
    """The lessons by stage, by viewpoint, by subject and by minutes."""
    reference, all_ = here.curriculum.reference, list(here.curriculum.lessons.values())
    by_viewpoint = {lesson.id: {reference.skills[s].viewpoint for s in covered(lesson)} for lesson in all_}
    subjects = sorted({s for lesson in all_ for s in lesson.subjects}, key=_subject_order)
    minutes = sorted({lesson.short_minutes for lesson in all_} | {lesson.full_minutes for lesson in all_})
    groups = {
        "stage": [(words.words[here.lang]["name"], [x for x in all_ if x.stage == stage]) for stage, words in reference.stages.items()],
        "viewpoint": [(words.words[here.lang]["name"], [x for x in all_ if v in by_viewpoint[x.id]]) for v, words in reference.viewpoints.items()],
        "subject": [(here.say(f"subject_{s}"), [x for x in all_ if s in x.subjects]) for s in subjects],
        "minutes": [(here.say("minutes", n=m), [x for x in all_ if m in (x.short_minutes, x.full_minutes)]) for m in minutes],
    }
    parts = []
    for name, rows in groups.items():
        parts.append(f'## {here.say(f"index_{name}")} {{#by-{name}}}')
        if name == "stage":
            parts += [_stage_cards(here, title, own) for title, own in rows]
        else:
            head = [here.say(f"head_{name}"), here.say("trace_lessons")]
            parts.append(table(head, [[title, _links(here, own)] for title, own in rows]))
    return "\n\n".join(parts)


def _stage_cards(here: Here, title: str, own: list[Lesson]) -> str:
    cards = "\n".join(_card(here, lesson, f"lessons/{lesson.id}/") for lesson in own)
    return f'### {title}\n\n<div class="k-cardlist" markdown>\n\n{cards or here.say("index_none")}\n\n</div>'


def _links(here: Here, own: Iterable[Lesson]) -> str:
    return "<br>".join(f"[{lesson.title[here.lang]}](lesson:{lesson.id})" for lesson in own) or here.say("index_none")


def _subject_order(subject: str) -> tuple[int, str]:
    order = ["japanese", "social-studies", "civics", "mathematics", "science", "life-studies", "art", "technology-home", "informatics", "english", "moral-education", "integrated-study", "inquiry", "class-activities"]
    return (order.index(subject), subject)


# --- the skill matrix ----------------------------------------------------------------------------

def matrix(here: Here) -> str:
    """Filters, the matrix of counts, and below it every can-do with what teaches and assesses it."""
    return "\n\n".join([_count(here), _filters(here), _grid(here), *_skill_sections(here), _frameworks(here)])


def _uses(here: Here, skill: Skill) -> dict[str, list[str]]:
    """Links to what teaches a skill, assesses it and asks for it."""
    return _all_uses(_Same(here.curriculum), here.lang).get(skill.id, NOT_USED)


NOT_USED: dict[str, list[str]] = {"taught": [], "assessed": [], "quiz": []}


class _Same:
    """A curriculum as a key: the same object, for it holds what cannot be hashed."""

    def __init__(self, curriculum: Curriculum):
        self.curriculum = curriculum

    def __hash__(self) -> int:
        return id(self.curriculum)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.curriculum is other.curriculum


@lru_cache(maxsize=2)
def _all_uses(same: _Same, lang: str) -> dict[str, dict[str, list[str]]]:
    """The uses of every skill by its id, gathered in one walk through the lessons."""
    found: dict[str, dict[str, list[str]]] = {}
    for lesson in same.curriculum.lessons.values():
        link = f"[{lesson.title[lang]}](lesson:{lesson.id})"
        uses = [("taught", s) for a in lesson.activities for s in a.teaches]
        uses += [("assessed", s) for a in lesson.activities for s in a.assesses]
        for kind, skill in dict.fromkeys(uses):
            found.setdefault(skill, {name: [] for name in NOT_USED})[kind].append(link)
        for number, question in enumerate(lesson.quiz, 1):
            asked = f'[{lesson.title[lang]} {say(lang, "quiz_item", n=number)}](lesson:{lesson.id}#quiz)'
            found.setdefault(question.skill, {name: [] for name in NOT_USED})["quiz"].append(asked)
    return found


def _count(here: Here) -> str:
    uses = [_uses(here, skill) for skill in here.curriculum.reference.skills.values()]
    counts = {name: sum(bool(use[kind]) for use in uses) for name, kind in (("taught", "taught"), ("assessed", "assessed"), ("quizzed", "quiz"))}
    return here.say("matrix_count", total=len(uses), covered=sum(any(use.values()) for use in uses), **counts)


def _filters(here: Here) -> str:
    reference = here.curriculum.reference
    rows = (("stage", reference.stages), ("viewpoint", reference.viewpoints))
    sets = []
    for name, entries in rows:
        options = [("all", here.say("matrix_all"))] + [(ident, entry.words[here.lang]["name"]) for ident, entry in entries.items()]
        buttons = "".join(
            f'<label><input type="radio" name="filter-{name}" id="filter-{name}-{ident}"{" checked" if ident == "all" else ""}> {html.escape(label)}</label>'
            for ident, label in options
        )
        sets.append(f'<fieldset><legend>{here.say(f"matrix_filter_{name}")}</legend>{buttons}</fieldset>')
    return '<form class="k-switch k-filter k-noprint" data-pagefind-ignore="all">' + "".join(sets) + "</form>"


def _grid(here: Here) -> str:
    reference = here.curriculum.reference
    head = "".join(f'<th scope="col" data-stage="{s}">{stage.words[here.lang]["name"]}</th>' for s, stage in reference.stages.items())
    rows = "".join(_grid_row(here, v, viewpoint.words[here.lang]["name"]) for v, viewpoint in reference.viewpoints.items())
    return (
        f'<table class="k-matrix"><caption>{here.say("matrix_caption")}</caption>'
        f'<thead><tr><th scope="col">{here.say("matrix_viewpoint")}</th>{head}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _grid_row(here: Here, viewpoint: str, name: str) -> str:
    cells = []
    for stage, words in here.curriculum.reference.stages.items():
        own = [s for s in here.curriculum.reference.skills.values() if (s.viewpoint, s.stage) == (viewpoint, stage)]
        count = {"covered": sum(any(_uses(here, s).values()) for s in own), "total": len(own)}
        label = here.say("matrix_cell_label", viewpoint=name, stage=words.words[here.lang]["name"], **count)
        level = "k-none" if not count["covered"] else "k-full" if count["covered"] == count["total"] else "k-some"
        cells.append(
            f'<td data-stage="{stage}"><a class="{level}" href="#{viewpoint}-{stage}" aria-label="{label}">{here.say("matrix_cell", **count)}</a></td>'
        )
    return f'<tr data-viewpoint="{viewpoint}"><th scope="row">{name}</th>{"".join(cells)}</tr>'


def _skill_sections(here: Here) -> Iterable[str]:
    reference = here.curriculum.reference
    for v, viewpoint in reference.viewpoints.items():
        words = viewpoint.words[here.lang]
        yield f'<section data-viewpoint="{v}" markdown>\n\n## {words["name"]} {{#{v}}}\n\n{words["question"]}'
        for s, stage in reference.stages.items():
            own = [k for k in reference.skills.values() if (k.viewpoint, k.stage) == (v, s)]
            skills = "\n\n".join(_skill(here, skill) for skill in own)
            yield f'<div data-stage="{s}" markdown>\n\n### {words["name"]} — {stage.words[here.lang]["name"]} {{#{v}-{s}}}\n\n{skills}\n\n</div>'
        yield "</section>"


def _skill(here: Here, skill: Skill) -> str:
    words, codes, uses = skill.words[here.lang], here.curriculum.reference.codes(), _uses(here, skill)
    lines = [f'{here.say("evidence")}: {words["evidence"]}']
    for kind in ("taught", "assessed", "quiz"):
        found = ", ".join(uses[kind]) or f'<span class="k-open">{here.say("matrix_not_yet")}</span>'
        lines.append(f'{here.say(f"matrix_{kind}")}: {found}')
    lines.append(f'{here.say("matrix_exercises")}: {_exercises(here, skill)}')
    lines.append(f'{here.say("matrix_codes")}: ' + ", ".join(f"`{code}` {codes[code][here.lang]}" for code in skill.frameworks))
    items = "\n".join(f"- {line}" for line in lines)
    return f'<div class="k-skill" id="{skill.id}" markdown>\n\n**{words["can"]}**\n\n{items}\n\n</div>'


def _exercises(here: Here, skill: Skill) -> str:
    """The exercises that ask for this skill, and those that its lessons name and that do not exist yet."""
    not_yet = f'<span class="k-open">{here.say("matrix_not_yet")}</span>'
    there = here.curriculum.exercises
    links = [f"[{exercise.title[here.lang]}](exercise:{exercise.id})" for exercise in there.values() if skill.id in exercise.skills]
    named = sorted({x.exercise for x in here.curriculum.taught_by(skill.id) if x.exercise and x.exercise not in there})
    return ", ".join([*links, *(f"`{name}` ({not_yet})" for name in named)]) or not_yet


def _frameworks(here: Here) -> str:
    parts = [f'## {here.say("frameworks_title")} {{#frameworks}}']
    for framework in here.curriculum.reference.frameworks.values():
        words = framework.words[here.lang]
        codes = ", ".join(f"`{framework.id}:{code}` {names[here.lang]}" for code, names in framework.codes.items())
        parts += [f'### {words["title"]} {{#framework-{framework.id}}}', f'{words["note"]} ([{framework.source}](source:{framework.source}))', codes]
    return "\n\n".join(parts)


# --- glossary, sources, trace --------------------------------------------------------------------

def glossary(here: Here) -> str:
    """The terms, in the order of the language."""
    terms = list(here.curriculum.reference.terms.values())
    terms.sort(key=lambda t: t.words["ja"]["reading"] if here.lang == "ja" else t.words["en"]["term"].casefold())
    parts = []
    for term in terms:
        own, other = term.words[here.lang], term.words["en" if here.lang == "ja" else "ja"]
        reading = f'({here.say("glossary_reading")}: {own["reading"]})' if here.lang == "ja" else ""
        parts += [f'## {own["term"]} {{#{term.id}}}', f'<span class="k-meta">{other["term"]} {reading}</span>', own["explain"]]
    return "\n\n".join(parts)


def sources(here: Here) -> str:
    """The sources with dates, licences and the lessons and exercises that use them."""
    parts = []
    users = [(f"lesson:{x.id}", x) for x in here.curriculum.lessons.values()]
    users += [(f"exercise:{x.id}", x) for x in here.curriculum.exercises.values()]
    for source in here.curriculum.reference.sources.values():
        used = [f"[{user.title[here.lang]}]({link})" for link, user in users if source.id in user.sources]
        licence = here.say("licence_unknown") if source.licence == "unknown" else source.licence
        lines = [
            f'{source.by}{f" ({source.year})" if source.year else ""}. <{source.url}>',
            f'{here.say("checked", date=source.last_checked)}, {here.say(f"checked_{source.checked_how}")}. {here.say("source_licence")}: {licence}.',
            source.note[here.lang],
        ]
        if used:
            lines.append(f'{here.say("source_used")}: ' + ", ".join(used))
        parts += [f"## {source.title} {{#{source.id}}}", "\n".join(f"- {line}" for line in lines)]
    entries = "\n\n".join(parts)
    return f'<div data-pagefind-ignore="all" markdown>\n\n{entries}\n\n</div>'  # the page is found; a search does not end in a footnote


def trace(here: Here) -> str:
    """The White Paper's points, each with what answers it; what does not exist yet says so."""
    points = list(here.curriculum.reference.points.values())
    done = sum(bool(point.lessons) for point in points)
    count = here.say("trace_count", total=len(points), done=done, open=len(points) - done)
    return "\n\n".join([count, *(_point(here, point) for point in points)])


def _point(here: Here, point: Point) -> str:
    reference, words = here.curriculum.reference, point.words[here.lang]
    skills = [f'[{reference.skills[s].words[here.lang]["can"]}](skill:{s})' for s in point.skills]
    titles = [f"[{here.curriculum.lessons[x].title[here.lang]}](lesson:{x})" for x in point.lessons]
    ahead = f'<span class="k-open">{here.say("trace_not_yet")}</span>'
    there = here.curriculum.exercises
    exercises = [f"[{there[x].title[here.lang]}](exercise:{x})" if x in there else f"`{x}` {ahead}" for x in point.exercises]
    lines = [words["answer"]]
    for name, found in (("skills", skills), ("lessons", titles or [ahead]), ("exercises", exercises)):
        if found:
            lines.append(f'{here.say(f"trace_{name}")}: ' + ", ".join(found))
    lines.append(_clauses(here, point) or f'{here.say("trace_clauses")}: {ahead}')
    kind = here.say(f"trace_kind_{point.kind}")
    items = "\n".join(f"- {line}" for line in lines)
    return f'## {words["point"]} {{#{point.id}}}\n\n<span class="k-meta">{kind} `{point.id}`</span>\n\n{items}'


def _clauses(here: Here, point: Point) -> str:
    """The clauses of the classroom policy that answer a point, by their titles, with one link to where they are made."""
    policy, name = here.curriculum.policy, here.say("trace_clauses")
    titles = [policy.clauses[x].data[here.lang]["title"] for x in point.clauses if policy and x in policy.clauses]
    if not titles:
        return ""
    link = f"[{name}](page:policy)" if "policy" in here.curriculum.pages[here.lang] else name
    return f"{link}: " + ", ".join(titles)


BLOCKS: dict[str, Callable[[Here], str]] = {
    "lessons": lessons,
    "pupil-lessons": pupil_lessons,
    "lesson-index": lesson_index,
    "exercises": exercises,
    "draw": draw,
    "lab": notebook_lab,
    "policy": policy_form,
    "diagnosis": diagnosis_form,
    "class-tally": class_tally,
    "diagnosis-key": diagnosis_key,
    "grading": grading_form,
    "matrix": matrix,
    "glossary": glossary,
    "sources": sources,
    "trace": trace,
    "model": model_desk,
    "model-next": model_next,
    "model-ten": model_ten,
    "model-long": model_long,
}

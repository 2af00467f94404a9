"""A lesson as a teacher writes it down: the full plan and the plan on one page, each as its country expects it.

In:  a lesson told in one language.   Out: documents of blocks.
In Japanese the usual form of a research lesson, 細案, with the unit first, and the short one, 略案;
in English objectives, success criteria, timeline, differentiation. Blanks stay for what only the school knows.
Left out on purpose: what pupils get (papers).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from komainu.handouts.sheet import Block
from komainu.handouts.told import Document, Told, heading, paragraph
from komainu.lesson import Activity
from komainu.markup import Heading
from komainu.policy.ruling import Run

Part = Callable[[Told], list[Block]]

PHASE = {"own-idea": "opening", "predict": "opening", "look-back": "closing"}
"""Where an activity stands in the hour; in the main part unless it is named here."""
PUPIL_SIGN = {"es-lower": "C", "es-upper": "C", "jhs": "S", "hs": "S"}
"""How plans mark what a child or a student may say; T is the teacher."""
SUBJECT = re.compile(r"[(（]([^、,()（）]+)[、,]")
VIEWPOINT = re.compile(r"^(知識・技能|思考・判断・表現|主体的に学習に取り組む態度|[A-Z][a-z]+(?:,? [a-z]+)* (?:skills|expression|learning))[:：]\s*")
COURSE, SHORT_COURSE = (0.1, 0.41, 0.31, 0.18), (0.1, 0.35, 0.32, 0.23)
"""Shares of the width: minutes, what happens, what the teacher minds, assessment."""


def full(told: Told) -> Document:
    """The full plan."""
    found = [*fields(told), *(_full_ja(told) if told.lang == "ja" else _headed(told, FULL_EN))]
    return told.document("plan", found, told.say("hand_plan"), told.say("hand_plan_title", subject=_subject(told), title=told.title))


def short(told: Told) -> Document:
    """The plan on one page."""
    found = [*fields(told, 3), *_headed(told, SHORT)]
    return told.document("short", found, told.say("hand_short"), told.say("hand_short_title", subject=_subject(told), title=told.title))


def _subject(told: Told) -> str:
    """The subject of the unit, which stands in brackets behind its name; else the first subject that the lesson fits."""
    unit = told.below("unit").get("unit-name")
    found = SUBJECT.search(unit.text) if unit else None
    return found[1] if found else told.say(f"subject_{told.lesson.subjects[0]}")


def _full_ja(told: Told) -> Iterator[Block]:
    """The unit first, then this hour, numbered as research lessons are."""
    unit, number = told.below("unit"), 0
    for ident, part in UNIT_JA if unit else ():
        number += 1
        yield heading(f"{number} {unit[ident].title if ident in unit else told.say(f'hand_{ident}')}")
        yield from part(told, unit)
    yield heading(f"{number + 1} {told.say('hand_this_hour', title=told.title)}")
    for place, (name, part) in enumerate(HOUR_JA, 1):
        yield heading(f"({place}) {told.say(f'hand_{name}')}", "sub")
        yield from part(told)
    yield heading(f"{number + 2} {told.say('hand_sources')}")
    yield from sources(told)


def _headed(told: Told, parts: tuple[tuple[str, Part], ...]) -> Iterator[Block]:
    """Parts below their headings; a part in which there is nothing has none."""
    for name, part in parts:
        found = part(told)
        if found:
            yield heading(told.say(f"hand_{name}"))
            yield from found


# --- facts ---------------------------------------------------------------------------------------


def fields(told: Told, rows: int = 4) -> list[Block]:
    """What only the school can fill in, and the facts of the lesson, in so many rows."""
    lesson, dot = told.lesson, told.say("hand_dot")
    stage = told.curriculum.reference.stages[lesson.stage].words[told.lang]["name"]
    facts = dot.join([stage, told.say("minutes", n=lesson.full_minutes), told.say(f"device_{lesson.device}")])
    cells = [
        ("date", told.say("hand_date_blank")), ("school", ""), ("class", told.say("hand_class_blank")), ("teacher", ""),
        ("room", ""), ("lesson", told.title), ("facts", facts), ("subjects", dot.join(told.say(f"subject_{one}") for one in lesson.subjects)),
    ]
    pairs = [([{"t": told.say(f"hand_{name}")}], [{"t": value}] if value else []) for name, value in cells]
    return [{"k": "fields", "rows": [pairs[at : at + 2] for at in range(0, 2 * rows, 2)]}]


def goals(told: Told) -> list[Block]:
    """What pupils can do at the end: the target skills."""
    cans = [told.curriculum.reference.skills[ident].words[told.lang]["can"].rstrip("。.") for ident in told.lesson.skills]
    said = [f"{can}。" for can in cans] if told.lang == "ja" else [f"{re.sub('^Can ', 'Pupils can ', can)}." for can in cans]
    return [{"k": "list", "items": [{"runs": [{"t": one}], "items": []} for one in said]}]


def sources(told: Told) -> list[Block]:
    """What the lesson goes by, and who drew its pictures."""
    found = [told.curriculum.reference.sources[ident] for ident in told.lesson.sources]
    lines = [f"{one.title}{told.say('hand_by', by=one.by)}{f' ({one.year})' if one.year else ''}" for one in found]
    lines += sorted({f"{told.say('images_by')}: {image.credit} ({image.licence})" for image in told.lesson.images})
    return [{"k": "small", "items": [[{"t": line}] for line in lines]}] if lines else []


def vocabulary(told: Told) -> list[Block]:
    """The glossary's terms that the lesson uses, explained."""
    prose = told.lesson.prose[told.lang]
    terms = dict.fromkeys(link.name for link in prose.outline.links if link.scheme == "glossary")
    words = [told.curriculum.reference.terms[ident].words[told.lang] for ident in terms]
    rows = [[[{"t": word["term"], "b": 1}], told.line(word["explain"])] for word in words]
    head = [[{"t": told.say("hand_term")}], [{"t": told.say("hand_meaning")}]]
    return [{"k": "table", "head": head, "rows": rows, "align": ["", ""], "shares": (0.25, 0.75)}] if rows else []


def _of(ident: str) -> Part:
    """A section of the prose, without its lines to write on."""
    return lambda told: [block for block in told.of(ident) if block["k"] != "write"]


def _unit(*idents: str) -> Part:
    """Parts of the unit, each below its title where there are several."""

    def part(told: Told) -> list[Block]:
        unit = told.below("unit")
        found: list[Block] = []
        for ident in idents if unit else ():
            found += [*([heading(unit[ident].title, "sub")] if len(idents) > 1 else []), *told.blocks(unit[ident].whole())]
        return found

    return part


# --- the unit, in Japanese -----------------------------------------------------------------------


def _about_unit(told: Told, unit: dict[str, Heading]) -> Iterator[Block]:
    for number, ident in enumerate(("unit-material", "unit-pupils", "unit-teaching"), 1):
        yield heading(f"({number}) {unit[ident].title}", "sub")
        yield from told.blocks(unit[ident].whole())


def _as_written(ident: str) -> Callable[[Told, dict[str, Heading]], list[Block]]:
    return lambda told, unit: told.blocks(unit[ident].whole())


def _unit_criteria(told: Told, unit: dict[str, Heading]) -> list[Block]:
    """The three viewpoints side by side; as a list where it is not one of three."""
    found = told.blocks(unit["unit-criteria"].whole())
    items = [item["runs"] for block in found for item in block.get("items", ())]
    split = [_split(runs) for runs in items]
    if len(split) != 3 or not all(label for label, _ in split):
        return found
    return [{"k": "table", "head": [label for label, _ in split], "rows": [[rest for _, rest in split]], "align": [""] * 3, "shares": (1 / 3,) * 3}]


def _split(runs: list[Run]) -> tuple[list[Run], list[Run]]:
    """The bold beginning of a line without its bold, and what follows it."""
    count = next((n for n, run in enumerate(runs) if "b" not in run), len(runs))
    rest = [dict(run) for run in runs[count:]]
    if rest:
        rest[0]["t"] = rest[0]["t"].lstrip(" 　:：")
    return [{name: value for name, value in run.items() if name != "b"} for run in runs[:count]], rest


UNIT_JA = (
    ("unit-name", _as_written("unit-name")),
    ("about_unit", _about_unit),
    ("unit-goals", _as_written("unit-goals")),
    ("unit-criteria", _unit_criteria),
    ("unit-plan", _as_written("unit-plan")),
)


# --- the hour ------------------------------------------------------------------------------------


def course(told: Told) -> list[Block]:
    """The hour as a table: minutes, what happens and what pupils may say, what the teacher minds, assessment."""
    signs = told.say("hand_signs", pupil=PUPIL_SIGN[told.lesson.stage])
    return [paragraph(signs), _course(told, _happens, lambda told, step: [_marked("○", told.part(step, "moves"))], COURSE)]


def short_course(told: Told) -> list[Block]:
    """The same with the first question and the first thing to mind of each activity."""

    def happens(told: Told, activity: Activity, number: int, step: Heading) -> list[Block]:
        return [_activity(told, activity, number, step), _marked("T", told.part(step, "ask")[:1])]

    grid = _course(told, happens, lambda told, step: [_marked("○", told.part(step, "moves")[:1])], SHORT_COURSE)
    return [paragraph(told.say("hand_signs_short")), grid]


def _course(told: Told, happens: Callable, minds: Callable, shares: tuple[float, ...]) -> Block:
    steps, rows, before = told.below("timeline"), [], ""
    for number, activity in enumerate(told.lesson.activities, 1):
        step, phase = steps[activity.id], PHASE.get(activity.phase, "main")
        when = [{"k": "p", "runs": [{"t": told.say(f"hand_{phase}"), "b": 1}]}] if phase != before else []
        rows.append([[*when, paragraph(told.say("minutes", n=activity.minutes))], happens(told, activity, number, step), minds(told, step), _assessed(told, step)])
        before = phase
    head = [[{"t": told.say(f"hand_{name}")}] for name in ("minutes", "happens", "minds", "assessed")]
    return {"k": "grid", "head": head, "rows": rows, "shares": shares}


def _activity(told: Told, activity: Activity, number: int, step: Heading) -> Block:
    form = [{"t": told.say("hand_form", form=told.say(f"form_{activity.form}"))}]
    return {"k": "p", "runs": [{"t": f"{number} {step.title}", "b": 1}, *form]}


def _happens(told: Told, activity: Activity, number: int, step: Heading) -> list[Block]:
    return [
        _activity(told, activity, number, step), *told.blocks(step.text),
        _marked("T", told.part(step, "ask")), _marked(PUPIL_SIGN[told.lesson.stage], told.part(step, "answers")),
    ]


def _assessed(told: Told, step: Heading) -> list[Block]:
    return [{"k": "p", "runs": _viewpoint(runs)} for runs in told.part(step, "assess")]


def _viewpoint(runs: list[Run]) -> list[Run]:
    """A line of assessment with its viewpoint set off, in the brackets of Japanese plans."""
    found = VIEWPOINT.match(runs[0]["t"]) if runs else None
    if not found:
        return runs
    return [{"t": f"{found[1]}: " if found[1].isascii() else f"【{found[1]}】", "b": 1}, runs[0] | {"t": runs[0]["t"][found.end() :]}, *runs[1:]]


def _marked(mark: str, items: list[list[Run]]) -> Block:
    return {"k": "marked", "mark": mark, "items": items}


def board(told: Told) -> list[Block]:
    """The panels of the board side by side."""
    section = told.section("board")
    panels = section.children if section else ()
    if not panels:
        return []
    head = [told.line(panel.title) for panel in panels]
    cells = [_on_board(told.blocks(panel.text)) for panel in panels]
    return [*told.blocks(section.text), {"k": "grid", "head": head, "rows": [cells], "shares": (1 / len(panels),) * len(panels), "whole": 1}]


def _on_board(found: list[Block]) -> list[Block]:
    """A list on the board: signs instead of indents, for its columns are narrow."""
    return [_marked("・", [item["runs"] for item in block["items"]]) if block["k"] == "list" else block for block in found]


def misconceptions(told: Told) -> list[Block]:
    """What pupils believe, the question that shows it and what answers it."""
    section = told.section("misconceptions")
    rows = [
        [[{"k": "p", "runs": told.line(one.title)}], [_marked("・", told.part(one, "probe"))], [_marked("・", told.part(one, "refute"))]]
        for one in (section.children if section else ())
    ]
    head = [[{"t": told.say(f"hand_{name}")}] for name in ("belief", "probe", "refute")]
    return [{"k": "grid", "head": head, "rows": rows, "shares": (0.24, 0.32, 0.44)}] if rows else []


HOUR_JA: tuple[tuple[str, Part], ...] = (
    ("goals", goals), ("criteria", _of("criteria")), ("materials", _of("materials")), ("course", course), ("board", board),
)
SHORT: tuple[tuple[str, Part], ...] = (("goals", goals), ("criteria", _of("criteria")), ("course", short_course), ("board", board))
FULL_EN: tuple[tuple[str, Part], ...] = (
    ("context", _of("summary")), ("goals", goals), ("criteria", _of("criteria")), ("vocabulary", vocabulary),
    ("prior", _unit("unit-pupils")), ("materials", _of("materials")), ("course", course), ("short_cut", _of("short")),
    ("support", _of("support")), ("stretch", _of("stretch")), ("misconceptions", misconceptions), ("exit", _of("exit")),
    ("home_note", _of("home")), ("board", board),
    ("unit", _unit("unit-name", "unit-material", "unit-teaching", "unit-goals", "unit-criteria", "unit-plan")), ("sources", sources),
)
"""The parts of the plans in their order, each by the name of its heading."""

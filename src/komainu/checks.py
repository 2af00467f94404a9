"""The rules that look beyond one value: what a lesson promises against what it holds, one language against the other.

In:  a Curriculum and today's date.   Out: Problems, all at once.
Each function checks one thing and is listed in a table at the end. Left out on purpose: reading level (level).
"""

from __future__ import annotations

import re
from datetime import date
from difflib import SequenceMatcher
from typing import Iterator

from komainu.curriculum import Curriculum, Page, covered
from komainu.lesson import HOUR, LABELS, PHASES, SECTIONS, Lesson, Prose
from komainu.markup import DIRECTIVE, SCHEMES, Heading, Link, Outline, outline
from komainu.problem import LANGUAGES, Report

STALE_DAYS = 365
LESSON_DIRECTIVES = ("write", "cards", "choices", "break")
PAGE_DIRECTIVES = (
    "readers", "lessons", "pupil-lessons", "lesson-index", "matrix", "glossary", "sources", "trace",
)
NEED_LIST = ("cards", "choices", "readers")


# --- facts of a lesson ---------------------------------------------------------------------------

def minutes(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """The minutes of the activities add up, for the hour and for the short cut."""
    full, short = sum(a.minutes for a in lesson.activities), sum(a.short for a in lesson.activities)
    at = lesson.facts.line
    if full != lesson.full_minutes:
        report.add(lesson.path, at("minutes", "full"), "minutes-sum", sum=full, minutes=lesson.full_minutes)
    if short != lesson.short_minutes:
        report.add(lesson.path, at("minutes", "short"), "minutes-short", sum=short, minutes=lesson.short_minutes)
    if lesson.full_minutes != HOUR[lesson.stage]:
        report.add(lesson.path, at("minutes", "full"), "minutes-hour", hour=HOUR[lesson.stage], minutes=lesson.full_minutes)
    for activity in lesson.activities:
        if activity.short > activity.minutes:
            report.add(lesson.path, activity.line, "minutes-longer", id=activity.id, short=activity.short, minutes=activity.minutes)


def phases(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """Own idea first, look back last, never backwards between; ids appear once."""
    steps = lesson.activities
    first, last = steps[0].phase, steps[-1].phase
    if (first, last) != ("own-idea", "look-back"):
        report.add(lesson.path, steps[0].line, "phase-ends", first=first, last=last)
    for before, after in zip(steps, steps[1:]):
        if PHASES.index(after.phase) < PHASES.index(before.phase):
            report.add(lesson.path, after.line, "phase-order", id=after.id, phase=after.phase)
    for number, step in enumerate(steps):
        if step.id in [other.id for other in steps[:number]]:
            report.add(lesson.path, step.line, "id-duplicate", id=step.id)


def skills(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """Claimed skills exist, are of the stage, and are taught or assessed; nothing else is."""
    for number, skill in enumerate(lesson.skills):
        line = lesson.facts.line("skills", number)
        known = c.reference.skills.get(skill)
        if known is None:
            report.add(lesson.path, line, "skill-unknown", id=skill)
        elif known.stage != lesson.stage:
            report.add(lesson.path, line, "skill-stage", id=skill, stage=known.stage, lesson=lesson.stage)
        if skill not in covered(lesson):
            report.add(lesson.path, line, "skill-idle", id=skill)
    used = [(lesson.path, a.line, s) for a in lesson.activities for s in (*a.teaches, *a.assesses)]
    used += [(question.path, question.line, question.skill) for question in lesson.quiz]
    for path, line, skill in used:
        if skill not in lesson.skills:
            report.add(path, line, "skill-not-claimed", id=skill)


def neighbours(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """The lessons that follow exist."""
    for number, other in enumerate(lesson.next):
        if other not in c.lessons:
            report.add(lesson.path, lesson.facts.line("next", number), "lesson-unknown", id=other)


def quiz_kinds(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """A quiz mixes kinds and asks at least once how sure the pupil is."""
    kinds = sorted({question.kind for question in lesson.quiz})
    if lesson.quiz and (len(kinds) < 3 or "confidence" not in kinds):
        report.add(lesson.quiz[0].path, 1, "quiz-kinds", kinds=", ".join(kinds))


# --- words of a lesson ---------------------------------------------------------------------------

def sections(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """Each language has the fixed sections, once, in order, each with text."""
    wanted = list(SECTIONS)
    for prose in lesson.prose.values():
        found = [ident for ident, _ in prose.order]
        for ident in wanted:
            if ident not in found:
                report.add(prose.path, 1, "section-missing", id=ident)
            elif not prose.sections[ident].text and not prose.sections[ident].children:
                report.add(prose.path, prose.sections[ident].line, "section-empty", id=ident)
        last = -1
        for ident, line in prose.order:
            place = wanted.index(ident) if ident in wanted else None
            if place is None:
                report.add(prose.path, line, "section-extra", id=ident)
            elif place <= last:
                report.add(prose.path, line, "section-order", id=ident, order=", ".join(wanted))
            last = last if place is None else max(last, place)


def timeline(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """Each activity has its heading, key questions, likely answers and teacher's moves."""
    for lang, prose in lesson.prose.items():
        labels = LABELS[lang]
        activities = {a.id: a for a in lesson.activities}
        headings = _children(prose, "timeline")
        _in_order(prose, "timeline", headings, list(activities), "activity-missing", "activity-extra", report)
        for heading in headings:
            if heading.ident in activities:
                parts = ["ask", "answers", "moves"] + (["assess"] if activities[heading.ident].assesses else [])
                _labelled(prose, heading, [labels[part] for part in parts], report)


def misconceptions(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """Each misconception has its heading, a probe and a refutation."""
    for lang, prose in lesson.prose.items():
        headings = _children(prose, "misconceptions")
        wanted = list(lesson.misconceptions)
        _in_order(prose, "misconceptions", headings, wanted, "misconception-missing", "section-extra", report)
        for heading in headings:
            _labelled(prose, heading, [LABELS[lang]["probe"], LABELS[lang]["refute"]], report)


def _children(prose: Prose, section: str) -> tuple[Heading, ...]:
    return prose.sections[section].children if section in prose.sections else ()


def _in_order(prose, section, headings, wanted: list[str], missing: str, extra: str, report: Report) -> None:
    found = [heading.ident for heading in headings]
    line = prose.sections[section].line if section in prose.sections else 1
    for ident in wanted:
        if ident not in found:
            report.add(prose.path, line, missing, id=ident)
    kept = [ident for ident in wanted if ident in found]
    for heading in headings:
        if heading.ident not in wanted or (kept and kept.pop(0) != heading.ident):
            report.add(prose.path, heading.line, extra, id=heading.ident or heading.title)


def _labelled(prose: Prose, heading: Heading, wanted: list[str], report: Report) -> None:
    parts = {child.title: child for child in heading.children}
    for label in wanted:
        if label not in parts or not re.search(r"^\s*[-*] ", parts[label].text, re.M):
            report.add(prose.path, heading.line, "part-missing", where=heading.title, label=label)
    rest = [label for label in wanted if label in parts]
    for child in heading.children:
        if child.title not in wanted or rest.pop(0) != child.title:
            report.add(prose.path, child.line, "part-extra", where=heading.title, label=child.title)
            break


def criteria_and_board(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """Three criteria; two to four panels on the board; an answer to every task."""
    for prose in lesson.prose.values():
        if "criteria" in prose.sections:
            heading = prose.sections["criteria"]
            count = next((int(what[8:]) for what, _ in outline(heading.text).shape if what.startswith("list of ")), 0)
            if count != 3:
                report.add(prose.path, heading.line, "criteria-three", count=count)
        if "board" in prose.sections:
            panels = [h.ident for h in _children(prose, "board")]
            if panels != [f"board-{n}" for n in range(1, len(panels) + 1)] or not 2 <= len(panels) <= 4:
                report.add(prose.path, prose.sections["board"].line, "board-panels", count=len(panels))
        answers = {heading.ident for heading in _children(prose, "answers")}
        tasks = [h.ident for h in _children(prose, "worksheet") if h.ident.startswith("task-")] + ["task-exit"]
        for task in tasks:
            answer = task.replace("task-", "answer-", 1)
            if answer not in answers and "answers" in prose.sections:
                shown = "exit" if task == "task-exit" else task
                report.add(prose.path, prose.sections["answers"].line, "answer-missing", task=shown, answer=answer)


# --- links, pictures, sources, terms -------------------------------------------------------------

def lesson_links(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """Every link of a lesson leads somewhere; what is cited is declared and the other way round."""
    for lang, prose in lesson.prose.items():
        _links(c, prose.path, lang, prose.outline.links, SCHEMES, report)
        cited = {link.name: link.line for link in prose.outline.links if link.scheme == "source"}
        for name, line in cited.items():
            if name in c.reference.sources and name not in lesson.sources:
                report.add(prose.path, line, "source-undeclared", id=name)
        for number, name in enumerate(lesson.sources):
            line = lesson.facts.line("sources", number)
            if name not in c.reference.sources:
                report.add(lesson.path, line, "source-unknown", id=name)
            elif name not in cited:
                report.add(lesson.path, line, "source-uncited", id=name, lang=lang)


def _links(c: Curriculum, path: str, lang: str, links, schemes, report: Report) -> None:
    for link in links:
        if link.scheme not in schemes:
            report.add(path, link.line, "link-scheme", target=link.target)
        elif not _leads_somewhere(c, lang, link):
            rule = {"source": "source-unknown", "glossary": "term-unknown"}.get(link.scheme, "link-unknown")
            report.add(path, link.line, rule, target=link.target, id=link.name)


def _leads_somewhere(c: Curriculum, lang: str, link: Link) -> bool:
    anchor = link.target.partition("#")[2]
    if link.scheme in ("http", "https"):
        return True
    if link.scheme == "page":
        page = c.pages[lang].get(link.name)
        idents = {h.ident for top in page.headings for h in top.walk()} if page else set()
        return page is not None and (not anchor or anchor in idents)
    known = {
        "glossary": c.reference.terms, "source": c.reference.sources,
        "lesson": c.lessons, "skill": c.reference.skills,
    }[link.scheme]
    return link.name in known and (not anchor or anchor in SECTIONS)


def images(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """Every picture exists, is described in both languages, and says whose it is."""
    declared = {image.file: image for image in lesson.images}
    folder = c.root / "lessons" / lesson.id
    used = set()
    for prose in lesson.prose.values():
        for picture in prose.outline.images:
            used.add(picture.target)
            if len(picture.text.strip()) < 4:
                report.add(prose.path, picture.line, "image-alt", file=picture.target)
            if picture.target not in declared:
                report.add(prose.path, picture.line, "image-credit", file=picture.target)
    for file, image in declared.items():
        if not (folder / file).is_file():
            report.add(lesson.path, image.line, "image-missing", file=file)
        elif file not in used:
            report.add(lesson.path, image.line, "image-unused", file=file)


def terms(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """A glossary term is a link to its explanation where its reader meets it first."""
    for lang, prose in lesson.prose.items():
        pattern = term_pattern(c, lang)
        for audience in ("teacher", "pupil"):
            explained: set[str] = set()
            for heading in _read_by(prose, audience):
                _terms_in(heading, prose.path, pattern, explained, report)


def _read_by(prose: Prose, audience: str) -> Iterator[Heading]:
    for ident, section in prose.sections.items():
        if SECTIONS.get(ident) == audience:
            yield from section.walk()


def term_pattern(c: Curriculum, lang: str) -> tuple[re.Pattern, dict[str, str]]:
    """A pattern that finds terms (longest form first) or links to them, and the term's id by surface form."""
    ids = {form.casefold(): term.id for term in c.reference.terms.values() for form in term.forms(lang)}
    edge = r"\b" if lang == "en" else ""
    forms = "|".join(re.escape(form) for form in sorted(ids, key=lambda form: (-len(form), form))) or "(?!)"
    links = r"!\[[^\]]*\]\([^)]*\)|\[(?P<text>[^\]]*)\]\((?P<target>[^)]*)\)"
    return re.compile(f"{links}|{edge}(?P<form>{forms}){edge}", re.I), ids


def _terms_in(heading: Heading, path: str, pattern, explained: set[str], report: Report) -> None:
    finder, ids = pattern
    for number, line in enumerate(heading.text.split("\n"), heading.text_line):
        for match in finder.finditer(line):
            if (match["target"] or "").startswith("glossary:"):
                explained.add(match["target"].removeprefix("glossary:"))
            elif match["form"]:
                term = ids[match["form"].casefold()]
                if term not in explained:
                    report.add(path, number, "term-unexplained", term=match["form"], id=term)
                    explained.add(term)


# --- two languages -------------------------------------------------------------------------------

def lesson_parity(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """Both languages of a lesson are built alike."""
    if len(lesson.prose) == 2:
        parity(lesson.prose["ja"].outline, lesson.prose["en"].outline, lesson.prose["en"].path, report)


def parity(ja: Outline, en: Outline, en_path: str, report: Report) -> None:
    """Note every place where two outlines differ, at the English line."""
    left, right = [what for what, _ in ja.shape], [what for what, _ in en.shape]
    for kind, a, b, x, y in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind != "equal":
            line = en.shape[min(x, len(right) - 1)][1] if right else 1
            ja_line = ja.shape[min(a, len(left) - 1)][1] if left else 1
            found = {"ja_found": ", ".join(left[a:b]) or "—", "en_found": ", ".join(right[x:y]) or "—"}
            report.add(en_path, line, "parity", ja_line=ja_line, **found)


def directives(path: str, found: Outline, allowed: tuple[str, ...], report: Report) -> None:
    """Only known directives, each with its list where it needs one."""
    for number, (what, line) in enumerate(found.shape):
        match = DIRECTIVE.match(what)
        if match and match[1] not in allowed:
            report.add(path, line, "directive-unknown", found=what, allowed=", ".join(allowed))
        elif match and match[1] in NEED_LIST:
            after = found.shape[number + 1][0] if number + 1 < len(found.shape) else ""
            if not after.startswith("list of"):
                report.add(path, line, "directive-list", found=what)


def nested_lists(path: str, text: str, report: Report) -> None:
    """A list inside a list is indented as the site builder needs it."""
    fenced = False
    for number, line in enumerate(text.split("\n"), 1):
        fenced ^= line.startswith("```")
        if not fenced and re.match(r"^ {1,3}([-*]|\d+\.) ", line):
            report.add(path, number, "list-nested")


def lesson_directives(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """The directives and lists of a lesson can be built."""
    for prose in lesson.prose.values():
        directives(prose.path, prose.outline, LESSON_DIRECTIVES, report)
        for heading in prose.sections.values():
            for part in heading.walk():
                lines = "\n" * (part.text_line - 1) + part.text
                nested_lists(prose.path, lines, report)


# --- pages and shared facts ----------------------------------------------------------------------

def pages(c: Curriculum, today: date, report: Report) -> None:
    """Hand-written pages come in twins that are built alike, and their links lead somewhere."""
    for lang, other in (("ja", "en"), ("en", "ja")):
        for name, page in c.pages[lang].items():
            if name not in c.pages[other]:
                report.add(page.path, 1, "page-twin", twin=f"docs/{other}/{name}.md")
            _page(c, page, report)
    for name in sorted(set(c.pages["ja"]) & set(c.pages["en"])):
        ja, en = c.pages["ja"][name], c.pages["en"][name]
        parity(ja.outline, en.outline, en.path, report)


def _page(c: Curriculum, page: Page, report: Report) -> None:
    count = sum(h.level == 1 for top in page.headings for h in top.walk())
    if count != 1:
        report.add(page.path, 1, "page-title", count=count)
    links = [link for link in page.outline.links if not link.target.startswith("#")]
    _links(c, page.path, page.lang, links, (*SCHEMES, "http", "https"), report)
    directives(page.path, page.outline, PAGE_DIRECTIVES, report)
    nested_lists(page.path, page.text, report)


def skillset(c: Curriculum, today: date, report: Report) -> None:
    """Two can-do statements a cell at least, and only framework codes that are listed."""
    reference, path = c.reference, "lessons/skillset.yml"
    codes = reference.codes()
    for skill in reference.skills.values():
        for code in skill.frameworks:
            if code not in codes:
                report.add(path, skill.line, "framework-unknown", code=code)
    for viewpoint in reference.viewpoints:
        for stage in reference.stages:
            count = sum(s.viewpoint == viewpoint and s.stage == stage for s in reference.skills.values())
            if count < 2:
                report.add(path, 1, "skill-cell", viewpoint=viewpoint, stage=stage, count=count)


def gaps(c: Curriculum, today: date, report: Report) -> None:
    """The skills of a stage that no lesson covers, one line a stage."""
    done = {skill for lesson in c.lessons.values() for skill in covered(lesson)}
    for stage in c.reference.stages:
        own = [s for s in c.reference.skills.values() if s.stage == stage]
        open_ = [s for s in own if s.id not in done]
        if open_:
            ids = ", ".join(s.id for s in open_)
            report.add("lessons/skillset.yml", open_[0].line, "skill-gap", stage=stage, total=len(own), count=len(open_), ids=ids)


def sources(c: Curriculum, today: date, report: Report) -> None:
    """Sources were checked within a year, and the frameworks' sources exist."""
    for source in c.reference.sources.values():
        days = (today - source.last_checked).days
        values = {"id": source.id, "checked": source.last_checked}
        if days > STALE_DAYS:
            report.add("lessons/sources.yml", source.line, "source-stale", days=days, **values)
        elif days < 0:
            report.add("lessons/sources.yml", source.line, "source-future", **values)
    for framework in c.reference.frameworks.values():
        if framework.source not in c.reference.sources:
            report.add("lessons/frameworks.yml", framework.line, "source-unknown", id=framework.source)


def trace(c: Curriculum, today: date, report: Report) -> None:
    """Every point of the White Paper names what answers it, and it exists (exercises and clauses may be ahead)."""
    path = "lessons/trace.yml"
    for point in c.reference.points.values():
        if not (point.skills or point.lessons or point.exercises or point.clauses):
            report.add(path, point.line, "trace-empty", id=point.id)
        for skill in point.skills:
            if skill not in c.reference.skills:
                report.add(path, point.line, "skill-unknown", id=skill)
        for lesson in point.lessons:
            if lesson not in c.lessons:
                report.add(path, point.line, "lesson-unknown", id=lesson)


LESSON_CHECKS = (
    minutes, phases, skills, neighbours, quiz_kinds, sections, timeline, misconceptions, criteria_and_board,
    lesson_links, images, terms, lesson_parity, lesson_directives,
)
SHARED_CHECKS = (pages, skillset, gaps, sources, trace)


def check(c: Curriculum, today: date, report: Report) -> None:
    """Run every rule over the curriculum."""
    for lesson in c.lessons.values():
        for rule in LESSON_CHECKS:
            rule(c, lesson, report)
    for rule in SHARED_CHECKS:
        rule(c, today, report)

"""The rules that hold one text against another: links, pictures, terms, two languages, pages, the shared facts.

In:  a Curriculum, one lesson of it or today's date.   Out: Problems.
Each function checks one thing and is listed in the tables of checks. Left out on purpose: a lesson by itself (checks).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher

from komainu.curriculum import Curriculum, Page, covered, page_path
from komainu.files import Plain
from komainu.lesson import OFF_PAGE, SECTIONS, Lesson, Prose
from komainu.markup import DIRECTIVE, LIST_ITEM, SCHEMES, Heading, Link, Outline, numbered
from komainu.problem import Report

STALE_DAYS = 365
LESSON_DIRECTIVES = ("write", "cards", "choices", "break")
PAGE_DIRECTIVES = (
    "readers", "lessons", "pupil-lessons", "lesson-index", "exercises", "matrix", "glossary", "sources", "trace", "draw", "lab",
    "policy", "grading", "diagnosis", "class-tally", "diagnosis-key",
    "model", "model-next", "model-ten", "model-long",
)
PART = {"glossary": "terms", "source": "sources", "skill": "skills"}
"""What a link's scheme leads to, in the Reference."""
UNKNOWN = {"source": "source-unknown", "glossary": "term-unknown"}
NEED_LIST = ("cards", "choices", "readers")


# --- links, pictures, sources, terms -------------------------------------------------------------

def lesson_links(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """Every link of a lesson leads somewhere; what is cited is declared and the other way round."""
    for lang, prose in lesson.prose.items():
        prose_links(c, lang, prose, lesson.sources, lesson.facts, report)


def prose_links(c: Curriculum, lang: str, prose: Prose, declared: tuple[str, ...], facts: Plain, report: Report) -> None:
    """Every link of a text leads somewhere; its sources are those declared under `sources` in the facts beside it."""
    _links(c, prose.path, lang, prose.outline.links, SCHEMES, report)
    cited = {link.name: link.line for link in prose.outline.links if link.scheme == "source"}
    for name, line in cited.items():
        if name not in declared and not c.reference.lacks("sources", name):
            report.add(prose.path, line, "source-undeclared", id=name)
    for number, name in enumerate(declared):
        line = facts.line("sources", number)
        if c.reference.lacks("sources", name):
            report.add(facts.path, line, "source-unknown", id=name)
        elif name not in cited:
            report.add(facts.path, line, "source-uncited", id=name, lang=lang)


def _links(c: Curriculum, path: str, lang: str, links, schemes, report: Report) -> None:
    for link in links:
        if link.scheme not in schemes:
            report.add(path, link.line, "link-scheme", target=link.target)
        elif not _leads_somewhere(c, lang, link):
            rule = "link-unknown" if "#" in link.target else UNKNOWN.get(link.scheme, "link-unknown")
            report.add(path, link.line, rule, target=link.target, id=link.name)


def _leads_somewhere(c: Curriculum, lang: str, link: Link) -> bool:
    anchor = link.target.partition("#")[2]
    if link.scheme in ("http", "https"):
        return True
    if link.scheme == "page":
        page = c.pages[lang].get(link.name)
        if page is None and "/" not in link.name and (c.root / page_path(lang, link.name)).exists():
            return True  # it is there, and why it could not be read has been noted
        idents = {h.ident for top in page.headings for h in top.walk()} if page else set()
        return page is not None and (not anchor or anchor in idents)
    if link.scheme == "lesson":
        known = link.name in c.lessons or link.name in c.unread
        return known and (not anchor or SECTIONS.get(anchor, OFF_PAGE[0]) not in OFF_PAGE)
    if link.scheme == "exercise":
        return (link.name in c.exercises or link.name in c.unread) and not anchor
    return not c.reference.lacks(PART[link.scheme], link.name) and not anchor


def images(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """Every picture exists, is described in both languages, and says whose it is."""
    declared = {image.file: image for image in lesson.images}
    folder = (c.root / lesson.path).parent
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
        elif lesson.prose and file not in used:
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
    forms = "|".join(_whole(form) for form in sorted(ids, key=lambda form: (-len(form), form))) or "(?!)"
    if ids:  # few places of a text can begin a term: one look at the sign there saves trying every form
        forms = f"(?=[{''.join(re.escape(sign) for sign in sorted({form[0] for form in ids}))}])(?:{forms})"
    links = r"!\[[^\]]*\]\([^)]*\)|\[(?P<text>[^\]]*)\]\((?P<target>[^)]*)\)"
    return re.compile(f"{links}|(?P<form>{forms})", re.I), ids


def _whole(form: str) -> str:
    """A pattern for a form that is no part of a longer Latin word: AI stands in 生成AI, but not in MAIL."""
    before = "(?<![A-Za-z0-9])" if re.match("[A-Za-z0-9]", form) else ""
    after = "(?![A-Za-z0-9])" if re.search("[A-Za-z0-9]$", form) else ""
    return before + re.escape(form) + after


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


def directives(path: str, text: str, first_line: int, allowed: tuple[str, ...], report: Report) -> None:
    """Only known directives, each with its list right after it where it needs one."""
    lines = [(number, "```" if fenced else line) for number, line, fenced in numbered(text, first_line) if line.strip()]
    for (number, line), (_, after) in zip(lines, [*lines[1:], (0, "")], strict=False):
        match = DIRECTIVE.match(line.strip())
        if match and match[1] not in allowed:
            report.add(path, number, "directive-unknown", found=match[0], allowed=", ".join(allowed))
        elif match and match[1] in NEED_LIST and not LIST_ITEM.match(after):
            report.add(path, number, "directive-list", found=match[0])


def nested_lists(path: str, text: str, first_line: int, report: Report) -> None:
    """A list inside a list is indented as the site builder needs it."""
    for number, line, fenced in numbered(text, first_line):
        if not fenced and re.match(r"^ {1,3}([-*]|\d+\.) ", line):
            report.add(path, number, "list-nested")


def lesson_directives(c: Curriculum, lesson: Lesson, report: Report) -> None:
    """The directives and lists of a lesson can be built."""
    for prose in lesson.prose.values():
        for heading in prose.sections.values():
            for part in heading.walk():
                directives(prose.path, part.text, part.text_line, LESSON_DIRECTIVES, report)
                nested_lists(prose.path, part.text, part.text_line, report)


# --- pages and shared facts ----------------------------------------------------------------------

def pages(c: Curriculum, today: date, report: Report) -> None:
    """Hand-written pages come in twins that are built alike, and their links lead somewhere."""
    for lang, other in (("ja", "en"), ("en", "ja")):
        for name, page in c.pages[lang].items():
            twin = page_path(other, name)
            if name not in c.pages[other] and not (c.root / twin).exists():
                report.add(page.path, 1, "page-twin", twin=twin)
            _page(c, page, report)
    for name in sorted(set(c.pages["ja"]) & set(c.pages["en"])):
        ja, en = c.pages["ja"][name], c.pages["en"][name]
        parity(ja.outline, en.outline, en.path, report)


def _page(c: Curriculum, page: Page, report: Report) -> None:
    count = sum(h.level == 1 for top in page.headings for h in top.walk())
    if count != 1:
        report.add(page.path, 1, "page-title", count=count)
    links = [_from_top(page, link) for link in page.outline.links]
    _links(c, page.path, page.lang, links, (*SCHEMES, "http", "https"), report)
    directives(page.path, page.text, 1, PAGE_DIRECTIVES, report)
    nested_lists(page.path, page.text, 1, report)


def _from_top(page: Page, link: Link) -> Link:
    """The link with the page's name before a bare #anchor."""
    return replace(link, target=f"page:{page.name}{link.target}") if link.target.startswith("#") else link


def skillset(c: Curriculum, today: date, report: Report) -> None:
    """Two can-do statements a cell at least, and only framework codes that are listed."""
    reference, path = c.reference, "lessons/skillset.yml"
    codes = reference.codes()
    for skill in reference.skills.values():
        for code in skill.frameworks:
            if code not in codes and "frameworks" not in reference.unread:
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
        if c.reference.lacks("sources", framework.source):
            report.add("lessons/frameworks.yml", framework.line, "source-unknown", id=framework.source)


def trace(c: Curriculum, today: date, report: Report) -> None:
    """Every point of the White Paper names what answers it, and it exists (only exercises may be ahead)."""
    path = "lessons/trace.yml"
    for point in c.reference.points.values():
        if not (point.skills or point.lessons or point.exercises or point.clauses):
            report.add(path, point.line, "trace-empty", id=point.id)
        for skill in point.skills:
            if c.reference.lacks("skills", skill):
                report.add(path, point.line, "skill-unknown", id=skill)
        for lesson in point.lessons:
            if lesson not in c.lessons and lesson not in c.unread:
                report.add(path, point.line, "lesson-unknown", id=lesson)
        for clause in point.clauses:
            if not _has_clause(c, clause):
                report.add(path, point.line, "clause-unknown", id=clause)


def _has_clause(c: Curriculum, ident: str) -> bool:
    """Whether the policy has a clause; one whose file could not be read has been noted already."""
    return bool(c.policy and ident in c.policy.clauses) or any(c.root.glob(f"classroom_policy/clauses/[0-9][0-9]-{ident}.yml"))

"""Parts that the pages of lessons and of exercises share: facts, sections, sources, frameworks, a button.

In:  a Here and what the part is about.   Out: Markdown.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from komainu.markup import Heading
from komainu.writing import Here


def facts_line(items: Iterable[str]) -> str:
    """The facts below a title, side by side."""
    return '<ul class="k-facts">' + "".join(f"<li>{html.escape(item)}</li>" for item in items) + "</ul>"


def as_section(section: Heading) -> str:
    """A section of the prose, as it was written."""
    return f"## {section.title} {{#{section.ident}}}\n\n{section.whole()}"


def print_button(here: Here) -> str:
    """A button that prints; the script shows it, for it does nothing without."""
    return f'<button type="button" class="md-button k-noprint" data-k-print hidden>{here.say("print_page")}</button>'


def fence(code: str) -> str:
    """Python code as a block, whatever signs stand in it."""
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    marks = "`" * max(3, longest + 1)
    return f"{marks}python\n{code}\n{marks}"


def cited(here: Here, sources: Iterable[str]) -> str:
    """The sources that a page cites, each with what is used of it and when it was checked; nothing when it cites none."""
    found = [here.curriculum.reference.sources[ident] for ident in sources]
    lines = [
        f"- [{s.title}](source:{s.id}) — {s.by}{f' ({s.year})' if s.year else ''}. "
        f'{here.say("checked", date=s.last_checked)}, {here.say(f"checked_{s.checked_how}")}. {s.note[here.lang]}'
        for s in found
    ]
    return f'## {here.say("lesson_sources")} {{#sources}}\n\n' + "\n".join(lines) if lines else ""


def framework_codes(here: Here, skills: Iterable[str]) -> str:
    """What the skills are called in public frameworks."""
    reference = here.curriculum.reference
    codes, names = sorted({code for ident in skills for code in reference.skills[ident].frameworks}), reference.codes()
    lines = [f"- `{code}` {names[code][here.lang]}" for code in codes]
    return f'## {here.say("lesson_frameworks")} {{#frameworks}}\n\n' + "\n".join(lines)

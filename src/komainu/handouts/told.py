"""One lesson in one language, as the writers of handouts ask for it: its sections as blocks, its facts as words.

In:  a Curriculum, a Lesson, a language, the school year up to which words carry no reading.   Out: blocks, runs, sentences.
Left out on purpose: which part goes on which paper (plan, papers).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from komainu.curriculum import Curriculum
from komainu.handouts.sheet import NO_FURIGANA, Block, blocks, line, pictures
from komainu.lesson import LABELS, Lesson
from komainu.markup import Heading
from komainu.policy.ruling import Run
from komainu.words import say

Document = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """A lesson in one language."""

    curriculum: Curriculum
    lesson: Lesson
    lang: str
    keep: int = NO_FURIGANA
    """Words whose kanji are all of this school year or below carry no reading."""

    def for_pupils(self) -> Told:
        """The same with the furigana of the lesson's stage."""
        return replace(self, keep=self.curriculum.reference.stages[self.lesson.stage].furigana)

    @property
    def title(self) -> str:
        """The lesson's title."""
        return self.lesson.title[self.lang]

    def say(self, name: str, **values: object) -> str:
        """A sentence of the interface in this language."""
        return say(self.lang, name, **values)

    def section(self, ident: str) -> Heading | None:
        """A section of the prose; None where a lesson has none."""
        return self.lesson.prose[self.lang].sections.get(ident)

    def blocks(self, markdown: str) -> list[Block]:
        """Markdown as blocks."""
        return blocks(markdown, self.lang, self.keep)

    def line(self, markdown: str) -> list[Run]:
        """One line of Markdown as runs."""
        return line(markdown, self.lang, self.keep)

    def of(self, ident: str) -> list[Block]:
        """Everything in a section; nothing where a lesson has none."""
        section = self.section(ident)
        return self.blocks(section.whole()) if section else []

    def below(self, ident: str) -> dict[str, Heading]:
        """The headings right below a section, by id."""
        section = self.section(ident)
        return {child.ident: child for child in section.children} if section else {}

    def part(self, heading: Heading, kind: str) -> list[list[Run]]:
        """The items of the list under one of the fixed headings (key questions, likely answers …) of an activity."""
        label = LABELS[self.lang][kind]
        text = next((child.text for child in heading.children if child.title == label), "")
        return [item["runs"] for block in self.blocks(text) for item in block.get("items", ())]

    def document(self, form: str, found: Iterable[Block], name: str, title: str = "") -> Document:
        """A document of blocks; `name` is what kind of paper it is, said in the footer and in the file's title."""
        inner = list(found)
        folder = self.curriculum.root / "lessons" / self.lesson.id
        return {
            "lang": self.lang, "form": form, "title": self.line(title or self.title), "blocks": inner, "foot": f"{self.title} — {name}",
            "licence": self.say("hand_licence"), "furigana": self.lang == "ja" and self.keep < NO_FURIGANA,
            "pictures": {one["src"]: (folder / one["src"]).read_bytes() for one in pictures(inner)},
        }


def heading(text: str, kind: str = "h") -> Block:
    """A heading of our own words, which never carry furigana."""
    return {"k": kind, "runs": [{"t": text}]}


def paragraph(text: str, kind: str = "p") -> Block:
    """A paragraph of our own words."""
    return {"k": kind, "runs": [{"t": text}]}

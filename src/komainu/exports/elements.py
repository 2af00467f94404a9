"""XML as a value: elements with attributes and what is in them.

In:  names, attributes, texts.   Out: the text of an XML file, always escaped; the same value, the same text.
Left out on purpose: namespaces beyond an attribute named xmlns, and reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from xml.sax.saxutils import escape

from komainu.exports.quiz_set import NO_FURIGANA
from komainu.exports.wording import visible
from komainu.reading import Run, runs

SIGNS = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
"""What an attribute has to name, beside & < >."""

INLINE = frozenset({"ruby", "br", "textEntryInteraction", "qti-text-entry-interaction"})
"""Elements that stand in a line of text."""


class Element(NamedTuple):
    """One element."""

    name: str
    attributes: Mapping[str, str]
    inside: tuple[Element | str, ...]


def element(name: str, attributes: Mapping[str, object] | None = None, *inside: Element | str) -> Element:
    """An element; values of attributes may be numbers, truth values and texts."""
    return Element(name, {key: _value(value) for key, value in (attributes or {}).items()}, inside)


def _value(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def leaf(name: str, text: object) -> Element:
    """An element that holds a text and nothing else."""
    return element(name, {}, str(text))


def prose(markdown: str, furigana: int = NO_FURIGANA) -> tuple[Element | str, ...]:
    """A text of the quiz as inline content: lines broken where it breaks them, furigana above the threshold."""
    parts: list[Element | str] = []
    for line in visible(markdown).split("\n"):
        parts += [element("br"), *_line(line, furigana)]
    return tuple(parts[1:])


def _line(text: str, furigana: int) -> Iterable[Element | str]:
    if furigana == NO_FURIGANA:
        return [text] if text else []
    return [_with_reading(run) if run.reading and run.year > furigana else run.base for run in runs(text)]


def _with_reading(run: Run) -> Element:
    marks = leaf("rp", "（"), leaf("rt", run.reading), leaf("rp", "）")
    return element("ruby", {}, run.base, *marks)


def xml_file(root: Element) -> bytes:
    """A whole XML file."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text_of(root)}\n'.encode()


def text_of(node: Element | str, deep: int = 0) -> str:
    """One element as text; elements that hold only elements are laid out by lines."""
    if isinstance(node, str):
        return escape(node)
    named = " ".join([node.name, *(f'{key}="{escape(value, SIGNS)}"' for key, value in node.attributes.items())])
    if not node.inside:
        return f"<{named}/>"
    if _flowing(node):
        return f"<{named}>{''.join(map(text_of, node.inside))}</{node.name}>"
    lines = "".join(f"\n{'  ' * (deep + 1)}{text_of(one, deep + 1)}" for one in node.inside)
    return f"<{named}>{lines}\n{'  ' * deep}</{node.name}>"


def _flowing(node: Element) -> bool:
    """Whether a line break within it would be seen by a reader."""
    return any(isinstance(one, str) or one.name in INLINE for one in node.inside)

"""Writing Markdown for the site: addresses, links by scheme, directives, furigana, tables.

In:  Markdown of the sources, and Here: the page being written.   Out: Markdown that any builder understands.
Links are written as final relative addresses. Left out on purpose: what stands on which page (pages, blocks).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from komainu.curriculum import Curriculum
from komainu.lab import Edition
from komainu.markup import DIRECTIVE
from komainu.reading import ruby_markdown
from komainu.words import say

FURIGANA = (9, 2, 4, 6, 0)
"""Thresholds of the switch: none, year 2, 4, 6, and furigana on every kanji word."""

UD_KB = "%KOMAINU-UD-KB%"
"""Stands for the size of the typeface until it has been made from the finished pages."""

MARKS = frozenset("&<>*_`[]{}\\|~")
"""Signs that Markdown would take for marks."""

_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\((glossary|source|lesson|exercise|skill|page):([^)#]*)(#[^)]*)?\)")
_LIST_ITEM = re.compile(r"^\s*([-*]|\d+\.)\s")
_WIDE = "[、。！？」』）・ぁ-ゖァ-ヺー一-鿿々〆]"
_SEAM = re.compile(rf"(?<={_WIDE})\n {{0,4}}(?=(?:\*\*|\[)?[「『（ぁ-ゖァ-ヺ一-鿿A-Za-z0-9](?!\. ))")


@dataclass(frozen=True)
class Here:
    """The page being written: its language, its address, and how to get anywhere from it."""

    curriculum: Curriculum
    lang: str
    url: str
    """The address below the language's root, ending in a slash; the empty text is the home page."""
    ruby: Callable[[str], str] = ruby_markdown
    """How Japanese Markdown gets its furigana."""
    edition: Edition | None = None
    """The browser's Python of this site; None on pages where nothing can run."""

    def to(self, url: str) -> str:
        """The relative address of another page of the same language."""
        return "../" * self.url.count("/") + url or "./"

    def say(self, name: str, **values: object) -> str:
        """A sentence of the interface in this page's language."""
        return say(self.lang, name, **values)


def front_matter(**values: object) -> str:
    """YAML front matter; values are quoted so that any text is safe."""
    lines = [f"{key}: {_yaml(value)}" for key, value in values.items()]
    return "---\n" + "\n".join(lines) + "\n---\n\n"


def _yaml(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_yaml(item) for item in value) + "]"
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |" for line in lines)


def literal(text: str) -> str:
    """Plain text for a Markdown page: no sign in it is a mark, not even in a table."""
    return "".join(f"&#{ord(sign)};" if sign in MARKS else sign for sign in text).replace("\n", "<br>")


def as_code(text: str) -> str:
    """A short piece of code within a sentence or a table."""
    return f"<code>{literal(text)}</code>"


# --- Markdown of the sources -> Markdown of the site ---------------------------------------------

def plain(markdown: str) -> str:
    """Markdown inline text without its marks."""
    return re.sub(r"!?\[([^\]]*)\]\([^)]*\)|[*`]", lambda m: m[1] or "", markdown).strip()


def resolve(here: Here, text: str) -> str:
    """Markdown whose links by scheme have become relative addresses."""
    return _LINK.sub(lambda match: _address(here, *match.groups()), text)


def _address(here: Here, text: str, scheme: str, name: str, anchor: str | None) -> str:
    if scheme == "glossary":
        note = here.curriculum.reference.terms[name].words[here.lang]["explain"]
        return f'[{text}]({here.to("glossary/")}#{name}){{ .k-term data-note="{_attribute(note)}" }}'
    if scheme == "source":
        return f'[{text}]({here.to("sources/")}#{name}){{ .k-source }}'
    url = {"lesson": f"lessons/{name}/", "exercise": f"exercises/{name}/", "skill": f"skills/#{name}", "page": "" if name == "index" else f"{name}/"}[scheme]
    return f"[{text}]({here.to(url)}{anchor or ''})"


def finished(here: Here, text: str) -> str:
    """Markdown with directives, links and line ends as the site needs them."""
    text = directives(text)
    return resolve(here, join_lines(text) if here.lang == "ja" else text)


def _attribute(text: str) -> str:
    return text.replace('"', "”").replace("{", "(").replace("}", ")").replace("\n", " ")


def join_lines(text: str) -> str:
    """Japanese prose written one sentence a line, with the lines of a paragraph joined, so that no gap follows a 。 (full stop)."""
    return _SEAM.sub(lambda match: "" if _joins(text, match.start()) else match[0], text)


def _joins(text: str, at: int) -> bool:
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return not line.lstrip().startswith(("#", "|", "!!!", "{", "<"))


def directives(text: str) -> str:
    """Markdown with {write}, {cards}, {choices} and {break} turned into blocks, and blank lines where the builder needs them."""
    out: list[str] = []
    lines = text.split("\n")
    index, fenced = 0, False
    while index < len(lines):
        fenced ^= lines[index].startswith("```")
        match = None if fenced else DIRECTIVE.match(lines[index].strip())
        if match and match[1] == "write":
            out += ["", _ruled(int(match[2] or 1)), ""]
        elif match and match[1] == "break":
            out += ["", '<div class="k-break"></div>', ""]
        elif match and match[1] in ("cards", "choices"):
            end = _end_of_list(lines, index + 1)
            style = f"k-{match[1]}" + (f" k-{match[1]}-{match[2]}" if match[2] else "")
            out += ["", f'<div class="{style}" markdown>', "", *(item for item in lines[index + 1 : end] if item.strip()), "", "</div>", ""]
            index = end - 1
        else:
            out += [*([] if fenced else _gap(out, lines[index])), lines[index]]
        index += 1
    return "\n".join(out)


def _ruled(count: int) -> str:
    return '<div class="k-write">' + "<span></span>" * count + "</div>"


def _end_of_list(lines: list[str], start: int) -> int:
    end = start
    while end < len(lines) and (not lines[end].strip() or _LIST_ITEM.match(lines[end]) or lines[end].startswith("  ")):
        end += 1
    return end


def _gap(out: list[str], line: str) -> list[str]:
    """A blank line before a list or table that follows text directly: Python-Markdown needs it."""
    before = out[-1] if out else ""
    if not before.strip() or before.startswith(" ") or line.startswith(" "):
        return []
    opens = (_LIST_ITEM.match(line) and not _LIST_ITEM.match(before)) or (line.startswith("|") and not before.startswith("|"))
    return [""] if opens else []


def with_furigana(here: Here, text: str, threshold: int) -> str:
    """Japanese Markdown with readings on every kanji word and the switch that shows or hides them."""
    switch = furigana_switch(here, threshold)
    return f'<div class="k-furigana" data-furigana="{threshold}" markdown>\n\n{switch}\n\n{here.ruby(text)}\n\n</div>'


def furigana_switch(here: Here, threshold: int) -> str:
    """Radio buttons for the years; they work with the keyboard and are remembered by the script."""
    buttons = "".join(
        f'<label><input type="radio" name="furigana" value="{year}"{" checked" if year == threshold else ""}> '
        f'{here.say(f"furigana_{year}")}</label>'
        for year in FURIGANA
    )
    note = here.say("furigana_note")
    return (
        '<form class="k-switch" data-pagefind-ignore="all" autocomplete="off"><fieldset>'
        f'<legend>{here.say("furigana")}</legend>{buttons}</fieldset><p class="k-note">{note}</p>'
        f'<fieldset><legend>{here.say("typeface")}</legend><label><input type="checkbox" data-k-typeface> {here.say("ud_font")}</label>'
        f'<span class="k-note">{here.say("ud_font_note", kb=UD_KB)}</span></fieldset></form>'
    )

"""The parts of a Word file, unpacked and parsed within limits.

In:  the bytes of a file, from anywhere.   Out: its parts as nodes; or Unable, with one sentence that says what to do.
Nothing is run or fetched: no macro, no link, no outside entity; every size is limited while reading.
web/policy/parts.js is the same in JavaScript. Left out on purpose: what the parts mean (docx_reading).
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.parsers import expat

from komainu.policy.data import labels
from komainu.problem import Unable

MIB = 1024 * 1024
LARGEST, UNPACKED = 20 * MIB, 60 * MIB
"""Bytes of the file, and of all that is unpacked from it."""
ENTRIES, ELEMENTS, PARAGRAPHS, DEEPEST = 4000, 400_000, 20_000, 120
"""Files in the file, elements and paragraphs in a part, elements within elements. A policy has some 600 paragraphs."""

SPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:", "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:", "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
}  # fmt: skip


@dataclass
class Node:
    """An element: its name with one of our short prefixes, attributes by local name, what is inside."""

    name: str
    attrs: dict[str, str]
    kids: list[Node] = field(default_factory=list)
    text: str = ""

    def find(self, *path: str) -> Node | None:
        """The first element down a path of names."""
        here: Node | None = self
        for name in path:
            here = next((kid for kid in here.kids if kid.name == name), None) if here else None
        return here


def refusal(why: str) -> Unable:
    """The exception with the sentences of a refusal: large, ole, zip, bomb, document, doctype, xml, deep or long."""
    words = labels()[f"refused-{why}"]
    return Unable(words["ja"], words["en"])


def _refuse(why: str) -> Node:
    raise refusal(why)


# --- the zip -------------------------------------------------------------------------------------


class Parts:
    """The files in the file, unpacked one by one within limits."""

    def __init__(self, raw: bytes):
        if len(raw) > LARGEST:
            _refuse("large")
        if raw.startswith(b"\xd0\xcf\x11\xe0"):
            _refuse("ole")
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(raw))
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, OverflowError, struct.error) as error:
            raise refusal("zip") from error
        self.names = {entry.filename: entry for entry in self.zip.infolist()}
        self.left = UNPACKED
        if len(self.zip.infolist()) > ENTRIES:
            _refuse("bomb")

    def bytes(self, name: str) -> bytes | None:
        """A part unpacked, or None where there is none."""
        entry = self.names.get(name)
        if entry is None:
            return None
        try:
            if entry.flag_bits & 1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise refusal("zip")
            with self.zip.open(entry) as file:
                raw = file.read(self.left + 1)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, OverflowError, struct.error, zlib.error) as error:
            raise refusal("zip") from error
        self.left -= len(raw)
        return raw if self.left >= 0 else _refuse("bomb")

    def xml(self, name: str) -> Node | None:
        """A part parsed, or None where there is none."""
        raw = self.bytes(name)
        return None if raw is None else parsed(raw)

    def main(self) -> str:
        """Where the document stands: as the file says, else where it usually stands."""
        links = self.xml("_rels/.rels")
        for link in links.kids if links else []:
            target = link.attrs.get("Target", "").lstrip("/")
            if link.attrs.get("Type", "").endswith("/officeDocument") and target in self.names:
                return target
        return "word/document.xml"

    def macros(self) -> bool:
        """Whether it carries macros."""
        return any("vbaproject" in name.lower() for name in self.names)


def parsed(raw: bytes) -> Node:
    """XML as nodes. Refuses a DOCTYPE, so that no entity can stand for anything."""
    root, stack, counts = Node("", {}), [], {"": 0, "w:p": 0}
    stack.append(root)

    def start(name: str, attrs: dict[str, str]) -> None:
        node = Node(_short(name), {key.rpartition("\n")[2]: value for key, value in attrs.items()})
        counts[""] += 1
        counts["w:p"] += node.name == "w:p"
        if counts[""] > ELEMENTS or counts["w:p"] > PARAGRAPHS:
            _refuse("long")
        if len(stack) > DEEPEST:
            _refuse("deep")
        stack[-1].kids.append(node)
        stack.append(node)

    def text(data: str) -> None:
        texts.setdefault(id(stack[-1]), []).append(data)

    def end(name: str) -> None:
        node = stack.pop()
        node.text = "".join(texts.pop(id(node), ()))

    texts: dict[int, list[str]] = {}
    parser = expat.ParserCreate(namespace_separator="\n")
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.StartDoctypeDeclHandler = lambda *_: _refuse("doctype")
    try:
        parser.Parse(raw, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise refusal("xml") from error
    return root.kids[0]


def _short(name: str) -> str:
    space, _, local = name.rpartition("\n")
    return SPACES.get(space, "x:") + local

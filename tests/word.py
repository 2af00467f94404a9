"""What a school does to a Word file, and what Word does with tracked changes, for the tests.

In:  the bytes of a .docx.   Out: other bytes, or the texts of its paragraphs.
Written apart from docx_reading on purpose: it walks the XML in another way, so that it can hold the reader to account.
"""

import io
import subprocess
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAIN = "word/document.xml"


def parts(raw: bytes) -> dict[str, bytes]:
    """The files in the file."""
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        return {name: file.read(name) for name in file.namelist()}


def packed(files: dict[str, bytes]) -> bytes:
    """The file again."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return out.getvalue()


def edited(raw: bytes, change: Callable[[ElementTree.Element], None]) -> bytes:
    """The file after a change to the body of its document."""
    files = parts(raw)
    root = ElementTree.fromstring(files[MAIN])  # noqa: S314 (our own file)
    change(root.find(f"{W}body"))
    return packed(files | {MAIN: ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)})


def without(raw: bytes, *names: str) -> bytes:
    """The file without some of its files, as other programs lose them."""
    return packed({name: content for name, content in parts(raw).items() if name not in names})


def para(text: str, style: str = "", inner: str = "") -> ElementTree.Element:
    """A paragraph as a person types it."""
    made = ElementTree.Element(f"{W}p")
    if style:
        shape = ElementTree.SubElement(made, f"{W}pPr")
        ElementTree.SubElement(shape, f"{W}pStyle", {f"{W}val": style})
    made.append(run(text))
    return made


def run(text: str) -> ElementTree.Element:
    """A run of text."""
    made = ElementTree.Element(f"{W}r")
    ElementTree.SubElement(made, f"{W}t").text = text
    return made


def table(*rows: list[str]) -> ElementTree.Element:
    """A table as a person inserts it."""
    made = ElementTree.Element(f"{W}tbl")
    for row in rows:
        line = ElementTree.SubElement(made, f"{W}tr")
        for cell in row:
            ElementTree.SubElement(line, f"{W}tc").append(para(cell))
    return made


def text_of(node: ElementTree.Element) -> str:
    """What a paragraph says, without furigana."""
    readings = {one for rt in node.iter(f"{W}rt") for one in rt.iter(f"{W}t")}
    return "".join(one.text or "" for one in node.iter(f"{W}t") if one not in readings)


def rewrite(node: ElementTree.Element, text: str) -> None:
    """The paragraph with another text; its shape and bookmarks stay."""
    for child in list(node):
        if child.tag in (f"{W}r", f"{W}ins", f"{W}del"):
            node.remove(child)
    place = next((at for at, child in enumerate(node) if child.tag == f"{W}bookmarkEnd"), len(node))
    node.insert(place, run(text))


def texts(raw: bytes) -> list[str]:
    """The texts of all paragraphs that say something, tables included, in order."""
    root = ElementTree.fromstring(parts(raw)[MAIN])  # noqa: S314 (our own file)
    return [text for one in root.iter(f"{W}p") if (text := " ".join(text_of(one).split()))]


def paragraph(body: ElementTree.Element, start: str) -> ElementTree.Element:
    """The first paragraph whose text begins like this."""
    return next(one for one in body if one.tag == f"{W}p" and text_of(one).startswith(start))


def settled(raw: bytes, keep: str, drop: str) -> bytes:
    """The file with its tracked changes settled: `ins` kept and `del` dropped accepts them, the other way round rejects."""
    return edited(raw, lambda body: _settle(body, keep, drop))


def accepted(raw: bytes) -> bytes:
    """All changes accepted."""
    return settled(raw, "ins", "del")


def rejected(raw: bytes) -> bytes:
    """All changes rejected."""
    return settled(raw, "del", "ins")


def _settle(node: ElementTree.Element, keep: str, drop: str) -> None:
    for child in list(node):
        whole = child.find(f"{W}pPr/{W}rPr/{W}{drop}") if child.tag == f"{W}p" else child.find(f"{W}trPr/{W}{drop}") if child.tag == f"{W}tr" else None
        if child.tag == f"{W}{drop}" or (whole is not None and child.tag == f"{W}tr"):
            node.remove(child)
        elif child.tag == f"{W}{keep}":
            at = list(node).index(child)
            node.remove(child)
            for one in reversed(list(child)):
                node.insert(at, one)
        else:
            _settle(child, keep, drop)
            if whole is not None:
                assert not text_of(child), "a paragraph's mark goes, its text stays: it would run into the next"
                node.remove(child)
    for gone in node.iter(f"{W}delText"):
        gone.tag = f"{W}t"


def copy_of(node: ElementTree.Element) -> ElementTree.Element:
    """The same again."""
    return deepcopy(node)


SETTLE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Settle" script:language="StarBasic">
Sub All(source As String, target As String, command As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, Array())
  Dim form(0) As New com.sun.star.beans.PropertyValue
  form(0).Name = "FilterName"
  form(0).Value = "MS Word 2007 XML"
  document.storeToURL(target, form())
  document.close(True)
End Sub
</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Settle"/>
</library:library>
"""


def settled_by_office(raw: bytes, command: str, folder: Path, office: str) -> bytes:
    """The file after LibreOffice's own command, AcceptAllTrackedChanges or RejectAllTrackedChanges; `office` is its program."""
    (folder / "tracked.docx").write_bytes(raw)
    start = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    first = [*start, "--convert-to", "txt:Text", "--outdir", str(folder / "out"), str(folder / "tracked.docx")]
    subprocess.run(first, check=True, capture_output=True, timeout=300)  # the first start makes the profile that the macro goes into
    library = folder / "profile" / "user" / "basic" / "Standard"
    library.mkdir(parents=True, exist_ok=True)
    (library / "script.xlb").write_text(LIBRARY, "utf-8")
    (library / "Settle.xba").write_text(SETTLE, "utf-8")
    source, target = folder / "tracked.docx", folder / f"{command}.docx"
    call = f'macro:///Standard.Settle.All("{source.as_uri()}","{target.as_uri()}",".uno:{command}")'
    subprocess.run([*start, call], check=True, capture_output=True, timeout=120)
    return target.read_bytes()

"""A school at the policy page: begins, answers, reads the document, takes files and gives them.

In:  a watched page and the server.   Out: what a reader does there, and what is in the Word files that come out.
Left out on purpose: what the page should say; that stands in the tests.
"""

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.pages import LANGUAGES
from browser.serving import Server

SCHOOL = {"ja": "みどり町立みどり中学校", "en": "Midori Junior High School"}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VT = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
HOSTILE = '<script>window.hacked = 1</script><img src=x onerror="window.hacked = 1">'


def opened(page: Page, server: Server, lang: str = "ja") -> Page:
    page.goto(f"{server.url}{LANGUAGES[lang]}policy/")
    page.locator("[data-start]").click()
    expect(page.locator(".k-policy.k-live")).to_be_visible()
    expect(page.locator(".k-doc-title")).to_be_visible()
    return page


def status(page: Page) -> Locator:
    return page.locator(".k-policy-bar [role=status]")


def doc(page: Page) -> Locator:
    return page.locator(".k-doc")


def question(page: Page, name: str) -> Locator:
    return page.locator(f"#policy-q-{name}")


def choose(page: Page, name: str, option: str) -> None:
    question(page, name).locator(f"input[value={option}]").check()


def show(page: Page, document: str, body: str | None = None) -> None:
    """Chooses a document, and waits for it."""
    page.locator(".k-choice select").first.select_option(document)
    if body:
        page.locator(".k-choice select").last.select_option(body)
    expect(doc(page)).to_be_visible()


def downloaded(page: Page, act: Callable[[], None]) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        act()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def press(page: Page, name: str) -> Callable[[], None]:
    return page.locator(f"[data-do={name}]").click


def answers(lang: str = "ja", **values: object) -> dict:
    return {"format": 1, "komainu_policy": "1.0.0", "lang": lang, "values": values, "tools": [], "own": {}}


def as_file(name: str, content: object) -> dict:
    data = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
    return {"name": name, "mimeType": "application/json", "buffer": data}


def open_answers(page: Page, name: str, content: object, place: int = 0) -> None:
    """Opens a file as the answers (0) or as the board's frame (1)."""
    page.locator(".k-policy-files input[type=file]").nth(place).set_input_files(as_file(name, content))


def say_yes(page: Page) -> None:
    page.locator(".k-ask[open] button[value=yes]").click()


def kept(page: Page) -> dict:
    return json.loads(page.evaluate("localStorage.getItem('komainu.policy')"))


# --- the Word file -------------------------------------------------------------------------------


def word(data: bytes) -> tuple[str, set[str], dict[str, str]]:
    """Of a Word file: its text, its bookmarks, and its own properties with long ones put together."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        body = ElementTree.fromstring(file.read("word/document.xml"))  # noqa: S314  our own file
        custom = ElementTree.fromstring(file.read("docProps/custom.xml"))  # noqa: S314  as above
        for name in file.namelist():
            ElementTree.fromstring(file.read(name))  # noqa: S314  as above
    text = "".join(one.text or "" for one in body.iter(f"{W}t"))
    marks = {one.get(f"{W}name") or "" for one in body.iter(f"{W}bookmarkStart")}
    pieces = {one.get("name") or "": one.findtext(f"{VT}lpwstr") or "" for one in custom}
    own: dict[str, str] = {}
    for name, value in pieces.items():
        whole = re.sub(r"\.\d+$", "", name)
        own[whole] = own.get(whole, "") + value
    return text, marks, own


def replaced(data: bytes, old: str, new: str) -> bytes:
    """A Word file with other words in a paragraph."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            text = before.read(name).decode()
            if name == "word/document.xml":
                assert escape(old) in text
                text = text.replace(escape(old), escape(new))
            after.writestr(name, text)
    return out.getvalue()


# --- the keyboard ------------------------------------------------------------------------------------


def tab_to(page: Page, wanted: str, limit: int = 60, key: str = "Tab") -> None:
    """Presses Tab until what is focused fits the selector."""
    for _ in range(limit):
        page.keyboard.press(key)
        if page.evaluate("s => document.activeElement.matches(s)", wanted):
            return
    pytest.fail(f"Tab does not lead to {wanted}")

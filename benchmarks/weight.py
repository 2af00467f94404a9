"""What a first visit to each kind of page costs its reader: bytes under gzip, and requests.

In:  the folder of a built site.   Out: the rows of a table.
Chromium says what is asked for, when Playwright and a browser are here; else the references in the HTML do.
Bytes are those of the files under gzip level 6 (fonts and pictures that are packed already as they are), without headers.
"""

from __future__ import annotations

import gzip
import re
import sys
from pathlib import Path
from urllib.parse import urljoin, urlsplit

PAGES = (
    "", "lessons/", "lessons/reasonable-lies/", "lessons/reasonable-lies/pupil/", "lessons/next-word-cards/pupil/", "lessons/missing-torii/",
    "skills/", "glossary/", "sources/", "teachers/", "schools/", "white-paper/", "pupils/", "en/", "en/lessons/reasonable-lies/pupil/",
)
PACKED = {".woff2", ".png", ".jpg", ".webp", ".wasm"}
BASE = "http://127.0.0.1/"


def page_weights(site: Path) -> tuple[list[str], list[list[str]], str]:
    """Head, rows and a note: page, kB of HTML, kB in all, requests, other hosts."""
    try:
        asked, note = _by_browser(site), "First visit, empty cache, counted by headless Chromium."
    except Exception as error:
        asked, note = _by_references(site), f"Counted from the HTML's references, for there is no browser: {type(error).__name__}."
    rows = []
    for page, addresses in asked.items():
        hosts = {urlsplit(address).hostname for address in addresses} - {"127.0.0.1"}
        own = [urlsplit(address).path.lstrip("/") for address in addresses if urlsplit(address).hostname == "127.0.0.1"]
        sizes = [_packed(site, path) for path in own]
        rows.append([f"/{page}", f"{_packed(site, page) / 1e3:.1f}", f"{sum(sizes) / 1e3:.1f}", str(len(own)), str(len(hosts))])
    return ["page", "HTML kB (gzip)", "first visit kB (gzip)", "requests", "other hosts"], rows, note


def _packed(site: Path, path: str) -> int:
    file = site / path / "index.html" if path == "" or path.endswith("/") else site / path
    data = file.read_bytes() if file.is_file() else b""
    return len(data) if file.suffix in PACKED else len(gzip.compress(data, 6))


def _by_browser(site: Path) -> dict[str, list[str]]:
    repository = Path(__file__).resolve().parent.parent
    sys.path[:0] = [str(repository), str(repository / "src")]
    import run
    from playwright.sync_api import sync_playwright

    from komainu.serve import serve

    asked: dict[str, list[str]] = {}
    flags = [*run.CHROMIUM_FLAGS, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    with serve(site, 0) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=run.find_browser(), args=flags)
        for path in PAGES:
            page = browser.new_context().new_page()
            asked[path] = []
            page.on("request", lambda request, found=asked[path]: found.append(request.url))
            page.goto(address + path, wait_until="networkidle", timeout=60_000)
            page.context.close()
        browser.close()
    return {path: [url for url in urls if not url.startswith("data:")] for path, urls in asked.items()}


def _by_references(site: Path) -> dict[str, list[str]]:
    asked = {}
    for path in PAGES:
        text = (site / path / "index.html").read_text("utf-8")
        found = re.findall(r'<(?:script|img)\b[^>]*\bsrc="?([^">\s]+)', text)
        found += re.findall(r'<link\b[^>]*\brel="?(?:stylesheet|icon)[^>]*\bhref="?([^">\s]+)', text)
        asked[path] = [BASE + path, *dict.fromkeys(urljoin(BASE + path, address) for address in found)]
    return asked

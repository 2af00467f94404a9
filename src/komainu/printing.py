"""HTML pages as PDF, by the browser that is already on the machine (Chrome, Chromium or Edge).

In:  HTML text.   Out: PDF bytes, tagged and with their fonts, as that browser prints.
Nothing is fetched: the page has to be complete in itself. Left out on purpose: choosing what to print.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from komainu.problem import Unable

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
)
SECONDS = 120
DATES = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}[^)]*\)")


def browser() -> str:
    """The browser that prints: KOMAINU_CHROMIUM if set, or the first that is found. Raises Unable when there is none."""
    own = os.environ.get("KOMAINU_CHROMIUM")
    found = own or next((path for name in NAMES if (path := shutil.which(name))), None) or next((path for path in PLACES if Path(path).is_file()), None)
    if found is None:
        raise Unable(
            "PDF を作るには Chrome、Edge、Chromium のどれかが要ります。入れるか、場所を環境変数 KOMAINU_CHROMIUM に書くか、指定から pdf を外してください。",
            "Making a PDF takes Chrome, Edge or Chromium. Install one, name it in KOMAINU_CHROMIUM, or leave pdf out of the command.",
        )
    return found


def pdf(html: str, program: str) -> bytes:
    """One page as PDF; the day of printing is not in it, so the same page gives the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        page, out = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_text(html, "utf-8")
        command = [
            program, "--headless=new", "--disable-gpu", "--disable-extensions", "--no-first-run", f"--user-data-dir={folder}/profile",
            "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer", f"--print-to-pdf={out}", page.as_uri(),
        ]
        if sys.platform == "linux" and os.geteuid() == 0:
            command.insert(1, "--no-sandbox")  # the browser refuses to sandbox a page for root; the page is ours and has no script
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Unable(f"PDF を作れませんでした({error})。", f"The PDF could not be made ({error}).") from error
        if not out.is_file():
            raise Unable(f"PDF を作れませんでした。\n{done.stderr[-500:]}", f"The PDF could not be made.\n{done.stderr[-500:]}")
        return DATES.sub(lambda found: b"/" + found[1] + b" (D:19800101000000+00'00')", out.read_bytes())

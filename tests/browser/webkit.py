"""WebKit, the engine of Safari, in the edition that Linux systems package: driven by the WebDriver protocol, nothing more.

In:  WebKitWebDriver, MiniBrowser and Xvfb of the system.   Out: a Window; what is missing, in words.
Left out on purpose: everything that Chromium tests already; a real iPad has another version, less memory and fingers.
"""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

BROWSERS = sorted(map(str, Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser")))
PACKAGES = "webkit2gtk-driver xvfb"
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"The name under which the protocol hands over an element."
LIMIT_S = 60
KEYS = {"control": "\ue009", "shift": "\ue008", "enter": "\ue007"}


def missing() -> str:
    """What this machine lacks for WebKit, as a sentence; empty when it has all of it."""
    lacking = [name for name in ("WebKitWebDriver", "Xvfb") if not shutil.which(name)]
    lacking += [] if BROWSERS else ["MiniBrowser"]
    return f"no WebKit here ({', '.join(lacking)}): on Debian, apt-get install {PACKAGES}" if lacking else ""


def asked(method: str, url: str, data: dict | None = None) -> object:
    """One command of the protocol and what it answers."""
    body = None if data is None else json.dumps(data).encode()
    request = Request(url, body, {"Content-Type": "application/json"}, method=method)
    try:
        with urlopen(request, timeout=LIMIT_S) as answer:
            return json.load(answer)["value"]
    except HTTPError as error:
        raise AssertionError(error.read().decode()[:500]) from error


@dataclass(frozen=True)
class Window:
    """One window of the browser."""

    session: str

    def go(self, url: str) -> None:
        """Opens an address."""
        asked("POST", f"{self.session}/url", {"url": url})

    def script(self, text: str, *args: object) -> object:
        """What a script in the page returns."""
        return asked("POST", f"{self.session}/execute/sync", {"script": text, "args": list(args)})

    def until(self, condition: str, *args: object, limit_s: float = LIMIT_S) -> object:
        """Waits until an expression in the page is true, and gives its value."""
        end = time.monotonic() + limit_s
        while not (value := self.script(f"return ({condition})", *args)):
            if time.monotonic() > end:
                said = self.script("return document.querySelector('.k-bar > [role=status]')?.textContent")
                raise AssertionError(f"waited in vain for {condition} {args}; the page says: {said}")
            time.sleep(0.1)
        return value

    def find(self, selector: str) -> str:
        """The address of an element."""
        return f"{self.session}/element/{asked('POST', f'{self.session}/element', {'using': 'css selector', 'value': selector})[ELEMENT]}"

    def click(self, selector: str) -> None:
        """A real click on an element, once it is there."""
        self.until("document.querySelector(arguments[0])?.checkVisibility()", selector)
        self.script("document.querySelector(arguments[0]).scrollIntoView({block: 'center'})", selector)
        asked("POST", f"{self.find(selector)}/click", {})

    def type(self, selector: str, text: str) -> None:
        """Keys, into an element."""
        asked("POST", f"{self.find(selector)}/value", {"text": text})


@contextmanager
def window() -> Iterator[Window]:
    """A browser of its own on a screen of its own; all that was started here ends with the block."""
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        read, write = os.pipe()
        screen = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
        stack.callback(end, subprocess.Popen(screen, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        os.close(write)
        with os.fdopen(read) as number:
            display = f":{number.readline().strip()}"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        own = dict.fromkeys(("HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"), home)
        quiet = {"DISPLAY": display, "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "1", "LIBGL_ALWAYS_SOFTWARE": "1", "WEBKIT_DISABLE_COMPOSITING_MODE": "1"}
        driver = subprocess.Popen(
            ["WebKitWebDriver", "--host=127.0.0.1", f"--port={port}"], env=os.environ | own | quiet, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        stack.callback(end, driver)
        yield stack.enter_context(session(f"http://127.0.0.1:{port}"))


@contextmanager
def session(driver: str) -> Iterator[Window]:
    """A window, once the driver answers."""
    end_s = time.monotonic() + LIMIT_S
    options = {"binary": BROWSERS[-1], "args": ["--automation"]}
    while True:
        try:
            made = asked("POST", f"{driver}/session", {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}})
            break
        except URLError:
            assert time.monotonic() < end_s, "the driver of WebKit does not answer"
            time.sleep(0.1)
    address = f"{driver}/session/{made['sessionId']}"
    try:
        yield Window(address)
    finally:
        asked("DELETE", address)


def end(process: subprocess.Popen) -> None:
    """Ends a process that was started here."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

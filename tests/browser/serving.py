"""A static host on loopback, as plain as the ones a school would use: gzip, caching, a 404 page, a sub-path.

In:  a folder.   Out: a Server with its addresses; it stops with the `with` block.
Left out on purpose: HTTPS and HTTP/2, which a test on loopback does not need.
"""

import gzip
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

SUB_PATH = "/a-school/komainu/"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
PACKED_ALREADY = {".woff2", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".zip", ".whl", ".pdf", ".docx"}


@dataclass(frozen=True)
class Server:
    """Where the site can be reached while the tests run."""

    origin: str
    "Scheme, host and port: no request of a page may leave it."
    url: str
    "The site at the root of the host; ends with a slash."
    sub_url: str
    "The same site below a path, as on a forge's page host; ends with a slash."


@cache
def packed(path: Path, _mtime_ns: int) -> bytes:
    """The file under gzip, as a static host would send it."""
    return gzip.compress(path.read_bytes(), 6, mtime=0)


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD from `folder`."""

    protocol_version = "HTTP/1.1"
    folder: Path

    def do_GET(self) -> None:
        """A file, a redirect to the folder's address, or the 404 page."""
        path = unquote(urlsplit(self.path).path)
        path = path.removeprefix(SUB_PATH.rstrip("/")) if path.startswith(SUB_PATH) else path
        target = (self.folder / path.lstrip("/")).resolve()
        if not target.is_relative_to(self.folder):
            self.answer(403, None)
        elif target.is_dir() and not path.endswith("/"):
            self.send_response(301)
            self.send_header("Location", urlsplit(self.path).path + "/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            file = target / "index.html" if target.is_dir() else target
            self.answer(200, file) if file.is_file() else self.answer(404, self.folder / "404.html")

    do_HEAD = do_GET  # noqa: N815  the base class calls it by this name

    def answer(self, status: int, file: Path | None) -> None:
        """Sends one file, packed where that helps and the browser takes it."""
        body, headers = b"", {"Content-Type": "text/plain; charset=utf-8"}
        if file and file.is_file():
            kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            headers = {"Content-Type": kind, "Cache-Control": "max-age=600"}
            if "gzip" in self.headers.get("Accept-Encoding", "") and file.suffix not in PACKED_ALREADY:
                body = packed(file, file.stat().st_mtime_ns)
                headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
            else:
                body = file.read_bytes()
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: what went wrong is told by the test."""


@contextmanager
def serving(folder: Path, kind: type[Handler] = Handler) -> Iterator[Server]:
    """Serves the folder on a free port of 127.0.0.1; `kind` answers in a way of its own."""
    handler = type("SiteHandler", (kind,), {"folder": folder.resolve()})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        http.daemon_threads = True
        threading.Thread(target=http.serve_forever, daemon=True).start()
        origin = f"http://127.0.0.1:{http.server_port}"
        yield Server(origin, origin + "/", origin + SUB_PATH)
        http.shutdown()

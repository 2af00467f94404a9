"""A static host on loopback that counts what it sends, and a link that all of its answers share.

In:  a folder and a Link.   Out: a Host: its address, and for every answer path, status and bytes on the wire.
The link is narrow for everything that comes from the host, whatever part of a browser has asked: page, worker or
service worker. DevTools narrows each of them by itself, and some not at all.
Left out on purpose: HTTP/2, TLS and the way from the browser to the host, which is hardly used.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

TYPES = {
    ".css": "text/css; charset=utf-8", ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".wasm": "application/wasm", ".woff2": "font/woff2", ".zip": "application/zip",
    ".png": "image/png", ".ipynb": "application/json", ".csv": "text/csv; charset=utf-8", ".txt": "text/plain; charset=utf-8",
}
PACKED_ALREADY = {".woff2", ".png", ".jpg", ".zip", ".whl", ".pyz", ".ttf", ".woff"}
PIECE = 4096


@dataclass
class Link:
    """What all answers go through, one piece after the other."""

    bits_per_s: float = 0
    """0: as fast as the machine."""
    round_trip_s: float = 0
    """Waited for before each answer, and once more when a connection is new."""
    _free_at: float = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def pass_through(self, size: int) -> None:
        """Waits until a piece of this size has got through."""
        if not self.bits_per_s:
            return
        with self._lock:
            self._free_at = max(self._free_at, time.perf_counter()) + size * 8 / self.bits_per_s
            until = self._free_at
        time.sleep(max(0, until - time.perf_counter()))


@dataclass(frozen=True)
class Answer:
    """One answer of the host."""

    path: str
    status: int
    wire_bytes: int
    """Head and body as sent."""


@dataclass
class Host:
    """A running host."""

    url: str
    answers: list[Answer] = field(default_factory=list)
    asked: int = 0
    """Requests so far, also those that are still being answered."""
    fresh_s: int = 600
    """How long a browser may use a file without asking again."""

    def quiet(self, seconds: float, limit_s: float) -> None:
        """Waits until nothing was asked for or answered for so many seconds."""
        last, since, end = None, time.monotonic(), time.monotonic() + limit_s
        while time.monotonic() < end:
            now = (self.asked, len(self.answers))
            if now != last or self.asked != len(self.answers):
                last, since = now, time.monotonic()
            elif time.monotonic() - since > seconds:
                return
            time.sleep(0.05)


@cache
def body_of(file: Path) -> tuple[bytes, bytes, str]:
    """A file as it is, as it goes over the wire (gzip level 6 where that helps), and its digest."""
    raw = file.read_bytes()
    packed = raw if file.suffix in PACKED_ALREADY else gzip.compress(raw, 6, mtime=0)
    return raw, packed, hashlib.sha256(raw).hexdigest()[:16]


def file_of(folder: Path, path: str) -> Path | None:
    """The file that an address means, or None."""
    target = (folder / unquote(urlsplit(path).path).lstrip("/")).resolve()
    file = target / "index.html" if target.is_dir() else target
    return file if file.is_file() and file.is_relative_to(folder) else None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    folder: Path
    host: Host
    link: Link

    def setup(self) -> None:
        super().setup()
        time.sleep(self.link.round_trip_s)

    def do_GET(self) -> None:
        self.host.asked += 1
        time.sleep(self.link.round_trip_s)
        file = file_of(self.folder, self.path)
        raw, body, name = body_of(file) if file else (b"", b"", "")
        head = {"Cache-Control": f"max-age={self.host.fresh_s}", "ETag": f'"{name}"', "Vary": "Accept-Encoding"}
        status = 304 if file and f'"{name}"' in self.headers.get("If-None-Match", "") else 200 if file else 404
        if status == 200:
            head["Content-Type"] = TYPES.get(file.suffix, "application/octet-stream")
            if body is not raw and "gzip" in self.headers.get("Accept-Encoding", ""):
                head["Content-Encoding"] = "gzip"
            else:
                body = raw
        if status != 304:
            head["Content-Length"] = str(len(body) if status == 200 else 0)
        lines = [f"HTTP/1.1 {status} .", *(f"{key}: {value}" for key, value in head.items()), "", ""]
        out = "\r\n".join(lines).encode() + (body if status == 200 and self.command == "GET" else b"")
        sent = 0
        try:
            for at in range(0, len(out), PIECE if self.link.bits_per_s else len(out)):
                piece = out[at : at + (PIECE if self.link.bits_per_s else len(out))]
                self.link.pass_through(len(piece))
                self.wfile.write(piece)
                sent += len(piece)
        except OSError:  # the browser no longer wants it
            self.close_connection = True
        finally:
            self.host.answers.append(Answer(self.path, status, sent))

    do_HEAD = do_GET  # noqa: N815  the base class calls it by this name

    def log_message(self, *_: object) -> None:
        """Nothing for each request."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *_: object) -> None:
        """Nothing: a browser that has been closed is no error."""


@contextmanager
def hosting(folder: Path, link: Link, fresh_s: int) -> Iterator[Host]:
    """Serves the folder on a free port of 127.0.0.1 through the link."""
    host = Host("", fresh_s=fresh_s)
    handler = type("Handler", (_Handler,), {"folder": folder.resolve(), "host": host, "link": link})
    with _Server(("127.0.0.1", 0), handler) as http:
        host.url = f"http://127.0.0.1:{http.server_port}/"
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield host
        http.shutdown()

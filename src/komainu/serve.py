"""A static server on loopback for looking at the site; never for publishing it.

In:  a folder.   Out: a context in which its address answers.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

from komainu.problem import Unable


class _Handler(SimpleHTTPRequestHandler):
    extensions_map: ClassVar = {**SimpleHTTPRequestHandler.extensions_map, ".wasm": "application/wasm", ".js": "text/javascript", ".mjs": "text/javascript"}

    def end_headers(self):
        # A teacher who edits and rebuilds must not be shown yesterday's page.
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *args):
        """Say nothing for each request."""


@contextmanager
def serve(folder: Path, port: int) -> Iterator[str]:
    """Serve a folder on 127.0.0.1 and give its address; port 0 takes a free one."""
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, directory=str(folder)))
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or error
        raise Unable(
            f"ポート {port} を使えません({why})。--port で別の番号を選んでください。",
            f"Port {port} cannot be used ({why}). Choose another with --port.",
        ) from error
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

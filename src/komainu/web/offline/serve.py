"""Shows the folder `site` beside this file: `python serve.py` for this computer, `python serve.py class` for those in the same network.

Python 3.8 or newer, nothing to install. It gives every file the type that browsers ask for, whatever the computer's own
table says (on Windows another program may have changed it). It only reads, and only below `site`.
"""

import contextlib
import functools
import http.server
import sys
from pathlib import Path

TYPES = {".js": "text/javascript", ".wasm": "application/wasm", ".json": "application/json", ".css": "text/css", ".svg": "image/svg+xml"}


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files with their types, and no log."""

    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, **TYPES}  # noqa: RUF012

    def log_message(self, *args):
        """Say nothing for each request."""


if __name__ == "__main__":
    words = sys.argv[1:]
    port = next((int(word) for word in words if word.isdigit()), 8000)
    folder = str(Path(__file__).resolve().parent / "site")
    server = http.server.ThreadingHTTPServer(("" if "class" in words else "127.0.0.1", port), functools.partial(Handler, directory=folder))
    print(f"http://127.0.0.1:{server.server_port}/  (Ctrl+C: stop)", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()

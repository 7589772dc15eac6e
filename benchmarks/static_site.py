"""A plain file server on 127.0.0.1: the Leaflet page, the app's static files, a stand-in CDN."""

from __future__ import annotations

import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.servers import ROOT

PLAIN = Path(__file__).with_name("plain") / "index.html"


class _Files(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def translate_path(self, path: str) -> str:
        if urlsplit(path).path == "/":
            return str(PLAIN)
        return super().translate_path(path)

    def end_headers(self) -> None:
        # What a CDN says of a numbered release, so that a map that mounts again fetches nothing.
        self.send_header("Cache-Control", "public, max-age=31536000, immutable")
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def send_head(self) -> Any:
        allowed = urlsplit(self.path).path == "/" or self.path.startswith("/static/")
        if not allowed:
            self.send_error(404)
            return None
        return super().send_head()

    def log_message(self, *_: Any) -> None:
        pass


class StaticSite:
    """Serve while the context is open."""

    def __init__(self) -> None:
        def handler(*args: Any) -> _Files:
            return _Files(*args, directory=str(ROOT))

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> StaticSite:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._server.shutdown()

"""A server for tests that plays a source: what it answers is set by path, what it is asked kept."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from geo.editions import EDITION_2024, Level, areas

PROVINCES = [area.code for area in areas(EDITION_2024, Level.PROVINCE)]
DAY = "2026-10-01"


def page(rows, number=1, of=1, day=DAY):
    """Write one page of the tiny adapter's source."""
    listed = [{"code": code, "value": value} for code, value in rows.items()]
    return json.dumps({"page": number, "pages": of, "day": day, "rows": listed}).encode()


def figures(n=20, start=40.0, step=1.0):
    """Return a figure of each of the first provinces."""
    return {code: start + at * step for at, code in enumerate(PROVINCES[:n])}


class Served:
    """Answers by path: a body; status, headers and body; or a function of the handler."""

    def __init__(self):
        self.answers = {"/robots.txt": (404, {}, b"")}
        self.asked = []
        self.headers = []
        served = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                served.asked.append(self.path)
                served.headers.append(dict(self.headers))
                said = served.answers.get(self.path, (404, {}, b"no"))
                if isinstance(said, list):
                    said = said.pop(0) if len(said) > 1 else said[0]
                if callable(said):
                    said(self)
                    return
                status, headers, body = said if isinstance(said, tuple) else (200, {}, said)
                self.send_response(status)
                for name, value in ({"Content-Length": len(body)} | headers).items():
                    self.send_header(name, str(value))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET  # noqa: N815

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"

    def pages(self, *pages, day=DAY):
        """Serve pages of figures, and nothing that was asked before."""
        self.asked.clear()
        for number, rows in enumerate(pages, 1):
            self.answers[f"/page-{number}.json"] = page(rows, number, len(pages), day)

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def endless(handler):
    """Send without end, a piece at a time."""
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"x" * 65_536)
    except OSError:
        pass


def cut_off(body, said):
    """Promise more than is sent."""

    def answer(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", str(said))
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = True

    return answer


def slow(handler):
    """Send a byte now and then."""
    handler.send_response(200)
    handler.end_headers()
    try:
        for _ in range(100):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        pass

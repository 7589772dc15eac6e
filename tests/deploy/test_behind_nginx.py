"""A real nginx with the configuration that is installed, before stand-ins of the app's servers.

They do what matters here: accept the line of a page and name themselves with it, take files, and
say what they were handed.
"""

from __future__ import annotations

import json
import shutil
import socket
import ssl
import threading
import time

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from websockets.sync.client import connect

from benchmarks.behind_nginx import Nginx
from benchmarks.servers import free_port

NAMES = ("8501", "8502", "8503")
pytestmark = pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")


class Stand:
    """A server that stands for the app."""

    def __init__(self, name, port):
        self.name, self.port = name, port
        self.start()

    def start(self):
        async def line(websocket):
            cookie = f"atlas_at={self.name}; Path=/; HttpOnly".encode()
            await websocket.accept("streamlit", headers=[(b"set-cookie", cookie)])
            async for text in websocket.iter_text():
                await websocket.send_text(f"{self.name}: {text}")

        async def told(request):
            size = len(await request.body())
            return JSONResponse({"name": self.name, "size": size, **request.headers})

        routes = [
            WebSocketRoute("/_stcore/stream", line),
            Route("/{path:path}", told, methods=["GET", "PUT"]),
        ]
        config = uvicorn.Config(
            Starlette(routes=routes),
            port=self.port,
            log_level="critical",
            timeout_graceful_shutdown=0,
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)

    def stop(self):
        self.server.force_exit = self.server.should_exit = True
        self.thread.join(20)


class Browser:
    """What a browser does: one jar of cookies, lines and requests."""

    def __init__(self, url):
        self.url = url
        self.trust = ssl.create_default_context()
        self.trust.check_hostname, self.trust.verify_mode = False, ssl.CERT_NONE
        self.http = httpx.Client(verify=self.trust, trust_env=False, timeout=30)
        self.at = ""

    def __call__(self, method, path, **asked):
        headers = {"Cookie": f"atlas_at={self.at}"} | asked.pop("headers", {})
        return self.http.request(method, f"{self.url}{path}", headers=headers, **asked)

    def line(self):
        line = connect(
            self.url.replace("https", "wss") + "/_stcore/stream",
            ssl=self.trust,
            subprotocols=["streamlit"],
            additional_headers={"Cookie": f"atlas_at={self.at}"},
            proxy=None,
            open_timeout=60,
        )
        self.at = line.response.headers["Set-Cookie"].split(";")[0].split("=")[1]
        return line


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    stands = [Stand(name, free_port()) for name in NAMES]
    folder = tmp_path_factory.mktemp("site") / "nginx"
    with Nginx(folder, free_port(), tuple(stand.port for stand in stands)) as nginx:
        yield nginx, {stand.name: stand for stand in stands}
    for stand in stands:
        stand.stop()


@pytest.fixture
def browser(site):
    return Browser(site[0].url)


def test_files_go_to_the_server_that_holds_the_session(site):
    seen = set()
    for _ in range(6):
        browser = Browser(site[0].url)
        with browser.line() as line:
            line.send("here")
            assert line.recv() == f"{browser.at}: here"
            sent = [browser("PUT", "/_stcore/upload_file/a/b", content=b"x" * n) for n in (1, 9)]
            assert [one.json()["name"] for one in sent] == [browser.at] * 2
        seen.add(browser.at)
    assert len(seen) > 1


def test_a_server_that_goes_away_is_not_missed(site):
    browser = Browser(site[0].url)
    with browser.line():
        pass
    gone = site[1][browser.at]
    gone.stop()
    answers = [browser("GET", "/view?lang=vi") for _ in range(20)]
    assert {one.status_code for one in answers} == {200}
    assert gone.name not in {one.json()["name"] for one in answers}
    with browser.line() as line:
        line.send("again")
        assert line.recv() == f"{browser.at}: again"
    assert browser.at != gone.name
    # Where the line is open now, files go too, also when the other one is back.
    gone.start()
    sent = [browser("PUT", "/_stcore/upload_file/a/b", content=b"x").json() for _ in range(8)]
    assert {one["name"] for one in sent} == {browser.at}


def test_what_is_said_of_a_reader_is_what_the_proxy_saw(browser):
    forged = {
        "X-Forwarded-For": "203.0.113.9",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-Host": "x",
    }
    told = browser("GET", "/", headers=forged).json()
    assert told["x-forwarded-for"] == "127.0.0.1"
    assert told["x-forwarded-proto"] == "https"
    assert told["x-forwarded-host"].startswith("localhost")


@pytest.mark.parametrize(
    "path",
    ["/metrics", "/metrics?x", "/metrics/", "//metrics", "/%6detrics", "/x/../metrics",
     "/./metrics", "/_stcore/metrics", "/_stcore//metrics", "/_stcore/agent/openapi.json"],
)  # fmt: skip
def test_numbers_and_programs_are_not_for_readers(browser, path):
    assert browser("GET", path).status_code == 404


def test_too_large_a_file_is_refused_before_it_is_sent_on(browser):
    port = int(browser.url.rsplit(":", 1)[1])
    with (
        socket.create_connection(("127.0.0.1", port), timeout=60) as plain,
        browser.trust.wrap_socket(plain) as line,
    ):
        head = "PUT /_stcore/upload_file/a/b HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n"
        line.sendall(head.format(53 << 20).encode())
        assert line.recv(100).startswith(b"HTTP/1.1 413 ")


def test_the_site_asks_for_encryption_and_its_log_names_nobody(site, browser):
    answer = browser("GET", "/where?q=duong-le-loi&token=secret")
    assert answer.headers["strict-transport-security"].startswith("max-age=")
    assert json.loads(answer.text)["name"] in NAMES
    log = (site[0].folder / "atlas06.log").read_text(encoding="utf-8")
    assert "GET 200" in log
    assert not {"127.0.0.1", "le-loi", "secret"} & set(log.replace("?", " ").split())
    assert "le-loi" not in log

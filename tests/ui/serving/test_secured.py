"""What stands outermost: names, sizes, and what the browser is told with every answer."""

from __future__ import annotations

import asyncio

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from tests.ui.serving.answers import ask, behind
from ui.serving import policy, secured
from ui.serving.policy import file_policy, frame_policy, page_policy
from ui.serving.settings import Settings


@pytest.fixture
def under(monkeypatch):
    """Return a function that makes a client of an app with some settings."""

    def build(base="", **given):
        for module in (secured, policy):
            monkeypatch.setattr(module, "settings", lambda: Settings(**given))
        for made in (page_policy, frame_policy, file_policy):
            made.cache_clear()
        monkeypatch.setattr(secured, "base_path", lambda: base)

        async def read(request):
            return PlainTextResponse(str(len(await request.body())))

        async def talk(websocket):
            await websocket.accept()
            await websocket.close()

        routes = [
            WebSocketRoute("/_stcore/stream", talk),
            Route(f"{base}/component/map", lambda _: HTMLResponse("map")),
            Route(f"{base}/media/file.html", lambda _: HTMLResponse("file")),
            Route("/_stcore/upload_file/{name:path}", read, methods=["PUT"]),
            Route("/read", read, methods=["POST"]),
            Route("/{path:path}", lambda _: HTMLResponse("page")),
        ]
        app = Starlette(routes=routes, middleware=[Middleware(secured.Secured)])
        return TestClient(app, base_url="http://atlas.example")

    yield build
    for made in (page_policy, frame_policy, file_policy):
        made.cache_clear()


def of(answer, directive):
    """Return what a policy says of one thing."""
    rules = dict(
        rule.split(" ", 1) for rule in answer.headers["content-security-policy"].split("; ")
    )
    return rules[directive].split()


def test_every_answer_tells_the_browser_what_it_may_do(under):
    for path in ("/", "/nowhere", "/component/map", "/media/file.html"):
        answer = under().get(path)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert of(answer, "default-src") == ["'none'"]
        assert of(answer, "frame-ancestors") == ["'self'"]


@pytest.mark.parametrize("base", ["", "/atlas"])
def test_scripts_written_into_a_page_run_only_in_the_frame_of_the_map(under, base):
    client = under(base)
    page, frame = client.get(f"{base}/"), client.get(f"{base}/component/map")
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*"} & set(of(page, "script-src"))
    assert {"'unsafe-inline'", "'unsafe-eval'"} < set(of(frame, "script-src"))
    # A file that somebody has uploaded or taken away is no page of the app.
    assert (
        "script-src" not in client.get(f"{base}/media/file.html").headers["content-security-policy"]
    )


def test_sites_that_may_frame_the_pages_are_set(under):
    client = under(frames=("'self'", "https://paper.example"))
    for path in ("/", "/component/map"):
        assert of(client.get(path), "frame-ancestors") == ["'self'", "https://paper.example"]


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "atlas.example.evil.example",
        "evilatlas.example",
        "gov.example",
        "x.gov.example:80:80",
        "x.gov.example:",
        "x.gov.example:8o",
        "user@atlas.example",
        "atlas.example/evil",
        "atlas.example.",
        "",
        "[::1",
    ],
)
def test_other_names_are_not_answered(under, host):
    client = under(hosts=("atlas.example", "*.gov.example"))
    assert client.get("/", headers={"Host": host}).status_code == 421
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/_stcore/stream", headers={"Host": host}),
    ):
        pass


@pytest.mark.parametrize(
    "host", ["atlas.example", "ATLAS.example:8501", "x.gov.example", "a.b.gov.example:1", "[::1]:9"]
)
def test_names_that_are_set_are_answered(under, host):
    client = under(hosts=("atlas.example", "*.gov.example", "[::1]"))
    assert client.get("/", headers={"Host": host}).status_code == 200


def test_two_names_at_once_are_none(under):
    under(hosts=("atlas.example",))
    assert secured.is_allowed(["atlas.example"])
    assert not secured.is_allowed(["atlas.example", "evil.example"])
    assert not secured.is_allowed([])


def test_probes_are_answered_under_any_name(under):
    client = under(hosts=("atlas.example",))
    for path in ("/healthz", "/readyz/", "/metrics"):
        assert client.get(path, headers={"Host": "10.0.0.7"}).status_code == 200
    for path in ("/healthzz", "/metrics/x", "/readyz.html", "/healthz%2Fx"):
        assert client.get(path, headers={"Host": "10.0.0.7"}).status_code == 421


def pieces(n, size=10_000):
    return (b"x" * size for _ in range(n))


def test_a_body_is_bounded_whether_or_not_it_says_its_length(under):
    client = under()
    assert client.post("/read", content=b"x" * secured.LARGEST).text == str(secured.LARGEST)
    assert client.post("/read", content=b"x" * (secured.LARGEST + 1)).status_code == 413
    assert client.post("/read", content=pieces(6)).text == "60000"
    assert client.post("/read", content=pieces(7)).status_code == 413
    assert client.put("/_stcore/upload_file/a/b", content=pieces(7)).text == "70000"


@pytest.mark.parametrize("said", ["9" * 400, "70000"])
def test_a_length_that_is_only_said_is_refused_before_anything_is_read(under, said):
    under()
    answer = ask(secured.Secured(behind), "/read", method="POST", content_length=said, host="x")
    assert (answer.status, answer.headers["connection"]) == (413, "close")


def test_a_server_of_several_names_itself_with_the_session(under):
    def cookie(**headers):
        with under(replica="b").websocket_connect("/_stcore/stream", headers=headers) as stream:
            return dict(stream.extra_headers)[b"set-cookie"].decode()

    assert cookie() == "atlas_at=b; Path=/; HttpOnly; SameSite=Lax"
    assert cookie(**{"X-Forwarded-Proto": "https"}).endswith("SameSite=None; Secure; Partitioned")
    with under().websocket_connect("/_stcore/stream") as stream:
        assert b"set-cookie" not in dict(stream.extra_headers or [])


def test_what_breaks_behind_is_counted_and_not_hidden(under):
    under()

    async def broken(scope, receive, send):
        raise RuntimeError("broken")

    before = secured.REQUESTS.times().get(("page", "5xx"))
    with pytest.raises(RuntimeError):
        ask(secured.Secured(broken), "/", host="x")
    after = secured.REQUESTS.times()[("page", "5xx")]
    assert after.count == (before.count if before else 0) + 1


def test_what_is_no_request_passes():
    heard = []

    async def lifespan(scope, receive, send):
        heard.append(scope["type"])

    asyncio.run(secured.Secured(lifespan)({"type": "lifespan"}, None, None))
    assert heard == ["lifespan"]

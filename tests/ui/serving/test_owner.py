"""The token of an address: put into a cookie, taken out of the address, worth nothing elsewhere."""

from __future__ import annotations

import sys

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.serving import owner
from ui.serving.settings import Settings
from ui.shell import personal


@pytest.fixture
def client(monkeypatch):
    monkeypatch.setattr(personal, "token", lambda: "t0ken")
    monkeypatch.setattr(owner, "token", lambda: "t0ken")
    monkeypatch.setattr(owner, "listens_here", lambda: True)
    behind = Route("/{path:path}", lambda _: PlainTextResponse("page"))
    app = Starlette(routes=[behind], middleware=[Middleware(owner.Owners)])
    return TestClient(app, follow_redirects=False)


def test_the_token_goes_into_a_cookie_and_out_of_the_address(client):
    answer = client.get("/explore?i=x&token=t0ken&q=a%26b")
    assert (answer.status_code, answer.headers["location"]) == (303, "/explore?i=x&q=a%26b")
    cookie = answer.headers["set-cookie"]
    assert "=t0ken;" in cookie
    assert all(part in cookie for part in ("HttpOnly", "SameSite=strict"))
    assert answer.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("wrong", ["", "t0keN", "%00", "t0ken&token=x", "%ff%fe", "x" * 5000])
def test_a_wrong_token_is_taken_out_too_and_gives_nothing(client, wrong):
    answer = client.get(f"/?token={wrong}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", ["//evil.test/", "///evil.test", "/%5Cevil.test", "/%0d%0aX: y"])
def test_nobody_is_led_elsewhere(client, path):
    location = client.get(f"http://testserver{path}?token=t0ken").headers["location"]
    assert location.startswith("/")
    assert location[1] not in "/\\"
    assert "\n" not in location


def test_without_a_token_and_on_a_network_everything_passes(client, monkeypatch):
    assert client.get("/?tokens=1").text == "page"
    monkeypatch.setattr(owner, "listens_here", lambda: False)
    assert client.get("/?token=t0ken").text == "page"


def test_the_address_is_printed_only_where_nobody_signs_in(monkeypatch, capsys):
    monkeypatch.setattr(owner, "token", lambda: "t0ken")
    monkeypatch.setattr(owner, "listens_here", lambda: True)
    monkeypatch.setattr(owner, "_is_unconfigured", lambda: False)
    owner.greet()
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(owner, "_is_unconfigured", lambda: True)
    owner.greet()
    assert "/?token=t0ken" in capsys.readouterr().err
    monkeypatch.setattr(owner, "settings", lambda: Settings(json_log=True))
    owner.greet()
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="always has a screen")
def test_a_browser_is_opened_where_there_is_a_screen(monkeypatch):
    opened = []
    monkeypatch.setattr(owner, "listens_here", lambda: True)
    monkeypatch.setattr(owner, "_is_unconfigured", lambda: True)
    monkeypatch.setattr(owner.webbrowser, "open", opened.append)
    monkeypatch.setenv(owner.OPEN_VARIABLE, "1")
    for name in owner.SCREENS:
        monkeypatch.delenv(name, raising=False)
    owner.greet()
    assert not opened
    monkeypatch.setenv("DISPLAY", ":0")
    owner.greet()
    assert len(opened) == 1

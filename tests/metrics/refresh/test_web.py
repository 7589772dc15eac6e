"""Manners: who asks, how slowly, what is obeyed, and what is never taken."""

import gzip
import time
import tomllib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from base.folders import ROOT
from metrics.refresh import CONTACT_VARIABLE, VERSION, Ask, Manners, NotAsked
from metrics.refresh.state import read_state
from metrics.refresh.web import Web
from tests.metrics.refresh.conftest import QUICK
from tests.metrics.refresh.served import cut_off, endless, figures, slow

TWENTY = figures()
OK = (200, {"Content-Type": "text/plain"}, b"good")


@pytest.fixture
def ask(served, tmp_path):
    """Return a function that asks for a path once and gives the body, by the manners given."""

    def call(path="/x", body=None, **manners):
        how = Manners(**({"pause_s": 0, "longest_wait_s": 3, "request_s": 5} | manners))
        with Web(served.address, "atlas@example.vn", how) as web:
            method = "GET" if body is None else "POST"
            came = web.bring(Ask("x", f"{served.address}{path}", method, body), tmp_path / "x")
            assert came.size == (tmp_path / "x").stat().st_size
            return (tmp_path / "x").read_bytes()

    yield call
    assert [path.name for path in Path(tmp_path).glob(".*")] == []


def test_it_says_who_it_is_and_takes_no_cookies(served, ask):
    served.answers["/x"] = (200, {"Set-Cookie": "a=b"}, b"good")
    assert ask() == b"good"
    assert ask(body={"năm": 2026}) == b"good"
    assert served.asked == ["/robots.txt", "/x"] * 2
    assert {one["User-Agent"] for one in served.headers} == {
        f"atlas06/{VERSION} (+atlas@example.vn)"
    }
    assert not [one for one in served.headers if "Cookie" in one]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == VERSION


@pytest.mark.parametrize("given", [None, "", "ai đó", "a@b\r\nX: y", "ftp://a", "x" * 300])
def test_nobody_is_asked_without_somebody_to_write_to(atlas, served, monkeypatch, given):
    monkeypatch.delenv(CONTACT_VARIABLE)
    if given is not None:
        monkeypatch.setenv(CONTACT_VARIABLE, given)
    failed = atlas.refresh()
    assert failed.result == "failed"
    assert CONTACT_VARIABLE in failed.said.vi
    assert served.asked == []


@pytest.mark.parametrize(
    ("robots", "obeyed"),
    [
        ((404, {}, b""), True),
        ((200, {}, b"User-agent: *\nDisallow: /y"), True),
        ((200, {}, b"User-agent: *\nDisallow: /"), False),
        ((200, {}, b"User-agent: atlas06\nDisallow: /x\n\nUser-agent: *\nDisallow:"), False),
        ((403, {}, b""), False),
        ((500, {}, b""), False),
        ((302, {"Location": "http://other.example/robots.txt"}, b""), False),
        ((200, {}, b"x" * (600 << 10)), False),
    ],
)
def test_robots_are_obeyed(served, ask, robots, obeyed):
    served.answers |= {"/robots.txt": robots, "/x": OK}
    if obeyed:
        assert ask() == b"good"
    else:
        with pytest.raises(NotAsked):
            ask()
        assert "/x" not in served.asked


def test_requests_are_as_far_apart_as_wanted(served, tmp_path):
    served.answers |= {"/x": OK, "/robots.txt": (200, {}, b"User-agent: *\nCrawl-delay: 1")}
    began = time.monotonic()
    with Web(served.address, "atlas@example.vn", Manners(pause_s=0.2)) as web:
        for _ in range(2):
            web.bring(Ask("x", f"{served.address}/x"), tmp_path / "x")
    assert time.monotonic() - began >= 2


def later(seconds):
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize("after", ["1", lambda: later(2), "nonsense", "-5", None])
def test_a_source_that_is_busy_is_asked_again_when_it_wants(served, ask, after):
    when = after() if callable(after) else after
    headers = {} if when is None else {"Retry-After": when}
    served.answers["/x"] = [(429, headers, b""), (503, {}, b""), OK]
    assert ask() == b"good"
    assert served.asked.count("/x") == 3


@pytest.mark.parametrize("after", ["3600", lambda: later(3600)])
def test_one_that_wants_to_be_left_alone_for_long_is_left_alone(atlas, served, after):
    served.pages(TWENTY, TWENTY)
    when = after() if callable(after) else after
    served.answers["/page-2.json"] = (429, {"Retry-After": when}, b"")
    failed = atlas.refresh()
    assert failed.result == "failed"
    assert timedelta(minutes=55) < failed.due - datetime.now(UTC) < timedelta(minutes=65)
    assert served.asked.count("/page-2.json") == 1
    # What came is kept, and not asked for again.
    served.pages(TWENTY, {"001": 1.0, "019": 2.0})
    assert atlas.refresh().result == "stored"
    assert served.asked == ["/robots.txt", "/page-2.json"]


def test_busy_without_end_is_given_up(served, ask):
    served.answers["/x"] = (429, {}, b"")
    with pytest.raises(NotAsked, match="HTTP 429"):
        ask()
    assert served.asked.count("/x") == 3


@pytest.mark.parametrize("status", [401, 403, 451])
def test_who_says_no_is_asked_once_and_then_much_later(atlas, served, status):
    served.answers["/page-1.json"] = (status, {}, b"no")
    refused = atlas.refresh()
    assert (refused.result, served.asked.count("/page-1.json")) == ("forbidden", 1)
    first = refused.due - datetime.now(UTC)
    second = atlas.refresh().due - datetime.now(UTC)
    assert timedelta(hours=23) < first < timedelta(hours=25) < second < timedelta(hours=49)
    assert read_state(atlas.folder).failures == 2


@pytest.mark.parametrize(
    "answer",
    [
        endless,
        (200, {"Content-Encoding": "gzip"}, gzip.compress(b"0" * (8 << 20))),
        (200, {"Content-Encoding": "br"}, b"\x00"),
        (200, {"Content-Encoding": "gzip, gzip"}, gzip.compress(gzip.compress(b"good"))),
        (200, {"Content-Encoding": "gzip"}, b"no gzip"),
        (200, {"Content-Encoding": "gzip"}, gzip.compress(b"good")[:-4]),
        (200, {"Content-Length": 5 << 20}, b""),
        (204, {}, b""),
        (404, {}, b"no"),
        cut_off(b"half", 1000),
        (302, {"Location": "http://other.example/x"}, b""),
        (302, {"Location": "https://127.0.0.1/x"}, b""),
        (302, {"Location": "file:///etc/passwd"}, b""),
        (302, {"Location": "//user@127.0.0.1/x"}, b""),
        (302, {"Location": "http://[x/"}, b""),
        (200, {"Content-Encoding": "gzip"}, gzip.compress(b"good") + gzip.compress(b"good")[:-4]),
        (200, {"Content-Encoding": "gzip"}, gzip.compress(b"0" * (1 << 19)) * 3),
        (302, {"Location": "/x"}, b""),
    ],
)
def test_what_is_too_much_damaged_or_elsewhere_is_not_taken(served, ask, tmp_path, answer):
    served.answers["/x"] = answer
    with pytest.raises(NotAsked):
        ask(reply_bytes=1 << 20, tries=2)
    assert not (tmp_path / "x").exists()


def test_slow_is_not_waited_for_without_end(served, ask):
    served.answers["/x"] = slow
    began = time.monotonic()
    with pytest.raises(NotAsked, match="timeout"):
        ask(request_s=0.3, tries=2)
    assert time.monotonic() - began < 5
    with pytest.raises(NotAsked):
        ask(request_s=60, run_s=0.4, tries=3)


def test_what_is_packed_and_what_has_moved_within_the_host_is_taken(served, ask):
    served.answers |= {
        "/x": (302, {"Location": "/y"}, b""),
        "/y": (200, {"Content-Encoding": "gzip"}, gzip.compress(b"good")),
    }
    assert ask() == b"good"
    # Packed in parts, it is the whole of them.
    parts = gzip.compress(b"go") + gzip.compress(b"od")
    served.answers["/x"] = (200, {"Content-Encoding": "gzip"}, parts)
    assert ask() == b"good"
    served.answers["/x"] = (302, {"Location": "/y"}, b"")
    with pytest.raises(NotAsked, match="302"):
        ask(body={})


def test_no_other_host_and_nothing_but_the_web_is_asked(served, tmp_path):
    with Web(served.address, "atlas@example.vn", QUICK) as web:
        for address in ("http://other.example/", "ftp://127.0.0.1/", "http://[", "http://a b/"):
            with pytest.raises(NotAsked):
                web.bring(Ask("x", address), tmp_path / "x")
    assert served.asked == []


def test_a_password_in_an_address_is_not_told(tmp_path):
    with pytest.raises(NotAsked) as error:
        Web("http://me:secret@a.example/\x1b[1m", "atlas@example.vn", QUICK)
    told = error.value.say("en")
    assert "a.example" in told
    assert "secret" not in told
    assert told.isprintable()


def test_a_proxy_of_the_environment_is_used(served, tmp_path, monkeypatch):
    monkeypatch.setenv("http_proxy", served.address)
    monkeypatch.setenv("no_proxy", "")
    served.answers |= {"http://a.example/x": OK, "http://a.example/robots.txt": (404, {}, b"")}
    with Web("http://a.example", "atlas@example.vn", QUICK) as web:
        web.bring(Ask("x", "http://a.example/x"), tmp_path / "x")
    assert served.asked == ["http://a.example/robots.txt", "http://a.example/x"]


def test_a_status_that_says_too_much_is_kept_only_where_less_can_be_asked(served, tmp_path):
    served.answers["/x"] = (403, {}, b"Too many cells")
    address = f"{served.address}/x"
    with Web(served.address, "atlas@example.vn", QUICK) as web:
        came = web.bring(Ask("x", address, too_much=(403,)), tmp_path / "x")
        assert (came.status, (tmp_path / "x").read_bytes()) == (403, b"Too many cells")
        with pytest.raises(NotAsked):
            web.bring(Ask("y", address), tmp_path / "y")

"""What is new over HTTP: a feed, the same for programs, a calendar."""

import feedparser
import pytest

from metrics.store import current_store, ensure_store
from tests.metrics.made_up import row, write
from tests.metrics.stores import HANOI, QUANG_BINH, ROWS, of_user, put
from ui.serving import published

FEED = "/updates.atom"


@pytest.fixture
def changing(api, tmp_path, monkeypatch):
    """Return a function that imports rows into a store that the API reads."""
    places = {"home": tmp_path / "var", "data_dir": write(tmp_path / "data", ROWS)}
    ensure_store(**places)
    monkeypatch.setattr(published, "current_store", lambda: current_store(**places))

    def build(*rows, **fields):
        put(places, of_user("u", **fields), *rows)
        return api

    return build


def test_a_feed_is_answered_until_something_changes(changing):
    api = changing(row("days", HANOI, 4))
    first = api(FEED)
    assert first.status == 200
    assert first.headers["content-type"].startswith("application/atom+xml")
    assert len(feedparser.parse(first.body).entries) == 1
    assert api(FEED, if_none_match=first.headers["etag"]).status == 304
    changing(row("days", HANOI, 5))
    again = api(FEED, if_none_match=first.headers["etag"])
    assert again.status == 200
    assert len(feedparser.parse(again.body).entries) == 2


def test_programs_get_the_same_with_both_values(changing):
    changing(row("days", HANOI, 4), row("days", QUANG_BINH, 9))
    api = changing(row("days", HANOI, 3), row("days", QUANG_BINH, 9))
    told = api("/updates.json?indicator=days&lang=en").json
    assert told["total"] == 2
    [change] = told["items"][0]["changes"]
    assert (change["kind"], change["area_code"]) == ("revised", HANOI)
    assert (change["before"]["value"], change["after"]["value"]) == (4, 3)
    assert change["after"]["origin_id"] == "ministry"
    assert api("/updates.json?place=44&edition=2024").json["total"] == 1
    assert api("/updates.json?place=44").json["total"] == 0
    assert api("/updates.json?indicator=days&below=4").json["total"] == 1


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("below=80", 400),
        ("indicator=days&below=eighty", 400),
        ("indicator=days&below=1e400", 400),
        ("indicator=nothing", 400),
        ("place=zz", 400),
        ("domain=']]>", 400),
        ("indicator=days&below=80&above=90", 200),
    ],
)
def test_what_cannot_be_asked_is_told(changing, asked, status):
    told = changing(row("days", HANOI, 4))(f"{FEED}?{asked}")
    assert told.status == status


def test_private_figures_leave_by_no_format(changing):
    api = changing(row("days", HANOI, 77.125), private=True, team="x")
    assert b"77.125" not in api("/updates.json").body
    assert api("/updates.json").json["total"] == 0
    assert feedparser.parse(api(FEED).body).entries == []


def test_the_calendar_is_one(api):
    told = api("/calendar.ics")
    assert told.headers["content-type"].startswith("text/calendar")
    assert told.body.startswith(b"BEGIN:VCALENDAR")

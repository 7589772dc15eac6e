"""How recent figures are, for programs: what is stated, and a verdict only then."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from metrics.store import current_store
from metrics.store.store import HOME_VARIABLE
from tests.refreshed import FIRST, INDICATOR, ask, describe
from ui.serving import published


@pytest.fixture
def refreshed(api, tmp_path, monkeypatch):
    """A store that a source of everybody has filled; the API over it, and its folder."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    monkeypatch.setattr(published, "current_store", current_store)
    describe(tmp_path)
    assert ask(tmp_path, FIRST) == "stored"
    return api, tmp_path


def test_each_indicator_says_what_is_known_and_no_more(refreshed):
    api, home = refreshed
    told = {one["indicator_id"]: one for one in api("/freshness?limit=1000").json["items"]}
    ours, other = told[INDICATOR], told["index766-total"]
    assert (ours["newest"], ours["every"], ours["stated_by"]) == ("2026-10-31", "month", "source")
    assert (ours["source_id"], ours["late"]) == ("tried", False)
    assert ours["expected"] > "2026"
    assert (other["every"], other["stated_by"], other["expected"], other["late"]) == (None,) * 4
    one = api(f"/indicators/{INDICATOR}")
    assert one.json["freshness"]["source_id"] == "tried"
    listed = api("/indicators?limit=1000").json["freshness"]
    assert listed[INDICATOR] == one.json["freshness"]
    assert api(f"/indicators/{INDICATOR}", if_none_match=one.headers["etag"]).status == 304

    # What the source said last lies far behind: the answer is another, though no figure is.
    state = home / "refresh" / "tried" / "state.json"
    record = json.loads(state.read_text())
    record["new"] = (datetime.now(UTC) - timedelta(days=90)).isoformat()
    state.write_text(json.dumps(record))
    again = api(f"/indicators/{INDICATOR}", if_none_match=one.headers["etag"])
    assert (again.status, again.json["freshness"]["late"]) == (200, True)
    assert [one["indicator_id"] for one in api("/freshness?late=1").json["items"]] == [INDICATOR]
    assert b"SUMMARY:" in api(f"/calendar.ics?indicator={INDICATOR}").body

    describe(home, private=True, team="so-thu")
    assert b"tried" not in api("/freshness?limit=1000").body
    assert b"VEVENT" not in api(f"/calendar.ics?indicator={INDICATOR}").body

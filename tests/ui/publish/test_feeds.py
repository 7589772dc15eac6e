"""Feeds of the folder: whole addresses within it, of what has changed; a calendar."""

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from metrics.store import current_store, ensure_store
from tests.metrics.made_up import row, write
from tests.metrics.stores import HANOI, of_user, put
from tests.ui.publish.small import BASE, LIVE
from ui.publish import feeds
from ui.publish.planned import planned

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """What is written of a store that an import has changed, in Vietnamese."""
    folder = tmp_path_factory.mktemp("changed")
    data = write(folder / "data", [row("rate", HANOI, 20, edition="2025")])
    places = {"home": folder / "var", "data_dir": data}
    ensure_store(**places)
    put(places, of_user("u"), row("days", HANOI, 4, edition="2025"))
    store = current_store(**places)
    site = planned(
        store, ("rate", "days", "2025:01"), base=BASE, live=LIVE, frozen=date(2026, 1, 2)
    )
    return site, store, dict(feeds.write(site, store, "vi"))


def test_there_is_a_feed_of_everything_and_of_what_has_changed(written):
    _, _, files = written
    assert set(files) == {
        "feeds/all.atom",
        "feeds/indicators/days.atom",
        "feeds/places/2025/01.atom",
        "feeds/calendar.ics",
    }
    assert files["feeds/calendar.ics"].startswith(b"BEGIN:VCALENDAR")


def test_addresses_are_whole_and_of_the_folder(written):
    feed = ElementTree.fromstring(written[2]["feeds/indicators/days.atom"])
    ways = {one.get("rel"): one.get("href") for one in feed.findall(f"{ATOM}link")}
    assert ways["self"] == f"{BASE}feeds/indicators/days.atom"
    entry = feed.find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}link").get("href").startswith(f"{BASE}updates.html#u-")
    assert f'href="{BASE}maps/days/2025-province.html' in entry.find(f"{ATOM}content").text


def test_without_an_address_there_is_no_feed(written):
    site, store, _ = written
    assert set(dict(feeds.write(replace(site, base=""), store, "en"))) == {"en/feeds/calendar.ics"}

"""Feeds: what RFC 4287 requires, the same ids for the same imports, nothing private."""

import re
from datetime import datetime
from uuid import UUID
from xml.etree import ElementTree

import feedparser
import pytest

from metrics.store import current_store
from metrics.updates import Scope, updates
from tests.metrics.made_up import row
from tests.metrics.stores import HANOI, QUANG_BINH, of_user, put
from tests.ui.hostile import HOSTILE, SCRIPT
from ui.updates import feed_bytes
from ui.updates.entry import entry_html
from ui.updates.feed import fit

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://atlas.test/"


def written(store, lang="vi", **scope):
    return feed_bytes(store, Scope(**scope), lang, at=lambda href: BASE + href)


def check(feed):
    """Check by the elements that RFC 4287 requires (sections 4.1.1, 4.1.2) and how often."""
    root = ElementTree.fromstring(feed)
    assert root.tag == f"{ATOM}feed"
    assert root.find(f"{ATOM}author/{ATOM}name").text
    ids = []
    for one in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(one.findall(f"{ATOM}{name}")) == 1
            assert one.find(f"{ATOM}{name}").text.strip()
        ids.append(one.find(f"{ATOM}id").text)
        UUID(ids[-1].removeprefix("urn:uuid:"))
        assert datetime.fromisoformat(one.find(f"{ATOM}updated").text).tzinfo
        alternates = [
            (link.get("type"), link.get("hreflang"))
            for link in one.findall(f"{ATOM}link")
            if link.get("rel", "alternate") == "alternate"
        ]
        assert len(alternates) == len(set(alternates)) == 1
    assert len(ids) == len(set(ids))
    assert sum(link.get("rel") == "self" for link in root.findall(f"{ATOM}link")) == 1
    parsed = feedparser.parse(feed)
    assert not parsed.bozo
    assert parsed.version == "atom10"
    return parsed


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    "scope",
    [
        {},
        {"indicator": "days"},
        {"domain": "identity"},
        {"edition": "2024", "place": HANOI},
        {"indicator": "days", "below": 5.0},
    ],
    ids=str,
)
def test_every_feed_is_valid_and_says_what_it_is_of(twice, lang, scope):
    parsed = check(written(twice, lang, **scope))
    assert parsed.feed.language == lang
    assert parsed.entries
    times = [entry.updated for entry in parsed.entries]
    assert times == sorted(times, reverse=True)
    assert parsed.feed.updated == times[0]


def test_an_empty_feed_is_valid(changed):
    parsed = check(written(changed()))
    assert parsed.entries == []


def test_both_values_and_the_source_are_told(twice):
    entry = check(written(twice, "en")).entries[0]
    text = re.sub("<[^>]*>", "", entry.content[0].value)
    assert "4 ngày revised to 3 ngày" in text
    assert "9 ngày withdrawn" in text
    assert "Bộ Thử nghiệm" in text
    assert "rate" not in text
    assert entry.title == "1 revised figure, 1 withdrawn figure – days"


def test_one_change_is_told_in_the_title(changed):
    store = changed([row("days", HANOI, 38.55)], [row("days", HANOI, 37)])
    title = check(written(store)).entries[0].title
    assert title.startswith("days: Thành phố Hà Nội, ")
    assert title.endswith("38,55 ngày sửa thành 37 ngày")


def test_ids_and_times_stay_when_more_comes(twice, places):
    before = {e.id: (e.updated, e.title) for e in check(written(twice)).entries}
    put(places, of_user("later"), row("days", QUANG_BINH, 1))
    after = {e.id: (e.updated, e.title) for e in check(written(current_store(**places))).entries}
    assert before.items() < after.items()
    assert written(twice) == written(twice)


def test_feeds_of_different_things_have_different_ids(twice):
    scopes = ({}, {"indicator": "days"}, {"indicator": "days", "below": 5.0})
    feeds = [check(written(twice, **scope)) for scope in scopes]
    assert len({feed.feed.id for feed in feeds}) == 3
    assert len({feed.entries[0].id for feed in feeds}) == 3


def test_a_private_dataset_leaves_by_no_feed(changed, places):
    secret = [row("days", HANOI, 77.125), row("days", QUANG_BINH, 78.125)]
    store = changed(secret, private=True, team="x")
    assert check(written(store)).entries == []
    # Published for a while, and private again.
    put(places, of_user("u", team="x"), *secret)
    assert "77,125" in written(current_store(**places)).decode()
    put(places, of_user("u", team="x", private=True), *secret)
    for scope in ({}, {"indicator": "days"}, {"edition": "2024", "place": HANOI}):
        told = written(current_store(**places), **scope).decode()
        assert "77" not in told
        assert "<entry" not in told


CONTROLS = "a\x00b\x0bc\x1b[31m\ufffe\ud800 ]]> &amp; <b>"


def test_what_xml_cannot_hold_is_left_out():
    assert ElementTree.fromstring(f"<a>{fit('x' + chr(0) + chr(0xD800) + chr(0xFFFE))}</a>").text


def test_hostile_words_stay_words(changed, monkeypatch):
    store = changed([row("days", HANOI, 1), row("days", QUANG_BINH, 2)])
    short = store.catalog.indicators["days"].short
    for bad in (CONTROLS, HOSTILE, SCRIPT, "]]>" * 50):
        monkeypatch.setitem(short.__dict__, "vi", bad)
        monkeypatch.setitem(store.catalog.indicators["days"].title.__dict__, "vi", bad)
        parsed = check(written(store, indicator="days"))
        assert "<script" not in parsed.entries[0].content[0].value
        assert "<img" not in parsed.entries[0].content[0].value


def test_a_large_import_is_one_readable_entry(changed):
    from geo.editions import areas  # noqa: PLC0415

    codes = [place.code for place in areas("2024") if str(place.level) == "district"]
    store = changed([row("days", code, at) for at, code in enumerate(codes)])
    [entry] = check(written(store, "en")).entries
    assert entry.content[0].value.count("<li>") == 40
    assert f"and {len(codes) - 40} more" in entry.content[0].value


def test_however_many_indicators_change_an_entry_has_its_length(changed, monkeypatch):
    monkeypatch.setattr("ui.updates.entry.LEAST_OF_ONE", 1)
    store = changed(
        [row(id_, code, 1) for id_ in ("days", "people") for code in (HANOI, "79", "48")]
    )
    [update] = updates(store, Scope(), 1)
    text = entry_html(store, update, "en", str, most=2)
    assert text.count("<li>") == 2
    assert text.count("and 2 more") == 2


def test_statuses_and_dates_are_told_in_words(changed):
    before = [row("named", HANOI, category="begun"), row("since", HANOI, category="2024-05-01")]
    after = [row("named", HANOI, category="done"), row("since", HANOI, category="2024-06-01")]
    text = check(written(changed(before, after))).entries[0].content[0].value
    assert "đang sửa thành xong" in text
    assert "01/05/2024 sửa thành 01/06/2024" in text


def test_what_the_catalogue_no_longer_knows_is_told_by_its_id(changed, monkeypatch):
    store = changed([row("named", HANOI, category="begun")])
    indicator = store.catalog.indicators["named"]
    monkeypatch.setitem(indicator.__dict__, "categories", indicator.categories[:1])
    assert check(written(store)).entries


def test_figures_that_are_said_not_to_exist_are_told_as_such(changed):
    store = changed(
        [row("days", HANOI, 4)], [row("days", HANOI, "", state="not_applicable", qualifier="")]
    )
    assert "4 ngày sửa thành không có số" in check(written(store)).entries[0].title

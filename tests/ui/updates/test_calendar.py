"""The calendar: read back by another parser, with nothing that no source states."""

from datetime import date

import pytest
import vobject

from metrics.updates import Scope
from tests.metrics.made_up import row
from tests.metrics.stores import HANOI, QUANG_BINH
from tests.ui.hostile import HOSTILE
from ui.updates import calendar_bytes

BASE = "https://atlas.test/"


def read(store, lang="vi", **scope):
    told = calendar_bytes(store, Scope(**scope), lang, at=lambda href: BASE + href)
    assert all(len(line) <= 75 for line in told.split(b"\r\n"))
    assert b"\n" not in told.replace(b"\r\n", b"")
    calendar = vobject.readOne(told.decode())
    assert calendar.version.value == "2.0"
    assert calendar.prodid.value
    return calendar


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_is_expected_is_there_with_the_words_of_the_source(changed, lang):
    events = read(changed(), lang).vevent_list
    assert len(events) == 12
    assert len({event.uid.value for event in events}) == 12
    first = events[0]
    assert first.dtstart.value == date(2026, 11, 15)
    assert first.dtend.value == date(2026, 11, 16)
    assert "báo cáo trước ngày 15 hằng tháng" in first.description.value
    assert first.url.value.startswith(BASE)
    assert first.dtstamp.value.tzinfo


def test_an_indicator_without_a_rhythm_is_not_in_it(changed):
    store = changed([row("days", HANOI, 1), row("days", QUANG_BINH, 2)])
    names = {event.summary.value for event in read(store).vevent_list}
    assert all("monthly" in name for name in names)
    assert "vevent" not in read(store, indicator="days").contents


def test_of_the_shipped_figures_nothing_is_expected_that_no_source_states(shipped):
    assert "vevent" not in read(shipped).contents
    assert "không nguồn nào" in read(shipped).contents["x-wr-caldesc"][0].value


def test_hostile_words_make_no_line_of_their_own(changed, monkeypatch):
    store = changed()
    bad = f"{HOSTILE}\r\nEND:VEVENT\x07;,\\"
    monkeypatch.setitem(store.catalog.indicators["monthly"].short.__dict__, "vi", bad)
    events = read(store).vevent_list
    assert len(events) == 12
    assert "END:VEVENT" in events[0].summary.value


def test_it_is_the_same_for_the_same_figures(changed):
    store = changed()
    first, again = (calendar_bytes(store, Scope(), "vi", at=str) for _ in range(2))
    assert first == again

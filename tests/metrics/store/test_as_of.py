"""The moment that figures are asked for, as people write it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from base.words import LANGS, Refusal
from metrics.people import VISITOR, seen_by
from metrics.store import (
    Figure,
    clock_behind,
    current_store,
    ensure_store,
    read_as_of,
    stamps,
    vintages,
)
from tests.metrics.made_up import row
from tests.metrics.stores import HANOI, of_user, put

NOW = datetime(2026, 10, 10, 20, tzinfo=UTC)  # the 11th in Viet Nam


@pytest.mark.parametrize(
    ("given", "stamp"),
    [
        ("2026-10-01", "2026-10-01T16:59:59.999999+00:00"),
        (" 2026-10-11 ", "2026-10-11T16:59:59.999999+00:00"),
        ("2026-10-01T09:30", "2026-10-01T02:30:00.000000+00:00"),
        ("2026-10-01T09:30:01.5Z", "2026-10-01T09:30:01.500000+00:00"),
        ("2026-10-01T09:30+07:00", "2026-10-01T02:30:00.000000+00:00"),
    ],
)
def test_a_day_is_its_end_in_viet_nam(given, stamp):
    assert read_as_of(given, NOW) == stamp


@pytest.mark.parametrize(
    "given",
    [
        *("", "x", "2026", "2026-10", "20261001", "2026-W40-4", "2026-02-30", "2026-10-01 09:30"),
        *("2026-10-01T25:00", "2026-10-01T09:30 07:00", "٢٠٢٦-10-01", "1999-12-31", "0001-01-01"),
        *("2026-10-12", "2026-10-10T20:00:01Z", "9999-12-31", "2026-10-01T09:30+25:00", "9" * 99),
    ],
)
def test_what_is_none_is_refused_with_what_is_allowed(given):
    with pytest.raises(Refusal) as caught:
        read_as_of(given, NOW)
    for lang in LANGS:
        said = caught.value.say(lang)
        assert "2000-01-01" in said
        assert "2026-10-11" in said


class _Clock(datetime):
    at = NOW

    @classmethod
    def now(cls, tz=None):
        return cls.at


def test_it_is_said_why():
    for given, why in (("2026-10-12", "as_of_late"), ("1999-12-31", "as_of_early")):
        with pytest.raises(Refusal) as caught:
            read_as_of(given, NOW)
        assert caught.value.key == f"store.{why}"


def test_the_vintages_of_a_figure_are_told_in_order(engine, places, monkeypatch):
    monkeypatch.setattr(stamps, "datetime", _Clock)
    ensure_store(**places)
    days = Figure(
        *("days", "result", "2024", "province", HANOI),
        *(date(2024, 12, 31), date(2024, 12, 31), "instant"),
    )
    put(places, of_user("a"), row("days", HANOI, 38.55))
    put(places, of_user("a"), row("days", HANOI, 37))
    put(places, of_user("a"), row("days", HANOI, 37, note="the same figure"))
    put(places, of_user("b", supersedes="a"), row("days", HANOI, 36))
    put(places, of_user("b", supersedes="a", withdrawn=True), row("days", HANOI, 36))
    put(places, of_user("p", private=True, team="x"), row("days", HANOI, 1))
    store = current_store(**places)
    made = [*store.writes(), ""]
    found = vintages(store, days)
    listed = found[["value", "dataset", "known_from", "known_until"]].to_numpy().tolist()
    assert listed == [
        [38.55, "a", made[1], made[2]],
        [37.0, "a", made[2], made[4]],
        [36.0, "b", made[4], made[5]],
        [37.0, "a", made[5], ""],
        [1.0, "p", made[6], ""],
    ]
    visitor = seen_by(store, VISITOR)
    assert vintages(visitor, days)["value"].tolist() == [38.55, 37, 36, 37]
    assert vintages(visitor.at(made[2]), days)["known_until"].tolist() == [made[2], ""]
    # Days between two writes share one store, and the last is the store itself.
    assert store.at(made[6]) is store
    assert store.at(made[2]) is store.at(made[2])
    assert store.at("2001-01-01").observations().empty
    last = datetime.fromisoformat(made[-2])
    assert clock_behind(store, last - timedelta(hours=23)) is None
    assert clock_behind(store, last - timedelta(hours=25)) is not None

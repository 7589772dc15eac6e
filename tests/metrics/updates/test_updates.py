"""What is new, read from the log: of an indicator, a theme, a place, beyond a threshold."""

from datetime import date

import pytest

from metrics.store import current_store, ensure_store
from metrics.updates import Scope, expected, imports, updates
from tests.metrics import made_up
from tests.metrics.made_up import row, write
from tests.metrics.stores import HANOI, QUANG_BINH, of_user, put


def value_of(row):
    return row and row["value"]


@pytest.fixture
def told(places):
    """Return a function from imports and a scope to what is told of each."""

    def build(*imports, **scope):
        ensure_store(**places)
        if not len(current_store(**places).changes()):
            for rows in imports:
                put(places, of_user("u"), *rows)
        found = updates(current_store(**places), Scope(**scope), 50)
        return [
            [
                (one.kind, one.indicator.id, one.area, value_of(one.before), value_of(one.after))
                for one in update.changes
            ]
            for update in found
        ]

    return build


FIRST = [row("days", HANOI, 4), row("days", QUANG_BINH, 9), row("place", HANOI, 2)]
SECOND = [row("days", HANOI, 3), row("place", HANOI, 2)]


def test_the_newest_import_comes_first_with_what_was_and_is(engine, told):
    assert told(FIRST, SECOND) == [
        [("revised", "days", HANOI, 4.0, 3.0), ("withdrawn", "days", QUANG_BINH, 9.0, None)],
        [
            ("new", "days", HANOI, None, 4.0),
            ("new", "days", QUANG_BINH, None, 9.0),
            ("new", "place", HANOI, None, 2.0),
        ],
    ]


def test_of_an_indicator_and_a_place_only_their_own_are_told(told):
    assert [len(one) for one in told(FIRST, SECOND, indicator="place")] == [1]
    found = told(FIRST, SECOND, edition="2024", place=QUANG_BINH)
    assert [line[0] for one in found for line in one] == ["withdrawn", "new"]
    # The same code on another map is another place.
    assert told(FIRST, SECOND, edition="2025", place=QUANG_BINH) == []


def test_a_threshold_tells_what_is_known_to_be_beyond_it_now(engine, told):
    assert told(FIRST, SECOND, indicator="days", below=4) == [
        [("revised", "days", HANOI, 4.0, 3.0)]
    ]
    assert told(FIRST, SECOND, indicator="days", above=8.5) == [
        [("new", "days", QUANG_BINH, None, 9.0)]
    ]


@pytest.mark.parametrize(
    ("value", "qualifier", "below", "above"),
    [
        (79, "exact", True, False),
        (80, "exact", False, False),
        (75, "over", False, False),
        (75, "under", True, False),
        (79, "about", False, False),
        (90, "at_least", False, True),
        (90, "at_most", False, False),
        (90, "nearly", False, False),
    ],
)
def test_what_may_be_on_either_side_of_a_threshold_is_not_told(
    told, value, qualifier, below, above
):
    known = [row("days", HANOI, value, qualifier=qualifier)]
    assert bool(told(known, indicator="days", below=80)) is below
    assert bool(told(known, indicator="days", above=80)) is above


def test_a_target_is_no_figure_beyond_a_threshold(told):
    assert told([row("days", HANOI, 10, role="target")], indicator="days", below=80) == []


def test_a_later_reading_that_is_preferred_is_a_revision(engine, told):
    one, other = row("trusted", HANOI, 38.55, origin="press"), row("trusted", HANOI, 37)
    assert told([one], [one, other])[0] == [("revised", "trusted", HANOI, 38.55, 37.0)]


def test_a_later_reading_that_nothing_prefers_stands_beside(told):
    one, other = row("days", HANOI, 38.55, origin="press"), row("days", HANOI, 37)
    assert told([one], [one, other])[0] == [("also", "days", HANOI, 38.55, 37.0)]


def test_a_scope_is_named_alike_whatever_goes_without_saying():
    assert Scope(edition="2025").key == Scope().key == ""
    assert Scope(indicator="a", below=80.0).key == "indicator=a&below=80"


def stated(**rhythm):
    words = made_up.text("báo cáo trước ngày 15 hằng tháng")
    return {"every": "month", "origin": "ministry", "wording": words} | rhythm


def expecting(tmp_path, rhythm, rows):
    made = [made_up.indicator("rate", **({"rhythm": rhythm} if rhythm else {}))]
    data = write(tmp_path / "data", rows, made)
    return expected(ensure_store(home=tmp_path / "var", data_dir=data), Scope())


MONTH = {"grain": "month", "period_end": "2026-09-30"}


def test_what_is_expected_follows_the_newest_period(tmp_path):
    found = expecting(tmp_path, stated(days=15), [row("rate", HANOI, 1, **MONTH)])
    assert len(found) == 12
    first = found[0]
    assert (first.start, first.end, first.day) == (
        date(2026, 10, 1),
        date(2026, 10, 31),
        date(2026, 11, 15),
    )
    assert first.is_stated
    assert (found[4].start, found[4].end) == (date(2027, 2, 1), date(2027, 2, 28))


@pytest.mark.parametrize(
    ("every", "end", "next_end"),
    [("quarter", "2026-09-30", date(2026, 12, 31)), ("year", "2025-12-31", date(2026, 12, 31))],
)
def test_quarters_and_years_are_expected_too(tmp_path, every, end, next_end):
    rows = [row("rate", HANOI, 1, grain=every, period_end=end, period_start=f"{end[:4]}-01-01")]
    if every == "quarter":
        rows[0]["period_start"] = "2026-07-01"
    found = expecting(tmp_path, stated(every=every), rows)
    assert found[0].end == found[0].day == next_end
    assert not found[0].is_stated


def test_without_a_stated_rhythm_nothing_is_expected(tmp_path):
    monthly = [row("rate", HANOI, 1, **MONTH | {"period_end": f"2026-0{m}-30"}) for m in (4, 6, 9)]
    assert expecting(tmp_path, None, monthly) == ()


def test_a_rhythm_of_periods_that_there_are_no_figures_of_expects_nothing(tmp_path):
    assert expecting(tmp_path, stated(), [row("rate", HANOI, 1)]) == ()


def test_of_many_changes_the_first_are_told_and_all_are_counted(engine, places):
    ensure_store(**places)
    put(places, of_user("u"), *(row("days", code, 1) for code in ("01", "44", "46", "48")))
    put(places, of_user("u"), row("days", "01", 2))
    store = current_store(**places)
    assert len(imports(store, Scope())) == 2
    [older] = updates(store, Scope(), 5, first=1, lines=3)
    [group] = older.groups
    assert (len(group.changes), group.left_off, older.counts["new"]) == (3, 1, 4)
    assert updates(store, Scope(), 5, first=2) == ()

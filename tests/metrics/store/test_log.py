"""What imports have changed: logged with the generation, by both databases, published alone."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from metrics.backup import back_up, restore
from metrics.people import LOCAL, VISITOR, seen_by
from metrics.store import current_store, ensure_store, log, stamps
from tests.metrics.made_up import row, write
from tests.metrics.stores import HANOI, QUANG_BINH, ROWS, of_user, put, run

SIDES = ("before_value", "after_value")


def told(places, *more, store=None):
    rows = (store or current_store(**places)).changes()
    names = ("kind", "indicator", "area", *SIDES, *more)
    return [tuple(None if v != v else v for v in line) for line in rows[list(names)].to_numpy()]


def batches(places):
    return current_store(**places).changes()["batch"].nunique()


def test_the_first_figures_are_no_news(engine, places):
    ensure_store(**places)
    assert told(places) == []


def test_new_revised_and_withdrawn_have_both_values_and_sources(engine, places):
    ensure_store(**places)
    kept, changed, gone, new = (
        row("days", code, 10 + n) for n, code in enumerate(["01", "44", "79", "46"])
    )
    put(places, of_user("a-v1"), *(r | {"origin": "press"} for r in (kept, changed, gone)))
    assert Counter(kind for kind, *_ in told(places)) == {"new": 3}
    again = [kept, changed | {"value": 37}, new]
    put(places, of_user("a-v2", supersedes="a-v1"), *again)
    last = [
        line for line in told(places, "number", "before_origin", "after_origin") if line[5] == 2
    ]
    # Nothing of the one that says the same in another source.
    assert sorted(line[:5] + line[6:] for line in last) == [
        ("new", "days", "46", None, 13.0, None, "ministry"),
        ("revised", "days", "44", 11.0, 37.0, "press", "ministry"),
        ("withdrawn", "days", "79", 12.0, None, "press", None),
    ]


def test_taking_a_version_back_is_told_as_what_it_is(engine, places):
    ensure_store(**places)
    put(places, of_user("a-v1"), row("days", HANOI, 4))
    put(places, of_user("a-v2", supersedes="a-v1"), row("days", HANOI, 5))
    put(places, of_user("a-v2", supersedes="a-v1", withdrawn=True), row("days", HANOI, 5))
    assert [line[:1] + line[3:] for line in told(places)] == [
        ("revised", 5.0, 4.0),
        ("revised", 4.0, 5.0),
        ("new", None, 4.0),
    ]


def test_refreshing_the_shipped_figures_is_told(engine, places):
    ensure_store(**places)
    write(places["data_dir"], [ROWS[0] | {"value": 37.0}, ROWS[2], row("days", HANOI, 3)])
    ensure_store(**places)
    assert set(told(places)) == {
        ("new", "days", HANOI, None, 3.0),
        ("revised", "rate", HANOI, 33.7, 37.0),
        ("withdrawn", "rate", QUANG_BINH, 40.5, None),
    }
    # The same figures in another order or another file are none.
    write(places["data_dir"], [row("days", HANOI, 3, note="x"), ROWS[2], ROWS[0] | {"value": 37.0}])
    ensure_store(**places)
    assert batches(places) == 1


def test_a_second_source_that_says_something_else_stands_beside_what_is_said(engine, places):
    ensure_store(**places)
    put(
        places,
        of_user("b"),
        ROWS[0] | {"value": 34, "origin": "press"},
        ROWS[1] | {"origin": "press"},
    )
    assert told(places) == [("also", "rate", HANOI, 33.7, 34.0)]


def test_it_outlives_the_generations_that_it_tells_of(engine, places):
    ensure_store(**places)
    for at in range(6):
        put(places, of_user(f"d{at}"), row("days", HANOI, at, period_end=f"202{at}-12-31"))
    assert len(told(places)) == 6
    assert batches(places) == 6


def test_what_is_older_than_stated_goes_with_the_next_import(engine, places, monkeypatch):
    ensure_store(**places)
    put(places, of_user("old"), row("days", HANOI, 1))
    monkeypatch.setattr(log, "KEPT_FOR", timedelta(0))
    put(places, of_user("new"), row("days", QUANG_BINH, 2))
    assert [line[2] for line in told(places)] in ([], [QUANG_BINH])


class _Clock(datetime):
    at = None

    @classmethod
    def now(cls, tz=None):
        return cls.at


def test_a_clock_that_is_set_back_puts_nothing_before_what_came_before(places, monkeypatch):
    ensure_store(**places)
    monkeypatch.setattr(stamps, "datetime", _Clock)
    first = datetime(2026, 12, 1, 10, tzinfo=UTC)
    for id_, hours in (("a", 0), ("b", -2), ("c", -3), ("d", 24 * 400), ("e", 1)):
        _Clock.at = first + timedelta(hours=hours)
        put(places, of_user(id_), row("days", HANOI, 1, period_end=f"20{10 + ord(id_) % 90}-12-31"))
    rows = current_store(**places).changes().drop_duplicates("batch").sort_values("number")
    times = list(rows["time"])
    assert times == sorted(set(times))
    # Even where a year ahead was a wrong clock: what follows came later.
    assert times[-1] == (first + timedelta(days=400, microseconds=1)).isoformat()


def test_more_than_can_be_listed_is_counted(engine, places, monkeypatch):
    ensure_store(**places)
    monkeypatch.setattr(log, "MOST_LISTED", 3)
    codes = ["01", "44", "79", "46", "48"]
    put(places, of_user("a"), *(row("days", code, 1) for code in codes), row("rate", "79", 1))
    rows = current_store(**places).changes()
    assert sorted(zip(rows["indicator"], rows["n"], rows["area"], strict=True)) == [
        ("days", 5, ""),
        ("rate", 1, ""),
    ]
    assert set(rows["after_origin"]) == {"ministry"}
    assert rows["after_value"].isna().all()


def test_what_is_private_is_not_told_and_once_hidden_not_any_more(engine, places):
    ensure_store(**places)
    put(places, of_user("p", private=True, team="x"), row("days", HANOI, 77))
    assert told(places) == []
    put(places, of_user("p", team="x"), row("days", HANOI, 77))
    visitor = seen_by(current_store(**places), VISITOR)
    assert told(places, store=visitor) == [("new", "days", HANOI, None, 77.0)]
    put(places, of_user("p", private=True, team="x"), row("days", HANOI, 77))
    visitor = seen_by(current_store(**places), VISITOR)
    assert told(places, store=visitor) == []
    assert not [b for b in visitor.batches("changes", 10) if b.num_rows]


def test_a_restored_store_keeps_what_was_told_and_tells_what_it_changed(engine, places, tmp_path):
    ensure_store(**places)
    put(places, of_user("a"), row("days", HANOI, 1))
    back_up(tmp_path / "b.zip", **places)
    put(places, of_user("b"), row("days", QUANG_BINH, 2))
    restore(tmp_path / "b.zip", LOCAL, replace=True, **places)
    found = told(places)
    assert ("new", "days", HANOI, None, 1.0) in found
    assert batches(places) in (1, 2)
    # Whose it was is not known any more: it is not shown.
    assert all(line[2] != QUANG_BINH for line in found)
    assert current_store(**places).count("changes") == 3


def test_two_imports_at_once_are_two_lines(engine, places):
    ensure_store(**places)
    script = """
        import sys
        from tests.metrics.stores import put, of_user
        from tests.metrics.made_up import row
        put(places, of_user(sys.argv[1]), row("days", sys.argv[2], 1))
    """
    started = [run(script, places, words=(f"at-once-{c}", c)) for c in ("01", "44", "79")]
    assert [one.wait() for one in started] == [0, 0, 0]
    rows = current_store(**places).changes()
    assert sorted(rows["number"]) == [1, 2, 3]
    assert rows["batch"].nunique() == 3


HOSTILE = "]]>\x07'; DROP TABLE changes; --<script>\u202e"


def test_hostile_words_are_words(engine, places):
    ensure_store(**places)
    odd = row("days", HANOI, 1, period_text=HOSTILE.replace("\x07", ""))
    put(places, replace(of_user("a"), title=HOSTILE), odd)
    assert current_store(**places).changes()["period_text"].iloc[0] == odd["period_text"]


def test_random_changes_are_those_of_plain_python(engine, places):
    ensure_store(**places)
    chance = random.Random(6)
    codes, ends = ("01", "44", "46", "48", "79"), ("2023-12-31", "2024-12-31")
    before = {}
    for turn in range(6):
        after = {
            (code, end): chance.choice([1, 2, 3])
            for code in codes
            for end in ends
            if chance.random() < 0.7
        }
        rows = [
            row("days", code, value, period_end=end, origin=chance.choice(["ministry", "press"]))
            for (code, end), value in after.items()
        ]
        put(places, of_user("r"), *rows)
        expected = Counter(
            (
                "revised"
                if key in before and key in after
                else "new"
                if key in after
                else "withdrawn",
                key[0],
                key[1],
                before.get(key),
                after.get(key),
            )
            for key in before | after
            if before.get(key) != after.get(key)
        )
        rows = current_store(**places).changes()
        rows = rows[rows["number"] == turn + 1] if expected else rows.iloc[:0]
        found = Counter(
            (
                r.kind,
                r.area,
                f"{r.period_end:%Y-%m-%d}",
                None if r.before_value != r.before_value else r.before_value,
                None if r.after_value != r.after_value else r.after_value,
            )
            for r in rows.itertuples()
        )
        assert found == expected
        before = after

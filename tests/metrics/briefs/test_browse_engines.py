"""Pages, pivots and the audit say the same of files and of a database."""

import pandas as pd
import pytest

from geo.editions import EDITION_2024, Level, areas
from metrics.audit import audit
from metrics.briefs import DIMENSIONS, SORTS, Narrowed, count, page, pivot, present
from metrics.people import Actor, Role, seen_by
from metrics.store import ensure_store
from tests.metrics.made_up import row, write
from tests.metrics.stores import HANOI, QUANG_BINH, of_user, put

PARTS = {"numerator": 7, "denominator": 10}
DISTRICTS = areas(EDITION_2024, Level.DISTRICT, QUANG_BINH)
ROWS = [
    row("rate", HANOI, 70.0, **PARTS),
    row("rate", QUANG_BINH, 77.0, note="Số 100% của nguồn", **PARTS),
    row("people", QUANG_BINH, 5, origin="press"),
    row("people", QUANG_BINH, 6, period_end="2023-12-31"),
    *(row("people", area.code, 10, locator=f"tr. {n}") for n, area in enumerate(DISTRICTS)),
    row("people", QUANG_BINH, 7, locator="tr. 2_0"),
    row("named", HANOI, category="done", role="target", period_end="2024-06-30"),
    row("days", HANOI, 3, qualifier="over", period_end="2023-06-30", grain="month"),
]


@pytest.fixture
def store(engine, tmp_path):
    return ensure_store(home=tmp_path / "var", data_dir=write(tmp_path / "data", ROWS))


def test_filters_orders_and_pages(store):
    rows = store.observations()
    for what, n in (
        (Narrowed(), len(ROWS)),
        (Narrowed(text="100% CỦA"), 1),
        (Narrowed(text="2_0"), 1),
        (Narrowed(text="QUẢNG TRẠCH"), 1),
        (Narrowed(edition=EDITION_2024, place=QUANG_BINH), 4 + len(DISTRICTS)),
        (Narrowed(least=70, most=77), 2),
        (Narrowed(role="target"), 1),
    ):
        assert count(store, what) == n, what
    for sort in SORTS:
        whole = page(store, Narrowed(), sort, size=100)
        parts = [page(store, Narrowed(), sort, at, size=5) for at in range(1, 5)]
        pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), whole)
        assert sorted(whole["locator"]) == sorted(rows["locator"])
    assert pd.isna(page(store, Narrowed(), "largest", size=100)["value"].iloc[-1])
    assert present(store)["year"] == (2023, 2024)


def test_pivots_count_every_row_once(store):
    for by in DIMENSIONS:
        found = pivot(store, Narrowed(), (by, "year"))
        assert sum(cell["n"] for cell in found.cells.values()) == len(ROWS), by
        assert found.columns == ("2024", "2023")
    periods = pivot(store, Narrowed(), ("period", "level")).rows
    assert periods[0] == "2024-12-31|2024-12-31|instant"
    assert "2023-06-30|2023-06-01|month" in periods
    cell = pivot(store, Narrowed(), ("indicator", "year")).cells[("days", "2023")]
    assert (cell["value"], cell["qualifier"]) == (3, "over")


def test_the_audit(store):
    found = [(f.variant, f.indicator, f.area) for f in audit(store)]
    assert ("ratios.value", "rate", QUANG_BINH) in found
    assert ("ratios.value", "rate", HANOI) not in found
    assert ("sources.number", "people", QUANG_BINH) in found
    assert ("deadlines.none", "named", HANOI) in found


def test_what_others_keep_to_themselves_is_on_no_page_in_no_pivot_and_in_no_finding(
    engine, tmp_path
):
    places = {"home": tmp_path / "var", "data_dir": write(tmp_path / "data", ROWS)}
    ensure_store(**places)
    secret = row("people", QUANG_BINH, 999, origin="other", locator="tr. 99")
    put(places, of_user("theirs", team="a", private=True), secret)
    whole = ensure_store(**places)
    stranger = seen_by(whole, Actor("b", Role.EDITOR, frozenset({"b"})))
    theirs = Narrowed(dataset="theirs")
    assert (count(whole, theirs), count(stranger, theirs)) == (1, 0)
    assert "theirs" not in present(stranger)["dataset"]
    assert pivot(stranger, Narrowed(least=999), ("place", "dataset")).cells == {}
    found = {w.dataset for f in audit(stranger) for w in f.witnesses}
    assert found == {"shipped"}
    assert "theirs" in {w.dataset for f in audit(whole) for w in f.witnesses}

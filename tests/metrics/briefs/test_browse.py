"""Pages of observations: what passes, in which order, page by page; tables of two dimensions."""

from datetime import date

import pandas as pd
import pytest

from geo.editions import EDITION_2024, EDITION_2025, Level
from metrics.briefs import (
    DIMENSIONS,
    SORTS,
    Narrowed,
    count,
    indicators_named,
    page,
    pivot,
    present,
    split_key,
)
from metrics.briefs.browse import areas_named
from metrics.store import current_store

CAPITAL, QUANG_BINH, BACH_THONG = "01", "44", "063"


@pytest.fixture(scope="module")
def store():
    return current_store()


@pytest.fixture(scope="module")
def rows(store):
    return store.observations()


FILTERS = [
    (Narrowed(), lambda r: r["area"] != ""),
    (
        Narrowed(indicators=("dti-rank", "dti-score")),
        lambda r: r["indicator"].isin(["dti-rank", "dti-score"]),
    ),
    (
        Narrowed(edition=EDITION_2024, place=QUANG_BINH),
        lambda r: (r["edition"] == EDITION_2024) & r["area"].str.match("44$|45[0-8]$"),
    ),
    (Narrowed(edition="", level=Level.COUNTRY), lambda r: r["edition"] == ""),
    (Narrowed(role="target", state="reported"), lambda r: r["role"] == "target"),
    (Narrowed(qualifier="over"), lambda r: r["qualifier"] == "over"),
    (Narrowed(origin="doc-002", dataset="shipped"), lambda r: r["origin"] == "doc-002"),
    (
        Narrowed(since=date(2022, 1, 1), until=date(2022, 12, 31)),
        lambda r: r["period_end"].dt.year == 2022,
    ),
    (Narrowed(least=99.5, most=100), lambda r: r["value"].between(99.5, 100)),
    (
        Narrowed(text="GIỮ CẢ HAI SỐ"),
        lambda r: r["note"].str.contains("giữ cả hai số", regex=False),
    ),
    (
        Narrowed(text="%"),
        lambda r: r[["note", "locator"]].apply(lambda c: c.str.contains("%")).any(axis=1),
    ),
]


@pytest.mark.parametrize(("what", "passes"), FILTERS)
def test_what_passes_is_what_a_reader_would_keep(store, rows, what, passes):
    kept = rows[passes(rows)]
    assert len(kept) > 0
    assert count(store, what) == len(kept)
    found = page(store, what, size=len(kept) + 1)
    pd.testing.assert_frame_equal(
        found, kept.reset_index(drop=True)[list(found)], check_dtype=False
    )


def test_text_finds_names_without_diacritics(store):
    assert "population-average" in indicators_named(store, "dan so trung binh")
    assert QUANG_BINH in areas_named("quang binh")[EDITION_2024]
    assert BACH_THONG in areas_named("bach thong")[EDITION_2024]
    assert BACH_THONG not in areas_named("thôn").get(EDITION_2024, ())
    assert indicators_named(store, "…") == ()
    what = Narrowed(text="hoàn kiếm")
    assert set(page(store, what)["area"]) >= {"002"}


@pytest.mark.parametrize("sort", SORTS)
def test_pages_in_a_row_are_all_rows_once_and_in_order(store, sort):
    what = Narrowed(edition=EDITION_2025, level=Level.PROVINCE)
    n = count(store, what)
    whole = page(store, what, sort, size=n)
    parts = [page(store, what, sort, at, size=100) for at in range(1, n // 100 + 2)]
    pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), whole)
    assert page(store, what, sort, 10_000).empty
    values = whole["value"].dropna()
    assert values.index.max() < len(values) or sort not in ("largest", "smallest")
    assert sort != "largest" or values.is_monotonic_decreasing
    assert sort != "newest" or whole["period_end"].is_monotonic_decreasing


def test_it_is_told_which_values_there_are(store, rows):
    known = present(store)
    assert known["edition"] == tuple(sorted(rows["edition"].unique()))
    assert known["year"] == (2019, int(rows["period_end"].dt.year.max()))


def test_a_cell_has_its_one_figure_or_says_how_many_there_are(store, rows):
    what = Narrowed(indicators=("population-average",), level=Level.PROVINCE)
    found = pivot(store, what, ("place", "year"), size=5)
    assert (found.n_rows, found.n_columns) == (63, 4)
    assert found.columns == ("2024", "2023", "2022", "2019")
    assert split_key(found.rows[0]) == (EDITION_2024, CAPITAL)
    cell = found.cells[(found.rows[0], "2024")]
    assert (cell["n"], cell["figures"], cell["value"]) == (1, 1, 8717.6)
    next_page = pivot(store, what, ("place", "year"), 2, size=5)
    assert not set(next_page.rows) & set(found.rows)
    many = pivot(store, what, ("indicator", "year")).cells[("population-average", "2024")]
    assert many["n"] == 63
    assert many["figures"] > 1


@pytest.mark.parametrize("by", DIMENSIONS)
def test_every_dimension_counts_every_row_once(store, by):
    what = Narrowed(origin="doc-000")
    found = pivot(store, what, (by, "state" if by == "dataset" else "dataset"), size=1000)
    assert sum(cell["n"] for cell in found.cells.values()) == count(store, what)
    assert found.n_rows == len(found.rows)


def test_nothing_makes_an_empty_table(store):
    found = pivot(store, Narrowed(text="không-có-chữ-này"), ("place", "year"))
    assert (found.rows, found.n_rows, found.cells) == ((), 0, {})

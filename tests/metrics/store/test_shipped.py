"""The shipped figures as the store, the panel and the export show them."""

import csv

import pandas as pd
import pytest

from geo.editions import EDITION_2025, Level, areas
from metrics.catalog import DATA_DIR
from metrics.exporting.files import write_csv
from metrics.observations import STATES, read_observations
from metrics.panel import CONFLICTING, panel
from metrics.store import ensure_store
from metrics.store.shipped import shipped_key

DERIVED = {"conflicting", "no_data", "not_named", "not_existing"}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return ensure_store(home=tmp_path_factory.mktemp("var"))


@pytest.fixture(scope="module")
def panels(store):
    """Return the panel of every indicator, edition and level that has figures."""
    scopes = store.availability()[["indicator", "edition", "level"]].drop_duplicates()
    return [
        panel(store, indicator, edition or EDITION_2025, Level(level))
        for indicator, edition, level in scopes.itertuples(index=False)
    ]


def test_no_row_of_the_files_is_lost(store):
    written = [read_observations(path) for path in (DATA_DIR / "observations").glob("*.csv")]
    assert store.count() == sum(len(frame) for frame in written)
    total = sum(frame["value"].sum() for frame in written)
    assert store.observations()["value"].sum() == pytest.approx(total, rel=1e-12)


def test_the_store_knows_the_figures_it_was_filled_from(store):
    assert store.datasets()["sha256"].tolist() == [shipped_key(DATA_DIR)]


def test_every_panel_has_each_area_once_in_a_known_state(panels):
    assert panels
    for found in panels:
        assert found.frame["code"].tolist() == [
            place.code for place in areas(found.edition, found.level)
        ]
        assert set(found.frame["state"]) <= {*STATES, *DERIVED}


def test_every_figure_shown_has_an_origin_and_a_date(store, panels):
    for found in panels:
        shown = found.frame[found.frame["state"].isin(["reported", "recomputed"])]
        assert set(shown["origin"]) <= set(store.catalog.origins)
        assert shown["period_end"].notna().all()
        assert (shown["value"].notna() | (shown["category"] != "")).all()


def test_whatever_has_no_figure_has_no_value_and_no_rank(panels):
    for found in panels:
        blank = found.frame[~found.frame["state"].isin(["reported", "recomputed"])]
        assert blank["value"].isna().all()
        assert blank["rank"].isna().all()
        assert (blank["category"] == "").all()


def test_a_conflict_brings_at_least_two_statements_along(panels):
    conflicting = 0
    for found in panels:
        areas_in_conflict = found.frame.loc[found.frame["state"] == CONFLICTING, "code"]
        for code in areas_in_conflict:
            conflicting += 1
            assert (found.alternatives["area"] == code).sum() >= 2
    # VietnamNet and the ministry counted the places without coverage differently.
    assert conflicting >= 1


def test_the_export_has_every_observation(store, tmp_path):
    out = tmp_path / "all.csv"
    assert write_csv(store, out) == store.count()
    with out.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    values = pd.to_numeric(pd.Series([row["value"] for row in rows]))
    stored = store.observations()["value"]
    assert sorted(values.dropna()) == sorted(stored.dropna())
    assert all(row["origins"] and row["period_end"] for row in rows)

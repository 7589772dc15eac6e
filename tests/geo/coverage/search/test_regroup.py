"""The same gaps by the areas of another edition, recomputed with a plain spatial join."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from geo.boundaries import layers as boundaries
from geo.coverage import Files, find_gaps
from geo.coverage.ground import Options
from geo.coverage.output import tables
from geo.coverage.search import on_edition
from geo.editions import EDITION_2024, EDITION_2025, Level, area
from tests.geo.coverage.gaps import SETTLEMENT_COLUMNS, random_country, write_csv

LON, LAT = 104.965, 22.858


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    return find_gaps(random_country(tmp_path_factory.mktemp("made"), 21), Options(new_sites=3))


def joined(result, edition, level):
    """Count gaps and people by area with a spatial join, points on no land left out."""
    rows = result.settlements
    points = gpd.GeoDataFrame(rows, geometry=gpd.points_from_xy(rows["lon"], rows["lat"]), crs=4326)
    areas = boundaries.load(edition, level)[["code", "geometry"]]
    found = gpd.sjoin(points, areas, predicate="within")
    gaps = found[found["status"] == "uncovered"]
    return gaps.groupby("code").agg(uncovered=("id", "size"), people=("population", "sum"))


def test_districts_of_the_old_map_as_a_spatial_join_finds_them(result):
    old = on_edition(result, EDITION_2024)
    plain = joined(result, EDITION_2024, Level.DISTRICT)
    found = old.areas[old.areas["level"] == "district"].set_index("code")
    off = old.settlements["area_code"].ne("").sum() - len(
        gpd.sjoin(
            gpd.GeoDataFrame(
                geometry=gpd.points_from_xy(old.settlements["lon"], old.settlements["lat"]),
                crs=4326,
            ),
            boundaries.load(EDITION_2024, Level.DISTRICT),
            predicate="within",
        )
    )
    differ = (found["uncovered"] - plain["uncovered"].reindex(found.index, fill_value=0)).abs()
    # Points off the drawn border belong to the nearest district: no others may differ.
    assert differ.sum() <= off
    totals = old.areas.set_index("code").loc["VN"]
    before = result.areas.set_index("code").loc["VN"]
    counted = ["settlements", "covered", "uncovered", "unknown", "people", "people_uncovered"]
    assert totals[counted].tolist() == before[counted].tolist()
    for level in ("province", "region"):
        assert (
            old.areas.loc[old.areas["level"] == level, "uncovered"].sum()
            == found["uncovered"].sum()
        )


def test_what_was_found_stays_and_only_places_change(result):
    old = on_edition(result, EDITION_2024)
    kept = ["id", "status", "reason", "nearest_m", "cluster", "population"]
    pd.testing.assert_frame_equal(old.settlements[kept], result.settlements[kept])
    assert old.ranking.frame["reached"].tolist() == result.ranking.frame["reached"].tolist()
    codes = {*old.ranking.frame["area_code"], *old.settlements["area_code"]} - {""}
    assert {area(EDITION_2024, code).level for code in codes} == {Level.DISTRICT}
    assert (tables(old)["areas"]["edition"] == EDITION_2024).all()
    networks = old.networks[old.networks["code"] == "VN"].set_index(["technology", "operator"])
    before = result.networks[result.networks["code"] == "VN"]
    assert networks["covered"].to_dict() == {
        (row["technology"], row["operator"]): row["covered"] for row in before.to_dict("records")
    }
    assert on_edition(result, EDITION_2025) is result


def test_a_settlement_with_a_code_alone_is_in_no_area_of_another_edition(tmp_path):
    rows = [["a", "A", "", "", "00691", 70, ""], ["b", "B", LON, LAT, "00691", 30, ""]]
    settled = write_csv(tmp_path / "s.csv", SETTLEMENT_COLUMNS, rows)
    sites = write_csv(tmp_path / "t.csv", ("lon", "lat", "range"), [[LON, LAT, 1000]])
    old = on_edition(find_gaps(Files(settled, sites)), EDITION_2024)
    assert old.settlements["area_code"].tolist()[0] == ""
    assert old.areas["settlements"].tolist()[0] == 2
    districts = old.areas[old.areas["level"] == "district"]
    assert districts["settlements"].tolist() == [1]
    assert np.isfinite(districts["people"]).all()

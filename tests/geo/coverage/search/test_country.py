"""A made-up country whose numbers are known in advance, in every form of file."""

from itertools import combinations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.coverage import Files, find_gaps
from geo.coverage.files import read_inputs
from geo.coverage.find import analyse
from geo.coverage.ground import CoverageError, Options, geodesic
from geo.coverage.output import report
from geo.coverage.search import GREEDY_BOUND
from geo.editions import EDITION_2024
from tests.geo.coverage.gaps import (
    SETTLEMENT_COLUMNS,
    plainly,
    random_country,
    write_csv,
    write_grid,
)

# Three communes of Tuyên Quang (08) and one of Lai Châu (12), edition 2025.
QUANG_BA = ("00691", 104.965, 22.858)
THANH_THUY = ("00928", 104.916, 22.856)
STEP = 0.01  # degrees: about 1,030 m to the east at this latitude
SITE_COLUMNS = ("lon", "lat", "technology", "operator", "range", "azimuth", "beam")


@pytest.fixture
def country(tmp_path):
    """Ten settlements in a row to the east, 100 people each; a mast at the first."""
    code, lon, lat = QUANG_BA
    rows = [
        [f"t{at}", f"Thôn {at}", lon + at * STEP, lat, code, 100, "no" if at == 9 else "yes"]
        for at in range(10)
    ]
    settlements = write_csv(tmp_path / "thon.csv", SETTLEMENT_COLUMNS, rows)
    masts = [
        [lon, lat, "4G", "Viettel", 2_500, "", ""],  # t0 to t2
        [lon, lat, "2G", "VinaPhone", 4_500, 90, 60],  # a sector to the east: t0 to t4
    ]
    return Files(settlements, write_csv(tmp_path / "tram.csv", SITE_COLUMNS, masts))


def test_who_is_covered_by_whom_and_why_not(country):
    result = find_gaps(country, Options(new_sites=2, new_site_range_m=1_100))
    rows = result.settlements.set_index("id")
    assert rows["status"].tolist() == ["covered"] * 5 + ["uncovered"] * 5
    assert rows["networks"].tolist()[:5] == ["2G VinaPhone; 4G Viettel"] * 3 + ["2G VinaPhone"] * 2
    assert rows["reason"].tolist() == ["site"] * 5 + ["out_of_range"] * 4 + ["no_power"]
    assert rows["lacks_4g"].tolist() == [0.0] * 3 + [1.0] * 7
    assert rows.loc["t0", "nearest_m"] == 0
    assert rows.loc["t9", "nearest_m"] == pytest.approx(9 * 1026.4, rel=1e-3)


def test_sums_by_area(country):
    areas = find_gaps(country).areas.set_index("code")
    for code in ("VN", "08", QUANG_BA[0]):
        row = areas.loc[code]
        assert row["settlements"] == 10
        assert (row["covered"], row["uncovered"], row["unknown"]) == (5, 5, 0)
        assert (row["people"], row["people_uncovered"], row["people_no_4g"]) == (1000, 500, 700)
        assert (row["share_uncovered"], row["per_1000"], row["uncovered_no_power"]) == (0.5, 500, 1)
    assert areas["level"].tolist() == ["country", "region", "province", "commune"]


def test_sums_by_network(country):
    rows = find_gaps(country).networks.set_index(["code", "technology"])
    assert rows.loc[("VN", "4G"), "covered"] == 3
    assert rows.loc[("VN", "2G"), "covered"] == 5
    assert rows.loc[("VN", "2G"), "people_covered"] == 500


def test_gaps_beside_each_other_are_one_cluster_and_new_sites_reach_most(country):
    result = find_gaps(country, Options(adjacent_m=1_100, new_sites=3, new_site_range_m=1_100))
    (cluster,) = result.clusters.to_dict("records")
    assert (cluster["gaps"], cluster["people"]) == (5, 500)
    assert result.settlements["cluster"].tolist() == [0] * 5 + [1] * 5
    ranking = result.ranking.frame
    assert ranking["reached"].tolist() == [300, 200]  # t5 to t7 by t6, t8 and t9 by either
    assert ranking["total_reached"].tolist() == [300, 500]
    assert ranking["upper_reached"].tolist() == [300, 500]
    apart = find_gaps(country, Options(adjacent_m=900))
    assert apart.clusters.empty


@pytest.mark.parametrize(
    ("people", "households", "counted", "reached", "without"),
    [
        ([1, "", 90], [500, 5, 5], "population", [90, 1], 1),
        (["", "", ""], [7, "", 9], "households", [9, 7], 1),
        (["", "", ""], ["", "", ""], "settlements", [1, 1, 1], 0),
    ],
)
def test_a_ranking_counts_one_thing_and_says_which(
    country, tmp_path, people, households, counted, reached, without
):
    _, lon, lat = QUANG_BA
    header = ("id", "lon", "lat", "population", "households")
    rows = [
        [f"g{i}", lon + 0.1 * (i + 1), lat, p, h]
        for i, (p, h) in enumerate(zip(people, households, strict=True))
    ]
    path = write_csv(tmp_path / "w.csv", header, rows)
    result = find_gaps(Files(path, country.sites))
    ranking = result.ranking
    assert (ranking.weight, ranking.without) == (counted, without)
    assert ranking.frame["reached"].tolist() == reached
    assert set(ranking.frame["counted"]) == {counted}
    said = "\n".join(report(result, "en"))
    assert ("counts households" in said) is (counted == "households")
    assert ("counts settlements" in said) is (counted == "settlements")
    assert ("as 0" in said) is bool(without)


def test_a_settlement_beside_a_mast_that_points_away(country, tmp_path):
    _, lon, lat = QUANG_BA
    masts = [[lon + 3 * STEP, lat, "4G", "Viettel", 4_000, 90, 90]]
    files = Files(country.settlements, write_csv(tmp_path / "away.csv", SITE_COLUMNS, masts))
    rows = find_gaps(files).settlements.set_index("id")
    assert rows.loc[["t3", "t6"], "status"].tolist() == ["covered", "covered"]
    assert rows.loc["t1", "reason"] == "outside_sector"


def test_measured_weak_signal_is_told_apart_from_none(country, tmp_path):
    _, lon, lat = QUANG_BA
    measured = [[lon, lat, -115], [lon + 1e-4, lat, -113], [lon + 2 * STEP, lat, -80]]
    path = write_csv(tmp_path / "do.csv", ("lon", "lat", "dbm"), measured)
    result = find_gaps(Files(country.settlements, country.sites, measurements=path))
    rows = result.settlements.set_index("id")
    assert rows.loc["t0", ["status", "signal_dbm", "measurements"]].tolist() == ["weak", -114, 2]
    assert rows.loc["t2", "status"] == "covered"
    assert result.areas.iloc[0]["weak"] == 1


def test_polygons_alone_cover_too_and_speak_only_of_where_they_are(country, tmp_path):
    _, lon, lat = QUANG_BA
    shape = shapely.box(lon - 0.001, lat - 0.01, lon + 4.5 * STEP, lat + 0.01)
    frame = gpd.GeoDataFrame(
        {"technology": ["LTE"], "operator": ["viettel"]}, geometry=[shape], crs=4326
    )
    for name, crs in (("phu.gpkg", 4326), ("phu.geojson", 4326), ("phu.parquet", 3405)):
        path, projected = tmp_path / name, frame.to_crs(crs)
        projected.to_parquet(path) if name.endswith("parquet") else projected.to_file(path)
        result = find_gaps(Files(country.settlements, polygons=(path,)))
        assert result.settlements["networks"].tolist()[:5] == ["4G Viettel"] * 5
        assert (result.settlements["status"] == "uncovered").sum() == 5
        assert result.settlements["nearest_m"].isna().all()
    near = find_gaps(Files(country.settlements, polygons=(path,)), Options(known_within_m=2_000))
    assert (
        near.settlements["status"].tolist() == ["covered"] * 5 + ["uncovered"] * 2 + ["unknown"] * 3
    )


def test_a_settlement_far_from_every_site_is_unknown(country):
    result = find_gaps(country, Options(known_within_m=6_000))
    rows = result.settlements
    assert rows["status"].tolist()[-4:] == ["unknown"] * 4
    assert rows["reason"].tolist()[-1] == "no_site_data"
    row = result.areas.iloc[0]
    assert (row["uncovered"], row["unknown"], row["share_uncovered"]) == (
        1,
        4,
        pytest.approx(1 / 6),
    )


def test_the_code_of_the_file_decides_and_without_a_point_nothing_is_known(country, tmp_path):
    code, lon, lat = THANH_THUY
    rows = [
        ["a", "A", "", "", code, 70, ""],  # a code and no point
        ["b", "B", QUANG_BA[1], QUANG_BA[2], code.lstrip("0"), 30, ""],  # says another commune
        ["c", "C", lon, lat, "", "", ""],  # a point alone, near a border
    ]
    path = write_csv(tmp_path / "ma.csv", SETTLEMENT_COLUMNS, rows)
    result = find_gaps(Files(path, country.sites))
    found = result.settlements.set_index("id")
    assert found["area_code"].tolist() == [code] * 3
    assert found.loc["a", ["status", "reason"]].tolist() == ["unknown", "no_point"]
    assert found.loc["b", "status"] == "covered"
    assert found["near_border"].tolist() == [False, False, True]
    country_row = result.areas.iloc[0]
    assert (country_row["people"], country_row["without_population"]) == (100, 1)
    assert country_row["people_unknown"] == 70


def test_on_the_map_of_before_july_2025_old_commune_codes_lead_to_districts(country, tmp_path):
    rows = [["a", "A", 105.84, 21.04, "00001", 10, ""], ["b", "B", 105.84, 21.04, "", 5, ""]]
    path = write_csv(tmp_path / "cu.csv", SETTLEMENT_COLUMNS, rows)
    found = find_gaps(Files(path, country.sites), Options(edition=EDITION_2024))
    assert found.settlements["area_code"].tolist()[0] == "001"
    assert set(found.areas["level"]) == {"country", "region", "province", "district"}


@pytest.mark.parametrize("seed", range(3))
def test_a_random_country_recomputed_plainly(tmp_path, seed):
    files = random_country(tmp_path, seed)
    inputs = read_inputs(files)
    result = analyse(inputs, Options(new_sites=5))
    mask, nearest = plainly(inputs.sites, inputs.settlements.lon, inputs.settlements.lat)
    rows = result.settlements
    assert ((rows["status"] == "covered") == (mask != 0)).all()
    np.testing.assert_allclose(rows["nearest_m"], nearest, atol=0.15)
    gaps = rows[rows["status"] == "uncovered"]
    row = result.areas.iloc[0]
    assert (row["uncovered"], row["people_uncovered"]) == (len(gaps), gaps["population"].sum())
    for level in ("region", "province", "commune"):
        parts = result.areas[result.areas["level"] == level]
        assert parts["uncovered"].sum() == row["uncovered"]
        assert parts["people"].sum() == row["people"]
    last = result.ranking.frame.iloc[-1]
    assert last["total_reached"] >= GREEDY_BOUND * last["upper_reached"] - 1e-6
    assert last["total_reached"] <= last["upper_reached"] <= result.ranking.reachable


def test_sectors_that_share_an_id_are_each_read_on_islands_too(tmp_path):
    """Three masts of three sectors on Côn Đảo and Trường Sa, in any order, one row repeated."""
    rng = np.random.default_rng(2)
    masts = [(106.61, 8.69), (106.63, 8.70), (114.33, 9.88)]
    rows = [
        [f"B{at}", lon, lat, "4G", "Viettel", 3_000, (40 * at + turn) % 360, 90]
        for at, (lon, lat) in enumerate(masts)
        for turn in (0, 120, 240)
    ]
    rows = [*(rows[i] for i in rng.permutation(len(rows))), rows[0]]
    points = [
        (lon + x, lat + y) for lon, lat in masts for x, y in rng.uniform(-0.03, 0.03, (20, 2))
    ]
    places = [[f"s{at}", lon, lat] for at, (lon, lat) in enumerate(points)]
    told = find_gaps(
        Files(
            write_csv(tmp_path / "s.csv", ("id", "lon", "lat"), places),
            write_csv(tmp_path / "t.csv", ("site_id", *SITE_COLUMNS), rows),
        ),
        Options(known_within_m=1e6),
    )
    lost = told.problems[~told.problems["kept"]]
    assert lost["reason"].tolist() == ["duplicate_row"]
    assert len(told.settlements) == len(points)
    covered = []
    for lon, lat in points:
        ways = [geodesic(*np.array([[r[1]], [r[2]], [lon], [lat]])) for r in rows]
        turns = [abs((w[0][0] - r[6] + 180) % 360 - 180) for w, r in zip(ways, rows, strict=True)]
        near = [w[1][0] <= 3_000 for w in ways]
        covered.append(any(n and turn <= 45 for n, turn in zip(near, turns, strict=True)))
    assert (told.settlements["status"] == "covered").tolist() == covered
    assert 10 < sum(covered) < 50


def test_the_bound_of_the_ranking_holds_against_the_best_choice(tmp_path):

    result = find_gaps(
        random_country(tmp_path, 7, n=60, m=5), Options(new_sites=2, new_site_range_m=20_000)
    )
    gaps = result.settlements[result.settlements["status"] == "uncovered"]

    lon, lat, people = (gaps[name].to_numpy() for name in ("lon", "lat", "population"))
    n = len(gaps)
    one, two = np.repeat(np.arange(n), n), np.tile(np.arange(n), n)
    near = geodesic(lon[one], lat[one], lon[two], lat[two])[1].reshape(n, n) <= 20_000
    best = max(people[near[a] | near[b]].sum() for a, b in combinations(range(n), 2))
    last = result.ranking.frame.iloc[1]
    assert GREEDY_BOUND * best <= last["total_reached"] <= best <= last["upper_reached"]


def test_made_up_and_real_files_are_not_mixed(country, tmp_path):
    rows = [["sim-1", "A", QUANG_BA[1], QUANG_BA[2], "", 1, ""]]
    path = write_csv(tmp_path / "x.csv", SETTLEMENT_COLUMNS, rows)
    with pytest.raises(CoverageError, match="never mixed"):
        find_gaps(Files(path, country.sites))
    write_grid(tmp_path / "sim-grid.parquet", 10)
    with pytest.raises(CoverageError, match="never mixed"):
        find_gaps(Files(country.settlements, country.sites, grid=tmp_path / "sim-grid.parquet"))

"""`python -m geo coverage --terrain`: verdicts beside those of ranges, assumptions, refusals."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from base.words import t
from geo.__main__ import main
from geo.coverage.ground import Layer, Radio, Sites
from geo.coverage.terrain import assumptions, built, greedy
from geo.coverage.terrain.reach import in_reach
from tests.geo.coverage.gaps import SETTLEMENT_COLUMNS, plainly, random_sites, write_csv
from tests.geo.coverage.terrain.rasters import LAT, LON, write

SITE_COLUMNS = ("lon", "lat", "technology", "operator", "range", "height", "frequency", "eirp")


@pytest.fixture
def files(tmp_path):
    """A mast, a village beside it, one behind a wall of 600 m, one out of range, one unplaced."""
    rows = [
        ["near", "A", LON + 0.01, LAT, "", 10, ""],
        ["behind", "B", LON, LAT + 0.06, "", 20, ""],
        ["far", "C", LON, LAT - 0.09, "", 40, ""],
        ["unplaced", "D", "", "", "00694", 80, ""],
        ["off", "E", LON - 0.07, LAT, "", 160, ""],
    ]
    settled = write_csv(tmp_path / "s.csv", SETTLEMENT_COLUMNS, rows)
    mast = [LON, LAT, "4G", "Viettel", 9000, 40, 1800, 60]
    sites = write_csv(tmp_path / "t.csv", SITE_COLUMNS, [mast])
    cells = np.full((1000, 500), 100, dtype=np.int16)
    cells[550:553] = 700
    ground = write(tmp_path / "dem.tif", cells, at=(491_000, 2_548_035))
    out = ["--out", str(tmp_path / "out")]
    return ["--settlements", str(settled), "--sites", str(sites), "--terrain", str(ground), *out]


def told(tmp_path):
    frame = pd.read_csv(tmp_path / "out" / "settlements.csv", keep_default_na=False)
    return frame.set_index("id")


def test_every_settlement_has_a_verdict_of_the_ground(files, tmp_path, capsys):
    assert main(["coverage", *files, "--lang", "en"]) == 0
    said = capsys.readouterr().err
    frame = told(tmp_path)
    verdicts = frame["terrain"].to_dict()
    assert verdicts == {
        "near": "in_sight",
        "behind": "shadowed",
        "far": "out_of_range",
        "unplaced": "unknown",
        "off": "unknown",
    }
    assert frame["terrain_missing"].to_dict()["off"] == "terrain"
    assert frame["terrain_missing"].to_dict()["unplaced"] == "point"
    assert frame["status"].to_dict()["behind"] == "covered"
    assert float(frame.loc["behind", "terrain_diffraction_db"]) > 30
    near = frame.loc["near"].map(lambda v: pd.to_numeric(v, errors="coerce"))
    assert near["terrain_level_dbm"] == pytest.approx(60 - near["terrain_loss_db"], abs=0.01)
    assert near["terrain_margin_db"] == pytest.approx(near["terrain_level_dbm"] + 94, abs=0.01)
    assert "1 settlement sees a site within range, 1 is shadowed" in said
    assert "3GPP TS 36.101" in said
    assert "no more than 30 m apart" in said
    paths = pd.read_csv(tmp_path / "out" / "paths.csv")
    assert paths["id"].tolist() == ["near", "behind", "off"]
    assert paths["mhz"].tolist() == [1800] * 3
    areas = pd.read_csv(tmp_path / "out" / "areas.csv").set_index("level")
    country = areas.loc["country"]
    assert country[[f"terrain_{v}" for v in ("in_sight", "shadowed", "unknown")]].tolist() == [
        *(1, 1, 2)
    ]
    assert country["people_terrain_shadowed"] == 20
    lines = pd.read_csv(tmp_path / "out" / "assumptions.csv")["assumed"]
    assert lines.str.contains("k = 1.333").any()


def test_what_the_planner_says_is_taken(files, tmp_path, capsys):
    asked = ["--places", "95", "--earth-k", "1", "--threshold", "4G=-100", "--receiver-height", "3"]
    assert main(["coverage", *files, *asked, "--lang", "en"]) == 0
    said = capsys.readouterr().err
    near = told(tmp_path).loc["near"]
    level = 60 - float(near["terrain_loss_db"]) - 1.6449 * 5.5
    assert float(near["terrain_level_dbm"]) == pytest.approx(level, abs=0.02)
    assert float(near["terrain_margin_db"]) == pytest.approx(level + 100, abs=0.02)
    assert "95% of the locations" in said
    assert "set by the user" in said


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        (["--frequency", "4G=9"], "--frequency"),
        (["--clutter-class", "10=15"], "--clutter"),
        (["--earth-k", "99"], "--earth-k"),
        (["--nearest", "0"], "--nearest"),
        (["--eirp", "4G=many"], "--eirp"),
    ],
)
def test_options_that_make_no_sense_are_refused(files, tmp_path, capsys, asked, part):
    assert main(["coverage", *files, *asked]) == 2
    assert part in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_heights_of_elsewhere_or_made_up_ones_are_refused(files, tmp_path, capsys):
    cells = np.zeros((50, 50), dtype=np.int16)
    write(tmp_path / "dem.tif", cells, at=(491_000, 1_548_035))
    assert main(["coverage", *files, "--lang", "en"]) == 2
    assert "where no settlement lies" in capsys.readouterr().err
    write(tmp_path / "dem.tif", cells, tags={"note": "SIMULATED DATA"})
    assert main(["coverage", *files, "--lang", "en"]) == 2
    assert "dem.tif" in capsys.readouterr().err


def test_the_nearest_cells_that_reach_are_those_of_the_plain_way():
    rng = np.random.default_rng(11)
    sites = random_sites(rng, 300)
    lon, lat = 105 + rng.uniform(-0.3, 0.3, 80), 21 + rng.uniform(-0.3, 0.3, 80)
    everything = in_reach(sites, built(sites, Radio()), lon, lat, 1_000)
    mask, _ = plainly(sites, lon, lat)
    reached = np.zeros(80, dtype=np.uint64)
    bits = np.uint64(1) << sites.layer[everything.cell].astype(np.uint64)
    np.bitwise_or.at(reached, everything.point, bits)
    assert (reached == mask).all()
    few = in_reach(sites, built(sites, Radio()), lon, lat, 3)
    for point in range(80):
        all_of = everything.cell[everything.point == point]
        assert few.cell[few.point == point].tolist() == all_of[:3].tolist()


def test_nothing_is_assumed_of_a_technology_without_a_source():
    one = np.ones(1)
    sites = Sites(
        105 * one, 21 * one, 900 * one, np.nan * one, 360 * one, np.zeros(1, dtype=np.int16),
        np.array([2]), (Layer("", "A"),),
    )  # fmt: skip
    found = built(sites, Radio())
    assert np.isnan([found.mhz[0], found.height_m[0], found.eirp_dbm[0]]).all()
    own = built(sites, Radio(mhz={"": 700.0}))
    assert own.mhz[0] == 700
    said = [line.say("vi") for line in assumptions(sites, Radio())]
    assert any("không biết tần số" in line for line in said)
    assert t("coverage.terrain.own", "en") in " ".join(
        line.say("en") for line in assumptions(sites, Radio(mhz={"": 700.0}))
    )


def test_new_sites_stand_where_they_see_most(files, tmp_path, capsys):
    """A hill beyond the wall sees the village behind it; the list has a place that sees none."""
    rows = [["a", "A", LON, LAT + 0.06, "", 20, ""], ["b", "B", LON + 0.004, LAT + 0.06, "", 5, ""]]
    write_csv(tmp_path / "s.csv", SETTLEMENT_COLUMNS, rows)
    cells = np.full((1000, 500), 100, dtype=np.int16)
    cells[550:553] = 700
    cells[300:303, 170:173] = 400  # a hill some 2.5 km from both
    write(tmp_path / "dem.tif", cells, at=(491_000, 2_548_035))
    places = write_csv(tmp_path / "p.csv", ("id", "lon", "lat"), [["low", LON, LAT + 0.02]])
    asked = [*files, "--candidates", str(places), "--new-sites", "1", "--lang", "en"]
    assert main(["coverage", *asked]) == 0
    best = pd.read_csv(tmp_path / "out" / "summits.csv").iloc[0]
    assert (best["kind"], best["reached"], best["upper_reached"]) == ("summit", 25, 25)
    assert best["ground_m"] in {100, 400, 700}
    assert "sees 25" in capsys.readouterr().err


def test_the_greedy_choice_is_within_its_bound():
    rng = np.random.default_rng(3)
    for _ in range(8):
        sees = rng.random((9, 14)) < 0.3
        weight = rng.integers(1, 50, 14).astype(float)
        place, gap = np.nonzero(sees)
        chosen, upper = greedy(place, gap, weight, 3)
        got = sum(weight[hit].sum() for _, hit in chosen)
        best = max(
            weight[sees[list(three)].any(axis=0)].sum() for three in combinations(range(9), 3)
        )
        assert (1 - 1 / np.e) * best <= got <= best + 1e-9
        assert upper[-1] >= best - 1e-9

"""Against SPLAT! and the Irregular Terrain Model, where models of different kinds should agree."""

import json
from pathlib import Path

import numpy as np
import pytest

from geo.coverage.terrain.diffraction import EARTH_KM, Paths, diffraction

K = 4 / 3
CELL_KM = 111.19 / 1200
SPLAT = json.loads((Path(__file__).parent / "published" / "splat.json").read_text())["cases"]


def found(ground, km, heights, ghz):
    h, one = np.asarray(ground, dtype=float)[None], np.ones(1)
    ends = h[:, 0] + heights[0], h[:, -1] + heights[1]
    return diffraction(
        Paths(np.linspace(0, 1, h.shape[1]), km * one, ghz * one, h, h, *ends, 0 * one), K
    )


@pytest.mark.parametrize("case", SPLAT, ids=lambda case: f"{case['cells']} cells")
def test_an_antenna_clears_the_ground_at_the_height_that_splat_gives(case):
    knots = case["knots"]
    cells = np.arange(case["cells"] + 1)
    ground = np.round(np.interp(cells, np.linspace(0, case["cells"], len(knots)), knots))
    km = case["cells"] * CELL_KM
    # It raises the antenna by steps of a foot.
    for name, radii in (("clear_m", 0.0), ("most_of_zone_m", 0.6), ("zone_m", 1.0)):
        low, high = (
            found(ground, km, (case["mast_m"], case[name] + more), case["mhz"] / 1000).fresnel[0]
            for more in (-0.6, 0.3)
        )
        assert low < radii < high, name


def irregular_terrain(ground, km, heights, ghz):
    """Return the reference attenuation of the Irregular Terrain Model, dB."""
    qlrpfl = pytest.importorskip("itmlogic.preparatory_subroutines.qlrpfl").qlrpfl
    wave = ghz * 1000 / 47.7
    surface = complex(22, 376.62 * 0.003 / wave)
    asked = {"fmhz": ghz * 1000, "d": km, "hg": list(heights), "ipol": 1, "wn": wave}
    asked |= {"eps": 22, "sgm": 0.003, "zgnd": np.sqrt(surface - 1) / surface, "ens": 301}
    asked |= {"gme": 1 / (EARTH_KM * 1000 * K), "gma": 157e-9, "ens0": 301, "klim": 5, "klimx": 0}
    asked |= {"lvar": 5, "mdvarx": 11, "kwx": 0}
    steps = len(ground) - 1
    asked["pfl"] = [steps, km * 1000 / steps, *map(float, ground)]
    return qlrpfl(asked)["aref"]


@pytest.mark.parametrize("ghz", [0.45, 0.9, 1.8, 2.6])
@pytest.mark.parametrize(("km", "heights"), [(40, (30, 10)), (60, (60, 30)), (60, (30, 10))])
def test_beyond_the_horizon_of_a_smooth_earth_both_lose_the_same(km, heights, ghz):
    flat = np.zeros(int(km * 1000 / 90) + 1)
    theirs = irregular_terrain(flat, km, heights, ghz)
    assert found(flat, km, heights, ghz).loss[0] == pytest.approx(theirs, abs=1.5)


def test_both_see_the_same_shadows_on_rough_ground():
    draw, shadows = np.random.default_rng(5), 0
    for _ in range(60):
        km = draw.uniform(3, 30)
        n, knots = int(km * 1000 / 30) + 1, draw.normal(0, draw.uniform(20, 150), max(3, int(km)))
        ground = 300 + np.interp(np.linspace(0, 1, n), np.linspace(0, 1, len(knots)), knots)
        ghz = draw.choice([0.9, 1.8, 2.6])
        theirs, ours = (
            irregular_terrain(ground, km, (40, 10), ghz),
            found(ground, km, (40, 10), ghz),
        )
        if ours.fresnel[0] < -0.5:
            shadows += 1
            assert theirs > 20
            assert ours.loss[0] > 20
        elif ours.fresnel[0] > 0.7:
            assert theirs < 6
            assert ours.loss[0] == 0
    assert shadows > 30

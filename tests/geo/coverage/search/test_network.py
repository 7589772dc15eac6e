"""The search recomputed by comparing every point with every cell."""

from dataclasses import replace
from importlib import import_module

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.coverage.ground import (
    TILE_RADIUS_M,
    TOLERANCE_M,
    CoverageError,
    Layer,
    Polygons,
    Sites,
    arc,
    bearings,
    chord,
    ecef,
    geodesic,
    locate,
    pairs_within,
    places,
    tiles,
    turned,
)
from geo.coverage.ground.geodesy import geod
from geo.coverage.ground.tiles import TILE
from geo.coverage.search import network
from geo.coverage.search.network import ask
from geo.editions import EDITION_2025
from tests.geo.coverage.gaps import plainly, random_sites

# A function of the same name hides each module from `import`.
_coverage_tiles = import_module("geo.coverage.ground.tiles")
kernel = import_module("geo.coverage.search.network")


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    n=st.integers(1, 60),
    m=st.integers(1, 80),
    spread=st.sampled_from([0.0, 1e-5, 0.02, 0.5, 3.0]),
    sectors=st.sampled_from([0.0, 0.5, 1.0]),
)
def test_as_found_by_comparing_everything(seed, n, m, spread, sectors):
    rng = np.random.default_rng(seed)
    sites = random_sites(rng, m, spread=spread, sectors=sectors)
    lon, lat = 105 + rng.uniform(-spread, spread, n), 21 + rng.uniform(-spread, spread, n)
    found = ask(network(sites, None), lon, lat)
    mask, nearest = plainly(sites, lon, lat)
    assert found.mask.tolist() == mask.tolist()
    np.testing.assert_allclose(found.distance, nearest, atol=2 * TOLERANCE_M)


@pytest.mark.parametrize("off", [-1e-3, 1e-3])
@pytest.mark.parametrize("reach", [500.0, 35_000.0, 100_000.0])
def test_a_millimetre_within_and_beyond_the_range(reach, off):
    azimuths = np.arange(0.0, 360, 7)
    lon, lat, _ = geod().fwd(
        np.full_like(azimuths, 105.8),
        np.full_like(azimuths, 21.0),
        azimuths,
        azimuths * 0 + reach + off,
    )
    one = (
        np.array([105.8]),
        np.array([21.0]),
        np.array([reach]),
        np.array([np.nan]),
        np.array([360.0]),
    )
    sites = Sites(*one, np.zeros(1, np.int16), np.array([2]), (Layer("4G", "A"),))
    found = ask(network(sites, None), np.asarray(lon), np.asarray(lat))
    assert (found.mask == (1 if off < 0 else 0)).all()


def test_many_cells_that_point_away_do_not_hide_the_one_that_does_not():
    n = 300
    rng = np.random.default_rng(4)
    lon = np.append(105 + rng.uniform(-1e-3, 1e-3, n), 105.05)
    sites = Sites(
        lon,
        np.full(n + 1, 21.0),
        np.full(n + 1, 9_000.0),
        np.append(np.full(n, 180.0), 270.0),  # all to the south, the last one to the west
        np.full(n + 1, 20.0),
        np.zeros(n + 1, np.int16),
        np.arange(n + 1),
        (Layer("4G", "A"),),
    )
    assert ask(network(sites, None), np.array([105.0]), np.array([21.01])).mask[0] == 0
    assert ask(network(sites, None), np.array([105.0]), np.array([21.0])).mask[0] == 1


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1), masts=st.integers(1, 6), each=st.sampled_from([3, 5, 6, 17, 40])
)
def test_sectors_of_one_mast_are_all_looked_at_in_any_order_of_the_rows(seed, masts, each):
    rng = np.random.default_rng(seed)
    n = masts * each
    beam = rng.choice([20.0, 60, 65, 120], n)
    sites = Sites(
        np.repeat(105 + rng.uniform(-0.02, 0.02, masts), each),
        np.repeat(21 + rng.uniform(-0.02, 0.02, masts), each),
        np.repeat(rng.choice([2_000.0, 5_000], masts), each),
        rng.integers(0, 360, n).astype(float),
        beam,
        rng.integers(0, 2, n).astype(np.int16),
        np.arange(n) + 2,
        (Layer("3G", "A"), Layer("4G", "A")),
    )
    lon, lat = 105 + rng.uniform(-0.05, 0.05, 80), 21 + rng.uniform(-0.05, 0.05, 80)
    mask, _ = plainly(sites, lon, lat)
    told = set()
    for order in (np.arange(n), np.arange(n)[::-1], rng.permutation(n)):
        each_sites = ("lon", "lat", "range_m", "azimuth", "beam", "layer", "row")
        turned_round = replace(sites, **{name: getattr(sites, name)[order] for name in each_sites})
        net = network(turned_round, None)
        found = ask(net, lon, lat)
        assert found.mask.tolist() == mask.tolist()
        layer, widest = turned_round.layer[found.nearest], net.widest[found.nearest]
        told.add((tuple(layer), tuple(widest), tuple(found.distance)))
    assert len(told) == 1


def test_blocks_do_not_change_the_answer(monkeypatch):
    rng = np.random.default_rng(5)
    sites = random_sites(rng, 200)
    lon, lat = 105 + rng.uniform(-0.5, 0.5, 300), 21 + rng.uniform(-0.5, 0.5, 300)
    whole = ask(network(sites, None), lon, lat)
    monkeypatch.setattr(kernel, "BLOCK", 64)
    again = ask(network(sites, None), lon, lat)
    assert whole.mask.tolist() == again.mask.tolist()


def test_polygons_cover_what_they_hold_and_their_border():
    square = shapely.box(105, 21, 105.1, 21.1)
    ring = shapely.box(106, 21, 106.3, 21.3) - shapely.box(106.1, 21.1, 106.2, 21.2)
    layers = (Layer("2G", "A"), Layer("4G", "B"))
    polygons = Polygons(np.array([square, ring]), np.array([0, 1], np.int16), layers)
    lon, lat = (
        np.array([105.05, 105.1, 106.15, 106.05, 107]),
        np.array([21.05, 21, 21.15, 21.05, 21]),
    )
    found = ask(network(None, polygons), lon, lat)
    assert found.mask.tolist() == [1, 1, 0, 2, 0]
    assert np.isnan(found.distance).all()


def test_too_many_networks_are_refused():
    rng = np.random.default_rng(0)
    with pytest.raises(CoverageError, match="networks"):
        network(random_sites(rng, 200, layers=65), None)


@settings(max_examples=200, deadline=None)
@given(
    lon=st.floats(102, 118),
    lat=st.floats(6, 24),
    azimuth=st.floats(0, 360),
    distance=st.floats(2, 100_000),
)
def test_arcs_and_bearings_are_as_exact_as_is_said(lon, lat, azimuth, distance):
    to_lon, to_lat, _ = geod().fwd(lon, lat, azimuth, distance)
    here, there = (ecef(np.array([x]), np.array([y])) for x, y in ((lon, lat), (to_lon, to_lat)))
    length = np.linalg.norm(there - here)
    assert abs(float(arc(length)) - distance) < 0.012
    assert abs(float(arc(chord(distance))) - distance) < 1e-6
    found = bearings(np.array([lon]), np.array([lat]), there - here)
    assert turned(found, np.array([azimuth]))[0] < 0.005


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), limit=st.floats(1, 50_000))
def test_pairs_as_found_by_comparing_all(seed, limit):
    rng = np.random.default_rng(seed)
    lon, lat = 105 + rng.uniform(-0.3, 0.3, 40), 21 + rng.uniform(-0.3, 0.3, 40)
    first, second = np.triu_indices(40, 1)
    _, distance = geodesic(lon[first], lat[first], lon[second], lat[second])
    wanted = set(zip(first[distance <= limit], second[distance <= limit], strict=True))
    assert {tuple(pair) for pair in pairs_within(lon, lat, limit)} == wanted


@pytest.mark.parametrize("sectors", [0.0, 0.3])
def test_whole_tiles_of_dense_points_are_decided_as_point_by_point(monkeypatch, sectors):
    rng = np.random.default_rng(8)
    sites = random_sites(rng, 120, spread=0.15, sectors=sectors)
    x, y = np.meshgrid(np.arange(104.8, 105.2, 0.0021), np.arange(20.8, 21.2, 0.0021))
    lon, lat = x.ravel(), y.ravel()
    assert tiles(lon, lat) is not None
    quick = ask(network(sites, None), lon, lat)
    where = places(EDITION_2025)
    placed = locate(where, lon, lat)
    monkeypatch.setattr(_coverage_tiles, "MANY", 10**9)
    assert tiles(lon, lat) is None
    slow = ask(network(sites, None), lon, lat)
    assert quick.mask.tolist() == slow.mask.tolist()
    assert placed.tolist() == locate(where, lon, lat).tolist()
    some = rng.choice(len(lon), 300, replace=False)
    mask, _ = plainly(sites, lon[some], lat[some])
    assert slow.mask[some].tolist() == mask.tolist()


@settings(max_examples=100, deadline=None)
@given(lon=st.floats(102, 118), lat=st.floats(-24, 24), seed=st.integers(0, 1000))
def test_no_point_of_a_tile_is_further_from_its_centre_than_is_said(lon, lat, seed):
    west, south = np.floor(lon / TILE) * TILE, np.floor(lat / TILE) * TILE
    x = np.array([west, west + TILE, west, west + TILE])
    y = np.array([south, south, south + TILE, south + TILE])
    _, apart = geodesic(x * 0 + west + TILE / 2, x * 0 + south + TILE / 2, x, y)
    assert apart.max() < TILE_RADIUS_M

import gzip
import hashlib
import json
import shutil
from collections import Counter
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pytest
import shapely

from base.folders import STATIC
from geo import boundaries
from geo.boundaries.web import files as web_boundaries
from geo.boundaries.web import full as layers
from geo.boundaries.web import topology
from geo.editions import EDITION_2024, EDITION_2025, HOANG_SA, TRUONG_SA, Level, area, areas

WEB_LAYERS = boundaries.web_layers()

# Gzipped bytes: what a first visit may cost. The overview is what everybody fetches.
BUDGET = {
    (EDITION_2024, Level.PROVINCE): (29_000, 60_000),
    (EDITION_2024, Level.DISTRICT): (105_000, 160_000),
    (EDITION_2025, Level.PROVINCE): (26_000, 53_000),
    (EDITION_2025, Level.COMMUNE): (310_000, 400_000),
}


def name_of(layer):
    return layer.url.split("/")[-1].split(".")[0]


@pytest.fixture(params=WEB_LAYERS, ids=name_of)
def layer(request):
    return request.param


def content(layer):
    return (STATIC / layer.url).read_bytes()


def decoded(layer):
    """The layer as GDAL decodes it: not with the code that wrote it."""
    return gpd.read_file(STATIC / layer.url)


def test_the_manifest_names_every_file_and_no_other():
    named = {layer.url for layer in WEB_LAYERS}
    found = {f"boundaries/{file.name}" for file in boundaries.WEB_DIR.iterdir()}
    assert found == named | {f"boundaries/{boundaries.MANIFEST_NAME}"}


def test_the_name_of_a_file_holds_the_hash_of_its_content(layer):
    digest = hashlib.sha256(content(layer)).hexdigest()
    assert layer.sha256 == digest
    assert layer.url == f"boundaries/{name_of(layer)}.{digest[:8]}.json"
    assert layer.n_bytes == len(content(layer))


def test_a_file_stays_within_its_budget(layer):
    budget = BUDGET[layer.edition, layer.level][layer.detail]
    assert len(gzip.compress(content(layer))) <= budget


def test_decoded_areas_are_a_valid_coverage(layer):
    geometry = decoded(layer).geometry
    assert geometry.is_valid.all()
    assert geometry.is_valid_coverage(gap_width=0)


def test_our_decoder_agrees_with_that_of_gdal(layer):
    ours = topology.decode(json.loads(content(layer))).geometry
    assert shapely.equals_exact(ours.to_numpy(), decoded(layer).geometry.to_numpy(), 1e-9).all()


def test_every_area_comes_once_with_its_names_and_province(layer):
    frame = decoded(layer)
    official = areas(layer.edition, layer.level)
    assert frame["id"].tolist() == [unit.code for unit in official]
    assert frame["n"].tolist() == [unit.short_vi for unit in official]
    assert frame["e"].tolist() == [unit.short_en for unit in official]
    if layer.level is Level.PROVINCE:
        assert "p" not in frame
    else:
        assert frame["p"].tolist() == [unit.parent for unit in official]


def test_no_part_of_an_area_is_lost_or_split(layer):
    full = boundaries.load(layer.edition, layer.level).geometry
    parts = shapely.get_num_geometries(full.to_numpy())
    assert shapely.get_num_geometries(decoded(layer).geometry.to_numpy()).tolist() == parts.tolist()


def test_arcs_are_truly_shared(layer):
    made = json.loads(content(layer))
    edges = Counter()
    for arc in made["arcs"]:
        points = [tuple(point) for point in np.cumsum(arc, axis=0).tolist()]
        edges.update(tuple(sorted(pair)) for pair in pairwise(points))
    assert max(edges.values()) == 1
    uses = Counter()
    for member in made["objects"]["areas"]["geometries"]:
        flat = np.concatenate(
            [
                np.concatenate([np.array(ring) for ring in polygon])
                for polygon in ([member["arcs"]] if member["type"] == "Polygon" else member["arcs"])
            ]
        )
        uses.update(np.where(flat < 0, ~flat, flat).tolist())
    assert set(uses) == set(range(len(made["arcs"])))
    assert max(uses.values()) == 2


def test_islets_keep_their_size(layer):
    full = boundaries.load(layer.edition, layer.level)
    codes = full["code"].tolist()
    parts, owner = shapely.get_parts(full.geometry.to_numpy(), return_index=True)
    alone = np.bincount(shapely.STRtree(parts).query(parts, predicate="intersects")[0]) == 1
    drawn = shapely.get_parts(decoded(layer).geometry.to_numpy())
    # The parts of an area may come in another order.
    theirs, mine = shapely.STRtree(parts).query(drawn, predicate="intersects")
    ratio = np.bincount(mine, shapely.area(drawn)[theirs], len(parts)) / shapely.area(parts)
    shrunk = {codes[owner[i]] for i in np.flatnonzero(alone & (abs(ratio - 1) > 0.15))}
    assert not shrunk


def test_the_archipelagos_are_drawn_and_have_a_symbol_on_each_islet(layer):
    shapes = decoded(layer).set_index("id").geometry
    expected = [("Hoàng Sa", HOANG_SA, 1), ("Trường Sa", TRUONG_SA, 11)]
    for symbol, (name, special, islets) in zip(layer.symbols, expected, strict=True):
        assert symbol.name_vi == name
        assert symbol.code == special[layer.edition, layer.level]
        assert symbol.province == special[layer.edition, Level.PROVINCE]
        parts = shapely.get_parts(shapes[symbol.code])
        islands = parts[shapely.get_coordinates(shapely.centroid(parts))[:, 0] > 110]
        held = shapely.contains(islands[:, None], shapely.points(symbol.points)[None, :])
        assert len(islands) == len(symbol.points) == islets
        assert held.sum(axis=0).tolist() == held.sum(axis=1).tolist() == [1] * islets


def test_boxes_of_the_manifest_hold_the_layer(layer):
    geometry = decoded(layer).geometry
    # What is drawn may leave the true extent by half a step of the grid, plus rounding.
    assert shapely.box(*layer.bbox).buffer(1e-4).covers(shapely.box(*geometry.total_bounds))
    west = shapely.get_parts(geometry.to_numpy())
    west = west[shapely.bounds(west)[:, 2] < 110]
    assert (
        shapely.box(*layer.mainland_bbox)
        .buffer(1e-4)
        .covers(shapely.box(*shapely.total_bounds(west)))
    )


def test_labels_lie_in_their_area_with_the_room_they_claim(layer):
    frame = decoded(layer)
    points = shapely.points(frame["x"], frame["y"])
    shapes = frame.geometry.to_numpy()
    # Two steps of the grid: an area 200 m wide may be shifted by as much.
    assert shapely.distance(shapes, points).max() < 2e-4
    assert (frame["a"] > 0).all()
    assert np.issubdtype(frame["a"].dtype, np.integer)
    room = shapely.distance(shapely.boundary(shapes), points) * 1e4
    # Measured on the full geometry; drawn more boldly, the room changes by the tolerance.
    assert np.abs(room - frame["a"]).max() < 200
    assert not ((frame["x"] > 110) & ~frame["id"].isin(_archipelago_units(layer))).any()


def _archipelago_units(layer):
    codes = (special[layer.edition, layer.level] for special in (HOANG_SA, TRUONG_SA))
    return [code for code in codes if area(layer.edition, code).level is not Level.PROVINCE]


@pytest.mark.parametrize(
    ("edition", "level"), [(EDITION_2024, Level.DISTRICT), (EDITION_2025, Level.COMMUNE)]
)
def test_zoomed_in_a_province_is_the_union_of_its_units(edition, level):
    units = decoded(boundaries.web_layer(edition, level, detail=True))
    provinces = decoded(boundaries.web_layer(edition, Level.PROVINCE, detail=True))
    united = units.dissolve("p", method="coverage").geometry[provinces["id"]]
    difference = shapely.symmetric_difference(provinces.geometry.to_numpy(), united.to_numpy())
    assert shapely.area(difference).max() < 1e-12


def test_building_again_gives_the_same_bytes(tmp_path):
    source = tmp_path / "boundaries"
    shutil.copytree(boundaries.BOUNDARIES_DIR, source)
    (source / boundaries.BOUNDS_NAME).unlink()
    web = tmp_path / "web"
    web.mkdir()
    (web / "2024-province-overview.00000000.json").write_text("superseded")
    web_boundaries.build(source, web)
    assert {file.name for file in web.iterdir()} == {
        file.name for file in boundaries.WEB_DIR.iterdir()
    }
    for file in web.iterdir():
        assert file.read_bytes() == (boundaries.WEB_DIR / file.name).read_bytes(), file.name
    bounds = boundaries.BOUNDS_NAME
    assert (source / bounds).read_bytes() == (boundaries.BOUNDARIES_DIR / bounds).read_bytes()


@pytest.fixture
def provinces(tmp_path):
    """Write the provinces of 2024 after a change, and give the folder to read them from."""

    def write(frame):
        frame.to_parquet(boundaries.parquet_path(EDITION_2024, Level.PROVINCE, directory=tmp_path))
        return tmp_path, EDITION_2024, Level.PROVINCE

    return write


def test_an_unfit_layer_is_refused(provinces):
    good = boundaries.load(EDITION_2024, Level.PROVINCE)
    assert len(layers.read_full(*provinces(good)).areas) == len(good)
    with pytest.raises(ValueError, match=r"CRS is EPSG:3405; it must be EPSG:4326"):
        layers.read_full(*provinces(good.to_crs(3405)))
    with pytest.raises(ValueError, match=r"2024-province\.parquet: codes differ.*'01'"):
        layers.read_full(*provinces(good.iloc[1:]))
    with pytest.raises(ValueError, match="codes differ"):
        layers.read_full(*provinces(good.iloc[[0, *range(len(good))]]))
    shifted = good.copy()
    shifted.loc[0, "geometry"] = shapely.transform(good.geometry[0], lambda xy: xy + 0.01)
    with pytest.raises(ValueError, match="not a valid coverage"):
        layers.read_full(*provinces(shifted))


def test_a_layer_that_quantising_would_break_is_not_written(tmp_path, monkeypatch):
    full = layers.read_full(boundaries.BOUNDARIES_DIR, EDITION_2024, Level.PROVINCE)
    monkeypatch.setattr(topology, "GRID", {"scale": [0.02, 0.02], "translate": [102, 8]})
    with pytest.raises(ValueError, match=r"2024-province-overview: .* use another tolerance"):
        web_boundaries.write_layer(tmp_path, full, boundaries.OVERVIEW, full.geometries)
    assert not list(tmp_path.iterdir())

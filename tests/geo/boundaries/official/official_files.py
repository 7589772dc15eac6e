"""Boundary files made up for tests, and the places they are put."""

from __future__ import annotations

import json

import geopandas as gpd
import shapely

from base.reading import Unreadable
from geo.boundaries.official.base import bundled
from geo.boundaries.official.records import Source, province_of
from geo.boundaries.official.sets import PublicSet, SetFile, blob_id
from geo.editions import EDITION_2024, Level, area

DISTRICT = Level.DISTRICT
HA_NOI = "01"


def districts(*provinces):
    """The bundled districts of some provinces, each drawn a little otherwise than its neighbour."""
    return {
        code: shapely.simplify(shapely.segmentize(shape, 0.01), 0.001)
        for code, shape in bundled(EDITION_2024, DISTRICT).items()
        if province_of(EDITION_2024, code) in provinces
    }


def frame_of(shapes, **columns):
    made = {
        "ma": list(shapes),
        "ten": [area(EDITION_2024, code).name_vi for code in shapes],
        "tinh": [area(EDITION_2024, province_of(EDITION_2024, code)).name_vi for code in shapes],
    }
    return gpd.GeoDataFrame({**made, **columns}, geometry=list(shapes.values()), crs="EPSG:4326")


def province_file(code, shapes):
    """A file of the form of the set of 2024: a province with its districts."""

    def coordinates(shape):
        many = shape if shape.geom_type == "MultiPolygon" else shapely.MultiPolygon([shape])
        return json.loads(shapely.to_geojson(many))["coordinates"]

    whole = shapely.union_all([shapely.buffer(s, 1e-5) for s in shapes.values()])
    return json.dumps(
        {
            "level1_id": code,
            "type": "MultiPolygon",
            "coordinates": coordinates(whole),
            "level2s": [
                {"level2_id": c, "type": "MultiPolygon", "coordinates": coordinates(shape)}
                for c, shape in shapes.items()
            ],
        }
    ).encode()


def public_set(contents):
    """A public set of made-up files: path to (code, content)."""
    files = tuple(SetFile(path, blob_id(data), code) for path, (code, data) in contents.items())
    source = Source("boundaries-official-2024")
    return PublicSet("made", "nobody", "0", EDITION_2024, DISTRICT, files, None, source)


def keys(caught):
    """What was found, of a refusal."""
    return {finding.key.removeprefix(Unreadable.prefix) for finding in caught.value.findings}

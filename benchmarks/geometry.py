"""The simplified geometry of the app's overview layers as GeoJSON, for the usual page."""

from __future__ import annotations

import json
from pathlib import Path

import shapely

from benchmarks.cases import Case
from benchmarks.servers import ROOT
from geo.boundaries import web_layer
from geo.boundaries.web.topology import decode

DECIMALS = 4  # the grid of the app's own layers: the usual page draws the very same points


def write_geometry(folder: Path, cases: tuple[Case, ...]) -> None:
    """Write ``{edition}-{level}.geojson`` for each case.

    Parameters
    ----------
    folder
        Where to.
    cases
        Which layers.
    """
    for case in cases:
        layer = web_layer(case.edition, case.level)
        topology = json.loads((ROOT / "static" / layer.url).read_text(encoding="utf-8"))
        frame = decode(topology)
        features = [
            {"type": "Feature", "id": str(code), "geometry": _rounded(shape)}
            for code, shape in zip(frame["code"], frame["geometry"], strict=True)
        ]
        path = folder / f"{case.edition}-{case.level}.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))


def _rounded(shape: shapely.Geometry) -> dict[str, object]:
    def tidy(value: object) -> object:
        if isinstance(value, float):
            return round(value, DECIMALS)
        return [tidy(part) for part in value]  # type: ignore[attr-defined]

    mapping = shapely.geometry.mapping(shape)
    return {"type": mapping["type"], "coordinates": tidy(mapping["coordinates"])}

"""Put together the features of each unit: parts are united, what repeats is taken once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.boundaries.official.base import bundled
from geo.boundaries.official.records import Finding, Refused, Shapes, Weight, named
from geo.editions import Level

if TYPE_CHECKING:
    import geopandas as gpd

# Two polygons are one where they share so much; a part is another unit's where so much of it lies
# there on the bundled map, and it is so much of that unit.
SAME: Final = 0.99
ELSEWHERE: Final = 0.5
OF_OTHER: Final = 0.3


def united(
    frame: gpd.GeoDataFrame,
    codes: list[str | None],
    others: list[str | None] | None,
    edition: str,
    level: Level,
) -> tuple[Shapes, list[Finding]]:
    """Give the polygon of each code.

    Parameters
    ----------
    others
        Codes that the names of the rows mean, where they came from another column; None else.

    Raises
    ------
    Refused
        If rows have no code, or one code has polygons of several units; all are named.
    """
    rows: dict[str, list[int]] = {}
    left = []
    for at, code in enumerate(codes):
        if code is None:
            left.append(at)
        else:
            rows.setdefault(code, []).append(at)
    drawn = frame.geometry.to_numpy()
    shapes: Shapes = {}
    doubled, joined, mixed = [], [], []
    for code, own in rows.items():
        parts = _distinct(drawn[own])
        if len(parts) < len(own):
            doubled.append(code)
        if len(parts) > 1:
            names = {others[at] for at in own if others[at]} if others else set[str]()
            if len(names) > 1 or _of_another(code, parts, rows, edition, level):
                mixed.append(code)
                continue
            joined.append(code)
        shapes[code] = parts[0] if len(parts) == 1 else shapely.union_all(_valid(parts))
    refused = []
    if left:
        listed = "; ".join(_described(frame, at) for at in left[:8])
        values = {"n": str(len(left)), "rows": listed}
        refused.append(Finding("unmatched", Weight.REFUSED, values))
    if mixed:
        refused.append(_about("duplicates", Weight.REFUSED, edition, mixed))
    if refused:
        raise Refused(refused)
    told = (("parts_united", joined), ("doubled", doubled))
    return shapes, [_about(key, Weight.MENDED, edition, found) for key, found in told if found]


def _distinct(drawn: np.ndarray) -> list[shapely.Geometry]:
    """Leave out what is empty where others are not, and what repeats."""
    given = [s for s in drawn if s is not None and not shapely.is_empty(s)] or list(drawn[:1])
    kept: list[shapely.Geometry] = []
    for shape in given:
        if not any(_same(shape, other) for other in kept):
            kept.append(shape)
    return kept


def _same(one: shapely.Geometry, other: shapely.Geometry) -> bool:
    if shapely.equals_exact(one, other, normalize=True):
        return True
    pair = _valid([one, other])
    shared = float(shapely.area(shapely.intersection(*pair)))
    joint = float(shapely.area(pair).sum()) - shared
    return joint > 0 and shared > SAME * joint


def _valid(shapes: list[shapely.Geometry]) -> np.ndarray:
    return np.asarray(shapely.make_valid(np.array(shapes, dtype=object)))


def _of_another(
    code: str, parts: list[shapely.Geometry], rows: dict[str, list[int]], edition: str, level: Level
) -> bool:
    """Tell whether a part is most of another unit that the file does not have."""
    base = bundled(edition, level)
    codes = list(base)
    tree = shapely.STRtree([base[one] for one in codes])
    for part in _valid(parts):
        near = tree.query(part, predicate="intersects")
        areas = shapely.area(shapely.intersection(tree.geometries[near], part))
        for i, shared in zip(near, areas, strict=True):
            other = codes[i]
            if other == code or other in rows:
                continue
            most = shared > ELSEWHERE * shapely.area(part)
            if most and shared > OF_OTHER * shapely.area(base[other]):
                return True
    return False


def _about(key: str, weight: Weight, edition: str, codes: list[str]) -> Finding:
    return Finding(key, weight, {"n": str(len(codes)), "units": named(edition, codes)})


def _described(frame: gpd.GeoDataFrame, at: int) -> str:
    """Write the first cells of a row, so that it can be found in the file."""
    cells = [str(cell)[:30] for cell in frame.drop(columns="geometry").iloc[at].tolist()[:4]]
    return f"{at + 1}: {' / '.join(cells)}"

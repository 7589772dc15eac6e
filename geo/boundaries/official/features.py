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
    drawn = frame.geometry.to_numpy()
    rows: dict[str, list[int]] = {}
    for at, code in enumerate(codes):
        if code is not None:
            rows.setdefault(code, []).append(at)
    unnamed = [at for at, code in enumerate(codes) if code is None]
    blank = [at for at in unnamed if _hollow(drawn[at])]  # a sum, or the end of a table
    left = [at for at in unnamed if at not in blank]
    shapes: Shapes = {}
    hollow, doubled, joined, mixed = [], [], [], []
    for code, own in rows.items():
        given = [shape for shape in drawn[own] if not _hollow(shape)]
        if not given:  # set aside later, as what is empty
            shapes[code] = shapely.Polygon()
            continue
        parts = _distinct(given)
        if len(given) < len(own):
            hollow.append(code)
        if len(parts) < len(given):
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
        refused.append(_rows("unmatched", Weight.REFUSED, frame, left))
    if mixed:
        refused.append(_about("duplicates", Weight.REFUSED, edition, mixed))
    if refused:
        raise Refused(refused)
    told = (("rows_empty", hollow), ("parts_united", joined), ("doubled", doubled))
    findings = [_about(key, Weight.MENDED, edition, found) for key, found in told if found]
    if blank:
        findings.append(_rows("rows_blank", Weight.NOTE, frame, blank))
    return shapes, findings


def _hollow(shape: shapely.Geometry | None) -> bool:
    return shape is None or bool(shapely.is_empty(shape))


def _distinct(given: list[shapely.Geometry]) -> list[shapely.Geometry]:
    """Leave out what repeats."""
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


def _rows(key: str, weight: Weight, frame: gpd.GeoDataFrame, rows: list[int]) -> Finding:
    listed = "; ".join(_described(frame, at) for at in rows[:8])
    return Finding(key, weight, {"n": str(len(rows)), "rows": listed})


def _described(frame: gpd.GeoDataFrame, at: int) -> str:
    """Write the first cells of a row, so that it can be found in the file."""
    row = frame.drop(columns="geometry").iloc[at]
    cells = [str(cell)[:30] for cell in row[row.notna()].tolist()[:4]]
    return f"{at + 1}: {' / '.join(cells)}".rstrip(": ")

"""Tell boxes of districts that leave out their own wards, and give these another box."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from data.build.boundaries.records import (
    KM_PER_DEGREE,
    NARROW_DEG,
    X_SCALE,
    Box,
    Commune,
    District,
    Extent,
    Ward,
    around,
    by_district,
    centre,
    grown,
    inside,
    size,
)

# A district's box is distrusted when this many centres of its wards, and this share, lie outside.
OUTSIDE_WARDS, OUTSIDE_SHARE, FEW_WARDS = 2, 0.12, 3
# What is known of a distrusted district by points lies this near its good boxes.
NEAR_DEG = 20 / KM_PER_DEGREE


def distrusted_districts(districts: Mapping[str, District], wards: Mapping[str, Ward]) -> set[str]:
    """Find districts whose box leaves out too many of their own wards, or is only a point."""
    found = set()
    for code, members in by_district(wards).items():
        box = districts[code].box
        known = [ward for ward in members if ward.extent is not Extent.NONE]
        out = sum(not inside(box, centre(ward.box)) for ward in known)
        many = out >= OUTSIDE_WARDS and out > OUTSIDE_SHARE * len(known)
        few = out > 0 and len(members) <= FEW_WARDS
        if many or few or max(size(box)) < NARROW_DEG:
            found.add(code)
    return found


def mended(
    districts: Mapping[str, District],
    wards: Mapping[str, Ward],
    distrusted: Iterable[str],
    communes: Mapping[str, Commune],
) -> dict[str, District]:
    """Give distrusted districts the box around all that is known of their wards.

    That is good boxes; of wards known as points, and of those whose box is not known, the square
    around the point or the commune that holds its land. A commune that lies in several districts
    says nothing of one of them.
    """
    members = by_district(wards)
    homes: dict[str, set[str]] = defaultdict(set)
    for ward in wards.values():
        for code in ward.communes:
            homes[code].add(ward.district)
    found = dict(districts)
    for code in distrusted:
        boxes = [ward.box for ward in members[code] if ward.extent is Extent.BOX]
        if not boxes:
            continue
        near = grown(around(boxes), NEAR_DEG)
        for ward in members[code]:
            for commune in (communes[c] for c in ward.communes if len(homes[c]) == 1):
                point = centre(ward.box) if ward.extent is Extent.POINT else commune.point
                if ward.extent is not Extent.BOX and inside(near, point):
                    boxes.append(_square(point, commune.radius))
        found[code] = replace(districts[code], box=around(boxes))
    return found


def _square(point: tuple[float, float], radius: float) -> Box:
    lon, lat = point
    return lon - radius / X_SCALE, lat - radius, lon + radius / X_SCALE, lat + radius

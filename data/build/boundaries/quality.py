"""Set aside what cannot be right: boxes of wards and districts, points and areas of communes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import hypot

import numpy as np

from data.build.boundaries.records import (
    KM_PER_DEGREE,
    SMALLEST_KM2,
    X_SCALE,
    Box,
    Commune,
    District,
    Extent,
    Units,
    Ward,
    around,
    box_km2,
    centre,
    grown,
    inside,
    size,
)

# A box wider than this is not that of one ward; one narrower is only a point.
WIDE_DEG, NARROW_DEG = 45 / KM_PER_DEGREE, 0.0029
# A box of less than this share of what its commune has for each ward is that of a village, or one
# of less than so many km² and than this share of what is usual in its district.
VILLAGE_OF_WARD, VILLAGE_KM2, VILLAGE_OF_USUAL = 0.5, 2.0, 1 / 40
# An area that is not sure is believed where it is so many times what all boxes hold: no such area
# is that wrong, while boxes of villages leave whole districts without one of a ward.
UNSURE_TIMES = 5.0
# How far outside its district's box the centre of a ward's may lie.
OUTSIDE_DEG = 0.01
# A district's box is distrusted when this many centres of its wards, and this share, lie outside.
OUTSIDE_WARDS, OUTSIDE_SHARE, FEW_WARDS = 2, 0.12, 3
# A ward is far from its fellows when farther from the three nearest than this and than three
# times what is usual in its district.
FAR_DEG, FAR_TIMES, NEAREST = 12 / KM_PER_DEGREE, 3.0, 3
# A commune's point may lie this far outside the boxes of the districts that it is made of.
ASTRAY_DEG, ASTRAY_RADII = 0.02, 4.0
# What is known of a distrusted district by points lies this near its good boxes.
NEAR_DEG = 20 / KM_PER_DEGREE
# A ward fills this share of its box, on average.
FILL = 0.555


def checked(units: Units) -> Units:
    """Put units right as far as they can be.

    Returns
    -------
    Units
        Wards with what their box is worth, districts with a box that can be believed, communes
        with a point inside them and an area.
    """
    wards = villages(replace(units, wards=plain_faults(units)))
    distrusted = distrusted_districts(units.districts, wards)
    wards = misplaced(replace(units, wards=wards), distrusted)
    wards = repeated(wards)
    districts = mended(units.districts, wards, distrusted, units.communes)
    communes = placed(units.communes, wards, districts)
    return replace(units, wards=wards, districts=districts, communes=communes)


def plain_faults(units: Units) -> dict[str, Ward]:
    """Judge each ward's box by itself: a copy of a parent's, too large, or only a point."""
    found = {}
    for code, ward in units.wards.items():
        district = units.districts[ward.district]
        longer = max(size(ward.box))
        extent = Extent.BOX
        parents = {units.provinces[district.province]}
        if code != district.code:
            parents.add(district.box)
        if ward.box in parents or longer > WIDE_DEG:
            extent = Extent.NONE
        elif longer < NARROW_DEG:
            extent = Extent.POINT
        found[code] = replace(ward, extent=extent)
    return found


def villages(units: Units) -> dict[str, Ward]:
    """Take boxes that are those of one village of a large commune for points.

    They show where a commune whose area is sure is larger than all boxes of its wards together, or
    any other several times larger, and elsewhere by being tiny beside the others of their district.
    """
    members = _by_commune(units.wards)
    usual = {
        code: float(np.median([box_km2(ward.box) for ward in found]))
        for code, found in _by_district(units.wards).items()
    }
    found = dict(units.wards)
    for code, wards in members.items():
        commune = units.communes[code]
        area = commune.area_km2 or 0.0
        times = 1.0 if commune.sure else UNSURE_TIMES
        short = area > times * sum(box_km2(ward.box) for ward in wards)
        for ward in wards:
            km2 = box_km2(ward.box)
            believed = short and (commune.sure or km2 < VILLAGE_KM2)
            small = km2 < VILLAGE_OF_WARD * area / len(wards) if believed else False
            tiny = km2 < min(VILLAGE_KM2, VILLAGE_OF_USUAL * usual[ward.district])
            if ward.extent is Extent.BOX and ward.code != ward.district and (small or tiny):
                found[ward.code] = replace(ward, extent=Extent.POINT)
    return found


def distrusted_districts(districts: Mapping[str, District], wards: Mapping[str, Ward]) -> set[str]:
    """Find districts whose box leaves out too many of their own wards, or is only a point."""
    found = set()
    for code, members in _by_district(wards).items():
        box = districts[code].box
        known = [ward for ward in members if ward.extent is not Extent.NONE]
        out = sum(not inside(box, centre(ward.box)) for ward in known)
        many = out >= OUTSIDE_WARDS and out > OUTSIDE_SHARE * len(known)
        few = out > 0 and len(members) <= FEW_WARDS
        if many or few or max(size(box)) < NARROW_DEG:
            found.add(code)
    return found


def misplaced(units: Units, distrusted: Iterable[str]) -> dict[str, Ward]:
    """Set aside wards that lie outside their district, or far from the others of it.

    A ward whose box holds the point of its commune stays: two sources agree on where it is.
    """
    distrusted = set(distrusted)
    found = dict(units.wards)
    for code, members in _by_district(units.wards).items():
        known = [ward for ward in members if ward.extent is not Extent.NONE]
        if code in distrusted:
            wrong = _far(known)
        else:
            near = grown(units.districts[code].box, OUTSIDE_DEG)
            wrong = [ward for ward in known if not inside(near, centre(ward.box))]
        for ward in wrong:
            if not any(inside(ward.box, units.communes[c].point) for c in ward.communes):
                found[ward.code] = replace(ward, extent=Extent.NONE)
    return found


def _far(wards: list[Ward]) -> list[Ward]:
    """Find wards farther from their nearest fellows than is usual among them."""
    if len(wards) <= NEAREST:
        return []
    points = np.array([centre(ward.box) for ward in wards]) * (X_SCALE, 1.0)
    apart = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    mean = np.sort(apart, axis=1)[:, 1 : NEAREST + 1].mean(axis=1)
    limit = max(FAR_TIMES * float(np.median(mean)), FAR_DEG)
    return [ward for ward, distance in zip(wards, mean, strict=True) if distance > limit]


def repeated(wards: Mapping[str, Ward]) -> dict[str, Ward]:
    """Set aside boxes that wards of two districts share: one of them has the other's."""
    owners: dict[Box, set[str]] = defaultdict(set)
    for ward in wards.values():
        if ward.extent is not Extent.NONE:
            owners[ward.box].add(ward.district)
    return {
        code: replace(ward, extent=Extent.NONE) if len(owners[ward.box]) > 1 else ward
        for code, ward in wards.items()
    }


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
    members = _by_district(wards)
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


def placed(
    communes: Mapping[str, Commune], wards: Mapping[str, Ward], districts: Mapping[str, District]
) -> dict[str, Commune]:
    """Mend the points and areas of communes by the wards that they are made of."""
    members = _by_commune(wards)
    return {code: _placed(c, members.get(code, []), districts) for code, c in communes.items()}


def _placed(commune: Commune, wards: list[Ward], districts: Mapping[str, District]) -> Commune:
    good = [ward for ward in wards if ward.extent is Extent.BOX]
    known = [ward for ward in wards if ward.extent is not Extent.NONE]
    commune = replace(commune, area_km2=_area(commune.area_km2, wards))
    near = any(inside(grown(districts[w.district].box, ASTRAY_DEG), commune.point) for w in wards)
    astray = min((_gap(ward.box, commune.point) for ward in known), default=0.0)
    # Where no ward has a box, nothing speaks against the point of the commune itself.
    if not good or (near and astray <= ASTRAY_RADII * commune.radius):
        return commune
    points = [centre(ward.box) for ward in good]
    lon, lat = (sum(values) / len(points) for values in zip(*points, strict=True))
    return replace(commune, lon=lon, lat=lat)


def _gap(box: Box, point: tuple[float, float]) -> float:
    """Give the distance from a point to a box in degrees of latitude."""
    west, south, east, north = box
    return hypot(
        max(west - point[0], 0.0, point[0] - east) * X_SCALE,
        max(south - point[1], 0.0, point[1] - north),
    )


def _area(given: float | None, wards: list[Ward]) -> float | None:
    """Give the area of a commune: at most what its wards fill of their boxes."""
    known = given if given and given > SMALLEST_KM2 else None
    if any(ward.extent is not Extent.BOX for ward in wards):
        return known
    most = FILL * sum(box_km2(ward.box) for ward in wards)
    return min(known, most) if known else most


def _by_district(wards: Mapping[str, Ward]) -> dict[str, list[Ward]]:
    members: dict[str, list[Ward]] = defaultdict(list)
    for ward in wards.values():
        members[ward.district].append(ward)
    return members


def _by_commune(wards: Mapping[str, Ward]) -> dict[str, list[Ward]]:
    members: dict[str, list[Ward]] = defaultdict(list)
    for ward in wards.values():
        for code in ward.communes:
            members[code].append(ward)
    return members

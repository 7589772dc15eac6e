"""Set aside what cannot be right: boxes of wards and districts, points and areas of communes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import hypot

import numpy as np

from data.build.boundaries.districts import distrusted_districts, mended
from data.build.boundaries.records import (
    KM_PER_DEGREE,
    NARROW_DEG,
    SMALLEST_KM2,
    X_SCALE,
    Box,
    Commune,
    District,
    Extent,
    Units,
    Ward,
    box_km2,
    by_commune,
    by_district,
    centre,
    grown,
    inside,
    intersection,
    size,
)

# A box wider than this is not that of one ward.
WIDE_DEG = 45 / KM_PER_DEGREE
# A box of less than this share of what its commune has for each ward is that of a village, or one
# of less than so many km² and than this share of what is usual in its district.
VILLAGE_OF_WARD, VILLAGE_KM2, VILLAGE_OF_USUAL = 0.5, 2.0, 1 / 40
# An area that is not sure is believed where it is so many times what all boxes hold: no such area
# is that wrong, while boxes of villages leave whole districts without one of a ward. It is not
# believed where it is so many times what its wards hold if those without a box are like the others.
UNSURE_TIMES = 5.0
# A box that holds more than this share of its district's, among so many wards, is not that of a
# ward whose commune has less than a fifth of it.
DISTRICT_SHARE, MANY_WARDS = 0.5, 4
# How far outside its district's box the centre of a ward's may lie.
OUTSIDE_DEG = 0.01
# A ward is far from its fellows when farther from the three nearest than this and than three
# times what is usual in its district.
FAR_DEG, FAR_TIMES, NEAREST = 12 / KM_PER_DEGREE, 3.0, 3
# A commune's point may lie this far outside the boxes of the districts that it is made of.
ASTRAY_DEG, ASTRAY_RADII = 0.02, 4.0
# A ward fills this share of its box, on average.
FILL = 0.555
# Communes whose point in the source is in a neighbour, and one that is published, to 0.01°.
PUBLISHED = {
    "06685": (107.07, 20.95),  # Hồng Gai: the old ward of that name, Wikipedia (vi)
    "10999": (106.30, 20.87),  # Gia Lộc: the township of that name, in the same source
    "11050": (106.30, 20.83),  # Gia Phúc: the old commune Hồng Hưng, Wikipedia (vi)
}


def published(units: Units) -> Units:
    """Put communes at published points where those of the source are known to be others'."""
    points = {code: PUBLISHED[code] for code in PUBLISHED.keys() & units.communes.keys()}
    moved = {c: replace(units.communes[c], lon=x, lat=y) for c, (x, y) in points.items()}
    return replace(units, communes=units.communes | moved)


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
    communes = exchanged(units.communes, wards)
    districts = mended(units.districts, wards, distrusted, communes)
    communes = placed(communes, wards, districts)
    return replace(units, wards=wards, districts=districts, communes=communes)


def plain_faults(units: Units) -> dict[str, Ward]:
    """Judge each ward's box by itself: that of a parent, too large, or only a point."""
    found = {}
    members = by_district(units.wards)
    for code, ward in units.wards.items():
        district = units.districts[ward.district]
        longer = max(size(ward.box))
        extent = Extent.BOX
        parents = {units.provinces[district.province]}
        if code != district.code:
            parents.add(district.box)
        if _parental(ward, district, len(members[district.code]), units.communes):
            parents.add(ward.box)
        if ward.box in parents or longer > WIDE_DEG:
            extent = Extent.NONE
        elif longer < NARROW_DEG:
            extent = Extent.POINT
        found[code] = replace(ward, extent=extent)
    return found


def _parental(ward: Ward, district: District, count: int, communes: Mapping[str, Commune]) -> bool:
    shared = intersection(ward.box, district.box)
    least = DISTRICT_SHARE * box_km2(district.box)
    if count < MANY_WARDS or shared is None or box_km2(shared) <= least:
        return False
    most = max(communes[code].area_km2 or np.inf for code in ward.communes)
    return bool(box_km2(ward.box) > UNSURE_TIMES * most)


def villages(units: Units) -> dict[str, Ward]:
    """Take boxes that are those of one village of a large commune for points.

    They show where a commune whose area is sure is larger than all boxes of its wards together, or
    any other several times larger, and elsewhere by being tiny beside the others of their district.
    """
    members = by_commune(units.wards)
    usual = {
        code: float(np.median([box_km2(ward.box) for ward in found]))
        for code, found in by_district(units.wards).items()
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


def misplaced(units: Units, distrusted: Iterable[str]) -> dict[str, Ward]:
    """Set aside wards that lie outside their district, or far from the others of it.

    A ward whose box holds the point of its commune stays: two sources agree on where it is.
    """
    distrusted = set(distrusted)
    found = dict(units.wards)
    for code, members in by_district(units.wards).items():
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


def exchanged(communes: Mapping[str, Commune], wards: Mapping[str, Ward]) -> dict[str, Commune]:
    """Give two communes of a district each other's points where the source has taken them for such.

    That is where all that is known of the wards of one lies nearer to the point of another, of
    whose wards nothing is known.
    """
    members = by_commune(wards)
    known = {
        code: [centre(ward.box) for ward in members[code] if ward.extent is not Extent.NONE]
        for code in members.keys() & communes.keys()
    }
    found = dict(communes)
    for fellows in by_district(wards).values():
        codes = sorted({code for ward in fellows for code in ward.communes} & known.keys())
        for other in (code for code in codes if not known[code]):
            for own in (code for code in codes if known[code]):
                here, there = found[own], found[other]
                if all(_apart(p, there.point) < _apart(p, here.point) for p in known[own]):
                    found[own] = replace(here, lon=there.lon, lat=there.lat)
                    found[other] = replace(there, lon=here.lon, lat=here.lat)
    return found


def _apart(one: tuple[float, float], two: tuple[float, float]) -> float:
    return hypot((one[0] - two[0]) * X_SCALE, one[1] - two[1])


def placed(
    communes: Mapping[str, Commune], wards: Mapping[str, Ward], districts: Mapping[str, District]
) -> dict[str, Commune]:
    """Mend the points and areas of communes by the wards that they are made of."""
    members = by_commune(wards)
    return {code: _placed(c, members.get(code, []), districts) for code, c in communes.items()}


def _placed(commune: Commune, wards: list[Ward], districts: Mapping[str, District]) -> Commune:
    good = [ward for ward in wards if ward.extent is Extent.BOX]
    known = [ward for ward in wards if ward.extent is not Extent.NONE]
    commune = replace(commune, area_km2=_area(commune, wards))
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


def _area(commune: Commune, wards: list[Ward]) -> float | None:
    """Give the area of a commune: at most what its wards fill of their boxes."""
    given = commune.area_km2
    known = given if given and given > SMALLEST_KM2 else None
    boxes = [box_km2(ward.box) for ward in wards if ward.extent is Extent.BOX]
    if len(boxes) == len(wards):
        most = FILL * sum(boxes)
        return min(known, most) if known else most
    points = any(ward.extent is Extent.POINT for ward in wards)
    if known is None or commune.sure or points or min(boxes, default=0.0) < VILLAGE_KM2:
        return known
    most = FILL * sum(boxes) / len(boxes) * len(wards)
    return most if known > UNSURE_TIMES * most else known

"""What became of the communes of before July 2025, as rows of data/crosswalk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import geopandas as gpd
import shapely

from data.build._area_sources import read_package
from data.build._crosswalk_source import Source
from data.build._crosswalk_tables import EQUAL_AREA, FIRST_DAY_2025, Row
from geo import boundaries
from geo.crosswalk import Extent, Method, OldCommune
from geo.editions import EDITION_2024, EDITION_2025, Level, area, areas

COMMUNES_ORIGIN = "crosswalk-communes-2025"
# Further than this from the district that the old commune lay in, a new commune cannot have taken
# part of it: the source confused two communes of the same name.
FAR_M = 5_000.0
# A part that the boxes do not show is still a part.
SMALLEST_SHARE = 0.02


class LeftOut(NamedTuple):
    """A link of the source that cannot be, with the distance to the old commune's district."""

    from_code: str
    from_name: str
    to_code: str
    to_name: str
    distance_km: int
    reason: str


class Division(NamedTuple):
    """How the land of an old commune is divided: share by new code, and how that is known."""

    shares: dict[str, float]
    method: Method


@dataclass(frozen=True, slots=True)
class Drawn:
    """Hold the approximate polygons that shares are measured on, by code, in EPSG:6933."""

    districts: dict[str, shapely.Geometry]
    communes: dict[str, shapely.Geometry]


def read_drawn() -> Drawn:
    """Read the districts of 2024 and the communes of 2025 as they are drawn."""
    return Drawn(_polygons(EDITION_2024, Level.DISTRICT), _polygons(EDITION_2025, Level.COMMUNE))


def commune_rows(source: Source, drawn: Drawn) -> tuple[list[Row], list[LeftOut]]:
    """Link the communes of before July 2025 to those of today.

    Raises
    ------
    ValueError
        Where no link of a commune is left.
    """
    kept = read_package().kept
    found: list[Row] = []
    out: list[LeftOut] = []
    doubtful = _doubtful(source)
    for old, news in source.links.items():
        commune = source.communes[old]
        district = drawn.districts[commune.district]
        away = {new: district.distance(drawn.communes[new]) for new in sorted(news)}
        wrong = [new for new in away if away[new] > FAR_M and (old, new) in doubtful]
        out += [_left_out(commune, new, away[new]) for new in wrong]
        near = [new for new in away if new not in wrong]
        if not near:
            raise ValueError(f"old commune {old}: all of {sorted(news)} are too far to be right")
        division = _divided(commune, near, source, drawn)
        found += _rows(commune, division, kept, _caveat(division.method, wrong))
    return found, out


def _doubtful(source: Source) -> set[tuple[str, str]]:
    """Find links that a mix-up of names may have made.

    The divided commune has a namesake in another district of the same new province, and no
    undivided commune of its own district went to the new commune.
    """
    namesakes: dict[tuple[str, str], set[str]] = defaultdict(set)
    districts: dict[str, set[str]] = defaultdict(set)
    for old, news in source.links.items():
        commune = source.communes[old]
        for new in news:
            namesakes[_province(new), commune.name_vi].add(commune.district)
            if len(news) == 1:
                districts[new].add(commune.district)
    return {
        (old, new)
        for old, news in source.links.items()
        for new in news
        if len(namesakes[_province(new), source.communes[old].name_vi]) > 1
        and len(news) > 1
        and source.communes[old].district not in districts[new]
    }


def _province(new: str) -> str:
    return str(area(EDITION_2025, new).parent)


def _rows(
    commune: OldCommune, division: Division, kept: frozenset[str], note: str
) -> Iterator[Row]:
    alone = len(division.shares) == 1
    for new, share in division.shares.items():
        yield Row(
            commune.code,
            commune.name_vi,
            new,
            area(EDITION_2025, new).name_vi,
            Extent.WHOLE if alone else Extent.PART,
            1 / len(division.shares),
            share,
            1 if alone else None,
            alone,
            division.method,
            "" if alone and new in kept else FIRST_DAY_2025,
            "",
            COMMUNES_ORIGIN,
            note,
        )


def _caveat(method: Method, wrong: list[str]) -> str:
    notes = {
        Method.OVERLAP: "Chia cho nhiều xã; tỉ lệ diện tích ước từ khung bao của xã cũ.",
        Method.EQUAL: "Chia cho nhiều xã; không rõ tỉ lệ, tạm chia đều.",
    }
    found = [notes[method]] if method in notes else []
    if wrong:
        names = ", ".join(area(EDITION_2025, new).name_vi for new in wrong)
        found.append(f"Đã bỏ {names}: nguồn nhầm với xã trùng tên.")
    return " ".join(found)


def _divided(commune: OldCommune, news: list[str], source: Source, drawn: Drawn) -> Division:
    """Estimate how the land of a commune was divided: its box over the drawn new communes."""
    if len(news) == 1:
        return Division({news[0]: 1.0}, Method.WHOLE)
    box = source.boxes.get(commune.code, shapely.Polygon())
    land = box.intersection(drawn.districts[commune.district])
    parts = {new: land.intersection(drawn.communes[new]).area for new in news}
    total = sum(parts.values())
    if total == 0:
        return Division({new: 1 / len(news) for new in news}, Method.EQUAL)
    floored = {new: max(part / total, SMALLEST_SHARE) for new, part in parts.items()}
    whole = sum(floored.values())
    return Division({new: part / whole for new, part in floored.items()}, Method.OVERLAP)


def _left_out(commune: OldCommune, new: str, away: float) -> LeftOut:
    return LeftOut(
        commune.code,
        commune.name_vi,
        new,
        area(EDITION_2025, new).name_vi,
        round(away / 1000),
        "not near the district of the old commune; the source confused communes of one name",
    )


def _polygons(edition: str, level: Level) -> dict[str, shapely.Geometry]:
    frame = gpd.read_parquet(boundaries.parquet_path(edition, level)).to_crs(EQUAL_AREA)
    found = dict(zip(frame["code"], frame.geometry, strict=True))
    return {unit.code: found[unit.code] for unit in areas(edition, level)}

"""The links of provinces and districts, as rows of the tables of data/crosswalk."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import NamedTuple

import geopandas as gpd

from data.build._area_sources import DATA_DIR, FACTS_DIR, rows
from geo import boundaries
from geo.crosswalk import Extent, Method
from geo.editions import EDITION_2019, EDITION_2024, EDITION_2025, Level, area, areas

CROSSWALK_DIR = DATA_DIR / "crosswalk"
PARTS_FILE = CROSSWALK_DIR / "district_parts.csv"
RESOLUTIONS_FILE = CROSSWALK_DIR / "resolutions.csv"
FIRST_DAY_2025 = "2025-07-01"
RESOLUTION_PROVINCES = "Nghị quyết 202/2025/QH15"
SAME_ORIGIN = "crosswalk-same-provinces"
PROVINCES_ORIGIN = "crosswalk-provinces-2025"
DISTRICTS_ORIGIN = "crosswalk-districts-2024"
# Areas are compared, so the projection has to keep them (EPSG:6933, cylindrical equal area).
EQUAL_AREA = 6933


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table of links, in the order of its columns."""

    from_code: str
    from_name: str
    to_code: str
    to_name: str
    extent: Extent
    share_count: float | None
    share_area: float | None
    share_population: float | None
    exact: bool
    method: Method
    effective: str
    resolution: str
    origin: str
    note: str


class Change(NamedTuple):
    """A district of 2019 that went to one of 2024, wholly or in part."""

    extent: Extent
    effective: str
    note: str = ""


def province_rows(united: dict[str, list[str]]) -> list[Row]:
    """Link the 63 to the 34."""
    return sorted(
        (_province_row(old, new, len(olds) > 1) for new, olds in united.items() for old in olds),
        key=lambda row: row.from_code,
    )


def same_province_rows() -> list[Row]:
    """Link the 63 of the census to the 63 of 2024: the same, by the same codes."""
    found = [
        _whole(
            (unit.code, unit.name_vi),
            (unit.code, area(EDITION_2024, unit.code).name_vi),
            SAME_ORIGIN,
            effective="",
        )
        for unit in areas(EDITION_2019, Level.PROVINCE)
    ]
    return _with_resolutions(Level.PROVINCE, found)


def district_rows() -> list[Row]:
    """Link the districts of the census to the 696.

    Returns
    -------
    list of Row
        Districts that the list of changes does not name keep their code.

    Raises
    ------
    ValueError
        Where data/crosswalk/district_parts.csv does not fit the list of changes.
    """
    changes = district_changes()
    moved = {old for old, _ in changes}
    for unit in areas(EDITION_2019, Level.DISTRICT):
        if unit.code not in moved:
            changes[unit.code, unit.code] = Change(Extent.WHOLE, "")
    parts = Counter(old for old, _ in changes)
    members = Counter(new for _, new in changes)
    vague = {old for (old, _), change in changes.items() if change.extent is Extent.MOST}
    drawn = _drawn_areas()
    found = []
    for (old, new), change in sorted(changes.items()):
        names = area(EDITION_2019, old).name_vi, area(EDITION_2024, new).name_vi
        if change.extent is Extent.WHOLE:
            row = _whole(
                (old, names[0]),
                (new, names[1]),
                DISTRICTS_ORIGIN,
                effective=change.effective,
                note=change.note,
            )
            found.append(row)
            continue
        news = [target for origin, target in changes if origin == old]
        # Only where nothing else joined the parts do they make up the old district together.
        measured = all(members[target] == 1 for target in news)
        share = drawn[new] / sum(drawn[target] for target in news) if measured else None
        found.append(
            Row(
                old,
                names[0],
                new,
                names[1],
                change.extent,
                None if old in vague else 1 / parts[old],
                share,
                None,
                False,
                Method.DRAWN if measured else Method.UNKNOWN,
                change.effective,
                "",
                DISTRICTS_ORIGIN,
                change.note,
            )
        )
    return _with_resolutions(Level.DISTRICT, found)


def district_changes() -> dict[tuple[str, str], Change]:
    """Read the list of changes with our additions and the one correction of a code.

    Raises
    ------
    ValueError
        Where an addition says something else of a pair than the list.
    """
    found = {
        (row["old_code"], row["new_code"]): Change(Extent(row["extent"]), row["effective"])
        for row in rows(FACTS_DIR / "district_changes.csv")
    }
    for row in rows(PARTS_FILE):
        pair = row["from_code"], row["to_code"]
        if row["instead_of"]:
            del found[row["from_code"], row["instead_of"]]
        listed = found.get(pair)
        if listed is not None and (listed.extent, listed.effective) != (
            row["extent"],
            row["effective"],
        ):
            raise ValueError(
                f"{PARTS_FILE.name}, {pair}: {row['extent']} {row['effective']}, but the list of "
                f"changes has {listed.extent} {listed.effective}"
            )
        found[pair] = Change(Extent(row["extent"]), row["effective"], row["note"])
    return found


def _with_resolutions(level: Level, found: list[Row]) -> list[Row]:
    """Add the resolutions that are known for certain, and the days that they give."""
    known = {
        (row["from_code"], row["to_code"]): row
        for row in rows(RESOLUTIONS_FILE)
        if row["level"] == level
    }
    missing = set(known) - {(row.from_code, row.to_code) for row in found}
    if missing:
        raise ValueError(f"{RESOLUTIONS_FILE.name}: {level} pairs that there are not: {missing}")
    return [
        replace(
            row,
            resolution=known[row.from_code, row.to_code]["resolution"],
            effective=known[row.from_code, row.to_code]["effective"] or row.effective,
        )
        if (row.from_code, row.to_code) in known
        else row
        for row in found
    ]


def _drawn_areas() -> dict[str, float]:
    """Measure the districts of the approximate boundaries, in square kilometres."""
    frame = gpd.read_parquet(boundaries.parquet_path(EDITION_2024, Level.DISTRICT))
    measured = frame.to_crs(EQUAL_AREA).area / 1e6
    return dict(zip(frame["code"], measured, strict=True))


def _province_row(old: str, new: str, changed: bool) -> Row:
    return _whole(
        (old, area(EDITION_2024, old).name_vi),
        (new, area(EDITION_2025, new).name_vi),
        PROVINCES_ORIGIN,
        effective=FIRST_DAY_2025 if changed else "",
        resolution=RESOLUTION_PROVINCES if changed else "",
    )


def _whole(
    old: tuple[str, str],
    new: tuple[str, str],
    origin: str,
    *,
    effective: str,
    resolution: str = "",
    note: str = "",
) -> Row:
    return Row(
        *old, *new, Extent.WHOLE, 1, 1, 1, True, Method.WHOLE, effective, resolution, origin, note
    )

"""Make the areas of each edition out of what the sources say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from data.build import _area_sources as sources
from data.build._area_names import clean_name, without_diacritics
from data.build._area_rows import assemble, blank_area
from data.build._area_sources import Package, Unit
from geo.editions import EDITION_2019, EDITION_2024, EDITION_2025, HOANG_SA, Area, Level

LAST_DAY_2024 = date(2025, 6, 30)
FIRST_DAY_2025 = date(2025, 7, 1)
# The communes' areas of a province are believed only if they add up to the province's own area;
# sums of true areas differ by rounding and by small transfers (at most 0.11 %), false ones by more.
AREA_TOLERANCE = 0.002


def areas_2019(package: Package) -> list[Area]:
    """Make the areas of the census of 2019: 63 provinces, 713 districts.

    Parameters
    ----------
    package
        Gives the provinces, the points, and the names of 2024 by which a district that stayed as
        it was is recognised.
    """
    units, persons = sources.read_census()
    later = {unit.code: unit for unit in package.districts}
    # The census counts nobody in Hoàng Sa and leaves the district out.
    units = sorted([*units, later[HOANG_SA[EDITION_2019, Level.DISTRICT]]])
    ends = _ends_of_2019()
    districts = []
    for unit in units:
        stayed = later[unit.code] if unit.code in later and unit.code not in ends else None
        same_name = stayed is not None and _plain(stayed.name) == _plain(unit.name)
        area = blank_area(EDITION_2019, Level.DISTRICT, unit)
        districts.append(
            replace(
                area,
                population=persons.get(unit.code),
                lon=stayed.lon if stayed else None,
                lat=stayed.lat if stayed else None,
                valid_to=ends.get(unit.code, LAST_DAY_2024 if same_name else None),
            )
        )
    counted = Counter[str]()
    for unit in units:
        counted[unit.province] += persons.get(unit.code, 0)
    provinces = [
        replace(area, population=counted[area.code], valid_to=_end_of_province(package, area))
        for area in _provinces(EDITION_2019, package.provinces_old)
    ]
    return assemble(EDITION_2019, provinces, districts)


def areas_2024(package: Package) -> list[Area]:
    """Make the areas of the last days before July 2025: 63 provinces, 696 districts."""
    persons, km2 = sources.read_population("2024"), sources.read_province_areas()
    provinces = [
        replace(
            area,
            population=persons[area.code],
            area_km2=km2[area.code],
            valid_to=_end_of_province(package, area),
        )
        for area in _provinces(EDITION_2024, package.provinces_old)
    ]
    starts = {change.new_code: change.effective for change in sources.read_changes()}
    districts = [
        replace(
            blank_area(EDITION_2024, Level.DISTRICT, unit),
            valid_from=starts.get(unit.code),
            valid_to=LAST_DAY_2024,
        )
        for unit in package.districts
    ]
    return assemble(EDITION_2024, provinces, districts)


def areas_2025(package: Package) -> list[Area]:
    """Make the areas in force since July 2025: 34 provinces, 3,321 communes.

    Parameters
    ----------
    package
        Gives codes, names, points and areas of communes, and which provinces were united.
    """
    persons, km2 = sources.read_population("2024"), sources.read_province_areas()
    provinces = []
    for area in _provinces(EDITION_2025, package.provinces_new):
        olds = package.united[area.code]
        provinces.append(
            replace(
                area,
                population=sum(persons[old] for old in olds),
                area_km2=round(sum(km2[old] for old in olds), 1),
                valid_from=FIRST_DAY_2025 if len(olds) > 1 else None,
            )
        )
    believed = _provinces_that_add_up(package.communes, {a.code: a.area_km2 for a in provinces})
    communes = [
        replace(
            blank_area(EDITION_2025, Level.COMMUNE, unit),
            area_km2=unit.area_km2 if unit.province in believed else None,
            valid_from=None if unit.code in package.kept else FIRST_DAY_2025,
        )
        for unit in package.communes
    ]
    return assemble(EDITION_2025, provinces, communes)


def _plain(name: str) -> str:
    # The census and later lists differ in where they put marks (Thuỷ, Thủy), not in the name.
    return without_diacritics(clean_name(name)).casefold()


def _ends_of_2019() -> dict[str, date | None]:
    """Find the last day of each district that changed; None where only the year is known."""
    ends: dict[str, date | None] = {}
    for change in sources.read_changes():
        last = change.effective - timedelta(days=1) if change.effective else None
        # A district that takes another in ends as it was, too.
        ends[change.old_code] = last
        ends.setdefault(change.new_code, last)
    return ends


def _end_of_province(package: Package, area: Area) -> date | None:
    alone = any(olds == [area.code] for olds in package.united.values())
    return None if alone else LAST_DAY_2024


def _provinces(edition: str, units: Iterable[Unit]) -> list[Area]:
    return [blank_area(edition, Level.PROVINCE, unit) for unit in units]


def _provinces_that_add_up(
    communes: Iterable[Unit], official: Mapping[str, float | None]
) -> set[str]:
    total = defaultdict[str, float](float)
    for unit in communes:
        total[unit.province] += unit.area_km2 or 0.0
    return {
        code
        for code, km2 in official.items()
        if km2 and abs(total[code] / km2 - 1) < AREA_TOLERANCE
    }

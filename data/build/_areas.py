"""Make the areas of each edition out of what the sources say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from data.build import _area_sources as sources
from data.build._area_names import area_type, clean_name, english_name, without_diacritics
from data.build._area_sources import Package, Unit
from geo.editions import (
    COUNTRY_CODE,
    EDITION_2019,
    EDITION_2024,
    EDITION_2025,
    HOANG_SA,
    Area,
    Level,
)

LAST_DAY_2024 = date(2025, 6, 30)
FIRST_DAY_2025 = date(2025, 7, 1)
COUNTRY_NAMES = ("Việt Nam", "Viet Nam")
# Both resolutions name the regions from north to south; regions.csv is in the order of provinces.
REGION_ORDER = (
    "Trung du và miền núi phía Bắc",
    "Đồng bằng sông Hồng",
    "Bắc Trung Bộ",
    "Bắc Trung Bộ và Duyên hải miền Trung",
    "Duyên hải Nam Trung Bộ và Tây Nguyên",
    "Tây Nguyên",
    "Đông Nam Bộ",
    "Đồng bằng sông Cửu Long",
)


def areas_2019(package: Package) -> list[Area]:
    """Make the areas of the census of 2019: 63 provinces, 713 districts.

    Parameters
    ----------
    package
        Gives the provinces, the points, and the names of 2024 by which a district that stayed as
        it was is recognised.

    Returns
    -------
    list of Area
        Country, regions, provinces and districts, each by code.
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
        area = _area(EDITION_2019, Level.DISTRICT, unit)
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
    return _assembled(EDITION_2019, provinces, districts)


def areas_2024(package: Package) -> list[Area]:
    """Make the areas of the last days before July 2025: 63 provinces, 696 districts.

    Parameters
    ----------
    package
        Gives codes, names and points.

    Returns
    -------
    list of Area
        Country, regions, provinces and districts, each by code.
    """
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
            _area(EDITION_2024, Level.DISTRICT, unit),
            valid_from=starts.get(unit.code),
            valid_to=LAST_DAY_2024,
        )
        for unit in package.districts
    ]
    return _assembled(EDITION_2024, provinces, districts)


def areas_2025(package: Package) -> list[Area]:
    """Make the areas in force since July 2025: 34 provinces, 3,321 communes.

    Parameters
    ----------
    package
        Gives codes, names, points and areas of communes, and which provinces were united.

    Returns
    -------
    list of Area
        Country, regions, provinces and communes, each by code.
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
    communes = [
        replace(
            _area(EDITION_2025, Level.COMMUNE, unit),
            area_km2=unit.area_km2 or None,
            valid_from=None if unit.code in package.kept else FIRST_DAY_2025,
        )
        for unit in package.communes
    ]
    return _assembled(EDITION_2025, provinces, communes)


def _area(edition: str, level: Level, unit: Unit) -> Area:
    return Area(
        edition=edition,
        code=unit.code,
        level=level,
        name_vi=clean_name(unit.name),
        name_en="",
        type="",
        parent=unit.province or COUNTRY_CODE,
        region=None,
        area_km2=None,
        population=None,
        lon=unit.lon,
        lat=unit.lat,
        valid_from=None,
        valid_to=None,
    )


def _provinces(edition: str, units: Iterable[Unit]) -> list[Area]:
    return [_area(edition, Level.PROVINCE, unit) for unit in units]


def _assembled(edition: str, provinces: list[Area], lower: list[Area]) -> list[Area]:
    """Correct and name the areas, and put the regions and the country above them."""
    # The regions of the 63 provinces are the same in 2019 and 2024.
    of_province = sources.read_regions(EDITION_2025 if edition == EDITION_2025 else EDITION_2024)
    names = sorted(set(of_province.values()), key=lambda pair: REGION_ORDER.index(pair[0]))
    codes = {pair: f"R{number}" for number, pair in enumerate(names, start=1)}
    region = {province: codes[pair] for province, pair in of_province.items()}
    corrections = sources.read_corrections()
    provinces = [
        _named(_corrected(replace(area, region=region[area.code]), corrections))
        for area in provinces
    ]
    central = [area.code for area in provinces if area.type == "city_central"]
    lower = [
        _named(_corrected(replace(area, region=region[str(area.parent)]), corrections), central)
        for area in lower
    ]
    upper = [
        _sum(edition, COUNTRY_CODE, Level.COUNTRY, COUNTRY_NAMES, provinces),
        *(
            _sum(edition, code, Level.REGION, pair, [a for a in provinces if a.region == code])
            for pair, code in codes.items()
        ),
    ]
    return [*(_corrected(area, corrections) for area in upper), *provinces, *lower]


def _sum(
    edition: str, code: str, level: Level, names: tuple[str, str], provinces: list[Area]
) -> Area:
    """Make an area of whole provinces; unlike its codes, its names come ready-made."""
    km2 = [area.area_km2 for area in provinces if area.area_km2 is not None]
    persons = [area.population for area in provinces if area.population is not None]
    return replace(
        _area(edition, level, Unit(code, names[0])),
        name_en=names[1],
        type=str(level),
        parent=None if level is Level.COUNTRY else COUNTRY_CODE,
        area_km2=round(sum(km2), 1) if len(km2) == len(provinces) else None,
        population=sum(persons) if len(persons) == len(provinces) else None,
    )


def _corrected(area: Area, corrections: dict[tuple[str, str], dict[str, str]]) -> Area:
    values: dict[str, Any] = dict(corrections.get((area.edition, area.code), {}))
    for column, text in values.items():
        if column in ("lon", "lat", "area_km2"):
            values[column] = float(text) if text else None
        elif column == "population":
            values[column] = int(text)
        elif column in ("valid_from", "valid_to"):
            values[column] = date.fromisoformat(text)
        elif column != "name_vi":
            raise ValueError(f"corrections.csv: column is {column!r}, which cannot be corrected")
    return replace(area, **values)


def _named(area: Area, central: Collection[str] = ()) -> Area:
    type_id = area_type(
        area.name_vi,
        of_province=area.level is Level.PROVINCE,
        in_central_city=area.parent in central,
    )
    return replace(area, type=type_id, name_en=english_name(area.name_vi, type_id))


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

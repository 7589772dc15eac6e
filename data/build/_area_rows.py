"""Make single areas: blank, corrected and named, with regions and country above them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any

from data.build import _area_sources as sources
from data.build._area_names import area_type, clean_name, english_name
from data.build._area_sources import Unit
from geo.editions import COUNTRY_CODE, EDITION_2024, EDITION_2025, Area, Level

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


def blank_area(edition: str, level: Level, unit: Unit) -> Area:
    """Start an area from what one unit of a source says; type and English name come later."""
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


def assemble(edition: str, provinces: list[Area], lower: list[Area]) -> list[Area]:
    """Correct and name the areas, and put the country and its regions above them."""
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
        blank_area(edition, level, Unit(code, names[0])),
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
            values[column] = int(text) if text else None
        elif column in ("valid_from", "valid_to"):
            values[column] = date.fromisoformat(text) if text else None
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

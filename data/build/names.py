"""Make the tables of data/names that are derived: run `python -m data.build.names`.

province_successors_2025.csv says which of the 34 provinces each of the 63 went to;
commune_old_provinces_2025.csv in which of the 63 the land of each commune lay.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

from data.build._area_sources import DATA_DIR, PACKAGE, read_package
from geo.editions import EDITION_2024, EDITION_2025, Level, area

NAMES_DIR = DATA_DIR / "names"
ORIGIN = "Resolution 202/2025/QH15"
FIRST_DAY = "2025-07-01"
SUCCESSOR_COLUMNS = [
    "edition",
    "level",
    "old_edition",
    "old_code",
    "old_name",
    "new_code",
    "new_name",
    "extent",
    "effective",
    "origin",
    "note",
]
_COMMUNES = "SELECT provinceKey, wardKey, wardCode, provinceCode FROM admin_units"


def main() -> None:
    """Write both tables."""
    united = read_package().united
    write(NAMES_DIR / "province_successors_2025.csv", SUCCESSOR_COLUMNS, successor_rows(united))
    olds = old_provinces(united)
    rows = ([code, "|".join(sorted(found))] for code, found in sorted(olds.items()))
    write(NAMES_DIR / "commune_old_provinces_2025.csv", ["code", "old_provinces"], rows)


def successor_rows(united: dict[str, list[str]]) -> list[list[str]]:
    """List every old province with the new one it became or went into."""
    rows = [
        [
            EDITION_2025,
            Level.PROVINCE,
            EDITION_2024,
            old,
            area(EDITION_2024, old).name_vi,
            new,
            area(EDITION_2025, new).name_vi,
            "whole",
            FIRST_DAY if len(olds) > 1 else "",
            ORIGIN,
            "",
        ]
        for new, olds in united.items()
        for old in olds
    ]
    return sorted(rows, key=lambda row: row[3])


def old_provinces(united: dict[str, list[str]]) -> dict[str, set[str]]:
    """Find the old provinces of each commune of a province that was united from several."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"{PACKAGE} is not installed")
    folder = Path(spec.submodule_search_locations[0]) / "data"
    with closing(sqlite3.connect(f"file:{folder / 'dataset.db'}?mode=ro", uri=True)) as base:
        old_codes = dict(base.execute("SELECT provinceKey, provinceCode FROM admin_units_legacy"))
        codes = {(row[0], row[1]): (row[2], row[3]) for row in base.execute(_COMMUNES)}
    converter = json.loads((folder / "converter_2025.json").read_text(encoding="utf-8"))
    found: dict[str, set[str]] = defaultdict(set)
    for new_key, old_key in _pairs(converter):
        code, province = codes[new_key]
        if len(united[province]) > 1:
            found[code].add(old_codes[old_key])
    return found


def _pairs(
    converter: dict[str, dict[str, dict[str, list]]],
) -> Iterable[tuple[tuple[str, str], str]]:
    """Yield (new province, new commune) with the old province of each of its parts."""
    for province, communes in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, olds in communes.items():
            for old in olds:
                yield (province, commune), old.split("_")[0]
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in divided.items():
            for part in parts:
                yield (province, part["newWardKey"]), old.split("_")[0]


def write(path: Path, header: list[str], rows: Iterable[list[str]]) -> None:
    """Write a CSV file as all tables of data/ are written: UTF-8, line feeds."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main()

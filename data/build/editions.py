"""Make data/editions/*.csv: run `python -m data.build.editions` from the repository root.

What each column is made from is told in data/editions/README.md.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable
from dataclasses import astuple
from datetime import date
from pathlib import Path

from data.build._area_sources import read_package
from data.build._areas import FIRST_DAY_2025, LAST_DAY_2024, areas_2019, areas_2024, areas_2025
from geo.editions import (
    AREA_COLUMNS,
    EDITION_2019,
    EDITION_2024,
    EDITION_2025,
    EDITION_COLUMNS,
    EDITIONS_DIR,
    Edition,
    Level,
)

_UPPER = (Level.COUNTRY, Level.REGION, Level.PROVINCE)
# After the census the first districts were merged in 2020; the last changes on the way to the 696
# took effect on 1 January 2025.
EDITIONS = (
    Edition(
        EDITION_2019,
        "63 tỉnh, thành; 713 quận, huyện (Tổng điều tra 2019)",
        "63 provinces, 713 districts (census of 2019)",
        date(2019, 4, 1),
        date(2019, 12, 31),
        (*_UPPER, Level.DISTRICT),
    ),
    Edition(
        EDITION_2024,
        "63 tỉnh, thành; 696 quận, huyện (đến 30/06/2025)",
        "63 provinces, 696 districts (until 30 June 2025)",
        date(2025, 1, 1),
        LAST_DAY_2024,
        (*_UPPER, Level.DISTRICT),
    ),
    Edition(
        EDITION_2025,
        "34 tỉnh, thành; 3.321 xã, phường, đặc khu (từ 01/07/2025)",
        "34 provinces, 3,321 communes (since 1 July 2025)",
        FIRST_DAY_2025,
        None,
        (*_UPPER, Level.COMMUNE),
    ),
)


def build(folder: Path = EDITIONS_DIR) -> list[Path]:
    """Write editions.csv and one table of areas per edition.

    Raises
    ------
    ModuleNotFoundError
        Where the package of administrative units is not installed.
    """
    package = read_package()
    areas = [*areas_2019(package), *areas_2024(package), *areas_2025(package)]
    folder.mkdir(parents=True, exist_ok=True)
    written = [_write(folder / "editions.csv", EDITION_COLUMNS, map(astuple, EDITIONS))]
    for edition in EDITIONS:
        rows = (astuple(area) for area in areas if area.edition == edition.id)
        written.append(_write(folder / f"areas_{edition.id}.csv", AREA_COLUMNS, rows))
    return written


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(value) for value in row] for row in rows)
    return path


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "|".join(value)
    if isinstance(value, float):
        # Six decimals of a degree are 0.1 m; more would only be noise of the sources.
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return str(value)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m data.build.editions", description=__doc__)
    parser.add_argument("--out", type=Path, default=EDITIONS_DIR, help="folder to write to")
    for path in build(parser.parse_args().out):
        print(path)


if __name__ == "__main__":
    main()

"""Make data/crosswalk/*.csv: run `python -m data.build.crosswalk` from the repository root.

What each table is made from is told in data/crosswalk/README.md.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path

from data.build._area_sources import read_package
from data.build._crosswalk_communes import LeftOut, commune_rows, read_drawn
from data.build._crosswalk_source import read_source
from data.build._crosswalk_tables import (
    CROSSWALK_DIR,
    Row,
    district_rows,
    province_rows,
    same_province_rows,
)
from geo.crosswalk import LINK_COLUMNS, OLD_COMMUNE_COLUMNS, links_name, old_communes_name
from geo.editions import EDITION_2019, EDITION_2024, EDITION_2025, Level

LEFT_OUT_NAME = "left_out_2025.csv"


def build(folder: Path = CROSSWALK_DIR) -> list[Path]:
    """Write the tables of links.

    Raises
    ------
    ModuleNotFoundError
        Where the package of administrative units is not installed.
    ValueError
        Where the sources contradict one another.
    """
    folder.mkdir(parents=True, exist_ok=True)
    source = read_source()
    links, left_out = commune_rows(source, read_drawn())
    communes = links_name(Level.COMMUNE, EDITION_2024, EDITION_2025)
    same = links_name(Level.PROVINCE, EDITION_2019, EDITION_2024)
    provinces = links_name(Level.PROVINCE, EDITION_2024, EDITION_2025)
    districts = links_name(Level.DISTRICT, EDITION_2019, EDITION_2024)
    return [
        _write_links(folder / same, same_province_rows()),
        _write_links(folder / provinces, province_rows(read_package().united)),
        _write_links(folder / districts, district_rows()),
        _write_links(folder / communes, links),
        _write(
            folder / old_communes_name(),
            OLD_COMMUNE_COLUMNS,
            map(astuple, source.communes.values()),
        ),
        _write(folder / LEFT_OUT_NAME, LeftOut._fields, left_out),
    ]


def _write_links(path: Path, rows: Iterable[Row]) -> Path:
    return _write(path, LINK_COLUMNS, (astuple(row) for row in rows))


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(value) for value in row] for row in rows)
    return path


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        # Twelve decimals, so that the shares of a unit still add up to 1 when they are read.
        return f"{value:.12f}".rstrip("0").rstrip(".")
    return str(value)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m data.build.crosswalk", description=__doc__)
    parser.add_argument("--out", type=Path, default=CROSSWALK_DIR, help="folder to write to")
    for path in build(parser.parse_args().out):
        print(path)


if __name__ == "__main__":
    main()

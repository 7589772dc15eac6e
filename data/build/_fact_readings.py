"""The incomplete tables of data/facts: each row has a definition and a source of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from data.build._fact_rows import FactRow, of_row, origin_of, read_facts

Rows = Iterator[dict[str, str]]

READINGS_FILE = Path(__file__).with_name("fact_readings.yaml")
DISTRICT_TABLE = "cashless_si_quangbinh_district_2024.csv"


def dti_scores() -> Rows:
    """Give the scores in the Digital Transformation Index that were found."""
    yield from _read("dti_score_partial.csv")


def dti_parts() -> Rows:
    """Give ranks of places that were named, and scores of parts of the index."""
    yield from _read("dti_partial_2020_2024.csv")


def portal_parts() -> Rows:
    """Give rates of the portal on other days, for the few places that they were found for."""
    yield from _read("dvcqg_rates_partial_2026.csv")


def coverage() -> Rows:
    """Give what is known of coverage gaps, in the country and in some provinces."""
    yield from _read("mobile_gap_national.csv")
    yield from _read("mobile_gap_villages_partial.csv")
    yield from _read("mobile_gap_more.csv")


def cashless() -> Rows:
    """Give what is known of welfare paid without cash, and the districts of Quảng Bình."""
    yield from _read("cashless_welfare_partial.csv")
    for row in read_facts(DISTRICT_TABLE):
        yield _observed(row, {"indicator": "cashless-si-rate"}, "bhxh-quangbinh")
    yield from _read("cashless_welfare_more.csv")


def vneid_health() -> Rows:
    """Give what is known of VNeID accounts and of electronic health books."""
    yield from _read("vneid_health_partial.csv")
    yield from _read("vneid_health_more.csv")


def _read(file: str) -> Rows:
    with READINGS_FILE.open(encoding="utf-8") as stream:
        table: dict[str, Any] = yaml.safe_load(stream)[file]
    rows = list(read_facts(file))
    readings = table["readings"] if "readings" in table else [_shared(row, table) for row in rows]
    if len(readings) != len(rows):
        raise ValueError(
            f"{READINGS_FILE.name}: {file} has {len(rows)} rows and {len(readings)} readings; "
            "write one for each row."
        )
    for row, reading in zip(rows, readings, strict=True):
        _check_match(row, reading)
        origin = table["origins"][row.cells["source"]] if "origins" in table else origin_of(row)
        more = reading.get("more", ())
        plain = {key: text for key, text in reading.items() if key not in ("row", "more")}
        for figure in (plain, *more):
            yield _observed(row, figure, origin)


def _shared(row: FactRow, table: dict[str, Any]) -> dict[str, Any]:
    """Give the reading of all rows, or of those with the same words; and what one row adds."""
    reading = table["words"][row.cells["qualifier"]] if "words" in table else table["shared"]
    parts = {name: row.cells.get(name, "") for name in ("numerator", "denominator")}
    return parts | reading | table.get("rows", {}).get(_name(row), {})


def _name(row: FactRow) -> str:
    """Name a row by what nobody can mistake for another."""
    cells = row.cells
    when = cells["period"] if "period" in cells else cells["period_end"]
    return f"{cells['area_code']} | {when} | {cells['value']}"


def _check_match(row: FactRow, reading: dict[str, Any]) -> None:
    here = _name(row)
    if reading.get("row", here) != here:
        raise ValueError(
            f"{READINGS_FILE.name}: {row.file} row {row.line} is {here!r} but its reading is for "
            f"{reading['row']!r}; put the readings in the order of the table."
        )


def _observed(row: FactRow, figure: dict[str, str], origin: str) -> dict[str, str]:
    own = {"value": row.cells["value"], "origin": origin} | figure
    indicator, value = own.pop("indicator"), own.pop("value")
    return of_row(row, indicator, value, **own)

"""The incomplete tables of data/facts: each row has a definition and a source of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from data.build._fact_rows import FactRow, observation, parse_period, read_facts
from geo.editions import EDITION_2024, EDITION_2025

Rows = Iterator[dict[str, str]]

READINGS_FILE = Path(__file__).with_name("fact_readings.yaml")
# What the column area_system says, with or without the word "provinces". Rows without one are of
# the country, or of districts, which edition 2025 has not.
EDITIONS = {"63": EDITION_2024, "34": EDITION_2025, "": EDITION_2024}
DISTRICT_TABLE = "cashless_si_quangbinh_district_2024.csv"


def dti_scores() -> Rows:
    """Give the scores in the Digital Transformation Index that were found."""
    yield from _read("dti_score_partial.csv")


def coverage() -> Rows:
    """Give what is known of coverage gaps, in the country and in some provinces."""
    yield from _read("mobile_gap_national.csv")
    yield from _read("mobile_gap_villages_partial.csv")


def cashless() -> Rows:
    """Give what is known of welfare paid without cash, and the districts of Quảng Bình."""
    yield from _read("cashless_welfare_partial.csv")
    for row in read_facts(DISTRICT_TABLE):
        reading = {"indicator": "cashless-si-rate"}
        yield _observed(row, reading, "bhxh-quangbinh", EDITION_2024)


def vneid_health() -> Rows:
    """Give what is known of VNeID accounts and of electronic health books."""
    yield from _read("vneid_health_partial.csv")


def _read(file: str) -> Rows:
    with READINGS_FILE.open(encoding="utf-8") as stream:
        table: dict[str, Any] = yaml.safe_load(stream)[file]
    rows = list(read_facts(file))
    shared = table.get("shared")
    readings = [shared] * len(rows) if shared else table["readings"]
    if len(readings) != len(rows):
        raise ValueError(
            f"{READINGS_FILE.name}: {file} has {len(rows)} rows and {len(readings)} readings; "
            "write one for each row."
        )
    for row, reading in zip(rows, readings, strict=True):
        _check_match(row, reading)
        origin = table["origins"][row.cells["source"]]
        edition = EDITIONS[row.cells["area_system"].removesuffix(" provinces")]
        more = reading.get("more", ())
        plain = {key: text for key, text in reading.items() if key not in ("row", "more")}
        for figure in (plain, *more):
            yield _observed(row, figure, origin, edition)


def _check_match(row: FactRow, reading: dict[str, Any]) -> None:
    cells = row.cells
    here = f"{cells['area_code']} | {cells['period']} | {cells['value']}"
    if reading.get("row", here) != here:
        raise ValueError(
            f"{READINGS_FILE.name}: {row.file} row {row.line} is {here!r} but its reading is for "
            f"{reading['row']!r}; put the readings in the order of the table."
        )


def _observed(row: FactRow, figure: dict[str, str], origin: str, edition: str) -> dict[str, str]:
    cells = row.cells
    own = {"value": cells["value"], "origin": origin, "locator": row.locator} | figure
    indicator, value = own.pop("indicator"), own.pop("value")
    period = parse_period(cells["period"])
    return observation(indicator, edition, cells["area_code"], period, value, **own)

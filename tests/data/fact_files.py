"""Tables of facts and files of observations, read for the tests without any code of the app."""

from __future__ import annotations

import csv
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"
OBSERVATIONS = DATA / "observations"
FACTS = DATA / "facts"


def read_rows(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def fact_rows(name):
    return read_rows(FACTS / f"{name}.csv")


def observed(name):
    return read_rows(OBSERVATIONS / f"{name}.csv")


def period(row):
    return row["period_start"], row["period_end"], row["grain"]


def by_area(file, indicator, edition):
    """Map area to value, in the digits of the file."""
    rows = [
        row for row in observed(file) if (row["indicator"], row["edition"]) == (indicator, edition)
    ]
    assert len({row["area"] for row in rows}) == len(rows)
    return {row["area"]: row["value"] for row in rows}

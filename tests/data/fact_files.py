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


def long_tables():
    """Map the tables that have a first and a last day in columns to their rows."""
    tables = {path.stem: read_rows(path) for path in sorted(FACTS.glob("*.csv"))}
    return {name: rows for name, rows in tables.items() if "period_start" in rows[0]}


def by_locator(files=()):
    """Map each place that a locator names to the observations that name it.

    Of all files but those of documents, or of those named.
    """
    found = {}
    for path in sorted(OBSERVATIONS.glob("*.csv")):
        if path.stem in files or not (files or path.stem.startswith("doc_")):
            for row in read_rows(path):
                for place in row["locator"].split("; "):
                    found.setdefault(place, []).append(row)
    return found


def period(row):
    return row["period_start"], row["period_end"], row["grain"]


def by_area(file, indicator, edition):
    """Map area to value, in the digits of the file."""
    rows = [
        row for row in observed(file) if (row["indicator"], row["edition"]) == (indicator, edition)
    ]
    assert len({row["area"] for row in rows}) == len(rows)
    return {row["area"]: row["value"] for row in rows}

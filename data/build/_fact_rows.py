"""What the tables of data/facts have in common: reading a row, its period, writing it down."""

from __future__ import annotations

import csv
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from geo.editions import COUNTRY_CODE, EDITION_2024, EDITION_2025
from metrics.catalog import DATA_DIR
from metrics.observations import OBSERVATION_COLUMNS

FACTS_DIR = DATA_DIR / "facts"

_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_SNAPSHOT = re.compile(r"(\d{4}) \(year to date, snapshot (\d{4}-\d{2}-\d{2})\)")
_VAGUE = re.compile(r"(\d{4}) \((late|undated page)\)")
_BEFORE = re.compile(r"before (\d{4}-\d{2}-\d{2})")
# No day of such a year is known: the words stand for it.
_VAGUELY = {"late": "cuối năm {}", "undated page": "năm {}, trang không ghi ngày"}
# What the column area_system says, with or without the word "provinces". Rows of old tables without
# one are of the country, or of districts, which edition 2025 has not.
EDITIONS = {
    "63": EDITION_2024,
    "34": EDITION_2025,
    "": EDITION_2024,
    "district2024": EDITION_2024,
    "commune2025": EDITION_2025,
    "country": "",
}


@dataclass(frozen=True, slots=True)
class FactRow:
    """One row of a table of data/facts; `line` counts from 1, the header."""

    file: str
    line: int
    cells: dict[str, str]

    @property
    def locator(self) -> str:
        """Where the row stands, in the words users see."""
        return f"{self.file}, dòng {self.line}"

    @property
    def edition(self) -> str:
        """The edition of its area, by the column ``area_system``."""
        return EDITIONS[self.cells.get("area_system", "").removesuffix(" provinces")]

    @property
    def period(self) -> Period:
        """What it is of: a period in words, or a first and a last day with words beside them."""
        cells = self.cells
        if "period" in cells:
            return parse_period(cells["period"])
        return between(cells["period_start"], cells["period_end"], cells["qualifier"])


@dataclass(frozen=True, slots=True)
class Period:
    """A period of an observation: ISO dates, "" where unknown; `text` is the source's wording."""

    start: str
    end: str
    grain: str
    text: str


def read_facts(file: str) -> Iterator[FactRow]:
    """Read a table of data/facts row by row."""
    with (FACTS_DIR / file).open(encoding="utf-8", newline="") as stream:
        for line, cells in enumerate(csv.DictReader(stream), start=2):
            yield FactRow(file, line, cells)


def origin_of(row: FactRow) -> str:
    """Return the id of the origin that the column ``source_id`` of a row names."""
    return row.cells["source_id"].replace("_", "-")


def parse_period(text: str) -> Period:
    """Read a period as the tables of data/facts print it.

    Parameters
    ----------
    text
        Such as ``2024``, ``2024-09``, ``2024-09-13``, ``2022-Q3``, ``before 2021-01-01``,
        ``2025 (late)`` or ``2026 (year to date, snapshot 2026-10-10)``.

    Returns
    -------
    Period
        Of a date of which only the year is known the year is given, its grain unknown.

    Raises
    ------
    ValueError
        If it is written in no way known.
    """
    if match := _SNAPSHOT.fullmatch(text):
        return Period(f"{match[1]}-01-01", match[2], "year_to_date", text)
    if match := _QUARTER.fullmatch(text):
        return _months(int(match[1]), 3 * int(match[2]) - 2, 3, "quarter", text)
    if match := _VAGUE.fullmatch(text):
        words = _VAGUELY[match[2]].format(match[1])
        return Period(f"{match[1]}-01-01", f"{match[1]}-12-31", "unknown", words)
    if match := _BEFORE.fullmatch(text):
        return Period("", match[1], "before", text)
    if re.fullmatch(r"\d{4}", text):
        return _months(int(text), 1, 12, "year", text)
    if re.fullmatch(r"\d{4}-\d{2}", text):
        return _months(int(text[:4]), int(text[5:]), 1, "month", text)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        day = date.fromisoformat(text).isoformat()
        return Period(day, day, "instant", text)
    raise ValueError(
        f"Period {text!r} is written in no way known (2024, 2024-09, 2024-09-13, 2022-Q3, "
        "before 2021-01-01, 2025 (late), 2026 (year to date, snapshot 2026-10-10)): correct it or "
        "teach parse_period to read it."
    )


def between(start: str, end: str, words: str = "") -> Period:
    """Name the grain of the days from a first to a last one.

    Parameters
    ----------
    start, end
        ISO dates.
    words
        What the table says of it; only "year to date" matters.

    Returns
    -------
    Period
        Its grain is unknown where the days fill no month, quarter or year: a month that had not
        ended when it was read.
    """
    text = f"{start}/{end}"
    if start == end:
        return Period(start, end, "instant", start)
    if words.startswith("year to date"):
        return Period(start, end, "year_to_date", text)
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    for months, grain in ((1, "month"), (3, "quarter"), (12, "year")):
        if (first.month - 1) % months == 0:
            whole = _months(first.year, first.month, months, grain, text)
            if (whole.start, whole.end) == (first.isoformat(), last.isoformat()):
                return whole
    return Period(start, end, "unknown", text)


def _months(year: int, first: int, n: int, grain: str, text: str) -> Period:
    last = first + n - 1
    end = date(year, last, monthrange(year, last)[1])
    return Period(date(year, first, 1).isoformat(), end.isoformat(), grain, text)


def observation(
    indicator: str, edition: str, area: str, period: Period, value: str, **more: str
) -> dict[str, str]:
    """Make a row of observations; numbers stay text, in the source's own digits."""
    row = dict.fromkeys(OBSERVATION_COLUMNS, "") | {
        "indicator": indicator,
        "role": "result",
        "edition": "" if area == COUNTRY_CODE else edition,
        "area": area,
        "period_start": period.start,
        "period_end": period.end,
        "grain": period.grain,
        "period_text": period.text,
        "value": value,
        "state": "reported",
        "qualifier": "exact",
    }
    unknown = sorted(set(more) - set(row))
    if unknown:
        raise ValueError(f"Observations have no column {', '.join(unknown)}.")
    return row | more


def of_row(row: FactRow, indicator: str, value: str, **more: str) -> dict[str, str]:
    """Make an observation of a row of a table that says area system and source of each.

    Parameters
    ----------
    row, indicator, value
        The row gives edition, area, period, locator and origin.
    **more
        Any column, instead of what the row gives too.
    """
    known = {"locator": row.locator} | more
    if "origin" not in known:
        known["origin"] = origin_of(row)
    return observation(indicator, row.edition, row.cells["area_code"], row.period, value, **known)

"""Observations as files for other programs: every row with its origin, its date and its edition."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, TextIO

import numpy as np
import pandas as pd

from geo.editions import EDITION_2025, Level, area
from metrics.atomic import replacing
from metrics.catalog import Catalog, Origin
from metrics.queries import Store
from metrics.tables import DATE_COLUMNS, NUMBER_COLUMNS

EXPORT_COLUMNS: Final = (
    "dataset",
    "indicator_id",
    "indicator",
    "role",
    "edition",
    "level",
    "area_code",
    "area_name",
    "period_start",
    "period_end",
    "grain",
    "value",
    "category",
    "state",
    "unit",
    "numerator",
    "denominator",
    "qualifier",
    "simulated",
    "origin_ids",
    "origins",
    "note",
)
# A cell that begins like this is run as a formula by spreadsheets (OWASP, CSV injection). One that
# already begins with apostrophes before it gets one more, so that taking one away is exact.
FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
APOSTROPHE: Final = "'"
# How the date of a source is known.
DATE_KINDS: Final = {
    "stated": "ngày ghi trong nguồn",
    "of_publication": "ngày đăng",
    "inferred": "ngày suy ra",
    "unknown": "không rõ ngày",
}
BYTE_ORDER_MARK: Final = "\ufeff"

Progress = Callable[[int, int], None]


def write_csv(
    store: Store,
    out: Path,
    indicators: Sequence[str] | None = None,
    *,
    edition: str | None = None,
    level: Level | None = None,
    bom: bool = False,
    progress: Progress | None = None,
) -> int:
    """Write observations as CSV, one row each, in the order of `EXPORT_COLUMNS`.

    The file appears complete or not at all. UTF-8, comma, lines end in CR LF (RFC 4180); dates are
    ISO 8601, numbers are as the source gave them with a decimal point.

    Parameters
    ----------
    store
        Where observations are read from.
    out
        The file to write or replace.
    indicators
        Ids wanted; None for all that have observations.
    edition, level
        Only observations on that edition, at that level; None for all, the country's included.
    bom
        Begin with a byte order mark, by which Excel recognises UTF-8.
    progress
        Told (indicators done, all) as it goes on.

    Returns
    -------
    int
        Number of observations written.

    Raises
    ------
    LookupError
        If the catalog has no such indicator.
    OSError
        If the file cannot be written; what was there before still is.
    """
    wanted = store.indicators() if indicators is None else tuple(dict.fromkeys(indicators))
    for indicator in wanted:
        store.catalog.indicator(indicator)
    with replacing(out) as stream:
        stream.write(BYTE_ORDER_MARK if bom else "")
        return write_rows(store, stream, wanted, edition=edition, level=level, progress=progress)


def write_rows(
    store: Store,
    stream: TextIO,
    indicators: Sequence[str],
    *,
    edition: str | None = None,
    level: Level | None = None,
    progress: Progress | None = None,
) -> int:
    """Write the header and the rows of `write_csv` to an open stream; return how many rows."""
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(EXPORT_COLUMNS)
    written, done = 0, 0
    for group in store.groups(indicators):
        rows = store.chunk(group, edition, None if level is None else str(level))
        writer.writerows(export_cells(store, rows).itertuples(index=False, name=None))
        written += len(rows)
        done += len(group)
        if progress is not None:
            progress(done, len(indicators))
    return written


def export_cells(store: Store, rows: pd.DataFrame) -> pd.DataFrame:
    """Turn observations into the text cells of an export, one row each.

    Parameters
    ----------
    store
        Whose catalog and datasets the rows refer to.
    rows
        Observations as `Store.observations` gives them.

    Returns
    -------
    pd.DataFrame
        `EXPORT_COLUMNS`, all text, formula-like text neutralised.
    """
    catalog = store.catalog
    simulated = store.datasets().set_index("id")["simulated"]
    cells = rows.rename(columns={"indicator": "indicator_id", "area": "area_code"})
    cells["indicator"] = rows["indicator"].map(lambda id_: catalog.indicator(id_).title.vi)
    cells["unit"] = rows["indicator"].map(lambda id_: catalog.indicator(id_).unit.vi)
    keys = zip(rows["edition"], rows["area"], strict=True)
    cells["area_name"] = [area_name(edition, code) for edition, code in keys]
    cells["simulated"] = rows["dataset"].map(simulated).map({True: "true", False: "false"})
    cells["origin_ids"] = rows["origin"]
    sources = zip(rows["origin"], rows["locator"], strict=True)
    cells["origins"] = [_source(catalog, origin, locator) for origin, locator in sources]
    for column in NUMBER_COLUMNS:
        cells[column] = [plain_number(value) for value in rows[column]]
    for column in DATE_COLUMNS:
        cells[column] = rows[column].dt.strftime("%Y-%m-%d").fillna("")
    for column in set(EXPORT_COLUMNS) - {*NUMBER_COLUMNS, *DATE_COLUMNS}:
        cells[column] = [neutralise(text) for text in cells[column]]
    return cells[list(EXPORT_COLUMNS)]


def neutralise(text: str) -> str:
    """Keep a spreadsheet from running a text as a formula, by an apostrophe before it."""
    return APOSTROPHE + text if FORMULA.match(text) else text


def restore(text: str) -> str:
    """Undo `neutralise`, exactly."""
    return text[1:] if text.startswith(APOSTROPHE) and FORMULA.match(text) else text


def plain_number(value: float) -> str:
    """Write a number with the fewest digits that mean exactly it, never with an exponent.

    Examples
    --------
    >>> plain_number(91.40), plain_number(1065150.0), plain_number(float("nan"))
    ('91.4', '1065150', '')
    """
    if math.isnan(value):
        return ""
    if value.is_integer():
        return str(int(value))
    return np.format_float_positional(value, trim="-")


def area_name(edition: str, code: str) -> str:
    """Return the Vietnamese name of an area; edition "" is the country's series."""
    return area(edition or EDITION_2025, code).name_vi


def source_text(origin: Origin) -> str:
    """Say in one line who published what and when, and how that date is known."""
    date = f"{origin.date_published or ''} {DATE_KINDS[origin.date_published_kind]}".strip()
    return f"{origin.producer.vi}: {origin.title.vi} ({date})"


@lru_cache(maxsize=4096)
def _located(source: str, locator: str) -> str:
    return f"{source}; {locator}" if locator else source


def _source(catalog: Catalog, origin: str, locator: str) -> str:
    return _located(source_text(catalog.origin(origin)), locator)

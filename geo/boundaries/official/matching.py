"""Say which unit each polygon of a file is of: by code, else by name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.boundaries.official.records import (
    Candidate,
    Finding,
    Refused,
    Shapes,
    Source,
    Weight,
    codes_of,
    named,
)
from geo.crosswalk import crosswalk
from geo.editions import EDITION_2019, EDITION_2024, Level
from geo.names import MATCHED, Method, resolve_many

if TYPE_CHECKING:
    import geopandas as gpd

WIDTH: Final = {Level.PROVINCE: 2, Level.DISTRICT: 3, Level.COMMUNE: 5}
# The share of rows that a column of codes, or of names, must match to be taken for one.
MOSTLY_CODES: Final = 0.9
MOSTLY_NAMES: Final = 0.5
MOST_COLUMNS: Final = 60
# A polygon named after what is now part of a larger unit is not that unit's.
SAME_UNIT: Final = MATCHED - {Method.PREDECESSOR, Method.COUNTRY}


@dataclass(frozen=True, slots=True)
class Fields:
    """Columns of codes, of names, and of the provinces that these lie in; found where None."""

    code: str | None = None
    name: str | None = None
    parent: str | None = None


def matched(
    frame: gpd.GeoDataFrame,
    edition: str,
    level: Level,
    source: Source,
    *,
    fields: Fields = Fields(),
) -> tuple[Candidate, list[Finding]]:
    """Match the rows of a file to units.

    Parameters
    ----------
    frame
        Polygons in EPSG:4326 with their columns.

    Raises
    ------
    Refused
        If rows match no unit, or several the same one; all of them are named.
    """
    table = pd.DataFrame(frame.drop(columns="geometry"))
    for column in (fields.code, fields.name, fields.parent):
        if column is not None and column not in table:
            columns = ", ".join(map(str, table.columns))[:400]
            values = {"column": column[:40], "columns": columns}
            raise Refused([Finding("column_unknown", Weight.REFUSED, values)])
    codes, findings = _codes(table, edition, level, fields)
    try:
        shapes = _joined(frame, codes, edition)
    except Refused as refused:
        raise Refused([*findings, *refused.findings]) from None
    return Candidate(edition, level, shapes, source), findings


def _codes(
    table: pd.DataFrame,
    edition: str,
    level: Level,
    fields: Fields,
) -> tuple[list[str | None], list[Finding]]:
    code_field = fields.code
    if code_field is None and fields.name is None:
        code_field = _code_column(table, edition, level)
    if code_field is not None:
        codes = _as_codes(table[code_field], edition, level)
        n = sum(code is not None for code in codes)
        values = {"n": str(n), "column": str(code_field)}
        return codes, [Finding("matched_code", Weight.NOTE, values)]
    found = _names(table, edition, level, fields)
    if found is None:
        columns = ", ".join(map(str, table.columns))[:400]
        raise Refused(
            [Finding("no_column", Weight.REFUSED, {"edition": edition, "columns": columns})]
        )
    column, answers = found
    used = answers["match_method"].isin([str(method) for method in SAME_UNIT])
    methods = Counter(str(method) for method in answers["match_method"][used])
    told = ", ".join(f"{name} {n}" for name, n in methods.most_common())
    values = {"n": str(int(used.sum())), "column": column, "methods": told}
    codes = [
        str(code) if good else None for code, good in zip(answers["area_code"], used, strict=True)
    ]
    return codes, [Finding("matched_name", Weight.NOTE, values)]


def _known(edition: str, level: Level) -> set[str]:
    """Return the codes that a file may hold: an older list of districts is carried over later."""
    known = set(codes_of(edition, level))
    if (edition, level) == (EDITION_2024, Level.DISTRICT):
        known |= set(crosswalk(EDITION_2019, EDITION_2024, level, level).from_codes)
    return known


def _as_codes(column: pd.Series, edition: str, level: Level) -> list[str | None]:
    known, width = _known(edition, level), WIDTH[level]
    found: list[str | None] = []
    for cell in column:
        text = "" if pd.isna(cell) else str(cell).strip().removesuffix(".0")
        text = text.zfill(width) if text.isascii() and text.isdigit() else text
        found.append(text if text in known else None)
    return found


def _code_column(table: pd.DataFrame, edition: str, level: Level) -> str | None:
    """Find the column in which most rows are codes, each another one."""
    best, most = None, 0
    for column in list(table.columns)[:MOST_COLUMNS]:
        codes = {code for code in _as_codes(table[column], edition, level) if code is not None}
        if len(codes) >= max(MOSTLY_CODES * len(table), 1) and len(codes) > most:
            best, most = column, len(codes)
    return best


def _names(
    table: pd.DataFrame, edition: str, level: Level, fields: Fields
) -> tuple[str, pd.DataFrame] | None:
    """Find the column of names, with that of their provinces where there is one."""
    name, parent = fields.name, fields.parent
    texts = [c for c in list(table.columns)[:MOST_COLUMNS] if _is_text(table[c])]
    if parent is None and level is not Level.PROVINCE:
        parent = _parent_column(table, texts, edition)
    parents = None if parent is None else table[parent]
    best: tuple[str, pd.DataFrame] | None = None
    most = 0 if name is not None else max(1, int(MOSTLY_NAMES * len(table)))
    for column in [name] if name is not None else [c for c in texts if c != parent]:
        answers = resolve_many(table[column], parents, edition=edition, level=level)
        good = answers["match_method"].isin([str(method) for method in SAME_UNIT])
        n = answers["area_code"][good].nunique()
        if n >= most and (best is None or n > most):
            best, most = (str(column), answers), n
    return best


def _is_text(column: pd.Series) -> bool:
    return not pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_datetime64_any_dtype(
        column
    )


def _parent_column(table: pd.DataFrame, texts: list[str], edition: str) -> str | None:
    for column in texts:
        distinct = table[column].dropna().drop_duplicates()
        if not 1 <= len(distinct) <= 80 or len(distinct) == len(table) > 1:
            continue
        answers = resolve_many(distinct, edition=edition, level=Level.PROVINCE)
        methods = answers["match_method"]
        if methods.isin([str(m) for m in SAME_UNIT]).mean() >= MOSTLY_CODES:
            return str(column)
    return None


def _joined(frame: gpd.GeoDataFrame, codes: list[str | None], edition: str) -> Shapes:
    """Give the polygon of each code; refuse rows without one, and codes with several."""
    shapes: Shapes = {}
    twice, left = [], []
    for at, (code, shape) in enumerate(zip(codes, frame.geometry, strict=True)):
        if code is None:
            left.append(at)
        elif code in shapes:
            twice.append(code)
        else:
            shapes[code] = shape
    refused = []
    if left:
        rows = "; ".join(_described(frame, at) for at in left[:8])
        values = {"n": str(len(left)), "rows": rows}
        refused.append(Finding("unmatched", Weight.REFUSED, values))
    if twice:
        units = named(edition, dict.fromkeys(twice))
        values = {"n": str(len(set(twice))), "units": units}
        refused.append(Finding("duplicates", Weight.REFUSED, values))
    if refused:
        raise Refused(refused)
    return shapes


def _described(frame: gpd.GeoDataFrame, at: int) -> str:
    """Write the first cells of a row, so that it can be found in the file."""
    cells = [str(cell)[:30] for cell in frame.drop(columns="geometry").iloc[at].tolist()[:4]]
    return f"{at + 1}: {' / '.join(cells)}"

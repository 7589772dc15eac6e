"""Find the columns of codes, names, types and provinces in a table of polygons."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
import pandas as pd
import shapely

from geo.boundaries.official.base import bundled
from geo.boundaries.official.records import codes_of
from geo.boundaries.official.sets import mended_codes
from geo.boundaries.official.sound import FAR, in_country
from geo.crosswalk import crosswalk
from geo.editions import EDITION_2019, EDITION_2024, Level, area, has_area
from geo.names import MATCHED, Method, fold, resolve_many, type_words

WIDTH: Final = {Level.PROVINCE: 2, Level.DISTRICT: 3, Level.COMMUNE: 5}
# The share of rows that a column of codes, of types, or of names, must match to be taken for one.
MOSTLY: Final = 0.9
MOST_COLUMNS: Final = 60
# The share of codes whose polygon must lie near the unit: other numbers are not that lucky.
IN_PLACE: Final = 0.6
# A polygon named after what is now part of a larger unit is not that unit's.
SAME_UNIT: Final = frozenset(str(m) for m in MATCHED - {Method.PREDECESSOR, Method.COUNTRY})


@cache
def known_codes(edition: str, level: Level) -> frozenset[str]:
    """Return the codes that a file may hold: an older list of districts is carried over later."""
    known = set(codes_of(edition, level))
    if (edition, level) == (EDITION_2024, Level.DISTRICT):
        known |= set(crosswalk(EDITION_2019, EDITION_2024, level, level).from_codes)
    return frozenset(known)


def as_codes(column: pd.Series, edition: str, level: Level) -> list[str | None]:
    """Read cells as codes, whether or not they have lost their zeros; None where they are none."""
    known, width, mended = known_codes(edition, level), WIDTH[level], mended_codes(edition)
    found: list[str | None] = []
    for cell in column:
        text = "" if pd.isna(cell) else str(cell).strip().removesuffix(".0")
        text = text.zfill(width) if text.isascii() and text.isdigit() else text
        text = mended.get(text, text)
        found.append(text if text in known else None)
    return found


def code_column(table: pd.DataFrame, drawn: np.ndarray, edition: str, level: Level) -> str | None:
    """Find the column in which most rows are codes, of units that lie where the polygons do."""
    best, most = None, 0
    for column in list(table.columns)[:MOST_COLUMNS]:
        codes = as_codes(table[column], edition, level)
        distinct = {code for code in codes if code is not None}
        n = sum(code is not None for code in codes)
        if n < max(MOSTLY * len(table), 1) or len(distinct) <= most:
            continue
        # Codes that repeat are those of units in several features; so is any other small number.
        repeats = len(distinct) < MOSTLY * len(table)
        if repeats and not (_whole_width(table[column], level) and len(distinct) > 1):
            continue
        if in_place(codes, drawn, edition, level).mean() >= IN_PLACE:
            best, most = column, len(distinct)
    return best


def _whole_width(column: pd.Series, level: Level) -> bool:
    texts = column.dropna().astype(str).str.strip().str.removesuffix(".0")
    return bool((texts.str.len() == WIDTH[level]).mean() >= MOSTLY)


def in_place(codes: list[str | None], drawn: np.ndarray, edition: str, level: Level) -> np.ndarray:
    """Tell which polygons lie near the unit of their code; all of them where none can be told."""
    if not in_country(drawn):
        return np.ones(len(codes), dtype=bool)
    base = bundled(edition, level)
    near = np.array([code in base for code in codes])
    at = np.flatnonzero(near)
    units = np.array([base[codes[i] or ""] for i in at], dtype=object)
    near[at] = shapely.dwithin(shapely.envelope(units), shapely.envelope(drawn[at]), FAR)
    # Codes of older lists have no bundled polygon: nothing speaks against them.
    older = np.array([code is not None and code not in base for code in codes])
    return np.asarray(near | older)


def type_column(table: pd.DataFrame) -> str | None:
    """Find the column that says whether each row is a quận, huyện, thị xã or the like."""
    words = {fold(word.word).plain for word in type_words() if word.position != "letter"}
    for column in list(table.columns)[:MOST_COLUMNS]:
        if not is_text(table[column]):
            continue
        cells = table[column].dropna().astype(str).str.strip()
        if len(cells) < MOSTLY * len(table) or not len(cells):
            continue
        if np.mean([fold(cell).plain in words for cell in cells.unique()]) >= MOSTLY:
            return str(column)
    return None


def parent_column(table: pd.DataFrame, edition: str) -> str | None:
    """Find the column of provinces; numbers are none unless they are written with two digits."""
    for column in list(table.columns)[:MOST_COLUMNS]:
        if not is_text(table[column]):
            continue
        distinct = table[column].dropna().astype(str).str.strip().drop_duplicates()
        if not 1 <= len(distinct) <= 80 or len(distinct) == len(table) > 1:
            continue
        numbers = distinct.str.fullmatch(r"[\d.]+")
        if numbers.any() and not (distinct.str.len() == WIDTH[Level.PROVINCE]).all():
            continue
        answers = resolve_many(distinct, edition=edition, level=Level.PROVINCE)
        if answers["match_method"].isin(SAME_UNIT).mean() >= MOSTLY:
            return str(column)
    return None


def located(drawn: np.ndarray, edition: str) -> list[str]:
    """Name the province that each polygon lies in on the bundled map; "" where that is unknown."""
    base = bundled(edition, Level.PROVINCE)
    codes = list(base)
    names = [area(edition, code).name_vi for code in codes if has_area(edition, code)]
    tree = shapely.STRtree([base[code] for code in codes])
    boxes = shapely.centroid(shapely.envelope(drawn))
    found = []
    for shape, middle in zip(drawn, boxes, strict=True):
        if shape is None or shapely.is_empty(shape) or not np.isfinite(shapely.get_x(middle)):
            found.append("")
            continue
        near = tree.query(shape, predicate="intersects") if shapely.is_valid(shape) else []
        if len(near):
            parts = shapely.area(shapely.intersection(tree.geometries[near], shape))
            found.append(names[near[int(np.argmax(parts))]])
        else:
            found.append(names[tree.nearest(middle)])
    return found


def is_text(column: pd.Series) -> bool:
    """Tell whether a column holds texts."""
    return not pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_datetime64_any_dtype(
        column
    )

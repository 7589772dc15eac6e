"""The cells of a status or a date: words that are one of its categories, or days."""

from __future__ import annotations

import numpy as np
import pandas as pd

from base.reading import Cell
from metrics.catalog import Indicator
from metrics.importing.cells import ERROR, read_number
from metrics.importing.mapping import Measure, Source
from metrics.importing.time import read_period
from metrics.observations import QUALIFIERS


def categories(
    source: Source, measure: Measure, indicator: Indicator, at: np.ndarray, cells: np.ndarray
) -> pd.DataFrame:
    """Read the cells of a status or a date: one row per cell that says one."""
    meant = [
        _category(source, measure, indicator, int(i), cell)
        for i, cell in zip(at, cells, strict=True)
    ]
    good = np.array([word != "" for word in meant], dtype=bool)
    return pd.DataFrame(
        {
            "_at": at[good],
            "value": np.nan,
            "category": pd.Series([word for word in meant if word], dtype="str"),
            "qualifier": QUALIFIERS[0],
        }
    )


def _category(source: Source, measure: Measure, indicator: Indicator, at: int, cell: Cell) -> str:
    if cell is None or (isinstance(cell, str) and read_number(cell, "comma").missing):
        source.empty += 1
        return ""
    if indicator.kind == "date":
        period = read_period(cell)
        if period is not None and period.grain == "instant":
            return period.end.isoformat()
        source.tell(ERROR, "date", at, measure.column, cell)
        return ""
    word = " ".join(str(cell).split())
    meant = source.mapping.categories.get(word) or category_of(word, indicator)
    if not meant:
        allowed = "; ".join(c.title.vi for c in indicator.categories)
        source.tell(ERROR, "category", at, measure.column, cell, allowed=allowed)
    return meant


def category_of(word: str, indicator: Indicator) -> str:
    """Return the category of a status whose id or title a word is; "" for none."""
    for category in indicator.categories:
        if word.casefold() in (
            category.id,
            category.title.vi.casefold(),
            category.title.en.casefold(),
        ):
            return category.id
    return ""

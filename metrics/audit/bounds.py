"""What the printed digits of figures allow them to be: see `metrics.audit.sheet`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.catalog import Catalog
from metrics.observations import MAY_BE_LESS, MAY_BE_MORE

Numbers = NDArray[np.float64]

# More decimals than these are of computing, not of printing.
MOST_DECIMALS: Final = 6
# Only so many zeros at the end of a number, at least, can be of rounding.
ROUND_ZEROS: Final = 2
# From so many figures of one source on, they are a table.
ROWS_OF_TABLE: Final = 20
# Floating point: 0.1 + 0.2 is not 0.3.
SLACK: Final = 1e-9
COUNTED: Final = ("count", "amount")
EXACT_KINDS: Final = ("count", "rank", "date", "status")


def bounds(rows: pd.DataFrame, catalog: Catalog, *, wide: bool) -> tuple[Numbers, Numbers]:
    """Return what the printed figures can be at least and at most.

    Parameters
    ----------
    catalog
        Kinds and decimals of the indicators.

    Returns
    -------
    low, high
        Aligned with the rows; infinite where a qualifier leaves a side open.
    """
    values = rows["value"].to_numpy(dtype=float)
    half = np.minimum(half_units(rows["indicator"], values, catalog), _of_table(rows, values))
    if wide:
        half = np.maximum(half, rounding(values))
    low, high = values - half, values + half
    qualifier = rows["qualifier"].astype(str).to_numpy()
    # "About" binds on neither side; "over 8" is at least 8, "under 8" at most.
    high[np.isin(qualifier, (*MAY_BE_MORE, "about"))] = np.inf
    low[np.isin(qualifier, (*MAY_BE_LESS, "about"))] = -np.inf
    return low, high


def half_units(indicators: pd.Series, values: Numbers, catalog: Catalog) -> Numbers:
    """Return half a unit of the last digit that each figure was printed with."""
    known = catalog.indicators
    declared = {i: known[i].decimals if known[i].kind in COUNTED else 0 for i in known}
    exact = {i: known[i].kind in EXACT_KINDS and known[i].decimals == 0 for i in known}
    digits = np.maximum(printed_decimals(values), _looked_up(indicators, declared).astype(int))
    half = 0.5 * 10.0 ** -digits.astype(float)
    return np.where(_looked_up(indicators, exact).astype(bool) & (digits == 0), 0.0, half)


def _of_table(rows: pd.DataFrame, values: Numbers) -> Numbers:
    """Return half a unit of the last digit of the table that a figure stands in; else infinite.

    A table prints all its figures with as many digits: its 7 among 6.74 and 8.09 is 7.00.
    """
    digits = pd.Series(printed_decimals(values), index=rows.index)
    tables = digits.groupby([rows["indicator"], rows["origin"]], observed=True, sort=False)
    half = 0.5 * 10.0 ** -tables.transform("max").to_numpy(dtype=float)
    return np.where(tables.transform("size").to_numpy() >= ROWS_OF_TABLE, half, np.inf)


def _looked_up(indicators: pd.Series, table: Mapping[str, object]) -> NDArray[np.object_]:
    return indicators.astype("category").map(table).to_numpy(dtype=object)


def printed_decimals(values: Numbers) -> NDArray[np.int64]:
    """Count the digits after the decimal mark, at most `MOST_DECIMALS`."""
    digits = np.full(len(values), MOST_DECIMALS, dtype=np.int64)
    for n in reversed(range(MOST_DECIMALS)):
        scaled = values * 10.0**n
        whole = np.abs(scaled - np.round(scaled)) < 1e-6 * np.maximum(1.0, np.abs(scaled) * 1e-6)
        digits[whole] = n
    return digits


def rounding(values: Numbers) -> Numbers:
    """Return half a unit of the last digit that is not a zero; 0 for fewer than two such zeros."""
    half = np.zeros(len(values))
    whole = (values == np.round(values)) & (values != 0)
    for zeros in range(ROUND_ZEROS, 13):
        round_ = whole & (np.mod(values, 10.0**zeros) == 0)
        half[round_] = 0.5 * 10.0**zeros
    return half


def below(a: Numbers, b: Numbers) -> NDArray[np.bool_]:
    """Tell where a is less than b by more than floating point can make of equal numbers."""
    scale = np.maximum(1.0, np.maximum(np.abs(a), np.abs(b)))
    with np.errstate(invalid="ignore"):
        return a < b - SLACK * np.where(np.isfinite(scale), scale, 1.0)


def apart(low: Numbers, high: Numbers, low2: Numbers, high2: Numbers) -> NDArray[np.bool_]:
    """Tell where two intervals have nothing in common."""
    return below(high, low2) | below(high2, low)

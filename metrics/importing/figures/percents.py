"""Columns whose numbers may be of two kinds: percentages beside bare numbers, parts of 1."""

from __future__ import annotations

from typing import Final

import numpy as np

from base.reading import Percent
from metrics.catalog import Indicator
from metrics.importing.cells import ERROR, WARNING, Severity, read_number, shown
from metrics.importing.mapping import Measure, Source

# Shares from here on, beside some up to 1, leave a gap that figures of one kind do not.
FAR_FROM_PARTS: Final = 10.0
FEWEST_PARTS: Final = 2


def tell_mixture(
    source: Source,
    measure: Measure,
    indicator: Indicator,
    percent: np.ndarray,
    *,
    at: np.ndarray,
    cells: np.ndarray,
) -> None:
    """Ask about a column in which some numbers are percentages and others bear no sign.

    Percentages among figures in another unit are asked about, whatever stands beside them.
    """
    if measure.scale is None and "%" not in indicator.unit.vi and percent.any():
        one = int(np.flatnonzero(percent)[0])
        more = {"heading": measure.column, "own": indicator.unit.vi, "n": int(percent.sum())}
        source.tell(ERROR, "percent_unit", int(at[one]), measure.column, cells[one], **more)
        return
    if measure.scale is not None or "%" not in indicator.unit.vi or not percent.any():
        return
    read = [read_number(cell, source.mapping.decimal) for cell in cells]
    plain = np.array([number.value is not None for number in read], dtype=bool) & ~percent
    # "90,5%" beside "90,0" says the same in writing; beside 0,9 it does not.
    if not any(isinstance(cells[i], Percent) for i in np.flatnonzero(percent)):
        values = [read[i].value or 0.0 for i in np.flatnonzero(plain)]
        plain &= bool(values) and min(values) <= 1
    if plain.any():
        one, other = int(np.flatnonzero(percent)[0]), int(np.flatnonzero(plain)[0])
        more = {"other": shown(cells[other]), "line": source.block.numbers[int(at[other])]}
        more["heading"] = measure.column
        source.tell(ERROR, "mixed_percent", int(at[one]), measure.column, cells[one], **more)


def tell_fractions(
    source: Source,
    measure: Measure,
    values: np.ndarray,
    bare: np.ndarray,
    *,
    at: np.ndarray,
    cells: np.ndarray,
) -> None:
    """Ask about numbers without a sign that may be parts of 1: all of them, or some."""
    small = np.flatnonzero(bare & (values > 0) & (values <= 1))
    large = np.flatnonzero(bare & (values > 1))
    if not len(small):
        return
    first = int(small[0])
    more: dict[str, object] = {"heading": measure.column, "n": len(small)}
    if not len(large):
        source.tell(ERROR, "fractions", int(at[first]), measure.column, cells[first], **more)
    elif values[large].min() >= FAR_FROM_PARTS:
        other = int(large[0])
        more |= {"other": shown(cells[other]), "line": source.block.numbers[int(at[other])]}
        grade: Severity = ERROR if len(small) >= FEWEST_PARTS else WARNING
        source.tell(grade, "fractions_some", int(at[first]), measure.column, cells[first], **more)

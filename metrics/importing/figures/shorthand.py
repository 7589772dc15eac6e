"""Cells that are a number in short, "10k" or "80/100": read as a person says, never guessed."""

from __future__ import annotations

import re
from typing import Final, Literal

import numpy as np

from base.reading import Cell, DecimalMark
from metrics.catalog import Indicator
from metrics.importing.cells import ERROR, Number, is_grouped, read_number, shown
from metrics.importing.mapping import Measure, Source
from metrics.importing.time import read_period

Short = Literal["suffixed", "slashed"]
_NUMBER: Final = r"\d[\d.,\s]*"
_SUFFIXED: Final = re.compile(rf"(?P<number>{_NUMBER})(?P<suffix>k|tr)\.?", re.IGNORECASE)
_TIMES: Final = {"k": 1_000, "tr": 1_000_000}
_SLASHED: Final = re.compile(rf"(?P<first>{_NUMBER})/\s*(?P<second>{_NUMBER})")
LONGEST: Final = 30
MOST_ROWS: Final = 8


def short_kind(cell: Cell) -> Short | None:
    """Tell whether a cell is a number with a suffix, or two with a slash: "123/2026" is neither.

    Examples
    --------
    >>> short_kind("1,5k"), short_kind("80/100"), short_kind("9/2026"), short_kind("12")
    ('suffixed', 'slashed', None, None)
    """
    if not isinstance(cell, str) or len(cell) > LONGEST:
        return None
    if _SUFFIXED.fullmatch(cell.strip()):
        return "suffixed"
    slashed = _SLASHED.fullmatch(cell.strip())
    dated = slashed is not None and (read_period(cell) or read_period(slashed["second"]))
    return "slashed" if slashed and not dated else None


def read_short(cell: Cell, decimal: DecimalMark, measure: Measure) -> Number:
    """Read a cell as a person said that such cells of its column are; else as any cell."""
    number = read_number(cell, decimal)
    if number.value is not None or number.missing or not (measure.suffixed or measure.slashed):
        return number
    kind = short_kind(cell)
    if kind == "suffixed" and measure.suffixed:
        return _suffixed(str(cell), decimal, measure)
    if kind == "slashed" and measure.slashed:
        return _slashed(str(cell), decimal, measure)
    return number


def _suffixed(cell: str, decimal: DecimalMark, measure: Measure) -> Number:
    found = _SUFFIXED.fullmatch(cell.strip())
    value = _value(found["number"], decimal) if found else None
    if found is None or value is None or measure.suffixed == "empty":
        return Number(missing=measure.suffixed == "empty")
    return Number(float(f"{value * _TIMES[found['suffix'].lower()]:.12g}"))


def _slashed(cell: str, decimal: DecimalMark, measure: Measure) -> Number:
    found = _SLASHED.fullmatch(cell.strip())
    first, second = (
        _value(found[name], decimal) if found else None for name in ("first", "second")
    )
    if first is None or second is None or measure.slashed == "empty":
        return Number(missing=measure.slashed == "empty")
    if measure.slashed == "first":
        return Number(first)
    return Number(float(f"{100 * first / second:.12g}"), percent=True) if second else Number()


def _value(text: str, decimal: DecimalMark) -> float | None:
    """Read a part of a cell: "1.5" is one and a half in any table, "1.234" by its mark."""
    own = read_number(text.strip(), decimal).value
    if own is not None or is_grouped(text):
        return own
    return read_number(text.strip(), "point" if decimal == "comma" else "comma").value


def tell_short(
    source: Source,
    measure: Measure,
    indicator: Indicator,
    unread: np.ndarray,
    *,
    at: np.ndarray,
    cells: np.ndarray,
) -> np.ndarray:
    """Ask about cells of a column that stand for numbers in short, once for each kind.

    Parameters
    ----------
    unread
        Positions among the cells of those that are no numbers.

    Returns
    -------
    np.ndarray
        The positions that are not asked about.
    """
    kinds = np.array([short_kind(cells[i]) or "" for i in unread], dtype=object)
    for kind in ("suffixed", "slashed"):
        asked = unread[kinds == kind]
        if not len(asked):
            continue
        rows = ", ".join(str(source.block.numbers[int(at[i])]) for i in asked[:MOST_ROWS])
        told = {"heading": measure.column, "n": len(asked), "rows": rows}
        first = int(asked[0])
        # A share is no figure of a count: then it is none of the readings.
        rule = "slashed_count" if kind == "slashed" and "%" not in indicator.unit.vi else kind
        source.tell(ERROR, rule, int(at[first]), measure.column, shown(cells[first]), **told)
    return unread[kinds == ""]

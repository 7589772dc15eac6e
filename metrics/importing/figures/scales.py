"""What the numbers of a column are multiplied by, as the table says of its units."""

from __future__ import annotations

import numpy as np

from metrics.catalog import Indicator
from metrics.importing.cells import ERROR, factor, read_unit, read_units
from metrics.importing.mapping import Measure, Source, distinct


def times_of(source: Source, measure: Measure, indicator: Indicator, at: np.ndarray) -> np.ndarray:
    """Return what each number is multiplied by; what does not agree is asked."""
    if measure.scale is not None or not len(at):
        return np.full(len(at), float(measure.scale or 1))
    own, column = indicator.unit.vi, measure.column
    said = _units(source, at)
    ids, known = distinct(said)
    found = np.ones(len(known))
    for i, unit in enumerate(known):
        text, beside = (str(unit), True) if unit else (measure.unit, measure.unit_beside)
        times = factor(text, own, beside=beside)
        if times is None or not (beside or _is_of_some(source, text)):
            row = int(at[np.flatnonzero(ids == i)[0]])
            source.tell(ERROR, "unit", row, column, text, own=own, heading=column)
        found[i] = 1 if times is None else times
    return found[ids]


def _units(source: Source, at: np.ndarray) -> np.ndarray:
    """Return the units that a column says of the rows, None where it says none."""
    if source.mapping.unit_column is None:
        return np.full(len(at), None, dtype=object)
    said = source.cells(source.mapping.unit_column)[at]
    said[:] = [c if isinstance(c, str) and read_unit(c) else None for c in said]
    return said


def _is_of_some(source: Source, said: str | None) -> bool:
    """Tell whether a unit that stands above the table is that of any of its columns."""
    said_units = [unit for unit in read_units(said or "") if unit.base]
    if not said_units:
        return True
    ids = {m.indicator for m in source.mapping.measures} | set(source.mapping.indicators.values())
    owns = [source.catalog.indicator(id_).unit.vi.lower() for id_ in ids if id_]
    return any(
        unit.base in own or (read_unit(own) or unit).base == unit.base
        for own in owns
        for unit in said_units
    )

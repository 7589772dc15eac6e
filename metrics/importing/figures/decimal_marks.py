"""Which mark stands before the decimals of a column: as said, shown, or alone possible."""

from __future__ import annotations

from collections.abc import Sequence

from base.reading import Cell, DecimalMark
from metrics.catalog import Indicator
from metrics.importing.cells import ERROR, is_grouped, read_unit
from metrics.importing.mapping import Measure, Source


def decimal_mark(
    source: Source, measure: Measure, indicator: Indicator, cells: Sequence[Cell]
) -> DecimalMark:
    """Return the decimal mark of a column: as said, as it shows, or as it alone can be."""
    if "decimal" in source.mapping.settled:
        return source.mapping.decimal
    grouped = [cell for cell in cells if is_grouped(cell)]
    if measure.decimal or not grouped:
        return measure.decimal or source.mapping.decimal
    # "1,234": thousands or three decimals. People are whole, and no rate is over 100.
    mark: DecimalMark = "comma" if "," in str(grouped[0]) else "point"
    other: DecimalMark = "point" if mark == "comma" else "comma"
    if len({"," in str(cell) for cell in grouped}) == 1:
        if is_whole(indicator):
            return other
        if "%" in indicator.unit.vi and indicator.kind == "rate":
            return mark
    if not _unsaid(source, measure):
        return source.mapping.decimal
    at = int(source.keep[0]) if len(source.keep) else 0
    source.tell(ERROR, "decimal_unsaid", at, measure.column, grouped[0])
    return source.mapping.decimal


def _unsaid(source: Source, measure: Measure) -> bool:
    """Tell whether no other column shows which mark stands before the decimals."""
    shown_by = {m.decimal for m in source.mapping.measures if m is not measure} - {None}
    return shown_by != {source.mapping.decimal}


def is_whole(indicator: Indicator) -> bool:
    """Tell whether figures of an indicator are whole numbers: people, records."""
    unit = read_unit(indicator.unit.vi)
    # "nghìn người" may be 12,5.
    return indicator.kind == "count" and (unit is None or unit.times == 1)

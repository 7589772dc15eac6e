"""Cells and columns of a table that somebody typed: texts, numbers, units, findings."""

from metrics.importing.cells.block import JOIN, UNNAMED, Block, is_unnamed
from metrics.importing.cells.cell_units import unit_of_cell, units_to_headings
from metrics.importing.cells.columns import Columns, columns_of_text
from metrics.importing.cells.findings import (
    ERROR,
    MOST_OF_A_RULE,
    WARNING,
    Finding,
    Findings,
    Severity,
    findings_csv,
    named,
    shown,
    worded,
    written,
)
from metrics.importing.cells.limits import ImportRefused
from metrics.importing.cells.numbers import (
    Number,
    decimal_of,
    is_grouped,
    looks_numeric,
    qualifier_of,
    read_number,
)
from metrics.importing.cells.units import (
    PEOPLE,
    Unit,
    factor,
    read_unit,
    read_units,
    unit_above,
    unit_headed,
    unit_in_heading,
)
from metrics.importing.cells.wording import plain

"""A table with its mapping, and what is told of its cells while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from base.reading import Cell
from metrics.catalog import Catalog
from metrics.importing.cells import Block, Finding, Findings, Severity, shown
from metrics.importing.mapping.mapping import Mapping


@dataclass(slots=True)
class Source:
    """What the readers of a table share.

    Attributes
    ----------
    block, mapping, catalog
        The table, what its columns are, and the indicators.
    keep
        Positions of the rows that have an area.
    findings
        What could not be read.
    empty
        Number of cells that say that there is no figure.
    """

    block: Block
    mapping: Mapping
    catalog: Catalog
    keep: np.ndarray
    findings: Findings = field(default_factory=Findings)
    empty: int = 0

    def cells(self, column: str) -> np.ndarray:
        """Return the cells of a column, to be changed at will."""
        cells = self.block.column(column)
        made = np.empty(len(cells), dtype=object)
        made[:] = cells
        return made

    def tell(
        self, severity: Severity, rule: str, at: int, column: str, value: object, **more: object
    ) -> None:
        """Add what was found at the cell of a row, by its position."""
        text = shown(value)
        number = self.block.numbers[at]
        values = {"value": text, **more}
        self.findings.add(Finding(severity, rule, self.block.sheet, number, column, text, values))


def distinct(cells: np.ndarray) -> tuple[np.ndarray, list[Cell]]:
    """Return which of the distinct cells each cell is, and those; nothing stays None."""
    ids, found = pd.factorize(cells, use_na_sentinel=False)
    # pandas writes None as NaN among numbers.
    return ids, [None if pd.isna(cell) else cell for cell in found]

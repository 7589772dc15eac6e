"""What is said of the cells of one sheet beside their values."""

import re
from dataclasses import dataclass, field
from typing import Any, Final

_MOST_FORMULAS: Final = 2_000
MOST_COLUMNS: Final = 1_000
_QUOTED: Final = re.compile(r'"[^"]*"|\\.')


@dataclass(slots=True)
class Marks:
    """What is said of the cells of one sheet; rows and columns count from 0.

    Attributes
    ----------
    percents
        Column to runs of rows, first and last, whose numbers are shown as percentages.
    unvalued
        Cells with a formula whose value the file does not hold, as (row, column).
    errors
        Cells that hold the error of a formula, as (row, column, "#DIV/0!").
    hidden_rows, hidden_columns
        Rows and columns that a reader does not see.
    hidden
        Whether a reader does not see the sheet itself.
    """

    percents: dict[int, list[list[int]]] = field(default_factory=dict)
    unvalued: list[list[int]] = field(default_factory=list)
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    hidden: bool = False

    def percent(self, row: int, column: int) -> None:
        """Add a cell shown as a percentage; rows come in their order."""
        runs = self.percents.setdefault(column, [])
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])

    def told(self) -> dict[str, Any]:
        """Return it as plain lists, columns as texts."""
        percents = {str(column): runs for column, runs in self.percents.items()}
        return {
            "percents": percents,
            "unvalued": self.unvalued[:_MOST_FORMULAS],
            "errors": self.errors[:_MOST_FORMULAS],
            "hidden_rows": self.hidden_rows,
            "hidden_columns": self.hidden_columns[:MOST_COLUMNS],
            "hidden": self.hidden,
        }


def is_percent(code: str) -> bool:
    """Tell whether a format of numbers shows percentages: a sign that is not quoted."""
    return "%" in _QUOTED.sub("", code)

"""What is said of the cells of one sheet beside their values."""

import re
from dataclasses import dataclass, field
from typing import Any, Final

_MOST_FORMULAS: Final = 2_000
MOST_COLUMNS: Final = 1_000
_QUOTED: Final = re.compile(r'"[^"]*"|\\.')

_BRACKETED: Final = re.compile(r"\[[^\]]*\]")


@dataclass(slots=True)
class Marks:
    """What is said of the cells of one sheet; rows and columns count from 0.

    Attributes
    ----------
    percents
        Column to runs of rows, first and last, whose numbers are shown as percentages.
    months
        The same of dates that are shown as months: "09/2026".
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
    months: dict[int, list[list[int]]] = field(default_factory=dict)
    unvalued: list[list[int]] = field(default_factory=list)
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    hidden: bool = False

    def percent(self, row: int, column: int) -> None:
        """Add a cell shown as a percentage; rows come in their order."""
        _run_on(self.percents.setdefault(column, []), row)

    def month(self, row: int, column: int) -> None:
        """Add a date shown as a month; rows come in their order."""
        _run_on(self.months.setdefault(column, []), row)

    def told(self) -> dict[str, Any]:
        """Return it as plain lists, columns as texts."""
        return {
            "percents": {str(column): runs for column, runs in self.percents.items()},
            "months": {str(column): runs for column, runs in self.months.items()},
            "unvalued": self.unvalued[:_MOST_FORMULAS],
            "errors": self.errors[:_MOST_FORMULAS],
            "hidden_rows": self.hidden_rows,
            "hidden_columns": self.hidden_columns[:MOST_COLUMNS],
            "hidden": self.hidden,
        }


def _run_on(runs: list[list[int]], row: int) -> None:
    if runs and runs[-1][1] == row - 1:
        runs[-1][1] = row
    else:
        runs.append([row, row])


def is_percent(code: str) -> bool:
    """Tell whether a format of numbers shows percentages: a sign that is not quoted."""
    return "%" in _QUOTED.sub("", code)


def is_month(code: str) -> bool:
    """Tell whether a format of dates shows the month and the year, and no day.

    Examples
    --------
    >>> is_month("mm/yyyy"), is_month('"T"m-yy'), is_month("dd/mm/yyyy"), is_month("0.00")
    (True, True, False, False)
    """
    shown = set(_BRACKETED.sub("", _QUOTED.sub("", code.lower())))
    return {"m", "y"} <= shown and not shown & set("dhs#0")

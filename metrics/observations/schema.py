"""The columns and words of observations, and what is wrong with a cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    pass

OBSERVATION_COLUMNS: Final = (
    "indicator",
    "role",
    "edition",
    "area",
    "period_start",
    "period_end",
    "grain",
    "period_text",
    "value",
    "category",
    "state",
    "numerator",
    "denominator",
    "qualifier",
    "origin",
    "locator",
    "note",
)
NUMBER_COLUMNS: Final = ("value", "numerator", "denominator")
# Together with the dataset: what makes an observation one and not another.
KEY_COLUMNS: Final = (
    "indicator",
    "role",
    "edition",
    "area",
    "period_start",
    "period_end",
    "grain",
    "origin",
    "locator",
)
ROLES: Final = ("result", "target", "forecast")
GRAINS: Final = ("instant", "month", "quarter", "year", "year_to_date", "before", "unknown")
# split: the unit has been divided, so that its old figure cannot be carried to this edition.
STATES: Final = ("reported", "recomputed", "not_applicable", "suppressed", "split")
STATES_WITH_FIGURE: Final = ("reported", "recomputed")
QUALIFIERS: Final = (
    "exact",
    "over",
    "under",
    "at_least",
    "at_most",
    "about",
    "nearly",
    "up_to",
    "computed",
)
# What the true figure may be: more than what is written, less, or either; "nearly 530,000" is less.
MAY_BE_MORE: Final = ("over", "at_least")
MAY_BE_LESS: Final = ("under", "at_most", "nearly", "up_to")
# Such a figure is close to what is written.
ROUGH: Final = ("about", "nearly")
# Such figures may be any distance apart: "over 50" and "over 60".
BOUNDS: Final = frozenset({*MAY_BE_MORE, *MAY_BE_LESS}) - frozenset(ROUGH)
# Names of the index of a frame that was read: the file, and the row in it (1 is the header).
INDEX_NAMES: Final = ("file", "row")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one cell of a table of observations.

    Attributes
    ----------
    file, row, column
        Where: rows count from 1, the header. A frame that was not read from a file has "" and
        the row it would have in one.
    value, allowed
        What is there, and what could be.
    message
        All of it in a sentence, with what to do.
    """

    file: str
    row: int
    column: str
    value: str
    allowed: str
    message: str

    def __str__(self) -> str:
        return self.message


def problem(place: tuple[str, int], column: str, value: str, allowed: str, remedy: str) -> Problem:
    """Put a problem into words."""
    file, row = place
    where = f"{file or 'table'}, row {row}, column {column}"
    message = f"{where}: received {value!r}, allowed: {allowed}. {remedy}."
    return Problem(file, row, column, value, allowed, message)


def cell_text(value: object) -> str:
    """Write one cell as the files have it: a number in plain digits, nothing for a missing one."""
    if isinstance(value, str):
        return value
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return ""
    # The shortest digits that give the same float again, never with an exponent.
    return np.format_float_positional(float(value), trim="-")  # type: ignore[arg-type]

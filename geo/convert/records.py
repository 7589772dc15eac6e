"""The records of a conversion: the rules asked for, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

from base.words import Refusal

if TYPE_CHECKING:
    import pandas as pd

SplitBy = Literal["population", "area", "count"]
# Weights that the editions know; any other weight is a column of the table.
KNOWN_WEIGHTS: Final = ("population", "area")


class ConvertError(Refusal):
    """A table cannot be converted: which row and column, what is there, what to do."""

    prefix = "convert.refused."


@dataclass(frozen=True, slots=True)
class Sum:
    """Add a column up; of a divided unit, share it out."""

    column: str

    @property
    def out(self) -> str:
        """Name of the column that comes out."""
        return self.column

    @property
    def needs(self) -> tuple[str, ...]:
        """Columns with numbers that it reads."""
        return (self.column,)


@dataclass(frozen=True, slots=True)
class Ratio:
    """Divide the sum of one column by that of another, times `scale` (100 for %)."""

    out: str
    numerator: str
    denominator: str
    scale: int = 1

    @property
    def needs(self) -> tuple[str, ...]:
        """Columns with numbers that it reads."""
        return (self.numerator, self.denominator)


@dataclass(frozen=True, slots=True)
class Mean:
    """Average a column by a weight: another column, or ``population`` or ``area`` of the units."""

    column: str
    weight: str = KNOWN_WEIGHTS[0]

    @property
    def out(self) -> str:
        """Name of the column that comes out."""
        return self.column

    @property
    def needs(self) -> tuple[str, ...]:
        """Columns with numbers that it reads."""
        return (self.column,) if self.weight in KNOWN_WEIGHTS else (self.column, self.weight)


@dataclass(frozen=True, slots=True)
class Status:
    """Keep a text where all parts have the same; tell how many where they do not."""

    column: str

    @property
    def out(self) -> str:
        """Name of the column that comes out."""
        return self.column

    @property
    def needs(self) -> tuple[str, ...]:
        """Columns with numbers that it reads: none."""
        return ()


Rule = Sum | Ratio | Mean | Status


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is not in the result.

    Attributes
    ----------
    row
        Its number; 1 is the header.
    text
        Name or code as given.
    reason
        ``unmatched``, ``predecessor``, ``duplicate``, ``unlinked``, or ``total`` for a row that is
        no unit at all (a total, a region, the country, an empty row): only that one is no loss.
    note
        A sentence for the reader, in the language of the conversion.
    """

    row: int
    text: str
    reason: str
    note: str

    @property
    def is_loss(self) -> bool:
        """Whether a figure of a unit was left out."""
        return self.reason != "total"


@dataclass(frozen=True, slots=True)
class Missing:
    """A unit without a row, or with an empty cell, so that a figure could not be made.

    Attributes
    ----------
    group
        The values of the grouping columns.
    column
        The column that is empty; "" where the whole row is missing.
    code, name
        The unit.
    """

    group: tuple[str, ...]
    column: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Total:
    """What became of the sum of a column.

    Attributes
    ----------
    column
        Its name.
    given
        Sum of all rows that are units.
    converted
        Sum of what came out.
    """

    column: str
    given: Fraction
    converted: Fraction

    @property
    def left(self) -> Fraction:
        """What did not come out: of incomplete units, of rows left out."""
        return self.given - self.converted


@dataclass(frozen=True, slots=True)
class Result:
    """A table by other units.

    Attributes
    ----------
    frame
        Text cells: the grouping columns, ``code``, ``name``, the value columns, ``method``,
        ``coverage`` (0 to 1: the smallest of the value columns), ``coverage_by``, ``parts`` and
        ``exact`` (whether nothing was estimated).
    left_out, missing, totals
        The report.
    """

    frame: pd.DataFrame
    left_out: tuple[LeftOut, ...]
    missing: tuple[Missing, ...]
    totals: tuple[Total, ...]

    @property
    def complete(self) -> bool:
        """Whether every row of a unit is in the result and nothing was missing."""
        return not self.missing and not any(row.is_loss for row in self.left_out)

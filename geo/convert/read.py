"""Check what a conversion is asked for, and read the cells it needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from base.reading import DecimalMark
from geo.convert.numbers import read_number
from geo.convert.records import KNOWN_WEIGHTS, ConvertError, Mean, Rule, Status

if TYPE_CHECKING:
    import pandas as pd

# What comes out beside the values.
OUT_COLUMNS: Final = ("code", "name", "method", "coverage", "coverage_by", "parts", "exact")
MAX_ROWS: Final = 1_000_000


def check(
    frame: pd.DataFrame,
    rules: Sequence[Rule],
    *,
    code: str | None,
    name: str | None,
    parent: str | None,
    by: Sequence[str],
) -> None:
    """Refuse what cannot be converted: columns that are not there, or that would be there twice.

    Raises
    ------
    ConvertError
        Saying which column, and what to do.
    """
    if (code is None) == (name is None):
        raise ConvertError("code_or_name")
    if not rules:
        raise ConvertError("no_rules", columns=", ".join(frame.columns))
    if len(frame) > MAX_ROWS:
        raise ConvertError("too_many_rows", rows=len(frame), limit=MAX_ROWS)
    read = [column for rule in rules for column in (*rule.needs, *_status_column(rule))]
    for column in (*filter(None, (code, name, parent)), *by, *read):
        if list(frame.columns).count(column) != 1:
            key = "column_twice" if column in frame.columns else "column_missing"
            raise ConvertError(key, column=column, columns=", ".join(frame.columns))
    out = [*by, *(rule.out for rule in rules)]
    for column in out:
        if column in OUT_COLUMNS:
            raise ConvertError("column_taken", column=column, taken=", ".join(OUT_COLUMNS))
        if out.count(column) > 1:
            raise ConvertError("out_twice", column=column)


def _status_column(rule: Rule) -> tuple[str, ...]:
    return (rule.column,) if isinstance(rule, Status) else ()


def texts(frame: pd.DataFrame, column: str) -> list[str]:
    """Return the cells of a column as text, "" where missing."""
    return [str(cell) for cell in frame[column].astype(object).where(frame[column].notna(), "")]


def numbers(
    frame: pd.DataFrame, rules: Iterable[Rule], decimal: DecimalMark, unread: set[int]
) -> dict[str, list[Fraction | None]]:
    """Read the number columns.

    Returns
    -------
    dict of str to list
        By column, one entry a row.

    Raises
    ------
    ConvertError
        At the first cell that is not a number, and at a weight below zero.
    """
    wanted = dict.fromkeys(column for rule in rules for column in rule.needs)
    found: dict[str, list[Fraction | None]] = {}
    for column in wanted:
        cells = enumerate(texts(frame, column), start=2)
        found[column] = [
            None if row in unread else read_number(cell, decimal, row=row, column=column)
            for row, cell in cells
        ]
    weights = [r.weight for r in rules if isinstance(r, Mean) and r.weight not in KNOWN_WEIGHTS]
    for column in weights:
        for row, weight in enumerate(found[column], start=2):
            if weight is not None and weight < 0:
                raise ConvertError("negative_weight", row=row, column=column, value=float(weight))
    return found

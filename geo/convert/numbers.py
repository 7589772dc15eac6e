"""Numbers as exact fractions: read from text, written without loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from base.reading import DecimalMark, is_either, mark_of, plain_digits, says_no_figure
from geo.convert.records import ConvertError

EXACT_DECIMALS: Final = 15


def read_number(text: str, decimal: DecimalMark, *, row: int, column: str) -> Fraction | None:
    """Read a cell.

    Parameters
    ----------
    text
        The cell. Empty, "-", "…" or "chưa có số liệu" is missing, and is never zero.
    decimal
        ``point``: 1234.5; ``comma``: 1234,5 or 1.234,5.
    row, column
        Where it is, for the error.

    Returns
    -------
    Fraction or None
        Exactly the number written; None where the cell is empty.

    Raises
    ------
    ConvertError
        If it is not a number written so.
    """
    cell = text.strip()
    if says_no_figure(cell):
        return None
    digits = _digits(cell, decimal)
    if digits is None:
        raise ConvertError(f"number_{decimal}", row=row, column=column, value=shortened(text))
    return Fraction(digits)


def mark_said(columns: Mapping[str, Sequence[str]]) -> DecimalMark:
    """Tell which mark stands before the decimals in some columns, by what can only be one.

    Raises
    ------
    ConvertError
        Where "1.234" may be thousands or three decimals, and no other cell tells.
    """
    mark = mark_of(cell.strip() for cells in columns.values() for cell in cells)
    for column, cells in columns.items() if mark is None else ():
        for row, cell in enumerate(cells, start=2):
            if is_either(cell.strip()):
                raise ConvertError("decimal_unsaid", row=row, column=column, value=cell.strip())
    return mark or "point"


def is_number(cell: str, decimal: DecimalMark) -> bool:
    """Tell whether a cell is a number written so."""
    return _digits(cell, decimal) is not None


def _digits(cell: str, decimal: DecimalMark) -> str | None:
    # 1,234 is too often one and some decimals.
    return plain_digits(cell, decimal, grouped=decimal == "comma")


def write_number(value: Fraction | None, decimal: DecimalMark) -> str:
    """Write a number: all digits of a finite decimal, else the shortest that means the float.

    Examples
    --------
    >>> write_number(Fraction(7, 2), "point"), write_number(Fraction(1, 3), "comma")
    ('3.5', '0,3333333333333333')
    >>> write_number(None, "point")
    ''
    """
    if value is None:
        return ""
    text = _finite(value) or _float_text(float(value))
    return text.replace(".", ",") if decimal == "comma" else text


def _finite(value: Fraction) -> str:
    """Write a fraction of at most `EXACT_DECIMALS` decimals exactly; "" where it has more."""
    scaled = value * 10**EXACT_DECIMALS
    if scaled.denominator != 1:
        return ""
    sign = "-" if value < 0 else ""
    digits = str(abs(scaled.numerator)).rjust(EXACT_DECIMALS + 1, "0")
    whole, part = digits[:-EXACT_DECIMALS], digits[-EXACT_DECIMALS:].rstrip("0")
    return f"{sign}{whole}.{part}" if part else f"{sign}{whole}"


def _float_text(value: float) -> str:
    import numpy as np  # noqa: PLC0415 - only numbers that are no finite decimals need it

    return np.format_float_positional(value, trim="-")


def shortened(text: str, length: int = 40) -> str:
    """Cut a text to be quoted in a message."""
    return text if len(text) <= length else text[: length - 1] + "…"

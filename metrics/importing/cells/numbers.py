"""Cells to numbers: decimal comma or point, thousands, percent signs, "over", "about"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from base.reading import (
    Cell,
    DecimalMark,
    Percent,
    is_either,
    mark_of,
    plain_digits,
    says_no_figure,
)
from metrics.observations import QUALIFIERS

# What stands before a number, by what it says about it.
_QUALIFIERS: Final = (
    ("at_least", r"(?:≥|>=|=>|ít nhất|tối thiểu|at least|từ)"),
    ("at_most", r"(?:≤|<=|=<|nhiều nhất|tối đa|at most|không quá)"),
    ("over", r"(?:>|trên|hơn|over|more than)"),
    ("under", r"(?:<|dưới|chưa đến|chưa tới|under|less than)"),
    ("nearly", r"(?:gần|nearly)"),
    ("up_to", r"(?:lên tới|tới|up to)"),
    ("about", r"(?:~|≈|khoảng|xấp xỉ|about|approx\.?)"),
)
_BEFORE: Final = tuple(
    (name, re.compile(pattern + r"\s*", re.IGNORECASE)) for name, pattern in _QUALIFIERS
)
_ALONE: Final = (
    ("exact", re.compile(r"=|chính xác|đúng|exactly")),
    ("computed", re.compile(r"tính toán|tính|được tính|calculated")),
)
# "98,5*", "98,5(1)", "97,2 ¹": what points to a note below.
_MARK: Final = re.compile(r"\s*(?:\(?\*{1,4}\)?|\(\d\)|\([a-e]\)|\[\d\]|[¹²³⁴⁵⁶⁷⁸⁹]{1,2})\s*$")
_INVISIBLE: Final = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_SPACES: Final = re.compile(r"(?<=\d)[\s\u00a0\u202f'’](?=\d{3}(?!\d))")
_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


@dataclass(frozen=True, slots=True)
class Number:
    """What a cell says.

    Attributes
    ----------
    value
        The number as written; None where the cell has none.
    qualifier
        exact, over, under, at_least, at_most or about.
    percent
        Whether a percent sign was written.
    missing
        Whether the cell says that there is no figure. Neither missing nor a number: it could not
        be read.
    mark
        Whether the sign of a footnote stood behind it; the number was read without.
    """

    value: float | None = None
    qualifier: str = "exact"
    percent: bool = False
    missing: bool = False
    mark: bool = False


def read_number(cell: Cell, decimal: DecimalMark) -> Number:
    """Read one cell.

    Parameters
    ----------
    decimal
        Which mark stands before the decimals.

    Returns
    -------
    Number
        Without value and not `missing` where it is something else.

    Examples
    --------
    >>> read_number("1.234,5 %", "comma").value, read_number("trên 90", "comma").qualifier
    (1234.5, 'over')
    >>> read_number("-", "comma").missing
    True
    """
    if isinstance(cell, Percent):
        return Number(float(f"{cell * 100:.12g}"), percent=True)
    if isinstance(cell, float | int):
        return Number(float(cell))
    if cell is None:
        return Number(missing=True)
    if isinstance(cell, date):
        return Number()
    text = _visible(cell)
    if digits := plain_digits(text, decimal):
        return Number(float(digits))  # as nearly all are
    if says_no_figure(text):
        return Number(missing=True)
    qualifier = "exact"
    for name, pattern in _BEFORE:
        if match := pattern.match(text):
            qualifier, text = name, text[match.end() :]
            break
    text, marks = _MARK.subn("", text)
    percent = text.endswith("%")
    text = _SPACES.sub("", text.removesuffix("%").strip()).replace("−", "-")
    digits = plain_digits(text, decimal)
    if not digits:
        return Number()
    return Number(float(digits), qualifier, percent, mark=marks > 0)


def _visible(cell: str) -> str:
    """Leave out what cannot be seen, and write full-width characters as usual ones."""
    text = cell.strip()
    return text if text.isascii() else _INVISIBLE.sub("", text.translate(_FULL_WIDTH)).strip()


def qualifier_of(cell: Cell) -> str | None:
    """Return the qualifier that a cell of its own names, "" for none, None for another word.

    Examples
    --------
    >>> qualifier_of("khoảng"), qualifier_of("at_least"), qualifier_of("-"), qualifier_of("?!")
    ('about', 'at_least', '', None)
    """
    if cell is None:
        return ""
    word = " ".join(str(cell).split()).casefold()
    if word in QUALIFIERS:
        return word
    for name, pattern in (*_BEFORE, *_ALONE):
        if pattern.fullmatch(word):
            return name
    return "" if says_no_figure(word) else None


def looks_numeric(cell: Cell) -> bool:
    """Tell whether a cell is a number in one of the two ways of writing."""
    if isinstance(cell, float | int):
        return True
    if not isinstance(cell, str):
        return False
    return any(read_number(cell, decimal).value is not None for decimal in ("comma", "point"))


def decimal_of(cells: Iterable[Cell] | Counter[str]) -> DecimalMark | None:
    """Tell which mark stands before the decimals in some cells.

    Parameters
    ----------
    cells
        Of one column, or of all number columns; or how often each text is among them.

    Returns
    -------
    str or None
        None where nothing tells: "1.234" may be either.
    """
    counts = (
        cells if isinstance(cells, Counter) else Counter(c for c in cells if isinstance(c, str))
    )
    written: Counter[str] = Counter()
    for cell, n in counts.items():
        written[_SPACES.sub("", _visible(cell))] += n
    return mark_of(written)


def is_grouped(cell: Cell) -> bool:
    """Tell whether a cell may be thousands or three decimals: "1.234", "12,340"."""
    if not isinstance(cell, str) or not any(mark in cell for mark in ".,．，"):
        return False
    return is_either(_MARK.sub("", _visible(cell)).strip(" %\u00a0"))

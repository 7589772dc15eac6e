"""Read the rules of a conversion from options of the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from base.reading import DecimalMark
from geo.convert.numbers import is_number
from geo.convert.records import KNOWN_WEIGHTS, ConvertError, Mean, Ratio, Rule, Status, Sum

PER_CENT: Final = "*100"


def rules_of(
    header: Sequence[str],
    sums: Sequence[str],
    ratios: Sequence[str],
    means: Sequence[str],
    statuses: Sequence[str],
) -> list[Rule]:
    """Read rules, in the order sums, ratios, means, statuses.

    Parameters
    ----------
    header
        Columns of the table: names may hold the signs = / : themselves.
    sums, statuses
        Columns.
    ratios
        ``OUT=NUM/DEN``, or ``OUT=NUM/DEN*100`` for per cent.
    means
        ``COLUMN`` (by population) or ``COLUMN:WEIGHT``.

    Returns
    -------
    list of rules
        Columns of sums and statuses are not checked here.

    Raises
    ------
    ConvertError
        If a ratio or a mean names no columns of the table.
    """
    return [
        *map(Sum, sums),
        *(_ratio(text, header) for text in ratios),
        *(_mean(text, header) for text in means),
        *map(Status, statuses),
    ]


def _ratio(text: str, header: Sequence[str]) -> Ratio:
    body, scale = (text.removesuffix(PER_CENT), 100) if text.endswith(PER_CENT) else (text, 1)
    for out, parts in _cuts(body, "="):
        for over, under in _cuts(parts, "/"):
            if out and over in header and under in header:
                return Ratio(out, over, under, scale)
    raise _unread("--ratio", text, "OUT=NUM/DEN[*100]", header)


def _mean(text: str, header: Sequence[str]) -> Mean:
    if text in header:
        return Mean(text)
    for column, weight in _cuts(text, ":"):
        if column in header and (weight in header or weight in KNOWN_WEIGHTS):
            return Mean(column, weight)
    raise _unread("--mean", text, f"COLUMN[:{'|'.join(KNOWN_WEIGHTS)}|COLUMN]", header)


def _cuts(text: str, sign: str) -> list[tuple[str, str]]:
    """List every way to cut a text in two at a sign."""
    found = [at for at, letter in enumerate(text) if letter == sign]
    return [(text[:at].strip(), text[at + 1 :].strip()) for at in found]


def _unread(option: str, text: str, allowed: str, header: Sequence[str]) -> ConvertError:
    return ConvertError(
        "rule", option=option, value=text, allowed=allowed, columns=", ".join(header)
    )


def number_columns(
    header: Sequence[str], column: Callable[[str], Sequence[str]], decimal: DecimalMark
) -> list[str]:
    """List the columns that hold nothing but numbers, to suggest them, never to take them.

    Parameters
    ----------
    header
        Columns of the table.
    column
        Gives the cells of one.
    decimal
        How numbers are written.
    """
    found = []
    for name in header:
        if header.count(name) > 1:
            continue
        cells = [cell.strip() for cell in column(name) if cell.strip()]
        if cells and all(is_number(cell, decimal) for cell in cells):
            found.append(name)
    return found

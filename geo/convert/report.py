"""What comes out of a conversion: the table, safe for spreadsheets, and the report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Final

from base.reading import MAX_DIGITS, Table, neutralise
from base.words import Lang, number, t, tn
from geo.convert.numbers import shortened, write_number
from geo.convert.records import ConvertError, Result

MAX_SHOWN: Final = 10
MAX_NOTE: Final = 160


def output(table: Table, result: Result) -> Table:
    """Write a result as a table, in the manner of the one that came.

    Parameters
    ----------
    table
        The table that was converted.

    Returns
    -------
    Table
        With formula-like texts disarmed.
    """
    rows = [
        [neutralise(cell) for cell in row]
        for row in result.frame.itertuples(index=False, name=None)
    ]
    head = [neutralise(name) for name in result.frame.columns]
    return Table(head, rows, table.delimiter, table.bom, table.line_end)


def report(rows: int, result: Result, lang: Lang) -> list[str]:
    """Say what came out of a conversion and what did not.

    Parameters
    ----------
    rows
        How many rows the table has.

    Returns
    -------
    list of str
        Lines; long lists are cut and say so.
    """
    exact = int((result.frame["exact"] == "true").sum())
    lines = [
        t(
            "convert.report.summary",
            lang,
            rows=number(rows, lang),
            out=number(len(result.frame), lang),
            exact=number(exact, lang),
        )
    ]
    for total in result.totals:
        sums = {name: _exact(getattr(total, name), lang) for name in ("given", "converted", "left")}
        lines.append(t("convert.report.total", lang, column=total.column, **sums))
    lost = [row for row in result.left_out if row.is_loss]
    aside = len(result.left_out) - len(lost)
    if aside:
        lines.append(tn("convert.report.aside", aside, lang, n=number(aside, lang)))
    if lost:
        lines.append(tn("convert.report.left", len(lost), lang, n=number(len(lost), lang)))
        lines += [
            t(
                "convert.report.row",
                lang,
                row=row.row,
                text=shortened(row.text),
                note=shortened(row.note, MAX_NOTE),
            )
            for row in lost[:MAX_SHOWN]
        ]
        lines += _more(len(lost), lang)
    if result.missing:
        lines.append(
            tn(
                "convert.report.missing",
                len(result.missing),
                lang,
                n=number(len(result.missing), lang),
            )
        )
        lines += [
            t(
                "convert.report.lack",
                lang,
                group=" ".join((*lack.group, "")),
                code=lack.code,
                name=lack.name,
                column=lack.column or t("convert.report.no_row", lang),
            )
            for lack in result.missing[:MAX_SHOWN]
        ]
        lines += _more(len(result.missing), lang)
    return lines


def placed(result: Result, in_file: Callable[[int], int]) -> Result:
    """Let the rows left out of a result name rows of the file."""
    left = tuple(replace(row, row=in_file(row.row)) for row in result.left_out)
    return replace(result, left_out=left)


def located(error: ConvertError, in_file: Callable[[int], int]) -> ConvertError:
    """Let a refusal name a row of the file."""
    row = error.values.get("row")
    if isinstance(row, int):
        error.values["row"] = in_file(row)
    return error


def _exact(value: Fraction, lang: Lang) -> str:
    """Write all the digits that a number has."""
    text = write_number(value, "point")
    with localcontext(prec=MAX_DIGITS):
        return number(Decimal(text), lang, len(text.partition(".")[2]))


def _more(n: int, lang: Lang) -> list[str]:
    left = number(n - MAX_SHOWN, lang)
    return [t("convert.report.more", lang, left=left)] if n > MAX_SHOWN else []

"""What comes out of a conversion: the table, safe for spreadsheets, and the report."""

from __future__ import annotations

import re
from typing import Final

from base.reading import Table
from base.words import Lang
from geo.convert.messages import say
from geo.convert.numbers import PATTERNS, shortened, write_number
from geo.convert.records import Result

MAX_SHOWN: Final = 10
MAX_NOTE: Final = 160
# A cell that begins like this is run as a formula by spreadsheets (OWASP, CSV injection).
FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


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
        [_safe(cell) for cell in row] for row in result.frame.itertuples(index=False, name=None)
    ]
    head = [_safe(name) for name in result.frame.columns]
    return Table(head, rows, table.delimiter, table.bom, table.line_end)


def _safe(cell: str) -> str:
    """Keep a spreadsheet from running a text as a formula, by an apostrophe before it."""
    is_number = any(pattern.fullmatch(cell) for pattern in PATTERNS.values())
    return "'" + cell if FORMULA.match(cell) and not is_number else cell


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
    lines = [say("summary", lang, rows=rows, out=len(result.frame), exact=exact)]
    for total in result.totals:
        sums = {
            name: _grouped(write_number(getattr(total, name), "point"), lang)
            for name in ("given", "converted", "left")
        }
        lines.append(say("total", lang, column=total.column, **sums))
    lost = [row for row in result.left_out if row.is_loss]
    aside = len(result.left_out) - len(lost)
    if aside:
        lines.append(say("aside", lang, n=aside))
    if lost:
        lines.append(say("left", lang, n=len(lost)))
        lines += [
            say(
                "row",
                lang,
                row=row.row,
                text=shortened(row.text),
                reason=row.reason,
                note=shortened(row.note, MAX_NOTE),
            )
            for row in lost[:MAX_SHOWN]
        ]
        lines += _more(len(lost), lang)
    if result.missing:
        lines.append(say("missing", lang, n=len(result.missing)))
        lines += [
            say(
                "lack",
                lang,
                group=" ".join((*lack.group, "")),
                code=lack.code,
                name=lack.name,
                column=lack.column or say("no_row", lang),
            )
            for lack in result.missing[:MAX_SHOWN]
        ]
        lines += _more(len(result.missing), lang)
    return lines


def _grouped(number: str, lang: Lang) -> str:
    """Write a number for reading: thousands apart, the mark of the language before decimals."""
    whole, _, part = number.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    thousands, mark = (".", ",") if lang == "vi" else (",", ".")
    parts = f"{int(digits):,}".replace(",", thousands) if digits else ""
    return sign + parts + (mark + part if part else "")


def _more(n: int, lang: Lang) -> list[str]:
    return [say("more", lang, left=n - MAX_SHOWN)] if n > MAX_SHOWN else []

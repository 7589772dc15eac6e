"""CSV for people: opened by Excel as it is, with the reader's headings, words and decimal mark."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TextIO

import pandas as pd

from base.reading import mapped
from base.words import Lang, pick, t
from geo.editions import edition
from metrics.catalog import Catalog
from metrics.exporting.about import About, Tally
from metrics.exporting.rows import FLAG_COLUMNS, FLOAT_COLUMNS, RANK_COLUMNS, text_cells
from metrics.observations import STATES

BYTE_ORDER_MARK: Final = "\ufeff"
# Formats that there are for people too.
FOR_PEOPLE: Final = ("csv", "xlsx")
# What only programs read.
LEFT_OUT: Final = frozenset({"dataset", "indicator_id", "grain", "origin_ids"})
CODES: Final = ("area_code", "province_code")
# Where the decimal mark is a comma, Excel parts columns by semicolons.
DELIMITERS: Final[Mapping[Lang, str]] = {"vi": ";", "en": ","}
DECIMAL_MARKS: Final[Mapping[Lang, str]] = {"vi": ",", "en": "."}


def sheet_columns(columns: Sequence[str]) -> list[str]:
    """Return those of the columns that people read."""
    return [column for column in columns if column not in LEFT_OUT]


def sheet_heads(columns: Sequence[str], lang: Lang) -> list[str]:
    """Name columns as a reader does."""
    return [t(f"export.head.{column}", lang) for column in columns]


def sheet_writer(stream: TextIO, lang: Lang) -> Any:
    """Return a writer of rows, after the mark by which Excel recognises UTF-8."""
    stream.write(BYTE_ORDER_MARK)
    return csv.writer(stream, delimiter=DELIMITERS[lang], lineterminator="\r\n")


def sheet_number(text: str, lang: Lang) -> str:
    """Write a plain number with the reader's decimal mark."""
    return text.replace(".", DECIMAL_MARKS[lang])


def sheet_code(code: str) -> str:
    """Write a code so that a spreadsheet keeps it as text: 01 stays 01."""
    return f'="{code}"' if code.isascii() and code.isalnum() else code


def sheet_cells(frame: pd.DataFrame, lang: Lang, catalog: Catalog) -> dict[str, Iterable[str]]:
    """Write rows of `export_rows` as people read them: column to its texts."""
    frame = _categories_named(frame, lang, catalog)
    cells, made = text_cells(frame), dict[str, Iterable[str]]()
    for column in sheet_columns(list(cells)):
        told = _teller(column, lang)
        made[column] = (
            mapped(pd.Series(cells[column], dtype=object), told) if told else cells[column]
        )
    return made


def worded(frame: pd.DataFrame, lang: Lang, catalog: Catalog) -> pd.DataFrame:
    """Put the reader's words into rows of `export_rows`; numbers, days and codes stay."""
    found = _categories_named(frame, lang, catalog)
    return found.assign(
        **{
            column: mapped(found[column].astype(object), tell(lang))
            for column, tell in _WORDED.items()
            if column in found
        }
    )


def _categories_named(frame: pd.DataFrame, lang: Lang, catalog: Catalog) -> pd.DataFrame:
    if not frame["category"].ne("").any():
        return frame
    pairs = zip(frame["indicator_id"], frame["category"].fillna(""), strict=True)
    named = [_category(catalog, str(id_), str(text), lang) for id_, text in pairs]
    return frame.assign(category=named)


def _category(catalog: Catalog, indicator: str, text: str, lang: Lang) -> str:
    known = {one.id: one.title for one in catalog.indicators[indicator].categories}
    return pick(known[text], lang) if text in known else text


def _teller(column: str, lang: Lang) -> Callable[[str], str] | None:
    if column in CODES:
        return sheet_code
    if column in (*FLOAT_COLUMNS, *RANK_COLUMNS):
        return lambda text: sheet_number(text, lang)
    if column in FLAG_COLUMNS:
        return lambda text: t(f"export.flag.{text}", lang)
    return _WORDED[column](lang) if column in _WORDED else None


def _in_words(prefix: str) -> Callable[[Lang], Callable[[str], str]]:
    return lambda lang: lambda text: t(f"{prefix}.{text}", lang) if text else ""


def _state(lang: Lang) -> Callable[[str], str]:
    def told(text: str) -> str:
        return t(f"{'tables.state' if text in STATES else 'state'}.{text}", lang) if text else ""

    return told


def _edition(lang: Lang) -> Callable[[str], str]:
    def told(text: str) -> str:
        found = edition(text) if text else None
        return (found.name_vi if lang == "vi" else found.name_en) if found else ""

    return told


_WORDED: Final[Mapping[str, Callable[[Lang], Callable[[str], str]]]] = {
    "role": _in_words("tables.role"),
    "level": _in_words("level"),
    "qualifier": _in_words("tables.qualifier"),
    "state": _state,
    "edition": _edition,
}


def write_csv_for_excel(
    frames: Iterator[pd.DataFrame], columns: Sequence[str], out: Path, about: About
) -> Tally:
    """Write rows as CSV that Excel opens right.

    After a byte order mark; headings, words and the decimal mark are the reader's, and columns are
    parted as Excel expects of that mark. Codes stay texts. Dates are ISO 8601, which every
    spreadsheet takes for dates.
    """
    tally, lang = Tally(), about.lang
    shown = sheet_columns(columns)
    with out.open("w", encoding="utf-8", newline="") as stream:
        writer = sheet_writer(stream, lang)
        writer.writerow(sheet_heads(shown, lang))
        for frame in frames:
            cells = sheet_cells(frame, lang, about.catalog)
            writer.writerows(zip(*(cells[column] for column in shown), strict=True))
            tally.add(frame)
    return tally

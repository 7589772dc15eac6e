"""Rows as CSV, and the metadata of CSV on the Web (CSVW) that lie beside it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd

from base.words import LANGS, t
from metrics.catalog import boundary_notes
from metrics.exporting.about import About, Tally
from metrics.exporting.rows import FLAG_COLUMNS, FLOAT_COLUMNS, RANK_COLUMNS, text_cells
from metrics.exporting.spreadsheet import (
    DECIMAL_MARKS,
    DELIMITERS,
    sheet_columns,
    sheet_heads,
)
from metrics.store import DATE_COLUMNS

CSVW: Final = "http://www.w3.org/ns/csvw"
# By the standard, a reader of "data.csv" looks for its metadata here.
METADATA_SUFFIX: Final = "-metadata.json"


def write_csv_rows(
    frames: Iterator[pd.DataFrame],
    columns: Sequence[str],
    out: Path,
    about: About | None = None,  # noqa: ARG001 - its words lie beside the file
) -> Tally:
    """Write rows as CSV: UTF-8, comma, lines end in CR LF (RFC 4180).

    Dates are ISO 8601; numbers are as the source gave them, with a decimal point.

    Parameters
    ----------
    about
        What it is about; see `csvw`.
    """
    tally = Tally()
    with out.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(columns)
        for frame in frames:
            cells = text_cells(frame)
            writer.writerows(zip(*(cells[column] for column in columns), strict=True))
            tally.add(frame)
    return tally


def metadata_path(csv_path: Path) -> Path:
    """Name the metadata of a CSV file."""
    return csv_path.with_name(csv_path.name + METADATA_SUFFIX)


def csvw(
    name: str, columns: Sequence[str], about: About, tally: Tally, *, sheet: bool = False
) -> str:
    """Write the metadata of a CSV file: what it is, what each column holds.

    Parameters
    ----------
    sheet
        Whether the file is one for people, as `write_csv_for_excel` writes it.
    """
    lang = about.lang
    shown = sheet_columns(columns) if sheet else columns
    titles = sheet_heads(shown, lang) if sheet else shown
    mark = DECIMAL_MARKS[lang] if sheet else "."
    record = {
        "@context": [CSVW, {"@language": lang}],
        "@type": "Table",
        "url": name,
        "dc:title": about.title,
        "dc:description": boundary_notes(tally.editions, lang),
        "dc:language": lang,
        "dc:creator": "Atlas 06",
        "dc:identifier": about.link,
        "dc:source": [_source(line) for line in about.sources(tally)[1:]],
        "notes": [f"{head}: {text}" for head, text in about.notes(tally, ())],
        "dialect": {
            "encoding": "utf-8",
            "delimiter": DELIMITERS[lang] if sheet else ",",
            "lineTerminators": ["\r\n"],
            "header": True,
        },
        "tableSchema": {
            "columns": [
                _column(column, title, mark, worded=sheet)
                for column, title in zip(shown, titles, strict=True)
            ]
        },
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def _source(line: Sequence[str]) -> dict[str, str]:
    id_, producer, title, date, _, url, document, _, licence, *_ = line
    told = {
        "dc:identifier": id_,
        "dc:creator": producer,
        "dc:title": title,
        "dc:date": date,
        "dc:relation": url or document,
        "dc:license": licence,
    }
    return {key: text for key, text in told.items() if text}


def _column(name: str, title: str, mark: str, *, worded: bool) -> dict[str, Any]:
    described = {lang: t(f"export.column.{name}", lang) for lang in LANGS}
    kind = _datatype(name, mark, worded=worded)
    return {"name": name, "titles": title, "dc:description": described, "datatype": kind}


def _datatype(name: str, mark: str, *, worded: bool) -> str | dict[str, Any]:
    if name in FLOAT_COLUMNS:
        marked = {"base": "decimal", "format": {"decimalChar": mark}}
        return "decimal" if mark == "." else marked
    if name in RANK_COLUMNS:
        return "integer"
    if name in DATE_COLUMNS:
        return {"base": "date", "format": "yyyy-MM-dd"}
    return "boolean" if name in FLAG_COLUMNS and not worded else "string"

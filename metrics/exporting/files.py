"""Figures as files for other programs: every row with its origin, its date and its edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from base.reading import neutralise, plain_number, replacing_file, restore, write_atomically
from base.words import DEFAULT_LANG, Lang
from geo.editions import Level
from metrics.exporting.about import About, Tally, Writer
from metrics.exporting.csv import csvw, metadata_path, write_csv_rows
from metrics.exporting.geo import write_geojson, write_geopackage, write_geoparquet
from metrics.exporting.jsonstat import write_jsonstat
from metrics.exporting.names import marked, title_of
from metrics.exporting.records import write_json
from metrics.exporting.rows import EXPORT_COLUMNS, area_name, source_text
from metrics.exporting.select import AsShown, Filtered, Rows, Selection
from metrics.exporting.spreadsheet import FOR_PEOPLE, write_csv_for_excel
from metrics.exporting.xlsx import write_xlsx, write_xlsx_for_people
from metrics.store import DATE_COLUMNS, Store

__all__ = [
    "EXPORT_COLUMNS",
    "FORMATS",
    "AsShown",
    "Filtered",
    "Progress",
    "Selection",
    "Written",
    "area_name",
    "export",
    "neutralise",
    "plain_number",
    "restore",
    "source_text",
    "write_csv",
]

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files.

    Attributes
    ----------
    suffix
        Ending of its names.
    mime
        Its media type.
    geometry
        Whether rows carry the boundaries of their areas.
    gathered
        Whether it takes all rows at once, and so `metrics.exporting.geo.MOST_ROWS` at most.
    """

    suffix: str
    mime: str
    geometry: bool = False
    gathered: bool = False


FORMATS: Final = {
    "csv": Format(".csv", "text/csv"),
    "xlsx": Format(".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": Format(".json", "application/json", gathered=True),
    "jsonstat": Format(".jsonstat", "application/json", gathered=True),
    "geojson": Format(".geojson", "application/geo+json", geometry=True, gathered=True),
    "gpkg": Format(".gpkg", "application/geopackage+sqlite3", geometry=True, gathered=True),
    "parquet": Format(".parquet", "application/vnd.apache.parquet", geometry=True, gathered=True),
}
_WRITERS: Final[dict[str, Writer]] = {
    "csv": write_csv_rows,
    "csv bom": write_csv_for_excel,
    "xlsx": write_xlsx,
    "xlsx bom": write_xlsx_for_people,
    "json": write_json,
    "jsonstat": write_jsonstat,
    "geojson": write_geojson,
    "gpkg": write_geopackage,
    "parquet": write_geoparquet,
}


@dataclass(frozen=True, slots=True)
class Written:
    """What an export came to.

    Attributes
    ----------
    path
        The file; its name begins with ``sim-`` where any figure is made up.
    tally
        What is in it.
    about
        What it says of itself.
    """

    path: Path
    tally: Tally
    about: About


def export(
    store: Store,
    what: Rows,
    out: Path,
    form: str = "csv",
    *,
    lang: Lang = DEFAULT_LANG,
    title: str = "",
    link: str = "",
    bom: bool = False,
    progress: Progress | None = None,
    lasting: bool = True,
) -> Written:
    """Write figures to a file, which appears complete or not at all.

    A CSV file gets its CSVW metadata beside it.

    Parameters
    ----------
    out
        The file to write or replace.
    form
        One of `FORMATS`.
    lang
        Language of titles, names and notes.
    title, link
        What the file is called inside, and its address in the atlas; the title is made of `what`
        where it is "".
    bom
        Whether CSV or a workbook is for people: see `write_csv_for_excel`.
    progress
        Told (rows written, rows in all) as it goes on.
    lasting
        Whether to wait until it is on the disk; not for what is only read back.

    Returns
    -------
    Written
        What was written, and where.

    Raises
    ------
    LookupError, ValueError
        If indicator, area or edition do not exist, the format is not known, or there are more rows
        than it can hold.
    OSError
        If the file cannot be written; what was there before still is.
    """
    if form not in FORMATS:
        raise ValueError(f"format is {form!r}; allowed: {', '.join(FORMATS)}.")
    what.check(store)
    kept = what.filtered(store, lang)
    about = About(title or title_of(store, what, lang), link, lang, store.catalog, kept, what.as_of)
    path = marked(store, out)
    frames = _told(what.frames(store, lang), what, store, progress)
    frames = _never_empty(frames, what.columns)
    with replacing_file(path, lasting=lasting) as temporary:
        tally = _WRITERS[f"{form} bom" if bom and form in FOR_PEOPLE else form](
            frames, what.columns, temporary, about
        )
    if form == "csv":
        told = csvw(path.name, what.columns, about, tally, sheet=bom)
        write_atomically(metadata_path(path), told, lasting=lasting)
    return Written(path, tally, about)


def write_csv(
    store: Store,
    out: Path,
    indicators: Sequence[str] | None = None,
    *,
    edition: str | None = None,
    level: Level | None = None,
    bom: bool = False,
    progress: Progress | None = None,
) -> int:
    """Write observations as CSV; return how many. See `export`."""
    wanted = None if indicators is None else tuple(dict.fromkeys(indicators))
    what = Filtered(wanted, edition, level)
    return export(store, what, out, bom=bom, progress=progress).tally.rows


def _told(
    frames: Iterator[pd.DataFrame], what: Rows, store: Store, progress: Progress | None
) -> Iterator[pd.DataFrame]:
    if progress is None:
        yield from frames
        return
    done, total = 0, what.count(store)
    for frame in frames:
        yield frame
        done += len(frame)
        progress(done, total)


def _never_empty(frames: Iterator[pd.DataFrame], columns: Sequence[str]) -> Iterator[pd.DataFrame]:
    """Yield at least one frame, if only an empty one."""
    empty = True
    for frame in frames:
        empty = False
        yield frame
    if empty:
        yield pd.DataFrame({column: _no_values(column) for column in columns})


def _no_values(column: str) -> pd.Series:
    return pd.Series(dtype="datetime64[ns]" if column in DATE_COLUMNS else "str")

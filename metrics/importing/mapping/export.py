"""An export of the atlas read back: the same observations, with their own origins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from base.reading import Cell, restore
from geo.editions import COUNTRY_CODE, Level, area, areas, editions, has_area
from metrics.catalog import Catalog, Origin, Text
from metrics.importing.cells import ERROR, WARNING, Block, Finding, read_number, shown
from metrics.importing.mapping.mapping import Mapping
from metrics.observations import NUMBER_COLUMNS, OBSERVATION_COLUMNS, STATES

# The columns of an export by what they are in the store; see `metrics.exporting.rows`.
COLUMNS: Final = {name: name for name in OBSERVATION_COLUMNS} | {
    "indicator": "indicator_id",
    "area": "area_code",
    "origin": "origin_ids",
}
SIMULATED: Final = "simulated"
TRUE: Final = "true"
_DATES: Final = ("period_start", "period_end")
_DEFAULTS: Final = {"state": "reported", "qualifier": "exact", "role": "result"}
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d(?: 00:00:00)?|")
_ORIGIN_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,80}")
_SOURCE: Final = re.compile(r"(?P<producer>[^:]{1,200}): (?P<title>.{1,300}?) \(")


def is_export(block: Block) -> bool:
    """Tell whether a table is an export of the atlas: it has the columns of one."""
    return set(COLUMNS.values()) <= set(block.columns)


def export_mapping(block: Block) -> Mapping:
    """Return the mapping of an export; its columns say everything themselves."""
    places = zip(block.column(COLUMNS["edition"]), block.column(COLUMNS["area"]), strict=True)
    known = [(e, c) for e, c in map(_place, places) if e and has_area(e, c)]
    edition, code = known[0] if known else _any_place()
    level = area(edition, code).level
    return Mapping(edition=edition, level=level, place=COLUMNS["area"], export=True)


def _any_place() -> tuple[str, str]:
    newest = editions()[-1].id
    return newest, areas(newest, Level.PROVINCE)[0].code


def _place(pair: tuple[Cell, Cell]) -> tuple[str, str]:
    return _text(pair[0]), _text(pair[1])


def read_export(block: Block) -> pd.DataFrame:
    """Read the rows of an export as observations, nothing judged yet.

    Returns
    -------
    pd.DataFrame
        `OBSERVATION_COLUMNS` with sheet, row and column, one row for each row of the table.
    """
    made: dict[str, Any] = {}
    for name, column in COLUMNS.items():
        cells = block.column(column)
        if name in NUMBER_COLUMNS:
            made[name] = pd.Series(_each(cells, _number), dtype="float64")
        else:
            read = _day if name in _DATES else _text
            made[name] = pd.Series(_each(cells, read), dtype="str")
    for name, usual in _DEFAULTS.items():
        made[name] = made[name].replace("", usual)
    frame = pd.DataFrame(made)
    frame["sheet"] = block.sheet
    frame["row"] = np.asarray(block.numbers, dtype=np.int64)
    frame["column"] = COLUMNS["value"]
    return frame


def _each(cells: list[Cell], read: Callable[[Cell], Any]) -> list[Any]:
    known: dict[Cell, Any] = {}
    for cell in cells:
        if cell not in known:
            known[cell] = read(cell)
    return [known[cell] for cell in cells]


def _number(cell: Cell) -> float:
    value = read_number(cell, "point").value
    return np.nan if value is None else value


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return restore(str(cell))


def _day(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else _text(cell)[:10]


def observed(frame: pd.DataFrame) -> pd.Series:
    """Tell which rows are observations; a view also has rows of areas without any."""
    several = frame["origin"].str.contains(";", regex=False)
    return frame["state"].isin(STATES) & (frame["origin"] != "") & ~several


def export_findings(block: Block, frame: pd.DataFrame, catalog: Catalog) -> Iterator[Finding]:
    """Find what keeps rows of an export from being observations of this store."""
    is_known = frame["indicator"].isin(list(catalog.indicators))
    yield from _rows(block, frame[~is_known], "export_indicator", "indicator")
    pairs = list(zip(frame["edition"], frame["area"], strict=True))
    placed = {p: has_area(*p) if p[0] else p[1] == COUNTRY_CODE for p in set(pairs)}
    stray = frame[[not placed[pair] for pair in pairs]]
    yield from _rows(block, stray, "export_area", "area")
    undated = ~frame["period_end"].str.fullmatch(_ISO) | (frame["period_end"] == "")
    yield from _rows(block, frame[undated], "period", "period_end")
    for name in NUMBER_COLUMNS:
        cells = np.array([_unread(cell) for cell in block.column(COLUMNS[name])], dtype=bool)
        bad = frame[cells[frame.index]]
        for at in bad.index:
            text = shown(block.column(COLUMNS[name])[at])
            yield _finding(block, frame.loc[at], "number_point", COLUMNS[name], text)


def _unread(cell: Cell) -> bool:
    read = read_number(cell, "point")
    return read.value is None and not read.missing


def _rows(block: Block, rows: pd.DataFrame, rule: str, name: str) -> Iterator[Finding]:
    for _, row in rows.iterrows():
        yield _finding(block, row, rule, COLUMNS[name], shown(row[name]))


def _finding(block: Block, row: pd.Series, rule: str, column: str, text: str) -> Finding:
    values = {"value": text, "edition": str(row["edition"])[:20]}
    return Finding(ERROR, rule, block.sheet, int(row["row"]), column, text, values)


def left_out(block: Block, n: int) -> Iterator[Finding]:
    """Say how many rows of a view are no observations."""
    if n:
        values = {"n": n}
        yield Finding(WARNING, "export_rows", block.sheet, 0, COLUMNS["state"], "", values)


def simulated_findings(file: str, block: Block) -> Iterator[Finding]:
    """Refuse figures that are marked as simulated, by their file or by their rows."""
    marked = file.casefold().startswith("sim-")
    if SIMULATED in block.columns:
        marked |= any(str(cell).casefold() == TRUE for cell in block.column(SIMULATED))
    if "dataset" in block.columns:
        marked |= any(str(cell).startswith("sim-") for cell in block.column("dataset"))
    if marked:
        yield Finding(ERROR, "simulated", block.sheet, 0, SIMULATED, "")


def new_origins(block: Block, frame: pd.DataFrame, catalog: Catalog) -> tuple[Origin, ...]:
    """Make records of the origins that this store lacks, of what the export says of them."""
    unknown = frame[~frame["origin"].isin(list(catalog.origins))].drop_duplicates("origin")
    told = block.column("origins") if "origins" in block.columns else [None] * len(block.rows)
    urls = block.column("origin_urls") if "origin_urls" in block.columns else told
    return tuple(
        _origin(str(frame["origin"][at]), _text(told[at]), _text(urls[at]))
        for at in unknown.index
        if _ORIGIN_ID.fullmatch(frame["origin"][at])
    )


def _origin(id_: str, told: str, url: str) -> Origin:
    said = _SOURCE.match(told)
    producer = said["producer"] if said else "unknown"
    title = said["title"] if said else told[:300] or id_
    return Origin(
        id=id_,
        producer=Text(vi=producer, en=producer),
        title=Text(vi=title, en=title),
        date_published_kind="unknown",
        url=url if re.match(r"https?://", url) else None,
        document=None if re.match(r"https?://", url) else url[:200] or None,
        licence="unknown",
    )

"""The file that a reader wants converted: read whatever it is, and what its columns may be."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from base.reading import VISITOR, Table, TableError, read_table
from base.words import Lang, pick, t
from geo.editions import EDITION_2024, EDITION_2025, Level, areas
from metrics.importing import Block, Mapping, looks_numeric, preview, propose, read_number
from metrics.store import Store
from ui.shell import upload_words

TYPES = ["csv", "tsv", "txt", "xlsx", "xls", "ods", "parquet"]
# A column is of numbers where so many of its filled cells are.
MOSTLY = 0.6
_HELD = "convert.held"
_SAMPLE = "convert.sample"
SAMPLE_INDICATORS = ("census-population", "census-urban-population")


@dataclass(frozen=True, slots=True)
class Upload:
    """A table that was read.

    Attributes
    ----------
    name
        Of the file, as it came.
    table
        Its cells as text; words for "no figure" in columns of numbers are empty.
    guess
        What its columns may be; None where nothing can be told.
    numbers
        The number of each row in the file, where they are not 2, 3, ….
    """

    name: str
    table: Table
    guess: Mapping | None
    numbers: tuple[int, ...] | None = None

    def in_file(self, row: int) -> int:
        """Tell which row of the file is row `row` of the table (the header is 1)."""
        if self.numbers is None or not 2 <= row < len(self.numbers) + 2:
            return row
        return self.numbers[row - 2]


def ask_file(store: Store, lang: Lang) -> tuple[str, bytes] | None:
    """Ask for a file, or offer the sample."""
    upload_words(t("convert.upload", lang))
    file = st.file_uploader(t("convert.file", lang), type=TYPES, help=t("convert.file.help", lang))
    if file is not None:
        st.session_state.pop(_SAMPLE, None)
        return file.name, file.getvalue()
    if st.button(t("convert.sample", lang), icon=":material/table_view:", type="tertiary"):
        st.session_state[_SAMPLE] = True
    if st.session_state.get(_SAMPLE):
        return t("convert.sample.name", lang), sample(store, lang)
    return None


def sample(store: Store, lang: Lang) -> bytes:
    """Write census figures of the old provinces as a CSV file, in two columns to be added up."""
    frames = {name: _by_code(store, name) for name in SAMPLE_INDICATORS}
    titles = [pick(store.catalog.indicator(name).title, lang) for name in frames]
    lines = [";".join([t("convert.column.name", lang), *titles])]
    for place in areas(EDITION_2024, Level.PROVINCE):
        values = [f"{column[place.code]:.0f}" for column in frames.values()]
        lines.append(";".join([place.name_vi, *values]))
    return "\n".join(lines).encode()


def _by_code(store: Store, indicator: str) -> dict[str, float]:
    frame = store.observations(indicator)
    frame = frame[(frame["edition"] == EDITION_2024) & (frame["level"] == Level.PROVINCE)]
    return dict(zip(frame["area"], frame["value"], strict=True))


def read_upload(name: str, data: bytes, store: Store) -> Upload:
    """Read a file, once for as long as it stays chosen.

    Raises
    ------
    Unreadable, ImportRefused
        If it cannot be read as a table.
    """
    key = (name, hashlib.sha256(data).hexdigest())
    held = st.session_state.get(_HELD)
    if held is None or held[0] != key:
        held = (key, read_bytes(name, data, store))
        st.session_state[_HELD] = held
    upload: Upload = held[1]
    return upload


def read_bytes(name: str, data: bytes, store: Store) -> Upload:
    """Read a file: a plain CSV file just as it is, anything else as an import would.

    Parameters
    ----------
    store
        Has the indicators that columns may be figures of.

    Returns
    -------
    Upload
        The table and what its columns may be.

    Raises
    ------
    Unreadable, ImportRefused
        If it cannot be read as a table.
    """
    try:
        table = read_table(data, file=name, most=VISITOR)
    except TableError as error:
        if error.key not in ("workbook", "encoding", "no_header", "long_row"):
            raise
        block = preview(name, data, VISITOR).blocks[0]
        table, numbers = _table(block), tuple(block.numbers)
        return Upload(name, _cleaned(table), propose(block, store.catalog), numbers)
    names = table.names()
    guess = None
    if table.rows and len(set(names)) == len(names) and all(names):
        cells: list[list[str | float | date | None]] = [[c or None for c in r] for r in table.rows]
        rows = list(range(2, len(cells) + 2))
        guess = propose(Block("", (), tuple(names), cells, rows), store.catalog)
    return Upload(name, _cleaned(table), guess)


def _table(block: Block) -> Table:
    rows = [[_text(cell) for cell in row] for row in block.rows]
    return Table(list(block.columns), rows, ";", True, "\r\n")


def _text(cell: str | float | date | None) -> str:
    """Write a cell of a workbook; its numbers with a comma, as the table that comes out."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) < 1e15
        return str(int(cell)) if whole else format(cell, ".15g").replace(".", ",")
    return cell.isoformat() if isinstance(cell, date) else cell


def _cleaned(table: Table) -> Table:
    """Empty the cells of number columns that say in a word or a sign that there is no figure."""
    for at in range(len(table.header)):
        cells = [row[at].strip() for row in table.rows]
        filled = [cell for cell in cells if cell and not _is_missing(cell)]
        if filled and sum(map(looks_numeric, filled)) >= MOSTLY * len(filled):
            for row, cell in zip(table.rows, cells, strict=True):
                row[at] = "" if _is_missing(cell) else cell
    return table


def _is_missing(cell: str) -> bool:
    return read_number(cell, "comma").missing


def guessed_way(guess: Mapping | None, known: Sequence[tuple[str, Level, str, Level]]) -> int:
    """Return which of the known conversions a table calls for; the first where none does."""
    if guess is None:
        return 0
    fit = ((guess.edition, guess.level), (EDITION_2024, guess.level))
    found = (known.index(way) for pair in fit for way in known if way[:2] == pair)
    return next(found, 0)


def is_of_today(guess: Mapping | None) -> bool:
    """Tell whether a table seems to be by the units of today already."""
    return guess is not None and guess.edition == EDITION_2025

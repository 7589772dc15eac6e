"""The mark of made-up data: recognised in whatever is read, put on whatever is written."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from base.reading import Room
from geo.coverage.ground import (
    SIMULATED_COLUMN,
    SIMULATED_EN,
    SIMULATED_MARK,
    SIMULATED_PREFIX,
    SIMULATED_VI,
    CoverageError,
    Inputs,
)
from geo.coverage.input import ROOM, Raw, key
from geo.coverage.search import said_in

if TYPE_CHECKING:
    import pandas as pd

_NOT_SIMULATED = frozenset({"", "0", "false", "no", "khong", "nan", "none"})
# Parts of the words of the mark, by which cells are looked at more closely.
_CELLS_AT_ONCE = 1_000
_SUSPECT = ("simulated", "mô phỏng", "mo phong")
_WORDS = (key(SIMULATED_VI), key(SIMULATED_EN))


def marked(raw: Raw) -> bool:
    """Tell whether a file, or any row of it, carries the mark.

    It does by its name, by a column ``simulated`` that says anything but no, by a name or cell
    that begins with ``sim-``, or by the words of the mark in any cell. One such row is enough, and
    there is no way to take the mark away.
    """
    if raw.file.lower().startswith(SIMULATED_PREFIX) or _says(raw.file):
        return True
    for name in raw.frame.columns:
        cells = raw.frame[name]
        if key(name) == SIMULATED_COLUMN and not _all_no(cells):
            return True
        if _says(str(name)):
            return True
        if cells.dtype.kind in "OTUS" and _any_marked(cells.astype("str")):
            return True
    return False


def _all_no(cells: pd.Series) -> bool:
    return {key(cell) for cell in cells.unique()} <= _NOT_SIMULATED


def _says(text: str) -> bool:
    return any(word in key(text) for word in _WORDS)


def _any_marked(cells: pd.Series) -> bool:
    lower = cells.str.lower()
    # An apostrophe before it neutralises formulas; spaces come with spreadsheets.
    begin = lower[lower.str.contains(SIMULATED_PREFIX, regex=False)]
    if begin.str.match(rf"['\s]*{SIMULATED_PREFIX}").any():
        return True
    words = (lower.str.contains(word, regex=False) for word in _SUSPECT)
    return any(_says(cell) for word in words for cell in lower[word].unique())


def texts_marked(name: str, cells: Iterable[str]) -> bool:
    """Tell whether the name of a table or any of its cells carries the mark."""
    if name.lower().startswith(SIMULATED_PREFIX) or _says(name):
        return True
    every = iter(cells)
    while part := list(islice(every, _CELLS_AT_ONCE)):
        together = "\n".join(part).lower()
        if any(word in together for word in (SIMULATED_PREFIX, *_SUSPECT)) and any(
            map(_is_marked, part)
        ):
            return True
    return False


def _is_marked(cell: str) -> bool:
    lower = cell.lower()
    if SIMULATED_PREFIX in lower and lower.lstrip("' ").startswith(SIMULATED_PREFIX):
        return True
    return any(word in lower for word in _SUSPECT) and _says(cell)


def one_kind(files: Iterable[Raw]) -> bool:
    """Tell whether the files are made up; all or none of them may be.

    Raises
    ------
    CoverageError
        Where some carry the mark and some do not.
    """
    told = {raw.file: marked(raw) for raw in files}
    if len(set(told.values())) > 1:
        made_up = ", ".join(name for name, is_marked in told.items() if is_marked)
        real = ", ".join(name for name, is_marked in told.items() if not is_marked)
        raise CoverageError("mixed", simulated=made_up, real=real)
    return any(told.values())


def same_kind(made_up: bool, others: Inputs, own: str) -> None:
    """Refuse a file that is made up among others that are not, and the other way round.

    Raises
    ------
    CoverageError
        Naming which are made up.
    """
    if made_up != others.simulated:
        named = ", ".join(others.read)
        simulated, real = (own, named) if made_up else (named, own)
        raise CoverageError("mixed", simulated=simulated, real=real)


def grid_marked(path: Path, name: str = "", room: Room = ROOM) -> bool:
    """Tell whether a population grid carries the mark: by its name, its columns or its tags.

    Raises
    ------
    Unreadable
        Where it cannot be read.
    """
    name = name or path.name
    if name.lower().startswith(SIMULATED_PREFIX) or _says(name):
        return True
    names = said_in(path, name, room)
    return any(_says(text) or key(text) == SIMULATED_COLUMN for text in names)


def with_mark(frame: pd.DataFrame, simulated: bool) -> pd.DataFrame:
    """Put the mark into the first column of a table that is to be shown or written."""
    if not simulated:
        return frame
    marked_frame = frame.drop(columns=[SIMULATED_COLUMN], errors="ignore")
    marked_frame.insert(0, SIMULATED_COLUMN, SIMULATED_MARK)
    return marked_frame


def marked_name(name: str, simulated: bool) -> str:
    """Name a file so that it says whether its content is made up.

    Examples
    --------
    >>> marked_name("gaps.csv", True)
    'sim-DU-LIEU-MO-PHONG-SIMULATED-DATA-gaps.csv'
    """
    if not simulated or name.startswith(SIMULATED_PREFIX):
        return name
    return f"{SIMULATED_PREFIX}DU-LIEU-MO-PHONG-SIMULATED-DATA-{name}"

"""The observation schema: how a figure is written down, read, written and checked.

An observation is one row: what (indicator, role), where (edition, area), when (period), how much
(value, category or state), how sure (qualifier) and says who (origin and locator in it).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from metrics.catalog import Catalog
from metrics.observations.schema import (
    INDEX_NAMES,
    NUMBER_COLUMNS,
    OBSERVATION_COLUMNS,
    Problem,
    cell_text,
    problem,
)

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_PLAIN_NUMBER = "a plain number with a decimal point, such as 1234.5, or nothing"


class ObservationError(ValueError):
    """A table of observations cannot be read; `problems` says why, cell by cell."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def read_observations(path: Path) -> pd.DataFrame:
    """Read one file of observations, without judging what it says.

    Parameters
    ----------
    path
        A CSV file in UTF-8 with exactly the columns `OBSERVATION_COLUMNS`.

    Returns
    -------
    pd.DataFrame
        One row per observation, indexed by (file, row). Numbers are floats, NaN where blank;
        everything else is text, "" where blank (dates in ISO form).

    Raises
    ------
    ObservationError
        If the columns are others, a row has too few or too many cells, or a number is none.
    """
    path = Path(path)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = list(csv.reader(stream)) or [[]]
    if tuple(header) != OBSERVATION_COLUMNS:
        wanted = ",".join(OBSERVATION_COLUMNS)
        raise ObservationError(
            [problem((path.name, 1), "(header)", ",".join(header), wanted, "Correct the header")]
        )
    numbered = [(row, cells) for row, cells in enumerate(rows, start=2) if cells]
    ragged = [
        problem(
            (path.name, row),
            "(row)",
            f"{len(cells)} cells",
            f"{len(header)} cells",
            "Quote cells with a comma in them",
        )
        for row, cells in numbered
        if len(cells) != len(header)
    ]
    if ragged:
        raise ObservationError(ragged)
    index = pd.MultiIndex.from_arrays(
        [[path.name] * len(numbered), [row for row, _ in numbered]], names=INDEX_NAMES
    )
    frame = pd.DataFrame(
        [cells for _, cells in numbered], index=index, columns=list(header), dtype="str"
    )
    return _with_numbers(frame)


def _with_numbers(frame: pd.DataFrame) -> pd.DataFrame:
    found = [
        problem(place, column, text, _PLAIN_NUMBER, "Write no thousands separator and no unit")
        for column in NUMBER_COLUMNS
        for place, text in zip(frame.index, frame[column], strict=True)
        if text and not _NUMBER.fullmatch(text)
    ]
    if found:
        raise ObservationError(found)
    for column in NUMBER_COLUMNS:
        frame[column] = pd.to_numeric(frame[column].replace("", None)).astype("float64")
    return frame


def write_observations(frame: pd.DataFrame, path: Path) -> None:
    """Write observations so that `read_observations` gives back the same.

    Parameters
    ----------
    frame
        The columns `OBSERVATION_COLUMNS`. Numbers as floats, or as text to keep their wording.
    path
        The file to make or to replace.
    """
    with Path(path).open("w", encoding="utf-8", newline="") as stream:
        stream.write(",".join(OBSERVATION_COLUMNS) + "\n")
        for row in frame[list(OBSERVATION_COLUMNS)].itertuples(index=False, name=None):
            stream.write(",".join(_quoted(cell_text(value)) for value in row) + "\n")


def _quoted(text: str) -> str:
    # The writer of Python 3.11's csv leaves a lone carriage return bare; its reader then stumbles.
    if any(mark in text for mark in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def validate(frame: pd.DataFrame, catalog: Catalog) -> list[Problem]:
    """Check observations against the schema, the catalog and the editions.

    Parameters
    ----------
    frame
        As `read_observations` gives it; several may be concatenated, which also finds
        observations that are in two files.
    catalog
        The indicators and origins that observations may name.

    Returns
    -------
    list of Problem
        Empty if all is well; else in the order of the rows.
    """
    # Pandera takes half a second to import, and a running app rarely validates anything.
    from metrics.observations.checks import find_problems  # noqa: PLC0415

    return find_problems(frame, catalog)

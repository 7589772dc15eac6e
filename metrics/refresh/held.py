"""What differs and waits for a person: the figures, their records and the difference.

The difference is written last and removed first: what is there only in part does not wait.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd
from pydantic import ValidationError

from base.reading import force_to_disk, replacing_file, write_atomically
from base.words import Refusal
from metrics.catalog import Text
from metrics.observations import NUMBER_COLUMNS, OBSERVATION_COLUMNS
from metrics.refresh.difference import Difference
from metrics.refresh.run import Run

FOLDER: Final = "held"
FRAME: Final = "frame.parquet"
BESIDE: Final = "beside.json"
DIFFERENCE: Final = "difference.json"


class HeldError(Refusal):
    """What waits cannot be read, or there is nothing that waits."""

    prefix = "refresh.held."


@dataclass(frozen=True, slots=True)
class Waiting:
    """The figures of a run that wait, as their adapter made them.

    Attributes
    ----------
    records
        Pairs of kind and JSON of indicators and origins.
    whole
        See `metrics.refresh.Gathered`.
    time
        Of the newest of the replies, in ISO form.
    """

    frame: pd.DataFrame
    records: tuple[tuple[str, str], ...]
    whole: bool
    time: str
    notes: tuple[Text, ...] = ()


def hold(folder: Path, waiting: Waiting, difference: Difference) -> None:
    """Let a difference wait; `folder` is that of the source."""
    into = folder / FOLDER / difference.run
    into.mkdir(parents=True, exist_ok=True)
    with replacing_file(into / FRAME) as temporary:
        waiting.frame[list(OBSERVATION_COLUMNS)].to_parquet(temporary, index=False)
    said = {
        "records": waiting.records,
        "whole": waiting.whole,
        "time": waiting.time,
        "notes": [note.model_dump() for note in waiting.notes],
    }
    write_atomically(into / BESIDE, json.dumps(said, ensure_ascii=False) + "\n")
    write_atomically(into / DIFFERENCE, difference.model_dump_json(indent=1) + "\n")
    force_to_disk(folder / FOLDER)


def how_many(folder: Path) -> int:
    """Count the runs that wait, without reading them."""
    return sum(1 for _ in (folder / FOLDER).glob(f"*/{DIFFERENCE}"))


def held(folder: Path) -> list[Difference]:
    """List what waits, oldest first.

    Raises
    ------
    HeldError
        If something that waits cannot be read.
    """
    found = []
    for path in sorted((folder / FOLDER).glob(f"*/{DIFFERENCE}")):
        try:
            found.append(Difference.model_validate_json(path.read_bytes()))
        except (OSError, ValidationError) as error:
            raise HeldError("unreadable", path=path, error=str(error)[:200]) from error
    return found


def waiting_of(folder: Path, run: str) -> Waiting:
    """Read the figures that wait.

    Raises
    ------
    HeldError
        If they cannot be read.
    """
    path = folder / FOLDER / Run(Path(run)).name
    try:
        frame = pd.read_parquet(path / FRAME)
        text = [name for name in OBSERVATION_COLUMNS if name not in NUMBER_COLUMNS]
        frame[text] = frame[text].astype("str").fillna("")
        said = json.loads((path / BESIDE).read_bytes())
        records = tuple((str(kind), str(record)) for kind, record in said["records"])
        notes = tuple(Text.model_validate(note) for note in said["notes"])
        return Waiting(frame, records, bool(said["whole"]), str(said["time"]), notes)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise HeldError("unreadable", path=path, error=str(error)[:200]) from error


def drop(folder: Path, run: str) -> None:
    """Remove what waits of a run."""
    path = folder / FOLDER / Run(Path(run)).name
    (path / DIFFERENCE).unlink(missing_ok=True)
    shutil.rmtree(path, ignore_errors=True)

"""What came of asking a source, time after time: a line each, the newest last."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from base.reading import write_atomically
from metrics.catalog import Text
from metrics.refresh.difference import Difference, Kind
from metrics.refresh.state import Result, folder_of

FILE: Final = "log.jsonl"
MOST: Final = 200


class Entry(BaseModel):
    """One time that a source was asked, or that a person decided of what waits.

    Attributes
    ----------
    who
        Who asked or decided.
    runs
        The runs that were stored, that wait, or that were refused.
    counts
        How many of their figures differ, by kind.
    said
        Why, in both languages, where something went wrong.
    reason
        What the person who decided gave as a reason.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    time: datetime
    result: Result
    who: str
    runs: tuple[str, ...] = ()
    counts: dict[Kind, int] = {}
    said: Text | None = None
    reason: str = ""


def counted(differences: tuple[Difference, ...]) -> dict[Kind, int]:
    """Count the figures that differ, by kind; of all differences together."""
    counts: dict[Kind, int] = {}
    for one in differences:
        for kind, n in one.counts.items():
            if n:
                counts[kind] = counts.get(kind, 0) + n
    return counts


def note(folder: Path, entry: Entry) -> None:
    """Add a line; the oldest go. Where the disk is full there is none.

    Call it while nobody else runs the source.
    """
    with suppress(OSError):
        lines = [*_lines(folder), entry.model_dump_json()][-MOST:]
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / FILE, "\n".join(lines) + "\n")


def log(source: str, home: Path | None = None) -> list[Entry]:
    """Return what came of asking a source, the newest first, but for lines that cannot be read.

    Raises
    ------
    Refusal
        If that is no id of a source.
    """
    found = []
    for line in reversed(_lines(folder_of(source, home))):
        with suppress(ValidationError):
            found.append(Entry.model_validate_json(line))
    return found


def _lines(folder: Path) -> list[str]:
    try:
        text = (folder / FILE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return [line for line in text.split("\n") if line]

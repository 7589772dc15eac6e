"""What is known of a source between its runs: a small file, written whole or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from base.reading import write_atomically
from base.words import Refusal
from metrics.catalog import Text
from metrics.refresh.source import ID, Source
from metrics.store import home_of

FOLDER: Final = "refresh"
FILE: Final = "state.json"
Result = Literal["never", "stored", "same", "held", "failed", "forbidden", "refused"]
# Of what came as expected the next is asked for a little early: a timer that is a minute before its
# hour finds it due.
EARLY: Final = 0.9
# While nothing new has come, it is asked for again: a tenth of its rhythm later, at most a week.
AGAIN: Final = 0.1
SOONEST: Final = timedelta(days=EARLY)
LATEST: Final = timedelta(days=7)
HOUR: Final = timedelta(hours=1)
# Who has said no is asked again after a day, then two, at most a month.
FORBIDDEN: Final = timedelta(days=1)
MONTH: Final = timedelta(days=31)


class State(BaseModel):
    """What came of asking a source.

    Attributes
    ----------
    asked
        When it was asked last.
    same
        When it was last asked and said nothing else than before.
    new
        When it last said what is stored now: the time of its reply.
    result
        What came of asking last, or of a person's decision since.
    due
        When it is to be asked next; None: at once.
    failures
        How many times in a row it could not be asked, or its reply not be read.
    said
        Why, in both languages.
    series
        What the reply spoke of that was stored last.
    done
        The run that was dealt with last: none before it is gone on with.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    asked: datetime | None = None
    same: datetime | None = None
    new: datetime | None = None
    result: Result = "never"
    due: datetime | None = None
    failures: int = 0
    said: Text | None = None
    series: tuple[str, ...] = ()
    done: str = ""

    def is_due(self, now: datetime) -> bool:
        """Tell whether it is to be asked; also after a clock that was far ahead was put right."""
        return self.due is None or now >= self.due or self.due - now > MONTH + MONTH

    def is_late(self, source: Source, now: datetime) -> bool:
        """Tell whether something new should have come by now."""
        if self.new is None:
            return False
        return now > self.new + source.length + timedelta(days=source.grace_days)


def folder_of(source: str, home: Path | None = None) -> Path:
    """Return the folder of a source: its runs, what waits, and its state.

    Raises
    ------
    Refusal
        If that is no id of a source.
    """
    if not ID.fullmatch(source):
        raise Refusal("refresh.no_id", id=source[:80])
    return home_of(home) / FOLDER / source


def read_state(folder: Path) -> State:
    """Read a state; one that is not there, or cannot be read, is that of a source never asked."""
    try:
        return State.model_validate_json((folder / FILE).read_bytes())
    except (OSError, ValidationError):
        return State()


def write_state(folder: Path, state: State) -> None:
    """Write a state."""
    folder.mkdir(parents=True, exist_ok=True)
    write_atomically(folder / FILE, state.model_dump_json(indent=1) + "\n")


def next_due(source: Source, result: Result, failures: int, now: datetime) -> datetime:
    """Tell when to ask next.

    Parameters
    ----------
    failures
        How many times in a row it failed, this time included.
    """
    doubled = 2 ** min(max(failures - 1, 0), 10)
    if result == "failed":
        return now + min(HOUR * doubled, source.length, LATEST)
    if result == "forbidden":
        return now + min(FORBIDDEN * doubled, MONTH)
    if result == "same":
        return now + min(max(SOONEST, source.length * AGAIN), LATEST)
    return now + min(source.length * EARLY, MONTH)


def utc_now() -> datetime:
    """Return the present, in UTC."""
    return datetime.now(UTC)

"""Let only one process at a time run a source: on this machine, and over one database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from base.generations import Generations
from base.words import Refusal
from metrics.refresh.state import folder_of
from metrics.store import alone_in_database, generations_of


class RunningError(Refusal):
    """Another process runs this source at this moment."""

    prefix = "refresh.running."


@contextmanager
def alone(source: str, home: Path | None = None) -> Iterator[Path]:
    """Hold the only right to run a source; give its folder.

    The system gives the right back if the holder dies, and so does the database.

    Raises
    ------
    RunningError
        If somebody else holds it.
    """
    folder = folder_of(source, home)
    with ExitStack() as held:
        try:
            held.enter_context(Generations(folder).writing())
            held.enter_context(alone_in_database(generations_of(home=home), f"refresh {source}"))
        except BlockingIOError:
            raise RunningError("elsewhere", source=source) from None
        yield folder

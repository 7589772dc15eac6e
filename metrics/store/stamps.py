"""When each write was made, as the store counts time: later than every write before it.

A stamp is a time in UTC with microseconds, in ISO form: in the order of its text. A clock that went
back makes no stamp go back: the next one is then a microsecond after the last.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from metrics.store.migrations import Run
from metrics.store.tables import KNOWN_FROM, PAST, WRITES

# Before everything.
NEVER: Final = ""
_TICK: Final = timedelta(microseconds=1)


def stamp_of(time: datetime) -> str:
    """Write a time, which knows its zone, as a stamp."""
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def next_stamp(last: str, now: datetime) -> str:
    """Return the stamp of a write after another one, which "" stands for none of."""
    after = datetime.fromisoformat(last) + _TICK if last else now
    return stamp_of(max(now, after))


def begin(run: Run, schema: str, others: Iterable[str] = (), *, born: int | None = None) -> str:
    """Give a write its stamp and note it; call it inside the write, before it changes anything.

    Parameters
    ----------
    others
        Stamps that come from elsewhere, which this one is to be after, too.
    born
        The generation, where the rows of several lie side by side.
    """
    table = f"{schema}.{WRITES}"
    last = run(f"SELECT max(stamp) FROM {table}{'' if born is None else ' WHERE died IS NULL'}")
    stamp = next_stamp(max([last[0][0] or "", *others]), datetime.now(UTC))
    names, values = (
        ("stamp", f"'{stamp}'") if born is None else ("stamp, born", f"'{stamp}', {born}")
    )
    if not last[0][0]:
        # Kept by a version before, with the times of datasets: nothing is known from later on.
        for name in PAST:
            late = f"WHERE {KNOWN_FROM} > '{stamp}'"
            run(f"UPDATE {schema}.{name} SET {KNOWN_FROM} = '{stamp}' {late}")
    run(f"INSERT INTO {table} ({names}) VALUES ({values})")
    return stamp

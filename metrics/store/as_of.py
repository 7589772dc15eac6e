"""The moment that figures are asked for as they were known: read from what a person writes."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

from base.words import Message, Refusal
from metrics.store.queries import Store
from metrics.store.stamps import stamp_of

VIET_NAM: Final = timezone(timedelta(hours=7))
EARLIEST: Final = datetime(2000, 1, 1, tzinfo=VIET_NAM)
# A clock that is further behind the last write than this is told.
BEHIND: Final = timedelta(days=1)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME: Final = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?", re.ASCII
)


def read_as_of(text: str, now: datetime | None = None) -> str:
    """Read the moment that figures are asked for as they were known.

    Parameters
    ----------
    text
        A day, YYYY-MM-DD: its end in Viet Nam; or a time in ISO form, of Viet Nam where it does
        not say its offset.
    now
        The present by default.

    Returns
    -------
    str
        For `metrics.store.Store.at`.

    Raises
    ------
    Refusal
        If it is none of these, before `EARLIEST`, or in the future.
    """
    given, present = text.strip(), now or datetime.now(UTC)
    here = present.astimezone(VIET_NAM)
    told = {"given": given[:40], "today": f"{here:%Y-%m-%d}", "earliest": f"{EARLIEST:%Y-%m-%d}"}
    try:
        if _DAY.fullmatch(given):
            moment = datetime.combine(date.fromisoformat(given), time.max, VIET_NAM)
            until = datetime.combine(here.date(), time.max, VIET_NAM)
        elif _TIME.fullmatch(given):
            moment, until = datetime.fromisoformat(given), present
            moment = moment.replace(tzinfo=moment.tzinfo or VIET_NAM)
        else:
            raise Refusal("store.as_of", **told)
        stamp = stamp_of(moment)
    except (ValueError, OverflowError):
        raise Refusal("store.as_of", **told) from None
    if stamp < stamp_of(EARLIEST):
        raise Refusal("store.as_of_early", **told)
    if moment > until:
        raise Refusal("store.as_of_late", **told)
    return stamp


def clock_behind(store: Store, now: datetime | None = None) -> Message | None:
    """Tell that the clock is more than a day behind the last write; None where it is not."""
    made = store.writes()
    present = now or datetime.now(UTC)
    if not made or datetime.fromisoformat(made[-1]) - present <= BEHIND:
        return None
    return Message("store.clock_behind", {"last": made[-1][:16], "now": stamp_of(present)[:16]})

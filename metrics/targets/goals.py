"""Every target there is, as records: what a place has undertaken or been told to reach, by when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import pandas as pd

from metrics.catalog import Indicator
from metrics.catalog import Target as Declared
from metrics.store import SHIPPED_ID, Store, kept_in_store

# Words that say when something begins, unless they also say until when.
BEGINNING: Final = r"^(kể )?từ "
UNTIL: Final = "đến"


@dataclass(frozen=True, slots=True)
class Source:
    """Who states a target.

    Attributes
    ----------
    origin, locator
        Id of the origin, and where in it.
    note
        Caveat, in Vietnamese; "" where there is none.
    """

    origin: str
    locator: str
    note: str


@dataclass(frozen=True, slots=True)
class Goal:
    """One target, said by one source or by several that say the same.

    Attributes
    ----------
    indicator
        What is to be reached.
    edition, area
        Where; the edition is "" for the country.
    value, category
        What is to be reached: one of the two, the other is None or "".
    qualifier
        As of an observation: "at_least", "over" and so on.
    start, deadline, grain, wording
        The period by the end of which it is due, and the source's own words for it. Where `stated`
        is false the dates say nothing. Of a grain that is unknown ("early 2024") `deadline` is the
        latest day that may be meant.
    stated
        Whether the source names a deadline. Where it does not, `deadline` is the date of the
        source, and nothing can be late.
    sources
        Who says so, at least one.
    """

    indicator: Indicator
    edition: str
    area: str
    value: float | None
    category: str
    qualifier: str
    start: date | None
    deadline: date | None
    grain: str
    wording: str
    stated: bool
    sources: tuple[Source, ...]

    @property
    def due(self) -> date | None:
        """The last day to reach it; None where the source names no deadline."""
        return self.deadline if self.stated else None


@kept_in_store(4)
def goals(store: Store) -> tuple[Goal, ...]:
    """List the targets of all indicators: those the catalog declares and those stored as rows.

    Parameters
    ----------
    store
        Where observations and the catalog are read from.
    """
    found: dict[tuple[object, ...], Goal] = {}
    for goal in (*_declared(store), *_stored(store)):
        key = (
            goal.indicator.id,
            goal.edition,
            goal.area,
            goal.value,
            goal.category,
            goal.qualifier,
            goal.due,
        )
        known = found.get(key)
        merged = goal if known is None else replace(known, sources=known.sources + goal.sources)
        found[key] = merged
    return tuple(sorted(found.values(), key=lambda goal: goal.due or date.max))


def _declared(store: Store) -> Iterator[Goal]:
    for indicator in store.catalog.indicators.values():
        for target in indicator.targets:
            yield _of_catalog(indicator, target)


def _of_catalog(indicator: Indicator, target: Declared) -> Goal:
    source = Source(target.origin, "", target.note.vi if target.note else "")
    return Goal(
        indicator,
        target.edition or "",
        target.area,
        target.value,
        target.category or "",
        "",
        target.deadline,
        target.deadline,
        "instant",
        "",
        target.deadline is not None,
        (source,),
    )


def is_stated(row: Mapping[Any, Any]) -> bool:
    """Tell whether the source of a target or forecast names its deadline.

    In the documents transcribed here the date is the document's where the source has no words for
    it, words without any number ("thời gian tới"), or those of a beginning ("từ năm học 2024").
    """
    if pd.isna(row["period_end"]):
        return False
    words = str(row["period_text"])
    opens = re.search(BEGINNING, words) and UNTIL not in words
    return row["dataset"] != SHIPPED_ID or bool(re.search(r"\d", words) and not opens)


def _stored(store: Store) -> Iterator[Goal]:
    rows = store.observations()
    for row in rows[rows["role"] == "target"].to_dict("records"):
        start, end = row["period_start"], row["period_end"]
        yield Goal(
            store.catalog.indicator(str(row["indicator"])),
            str(row["edition"]),
            str(row["area"]),
            None if pd.isna(row["value"]) else float(row["value"]),
            str(row["category"]),
            str(row["qualifier"]),
            None if pd.isna(start) else pd.Timestamp(start).date(),
            None if pd.isna(end) else pd.Timestamp(end).date(),
            str(row["grain"]),
            str(row["period_text"]),
            is_stated(row),
            (Source(str(row["origin"]), str(row["locator"]), str(row["note"])),),
        )

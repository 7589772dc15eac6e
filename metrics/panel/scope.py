"""The scope of a panel: which areas it is over, and on which day they must exist."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pandas as pd

from geo.editions import Area, Level, area, areas
from geo.editions import edition as find_edition


@lru_cache(maxsize=256)
def places_of(edition: str, level: Level, parent: str | None) -> pd.DataFrame:
    """List the areas of a scope, in official order. Do not change what it returns: it is kept.

    Parameters
    ----------
    edition, level, parent
        Areas of this level in `parent`; `parent` itself where it is of this level.

    Returns
    -------
    pd.DataFrame
        Indexed by code: ``name_vi``, ``name_en``, and ``from`` and ``to``, the first and last day
        of the area, NaT where unknown or still to come.
    """
    if parent is not None and (top := area(edition, parent)).level is level:
        found: tuple[Area, ...] = (top,)
    else:
        found = areas(edition, level, parent)
    return pd.DataFrame(
        {
            "name_vi": pd.Series([place.name_vi for place in found], dtype="str"),
            "name_en": pd.Series([place.name_en for place in found], dtype="str"),
            "from": pd.to_datetime(pd.Series([place.valid_from for place in found])),
            "to": pd.to_datetime(pd.Series([place.valid_to for place in found])),
        }
    ).set_index(pd.Index([place.code for place in found], dtype="str", name="code"))


def existing_on(edition: str, known: pd.DataFrame, at: date | None) -> pd.Timestamp | None:
    """Return the day on which an area must exist for its figure to be missed.

    Parameters
    ----------
    at
        The date chosen; None for that of the newest result.

    Returns
    -------
    pd.Timestamp or None
        None where no day can be told.
    """
    if known.empty:
        return None if at is None else pd.Timestamp(at)
    newest_end = known["period_end"].max()
    day = newest_end if at is None else pd.Timestamp(at)
    division = find_edition(edition)
    # A source may carry older or later figures to an edition, as the index of 2024 to the 34
    # provinces of 2025: then it is the areas of that edition that it could have named.
    if day < pd.Timestamp(division.valid_from):
        return pd.Timestamp(division.valid_from)
    if division.valid_to is not None and newest_end > pd.Timestamp(division.valid_to):
        return pd.Timestamp(division.valid_to)
    return day

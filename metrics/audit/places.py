"""Which place of a sheet lies in which: parents of spots, and how many areas a parent has."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.editions import COUNTRY_CODE, Area, Level, area, areas, editions, has_area

NOWHERE = -1


def spots_of(rows: pd.DataFrame) -> pd.DataFrame:
    """List the places of a sheet: edition and area as text, indexed by spot."""
    once = rows.drop_duplicates("spot").set_index("spot")[["edition", "area"]]
    return once.astype(str).sort_index()


def parent_spots(rows: pd.DataFrame, spots: pd.Series) -> NDArray[np.int64]:
    """Return the spot that each place lies in; `NOWHERE` where the sheet has none."""
    known = spots_of(rows)
    keys = {int(spot): (edition, code) for spot, edition, code in known.itertuples()}
    numbers = {key: spot for spot, key in keys.items()}
    parents = {spot: numbers.get(_parent(*key), NOWHERE) for spot, key in keys.items()}
    return np.asarray(spots.map(parents), dtype=np.int64)


@cache
def _parent(edition: str, code: str) -> tuple[str, str]:
    if not edition or not has_area(edition, code):
        return ("?", "")
    place = area(edition, code)
    if place.level is Level.PROVINCE:
        return ("", COUNTRY_CODE)
    return (edition, place.parent) if place.parent else ("?", "")


@cache
def places_in(edition: str, level: str, parent: str) -> tuple[Area, ...]:
    """List the areas of a level in a parent; in the whole country where the parent is that."""
    try:
        return areas(edition, Level(level), None if parent == COUNTRY_CODE else parent)
    except LookupError:
        return ()


@cache
def provinces_at(day: date) -> int:
    """Count the provinces that there were on a day; before all editions, those of the first."""
    ordered = sorted(editions(), key=lambda edition: edition.valid_from)
    begun = [edition for edition in ordered if edition.valid_from <= day] or ordered[:1]
    return len(areas(begun[-1].id, Level.PROVINCE))

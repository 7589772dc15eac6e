"""Any part of all observations, a page at a time: filtered, sorted and counted in the database."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import pandas as pd
from ibis.expr.types import BooleanValue, Table

from geo.editions import Area, Level, areas, editions
from geo.names import normalise
from metrics.exporting import Filtered
from metrics.store import OBSERVATION_SCHEMA, STORED_ORDER, Store, kept_in_store

PAGE_ROWS: Final = 50
MOST_TEXT: Final = 80
# What the reader types is looked for in these columns, and in the names of indicators and areas.
SEARCHED: Final = ("note", "locator", "period_text", "area", "indicator", "dataset", "origin")
SORTS: Final = ("theme", "newest", "oldest", "largest", "smallest", "place")
_FIRST: Final[dict[str, tuple[tuple[str, bool], ...]]] = {
    "theme": (),
    "newest": (("period_end", False),),
    "oldest": (("period_end", True),),
    "largest": (("value", False),),
    "smallest": (("value", True),),
    "place": (("edition", True), ("area", True)),
}


@dataclass(frozen=True, slots=True)
class Narrowed(Filtered):
    """Observations that pass more filters than `Filtered` has; all are of the database.

    Attributes
    ----------
    role, state, qualifier, origin, dataset
        Only rows with this very value; "" for all.
    least, most
        Only numbers in between, both included.
    text
        Only rows in which this is found: see `SEARCHED`; upper and lower case are the same. Names
        of indicators and areas are found by whole words, without diacritics too.
    """

    role: str = ""
    state: str = ""
    qualifier: str = ""
    origin: str = ""
    dataset: str = ""
    least: float | None = None
    most: float | None = None
    text: str = ""
    # Indicators and areas whose names hold the text: see `named`.
    text_indicators: tuple[str, ...] = ()

    def conditions(self, rows: Table) -> list[BooleanValue]:
        """Say, of a table of observations, which rows pass."""
        # Zero-argument super() does not work in dataclasses with slots.
        found = Filtered.conditions(self, rows)
        for name in ("role", "state", "qualifier", "origin", "dataset"):
            if getattr(self, name):
                found.append(rows[name] == getattr(self, name))
        if self.least is not None:
            found.append(rows.value >= self.least)
        if self.most is not None:
            found.append(rows.value <= self.most)
        if self.text:
            found.append(self._holds_text(rows))
        return found

    def _holds_text(self, rows: Table) -> BooleanValue:
        wanted = self.text.lower()
        found: BooleanValue = rows[SEARCHED[0]].lower().contains(wanted)
        for name in SEARCHED[1:]:
            found |= rows[name].lower().contains(wanted)
        if self.text_indicators:
            found |= rows.indicator.isin(list(self.text_indicators))
        for edition, codes in areas_named(self.text).items():
            found |= (rows.edition == edition) & rows.area.isin(list(codes))
        return found


def indicators_named(store: Store, text: str) -> tuple[str, ...]:
    """Return the indicators whose title holds a text, without regard to case and diacritics."""
    if not normalise(text):
        return ()
    return tuple(
        indicator.id
        for indicator in store.catalog.indicators.values()
        if any(
            _named(text, words)
            for title in (indicator.title, indicator.short)
            for words in (title.vi, title.en)
        )
    )


def _named(text: str, name: str) -> bool:
    """Tell whether a name holds a text in whole words; whoever types diacritics means them."""
    plain = normalise(text)
    if plain != text.lower():
        return f" {text.lower()} " in f" {name.lower()} "
    return f" {plain} " in f" {normalise(name)} "


@lru_cache(maxsize=256)
def areas_named(text: str) -> dict[str, tuple[str, ...]]:
    """Return, by edition, the codes of areas whose name holds a text, without regard to case."""
    plain = normalise(text)
    if not plain:
        return {}
    wanted = f" {plain if plain == text.lower() else text.lower()} "
    found = {
        edition.id: tuple(code for code, names in _area_names(edition.id) if wanted in names)
        for edition in editions()
    }
    return {edition: codes for edition, codes in found.items() if codes}


@lru_cache(maxsize=8)
def _area_names(edition: str) -> tuple[tuple[str, str], ...]:
    below = [area for area in areas(edition) if area.level not in (Level.COUNTRY, Level.REGION)]
    return tuple((area.code, _spellings(area)) for area in below)


def _spellings(area: Area) -> str:
    names = (area.name_vi.lower(), normalise(area.name_vi), area.name_en.lower())
    return f" {' | '.join(names)} "


def count(store: Store, what: Filtered) -> int:
    """Count the rows that pass, in the database."""

    def counted(rows: Table) -> Table:
        passing = kept(rows, what)
        return passing.aggregate(n=passing.count())

    return int(store.read(counted, ordered=False)["n"].iloc[0])


def page(
    store: Store, what: Filtered, sort: str = "theme", number: int = 1, size: int = PAGE_ROWS
) -> pd.DataFrame:
    """Read one page of the rows that pass.

    Parameters
    ----------
    store
        Where they are.
    sort
        What comes first; rows that are alike in it are in the order of the store, and rows
        without a number come last.
    number
        Which page, 1 for the first.

    Returns
    -------
    pd.DataFrame
        The columns of the store, `size` rows at most; none beyond the last page.
    """
    order = [*_FIRST[sort], *((n, a) for n, a in STORED_ORDER if n not in dict(_FIRST[sort]))]

    def narrow(rows: Table) -> Table:
        ordered = kept(rows, what).order_by(
            [
                rows[name].asc(nulls_first=False) if up else rows[name].desc(nulls_first=False)
                for name, up in order
            ]
        )
        return ordered.limit(size, offset=(number - 1) * size)

    found = store.read(narrow, ordered=False)
    return found[[*OBSERVATION_SCHEMA.names]]


def kept(rows: Table, what: Filtered) -> Table:
    """Return the rows that pass."""
    passing = what.conditions(rows)
    return rows.filter(*passing) if passing else rows


@kept_in_store(16)
def present(store: Store) -> dict[str, tuple[Any, ...]]:
    """Tell which values the columns of few values have, of all observations.

    Returns
    -------
    dict
        Sorted values of indicator, edition, level, role, state, qualifier, origin and dataset;
        ``year``: the first and the last year of an as-of date.
    """
    names = ("indicator", "edition", "level", "role", "state", "qualifier", "origin", "dataset")
    found: dict[str, tuple[Any, ...]] = {}
    for name in names:
        values = store.read(_distinct(name), ordered=False)[name]
        found[name] = tuple(sorted(values.dropna().astype(str)))
    years = store.read(_years, ordered=False).iloc[0]
    known = not pd.isna(years["first"])
    found["year"] = (int(years["first"]), int(years["last"])) if known else ()
    return found


def _distinct(name: str) -> Any:
    return lambda rows: rows.select(name).distinct()


def _years(rows: Table) -> Table:
    year = rows.period_end.year()
    return rows.aggregate(first=year.min(), last=year.max())


def pages(n: int, size: int) -> int:
    """Return how many pages so many rows make, 1 at least."""
    return max(1, -(-n // size))

"""What is exported: observations that pass filters, or the rows that a view shows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

import numpy as np
import pandas as pd
from ibis.expr.types import BooleanValue, Table
from numpy.typing import NDArray

from base.words import DEFAULT_LANG, Lang, Refusal, number, t
from geo.editions import COUNTRY_CODE, Level, area, areas, path
from metrics.exporting.parts import Part, parts_of
from metrics.exporting.rows import (
    EXPORT_COLUMNS,
    MEASURE_COLUMNS,
    VIEW_COLUMNS,
    export_rows,
    is_simulated,
    join_ids,
)
from metrics.harmonise import carried, carried_note
from metrics.panel import CONFLICTING, NONE, Filters, Panel, filter_words, matches, panel
from metrics.store import Store, kept_in_store

RESULT: Final = "result"
# What is taken in several formats, one after the other, is made once.
VIEWS_KEPT: Final = 8
READ_KEPT: Final = 2
# How many rows, and what makes them.
Piece = tuple[int, Callable[[], pd.DataFrame]]


@dataclass(frozen=True, slots=True)
class Filtered:
    """Every observation in force that passes, targets and disagreeing ones too.

    Attributes
    ----------
    indicators
        Ids wanted; None for all that have observations.
    edition, level
        Only on that edition ("" for the country's series), at that level; None for all.
    place
        Only this area and all in it; a code of `edition`, which must be given with it.
    since, until
        Only figures whose as-of date is in between, both included.
    as_of
        As of `AsShown`.
    """

    indicators: tuple[str, ...] | None = None
    edition: str | None = None
    level: Level | None = None
    place: str | None = None
    since: date | None = None
    until: date | None = None
    as_of: str = ""

    columns = EXPORT_COLUMNS

    def check(self, store: Store) -> None:
        """Raise LookupError or ValueError for what does not exist."""
        for indicator in self.indicators or ():
            store.catalog.indicator(indicator)
        if self.place is not None and self.place != COUNTRY_CODE:
            if not self.edition:
                raise Refusal("export.refused.no_edition", place=self.place)
            area(self.edition, self.place)

    def count(self, store: Store) -> int:
        """Count the rows there will be."""
        return sum(part.rows for part in _parts(store, self))

    def frames(self, store: Store, lang: Lang = DEFAULT_LANG) -> Iterator[pd.DataFrame]:
        """Yield the rows in the order of the store, some thousands at a time."""
        for _, made in self.pieces(store, lang):
            yield made()

    def pieces(self, store: Store, lang: Lang) -> Iterator[Piece]:
        """Yield, piece by piece, how many rows there are and what makes them."""
        parts = _parts(store, self)
        if len(parts) == 1:
            yield parts[0].rows, lambda: export_rows(store, _only(store, self), lang)
            return
        for part in parts:
            yield part.rows, partial(self._made, store, part, lang)

    def _made(self, store: Store, part: Part, lang: Lang) -> pd.DataFrame:
        return export_rows(store, store.read(part.narrow(self.conditions)), lang)

    def filtered(self, store: Store, lang: Lang) -> str:  # noqa: ARG002 - as views have it
        """Say nothing: every row that passes is there."""
        return ""

    def conditions(self, rows: Table) -> list[BooleanValue]:
        """Say, of a table of observations, which rows pass."""
        found = []
        if self.indicators is not None:
            found.append(rows.indicator.isin(list(self.indicators)))
        if self.edition is not None:
            found.append(rows.edition == self.edition)
        if self.level is not None:
            found.append(rows.level == str(self.level))
        if self.place not in (None, COUNTRY_CODE):
            found.append(rows.area.isin(list(within(str(self.edition), str(self.place)))))
        if self.since is not None:
            found.append(rows.period_end >= self.since)
        if self.until is not None:
            found.append(rows.period_end <= self.until)
        return found


@kept_in_store(READ_KEPT)
def _parts(store: Store, what: Filtered) -> tuple[Part, ...]:
    return tuple(parts_of(store, what.conditions))


@kept_in_store(READ_KEPT)
def _only(store: Store, what: Filtered) -> pd.DataFrame:
    """Read what comes in one part, kept for the next format and language."""
    return store.read(_parts(store, what)[0].narrow(what.conditions))


@dataclass(frozen=True, slots=True)
class Measured:
    """A number that a map draws instead of the figure it is made from.

    Attributes
    ----------
    kind
        Name of the measure, for names of files.
    phrase
        What was made of the figure, in the reader's words.
    unit
        Of the number.
    numbers
        By code of the area; areas without a number are left out.
    asked
        What of an address asks for it, as (parameter, value).
    """

    kind: str
    phrase: str
    unit: str
    numbers: tuple[tuple[str, float], ...]
    asked: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AsShown:
    """The rows of a view: one for each area, those without a figure too, and what disagrees.

    Attributes
    ----------
    indicator, edition, level, parent, at
        As of `metrics.panel.panel`; `parent` is None for the whole country.
    basis
        The edition that the figures were published on, where they are carried from it to
        `edition`; "" for figures as published.
    measured
        The number that is drawn, where it is not the figure itself; it comes in columns of its own.
    filters
        Only areas that have what is asked for; the others are left out.
    as_of
        When the store that they are read from was so, in the words of an address; "" for now.
    """

    indicator: str
    edition: str
    level: Level
    parent: str | None = None
    at: date | None = None
    basis: str = ""
    measured: Measured | None = None
    filters: Filters = NONE
    as_of: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its rows."""
        return VIEW_COLUMNS if self.measured is None else MEASURE_COLUMNS

    def check(self, store: Store) -> None:
        """Raise LookupError or ValueError for what does not exist."""
        self.panel(store)

    def count(self, store: Store) -> int:
        """Count the rows there will be."""
        shown = self.panel(store)
        return int(self.kept(shown).sum()) + len(self._others(shown))

    def kept(self, shown: Panel) -> NDArray[np.bool_]:
        """Tell which areas of the view come along: those that the filters keep."""
        return matches(shown.frame, self.edition, self.filters)

    def filtered(self, store: Store, lang: Lang) -> str:
        """Say what the filters ask for, and how many of the areas have it; "" without filters."""
        if not self.filters.names:
            return ""
        shown = self.panel(store)
        kept = self.kept(shown)
        return t(
            "export.filtered",
            lang,
            words=filter_words(self.filters, shown.indicator, self.edition, lang),
            n=number(int(kept.sum()), lang),
            of=number(len(kept), lang),
        )

    def panel(self, store: Store) -> Panel:
        """Work out the view."""
        if self.basis:
            return carried(
                store,
                self.indicator,
                self.basis,
                self.edition,
                self.level,
                parent=self.parent,
                at=self.at,
            )
        return panel(
            store, self.indicator, self.edition, self.level, parent=self.parent, at=self.at
        )

    def frames(self, store: Store, lang: Lang = DEFAULT_LANG) -> Iterator[pd.DataFrame]:
        """Yield the rows in official order, then what else the sources say, `shown` false."""
        for frame in _view_rows(store, self, lang):
            yield frame.copy(deep=False)

    def pieces(self, store: Store, lang: Lang) -> Iterator[Piece]:
        """Yield, piece by piece, how many rows there are and what makes them."""
        for frame in self.frames(store, lang):
            yield len(frame), partial(pd.DataFrame, frame)

    def made(self, store: Store, lang: Lang) -> Iterator[pd.DataFrame]:
        """Make the rows of `frames`."""
        shown = self.panel(store)
        rows = _shown(shown, lang)[self.kept(shown)]
        yield self._measure(export_rows(store, rows, lang, is_simulated(store)))
        others = self._others(shown)
        if len(others):
            yield self._measure(export_rows(store, others, lang))

    def _others(self, shown: Panel) -> pd.DataFrame:
        """Return what else the sources say of the same areas."""
        others = shown.alternatives.assign(shown=False, rank=float("nan"))
        codes = shown.frame.loc[self.kept(shown), "code"]
        return others[others["area"].isin(codes)]

    def _measure(self, rows: pd.DataFrame) -> pd.DataFrame:
        if self.measured is None:
            return rows
        drawn = rows["area_code"].where(rows["shown"], "").map(dict(self.measured.numbers))
        return rows.assign(
            drawn_value=drawn.astype(float),
            drawn_unit=self.measured.unit,
            drawn_as=self.measured.phrase,
        )


@kept_in_store(VIEWS_KEPT)
def _view_rows(store: Store, what: AsShown, lang: Lang) -> tuple[pd.DataFrame, ...]:
    """Make the rows of a view, kept for the next format that is asked for."""
    return tuple(what.made(store, lang))


@dataclass(frozen=True, slots=True)
class Several:
    """The rows of views that are shown together, one after the other.

    Attributes
    ----------
    views
        At least one.
    """

    views: tuple[AsShown, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its rows: those of the view that has most."""
        return max((view.columns for view in self.views), key=len)

    @property
    def as_of(self) -> str:
        """When the store was so: the same of all views."""
        return self.views[0].as_of

    def check(self, store: Store) -> None:
        """Raise LookupError or ValueError for what does not exist."""
        for view in self.views:
            view.check(store)

    def count(self, store: Store) -> int:
        """Count the rows there will be."""
        return sum(view.count(store) for view in self.views)

    def filtered(self, store: Store, lang: Lang) -> str:
        """Say what the filters ask for: the same of all views."""
        return self.views[0].filtered(store, lang)

    def frames(self, store: Store, lang: Lang = DEFAULT_LANG) -> Iterator[pd.DataFrame]:
        """Yield the rows view by view; what a view does not draw it has no number of."""
        unmeasured: dict[str, Any] = {"drawn_value": np.nan, "drawn_unit": "", "drawn_as": ""}
        more = {name: unmeasured[name] for name in self.columns if name in unmeasured}
        for view in self.views:
            for frame in view.frames(store, lang):
                yield frame.assign(**{n: cell for n, cell in more.items() if n not in frame})


Selection = Filtered | AsShown
Rows = Filtered | AsShown | Several


def window(
    what: Selection, store: Store, lang: Lang, first: int, rows: int
) -> Iterator[pd.DataFrame]:
    """Yield some of the rows of a selection: so many from the one with that number on."""
    at, last = 0, first + rows
    for size, made in what.pieces(store, lang):
        if at < last and at + size > first:
            yield made().iloc[max(0, first - at) : last - at]
        at += size


def within(edition: str, code: str) -> Iterator[str]:
    """Yield the codes of an area and of all areas in it."""
    for place in areas(edition):
        if any(above.code == code for above in path(place)) or place.code == code:
            yield place.code


def _shown(shown: Panel, lang: Lang) -> pd.DataFrame:
    """Give the areas of a panel the columns of observations."""
    frame = as_observations(
        shown.frame, shown.indicator.id, shown.edition, shown.level, lang
    ).assign(shown=True)
    if "parts" in frame:
        return frame
    # A conflict names no source on the map; all that disagree are named here.
    disputed = frame["state"] == CONFLICTING
    said = shown.alternatives.groupby("area")["origin"].agg(join_ids)
    frame.loc[disputed, "origin"] = frame.loc[disputed, "area"].map(said).fillna("")
    return frame


def as_observations(
    frame: pd.DataFrame, indicator: str | Sequence[str], edition: str, level: Level, lang: Lang
) -> pd.DataFrame:
    """Give figures of areas, with the columns of a panel, those of observations.

    Parameters
    ----------
    indicator
        Of all figures, or that of each.
    """
    made = frame.rename(columns={"code": "area"})
    made["indicator"] = indicator
    made["edition"] = "" if level is Level.COUNTRY else edition
    made["level"] = str(level)
    made["role"] = made.get("role", RESULT)
    if "origins" in made:
        made["origin"] = [join_ids(ids) for ids in made["origins"]]
    if "note_key" in made:
        made["note"] = [_note(row, lang) for row in made.to_dict("records")]
    return made


def _note(row: Mapping[Hashable, Any], lang: Lang) -> str:
    """Say how a figure was carried, then what was noted of the figures that went into it."""
    # What is summed of carried figures, as of a region, has no parts of its own.
    parts = row.get("parts") or ()
    own = carried_note(row, lang) if row["note_key"] and parts else ""
    return " ".join(dict.fromkeys(text for text in (own, *(part.note for part in parts)) if text))

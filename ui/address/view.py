"""What the reader has chosen, and how an address says it.

The address owns this state: every page reads it from there and every control writes it there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from base.words import DEFAULT_LANG, Lang
from geo.classify import DEFAULT_CLASSES, DEFAULT_METHOD, MANUAL
from geo.editions import COUNTRY_CODE, EDITION_2025, Area, Level, area
from metrics.panel import NONE, Filters
from ui.address.choices import (
    NO_CHANGE,
    NOTHING,
    OF_ONE_INDICATOR,
    ONE_PERIOD,
    PUBLISHED,
    SORTS,
    bases,
    level_within,
)
from ui.address.engine import LONGEST, Address, Refusal
from ui.address.params import PARAMS

# Written even when empty: an address names every choice. A source is traced only now and then, only
# counts are divided, breaks say something only where the reader sets them, a change without a date
# is since the period before, and that nothing is filtered or pinned, and that all is as it is known
# now, goes without saying.
LEFT_OUT = frozenset({"as_of", "breaks", "filters", "per", "pins", "since", "source"})

# The page that shows a view.
PAGE = "explore"
# Fields that decide which numbers are drawn: classes made for others do not fit them.
DRAWN_FROM = ("indicator", "change", "against", "per")
# What can be made of the figures, one at a time: field to the value that does not.
MADE_OF = {"per": "", "change": NO_CHANGE, "against": NOTHING}


@dataclass(frozen=True, slots=True)
class View:
    """Everything that decides what a page shows.

    Attributes
    ----------
    lang
        Language of the page.
    edition
        Edition of the map.
    place
        Code of the area looked at; the country at first.
    level
        Level of the areas drawn.
    indicator
        Id of the indicator; "" where none was chosen.
    at
        The as-of date up to which figures count; None for the newest.
    change, since
        What became of the figures since an earlier date; `NO_CHANGE` for the figures themselves.
        No date means the period before.
    against
        What the figures are held against: the map then shows differences. `NOTHING` for the figures
        themselves.
    method, k
        Classification and number of classes.
    breaks
        Where the classes part, rising, for the method `MANUAL`; empty for the others.
    sort
        Order of the ranking table.
    basis
        `PUBLISHED`: figures as published on this edition. Else the edition that they were
        published on: they are carried to this one and marked as recomputed.
    per
        Id of the indicator that a count is divided by; "" for none.
    scale
        Whether the classes are made of the figures shown or of those of all periods.
    filters
        What is asked of areas: the others are dimmed.
    pins
        Codes of the areas kept in view, in the order of their colours.
    source
        Code of the area whose figure is being traced to its source; "" for none.
    as_of
        The day, or the time, that all is shown as it was known at; "" for now.
    """

    lang: Lang = DEFAULT_LANG
    edition: str = EDITION_2025
    place: str = COUNTRY_CODE
    level: Level = Level.PROVINCE
    indicator: str = ""
    at: date | None = None
    change: str = NO_CHANGE
    since: date | None = None
    against: str = NOTHING
    method: str = DEFAULT_METHOD
    k: int = DEFAULT_CLASSES
    breaks: tuple[float, ...] = ()
    sort: str = SORTS[0]
    basis: str = PUBLISHED
    per: str = ""
    scale: str = ONE_PERIOD
    filters: Filters = NONE
    pins: tuple[str, ...] = ()
    source: str = ""
    as_of: str = ""

    def params(self) -> dict[str, str]:
        """Write the view as the parameters of an address, defaults included.

        Returns
        -------
        dict
            Parameter to value, in a fixed order.
        """
        texts = VIEW.write(self)
        return {name: text for name, text in texts.items() if text or name not in LEFT_OUT}

    def href(self) -> str:
        """Write the view as an address relative to any page of the app."""
        return f"{PAGE}?{urlencode(self.params())}"

    def csv_href(self) -> str:
        """Write the address of its rows as CSV, relative to any page of the app."""
        return f"{PAGE}.csv?{urlencode(self.params())}"

    def area(self) -> Area:
        """Return the area looked at."""
        return area(self.edition, self.place)

    def to(self, **changes: Any) -> View:
        """Return the view after a choice, with what depends on the choice put right.

        Going to another edition returns to the country: a code can be another place there.
        """
        if changes.get("edition", self.edition) != self.edition:
            changes = {"place": COUNTRY_CODE, "at": None, **changes}
            changes = {"change": NO_CHANGE, "filters": NONE, "pins": (), **changes}
        if "place" in changes and "level" not in changes:
            edition = changes.get("edition", self.edition)
            changes["level"] = level_within(area(edition, changes["place"]))
        if "indicator" in changes or "basis" in changes:
            changes.setdefault("at", None)
            changes.setdefault("since", None)
        if changes.get("indicator", self.indicator) != self.indicator:
            changes.setdefault("basis", PUBLISHED)
            changes.setdefault("per", "")
        if self.indicator and changes.get("indicator", self.indicator) != self.indicator:
            # What is asked of figures is asked of those of one indicator; places stay.
            changes.setdefault("filters", self.filters.of_places())
            changes = {"change": NO_CHANGE, "scale": ONE_PERIOD, **changes}
        if any(changes.get(field, off) != off for field, off in MADE_OF.items()):
            changes = {f: off for f, off in MADE_OF.items() if f not in changes} | changes
        if self._draws_others(changes) and self.method in OF_ONE_INDICATOR:
            changes.setdefault("method", DEFAULT_METHOD)
        if changes.get("method", self.method) != MANUAL:
            changes["breaks"] = ()
        if "source" not in changes:
            changes["source"] = ""
        if changes.get("change", self.change) == NO_CHANGE:
            changes["since"] = None
        after = replace(self, **changes)
        if after.basis not in bases(after.edition, after.level):
            after = replace(after, basis=PUBLISHED)
        return after

    def _draws_others(self, changes: Mapping[str, Any]) -> bool:
        """Tell whether other numbers are drawn after a choice than those that classes are of."""
        drawn = ((field, getattr(self, field)) for field in DRAWN_FROM)
        return bool(self.indicator) and any(changes.get(f, now) != now for f, now in drawn)


VIEW: Final = Address(View, PARAMS)


def parse(params: Mapping[str, str], indicators: Collection[str]) -> tuple[View, list[Refusal]]:
    """Read a view from the parameters of an address.

    Parameters
    ----------
    params
        As they arrived; anything may be in them.

    Returns
    -------
    view
        The nearest view that exists.
    refusals
        What could not be followed, in the order of the parameters of a view.
    """
    view, refused = VIEW.read(params, indicators)
    unknown = (name for name in params if name not in VIEW.names)
    return view, [*refused, *(Refusal(n[:LONGEST], str(params[n])[:LONGEST]) for n in unknown)]

"""What the reader has chosen, and how an address says it.

The address owns this state: every page reads it from there and every control writes it there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from geo.boundaries import has_layer
from geo.classify import DEFAULT_CLASSES, DEFAULT_METHOD, MAX_CLASSES, METHODS
from geo.crosswalk import available
from geo.editions import (
    COUNTRY_CODE,
    EDITION_2025,
    Area,
    Level,
    area,
    child_level,
    editions,
    has_area,
)
from metrics.messages import DEFAULT_LANG, LANGS, Lang

NEWEST = "newest"
PUBLISHED = "published"
SORTS = ("rank", "name", "value", "date")
MIN_CLASSES = 2
LONGEST = 80  # a longer value cannot be one of ours


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
    method, k
        Classification and number of classes.
    sort
        Order of the ranking table.
    basis
        `PUBLISHED`: figures as published on this edition. Else the edition that they were
        published on: they are carried to this one and marked as recomputed.
    source
        Code of the area whose figure is being traced to its source; "" for none.
    """

    lang: Lang = DEFAULT_LANG
    edition: str = EDITION_2025
    place: str = COUNTRY_CODE
    level: Level = Level.PROVINCE
    indicator: str = ""
    at: date | None = None
    method: str = DEFAULT_METHOD
    k: int = DEFAULT_CLASSES
    sort: str = SORTS[0]
    basis: str = PUBLISHED
    source: str = ""

    def params(self) -> dict[str, str]:
        """Write the view as the parameters of an address, defaults included.

        Returns
        -------
        dict
            Parameter to value, in a fixed order.
        """
        params = {
            "lang": self.lang,
            "edition": self.edition,
            "place": self.place,
            "level": str(self.level),
            "indicator": self.indicator,
            "at": self.at.isoformat() if self.at else NEWEST,
            "method": self.method,
            "k": str(self.k),
            "sort": self.sort,
            "basis": self.basis,
        }
        if self.source:
            params["source"] = self.source
        return params

    def href(self) -> str:
        """Write the view as a relative address of the same page."""
        return "?" + urlencode(self.params())

    def area(self) -> Area:
        """Return the area looked at."""
        return area(self.edition, self.place)

    def to(self, **changes: Any) -> View:
        """Return the view after a choice, with what depends on the choice put right.

        Going to another edition returns to the country: a code can be another place there.
        """
        if changes.get("edition", self.edition) != self.edition:
            changes = {"place": COUNTRY_CODE, "level": Level.PROVINCE, "at": None, **changes}
        if "place" in changes and "level" not in changes:
            edition = changes.get("edition", self.edition)
            changes["level"] = level_within(area(edition, changes["place"]))
        if "indicator" in changes or "basis" in changes:
            changes.setdefault("at", None)
        if changes.get("indicator", self.indicator) != self.indicator:
            changes.setdefault("basis", PUBLISHED)
        if "source" not in changes:
            changes["source"] = ""
        after = replace(self, **changes)
        if after.basis not in bases(after.edition, after.level):
            after = replace(after, basis=PUBLISHED)
        return after


@dataclass(frozen=True, slots=True)
class Refusal:
    """A parameter of an address that could not be followed.

    Attributes
    ----------
    param
        Its name.
    given
        What arrived, cut to a sane length. Hostile until escaped.
    """

    param: str
    given: str


def mapped_editions() -> tuple[str, ...]:
    """Return the ids of the editions whose provinces can be drawn, newest first."""
    found = [e.id for e in editions() if has_layer(e.id, Level.PROVINCE)]
    return tuple(sorted(found, reverse=True))


def level_within(place: Area) -> Level:
    """Return the level drawn when looking at a place: its parts, or its fellows if it has none."""
    below = child_level(place.edition, place.level)
    if place.level in (Level.COUNTRY, Level.REGION):
        return Level.PROVINCE
    return below or place.level


def levels_at(place: Area) -> tuple[Level, ...]:
    """Return the levels that can be drawn when looking at a place, top down."""
    if place.level is not Level.COUNTRY:
        return (level_within(place),)
    below = child_level(place.edition, Level.PROVINCE)
    return (Level.PROVINCE, below) if below else (Level.PROVINCE,)


def bases(edition: str, level: Level) -> tuple[str, ...]:
    """Return what the figures on a map can be: published on it, or carried from another edition.

    Parameters
    ----------
    edition, level
        The areas drawn.

    Returns
    -------
    tuple of str
        `PUBLISHED` and ids of editions.
    """
    others = [
        other
        for other, level_from, to, level_to in available()
        if (level_from, to, level_to) == (level, edition, level) and has_layer(other, level)
    ]
    return (PUBLISHED, *sorted(set(others)))


def parse(params: Mapping[str, str], indicators: Mapping[str, Any]) -> tuple[View, list[Refusal]]:
    """Read a view from the parameters of an address.

    Parameters
    ----------
    params
        As they arrived; anything may be in them.
    indicators
        Ids that exist.

    Returns
    -------
    view
        The nearest view that exists.
    refusals
        What could not be followed, in the order of the parameters of a view.
    """
    refused: list[Refusal] = []

    def take(name: str, allowed: Any, default: str) -> str:
        given = params.get(name)
        if given is None or given == "":
            return default
        if len(given) <= LONGEST and given in allowed:
            return given
        refused.append(Refusal(name, given[:LONGEST]))
        return default

    start = View()
    lang: Any = take("lang", LANGS, start.lang)
    edition = take("edition", mapped_editions(), start.edition)
    code = params.get("place") or start.place
    if len(code) > LONGEST or not _can_be_shown(edition, code):
        refused.append(Refusal("place", code[:LONGEST]))
        code = start.place
    levels = levels_at(area(edition, code))
    level = Level(take("level", [str(x) for x in levels], str(levels[0])))
    indicator = take("indicator", indicators, "")
    at = _date(params.get("at"), refused)
    method = take("method", METHODS, start.method)
    ks = [str(n) for n in range(MIN_CLASSES, MAX_CLASSES + 1)]
    k = int(take("k", ks, str(start.k)))
    sort = take("sort", SORTS, start.sort)
    basis = take("basis", bases(edition, level), start.basis)
    source = params.get("source", "")
    if source and (len(source) > LONGEST or not has_area(edition, source)):
        refused.append(Refusal("source", source[:LONGEST]))
        source = ""
    known = {*start.params(), "source"}
    refused += [
        Refusal(name[:LONGEST], str(v)[:LONGEST]) for name, v in params.items() if name not in known
    ]
    return View(lang, edition, code, level, indicator, at, method, k, sort, basis, source), refused


def _can_be_shown(edition: str, code: str) -> bool:
    # A region has no map of its own: the country's figures must not appear under its name.
    return has_area(edition, code) and area(edition, code).level is not Level.REGION


def _date(given: str | None, refused: list[Refusal]) -> date | None:
    if given in (None, "", NEWEST):
        return None
    try:
        return date.fromisoformat(str(given)[:LONGEST])
    except ValueError:
        refused.append(Refusal("at", str(given)[:LONGEST]))
        return None

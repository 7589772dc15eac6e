"""What a view can choose from, given the choices made before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from geo.boundaries import has_layer
from geo.classify import MANUAL, METHODS
from geo.crosswalk import available
from geo.editions import Area, Level, child_level, editions
from metrics.relate import CHANGES

MOST_PINS: Final = 10
# Okabe-Ito without yellow and black, then four that stay apart from them on paper and on dark.
COLOURS: Final = (
    "#0072b2",
    "#d55e00",
    "#009e73",
    "#cc79a7",
    "#b07d00",
    "#56b4e9",
    "#8a63d2",
    "#c2185b",
    "#6f8f00",
    "#8d6e63",
)
# Of the area looked at where it is not pinned.
UNPINNED: Final = "#7f878b"

NEWEST = "newest"
PUBLISHED = "published"
SORTS = ("rank", "name", "value", "date")
MIN_CLASSES = 2
# Classes that a target or a source's own scale makes, besides those found in the values.
TARGET, GRADES = "target", "grades"
METHOD_CHOICES = (*METHODS, MANUAL, TARGET, GRADES)
# Methods that mean something for one indicator only: another one starts anew.
OF_ONE_INDICATOR = (MANUAL, TARGET, GRADES)
# What the figures are held against: the map then shows differences.
NOTHING = "none"
# What became of the figures since an earlier period.
NO_CHANGE = "none"
CHANGE_CHOICES = (NO_CHANGE, *CHANGES)
AGAINST = (NOTHING, "country", "region", "target")
# The breaks of classes: of the figures shown, or of those of all periods together.
ONE_PERIOD, ALL_PERIODS = "one", "all"
SCALES = (ONE_PERIOD, ALL_PERIODS)


def mapped_editions() -> tuple[str, ...]:
    """Return the ids of the editions whose provinces can be drawn, newest first."""
    found = [e.id for e in editions() if has_layer(e.id, Level.PROVINCE)]
    return tuple(sorted(found, reverse=True))


def level_within(place: Area) -> Level:
    """Return the level drawn when a place is opened: it among its fellows, never its parts."""
    return Level.PROVINCE if place.level in (Level.COUNTRY, Level.REGION) else place.level


def levels_at(place: Area) -> tuple[Level, ...]:
    """Return the levels that can be drawn when looking at a place, top down."""
    if place.level not in (Level.COUNTRY, Level.PROVINCE):
        return (level_within(place),)
    below = child_level(place.edition, Level.PROVINCE)
    return (Level.PROVINCE, below) if below else (Level.PROVINCE,)


def bases(edition: str, level: Level) -> tuple[str, ...]:
    """Return what the figures on a map can be: published on it, or carried from another edition.

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


def pin_colours(pins: Sequence[str]) -> dict[str, str]:
    """Give each pinned area its colour, by its place among the pins."""
    return dict(zip(pins, COLOURS, strict=False))

"""The parameters of an address: how each choice of a view is written and read."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from base.words import DEFAULT_LANG, LANGS, t
from geo.classify import DEFAULT_CLASSES, DEFAULT_METHOD, MANUAL, MAX_CLASSES
from geo.editions import COUNTRY_CODE, EDITION_2025, Level, area, has_area
from metrics.panel import NONE, FilterError, Filters, read_filters, write_filters
from ui.address.choices import (
    AGAINST,
    CHANGE_CHOICES,
    METHOD_CHOICES,
    MIN_CLASSES,
    MOST_PINS,
    NEWEST,
    NO_CHANGE,
    NOTHING,
    ONE_PERIOD,
    PUBLISHED,
    SCALES,
    SORTS,
    bases,
    levels_at,
    mapped_editions,
)

if TYPE_CHECKING:
    pass

LONGEST = 80  # a longer value cannot be one of ours


class Told(ValueError):
    """A parameter that cannot be followed; the message is a sentence for the reader."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What an address has been found to say so far.

    Attributes
    ----------
    found
        Field of the view to its value, for the parameters before this one.
    indicators
        Ids that exist.
    """

    found: dict[str, Any]
    indicators: Collection[str]


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter of an address; its name is the field of the view that it says.

    Attributes
    ----------
    name
        Name in the address and in the view.
    read
        From the text that arrived, at most `longest` characters and not empty, to the value;
        raises ValueError or LookupError for what cannot be followed.
    start
        The value where the address says nothing.
    write
        From the value to the text; "" leaves the parameter out of the address.
    longest
        Characters allowed.
    """

    name: str
    read: Callable[[str, Reading], Any]
    start: Callable[[Reading], Any]
    write: Callable[[Any], str] = str
    longest: int = LONGEST

    def take(self, given: str, so_far: Reading) -> Any:
        """Read what arrived.

        Raises
        ------
        ValueError, LookupError
            If it cannot be followed.
        """
        if len(given) > self.longest:
            raise ValueError(f"{self.name} has {len(given)} characters")
        return self.read(given, so_far)


def one_of(allowed: Collection[str], given: str) -> str:
    """Return a choice, if it is one of those allowed.

    Raises
    ------
    ValueError
        If it is not.
    """
    if given not in allowed:
        raise ValueError(given)
    return given


def among(*allowed: str) -> Callable[[str, Reading], str]:
    """Make the reader of a choice from a fixed list."""
    return lambda given, _: one_of(allowed, given)


def always(value: Any) -> Callable[[Reading], Any]:
    """Make a start that does not depend on the rest of the address."""
    return lambda _: value


def _read_place(given: str, so_far: Reading) -> str:
    edition = so_far.found["edition"]
    # A region has no map of its own: the country's figures must not appear under its name.
    if not has_area(edition, given) or area(edition, given).level is Level.REGION:
        raise ValueError(given)
    return given


def _levels(so_far: Reading) -> tuple[Level, ...]:
    return levels_at(area(so_far.found["edition"], so_far.found["place"]))


def _read_date(given: str, _: Reading) -> date | None:
    return None if given == NEWEST else date.fromisoformat(given)


def _read_source(given: str, so_far: Reading) -> str:
    if not has_area(so_far.found["edition"], given):
        raise ValueError(given)
    return given


def _read_basis(given: str, so_far: Reading) -> str:
    return one_of(bases(so_far.found["edition"], so_far.found["level"]), given)


def _declared(so_far: Reading, field: str, otherwise: Any) -> Any:
    """Return what the catalog declares for the classes of the indicator, if it does."""
    known = so_far.indicators
    indicator = known.get(so_far.found["indicator"]) if isinstance(known, Mapping) else None
    classes = getattr(indicator, "classes", None)
    if classes is None or classes.method not in METHOD_CHOICES:
        return otherwise
    return min(classes.k, MAX_CLASSES) if field == "k" else classes.method


def _read_breaks(given: str, so_far: Reading) -> tuple[float, ...]:
    texts = given.split(",")
    if so_far.found["method"] != MANUAL or not all(_BREAK.match(text) for text in texts):
        raise ValueError(given)
    breaks = tuple(float(text) + 0.0 for text in texts)
    if len(breaks) >= MAX_CLASSES or any(a >= b for a, b in pairwise(breaks)):
        raise ValueError(given)
    return breaks


def write_breaks(breaks: tuple[float, ...]) -> str:
    """Write class breaks as an address has them: plain decimals, parted by commas."""
    return ",".join(f"{b:.6f}".rstrip("0").rstrip(".") for b in breaks)


LARGEST_BREAK = 1e12  # below it
# At most twelve digits before the decimal point and six after it: what can be written back alike.
_BREAK = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?$", re.ASCII)


def _read_filters(given: str, so_far: Reading) -> Filters:
    try:
        return read_filters(given, so_far.found["edition"])
    except FilterError as error:
        raise Told(t(f"filters.refused.{error.key}", so_far.found["lang"])) from error


def _read_pins(given: str, so_far: Reading) -> tuple[str, ...]:
    codes = tuple(given.split(","))
    edition = so_far.found["edition"]
    known = all(has_area(edition, code) for code in codes)
    if not known or len(set(codes)) < len(codes) or len(codes) > MOST_PINS:
        raise Told(t("pins.refused", so_far.found["lang"], most=MOST_PINS))
    return codes


_KS = {str(k): k for k in range(MIN_CLASSES, MAX_CLASSES + 1)}

# In the order of the address. A parameter may look at those before it, never at those after it.
PARAMS: tuple[Param, ...] = (
    Param("lang", among(*LANGS), always(DEFAULT_LANG)),
    Param("edition", lambda text, _: one_of(mapped_editions(), text), always(EDITION_2025)),
    Param("place", _read_place, always(COUNTRY_CODE)),
    Param(
        "level",
        lambda text, so_far: Level(one_of([str(x) for x in _levels(so_far)], text)),
        lambda so_far: _levels(so_far)[0],
    ),
    Param("indicator", lambda text, so_far: one_of(so_far.indicators, text), always("")),
    Param("at", _read_date, always(None), lambda at: at.isoformat() if at else NEWEST),
    Param("change", among(*CHANGE_CHOICES), always(NO_CHANGE)),
    Param("since", _read_date, always(None), lambda at: at.isoformat() if at else ""),
    Param("against", among(*AGAINST), always(NOTHING)),
    Param(
        "method",
        among(*METHOD_CHOICES),
        lambda so_far: _declared(so_far, "method", DEFAULT_METHOD),
    ),
    Param("k", lambda text, _: _KS[text], lambda so_far: _declared(so_far, "k", DEFAULT_CLASSES)),
    Param("breaks", _read_breaks, always(()), write_breaks, longest=140),
    Param("sort", among(*SORTS), always(SORTS[0])),
    Param("basis", _read_basis, always(PUBLISHED)),
    Param("per", lambda text, so_far: one_of(so_far.indicators, text), always("")),
    Param("scale", among(*SCALES), always(ONE_PERIOD)),
    Param("filters", _read_filters, always(NONE), write_filters, longest=1000),
    Param("pins", _read_pins, always(()), ",".join),
    Param("source", _read_source, always("")),
)

"""How each choice of a view is written and read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any, Final

from base.words import LANGS, t
from geo.classify import DEFAULT_CLASSES, DEFAULT_METHOD, MANUAL, MAX_CLASSES
from geo.editions import Level, area, has_area
from metrics.panel import FilterError, Filters, read_filters, write_filters
from ui.address.choices import (
    AGAINST,
    CHANGE_CHOICES,
    METHOD_CHOICES,
    MIN_CLASSES,
    MOST_PINS,
    NEWEST,
    SCALES,
    SORTS,
    bases,
    levels_at,
    mapped_editions,
)
from ui.address.engine import Param, Reading, Told, among, among_known, one_of, spelled
from ui.address.known import KNOWN


def _read_place(given: str, so_far: Reading) -> str:
    edition = so_far.found["edition"]
    # A region has no map of its own: the country's figures must not appear under its name.
    if not has_area(edition, given) or area(edition, given).level is Level.REGION:
        raise ValueError(given)
    return given


def _levels(so_far: Reading) -> tuple[Level, ...]:
    return levels_at(area(so_far.found["edition"], so_far.found["place"]))


def read_date(given: str, _: Reading) -> date | None:
    """Read a date up to which figures count."""
    return None if given == NEWEST else date.fromisoformat(given)


def write_date(at: date | None) -> str:
    """Write a date up to which figures count."""
    return at.isoformat() if at else NEWEST


ALL: Final = "all"  # what is traced is the map with all its figures


def _read_source(given: str, so_far: Reading) -> str:
    if given == ALL:
        return given
    if not has_area(so_far.found["edition"], given):
        raise ValueError(given)
    return given


def _read_basis(given: str, so_far: Reading) -> str:
    return one_of(bases(so_far.found["edition"], so_far.found["level"]), given)


def _declared(so_far: Reading, field: str, otherwise: Any) -> Any:
    """Return what the catalog declares for the classes of the indicator, if it does."""
    known = so_far.known
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
    kept = tuple(code for code in dict.fromkeys(codes) if has_area(edition, code))[:MOST_PINS]
    if kept != codes:
        left = ", ".join(dict.fromkeys(code for code in codes if code not in kept)) or codes[0]
        told = t("pins.refused", so_far.found["lang"], left=left, most=MOST_PINS)
        raise Told(told, kept)
    return codes


PARAMS: Final = (
    Param("lang", among(*LANGS)),
    KNOWN,
    Param("edition", lambda text, _: one_of(mapped_editions(), text)),
    Param("place", _read_place),
    Param(
        "level",
        lambda text, so_far: Level(one_of([str(x) for x in _levels(so_far)], text)),
        start=lambda so_far: _levels(so_far)[0],
    ),
    Param("indicator", among_known()),
    Param("at", read_date, write_date),
    Param("change", among(*CHANGE_CHOICES)),
    Param("since", read_date, lambda at: at.isoformat() if at else ""),
    Param("against", among(*AGAINST)),
    Param(
        "method",
        among(*METHOD_CHOICES),
        start=lambda so_far: _declared(so_far, "method", DEFAULT_METHOD),
    ),
    Param(
        "k",
        spelled({str(k): k for k in range(MIN_CLASSES, MAX_CLASSES + 1)}),
        start=lambda so_far: _declared(so_far, "k", DEFAULT_CLASSES),
    ),
    Param("breaks", _read_breaks, write_breaks, longest=140),
    Param("sort", among(*SORTS)),
    Param("basis", _read_basis),
    Param("per", among_known()),
    Param("scale", among(*SCALES)),
    Param("filters", _read_filters, write_filters, longest=1000),
    Param("pins", _read_pins, ",".join),
    Param("source", _read_source),
)

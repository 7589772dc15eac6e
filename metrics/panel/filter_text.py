"""Filters as one line of text, for addresses and command lines."""

from __future__ import annotations

import re
from typing import Final

from base.words import Lang, decimals_of, number, pick, t
from geo.editions import Level, area, has_area
from metrics.catalog import Indicator
from metrics.panel.filters import (
    ISLAND,
    MISSING,
    NAMES,
    RANK,
    REGION,
    RURAL,
    STATUS,
    TYPE,
    URBAN,
    VALUE,
    FilterError,
    Filters,
)

_NUMBER = r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?"
_VALUE = re.compile(rf"({_NUMBER})?\.\.({_NUMBER})?")
_RANK = re.compile(r"([0-9]{1,5})?\.\.([0-9]{1,5})?")
_WORDS = re.compile(r"[A-Za-z0-9_-]{1,60}(?:,[A-Za-z0-9_-]{1,60}){0,39}")
_FIELDS: Final = {REGION: "regions", TYPE: "types", STATUS: "categories"}


def write_filters(filters: Filters) -> str:
    """Write filters as one line: ``value:50..80;region:R1,R3;missing``; "" for none."""
    parts = {
        VALUE: f"{_plain(filters.low)}..{_plain(filters.high)}",
        RANK: f"{_plain(filters.first)}..{_plain(filters.last)}",
        REGION: ",".join(filters.regions),
        TYPE: ",".join(filters.types),
        STATUS: ",".join(filters.categories),
    }
    return ";".join(f"{name}:{parts[name]}" if name in parts else name for name in filters.names)


def filter_name(text: str) -> str:
    """Write such a line so that, made part of a name of a file, it still differs from others."""
    return re.sub(r"(?<=[:.,])-(?=[0-9])", "minus", text).replace("..", "-to-")


def _plain(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.6f}".rstrip("0").rstrip(".") if value else "0"


def read_filters(text: str, edition: str) -> Filters:
    """Read filters from a line that `write_filters` wrote, or that someone typed.

    Parameters
    ----------
    edition
        Edition of the map: regions are of an edition.

    Returns
    -------
    Filters
        Checked but for what only the indicator can tell: see `offered`.

    Raises
    ------
    FilterError
        If it cannot be followed.
    """
    found: dict[str, object] = {}
    for part in text.split(";"):
        name, _, given = part.partition(":")
        if name not in NAMES:
            raise FilterError("unreadable")
        fields = _read_one(name, given, edition)
        if set(fields) & set(found):
            raise FilterError("twice")
        found |= fields
    filters = Filters(**found)  # type: ignore[arg-type]
    filters.check()
    return filters


def _read_one(name: str, given: str, edition: str) -> dict[str, object]:
    if name == MISSING:
        if given:
            raise FilterError("unreadable")
        return {"missing": True}
    if name in (VALUE, RANK):
        read = (_VALUE if name == VALUE else _RANK).fullmatch(given)
        if read is None or not any(read.groups()):
            raise FilterError("unreadable")
        kind = float if name == VALUE else int
        start, end = (None if text is None else kind(text) + 0 for text in read.groups())
        return {"low": start, "high": end} if name == VALUE else {"first": start, "last": end}
    if not _WORDS.fullmatch(given):
        raise FilterError("unreadable")
    words = tuple(dict.fromkeys(given.split(",")))
    unknown = {
        REGION: [word for word in words if not _is_region(edition, word)],
        TYPE: [word for word in words if word not in (URBAN, RURAL, ISLAND)],
        STATUS: [],  # only the indicator knows its categories
    }
    if unknown[name]:
        raise FilterError("unknown")
    return {_FIELDS[name]: words}


def _is_region(edition: str, code: str) -> bool:
    return has_area(edition, code) and area(edition, code).level is Level.REGION


def filter_words(filters: Filters, indicator: Indicator, edition: str, lang: Lang) -> str:
    """Say what is asked of areas.

    Parameters
    ----------
    indicator
        Of the figures: it names the unit and the categories.
    edition
        Edition of the areas, whose regions may be asked for.

    Returns
    -------
    str
        Such as "Value: from 50 to 80 %; Region: Southeast"; "" for no filters.
    """
    unit = pick(indicator.unit, lang) if indicator.unit else ""
    regions = (area(edition, code) for code in filters.regions)
    titles = {category.id: pick(category.title, lang) for category in indicator.categories or ()}
    told = {
        VALUE: f"{_range(filters.low, filters.high, lang)} {unit}".strip(),
        RANK: _range(filters.first, filters.last, lang),
        REGION: ", ".join(one.name_vi if lang == "vi" else one.name_en for one in regions),
        TYPE: ", ".join(t(f"filters.type.{kind}", lang) for kind in filters.types),
        STATUS: ", ".join(titles.get(id_, id_) for id_ in filters.categories),
        MISSING: "",
    }
    parts = []
    for name in filters.names:
        head = t(f"filters.{name}", lang)
        parts.append(f"{head}: {told[name]}" if told[name] else head)
    return "; ".join(parts)


def _range(low: float | None, high: float | None, lang: Lang) -> str:
    ends = (("filters.from", low), ("filters.to", high))
    return " ".join(
        f"{t(key, lang)} {number(end, lang, decimals_of(end))}"
        for key, end in ends
        if end is not None
    )

"""Filters in plain words, for the notes of files."""

from __future__ import annotations

from geo.editions import area
from metrics.catalog import Indicator
from metrics.filters import MISSING, RANK, REGION, STATUS, TYPE, VALUE, Filters
from metrics.formats import decimals_of, number
from metrics.messages import Lang, pick, t


def filter_words(filters: Filters, indicator: Indicator, edition: str, lang: Lang) -> str:
    """Say what is asked of areas.

    Parameters
    ----------
    filters
        What is asked for.
    indicator
        Of the figures: it names the unit and the categories.
    edition
        Edition of the areas, whose regions may be asked for.
    lang
        Language of the reader.

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

"""Which indicators a heading of few words may be of: by its topic, its unit, and the titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from metrics.catalog import Catalog, Indicator
from metrics.importing.cells import JOIN, factor, plain, unit_headed, unit_in_heading
from metrics.importing.mapping import group_of
from metrics.importing.proposal.indicator_words import likely_indicators

# What says how something is counted, not what: before it, or alone.
_HOW: Final = re.compile(
    r"(?:(?:trong do|tong so|tong cong|so luong|so nguoi|so luot nguoi|ty le|ti le)\b[\s:]*)+"
)
_RATE: Final = re.compile(r"\b(?:ty le|ti le|rate|share)\b|%")
_COUNT: Final = re.compile(r"\b(?:tong so|so luong|so luot|so ho so|so tai khoan)\b")
_PEOPLE: Final = re.compile(r"\b(?:so nguoi|so luot nguoi|people)\b")


def suggested(heading: str, titles: Sequence[str], catalog: Catalog, n: int = 5) -> list[Indicator]:
    """Suggest indicators for a column, the likeliest first; never to be joined unseen.

    Parameters
    ----------
    titles
        The lines above the table: what they speak of comes first.

    Returns
    -------
    list of Indicator
        Of the unit that the heading says, where it says one.
    """
    unit, counted = unit_said(heading), _COUNT.search(plain(heading)) is not None
    topics = _topics(heading)
    spoken = {word for title in titles for word in _words(title)}
    found = {
        one.id: (len(_of(one) & spoken), 0.0)
        for one in catalog.indicators.values()
        if topics and unit and all(topic in plain(one.title.vi) for topic in topics)
    }
    for one, score in likely_indicators(group_of(heading) or heading, catalog, n):
        found[one.id] = (len(_of(one) & spoken), score)
    fitting = [
        (shared, score, catalog.indicator(id_))
        for id_, (shared, score) in found.items()
        if _fits(unit, counted, catalog.indicator(id_).unit.vi)
    ]
    ordered = sorted(fitting, key=lambda item: (-item[0], -item[1]))
    return [one for *_, one in ordered][:n]


def unit_said(heading: str) -> str | None:
    """Return the unit that a heading says, in brackets or by what it counts.

    Examples
    --------
    >>> unit_said("BHXH – Tỷ lệ"), unit_said("Người có công – Số người"), unit_said("Kết quả")
    ('%', 'người', None)
    """
    beside = unit_headed(heading.split(JOIN))[1]
    if beside:
        return beside
    words = plain(heading)
    if _RATE.search(words) or "%" in heading:
        return "%"
    return "người" if _PEOPLE.search(words) else None


def _fits(said: str | None, counted: bool, own: str) -> bool:
    """Tell whether an indicator's unit agrees with what a heading says: a number is no rate."""
    if said is None:
        return not (counted and own == "%")
    return factor(said, own, beside=True) is not None


def _topics(heading: str) -> list[str]:
    """Return what the parts of a heading are about, without what says how it is counted."""
    parts = (_HOW.sub("", plain(unit_in_heading(part)[0]), 1) for part in heading.split(JOIN))
    return [part for part in parts if part]


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", plain(text)))


def _of(indicator: Indicator) -> set[str]:
    return _words(f"{indicator.title.vi} {indicator.short.vi}")

"""What of a profile is printed: two sheets of A4, the foremost figures first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from metrics.briefs import Fact, Profile, Series
from metrics.catalog import Catalog, Sum

# What a reader of the page sees and a reader of paper does not.
OFF_PAPER: Final = "off-paper"
# Two sheets hold so many lines of figures beside the head, the series and the sources.
MOST_LINES: Final = 52
MOST_SERIES: Final = 3
LETTERS_A_LINE: Final = 26


@dataclass(frozen=True, slots=True)
class Printed:
    """The indicators of a profile that are printed: their figures, their series."""

    facts: frozenset[str]
    series: frozenset[str]


def on_paper(found: Profile, catalog: Catalog) -> Printed:
    """Choose what is printed.

    Featured indicators come first, then what is ranked, aimed at or contradicted, then the rest,
    each in the order of the page. Parts of a total that is not featured are told by their total.
    """
    parts = _parts(catalog, (fact.indicator.id for fact in found.facts))
    whole = [fact for fact in found.facts if fact.indicator.id not in parts]
    lines, kept = 0, []
    for fact in sorted(whole, key=_order):
        lines += _lines(fact)
        if lines > MOST_LINES:
            break
        kept.append(fact.indicator.id)
    series = [one for one in found.series if one.indicator.id in kept and _of_years(one)]
    series.sort(key=_first)
    return Printed(frozenset(kept), frozenset(one.indicator.id for one in series[:MOST_SERIES]))


def _order(fact: Fact) -> tuple[int, int]:
    if fact.indicator.featured is not None:
        return 0, fact.indicator.featured
    told = fact.rank is not None or fact.promises or fact.alternatives
    return (1, 0) if told else (2, 0)


def _first(series: Series) -> tuple[bool, int]:
    return series.indicator.featured is None, series.indicator.featured or 0


def _lines(fact: Fact) -> int:
    """Estimate how many lines the row of a fact takes."""
    beside = 1 + 2 * len(fact.promises) + len(fact.alternatives)
    return max(1 + len(fact.indicator.short.vi) // LETTERS_A_LINE, beside)


def _parts(catalog: Catalog, ids: Iterable[str]) -> set[str]:
    known = set(ids)
    return {
        part
        for relation in catalog.relations
        if isinstance(relation, Sum) and relation.total in known
        if catalog.indicator(relation.total).featured is None
        for part in relation.parts
    }


def _of_years(series: Series) -> bool:
    """Tell whether a series spans years; one of days or months is for the screen."""
    return len({row["period_end"].year for row in series.rows}) > 1

"""The indicators that headings and words mean, or may mean."""

from __future__ import annotations

from typing import Final

from rapidfuzz import fuzz, process

from metrics.catalog import Catalog, Indicator
from metrics.importing.cells import JOIN, Block, factor, plain, unit_in_heading
from metrics.importing.mapping import group_of
from metrics.importing.proposal.column_kinds import last_part

LIKELY: Final = 72


def indicator_headed(name: str, called: str, unit: str | None, catalog: Catalog) -> str | None:
    """Return the indicator that a heading names, or names with its own unit behind it."""
    whole = sure_indicator(group_of(name), catalog)
    if whole or unit is None:
        return whole
    found = sure_indicator(called, catalog)
    if found and factor(unit, catalog.indicator(found).unit.vi, beside=True) is not None:
        return found
    return None


def words_of(block: Block, indicator_column: str | None, catalog: Catalog) -> dict[str, str]:
    """Return the indicators that the words of a column are, those that are sure."""
    if indicator_column is None:
        return {}
    words = dict.fromkeys(str(c) for c in block.column(indicator_column) if c is not None)
    found = {word: sure_indicator(word, catalog) for word in words}
    return {word: indicator for word, indicator in found.items() if indicator}


def sure_indicator(text: str, catalog: Catalog) -> str | None:
    """Return the indicator whose id or full title a heading is; what is merely alike is not.

    Parameters
    ----------
    text
        A heading, or a word of the indicator column.
    """
    if text in catalog.indicators:
        return text
    wanted = plain(text)
    same = [
        indicator.id
        for indicator in catalog.indicators.values()
        if wanted in (plain(indicator.title.vi), plain(indicator.title.en))
    ]
    return same[0] if len(same) == 1 else None


def why_likely(text: str, indicator: Indicator) -> str:
    """Return the words of a heading that an indicator shares, and the unit: why it is offered."""
    title = set(plain(f"{indicator.title.vi} {indicator.title.en}").split())
    called, unit = unit_in_heading(last_part(text))
    shared = [word for word in called.split() if plain(word) in title]
    own = indicator.unit.vi
    same = unit is not None and factor(unit, own, beside=True) is not None
    return " ".join(shared) + (f"; {own}" if same else "")


def likely_indicators(text: str, catalog: Catalog, n: int = 5) -> list[tuple[Indicator, float]]:
    """Suggest indicators for a heading, the most alike first; never to be joined unseen.

    Returns
    -------
    list of (Indicator, float)
        With a likeness from `LIKELY` to 100.
    """
    wanted = plain(text.replace(JOIN, " ").replace("(%)", " ").replace("%", " "))
    if not wanted:
        return []
    titles = {
        (indicator.id, kind): plain(title)
        for indicator in catalog.indicators.values()
        for kind, title in (
            ("vi", indicator.title.vi),
            ("en", indicator.title.en),
            ("short.vi", indicator.short.vi),
            ("short.en", indicator.short.en),
        )
    }
    hits = process.extract(wanted, titles, scorer=fuzz.token_sort_ratio, limit=4 * n)
    best: dict[str, float] = {}
    for _, score, (id_, _kind) in hits:
        if score >= LIKELY:
            best[id_] = max(best.get(id_, 0.0), score)
    # "Tỷ lệ số hóa (%)": all its words are in several titles, of the same unit.
    _, unit = unit_in_heading(last_part(text))
    words = set(wanted.split())
    for (id_, _kind), title in titles.items():
        own = catalog.indicator(id_).unit.vi
        if len(words) > 1 and words <= set(title.split()) and id_ not in best:
            same = unit is None or factor(unit, own, beside=True) is not None
            best |= {id_: LIKELY + 10.0 * len(words) / len(title.split())} if same else {}
    ordered = sorted(best.items(), key=lambda item: -item[1])[:n]
    return [(catalog.indicators[id_], score) for id_, score in ordered]

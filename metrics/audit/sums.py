"""The arithmetic of a finding, written as a sum."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from base.words import Lang, decimals_of, number
from metrics.audit.records import Finding
from metrics.catalog import Catalog

MOST_DECIMALS: Final = 6
UNEQUAL, MORE, LESS = "≠", ">", "<"
_SIGNS: Final = {"parts.sum": UNEQUAL, "parts.sums": UNEQUAL, "parts.categories": LESS}


def arithmetic(finding: Finding, catalog: Catalog, lang: Lang) -> str:
    """Write the sum that shows it, with the tolerance of rounding; "" where nothing is reckoned."""
    write = _ARITHMETIC.get(finding.variant)
    return write(finding, catalog, lang) if write else ""


def plain(value: float, lang: Lang) -> str:
    """Write a number with all digits that it has."""
    # What is left of 331338.3 - 331326.1 in floating point is no digit of anybody's.
    value = round(value, MOST_DECIMALS)
    return number(value, lang, decimals_of(value, MOST_DECIMALS))


def _sum(finding: Finding, _: Catalog, lang: Lang) -> str:
    told = finding.told
    parts = " + ".join(plain(float(part), lang) for part in told["parts"])
    summed, total = float(told["sum"]), float(told["total"])
    sign = _SIGNS.get(finding.variant, MORE)
    equal = f" = {plain(summed, lang)}" if len(told["parts"]) > 1 else ""
    return f"{parts}{equal} {sign} {plain(total, lang)}"


def _ratio(finding: Finding, _: Catalog, lang: Lang) -> str:
    told = finding.told
    over, under = (plain(float(told[name]), lang) for name in ("numerator", "denominator"))
    digits = decimals_of(float(told["value"])) + 2
    computed = number(float(told["computed"]), lang, digits)
    return f"{over} ÷ {under} × 100 = {computed} {UNEQUAL} {plain(float(told['value']), lang)}"


def _part(finding: Finding, _: Catalog, lang: Lang) -> str:
    told = finding.told
    parts = " + ".join(plain(float(part), lang) for part in told["parts"])
    equal = f" = {plain(float(told['sum']), lang)}" if len(told["parts"]) > 1 else ""
    return f"{parts}{equal} {UNEQUAL} {plain(float(told['value']), lang)}"


def _over(finding: Finding, _: Catalog, lang: Lang) -> str:
    over, under = (plain(float(finding.told[k]), lang) for k in ("numerator", "denominator"))
    return f"{over} {MORE} {under}"


def _areas(finding: Finding, _: Catalog, lang: Lang) -> str:
    told = finding.told
    n, summed, total = (number(told["n"], lang), float(told["sum"]), float(told["total"]))
    sign = UNEQUAL if finding.variant == "areas.sum" else MORE
    return f"Σ({n}) = {plain(summed, lang)} {sign} {plain(total, lang)}"


def _list(finding: Finding, _: Catalog, lang: Lang) -> str:
    told = finding.told
    sign = MORE if float(told["value"]) > told["named"] else LESS
    return f"{plain(float(told['value']), lang)} {sign} {number(told['named'], lang)}"


def _between(finding: Finding, _: Catalog, lang: Lang) -> str:
    least, most, gap = (plain(float(finding.told[k]), lang) for k in ("least", "most", "gap"))
    return f"{most} − {least} = {gap}"


_ARITHMETIC: Final[Mapping[str, Callable[[Finding, Catalog, Lang], Any]]] = {
    "parts.sum": _sum,
    "parts.sums": _sum,
    "parts.categories": _sum,
    "parts.categories_over": _sum,
    "parts.within": _sum,
    "parts.within_one": _sum,
    "ratios.value": _ratio,
    "ratios.figures": _ratio,
    "ratios.numerator": _part,
    "ratios.denominator": _part,
    "ratios.over": _over,
    "areas.sum": _areas,
    "areas.some": _areas,
    "lists.count": _list,
    "sources.number": _between,
    "sources.number_one": _between,
    "sources.added": _between,
    "sources.added_one": _between,
}

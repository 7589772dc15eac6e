"""The findings of the audit in plain words: what does not agree, the arithmetic, the tolerance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from base.words import Lang, day, decimals_of, number, period, pick, t, tn
from geo.editions import COUNTRY_CODE
from metrics.audit.records import Finding, Severity
from metrics.catalog import Catalog, Indicator
from metrics.exporting import area_name

# So many names of places stand in a sentence; the rest is counted.
MOST_NAMES: Final = 8
MOST_DECIMALS: Final = 6
UNEQUAL, MORE, LESS = "≠", ">", "<"
_PLAIN: Final = ("n", "of", "named")
_DAYS: Final = ("deadline", "newest", "since", "before")
_ROUNDED: Final = ("parts", "ratios", "areas", "sources")


def title(finding: Finding, catalog: Catalog, lang: Lang) -> str:
    """Name what a finding is about: its indicator, or its theme."""
    if finding.indicator:
        return pick(catalog.indicator(finding.indicator).title, lang)
    return pick(catalog.domains[str(finding.told["domain"])].title, lang)


def where(finding: Finding, lang: Lang) -> str:
    """Name the place of a finding; how many places where it is about many; "" for a whole map."""
    if finding.area:
        name = area_name(finding.edition, finding.area, lang)
        return t("audit.country", lang) if finding.area == COUNTRY_CODE else name
    if finding.places:
        return tn("audit.places", len(finding.places), lang, n=number(len(finding.places), lang))
    return ""


def when(finding: Finding, lang: Lang) -> str:
    """Write the period of a finding, as its first observation has it; "" where it has none."""
    if not finding.witnesses or finding.rule == "deadlines":
        return day(finding.period_end, lang) if finding.period_end else ""
    first = finding.witnesses[0]
    return period(first.period_start, first.period_end, first.grain, lang)


def names(finding: Finding, lang: Lang, most: int = MOST_NAMES) -> str:
    """Name the places of a finding about many, the first of them where there are more."""
    told = [area_name(edition, code, lang) for edition, code in finding.places[:most]]
    rest = len(finding.places) - len(told)
    more = tn("audit.more", rest, lang, n=number(rest, lang)) if rest > 0 else ""
    return ", ".join(told) + (f" {more}" if more else "")


def say(finding: Finding, catalog: Catalog, lang: Lang) -> str:
    """Say in a sentence or two what does not agree, and what to think of where that is in doubt."""
    values = _values(finding, catalog, lang)
    text = t(f"audit.say.{finding.variant}", lang, **values)
    if finding.severity is not Severity.CHECK:
        return text
    doubt = "rounded" if finding.rule in _ROUNDED else finding.variant.replace(".", "_")
    return f"{text} {t(f'audit.doubt.{doubt}', lang)}"


def arithmetic(finding: Finding, catalog: Catalog, lang: Lang) -> str:
    """Write the sum that shows it, with the tolerance of rounding; "" where nothing is reckoned."""
    write = _ARITHMETIC.get(finding.variant)
    return write(finding, catalog, lang) if write else ""


def tolerance(finding: Finding, lang: Lang) -> str:
    """Say what rounding of the printed digits was allowed for; "" where it has no part in it."""
    allowed = finding.told.get("tolerance")
    if finding.rule not in _ROUNDED:
        return ""
    if not allowed:
        return t("audit.exact", lang)
    return t("audit.tolerance", lang, n=_plain(float(allowed), lang))


def _values(finding: Finding, catalog: Catalog, lang: Lang) -> dict[str, str]:
    told = finding.told
    values: dict[str, str] = {}
    for name, value in told.items():
        if name in _PLAIN:
            values[name] = number(value, lang)
        elif name in _DAYS:
            values[name] = day(value, lang) if isinstance(value, date) else ""
        elif isinstance(value, float):
            values[name] = _figure(value, name, finding, catalog, lang)
    values |= _titles(finding, catalog, lang)
    values["names"] = names(finding, lang)
    if finding.period_end is not None:
        values["day"] = day(finding.period_end, lang)
    if "parts" in told:
        values["count"] = number(len(told["parts"]), lang)
    if "level" in told:
        values["level"] = tn(f"level.{told['level']}", 2, lang)
    if "total" in told and "sum" in told:
        gap = abs(float(told["total"]) - float(told["sum"]))
        values["gap"] = _plain(gap, lang)
    return values


def _titles(finding: Finding, catalog: Catalog, lang: Lang) -> dict[str, str]:
    """Name the indicators, categories and places that a finding mentions by id."""
    told = finding.told
    values = {
        name: _short(catalog, str(told[name]), lang)
        for name in ("rate", "evidence", "part")
        if told.get(name)
    }
    if "part" in told and not told["part"]:
        ids = dict.fromkeys(w.indicator for w in finding.witnesses[1:])
        values["part"] = " + ".join(_short(catalog, id_, lang) for id_ in ids)
    if finding.variant == "ranks.order":
        values["what"] = _short(catalog, str(told["of"]), lang)
    status = told.get("status", finding.indicator)
    for name in ("said", "full", "category"):
        if name in told:
            said = told[name] if isinstance(told[name], tuple) else (told[name],)
            values[name] = " / ".join(_category(catalog, str(status), str(i), lang) for i in said)
    if "domain" in told:
        values["domain"] = pick(catalog.domains[str(told["domain"])].title, lang)
    if "other" in told:
        values["other"] = area_name(str(told["other_edition"]), str(told["other"]), lang)
    return values


def _short(catalog: Catalog, id_: str, lang: Lang) -> str:
    return pick(catalog.indicator(id_).short, lang)


def _category(catalog: Catalog, status: str, id_: str, lang: Lang) -> str:
    indicator = catalog.indicator(status)
    if indicator.kind == "date":
        return day(date.fromisoformat(id_), lang)
    titles = {c.id: pick(c.title, lang) for c in indicator.categories}
    return titles.get(id_, id_)


def _plain(value: float, lang: Lang) -> str:
    # What is left of 331338.3 - 331326.1 in floating point is no digit of anybody's.
    value = round(value, MOST_DECIMALS)
    return number(value, lang, decimals_of(value, MOST_DECIMALS))


def _figure(value: float, name: str, finding: Finding, catalog: Catalog, lang: Lang) -> str:
    """Write a number of a finding with the unit that it has."""
    if name == "computed":
        # One digit more than the source printed shows where they part.
        digits = decimals_of(float(finding.told["value"])) + 1
        text = number(value, lang, digits)
    else:
        text = _plain(value, lang)
    indicator = _measured(finding, name, catalog)
    return text if indicator is None else _with_unit(text, indicator, lang)


def _measured(finding: Finding, name: str, catalog: Catalog) -> Indicator | None:
    """Return the indicator whose unit a number of a finding has; None where it has none."""
    if name in ("value", "other_value") and finding.variant == "ranks.order":
        return catalog.indicator(str(finding.told["of"]))
    if name == "value" and finding.rule == "statuses":
        return catalog.indicator(str(finding.told["rate"]))
    if name in ("value", "computed") and finding.variant in ("ratios.value", "ratios.figures"):
        return catalog.indicator(finding.indicator)
    if name in ("total", "least", "most") and finding.rule in ("parts", "areas", "sources"):
        return catalog.indicator(finding.indicator)
    return None


def _with_unit(text: str, indicator: Indicator, lang: Lang) -> str:
    unit = pick(indicator.unit, lang)
    return f"{text}{unit}" if unit.startswith(("%", "‰")) else f"{text} {unit}"


def _sum(finding: Finding, _: Catalog, lang: Lang) -> str:
    told = finding.told
    parts = " + ".join(_plain(float(part), lang) for part in told["parts"])
    summed, total = float(told["sum"]), float(told["total"])
    sign = UNEQUAL if finding.variant == "parts.sum" else MORE
    equal = f" = {_plain(summed, lang)}" if len(told["parts"]) > 1 else ""
    return f"{parts}{equal} {sign} {_plain(total, lang)}"


def _ratio(finding: Finding, _: Catalog, lang: Lang) -> str:
    told = finding.told
    over, under = (_plain(float(told[name]), lang) for name in ("numerator", "denominator"))
    digits = decimals_of(float(told["value"])) + 2
    computed = number(float(told["computed"]), lang, digits)
    return f"{over} ÷ {under} × 100 = {computed} {UNEQUAL} {_plain(float(told['value']), lang)}"


def _part(finding: Finding, _: Catalog, lang: Lang) -> str:
    told = finding.told
    parts = " + ".join(_plain(float(part), lang) for part in told["parts"])
    equal = f" = {_plain(float(told['sum']), lang)}" if len(told["parts"]) > 1 else ""
    return f"{parts}{equal} {UNEQUAL} {_plain(float(told['value']), lang)}"


def _over(finding: Finding, _: Catalog, lang: Lang) -> str:
    over, under = (_plain(float(finding.told[k]), lang) for k in ("numerator", "denominator"))
    return f"{over} {MORE} {under}"


def _areas(finding: Finding, _: Catalog, lang: Lang) -> str:
    told = finding.told
    n, summed, total = (number(told["n"], lang), float(told["sum"]), float(told["total"]))
    sign = UNEQUAL if finding.variant == "areas.sum" else MORE
    return f"Σ({n}) = {_plain(summed, lang)} {sign} {_plain(total, lang)}"


def _list(finding: Finding, _: Catalog, lang: Lang) -> str:
    told = finding.told
    sign = MORE if float(told["value"]) > told["named"] else LESS
    return f"{_plain(float(told['value']), lang)} {sign} {number(told['named'], lang)}"


def _between(finding: Finding, _: Catalog, lang: Lang) -> str:
    least, most, gap = (_plain(float(finding.told[k]), lang) for k in ("least", "most", "gap"))
    return f"{most} − {least} = {gap}"


_ARITHMETIC: Final[Mapping[str, Callable[[Finding, Catalog, Lang], Any]]] = {
    "parts.sum": _sum,
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
}

"""The findings of the audit in plain words: what does not agree, the arithmetic, the tolerance."""

from __future__ import annotations

from datetime import date
from typing import Final

from base.words import Lang, day, decimals_of, number, partial_day, pick, t, tn
from geo.editions import COUNTRY_CODE
from metrics.audit.records import Finding, Severity
from metrics.audit.sums import plain
from metrics.audit.worked_out import worked_out
from metrics.catalog import Catalog, Indicator
from metrics.exporting import area_name

# So many names of places stand in a sentence; the rest is counted.
MOST_NAMES: Final = 8
MOST_DECIMALS: Final = 6
_PLAIN: Final = ("n", "of", "named", "twice")
_DAYS: Final = ("deadline", "newest", "since", "before")
_ROUNDED: Final = ("parts", "ratios", "areas", "sources")
_UNROUNDED: Final = ("parts.cohort", "sources.targets")


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
    span = finding.told.get("due") or finding.told.get("latest")
    if span:
        return str(span.text(lang))
    if not finding.witnesses or finding.rule == "deadlines":
        return day(finding.period_end, lang) if finding.period_end else ""
    return finding.witnesses[0].span.text(lang)


def names(finding: Finding, lang: Lang, most: int = MOST_NAMES) -> str:
    """Name the places of a finding about many, the first of them where there are more."""
    told = [area_name(edition, code, lang) for edition, code in finding.places[:most]]
    rest = len(finding.places) - len(told)
    more = tn("audit.more", rest, lang, n=number(rest, lang)) if rest > 0 else ""
    return ", ".join(told) + (f" {more}" if more else "")


def say(finding: Finding, catalog: Catalog, lang: Lang) -> str:
    """Say in a sentence or two what does not agree, and what to think of where that is in doubt."""
    values = _values(finding, catalog, lang)
    text = tn(f"audit.say.{finding.variant}", int(finding.told.get("n", 0)), lang, **values)
    if finding.severity is not Severity.CHECK:
        return text
    rounded = finding.rule in _ROUNDED and not finding.variant.startswith(_UNROUNDED)
    doubt = "rounded" if rounded else finding.variant.replace(".", "_")
    return f"{text} {t(f'audit.doubt.{doubt}', lang)}"


def tolerance(finding: Finding, lang: Lang) -> str:
    """Say what rounding of the printed digits was allowed for; "" where it has no part in it."""
    allowed = finding.told.get("tolerance")
    if finding.rule not in _ROUNDED:
        return ""
    if not allowed:
        exact = all(w.value is None or w.value == round(w.value) for w in finding.witnesses)
        return t("audit.exact", lang) if exact else ""
    return t("audit.tolerance", lang, n=plain(float(allowed), lang))


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
        latest = finding.told.get("latest")
        values["day"] = latest.text(lang) if latest else day(finding.period_end, lang)
    if "parts" in told:
        values["count"] = number(len(told["parts"]), lang)
    if "level" in told:
        values["level"] = tn(f"level.{told['level']}", 2, lang)
    if "total" in told and "sum" in told:
        gap = abs(float(told["total"]) - float(told["sum"]))
        values["gap"] = plain(gap, lang)
    return values | worked_out(finding, catalog, lang)


def _titles(finding: Finding, catalog: Catalog, lang: Lang) -> dict[str, str]:
    """Name the indicators, categories and places that a finding mentions by id."""
    told = finding.told
    values = {
        name: _short(catalog, str(told[name]), lang)
        for name in ("rate", "evidence", "part", "cohort")
        if told.get(name)
    }
    if "part" in told and not told["part"]:
        ids = dict.fromkeys(w.indicator for w in finding.witnesses[1:])
        values["part"] = " + ".join(_short(catalog, id_, lang) for id_ in ids)
    if finding.variant == "ranks.order":
        values["what"] = _short(catalog, str(told["figure"]), lang)
    for name in ("on", "other_on"):
        if name in told:
            values[name] = partial_day(str(told[name]), lang)
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


def _figure(value: float, name: str, finding: Finding, catalog: Catalog, lang: Lang) -> str:
    """Write a number of a finding with the unit that it has."""
    if name == "computed":
        # One digit more than the source printed shows where they part.
        digits = decimals_of(float(finding.told["value"])) + 1
        text = number(value, lang, digits)
    else:
        text = plain(value, lang)
    indicator = _measured(finding, name, catalog)
    return text if indicator is None else _with_unit(text, indicator, lang)


def _measured(finding: Finding, name: str, catalog: Catalog) -> Indicator | None:
    """Return the indicator whose unit a number of a finding has; None where it has none."""
    if name in ("value", "other_value") and finding.variant == "ranks.order":
        return catalog.indicator(str(finding.told["figure"]))
    if finding.variant in ("sources.targets", "sources.same"):
        own = catalog.indicator(finding.indicator)
        return own if name in ("least", "most", "value", "other_value") else None
    if name == "value" and finding.rule == "statuses":
        return catalog.indicator(str(finding.told["rate"]))
    if name in ("value", "computed") and finding.variant in (
        "ratios.value",
        "ratios.figures",
        "whole.over",
    ):
        return catalog.indicator(finding.indicator)
    if name in ("total", "least", "most", "added") and finding.rule in (
        "parts",
        "areas",
        "sources",
    ):
        return catalog.indicator(finding.indicator)
    return None


def _with_unit(text: str, indicator: Indicator, lang: Lang) -> str:
    if indicator.kind == "rank":
        return t("value.rank", lang, value=text)
    unit = pick(indicator.unit, lang)
    return f"{text}{unit}" if unit.startswith(("%", "‰")) else f"{text} {unit}"

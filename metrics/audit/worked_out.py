"""The words of what was worked out: bases, plans, wholes, people, denominators, changes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final

from base.words import Lang, decimals_of, number, period, pick, t
from metrics.audit.records import Finding
from metrics.audit.sums import plain
from metrics.catalog import Catalog
from metrics.exporting import area_name

# What is worked out of figures of three digits has no more.
DIGITS: Final = 3
MOST_CHANGES: Final = 12
SEPARATOR: Final = "; "
ARROW: Final = " → "
# Those of the source's own; how others were made is told elsewhere.
PLAIN: Final = ("exact", "computed", "")
Texts = dict[str, str]


def worked_out(finding: Finding, catalog: Catalog, lang: Lang) -> Texts:
    """Write the figures of a finding that need more than their digits; none for other rules."""
    write = _WORDS.get(finding.rule)
    return write(finding, catalog, lang) if write else {}


def _implied(finding: Finding, catalog: Catalog, lang: Lang) -> Texts:
    told = finding.told
    unit = pick(catalog.indicator(finding.indicator).unit, lang)
    if finding.variant in ("implied.whole", "implied.rest"):
        return {
            "value": _as_said(finding, catalog, lang),
            "share": plain(told["share"], lang) + unit,
            "whole": number(_rounded(told["whole"]), lang),
        }
    names = [name for name in ("by", "share") if name in told]
    digits = max(decimals_of(float(told[name])) for name in ("value", *names))
    made = {
        name: number(told[name], lang, digits)
        for name in ("ratio", "points", "before")
        if name in told
    }
    if "plan" in told:
        made["plan"] = number(told["plan"], lang, digits)
    made |= {name: plain(told[name], lang) for name in ("value", *names)}
    return {name: text + unit for name, text in made.items()}


def _people(finding: Finding, catalog: Catalog, lang: Lang) -> Texts:
    told = finding.told
    made = {
        "people": number(told["people"], lang),
        "times": number(told["times"], lang),
    }
    if finding.variant == "people.more":
        made["value"] = _as_said(finding, catalog, lang)
    elif "value" in told:
        made["value"] = number(told["value"], lang)
    if "parts" in told:
        made["terms"] = " + ".join(number(part, lang) for part in told["parts"])
    return made


def _denominators(finding: Finding, _: Catalog, lang: Lang) -> Texts:
    listed = [
        t(
            "audit.say.denominators.of",
            lang,
            name=area_name(edition, code, lang),
            most=number(most, lang),
            least=number(least, lang),
            gap=number(most - least, lang),
        )
        for edition, code, most, least in finding.told["unders"]
    ]
    return {"unders": SEPARATOR.join(listed)}


def _goals(finding: Finding, catalog: Catalog, lang: Lang) -> Texts:
    told, part = finding.told, str(finding.told["part"])
    made = {name: _with(told[name], catalog, part, lang) for name in ("value", "wanted", "gap")}
    if pick(catalog.indicator(part).unit, lang).startswith("%"):
        made["gap"] = f"{plain(told['gap'], lang)} {t('change.points', lang)}"
    made["when"] = finding.witnesses[-1].span.text(lang)
    return made | _deadlines(finding, catalog, lang)


def _deadlines(finding: Finding, _: Catalog, lang: Lang) -> Texts:
    """Write deadlines and dates as the sources have them: a month is no day."""
    names = {"due": "deadline", "known": "newest"}
    return {
        name: finding.told[as_of].text(lang)
        for as_of, name in names.items()
        if finding.told.get(as_of)
    }


def _statuses(finding: Finding, catalog: Catalog, lang: Lang) -> Texts:
    told = finding.told
    if not math.isnan(told.get("under", math.nan)):
        # Of how many it is: "165 of 179 facilities".
        value = number(told["value"], lang)
        unit = pick(catalog.indicator(str(told["rate"])).unit, lang)
        whole = f"{number(told['under'], lang)} {unit}"
        return {"value": t("value.of", lang, value=value, whole=whole)}
    if "before" not in finding.told:
        return {}
    return {"before": finding.witnesses[-1].span.text(lang)}


def _given(finding: Finding, catalog: Catalog, lang: Lang) -> Texts:
    return {"value": _with(finding.told["value"], catalog, finding.indicator, lang)}


def _revised(finding: Finding, _: Catalog, lang: Lang) -> Texts:
    changes = finding.told["changes"]
    digits = max(decimals_of(value) for *_, values in changes for value in values)
    listed = [
        f"{period(start, end, grain, lang)}: {_chain(values, digits, lang)}"
        for start, end, grain, values in changes[:MOST_CHANGES]
    ]
    return {"changes": SEPARATOR.join(listed)}


def _chain(values: tuple[float, ...], digits: int, lang: Lang) -> str:
    """Write readings one after the other, the same one once."""
    once = [value for at, value in enumerate(values) if at == 0 or value != values[at - 1]]
    return ARROW.join(number(value, lang, digits, fixed=True) for value in once)


def _as_said(finding: Finding, catalog: Catalog, lang: Lang) -> str:
    """Write the figure of a finding with its unit, as rough or as bounded as its source has it."""
    value, part = finding.told["value"], str(finding.told["part"])
    text = _with(value, catalog, part, lang)
    of = (w for w in finding.witnesses if (w.indicator, w.value) == (part, value))
    qualifier = next((w.qualifier for w in of), "")
    return text if qualifier in PLAIN else t(f"qualifier.{qualifier}", lang, value=text)


def _with(value: float, catalog: Catalog, indicator: str, lang: Lang) -> str:
    unit = pick(catalog.indicator(indicator).unit, lang)
    text = plain(value, lang)
    return f"{text}{unit}" if unit.startswith(("%", "‰")) else f"{text} {unit}"


def _rounded(value: float) -> float:
    return float(round(value, DIGITS - 1 - math.floor(math.log10(abs(value))))) if value else 0.0


_WORDS: Final[Mapping[str, Callable[[Finding, Catalog, Lang], Texts]]] = {
    "implied": _implied,
    "people": _people,
    "denominators": _denominators,
    "goals": _goals,
    "deadlines": _deadlines,
    "statuses": _statuses,
    "given": _given,
    "revised": _revised,
}

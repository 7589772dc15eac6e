"""The table of areas beside the map: the same areas, with every count."""

from __future__ import annotations

import math
from typing import Any

from base.words import Lang, number, t, tn
from geo.coverage.ground import SIMULATED_EN, SIMULATED_VI, Result
from geo.editions import Level, area
from geo.names import vietnamese_key
from ui.gaps.gapmap import place_words
from ui.gaps.pick import areas_here, lowest_name
from ui.gaps.rated import rate_column, rate_words, rated
from ui.gaps.settings import PERS, SORTS, Settings

# Columns of `Result.areas` that are shown only where they say anything.
_SOMETIMES = ("weak", "no_4g", "uncovered_no_power", "unknown", "people_uncovered")


def columns_of(rows: Any) -> list[str]:
    """Return the columns of counts worth showing, in order."""
    order = ("uncovered", "settlements", *_SOMETIMES)
    return [name for name in order if name not in _SOMETIMES or rows[name].fillna(0).any()]


def counts_data(result: Result, settings: Settings, lang: Lang) -> dict[str, Any]:
    """Describe the table of the areas of a view, for static/ui/counts.js.

    Parameters
    ----------
    settings
        Which place, rates of what, and the order.
    """
    rates = rated(result, settings, lang)
    rows = areas_here(result, settings)
    shown = columns_of(rows)
    group = dict(zip(rates.codes, rates.marks, strict=True))
    heads = [
        ("place", t("gaps.head.place", lang)),
        ("rate", t(f"gaps.head.rate_{settings.per}", lang)),
    ]
    heads += [(name, t(f"gaps.head.{name}", lang)) for name in shown]
    return {
        "caption": f"{rate_words(settings.per, lang)}: {place_words(settings, lang)}",
        "mark": f"{SIMULATED_VI} · {SIMULATED_EN}" if result.simulated else "",
        "heads": heads,
        "sorts": [name for name in SORTS if name in ("place", "rate", *shown)],
        "sort": settings.sort,
        "rows": [_row(row, shown, group, settings, lang) for row in _ordered(rows, settings, lang)],
        "colors": [] if rates.few else list(rates.palette),
        "selected": settings.place,
        "hints": {"open": t("gaps.hint.open", lang), "sort": t("gaps.hint.sort", lang)},
    }


def _ordered(rows: Any, settings: Settings, lang: Lang) -> list[dict[str, Any]]:
    found = rows.to_dict("records")
    column = rate_column(settings.per)[0] if settings.sort == SORTS[0] else settings.sort
    for row in found:
        row["short"] = _name(row, settings, lang)
    found.sort(key=lambda row: vietnamese_key(row["short"]))
    if settings.sort != SORTS[1]:
        # Equal rates: where more are uncovered first; nothing known last.
        found.sort(key=lambda row: (-_or_less(row[column]), -row["uncovered"]))
    return found


def _or_less(value: float) -> float:
    return -1.0 if math.isnan(value) else float(value)


def _name(row: dict[str, Any], settings: Settings, lang: Lang) -> str:
    """Name an area; one of many provinces with its province."""
    name = lowest_name(settings.edition, row["code"], lang)
    if settings.province or row["level"] == str(Level.PROVINCE):
        return name
    parent = area(settings.edition, row["code"]).parent or ""
    return f"{name}, {lowest_name(settings.edition, parent, lang)}"


def _row(
    row: dict[str, Any], shown: list[str], group: dict[str, str], settings: Settings, lang: Lang
) -> list[Any]:
    column, scale = rate_column(settings.per)
    rate = row[column] * scale
    texts = [row["short"], "–" if math.isnan(rate) else number(rate, lang, 1, fixed=True)]
    texts += ["–" if math.isnan(row[name]) else number(float(row[name]), lang) for name in shown]
    mark = group.get(row["code"], "")
    return [row["code"], texts, int(mark) if mark.isdigit() else -1]


def unplaced_text(result: Result, lang: Lang) -> str:
    """Say how many settlements are in no area of the edition looked at; "" for none."""
    n = int((result.settlements["area_code"] == "").sum())
    return tn("gaps.unplaced", n, lang, n=number(n, lang)) if n else ""


def place_sentence(row: dict[str, object] | None, settings: Settings, lang: Lang) -> str:
    """Say in one sentence what was found in the place looked at."""
    name = place_words(settings, lang)
    if row is None:
        return t("gaps.place.none", lang, name=name)
    values: dict[str, Any] = row
    rate = float(values[rate_column(PERS[0])[0]])
    said = t(
        "gaps.place.said",
        lang,
        name=name,
        villages=number(values["settlements"], lang),
        uncovered=number(values["uncovered"], lang),
        rate="–" if math.isnan(rate) else number(rate, lang, 1),
        unknown=number(values["unknown"], lang),
    )
    if values["people"]:
        said += " " + t(
            "gaps.place.people",
            lang,
            people=number(values["people_uncovered"], lang),
            of=number(values["people"], lang),
        )
    return said

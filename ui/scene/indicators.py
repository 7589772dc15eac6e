"""What the pickers of indicator and basis offer, with how many areas have figures and when."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from base.words import Lang, day, number, pick, t
from geo.editions import Level
from metrics.catalog import Indicator
from metrics.store import Store
from ui.address import PUBLISHED, bases
from ui.scene.figures import FIGURES, records
from ui.scene.found import Found
from ui.scene.places import level_name
from ui.scene.scene import FEWEST_FOR_COLOUR

Option = dict[str, Any]


def indicator_options(found: Found) -> list[Option]:
    """List what the indicator picker offers at the level of a view.

    Featured ones come first, then those with figures for several areas by domain. What only a
    few places report, or what has figures at another level only, is found by typing.

    Returns
    -------
    list of dict
        As static/ui/combobox.js describes its options.
    """
    view = found.view
    return _options(found.store, view.edition, view.level, view.lang)


@lru_cache(maxsize=16)
def _options(store: Store, edition: str, level: Level, lang: Lang) -> list[Option]:
    counts = store.availability()
    here = counts[(counts["edition"] == edition) & (counts["level"] == str(level))]
    fullest = {
        row["indicator"]: (int(row["areas"]), row["period_end"].date())
        for row in records(here.sort_values(["areas", "period_end"]))
    }
    anywhere = set(counts["indicator"])
    options = [
        _option(store, indicator, level, lang, fullest.get(indicator.id))
        for indicator in store.catalog.indicators.values()
        if indicator.id in anywhere
    ]
    return [option for _, option in sorted(options, key=lambda pair: pair[0])]


def _option(
    store: Store, indicator: Indicator, level: Level, lang: Lang, known: tuple[int, date] | None
) -> tuple[tuple[int, ...], Option]:
    domain = store.catalog.domains[indicator.domain]
    option: Option = {
        "v": indicator.id,
        "t": pick(indicator.short, lang),
        "g": pick(domain.title, lang),
    }
    if known is None:
        note = t("picker.elsewhere", lang)
        option |= {"s": note, "g": t("picker.no_figures_here", lang), "off": True, "typed": True}
        return (3, domain.order, 0), option
    n, newest = known
    areas = level_name(level, lang, n)
    told = t("picker.counted", lang, n=number(n, lang), areas=areas, when=day(newest, lang))
    option["s"] = told
    if indicator.featured is not None and n >= FEWEST_FOR_COLOUR:
        option["g"] = t("picker.featured", lang)
        return (0, indicator.featured, 0), option
    if n < FEWEST_FOR_COLOUR:
        option["typed"] = True
        return (2, domain.order, -n), option
    return (1, domain.order, -n), option


def basis_options(found: Found) -> list[str]:
    """List what the figures of a view can be: as published here, or carried from other editions.

    Only editions on which the indicator has figures at the level of the view are listed.
    """
    view, counts = found.view, found.store.availability()
    here = counts[(counts["indicator"] == view.indicator) & (counts["level"] == str(view.level))]
    known = set(here["edition"])
    return [b for b in bases(view.edition, view.level) if b == PUBLISHED or b in known]


def period_options(found: Found) -> dict[date, str]:
    """List the as-of dates of a view, newest first, as "period · number of areas"."""
    lang = found.lang
    return {stop.at: f"{stop.text(lang)} · {stop.counted(lang)}" for stop in found.stops}


def offers(found: Found) -> list[tuple[Indicator, int]]:
    """List the indicators that do have figures for the areas of a view.

    Returns
    -------
    list of (Indicator, int)
        With the number of areas that have a figure; featured ones and fuller ones first.
    """
    store, rows = found.store, found.store.observations()
    rows = rows[
        (rows["role"] == "result")
        & (rows["edition"] == found.view.edition)
        & (rows["level"] == str(found.view.level))
        & rows["state"].isin(FIGURES)
    ]
    if found.province is not None:
        rows = rows[rows["area"].isin(found.codes)]
    counted = rows.groupby("indicator")["area"].nunique()
    others = [
        (store.catalog.indicators[str(name)], int(n))
        for name, n in counted.items()
        if str(name) != found.view.indicator
    ]
    return sorted(
        others,
        key=lambda hit: (hit[1] < FEWEST_FOR_COLOUR, hit[0].featured or 999, -hit[1], hit[0].id),
    )

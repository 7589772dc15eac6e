"""What the pickers of indicator and basis offer, with how many areas have figures and when."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from base.words import Lang, day, number, pick, t
from geo.editions import Level
from metrics.catalog import Indicator
from metrics.store import Store
from ui.address import PUBLISHED, View, bases
from ui.scene.figures import records
from ui.scene.scene import FEWEST_FOR_COLOUR
from ui.scene.sentences import level_name

Option = dict[str, Any]
VIEWS_KEPT = 256


def indicator_options(store: Store, view: View) -> list[Option]:
    """List what the indicator picker offers at the level of a view.

    Featured ones come first, then those with figures for several areas by domain. What only a
    few places report, or what has figures at another level only, is found by typing.

    Parameters
    ----------
    view
        Edition, level and language.

    Returns
    -------
    list of dict
        As static/ui/combobox.js describes its options.
    """
    return _options(store, view.edition, view.level, view.lang)


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


@lru_cache(maxsize=VIEWS_KEPT)
def basis_options(store: Store, view: View) -> list[str]:
    """List what the figures of a view can be: as published here, or carried from other editions.

    Only editions on which the indicator has figures at the level of the view are listed.
    """
    counts = store.availability()
    here = counts[(counts["indicator"] == view.indicator) & (counts["level"] == str(view.level))]
    known = set(here["edition"])
    return [b for b in bases(view.edition, view.level) if b == PUBLISHED or b in known]

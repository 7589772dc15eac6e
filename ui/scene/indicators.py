"""What the pickers of indicator and basis offer, with how many areas have figures and when."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from base.words import Lang, day, number, pick, t
from geo.editions import Level
from metrics.catalog import Indicator
from metrics.store import Store, kept_in_store
from ui.address import PUBLISHED, bases, mapped_editions
from ui.scene.covered import BACKGROUND, Covered, covered
from ui.scene.figures import FEWEST_FOR_COLOUR, FIGURES, records
from ui.scene.found import Found
from ui.scene.places import level_name, map_name

Option = dict[str, Any]


def indicator_options(found: Found) -> list[Option]:
    """List what the picker offers: what has figures in view, then what has them elsewhere.

    The best covered ones come first, what is said of places last. What is known of one place only,
    and single days, are no maps: profiles and tables have them.

    Returns
    -------
    list of dict
        As static/ui/combobox.js describes its options.
    """
    view, province = found.view, found.province
    parent = province.code if province else None
    return _options(found.store, view.edition, view.level, parent, view.lang)


@kept_in_store(64)
def _options(
    store: Store, edition: str, level: Level, parent: str | None, lang: Lang
) -> list[Option]:
    here = covered(store, edition, level, parent)
    fullest = _fullest(store)
    options = [_here(store, one, level, lang) for one in here if _is_map(store, one)]
    seen = {option["v"] for option in options}
    catalog = store.catalog
    others = sorted(
        (id_ for id_, one in fullest.items() if id_ not in seen and _is_map(store, one)),
        key=lambda id_: (
            catalog.indicators[id_].domain == BACKGROUND,
            -fullest[id_].areas,
            catalog.domains[catalog.indicators[id_].domain].order,
            id_,
        ),
    )
    return options + [_elsewhere(store, fullest[id_], lang) for id_ in others]


def _is_map(store: Store, one: Covered | Fullest) -> bool:
    """Tell whether an indicator makes a map: no single day, and known of more than one place."""
    return store.catalog.indicators[one.indicator].kind != "date" and one.areas > 1


class Fullest(NamedTuple):
    """Where an indicator covers most areas of a map."""

    indicator: str
    areas: int
    edition: str
    level: str


@kept_in_store(8)
def _fullest(store: Store) -> dict[str, Fullest]:
    counts = store.availability()
    counts = counts[counts["edition"].isin(mapped_editions())]
    return {
        str(row["indicator"]): Fullest(
            str(row["indicator"]), int(row["areas"]), str(row["edition"]), str(row["level"])
        )
        for row in records(counts.sort_values(["areas", "edition"]))
        if row["level"] in (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
    }


def _here(store: Store, one: Covered, level: Level, lang: Lang) -> Option:
    indicator = store.catalog.indicators[one.indicator]
    areas, when = level_name(level, lang, one.areas), day(one.newest, lang)
    return {
        "v": indicator.id,
        "t": pick(indicator.short, lang),
        "g": t("picker.here", lang),
        "k": pick(store.catalog.domains[indicator.domain].title, lang),
        "s": t("picker.counted", lang, n=number(one.areas, lang), areas=areas, when=when),
    }


def _elsewhere(store: Store, where: Fullest, lang: Lang) -> Option:
    id_, n, edition, level = where
    indicator = store.catalog.indicators[id_]
    areas = level_name(Level(level), lang, n)
    told = t("picker.at", lang, n=number(n, lang), areas=areas, map=map_name(edition, lang))
    return {
        "v": id_,
        "t": pick(indicator.short, lang),
        "g": t("picker.no_figures_here", lang),
        "k": pick(store.catalog.domains[indicator.domain].title, lang),
        "s": told,
        "off": True,
    }


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

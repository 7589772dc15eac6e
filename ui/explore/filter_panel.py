"""The panel of filters: what can be asked of the areas of a view, and how many have it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from base.words import Lang, number, pick, t, tn
from geo.editions import Level, areas, regions
from metrics.panel import (
    NONE,
    RANK,
    REGION,
    STATUS,
    TYPE,
    FilterError,
    offered,
    read_filters,
    types_at,
)
from ui.scene import Manner, Scene, decimals, unit_text
from ui.shell import filter_panel, go, put


def filters(scene: Scene) -> None:
    """Show the filters that apply to the figures of a scene."""
    if scene.manner is Manner.EMPTY and not scene.view.filters.names:
        return
    filter_panel("filters", panel_data(scene), chosen=lambda line: _follow(scene, line))


def _follow(scene: Scene, line: Any) -> None:
    text = str(line)
    if not text:
        go(filters=NONE)
        return
    try:
        go(filters=read_filters(text, scene.view.edition))
    except FilterError:
        # The reading of the address says in words what is wrong with it.
        put("filters", text[:1000])


def panel_data(scene: Scene) -> dict[str, Any]:
    """Describe the panel for static/ui/filters.js."""
    lang, view = scene.lang, scene.view
    asked = view.filters
    names = offered(scene.indicator, view.edition, view.level)
    if scene.province is not None:  # all of them are in one region
        names = tuple(name for name in names if name != REGION or asked.regions)
    numbers = scene.panel.frame["value"].to_numpy(dtype=float)
    finite = numbers[np.isfinite(numbers)]
    low, high = (finite.min(), finite.max()) if finite.size else (None, None)
    level = view.level
    return {
        "title": t("filters.title", lang),
        "clear": t("filters.clear", lang),
        "counted": _counted(scene),
        "lang": lang,
        "value": {
            "low": _written(asked.low, scene),
            "high": _written(asked.high, scene),
            "first": "" if asked.first is None else str(asked.first),
            "last": "" if asked.last is None else str(asked.last),
            "regions": list(asked.regions),
            "types": list(asked.types),
            "categories": list(asked.categories),
            "missing": asked.missing,
        },
        "names": {name: t(f"filters.{name}", lang) for name in names},
        "unit": unit_text(scene.indicator, lang),
        "ends": {"from": t("filters.from", lang), "to": t("filters.to", lang)},
        "low": _written(low, scene),
        "high": _written(high, scene),
        "offered": list(names),
        "choices": {
            REGION: _regions(view.edition, lang),
            TYPE: [
                [kind, _type_name(kind, level, lang), ""] for kind in types_at(view.edition, level)
            ],
            STATUS: [[c.id, pick(c.title, lang), ""] for c in scene.panel.categories],
        },
        "hints": _hints(names, level, lang),
        "wrong": t("filters.wrong", lang),
    }


def _counted(scene: Scene) -> str:
    if scene.matched is None:
        return ""
    n, of = int(scene.matched.sum()), len(scene.matched)
    lang = scene.lang
    told = {"n": number(n, lang), "of": number(of, lang), "areas": scene.areas(of)}
    return tn("filters.count", n, lang, **told)


def _written(value: float | None, scene: Scene) -> str:
    """Write a value as the reader would type it; its decimals are those of the source."""
    if value is None:
        return ""
    return number(float(value), scene.lang, decimals(scene.indicator, float(value)))


@lru_cache(maxsize=8)
def _regions(edition: str, lang: Lang) -> list[list[str]]:
    found = []
    for region in regions(edition):
        n = number(len(areas(edition, Level.PROVINCE, region.code)), lang)
        name = region.name_vi if lang == "vi" else region.name_en
        found.append([region.code, name, t("filters.provinces", lang, n=n)])
    return found


def _type_name(kind: str, level: Level, lang: Lang) -> str:
    """Name a type of place; among provinces only the law's own words are true."""
    key = f"filters.type.{kind}.{level}" if level is Level.PROVINCE else f"filters.type.{kind}"
    return t(key, lang)


def _hints(names: tuple[str, ...], level: Level, lang: Lang) -> dict[str, str]:
    """Say by which rule places are urban, rural or islands, and how ranks count."""
    found = {}
    if TYPE in names:
        found[TYPE] = t(f"filters.rule.{level}", lang)
    if RANK in names:
        found[RANK] = t("filters.rank.hint", lang)
    return found

"""The rows of a result that belong to the place looked at."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from base.words import Lang
from geo.coverage.ground import Result
from geo.editions import COUNTRY_CODE, Level, area, areas, edition
from ui.gaps.settings import Settings


def areas_here(result: Result, settings: Settings) -> pd.DataFrame:
    """Return the rows of the areas that the map draws."""
    found, province = result.areas, settings.province
    if province:
        return found[found["parent"] == province]
    level = settings.lowest if settings.by_lowest else Level.PROVINCE
    return found[found["level"] == str(level)]


def row_of(result: Result, code: str) -> dict[str, object] | None:
    """Return the sums of one area, None where no settlement is in it."""
    rows = result.areas[result.areas["code"] == code].to_dict("records")
    return {str(name): value for name, value in rows[0].items()} if rows else None


@lru_cache(maxsize=256)
def inside(edition_id: str, code: str) -> frozenset[str]:
    """Return the codes of the lowest areas of a province; of a lowest area its own."""
    if area(edition_id, code).level is not Level.PROVINCE:
        return frozenset({code})
    lowest = areas(edition_id, edition(edition_id).levels[-1])
    return frozenset(place.code for place in lowest if place.parent == code)


def within_place(
    frame: pd.DataFrame, settings: Settings, column: str = "area_code"
) -> pd.DataFrame:
    """Return the rows of a table whose area lies in the place looked at."""
    if settings.place == COUNTRY_CODE:
        return frame
    return frame[frame[column].isin(inside(settings.edition, settings.place))]


def settlements_here(result: Result, settings: Settings) -> pd.DataFrame:
    """Return the settlements of a place."""
    return within_place(result.settlements, settings)


def gaps_here(result: Result, settings: Settings) -> pd.DataFrame:
    """Return the settlements of a place that are uncovered or weak."""
    rows = result.settlements
    return within_place(rows[rows["status"].isin(("uncovered", "weak"))], settings)


def clusters_here(result: Result, settings: Settings) -> pd.DataFrame:
    """Return the clusters that have a gap in a place."""
    rows = result.clusters
    if settings.place == COUNTRY_CODE or rows.empty:
        return rows
    wanted = inside(settings.edition, settings.place)
    return rows[[bool(wanted & set(str(cell).split("; "))) for cell in rows["areas"]]]


def sites_here(result: Result, settings: Settings) -> pd.DataFrame:
    """Return the places of new sites that lie in a place."""
    return within_place(result.ranking.frame, settings)


def lowest_name(edition_id: str, code: str, lang: Lang) -> str:
    """Name an area shortly; a dash where there is none."""
    if not code:
        return "–"
    place = area(edition_id, code)
    return place.short_vi if lang == "vi" else place.short_en

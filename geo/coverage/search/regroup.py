"""Sum what was found by the areas of another edition: the settlements stay, their places change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from geo.coverage.ground import NOWHERE, Bools, Ints, Result, Texts, locate, near_border, places
from geo.coverage.search.totals import area_frame, network_frame, with_verdicts

if TYPE_CHECKING:
    import pandas as pd


def on_edition(result: Result, edition: str) -> Result:
    """Place the settlements of a result in the areas of another edition.

    A code of a file belongs to one edition and says nothing on another: there, points alone decide,
    by approximate boundaries. A settlement that had only a code counts for the country and is in no
    area.

    Parameters
    ----------
    edition
        Edition of the areas wanted; one with boundaries.

    Returns
    -------
    Result
        The same gaps, clusters and sites. Sums of a population grid are left out: they would need
        the grid again.

    Raises
    ------
    CoverageError
        If the edition has no boundaries.
    """
    if edition == result.options.edition:
        return result
    frame = result.settlements
    codes, names, near = _placed(frame, edition)
    moved = frame.assign(area_code=codes, area_name=names, near_border=near)
    own = dict(zip(frame["id"], codes, strict=True))
    ranking, clusters = result.ranking.frame, result.clusters
    if len(ranking):
        ranking = ranking.assign(area_code=[own[id_] for id_ in ranking["id"]])
    if len(clusters):
        joined = moved[moved["cluster"] > 0].groupby("cluster")["area_code"]
        areas = joined.agg(lambda found: "; ".join(sorted(set(found) - {""})))
        clusters = clusters.assign(areas=areas.reindex(clusters["cluster"]).to_numpy())
    areas_now = area_frame(moved, edition)
    if result.terrain is not None:
        areas_now = with_verdicts(areas_now, moved, edition)
    return replace(
        result,
        settlements=moved,
        areas=areas_now,
        networks=network_frame(moved.assign(mask=result.mask), result.layers, edition),
        clusters=clusters,
        ranking=replace(result.ranking, frame=ranking),
        grid=None,
        options=replace(result.options, edition=edition),
    )


def _placed(frame: pd.DataFrame, edition: str) -> tuple[Texts, Texts, Bools]:
    """Find codes, names and whether a border is near, of every settlement."""
    where = places(edition)
    lon, lat = frame["lon"].to_numpy(), frame["lat"].to_numpy()
    index: Ints = np.full(len(frame), NOWHERE, dtype=np.int64)
    there = np.flatnonzero(~np.isnan(lon))
    index[there] = locate(where, lon[there], lat[there])
    near = np.zeros(len(frame), dtype=bool)
    found = np.flatnonzero(index != NOWHERE)
    near[found] = near_border(where, lon[found], lat[found])
    codes = np.array([*(place.code for place in where.areas), ""], dtype=object)
    names = np.array([*(place.name_vi for place in where.areas), ""], dtype=object)
    return codes[index], names[index], near

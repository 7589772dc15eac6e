"""Clusters among the figures of an indicator: `python -m metrics clusters`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import pandas as pd

from base.reading import neutralise, plain_number
from geo.classify import (
    Clusters,
    find_clusters,
    neighbours,
)
from geo.editions import Level
from metrics.exporting import area_name, source_text
from metrics.relate.comparable import Comparable, comparable, figures_of
from metrics.store import Store, kept_in_store

WEIGHTS: Final = "queen contiguity, row-standardised"
MOST_PERMUTATIONS: Final = 99_999
CLUSTER_COLUMNS: Final = (
    "indicator_id",
    "indicator",
    "unit",
    "per",
    "edition",
    "level",
    "area_code",
    "area_name",
    "value",
    "state",
    "period_end",
    "origin_ids",
    "origins",
    "neighbours",
    "neighbour_mean",
    "local_moran",
    "p",
    "p_adjusted",
    "cluster",
    "moran_i",
    "moran_p",
    "n",
    "alpha",
    "permutations",
    "seed",
    "weights",
    "correction",
)


@kept_in_store(32, drawn=True)
def clusters_of(  # noqa: PLR0917 - they are the key of what is kept
    store: Store,
    indicator: str,
    edition: str,
    level: Level,
    parent: str | None,
    at: date | None,
    per: str,
    alpha: float,
    permutations: int,
    seed: int,
    correct: bool,
) -> tuple[Comparable, Clusters]:
    """Look for clusters in a scope; the same question of the same figures is answered once.

    Parameters
    ----------
    per
        Id of what a count is divided by; "" for none.

    Raises
    ------
    NotComparable, NoClusters, NoBoundariesError
        See `metrics.relate.comparable.comparable` and `geo.classify.clusters`.
    """
    figures = figures_of(store, indicator, edition, level, parent, at=at)
    under = figures_of(store, per, edition, level, parent, at=at) if per else None
    if under is not None and under.n_reported == 0:
        under = figures_of(store, per, edition, level, parent)
    measured = comparable(figures, under)
    found = find_clusters(
        measured.values,
        neighbours(edition, level),
        alpha=alpha,
        permutations=permutations,
        seed=seed,
        correct=correct,
    )
    return measured, found


def cluster_rows(store: Store, measured: Comparable, found: Clusters) -> list[dict[str, str]]:
    """Write the clusters as rows of `CLUSTER_COLUMNS`, one per area of the scope, all text."""
    panel, indicator = measured.panel, measured.indicator
    whole = {
        "indicator_id": indicator.id,
        "indicator": indicator.title.vi,
        "unit": indicator.unit.vi,
        "per": "" if measured.per is None else measured.per.indicator.title.vi,
        "edition": panel.edition,
        "level": str(panel.level),
        "moran_i": plain_number(round(found.moran, 6)),
        "moran_p": plain_number(found.p),
        "n": str(found.n),
        "alpha": plain_number(found.alpha),
        "permutations": str(found.permutations),
        "seed": str(found.seed),
        "weights": WEIGHTS,
        "correction": "Benjamini-Hochberg" if found.corrected else "none",
    }
    tested: dict[Any, Any] = found.frame.to_dict("index")
    made = []
    for row in panel.frame.to_dict("records"):
        code = str(row["code"])
        cells = whole | _figure(store, panel.edition, code, row, measured)
        cells |= _tested(tested.get(code), code in found.alone)
        made.append({name: neutralise(text) for name, text in cells.items()})
    return made


def _figure(
    store: Store, edition: str, code: str, row: Mapping[Any, Any], measured: Comparable
) -> dict[str, str]:
    ids = [str(id_) for id_ in row.get("origins") or (row["origin"],) if id_]
    end = row["period_end"]
    return {
        "area_code": code,
        "area_name": area_name(edition, code),
        "value": plain_number(float(measured.values[code])),
        "state": str(row["state"]),
        "period_end": "" if pd.isna(end) else end.date().isoformat(),
        "origin_ids": " ".join(ids),
        "origins": "; ".join(source_text(store.catalog.origin(id_)) for id_ in ids),
    }


def _tested(row: Mapping[str, Any] | None, alone: bool) -> dict[str, str]:
    if row is None:
        return {"cluster": "no_neighbours" if alone else "no_data"}
    return {
        "neighbours": str(row["neighbours"]),
        "neighbour_mean": plain_number(round(row["lag"], 6)),
        "local_moran": plain_number(round(row["local"], 6)),
        "p": plain_number(row["p"]),
        "p_adjusted": plain_number(round(row["q"], 9)),
        "cluster": str(row["kind"]),
    }

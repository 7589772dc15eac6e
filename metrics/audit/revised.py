"""Figures that a source has changed since: what was read of it on several days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.audit.bounds import below, rounding
from metrics.audit.records import Finding, Severity, finding_about
from metrics.audit.sheet import Sheet
from metrics.catalog import Catalog

RULE: Final = "revised"
KEY: Final = ["indicator", "spot", "when"]
BY: Final = ["indicator", "spot"]
PLAIN: Final = ("", "exact", "computed")


def find(sheet: Sheet) -> Iterator[Finding]:
    """Tell, once for each indicator and place, the periods whose figure was changed.

    That is no contradiction: the later reading is in force, the earlier one is kept.
    """
    rows = readings(sheet)
    for _, found in rows.groupby(BY, observed=True, sort=True):
        changes = tuple(
            (
                pd.Timestamp(mine["period_start"].iloc[0]).date(),
                pd.Timestamp(mine["period_end"].iloc[0]).date(),
                str(mine["grain"].iloc[0]),
                tuple(float(value) for value in mine["value"]),
            )
            for _, mine in found.groupby("when", sort=True)
        )
        newest = found.iloc[found["period_end"].argmax()]
        told = {"n": len(changes), "changes": changes}
        yield finding_about(newest, f"{RULE}.periods", Severity.GAP, told, found)


def readings(sheet: Sheet) -> pd.DataFrame:
    """Return the figures that one source gave otherwise on several days, in the order of the days.

    It is one source where the producer is one and each reading has a day of its own.
    """
    rows = sheet.numbers
    rows = rows[rows.duplicated(KEY, keep=False).to_numpy()]
    if rows.empty:
        return rows
    days, producers = _read_on(sheet.catalog), _producers(sheet.catalog)
    origins = rows["origin"].astype(str)
    rows = rows.assign(read=origins.map(days), producer=origins.map(producers))
    groups = rows.groupby(KEY, observed=True)
    low, high = groups["low"].transform("max"), groups["high"].transform("min")
    apart = below(high.to_numpy(dtype=float), low.to_numpy(dtype=float)) | _differ(rows)
    n = groups["value"].transform("size")
    own_day = (groups["read"].transform("nunique") == n) & rows["read"].notna()
    one = groups["producer"].transform("nunique") == 1
    kept = rows[apart & own_day.to_numpy() & one.to_numpy()]
    return kept.sort_values([*BY, "when", "read"], kind="stable")


def _differ(rows: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell which readings are plain figures that differ: no bound, none with zeros of rounding."""
    rough = (rounding(rows["value"].to_numpy(dtype=float)) > 0) | ~rows["qualifier"].isin(PLAIN)
    groups = rows.assign(rough=rough).groupby(KEY, observed=True)
    several = groups["value"].transform("nunique") > 1
    return np.asarray(several & ~groups["rough"].transform("any").astype(bool))


def _read_on(catalog: Catalog) -> dict[str, str]:
    return {id_: one.date_accessed for id_, one in catalog.origins.items() if one.date_accessed}


def _producers(catalog: Catalog) -> dict[str, str]:
    return {id_: one.producer.vi for id_, one in catalog.origins.items()}

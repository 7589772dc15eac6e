"""Parts against totals: the sums that a table, and the store beside it, let one check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from geo.editions import COUNTRY_CODE, Level, area, areas
from geo.names import Method
from metrics.catalog import Catalog
from metrics.importing.cells import WARNING, Block, Finding, named, read_number, shown
from metrics.importing.mapping import Mapping, Measure
from metrics.importing.names import PARENT_ROW

_PERIOD: Final = ["indicator", "role", "period_start", "period_end", "grain"]
_TOTALS: Final = (str(Method.TOTAL), str(Method.COUNTRY))


def total_findings(
    block: Block, mapping: Mapping, places: pd.DataFrame, catalog: Catalog
) -> Iterator[Finding]:
    """Compare total rows and heading rows of a table with the sum of their parts.

    Parameters
    ----------
    block, mapping, places
        The table, its columns, and its rows as `metrics.importing.places.match_places` has them.
    catalog
        Only indicators that add up are summed.

    Yields
    ------
    Finding
        A warning with the arithmetic. A total over a table that is broken into parts by heading
        rows is compared with all parts together.
    """
    parts = (places["code"] != "").to_numpy()
    totals = np.flatnonzero(places["method"].isin(_TOTALS).to_numpy())
    heads = np.flatnonzero((places["method"] == PARENT_ROW).to_numpy())
    groups = [(int(at), parts) for at in totals]
    for at in heads:
        within = (places["parent"] == places["place"].iloc[at]).to_numpy()
        groups.append((int(at), parts & within))
    for measure in mapping.measures if groups else ():
        if not _adds_up(measure, catalog):
            continue
        values = _values(block, mapping, measure)
        for row, mine in groups:
            found = _missed(float(values[row]), values[mine])
            if found:
                place = str(places["place"].iloc[row])[:60]
                told = {"place": place, **found}
                text = str(found["value"])
                number = block.numbers[row]
                yield Finding(WARNING, "total", block.sheet, number, measure.column, text, told)


def _adds_up(measure: Measure, catalog: Catalog) -> bool:
    if not measure.indicator:
        return False
    return catalog.indicator(measure.indicator).aggregation == "sum"


def _values(block: Block, mapping: Mapping, measure: Measure) -> np.ndarray:
    numbers = (read_number(cell, mapping.decimal).value for cell in block.column(measure.column))
    return np.array([np.nan if n is None else n for n in numbers], dtype=float)


def _missed(total: float, values: np.ndarray) -> dict[str, object]:
    """Return the arithmetic where parts do not add up to their total; {} where they do."""
    known = values[np.isfinite(values)]
    summed = float(known.sum())
    if not np.isfinite(total) or len(known) < 2:
        return {}
    if abs(total - summed) <= 1e-9 * max(1.0, abs(total)):
        return {}
    return {"value": shown(total), "sum": shown(float(f"{summed:.12g}")), "n": len(known)}


def stored_totals(
    frame: pd.DataFrame, catalog: Catalog, before: pd.DataFrame, edition: str, level: Level
) -> Iterator[Finding]:
    """Compare sums of complete parts with the figure of their parent in the store.

    Yields
    ------
    Finding
        A warning for each parent whose figure of the same period differs.
    """
    adding = [i.id for i in catalog.indicators.values() if i.aggregation == "sum"]
    rows = frame["indicator"].isin(adding) & frame["value"].notna()
    mine = frame.loc[rows, [*_PERIOD, "area", "value", "sheet", "row", "column"]]
    if mine.empty or before.empty:
        return
    areas_of_sums = _sums(mine, edition, level)
    published = _published(before, edition)
    both = areas_of_sums.merge(published, on=[*_PERIOD, "parent"])
    apart = (both["published"] - both["sum"]).abs()
    wrong = (both["n"] == both["expected"]) & (apart > 1e-9 * both["sum"].abs().clip(lower=1.0))
    for row in both[wrong].to_dict("records"):
        text = shown(row["sum"])
        told = {
            "sum": text,
            "n": int(row["n"]),
            "place": named(area(edition, str(row["parent"]))),
            "published": shown(float(row["published"])),
        }
        where = (str(row["sheet"]), int(row["row"]), str(row["column"]))
        yield Finding(WARNING, "stored_total", *where, text, told)


def _sums(mine: pd.DataFrame, edition: str, level: Level) -> pd.DataFrame:
    """Sum parts by parent and period, with how many there are and should be."""
    homes = {code: _parent(edition, code, level) for code in mine["area"].unique()}
    grouped = mine.assign(parent=mine["area"].map(homes)).groupby([*_PERIOD, "parent"], sort=False)
    sums = grouped.agg(
        sum=("value", "sum"),
        n=("value", "size"),
        sheet=("sheet", "first"),
        row=("row", "first"),
        column=("column", "first"),
    ).reset_index()
    expected = {parent: _n_children(edition, str(parent), level) for parent in set(homes.values())}
    return sums.assign(expected=sums["parent"].map(expected))


def _published(before: pd.DataFrame, edition: str) -> pd.DataFrame:
    """Return the figures of the store that all its sources agree on, by area and period."""
    series = np.where(before["area"] == COUNTRY_CODE, "", edition)
    known = before[(before["edition"] == series) & before["value"].notna()]
    known = known.assign(
        period_start=_iso(known["period_start"]),
        period_end=_iso(known["period_end"]),
        parent=known["area"],
    )
    grouped = known.groupby([*_PERIOD, "parent"], sort=False)["value"]
    said = grouped.agg(published="first", different="nunique").reset_index()
    return said[said["different"] == 1]


def _iso(days: pd.Series) -> pd.Series:
    ids, known = pd.factorize(pd.to_datetime(days), use_na_sentinel=False)
    texts = pd.Series(pd.DatetimeIndex(known).strftime("%Y-%m-%d"), dtype="str").fillna("")
    return texts.take(ids).set_axis(days.index)


def _parent(edition: str, code: str, level: Level) -> str:
    return COUNTRY_CODE if level is Level.PROVINCE else str(area(edition, code).parent)


def _n_children(edition: str, parent: str, level: Level) -> int:
    return len(areas(edition, level, None if parent == COUNTRY_CODE else parent))

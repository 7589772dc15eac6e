"""The observations that are audited, in columns, and what their printed digits allow them to be.

A figure stands for an interval. "92%" says 91.5 to 92.5: half a unit of its last printed digit to
either side. A count is exact; "over 8 million" says anything above. Besides these narrow bounds
there are wide ones, in which the zeros at the end of a large number may be of rounding too ("12.8
million"): what contradicts itself within the wide bounds is a contradiction, what does so only
within the narrow ones has to be checked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd
from ibis.expr.types import Table
from numpy.typing import NDArray

from metrics.audit.bounds import bounds
from metrics.catalog import Catalog
from metrics.observations import STATES_WITH_FIGURE
from metrics.store import SHIPPED_ID, Store
from metrics.targets import BEGINNING, UNTIL, State, progress

RESULT, TARGET = "result", "target"
COLUMNS: Final = (
    "dataset",
    "level",
    "indicator",
    "role",
    "edition",
    "area",
    "period_start",
    "period_end",
    "grain",
    "period_text",
    "value",
    "category",
    "state",
    "numerator",
    "denominator",
    "qualifier",
    "origin",
    "locator",
)
# Few values each, many rows: kept as codes.
CODED: Final = ("dataset", "level", "indicator", "role", "edition", "area", "grain", "category")
CODED_TOO: Final = ("state", "qualifier", "origin", "period_text")


@dataclass(frozen=True)
class Sheet:
    """All that is audited.

    Attributes
    ----------
    rows
        `COLUMNS`, and ``stated`` (whether the source names the period), ``spot``, ``when``,
        ``at``, ``at_origin`` and ``by_origin``: numbers that are the same for the same place, for
        the same period, for both, for both and the same origin, for the same place and origin.
        Text of few values is categorical.
    catalog
        What the figures mean, and how they hang together.
    reached
        Indicator, edition, area and deadline of the targets that are known to be reached.
    """

    rows: pd.DataFrame
    catalog: Catalog
    reached: frozenset[tuple[str, str, str, date | None]] = frozenset()

    @cached_property
    def results(self) -> pd.DataFrame:
        """The results that have a figure."""
        rows = self.rows
        kept = (rows["role"] == RESULT) & rows["state"].isin(STATES_WITH_FIGURE)
        return rows[kept.to_numpy()]

    @cached_property
    def numbers(self) -> pd.DataFrame:
        """The results that are numbers, with their bounds: low, high, low_wide, high_wide."""
        results = self.results
        found = results[results["value"].notna().to_numpy()].copy()
        for name, wide in (("", False), ("_wide", True)):
            found[f"low{name}"], found[f"high{name}"] = bounds(found, self.catalog, wide=wide)
        return found

    @cached_property
    def of_indicator(self) -> dict[str, pd.DataFrame]:
        """The numbers of each indicator."""
        return _by_indicator(self.numbers)

    @cached_property
    def said_of(self) -> dict[str, pd.DataFrame]:
        """The results of each indicator that are no numbers: categories and dates."""
        return _by_indicator(self.results[self.results["value"].isna().to_numpy()])

    def numbers_of(self, indicator: str) -> pd.DataFrame:
        """Return the numbers of one indicator; none is a frame without rows."""
        return self.of_indicator.get(indicator, self.numbers.iloc[:0])

    def said(self, indicator: str) -> pd.DataFrame:
        """Return the categories or dates of one indicator."""
        return self.said_of.get(indicator, self.results.iloc[:0])


def _by_indicator(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    groups = rows.groupby("indicator", observed=True, sort=False)
    return {str(name): group for name, group in groups}


def read_sheet(store: Store) -> Sheet:
    """Read from the store what the audit needs: the columns it compares, of what is in force."""

    def narrow(rows: Table) -> Table:
        words = rows.period_text
        opens = words.re_search(BEGINNING) & ~words.contains(UNTIL)
        stated = (words.re_search(r"\d") & ~opens) | (rows.dataset != SHIPPED_ID)
        return rows.select(*COLUMNS, stated=stated)

    sheet = make_sheet(store.read(narrow, ordered=False), store.catalog)
    done = (one.goal for one in progress(store) if one.state is State.REACHED)
    reached = frozenset((goal.indicator.id, goal.edition, goal.area, goal.due) for goal in done)
    return replace(sheet, reached=reached)


def make_sheet(rows: pd.DataFrame, catalog: Catalog) -> Sheet:
    """Prepare observations for the audit.

    Parameters
    ----------
    rows
        `COLUMNS` and ``stated``, as of the store.
    catalog
        The catalog; observations of indicators that it does not know are left out.
    """
    rows = rows[rows["indicator"].isin(list(catalog.indicators)).to_numpy()].copy()
    for name in (*CODED, *CODED_TOO):
        rows[name] = rows[name].fillna("").astype("category")
    rows["spot"] = _joint(rows, ("edition", "area"))
    days = {
        f"{name}_day": pd.to_datetime(rows[name]).astype("datetime64[s]").astype("int64")
        for name in ("period_start", "period_end")
    }
    rows["when"] = _joint(rows.assign(**days), (*days, "grain"))
    rows["at"] = _joint(rows, ("spot", "when"))
    rows["at_origin"] = _joint(rows, ("at", "origin"))
    rows["by_origin"] = _joint(rows, ("spot", "origin"))
    order = ["indicator", "spot", "when", "origin", "locator"]
    return Sheet(rows.sort_values(order, kind="stable", ignore_index=True), catalog)


def _joint(rows: pd.DataFrame, names: tuple[str, ...]) -> NDArray[np.int64]:
    """Give each combination of columns a number, in their order."""
    joint = np.zeros(len(rows), dtype=np.int64)
    for name in names:
        column = rows[name]
        if isinstance(column.dtype, pd.CategoricalDtype):
            codes, n = column.cat.codes.to_numpy(), len(column.cat.categories)
        else:
            codes, found = pd.factorize(column, sort=True)
            n = len(found)
        joint = joint * (n + 1) + codes.astype(np.int64) + 1
        # Dense again, so that the product never grows beyond 64 bits.
        joint = pd.factorize(joint, sort=True)[0].astype(np.int64)
    return joint

"""Observations put into a table of two dimensions, worked out in the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import ibis
from ibis.expr.types import Table

from metrics.briefs.browse import kept
from metrics.exporting import Filtered
from metrics.store import Store

DIMENSIONS: Final = (
    "indicator",
    "place",
    "period",
    "year",
    "origin",
    "dataset",
    "state",
    "level",
)
PIVOT_ROWS: Final = 40
PIVOT_COLUMNS: Final = 16
# Newest first, everything else in the order of its ids.
_NEWEST_FIRST: Final = ("period", "year")
_BETWEEN: Final = "|"


@dataclass(frozen=True, slots=True)
class Pivot:
    """Observations put into a table of two dimensions.

    Attributes
    ----------
    rows, columns
        Keys of the rows of this page and of the columns shown; see `split_key`.
    n_rows, n_columns
        How many there are in all.
    cells
        By (row, column): ``n`` observations, ``figures`` different ones, and of a cell with one
        the ``value``, ``category``, ``indicator``, ``role``, ``edition``, ``area``, ``state`` and
        ``qualifier``.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    n_rows: int
    n_columns: int
    cells: dict[tuple[str, str], dict[str, Any]]


def split_key(key: str) -> tuple[str, ...]:
    """Take the key of a place (edition, code) or a period (end, start, grain) apart."""
    return tuple(key.split(_BETWEEN))


def pivot(
    store: Store,
    what: Filtered,
    dimensions: tuple[str, str],
    number: int = 1,
    size: int = PIVOT_ROWS,
) -> Pivot:
    """Put the rows that pass into a table of two dimensions; one page of its rows.

    Parameters
    ----------
    dimensions
        What the rows and the columns are, of `DIMENSIONS`.
    number, size
        Which page of the rows, and how many rows it has.

    Returns
    -------
    Pivot
        At most `size` rows and `PIVOT_COLUMNS` columns. Nothing is added up or averaged: a cell
        with several different figures says how many.
    """
    by, across = dimensions
    keys, n_rows = _keys(store, what, by, size, (number - 1) * size)
    columns, n_columns = _keys(store, what, across, PIVOT_COLUMNS, 0)
    if not keys or not columns:
        return Pivot(keys, columns, n_rows, n_columns, {})

    def celled(rows: Table) -> Table:
        passing = kept(rows, what).mutate(by=_key(rows, by), across=_key(rows, across))
        passing = passing.filter(passing.by.isin(list(keys)), passing.across.isin(list(columns)))
        figure = ibis.cases(
            (passing.value.notnull(), passing.value.cast("string")), else_=passing.category
        )
        for name in ("indicator", "role", "state", "qualifier"):
            figure = figure.concat(_BETWEEN, passing[name])
        one = ("value", "category", "indicator", "role", "edition", "area", "state", "qualifier")
        return passing.group_by(["by", "across"]).agg(
            n=passing.count(),
            figures=figure.nunique(),
            **{name: passing[name].min() for name in one},
        )

    found = store.read(celled, ordered=False).to_dict("records")
    cells = {(str(cell["by"]), str(cell["across"])): cell for cell in found}
    return Pivot(keys, columns, n_rows, n_columns, {k: _plain(c) for k, c in cells.items()})


def _plain(cell: dict[Any, Any]) -> dict[str, Any]:
    return {str(name): value for name, value in cell.items() if name not in ("by", "across")}


def _keys(
    store: Store, what: Filtered, dimension: str, size: int, offset: int
) -> tuple[tuple[str, ...], int]:
    def listed(rows: Table) -> Table:
        passing = kept(rows, what)
        keys = passing.select(key=_key(passing, dimension)).distinct()
        newest = dimension in _NEWEST_FIRST
        order = ibis.desc("key") if newest else ibis.asc("key")
        return keys.order_by(order).limit(size, offset=offset)

    def counted(rows: Table) -> Table:
        passing = kept(rows, what)
        return passing.aggregate(n=_key(passing, dimension).nunique())

    n = int(store.read(counted, ordered=False)["n"].iloc[0])
    found = store.read(listed, ordered=False)["key"]
    return tuple(str(key) for key in found), n


def _key(rows: Table, dimension: str) -> Any:
    if dimension == "place":
        return rows.edition.concat(_BETWEEN, rows.area)
    if dimension == "year":
        return rows.period_end.year().cast("string")
    if dimension == "period":
        start = rows.period_start.cast("string").fill_null("")
        return rows.period_end.cast("string").concat(_BETWEEN, start, _BETWEEN, rows.grain)
    return rows[dimension]

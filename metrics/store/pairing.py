"""Rows that come against those of before: what is the same in all columns is told from the rest.

What comes lies in a temporary table while a write is made; the same statements serve either
database.
"""

from __future__ import annotations

from typing import Final

from metrics.store.migrations import Run
from metrics.store.tables import OBSERVATIONS, OWNED_BY, RECORDS, SCHEMAS

COMING: Final = "coming"
PAIRED: Final = "paired"
# Where only some of what a dataset holds is replaced: all that is alike in these columns is.
GROUPS: Final = {
    OBSERVATIONS: (
        *("dataset", "indicator", "edition", "level"),
        *("period_start", "period_end", "grain"),
    ),
    RECORDS: ("dataset", "kind", "id"),
}
# What stands for a missing value of a type; texts that are missing are never the same.
_MISSING: Final = {
    "date": "CAST('0001-01-01' AS date)",
    "float64": "CAST('NaN' AS double precision)",
    "int64": "-1",
    "boolean": "false",
}


def pair(run: Run, name: str, was: str, place: str) -> None:
    """Fill the table of pairs: places of rows of before and of those that come; one may be missing.

    Pairs of rows that are the same in all columns have both. Where a row is there twice, on either
    side, none is taken for the same as another.

    Parameters
    ----------
    name
        The table of the store.
    was
        Condition of its rows that may go.
    place
        What the database calls the place of a row.
    """
    table = name.rpartition(".")[2]
    same = _alike(table, SCHEMAS[table].names, "o", "c")
    before = f"SELECT {place} AS place, * FROM {name} WHERE {was}"
    after = f"SELECT {place} AS place, * FROM {COMING}"
    run(
        f"CREATE TEMP TABLE {PAIRED} AS SELECT o.place AS was_at, c.place AS come_at "
        f"FROM ({before}) o FULL JOIN ({after}) c ON {same}"
    )
    all_ = (
        (f"SELECT count(*) FROM {name} WHERE {was}", "was_at"),
        (f"SELECT count(*) FROM {COMING}", "come_at"),
    )
    if any(run(f"SELECT count({side}) FROM {PAIRED}") != run(rows) for rows, side in all_):
        run(f"DELETE FROM {PAIRED}")
        run(f"INSERT INTO {PAIRED} (was_at) SELECT place FROM ({before}) o")
        run(f"INSERT INTO {PAIRED} (come_at) SELECT place FROM ({after}) c")


def of_groups(name: str) -> str:
    """Write the condition of rows of which others of the same group come."""
    table = name.rpartition(".")[2]
    names = GROUPS.get(table, (OWNED_BY[table],))
    return f"EXISTS (SELECT 1 FROM {COMING} g WHERE {_alike(table, names, name, 'g')})"


def _alike(table: str, names: tuple[str, ...], one: str, other: str) -> str:
    types = {name: str(type_).removeprefix("!") for name, type_ in SCHEMAS[table].items()}
    sides = ([_given(f"{side}.{name}", types[name]) for name in names] for side in (one, other))
    return " AND ".join(f"{a} = {b}" for a, b in zip(*sides, strict=True))


def _given(column: str, type_: str) -> str:
    return f"COALESCE({column}, {_MISSING[type_]})" if type_ in _MISSING else column

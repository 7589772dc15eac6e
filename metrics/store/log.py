"""What each import has changed of what is published: new, revised and withdrawn figures.

Written inside the write that changes them, so that a generation and its line in the log come into
force together, and kept when the generations before are pruned. Only what everybody sees is told
of: a dataset that is private, withdrawn or superseded counts for nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from metrics.store.change import Change
from metrics.store.migrations import Run
from metrics.store.stamps import stamp_of
from metrics.store.tables import (
    CHANGES,
    CHANGES_SCHEMA,
    DATASETS,
    DATE_COLUMNS,
    OBSERVATIONS,
    SAID,
    SIDE,
    published,
)

NEW: Final = "new"
# Said besides what is said already, and not the same: a second source, or a second reading.
ALSO: Final = "also"
REVISED: Final = "revised"
WITHDRAWN: Final = "withdrawn"
# Of an import that changes more, the figures are counted and not listed.
MOST_LISTED: Final = 20_000
KEPT_FOR: Final = timedelta(days=400)
# What makes a figure one and not another, whoever says it.
KEY: Final = (
    *("indicator", "role", "edition", "level", "area"),
    *("period_start", "period_end", "grain"),
)
# Columns of the table of datasets that tell which of them everybody sees.
SEEN_BY: Final = ("id", "supersedes", "withdrawn", "private")
# Neither ids of datasets nor of origins have it.
_BY: Final = "|"


@dataclass(frozen=True, slots=True)
class Affected:
    """The published datasets that a change touches.

    Attributes
    ----------
    before, after
        Ids of those whose figures were there before, and are there after it.
    same
        Ids of those that it leaves as they are.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    same: tuple[str, ...]


def affected(datasets: pd.DataFrame, change: Change) -> Affected | None:
    """Tell which published datasets a change touches.

    Parameters
    ----------
    datasets
        Those of before, with the columns of `SEEN_BY`.

    Returns
    -------
    Affected or None
        None where no published figure can change, or there was no generation before.
    """
    if datasets.empty:
        return None
    left = datasets[~datasets["id"].isin(_ids(change, DATASETS, datasets))]
    come = change.added.get(DATASETS)
    after = left if come is None else pd.concat([left, come[list(SEEN_BY)]], ignore_index=True)
    was, now = set(published(datasets)), set(published(after))
    touched = (was ^ now) | _ids(change, OBSERVATIONS, datasets)
    gone, new = (tuple(sorted(ids)) for ids in (was & touched, now & touched))
    return Affected(gone, new, tuple(sorted(was & now - touched))) if gone or new else None


def _ids(change: Change, table: str, datasets: pd.DataFrame) -> set[str]:
    """Return the ids of the datasets whose rows of a table go."""
    return set(datasets["id"]) if change.everything else set(change.dropped.get(table, ()))


def record(
    run: Run,
    table: str,
    before: str,
    after: str,
    same: str,
    *,
    stamp: str,
    born: int | None = None,
) -> None:
    """Write into the log what a change has done; call it inside the write, after the change.

    Parameters
    ----------
    table
        The log.
    before, after
        Queries of the rows that the change touches, as they were and as they are.
    same
        A query of the rows that it does not touch.
    stamp
        When the write is made.
    born
        The generation, where the rows of several lie side by side.
    """
    alive = "" if born is None else " WHERE died IS NULL"
    last = run(f"SELECT max(number) FROM {table}{alive}")[0][0]
    head = f"'{uuid.uuid4().hex}', {(last or 0) + 1}, '{stamp}'"
    born_name, born_value = ("", "") if born is None else (", born", f", {born}")
    names = ", ".join(CHANGES_SCHEMA.names)
    wholly_new = _is_wholly_new(run, before, after, same)
    found = _counted(head, after) if wholly_new else _found(head, before, after, same)
    run(f"INSERT INTO {table} ({names}{born_name}) SELECT x.*{born_value} FROM ({found}) x")
    old = stamp_of(datetime.now(UTC) - KEPT_FOR)
    gone = f"UPDATE {table} SET died = {born} WHERE died IS NULL AND" if born else ""
    run(f"{gone or f'DELETE FROM {table} WHERE'} time < '{old}'")


def _is_wholly_new(run: Run, before: str, after: str, same: str) -> bool:
    """Tell whether so much comes that it is counted, of indicators that nothing was known of."""
    wanted = f"SELECT 1 FROM ({after}) x OFFSET {MOST_LISTED} LIMIT 1"
    of_these = f"WHERE indicator IN (SELECT indicator FROM ({after}) y)"
    known = (f"SELECT 1 FROM ({rows}) x {of_these} LIMIT 1" for rows in (before, same))
    return bool(run(wanted)) and not any(run(query) for query in known)


def _counted(head: str, after: str) -> str:
    """Write the query that counts what comes, without comparing it with anything."""
    value, words = "CAST(NULL AS double precision)", "'', '', ''"
    return f"""
        SELECT {head}, '{NEW}', count(*), indicator, role, edition, level, '', CAST(NULL AS date),
            CAST(NULL AS date), '', '', {value}, {words}, '', '', {value}, {words}, origin, dataset
        FROM ({after}) z GROUP BY indicator, role, edition, level, origin, dataset"""


def unknown(run: Run, schema: str, rows: pa.Table) -> pa.Table:
    """Leave out of lines of a log, which a backup brings, those that are in it already."""
    known = pa.array([batch for (batch,) in run(f"SELECT DISTINCT batch FROM {schema}.{CHANGES}")])
    found: pa.Table = rows.filter(pc.invert(pc.is_in(rows["batch"], known.cast(pa.string()))))
    return found


def _found(head: str, before: str, after: str, same: str) -> str:
    """Write the query of what differs between the rows of before and those of after."""
    key, said = ", ".join(KEY), ", ".join(SAID)
    who = f"dataset || '{_BY}' || origin"
    sides = (
        ("before", "a", _side("before", "a")),
        ("after", "b", _side("after", "b")),
    )
    told = ", ".join(columns for *_, columns in sides)
    both = ", ".join(f"max({side}_{name}) AS {side}_{name}" for side, *_ in sides for name in SIDE)
    listed = ", ".join(f"{side}_{name}" for side, *_ in sides for name in SIDE)
    stays = ", ".join(f"max({name}) AS {name}" for name in SIDE)
    after_names = (f"after_{name}" for name in SIDE)
    of_paired = ", ".join(f"p.{name}" for name in (*KEY, "period_text", *after_names))
    # Of a figure that several others speak of, none is told as the one of before.
    besides = ", ".join(
        f"CASE WHEN p.a = 0 AND s.others = 1 THEN s.{name} ELSE p.before_{name} END "
        f"AS before_{name}"
        for name in SIDE
    )
    never = "CAST('0001-01-01' AS date)"
    same_key = " AND ".join(
        f"COALESCE(p.{name}, {never}) = COALESCE(s.{name}, {never})"
        if name in DATE_COLUMNS
        else f"p.{name} = s.{name}"
        for name in KEY
    )
    # Of what is counted, only whose it is is told.
    empty = {**dict.fromkeys(SIDE, "''"), "value": "CAST(NULL AS double precision)"}
    whose = [f"{side}_{name}" for side, *_ in sides for name in ("origin", "dataset")]
    counted = ", ".join(
        f"{side}_{name}" if f"{side}_{name}" in whose else empty[name]
        for side, *_ in sides
        for name in SIDE
    )
    group = f"kind, indicator, role, edition, level, {', '.join(whose)}"
    return f"""
        WITH touched AS (
            SELECT {key}, {said}, {who} AS who, period_text, 1 AS a, 0 AS b FROM ({before}) x
            UNION ALL
            SELECT {key}, {said}, {who} AS who, period_text, 0 AS a, 1 AS b FROM ({after}) y
        ), every AS (
            SELECT * FROM touched
            UNION ALL
            SELECT {key}, {said}, {who} AS who, period_text, 1 AS a, 1 AS b FROM ({same}) z
            WHERE indicator IN (SELECT indicator FROM touched)
        ), stated AS (
            SELECT {key}, {said}, max(a) AS a, max(b) AS b, min(who) AS who,
                min(period_text) AS period_text
            FROM every GROUP BY {key}, {said}
        ), apart AS (
            SELECT *, split_part(who, '{_BY}', 1) AS dataset, split_part(who, '{_BY}', 2) AS origin
            FROM stated WHERE a <> b
        ), turned AS (
            SELECT *, row_number() OVER (PARTITION BY {key}, a, origin ORDER BY {said}) AS turn
            FROM apart
        ), by_source AS (
            SELECT {key}, origin, turn, max(a) AS a, max(b) AS b, {told},
                max(period_text) AS period_text
            FROM turned GROUP BY {key}, origin, turn
        ), placed AS (
            SELECT *, CASE WHEN a = b THEN origin || '{_BY}' || CAST(turn AS varchar)
                ELSE CAST(row_number() OVER (PARTITION BY {key}, a, b ORDER BY origin, turn)
                AS varchar) END AS place
            FROM by_source
        ), paired AS (
            SELECT {key}, max(a) AS a, max(b) AS b, {both}, max(period_text) AS period_text
            FROM placed GROUP BY {key}, place
        ), standing AS (
            SELECT {key}, count(*) AS others, {stays} FROM (
                SELECT *, split_part(who, '{_BY}', 1) AS dataset,
                    split_part(who, '{_BY}', 2) AS origin
                FROM stated WHERE a = 1 AND b = 1
            ) t GROUP BY {key}
        ), changed AS (
            SELECT {of_paired}, {besides},
                CASE WHEN p.a = 1 AND p.b = 1 THEN '{REVISED}' WHEN p.a = 1 THEN '{WITHDRAWN}'
                WHEN s.others > 0 THEN '{ALSO}' ELSE '{NEW}' END AS kind
            FROM paired p LEFT JOIN standing s ON {same_key}
        ), many AS (SELECT count(*) > {MOST_LISTED} AS so FROM changed)
        SELECT {head}, kind, 1, indicator, role, edition, level, area, period_start, period_end,
            grain, period_text, {listed}
        FROM changed WHERE NOT (SELECT so FROM many)
        UNION ALL
        SELECT {head}, kind, count(*), indicator, role, edition, level, '', CAST(NULL AS date),
            CAST(NULL AS date), '', '', {counted}
        FROM changed WHERE (SELECT so FROM many) GROUP BY {group}"""


def _side(side: str, flag: str) -> str:
    return ", ".join(f"max(CASE WHEN {flag} = 1 THEN {name} END) AS {side}_{name}" for name in SIDE)


def rows_of(columns: str, table: str, column: str, ids: Iterable[str | int]) -> str:
    """Write the query of the rows of some datasets, or loads of them."""
    return f"SELECT {columns} FROM {table} WHERE {within(column, ids)}"


def within(column: str, ids: Iterable[str | int]) -> str:
    """Write the condition that a column has one of some values; there may be none."""
    listed = ", ".join(f"'{_quoted(id_)}'" if isinstance(id_, str) else str(id_) for id_ in ids)
    return f"{column} IN ({listed})" if listed else "1 = 0"


def _quoted(text: str) -> str:
    return text.replace("'", "''")


COLUMNS: Final = ", ".join((*KEY, *SIDE, "period_text"))

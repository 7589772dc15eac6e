"""How the tables of the store came to be, step by step; the same steps for both databases.

A store says which version its tables have. One of before that is brought up to date by the steps
that it lacks, inside the write that needs them: nobody ever reads tables that are half changed. One
of a newer version of the app is refused, and left as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import duckdb

from metrics.observations import NUMBER_COLUMNS, OBSERVATION_COLUMNS
from metrics.store.generations import StoreError
from metrics.store.tables import DATE_COLUMNS, SCHEMA_VERSION

META: Final = "meta"
VERSION_NAME: Final = "schema_version"
# Runs one statement and returns its rows, if it has any.
Run = Callable[[str], list[tuple[Any, ...]]]


class NewerSchemaError(StoreError):
    """The store was written by a newer version of the app."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """What differs between the databases.

    Attributes
    ----------
    schema
        Where the tables are.
    text
        Type of text that is ordered by its code points, as the shipped files are.
    side_by_side
        Whether the rows of several generations live in the same tables.
    """

    schema: str
    text: str
    side_by_side: bool


DUCKDB: Final = Dialect("main", "VARCHAR", side_by_side=False)


@dataclass(frozen=True, slots=True)
class Step:
    """The statements from one version of the tables to the next.

    Attributes
    ----------
    version
        The version that it leads to.
    both
        Statements for either database; ``{s}`` is the schema and ``{text}`` the type of text.
    side_by_side
        Those that follow where generations live in the same tables.
    apart
        Those that follow where each generation has tables of its own.
    """

    version: int
    both: tuple[str, ...]
    side_by_side: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


def _observation_types() -> str:
    numbers = dict.fromkeys(NUMBER_COLUMNS, "double precision")
    types = dict.fromkeys(OBSERVATION_COLUMNS, "{text}") | numbers
    types |= dict.fromkeys(DATE_COLUMNS, "date")
    return ", ".join(f"{name} {type_}" for name, type_ in types.items())


def _changes_types() -> str:
    # As they were when the step was written, whatever tables.py says later.
    sides = ", ".join(
        f"{side}_value double precision, "
        + ", ".join(
            f"{side}_{name} {{text}}"
            for name in ("category", "state", "qualifier", "origin", "dataset")
        )
        for side in ("before", "after")
    )
    return (
        "batch {text}, number bigint, time {text}, kind {text}, n bigint, indicator {text}, "
        "role {text}, edition {text}, level {text}, area {text}, period_start date, "
        f"period_end date, grain {{text}}, period_text {{text}}, {sides}"
    )


# The same: the columns of the tables that remember what is no longer so.
_OLD_DATASET: Final = (
    "id {text}, title {text}, owner {text}, time {text}, sha256 {text}, rows bigint, "
    "simulated boolean, supersedes {text}, team {text}, file {text}, withdrawn boolean, "
    "private boolean"
)
_OLD_RECORD: Final = "kind {text}, id {text}, dataset {text}, record {text}"
# Times of datasets as they were written, brought into the form of stamps; others are of always.
_STAMP_OF_TIME: Final = (
    "CASE WHEN time LIKE '____-__-__T__:__:__+00:00' "
    "THEN replace(time, '+00:00', '.000000+00:00') "
    "WHEN time LIKE '____-__-__T__:__:__.______+00:00' THEN time ELSE '' END"
)
_KNOWN: Final = ", known_from {text}, known_until {text}"

STEPS: Final = (
    Step(
        1,
        (
            "CREATE TABLE {s}.observations (dataset {text}, level {text}, "
            + _observation_types()
            + ")",
            "CREATE TABLE {s}.datasets (id {text}, title {text}, owner {text}, time {text}, "
            "sha256 {text}, rows bigint, simulated boolean, supersedes {text})",
        ),
    ),
    # Datasets of users: whose they are, and what came with them.
    Step(
        2,
        (
            "ALTER TABLE {s}.datasets ADD COLUMN team {text}",
            "ALTER TABLE {s}.datasets ADD COLUMN file {text}",
            "ALTER TABLE {s}.datasets ADD COLUMN withdrawn boolean",
            "ALTER TABLE {s}.datasets ADD COLUMN private boolean",
            "UPDATE {s}.datasets SET team = '', file = '', withdrawn = false, private = false",
            "CREATE TABLE {s}.records (kind {text}, id {text}, dataset {text}, record {text})",
            "CREATE TABLE {s}.audit (time {text}, actor {text}, action {text}, dataset {text}, "
            "detail {text})",
        ),
    ),
    # The store says its own version. In PostgreSQL, rows know from which generation to which they
    # hold, and observations which load of their dataset they came with.
    Step(
        3,
        ("CREATE TABLE {s}.meta (name {text} PRIMARY KEY, value {text})",),
        (
            "CREATE TABLE {s}.generations (number bigint PRIMARY KEY, "
            "time timestamptz NOT NULL DEFAULT now())",
            "INSERT INTO {s}.generations (number) VALUES (0)",
            "INSERT INTO {s}.meta VALUES ('generation', '0'), ('made', gen_random_uuid()::text)",
            "CREATE SEQUENCE {s}.loads",
            "ALTER TABLE {s}.observations ADD COLUMN load bigint",
            *(
                f"ALTER TABLE {{s}}.{table} ADD COLUMN born bigint NOT NULL DEFAULT 0, "
                "ADD COLUMN died bigint"
                for table in ("datasets", "records", "audit")
            ),
            "ALTER TABLE {s}.datasets ADD COLUMN load bigint",
            "UPDATE {s}.datasets SET load = nextval('{s}.loads')",
            "UPDATE {s}.observations o SET load = d.load FROM {s}.datasets d "
            "WHERE d.id = o.dataset",
            "CREATE INDEX ON {s}.observations (indicator, role, edition, level, area, "
            "period_end DESC NULLS LAST)",
            "CREATE INDEX ON {s}.observations (edition, area)",
            "CREATE INDEX ON {s}.observations (load)",
        ),
    ),
    # What each import has changed of what is published.
    Step(
        4,
        ("CREATE TABLE {s}.changes (" + _changes_types() + ")",),
        (
            "ALTER TABLE {s}.changes ADD COLUMN born bigint NOT NULL DEFAULT 0, "
            "ADD COLUMN died bigint",
        ),
    ),
    # Since when each row is known; and the rows that are no longer so, with until when they were.
    # In PostgreSQL, observations too say from which generation to which they hold.
    Step(
        5,
        (
            *(
                f"ALTER TABLE {{s}}.{table} ADD COLUMN known_from {{text}}"
                for table in ("observations", "datasets", "records")
            ),
            f"UPDATE {{s}}.datasets SET known_from = {_STAMP_OF_TIME}",
            "CREATE TABLE {s}.past_observations (dataset {text}, level {text}, "
            + _observation_types()
            + _KNOWN
            + ")",
            "CREATE TABLE {s}.past_datasets (" + _OLD_DATASET + _KNOWN + ")",
            "CREATE TABLE {s}.past_records (" + _OLD_RECORD + _KNOWN + ")",
            "CREATE TABLE {s}.writes (stamp {text})",
            "UPDATE {s}.records SET known_from = COALESCE((SELECT min(d.known_from) "
            "FROM {s}.datasets d WHERE d.id = records.dataset), '')",
        ),
        (
            "UPDATE {s}.observations o SET known_from = d.known_from FROM {s}.datasets d "
            "WHERE d.load = o.load",
            *(
                f"ALTER TABLE {{s}}.{table} ADD COLUMN born bigint NOT NULL DEFAULT 0, "
                "ADD COLUMN died bigint"
                for table in (
                    *("observations", "past_observations", "past_datasets", "past_records"),
                    "writes",
                )
            ),
            "ALTER TABLE {s}.past_observations ADD COLUMN load bigint",
            "ALTER TABLE {s}.past_datasets ADD COLUMN load bigint",
            "CREATE INDEX ON {s}.observations (died) WHERE died IS NOT NULL",
            "CREATE INDEX ON {s}.past_observations (indicator, edition, area)",
            "CREATE INDEX ON {s}.past_observations (known_until)",
        ),
        (
            "UPDATE {s}.observations SET known_from = d.known_from FROM {s}.datasets d "
            "WHERE d.id = observations.dataset",
        ),
    ),
)


def version_of(run: Run, dialect: Dialect) -> int:
    """Return the version of the tables; 0 where there are none."""
    asking = f"SELECT value FROM {dialect.schema}.{META} WHERE name = '{VERSION_NAME}'"
    if not dialect.side_by_side:
        # To list its tables takes DuckDB longer than all else that is needed to open a file.
        with suppress(duckdb.CatalogException):
            return _told(run(asking))
    found = run(
        f"SELECT table_name FROM information_schema.tables WHERE table_schema = '{dialect.schema}'"
    )
    tables = {name for (name,) in found}
    if META in tables:
        return _told(run(asking))
    if not {"observations", "datasets"} <= tables:
        return 0
    return 2 if {"records", "audit"} <= tables else 1


def _told(said: list[tuple[Any, ...]]) -> int:
    return int(said[0][0]) if said else 0


def refuse_newer(version: int, where: object) -> None:
    """Refuse tables that this version of the app does not know.

    Raises
    ------
    NewerSchemaError
        Saying both versions and what to do.
    """
    if version > SCHEMA_VERSION:
        raise NewerSchemaError("newer", where=where, version=version, known=SCHEMA_VERSION)


def migrate(run: Run, dialect: Dialect, where: object) -> int:
    """Bring the tables up to the version of the app; call it inside a transaction or on a copy.

    Raises
    ------
    NewerSchemaError
        If they are of a newer version of the app.
    """
    before = version_of(run, dialect)
    refuse_newer(before, where)
    for step in STEPS:
        if step.version > before:
            for statement in (
                *step.both,
                *(step.side_by_side if dialect.side_by_side else step.apart),
            ):
                run(statement.format(s=dialect.schema, text=dialect.text))
    if before < SCHEMA_VERSION:
        table = f"{dialect.schema}.{META}"
        run(f"DELETE FROM {table} WHERE name = '{VERSION_NAME}'")
        run(f"INSERT INTO {table} VALUES ('{VERSION_NAME}', '{SCHEMA_VERSION}')")
    return before

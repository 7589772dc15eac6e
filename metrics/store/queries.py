"""Where observations are read from: Ibis expressions over one generation of the store."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Protocol

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
from ibis import _ as deferred
from ibis.expr.types import Table, Value

from geo.editions import COUNTRY_CODE
from metrics.catalog import (
    DATA_DIR,
    INDICATOR,
    ORIGIN,
    Catalog,
    load_catalog,
    with_records,
)
from metrics.observations import STATES_WITH_FIGURE
from metrics.store.answers import Answers
from metrics.store.duck import open_tables
from metrics.store.tables import (
    AUDIT,
    CHANGES,
    DATASET_SCHEMA,
    DATASETS,
    OBSERVATIONS,
    OWN,
    RECORDS,
    SCHEMAS,
    STORED_ORDER,
    WRITES,
    in_force,
)
from metrics.store.vintages import fitting

# Frames of indicators kept in memory; the largest today is under 1 MB.
FRAMES_KEPT: Final = 64
LOGGED_ORDER: Final = ("indicator", "role", "edition", "level", "area", "period_end", "kind")
# A store of so few rows is kept whole and its indicators are cut from that: queries cost more.
WHOLE_ROWS: Final = 100_000


class Reading(Protocol):
    """How the tables of one generation are read, whatever database they are in."""

    @property
    def tables(self) -> Mapping[str, Table]:
        """The tables of `metrics.store.tables.STORED`."""

    def run(self, expression: Table | Value) -> Any:
        """Work an expression out: a frame of a table, else a value."""

    def batches(self, expression: Table, rows: int) -> Iterator[pa.RecordBatch]:
        """Work an expression out piece by piece, at most so many rows at a time."""

    def close(self) -> None:
        """Give up what was opened for it."""


class Store:
    """Read one generation of the store; safe to share between threads.

    Every frame handed out shares its data with the store's own copy until it is changed
    (copy-on-write), so that a caller may do with it as it likes.

    Parameters
    ----------
    reading
        The tables of the generation.
    generation
        Name of the generation: what caches of anything derived are keyed on.
    data_dir
        Where the catalog of indicators and origins is.

    Attributes
    ----------
    as_of
        The moment that it is known at, where it is a past one; see `at`.
    """

    as_of: str | None = None

    def __init__(self, reading: Reading, generation: str, data_dir: Path = DATA_DIR) -> None:
        self.generation: Final = generation
        self.data_dir: Final = data_dir
        self._reading = reading
        self._stored: Mapping[str, Table] = reading.tables
        self._tables: Mapping[str, Table] = {
            name: table.select(*SCHEMAS[name].names)
            for name, table in reading.tables.items()
            if name in SCHEMAS
        }
        # A connection serves one thread at a time.
        self._lock = threading.RLock()
        self._frames: OrderedDict[str, pd.DataFrame] = OrderedDict()
        self.answers: Final = Answers()

    @property
    def is_damaged(self) -> bool:
        """Whether reading has shown the generation to be damaged."""
        return getattr(self._reading, "damaged", False)

    def at(self, stamp: str) -> Store:
        """Return the store as it was known at a moment.

        Days between two writes share one object, and all that is kept in it. What is private now
        is private in it; what was withdrawn since is in it. Before `vintages_since` it has what had
        come in by then of what was held at that time.

        Parameters
        ----------
        stamp
            The moment, as `metrics.store.read_as_of` returns it.

        Returns
        -------
        Store
            This one, where nothing was written after that; else one whose `as_of` is the last
            write at or before that moment, and part of the name of its generation.
        """
        from metrics.store.then import store_at  # noqa: PLC0415 (is made of stores)

        return store_at(self, stamp)

    def writes(self) -> tuple[str, ...]:
        """Return when the store was written to since it keeps vintages, the oldest first."""
        return tuple(self._kept("writes", lambda: self._stored[WRITES].order_by("stamp"))["stamp"])

    @property
    def vintages_since(self) -> str:
        """Return since when the store remembers what is no longer so."""
        return next(iter(self.writes()), "")

    @cached_property
    def catalog(self) -> Catalog:
        """The indicators and origins that the observations refer to, those of users included."""
        return self.catalog_with(())

    @cached_property
    def shipped_catalog(self) -> Catalog:
        """The indicators and origins of data/ alone."""
        return load_catalog(self.data_dir)

    def catalog_with(self, more: Iterable[tuple[str, str]]) -> Catalog:
        """Return the catalog as it would be with more records.

        Parameters
        ----------
        more
            Pairs of kind and record, as of `metrics.catalog.with_records`; they come first.

        Raises
        ------
        CatalogError
            If a record breaks the schema or names what does not exist.
        """
        records = self.records()
        counts = records["dataset"].isin(self.in_force()) | records["dataset"].str.startswith(OWN)
        mine = records[counts & records["kind"].isin([INDICATOR, ORIGIN])]
        pairs = [*more, *zip(mine["kind"], mine["record"], strict=True)]
        try:
            return with_records(self.shipped_catalog, pairs)
        except ValueError:
            if self.as_of is None:
                raise
            # What is shipped has changed since: what no longer fits is left out.
            return fitting(self.shipped_catalog, pairs)

    def datasets(self) -> pd.DataFrame:
        """List the datasets loaded, with the columns of `metrics.store.tables.Dataset`."""
        return self._kept("datasets", lambda: self._tables[DATASETS].order_by("id")).reindex(
            columns=list(DATASET_SCHEMA.names)
        )

    def in_force(self) -> tuple[str, ...]:
        """Return the ids of the datasets whose figures count; see `tables.in_force`."""
        return in_force(self.datasets())

    def records(self) -> pd.DataFrame:
        """List the records of the catalog that came from users, as JSON with their owners."""
        return self._kept("records", lambda: self._tables[RECORDS].order_by("kind", "id"))

    def audit(self) -> pd.DataFrame:
        """List who changed which dataset, and when, newest first."""
        return self._kept("audit", lambda: self._tables[AUDIT].order_by(ibis.desc("time")))

    def changes(self, narrow: Callable[[Table], Table] | None = None) -> pd.DataFrame:
        """Read what imports have changed of what is published; see `log`.

        What speaks of a dataset that is not in sight, or no longer there, is left out.

        Parameters
        ----------
        narrow
            From the table of all changes to what is wanted; by default all, the newest first.
        """
        rows = self._tables[CHANGES]
        seen = ["", *self.datasets()["id"]]
        sides = (rows[f"{side}_dataset"].fill_null("") for side in ("before", "after"))
        found = rows.filter([side.isin(seen) for side in sides])
        order = [ibis.desc("number"), ibis.desc("time"), "batch", *LOGGED_ORDER]
        return self._run(narrow(found) if narrow else found.order_by(order))

    def dataset_observations(self, dataset: str) -> pd.DataFrame:
        """Return the observations of one dataset, in force or not, in stored order."""
        rows = self._tables[OBSERVATIONS]
        return self._run(_ordered(rows.filter(rows.dataset == dataset)))

    def all_observations(self, indicator: str) -> pd.DataFrame:
        """Return the observations of one indicator, in force or not, in stored order."""
        rows = self._tables[OBSERVATIONS]
        return self._run(_ordered(rows.filter(rows.indicator == indicator)))

    def observations(self, indicator: str | None = None) -> pd.DataFrame:
        """Return the observations in force: all roles, editions and periods.

        Parameters
        ----------
        indicator
            Id of the one wanted; None for all of them.

        Returns
        -------
        pd.DataFrame
            The columns of `metrics.store.tables.OBSERVATION_SCHEMA`, newest first within an area.
            Observations of a superseded dataset are left out.
        """
        if indicator is None:
            return self._kept("observations", lambda: _ordered(self._in_force()))
        if self._positions is not None:
            return (
                self.observations()
                .iloc[self._positions.get(indicator, np.arange(0))]
                .reset_index(drop=True)
            )
        of_one = deferred.indicator == indicator
        return self._kept(
            f"observations {indicator}", lambda: _ordered(self._in_force().filter(of_one))
        )

    def indicators(self) -> tuple[str, ...]:
        """Return the ids of the indicators that have observations, sorted."""
        return tuple(self._counts()["indicator"])

    def availability(self) -> pd.DataFrame:
        """Tell what there is to choose from: how many areas have a result, where and when.

        Returns
        -------
        pd.DataFrame
            One row per indicator, edition ("" for the country), level, period_start, period_end
            and grain, with ``areas``, the number of areas with a figure; newest first.
        """
        return self._kept("availability", lambda: _available(self._in_force()))

    def place_observations(self, edition: str, code: str) -> pd.DataFrame:
        """Return every observation in force about one area, newest first within an indicator.

        Parameters
        ----------
        edition
            Id of the edition; of no account for the country, which is one series across editions.
        code
            Code of the area in that edition.
        """
        series = "" if code == COUNTRY_CODE else edition
        if self._positions is not None:
            rows = self.observations()
            found = (rows["edition"] == series) & (rows["area"] == code)
            return rows[found].reset_index(drop=True)
        about = (deferred.edition == series) & (deferred.area == code)
        return self._kept(
            f"place {series} {code}", lambda: _ordered(self._in_force().filter(about))
        )

    def row(self, indicator: str, edition: str, code: str) -> pd.DataFrame:
        """Return all observations of one indicator about one area, newest first.

        What a number on screen leads to: every source that speaks about it, with its locator.
        """
        rows = self.observations(indicator)
        series = "" if code == COUNTRY_CODE else edition
        found = rows[(rows["edition"] == series) & (rows["area"] == code)]
        return found.sort_values("period_end", ascending=False, kind="stable", ignore_index=True)

    def read(self, narrow: Callable[[Table], Table], *, ordered: bool = True) -> pd.DataFrame:
        """Read observations in force, or what is made of them, without keeping it in memory.

        Parameters
        ----------
        narrow
            From the table of all observations in force to what is wanted.
        ordered
            Whether to put it into the order that observations are stored in.
        """
        found = narrow(self._in_force())
        return self._run(_ordered(found) if ordered else found)

    def batches(self, table: str, rows: int) -> Iterator[pa.RecordBatch]:
        """Read a whole table piece by piece, superseded rows included, in no order."""
        with self._lock:
            yield from self._reading.batches(self._tables[table], rows)

    def stored(self, table: str, rows: int) -> Iterator[pa.RecordBatch]:
        """Read a table of `metrics.store.tables.STORED` piece by piece, with what is past."""
        with self._lock:
            yield from self._reading.batches(self._stored[table], rows)

    def read_ahead(self) -> None:
        """Read into memory what most pages show, so that they can do without the database."""
        for read in (self.datasets, self.records, self.audit, self.availability):
            read()
        self.catalog  # noqa: B018 (kept by asking for it)
        self._positions  # noqa: B018 (reads all observations, where they are few enough)

    def count(self, table: str = OBSERVATIONS) -> int:
        """Count the rows of a table, superseded ones included."""
        with self._lock:
            return int(self._reading.run(self._tables[table].count()))

    def close(self) -> None:
        """Give the connection up. Frames handed out stay valid."""
        with self._lock:
            self._reading.close()

    @cached_property
    def _positions(self) -> dict[str, np.ndarray] | None:
        """Where the rows of each indicator are among all rows; None where the store is large."""
        if self._counts()["rows"].sum() > WHOLE_ROWS:
            return None
        places = self.observations().groupby("indicator", sort=False).indices
        return {str(name): np.asarray(at) for name, at in places.items()}

    def _counts(self) -> pd.DataFrame:
        return self._kept("counts", lambda: _counted(self._in_force()))

    def _in_force(self) -> Table:
        rows = self._tables[OBSERVATIONS]
        return rows.filter(rows.dataset.isin(self.in_force()))

    def _run(self, expression: Table) -> pd.DataFrame:
        with self._lock:
            found: pd.DataFrame = self._reading.run(expression)
        return found

    def _kept(self, key: str, expression: Callable[[], Table]) -> pd.DataFrame:
        # Nothing here ever expires: a generation does not change.
        with self._lock:
            if key in self._frames:
                self._frames.move_to_end(key)
            else:
                self._frames[key] = self._run(expression())
                if len(self._frames) > FRAMES_KEPT:
                    self._frames.popitem(last=False)
            return self._frames[key].copy(deep=False)


def _available(rows: Table) -> Table:
    kept = rows.filter(rows.role == "result", rows.state.isin(STATES_WITH_FIGURE))
    by = ["indicator", "edition", "level", "period_start", "period_end", "grain"]
    counted = kept.group_by(by).agg(areas=kept.area.nunique())
    order = ["indicator", "edition", "level", ibis.desc("period_end"), "grain", "period_start"]
    return counted.order_by(order)


def _counted(rows: Table) -> Table:
    return rows.group_by("indicator").agg(rows=rows.count()).order_by("indicator")


def _ordered(rows: Table) -> Table:
    return rows.order_by(
        [rows[name].asc() if ascending else rows[name].desc() for name, ascending in STORED_ORDER]
    )


def open_file(path: Path, data_dir: Path = DATA_DIR) -> Store | None:
    """Open a generation read-only; None where its tables are of an older version of the app.

    Raises
    ------
    DamagedError
        If the file is not a store, or not a whole one.
    NewerSchemaError
        If it was written by a newer version of the app.
    StoreError
        If another program keeps it from being read.
    """
    found = open_tables(path)
    return None if found is None else Store(found, path.stem, data_dir)

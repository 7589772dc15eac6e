"""Whether the tables of a backup are tables of the store, and hold together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Final, TypeAlias

import ibis
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from metrics.backup.archive import ArchiveError, Reader
from metrics.catalog import INDICATOR, ORIGIN, CatalogError, load_catalog, with_records
from metrics.store import (
    CHANGES,
    DATASETS,
    KNOWN_FROM,
    KNOWN_UNTIL,
    OBSERVATIONS,
    OWN,
    PAST,
    RECORDS,
    SCHEMAS,
    SIMULATED_PREFIX,
    STORED,
    WRITES,
    as_stored,
    in_force,
)

# Versions of the tables before these had no log of changes, and remembered nothing.
LOGGED_SINCE: Final = 4
REMEMBERED_SINCE: Final = 5
ROWS_AT_ONCE: Final = 100_000
STAMP: Final = r"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d{6}\+00:00"
# Opens a file of the archive, its checksum proven before.
Open: TypeAlias = Callable[[str], IO[bytes]]
# Tables besides these are read whole.
LARGE: Final = (OBSERVATIONS, PAST[OBSERVATIONS])
MOST_ROWS: Final = 1_000_000


def check_tables(archive: Reader, opening: Open, data_dir: Path) -> dict[str, pd.DataFrame]:
    """Check the tables of a backup, and return all of them but the observations.

    Parameters
    ----------
    opening
        Opens a file of it, that has been checked.
    data_dir
        Where the catalog is that the records of users refer to.

    Raises
    ------
    ArchiveError
        If a table is missing or of another form, or the tables do not fit together.
    """
    found = {}
    version = archive.manifest.schema_version
    schemas = STORED if version >= REMEMBERED_SINCE else SCHEMAS
    for name, schema in schemas.items():
        if name == CHANGES and version < LOGGED_SINCE:
            found[name] = schema.to_pyarrow().empty_table().to_pandas()
            continue
        if table_of(name) not in archive.manifest.entries:
            raise archive.broken("no_table", name=name)
        try:
            with opening(table_of(name)) as stream:
                _check_form(archive, name, stream, schema)
                if name not in LARGE:
                    found[name] = as_stored(name, pq.read_table(stream), schemas).to_pandas()
        except ArchiveError:
            raise
        except (pa.ArrowException, OSError, ValueError, KeyError) as error:
            raise archive.broken("table", name=name, error=str(error)[:500]) from error
    _check_datasets(archive, found[DATASETS])
    _check_records(archive, data_dir, found[DATASETS], found[RECORDS])
    with opening(table_of(OBSERVATIONS)) as stream:
        _check_observations(archive, stream, found[DATASETS])
    if version >= REMEMBERED_SINCE:
        _check_stamps(archive, opening, found)
    return found


def table_of(name: str) -> str:
    """Return the name in an archive of a table of the store."""
    return f"tables/{name}.parquet"


def _check_form(archive: Reader, name: str, stream: IO[bytes], schema: ibis.Schema) -> None:
    with pq.ParquetFile(stream) as parquet:
        wanted = schema.to_pyarrow()
        if parquet.schema_arrow.remove_metadata() != wanted:
            raise archive.broken("columns", name=name)
        rows, said = parquet.metadata.num_rows, archive.manifest.entries[table_of(name)].rows
        if rows != said:
            raise archive.broken("rows", name=name, n=rows, of=said)
        if name not in (*LARGE, CHANGES, WRITES) and rows > MOST_ROWS:
            raise archive.broken("many", name=name, n=rows, limit=MOST_ROWS)


def _check_datasets(archive: Reader, datasets: pd.DataFrame) -> None:
    ids = datasets["id"]
    if ids.isna().any() or ids.duplicated().any():
        raise archive.broken("dataset_twice")
    simulated = archive.manifest.mode == "simulated"
    marked = ids.str.startswith(SIMULATED_PREFIX) == simulated
    if not (marked & (datasets["simulated"].eq(other=simulated))).all():
        raise archive.broken("other_mode", mode=archive.manifest.mode)


def _check_records(
    archive: Reader, data_dir: Path, datasets: pd.DataFrame, records: pd.DataFrame
) -> None:
    # What belongs to no dataset is owned by a key with a colon, which no id of a dataset has.
    owners = records["dataset"]
    if not (owners.isin(datasets["id"]) | owners.str.contains(":")).all():
        raise archive.broken("orphan")
    counts = owners.isin(in_force(datasets)) | owners.str.startswith(OWN)
    mine = records[counts & records["kind"].isin([INDICATOR, ORIGIN])]
    # A record that its schema refuses would keep every page from opening.
    try:
        with_records(load_catalog(data_dir), zip(mine["kind"], mine["record"], strict=True))
    except (CatalogError, ValueError, LookupError, TypeError) as error:
        raise ArchiveError("unfit", path=archive.path, error=str(error)[:1000]) from error


def _check_observations(archive: Reader, stream: IO[bytes], datasets: pd.DataFrame) -> None:
    counted: dict[str, int] = dict.fromkeys(datasets["id"], 0)
    with pq.ParquetFile(stream) as parquet:
        for batch in parquet.iter_batches(ROWS_AT_ONCE, columns=["dataset"]):
            for dataset, n in _counts(batch.column(0)):
                if dataset not in counted:
                    raise archive.broken("stray", id=dataset)
                counted[dataset] += n
    for id_, rows in zip(datasets["id"], datasets["rows"], strict=True):
        if counted[id_] != rows:
            raise archive.broken("counts", id=id_, n=counted[id_], of=int(rows))


def _counts(column: pa.Array) -> Iterable[tuple[str, int]]:
    for pair in pc.value_counts(column).to_pylist():
        yield pair["values"], pair["counts"]


def _check_stamps(archive: Reader, opening: Open, found: dict[str, pd.DataFrame]) -> None:
    """Refuse times of writes that are none: all that is written later counts from them."""
    writes = pa.array(found[WRITES]["stamp"], pa.string())
    if not len(writes) or len(writes.unique()) < len(writes) or not _are_stamps(writes, always=""):
        raise archive.broken("stamps", name=WRITES)
    for name in (*PAST, *PAST.values()):
        columns = [column for column in (KNOWN_FROM, KNOWN_UNTIL) if column in STORED[name].names]
        with opening(table_of(name)) as stream, pq.ParquetFile(stream) as parquet:
            for batch in parquet.iter_batches(ROWS_AT_ONCE, columns=columns):
                if not all(_are_stamps(column, always="|") for column in batch.columns):
                    raise archive.broken("stamps", name=name)


def _are_stamps(column: pa.Array, *, always: str) -> bool:
    fits = pc.match_substring_regex(column, f"^({STAMP}{always})$")
    return column.null_count == 0 and bool(pc.all(fits).as_py() in (True, None))

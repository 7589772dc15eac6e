"""The store as one file that either database can be filled from, and the way back.

A backup holds the tables of one generation as Parquet, with what is no longer so, the original
files of the datasets and the mappings remembered. It is read whole and checked before anything
changes; then one generation puts all of it in force, or nothing.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from base.reading import replacing_file
from base.words import Message, system_reason
from metrics.backup.archive import ArchiveError, Manifest, Reader, Writer, is_ours, opened
from metrics.backup.restore_checks import check_tables, table_of
from metrics.catalog import DATA_DIR
from metrics.importing import MAPPINGS
from metrics.people import Actor
from metrics.store import (
    AUDIT,
    FOLDER,
    OBSERVATIONS,
    PAST,
    SCHEMA_VERSION,
    SCHEMAS,
    SHIPPED_ID,
    STORED,
    WRITES,
    Change,
    Generations,
    Mode,
    StoreError,
    apply,
    damage_note,
    ensure_store,
    generations_of,
    home_of,
    keep_path,
    open_in_force,
    original,
    refuse_newer,
)

if TYPE_CHECKING:
    from metrics.store import Store, Versions

ASIDE: Final = "backups"
ROWS_AT_ONCE: Final = 100_000
STAGING: Final = ".restore-"


@dataclass(frozen=True, slots=True)
class Written:
    """What came of a backup.

    Attributes
    ----------
    manifest
        Of the archive, which was read back and checked.
    left_out
        What was not taken along, and why.
    """

    manifest: Manifest
    left_out: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of a restore.

    Attributes
    ----------
    manifest
        Of the archive that is in force now.
    aside
        Backup of the store that was there before; None where it held nothing of users.
    left_out
        What the archive held beside, or could not be saved of the store before.
    """

    manifest: Manifest
    aside: Path | None
    left_out: tuple[Message, ...]


def back_up(
    path: Path, mode: Mode = "real", *, home: Path | None = None, data_dir: Path = DATA_DIR
) -> Written:
    """Write the store, the original files and the mappings into one archive.

    Parameters
    ----------
    path
        The file to make or to replace; it appears complete or not at all.
    home, data_dir
        See `metrics.store.ensure_store`.

    Returns
    -------
    Written
        What it holds. An original that is missing or damaged is left out, and what is none of ours.

    Raises
    ------
    StoreError
        If it cannot be written, or could not be restored.
    """
    store = ensure_store(mode, home=home, data_dir=data_dir)
    return _written(path, store, mode, home, data_dir)


def restore(
    path: Path,
    actor: Actor,
    mode: Mode = "real",
    *,
    replace: bool = False,
    home: Path | None = None,
    data_dir: Path = DATA_DIR,
) -> Restored:
    """Put what a backup holds in force, in place of all that is in the store.

    Parameters
    ----------
    path
        An archive that `back_up` has written, from a store in files or in a database.
    actor
        Who does it; for the audit.
    mode, home, data_dir
        See `back_up`.
    replace
        Whether a store that holds datasets or indicators of users may be replaced; it is backed up
        into ``backups`` before.

    Raises
    ------
    ArchiveError
        If the archive is not whole, was altered, or does not hold together.
    NewerSchemaError
        If it was written by a newer version of the app.
    StoreError
        If the store is not empty and must not be replaced. In all cases nothing is changed.
    """
    actor.check_admin("restore_backup")
    generations = generations_of(mode, home)
    with opened(path) as archive:
        manifest = archive.manifest
        if manifest.mode != mode:
            raise ArchiveError("mode", path=path, held=manifest.mode, mode=mode)
        refuse_newer(manifest.schema_version, path)
        if generations.in_force() is not None:
            # What an older version of the app has stored is to be seen, and set aside.
            ensure_store(mode, home=home, data_dir=data_dir)
        folder = home_of(home)
        folder.mkdir(parents=True, exist_ok=True)
        with generations.writing(), _staging(folder) as made:
            staged = Path(made)
            _unpack(archive, staged)
            tables = check_tables(archive, lambda name: (staged / name).open("rb"), data_dir)
            aside, left_out = _set_aside(generations, data_dir, mode, home, replace=replace)
            _keep_files(archive, staged, home)
            line = _line(actor, f"{path.name}, made {manifest.made} from {manifest.generation}")
            tables[AUDIT] = pd.concat([tables[AUDIT], line], ignore_index=True)
            apply(generations, _change(tables, staged))
            if (note := damage_note(mode, home=home)) is not None:
                note.unlink(missing_ok=True)
        return Restored(manifest, aside, (*_strangers(archive.strangers), *left_out))


def _written(path: Path, store: Store, mode: Mode, home: Path | None, data_dir: Path) -> Written:
    left_out: list[Message] = []
    try:
        with replacing_file(path) as temporary:
            with temporary.open("wb") as stream, Writer(stream) as writer:
                for name in STORED:
                    _add_table(writer, store, name, path.parent)
                for digest in _originals(store):
                    try:
                        with original(digest, home).open("rb") as content:
                            writer.add(f"{FOLDER}/{digest}", content)
                    except StoreError as error:
                        left_out.append(Message("backup.left_out.original", {"why": error}))
                left_out += _add_mappings(writer, home)
                in_files = isinstance(generations_of(mode, home), Generations)
                manifest = writer.finish(
                    schema_version=SCHEMA_VERSION,
                    mode=mode,
                    made=_now(),
                    engine="duckdb" if in_files else "postgresql",
                    generation=store.generation,
                )
            _read_back(temporary, path, data_dir)
    except OSError as error:
        raise StoreError("unwritable", path=path, error=system_reason(error)) from error
    return Written(manifest, tuple(left_out))


def _read_back(temporary: Path, path: Path, data_dir: Path) -> None:
    """Check that what was written can be restored, before it takes its name."""
    try:
        with opened(temporary) as archive:

            def opening(name: str) -> IO[bytes]:
                # Closed by who asked for it.
                copy = tempfile.TemporaryFile(dir=path.parent)  # noqa: SIM115
                archive.copy(name, copy)
                copy.seek(0)
                return copy

            for name in archive.names():
                for _ in archive.chunks(name):
                    pass
            check_tables(archive, opening, data_dir)
    except ArchiveError as error:
        raise StoreError("unsound", path=path, why=error) from error


def _add_mappings(writer: Writer, home: Path | None) -> list[Message]:
    """Add the mappings remembered; return what else lies in their folder."""
    folder, others = home_of(home) / MAPPINGS, []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        name = f"{MAPPINGS}/{path.name}"
        if not is_ours(name) or path.is_symlink() or not path.is_file():
            others.append(name)
            continue
        with path.open("rb") as content:
            writer.add(name, content)
    return _strangers(others)


def _strangers(names: Iterable[str]) -> list[Message]:
    return [Message("backup.left_out.stranger", {"name": name}) for name in names]


def _add_table(writer: Writer, store: Store, name: str, folder: Path) -> None:
    schema = STORED[name].to_pyarrow()
    rows = 0
    with tempfile.TemporaryFile(dir=folder) as content:
        with pq.ParquetWriter(content, schema, compression="zstd") as parquet:
            for batch in store.stored(name, ROWS_AT_ONCE):
                rows += batch.num_rows
                parquet.write_table(pa.Table.from_batches([batch]).cast(schema))
        content.seek(0)
        writer.add(table_of(name), content, rows)


def _originals(store: Store) -> list[str]:
    datasets = store.datasets()
    return sorted(set(datasets.loc[datasets["id"] != SHIPPED_ID, "sha256"]))


def _staging(folder: Path) -> tempfile.TemporaryDirectory[str]:
    # Behind the lock nobody else restores: what is there is left over from a killed process.
    for leftover in folder.glob(f"{STAGING}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    return tempfile.TemporaryDirectory(prefix=STAGING, dir=folder)


def _unpack(archive: Reader, staged: Path) -> None:
    # Names of the manifest have one of three known forms, none of which leads out of the folder.
    for name in archive.names():
        target = staged / name
        target.parent.mkdir(exist_ok=True)
        with target.open("wb") as stream:
            archive.copy(name, stream)


def _set_aside(
    generations: Versions, data_dir: Path, mode: Mode, home: Path | None, *, replace: bool
) -> tuple[Path | None, tuple[Message, ...]]:
    store = open_in_force(generations, data_dir)
    if store is None or not (held := _of_users(store)):
        return None, ()
    if not replace:
        raise StoreError("not_empty", pointer=generations.pointer, held=held)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    aside = home_of(home) / ASIDE / f"before-restore-{stamp}.zip"
    aside.parent.mkdir(parents=True, exist_ok=True)
    return aside, _written(aside, store, mode, home, data_dir).left_out


def _of_users(store: Store) -> Message | None:
    datasets = int((store.datasets()["id"] != SHIPPED_ID).sum())
    records = int((~store.records()["dataset"].isin(store.datasets()["id"])).sum())
    if not datasets and not records:
        return None
    key = "both" if datasets and records else "datasets" if datasets else "records"
    return Message(f"store.held_{key}", {"datasets": datasets, "records": records})


def _keep_files(archive: Reader, staged: Path, home: Path | None) -> None:
    for name in archive.names():
        if name.startswith(f"{FOLDER}/"):
            keep_path(staged / name, archive.manifest.entries[name].sha256, home)
        elif name.startswith(f"{MAPPINGS}/"):
            mapping = home_of(home) / name
            mapping.parent.mkdir(parents=True, exist_ok=True)
            (staged / name).replace(mapping)


@dataclass(frozen=True, slots=True)
class _Pieces:
    """The rows of a table of an archive, as often as they are asked for."""

    path: Path

    def __iter__(self) -> Iterator[pa.Table]:
        with pq.ParquetFile(self.path) as parquet:
            for batch in parquet.iter_batches(ROWS_AT_ONCE):
                yield pa.Table.from_batches([batch])


def _change(tables: Mapping[str, pd.DataFrame], staged: Path) -> Change:
    """Put what an archive holds in place of everything, with what it remembers."""
    added: dict[str, Any] = {name: tables[name] for name in SCHEMAS if name != OBSERVATIONS}
    added[OBSERVATIONS] = _Pieces(staged / table_of(OBSERVATIONS))
    history: dict[str, Any] | None = None
    if WRITES in tables:
        names = (WRITES, *PAST.values())
        history = {name: tables[name] for name in names if name in tables}
        past = PAST[OBSERVATIONS]
        history[past] = _Pieces(staged / table_of(past))
    return Change({}, added, everything=True, history=history)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _line(actor: Actor, detail: str) -> pd.DataFrame:
    time = datetime.now(UTC).isoformat(timespec="microseconds")
    row = {"time": time, "actor": actor.name, "action": "restore backup", "dataset": ""}
    return pd.DataFrame([row | {"detail": detail[:500]}])

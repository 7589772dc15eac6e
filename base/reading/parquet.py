"""Read Parquet files, piece by piece and never more than the limits, in a process of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from base.reading.apart import Apart, Room, put_batches
from base.reading.limits import Most, check_shape
from base.reading.refusal import Unreadable

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import parquet

BEGINS: Final = b"PAR1"
_ROWS_AT_ONCE: Final = 50_000


def read_parquet(given: Path | bytes, file: str, most: Most, room: Room | None = None) -> pa.Table:
    """Read a Parquet file.

    Parameters
    ----------
    file
        What messages call it.

    Raises
    ------
    Unreadable
        If it is damaged or exceeds a limit.
    """
    return _table(given, file, room, most=asdict(most)).tables[0]


@Apart
def _table(path: Path, folder: Path, *, file: str, most: dict[str, int]) -> dict[str, Any]:
    opened = open_parquet(path, file, Most(**most))
    with put_batches(folder, opened.schema_arrow) as put:
        for batch in batches(opened, file, most["unpacked"]):
            put(batch)
    return {}


def open_parquet(path: Path, file: str, most: Most) -> parquet.ParquetFile:
    """Open a Parquet file, in a process that may break off, and check what it says of itself.

    Raises
    ------
    Unreadable
        If it is damaged or exceeds a limit.
    """
    from pyarrow import ArrowException, parquet  # noqa: PLC0415

    try:
        opened = parquet.ParquetFile(path)
        about = opened.metadata
        unpacked = sum(about.row_group(i).total_byte_size for i in range(about.num_row_groups))
    except (ArrowException, OSError, ValueError) as error:
        raise Unreadable("damaged", file=file) from error
    check_shape(file, "", about.num_rows, about.num_columns, most)
    if unpacked > most.unpacked:
        size = path.stat().st_size >> 10
        raise Unreadable("bomb", file=file, size=size, unpacked=unpacked >> 20, n=1)
    return opened


def batches(
    opened: parquet.ParquetFile, file: str, unpacked: int, **asked: Any
) -> Iterator[pa.RecordBatch]:
    """Read a file piece by piece: what it says of itself need not be true.

    Raises
    ------
    Unreadable
        If it is damaged, or holds more bytes than it may.
    """
    from pyarrow import ArrowException  # noqa: PLC0415

    held = 0
    try:
        for batch in opened.iter_batches(_ROWS_AT_ONCE, **asked):
            batch.validate(full=True)  # such as texts that are no UTF-8
            held += batch.nbytes
            if held > unpacked:
                raise Unreadable("bomb", file=file, size=0, unpacked=held >> 20, n=1)
            yield batch
    except (ArrowException, OSError) as error:
        raise Unreadable("damaged", file=file) from error

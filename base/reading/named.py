"""What a file is called says what it is: nothing is written under the name of something else."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from base.reading.table import TableError

# Endings by which programs choose how to open a file.
KNOWN: Final = frozenset(
    f".{name}"
    for name in (
        *("csv", "docx", "geojson", "geoparquet", "gpkg", "htm", "html", "json", "ods", "parquet"),
        *("pdf", "png", "svg", "xls", "xlsm", "xlsx", "xml", "yaml", "yml", "zip"),
    )
)


def check_named(path: Path, *suffixes: str) -> None:
    """Refuse to write a file under a name that belongs to another format.

    Parameters
    ----------
    path
        What was asked for; names without an ending, or with one that is no format's, are free.
    suffixes
        Endings of what is written.

    Raises
    ------
    TableError
        If the name ends like that of another format.
    """
    suffix = path.suffix.casefold()
    if suffix in KNOWN and suffix not in suffixes:
        raise TableError("named", file=path, suffix=suffix, written=", ".join(suffixes) or ".txt")

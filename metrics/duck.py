"""How a DuckDB file is opened; the only place that would differ for another database."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import duckdb
import ibis

from metrics.generations import DamagedError, StoreError

# Nothing may be fetched while the app runs.
DUCKDB_OPTIONS: Final = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def connect(path: Path, *, read_only: bool) -> ibis.BaseBackend:
    """Open a DuckDB file as an Ibis backend; nothing is ever fetched from elsewhere for it.

    Raises
    ------
    DamagedError
        If the file is not a database, or not a whole one.
    StoreError
        If another program keeps it from being opened.
    """
    try:
        return ibis.duckdb.connect(path, read_only=read_only, **DUCKDB_OPTIONS)
    except duckdb.Error as error:
        if "lock" in str(error) or not os.access(path, os.R_OK):
            raise StoreError(
                f"{path} cannot be opened: {error} Close the program that has it open for writing, "
                "or let this user read it."
            ) from error
        raise DamagedError(f"{path} cannot be read as a store: {error}") from error

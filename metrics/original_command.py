"""The original file of a dataset from the command line: ``python -m metrics datasets original``."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import IO

from metrics._files import original
from metrics.atomic import replacing_file
from metrics.datasets import find
from metrics.generations import StoreError
from metrics.queries import Store
from metrics.store import current_store


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add what fetching an original takes to the command ``datasets``."""
    command.add_argument("what", nargs="?", choices=("original",), help="fetch an original file")
    command.add_argument(
        "version", nargs="?", metavar="ID/VERSION", help="of which version, as so-hoa/2"
    )
    command.add_argument("--out", type=Path, metavar="FILE", help="where to (standard output)")


def fetch(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Write the file that a version of a dataset was read from, checked by its sha256."""
    if not options.version:
        parser.error("say of which dataset: datasets original ID/VERSION")
    if options.out is None and sys.stdout.isatty():
        parser.error("say where to with --out FILE, or redirect the output")
    dataset = find(current_store(), version_named(current_store(), options.version))
    with original(dataset.sha256).open("rb") as stream:
        if options.out is None:
            _copy(stream, sys.stdout.buffer)
            return 0
        with replacing_file(options.out) as temporary, temporary.open("wb") as into:
            _copy(stream, into)
    print(f"{options.out}: {dataset.file}, sha256 {dataset.sha256}", file=sys.stderr)
    return 0


def version_named(store: Store, text: str) -> str:
    """Return the id of a version written as ID/VERSION or as the id itself.

    Raises
    ------
    StoreError
        If there is no such dataset; the message lists those that there are.
    """
    ids = set(store.datasets()["id"])
    stem, _, version = text.rpartition("/")
    named = f"{stem}-v{version.removeprefix('v')}" if stem else text
    if named in ids:
        return named
    raise StoreError(f"There is no dataset {text!r:.100}; there are: {', '.join(sorted(ids))}.")


def _copy(stream: IO[bytes], into: IO[bytes]) -> None:
    shutil.copyfileobj(stream, into, 1 << 20)
    into.flush()

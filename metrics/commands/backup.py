"""Backups from the command line: ``python -m metrics backup | restore``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from metrics.backup import Manifest
from metrics.commands.options import add_mode
from metrics.people import owner

MEBIBYTE = 1 << 20


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to those of ``python -m metrics``."""
    backup = commands.add_parser("backup", help="write the store and its files into one archive")
    backup.add_argument("file", type=Path, metavar="FILE", help="archive to make or to replace")
    add_mode(backup)
    backup.set_defaults(run=_backup)
    restore = commands.add_parser("restore", help="put what an archive holds in force")
    restore.add_argument("file", type=Path, metavar="FILE", help="archive that backup has written")
    restore.add_argument(
        "--replace",
        action="store_true",
        help="replace a store that is not empty; it is backed up into backups/ before",
    )
    add_mode(restore)
    restore.set_defaults(run=_restore)


def _backup(options: argparse.Namespace, _: argparse.ArgumentParser) -> int:
    from metrics.backup import back_up  # noqa: PLC0415 (Parquet costs every other command)

    _tell(back_up(options.file, options.mode))
    print(f"written: {options.file}, {options.file.stat().st_size / MEBIBYTE:.1f} MiB")
    return 0


def _restore(options: argparse.Namespace, _: argparse.ArgumentParser) -> int:
    from metrics.backup import restore  # noqa: PLC0415

    done = restore(options.file, owner(), options.mode, replace=options.replace)
    _tell(done.manifest)
    if done.aside is not None:
        print(f"what was there before: {done.aside}", file=sys.stderr)
    print(f"in force: {options.file}")
    return 0


def _tell(manifest: Manifest) -> None:
    print(f"{manifest.mode} figures, {manifest.engine} {manifest.generation}, {manifest.made}")
    originals = sum(name.startswith("files/") for name in manifest.entries)
    for name, entry in manifest.entries.items():
        if entry.rows is not None:
            print(f"{entry.rows:>10}  {Path(name).stem}")
    print(f"{originals:>10}  original files")

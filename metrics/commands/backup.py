"""Backups from the command line: ``python -m metrics backup | restore``."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from base.words import Lang, Message, add_lang, number, t
from metrics.backup import Manifest
from metrics.commands.options import add_mode, tell
from metrics.people import owner

MEBIBYTE = 1 << 20


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to those of ``python -m metrics``."""
    backup = commands.add_parser("backup", help="write the store and its files into one archive")
    backup.add_argument("file", type=Path, metavar="FILE", help="archive to make or to replace")
    add_mode(backup)
    add_lang(backup, "en")
    backup.set_defaults(run=_backup)
    restore = commands.add_parser("restore", help="put what an archive holds in force")
    restore.add_argument("file", type=Path, metavar="FILE", help="archive that backup has written")
    restore.add_argument(
        "--replace",
        action="store_true",
        help="replace a store that is not empty; it is backed up into backups/ before",
    )
    add_mode(restore)
    add_lang(restore, "en")
    restore.set_defaults(run=_restore)


def _backup(options: argparse.Namespace, _: argparse.ArgumentParser) -> int:
    from metrics.backup import back_up  # noqa: PLC0415 (Parquet costs every other command)

    done = back_up(options.file, options.mode)
    _tell(done.manifest, options.lang)
    _tell_left_out(done.left_out, options.lang)
    size = number(options.file.stat().st_size / MEBIBYTE, options.lang, 1, fixed=True)
    print(t("commands.backup.written", options.lang, file=options.file, size=size))
    return 0


def _restore(options: argparse.Namespace, _: argparse.ArgumentParser) -> int:
    from metrics.backup import restore  # noqa: PLC0415

    done = restore(options.file, owner(), options.mode, replace=options.replace)
    _tell(done.manifest, options.lang)
    _tell_left_out(done.left_out, options.lang)
    if done.aside is not None:
        tell(t("commands.backup.before", options.lang, path=done.aside))
    print(t("commands.backup.in_force", options.lang, file=options.file))
    return 0


def _tell_left_out(left_out: Iterable[Message], lang: Lang) -> None:
    for said in left_out:
        tell(said.say(lang))


def _tell(manifest: Manifest, lang: Lang) -> None:
    told = {"engine": manifest.engine, "generation": manifest.generation, "made": manifest.made}
    mode = t(f"commands.mode.{manifest.mode}", lang)
    print(t("commands.backup.made", lang, mode=mode, **told))
    originals = sum(name.startswith("files/") for name in manifest.entries)
    for name, entry in manifest.entries.items():
        if entry.rows is not None:
            print(f"{entry.rows:>10}  {Path(name).stem}")
    print(t("commands.backup.originals", lang, n=originals))

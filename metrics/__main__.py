"""Figures from the command line: ``python -m metrics --help``."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from geo.editions import Level, editions
from metrics import clusters
from metrics.cli import check_indicators
from metrics.exporting import write_csv
from metrics.store import Mode, StoreError, ensure_store

# Modules that add one command each: a function add_parser(commands) that sets `run`.
COMMANDS: tuple[Any, ...] = (clusters,)
FORMATS = ("csv",)
MODES: tuple[Mode, ...] = ("real", "simulated")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    arguments
        The words after ``python -m metrics``; None for those of the process.

    Returns
    -------
    int
        0 where it succeeded, 1 where it could not be done. What was asked wrongly ends the process
        with 2, as argparse does.
    """
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options, parser))
    except (StoreError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m metrics", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_status(commands)
    _add_export(commands)
    for module in COMMANDS:
        module.add_parser(commands)
    return parser


def _add_mode(command: argparse.ArgumentParser) -> None:
    command.add_argument("--mode", choices=MODES, default=MODES[0], help="which store (real)")


def _add_status(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("status", help="say what the store holds, filling it if needed")
    _add_mode(command)
    command.set_defaults(run=_status)


def _add_export(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("export", help="write observations to a file, one row each")
    _add_mode(command)
    command.add_argument("--all", action="store_true", help="all observations")
    command.add_argument(
        "--indicator", action="append", metavar="ID", help="only this indicator (repeatable)"
    )
    command.add_argument(
        "--edition",
        choices=[edition.id for edition in editions()],
        help="only figures on this edition of the map (those of the country are on none)",
    )
    command.add_argument(
        "--level", choices=[str(level) for level in Level], help="only figures of this level"
    )
    command.add_argument("--format", choices=FORMATS, default=FORMATS[0], help="file format (csv)")
    command.add_argument("--out", type=Path, required=True, metavar="FILE", help="file to write")
    command.add_argument(
        "--bom", action="store_true", help="begin with a byte order mark, for Excel"
    )
    command.set_defaults(run=_export)


def _status(options: argparse.Namespace, _: argparse.ArgumentParser) -> int:
    store = ensure_store(options.mode)
    print(f"generation    {store.generation}")
    print(f"observations  {store.count()}")
    print(f"indicators    {len(store.indicators())}")
    for dataset in store.datasets().to_dict("records"):
        print(
            "dataset       {id}: {rows} rows, loaded {time}, owner {owner!r}, "
            "sha256 {sha256:.12}".format_map(dataset)
        )
    return 0


def _export(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    filters = (options.indicator, options.edition, options.level)
    if options.all and options.indicator:
        parser.error("--all and --indicator exclude each other: leave one out")
    if not options.all and not any(filters):
        parser.error("say what to export: --all, or any of --indicator, --edition, --level")
    store = ensure_store(options.mode)
    check_indicators(parser, options.indicator or (), store.catalog.indicators)
    written = write_csv(
        store,
        options.out,
        options.indicator,
        edition=options.edition,
        level=Level(options.level) if options.level else None,
        bom=options.bom,
        progress=_show if sys.stderr.isatty() else None,
    )
    print(f"{written} observations written to {options.out}", file=sys.stderr)
    return 0


def _show(done: int, total: int) -> None:
    width = 30
    filled = round(width * done / total)
    end = "\n" if done == total else ""
    bar = "#" * filled + "." * (width - filled)
    print(f"\r{bar} {done} of {total} indicators", end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

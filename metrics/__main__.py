"""Figures from the command line: ``python -m metrics --help``."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from typing import Any

from metrics.commands import add_mode, clusters
from metrics.commands import alias as alias_command
from metrics.commands import audit as audit_command
from metrics.commands import backup as backup_command
from metrics.commands import datasets as import_command
from metrics.commands import export as export_command
from metrics.store import SCHEMA_VERSION, StoreError, ensure_store, generations_of
from ui.commands import figure as figure_command

# Modules that add one command each: a function add_parser(commands) that sets `run`.
COMMANDS: tuple[Any, ...] = (
    export_command,
    figure_command,
    import_command,
    alias_command,
    clusters,
    audit_command,
    backup_command,
)


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
    for module in COMMANDS:
        module.add_parser(commands)
    return parser


def _add_status(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("status", help="say what the store holds, filling it if needed")
    add_mode(command)
    command.set_defaults(run=_status)


def _status(options: argparse.Namespace, _: argparse.ArgumentParser) -> int:
    store = ensure_store(options.mode)
    print(f"store         {generations_of(options.mode).pointer}")
    print(f"tables        version {SCHEMA_VERSION}")
    print(f"generation    {store.generation}")
    print(f"observations  {store.count()}")
    print(f"indicators    {len(store.indicators())}")
    for dataset in store.datasets().to_dict("records"):
        print(
            "dataset       {id}: {rows} rows, loaded {time}, owner {owner!r}, "
            "sha256 {sha256:.12}".format_map(dataset)
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())

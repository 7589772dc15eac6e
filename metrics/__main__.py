"""Figures from the command line: ``python -m metrics --help``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from base.words import add_lang, spoken, t
from metrics.commands import add_mode, hand_over, run_command
from metrics.commands import alias as alias_command
from metrics.commands import audit as audit_command
from metrics.commands import backup as backup_command
from metrics.commands import clusters as clusters_command
from metrics.commands import datasets as import_command
from metrics.commands import export as export_command
from metrics.commands import refresh as refresh_command
from metrics.store import SCHEMA_VERSION, ensure_store, generations_of

# Modules that add one command each: a function add_parser(commands) that sets `run`.
COMMANDS: tuple[Any, ...] = (
    export_command,
    import_command,
    alias_command,
    clusters_command,
    audit_command,
    backup_command,
    refresh_command,
)
# What draws is done by ``python -m ui``, in a process of its own.
DRAWN = "figure"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; see `run_command`."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    if words[:1] == [DRAWN]:
        return hand_over(words)
    return run_command(_parser(), words)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m metrics", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_status(commands)
    for module in COMMANDS:
        module.add_parser(commands)
    commands.add_parser(DRAWN, help=f"draw publication figures: python -m ui {DRAWN}")
    return parser


def _add_status(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("status", help="say what the store holds, filling it if needed")
    add_mode(command)
    add_lang(command, "en")
    command.set_defaults(run=_status)


def _status(options: argparse.Namespace, _: argparse.ArgumentParser) -> int:
    store = ensure_store(options.mode)
    lang = spoken(options)
    print(t("commands.status.store", lang, pointer=generations_of(options.mode).pointer))
    print(t("commands.status.tables", lang, version=SCHEMA_VERSION))
    print(t("commands.status.generation", lang, generation=store.generation))
    print(t("commands.status.observations", lang, n=store.count()))
    print(t("commands.status.indicators", lang, n=len(store.indicators())))
    names = ["id", "rows", "time", "owner", "sha256"]
    for dataset in store.datasets()[names].to_dict("records"):
        print(t("commands.status.dataset", lang, **{str(k): v for k, v in dataset.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())

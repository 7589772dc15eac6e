"""``python -m ui kit``: press kits, each a ZIP of what a view shows, one or one each of many."""

from __future__ import annotations

import argparse
from typing import Final

from metrics.commands import add_as_of, add_mode, add_private, day
from metrics.commands.export import write_asked
from metrics.commands.export_options import KIT, add_areas, add_kit, add_output, add_view, check
from ui.commands.rows import as_made, write_any

HELP: Final = "write press kits of views: data, citation, sources, licence, figures and the map"


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to those of ``python -m ui``."""
    command = commands.add_parser("kit", help=HELP, description=HELP)
    add_mode(command)
    add_private(command)
    add_as_of(command)
    add_areas(command)
    add_view(command)
    command.add_argument("--since", type=day, metavar="DAY", help="of --change")
    add_kit(command)
    add_output(command)
    command.set_defaults(run=run, format=KIT, as_shown=True, all=False, until=None)


def run(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Write what was asked for; 1 where any of it could not be written."""
    check(options, parser)
    return write_asked(options, parser, as_made, write_any)

"""``python -m ui export``: figures as files, those that a view makes of its figures too.

The words of ``python -m metrics export``, which hands over what it cannot do.
"""

from __future__ import annotations

import argparse

from metrics.commands.export import write_asked
from metrics.commands.export_options import add_export, check
from ui.commands.rows import as_made, write_any


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to those of ``python -m ui``."""
    add_export(commands).set_defaults(run=run)


def run(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Write what was asked for; 1 where any of it could not be written."""
    check(options, parser)
    return write_asked(options, parser, as_made, write_any)

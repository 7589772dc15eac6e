"""The command line of everything that knows places: `python -m geo`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from geo.boundaries.official import cli as _boundaries_cli
from geo.convert import cli as _convert_cli
from geo.coverage import cli as _coverage_cli
from geo.coverage import simulate_cli as _simulate_cli
from geo.coverage.evidence import cli as _evidence_cli
from geo.coverage.ledger import cli as _ledger_cli
from geo.names import cli as _names_cli

# Each module adds one command: a function add_parser(commands) that sets `run`.
COMMANDS = (
    _names_cli,
    _convert_cli,
    _coverage_cli,
    _ledger_cli,
    _evidence_cli,
    _simulate_cli,
    _boundaries_cli,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    arguments
        What follows `python -m geo`; those of the process where None.

    Returns
    -------
    int
        0 where it went well, 2 where an option or a file cannot be used.
    """
    parser = argparse.ArgumentParser(prog="python -m geo", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for module in COMMANDS:
        module.add_parser(commands)
    options = parser.parse_args(arguments)
    return int(options.run(options))


if __name__ == "__main__":
    sys.exit(main())

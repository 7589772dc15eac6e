"""What the pages draw, from the command line: ``python -m ui --help``."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from typing import Any

from metrics.commands import run_command
from ui.commands import embed, export, figure, kit, publish

# Modules that add one command each: a function add_parser(commands) that sets `run`.
COMMANDS: tuple[Any, ...] = (figure, kit, embed, export, publish)
# Streamlit, which some of what is drawn shares a room with, tells here that no page is open.
NO_PAGE = "streamlit.runtime.scriptrunner_utils.script_run_context"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; see `metrics.commands.run_command`."""
    parser = argparse.ArgumentParser(prog="python -m ui", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in COMMANDS:
        module.add_parser(commands)
    logging.getLogger(NO_PAGE).addFilter(lambda _: False)
    return run_command(parser, arguments)


if __name__ == "__main__":
    sys.exit(main())

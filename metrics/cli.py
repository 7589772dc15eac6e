"""What the commands of `python -m metrics` share."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from metrics.store import Mode

MODES: Final[tuple[Mode, ...]] = ("real", "simulated")


def add_mode(command: argparse.ArgumentParser) -> None:
    """Let a command choose between the real store and the simulated one."""
    command.add_argument("--mode", choices=MODES, default=MODES[0], help="which store (real)")


def day(text: str) -> date:
    """Read a date written YYYY-MM-DD; for the ``type`` of an argument."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write YYYY-MM-DD") from None


def check_indicators(
    parser: argparse.ArgumentParser, asked: Sequence[str], known: Collection[str]
) -> None:
    """End the process with a hint where an indicator that was asked for does not exist."""
    for name in asked:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=5, cutoff=0.4)
            hint = f"Did you mean: {', '.join(near)}?" if near else f"Known: {', '.join(known)}."
            parser.error(f"there is no indicator {name!r}. {hint}")

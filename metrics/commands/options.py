"""What the commands of `python -m metrics` share."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from metrics.people import VISITOR, seen_by
from metrics.store import Mode, Store, ensure_store

MODES: Final[tuple[Mode, ...]] = ("real", "simulated")


def add_mode(command: argparse.ArgumentParser) -> None:
    """Let a command choose between the real store and the simulated one."""
    command.add_argument("--mode", choices=MODES, default=MODES[0], help="which store (real)")


def add_private(command: argparse.ArgumentParser) -> None:
    """Let a command also use what is private to teams: what it writes may leave the house."""
    command.add_argument(
        "--private", action="store_true", help="also figures that are private to a team"
    )


def opened(mode: Mode, *, private: bool = False) -> Store:
    """Open the store for a command that writes files: what is published, unless told otherwise."""
    whole = ensure_store(mode)
    if private:
        return whole
    published = seen_by(whole, VISITOR)
    if left_out := len(whole.datasets()) - len(published.datasets()):
        print(f"{left_out} private datasets are left out", file=sys.stderr)
    return published


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

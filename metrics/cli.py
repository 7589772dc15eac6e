"""What the commands of `python -m metrics` share."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Collection, Sequence


def check_indicators(
    parser: argparse.ArgumentParser, asked: Sequence[str], known: Collection[str]
) -> None:
    """End the process with a hint where an indicator that was asked for does not exist."""
    for name in asked:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=5, cutoff=0.4)
            hint = f"Did you mean: {', '.join(near)}?" if near else f"Known: {', '.join(known)}."
            parser.error(f"there is no indicator {name!r}. {hint}")

"""The commands of `python -m metrics`, and what commands share."""

from metrics.commands.options import (
    add_as_of,
    add_made,
    add_mode,
    add_private,
    check_indicators,
    check_out,
    day,
    hand_over,
    made_of,
    opened,
    run_command,
    tell,
    why,
)

"""The commands of `python -m metrics`."""

from metrics.commands.options import add_mode, check_indicators, day, opened

"""The commands of `python -m ui`: those that draw."""

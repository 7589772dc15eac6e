"""Pinned areas: which colour each has, on the map, in the table and in the chart alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

MOST_PINS: Final = 10
# Okabe-Ito without yellow and black, then four that stay apart from them on paper and on dark.
COLOURS: Final = (
    "#0072b2",
    "#d55e00",
    "#009e73",
    "#cc79a7",
    "#b07d00",
    "#56b4e9",
    "#8a63d2",
    "#c2185b",
    "#6f8f00",
    "#8d6e63",
)
# Of the area looked at where it is not pinned.
UNPINNED: Final = "#7f878b"


def pin_colours(pins: Sequence[str]) -> dict[str, str]:
    """Give each pinned area its colour, by its place among the pins."""
    return dict(zip(pins, COLOURS, strict=False))

"""Sizes of figures, and the sizes of type that suit them."""

from __future__ import annotations

from dataclasses import dataclass

MM = 72 / 25.4  # points
MIN_DPI, MAX_DPI = 96, 600


@dataclass(frozen=True, slots=True)
class Preset:
    """A page.

    Attributes
    ----------
    width, height
        Points (1/72 inch).
    margin
        Points, on all sides.
    title, text, small
        Sizes of type, points.
    aside
        Width of the column beside a map, points.
    """

    width: float
    height: float
    margin: float
    title: float
    text: float
    small: float
    aside: float


# On screens a figure 1,080 pixels wide is 5.4 inches at 200 dots per inch.
_WIDE, _TALL = 5.4 * 72, 9.6 * 72
PRESETS: dict[str, Preset] = {
    "square": Preset(_WIDE, _WIDE, 19, 15, 8, 6.4, 150),
    "portrait": Preset(_WIDE, 6.75 * 72, 19, 15.5, 8.2, 6.6, 150),
    "story": Preset(_WIDE, _TALL, 22, 18, 9, 7.2, 150),
    "wide": Preset(_TALL, _WIDE, 23, 17.5, 8.6, 6.8, 205),
    "a4": Preset(210 * MM, 297 * MM, 17 * MM, 19, 9.2, 7.4, 205),
    "a4-landscape": Preset(297 * MM, 210 * MM, 15 * MM, 20, 9.4, 7.5, 250),
    "column": Preset(89 * MM, 124 * MM, 9, 10, 6.4, 5.2, 94),
}
DEFAULT_PRESET = "square"

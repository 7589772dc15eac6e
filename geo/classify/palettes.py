"""Colours of maps and legends: ColorBrewer for classes, Okabe-Ito for statuses.

Ramps are walked at even steps of lightness (CIE L*), from a colour that is apart from the paper to
one that is apart from the paper of the dark theme, so that neighbouring classes stay apart for
every number of classes, with every kind of colour vision and in greyscale. The tests measure it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from branca.utilities import color_brewer
from numpy.typing import NDArray

NEUTRAL = "YlGnBu"
# One hue for each theme, kept on all its views.
HUES = {"digitization": "Blues", "cashless": "RdPu", "coverage": "Oranges"}
# Lightness of the first and the last class of a ramp.
_REACH = {"YlGnBu": (82, 18), "Blues": (84, 22), "RdPu": (84, 18), "Oranges": (92, 30)}
_MIDDLE = 55  # lightness of a class that is alone

# ColorBrewer PuOr: its sides stay apart for readers who cannot tell red from green, and are of no
# theme. Colours from the centre outwards, and the lightness they reach. The white of its own centre
# would be that of "no data".
DIVERGING = "PuOr"
_BELOW, _ABOVE = ((4, 3, 2, 1, 0), (80, 34)), ((6, 7, 8, 9, 10), (76, 26))
CENTRE = "#efe6c4"

# Okabe and Ito, Color Universal Design (2008), without its yellow, which is too light on paper.
STATUSES = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00")
# Missed, near and met. Each is of another lightness, so that they stay apart in greyscale.
TARGET = ("#d55e00", "#f3d98b", "#0b4a8f")

Ramp = NDArray[np.float64]  # red, green and blue, 0 to 255, from light to dark


@cache
def sequential(domain: str, k: int) -> tuple[str, ...]:
    """Return the colours of ordered classes, light to dark.

    Parameters
    ----------
    domain
        Domain of the indicator: a theme has its own hue, the others share a neutral one.
    k
        Number of classes, 0 to 7.

    Returns
    -------
    tuple of str
        ``k`` colours as ``#rrggbb``; the lightest is still apart from the white of "no data".
    """
    name = HUES.get(domain, NEUTRAL)
    light, dark = _REACH[name]
    if k <= 3:  # few classes need no extremes
        light, dark = light - 4, dark + 8
    return _walk(_ramp(tuple(color_brewer(name, 9))), light, dark, k)


@cache
def diverging(steps: tuple[int, ...]) -> tuple[str, ...]:
    """Return the colours of classes around a centre: orange below it, purple above.

    Parameters
    ----------
    steps
        How many classes each is away from the centre: see `geo.classify.Classes.steps`.

    Returns
    -------
    tuple of str
        One colour as ``#rrggbb`` a class; equally far is about equally strong on either side.
    """
    most = max((abs(step) for step in steps), default=0)
    scheme = color_brewer(DIVERGING, 11)
    sides = {
        sign: _walk(_ramp(tuple(scheme[at] for at in anchors)), *reach, most)
        for sign, (anchors, reach) in ((-1, _BELOW), (1, _ABOVE))
    }
    return tuple(
        CENTRE if step == 0 else sides[-1 if step < 0 else 1][abs(step) - 1] for step in steps
    )


def statuses(n: int) -> tuple[str, ...]:
    """Return the colours of `n` unordered categories; more than six share the last colour.

    Returns
    -------
    tuple of str
        ``n`` colours as ``#rrggbb``.
    """
    return tuple(STATUSES[min(i, len(STATUSES) - 1)] for i in range(n))


def _ramp(colors: Sequence[str]) -> Ramp:
    """Join colours by straight lines in sRGB."""
    anchors = np.array([[int(color[at : at + 2], 16) for at in (1, 3, 5)] for color in colors])
    along, places = np.linspace(0, len(colors) - 1, 513), np.arange(len(colors))
    return np.stack([np.interp(along, places, anchors[:, part]) for part in range(3)], axis=1)


def _walk(ramp: Ramp, light: float, dark: float, k: int) -> tuple[str, ...]:
    """Take `k` colours of a ramp at even steps of lightness."""
    wanted = np.linspace(light, dark, k) if k != 1 else np.array([_MIDDLE])
    lights = _lightness(ramp)
    taken = [ramp[int(np.argmin(np.abs(lights - value)))] for value in wanted]
    return tuple("#" + "".join(f"{round(float(part)):02x}" for part in color) for color in taken)


def _lightness(rgb: Ramp) -> NDArray[np.float64]:
    """Return CIE L* of sRGB colours (IEC 61966-2-1, D65)."""
    share = rgb / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    luminance = linear @ np.array([0.2126729, 0.7151522, 0.0721750])
    lightness: NDArray[np.float64] = 116 * np.cbrt(luminance) - 16
    return lightness

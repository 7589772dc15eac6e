"""Colours of maps and legends: ColorBrewer for classes, Okabe-Ito for statuses."""

from __future__ import annotations

from functools import cache

from branca.utilities import color_brewer

NEUTRAL = "YlGnBu"
# One hue for each theme, kept on all its views.
HUES = {"digitization": "Blues", "cashless": "PuRd", "coverage": "Oranges"}

# Okabe and Ito, Color Universal Design (2008), without its yellow, which is too light on paper.
STATUSES = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00")

_STEPS = 9


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
    scheme = color_brewer(HUES.get(domain, NEUTRAL), _STEPS)
    if k <= 0:
        return ()
    if k == 1:
        return (str(scheme[5]),)
    first, last = (2, 8) if k <= 3 else (1, 8)
    steps = [round(first + (last - first) * i / (k - 1)) for i in range(k)]
    return tuple(str(scheme[i]) for i in steps)


# Below and above the centre, from the centre outwards: ColorBrewer PuOr, whose ends stay apart for
# readers who cannot tell red from green, and whose hues are not those of any theme.
_BELOW, _AT, _ABOVE = (4, 3, 2, 1, 0), 5, (6, 7, 8, 9, 10)
DIVERGING = "PuOr"


@cache
def diverging(steps: tuple[int, ...]) -> tuple[str, ...]:
    """Return the colours of classes around a centre.

    Parameters
    ----------
    steps
        How many classes each is away from the centre: see `geo.classify.Classes.steps`.

    Returns
    -------
    tuple of str
        One colour as ``#rrggbb`` a class; equally far is equally strong on either side.
    """
    scheme = color_brewer(DIVERGING, 11)
    most = max((abs(step) for step in steps), default=1)
    shades = {1: (2,), 2: (1, 3), 3: (1, 2, 4)}.get(most, (0, 1, 2, 3, 4))

    def color(step: int) -> str:
        if step == 0:
            return str(scheme[_AT])
        side = _BELOW if step < 0 else _ABOVE
        return str(scheme[side[shades[min(abs(step), len(shades)) - 1]]])

    return tuple(color(step) for step in steps)


def statuses(n: int) -> tuple[str, ...]:
    """Return the colours of `n` unordered categories; more than six share the last colour.

    Parameters
    ----------
    n
        Number of categories.

    Returns
    -------
    tuple of str
        ``n`` colours as ``#rrggbb``.
    """
    return tuple(STATUSES[min(i, len(STATUSES) - 1)] for i in range(n))

"""The distribution of what is drawn, as a small histogram in the colours of the classes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from base.html import Markup, el
from base.words import decimals_of, number, t
from geo.classify import NO_CLASS
from ui.scene.figures import beside
from ui.scene.scene import Manner, Scene

BINS = 24
END = 1000  # places along the axis are told in thousandths
Floats = NDArray[np.float64]
_EDGE = 0.02  # of the width, left free at both ends so that a tick is never cut


def spots(scene: Scene) -> list[int]:
    """Return where each area stands along the histogram, in thousandths of its width; -1 for none.

    Parameters
    ----------
    scene
        What is shown; only a scene drawn in classes has a histogram.
    """
    if scene.manner is not Manner.CLASSES:
        return []
    places = np.round(_along(scene.measure.numbers) * END)
    held = np.isfinite(places) & (scene.classes.index != NO_CLASS)
    return [int(place) if has else -1 for place, has in zip(places, held, strict=True)]


def histogram_html(scene: Scene) -> Markup:
    """Draw the histogram of a scene with the tick of the area looked at.

    The script of the map moves the second tick to the area pointed at.

    Returns
    -------
    Markup
        Of a fixed size; nothing where the scene is not drawn in classes.
    """
    if scene.manner is not Manner.CLASSES:
        return Markup()
    numbers, lang = scene.measure.numbers, scene.lang
    finite = numbers[np.isfinite(numbers)]
    ends = [float(finite.min()), float(finite.max())]
    digits = max(scene.measure.digits, *(decimals_of(end, 2) for end in ends))
    low, high = (scene.measure.write(end, lang, digits) for end in ends)
    label = t(
        "legend.histogram",
        lang,
        n=number(len(finite), lang),
        low=beside(low, scene.measure.unit),
        high=beside(high, scene.measure.unit),
    )
    place, told = _selected(scene)
    return el(
        "div.hist",
        el("div.bars", _bars(scene), _centre(scene, ends), aria_hidden="true"),
        el("i.tick", style=f"left:{place / 10:.1f}%") if told else None,
        el("i.tick.pointed", hidden=True),
        el("span.ends", el("span", low), el("span", high), aria_hidden="true"),
        role="img",
        aria_label=f"{label} {told}".strip(),
    )


def _along(numbers: Floats, of: Floats | None = None) -> Floats:
    """Return places along the axis, 0 to 1, NaN for what is missing; the middle if all are equal.

    The axis is that of `numbers`, or of the numbers `of`.
    """
    known = numbers if of is None else of
    finite = known[np.isfinite(known)]
    low, high = float(finite.min()), float(finite.max())
    # Halves, so that even the largest numbers there are do not overflow.
    wide = high / 2 - low / 2
    share = (numbers / 2 - low / 2) / wide if wide > 0 else numbers * 0 + 0.5
    return _EDGE + share * (1 - 2 * _EDGE)


def _bars(scene: Scene) -> list[Markup]:
    """Stack the areas of each bin by class: where two classes meet, a bin holds some of both."""
    along, index = _along(scene.measure.numbers), scene.classes.index
    held = np.isfinite(along) & (index != NO_CLASS)
    bins = np.minimum((along[held] * BINS).astype(int), BINS - 1)
    counts = np.zeros((BINS, max(1, scene.classes.k)), dtype=int)
    np.add.at(counts, (bins, index[held]), 1)
    tallest = max(1, int(counts.sum(axis=1).max()))
    drawn = []
    for at in range(BINS):
        below = 0
        for group in np.flatnonzero(counts[at]):
            n = int(counts[at, group])
            place = f"left:{100 * at / BINS:.2f}%;bottom:{100 * below / tallest:.1f}%"
            look = f"height:{100 * n / tallest:.1f}%;background:{scene.palette[group]}"
            drawn.append(el("i", style=f"{place};{look}"))
            below += n
    return drawn


def _centre(scene: Scene, ends: list[float]) -> Markup | None:
    """Draw the line that the two sides of a diverging scale part at, where it is in sight."""
    centre = scene.measure.centre
    if centre is None or not ends[0] <= centre <= ends[1]:
        return None
    place = float(_along(np.array([centre]), scene.measure.numbers)[0])
    return el("i.centre", style=f"left:{100 * place:.1f}%")


def _selected(scene: Scene) -> tuple[int, str]:
    """Return where the area looked at stands, and what is said of it; "" where there is none."""
    if scene.selected not in scene.codes:
        return -1, ""
    at = scene.codes.index(scene.selected)
    place = spots(scene)[at]
    if place < 0:
        return place, ""
    value = scene.figure(at)
    return place, t("legend.tick", scene.lang, name=scene.name(scene.selected), value=value)


def caption(scene: Scene) -> str:
    """Say in the foot of the legend where the area looked at stands; "" where there is none."""
    return _selected(scene)[1] if scene.manner is Manner.CLASSES else ""

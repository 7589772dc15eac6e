"""Work out what is shown for a view: what is made of its figures, drawn in which manner."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from base.words import t
from metrics.panel import STATUS, TYPE, least, matches, offered, types_at
from metrics.store import Store
from ui.address import NO_CHANGE, NOTHING, Refusal, View
from ui.scene.against import difference
from ui.scene.change import changed
from ui.scene.classing import (
    Coloured,
    in_categories,
    in_circles,
    in_classes,
    in_markers,
    part_of,
    pooled,
    uncoloured,
)
from ui.scene.figures import FEWEST_FOR_COLOUR
from ui.scene.found import Found, find
from ui.scene.measure import Measure, Unmeasurable, plain
from ui.scene.per import per_measure
from ui.scene.scene import Manner, Scene

# What can be made of figures: the field of the view that asks for it, which is also the parameter
# of the address, the value of that field that does not, and what makes the measure. The first that
# a view asks for is drawn.
WAYS: Final[dict[str, tuple[Any, Callable[[Found], Measure]]]] = {
    "per": ("", per_measure),
    "change": (NO_CHANGE, changed),
    "against": (NOTHING, difference),
}


def make_scene(store: Store, view: View, *, dark: bool = False) -> tuple[Scene, list[Refusal]]:
    """Join a view to its figures, to be drawn on white or dark paper.

    Returns
    -------
    scene
        What to draw.
    refusals
        Choices of the view that no figure answers to.
    """
    found, refused = find(store, view)
    found, unfiltered = _filtered(found)
    found, measure, unmeasured = _measured(found)
    manner = manner_of(found, measure)
    over = pooled(found, measure)
    coloured = coloured_in(found, over, manner)
    place = found.place
    scene = Scene(
        reader=found.reader,
        view=coloured.view,
        stops=found.stops,
        panel=found.panel,
        selected=place.code if place.level is found.view.level else None,
        measure=measure,
        manner=manner,
        classes=part_of(coloured.classes, 0, len(found.panel.frame)),
        colours=coloured.palette,
        dark=dark,
        methods=coloured.methods,
        note=coloured.note,
        largest=_largest(over.numbers),
        matched=matches(found.panel.frame, found.view.edition, found.view.filters)
        if found.view.filters.names
        else None,
    )
    return scene, [*refused, *unfiltered, *unmeasured, *coloured.refused]


def _filtered(found: Found) -> tuple[Found, list[Refusal]]:
    """Take off what cannot be asked of the figures of a view."""
    view, lang = found.view, found.lang
    filters, refused = view.filters, []
    known = {category.id for category in found.panel.categories}
    for name in filters.names:
        strange = name == STATUS and not set(filters.categories) <= known
        strange |= name == TYPE and not set(filters.types) <= {*types_at(view.edition, view.level)}
        if strange or name not in offered(found.indicator, view.edition, view.level):
            told = t("filters.not_here", lang, name=t(f"filters.{name}", lang))
            refused.append(Refusal("filters", name, told))
            filters = filters.without(name)
    if refused:
        found = replace(found, view=view.to(filters=filters, source=view.source))
    return found, refused


def _measured(found: Found) -> tuple[Found, Measure, list[Refusal]]:
    """Make of the figures what the view asks for; refuse what makes no sense, with the reason."""
    refused: list[Refusal] = []
    for name, (off, make) in WAYS.items():
        view, asked = found.view, getattr(found.view, name)
        # Without figures there is nothing to measure, and the page says so anyway.
        if asked == off or not found.panel.n_reported:
            continue
        try:
            measure = make(found)
        except Unmeasurable as reason:
            refused.append(Refusal(name, str(asked), str(reason)))
            found = replace(found, view=view.to(**{name: off}, at=view.at, source=view.source))
            continue
        # What else it asked for is not drawn, so not said.
        only = {other: WAYS[other][0] for other in WAYS if other != name}
        return replace(found, view=replace(view, **only)), measure, refused
    return found, plain(found), refused


def manner_of(found: Found, measure: Measure) -> Manner:
    """Choose how a measure is drawn: rates and scores fill, counts do not."""
    kind = found.indicator.kind
    if found.panel.n_reported == 0:
        return Manner.EMPTY
    if kind in ("status", "date"):
        return Manner.STATUSES if kind == "status" else Manner.CARD
    if measure.n < max(FEWEST_FOR_COLOUR, least(found.indicator, found.panel.frame)):
        return Manner.CARD
    return Manner.CIRCLES if measure.circles else Manner.CLASSES


def coloured_in(found: Found, measure: Measure, manner: Manner) -> Coloured:
    """Give the numbers of a measure classes and colours, in the manner that they are drawn."""
    match manner:
        case Manner.EMPTY:
            return uncoloured(found)
        case Manner.STATUSES:
            return in_categories(found)
        case Manner.CARD:
            return in_markers(found, measure)
        case Manner.CIRCLES:
            return in_circles(found, measure)
        case _:
            return in_classes(found, measure)


def _largest(numbers: NDArray[np.float64]) -> float:
    finite = np.abs(numbers[np.isfinite(numbers)])
    return float(finite.max()) if finite.size else math.nan

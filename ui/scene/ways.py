"""Which measure a view asks for: the registry of what can be made of the figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from metrics.panel import Panel
from metrics.store import Store
from ui.address import NO_CHANGE, NOTHING, Refusal, View
from ui.scene.against import difference
from ui.scene.change import changed
from ui.scene.measure import Measure, Unmeasurable, plain
from ui.scene.per import per_measure


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that can be made of figures.

    Attributes
    ----------
    param
        Field of the view that asks for it, which is also the parameter of the address.
    off
        The value of that field that does not.
    make
        Computes the measure; raises `Unmeasurable` where it makes no sense.
    """

    param: str
    off: object
    make: Callable[[Store, View, Panel], Measure]


# The first that a view asks for is drawn.
WAYS: tuple[Way, ...] = (
    Way("per", "", per_measure),
    Way("change", NO_CHANGE, changed),
    Way("against", NOTHING, difference),
)


def measure_of(store: Store, view: View, panel: Panel) -> tuple[View, Measure, list[Refusal]]:
    """Return what a view draws.

    Returns
    -------
    view
        The view that is shown: without what could not be measured.
    measure
        What is drawn.
    refused
        What makes no sense here, with the reason.
    """
    refused: list[Refusal] = []
    for way in WAYS:
        asked = getattr(view, way.param)
        if asked == way.off:
            continue
        if panel.n_reported == 0:
            # Without figures there is nothing to measure, and the page says so anyway.
            break
        try:
            return _only(view, way), way.make(store, view, panel), refused
        except Unmeasurable as reason:
            refused.append(Refusal(way.param, str(asked), str(reason)))
            view = view.to(**{way.param: way.off}, at=view.at, source=view.source)
    return view, plain(panel, view.lang), refused


def _only(view: View, way: Way) -> View:
    """Return a view that asks for one thing: what else it asked for is not drawn, so not said."""
    rest: dict[str, Any] = {other.param: other.off for other in WAYS if other is not way}
    return replace(view, **rest)

"""A view worked out to the last word, kept for the next reader who asks for the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

from base.html import Markup
from metrics.store import Store, kept_in_store
from ui.address import Refusal, View
from ui.scene.legend import legend_html
from ui.scene.making import make_scene
from ui.scene.mapview import map_view
from ui.scene.scene import Scene
from ui.scene.table import ranking_data

# A view of all communes takes about 2 MB, one of provinces a tenth of that.
VIEWS_KEPT = 32


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Drawn:
    """A scene and all that is written about it. Shared between sessions: never to be changed.

    Attributes
    ----------
    scene, refused
        See `ui.scene.make_scene`.
    legend
        In HTML.
    map
        The message of the map (`geo.maps.choropleth.MapView.message`).
    ranking
        The data of the ranking table.
    """

    scene: Scene
    refused: tuple[Refusal, ...]
    legend: Markup
    map: str
    ranking: dict[str, Any]


def draw(store: Store, view: View, *, dark: bool = False) -> Drawn:
    """Work a view out, or take what was worked out before from the same figures.

    Parameters
    ----------
    store
        The store of figures; a new generation is a new store.
    view
        What the address says. Which figure is being traced to its source does not matter.
    dark
        Whether it is drawn on dark paper: palettes that rise then run the other way round, so that
        the highest class stands out most.

    Returns
    -------
    Drawn
        Equal for equal arguments.
    """
    view = replace(view, source="")
    # Who asks for what is being worked out waits for it: a view is asked for twice at a time, by
    # the map and by the page.
    with _working[hash((store, view, dark)) % len(_working)]:
        return _draw(store, view, dark)


_working = [Lock() for _ in range(64)]


@kept_in_store(VIEWS_KEPT, drawn=True)
def _draw(store: Store, view: View, dark: bool) -> Drawn:
    scene, refused = make_scene(store, view, dark=dark)
    return Drawn(
        scene=scene,
        refused=tuple(refused),
        legend=legend_html(scene),
        map=map_view(scene).message(),
        ranking=ranking_data(scene),
    )


def views_kept() -> tuple[int, int, int]:
    """Return how many views were kept when asked for, how many were not, how many are kept now."""
    found: tuple[int, int, int] = _draw.turns()  # type: ignore[attr-defined]
    return found

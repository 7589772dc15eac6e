"""Figures of every kind."""

from __future__ import annotations

from geo.figure import FigureSpec
from metrics.store import Store
from ui.address import BARS, CLUSTERS, MULTIPLES, PAIR, PROFILE, SERIES, Asked
from ui.compare import draw_clusters, draw_multiples, draw_pair
from ui.figure.clusters import clusters_spec
from ui.figure.multiples import multiples_spec
from ui.figure.pair import pair_spec
from ui.figure.parts import Choices
from ui.figure.profile import profile_spec
from ui.figure.series import series_spec
from ui.figure.spec import can_be_ranked, figure_spec
from ui.scene import Scene, make_scene


def spec_of(store: Store, asked: Asked, choices: Choices, scene: Scene | None = None) -> FigureSpec:
    """Describe a figure of any kind.

    Parameters
    ----------
    scene
        That of the view, where it was made already.

    Returns
    -------
    FigureSpec
        To be drawn by `geo.figure.render`.

    Raises
    ------
    ui.figure.parts.NoFigures
        If there is nothing to draw; the message, in the reader's language, says why.
    """
    view = asked.view
    if choices.kind == PAIR:
        return pair_spec(draw_pair(store, view, asked.pair), choices)
    if choices.kind == MULTIPLES:
        return multiples_spec(draw_multiples(store, view, asked.pair), choices)
    if choices.kind == CLUSTERS:
        return clusters_spec(draw_clusters(store, view, asked.clusters), choices)
    if choices.kind == PROFILE:
        return profile_spec(store, view.edition, view.area(), view.lang, choices)
    if scene is None:
        scene, _ = make_scene(store, view)
    if choices.kind == SERIES:
        return series_spec(scene, choices)
    return figure_spec(scene, choices)


def fits(scene: Scene, kind: str) -> bool:
    """Tell whether a kind can be drawn of a scene; why others cannot is told where they fail."""
    return kind != BARS or can_be_ranked(scene)

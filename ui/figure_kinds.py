"""Figures of every kind: which there are, what each is asked, and which page shows the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urlencode

from geo.figure import FigureSpec
from metrics.queries import Store
from ui.compare import cluster_settings, pair_settings
from ui.compare.cluster_settings import Settings as ClusterSettings
from ui.compare.clusters import draw_clusters
from ui.compare.multiples import draw_multiples
from ui.compare.pair import draw_pair
from ui.compare.pair_settings import Settings as PairSettings
from ui.figure_clusters import clusters_spec
from ui.figure_multiples import multiples_spec
from ui.figure_pair import pair_spec
from ui.figure_parts import (
    BARS,
    CLUSTERS,
    MULTIPLES,
    PAIR,
    PROFILE,
    SERIES,
    Choices,
)
from ui.figure_profile import profile_spec
from ui.figure_series import series_spec
from ui.figure_spec import can_be_ranked, figure_spec
from ui.scene import Scene, make_scene
from ui.view import Refusal, View

# Parameters of the pages that a figure can be of, besides those of a view.
PARAMS: Final = tuple(dict.fromkeys((*pair_settings.PARAMS, *cluster_settings.PARAMS)))
# What none of them means in a figure: whose figure is traced to its source.
UNUSED: Final = ("way", "of")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a figure is of, besides how it is drawn.

    Attributes
    ----------
    view
        The view.
    pair, clusters
        What the pages of comparison and of clusters are asked.
    """

    view: View
    pair: PairSettings = field(default_factory=PairSettings)
    clusters: ClusterSettings = field(default_factory=ClusterSettings)

    def params(self, kind: str) -> dict[str, str]:
        """Write what a kind is asked besides its view; "" for the parameters of other kinds."""
        found = dict.fromkeys(PARAMS, "")
        if kind in (PAIR, MULTIPLES):
            found |= replace(self.pair, way=kind).params(self.view)
        elif kind == CLUSTERS:
            found |= self.clusters.params(self.view)
        return found | dict.fromkeys(UNUSED, "")

    def href(self, kind: str) -> str:
        """Write the address, relative to any page of the app, that shows the same."""
        more = {name: text for name, text in self.params(kind).items() if text}
        view = self.view.params()
        if kind in (PAIR, MULTIPLES):
            return f"compare?{urlencode(view | {'way': kind} | more)}"
        if kind == CLUSTERS:
            return f"clusters?{urlencode(view | more)}"
        if kind == PROFILE:
            names = ("lang", "edition", "place")
            return f"profile?{urlencode({name: view[name] for name in names})}"
        return self.view.href()


def read_asked(
    given: Mapping[str, str], kind: str, view: View, store: Store
) -> tuple[Asked, list[Refusal]]:
    """Read what a figure is of; only what its kind is asked is refused.

    Parameters
    ----------
    given
        The address as it arrived.
    kind
        One of `ui.figure_parts.KINDS`.
    view
        As read from it.
    store
        For the indicators that exist.
    """
    pair, unpaired = pair_settings.read_settings(given, store.catalog.indicators)
    clusters, unclustered = cluster_settings.read_settings(given)
    refused = {PAIR: unpaired, MULTIPLES: unpaired, CLUSTERS: unclustered}.get(kind, [])
    return Asked(view, pair, clusters), refused


def spec_of(store: Store, asked: Asked, choices: Choices, scene: Scene | None = None) -> FigureSpec:
    """Describe a figure of any kind.

    Parameters
    ----------
    store
        The store of figures.
    asked
        What it is of.
    choices
        How it is drawn.
    scene
        That of the view, where it was made already.

    Returns
    -------
    FigureSpec
        To be drawn by `geo.figure.render`.

    Raises
    ------
    ui.figure_parts.NoFigures
        If there is nothing to draw; the message, in the reader's language, says why.
    """
    view = asked.view
    if choices.kind == PAIR:
        return pair_spec(store, draw_pair(store, view, asked.pair), choices)
    if choices.kind == MULTIPLES:
        return multiples_spec(store, draw_multiples(store, view, asked.pair), choices)
    if choices.kind == CLUSTERS:
        return clusters_spec(store, draw_clusters(store, view, asked.clusters), choices)
    if choices.kind == PROFILE:
        return profile_spec(store, view.edition, view.area(), view.lang, choices)
    if scene is None:
        scene, _ = make_scene(store, view)
    if choices.kind == SERIES:
        return series_spec(store, scene, choices)
    return figure_spec(store, scene, choices)


def fits(scene: Scene, kind: str) -> bool:
    """Tell whether a kind can be drawn of a scene; why others cannot is told where they fail."""
    return kind != BARS or can_be_ranked(scene)

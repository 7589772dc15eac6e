"""The figure of clusters: who is high among the high, low among the low, or stands out."""

from __future__ import annotations

from dataclasses import replace

from geo.classify import cluster_colors
from geo.figure import FigureSpec, Legend
from ui.address import CLUSTERS
from ui.compare import Clustered, cluster_entries, cluster_notes
from ui.figure.map import keys_of, map_body, pin_keys, sentences
from ui.figure.parts import Choices, NoFigures, of_scenes
from ui.scene import state_entries


def clusters_spec(drawn: Clustered, choices: Choices) -> FigureSpec:
    """Describe the figure of clusters.

    Raises
    ------
    NoFigures
        If none could be looked for; the message says why.
    """
    dark = choices.theme == "dark"
    scene, found = replace(drawn.scene, dark=dark), drawn.found
    if found is None:
        raise NoFigures(drawn.why)
    *told, cause = drawn.sentences
    on_it = replace(drawn.map, palette=cluster_colors(dark=dark))
    keys = keys_of([*cluster_entries(scene, found), *state_entries(scene)], choices.theme)
    said = [note for note in cluster_notes(scene, found) if note != scene.words.as_of]
    foot = sentences([*said, cause])
    return of_scenes(
        [scene],
        choices,
        kind=CLUSTERS,
        title=drawn.title,
        subtitle=" ".join(told),
        alt=cause,
        body=map_body(scene, on_it, choices.theme, values=False),
        legend=Legend(scene.words.heading, (*keys, *pin_keys(scene)), foot),
    )

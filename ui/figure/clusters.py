"""The figure of clusters: who is high among the high, low among the low, or stands out."""

from __future__ import annotations

from dataclasses import replace

from base.words import t
from geo.figure import FigureSpec, Fill, Key, Legend
from ui.address import CLUSTERS
from ui.compare import Clustered, keys_of
from ui.compare.cluster_words import notes_of
from ui.figure.map import areas_text, map_body, pin_keys, sentences, state_keys
from ui.figure.parts import Choices, NoFigures, whole, words_of


def clusters_spec(drawn: Clustered, choices: Choices) -> FigureSpec:
    """Describe the figure of clusters.

    Raises
    ------
    NoFigures
        If none could be looked for; the message says why.
    """
    if drawn.found is None:
        raise NoFigures(drawn.why)
    lang = drawn.scene.lang
    *told, cause = drawn.sentences
    words = words_of([drawn.scene], title=drawn.title, subtitle=" ".join(told), alt=cause)
    body = map_body(drawn.scene, drawn.map, choices.theme, values=False)
    return whole(lang, replace(choices, kind=CLUSTERS), words, body, _legend(drawn, cause))


def _legend(drawn: Clustered, cause: str) -> Legend:
    scene, found = drawn.scene, drawn.found
    assert found is not None
    lang = scene.lang
    keys = [
        Key(label, areas_text(n, lang), color or Fill.LINES)
        for color, label, n in keys_of(scene, found)
    ]
    dated = t("legend.as_of", lang, when=scene.words.when)
    said = [note for note in notes_of(scene, found) if note != dated]
    keys += [*state_keys(scene), *pin_keys(scene)]
    return Legend(scene.words.heading, tuple(keys), sentences([*said, cause]))

"""The figure of small multiples: two to six maps on one scale, with one legend."""

from __future__ import annotations

from base.words import t
from geo.figure import FigureSpec, Legend, MultiplesBody, Panel, Theme
from ui.address import MULTIPLES
from ui.compare import Multiples, heading_of, leading, shared_entries, shared_notes
from ui.figure.map import keys_of, map_body, pin_keys, sentences
from ui.figure.parts import Choices, NoFigures, of_scenes


def multiples_spec(drawn: Multiples, choices: Choices) -> FigureSpec:
    """Describe the figure of small multiples.

    Raises
    ------
    NoFigures
        If no two maps can stand side by side; the message says why.
    """
    if drawn.why or len(drawn.maps) < 2:
        raise NoFigures(drawn.why)
    rows = zip(drawn.captions, drawn.counts, drawn.scenes, drawn.maps, strict=True)
    panels = tuple(
        Panel(caption, counted, map_body(scene, shown, choices.theme, values=False))
        for caption, counted, scene, shown in rows
    )
    one_scale = t("multiples.one_scale", drawn.scene.lang)
    return of_scenes(
        drawn.scenes,
        choices,
        kind=MULTIPLES,
        title=drawn.title,
        subtitle=f"{one_scale[:1].upper()}{one_scale[1:]}.",
        alt="; ".join(f"{panel.caption}: {panel.counted}" for panel in panels),
        body=MultiplesBody(panels),
        legend=_legend(drawn, choices.theme),
    )


def _legend(drawn: Multiples, theme: Theme) -> Legend:
    scenes = list(drawn.scenes)
    lead = leading(scenes)
    keys = (*keys_of(shared_entries(scenes), theme), *pin_keys(lead, values=False))
    return Legend(heading_of(scenes), keys, sentences([lead.words.polarity, *shared_notes(scenes)]))

"""The figure of small multiples: two to six maps on one scale, with one legend."""

from __future__ import annotations

from dataclasses import replace

from base.words import t
from geo.figure import FigureSpec, Key, Legend, MultiplesBody, Panel, Theme
from ui.address import MULTIPLES
from ui.compare import Multiples, heading_of, leading, states_of
from ui.compare.multiples_legend import notes_of
from ui.figure.map import FILLS, manner_keys, map_body, pin_keys, sentences
from ui.figure.parts import ACCENTS, Choices, NoFigures, whole, words_of
from ui.scene import MARKS, Manner, state_text


def multiples_spec(drawn: Multiples, choices: Choices) -> FigureSpec:
    """Describe the figure of small multiples.

    Raises
    ------
    NoFigures
        If no two maps can stand side by side; the message says why.
    """
    if drawn.why or len(drawn.maps) < 2:
        raise NoFigures(drawn.why)
    scenes, lang = list(drawn.scenes), drawn.scene.lang
    panels = tuple(
        Panel(caption, counted, map_body(scene, shown, choices.theme, values=False))
        for caption, counted, scene, shown in zip(
            drawn.captions, drawn.counts, scenes, drawn.maps, strict=True
        )
    )
    one_scale = t("multiples.one_scale", lang)
    words = words_of(scenes, title=drawn.title, subtitle=f"{one_scale[:1].upper()}{one_scale[1:]}.")
    alt = "; ".join(f"{panel.caption}: {panel.counted}" for panel in panels)
    return whole(
        lang,
        replace(choices, kind=MULTIPLES),
        replace(words, alt=alt),
        MultiplesBody(panels),
        _legend(drawn, choices.theme),
    )


def _legend(drawn: Multiples, theme: Theme) -> Legend:
    """Write the one legend; how many areas are of a class stands at no map, so it is left out."""
    scenes = list(drawn.scenes)
    lead, lang = leading(scenes), drawn.scene.lang
    keys = [replace(key, count="") for key in manner_keys(lead, theme)]
    keys += [Key(state_text(state, lang), "", FILLS[MARKS[state]]) for state in states_of(scenes)]
    if any(own.manner is Manner.CARD for own in scenes):
        keys.append(Key(t("legend.marker", lang), "", ACCENTS[theme], marker=True))
    keys += pin_keys(lead, values=False)
    polarity = t(f"direction.{lead.indicator.direction}", lang)
    return Legend(heading_of(scenes), tuple(keys), sentences([polarity, *notes_of(scenes)]))

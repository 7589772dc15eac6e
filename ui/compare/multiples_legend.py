"""The one legend of small multiples."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from base.html import Markup, el, escape
from base.words import number, t, tn
from ui.scene import (
    PLAIN_STATES,
    Manner,
    Scene,
    circles,
    class_labels,
    framed,
    key,
    legend_html,
    state_text,
)


def legend_of(scenes: list[Scene]) -> Markup:
    """Write one legend for maps that share a scale, in HTML; how many areas stands at each map."""
    if len(scenes) == 1:
        return Markup(legend_html(scenes[0]))
    lead = leading(scenes)
    lang = lead.lang
    head = [el("b", heading_of(scenes)), escape(t("multiples.one_scale", lang))]
    if lead.manner is Manner.CIRCLES:
        keys = [circles(lead)]
    else:
        pairs = zip(lead.palette, class_labels(lead), strict=True)
        keys = [key(f"background:{color}", text, None, lang) for color, text in pairs]
    for state in states_of(scenes):
        keys.append(key("", state_text(state, lang), None, lang, f"state {state}"))
    if any(own.manner is Manner.CARD for own in scenes):
        keys.append(key("", t("legend.marker", lang), None, lang, "marker"))
    all_keys = Markup().join(map(Markup, keys))
    return Markup(framed(head, all_keys, notes_of(scenes), str(lead.manner)))


def leading(scenes: list[Scene]) -> Scene:
    """Return the scene whose scale is that of all; its largest circle is the largest of all."""
    lead = next(own for own in scenes if own.manner in (Manner.CLASSES, Manner.CIRCLES))
    sizes = [own.largest for own in scenes if own.manner is lead.manner]
    return replace(lead, largest=max(size for size in sizes if np.isfinite(size)))


def heading_of(scenes: list[Scene]) -> str:
    """Name what the maps draw, with the unit that they share."""
    lead = leading(scenes)
    unit = f" ({lead.measure.unit})" if lead.measure.unit else ""
    return " · ".join(dict.fromkeys(own.words.short for own in scenes)) + unit


def states_of(scenes: list[Scene]) -> list[str]:
    """List the states that are on any of the maps; "no data" always."""
    said = {state for own in scenes for state in own.states} | {"no_data"}
    return [state for state in PLAIN_STATES if state in said]


def notes_of(scenes: list[Scene]) -> list[str]:
    """Say how the one scale was made, and of how many numbers."""
    lead = leading(scenes)
    lang = lead.lang
    if lead.manner is Manner.CIRCLES:
        return [t("legend.circles", lang)]
    numbers = np.concatenate([own.measure.numbers for own in scenes if own.manner is lead.manner])
    n = t("multiples.numbers", lang, n=number(int(np.isfinite(numbers).sum()), lang))
    method = t(f"method.{lead.classes.method}", lang)
    if lead.classes.names:
        return [t("legend.scale", lang, n=n, method=method), lead.note]
    k = tn("legend.classes", lead.classes.k, lang)
    said = [t("legend.method", lang, n=n, method=method, k=k)]
    if lead.classes.k < lead.classes.asked:
        said.append(t("legend.fewer", lang, asked=lead.classes.asked))
    return said

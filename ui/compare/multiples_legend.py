"""The one legend of small multiples."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from base.html import Markup
from base.words import number, t
from ui.scene import (
    MARKER,
    PLAIN_STATES,
    Entry,
    Manner,
    Scene,
    entries_of,
    entry,
    framed,
    legend_html,
    method_notes,
    state_text,
)


def legend_of(scenes: list[Scene]) -> Markup:
    """Write one legend for maps that share a scale, in HTML; how many areas stands at each map."""
    if len(scenes) == 1:
        return legend_html(scenes[0])
    lead = leading(scenes)
    head = [heading_of(scenes), t("multiples.one_scale", lead.lang)]
    return framed(head, shared_entries(scenes), shared_notes(scenes), str(lead.manner))


def shared_entries(scenes: list[Scene]) -> list[Entry]:
    """Explain what is on the maps; how many areas there are stands at each of them."""
    lang, said = scenes[0].lang, {state for own in scenes for state in own.states} | {"no_data"}
    entries = entries_of(leading(scenes))
    entries += [entry(state_text(s, lang), 0, lang, s) for s in PLAIN_STATES if s in said]
    if any(own.manner is Manner.CARD for own in scenes):
        entries.append(entry(t("legend.marker", lang), 0, lang, MARKER))
    return [replace(one, n=None, count="") for one in entries]


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


def shared_notes(scenes: list[Scene]) -> list[str]:
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
    return list(method_notes(lead, n))

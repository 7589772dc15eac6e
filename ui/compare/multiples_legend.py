"""The one legend of small multiples."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import numpy as np

from metrics.formats import number
from metrics.messages import t, tn
from ui.compare.common import short
from ui.figures import state_text
from ui.legend import PLAIN_STATES, circles, class_labels, framed, key, legend_html
from ui.measure import drawn_states
from ui.scene import Manner, Scene


def legend_of(scenes: list[Scene]) -> str:
    """Write one legend for maps that share a scale, in HTML; how many areas stands at each map."""
    if len(scenes) == 1:
        return legend_html(scenes[0])
    lead = next(own for own in scenes if own.manner in (Manner.CLASSES, Manner.CIRCLES))
    lang = lead.view.lang
    names = dict.fromkeys(short(own) for own in scenes)
    unit = f" ({lead.measure.unit})" if lead.measure.unit else ""
    head = [f"<b>{escape(' · '.join(names) + unit)}</b>", escape(t("multiples.one_scale", lang))]
    if lead.manner is Manner.CIRCLES:
        numbers = np.concatenate([own.measure.numbers for own in scenes])
        keys = circles(replace(lead, measure=replace(lead.measure, numbers=numbers)))
    else:
        pairs = zip(lead.palette, class_labels(lead), strict=True)
        keys = "".join(key(f"background:{color}", text, None, lang) for color, text in pairs)
    said = {state for own in scenes for state in drawn_states(own.panel, own.classes)} | {"no_data"}
    for state in PLAIN_STATES:
        if state in said:
            keys += key("", state_text(state, lang), None, lang, f"state {state}")
    if any(own.manner is Manner.CARD for own in scenes):
        keys += key("", t("legend.marker", lang), None, lang, "marker")
    return framed(head, keys, _notes(scenes, lead), str(lead.manner))


def _notes(scenes: list[Scene], lead: Scene) -> list[str]:
    """Say how the one scale was made, and of how many numbers."""
    lang = lead.view.lang
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

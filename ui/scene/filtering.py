"""Filters of a view: what of them applies to its figures, and which areas have it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from base.words import t
from metrics.panel import STATUS, TYPE, Panel, matches, offered, types_at
from ui.address import Refusal, View


def settled(view: View, panel: Panel) -> tuple[View, list[Refusal]]:
    """Take off what cannot be asked of the figures of a view."""
    filters, lang = view.filters, view.lang
    known = {category.id for category in panel.categories}
    there = types_at(view.edition, view.level)
    refused = []
    for name in filters.names:
        strange = name == STATUS and not set(filters.categories) <= known
        strange |= name == TYPE and not set(filters.types) <= set(there)
        if strange or name not in offered(panel.indicator, view.edition, view.level):
            told = t("filters.not_here", lang, name=t(f"filters.{name}", lang))
            refused.append(Refusal("filters", name, told))
            filters = filters.without(name)
    if not refused:
        return view, []
    return view.to(filters=filters, source=view.source), refused


def matched(view: View, panel: Panel) -> NDArray[np.bool_] | None:
    """Tell which areas of a panel have what is asked for; None where nothing is asked."""
    if not view.filters.names:
        return None
    return matches(panel.frame, view.edition, view.filters)

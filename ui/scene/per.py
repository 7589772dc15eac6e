"""A count as a rate: how many for each of something named, such as people."""

from __future__ import annotations

import numpy as np

from base.words import Lang, date_range, pick, t
from metrics.panel import Panel
from metrics.relate import NotComparable, comparable, figures_of
from ui.scene.figures import FIGURES, beside, unit_text, value_texts
from ui.scene.found import Found
from ui.scene.measure import Measure, Unmeasurable, computed

PER = "per"


def per_measure(found: Found) -> Measure:
    """Divide the counts of a view by another count or amount of the same areas.

    What to divide by is carried from another edition where none is of this one.

    Returns
    -------
    Measure
        In the unit of the counts per unit of the other; NaN where an area lacks one of them.

    Raises
    ------
    Unmeasurable
        Where the figures are no counts, or what to divide by is none or has no figures here.
    """
    lang, panel, indicator = found.lang, found.panel, found.indicator
    scope = (panel.edition, panel.level, panel.parent)
    under = figures_of(found.store, found.view.per, *scope, at=found.view.at)
    if under.n_reported == 0:
        # A later figure, such as of an area's size, is better than none; its date is told.
        under = figures_of(found.store, found.view.per, *scope)
    try:
        divided = comparable(panel, under)
    except NotComparable:
        raise Unmeasurable(t("per.cannot", lang)) from None
    if divided.per is None:
        raise Unmeasurable(t("per.no_count", lang))
    if under.indicator.kind not in ("count", "amount") or divided.n == 0:
        raise Unmeasurable(t("per.nothing", lang, name=pick(under.indicator.short, lang)))
    divisor = pick(under.indicator.short, lang)
    missing = t("per.missing", lang, name=divisor)
    units = {"over": unit_text(indicator, lang), "under": unit_text(under.indicator, lang)}
    unit = t("per.unit", lang, **units)
    quotients = divided.values.to_numpy(dtype=float)
    when = date_range(under.date_min, under.date_max, lang)
    return computed(
        found,
        PER,
        quotients,
        unit=unit,
        head=unit,
        phrase=t("per.phrase", lang, name=_lower(divisor), when=when),
        name=t("per.name", lang, over=pick(indicator.short, lang), under=_lower(divisor)),
        reasons=tuple(
            missing if state in FIGURES and not np.isfinite(value) else ""
            for state, value in zip(panel.frame["state"], quotients, strict=True)
        ),
        digits=divided.decimals,
        details=_details(divided.panel, divided.per, lang),
    )


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _details(over: Panel, under: Panel, lang: Lang) -> dict[str, str]:
    """Write both figures that each quotient is made of."""
    above, below = _written(over, lang), _written(under, lang)
    return {
        code: t("per.detail", lang, over=text, under=below[code])
        for code, text in above.items()
        if text and below.get(code)
    }


def _written(panel: Panel, lang: Lang) -> dict[str, str]:
    unit = unit_text(panel.indicator, lang)
    texts = value_texts(panel.frame, panel.indicator, lang)
    return {
        str(code): beside(text, unit) for code, text in zip(panel.frame["code"], texts, strict=True)
    }

"""A count as a rate: how many for each of something named, such as people."""

from __future__ import annotations

import numpy as np

from base.words import Lang, date_range, pick, t
from metrics.panel import Panel
from metrics.relate import Comparable, NotComparable, comparable, figures_of
from metrics.store import Store
from ui.address import View
from ui.scene.figures import FIGURES, beside, records, unit_text, value_text
from ui.scene.measure import Measure, Unmeasurable, computed

PER = "per"


def per_measure(store: Store, view: View, panel: Panel) -> Measure:
    """Divide the counts of a panel by another count or amount of the same areas.

    Parameters
    ----------
    store, view
        `view.per` is what to divide by; carried from another edition where none is of this one.

    Returns
    -------
    Measure
        In the unit of the counts per unit of the other; NaN where an area lacks one of them.

    Raises
    ------
    Unmeasurable
        Where the figures are no counts, or what to divide by is none or has no figures here.
    """
    lang = view.lang
    scope = (panel.edition, panel.level, panel.parent)
    under = figures_of(store, view.per, *scope, at=view.at)
    if under.n_reported == 0:
        # A later figure, such as of an area's size, is better than none; its date is told.
        under = figures_of(store, view.per, *scope)
    try:
        found = comparable(panel, under)
    except NotComparable:
        raise Unmeasurable(t("per.cannot", lang)) from None
    if found.per is None:
        raise Unmeasurable(t("per.no_count", lang))
    if under.indicator.kind not in ("count", "amount") or found.n == 0:
        raise Unmeasurable(t("per.nothing", lang, name=pick(under.indicator.short, lang)))
    divisor = pick(under.indicator.short, lang)
    missing = t("per.missing", lang, name=divisor)
    units = {"over": unit_text(panel.indicator, lang), "under": unit_text(under.indicator, lang)}
    unit = t("per.unit", lang, **units)
    quotients = found.values.to_numpy(dtype=float)
    return computed(
        PER,
        panel,
        quotients,
        lang,
        unit=unit,
        head=unit,
        phrase=t(
            "per.phrase",
            lang,
            name=_lower(divisor),
            when=date_range(under.date_min, under.date_max, lang),
        ),
        name=t("per.name", lang, over=pick(panel.indicator.short, lang), under=_lower(divisor)),
        reasons=tuple(
            missing if state in FIGURES and not np.isfinite(value) else ""
            for state, value in zip(panel.frame["state"], quotients, strict=True)
        ),
        digits=found.decimals,
        details=_details(found, lang),
    )


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _details(found: Comparable, lang: Lang) -> dict[str, str]:
    """Write both figures that each quotient is made of."""
    if found.per is None:
        return {}
    written = []
    for panel in (found.panel, found.per):
        unit = unit_text(panel.indicator, lang)
        written.append(
            {
                str(row["code"]): beside(value_text(row, panel.indicator, lang), unit)
                for row in records(panel.frame)
            }
        )
    over, under = written
    return {
        code: t("per.detail", lang, over=over[code], under=under[code])
        for code in over
        if over[code] and under.get(code)
    }

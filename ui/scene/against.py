"""The measure of differences: figures held against the country's, the region's or a target."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from base.words import decimals_of, number, t
from geo.editions import area
from metrics.relate import NoYardstick, Yardstick, yardstick
from ui.scene.figures import beside, unit_text, value_texts
from ui.scene.found import Found
from ui.scene.measure import Measure, Unmeasurable, asides, computed, digits_of

DIFFERENCE = "difference"


def difference(found: Found) -> Measure:
    """Measure how far each figure is above or below what the view holds it against.

    Raises
    ------
    Unmeasurable
        Where nothing can be subtracted, with the reason.
    """
    lang, panel = found.lang, found.panel
    try:
        against = yardstick(found.store, panel, found.view.against)
    except NoYardstick as reason:
        raise Unmeasurable(t(f"against.{reason.key}", lang, **reason.values)) from reason
    have = found.has_figure.to_numpy()
    values = panel.compared().to_numpy()
    digits = max(digits_of(panel), _digits(against))
    return computed(
        found,
        DIFFERENCE,
        values - against.values,
        digits=digits,
        reasons=tuple(
            t(f"against.{reason}", lang) if reason and has else aside
            for reason, has, aside in zip(against.reasons, have, asides(found), strict=True)
        ),
        centre=0.0,
        signed=True,
        phrase=t(f"against.phrase.{against.kind}", lang),
        note=_note(found, against, digits),
        head=t("against.head", lang),
        details=_details(found, against, values, digits),
    )


def _digits(against: Yardstick) -> int:
    """Count the decimals that what is held against is published with; a computed one has none."""
    if against.how in ("ratio", "weighted", "mixed"):
        return 0
    return max((decimals_of(v) for v in np.unique(against.values) if np.isfinite(v)), default=0)


def _note(found: Found, against: Yardstick, digits: int) -> str:
    """Say exactly what was subtracted, and the number where it is one."""
    lang = found.lang
    what = t(f"against.{against.kind}.{against.how}", lang)
    if against.single is None:
        return what
    value = beside(number(against.single, lang, digits), unit_text(found.indicator, lang))
    return t("against.single", lang, what=what, value=value)


def _details(
    found: Found, against: Yardstick, values: NDArray[np.float64], digits: int
) -> dict[str, str]:
    """Say for each area which two figures the difference is of."""
    lang, unit = found.lang, unit_text(found.indicator, found.lang)
    texts = value_texts(found.panel.frame, found.indicator, lang)
    told = {}
    for code, text, value, other in zip(found.codes, texts, values, against.values, strict=True):
        if np.isfinite(value) and np.isfinite(other):
            own, held = beside(text, unit), beside(number(float(other), lang, digits), unit)
            where = _where(found, against, code)
            told[code] = t("against.detail", lang, own=own, where=where, other=held)
    return told


def _where(found: Found, against: Yardstick, code: str) -> str:
    """Name what one area is held against; its region by name."""
    if against.kind != "region":
        return t(f"against.where.{against.kind}", found.lang)
    return found.name(str(area(found.view.edition, code).region), full=True)

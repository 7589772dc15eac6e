"""The measure of differences: figures held against the country's, the region's or a target."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from base.words import Lang, decimals_of, number, t
from geo.editions import area
from metrics.panel import Panel
from metrics.relate import NoYardstick, Yardstick, yardstick
from metrics.store import Store
from ui.address import View
from ui.scene.figures import FIGURES, beside, unit_text, value_text
from ui.scene.measure import Measure, Unmeasurable, computed, digits_of, written_rows

DIFFERENCE = "difference"


def difference(store: Store, view: View, panel: Panel) -> Measure:
    """Measure how far each figure is above or below what the view holds it against.

    Raises
    ------
    Unmeasurable
        Where nothing can be subtracted, with the reason.
    """
    lang = view.lang
    try:
        against = yardstick(store, panel, view.against)
    except NoYardstick as reason:
        raise Unmeasurable(t(f"against.{reason.key}", lang, **reason.values)) from reason
    have = panel.frame["state"].isin(FIGURES).to_numpy()
    values = np.where(have, panel.frame["value"].to_numpy(dtype=float), np.nan)
    digits = max(digits_of(panel), _digits(against))
    return computed(
        DIFFERENCE,
        panel,
        values - against.values,
        lang,
        digits=digits,
        reasons=tuple(
            t(f"against.{reason}", lang) if reason and has else ""
            for reason, has in zip(against.reasons, have, strict=True)
        ),
        centre=0.0,
        signed=True,
        phrase=t(f"against.phrase.{against.kind}", lang),
        note=_note(against, panel, lang, digits),
        head=t("against.head", lang),
        details=_details(against, panel, values, lang, digits),
    )


def _digits(against: Yardstick) -> int:
    """Count the decimals that what is held against is published with; a computed one has none."""
    if against.how in ("ratio", "weighted", "mixed"):
        return 0
    return max((decimals_of(v) for v in np.unique(against.values) if np.isfinite(v)), default=0)


def _note(against: Yardstick, panel: Panel, lang: Lang, digits: int) -> str:
    """Say exactly what was subtracted, and the number where it is one."""
    what = t(f"against.{against.kind}.{against.how}", lang)
    if against.single is None:
        return what
    value = beside(number(against.single, lang, digits), unit_text(panel.indicator, lang))
    return t("against.single", lang, what=what, value=value)


def _details(
    against: Yardstick, panel: Panel, values: NDArray[np.float64], lang: Lang, digits: int
) -> dict[str, str]:
    """Say for each area which two figures the difference is of."""
    unit = unit_text(panel.indicator, lang)
    found = {}
    codes = panel.frame["code"].astype(str)
    rows = zip(codes, written_rows(panel), values, against.values, strict=True)
    for code, row, value, other in rows:
        if np.isfinite(value) and np.isfinite(other):
            own = beside(value_text(row, panel.indicator, lang), unit)
            held = beside(number(float(other), lang, digits), unit)
            where = _where(against, panel, code, lang)
            found[code] = t("against.detail", lang, own=own, where=where, other=held)
    return found


def _where(against: Yardstick, panel: Panel, code: str, lang: Lang) -> str:
    """Name what one area is held against; its region by name."""
    if against.kind != "region":
        return t(f"against.where.{against.kind}", lang)
    region = area(panel.edition, str(area(panel.edition, code).region))
    return region.name_vi if lang == "vi" else region.name_en

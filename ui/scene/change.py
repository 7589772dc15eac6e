"""The change map: what became of each area's figure since an earlier date, as a measure."""

from __future__ import annotations

from typing import Any

import numpy as np

from base.words import Lang, pick, t
from metrics.panel import Panel
from metrics.relate import DIFFERENCE, PERCENT, RANK, Change, changes, kinds_of_change
from metrics.store import Store
from ui.address import View
from ui.scene.figures import FIGURES, period_text, records, unit_text, value_text, with_unit
from ui.scene.measure import Measure, Unmeasurable, computed, digits_of
from ui.scene.periods import Stop, earlier, figures_of, stops

KIND = "change"
RAW_KINDS = ("count", "amount")


def changed(store: Store, view: View, panel: Panel) -> Measure:
    """Measure what became of the figures of a panel; see `ui.scene.measure`.

    Raises
    ------
    Unmeasurable
        If this change makes no sense for the indicator, there is no earlier period, or nothing in
        the two periods can be compared.
    """
    lang, indicator = view.lang, panel.indicator
    if view.change not in kinds_of_change(indicator):
        raise Unmeasurable(t("change.not_for", lang, what=pick(indicator.short, lang)))
    since = since_of(store, view)
    known = stops(store, view)
    until = next((stop for stop in known if stop.at == view.at), known[0])
    before = figures_of(store, view, panel.parent, since.at)
    found = changes(before, panel, view.change, since.at, until.at)
    numbers = found.frame["value"].to_numpy(dtype=float)
    when = {"since": since.text(lang), "until": until.text(lang)}
    if not np.isfinite(numbers).any():
        raise Unmeasurable(t("change.nothing", lang, **when))
    more: dict[str, Any] = {"digits": digits_of(panel)}
    if view.change != DIFFERENCE:
        more = {"unit": "%" if view.change == PERCENT else t("change.places", lang)}
        more["digits"] = 1 if view.change == PERCENT else 0
    elif unit_text(indicator, lang) == "%":
        more["unit"] = t("change.points", lang)
    return computed(
        KIND,
        panel,
        numbers,
        lang,
        reasons=tuple(
            t(f"change.reason.{reason}", lang, **when) if reason and state in FIGURES else ""
            for reason, state in zip(found.frame["reason"], panel.frame["state"], strict=True)
        ),
        centre=0.0,
        signed=True,
        phrase=t(f"change.phrase.{view.change}", lang, **when),
        head=t("change.head", lang),
        circles=view.change == DIFFERENCE and indicator.kind in RAW_KINDS,
        details=_details(found, before, panel, lang),
        **more,
    )


def since_of(store: Store, view: View) -> Stop:
    """Return the period that a change is since.

    Raises
    ------
    Unmeasurable
        If there is none before the figures shown, or not the one asked for.
    """
    possible = earlier(store, view)
    if not possible:
        raise Unmeasurable(t("change.single", view.lang))
    if view.since is None:
        return possible[0]
    for stop in possible:
        if stop.at == view.since:
            return stop
    raise Unmeasurable(t("change.no_such", view.lang))


def _details(found: Change, before: Panel, after: Panel, lang: Lang) -> dict[str, str]:
    """Write the two figures that each number was made from."""
    told = {}
    rows = zip(records(found.frame), records(before.frame), records(after.frame), strict=True)
    for number, old, new in rows:
        if not np.isfinite(number["value"]):
            continue
        if found.how == RANK:
            ends = [t("change.rank", lang, n=int(number[name])) for name in ("before", "after")]
        else:
            ends = [
                with_unit(value_text(row, after.indicator, lang), after.indicator, lang)
                for row in (old, new)
            ]
        times = [period_text(row, lang) for row in (old, new)]
        text = t(
            "change.detail",
            lang,
            since=times[0],
            before=ends[0],
            until=times[1],
            after=ends[1],
        )
        if number["approximate"]:
            text = f"{text} {t('change.about', lang)}"
        told[str(number["code"])] = text
    return told

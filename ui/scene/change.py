"""The change map: what became of each area's figure since an earlier date, as a measure."""

from __future__ import annotations

from typing import Any

import numpy as np

from base.words import pick, t
from metrics.panel import Panel
from metrics.relate import DIFFERENCE, PERCENT, RANK, Change, changes, kinds_of_change
from ui.scene.figures import FIGURES, beside, records, span_text, spans_of, unit_text, value_texts
from ui.scene.found import Found, Stop
from ui.scene.measure import RAW_KINDS, Measure, Unmeasurable, computed, digits_of

KIND = "change"


def changed(found: Found) -> Measure:
    """Measure what became of the figures of a view; see `ui.scene.measure`.

    Raises
    ------
    Unmeasurable
        If this change makes no sense for the indicator, there is no earlier period, or nothing in
        the two periods can be compared.
    """
    lang, how, panel = found.lang, found.view.change, found.panel
    if how not in kinds_of_change(found.indicator):
        raise Unmeasurable(t("change.not_for", lang, what=pick(found.indicator.short, lang)))
    since = since_of(found)
    until = next((stop for stop in found.stops if stop.at == found.view.at), found.stops[0])
    before = found.at(since.at)
    between = changes(before, panel, how, since.at, until.at)
    numbers = between.frame["value"].to_numpy(dtype=float)
    when = {"since": since.text(lang), "until": until.text(lang)}
    if not np.isfinite(numbers).any():
        raise Unmeasurable(t("change.nothing", lang, **when))
    more: dict[str, Any] = {"digits": digits_of(panel)}
    if how != DIFFERENCE:
        more = {"unit": "%" if how == PERCENT else t("change.places", lang)}
        more["digits"] = 1 if how == PERCENT else 0
    elif unit_text(found.indicator, lang) == "%":
        more["unit"] = t("change.points", lang)
    return computed(
        found,
        KIND,
        numbers,
        reasons=tuple(
            t(f"change.reason.{reason}", lang, **when) if reason and state in FIGURES else ""
            for reason, state in zip(between.frame["reason"], panel.frame["state"], strict=True)
        ),
        centre=0.0,
        signed=True,
        phrase=t(f"change.phrase.{how}", lang, **when),
        head=t("change.head", lang),
        circles=how == DIFFERENCE and found.indicator.kind in RAW_KINDS,
        details=_details(found, between, before),
        **more,
    )


def since_of(found: Found) -> Stop:
    """Return the period that a change is since.

    Raises
    ------
    Unmeasurable
        If there is none before the figures shown, or not the one asked for.
    """
    possible, since = found.earlier, found.view.since
    if not possible:
        raise Unmeasurable(t("change.single", found.lang))
    if since is None:
        return possible[0]
    for stop in possible:
        if stop.at == since:
            return stop
    raise Unmeasurable(t("change.no_such", found.lang))


def _details(found: Found, between: Change, before: Panel) -> dict[str, str]:
    """Write the two figures that each number was made from."""
    lang, indicator, told = found.lang, found.indicator, {}
    unit, frames = unit_text(indicator, lang), (before.frame, found.panel.frame)
    written = [value_texts(frame, indicator, lang) for frame in frames]
    times = [[span_text(span, lang) for span in spans_of(before.frame)], found.whens]
    for at, row in enumerate(records(between.frame)):
        if not np.isfinite(row["value"]):
            continue
        if between.how == RANK:
            ends = [t("change.rank", lang, n=int(row[end])) for end in ("before", "after")]
        else:
            ends = [beside(texts[at], unit) for texts in written]
        since, until = (whens[at] for whens in times)
        text = t("change.detail", lang, since=since, before=ends[0], until=until, after=ends[1])
        if row["approximate"]:
            text = f"{text} {t('change.about', lang)}"
        told[str(row["code"])] = text
    return told

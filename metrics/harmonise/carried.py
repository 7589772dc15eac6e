"""A panel of one edition seen on the map of another, and what may not be.

Sums add up, rates are the ratio of sums where both are known, means are weighted where the
indicator names its weight; ranks stay where they are. See docs/harmonise.md.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from base.words import Refusal
from geo.crosswalk import NoCrosswalkError, crosswalk
from geo.editions import COUNTRY_CODE, Level
from geo.editions import edition as find_edition
from metrics.harmonise.frame import CARRIED_COLUMNS, HOW_COLUMNS, as_published, frame_of, row_of
from metrics.harmonise.notes import say
from metrics.harmonise.outcome import CANNOT, MIXED, PARTIAL, Rules
from metrics.harmonise.parts import Part, SplitBy, parts_of
from metrics.observations import STATES_WITH_FIGURE
from metrics.panel import CONFLICTING, Panel, copied, is_small, panel, places_of
from metrics.store import Store, kept_in_store

__all__ = [
    "CANNOT",
    "CARRIED_COLUMNS",
    "HOW_COLUMNS",
    "MIXED",
    "PARTIAL",
    "NoCrosswalkError",
    "Part",
    "SplitBy",
    "carried",
    "say",
]

# Those of provinces, which take some 50 KB each.
KEPT: Final = 400


def carried(  # noqa: PLR0917 - the scope as in metrics.panel.panel, with one more edition
    store: Store,
    indicator_id: str,
    from_edition: str,
    to_edition: str,
    level: Level,
    parent: str | None = None,
    *,
    level_from: Level | None = None,
    at: date | None = None,
    tolerance_days: int | None = None,
    split_by: SplitBy | None = None,
) -> Panel:
    """Show the newest results on one edition on the areas of another.

    Parameters
    ----------
    from_edition
        Edition that the figures were published on.
    to_edition, level, parent
        The scope, as of `metrics.panel.panel`.
    level_from
        Level that the figures are of; `level` where None.
    at, tolerance_days
        As of `metrics.panel.panel`, for the figures as published.
    split_by
        Share out the counts of divided units by this; None to carry none of them.

    Returns
    -------
    Panel
        As of `metrics.panel.panel`, with the further columns `HOW_COLUMNS` in ``frame``:
        ``how`` (single, sum, apportioned, ratio_of_sums, weighted_mean, all, some or ""),
        ``weight``, ``coverage`` (share of the area that has a figure, 0 to 1) and ``coverage_by``
        (population, area or count), ``parts`` (tuple of `Part`), ``origins`` (every origin id),
        ``note_key`` and ``note_values`` (`say`) and ``rank_recomputed``. ``origin`` is "" where
        there are several. Further states: ``partial``, ``mixed`` and ``cannot_be_carried``, none
        of which has a value. ``alternatives`` keep the edition and the area they speak of.

    Raises
    ------
    LookupError
        If indicator, edition or parent do not exist.
    NoCrosswalkError
        If it is not known how the areas relate.
    ValueError
        If both editions are the same: there is nothing to carry.
    """
    level, below = Level(level), Level(level_from or level)
    if find_edition(from_edition) == find_edition(to_edition):
        raise Refusal("harmonise.same_editions", edition=to_edition)
    editions, scope = (from_edition, to_edition), (level, parent, below)
    if split_by is None and is_small(level) and is_small(below):
        return copied(_kept(store, indicator_id, editions, scope, (at, tolerance_days, None)))
    return _carried(store, indicator_id, editions, scope, (at, tolerance_days, split_by))


@kept_in_store(KEPT)
def _kept(store: Store, *asked: Any) -> Panel:
    return _carried(store, *asked)


def _carried(
    store: Store,
    indicator_id: str,
    editions: tuple[str, str],
    scope: tuple[Level, str | None, Level],
    how: tuple[date | None, int | None, SplitBy | None],
) -> Panel:
    (from_edition, to_edition), (level, parent, below) = editions, scope
    at, tolerance_days, split_by = how
    if level is Level.COUNTRY:
        own = panel(store, indicator_id, to_edition, level, at=at, tolerance_days=tolerance_days)
        return replace(own, frame=as_published(own))
    made = crosswalk(from_edition, to_edition, below, level)
    old = panel(store, indicator_id, from_edition, below, at=at, tolerance_days=tolerance_days)
    rules = _rules(store, old, split_by)
    places = places_of(to_edition, level, parent)
    members = {str(code): made.members(str(code)) for code in places.index}
    asked = {link.from_code for links in members.values() for link in links}
    told = old.frame[old.frame["code"].isin(asked)]
    figures = {str(row["code"]): row for row in told.to_dict("records")}
    rows: list[dict[str, Any]] = []
    used: set[str] = set()
    for code, place in places.iterrows():
        parts = parts_of(members[str(code)], from_edition, figures, split_by)
        used.update(part.code for part in parts)
        place_names = {"name_vi": place["name_vi"], "name_en": place["name_en"]}
        rows.append({"code": str(code), **place_names, **row_of(parts, rules, old)})
    frame = frame_of(rows, old.indicator, level)
    shown = frame.loc[frame["state"].isin((*STATES_WITH_FIGURE, CONFLICTING)), "period_end"]
    shown = shown.dropna()
    return Panel(
        indicator=old.indicator,
        edition=to_edition,
        level=level,
        parent=parent,
        at=at,
        frame=frame,
        n_reported=int(frame["state"].isin(STATES_WITH_FIGURE).sum()),
        n_areas=len(frame),
        date_min=shown.min().date() if len(shown) else None,
        date_max=shown.max().date() if len(shown) else None,
        alternatives=old.alternatives[old.alternatives["area"].isin(used)].reset_index(drop=True),
        # The country's figures are one series across editions; a region's are not.
        parent_row=old.parent_row if parent in (None, COUNTRY_CODE) else None,
        categories=old.categories,
    )


def _rules(store: Store, old: Panel, split_by: SplitBy | None) -> Rules:
    indicator = old.indicator
    if indicator.weight is None:
        return Rules(indicator, split_by)
    # Up to the date of the figures, so that no later weight is put on them.
    at = old.at or old.date_max
    of_weight = panel(store, indicator.weight, old.edition, old.level, at=at)
    weights = dict(zip(of_weight.frame["code"], of_weight.frame["value"], strict=True))
    return Rules(indicator, split_by, weights, of_weight.indicator.title.vi)

"""The rows of a carried panel: the figure of each area, and how it came about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import pandas as pd

from geo.editions import Level
from metrics.catalog import Indicator
from metrics.harmonise.notes import say
from metrics.harmonise.outcome import NOT_APPLICABLE, Rules, names
from metrics.harmonise.parts import Part, coverage
from metrics.harmonise.rules import decide
from metrics.panel import CONFLICTING, PANEL_COLUMNS, Panel, ranks, set_aside

HOW_COLUMNS: Final = (
    "how",
    "weight",
    "coverage",
    "coverage_by",
    "parts",
    "origins",
    "note_key",
    "note_values",
    "rank_recomputed",
)
CARRIED_COLUMNS: Final = (*PANEL_COLUMNS, *HOW_COLUMNS)


def row_of(parts: Sequence[Part], rules: Rules, old: Panel) -> dict[str, Any]:
    """Make the row of one area.

    Returns
    -------
    dict
        The columns of a carried panel but those of the place and of the rank.
    """
    outcome = decide(parts, rules)
    have = [part for part in parts if part.has_figure or part.state == CONFLICTING]
    expected = [part for part in parts if part.state != NOT_APPLICABLE]
    share, basis = coverage(expected)
    values = {
        "n": len(expected),
        "names": names(parts),
        "edition": old.edition,
        "units": old.n_areas,
        **outcome.values,
    }
    notes = [say(outcome.key, "vi", values), *(part.note for part in have)]
    if outcome.how == "single":
        when: tuple[Any, ...] = (have[0].period_start, have[0].period_end, have[0].grain)
    else:
        when = _period(have)
    return {
        "value": outcome.value,
        "category": outcome.category,
        "state": outcome.state,
        "period_start": when[0],
        "period_end": when[1],
        "grain": when[2],
        "period_text": _shared(part.period_text for part in have),
        "qualifier": outcome.qualifier,
        "numerator": outcome.numerator,
        "denominator": outcome.denominator,
        "origin": _shared(part.origin for part in have),
        "locator": "; ".join(dict.fromkeys(part.locator for part in have if part.locator)),
        "note": " ".join(dict.fromkeys(note for note in notes if note)),
        "dataset": _shared(part.dataset for part in have),
        "n_alternatives": sum(part.n_alternatives for part in parts),
        "how": outcome.how,
        "weight": outcome.weight,
        "coverage": share,
        "coverage_by": basis,
        "parts": tuple(parts),
        "origins": _origins(have, old),
        "note_key": outcome.key,
        "note_values": values if outcome.key else {},
    }


def _period(parts: Sequence[Part]) -> tuple[Any, Any, str]:
    """Return what the parts have in common: all of the period, or only when the last one ends."""
    if not parts:
        return pd.NaT, pd.NaT, ""
    found = {(part.period_start, part.period_end, part.grain) for part in parts}
    if len(found) == 1:
        return found.pop()
    return pd.NaT, max(part.period_end for part in parts), "unknown"


def _shared(texts: Iterable[str]) -> str:
    found = set(texts)
    return str(found.pop()) if len(found) == 1 else ""


def _origins(parts: Sequence[Part], old: Panel) -> tuple[str, ...]:
    found = [part.origin for part in parts if part.origin]
    codes = {part.code for part in parts if part.state == CONFLICTING}
    if codes:
        found += list(old.alternatives.loc[old.alternatives["area"].isin(codes), "origin"])
    return tuple(dict.fromkeys(found))


def frame_of(rows: list[dict[str, Any]], indicator: Indicator, level: Level) -> pd.DataFrame:
    """Join rows to the frame of a panel, and rank them anew."""
    frame = pd.DataFrame(rows)
    for column in ("period_start", "period_end"):
        frame[column] = pd.to_datetime(frame[column])
    # Places among 34 that were made by the same rule; a score of the few units that did not change
    # has none.
    frame["aside"] = set_aside(frame, indicator, level)
    ranked = (frame["aside"] == "") & (indicator.aggregation != "none")
    values = frame["value"].where(ranked)
    frame["rank"] = ranks(values, indicator)
    frame["rank_recomputed"] = frame["rank"].notna()
    return frame[list(CARRIED_COLUMNS)]


def as_published(own: Panel) -> pd.DataFrame:
    """Give the rows of a panel that needs no carrying the columns of one that was carried."""
    frame = own.frame.assign(how="", weight="", coverage=float("nan"), coverage_by="")
    rows = range(len(frame))
    origins = [(origin,) if origin else () for origin in frame["origin"]]
    frame["parts"] = pd.Series([() for _ in rows], index=frame.index, dtype=object)
    frame["origins"] = pd.Series(origins, index=frame.index, dtype=object)
    frame["note_key"] = ""
    frame["note_values"] = pd.Series([{} for _ in rows], index=frame.index, dtype=object)
    frame["rank_recomputed"] = False
    return frame[list(CARRIED_COLUMNS)]

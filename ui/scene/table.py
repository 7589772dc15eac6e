"""The rows of the ranking table of a scene."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from base.words import Lang, day, number, t
from metrics.store import Store
from ui.address import MOST_PINS, SORTS, pin_colours
from ui.scene.figures import records, source_name, state_text
from ui.scene.ranked import ordered
from ui.scene.scene import Scene
from ui.scene.sentences import level_name, title

SHORT_UNIT = 6  # a longer one would push the sources out of the table


def _producers(store: Store, row: Mapping[str, Any], lang: Lang) -> str:
    """Name the sources of a row; a figure carried from another edition may have several."""
    ids = row.get("origins") or (row["origin"],)
    found = (store.catalog.origins.get(str(id_)) for id_ in ids)
    return "; ".join(dict.fromkeys(source_name(origin, lang) for origin in found if origin))


def _as_of(row: Mapping[str, Any], lang: Lang) -> str:
    return "" if pd.isna(row["period_end"]) else day(row["period_end"].date(), lang)


def _rest(scene: Scene) -> str:
    """Head the rows that the filters leave out."""
    if scene.matched is None:
        return ""
    n = int((~scene.matched).sum())
    lang = scene.view.lang
    areas = level_name(scene.view.level, lang, n)
    return t("filters.rest", lang, n=number(n, lang), areas=areas)


def _whys(scene: Scene) -> Iterable[tuple[str, str]]:
    """Say why areas with a figure have no number drawn."""
    reasons = zip(scene.panel.frame["code"], scene.measure.reasons, strict=True)
    return ((str(code), reason) for code, reason in reasons if reason)


def ranking_data(store: Store, scene: Scene) -> dict[str, Any]:
    """Describe the table for static/ui/ranking.js."""
    lang, indicator = scene.view.lang, scene.indicator
    frame = ordered(scene)
    dates: dict[str, int] = {}
    sources: dict[str, int] = {}
    rows = []
    for row in records(frame):
        when = _as_of(row, lang)
        producer = _producers(store, row, lang)
        mark = str(row["mark"])
        rows.append(
            [
                row["code"],
                None if pd.isna(row["rank"]) else int(row["rank"]),
                row["short"],
                row["written"],
                "" if row["why"] == "reported" else row["why"],
                dates.setdefault(when, len(dates)),
                sources.setdefault(producer, len(sources)),
                int(mark) if mark.isdigit() else -1,
            ]
        )
    states = frame["why"].unique()
    unit = scene.measure.unit
    heads = {
        name: t(f"ranking.{name}", lang) for name in ("rank", "name", "value", "date", "source")
    }
    if scene.measure.head:
        heads["value"] = scene.measure.head
    if unit and len(unit) <= SHORT_UNIT:
        heads["value"] = f"{heads['value']} ({unit})"
    return {
        "caption": t("ranking.caption", lang, title=title(scene)),
        "heads": heads,
        "sorts": list(SORTS),
        "sort": scene.view.sort,
        "rows": rows,
        "dates": list(dates),
        "sources": list(sources),
        "marks": {state: state_text(state, lang) for state in states},
        "colors": list(scene.palette),
        "selected": scene.selected,
        "wordy": indicator.kind == "status",
        "matched": None if scene.matched is None else int(scene.matched.sum()),
        "rest": _rest(scene),
        "pins": pin_colours(scene.view.pins),
        "full": len(scene.view.pins) >= MOST_PINS,
        "pinning": {
            key: t(f"pins.{key}", lang, name="{name}") for key in ("add", "remove", "most")
        },
        "whys": dict(_whys(scene)),
        "hints": {key: t(f"ranking.hint.{key}", lang) for key in ("open", "source", "sort")},
    }

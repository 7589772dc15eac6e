"""The ranking table of a scene: its rows in order, with their names, dates and sources."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import compress
from typing import Any

import numpy as np

from base.words import day, number, t
from geo.names import vietnamese_key
from metrics.panel import unranked_text
from ui.address import MOST_PINS, SORTS, pin_colours
from ui.scene.figures import FIGURES, range_text, state_text
from ui.scene.mapview import marks_of
from ui.scene.measure import VALUE
from ui.scene.named import as_uploaded
from ui.scene.places import place_name
from ui.scene.scene import Manner, Scene, whole_of, whole_when
from ui.scene.sources import origins_of, sources_named, sources_text

SHORT_UNIT = 6  # a longer one would push the sources out of the table


def ordered(scene: Scene, by: str = "") -> list[int]:
    """Return the rows of a scene in the order that the view says, those without a figure last.

    Parameters
    ----------
    by
        Another order than that of the view: one of `ui.address.choices.SORTS`; "" for its own.
    """
    by_name = [vietnamese_key(name) for name in scene.long_names]
    missing = [state not in FIGURES for state in scene.states]

    def lowest(values: Sequence[float | None]) -> list[float]:
        return [math.inf if value is None or math.isnan(value) else value for value in values]

    # Numpy's minus: what has no date is the smallest number, and stays so.
    ends = -scene.panel.frame["period_end"].astype("int64")
    keys: dict[str, list[list[Any]]] = {
        "rank": [missing, lowest(scene.ranks), by_name],
        "name": [by_name],
        "value": [missing, lowest((-scene.measure.numbers).tolist()), by_name],
        "date": [missing, ends.tolist(), by_name],
    }
    if scene.indicator.kind == "status":
        keys["rank"] = keys["value"] = [missing, scene.classes.index.tolist(), by_name]
    chosen = keys[by or _sort(scene)]
    if scene.matched is not None:
        chosen = [(~scene.matched).tolist(), *chosen]
    rows = list(zip(*chosen, strict=True))
    return sorted(range(len(rows)), key=rows.__getitem__)


def _sort(scene: Scene) -> str:
    """Return the order that the view asks for: what is not ranked is listed by name instead."""
    by = scene.view.sort
    return "name" if by == "rank" and scene.indicator.unranked else by


def ranking_data(scene: Scene) -> dict[str, Any]:
    """Describe the table for static/ui/ranking.js."""
    lang, measure = scene.lang, scene.measure
    states, order, ranked = scene.states, ordered(scene), scene.indicator.unranked is None
    heads = {
        name: t(f"ranking.{name}", lang) for name in ("rank", "name", "value", "date", "source")
    }
    if measure.head:
        heads["value"] = measure.head
    if measure.unit and len(measure.unit) <= SHORT_UNIT:
        heads["value"] = f"{heads['value']} ({measure.unit})"
    return {
        "caption": t(
            "ranking.caption" if ranked else "ranking.caption.listed", lang, title=scene.words.title
        ),
        "heads": heads,
        "sorts": list(SORTS),
        "sort": _sort(scene),
        **_rows(scene, order),
        **_shared(scene, order),
        "shares": _shares(scene, order),
        "whole": _whole(scene, order),
        "marks": {
            state: state_text(state, lang) for state in dict.fromkeys(states[at] for at in order)
        },
        "colors": list(scene.palette),
        "selected": scene.selected,
        "wordy": scene.indicator.kind == "status",
        "matched": None if scene.matched is None else int(scene.matched.sum()),
        "rest": _rest(scene),
        "pins": pin_colours(scene.view.pins),
        "full": len(scene.view.pins) >= MOST_PINS,
        "pinning": {
            key: t(f"pins.{key}", lang, name="{name}") for key in ("add", "remove", "most")
        },
        "whys": {code: why for code, why in zip(scene.codes, measure.reasons, strict=True) if why},
        "hints": {key: t(f"ranking.hint.{key}", lang) for key in ("open", "source", "sort")},
    }


def _rows(scene: Scene, order: Sequence[int]) -> dict[str, list[Any]]:
    """Write the rows; dates and sources, which many share, are written once."""
    lang = scene.lang
    ends, named = [span[1] for span in scene.spans], _sources(scene)
    told = {end: "" if end is None else day(end, lang) for end in {*ends}}
    names, ranked, marks = scene.long_names, scene.ranks, marks_of(scene)
    dates: dict[str, int] = {}
    sources: dict[str, int] = {}
    rows = [
        [
            scene.codes[at],
            ranked[at],
            names[at],
            scene.measure.texts[at],
            "" if scene.states[at] == "reported" else scene.states[at],
            dates.setdefault(told[ends[at]], len(dates)),
            sources.setdefault(named[at], len(sources)),
            int(marks[at]) if marks[at].isdigit() else -1,
        ]
        for at in order
    ]
    return {"rows": rows, "dates": list(dates), "sources": list(sources)}


def _sources(scene: Scene) -> list[str]:
    """Name the sources of each row, and say which figures a user has loaded."""
    ids = origins_of(scene)
    names = {own: sources_named(scene.store, own, scene.lang) for own in {*ids}}
    of = zip(ids, scene.panel.frame["dataset"].tolist(), strict=True)
    return [as_uploaded(names[own], dataset, scene.lang) for own, dataset in of]


def _shared(scene: Scene, order: Sequence[int]) -> dict[str, Any]:
    """Say once what all figures share: their date, their source, that they were computed."""
    lang = scene.lang
    held = [at for at in order if scene.states[at] in FIGURES]
    ends, named = [span[1] for span in scene.spans], _sources(scene)
    once, said = [], []
    # Without any figure, there is nothing to say of them, nor columns for it.
    if len({ends[at] for at in held}) <= 1:
        once.append("date")
        said += [t("legend.as_of", lang, when=scene.words.when)] if held else []
    if len({named[at] for at in held}) <= 1:
        once.append("source")
        said += [t("ranking.of", lang, source=named[at]) for at in held[:1]]
    states = {scene.states[at] for at in held}
    if len(states) == 1 and "reported" not in states and len(held) > 1:
        once.append("mark")
        said.append(state_text(states.pop(), lang))
    if scene.indicator.unranked:
        said.append(unranked_text(scene.indicator, lang))
    if not any(scene.ranks):
        once.append("rank")
    return {"once": once, "said": " · ".join(said)}


def shared_by_all(table: dict[str, Any], *scenes: Scene) -> dict[str, Any]:
    """Say once above a table of several figures a row when they are of, and by whom.

    Parameters
    ----------
    table
        The table of the first scene; its dates and sources are those of one figure a row.
    """
    lang = scenes[0].lang
    spans = {span for scene in scenes for span in compress(scene.spans, scene.has_figure)}
    said = [t("legend.as_of", lang, when=range_text(spans, lang))] if spans else []
    if sources := sources_text(*scenes):
        said.append(sources)
    once = {**dict.fromkeys(table["once"]), "date": None, "source": None}
    return {**table, "once": list(once), "said": " · ".join(said)}


def _longest(scene: Scene) -> float:
    """Return the number that the longest bar stands for; 0 where bars would say nothing."""
    numbers = scene.measure.numbers
    barred = scene.manner in (Manner.CLASSES, Manner.CIRCLES) and np.isfinite(numbers).any()
    if not barred or scene.indicator.kind == "rank" or np.nanmin(numbers) < 0:
        return 0.0
    return float(np.nanmax(numbers))


def _shares(scene: Scene, order: Sequence[int]) -> list[int] | None:
    """Return how long the bar of each row is, in thousandths of the longest; they begin at zero."""
    longest, numbers = _longest(scene), scene.measure.numbers
    if not longest:
        return None
    return [round(1000 * numbers[at] / longest) if np.isfinite(numbers[at]) else -1 for at in order]


def _whole(scene: Scene, order: Sequence[int]) -> dict[str, Any] | None:
    """Return the line of the whole among its parts, in the order of the values; None without."""
    number_, text = whole_of(scene)
    if number_ is None or scene.measure.kind != VALUE or _sort(scene) not in ("rank", "value"):
        return None
    if whole_when(scene):  # of another period than its parts: it has no place among them
        return None
    better = scene.indicator.direction == "lower_better" and scene.view.sort == "rank"
    numbers = [scene.measure.numbers[at] for at in order]
    # Who is written with the same figure as the whole is not placed below it.
    alike = [scene.measure.texts[at] == text for at in order]
    before = [
        same or (n < number_ if better else n > number_)
        for n, same in zip(numbers, alike, strict=True)
    ]
    at = next((at for at, ahead in enumerate(before) if not ahead), len(order))
    longest = _longest(scene)
    share = round(1000 * number_ / longest) if longest and number_ <= longest else -1
    name = place_name(scene.scope, scene.lang)
    return {"name": name, "value": text, "share": share, "at": at}


def _rest(scene: Scene) -> str:
    """Head the rows that the filters leave out."""
    if scene.matched is None:
        return ""
    n = int((~scene.matched).sum())
    return t("filters.rest", scene.lang, n=number(n, scene.lang), areas=scene.areas(n))

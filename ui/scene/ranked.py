"""The rows of a scene in the order of the ranking table, with their names."""

from __future__ import annotations

from typing import Any

import pandas as pd

from geo.editions import COUNTRY_CODE, Level, area
from geo.names import vietnamese_key
from metrics.panel import ranks
from ui.scene.figures import FIGURES
from ui.scene.mapview import marks_of
from ui.scene.measure import drawn_states
from ui.scene.per import PER
from ui.scene.scene import Scene
from ui.scene.sentences import place_name


def ordered(scene: Scene, by: str = "") -> pd.DataFrame:
    """Sort the rows of a scene as the view says, areas without a figure last.

    Parameters
    ----------
    by
        Another order than that of the view: one of `ui.address.choices.SORTS`; "" for its own.

    Returns
    -------
    pd.DataFrame
        The panel's frame with columns more: ``short``, the name in the reader's language,
        ``mark``, the character of the map, ``drawn`` and ``written``, the number of the measure and
        its text, and ``why``, the state of the area as drawn.
    """
    frame = scene.panel.frame.assign(mark=list(marks_of(scene)))
    frame["short"] = area_names(scene)
    frame["drawn"] = scene.measure.numbers
    frame["written"] = scene.measure.column
    if scene.measure.kind == PER:
        frame["rank"] = ranks(frame["drawn"], scene.indicator.direction)
    frame["why"] = drawn_states(scene.panel, scene.classes)
    by_name = [vietnamese_key(name) for name in frame["short"]]
    missing = (~frame["why"].isin(FIGURES)).tolist()
    last = float("inf")
    keys: dict[str, list[list[Any]]] = {
        "rank": [missing, frame["rank"].astype(float).fillna(last).tolist(), by_name],
        "name": [by_name],
        "value": [missing, (-frame["drawn"]).fillna(last).tolist(), by_name],
        "date": [missing, (-frame["period_end"].astype("int64")).tolist(), by_name],
    }
    if scene.indicator.kind == "status":
        keys["rank"] = keys["value"] = [missing, scene.classes.index.tolist(), by_name]
    chosen = keys[by or scene.view.sort]
    if scene.matched is not None:
        chosen = [(~scene.matched).tolist(), *chosen]
    order = sorted(range(len(frame)), key=lambda i: tuple(key[i] for key in chosen))
    return frame.iloc[order]


def area_names(scene: Scene) -> list[str]:
    """Name the areas of a scene; parts of many provinces with their province."""
    view = scene.view
    places = [area(view.edition, code) for code in scene.panel.frame["code"]]
    names = [place_name(place, view.lang) for place in places]
    if scene.province is not None or view.level is Level.PROVINCE:
        return names
    above = [area(view.edition, place.parent or COUNTRY_CODE) for place in places]
    return [
        f"{name}, {place_name(parent, view.lang)}"
        for name, parent in zip(names, above, strict=True)
    ]

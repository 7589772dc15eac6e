"""What is taken of sites and receivers where their file does not say it, each with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import yaml

from base.folders import DATA
from base.words import Message
from geo.coverage.ground import Floats, Radio, Sites

# In this order they are told.
_TOLD: Final = ("height_m", "mhz", "eirp_dbm", "threshold_dbm")
OWN: Final = "coverage.terrain.own"


@dataclass(frozen=True, slots=True, eq=False)
class Built:
    """How each cell of a file of sites is taken to be, shape (n,); NaN where nothing is known."""

    height_m: Floats
    mhz: Floats
    eirp_dbm: Floats
    threshold_dbm: Floats


@lru_cache(maxsize=1)
def defaults() -> dict[str, Any]:
    """Return what `data/radio` says."""
    found: dict[str, Any] = yaml.safe_load(
        (DATA / "radio" / "technologies.yaml").read_text(encoding="utf-8")
    )
    return found


def built(sites: Sites, radio: Radio) -> Built:
    """Say how each cell is built: by its file, else by the planner, else by the standards."""
    technology = [layer.technology for layer in sites.layers]
    columns: dict[str, Floats] = {}
    for name in _TOLD:
        by_layer = [_taken(name, tech, radio)[0] for tech in technology]
        values = np.array(by_layer, dtype=float)[sites.layer]
        own = getattr(sites, name, None)
        columns[name] = values if own is None else np.where(np.isnan(own), values, own)
    return Built(**columns)


def _taken(name: str, technology: str, radio: Radio) -> tuple[float, str]:
    """Return what a technology is taken to have, and who says so ("" where nobody)."""
    said: Mapping[str, float] = getattr(radio, name)
    for key in (technology, ""):
        if key in said:
            return said[key], OWN
    told = defaults()["technologies"].get(technology, {}).get(name)
    return (np.nan, "") if told is None else (float(told["value"]), str(told["source"]))


def of_path(name: str, radio: Radio) -> tuple[float, str]:
    """Return what holds for all paths, and who says so: k, place_percent, height_m (receiver)."""
    own = {"k": radio.k, "place_percent": radio.places, "height_m": radio.receiver_m}.get(name)
    told = defaults()["receiver" if name == "height_m" else "path"][name]
    return (float(told["value"]), str(told["source"])) if own is None else (float(own), OWN)


def assumptions(sites: Sites, radio: Radio) -> list[Message]:
    """Tell all that is assumed, with its source; what the file of sites says is counted."""
    lines = []
    told: dict[str, object]
    technologies = sorted({layer.technology for layer in sites.layers})
    of = np.array([layer.technology for layer in sites.layers], dtype=object)[sites.layer]
    for technology in technologies:
        mine = of == technology
        for name in _TOLD:
            value, source = _taken(name, technology, radio)
            own = getattr(sites, name, None)
            by_file = 0 if own is None else int(np.isfinite(own[mine]).sum())
            if by_file == mine.sum():
                continue
            word = name if source else f"no_{name}"
            told = {"technology": technology or Message("coverage.terrain.no_technology")}
            told |= {"value": value, "source": Message(OWN) if source == OWN else source}
            told |= {"cells": int(mine.sum()) - by_file}
            lines.append(Message(f"coverage.terrain.assumed.{word}", told))
    for name in ("height_m", "k", "time_percent", "place_percent"):
        value, source = of_path(name, radio)
        shown = round(value, 3)
        told = {"value": shown, "source": Message(OWN) if source == OWN else source}
        lines.append(Message(f"coverage.terrain.assumed.path_{name}", told))
    if of_path("place_percent", radio)[0] != 50:
        value, source = of_path("place_sigma_db", radio)
        told = {"value": value, "source": source}
        lines.append(Message("coverage.terrain.assumed.path_sigma", told))
    return lines

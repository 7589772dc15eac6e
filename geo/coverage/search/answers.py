"""Turn what was found into one row a settlement: covered or not, by whom, how far, why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from geo.coverage.ground import (
    COVERED,
    FOURTH,
    STATUSES,
    UNCOVERED,
    UNKNOWN,
    WEAK,
    Bools,
    Floats,
    Layer,
    Options,
    Settlements,
    Texts,
)
from geo.coverage.input import operator_order
from geo.coverage.search.gaps import Answers
from geo.coverage.search.network import Network, bits_of
from geo.editions import area

if TYPE_CHECKING:
    import pandas as pd

REASONS: Final = (
    *("site", "polygon", "weak_signal", "no_power", "out_of_range", "outside_sector"),
    *("no_point", "no_site_data"),
)


def spread(settlements: Settlements, answers: Answers) -> Answers:
    """Give settlements without a point an answer too: nothing known."""
    n, at = len(settlements), np.flatnonzero(pointed(settlements))
    found = answers.found

    def full(values: npt.NDArray[np.generic], fill: float) -> npt.NDArray[np.generic]:
        out = np.full(n, fill, dtype=values.dtype)
        out[at] = values
        return out

    spread_found = type(found)(
        full(found.by_site, 0),  # type: ignore[arg-type]
        full(found.by_polygon, 0),  # type: ignore[arg-type]
        full(found.nearest, -1),  # type: ignore[arg-type]
        full(found.distance, np.nan),  # type: ignore[arg-type]
    )
    return Answers(
        spread_found,
        full(answers.spoken_of, 0),  # type: ignore[arg-type]
        full(answers.dbm, np.nan),  # type: ignore[arg-type]
        full(answers.measurements, 0),  # type: ignore[arg-type]
    )


def pointed(settlements: Settlements) -> Bools:
    """Tell which settlements have a point."""
    return ~np.isnan(settlements.lon)


def status_of(
    settlements: Settlements, answers: Answers, net: Network, options: Options
) -> tuple[npt.NDArray[np.int8], Texts]:
    """Decide the status of each settlement and say why.

    Returns
    -------
    status
        Index in `STATUSES`.
    reason
        One of `REASONS`.
    """
    found = answers.found
    reached = found.mask != 0
    weak = reached & (answers.dbm < options.weak_dbm)
    status = np.where(reached, np.where(weak, WEAK, COVERED), UNCOVERED)
    reason = np.where(found.by_site != 0, "site", "polygon").astype(object)
    reason[weak] = "weak_signal"
    reason[~reached] = "out_of_range"
    if net.sites is not None and len(net.sites):
        beyond = ~reached & (found.nearest >= 0)
        beyond[beyond] = found.distance[beyond] <= net.widest[found.nearest[beyond]]
        reason[beyond] = "outside_sector"
    reason[~reached & (settlements.power == 0)] = "no_power"
    silent = ~reached & ~answers.spoken_of
    status[silent], reason[silent] = UNKNOWN, "no_site_data"
    lost = ~pointed(settlements)
    status[lost], reason[lost] = UNKNOWN, "no_point"
    return status.astype(np.int8), reason


def lacks_4g(status: npt.NDArray[np.int8], answers: Answers, net: Network) -> Floats:
    """Tell which settlements have no 4G or 5G: 1, 0, NaN where unknown."""
    bits = bits_of(net.layers, technology=FOURTH)
    if not bits:
        return np.full(len(status), np.nan)  # the files do not speak of 4G
    lacking = (answers.found.mask & bits == 0).astype(float)
    lacking[status == UNKNOWN] = np.nan
    return lacking


def settlement_frame(
    settlements: Settlements, answers: Answers, net: Network, options: Options
) -> pd.DataFrame:
    """Write one row a settlement, in the order of the file.

    Returns
    -------
    DataFrame
        See docs/coverage.md for the columns.
    """
    import pandas as pd  # noqa: PLC0415

    status, reason = status_of(settlements, answers, net, options)
    mask = answers.found.mask
    names = {
        code: area(options.edition, code).name_vi if code else "" for code in set(settlements.area)
    }
    frame = pd.DataFrame(
        {
            "id": settlements.id,
            "name": settlements.name,
            "area_code": settlements.area,
            "area_name": [names[code] for code in settlements.area],
            "near_border": settlements.near_border,
            "lon": settlements.lon,
            "lat": settlements.lat,
            "population": settlements.population,
            "households": settlements.households,
            "power": _words(settlements.power, {1: "yes", 0: "no", -1: ""}),
            "status": np.array(STATUSES, dtype=object)[status],
            "reason": reason,
            "technologies": _listed(mask, net.layers, "technology"),
            "operators": _listed(mask, net.layers, "operator"),
            "networks": _listed(mask, net.layers, ""),
            "lacks_4g": lacks_4g(status, answers, net),
            "nearest_m": np.round(answers.found.distance, 1),
            "nearest_network": _nearest(answers, net),
            "signal_dbm": answers.dbm,
            "measurements": answers.measurements,
            "row": settlements.row,
        }
    )
    return frame.assign(mask=mask)


def _words(values: npt.NDArray[np.int8], words: dict[int, str]) -> Texts:
    return np.array([words[int(value)] for value in values], dtype=object)


def layer_name(layer: Layer) -> str:
    """Write a network in a word or two."""
    return " ".join(filter(None, (layer.technology, layer.operator))) or "?"


def _listed(mask: npt.NDArray[np.uint64], layers: tuple[Layer, ...], part: str) -> Texts:
    unique, of = np.unique(mask, return_inverse=True)
    texts = []
    for bits in unique:
        there = [layer for bit, layer in enumerate(layers) if int(bits) >> bit & 1]
        there.sort(key=lambda layer: (layer.technology, operator_order(layer.operator)))
        if part == "operator":
            there.sort(key=lambda layer: operator_order(layer.operator))
        words = [str(getattr(layer, part)) if part else layer_name(layer) for layer in there]
        texts.append("; ".join(filter(None, dict.fromkeys(words))))
    return np.array(texts, dtype=object)[of]


def _nearest(answers: Answers, net: Network) -> Texts:
    names = np.full(len(answers.found.nearest), "", dtype=object)
    if net.sites is not None and len(net.sites):
        labels = np.array([layer_name(layer) for layer in net.sites.layers], dtype=object)
        there = answers.found.nearest >= 0
        names[there] = labels[net.sites.layer[answers.found.nearest[there]]]
    return names

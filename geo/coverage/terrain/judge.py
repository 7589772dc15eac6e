"""Say of each settlement whether the ground lets it see a site that reaches it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from base.words import Message
from geo.coverage.ground import (
    CoverageError,
    Floats,
    Ints,
    Progress,
    Radio,
    Settlements,
    Sites,
    Terrained,
    Texts,
)
from geo.coverage.search import layer_name, pointed
from geo.coverage.terrain.assume import Built, assumptions, built, of_path
from geo.coverage.terrain.budget import free_space, place_loss
from geo.coverage.terrain.lines import lengths
from geo.coverage.terrain.reach import Reach, in_reach
from geo.coverage.terrain.reckon import NO_COVER, NO_GROUND
from geo.coverage.terrain.run import Opened, over_ground

if TYPE_CHECKING:
    import pandas as pd

PATH_COLUMNS: Final = (
    *("id", "lon", "lat", "site_row", "site_lon", "site_lat", "network", "verdict", "missing"),
    *("distance_m", "ground_m", "site_ground_m", "site_height_m", "receiver_m", "mhz", "clearance"),
    *("diffraction_db", "loss_db", "level_dbm", "margin_db"),
)
# What the table of settlements says of the ground.
TERRAIN_COLUMNS: Final = (
    *("terrain", "terrain_missing", "terrain_network", "terrain_site_row", "terrain_m"),
    *("terrain_clearance", "terrain_diffraction_db", "terrain_loss_db", "terrain_level_dbm"),
    *("terrain_margin_db", "best_margin_db", "best_margin_network"),
)
_MISSING: Final = {NO_GROUND: "terrain", NO_COVER: "clutter"}


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What is said of settlements: new columns of their table, and every path."""

    columns: pd.DataFrame
    terrained: Terrained


def paths_of(
    settlements: Settlements, sites: Sites, built_: Built, radio: Radio
) -> tuple[Reach, Floats, Ints]:
    """Return the pairs in reach, their rows for `over_ground`, and which rows have a frequency."""
    at = np.flatnonzero(pointed(settlements))
    reach = in_reach(sites, built_, settlements.lon[at], settlements.lat[at], radio.nearest)
    reach = Reach(at[reach.point], reach.cell)
    receiver, _ = of_path("height_m", radio)
    rows = np.column_stack(
        (
            *(sites.lon[reach.cell], sites.lat[reach.cell]),
            *(settlements.lon[reach.point], settlements.lat[reach.point]),
            built_.height_m[reach.cell],
            np.full(len(reach.cell), receiver),
            built_.mhz[reach.cell] / 1000,
        )
    ).reshape(-1, 7)
    return reach, rows, np.flatnonzero(np.isfinite(rows).all(axis=1))


def judge(
    settlements: Settlements,
    sites: Sites,
    opened: Opened,
    radio: Radio,
    *,
    scheduler: str = "",
    workers: int = 1,
    progress: Progress | None = None,
) -> Judged:
    """Work out what the ground does to every settlement and site in reach.

    Raises
    ------
    CoverageError
        Where the heights are of another part of the world.
    """
    _overlapping(settlements, opened)
    built_ = built(sites, radio)
    reach, rows, whole = paths_of(settlements, sites, built_, radio)
    k, _ = of_path("k", radio)
    found = np.full((len(rows), 5), np.nan)
    found[whole] = over_ground(
        opened, rows[whole], k, scheduler=scheduler, workers=workers, progress=progress
    )
    paths = _path_frame(
        settlements, sites, reach, rows=rows, found=found, built_=built_, radio=radio
    )
    told = [*assumptions(sites, radio), *_of_rasters(opened)]
    found_ = Terrained(paths, tuple(told), k=k, raster=opened.relief.called)
    return Judged(_columns(settlements, paths, reach), found_)


def _overlapping(settlements: Settlements, opened: Opened) -> None:
    at = pointed(settlements)
    west, south, east, north = opened.bounds
    lon, lat = settlements.lon[at], settlements.lat[at]
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    if len(lon) and not inside.any():
        box = f"{west:.2f}–{east:.2f}° E, {south:.2f}–{north:.2f}° N"
        raise CoverageError("terrain_elsewhere", file=opened.relief.called, box=box)


def _of_rasters(opened: Opened) -> list[Message]:
    told = {"file": opened.relief.called, "cell": round(opened.cell_m), "step": round(opened.step)}
    lines = [Message("coverage.terrain.assumed.raster", told)]
    if opened.feet:
        lines.append(Message("coverage.terrain.assumed.feet", {"file": opened.relief.called}))
    cover = opened.relief.cover
    if cover is None:
        lines.append(Message("coverage.terrain.assumed.no_clutter"))
    else:
        name = opened.relief.cover_name or cover.name
        lines.append(Message("coverage.terrain.assumed.clutter", {"file": name}))
    return lines


def _path_frame(
    settlements: Settlements,
    sites: Sites,
    reach: Reach,
    *,
    rows: Floats,
    found: Floats,
    built_: Built,
    radio: Radio,
) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    loss, clearance, ground1, ground2, missing = found.T
    metres, mhz = lengths(rows[:, :4]), rows[:, 6] * 1000
    basic = free_space(metres, ground1 + rows[:, 4] - ground2 - rows[:, 5], mhz) + loss
    share, _ = of_path("place_percent", radio)
    sigma, _ = of_path("place_sigma_db", radio)
    level = built_.eirp_dbm[reach.cell] - basic - place_loss(share, sigma)
    lacking = _lacking(rows, missing)
    verdict = np.where(clearance > 0, "in_sight", "shadowed").astype(object)
    verdict[lacking != ""] = "unknown"
    names = np.array([layer_name(layer) for layer in sites.layers], dtype=object)
    columns = {
        "id": settlements.id[reach.point],
        "lon": rows[:, 2],
        "lat": rows[:, 3],
        "site_row": sites.row[reach.cell],
        "site_lon": rows[:, 0],
        "site_lat": rows[:, 1],
        "network": names[sites.layer[reach.cell]],
        "verdict": verdict,
        "missing": lacking,
        "distance_m": metres.round(1),
        "ground_m": ground2.round(1),
        "site_ground_m": ground1.round(1),
        "site_height_m": rows[:, 4],
        "receiver_m": rows[:, 5],
        "mhz": mhz.round(3),
        "clearance": clearance.round(3),
        "diffraction_db": loss.round(2),
        "loss_db": basic.round(2),
        "level_dbm": level.round(2),
        "margin_db": (level - built_.threshold_dbm[reach.cell]).round(2),
    }
    return pd.DataFrame(columns, columns=list(PATH_COLUMNS))


def _lacking(rows: Floats, missing: Floats) -> Texts:
    said = np.full(len(rows), "", dtype=object)
    for code, word in _MISSING.items():
        said[missing == code] = word
    said[np.isnan(rows[:, 4])] = "height"
    said[np.isnan(rows[:, 6])] = "frequency"
    return said


def _columns(settlements: Settlements, paths: pd.DataFrame, reach: Reach) -> pd.DataFrame:
    """Return what the table of settlements says: of its best path, and of all its paths."""
    import pandas as pd  # noqa: PLC0415

    n = len(settlements)
    out = pd.DataFrame({name: np.full(n, np.nan) for name in TERRAIN_COLUMNS})
    for name in ("terrain", "terrain_missing", "terrain_network", "best_margin_network"):
        out[name] = pd.Series(np.full(n, "", dtype=object), dtype=object)
    out["terrain"] = np.where(pointed(settlements), "out_of_range", "unknown").astype(object)
    out.loc[~pointed(settlements), "terrain_missing"] = "point"
    if paths.empty:
        return out
    # In sight before what is not known, and that before what is shadowed: a site that is not known
    # could be in sight. Then the least loss, then the nearest.
    rank = paths["verdict"].map({"in_sight": 0, "unknown": 1, "shadowed": 2}).to_numpy()
    order = np.lexsort((paths["distance_m"], paths["loss_db"].fillna(np.inf), rank, reach.point))
    point = reach.point[order]
    first = order[np.r_[True, point[1:] != point[:-1]]]
    to = reach.point[first]
    for column, of in (
        *(("terrain", "verdict"), ("terrain_missing", "missing"), ("terrain_network", "network")),
        *(("terrain_site_row", "site_row"), ("terrain_m", "distance_m")),
        *(("terrain_clearance", "clearance"), ("terrain_diffraction_db", "diffraction_db")),
        *(("terrain_loss_db", "loss_db"), ("terrain_level_dbm", "level_dbm")),
        ("terrain_margin_db", "margin_db"),
    ):
        values = out[column].to_numpy().copy()
        values[to] = paths[of].to_numpy()[first]
        out[column] = values
    margin = paths["margin_db"].to_numpy()
    order = np.lexsort((-np.nan_to_num(margin, nan=-np.inf), reach.point))
    point = reach.point[order]
    first = order[np.r_[True, point[1:] != point[:-1]]]
    first = first[np.isfinite(margin[first])]
    for column, of in (("best_margin_db", "margin_db"), ("best_margin_network", "network")):
        values = out[column].to_numpy().copy()
        values[reach.point[first]] = paths[of].to_numpy()[first]
        out[column] = values
    return out

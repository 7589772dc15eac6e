"""Find coverage gaps (lõm sóng): settlements × sites × population → gaps by area.

Everything is in metres on the WGS 84 ellipsoid; nothing is guessed, and nothing is left out without
a line in `Result.problems`. How it works, what it accepts and how exact it is: docs/coverage.md.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from base.words import Message
from geo.coverage.files import Files, read_inputs
from geo.coverage.ground import CoverageError, Inputs, Options, Progress, Radio, Relief, Result
from geo.coverage.input import Limits, Problems
from geo.coverage.output import grid_marked, same_kind
from geo.coverage.over_ground import over_ground
from geo.coverage.search import (
    area_frame,
    clusters,
    ground,
    network,
    network_frame,
    pointed,
    rank_new_sites,
    search,
    search_grid,
    settlement_frame,
    spread,
)

if TYPE_CHECKING:
    import pandas as pd


def analyse(
    inputs: Inputs,
    options: Options | None = None,
    *,
    grid: Path | None = None,
    grid_name: str = "",
    relief: Relief | None = None,
    radio: Radio | None = None,
    limits: Limits | None = None,
    scheduler: str = "",
    workers: int = 1,
    progress: Progress | None = None,
) -> Result:
    """Find the gaps.

    Parameters
    ----------
    relief, radio
        Rasters of the ground, and how sites are taken to be: then every settlement also has a
        verdict that considers the terrain, beside the one by ranges.
    scheduler
        "" for this process, "local" for a Dask cluster of this machine, else the address of one
        whose workers have this code (and, for a grid, its path).

    Raises
    ------
    CoverageError
        Where nothing is left to search, or there are too many networks.
    """
    options, settled = options or Options(), inputs.settlements
    if grid is not None:
        made_up = grid_marked(grid, grid_name, (limits or Limits()).room)
        same_kind(made_up, inputs, grid_name or grid.name)
    if not len(settled):
        raise CoverageError("nothing_left", **_most_often(inputs.problems))
    if not (inputs.sites and len(inputs.sites)) and not (
        inputs.polygons and len(inputs.polygons.geometry)
    ):
        raise CoverageError("no_network_left", **_most_often(inputs.problems))
    net = network(inputs.sites, inputs.polygons)
    base = ground(net, inputs.measurements, options)
    at = pointed(settled)
    answers = search(
        base,
        settled.lon[at],
        settled.lat[at],
        scheduler=scheduler,
        workers=workers,
        progress=progress,
    )
    frame = settlement_frame(settled, spread(settled, answers), net, options)
    by_cluster, label = clusters(frame, options.adjacent_m)
    networks = network_frame(frame, net.layers, options.edition)
    result = Result(
        frame.drop(columns="mask").assign(cluster=label),
        area_frame(frame, options.edition),
        networks,
        by_cluster,
        rank_new_sites(frame, options),
        None,
        inputs.problems,
        inputs.read,
        net.layers,
        options,
        inputs.simulated,
        frame["mask"].to_numpy(),
    )
    if relief is not None:
        result = over_ground(
            inputs,
            result,
            relief,
            radio or Radio(),
            limits=limits,
            scheduler=scheduler,
            workers=workers,
            progress=progress,
        )
    if grid is None:
        return result
    told = Problems()
    people, read = search_grid(
        base,
        grid,
        options.edition,
        told,
        name=grid_name,
        limits=limits,
        scheduler=scheduler,
        workers=workers,
        progress=progress,
    )
    return _with_grid(result, people, told, grid_name or grid.name, read)


def _most_often(problems: pd.DataFrame) -> dict[str, object]:
    """Return the commonest reason why rows were left out, and of how many."""
    lost = problems[~problems["kept"]]
    if lost.empty:
        return {"reason": Message("coverage.reason.no_rows"), "n": 0}
    counts = lost.groupby("reason")["n"].sum().sort_values(ascending=False, kind="stable")
    return {"reason": Message(f"coverage.reason.{counts.index[0]}"), "n": int(counts.iloc[0])}


def _with_grid(result: Result, people: object, told: Problems, name: str, read: int) -> Result:
    import pandas as pd  # noqa: PLC0415

    frames = [frame for frame in (result.problems, told.frame()) if len(frame)]
    problems = pd.concat(frames, ignore_index=True) if frames else result.problems
    assert isinstance(people, pd.DataFrame)
    return replace(result, grid=people, problems=problems, read={**result.read, name: read})


def find_gaps(
    files: Files,
    options: Options | None = None,
    *,
    relief: Relief | None = None,
    radio: Radio | None = None,
    limits: Limits | None = None,
    scheduler: str = "",
    workers: int = 1,
    progress: Progress | None = None,
) -> Result:
    """Read files and find the gaps; see `read_inputs` and `analyse`."""
    inputs = read_inputs(files, options, limits=limits)
    return analyse(
        inputs,
        options,
        grid=files.grid,
        grid_name=files.name(files.grid) if files.grid else "",
        relief=relief,
        radio=radio,
        limits=limits,
        scheduler=scheduler,
        workers=workers,
        progress=progress,
    )

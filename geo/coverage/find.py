"""Find coverage gaps (lõm sóng): settlements × sites × population → gaps by area.

Everything is in metres on the WGS 84 ellipsoid; nothing is guessed, and nothing is left out without
a line in `Result.problems`. How it works, what it accepts and how exact it is: docs/coverage.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from base.reading import AUTO, ENCODINGS
from base.words import Message
from geo.coverage.ground import (
    MAX_RANGE_M,
    SIMULATED_COLUMN,
    SIMULATED_EN,
    SIMULATED_MARK,
    SIMULATED_PREFIX,
    SIMULATED_VI,
    STATUSES,
    CoverageError,
    Inputs,
    Layer,
    Measurements,
    Options,
    Polygons,
    Progress,
    Radio,
    Ranking,
    Relief,
    Result,
    Settlements,
    Sites,
)
from geo.coverage.input import (
    FIELDS,
    OPERATORS,
    TECHNOLOGIES,
    Limits,
    Peek,
    Problems,
    Raw,
    peek,
    read_candidates,
    read_file,
    read_measurements,
    read_polygons,
    read_settlements,
    read_sites,
)
from geo.coverage.output import (
    FORMATS,
    grid_marked,
    left_out,
    marked,
    marked_name,
    one_kind,
    report,
    table_bytes,
    tables,
    texts_marked,
    with_mark,
    write_result,
    write_table,
)
from geo.coverage.search import (
    GREEDY_BOUND,
    LOCAL,
    REASONS,
    area_frame,
    clusters,
    gaps_of,
    ground,
    layer_name,
    network,
    network_frame,
    on_edition,
    pointed,
    rank_new_sites,
    search,
    search_grid,
    settlement_frame,
    spread,
    with_verdicts,
)
from geo.coverage.simulate import DEFAULT_SEED, simulate
from geo.coverage.terrain import judge, open_relief, rank_summits

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "AUTO",
    "DEFAULT_SEED",
    "ENCODINGS",
    "FIELDS",
    "FORMATS",
    "GREEDY_BOUND",
    "LOCAL",
    "MAX_RANGE_M",
    "OPERATORS",
    "REASONS",
    "SIMULATED_COLUMN",
    "SIMULATED_EN",
    "SIMULATED_MARK",
    "SIMULATED_PREFIX",
    "SIMULATED_VI",
    "STATUSES",
    "TECHNOLOGIES",
    "CoverageError",
    "Files",
    "Inputs",
    "Layer",
    "Limits",
    "Measurements",
    "Options",
    "Peek",
    "Polygons",
    "Radio",
    "Ranking",
    "Raw",
    "Relief",
    "Result",
    "Settlements",
    "Sites",
    "analyse",
    "find_gaps",
    "gaps_of",
    "layer_name",
    "left_out",
    "marked",
    "marked_name",
    "on_edition",
    "one_kind",
    "peek",
    "read_inputs",
    "report",
    "simulate",
    "table_bytes",
    "tables",
    "texts_marked",
    "with_mark",
    "write_result",
    "write_table",
]


@dataclass(frozen=True, slots=True)
class Files:
    """The files of one search; names of paths that are not those of their owner may be given.

    Attributes
    ----------
    settlements
        Places where people live.
    sites, polygons
        What covers them: at least one file of either.
    measurements, grid
        Signal strengths, and a population grid.
    candidates
        Places where new sites could stand; they count only over real ground.
    names
        What messages call a path.
    crs, encoding
        Of vector files that do not say their system and of metres in tables, and of CSV files.
    columns
        Which column is which where the owner of the files says so: by the name of a field of this
        record, from a key of `geo.coverage.input.columns.NAMES` to a column ("" for none).
    """

    settlements: Path
    sites: Path | None = None
    polygons: tuple[Path, ...] = ()
    measurements: Path | None = None
    grid: Path | None = None
    names: tuple[tuple[Path, str], ...] = ()
    crs: str = ""
    encoding: str = AUTO
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    candidates: Path | None = None

    def name(self, path: Path) -> str:
        """Return what messages call a path."""
        return dict(self.names).get(path, path.name)


def read_inputs(
    files: Files, options: Options | None = None, *, limits: Limits | None = None
) -> Inputs:
    """Read and check all files but the grid.

    Raises
    ------
    CoverageError
        Where a file cannot be used at all, or made-up data would be mixed with real ones.
    """
    options, problems = options or Options(), Problems()

    def read(path: Path | None, what: str) -> Raw | None:
        if path is None:
            return None
        return read_file(
            path,
            problems,
            name=files.name(path),
            crs=files.crs,
            encoding=files.encoding,
            names=files.columns.get(what),
            limits=limits,
        )

    settled, sites = read(files.settlements, "settlements"), read(files.sites, "sites")
    measured = read(files.measurements, "measurements")
    listed = read(files.candidates, "candidates")
    read_shapes = [read(path, "polygons") for path in files.polygons]
    shapes = [raw for raw in read_shapes if raw is not None]
    if settled is None or (sites is None and not shapes):
        raise CoverageError("no_network")
    most = (limits or Limits()).max_settlements
    if len(settled.row) > most:
        raise CoverageError("many_rows", file=settled.file, limit=most)
    everything = [raw for raw in (settled, sites, measured, listed, *shapes) if raw is not None]
    simulated = one_kind(everything)
    candidates = read_candidates(listed, problems, options) if listed else None
    return Inputs(
        read_settlements(settled, problems, options),
        read_sites(sites, problems, options) if sites else None,
        _together([read_polygons(raw, problems) for raw in shapes]),
        read_measurements(measured, problems, options) if measured else None,
        problems.frame(),
        {raw.file: raw.n_read for raw in everything},
        simulated,
        candidates,
    )


def _together(found: Sequence[Polygons]) -> Polygons | None:
    """Put the polygons of several files together."""
    import numpy as np  # noqa: PLC0415

    if not found:
        return None
    layers = tuple(sorted({layer for one in found for layer in one.layers}))
    at = {layer: i for i, layer in enumerate(layers)}
    index = [at[one.layers[i]] for one in found for i in one.layer]
    shapes = np.concatenate([one.geometry for one in found])
    return Polygons(shapes, np.array(index, dtype=np.int16), layers)


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
        _same_kind(inputs, grid, grid_name, limits or Limits())
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
        result = _over_ground(
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


def _same_kind(inputs: Inputs, grid: Path, name: str, limits: Limits) -> None:
    """Refuse a made-up grid among real files, and the other way round."""
    same_kind(grid_marked(grid, name, limits.room), inputs.simulated, name or grid.name, inputs)


def same_kind(made_up: bool, others_made_up: bool, own: str, inputs: Inputs) -> None:
    """Refuse a file that is made up among others that are not, and the other way round.

    Raises
    ------
    CoverageError
        Naming which are made up.
    """
    if made_up != others_made_up:
        others = ", ".join(inputs.read)
        simulated, real = (own, others) if made_up else (others, own)
        raise CoverageError("mixed", simulated=simulated, real=real)


def _over_ground(
    inputs: Inputs,
    result: Result,
    relief: Relief,
    radio: Radio,
    *,
    limits: Limits | None,
    scheduler: str,
    workers: int,
    progress: Progress | None,
) -> Result:
    """Add what the ground does."""
    import pandas as pd  # noqa: PLC0415

    if inputs.sites is None or not len(inputs.sites):
        raise CoverageError("terrain_no_sites", file=relief.called)
    opened = open_relief(relief, (limits or Limits()).room)
    same_kind(texts_marked(relief.called, opened.texts), inputs.simulated, relief.called, inputs)
    how: Any = {"scheduler": scheduler, "workers": workers, "progress": progress}
    judged = judge(inputs.settlements, inputs.sites, opened, radio, **how)
    frame = pd.concat([result.settlements, judged.columns], axis=1)
    areas = with_verdicts(result.areas, frame, result.options.edition)
    summits, told = rank_summits(
        frame, opened, radio, result.options, listed=inputs.candidates, **how
    )
    found = judged.terrained
    found = replace(found, summits=summits, assumed=(*found.assumed, *told))
    return replace(result, settlements=frame, areas=areas, terrain=found)


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

"""The files of a search for coverage gaps, and what is read from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from base.reading import AUTO
from geo.coverage.ground import CoverageError, Inputs, Options, Polygons
from geo.coverage.input import (
    Limits,
    Problems,
    Raw,
    read_candidates,
    read_file,
    read_measurements,
    read_polygons,
    read_settlements,
    read_sites,
)
from geo.coverage.output import one_kind


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

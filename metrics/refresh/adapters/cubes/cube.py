"""A cube: figures by dimensions, and the part of it that a source wants."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from metrics.refresh.adapters.cubes.faults import fault, named

# More cells than any table of a country has, and less than fill a gigabyte.
MOST_CELLS: Final = 5_000_000
MOST_DIMENSIONS: Final = 30


@dataclass(frozen=True, slots=True)
class Unit:
    """What a source says of the unit of a value: its words, and the power of ten; None: nothing."""

    text: str = ""
    power: int | None = None


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension.

    Attributes
    ----------
    codes
        In the order of the cells.
    labels, units
        By code.
    """

    id: str
    label: str
    codes: tuple[str, ...]
    labels: Mapping[str, str]
    units: Mapping[str, Unit] = field(default_factory=dict)

    def code_of(self, said: str, file: str) -> str:
        """Return the code that a code or a label stands for.

        Raises
        ------
        ShapeError
            If it stands for none, or for several.
        """
        found = {code for code in self.codes if said in (code, self.labels[code].strip())}
        if len(found) != 1:
            known = named(f"{c} ({self.labels[c].strip()})" for c in self.codes)
            raise fault(file, self.id, said, "one_of", known=known)
        return found.pop()


@dataclass(frozen=True, slots=True)
class Cube:
    """Figures by dimensions, the last one fastest.

    Attributes
    ----------
    file
        What messages call it.
    values
        Shape (cells,); NaN where there is no figure.
    status
        By position, where anything is said.
    roles
        ``time``, ``geo`` and ``metric``: which dimensions are what.
    """

    file: str
    label: str
    dimensions: tuple[Dimension, ...]
    values: np.ndarray
    status: Mapping[int, str]
    roles: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def dimension(self, id_: str) -> Dimension:
        """Return a dimension by its id, or by its label where that is of one alone.

        Raises
        ------
        ShapeError
            If there is none.
        """
        found = [d for d in self.dimensions if d.id == id_]
        found = found or [d for d in self.dimensions if d.label == id_]
        if len(found) != 1:
            known = named(d.id for d in self.dimensions)
            raise fault(self.file, "dimension", id_, "one_of", known=known)
        return found[0]

    def of_role(self, said: str, role: str) -> Dimension | None:
        """Return the dimension that a source names, else the only one of a role; None for none."""
        if said:
            return self.dimension(said)
        ids = list(self.roles.get(role, ()))
        if len(ids) > 1:
            raise fault(self.file, f"role.{role}", named(ids), "role_once", role=role)
        return self.dimension(ids[0]) if ids else None


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells that a source wants, a row each, and what their codes mean.

    Attributes
    ----------
    frame
        ``measure``, ``area``, ``time`` (codes, "" where there is no such dimension), ``value``,
        ``status``, ``where``.
    labels
        Of the areas, times and measures: column to code to label.
    units
        Of the measures, by code.
    """

    file: str
    label: str
    frame: pd.DataFrame
    labels: Mapping[str, Mapping[str, str]]
    units: Mapping[str, Unit] = field(default_factory=dict)


def cells_of(cube: Cube, wanted: Mapping[str, Dimension | None], fixed: Mapping[str, str]) -> Cells:
    """Take the cells of a cube that a source wants.

    Parameters
    ----------
    wanted
        The dimensions that are ``measure``, ``area`` and ``time``.
    fixed
        Of dimensions, which code or label alone is taken. Those that are not wanted have one, or
        a single code.

    Raises
    ------
    ShapeError
        If another dimension has several codes and none is named.
    """
    taken = {d.id: name for name, d in wanted.items() if d is not None}
    chosen = {cube.dimension(id_).id: code for id_, code in fixed.items()}
    size = [len(d.codes) for d in cube.dimensions]
    picks = [
        range(len(d.codes)) if d.id in taken and d.id not in chosen else [_index(cube, d, chosen)]
        for d in cube.dimensions
    ]
    shape = tuple(len(pick) for pick in picks)
    at = np.ravel_multi_index(np.ix_(*map(np.asarray, picks)), size).ravel()
    parts = np.unravel_index(np.arange(math.prod(shape)), shape)
    columns = {
        name: np.asarray([d.codes[i] for i in pick], dtype=object)[part]
        for d, pick, part in zip(cube.dimensions, picks, parts, strict=True)
        if (name := taken.get(d.id))
    }
    frame = pd.DataFrame(
        {name: columns.get(name, "") for name in ("measure", "area", "time")},
        index=range(len(parts[0])),
    )
    frame["value"] = cube.values[at]
    frame["status"] = [cube.status.get(i, "") for i in at.tolist()]
    frame["where"] = _where(cube, frame, taken, chosen)
    known = {name: d for name, d in wanted.items() if d is not None}
    return Cells(
        cube.file,
        cube.label,
        frame,
        {name: d.labels for name, d in known.items()},
        known["measure"].units if "measure" in known else {},
    )


def _index(cube: Cube, dimension: Dimension, chosen: Mapping[str, str]) -> int:
    if (said := chosen.get(dimension.id)) is not None:
        return dimension.codes.index(dimension.code_of(said, cube.file))
    if len(dimension.codes) > 1:
        known = named(f"{c} ({dimension.labels[c].strip()})" for c in dimension.codes)
        raise fault(cube.file, dimension.id, len(dimension.codes), "fixed", known=known)
    return 0


def _where(
    cube: Cube, frame: pd.DataFrame, taken: Mapping[str, str], chosen: Mapping[str, str]
) -> pd.Series:
    """Say in words of the source where each cell is: its codes by dimension."""
    said = pd.Series("", index=frame.index, dtype="str")
    for dimension in cube.dimensions:
        code = dimension.codes[_index(cube, dimension, chosen)] if dimension.id not in taken else ""
        codes = code or frame[taken[dimension.id]]
        said = said + f"; {dimension.id}=" + codes
    return said.str.removeprefix("; ")

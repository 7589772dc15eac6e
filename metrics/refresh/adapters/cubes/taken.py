"""The cells of a cube of JSON-stat, by what a source says of its dimensions."""

from __future__ import annotations

from metrics.refresh.adapters.cubes.cube import Cells, Cube, cells_of
from metrics.refresh.adapters.cubes.faults import fault, named
from metrics.refresh.adapters.cubes.options import CubeOptions


def cells_by(cube: Cube, options: CubeOptions) -> Cells:
    """Take the cells that a source wants; what it does not say is told by the roles of the cube.

    Raises
    ------
    ShapeError
        If neither tells which dimension the areas, the periods or the indicators are.
    """
    area = None if options.place else cube.of_role(options.area, "geo")
    time = cube.of_role(options.time, "time")
    measure = cube.of_role(options.measure, "metric")
    known = named(f"{d.id} ({d.label})" for d in cube.dimensions)
    if area is None and not options.place:
        raise fault(cube.file, "role.geo", "", "dimension", option="area", known=known)
    if time is None:
        raise fault(cube.file, "role.time", "", "dimension", option="time", known=known)
    if measure is None and options.indicators:
        raise fault(cube.file, "role.metric", "", "dimension", option="measure", known=known)
    if options.indicator and measure and len(measure.codes) > 1:
        fixed = {cube.dimension(id_).id for id_ in options.fixed}
        measure = measure if measure.id in fixed else None
    wanted = {"measure": measure, "area": area, "time": time}
    return cells_of(cube, wanted, options.fixed)

"""A made-up country for the build of boundaries: four districts of four wards each, an island.

The country is a square of 0.4°, its wards squares of 0.1°, every box grown a little so that
neighbours overlap. Two wards side by side become one commune, so that a commune holds land of one
district; one commune spans two districts.
"""

import numpy as np
import shapely

from data.build.boundaries.records import Commune, District, Grid, Units, Ward, grown
from data.build.boundaries.sources import Land, Ocean

WEST, SOUTH, SIDE, STEP = 106.0, 16.0, 0.1, 0.005
GRID = Grid.over((105.9, 15.9, 106.9, 16.6), STEP)
OVERLAP = 0.012


def square(row, column):
    west, south = WEST + column * SIDE, SOUTH + row * SIDE
    return west, south, west + SIDE, south + SIDE


def code(row, column):
    return f"{row}{column}"


def district_of(row, column):
    return "D" + str(row // 2) + str(column // 2)


def commune_of(row, column):
    # Row 3 is one commune for each two wards of both districts, all others of one district.
    return "C" + str(row) + ("m" if row == 3 and column in (1, 2) else str(column // 2))


def wards():
    found = {}
    for row in range(4):
        for column in range(4):
            west, south, east, north = square(row, column)
            found[code(row, column)] = Ward(
                code(row, column),
                district_of(row, column),
                (commune_of(row, column),),
                (west + east) / 2,
                (south + north) / 2,
                grown((west, south, east, north), OVERLAP),
            )
    island = (106.70, 16.20, 106.74, 16.24)
    found["Disle"] = Ward("Disle", "Disle", ("Cisle",), 106.72, 16.22, island)
    return found


def units():
    districts = {
        f"D{row}{column}": District(
            f"D{row}{column}",
            f"P{column}",
            grown(
                (
                    WEST + 2 * column * SIDE,
                    SOUTH + 2 * row * SIDE,
                    WEST + 2 * (column + 1) * SIDE,
                    SOUTH + 2 * (row + 1) * SIDE,
                ),
                0.002,
            ),
        )
        for row in range(2)
        for column in range(2)
    }
    districts["Disle"] = District("Disle", "P1", (106.70, 16.20, 106.74, 16.24))
    communes = {}
    for ward in wards().values():
        (name,) = ward.communes
        points = [w for w in wards().values() if w.communes == ward.communes]
        lon, lat = (
            sum(values) / len(points)
            for values in zip(*((w.lon, w.lat) for w in points), strict=True)
        )
        km2 = 5.0 if name == "Cisle" else 0.96 * 111.32**2 * SIDE**2 * len(points)
        communes[name] = Commune(name, "N", lon, lat, km2)
    provinces = {"P0": (106.0, 16.0, 106.2, 16.4), "P1": (106.2, 16.0, 106.75, 16.4)}
    return Units(wards(), districts, communes, provinces, {"P0": "N", "P1": "N"})


def land():
    """Sea in the east, a neighbour in the west; the polygons are half a cell of the mask off."""
    own = shapely.box(WEST, SOUTH, WEST + 0.41, SOUTH + 0.4)
    foreign = shapely.box(105.0, 15.0, WEST, 17.0)
    islets = shapely.MultiPolygon([shapely.box(112.0, 10.0, 112.01, 10.01)])
    return Land(shapely.MultiPolygon([own]), shapely.MultiPolygon([foreign]), islets)


def ocean():
    step = 0.01
    x, y = 105.0 + step * np.arange(200), 17.0 - step * np.arange(200)
    east = (x > WEST + 0.4)[None, :] & np.ones((200, 1), bool)
    outside = ((y < SOUTH) | (y > SOUTH + 0.4))[:, None] & (x > WEST)[None, :]
    return Ocean(east | outside, 105.0, 17.0, step)

"""Coordinates of tables in metres, such as those of VN-2000, to degrees."""

from __future__ import annotations

from typing import Final

import numpy as np

from geo.coverage.ground import Bools, CoverageError, Floats, Texts
from geo.coverage.input.problems import Sieve

# No coordinate in degrees is above this, and none in metres in Viet Nam is below.
METRES: Final = 180.0
# Metres: in every zone of UTM and VN-2000 that is used in Viet Nam, the way to the north is longer
# than this and the way to the east shorter, so that the two cannot be mistaken.
_NORTHING: Final = 900_000.0
_WGS84: Final = "EPSG:4326"


def to_degrees(
    sieve: Sieve, crs: str, lon: Floats, lat: Floats, value: Texts, *, mend_swapped: bool
) -> tuple[Floats, Floats]:
    """Turn coordinates of a table into degrees of WGS 84.

    Parameters
    ----------
    sieve
        Of the file; rows in metres are left out where it names no system.
    crs
        The system that the owner of the file names; "" for degrees.
    lon, lat
        Columns as read: east and north, or, as surveyors in Viet Nam write, north and east; which
        one most rows of the file use is told by their sizes and listed.

    Returns
    -------
    lon, lat
        Degrees, EPSG:4326; rows that were left out stay as they are.

    Raises
    ------
    CoverageError
        If there is no such system.
    """
    metric = (np.abs(lon) > METRES) | (np.abs(lat) > METRES)
    if not crs:
        sieve.drop(metric, "metres", value)
        return lon, lat
    from pyproj import CRS, Transformer  # noqa: PLC0415
    from pyproj.exceptions import CRSError  # noqa: PLC0415

    try:
        system = CRS.from_user_input(crs)
    except CRSError as error:
        raise CoverageError("crs_name", crs=crs) from error
    if system.is_geographic:
        sieve.drop(metric, "metres", value)
        turn = ~metric & ~np.isnan(lon) & ~np.isnan(lat)
    else:
        lon, lat = _east_north(sieve, lon, lat, metric, value, mend_swapped=mend_swapped)
        turn = metric & sieve.left
    if turn.any() and system != CRS.from_user_input(_WGS84):
        to_wgs84 = Transformer.from_crs(system, _WGS84, always_xy=True)
        lon[turn], lat[turn] = to_wgs84.transform(lon[turn], lat[turn])
        lon[np.isinf(lon)], lat[np.isinf(lat)] = 0, 0  # outside the projection: listed as abroad
    return lon, lat


def _east_north(
    sieve: Sieve, lon: Floats, lat: Floats, metric: Bools, value: Texts, *, mend_swapped: bool
) -> tuple[Floats, Floats]:
    """Put the way to the east first, in the order of most rows of the file."""
    lon, lat = lon.copy(), lat.copy()
    turned = metric & (lon > _NORTHING) & (lat < _NORTHING)
    straight = metric & (lon < _NORTHING) & (lat > _NORTHING)
    odd = turned
    if turned.sum() > straight.sum():
        lon[metric], lat[metric] = lat[metric], lon[metric]
        line = np.zeros(1, dtype=np.int64)
        sieve.problems.add(
            sieve.file, line, "axes", values=["x ↔ y"], kept=True, n=int(turned.sum())
        )
        odd = straight
    if mend_swapped:
        sieve.note(odd, "swapped_mended", value)
        lon[odd], lat[odd] = lat[odd], lon[odd]
    else:
        sieve.drop(odd, "swapped", value)
    return lon, lat

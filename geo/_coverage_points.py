"""Check coordinates: readable, in Viet Nam, not exchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geo._coverage_columns import numbers, texts
from geo._coverage_geodesy import Bools, Floats
from geo._coverage_problems import Sieve
from geo._coverage_records import CoverageError, Texts

if TYPE_CHECKING:
    from geo._coverage_raw import Raw

# West, south, east, north, degrees: all of Viet Nam with Hoàng Sa and Trường Sa. Longitudes and
# latitudes do not overlap, so that exchanged coordinates cannot be mistaken.
BOX: Final = (102.0, 6.0, 118.0, 24.0)


def read_points(raw: Raw, found: dict[str, str]) -> tuple[Floats, Floats]:
    """Return the longitudes and latitudes of a file, NaN where there is none.

    Raises
    ------
    CoverageError
        Where a vector file holds anything but points.
    """
    if raw.geometry is None:
        lon = numbers(raw.frame, found.get("lon"))
        return lon, numbers(raw.frame, found.get("lat"))
    import shapely  # noqa: PLC0415

    there = ~(shapely.is_missing(raw.geometry) | shapely.is_empty(raw.geometry))
    if (shapely.get_type_id(raw.geometry[there]) != shapely.GeometryType.POINT).any():
        raise CoverageError("not_points", file=raw.file)
    lon, lat = np.full(len(there), np.nan), np.full(len(there), np.nan)
    lon[there], lat[there] = shapely.get_x(raw.geometry[there]), shapely.get_y(raw.geometry[there])
    return lon, lat


def within(lon: Floats, lat: Floats) -> Bools:
    """Tell which points lie in the box of Viet Nam."""
    west, south, east, north = BOX
    return (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)


def shown(lon: Floats, lat: Floats, mask: Bools) -> Texts:
    """Write the coordinates of some points, as the list of problems shows them."""
    said = np.full(len(lon), "", dtype=object)
    said[mask] = [f"{x:.5f}; {y:.5f}" for x, y in zip(lon[mask], lat[mask], strict=True)]
    return said


def check_points(
    sieve: Sieve,
    raw: Raw,
    found: dict[str, str],
    lon: Floats,
    lat: Floats,
    *,
    mend_swapped: bool,
    needed: Bools | None = None,
) -> tuple[Floats, Floats]:
    """Leave out rows whose coordinates cannot be used.

    Parameters
    ----------
    sieve
        Of the file.
    raw, found, lon, lat
        The file and what was read of it.
    mend_swapped
        Whether to exchange coordinates that lie in Viet Nam only when exchanged.
    needed
        Rows that are of no use without coordinates; by default all.

    Returns
    -------
    lon, lat
        The coordinates, mended where that was wanted.
    """
    lon, lat = lon.copy(), lat.copy()
    value = np.full(len(lon), "", dtype=object)
    if raw.geometry is None and "lon" in found and "lat" in found:
        given_lon, given_lat = texts(raw.frame, found["lon"]), texts(raw.frame, found["lat"])
        value = given_lon + "; " + given_lat
        unreadable = (np.isnan(lon) & (given_lon != "")) | (np.isnan(lat) & (given_lat != ""))
        half = (given_lon == "") != (given_lat == "")
        sieve.drop(unreadable | half, "coordinates", value)
    missing = np.isnan(lon) | np.isnan(lat)
    sieve.drop(missing if needed is None else missing & needed, "no_coordinates")
    swapped = ~missing & within(lat, lon)
    if mend_swapped:
        sieve.note(swapped, "swapped_mended", value)
        lon[swapped], lat[swapped] = lat[swapped], lon[swapped]
    else:
        sieve.drop(swapped, "swapped", value)
    sieve.drop(~missing & ~within(lon, lat), "abroad", value)
    return lon, lat

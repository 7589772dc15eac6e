"""Check coordinates: readable, in Viet Nam, not exchanged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.coverage.ground import Bools, CoverageError, Floats, Texts
from geo.coverage.input.columns import columns, texts
from geo.coverage.input.degrees import degrees, read_angle, split_pair
from geo.coverage.input.problems import Sieve
from geo.coverage.input.project import METRES, to_degrees

if TYPE_CHECKING:
    from geo.coverage.input.raw import Raw

# West, south, east, north, degrees: all of Viet Nam with Hoàng Sa and Trường Sa. Longitudes and
# latitudes do not overlap, so that exchanged coordinates cannot be mistaken.
BOX: Final = (102.0, 6.0, 118.0, 24.0)


def with_two_columns(raw: Raw) -> Raw:
    """Take apart a column that holds both coordinates, where there are none of their own.

    Which of the two is the longitude is told by their sizes: both orders are in use.
    """
    if raw.geometry is not None or {"lon", "lat"} <= set(columns(raw.frame, "lon", "lat")):
        return raw
    column = columns(raw.frame, "point").get("point")
    if column is None:
        return raw
    cells = texts(raw.frame, column)
    known = {cell: _ordered(cell) for cell in set(cells)}
    pairs = [known[cell] for cell in cells]
    frame = raw.frame.drop(columns=[column]).assign(
        lon=[pair[0] for pair in pairs], lat=[pair[1] for pair in pairs]
    )
    return replace(raw, frame=frame)


def _ordered(cell: str) -> tuple[str, str]:
    """Return longitude and latitude of a cell; an unreadable one twice, to be listed."""
    if not cell:
        return "", ""
    first, second = split_pair(cell)
    if not first:
        return cell, cell
    # As maps write them, latitude first, unless only the other way round is in Viet Nam.
    west, south, east, north = BOX
    turned = west <= read_angle(first) <= east and south <= read_angle(second) <= north
    return (first, second) if turned else (second, first)


def read_points(raw: Raw, found: dict[str, str]) -> tuple[Floats, Floats]:
    """Return the longitudes and latitudes of a file, NaN where there is none.

    Raises
    ------
    CoverageError
        Where a vector file holds anything but points.
    """
    if raw.geometry is None:
        return degrees(raw.frame, found.get("lon")), degrees(raw.frame, found.get("lat"))
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
    mend_swapped
        Whether to exchange coordinates that lie in Viet Nam only when exchanged.

    Returns
    -------
    lon, lat
        Degrees, EPSG:4326, mended where that was wanted.
    """
    lon, lat = lon.copy(), lat.copy()
    value = np.full(len(lon), "", dtype=object)
    if raw.geometry is None and "lon" in found and "lat" in found:
        given_lon, given_lat = texts(raw.frame, found["lon"]), texts(raw.frame, found["lat"])
        value = given_lon + "; " + given_lat
        unreadable = (np.isnan(lon) & (given_lon != "")) | (np.isnan(lat) & (given_lat != ""))
        half = (given_lon == "") != (given_lat == "")
        sieve.drop(unreadable | half, "coordinates", value)
    elif raw.geometry is not None:
        value = shown(lon, lat, ~np.isnan(lon))
    missing = np.isnan(lon) | np.isnan(lat)
    sieve.drop(missing if needed is None else missing & needed, "no_coordinates")
    if raw.geometry is None:
        lon, lat = to_degrees(sieve, raw.crs, lon, lat, value, mend_swapped=mend_swapped)
    missing |= (np.abs(lon) > METRES) | (np.abs(lat) > METRES) | np.isnan(lon)
    swapped = ~missing & within(lat, lon)
    if mend_swapped:
        sieve.note(swapped, "swapped_mended", value)
        lon[swapped], lat[swapped] = lat[swapped], lon[swapped]
    else:
        sieve.drop(swapped, "swapped", value)
    sieve.drop(~missing & ~within(lon, lat), "abroad", value)
    return lon, lat

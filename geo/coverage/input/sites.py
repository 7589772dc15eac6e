"""Read the file of radio sites: the columns of OpenCelliD, or plain ones."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from geo.coverage.ground import (
    MAX_RANGE_M,
    NOWHERE,
    OFF_SITES,
    RADIO_LIMITS,
    Bools,
    CoverageError,
    Floats,
    Ints,
    Layer,
    Options,
    Sites,
    Texts,
    locate,
    places,
)
from geo.coverage.input.columns import columns, in_kilometres, numbers, texts, unread
from geo.coverage.input.operators import (
    MCC_VIET_NAM,
    each_technology,
    operator,
    operator_name,
    technologies,
)
from geo.coverage.input.points import check_points, read_points, shown, with_two_columns
from geo.coverage.input.problems import Problems, Sieve
from geo.coverage.input.raw import Raw

if TYPE_CHECKING:
    import pandas as pd

_CELL_KEY = ("radio", "mcc", "net", "area", "cell")


def read_sites(raw: Raw, problems: Problems, options: Options) -> Sites:
    """Take the cells out of a file.

    Parameters
    ----------
    problems
        Where rows left out are listed.
    options
        Ranges for the cells that give none, and whether exchanged coordinates are mended.

    Returns
    -------
    Sites
        Cells with a position and a range. Those up to 20 km off the drawn land are kept.

    Raises
    ------
    CoverageError
        Where the file has no coordinates.
    """
    raw = with_two_columns(raw)
    frame = raw.frame
    found = columns(
        frame, "id", "lon", "lat", "technology", "operator", "range", "azimuth", "beam", "mcc"
    )
    found |= columns(frame, "height", "frequency", "eirp")
    found |= columns(frame, "mnc") if "mcc" in found else {}
    if raw.geometry is None and not ("lon" in found and "lat" in found):
        listed = ", ".join(str(name)[:40] for name in list(frame.columns)[:30])
        raise CoverageError("no_site_columns", file=raw.file, columns=listed)
    equal, cell_again = _equal(raw), _cell_again(raw)
    at, named = each_technology(texts(raw.frame, found.get("technology")))
    raw = _rows(raw, at)
    keys = _keys(raw, found)
    sieve = Sieve(problems, raw.file, raw.row, keys)
    sieve.drop(equal[at], "duplicate_row", keys)
    sieve.note(cell_again[at], "duplicate_cell", keys)
    technology, bad = technologies(named)
    sieve.drop(bad, "technology", named)
    operators = _operators(raw, found, sieve)
    lon, lat = read_points(raw, found)
    lon, lat = check_points(sieve, raw, found, lon, lat, mend_swapped=options.mend_swapped)
    reach = _ranges(raw, found.get("range"), technology, sieve, options)
    azimuth, beam = _sectors(raw, found, sieve)
    built = _built(raw, found, sieve)
    _on_land(sieve, lon, lat, options.edition)
    keep = sieve.left
    pairs = list(zip(technology[keep], operators[keep], strict=True))
    layers = tuple(sorted(Layer(*pair) for pair in set(pairs)))
    number = {(layer.technology, layer.operator): i for i, layer in enumerate(layers)}
    return Sites(
        lon[keep],
        lat[keep],
        reach[keep],
        azimuth[keep],
        beam[keep],
        np.array([number[pair] for pair in pairs], dtype=np.int16),
        raw.row[keep],
        layers,
        *(None if values is None else values[keep] for values in built),
    )


def _built(raw: Raw, found: dict[str, str], sieve: Sieve) -> list[Floats | None]:
    """Read heights, frequencies and powers; what cannot be is told and left unknown."""
    read: list[Floats | None] = []
    for name, limits in (("height", "height_m"), ("frequency", "mhz"), ("eirp", "eirp_dbm")):
        column, (least, most) = found.get(name), RADIO_LIMITS[limits]
        if column is None:
            read.append(None)
            continue
        values = numbers(raw.frame, column)
        wrong = unread(raw.frame, column, values) | (values < least) | (values > most)
        sieve.note(wrong, f"site_{name}", texts(raw.frame, column))
        read.append(np.where(wrong, np.nan, values))
    return read


def _rows(raw: Raw, at: Ints) -> Raw:
    """Take rows of a file, one again for each technology that it names."""
    if len(at) == len(raw.row):
        return raw
    shapes = None if raw.geometry is None else raw.geometry[at]
    frame = raw.frame.iloc[at].reset_index(drop=True)
    return replace(raw, frame=frame, row=raw.row[at], geometry=shapes)


def _cell_key(raw: Raw) -> Texts | None:
    """Return what identifies the cells of OpenCelliD; None in other files."""
    names = {str(name).strip().lower(): str(name) for name in raw.frame.columns}
    if not all(part in names for part in _CELL_KEY):
        return None
    parts = [texts(raw.frame, names[part]) for part in _CELL_KEY]
    return np.array(["-".join(cells) for cells in zip(*parts, strict=True)], dtype=object)


def _keys(raw: Raw, found: dict[str, str]) -> Texts:
    cells = _cell_key(raw)
    return texts(raw.frame, found.get("id")) if cells is None else cells


def _equal(raw: Raw) -> Bools:
    """Tell which rows say in every cell what a row before them says.

    Rows that share the id of a station are its sectors, technologies and operators.
    """
    import pandas as pd  # noqa: PLC0415

    whole = {str(at): raw.frame.iloc[:, at].astype("str") for at in range(raw.frame.shape[1])}
    if raw.geometry is not None:
        import shapely  # noqa: PLC0415

        whole["geometry"] = pd.Series(shapely.to_wkb(raw.geometry), dtype=object)
    if not whole:
        return np.zeros(len(raw.row), dtype=bool)
    return np.asarray(pd.DataFrame(whole).duplicated(keep="first"), dtype=bool)


def _cell_again(raw: Raw) -> Bools:
    """Tell which cells of OpenCelliD are there twice with other values: both are used."""
    import pandas as pd  # noqa: PLC0415

    keys = _cell_key(raw)
    if keys is None:
        return np.zeros(len(raw.row), dtype=bool)
    return np.asarray(pd.Series(keys).duplicated(keep="first"), dtype=bool)


def _operators(raw: Raw, found: dict[str, str], sieve: Sieve) -> Texts:
    frame = raw.frame
    named = texts(frame, found.get("operator"))
    if "mcc" not in found or "mnc" not in found:
        known = {cell: operator_name(cell) for cell in set(named)}
        return np.array([known[cell] for cell in named], dtype=object)
    mcc, mnc = numbers(frame, found["mcc"]), numbers(frame, found["mnc"])
    sieve.drop(np.isnan(mcc) | np.isnan(mnc) | (mnc < 0) | (mnc > 999), "network_code")
    sieve.drop(mcc != MCC_VIET_NAM, "other_country", texts(frame, found["mcc"]))
    names = np.full(len(mcc), "", dtype=object)
    for net in np.unique(mnc[sieve.left]):
        names[sieve.left & (mnc == net)] = operator(MCC_VIET_NAM, int(net))
    return names


def _ranges(
    raw: Raw, column: str | None, technology: Texts, sieve: Sieve, options: Options
) -> Floats:
    reach = numbers(raw.frame, column)
    said = texts(raw.frame, column)
    sieve.drop(unread(raw.frame, column, reach), "range_unread", said)
    reach = reach * 1000 if in_kilometres(column) else reach
    sieve.drop(reach <= 0, "range_zero", said)
    sieve.drop(reach > MAX_RANGE_M, "range_large", said)
    missing = np.isnan(reach)
    default = options.default_range_m
    assumed = np.array([default.get(t, default.get("", np.nan)) for t in technology], dtype=float)
    sieve.drop(missing & np.isnan(assumed), "range_missing")
    sieve.note(missing, "range_assumed", assumed)
    return np.asarray(np.where(missing, assumed, reach), dtype=float)


def _sectors(raw: Raw, found: dict[str, str], sieve: Sieve) -> tuple[Floats, Floats]:
    """Read directions; a cell with neither direction nor width reaches all round."""
    azimuth, beam = (_degrees(raw.frame, found.get(name)) for name in ("azimuth", "beam"))
    for name, read in (("azimuth", azimuth), ("beam", beam)):
        said = texts(raw.frame, found.get(name))
        sieve.drop(unread(raw.frame, found.get(name), read), "sector", said)
    all_round = beam == 360
    sieve.drop((beam <= 0) | (beam > 360), "sector", beam)
    sieve.drop((azimuth < -360) | (azimuth > 360), "sector", azimuth)
    half = np.isnan(azimuth) != np.isnan(beam)
    sieve.drop(half & ~all_round, "sector_half")
    beam = np.where(np.isnan(beam) | all_round, 360.0, beam)
    return np.where(beam == 360, np.nan, azimuth % 360), beam


def _degrees(frame: pd.DataFrame, column: str | None) -> Floats:
    """Read a column of angles, which may carry the sign of degrees."""
    if column is None or frame[column].dtype.kind in "iufb":
        return numbers(frame, column)
    bare = frame[column].astype("str").str.strip().str.rstrip("°º ")
    return numbers(bare.to_frame(column), column)


def _on_land(sieve: Sieve, lon: Floats, lat: Floats, edition: str) -> None:
    at = np.flatnonzero(sieve.left)
    lost = np.zeros(len(lon), dtype=bool)
    lost[at] = locate(places(edition), lon[at], lat[at], off=OFF_SITES) == NOWHERE
    sieve.drop(lost, "at_sea_or_abroad", shown(lon, lat, lost))

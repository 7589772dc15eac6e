"""Read a list of places where new sites could stand."""

from __future__ import annotations

import numpy as np

from geo.coverage.ground import Candidates, CoverageError, Options
from geo.coverage.input.columns import columns, texts
from geo.coverage.input.points import check_points, read_points, with_two_columns
from geo.coverage.input.problems import Problems, Sieve
from geo.coverage.input.raw import Raw


def read_candidates(raw: Raw, problems: Problems, options: Options) -> Candidates:
    """Take the places out of a file.

    Raises
    ------
    CoverageError
        Where it has no coordinates.
    """
    raw = with_two_columns(raw)
    found = columns(raw.frame, "id", "name", "lon", "lat")
    if raw.geometry is None and not {"lon", "lat"} <= set(found):
        listed = ", ".join(str(name)[:40] for name in list(raw.frame.columns)[:30])
        raise CoverageError("no_site_columns", file=raw.file, columns=listed)
    ids = texts(raw.frame, found.get("id"))
    ids = np.where(ids == "", np.array([f"row-{row}" for row in raw.row], dtype=object), ids)
    sieve = Sieve(problems, raw.file, raw.row, ids)
    lon, lat = read_points(raw, found)
    lon, lat = check_points(sieve, raw, found, lon, lat, mend_swapped=options.mend_swapped)
    keep = sieve.left
    name = texts(raw.frame, found.get("name"))[keep]
    kind = np.full(int(keep.sum()), "list", dtype=object)
    return Candidates(lon[keep], lat[keep], ids[keep], name, kind)

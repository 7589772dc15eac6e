"""Read claims – polygons, and lists of covered villages – and measurements with their days."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

import numpy as np

from geo.coverage.evidence.records import UNDATED, Claims, Facts, Thresholds
from geo.coverage.ground import DBM, CoverageError, Floats, Ints, Options, Texts
from geo.coverage.input import (
    Problems,
    Raw,
    Sieve,
    check_points,
    columns,
    numbers,
    operator_name,
    read_points,
    technologies,
    texts,
    unread,
    with_two_columns,
    yes_no,
)

_ISO: Final = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$")
_LOCAL: Final = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: .*)?$")
_EPOCH: Final = date(1970, 1, 1).toordinal()
MOST_ACCURACY_M: Final = 100_000.0


def days(cells: Texts) -> tuple[Ints, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Read days as 2026-11-30 or 30/11/2026; tell which cells say something else.

    Examples
    --------
    >>> days(np.array(["2026-11-30", "30/11/2026 08:15", ""], dtype=object))[0][:2]
    array([20787, 20787])
    """
    known = {cell: _day(str(cell)) for cell in set(cells)}
    found = np.array([known[cell] for cell in cells], dtype=np.int64).reshape(len(cells))
    return found, (found == UNDATED) & (cells != "")


def _day(cell: str) -> int:
    if match := _ISO.match(cell):
        year, month, day = map(int, match.groups())
    elif match := _LOCAL.match(cell):
        day, month, year = map(int, match.groups())
    else:
        return int(UNDATED)
    try:
        return date(year, month, day).toordinal() - _EPOCH
    except ValueError:
        return int(UNDATED)


def _network(raw: Raw, sieve: Sieve) -> tuple[Texts, Texts]:
    found = columns(raw.frame, "technology", "operator")
    said = texts(raw.frame, found.get("technology"))
    technology, bad = technologies(said)
    sieve.drop(bad, "technology", said)
    known = {cell: operator_name(cell) for cell in set(texts(raw.frame, found.get("operator")))}
    named = texts(raw.frame, found.get("operator"))
    return np.array([known[cell] for cell in named], dtype=object), technology


def _when(raw: Raw, sieve: Sieve) -> tuple[Ints, Texts]:
    found = columns(raw.frame, "date", "source")
    said = texts(raw.frame, found.get("date"))
    day, bad = days(said)
    sieve.drop(bad, "date_unread", said)
    return day, texts(raw.frame, found.get("source"))


def read_claims(raw: Raw, problems: Problems) -> Claims:
    """Take claims out of a file: its polygons, or the ids of villages that it lists.

    Raises
    ------
    CoverageError
        Where it has neither.
    """
    import shapely  # noqa: PLC0415

    ids = texts(raw.frame, columns(raw.frame, "id").get("id"))
    sieve = Sieve(problems, raw.file, raw.row, ids)
    shape = np.full(len(raw.row), None, dtype=object)
    if raw.geometry is not None:
        kind = shapely.get_type_id(raw.geometry)
        areal = np.isin(kind, (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON))
        sieve.drop(~areal & (ids == ""), "geometry_kind")
        sieve.drop(areal & ~shapely.is_valid(raw.geometry), "geometry_invalid")
        shape[areal] = raw.geometry[areal]
    elif "id" not in columns(raw.frame, "id"):
        listed = ", ".join(str(name)[:40] for name in list(raw.frame.columns)[:30])
        raise CoverageError("evidence_no_claims", file=raw.file, columns=listed)
    village = np.where(shape == None, ids, "").astype(object)  # noqa: E711 - of each
    sieve.drop((shape == None) & (ids == ""), "claim_of_nothing")  # noqa: E711
    operator, technology = _network(raw, sieve)
    day, source = _when(raw, sieve)
    keep = sieve.left
    file = np.full(len(raw.row), raw.file, dtype=object)
    every: Any = (operator, technology, day, source, file, raw.row, shape, village)
    return Claims(*(values[keep] for values in every))


def read_facts(raw: Raw, problems: Problems, options: Options, rules: Thresholds) -> Facts:
    """Take measurements out of a file: signal strengths, speeds and complaints.

    Raises
    ------
    CoverageError
        Where it has no coordinates or none of the three.
    """
    raw = with_two_columns(raw)
    found = columns(raw.frame, "id", "lon", "lat", "dbm", "mbps", "complaint", "accuracy")
    placed = raw.geometry is not None or {"lon", "lat"} <= set(found)
    if not placed or not {"dbm", "mbps", "complaint"} & set(found):
        listed = ", ".join(str(name)[:40] for name in list(raw.frame.columns)[:30])
        raise CoverageError("evidence_no_facts", file=raw.file, columns=listed)
    sieve = Sieve(problems, raw.file, raw.row, texts(raw.frame, found.get("id")))
    lon, lat = read_points(raw, found)
    lon, lat = check_points(sieve, raw, found, lon, lat, mend_swapped=options.mend_swapped)
    dbm = _figure(raw, found.get("dbm"), sieve, "dbm", DBM)
    mbps = _figure(raw, found.get("mbps"), sieve, "mbps", (0.0, 1e5))
    said = texts(raw.frame, found.get("complaint"))
    answer, bad = yes_no(said)
    sieve.drop(bad, "complaint", said)
    complaint = answer == 1
    limits = (0.0, MOST_ACCURACY_M)
    accuracy = _figure(raw, found.get("accuracy"), sieve, "accuracy", limits)
    sieve.drop(np.isnan(dbm) & np.isnan(mbps) & ~complaint, "measures_nothing")
    # Two that disagree in one row are no evidence either way.
    good, poor = (dbm >= rules.weak_dbm) | (mbps >= rules.mbps), complaint.copy()
    poor |= (dbm < rules.weak_dbm) | (mbps < rules.mbps)
    sieve.drop(good & poor, "measures_both")
    operator, technology = _network(raw, sieve)
    day, source = _when(raw, sieve)
    sieve.drop(day == UNDATED, "measurement_undated")
    keep = sieve.left
    accuracy = np.where(np.isnan(accuracy), rules.accuracy_m, accuracy)
    every: Any = (
        lon,
        lat,
        accuracy,
        day,
        operator,
        technology,
        good,
        complaint,
        dbm,
        source,
        raw.row,
    )
    return Facts(*(values[keep] for values in every))


def _figure(
    raw: Raw, column: str | None, sieve: Sieve, reason: str, limits: tuple[float, float]
) -> Floats:
    read = numbers(raw.frame, column)
    wrong = unread(raw.frame, column, read) | (read < limits[0]) | (read > limits[1])
    sieve.drop(wrong, reason, texts(raw.frame, column))
    return np.where(wrong, np.nan, read)

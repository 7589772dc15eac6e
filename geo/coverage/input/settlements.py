"""Read the file of settlements: places where people live, by point or by commune."""

from __future__ import annotations

import csv
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.coverage.ground import (
    NOWHERE,
    Bools,
    CoverageError,
    Floats,
    Ints,
    Options,
    Places,
    Settlements,
    Texts,
    far_from,
    locate,
    near_border,
    on_islands,
    places,
)
from geo.coverage.input.columns import columns, numbers, texts, unread, yes_no
from geo.coverage.input.named import NAME_FIELDS, named_areas
from geo.coverage.input.points import check_points, read_points, shown, with_two_columns
from geo.coverage.input.problems import Problems, Sieve
from geo.coverage.input.raw import Raw
from geo.crosswalk import CROSSWALK_DIR
from geo.editions import Level

MOST_PEOPLE: Final = 10_000_000


def read_settlements(raw: Raw, problems: Problems, options: Options) -> Settlements:
    """Take the settlements out of a file.

    Parameters
    ----------
    problems
        Where rows left out and doubtful ones are listed.
    options
        Edition, and whether exchanged coordinates are mended.

    Returns
    -------
    Settlements
        Every row that can be placed by a point, by a code or by the names of its commune, district
        and province; the code decides where both are given, the point before the names.

    Raises
    ------
    CoverageError
        Where the file has neither coordinates nor codes nor names of communes.
    """
    raw = with_two_columns(raw)
    found = columns(
        *(raw.frame, "id", "name", "lon", "lat", "area", *NAME_FIELDS),
        *("population", "households", "power"),
    )
    has_points = raw.geometry is not None or ("lon" in found and "lat" in found)
    named = "commune" in found or "district" in found
    if not has_points and "area" not in found and not named:
        raise CoverageError("no_place_columns", file=raw.file, columns=_listed(raw))
    where = places(options.edition)
    ids, made = _ids(raw, found.get("id"))
    sieve = Sieve(problems, raw.file, raw.row, ids)
    sieve.drop(_repeated(ids), "duplicate_id", ids)
    codes = texts(raw.frame, found.get("area"))
    given, unknown = _given(where, codes)
    lon, lat = read_points(raw, found)
    if named or unknown.any():
        bare = (given == NOWHERE) & (np.isnan(lon) | unknown)
        by_name, said = named_areas(where, raw.frame, found, bare, codes)
        given = np.where(bare, by_name, given)
        unknown &= by_name == NOWHERE
        if named and not has_points:
            sieve.drop((given == NOWHERE) & ~unknown, "unknown_name", said)
    sieve.drop(unknown, "unknown_area", codes)
    lon, lat = check_points(
        sieve,
        raw,
        found,
        lon,
        lat,
        mend_swapped=options.mend_swapped,
        needed=given == NOWHERE,
    )
    index, near = _place(where, sieve, given, lon, lat)
    population = _counts(raw, found.get("population"), sieve, "population")
    households = _counts(raw, found.get("households"), sieve, "households")
    power, bad = yes_no(texts(raw.frame, found.get("power")))
    sieve.note(bad, "power", texts(raw.frame, found.get("power")))
    code_of = np.array([*(place.code for place in where.areas), ""], dtype=object)
    name = texts(raw.frame, found.get("name"))
    everything = Settlements(
        ids,
        np.where(name == "", np.where(made, "", ids), name),
        lon,
        lat,
        code_of[index],
        near,
        population,
        households,
        power,
        raw.row,
    )
    return everything.take(sieve.left)


def _listed(raw: Raw) -> str:
    return ", ".join(str(name)[:40] for name in list(raw.frame.columns)[:30])


def _ids(raw: Raw, column: str | None) -> tuple[Texts, Bools]:
    """Return the ids, those that the file lacks made of the row, and which were made."""
    given = texts(raw.frame, column)
    made = given == ""
    return np.where(made, np.array([f"row-{row}" for row in raw.row], dtype=object), given), made


def _repeated(ids: Texts) -> Bools:
    import pandas as pd  # noqa: PLC0415

    return np.asarray(pd.Series(ids).duplicated(keep="first"), dtype=bool)


def _given(where: Places, codes: Texts) -> tuple[Ints, Bools]:
    """Turn the codes of a file into indices of areas; tell which mean nothing."""
    wide = len(where.areas[0].code)
    old = _old_communes() if where.level is Level.DISTRICT else {}
    known: dict[str, int] = {"": NOWHERE}
    for code in set(codes) - {""}:
        # Spreadsheets take leading zeros away.
        full = code.zfill(wide) if code.isdigit() else code
        if full not in where.at and code.isdigit():
            full = old.get(code.zfill(5), full)
        known[code] = where.at.get(full, NOWHERE)
    index = np.array([known[code] for code in codes], dtype=np.int64).reshape(len(codes))
    return index, (index == NOWHERE) & (codes != "")


@lru_cache(maxsize=1)
def _old_communes() -> dict[str, str]:
    with (CROSSWALK_DIR / "communes_2024.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["district"] for row in csv.DictReader(file)}


def _place(
    where: Places, sieve: Sieve, given: Ints, lon: Floats, lat: Floats
) -> tuple[Ints, npt.NDArray[np.bool_]]:
    index, near = given.copy(), np.zeros(len(given), dtype=bool)
    to_find = np.flatnonzero(sieve.left & (given == NOWHERE) & ~np.isnan(lon))
    index[to_find] = locate(where, lon[to_find], lat[to_find])
    lost = index == NOWHERE
    sieve.drop(lost, "at_sea_or_abroad", shown(lon, lat, lost))
    far = sieve.left & far_from(where, given, lon, lat)
    sieve.note(far, "far_from_area", shown(lon, lat, far))
    placed = to_find[index[to_find] != NOWHERE]
    near[placed] = near_border(where, lon[placed], lat[placed])
    island = np.zeros(len(given), dtype=bool)
    island[placed] = on_islands(where, lon[placed], lat[placed])
    sieve.note(island, "island", shown(lon, lat, island))
    return index, near


def _counts(raw: Raw, column: str | None, sieve: Sieve, reason: str) -> Floats:
    read = numbers(raw.frame, column, count=True)
    wrong = unread(raw.frame, column, read) | (read < 0) | (read > MOST_PEOPLE)
    if column is not None:
        sieve.note(wrong, reason, texts(raw.frame, column))
    return np.asarray(np.where(wrong, np.nan, read), dtype=float)

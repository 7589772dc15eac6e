"""Which column holds the places of a table, and the map that they are of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import pandas as pd

from base.reading import Cell
from geo.editions import Level, areas, editions
from metrics.importing.cells import looks_numeric, plain, read_number
from metrics.importing.names import Fit, fits, fits_below_rows, level_named
from metrics.importing.proposal.column_kinds import CODES, MOSTLY, ORDINAL, last_part

# Shares of names that lie so near are told apart by what headings and periods say.
NEAR: Final = 0.08


def place_column(
    columns: dict[str, list[Cell]], time: Sequence[date], told: dict[str, Any]
) -> tuple[str, str | None, Fit]:
    """Find the column of places, that of their parents, and the map that they are of."""
    tried: dict[str, Fit] = {}
    for name, cells in columns.items():
        if told.get("place") not in (None, name):
            continue
        if told.get("place") is None and not _may_be_places(name, cells):
            continue
        tried[name] = best_fit(allowed_fits(_maps(cells), told), name, time)
    if not tried:
        first = next(iter(columns))
        return first, None, best_fit(allowed_fits(fits([]), told), first, time)
    names = {n for n in tried if not CODES.fullmatch(plain(last_part(n)))}
    # Of a column of provinces and one of their parts, the parts are what the rows are of.
    for above in (n for n in columns if n not in tried and told.get("place")):
        if not _may_be_places(above, columns[above]):
            continue
        if best_fit(fits(columns[above]), above, time).level is Level.PROVINCE:
            name = next(iter(tried))
            fit = _within(columns[name], columns[above], time, told)
            if fit is not None and fit.level is not Level.PROVINCE and fit.share >= MOSTLY:
                return name, above, fit
    for above in (n for n, f in tried.items() if f.level is Level.PROVINCE and f.share >= MOSTLY):
        for name in tried:
            fit = _within(columns[name], columns[above], time, told) if name != above else None
            if fit is not None and fit.level is not Level.PROVINCE and fit.share >= MOSTLY:
                return name, above, fit
    best = max(tried, key=lambda name: (tried[name].share, name in names, tried[name].n))
    good = [name for name in names if tried[name].share >= MOSTLY]
    if best not in names and good:  # names are read by people, codes beside them check them
        best = max(good, key=lambda name: tried[name].share)
    return best, None, tried[best]


def _maps(cells: Sequence[Cell]) -> list[Fit]:
    """Return the maps that names may be of, alone or below rows of their provinces."""
    found = fits(cells)
    if found[0].share < MOSTLY and any(f.n and f.level is Level.PROVINCE for f in found):
        found = sorted([*fits_below_rows(cells), *found], key=lambda fit: -fit.share)
    return found


def _may_be_places(name: str, cells: Sequence[Cell]) -> bool:
    """Tell whether a column may hold places: texts, or codes under their heading."""
    if ORDINAL.fullmatch(plain(last_part(name))) or not any(isinstance(c, str) for c in cells):
        return False
    known = [c for c in cells if c is not None and not read_number(c, "comma").missing]
    numbers = sum(looks_numeric(c) for c in known)
    return bool(known) and (
        numbers <= (1 - MOSTLY) * len(known) or bool(CODES.fullmatch(plain(last_part(name))))
    )


def allowed_fits(found: list[Fit], told: dict[str, Any]) -> list[Fit]:
    """Leave the maps that a person has not ruled out."""
    kept = [
        fit
        for fit in found
        if told.get("edition") in (None, fit.edition) and told.get("level") in (None, fit.level)
    ]
    return kept or found


def best_fit(found: list[Fit], heading: str, time: Sequence[date] = ()) -> Fit:
    """Return the best fit; of about equal ones that of the level and the time that are named."""
    top = found[0].share
    level = level_named(last_part(heading))
    near = [
        fit
        for fit in found
        if fit.share >= max(top - NEAR, 0.01)
        or (fit.level is level and fit.share >= 0.5 and of_its_time(fit.edition, time))
    ] or found[:1]
    return max(
        near,
        key=lambda fit: (
            fit.level is level,
            # All provinces of a map and no others are of that map, whatever the time.
            fit.level is Level.PROVINCE
            and fit.share >= 1 - NEAR
            and fit.n >= len(areas(fit.edition, fit.level)),
            of_its_time(fit.edition, time) is not False,
            fit.share,
            # Of equal ones the newest edition comes first.
            -found.index(fit),
        ),
    )


def of_its_time(edition_id: str, ends: Sequence[date]) -> bool | None:
    """Tell whether a map was in force at the ends of some periods; None where they differ."""
    newest = editions()[-1]
    after = {end >= newest.valid_from for end in ends}
    if len(after) != 1:
        return None
    return after.pop() == (edition_id == newest.id)


def _within(
    names: Sequence[Cell], parents: Sequence[Cell], time: Sequence[date], told: dict[str, Any]
) -> Fit | None:
    above = pd.Series(list(parents), dtype=object)
    if above.notna().any() and above.iloc[:1].notna().all():  # written once, for the rows below
        above = above.ffill()
    pairs = [(n, p) for n, p in zip(names, above, strict=True) if n is not None]
    if not pairs:
        return None
    return best_fit(allowed_fits(fits(*zip(*pairs, strict=True)), told), "", time)

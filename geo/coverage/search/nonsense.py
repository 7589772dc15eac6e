"""Tell grids whose people cannot be: elevations, lights, cells without data not declared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geo.coverage.ground import CoverageError, Floats
from geo.coverage.input import Problems
from geo.editions import COUNTRY_CODE, Level, area

if TYPE_CHECKING:
    import pandas as pd

# Grids of people differ from what is published by a tenth or two; a half more is another thing.
DOUBTFUL: Final = 1.5
# So many times the people of the country are no people.
IMPOSSIBLE: Final = 3.0
# No commune or district of Viet Nam has so many people a square kilometre.
DENSEST: Final = 100_000.0
# Nor so many at all.
MOST: Final = {Level.COMMUNE: 500_000.0, Level.DISTRICT: 2_000_000.0}
# What stands for no data where a file forgets to say so.
NO_DATA: Final = (255.0, 9_999.0, 32_767.0, 65_535.0, 99_999.0, 2.0**31 - 1, 2.0**32 - 1)
# So many cells of one such number, none having more, are no people.
_REPEATED: Final = 5
_LISTED: Final = 10
# Heights differ from cell to cell by less than these shares of themselves, in metres and parts of
# metres; people do not, or they were spread evenly and do not differ at all.
_SMOOTH_WHOLE: Final = 0.1
_SMOOTH: Final = 0.02
_EVEN: Final = 0.5
_FEWEST: Final = 400


def no_data_counts(people: Floats) -> Floats:
    """Return the largest number of a grid, and how many cells have each number of `NO_DATA`."""
    largest = float(people.max()) if len(people) else 0.0
    return np.array([largest, *((people == value).sum() for value in NO_DATA)])


def tell_no_data(counts: Floats, problems: Problems, name: str) -> None:
    """List the number that seems to stand for cells without data."""
    for value, cells in zip(NO_DATA, counts[1:], strict=True):
        if cells >= _REPEATED and counts[0] == value:
            line, told = np.zeros(1, dtype=np.int64), [f"{value:.0f}"]
            problems.add(name, line, "grid_no_data", values=told, kept=True, n=int(cells))


def texture(people: Floats) -> Floats:
    """Return how much cells differ from the next in the file: sums that may be added up.

    Returns
    -------
    ndarray
        Pairs of cells, people, absolute differences, pairs without any, cells of whole numbers.
    """
    steps = np.abs(np.diff(people))
    whole = people == np.rint(people)
    return np.array([len(steps), people.sum(), steps.sum(), (steps == 0).sum(), whole.sum()])


def tell_heights(texture: Floats, problems: Problems, name: str) -> None:
    """Tell where cells change so little from one to the next that they may be heights."""
    pairs, people, steps, same, whole = texture
    smooth = _SMOOTH_WHOLE if whole >= pairs else _SMOOTH
    if pairs >= _FEWEST and same < _EVEN * pairs and steps < smooth * people:
        share = f"{100 * steps / people:.1f}"
        line = np.zeros(1, dtype=np.int64)
        problems.add(name, line, "grid_smooth", values=[share], kept=True, n=int(pairs))


def tell_nonsense(frame: pd.DataFrame, edition: str, problems: Problems, name: str) -> None:
    """List the areas where a grid has more people than can be.

    Raises
    ------
    CoverageError
        Where it has several times the people of the country.
    """
    told = []
    for code, people in zip(frame["code"], frame["people"], strict=True):
        place = area(edition, str(code))
        known = place.population
        if code == COUNTRY_CODE and known and people > IMPOSSIBLE * known:
            raise CoverageError("grid_nonsense", file=name, people=f"{people:.0f}", known=known)
        # Of communes and districts neither people nor, often, the area is known.
        if known is not None:
            most = DOUBTFUL * known
        else:
            most = min(MOST[place.level], DENSEST * (place.area_km2 or np.inf))
        if people > most:
            told.append(f"{place.name_vi}: {people:.0f} > {known or most:.0f}")
    line = np.zeros(1, dtype=np.int64)
    if told:
        values = ["; ".join(told[:_LISTED]) + (" …" if len(told) > _LISTED else "")]
        problems.add(name, line, "grid_implausible", values=values, kept=True, n=len(told))

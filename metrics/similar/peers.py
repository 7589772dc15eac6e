"""The nearest peers of a place, and what brings them near or parts them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from base.words import Refusal
from geo.editions import Area, Level, area, areas
from metrics.catalog import Indicator
from metrics.people import VISITOR, seen_by
from metrics.similar.measures import Measure, measures
from metrics.store import Store, kept_in_store

MOST_PEERS: Final = 5
# Two places are held against each other by so many questions at least, and by so large a part of
# those that are answered for the first.
FEWEST_SHARED: Final = 5
LEAST_SHARED: Final = 0.5
# Differences, in robust deviations, up to which an indicator brings two near and from which on it
# parts them.
NEAR: Final = 0.5
APART: Final = 1.0
MOST_DRIVERS: Final = 3
KEPT: Final = 64
# Distances that are alike in so many decimals are alike.
DECIMALS: Final = 9
WHOLE: Final = (Level.COUNTRY, Level.REGION)

Numbers = NDArray[np.float64]


class NoPeers(Refusal):
    """A place has too little in common with others for any to be called its peer."""

    prefix = "similar.refused."


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """One indicator by which two places are near, or apart.

    Attributes
    ----------
    indicator
        The indicator.
    gap
        The difference of the two scores, in robust deviations, 0 or more.
    own, other
        The figures of the place and of its peer, with the columns of a panel.
    """

    indicator: Indicator
    gap: float
    own: dict[str, Any]
    other: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A place that is like another.

    Attributes
    ----------
    place
        Which it is.
    distance
        The mean difference over the questions that both answer, in robust deviations.
    questions, indicators
        How many questions, and indicators, both have.
    near, apart
        What brings them near, that which does most first, and what parts them, the farthest first.
    """

    place: Area
    distance: float
    questions: int
    indicators: int
    near: tuple[Driver, ...]
    apart: tuple[Driver, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """The nearest peers of a place.

    Attributes
    ----------
    place
        The place.
    peers
        The nearest first; of equal distance in the order of their codes.
    questions, indicators
        How many questions are answered for the place, and by how many indicators.
    usual
        The middle of the distances between the place and all that it is held against.
    compared
        How many those are.
    """

    place: Area
    peers: tuple[Peer, ...]
    questions: int
    indicators: int
    usual: float
    compared: int


def similar(store: Store, edition: str, code: str) -> Similar:
    """Find the nearest peers of a place among those of its level and edition.

    Only published figures count, whoever asks: private ones neither move a peer nor are told.

    Returns
    -------
    Similar
        At most `MOST_PEERS`.

    Raises
    ------
    NoPeers
        If the place is the country or a region, or too few questions are shared with any other.
    UnknownEdition, UnknownArea
        Where there is no such place.
    """
    place = area(edition, code)
    if place.level in WHOLE:
        raise NoPeers("whole")
    return _similar(seen_by(store, VISITOR), edition, code)


@kept_in_store(KEPT)
def _similar(store: Store, edition: str, code: str) -> Similar:
    place = area(edition, code)
    found = measures(store, edition, place.level)
    mine = [one for one in found if code in one.rows]
    asked = len({one.question for one in mine})
    if asked < FEWEST_SHARED:
        raise NoPeers("few", n=asked, least=FEWEST_SHARED)
    places = areas(edition, place.level)
    gaps = np.array([_gaps(one, code, [p.code for p in places]) for one in mine]).T
    distances, shared = _distances(gaps, mine)
    least = max(FEWEST_SHARED, math.ceil(LEAST_SHARED * asked))
    others = [at for at, other in enumerate(places) if other.code != code and shared[at] >= least]
    if not others:
        raise NoPeers("none", n=asked, least=least)
    others.sort(key=lambda at: (round(float(distances[at]), DECIMALS), places[at].code))
    usual = np.nanmean(gaps[others], axis=0)
    return Similar(
        place=place,
        peers=tuple(
            Peer(
                place=places[at],
                distance=float(distances[at]),
                questions=int(shared[at]),
                indicators=int(np.isfinite(gaps[at]).sum()),
                **_drivers(mine, gaps[at], usual, (code, places[at].code)),
            )
            for at in others[:MOST_PEERS]
        ),
        questions=asked,
        indicators=len(mine),
        usual=float(np.median(distances[others])),
        compared=len(others),
    )


def _gaps(measure: Measure, code: str, codes: list[str]) -> Numbers:
    """Return how far each area is from one of them."""
    gaps: Numbers = (measure.scores.reindex(codes) - measure.scores[code]).abs().to_numpy(float)
    return gaps


def _distances(gaps: Numbers, found: Sequence[Measure]) -> tuple[Numbers, NDArray[np.int64]]:
    """Return the distance of each area, and by how many questions; each counts as one."""
    by_question: dict[str, list[int]] = {}
    for at, one in enumerate(found):
        by_question.setdefault(one.question, []).append(at)
    means = np.array([_mean(gaps[:, at]) for at in by_question.values()]).T
    return _mean(means), np.isfinite(means).sum(axis=1)


def _mean(numbers: Numbers) -> Numbers:
    """Return the means of rows over what they have; NaN for those that have nothing."""
    having = np.isfinite(numbers)
    n = having.sum(axis=1)
    means: Numbers = np.where(having, numbers, 0).sum(axis=1) / np.where(n, n, np.nan)
    return means


def _drivers(
    found: Sequence[Measure], gaps: Numbers, usual: Numbers, codes: tuple[str, str]
) -> dict[str, tuple[Driver, ...]]:
    own, other = codes
    both = [at for at in range(len(found)) if np.isfinite(gaps[at])]
    # What brings two near is where the place is farther from most others than from this one.
    near = sorted(
        (at for at in both if gaps[at] <= NEAR), key=lambda at: (gaps[at] - usual[at], at)
    )
    apart = sorted((at for at in both if gaps[at] >= APART), key=lambda at: (-gaps[at], at))

    def driver(at: int) -> Driver:
        one = found[at]
        return Driver(
            indicator=one.indicator,
            gap=float(gaps[at]),
            own=one.rows[own],
            other=one.rows[other],
        )

    return {
        "near": tuple(driver(at) for at in near[:MOST_DRIVERS]),
        "apart": tuple(driver(at) for at in apart[:MOST_DRIVERS]),
    }

"""Find clusters: do neighbours have like figures, and where (Moran's I and its local form).

Neighbours share a border or a corner (queen contiguity) on the boundaries that maps are drawn
from; the weights of an area's neighbours are equal and add up to one (row-standardised).
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from base.words import Refusal
from geo.boundaries import kept, load
from geo.editions import Level

if TYPE_CHECKING:
    from libpysal.graph import Graph

FEWEST: Final = 20  # under so many areas permutations say little
ALPHAS: Final = (0.05, 0.01, 0.001)
PERMUTATIONS: Final = (999, 9999)
DEFAULT_PERMUTATIONS: Final = 9999
DEFAULT_SEED: Final = 2026
LARGEST_SEED: Final = 2**31 - 1
# Reference values are made so many at a time, to bound memory: 3,321 areas take 27 MB.
_BATCH: Final = 1000
# What rounding may part: two sums of the same numbers in another order.
_TIE: Final = 1e-9
# esda draws from NumPy's one generator for the whole process.
_DRAWING = threading.Lock()

Floats = NDArray[np.float64]


class Kind(StrEnum):
    """What an area is among its neighbours, in the order of legends."""

    HIGH_HIGH = "high_high"
    LOW_LOW = "low_low"
    HIGH_LOW = "high_low"
    LOW_HIGH = "low_high"
    NOT_SIGNIFICANT = "not_significant"


KINDS: Final = tuple(Kind)
# The quadrants of esda: 1 high-high, 2 low among high, 3 low-low, 4 high among low.
_QUADRANTS: Final = {1: Kind.HIGH_HIGH, 2: Kind.LOW_HIGH, 3: Kind.LOW_LOW, 4: Kind.HIGH_LOW}
# Two hues for the two signs, strong for clusters and pale for outliers; told apart with any
# colour vision (tests/geo/classify/test_bivariate.py).
COLORS: Final = ("#b2182b", "#2166ac", "#f4a582", "#7fb8dc", "#d2d2ca")
# On dark paper what is not significant is dark: it must not stand out.
_QUIET_ON_DARK: Final = "#454d52"


def cluster_colors(*, dark: bool) -> tuple[str, ...]:
    """Return the colours of `KINDS` on white or dark paper."""
    return (*COLORS[:-1], _QUIET_ON_DARK) if dark else COLORS


class NoClusters(Refusal):
    """Clusters cannot be looked for among these figures.

    Too few areas have a figure and a neighbour that has one, or all their figures are the same.
    """

    prefix = "clusters.refused."


@dataclass(frozen=True, slots=True, eq=False)
class Clusters:
    """The clusters among the figures of one map.

    Attributes
    ----------
    moran, expected, p
        Global Moran's I, what chance alone would give (``-1 / (n - 1)``), and its two-sided pseudo
        p-value.
    frame
        One row per area that was looked at, indexed by code: ``value``; ``lag``, the mean of its
        neighbours; ``neighbours``, how many they are; ``local``, local Moran's I; ``p``, its
        two-sided pseudo p-value; ``q``, the same after Benjamini and Hochberg; ``kind``.
    alone
        Codes of areas that have a figure but no neighbour that has one: left out.
    alpha, permutations, seed, corrected
        As asked. An area is significant where ``q`` (``p`` where not corrected) is at most alpha.
    """

    moran: float
    expected: float
    p: float
    frame: pd.DataFrame
    alone: tuple[str, ...]
    alpha: float
    permutations: int
    seed: int
    corrected: bool

    @property
    def n(self) -> int:
        """Areas that were looked at."""
        return len(self.frame)

    def counts(self) -> dict[Kind, int]:
        """Count the areas of each kind, in the order of legends."""
        found = self.frame["kind"].value_counts()
        return {kind: int(found.get(kind, 0)) for kind in KINDS}


@kept(maxsize=8)
def neighbours(edition: str, level: Level) -> Graph:
    """Find which areas share a border or a corner.

    Returns
    -------
    libpysal.graph.Graph
        Of all areas, by code; kept, so not to be changed.

    Raises
    ------
    geo.boundaries.NoBoundariesError
        If the areas have no bundled boundaries.
    """
    from libpysal.graph import Graph  # noqa: PLC0415 - takes a second

    areas = load(edition, level).set_index("code")
    # Where nothing can be assumed of the corners of the lines, the shapes are tested themselves.
    return Graph.build_contiguity(areas, rook=False, strict=True)


def find_clusters(
    values: pd.Series,
    graph: Graph,
    *,
    alpha: float = ALPHAS[0],
    permutations: int = DEFAULT_PERMUTATIONS,
    seed: int = DEFAULT_SEED,
    correct: bool = True,
) -> Clusters:
    """Look for clusters by Moran's I and local Moran's I.

    Areas without a figure are left out, and after them those that have no neighbour left, such as
    islands: nothing can be said of an area among neighbours that it does not have.

    Parameters
    ----------
    values
        Figures by code of area; missing ones are NaN.
    graph
        Neighbours, among them every code of `values`.
    alpha
        Level of significance, between 0 and 1.
    permutations
        How often the figures are shuffled over the map.
    seed
        Start of the random numbers, 0 to `LARGEST_SEED`: the same gives the same result.
    correct
        Whether the many local tests are corrected for (false discovery rate).

    Raises
    ------
    NoClusters
        If fewer than `FEWEST` areas remain or their figures are all equal.

    Notes
    -----
    P. A. P. Moran, "Notes on continuous stochastic phenomena", Biometrika 37 (1950); L. Anselin,
    "Local indicators of spatial association – LISA", Geographical Analysis 27 (1995), with
    conditional permutation, by esda. A pseudo p-value is twice the smaller tail, each tail
    ``(M + 1) / (R + 1)`` with ties in both. Y. Benjamini and Y. Hochberg, "Controlling the false
    discovery rate", Journal of the Royal Statistical Society B 57 (1995).
    """
    if not 0 < alpha < 1 or permutations < 1 or not 0 <= seed <= LARGEST_SEED:
        raise ValueError(
            f"alpha {alpha}, permutations {permutations}, seed {seed}: alpha lies between 0 and 1, "
            f"permutations are at least 1, the seed lies between 0 and {LARGEST_SEED}"
        )
    known = values[np.isfinite(values.to_numpy(dtype=float))].astype(float).sort_index()
    among = graph.subgraph(list(known.index))
    alone = tuple(sorted(str(code) for code in among.isolates))
    known = known.drop(list(alone))
    if len(known) < FEWEST:
        raise NoClusters("too_few", n=len(known), fewest=FEWEST)
    if _all_equal(known.to_numpy()):
        raise NoClusters("all_equal", n=len(known))
    weights = among.subgraph(list(known.index)).transform("r")
    frame = _local(known, weights, permutations, seed)
    frame["q"] = _adjusted(frame["p"].to_numpy()) if correct else frame["p"]
    frame.loc[frame["q"] > alpha + _TIE, "kind"] = Kind.NOT_SIGNIFICANT
    moran, p = _global(known, weights, permutations, seed)
    return Clusters(
        moran, -1 / (len(known) - 1), p, frame, alone, alpha, permutations, seed, correct
    )


def _all_equal(values: Floats) -> bool:
    return bool(np.ptp(values) <= _TIE * np.abs(values).max())


def _local(values: pd.Series, weights: Graph, permutations: int, seed: int) -> pd.DataFrame:
    from esda import Moran_Local  # noqa: PLC0415 - takes a second

    above = np.zeros(len(values), dtype=int)
    below = np.zeros(len(values), dtype=int)
    with _drawing():
        for draws, start in _batches(permutations, seed):
            found: Any = Moran_Local(values.to_numpy(), weights, permutations=draws, seed=start)
            slack = _TIE * (1 + np.abs(found.Is))
            above += (found.sim >= found.Is - slack).sum(axis=0)
            below += (found.sim <= found.Is + slack).sum(axis=0)
    return pd.DataFrame(
        {
            "value": values,
            "lag": weights.lag(values.to_numpy()),
            "neighbours": weights.cardinalities.reindex(values.index),
            "local": found.Is,
            "p": _two_sided(above, below, permutations),
            "kind": [_QUADRANTS[int(q)] for q in found.q],
        },
        index=values.index,
    )


def _global(values: pd.Series, weights: Graph, permutations: int, seed: int) -> tuple[float, float]:
    from esda import Moran  # noqa: PLC0415

    with _drawing():
        np.random.seed(seed)
        found: Any = Moran(values.to_numpy(), weights, permutations=permutations)
    slack = _TIE * (1 + abs(found.I))
    above, below = (found.sim >= found.I - slack).sum(), (found.sim <= found.I + slack).sum()
    return float(found.I), float(_two_sided(above, below, permutations))


@contextmanager
def _drawing() -> Iterator[None]:
    """Draw alone, and leave the generator of the process as it was."""
    with _DRAWING, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # esda's own p-value, announced to change, is not used
        before = np.random.get_state()
        try:
            yield
        finally:
            np.random.set_state(before)


def _batches(permutations: int, seed: int) -> list[tuple[int, int]]:
    sizes = [min(_BATCH, permutations - done) for done in range(0, permutations, _BATCH)]
    starts = np.random.SeedSequence(seed).generate_state(len(sizes))
    return [(size, int(start)) for size, start in zip(sizes, starts, strict=True)]


def _two_sided(above: Any, below: Any, permutations: int) -> Any:
    return np.minimum(1.0, 2 * (np.minimum(above, below) + 1) / (permutations + 1))


def _adjusted(p: Floats) -> Floats:
    from scipy.stats import false_discovery_control  # noqa: PLC0415

    return np.asarray(false_discovery_control(p, method="bh"), dtype=float)

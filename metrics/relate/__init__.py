"""Figures beside other figures: series, changes, yardsticks, pairs, clusters."""

from metrics.relate.changes import (
    CHANGES,
    DIFFERENCE,
    PERCENT,
    RANK,
    Change,
    changes,
    kinds_of_change,
)
from metrics.relate.clusters import (
    CLUSTER_COLUMNS,
    MOST_PERMUTATIONS,
    cluster_rows,
    clusters_of,
)
from metrics.relate.comparable import (
    RAW,
    UNMEASURED,
    NotComparable,
    basis_of,
    comparable,
    denominators,
    figures_of,
)
from metrics.relate.paired import FEWEST, Pairing, pair
from metrics.relate.seam import AFTER, SERIES_COLUMNS, seam
from metrics.relate.series import Series, series
from metrics.relate.yardstick import REFUSED_KINDS, NoYardstick, Yardstick, yardstick

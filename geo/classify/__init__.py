"""Sort values into classes: one registry of methods, one shape of result.

`METHODS` holds the methods that find their breaks in the values. `classify` applies one of them;
`classify_at` takes given bounds, such as a reader's or those of grades; `classify_named` takes
classes found area by area, such as met or missed a target; `around` makes a diverging scale. All
return `Classes`, so that map, legend and figure need not know how the classes were made.
"""

from geo.classify.around import around
from geo.classify.between import classify, classify_at, classify_named
from geo.classify.bivariate import SIDE, Bivariate, Unvaried, cross
from geo.classify.clusters import (
    ALPHAS,
    COLORS,
    DEFAULT_PERMUTATIONS,
    DEFAULT_SEED,
    FEWEST,
    KINDS,
    LARGEST_SEED,
    PERMUTATIONS,
    Clusters,
    Kind,
    NoClusters,
    cluster_colors,
    find_clusters,
    neighbours,
)
from geo.classify.methods import DEFAULT_METHOD, MANUAL, METHODS, OWN_K
from geo.classify.palettes import TARGET, diverging, sequential, statuses
from geo.classify.result import DEFAULT_CLASSES, MAX_CLASSES, NO_CLASS, Classes

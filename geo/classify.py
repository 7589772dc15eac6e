"""Sort values into classes: one registry of methods, one shape of result.

`METHODS` holds the methods that find their breaks in the values. `classify` applies one of them;
`classify_at` takes given bounds, such as a reader's or those of grades; `classify_named` takes
classes found area by area, such as met or missed a target; `around` makes a diverging scale. All
return `Classes`, so that map, legend and figure need not know how the classes were made.
"""

from geo._classify_around import around
from geo._classify_between import classify, classify_at, classify_named
from geo._classify_methods import DEFAULT_METHOD, MANUAL, METHODS, OWN_K, UnknownMethod
from geo._classify_result import DEFAULT_CLASSES, MAX_CLASSES, NO_CLASS, Classes

__all__ = [
    "DEFAULT_CLASSES",
    "DEFAULT_METHOD",
    "MANUAL",
    "MAX_CLASSES",
    "METHODS",
    "NO_CLASS",
    "OWN_K",
    "Classes",
    "UnknownMethod",
    "around",
    "classify",
    "classify_at",
    "classify_named",
]

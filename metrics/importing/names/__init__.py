"""Names of places in cells: the ways of writing them, and what level and map they fit."""

from metrics.importing.names.fits import (
    ABOVE,
    TYPES,
    Fit,
    are_places,
    fits,
    fits_below_rows,
    from_rows,
    level_named,
    province_named,
)
from metrics.importing.names.ways import (
    ACCEPTED,
    BY_HAND,
    FOREIGN,
    GROUP,
    NO_AREA,
    NOT_PLACES,
    PARENT_ROW,
    TEAM_ALIAS,
)

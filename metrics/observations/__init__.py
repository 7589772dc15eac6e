"""Observations: their schema, their files, their checks."""

from metrics.observations.files import (
    ObservationError,
    read_observations,
    validate,
    write_observations,
)
from metrics.observations.schema import (
    BOUNDS,
    GRAINS,
    KEY_COLUMNS,
    MAY_BE_LESS,
    MAY_BE_MORE,
    NUMBER_COLUMNS,
    OBSERVATION_COLUMNS,
    QUALIFIERS,
    ROLES,
    ROUGH,
    STATES,
    STATES_WITH_FIGURE,
    Problem,
)

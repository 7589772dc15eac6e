"""Days and periods as people write them."""

from metrics.importing.time.day_serials import COUNTED_FROM, are_day_serials, day_of
from metrics.importing.time.period import Period
from metrics.importing.time.period_in_title import find_period
from metrics.importing.time.periods import (
    counted_up,
    grain_headed,
    is_cumulative,
    of_first_day,
    part_headed,
    part_of_year,
    read_period,
)

"""Each area's newest figure up to a date, ranked, filtered and summed up."""

from metrics.panel.columns import PANEL_COLUMNS
from metrics.panel.comparing import (
    OTHER_PERIOD,
    TOO_FEW,
    WITHHELD,
    is_withheld,
    least,
    set_aside,
    withheld_by,
)
from metrics.panel.filter_text import filter_name, filter_words, read_filters, write_filters
from metrics.panel.filters import (
    NONE,
    RANK,
    REGION,
    STATUS,
    TYPE,
    FilterError,
    Filters,
    matches,
    offered,
    types_at,
)
from metrics.panel.own import figure_of
from metrics.panel.panel import NO_DATA, NOT_EXISTING, NOT_NAMED, Panel, copied, is_small, panel
from metrics.panel.ranking import LOWER_BETTER, is_ranked, ranks, unranked_text
from metrics.panel.scope import places_of
from metrics.panel.selection import BLANK_NUMBERS, CONFLICTING, newest, up_to
from metrics.panel.summary import SCALES, Summary, summarise

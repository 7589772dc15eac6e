"""What is composed to be read: profiles, themes, overviews."""

from metrics.briefs.browse import (
    MOST_TEXT,
    PAGE_ROWS,
    SORTS,
    Narrowed,
    count,
    indicators_named,
    page,
    pages,
    present,
)
from metrics.briefs.gap_figures import (
    DOMAIN,
    KINDS,
    PROMISES,
    GapFigure,
    after_promise,
    gap_figures,
    national,
    province,
    provincial,
)
from metrics.briefs.known import Coverage, Taken, coverage, taken
from metrics.briefs.pivot import DIMENSIONS, PIVOT_ROWS, Pivot, pivot, split_key
from metrics.briefs.profile import profile
from metrics.briefs.profile_records import Fact, Gap, Profile, Series, Yardstick
from metrics.briefs.theme import (
    THEMES,
    UNDATED_GRAINS,
    Change,
    Row,
    Silence,
    Theme,
    best_covered,
    theme,
)

"""The state of every page in its address. Without streamlit."""

from ui.address.asked import PARAMS, Asked, read_asked
from ui.address.choices import (
    AGAINST,
    ALL_PERIODS,
    GRADES,
    MIN_CLASSES,
    MOST_PINS,
    NO_CHANGE,
    NOTHING,
    ONE_PERIOD,
    PUBLISHED,
    SORTS,
    TARGET,
    UNPINNED,
    bases,
    levels_at,
    mapped_editions,
    pin_colours,
)
from ui.address.choosing import chosen, pins_after, read_choices
from ui.address.clusters import CLUSTERED, CORRECTIONS
from ui.address.engine import (
    LONGEST,
    Address,
    Choice,
    Param,
    Reading,
    Refusal,
    Told,
    among,
    among_known,
    flag,
    listed,
    one_of,
    spelled,
)
from ui.address.framing import EMBED, FRAME, FRAME_HEIGHT, iframe, live_href
from ui.address.kinds import BARS, CLUSTERS, KINDS, MAP, MULTIPLES, PAIR, PROFILE, SERIES
from ui.address.known import (
    AS_OF,
    KNOWN,
    as_known,
    asked_as_of,
    carry,
    carry_data,
    carry_href,
    carry_html,
    typed_as_of,
    typed_text,
)
from ui.address.pair import COMPARED, FIRST, MOST_MAPS, SECOND, Settings, cell_text
from ui.address.params import ALL, LARGEST_BREAK, write_breaks
from ui.address.places import explore_href, place_href, profile_href, updates_href
from ui.address.view import VIEW, View, parse

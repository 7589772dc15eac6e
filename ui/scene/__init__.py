"""A view with its figures and its words. Without streamlit."""

from ui.scene.drawn import Drawn, draw
from ui.scene.figures import (
    BARE,
    FIGURES,
    Row,
    beside,
    category_title,
    decimals,
    licence_text,
    period_text,
    records,
    role_text,
    source_name,
    state_text,
    unit_text,
    value_text,
    with_unit,
)
from ui.scene.fit import axis_name, figure, open_link, short, unfit, with_basis
from ui.scene.indicators import basis_options, indicator_options
from ui.scene.legend import (
    PLAIN_STATES,
    circle_keys,
    circles,
    class_labels,
    framed,
    heading,
    key,
    legend_html,
    notes,
    states,
)
from ui.scene.mapview import ACCENT, MARKS, map_view, sizes_of, symbols_of
from ui.scene.measure import MINUS, RAW_KINDS, VALUE, drawn_states
from ui.scene.per import PER
from ui.scene.periods import earlier, period_options, periods_of, stops
from ui.scene.ranked import area_names, ordered
from ui.scene.scene import (
    FEWEST_FOR_COLOUR,
    Manner,
    Scene,
    coloured_in,
    first_indicator,
    make_scene,
    offers,
)
from ui.scene.sentences import (
    basis_name,
    drawn_name,
    empty_text,
    level_name,
    place_name,
    subtitle,
    title,
    when_text,
    within,
)
from ui.scene.sources import is_made_up, origins_text, sources_text
from ui.scene.table import ranking_data
from ui.scene.trace import map_name, trace_href, where_name

"""A view with its figures and its words. Without streamlit."""

from ui.scene.classing import part_of
from ui.scene.covered import covered, known_of, parts_of, provinces_with
from ui.scene.drawn import Drawn, draw, views_kept
from ui.scene.figures import (
    BARE,
    FEWEST_FOR_COLOUR,
    FIGURES,
    Row,
    aside_text,
    beside,
    between_text,
    category_title,
    date_text,
    decimals,
    due_text,
    period_text,
    records,
    role_text,
    share_text,
    state_text,
    unit_text,
    value_text,
    with_unit,
)
from ui.scene.found import first_indicator, focus_of, stops
from ui.scene.how import method_notes
from ui.scene.indicators import basis_options, indicator_options, offers, period_options
from ui.scene.landing import Elsewhere, Landing, landing, opened, showing
from ui.scene.legend import (
    ASIDE,
    CIRCLE,
    MARKER,
    OFF,
    PLAIN_STATES,
    Entry,
    class_labels,
    entries_of,
    entry,
    framed,
    legend_html,
    notes_of,
    state_entries,
)
from ui.scene.making import coloured_in, make_scene
from ui.scene.mapview import ACCENT, MARKS, map_view, sizes_of, symbols_of
from ui.scene.measure import RAW_KINDS, VALUE, with_sign
from ui.scene.named import as_uploaded, headline, licence_text, source_name
from ui.scene.opening import entered, levelled, unopened
from ui.scene.per import PER
from ui.scene.places import (
    basis_name,
    level_name,
    map_name,
    place_name,
    trace_href,
    where_name,
    within,
)
from ui.scene.ranked import placed_text, tied_text
from ui.scene.scene import Manner, Scene, whole_text
from ui.scene.sources import is_made_up, origins_of, origins_text, sources_named, sources_text
from ui.scene.table import ordered, ranking_data, shared_by_all

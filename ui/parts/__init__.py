"""Pieces that pages share: map, pickers, ranking, provenance."""

from ui.parts.alike import driver_text, method_text, why_alike
from ui.parts.facts import card_html, conflict_html
from ui.parts.fresh import moment
from ui.parts.map import go_to, show_map
from ui.parts.pinned import add_pin, compare_link, pin_controls, pins_and_series, toggle_pin
from ui.parts.provenance import provenance
from ui.parts.ranking import ranking
from ui.parts.reading import class_picker
from ui.parts.rows import rows_html
from ui.parts.selected import selected
from ui.parts.sourced import sources_counted, sources_html

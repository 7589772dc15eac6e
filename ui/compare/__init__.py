"""Two indicators, several maps, clusters."""

from ui.compare.cluster_controls import settings_picker
from ui.compare.cluster_words import card_html, cluster_entries, cluster_notes
from ui.compare.clusters import Clustered, draw_clusters
from ui.compare.common import indicator_choice, per_choice, show_card, single_out, story
from ui.compare.multiples import Multiples, draw_multiples
from ui.compare.multiples_legend import heading_of, leading, shared_entries, shared_notes
from ui.compare.multiples_page import multiples_page
from ui.compare.pair import Paired, draw_pair
from ui.compare.pair_page import pair_page
from ui.compare.pair_words import (
    corners,
    correlation,
    counted,
    pair_entries,
    pair_notes,
    warnings,
)
from ui.compare.places import FEWEST, Line, side_by_side
from ui.compare.places_page import places_page

"""Profiles, and where old places are now."""

from ui.places.cited import Sources
from ui.places.country import country
from ui.places.heads import DARK, DRAWN_ON, kind_text
from ui.places.lede import lede
from ui.places.portrait import others_of, portrait, rank_text, summed_note, told_of
from ui.places.profile import open_profile, taken_of
from ui.places.story import story_html
from ui.places.units import WHERE, choose_unit, read_unit, unit_search
from ui.places.where import map_title_html, side_view, sides

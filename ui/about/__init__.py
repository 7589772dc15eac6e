"""Rooms about the atlas itself: coverage, methods, quality, boundaries."""

from ui.about.accessibility import EXCEPTIONS, statement
from ui.about.boundaries import (
    fetch_form,
    found_when_replaced,
    import_form,
    status_html,
    told_last,
    undo_form,
)
from ui.about.known import coverage_html, explore_href, origin_html, summary
from ui.about.methods import glossary_html, methods_text
from ui.about.quality import FEW, MANY, groups_html, summary_text, tally_html
from ui.about.quality_choices import QUALITY, chosen, controls, options

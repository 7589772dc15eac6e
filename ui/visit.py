"""From a page without a view to a place on the map of Explore."""

from __future__ import annotations

import streamlit as st

from geo.editions import has_area
from ui.view import View

WANTED = "atlas_wanted_view"
PAGE = "pages/explore.py"


def visit(view: View, code: str) -> None:
    """Ask to go to a place; for the callbacks of controls, which cannot leave a page themselves.

    Parameters
    ----------
    view
        What is to be shown there.
    code
        The place. Ignored where the edition has no such place.
    """
    if has_area(view.edition, code):
        st.session_state[WANTED] = view.to(place=code).params()


def follow() -> None:
    """Leave the page where a control has asked for it; first thing on a page."""
    params = st.session_state.pop(WANTED, None)
    if params:
        st.switch_page(PAGE, query_params=params)

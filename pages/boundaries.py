"""Boundaries: what the lines on the maps are, and for administrators how to replace them."""

from html import escape

import streamlit as st

from geo._boundary_store import trouble
from geo.official.install import status
from metrics.actors import Role
from metrics.messages import t
from ui.actor import current_actor
from ui.boundaries import (
    fetch_form,
    found_when_replaced,
    import_form,
    status_html,
    told_last,
    undo_form,
)
from ui.frame import text_page

lang = text_page("boundaries.title", "boundaries.lead")
told_last(lang)
if trouble():
    st.html(f'<p class="atlas-note" role="alert">{escape(t("boundaries.trouble", lang))}</p>')
states = status()
st.html(status_html(states, lang))
found_when_replaced(states, lang)
actor = current_actor()
if actor.role is Role.ADMIN:
    fetch_form(actor, lang)
    import_form(actor, lang)
    undo_form(actor, lang)
else:
    st.html(f'<p class="atlas-note">{escape(t("boundaries.admins", lang))}</p>')

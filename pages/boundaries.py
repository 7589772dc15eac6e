"""Boundaries: what the lines on the maps are, and for administrators how to replace them."""

from base.words import t
from geo.boundaries.official import status
from geo.boundaries.replaced import trouble
from metrics.people import Role
from ui.about import fetch_form, found_when_replaced, import_form, status_html, told_last, undo_form
from ui.shell import alert, current_actor, show, show_html, text_page

lang = text_page("boundaries.title", "boundaries.lead")
told_last(lang)
if trouble():
    alert(t("boundaries.trouble", lang))
states = status()
show_html(status_html(states, lang))
found_when_replaced(states, lang)
actor = current_actor()
if actor.role is Role.ADMIN:
    fetch_form(actor, lang)
    import_form(actor, lang)
    undo_form(actor, lang)
else:
    show("p.atlas-note", t("boundaries.admins", lang))

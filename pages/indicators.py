"""Indicators of users: one is defined or changed in a form."""

from ui.frame import text_page
from ui.indicator_form import indicator_form
from ui.ownership import may_write
from ui.state import store

lang = text_page("indicators.title_page", "indicators.lead")
if may_write(lang):
    indicator_form(store(), lang)

"""Indicators of users: one is defined or changed in a form."""

from ui.load import indicator_form
from ui.shell import may_write, store, text_page

lang = text_page("indicators.title_page", "indicators.lead")
if may_write(lang):
    indicator_form(store(now=True), lang)

"""Load a table: read, understood, matched and checked before anything is stored."""

from ui.actor import current_actor
from ui.frame import text_page
from ui.loading import given
from ui.loading_report import report_and_store
from ui.mapping_form import mapping_form
from ui.ownership import may_write, team_field
from ui.state import store

lang = text_page("load.title", "load.lead")
if may_write(lang):
    figures = store()
    team = team_field(figures, current_actor(), lang)
    file = given(lang)
    mapping = mapping_form(file, figures, lang, team) if file else None
    if file and mapping:
        report_and_store(file, mapping, figures, lang, team)

"""Load a table: read, understood, matched and checked before anything is stored."""

from ui.actor import current_actor
from ui.frame import text_page
from ui.loading import given
from ui.loading_report import report_and_store
from ui.mapping_form import mapping_form
from ui.state import store
from ui.teams import chosen_team

lang = text_page("load.title", "load.lead")
team = chosen_team(current_actor(), lang)
if (file := given(lang)) is not None:
    figures = store()
    mapping = mapping_form(file, figures, lang, team)
    if mapping is not None:
        report_and_store(file, mapping, figures, lang, team)

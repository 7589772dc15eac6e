"""Load a table: read, understood, matched and checked before anything is stored."""

from ui.load import given, mapping_form, report_and_store, template_form
from ui.shell import current_actor, may_write, store, team_field, text_page

lang = text_page("load.title", "load.lead")
if may_write(lang):
    figures = store(now=True)
    team = team_field(figures, current_actor(), lang)
    file = given(lang)
    if file is None:
        template_form(figures, lang)
    mapping = mapping_form(file, figures, lang, team) if file else None
    if file and mapping:
        report_and_store(file, mapping, figures, lang, team)

"""Load a table: read, understood, matched and checked before anything is stored."""

from ui.frame import text_page
from ui.loading import chosen_table, given
from ui.loading_report import report_and_store
from ui.mapping_form import mapping_form
from ui.state import store

lang = text_page("load.title", "load.lead")
if (file := given(lang)) is not None:
    figures = store()
    table = chosen_table(file, lang)
    mapping = mapping_form(table, figures, lang)
    if mapping is not None:
        report_and_store(file, table, mapping, figures, lang)

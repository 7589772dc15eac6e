"""Convert a table: from the units of before July 2025 to those of today."""

from ui.converting import converted, show, uploaded
from ui.converting_form import choices
from ui.frame import text_page
from ui.state import store

lang = text_page("convert.title", "convert.lead")
if (upload := uploaded(store(), lang)) is not None:
    result = converted(upload, choices(upload, lang), lang)
    if result is not None:
        show(upload, result, lang)

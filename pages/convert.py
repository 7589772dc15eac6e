"""Convert a table: from the units of before July 2025 to those of today."""

from ui.convert import choices, converted, show_result, uploaded
from ui.shell import store, text_page

lang = text_page("convert.title", "convert.lead")
if (upload := uploaded(store(), lang)) is not None:
    result = converted(upload, choices(upload, lang), lang)
    if result is not None:
        show_result(upload, result, lang)

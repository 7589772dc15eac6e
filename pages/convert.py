"""Convert a table: from the units of before July 2025 to those of today."""

from ui.converting import choices, converted, show, uploaded
from ui.frame import text_page

lang = text_page("convert.title", "convert.lead")
if (upload := uploaded(lang)) is not None:
    file, table = upload
    result = converted(table, choices(table, lang), lang)
    if result is not None:
        show(file, table, result, lang)

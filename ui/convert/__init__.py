"""The page that converts a table."""

from ui.convert.form import choices
from ui.convert.page import converted, show_result, uploaded

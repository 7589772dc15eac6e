"""All observations as tables."""

from ui.tables.asked import PIVOT, TABLES
from ui.tables.controls import filters, more_filters, pager, show_control
from ui.tables.files import files, title_of_rows
from ui.tables.tables import pivot_html, rows_html

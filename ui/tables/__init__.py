"""All observations as tables."""

from ui.tables.asked import FRESH, PIVOT, TABLES
from ui.tables.controls import (
    filters,
    indicator_filter,
    more_filters,
    pager,
    show_control,
)
from ui.tables.files import files, title_of_rows
from ui.tables.fresh import fresh_table
from ui.tables.tables import pivot_html, rows_html

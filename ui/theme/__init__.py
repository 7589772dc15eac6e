"""Overview and themes."""

from ui.theme.overview import about_html, map_heading_html, themes_html, unknowns_html
from ui.theme.page import map_block, theme_page

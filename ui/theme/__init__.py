"""Themes: their pages, and the line of each on the first page."""

from ui.theme.overview import lines_html
from ui.theme.page import lines, theme_page
from ui.theme.story import story

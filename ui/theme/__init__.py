"""Themes: their pages, and the line of each on the first page."""

from ui.theme.page import lines, theme_page

"""Digitization: how far papers and registers have become data (số hóa)."""

from ui.theme import theme_page

theme_page("digitization")

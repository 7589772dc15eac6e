"""Overview: what the atlas is about."""

from ui.frame import text_page

text_page("overview.title", "overview.lead")

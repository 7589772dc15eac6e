"""Coverage gaps: villages without mobile signal (lõm sóng)."""

from ui.theme import theme_page

theme_page("coverage")

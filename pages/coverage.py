"""Coverage gaps: villages without mobile signal (lõm sóng)."""

from ui.theming import theme_page

theme_page("coverage")

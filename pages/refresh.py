"""Sources that are asked again: how they stand, what waits, and who decides."""

from ui.refresh import refresh_page

refresh_page()

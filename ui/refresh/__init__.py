"""Sources that are asked again, for those who decide what of them is stored."""

from ui.refresh.page import refresh_page

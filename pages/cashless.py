"""Cashless welfare: payments into accounts instead of in cash (chi trả không dùng tiền mặt)."""

from ui.theme import theme_page

theme_page("cashless")

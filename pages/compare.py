"""Compare: two indicators on one map, or small multiples of one."""

import streamlit as st

from ui.compare.multiples_page import multiples_page
from ui.compare.pair_page import pair_page
from ui.compare.pair_settings import MULTIPLES, PARAMS, read_settings
from ui.page import style
from ui.state import read_view, store

style()
asked, refused = read_view(PARAMS)
settings, unread = read_settings(st.query_params.to_dict(), store().catalog.indicators)
show = multiples_page if settings.way == MULTIPLES else pair_page
show(asked, settings, [*refused, *unread])

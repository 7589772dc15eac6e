"""Compare: two indicators on one map, or small multiples of one."""

import streamlit as st

from ui.compare.pair_page import pair_page
from ui.compare.pair_settings import PARAMS, read_settings
from ui.page import style
from ui.state import read_view, store

style()
asked, refused = read_view(PARAMS)
settings, unread = read_settings(st.query_params.to_dict(), store().catalog.indicators)
pair_page(asked, settings, [*refused, *unread])

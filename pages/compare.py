"""Compare: two indicators on one map, or small multiples of one."""

import streamlit as st

from ui.address import read_settings
from ui.address.pair import MULTIPLES, PARAMS
from ui.compare import multiples_page, pair_page
from ui.shell import read_view, store, style

style()
asked, refused = read_view(PARAMS)
settings, unread = read_settings(st.query_params.to_dict(), store().catalog.indicators)
show = multiples_page if settings.way == MULTIPLES else pair_page
show(asked, settings, [*refused, *unread])

"""Profile of a place: everything known about it, on one page that prints."""

import streamlit as st

from ui.page import is_dark
from ui.portrait import portrait
from ui.profile import open_profile, take_away
from ui.state import store
from ui.titles import title_block

edition, unit, lang = open_profile()
title_block(unit.name_vi if lang == "vi" else unit.name_en, "")
take_away(edition, unit, lang)
st.html(portrait(store(), edition, unit, lang, is_dark()))

"""Profile of a place: everything known about it, on one page that prints."""

import streamlit as st

from ui.places import open_profile, portrait, take_away
from ui.shell import is_dark, store, title_block

edition, unit, lang = open_profile()
title_block(unit.name_vi if lang == "vi" else unit.name_en, "")
take_away(edition, unit, lang)
st.html(portrait(store(), edition, unit, lang, is_dark()))

"""Profile of a place: everything known about it, on one page that prints."""

from geo.editions import Area, Level
from ui.address import PROFILE
from ui.explore import NAMES, panel, read_taking
from ui.places import country, open_profile, portrait, taken_of
from ui.shell import is_dark, put, show_html, store, take_row, title_block

edition, unit, lang = open_profile(NAMES)
taking = read_taking(PROFILE)
for name, text in taking.params().items():
    put(name, text)
title_block(unit.name_vi if lang == "vi" else unit.name_en, "")
taken = taken_of(edition, unit, lang)
if taken is not None:
    take_row(taken, PROFILE)
    if taking.is_open:
        panel(taken, taking)
if isinstance(unit, Area) and unit.level is Level.COUNTRY:
    country(store(), edition, lang, dark=is_dark())
show_html(portrait(store(), edition, unit, lang, is_dark()))

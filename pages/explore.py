"""The map, and first page: one indicator for the country, a province, a district."""

import streamlit as st

from base.words import t
from ui.address import Asked
from ui.compare import per_choice
from ui.explore import NAMES, early, filter_panel, panel, read_taking, show_framed, timeline
from ui.parts import (
    compare_link,
    facts,
    pickers,
    pins_and_series,
    provenance,
    ranking,
    reading,
    selected,
    show_map,
)
from ui.scene import draw
from ui.shell import (
    forget_natives,
    frame_params,
    framed,
    go,
    go_to_level,
    is_dark,
    read_view,
    refusals,
    show_html,
    status,
    store,
    style,
    take_row,
    title_block,
    told,
    top_bar,
    write_view,
)
from ui.theme import lines

style()
asked, refused = read_view(frame_params() or NAMES)
taking = read_taking()
figures = store()
drawn = draw(figures, asked, dark=is_dark())
scene, view = drawn.scene, drawn.scene.view
if framed():
    write_view(view.to(source=asked.source))
    show_framed(drawn, asked.source)
    st.stop()
write_view(view.to(source=asked.source), **taking.params())

forget_natives()
top_bar(view)
refusals([*refused, *taking.refused, *drawn.refused], view.lang)
# Its place is kept: what comes after it, the map above all, is not made anew with it.
spot = st.empty()
if arrived := told():
    with spot:
        status(arrived)

with st.container(key="body"):
    controls, middle, right = st.columns([1.05, 3.05, 1.65], gap="medium")
    with controls, st.container(key="controls"):
        pickers.indicator_picker(scene)
        timeline.period_slider(scene)
        pickers.edition_picker(view)
        pickers.level_picker(scene, go_to_level)
        filter_panel.filters(scene)
        with st.expander(t("picker.more_choices", view.lang)):
            pickers.basis_picker(scene)
            per_choice(scene, "per", lambda chosen: go(per=chosen))
            reading.change_picker(scene)
            reading.against_picker(scene)
            reading.class_picker(scene)
            timeline.scale_switch(scene)
        facts.definition(scene)
        facts.place_facts(figures, view)
    with middle, st.container(key="middle"):
        title_block(scene.words.title, scene.words.subtitle)
        show_map(drawn.map, view.lang)
        show_html(drawn.legend)
        early(scene)
        take_row(Asked(view))
        facts.conflict(scene)
    with right:
        if taking.is_open:
            panel(Asked(view), taking, drawn)
        else:
            selected(scene)
            compare_link(view)
            facts.card(scene)
            facts.empty(scene)
            ranking(drawn.ranking)
lines(figures, view)
pins_and_series(scene)
provenance(scene, asked.source)

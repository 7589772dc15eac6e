"""Explore: one indicator on the map of the country, of a province, of a district."""

import streamlit as st

from base.words import t
from ui.address import Asked
from ui.compare import per_choice
from ui.explore import filter_panel, show_framed, timeline
from ui.parts import facts, pickers, pins_and_series, provenance, ranking, reading, show_map
from ui.scene import draw
from ui.shell import (
    frame_params,
    framed,
    go,
    read_view,
    refusals,
    store,
    style,
    take_row,
    title_block,
    top_bar,
    write_view,
)

style()
asked, refused = read_view(frame_params())
figures = store()
drawn = draw(figures, asked)
scene, view = drawn.scene, drawn.scene.view
write_view(view.to(source=asked.source))
if framed():
    show_framed(drawn, asked.source)
    st.stop()

top_bar(view)
refusals([*refused, *drawn.refused], view.lang)

with st.container(key="body"):
    controls, middle, right = st.columns([1.1, 2.75, 1.75], gap="medium")
    with controls, st.container(key="controls"):
        pickers.indicator_picker(scene)
        timeline.period_slider(scene)
        pickers.level_picker(scene)
        pickers.basis_picker(scene)
        per_choice(scene, "per", lambda chosen: go(per=chosen))
        filter_panel.filters(scene)
        with st.expander(t("picker.more_choices", view.lang)):
            reading.change_picker(scene)
            reading.against_picker(scene)
            reading.class_picker(scene)
            timeline.scale_switch(scene)
        facts.definition(scene)
        facts.place_facts(figures, view)
    with middle:
        title_block(scene.words.title, scene.words.subtitle)
        show_map(drawn.map, view.lang)
        st.html(drawn.legend)
        take_row(Asked(view))
        facts.conflict(scene)
    with right:
        facts.card(scene)
        facts.empty(scene)
        ranking(drawn.ranking)
pins_and_series(scene)
provenance(scene, asked.source)

"""Clusters: who is high among the high, low among the low, or unlike its neighbours."""

import streamlit as st

from base.words import t
from ui.address import CLUSTERED, CLUSTERS, Asked
from ui.compare import (
    card_html,
    draw_clusters,
    indicator_choice,
    per_choice,
    settings_picker,
    show_card,
    single_out,
    story,
)
from ui.explore import NAMES, panel, read_taking
from ui.parts import facts, pickers, provenance, ranking, show_map
from ui.shell import (
    go,
    is_dark,
    read_address,
    read_view,
    refusals,
    scatter,
    show_html,
    store,
    style,
    take_row,
    title_block,
    top_bar,
    write_view,
)

style()
asked, refused = read_view((*CLUSTERED.names, *NAMES))
taking = read_taking(CLUSTERS)
settings, unread = read_address(CLUSTERED)
figures = store()
with st.spinner(t("clusters.working", asked.lang)):
    drawn = draw_clusters(figures, asked, settings, dark=is_dark())
scene, view = drawn.scene, drawn.scene.view
write_view(view.to(source=asked.source), **settings.params(view), **taking.params())

top_bar(view)
refusals([*refused, *unread, *taking.refused, *drawn.refused], view.lang)

with st.container(key="body"):
    controls, middle, right = st.columns([1.05, 2.7, 2], gap="medium")
    with controls, st.container(key="controls"):
        indicator_choice(scene, "indicator", "picker.indicator", lambda v: go(indicator=v))
        per_choice(scene, "per", lambda v: go(per=v))
        pickers.period_picker(scene)
        pickers.level_picker(scene)
        settings_picker(view, settings)
        facts.definition(scene)
    with middle, st.container(key="compare_middle"):
        title_block(drawn.title, "")
        story(drawn.why, drawn.sentences)
        show_map(drawn.map, view.lang, key="map_clusters", chosen=lambda c: single_out(view, c))
        show_html(drawn.legend)
        take_row(Asked(view, clusters=settings), CLUSTERS)
    with right, st.container(key="compare_right"):
        if taking.is_open:
            panel(Asked(view, clusters=settings), taking)
        else:
            facts.empty(scene)
            if drawn.found is not None and drawn.scatter is not None:
                show_card(card_html(scene, drawn.found))
                scatter("moran", drawn.scatter, chosen=lambda code: single_out(view, code))
            ranking(drawn.ranking, open=lambda code: single_out(view, code))
provenance(scene, asked.source)

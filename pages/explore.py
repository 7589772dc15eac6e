"""Explore: one indicator on the map of the country, of a province, of a district."""

import streamlit as st

from ui import facts, pickers
from ui.legend import legend
from ui.map import show_map
from ui.page import refusals, style
from ui.provenance import provenance
from ui.ranking import ranking
from ui.scene import make_scene
from ui.sentences import subtitle, title
from ui.state import read_view, store, write_view
from ui.titles import title_block

style()
view, refused = read_view()
figures = store()
scene, unanswered = make_scene(figures, view)
write_view(scene.view)
lang = scene.view.lang

with st.container(key="top"):
    crumbs, search, edition, language = st.columns([4, 3, 3.4, 1])
    with crumbs:
        pickers.breadcrumb(scene.view)
    with search:
        pickers.place_search(scene.view)
    with edition:
        pickers.edition_picker(scene.view)
    with language:
        pickers.language_picker(scene.view)
refusals(refused + unanswered, lang)

with st.container(key="body"):
    controls, middle, right = st.columns([1.1, 2.75, 1.75], gap="medium")
    with controls, st.container(key="controls"):
        pickers.indicator_picker(figures, scene)
        pickers.period_picker(figures, scene)
        pickers.level_picker(scene)
        pickers.class_picker(scene)
        facts.definition(scene)
        facts.place_facts(figures, scene)
    with middle:
        title_block(title(scene), subtitle(scene))
        show_map(scene)
        legend(scene)
        facts.conflict(scene)
    with right:
        facts.card(scene)
        facts.empty(figures, scene)
        ranking(figures, scene)
provenance(figures, scene)

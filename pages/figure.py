"""The figure studio: what a page shows as a picture to publish."""

import streamlit as st

from metrics.messages import t
from ui import facts, studio
from ui.drawn import draw
from ui.figure_asked import read_asked
from ui.frame import top_bar
from ui.page import refusals, style
from ui.state import read_view, store, write_view
from ui.titles import title_block

style()
view_asked, refused = read_view(studio.EXTRA)
chosen, unheard = studio.read_studio()
figures = store()
drawn = draw(figures, view_asked)
scene, view = drawn.scene, drawn.scene.view
asked, unread = read_asked(st.query_params.to_dict(), chosen.kind, view, figures)
write_view(view, **studio.written(chosen), **asked.params(chosen.kind))

top_bar(view)
refusals([*refused, *unheard, *unread, *drawn.refused], view.lang)
title_block(t("figure.title", view.lang), t("figure.lead", view.lang))

spec = studio.described(figures, asked, chosen)
left, right = st.columns([1.1, 2.4], gap="large")
with left:
    studio.kind_choice(scene, chosen)
    studio.subject_choice(figures, scene, asked, chosen.kind)
    studio.controls(scene, chosen, drawn.title if isinstance(spec, str) else spec.title)
with right:
    if isinstance(spec, str):
        studio.none(spec)
        if chosen.kind in studio.OF_THE_MAP:
            facts.empty(figures, scene)
    else:
        studio.preview(spec)
        studio.downloads(asked, chosen, spec)
        studio.description(spec, view.lang)
studio.back(asked, chosen.kind)
